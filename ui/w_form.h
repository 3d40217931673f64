/*
 * A form: one row a field, checked as one leaves it and all together at OK.
 *
 * The form keeps what was typed until it is freed: a resize, a help page over it or a refused OK
 * lose nothing. Its owner says through w_form_ops what is right, fills in what follows from other
 * fields, and takes the values at the end. Fields go by name, such as the keyword in the file.
 *
 *	form = w_form_new(_("Add a rule"), &rule_form_ops, rule);
 *	w_form_add(form, &(struct w_field){ .kind = FIELD_TEXT, .name = "label", ... });
 *	w_form_open(ui, form);
 */
#ifndef UI_W_FORM_H
#define UI_W_FORM_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "ui/ui.h"
#include "ui/w_pick.h"

struct w_form;

enum w_field_kind {
	FIELD_TEXT,
	FIELD_NUMBER, /* digits; what else is right, CHECK says */
	FIELD_CHOICE, /* one of a closed set */
	FIELD_FLAG,   /* "yes" or "no" */
	FIELD_SECRET, /* masked, and typed twice; generated; read from a file */
	FIELD_SHOWN,  /* only shown */
};

/* What a field is. The form copies all of it. */
struct w_field {
	enum w_field_kind kind;
	const char *name;
	const char *label;  /* translated, as all texts here */
	const char *unit;   /* behind the value: "s", "bits"; NULL: none */
	const char *hint;   /* what is allowed, shown while the field has the keys; NULL: none */
	const char *value;  /* to begin with; NULL: empty, "no", or the first choice */
	const char *locked; /* whose it is and why it can't be entered; NULL: it can */
	const struct w_choice *choices;
	size_t choice_count;
};

struct w_form_ops {
	/*
	 * Whether the field's value will do; if not, adds to PROBLEM a sentence that says what
	 * would. May look at other fields.
	 */
	bool (*check)(void *data, const struct w_form *form, size_t field, struct strbuf *problem);

	/* A value was changed by the user: the owner may set, lock or hide others. NULL: no
	 * interest. */
	void (*changed)(void *data, struct w_form *form, size_t field);

	/*
	 * OK, and every field checks. Returns false to keep the form open, having said why; else
	 * the form is closed.
	 */
	bool (*accept)(void *data, struct ui *ui, struct w_form *form);

	/* For secrets: puts a new value in with w_form_set(). NULL: not offered. */
	void (*generate)(void *data, struct ui *ui, struct w_form *form, size_t field);
	void (*from_file)(void *data, struct ui *ui, struct w_form *form, size_t field);

	/* The form is being freed, by OK or without. NULL: nothing to do. */
	void (*release)(void *data);
};

/* OPS is borrowed, DATA belongs to whoever OPS says. */
struct w_form *w_form_new(const char *title, const struct w_form_ops *ops, void *data);
void w_form_set_help(struct w_form *form, const char *help); /* borrowed */

/* Adds a field at the end and returns its number. */
size_t w_form_add(struct w_form *form, const struct w_field *field);

/* Gives the form to the stack, which frees it. Returns its pane. */
struct pane *w_form_open(struct ui *ui, struct w_form *form);

/* The number of the field with that name, or the number of fields. */
size_t w_form_find(const struct w_form *form, const char *name);
size_t w_form_count(const struct w_form *form);
const char *w_form_name(const struct w_form *form, size_t field);

/* The value as it would stand in the file. Borrowed until the field changes. */
const char *w_form_value(const struct w_form *form, size_t field);

/* Whether the user or the owner changed it since the form was made. */
bool w_form_is_changed(const struct w_form *form, size_t field);

/* Sets a value; a secret's both entries. What isn't among the choices is added to them. */
void w_form_set(struct w_form *form, size_t field, const char *value);

/* Locks a field with a reason, or unlocks it with NULL. */
void w_form_lock(struct w_form *form, size_t field, const char *reason);

/* Says something behind a value: "forced by COEX-17", a key's fingerprint. NULL takes it away. */
void w_form_note(struct w_form *form, size_t field, const char *note);

/* A hidden field isn't shown, entered or checked. */
void w_form_hide(struct w_form *form, size_t field, bool hidden);

/* Checks all fields, marks the problems, goes to the first. True if there is none. */
bool w_form_check(struct w_form *form);

/* Says from outside, such as from the checks of the whole, what is wrong with a field. */
void w_form_problem(struct w_form *form, size_t field, const char *problem);

#endif
