/* Reviewing, writing, leaving. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "kinds/errors.h"
#include "ui/console_private.h"

static void add_error(void *ctx, const char *text)
{
	struct w_text *body = ctx;

	w_text_add(body, STYLE_ERROR, "E ");
	w_text_add(body, STYLE_TEXT, text);
	w_text_end_indented(body, 2);
}

/* Steps, forced values, new errors, and the diff. Returns how many new errors there are. */
static size_t add_review(struct console *console, struct w_text *body)
{
	const struct change *change = console->change;
	struct strbuf diff = STRBUF_INIT;
	struct errors *now = errors_new(&console->view);
	size_t i, found;

	for (i = 0; i < change_count(change); i++)
		w_text_addf(body, STYLE_STRONG, "%zu. %s", i + 1, change_title(change, i)),
			w_text_end_indented(body, 3);
	for (i = 0; i < change_note_count(change); i++) {
		w_text_add(body, STYLE_NOTE, "! ");
		w_text_add(body, STYLE_TEXT, change_note(change, i));
		w_text_end_indented(body, 2);
	}
	found = errors_compare(console->loaded_errors, now, NULL, NULL);
	if (found > 0) {
		w_text_line(body, STYLE_ERROR, _("Errors that the result would have:"));
		errors_compare(console->loaded_errors, now, add_error, body);
	}
	w_text_line(body, STYLE_TEXT, "");
	change_diff(change, &diff);
	w_text_diff(body, diff.buf, diff.len);
	strbuf_release(&diff);
	errors_free(now);
	return found;
}

static bool is_changed(struct console *console)
{
	int i;

	for (i = 0; console->change != NULL && i < LOCATION_FILES; i++)
		if (change_touches(console->change, (enum location)i))
			return true;
	return false;
}

void console_review(struct console *console)
{
	struct w_text body;

	if (!is_changed(console)) {
		ui_say(console->ui, STYLE_NOTE, _("nothing was changed"));
		return;
	}
	console_finish_checks(console);
	w_text_init(&body);
	add_review(console, &body);
	w_dialog_open(
		console->ui,
		&(struct w_dialog_spec){
			.kind = DIALOG_READ,
			.title = _("Changes that are not written yet"),
			.help = _("What would be written, as a diff. Keys are never shown.") },
		&body);
}

static void report(struct console *console, const struct store_report *report)
{
	size_t i, written = 0;

	for (i = 0; i < report->count; i++)
		written += report->items[i].result != STORE_UNCHANGED;
	ui_say(console->ui, STYLE_OK,
	       ngettext("%zu file written and read back", "%zu files written and read back",
			written),
	       written);
}

static void write_answered(void *data, struct ui *ui, bool yes)
{
	struct console *console = data;
	struct store_report done;
	struct error err = ERROR_INIT;

	if (!yes) {
		ui_say(ui, STYLE_NOTE, _("nothing was written; the changes are still here"));
		return;
	}
	if (!change_save(console->change, NULL, &done, &err)) {
		struct strbuf text = STRBUF_INIT;

		strbuf_addf(&text, "%s\n\n%s", err.text,
			    _("Nothing was written. Your changes are still here."));
		w_dialog_message(ui, _("Not written"), STYLE_ERROR, text.buf);
		strbuf_release(&text);
		error_clear(&err);
		return;
	}
	report(console, &done);
	store_report_release(&done);
	errors_free(console->loaded_errors);
	console->loaded_errors = errors_new(&console->view);
	console->detail_stale = true;
	ui_stale(ui);
}

void console_write(struct console *console)
{
	struct w_text body;
	size_t new_errors;

	if (!is_changed(console)) {
		ui_say(console->ui, STYLE_NOTE, _("nothing was changed, nothing to write"));
		return;
	}
	console_finish_checks(console);
	w_text_init(&body);
	new_errors = add_review(console, &body);
	w_dialog_open(
		console->ui,
		&(struct w_dialog_spec){
			.kind = new_errors > 0 ? DIALOG_WORD : DIALOG_CONFIRM,
			.full = true,
			.title = _("Write these changes?"),
			.question =
				new_errors > 0
					? _("The result has new errors. Type the word to write it all the same.")
					: NULL,
			/* TRANSLATORS: the word one types to write a change with errors. */
			.word = new_errors > 0 ? _("write") : NULL,
			.yes = _("Write"),
			.help = _(
				"What is written, as a diff. Keys are never shown. If a file was changed by somebody else meanwhile, nothing is written."),
			.done = write_answered,
			.data = console },
		&body);
}

static void leave_answered(void *data, struct ui *ui, bool yes)
{
	(void)data;
	if (yes)
		ui_quit(ui);
}

void console_leave(struct console *console)
{
	if (is_changed(console))
		w_dialog_confirm(
			console->ui, _("Leave?"),
			_("There are changes that were not written. Leave and forget them?"),
			leave_answered, console);
	else
		ui_quit(console->ui);
}
