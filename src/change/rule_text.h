/* Where things stand in the text of a rule, and how a new one is laid out. */
#ifndef CHANGE_RULE_TEXT_H
#define CHANGE_RULE_TEXT_H

#include "change/change.h"
#include "formats/ike_config/text.h"

/*
 * Gives the keyword WORD of a rule the COUNT values, already checked: those that are there are
 * replaced, missing ones added, further ones removed.
 */
void rule_set_values(struct change *change, size_t number, enum ike_word word,
		     const char *const *values, size_t count);

/* The same for one value of transform XFORM of the rule; NULL removes it. */
void rule_set_part(struct change *change, size_t number, size_t xform, enum ike_word word,
		   const char *value);

enum { RULE_XFORMS_MAX = 16 }; /* of a new rule */

/* A new rule's parts, in the order in which they are written. */
struct new_rule {
	const char *label;
	struct {
		enum ike_word word;
		const char *value;
	} params[64];
	size_t nparams;
	struct {
		enum ike_word word;
		const char *value;
		size_t xform; /* which transform, from 0; they rise */
	} parts[RULE_XFORMS_MAX * 8];
	size_t nparts;
};

/* Appends the rule behind the last one, laid out like the last one of its family: MDM's or foreign.
 */
void rule_append(struct change *change, const struct new_rule *rule);

#endif
