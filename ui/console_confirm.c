/* What is written and taken back unless somebody confirms it (change/guard.h), in the console. */
#include "config.h"

#include "ui/console_private.h"

#include "base/i18n.h"
#include "change/guard.h"
#include "store/promise.h"

/* How long somebody else may keep the host locked while a change is taken back. */
enum { TAKE_BACK_SECONDS = 20 };

bool confirm_begin(struct console *console, struct error *err)
{
	unsigned seconds = console->work->options->confirm_within;

	/* There is one where this is another try. */
	if (seconds == 0 || console->guard != NULL)
		return true;
	console->guard = guard_start(console->change, seconds, err);
	return console->guard != NULL;
}

static void stop_asking(struct console *console)
{
	loop_remove(console->ui->loop, console->confirm_timer);
	console->confirm_timer = 0;
	if (console->confirming != NULL)
		ui_close(console->ui, console->confirming);
	console->confirming = NULL;
}

void confirm_forget(struct console *console)
{
	stop_asking(console);
	guard_free(console->guard);
	console->guard = NULL;
}

/* The files are as they were; what the console has is put on them. */
static void taken_back(struct console *console, bool good)
{
	confirm_forget(console);
	console_reread(console);
	if (good)
		ui_say(console->ui, STYLE_WARNING,
		       _("nobody confirmed the change: it was taken back"));
	else
		ui_say(console->ui, STYLE_ERROR,
		       _("it is not known that the change was taken back; look at the history"));
}

static void answered(void *data, struct ui *ui, bool yes)
{
	struct console *console = data;
	struct error err = ERROR_INIT;
	struct promise_info info;

	console->confirming = NULL; /* it is gone already */
	if (!yes) {
		taken_back(console, guard_take_back(console->guard, TAKE_BACK_SECONDS));
		return;
	}
	if (promise_confirm(console->work->root, &info, &err))
		ui_say(ui, STYLE_OK, _("confirmed: the change stays"));
	else
		console_refuse(console, &err);
	confirm_forget(console);
}

static void time_is_over(void *data)
{
	struct console *console = data;

	console->confirm_timer = 0;
	stop_asking(console);
	taken_back(console, guard_take_back(console->guard, TAKE_BACK_SECONDS));
}

static void ask(struct console *console)
{
	unsigned seconds = console->work->options->confirm_within;
	struct promise_info info = promise_look(console->work->root);
	struct strbuf text = STRBUF_INIT;
	struct w_text body;

	promise_tell(&info, &text);
	w_text_init(&body);
	w_text_line(&body, STYLE_OK, _("The change is written."));
	w_text_line(&body, STYLE_TEXT, "");
	w_text_lines(&body, STYLE_TEXT, text.buf, text.len);
	console->confirming = w_dialog_open(
		console->ui,
		&(struct w_dialog_spec){
			.kind = DIALOG_CONFIRM,
			.title = _("Does all work as it should?"),
			.question = _("Is the change to stay?"),
			.yes = _("It stays"),
			.no = _("Take back"),
			.help = _(
				"Without an answer the change is taken back when the time is over, also where this console is gone by then."),
			.done = answered,
			.data = console },
		&body);
	console->confirm_timer =
		loop_after(console->ui->loop, (int)seconds * 1000, time_is_over, console);
	strbuf_release(&text);
}

void confirm_end(struct console *console, bool saved)
{
	if (console->guard == NULL)
		return;
	guard_saved(console->guard, saved);
	if (saved)
		ask(console);
	else
		confirm_forget(console);
}
