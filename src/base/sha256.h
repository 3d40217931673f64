/*
 * SHA-256, as hexadecimal digits: what tells whether bytes are the ones that were recorded.
 *
 * It is nettle's: OpenSSL is loaded only where a certificate has to be looked at, and would cost a
 * save more than all the rest.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stdbool.h>
#include <stddef.h>

enum { SHA256_DIGITS = 64, SHA256_TEXT = SHA256_DIGITS + 1 };

/* The digest of LEN bytes; nothing of them stays in memory. */
void sha256_text(const void *bytes, size_t len, char text[SHA256_TEXT]);

/* Whether TEXT begins with the digits of a digest, and no more of them. */
bool sha256_is_text(const char *text);

#endif
