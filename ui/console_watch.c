/* Noticing that somebody else changes the files while the console is open. */
#include "config.h"

#include <poll.h>
#include <string.h>

#include "base/i18n.h"
#include "change/drift.h"
#include "ui/console_private.h"

enum {
	SETTLE_MS = 150, /* whoever writes one file often writes the next one too */
	LOOK_MS = 2000   /* between two looks where the system tells nothing */
};

/* What people call the file: its name, and "ike/config" where that says nothing. */
static const char *short_name(enum location location)
{
	return location == LOCATION_IKE_CONFIG ? "ike/config"
					       : strrchr(locations[location].path, '/') + 1;
}

static void tell(struct console *console, const struct drift *drift)
{
	size_t pending = change_count(console->change);
	struct strbuf text = STRBUF_INIT, name = STRBUF_INIT;

	if (drift->count > 0)
		strbuf_addstr(&name, short_name(drift->first));
	if (drift->count == 1)
		strbuf_addf(&text, _("%s was changed by somebody else"), name.buf);
	else if (drift->count > 1)
		strbuf_addf(&text,
			    ngettext("%s and %zu more were changed by somebody else",
				     "%s and %zu more were changed by somebody else",
				     drift->count - 1),
			    name.buf, drift->count - 1);
	if (drift->count > 0 && pending > 0)
		strbuf_addf(&text,
			    ngettext("; R re-reads, keeping your %zu change",
				     "; R re-reads, keeping your %zu changes", pending),
			    pending);
	else if (drift->count > 0)
		strbuf_addstr(&text, _("; R re-reads"));
	ui_notice(console->ui, text.len > 0 ? text.buf : NULL);
	strbuf_release(&text);
	strbuf_release(&name);
}

bool console_look(struct console *console)
{
	struct drift drift;
	bool drifted;

	if (console->change == NULL)
		return false;
	drift_find(console->change, &drift);
	drifted = drift.count > 0;
	tell(console, &drift);
	return drifted;
}

static void look_due(void *data)
{
	struct console *console = data;

	console->look = 0;
	console_look(console);
	if (watch_fd(console->watch) < 0)
		console->look = loop_after(console->ui->loop, LOOK_MS, look_due, console);
}

static void heard(void *data, int fd, short events)
{
	struct console *console = data;

	(void)fd;
	(void)events;
	watch_take(console->watch);
	if (watch_fd(console->watch) < 0) {
		loop_remove(console->ui->loop, console->watching);
		console->watching = 0;
	}
	if (console->look == 0)
		console->look = loop_after(console->ui->loop, SETTLE_MS, look_due, console);
}

void console_watch(struct console *console)
{
	console->watch = watch_new(console->work->host->root);
	if (watch_fd(console->watch) >= 0)
		console->watching = loop_watch(console->ui->loop, watch_fd(console->watch), POLLIN,
					       heard, console);
	else
		console->look = loop_after(console->ui->loop, LOOK_MS, look_due, console);
}

void console_unwatch(struct console *console)
{
	loop_remove(console->ui->loop, console->watching);
	loop_remove(console->ui->loop, console->look);
	console->watching = console->look = 0;
	watch_free(console->watch);
	console->watch = NULL;
	ui_notice(console->ui, NULL);
}
