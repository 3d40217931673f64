#include "config.h"

#include "base/i18n.h"
#include "ui/keyname.h"
#include "ui/w_dialog.h"
#include "ui/w_form_private.h"

enum { OK = 0, CANCEL = 1 };

/* Leaves the field, which is checked, for another one. */
static void go(struct w_form *form, struct ui *ui, size_t to)
{
	if (form->here < form->count) {
		form_field_check(form, form->here);
		form->fields[form->here].in_again = false;
	}
	form->here = to;
	ui_stale(ui); /* problems change the form's size */
}

static void go_next(struct w_form *form, struct ui *ui)
{
	size_t to = form->here;

	if (to == form->count) {
		form->button = 1 - form->button;
		if (form->button == CANCEL)
			return;
		to = (size_t)-1;
	} else if (form->fields[to].kind == FIELD_SECRET && !form->fields[to].in_again) {
		form->fields[to].in_again = true;
		return;
	}
	for (to++; to < form->count && !form_field_enterable(&form->fields[to]); to++)
		;
	form->button = OK;
	go(form, ui, to);
}

static void go_previous(struct w_form *form, struct ui *ui)
{
	size_t to = form->here;

	if (to == form->count && form->button == CANCEL) {
		form->button = OK;
		return;
	}
	if (to < form->count && form->fields[to].in_again) {
		form->fields[to].in_again = false;
		return;
	}
	while (to > 0 && !form_field_enterable(&form->fields[to - 1]))
		to--;
	if (to == 0) {
		form->button = CANCEL;
		go(form, ui, form->count);
		return;
	}
	go(form, ui, to - 1);
	form->fields[form->here].in_again = form->fields[form->here].kind == FIELD_SECRET;
}

static void submit(struct w_form *form, struct ui *ui)
{
	ui_stale(ui);
	if (!w_form_check(form)) {
		ui_say(ui, STYLE_ERROR, _("not yet: see what is marked with '!'"));
		return;
	}
	if (form->ops->accept(form->data, ui, form))
		ui_close(ui, &form->pane);
}

static void give_up(void *data, struct ui *ui, bool yes)
{
	struct w_form *form = data;

	if (yes)
		ui_close(ui, &form->pane);
}

static void cancel(struct w_form *form, struct ui *ui)
{
	if (form->touched)
		w_dialog_confirm(ui, form->title, _("Give up what was typed here?"), give_up, form);
	else
		ui_close(ui, &form->pane);
}

static void picked(void *data, struct ui *ui, size_t choice)
{
	struct w_form *form = data;
	struct form_field *field = &form->fields[form->here];

	ui_stale(ui);
	if (choice >= field->choice_count || choice == field->choice)
		return;
	field->choice = choice;
	form_field_changed(form, form->here);
}

/* Enter, or a blank, on a field or a button. */
static void accept(struct w_form *form, struct ui *ui)
{
	struct form_field *field;

	if (form->here == form->count) {
		if (form->button == OK)
			submit(form, ui);
		else
			cancel(form, ui);
		return;
	}
	field = &form->fields[form->here];
	if (field->kind == FIELD_CHOICE) {
		w_pick_open(ui, field->label, field->choices, field->choice_count, field->choice,
			    picked, form);
	} else if (field->kind == FIELD_FLAG) {
		field->choice = !field->choice;
		form_field_changed(form, form->here);
	} else {
		go_next(form, ui);
	}
}

static bool step_choice(struct w_form *form, int step)
{
	struct form_field *field;
	size_t count;

	if (form->here == form->count) {
		form->button = 1 - form->button;
		return true;
	}
	field = &form->fields[form->here];
	count = field->kind == FIELD_FLAG ? 2 : field->choice_count;
	if (count < 2 || form_field_is_typed(field))
		return false;
	field->choice = (field->choice + (step > 0 ? 1 : count - 1)) % count;
	form_field_changed(form, form->here);
	return true;
}

/* A secret's field offers what the owner can do for it. */
static bool on_secret(const struct w_form *form)
{
	return form->here < form->count && form->fields[form->here].kind == FIELD_SECRET;
}

static bool fill_secret(struct w_form *form, struct ui *ui,
			void (*fill)(void *data, struct ui *ui, struct w_form *form, size_t field))
{
	if (fill == NULL || !on_secret(form))
		return false;
	form->touched = true;
	fill(form->data, ui, form, form->here);
	ui_stale(ui);
	return true;
}

/* Typing and moving in the field with the keys. */
static bool type(struct w_form *form, struct ui *ui, enum action action, const struct event *event)
{
	struct form_field *field;
	struct w_input *input;
	enum action edit = action;
	size_t len;

	if (form->here == form->count || !form_field_is_typed(&form->fields[form->here]))
		return false;
	field = &form->fields[form->here];
	input = field->in_again ? &field->again : &field->input;
	len = input->len;
	if (event->key != K_NONE)
		edit = keymap_find(ui->keymap, CONTEXT_INPUT, event->key);
	if (!w_input_act(input, edit, event))
		return false;
	if (edit == ACTION_NONE || input->len != len)
		form_field_changed(form, form->here);
	return true;
}

static bool mouse(struct w_form *form, struct ui *ui, const struct event *event)
{
	int button = w_buttons_at(&form->buttons, event->row, event->col);
	bool again = false;
	size_t at;

	if (event->mouse != MOUSE_PRESS) {
		if (event->mouse == MOUSE_WHEEL_DOWN)
			go_next(form, ui);
		else
			go_previous(form, ui);
		return true;
	}
	if (button >= 0) {
		go(form, ui, form->count);
		form->button = button;
		accept(form, ui);
		return true;
	}
	at = form_field_at(form, ui->term, event->row, &again);
	if (at == form->count)
		return false;
	if (!form_field_enterable(&form->fields[at])) {
		if (form->fields[at].locked != NULL)
			ui_say(ui, STYLE_WARNING, _("locked: %s"), form->fields[at].locked);
		return true;
	}
	go(form, ui, at);
	form->fields[at].in_again = again;
	if (!form_field_is_typed(&form->fields[at]))
		accept(form, ui);
	else
		w_input_press(again ? &form->fields[at].again : &form->fields[at].input,
			      event->col - form_value_col(form, ui->term));
	return true;
}

static void page(struct w_form *form, struct ui *ui, bool down)
{
	int i;

	for (i = 0; i < form->pane.area.rows / 2; i++) {
		if (down && form->here < form->count)
			go_next(form, ui);
		else if (!down && form->here > 0)
			go_previous(form, ui);
	}
}

static bool form_act(struct pane *pane, struct ui *ui, enum action action,
		     const struct event *event)
{
	struct w_form *form = (struct w_form *)pane;

	if (event->key == K_MOUSE && action == ACTION_NONE)
		return mouse(form, ui, event);
	if (type(form, ui, action, event))
		return true;
	switch (action) {
	case ACTION_NONE: /* a blank takes what Enter takes, where nothing is typed */
		if (event->key != K_SPACE)
			return false;
		accept(form, ui);
		return true;
	case ACTION_ACCEPT:
		accept(form, ui);
		return true;
	case ACTION_SUBMIT:
		submit(form, ui);
		return true;
	case ACTION_CANCEL:
		cancel(form, ui);
		return true;
	case ACTION_NEXT_FIELD:
	case ACTION_DOWN:
		go_next(form, ui);
		return true;
	case ACTION_PREVIOUS_FIELD:
	case ACTION_UP:
		go_previous(form, ui);
		return true;
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		page(form, ui, action == ACTION_PAGE_DOWN);
		return true;
	case ACTION_LEFT:
	case ACTION_RIGHT:
		return step_choice(form, action == ACTION_RIGHT ? 1 : -1);
	case ACTION_GENERATE:
		return fill_secret(form, ui, form->ops->generate);
	case ACTION_FROM_FILE:
		return fill_secret(form, ui, form->ops->from_file);
	default:
		return false;
	}
}

static bool form_offers(const struct pane *pane, const struct ui *ui, enum action action)
{
	const struct w_form *form = (const struct w_form *)pane;

	(void)ui;
	if (action == ACTION_GENERATE)
		return on_secret(form) && form->ops->generate != NULL;
	if (action == ACTION_FROM_FILE)
		return on_secret(form) && form->ops->from_file != NULL;
	return true;
}

struct pane *w_form_open(struct ui *ui, struct w_form *form)
{
	static const struct pane_ops ops = { .place = form_place,
					     .draw = form_draw,
					     .act = form_act,
					     .offers = form_offers,
					     .free = form_free };

	form->pane.ops = &ops;
	form->pane.context = CONTEXT_FORM;
	while (form->here < form->count && !form_field_enterable(&form->fields[form->here]))
		form->here++;
	ui_push(ui, &form->pane);
	return &form->pane;
}
