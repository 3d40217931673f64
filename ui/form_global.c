/* Forms and questions for parameters at file level. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/console_private.h"
#include "ui/w_pick.h"

struct global_form {
	struct console *console;
	enum ike_word word;
	bool adding;
};

static bool form_check(void *data, const struct w_form *form, size_t field, struct strbuf *problem)
{
	struct global_form *global = data;
	struct error err = ERROR_INIT;
	bool good = global_check(global->console->work->profile, ike_words[global->word].name,
				 w_form_value(form, field), &err);

	if (!good)
		strbuf_addstr(problem, err.text);
	error_clear(&err);
	return good;
}

static bool form_accept(void *data, struct ui *ui, struct w_form *form)
{
	struct global_form *global = data;
	struct console *console = global->console;
	const char *name = ike_words[global->word].name, *value = w_form_value(form, 0);
	size_t notes = change_note_count(console->change);
	struct error err = ERROR_INIT;
	bool good = true;

	(void)ui;
	if (global->adding)
		good = global_add(console->change, name, value, &err);
	else if (w_form_is_changed(form, 0))
		good = global_edit(console->change, name, value, &err);
	if (!good) {
		console_refuse(console, &err);
		return false;
	}
	console_changed(console);
	console_say_note(console, notes);
	return true;
}

static void form_release(void *data)
{
	free(data);
}

static const struct w_form_ops global_form_ops = {
	.check = form_check,
	.accept = form_accept,
	.release = form_release,
};

static void open_form(struct console *console, enum ike_word word, bool adding, const char *value)
{
	struct global_form *global = xcalloc(1, sizeof *global);
	const struct ike_word_info *info = &ike_words[word];
	struct strbuf title = STRBUF_INIT;
	struct w_form *form;

	*global = (struct global_form){ console, word, adding };
	strbuf_addf(&title, adding ? _("Add %s") : _("Edit %s"), info->name);
	form = w_form_new(title.buf, &global_form_ops, global);
	w_form_set_help(form, _(info->help));
	w_form_add(form, &(struct w_field){ .kind = FIELD_TEXT,
					    .name = info->name,
					    .label = info->name,
					    .unit = info->unit != NULL ? _(info->unit) : NULL,
					    .hint = _(info->help),
					    .value = value });
	w_form_open(console->ui, form);
	strbuf_release(&title);
}

static void add_flag(struct console *console, enum ike_word word)
{
	struct error err = ERROR_INIT;

	if (global_add(console->change, ike_words[word].name, "", &err))
		console_changed(console);
	else
		console_refuse(console, &err);
}

/* The keywords that may be added, in the order of the pick list. */
static size_t list_words(enum dialect dialect, enum ike_word *words)
{
	size_t count = 0;
	int word;

	for (word = 1; word < IKE_KEYWORD_COUNT; word++) {
		const struct ike_word_info *info = &ike_words[word];

		if ((info->scopes & IKE_SCOPE_FILE) && !info->undocumented &&
		    (info->known == 0 || (info->known & IKE_IN(dialect))))
			words[count++] = (enum ike_word)word;
	}
	return count;
}

static void keyword_picked(void *data, struct ui *ui, size_t picked)
{
	struct console *console = data;
	enum ike_word words[IKE_KEYWORD_COUNT];
	size_t count = list_words(console->work->dialect, words);

	(void)ui;
	if (picked >= count)
		return;
	if (ike_words[words[picked]].arg == IKE_ARG_NONE)
		add_flag(console, words[picked]);
	else
		open_form(console, words[picked], true, ike_words[words[picked]].fallback);
}

void global_form_add(struct console *console)
{
	enum ike_word words[IKE_KEYWORD_COUNT];
	struct w_choice choices[IKE_KEYWORD_COUNT];
	size_t count = list_words(console->work->dialect, words), i;

	for (i = 0; i < count; i++)
		choices[i] =
			(struct w_choice){ ike_words[words[i]].name, _(ike_words[words[i]].help) };
	w_pick_open(console->ui, _("Add a parameter"), choices, count, 0, keyword_picked, console);
}

void global_form_edit(struct console *console, size_t number)
{
	const struct ike_item *g = &console->work->host->globals;
	const struct ike_stmt *s = &g->stmts[number];
	struct strbuf value = STRBUF_INIT;

	if (ike_words[s->word].arg == IKE_ARG_NONE) {
		ui_say(console->ui, STYLE_NOTE, _("%s has no value; d removes it"),
		       ike_words[s->word].name);
		return;
	}
	if (s->word == IKE_P1_XFORM)
		ike_raw_value(g->doc, s, &value);
	else
		ike_unquote(g->doc, s, &value);
	open_form(console, s->word, false, value.buf);
	strbuf_release(&value);
}

static bool remove_global(struct change *change, size_t number, struct error *err)
{
	const struct ike_item *g = &change_host(change)->globals;

	return global_remove(change, ike_words[g->stmts[number].word].name, err);
}

void global_ask_remove(struct console *console, size_t number)
{
	console_ask_remove(console, number, _("Remove %s?"), remove_global);
}
