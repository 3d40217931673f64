/*
 * Making bytes fit for a person's eyes.
 *
 * Whatever comes from a file, a certificate, a peer or a tool may hold escape sequences, bytes that
 * are not UTF-8, or characters that turn the direction of writing. None of these may reach a
 * terminal.
 */
#ifndef BASE_PRINT_H
#define BASE_PRINT_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/*
 * Adds LEN bytes to SB: printable UTF-8 as it is, a control character in caret form (^[ for
 * escape), everything else as \xNN. The result is valid UTF-8 on one line.
 */
void print_add(struct strbuf *sb, const void *bytes, size_t len);
void print_addstr(struct strbuf *sb, const char *s);

/*
 * Reads one character of UTF-8 from LEN bytes; LEN is not 0. Returns its length and sets *CHAR, or
 * returns 0 where the bytes are no character.
 */
size_t utf8_decode(const unsigned char *bytes, size_t len, uint32_t *character);

/* Adds one character as UTF-8; it is at most 0x10ffff. */
void utf8_add(struct strbuf *sb, uint32_t character);

/* Whether a character may be shown as it is: no control, no format or direction mark, no surrogate.
 */
int utf8_is_printable(uint32_t character);

#endif
