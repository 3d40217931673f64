/* What the fields of a policy ask for (change/edits.h says what a field is). */
#ifndef CHANGE_POLICY_FIELDS_H
#define CHANGE_POLICY_FIELDS_H

#include "change/edits.h"

/* A value that is asked for. Borrowed from the field. */
struct policy_value {
	const char *text;       /* NULL: nothing is asked; "": it is to be taken out */
	const char *name;       /* of the field */
	enum policy_word spelt; /* the word by which the field names it */
};

/* What is asked of one alternative. */
struct policy_wanted_alternative {
	struct policy_value action;
	struct policy_value properties[POLICY_PROPERTY_COUNT];
};

struct policy_wanted {
	struct policy_value pattern[POLICY_KEYWORD_COUNT]; /* by usual names */
	struct policy_wanted_alternative alternatives[POLICY_ALTERNATIVES_MAX];
	size_t nalternatives; /* up to the last one that is named */
};

/*
 * Reads the fields, each checked by itself, for a policy that has so many ALTERNATIVES (a new one:
 * 1). False with ERR where a name is none, a value will not do, a thing is asked for twice, or
 * nobody can tell which alternative is meant.
 */
bool policy_fields_read(const struct profile *profile, const struct field *fields, size_t count,
			size_t alternatives, struct policy_wanted *wanted, struct error *err);

/* What is asked of alternative I. */
const struct policy_wanted_alternative *policy_wanted_of(const struct policy_wanted *wanted,
							 size_t i);

/* Whether alternative I is to be taken out. */
bool policy_is_dropped(const struct policy_wanted *wanted, size_t i);

/*
 * The order in which words are written: the ends, what is above them, the direction. A code has to
 * stand behind its type.
 */
extern const uint8_t policy_pattern_order[];
extern const size_t policy_pattern_count;
extern const uint8_t policy_property_order[];
extern const size_t policy_property_count;

/* The statements of an alternative; NULL where it has none. */
static inline const struct policy_stmt *policy_properties(const struct policy_item *item,
							  const struct policy_alternative *a)
{
	return a->count > 0 ? item->properties + a->first : NULL;
}

#endif
