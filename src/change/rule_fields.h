/* What both adding and editing a rule need of its fields (change/edits.h says what a field is). */
#ifndef CHANGE_RULE_FIELDS_H
#define CHANGE_RULE_FIELDS_H

#include "change/edits.h"

/* A field understood: which keyword, in the rule or in which of its transforms. */
struct rule_target {
	enum ike_word word;
	enum ike_scope scope;
	size_t xform; /* from 0; SIZE_MAX: the only one */
};

/* False with ERR where NAME is no field of a rule. */
bool rule_target_parse(const char *name, struct rule_target *target, struct error *err);

/* Whether the names are fields of a rule and the values what their keywords may have. */
bool rule_fields_check(struct change *change, const struct field *fields, size_t count,
		       struct error *err);

/*
 * Whether the label, if one is given, is nobody else's: another rule with it would make the daemon
 * refuse the whole file. NUMBER is the rule that gets it, SIZE_MAX a new one.
 */
bool rule_label_check(struct change *change, size_t number, const struct field *fields,
		      size_t count, struct error *err);

/* All values for one keyword of the rule, over all fields; an address field may hold several. */
struct rule_values {
	char **items;
	size_t count, cap;
};

void rule_values_collect(struct rule_values *values, enum ike_word word, const struct field *fields,
			 size_t count);
void rule_values_release(struct rule_values *values);

/* Whether a field names the keyword. */
bool rule_is_given(const struct field *fields, size_t count, enum ike_word word);

/*
 * The value that was given for a keyword, or what the profile has for a new rule with certificates
 * or without, or NULL. Borrowed.
 */
const char *rule_value_or_default(struct change *change, const struct field *fields, size_t count,
				  enum ike_word word, bool certificate);

/* COEX-R4: the subject of the one local certificate that is no authority's. Borrowed; NULL with ERR
 * where there is none, or no telling which. */
const char *rule_own_subject(struct change *change, struct error *err);

#endif
