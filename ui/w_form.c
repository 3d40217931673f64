#include "config.h"

#include "ui/w_form.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/w_form_private.h"

static const char *const flag_values[] = { "no", "yes" };

static char *copy(const char *text)
{
	return text != NULL ? xstrdup(text) : NULL;
}

static void replace(char **text, const char *with)
{
	char *old = *text;

	*text = copy(with);
	free(old);
}

bool form_field_is_typed(const struct form_field *field)
{
	return field->kind == FIELD_TEXT || field->kind == FIELD_NUMBER ||
	       field->kind == FIELD_SECRET;
}

bool form_field_enterable(const struct form_field *field)
{
	return !field->hidden && field->locked == NULL && field->kind != FIELD_SHOWN;
}

int form_field_lines(const struct form_field *field)
{
	if (field->hidden)
		return 0;
	return 1 + (field->kind == FIELD_SECRET && field->locked == NULL) +
	       (field->problem != NULL);
}

static void choice_add(struct form_field *field, const char *value, const char *help)
{
	size_t size = (field->choice_count + 1) * sizeof *field->choices;

	field->choices = xrealloc(field->choices, size);
	field->choices[field->choice_count++] =
		(struct w_choice){ .value = xstrdup(value), .help = copy(help) };
}

static void choices_free(struct form_field *field)
{
	size_t i;

	for (i = 0; i < field->choice_count; i++) {
		free((char *)field->choices[i].value);
		free((char *)field->choices[i].help);
	}
	free(field->choices);
}

static void value_set(struct form_field *field, const char *value)
{
	size_t i;

	switch (field->kind) {
	case FIELD_FLAG:
		field->choice = strcmp(value, flag_values[1]) == 0;
		break;
	case FIELD_CHOICE:
		for (i = 0; i < field->choice_count; i++)
			if (strcmp(field->choices[i].value, value) == 0)
				break;
		if (i == field->choice_count)
			choice_add(field, value, NULL);
		field->choice = i;
		break;
	default:
		w_input_set(&field->input, value);
		if (field->kind == FIELD_SECRET)
			w_input_set(&field->again, value);
		break;
	}
}

struct w_form *w_form_new(const char *title, const struct w_form_ops *ops, void *data)
{
	struct w_form *form = xcalloc(1, sizeof *form);

	form->title = xstrdup(title);
	form->ops = ops;
	form->data = data;
	form->buttons.labels[0] = _("OK");
	form->buttons.labels[1] = _("Cancel");
	return form;
}

void w_form_set_help(struct w_form *form, const char *help)
{
	form->pane.help = help;
}

size_t w_form_add(struct w_form *form, const struct w_field *spec)
{
	struct form_field field = { .kind = spec->kind,
				    .name = xstrdup(spec->name),
				    .label = xstrdup(spec->label),
				    .unit = copy(spec->unit),
				    .hint = copy(spec->hint),
				    .locked = copy(spec->locked) };
	size_t i;

	for (i = 0; i < spec->choice_count; i++)
		choice_add(&field, spec->choices[i].value, spec->choices[i].help);
	w_input_init(&field.input, spec->kind == FIELD_SECRET);
	w_input_init(&field.again, spec->kind == FIELD_SECRET);
	if (spec->value != NULL)
		value_set(&field, spec->value);
	VEC_PUSH(form->fields, form->count, form->cap, field);
	return form->count - 1;
}

static void field_release(struct form_field *field)
{
	free(field->name);
	free(field->label);
	free(field->unit);
	free(field->hint);
	free(field->locked);
	free(field->note);
	free(field->problem);
	choices_free(field);
	w_input_release(&field->input);
	w_input_release(&field->again);
}

void form_free(struct pane *pane)
{
	struct w_form *form = (struct w_form *)pane;
	size_t i;

	if (form->ops->release != NULL)
		form->ops->release(form->data);
	for (i = 0; i < form->count; i++)
		field_release(&form->fields[i]);
	free(form->fields);
	free(form->title);
	free(form);
}

size_t w_form_find(const struct w_form *form, const char *name)
{
	size_t i;

	for (i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			break;
	return i;
}

size_t w_form_count(const struct w_form *form)
{
	return form->count;
}

const char *w_form_name(const struct w_form *form, size_t field)
{
	return form->fields[field].name;
}

const char *w_form_value(const struct w_form *form, size_t number)
{
	const struct form_field *field = &form->fields[number];

	switch (field->kind) {
	case FIELD_FLAG:
		return flag_values[field->choice];
	case FIELD_CHOICE:
		return field->choice_count > 0 ? field->choices[field->choice].value : "";
	default:
		return field->input.text;
	}
}

bool w_form_is_changed(const struct w_form *form, size_t field)
{
	return form->fields[field].changed;
}

void w_form_set(struct w_form *form, size_t number, const char *value)
{
	struct form_field *field = &form->fields[number];

	if (strcmp(w_form_value(form, number), value) == 0)
		return;
	value_set(field, value);
	field->changed = true;
	replace(&field->problem, NULL);
}

void w_form_lock(struct w_form *form, size_t field, const char *reason)
{
	replace(&form->fields[field].locked, reason);
}

void w_form_note(struct w_form *form, size_t field, const char *note)
{
	replace(&form->fields[field].note, note);
}

void w_form_hide(struct w_form *form, size_t field, bool hidden)
{
	form->fields[field].hidden = hidden;
}

void w_form_problem(struct w_form *form, size_t field, const char *problem)
{
	replace(&form->fields[field].problem, problem);
}

/* What the form itself knows to be wrong. */
static const char *own_problem(const struct form_field *field)
{
	if (field->kind == FIELD_NUMBER &&
	    strspn(field->input.text, "0123456789") != field->input.len)
		return _("a number is needed here, in digits");
	if (field->kind == FIELD_SECRET && strcmp(field->input.text, field->again.text) != 0)
		return _("the two entries differ; type the same twice");
	return NULL;
}

bool form_field_check(struct w_form *form, size_t number)
{
	struct form_field *field = &form->fields[number];
	struct strbuf problem = STRBUF_INIT;
	const char *own;

	w_form_problem(form, number, NULL);
	if (!form_field_enterable(field))
		return true;
	own = own_problem(field);
	if (own != NULL)
		w_form_problem(form, number, own);
	else if (form->ops->check != NULL && !form->ops->check(form->data, form, number, &problem))
		w_form_problem(form, number, problem.buf);
	strbuf_release(&problem);
	return field->problem == NULL;
}

bool w_form_check(struct w_form *form)
{
	size_t first = form->count, i;

	for (i = 0; i < form->count; i++)
		if (!form_field_check(form, i) && first == form->count)
			first = i;
	if (first < form->count) {
		form->here = first;
		form->fields[first].in_again = false;
	}
	return first == form->count;
}

void form_field_changed(struct w_form *form, size_t field)
{
	form->fields[field].changed = true;
	form->touched = true;
	w_form_note(form, field, NULL);
	if (form->ops->changed != NULL)
		form->ops->changed(form->data, form, field);
}
