/* The fields of the form for a manual SA; form_manual_sa.c says what they do. */
#ifndef UI_FORM_MANUAL_H
#define UI_FORM_MANUAL_H

#include "ui/console_private.h"

/* Where a key comes from; values of the fields "encr_from" and "auth_from". */
#define KEY_STAYS "keep"
#define KEY_NEW   "generate"
#define KEY_GIVEN "type or read"

struct sa_form {
	struct console *console;
	bool adding;
	uint32_t entry;                              /* of the command that is edited */
	enum manual_word command;                    /* what it does */
	const struct ipsec_alg *encr_alg, *auth_alg; /* its algorithms; NULL: none */
};

/* All fields behind the type; ITEM is NULL for a new one. */
void manual_fields_add(struct w_form *form, const struct sa_form *sa,
		       const struct manual_item *item);

/* Shows what the values so far make sensible, and hides the rest. */
void manual_fields_adapt(const struct sa_form *sa, struct w_form *form);

/* The value of the field, or "" where the form has none of that name. */
const char *manual_field_value(const struct w_form *form, const char *name);

/* The algorithm that is chosen for MANUAL_ENCRALG or MANUAL_AUTHALG, or NULL. */
const struct ipsec_alg *manual_field_alg(const struct w_form *form, enum manual_word word);

#endif
