/* Going back to the state after a change of the history: what would change is shown first, and
 * asked for. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "change/restore.h"
#include "ui/console_private.h"

/* The item as it is in the history now; NULL where it is no entry that can be read. */
static const struct history_entry *entry_of(struct console *console, size_t number)
{
	const struct history *history = host_history(console->work->host);
	const struct history_entry *entry;

	if (number >= history->count)
		return NULL;
	entry = &history->items[history->count - 1 - number].entry;
	return entry->role != NULL ? entry : NULL;
}

void history_fill_diff(struct console *console, size_t number, struct w_text *text)
{
	const struct history_entry *entry = entry_of(console, number);
	struct error err = ERROR_INIT;
	struct strbuf doubt = STRBUF_INIT, diff = STRBUF_INIT;
	struct blob whole = { 0 };

	w_text_line(text, STYLE_TEXT, "");
	history_tell_doubt(host_history(console->work->host), &doubt);
	if (doubt.len > 0) {
		w_text_add(text, STYLE_ERROR, doubt.buf);
		w_text_end_indented(text, 2);
		w_text_line(text, STYLE_TEXT, "");
	}
	if (entry != NULL && history_load(console->work->host->root, entry, &whole, &err)) {
		history_add_diff(entry, &whole, &diff);
		w_text_diff(text, diff.buf, diff.len);
	} else if (err.code != ERROR_NONE) {
		w_text_add(text, STYLE_ERROR, err.text);
		w_text_end_indented(text, 2);
	}
	blob_release(&whole);
	strbuf_release(&doubt);
	strbuf_release(&diff);
	error_clear(&err);
}

/* What would go is shown, and the word for it typed. */
static bool may_lose(void *ctx, const char *path)
{
	(void)ctx;
	(void)path;
	return true;
}

static void add_preview(struct console *console, const struct restore *restore, size_t notes,
			struct w_text *body)
{
	struct change *change = console->change;
	struct strbuf diff = STRBUF_INIT;
	size_t i;

	for (i = 0; i < restore->nlost; i++) {
		const struct restore_lost *lost = &restore->lost[i];

		w_text_addf(body, STYLE_WARNING, _("Others have changed %s, and this would go:"),
			    lost->path);
		w_text_end_indented(body, 2);
		w_text_diff(body, lost->what.buf, lost->what.len);
		w_text_line(body, STYLE_TEXT, "");
	}
	for (i = notes; i < change_note_count(change); i++) {
		w_text_add(body, STYLE_NOTE, "! ");
		w_text_add(body, STYLE_TEXT, change_note(change, i));
		w_text_end_indented(body, 2);
	}
	change_diff_step(change, &diff);
	w_text_diff(body, diff.buf, diff.len);
	strbuf_release(&diff);
}

static void restore_answered(void *data, struct ui *ui, bool yes)
{
	struct console *console = data;
	struct restore restore = { .may_lose = may_lose };
	struct error err = ERROR_INIT;

	if (!yes)
		return;
	if (restore_to(console->change, console->restoring, &restore, &err)) {
		change_end(console->change, true);
		console_changed(console);
		ui_say(ui, STYLE_OK,
		       _("the files are as they were, not written yet; u takes it back, w writes it"));
	} else {
		console_refuse(console, &err);
	}
	restore_release(&restore);
}

static void ask(struct console *console, const struct restore *restore, struct w_text *body)
{
	bool lost = restore->nlost > 0;

	w_dialog_open(
		console->ui,
		&(struct w_dialog_spec){
			.kind = lost ? DIALOG_WORD : DIALOG_CONFIRM,
			.full = true,
			.title = _("Go back to this state?"),
			.question =
				lost ? _("Others' changes would go. Type the word to let them go.")
				     : NULL,
			/* TRANSLATORS: the word one types to let others' changes go. */
			.word = lost ? _("discard") : NULL,
			.yes = _("Restore"),
			.help = _(
				"What changes when all files become what they were after this change. Nothing is written before you say so with w."),
			.done = restore_answered,
			.data = console },
		body);
}

void console_restore(struct console *console, size_t number)
{
	const struct history_entry *entry = entry_of(console, number);
	size_t notes = change_note_count(console->change), steps;
	struct restore restore = { .may_lose = may_lose };
	struct error err = ERROR_INIT;
	struct strbuf diff = STRBUF_INIT;
	struct w_text body;

	steps = change_count(console->change);
	if (steps > 0 || entry == NULL) {
		ui_say(console->ui, STYLE_NOTE, "%s",
		       steps > 0 ? _("write the pending changes first, or take them back")
				 : _("this is no state that one could go back to"));
		return;
	}
	console->restoring = entry->number;
	if (!restore_to(console->change, console->restoring, &restore, &err)) {
		console_refuse(console, &err);
		restore_release(&restore);
		return;
	}
	w_text_init(&body);
	change_diff_step(console->change, &diff);
	add_preview(console, &restore, notes, &body);
	change_end(console->change, false);
	/* The documents are other ones now, with the same bytes. */
	view_reset(&console->view, console->lint);
	if (diff.len > 0) {
		ask(console, &restore, &body);
	} else {
		w_text_release(&body);
		ui_say(console->ui, STYLE_NOTE, _("the files are as they were after this change"));
	}
	strbuf_release(&diff);
	restore_release(&restore);
}
