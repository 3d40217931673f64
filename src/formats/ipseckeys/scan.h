/* Shared by the parts of the reader of ipseckeys; nobody else includes this. */
#ifndef FORMATS_IPSECKEYS_SCAN_H
#define FORMATS_IPSECKEYS_SCAN_H

#include "formats/ipseckeys/file.h"

/* How many values an extension takes at most. */
static inline unsigned manual_values(enum manual_word extension)
{
	unsigned arg = manual_words[extension].arg;

	return arg == MANUAL_ARG_NONE ? 0 : arg == MANUAL_ARG_IDENTITY ? 2 : 1;
}

/* Whether value number VALUE of an extension, from 0, is free text: a label, an identity's text. */
bool manual_is_text(enum manual_word extension, unsigned value);

static inline bool manual_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* What a hexadecimal digit stands for, with MANUAL_DIGIT set; 0 for other bytes. */
#define MANUAL_DIGIT 16u
extern const uint8_t manual_digits[256];

static inline unsigned manual_digit(char c)
{
	return manual_digits[(unsigned char)c];
}

/* The first byte from P on that is no hexadecimal digit; END where all are. */
static inline const char *manual_digits_end(const char *p, const char *end)
{
	while (p < end && manual_digit(*p) != 0)
		p++;
	return p;
}

/* Whether a token is of hexadecimal digits alone. */
static inline bool manual_is_hex(const struct doc *doc, uint32_t tok)
{
	const char *p = doc_text(doc, tok), *end = p + doc->tokens[tok].len;

	return manual_digits_end(p, end) == end;
}

/* Reads a number as C writes it. */
enum manual_number_form {
	MANUAL_NUMBER_GOOD,
	MANUAL_NUMBER_OCTAL, /* good, and its leading 0 makes it another one than it looks */
	MANUAL_NUMBER_BAD,
	MANUAL_NUMBER_SIGNED, /* a number behind a sign or blanks */
	MANUAL_NUMBER_LARGE   /* beyond 64 bits */
};
enum manual_number_form manual_number_parse(const char *text, size_t len, uint64_t *number);

/* The number of a protocol by its name, which people write and the tool does not take; or 0. */
unsigned manual_protocol_number(const char *name, size_t len);

/* A backslash alone, which should have joined two lines. */
static inline bool manual_is_backslash(const struct doc *doc, uint32_t tok)
{
	return doc->tokens[tok].kind == TOKEN_BROKEN && doc->tokens[tok].len == 1 &&
	       *doc_text(doc, tok) == '\\';
}

/* A value without the quotes around it. */
struct span manual_unquoted(const struct doc *doc, uint32_t tok);

/* The format's secrets callback: marks every part of RANGE that might belong to a key. */
void manual_secrets(const struct doc *doc, struct span range,
		    void (*mark)(void *ctx, struct span span), void *ctx);

/* Reads the value of a key field, token TOK. KEY's text is empty where it was not understood. */
void manual_key_read(const struct doc *doc, uint32_t tok, struct manual_key *key,
		     struct problems *problems);

/* Fills BYTES with the first SIZE bytes of a key, or with all of it; the caller wipes them. Returns
 * how many there are. */
size_t manual_key_copy(const struct doc *doc, const struct manual_key *key, unsigned char *bytes,
		       size_t size);

/* What is wrong with the keys of a command that has been read: sizes, weak keys, patterns. */
void manual_keys_check(const struct manual_item *item, struct problems *problems);

/* Whether lines of digits alone follow the command, which ends with a key. */
bool manual_has_rest(const struct doc *doc, uint32_t entry);

/* Reads the value of FIELD, which has one, into the item. */
void manual_value_read(struct manual_item *item, struct manual_field *field,
		       struct problems *problems);

/* Keys that are equal have the same one. It tells of the key: whoever keeps it wipes it. */
uint64_t manual_key_hash(const struct doc *doc, const struct manual_key *key);

/* Orders keys: 0 where manual_key_equal holds for keys that were understood. */
int manual_key_compare(const struct doc *doc_a, const struct manual_key *a, const struct doc *doc_b,
		       const struct manual_key *b);

/*
 * What is wrong with a command as a whole: what it needs, what its parts mean to each other.
 * UNCLEAR: there are words in it that were not understood, so that nothing may be called missing.
 */
void manual_item_check(const struct manual_item *item, bool unclear, struct problems *problems);

/* The last token of an entry if it is the value of a key, else 0. */
uint32_t manual_last_key(const struct doc *doc, const struct entry *entry);

#endif
