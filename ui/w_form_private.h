/* For w_form.c (values), w_form_draw.c and w_form_keys.c alone. */
#ifndef UI_W_FORM_PRIVATE_H
#define UI_W_FORM_PRIVATE_H

#include "ui/w_buttons.h"
#include "ui/w_form.h"
#include "ui/w_input.h"

struct form_field {
	enum w_field_kind kind;
	char *name, *label, *unit, *hint, *locked, *note, *problem;
	struct w_choice *choices;
	size_t choice_count, choice;
	struct w_input input; /* of text, numbers, secrets; what is shown of FIELD_SHOWN */
	struct w_input again; /* of secrets */
	bool in_again;        /* the second entry has the keys */
	bool changed, hidden;
};

struct w_form {
	struct pane pane;
	char *title;
	const struct w_form_ops *ops;
	void *data;
	struct form_field *fields;
	size_t count, cap;
	size_t here; /* the field with the keys; count: the buttons */
	int button;
	struct w_buttons buttons;
	bool touched; /* something was changed: giving it up is asked about */
	int scroll;   /* lines out of sight above */
};

bool form_field_enterable(const struct form_field *field);
bool form_field_is_typed(const struct form_field *field);

/* Checks one field and sets or clears its problem. */
bool form_field_check(struct w_form *form, size_t field);

/* The user changed a field. */
void form_field_changed(struct w_form *form, size_t field);

/* Lines that the field takes in the form. */
int form_field_lines(const struct form_field *field);

struct rect form_place(struct pane *pane, struct rect screen);
void form_draw(struct pane *pane, struct ui *ui, struct rect area, bool whole);
void form_free(struct pane *pane);

/* The field drawn in that row of the screen, or count; *AGAIN: its second line. */
size_t form_field_at(struct w_form *form, struct term *term, int row, bool *again);

/* The column of the screen where values start. */
int form_value_col(struct w_form *form, struct term *term);

#endif
