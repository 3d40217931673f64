/*
 * Which word of the table a token of ipseckeys is: that depends on what stands before it in its
 * command. Nobody else includes this.
 */
#ifndef FORMATS_IPSECKEYS_PLACE_H
#define FORMATS_IPSECKEYS_PLACE_H

#include "formats/ipseckeys/scan.h"

/* Where in a command a scanner is; all zero but for the index where one begins. */
struct manual_place {
	const struct manual_index *index;
	unsigned number; /* tokens so far that the command consists of */
	enum manual_word command, extension;
	unsigned values; /* of the extension, that may still come */
	bool maybe;      /* the last value is an extension's name ... */
	uint32_t value;  /* ... and this token */
};

/* The next token, which the document does not have yet, is a word. A value before it may turn out
 * to be another word than it was taken for. */
enum manual_word manual_place_word(struct manual_place *place, struct doc *doc, const char *text,
				   size_t len);

/* The next token is quoted or broken: no name, but it may be a value. */
void manual_place_other(struct manual_place *place);

/* Whether the next token stands where free text does. */
bool manual_place_is_text(const struct manual_place *place);

#endif
