/*
 * What is asked of a command of ipseckeys: fields by the names of extensions, checked one by one
 * (change/edits.h says what a field is).
 *
 * A value is checked by the file's own reader, which reads a command with nothing else in it.
 */
#ifndef CHANGE_MANUAL_FIELDS_H
#define CHANGE_MANUAL_FIELDS_H

#include "change/edits.h"

/* Fields understood. Texts are borrowed from the fields. */
struct manual_set {
	const char *values[MANUAL_FIELD_COUNT]; /* by usual name; NULL: not asked for; "": goes */
	uint8_t names[MANUAL_FIELD_COUNT];      /* those asked for, in the order of the fields */
	size_t count;
	enum manual_word type; /* 0: not asked for */
	bool pair;             /* both directions */
	const char *pair_spi;  /* of the other one; NULL: any */
	unsigned bits;         /* of a generated encryption key, without salt; 0: the usual ones */
};

/* Reads the names; PAIRS: the words about pairs are taken. Values are not looked at yet. */
bool manual_set_parse(struct manual_set *set, const struct field *fields, size_t count, bool pairs,
		      struct error *err);

/* Checks each value for the release of the profile. */
bool manual_set_check(const struct manual_set *set, const struct profile *profile,
		      struct error *err);

/* Whether a release has the algorithm, or nobody knows. */
bool manual_alg_is_known(const struct ipsec_alg *alg, enum dialect dialect);

/* A value by itself, read. */
struct manual_value {
	struct doc *doc;
	struct manual_item item;
};

/* Reads a value that manual_set_check takes; not for a flag. Release it. */
void manual_value_init(struct manual_value *value, enum manual_word name, const char *text);
void manual_value_release(struct manual_value *value);

/* Adds a value as the file has it, with quotes where it needs them. */
void manual_value_format(struct strbuf *sb, enum manual_word name, const char *text);

/* Whether an item says what the value does: the same number, address, algorithm, text. A flag
 * is "yes". */
bool manual_value_holds(const struct manual_item *item, enum manual_word name, const char *text);

/* Whether a flag's value, "yes" or "no", says that it is to stand there. */
bool manual_flag_is_set(const char *text);

#endif
