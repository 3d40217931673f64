/*
 * Distinguished names: C=US, O=Example\, Inc., CN=hosta
 *
 * A name comes from the text of a configuration file (dn_parse) or, part by part, from a
 * certificate (dn_add). Either way it gives the same canonical form where the two are the same
 * name, so that names are joined by comparing or hashing strings.
 *
 * Two names are the same as X.500 matching has it: the case of values and the number of blanks in
 * them do not matter, nor does the order within one part of several values (CN=a+OU=b); the order
 * of the parts does. Nothing here needs OpenSSL.
 */
#ifndef PKI_DN_H
#define PKI_DN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum dn_error {
	DN_OK = 0,
	DN_ERROR_EMPTY,     /* no text at all */
	DN_ERROR_NO_PART,   /* nothing between two commas, or behind the last one */
	DN_ERROR_NO_EQUALS, /* a part without TYPE= */
	DN_ERROR_TYPE,      /* the type is neither a known name nor an object identifier */
	DN_ERROR_ESCAPE,    /* a backslash at the end of the text */
	DN_ERROR_HEX        /* #, and then something else than pairs of hexadecimal digits */
};

/* What is wrong with a text, and where: LEN bytes from OFF. */
struct dn_problem {
	enum dn_error error;
	size_t off, len;
};

struct dn_part;

struct dn {
	struct strbuf bytes; /* types and values, one behind the other */
	struct dn_part *parts;
	size_t count, cap;
};

#define DN_INIT                                                                                    \
	{                                                                                          \
		.bytes = STRBUF_INIT                                                               \
	}
void dn_release(struct dn *dn);

/*
 * Reads the LEN bytes of TEXT. Parts are separated by commas; blanks around them and around = and +
 * are insignificant; a type is a name of any case or an object identifier; a backslash takes the
 * next byte, or the byte of two hexadecimal digits, as part of the value; a value #0401ff is the
 * encoding of something that is no text. A + begins another value of the same part where TYPE=
 * follows it. Returns false and sets *PROBLEM where the text is no name; DN is then empty.
 */
bool dn_parse(struct dn *dn, const char *text, size_t len, struct dn_problem *problem);

/* What dn_add is told about a value, as bits. */
enum {
	DN_SAME_PART = 1,
	/* it belongs to the part before it */ DN_ENCODED = 2 /* it is no text */
};

/* Adds a value: UTF-8, or with DN_ENCODED its DER. TYPE is a name or an object identifier. */
void dn_add(struct dn *dn, const char *type, const void *value, size_t len, unsigned flags);

/*
 * Adds the name as a person reads it, in its own order; what could harm a terminal is made
 * printable. dn_parse takes it back, but a name that had to be made printable is then another one:
 * who wants to write it into a file compares the canonical forms first.
 */
void dn_print(const struct dn *dn, struct strbuf *sb);

/* Adds the canonical form. It is for comparing, may hold hostile bytes, and has no NUL. */
void dn_print_canonical(const struct dn *dn, struct strbuf *sb);

/* dn_parse and dn_print_canonical in one; SB is untouched where it returns false. */
bool dn_canonical(const char *text, size_t len, struct strbuf *sb, struct dn_problem *problem);

/* Adds the last value of TYPE ("CN"), printable, to SB. Returns whether there is one. */
bool dn_value(const struct dn *dn, const char *type, struct strbuf *sb);

/* Adds a sentence without a stop for what dn_parse found in TEXT. Translated, printable. */
void dn_describe(const struct dn_problem *problem, const char *text, struct strbuf *sb);

/* The usual spelling of a type's name or object identifier, or NULL where it is not known. */
const char *dn_type_name(const char *type, size_t len);

#endif
