/*
 * What must hold for any bytes at all: reading loses none of them and crashes on none of them, and
 * an edit moves only what it says. Shared by the unit tests and the fuzzers.
 */
#ifndef TESTS_TOOLS_LOSSLESS_H
#define TESTS_TOOLS_LOSSLESS_H

#include "doc/doc.h"
#include "doc/edit.h"

/* Reads the bytes in every way there is. Returns NULL, or what does not hold. */
const char *lossless_check(const struct format *format, const void *bytes, size_t len);

/*
 * Applies edits that SEED chooses, takes them back and applies them again. Returns NULL, or what
 * does not hold.
 */
const char *lossless_check_edits(const struct format *format, const void *bytes, size_t len,
				 uint32_t seed);

/* Whether CHANGED is DOC with EDITS and every other byte where it has to be. */
bool lossless_is_edited(const struct doc *doc, const struct edits *edits,
			const struct doc *changed);

/* Whether DOC, which an edit has made, is as if its bytes had been read anew. */
bool lossless_is_as_new(const struct doc *doc);

/* The next number of a generator that is the same on every host; 24 bits. */
uint32_t lossless_random(uint32_t *state);

#endif
