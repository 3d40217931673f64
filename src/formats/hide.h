/*
 * What may be shown of a file with keys where nobody reads it: in comments, which were commands
 * once, or say what a key was. Shared by the formats with secrets.
 */
#ifndef FORMATS_HIDE_H
#define FORMATS_HIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "doc/doc.h"

/* Who is told which spans of the document at BYTES must not be shown. */
struct hider {
	void (*mark)(void *ctx, struct span span);
	void *ctx;
	const char *bytes;
	bool carry; /* the line before was a comment that ended with a name of a key */
};

void hide_bytes(const struct hider *m, const char *p, const char *end);

/*
 * A comment from its # to the end of its line: hides what looks like a key, or all of it where
 * HIDDEN says that something before it is, or may be, a key.
 */
void hide_comment(struct hider *m, const char *p, const char *end, bool hidden);

/* How many hexadecimal digits a word has, where it has eight of them in a row or no other letters;
 * otherwise 0. */
size_t hide_key_digits(const char *p, const char *end);

/* Whether a word that somebody typed has so many of them in a row that it may be a key: then it is
 * not repeated to him. */
bool hide_may_be_key(const char *word);

/* An address, unless it is eight bytes in groups of two digits, which may be a key as well. */
bool hide_is_address(const char *p, const char *end);

#endif
