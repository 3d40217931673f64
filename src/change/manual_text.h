/* Commands of ipseckeys as text, and where a new one goes. */
#ifndef CHANGE_MANUAL_TEXT_H
#define CHANGE_MANUAL_TEXT_H

#include "change/manual_fields.h"

/* A new security association: what it says, and its keys as digits, or NULL. */
struct manual_new {
	enum manual_word type;
	const char *values[MANUAL_FIELD_COUNT]; /* by usual name; NULL or empty: not there */
	const struct blob *encr, *auth;
};

/* Adds the command, without a newline at its end, to SB, which is to be wiped. */
void manual_compose(struct strbuf *sb, const struct manual_new *sa);

/* Adds what SA has beside its type, as in a command, with a blank in front of each extension. */
void manual_compose_fields(struct strbuf *sb, const struct manual_new *sa);

/* Whether the last SA of the file has its spi in hexadecimal. */
bool manual_spi_is_hex(const struct doc *doc);

/*
 * Adds to EDITS new commands, TEXT, behind everything that the tool reads: at the end, or before
 * the command that ends the run. False with ERR where the file ends within a command.
 */
bool manual_insert(struct edits *edits, const struct doc *doc, const char *text, struct error *err);

/* The smallest spi from 256 on that no command of the file names, and that is not OTHER. */
uint32_t manual_unused_spi(const struct doc *doc, uint32_t other);

#endif
