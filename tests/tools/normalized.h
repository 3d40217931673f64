/*
 * What must hold of every policy's line (policy_normalize), whatever bytes it was read from. Shared
 * by the unit tests and the fuzzer.
 */
#ifndef TESTS_TOOLS_NORMALIZED_H
#define TESTS_TOOLS_NORMALIZED_H

#include "formats/ipsecinit/file.h"

/*
 * Reads the bytes as an ipsecinit.conf. The line of a policy that was understood is a policy whose
 * line is the same, and no other line has a newline in it. Returns NULL, or what does not hold.
 */
const char *normalized_check(const void *bytes, size_t len);

/* The line of the first policy of the text; nothing where it has none. Adds to SB. */
void normalized_line(const char *text, size_t len, struct strbuf *sb);

#endif
