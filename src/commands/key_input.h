/* Keys that come from outside: from a file, from standard input, or typed without being shown. */
#ifndef COMMANDS_KEY_INPUT_H
#define COMMANDS_KEY_INPUT_H

#include <stddef.h>

#include "base/blob.h"

/* More than so many are never asked for. */
#define KEY_INPUT_MOST 4

/*
 * Reads LEAST keys, or MOST, into KEYS and says in *COUNT how many: from FILE ("-": standard
 * input), from standard input where that is no terminal, or by asking for LEAST of them, each
 * twice. PROMPTS are N_() texts to ask with. Several keys in a file have white space between them.
 * The keys are hexadecimal digits as the files have them; the caller releases them. No error
 * repeats any part of one.
 */
bool key_input(const char *file, const char *const *prompts, size_t least, size_t most,
	       struct blob *keys, size_t *count, struct error *err);

#endif
