/* Where things stand in the text of a policy, and how a new one is laid out. */
#ifndef CHANGE_POLICY_TEXT_H
#define CHANGE_POLICY_TEXT_H

#include "change/policy_fields.h"

/*
 * Adds the edits that make a policy what is WANTED of it. Alternatives that are to be taken out, or
 * behind which new ones come, have their action and both braces.
 */
void policy_text_edit(struct edits *edits, const struct policy_item *item,
		      const struct policy_wanted *wanted);

/*
 * Adds a new policy as one line without its line end, laid out like the entry MODEL, a policy of
 * DOC; UINT32_MAX: in the usual way.
 */
void policy_text_new(const struct doc *doc, uint32_t model, const struct policy_wanted *wanted,
		     struct strbuf *sb);

/* How a policy is laid out: blanks as the model has them. */
struct policy_layout {
	const char *indent;
	int indent_len;
	const char *inner[2];    /* behind { and before }: of the pattern, of the properties */
	const char *before_word; /* the action */
	const char *before_open; /* the { of the properties */
};

extern const struct policy_layout policy_usual_layout;

/* Adds an action with its properties. */
void policy_text_alternative(const struct policy_wanted_alternative *a,
			     const struct policy_layout *layout, struct strbuf *sb);

#endif
