/* Reviewing, writing, leaving. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "ui/console_private.h"

enum { RETRY_MS = 200 }; /* between two attempts to get the host's lock */

/* The heading comes with the first one. */
struct error_list {
	struct w_text *body;
	bool begun;
};

static void add_error(void *ctx, const char *text)
{
	struct error_list *list = ctx;
	struct w_text *body = list->body;

	if (!list->begun)
		w_text_line(body, STYLE_ERROR, _("Errors that the result would have:"));
	list->begun = true;
	w_text_add(body, STYLE_ERROR, "E ");
	w_text_add(body, STYLE_TEXT, text);
	w_text_end_indented(body, 2);
}

/* Steps, forced values, new errors, and the diff. Returns how many new errors there are. */
static size_t add_review(struct console *console, struct w_text *body)
{
	struct change *change = console->change;
	struct error_list errors = { .body = body };
	struct strbuf diff = STRBUF_INIT;
	size_t i, found;

	for (i = 0; i < change_count(change); i++)
		w_text_addf(body, STYLE_STRONG, "%zu. %s", i + 1, change_title(change, i)),
			w_text_end_indented(body, 3);
	for (i = 0; i < change_note_count(change); i++) {
		w_text_add(body, STYLE_NOTE, "! ");
		w_text_add(body, STYLE_TEXT, change_note(change, i));
		w_text_end_indented(body, 2);
	}
	found = change_new_errors(change, console->lint, work_now(), add_error, &errors);
	w_text_line(body, STYLE_TEXT, "");
	change_diff(change, &diff);
	w_text_diff(body, diff.buf, diff.len);
	strbuf_release(&diff);
	return found;
}

static bool is_changed(const struct console *console)
{
	return console->change != NULL && change_is_any(console->change);
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

static void tell_recovered(struct console *console, const char *said)
{
	w_dialog_message(console->ui, _("An interrupted save"), STYLE_WARNING, said);
}

void console_recover(struct console *console)
{
	struct strbuf said = STRBUF_INIT;
	struct error err = ERROR_INIT;

	if (!work_recover(console->work, &said, &err))
		console_refuse(console, &err);
	if (said.len > 0)
		tell_recovered(console, said.buf);
	strbuf_release(&said);
}

/* Which file somebody else has changed right behind the save; NULL: none. */
static const char *changed_since(const struct store_report *report)
{
	size_t i;

	for (i = 0; i < report->count; i++)
		if (report->items[i].changed_since)
			return report->items[i].path;
	return NULL;
}

static void report(struct console *console, const struct store_report *report)
{
	const char *changed = changed_since(report);
	struct strbuf text = STRBUF_INIT;
	size_t i, written = 0, adjusted = 0;

	for (i = 0; i < report->count; i++) {
		enum store_result result = report->items[i].result;

		adjusted += result == STORE_ADJUSTED;
		written += result != STORE_ADJUSTED && result != STORE_UNCHANGED;
	}
	if (written > 0)
		strbuf_addf(&text,
			    ngettext("%zu file written and read back",
				     "%zu files written and read back", written),
			    written);
	if (adjusted > 0)
		strbuf_addf(&text,
			    ngettext("%smode or owner of %zu file set",
				     "%smode or owner of %zu files set", adjusted),
			    written > 0 ? "; " : "", adjusted);
	ui_say(console->ui, STYLE_OK, "%s", text.buf);
	strbuf_clear(&text);
	if (changed != NULL) {
		struct strbuf path = STRBUF_INIT;

		print_addstr(&path, changed);
		strbuf_addf(&text,
			    _("'%s' was written, and changed by someone else in the same moment. R "
			      "reads the files again."),
			    path.buf);
		strbuf_release(&path);
		w_dialog_message(console->ui, _("Changed by someone else"), STYLE_WARNING,
				 text.buf);
	}
	if (report->recovered != NULL)
		tell_recovered(console, report->recovered);
	strbuf_release(&text);
}

void console_stop_waiting(struct console *console)
{
	loop_remove(console->ui->loop, console->retry);
	console->retry = 0;
	if (console->waiting != NULL)
		ui_close(console->ui, console->waiting);
	console->waiting = NULL;
}

static bool keep_owner(void *ctx, const char *who)
{
	strbuf_addstr(ctx, who);
	return false;
}

static void waiting_answered(void *data, struct ui *ui, bool yes)
{
	struct console *console = data;

	(void)yes;
	console->waiting = NULL; /* it is gone already */
	console_stop_waiting(console);
	confirm_end(console, false);
	ui_say(ui, STYLE_NOTE, _("nothing was written; the changes are still here"));
}

static void try_save(void *data);

/* Another program has the host: says who, and tries again in a moment. */
static void wait_for(struct console *console, const char *who)
{
	struct w_text body;

	console->tries--;
	console->retry = loop_after(console->ui->loop, RETRY_MS, try_save, console);
	if (console->waiting != NULL)
		return;
	w_text_init(&body);
	w_text_lines(&body, STYLE_WARNING, who, strlen(who));
	w_text_line(&body, STYLE_TEXT, "");
	w_text_line(&body, STYLE_TEXT,
		    _("Waiting; the changes are written as soon as it is done."));
	console->waiting = w_dialog_open(
		console->ui,
		&(struct w_dialog_spec){
			.kind = DIALOG_MESSAGE,
			.title = _("Not written yet"),
			.yes = _("Give up"),
			.help = _("Two programs that write at once would undo each other's work."),
			.done = waiting_answered,
			.data = console },
		&body);
}

static void refused(struct console *console, struct error *err)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%s\n\n%s", err->text,
		    _("Nothing was written. Your changes are still here."));
	w_dialog_message(console->ui, _("Not written"), STYLE_ERROR, text.buf);
	strbuf_release(&text);
	error_clear(err);
}

static void try_save(void *data)
{
	struct console *console = data;
	struct strbuf who = STRBUF_INIT;
	const struct lock_wait wait = { .milliseconds = 1, .waiting = keep_owner, .ctx = &who };
	struct store_report done;
	struct error err = ERROR_INIT;
	bool saved, again;

	console->retry = 0;
	saved = confirm_begin(console, &err) && change_save(console->change, &wait, &done, &err);
	again = !saved && err.code != ERROR_CHANGED && who.len > 0 && console->tries > 0;
	if (!saved && !again)
		confirm_end(console, false);
	if (saved) {
		console_stop_waiting(console);
		report(console, &done);
		store_report_release(&done);
		console_refresh(console, &kind_history);
		console->detail_stale = true;
		ui_stale(console->ui);
		console_look(console);
		confirm_end(console, true);
	} else if (err.code == ERROR_CHANGED) {
		error_clear(&err);
		console_stop_waiting(console);
		console_merge(console, true);
	} else if (again) {
		error_clear(&err);
		wait_for(console, who.buf);
	} else {
		console_stop_waiting(console);
		refused(console, &err);
	}
	strbuf_release(&who);
}

static void write_answered(void *data, struct ui *ui, bool yes)
{
	struct console *console = data;
	const char *seconds = settings_get(&console->work->settings, "general", "lock_seconds");

	if (!yes) {
		ui_say(ui, STYLE_NOTE, _("nothing was written; the changes are still here"));
		return;
	}
	console->tries = (unsigned)strtoul(seconds, NULL, 10) * 1000 / RETRY_MS;
	try_save(console);
}

void console_write(struct console *console)
{
	if (!is_changed(console))
		ui_say(console->ui, STYLE_NOTE, _("nothing was changed, nothing to write"));
	else if (console_look(console))
		console_merge(console, true);
	else
		console_review_write(console);
}

void console_review_write(struct console *console)
{
	struct w_text body;
	size_t new_errors;

	if (change_force(console->change))
		console_changed(console);
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
				"What is written, as a diff. Keys are never shown. If a file is changed by somebody else meanwhile, your changes are put on top of that, and you are asked again."),
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
