/* A screen as text on standard output, for reports and tests: drawn as always, on a screen that
 * nobody sees. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/xalloc.h"
#include "ui/console_private.h"

enum { MOST_COLS = 500, MOST_ROWS = 300 };

static bool read_size(const char *text, struct term_options *options, struct error *err)
{
	unsigned long cols, rows = 0;
	char *end;

	text = text != NULL ? text : "80x24";
	cols = strtoul(text, &end, 10);
	if (isdigit((unsigned char)text[0]) && *end == 'x' && isdigit((unsigned char)end[1]))
		rows = strtoul(end + 1, &end, 10);
	if (*end != '\0' || cols < LAYOUT_MIN_COLS || cols > MOST_COLS || rows < LAYOUT_MIN_ROWS ||
	    rows > MOST_ROWS)
		return error_set(err, ERROR_USAGE,
				 _("--size is WxH, from %dx%d to %dx%d, not '%s'"), LAYOUT_MIN_COLS,
				 LAYOUT_MIN_ROWS, MOST_COLS, MOST_ROWS, text);
	options->cols = (int)cols;
	options->rows = (int)rows;
	return true;
}

/* A screen by its title, in any language, or by the name of its kind. */
static bool find_screen(const char *name, size_t *screen, struct error *err)
{
	struct near near = near_to(name, strlen(name));
	struct strbuf all = STRBUF_INIT;
	size_t i;

	for (i = 0; i < screen_count; i++) {
		const struct screen_info *info = &screen_table[i];
		const char *kind = info->kind != NULL ? info->kind->name : "overview";

		*screen = i;
		if (strcasecmp(name, info->title) == 0 || strcmp(name, _(info->title)) == 0 ||
		    strcasecmp(name, kind) == 0)
			break;
		near_try(&near, kind);
		near_try(&near, info->title);
		strbuf_addf(&all, "%s%s", i > 0 ? ", " : _("the screens are "), kind);
	}
	if (i == screen_count) {
		error_set(err, ERROR_USAGE, _("there is no screen '%s'"), name);
		near_tell(&near, err, all.buf);
	}
	strbuf_release(&all);
	return i < screen_count;
}

/* Some terminal that this system knows: nothing is sent to it. */
static bool start(struct ui *ui, struct term_options *options, struct error *err)
{
	static const char *const types[] = { "xterm", "vt100", "ansi", "linux" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		error_clear(err);
		options->type = types[i];
		if (ui_init(ui, options, NULL, err))
			return true;
	}
	return false;
}

static bool print_screen(struct ui *ui, struct work *work, size_t screen, struct error *err)
{
	struct console *console = console_new(ui, work);
	struct strbuf text = STRBUF_INIT;

	ui->read_only = work_is_read_only(work);
	ui_push(ui, &console->pane);
	if (!console_load(console, err))
		return false;
	console_finish_checks(console);
	console_go(console, screen);
	ui_draw(ui);
	term_text(ui->term, &text);
	fputs(text.buf, stdout);
	strbuf_release(&text);
	if (fflush(stdout) != 0)
		return error_set(err, ERROR_IO, _("cannot write to standard output"));
	return true;
}

int console_dump(struct work *work)
{
	/* What cannot be written to takes nothing, and is no terminal. */
	FILE *null = fopen("/dev/null", "re");
	struct term_options options = { .in = null, .out = null, .no_colour = true };
	struct error err = ERROR_INIT;
	struct ui ui;
	size_t screen;
	int status;

	if (null == NULL) {
		error_set(&err, ERROR_IO, _("cannot open /dev/null"));
	} else if (find_screen(work->options->dump_screen, &screen, &err) &&
		   read_size(work->options->size, &options, &err) && start(&ui, &options, &err)) {
		print_screen(&ui, work, screen, &err);
		ui_release(&ui);
	}
	if (err.code != ERROR_NONE)
		fprintf(stderr, "ikeconsole: %s\n", err.text);
	status = (int)err.code;
	error_clear(&err);
	if (null != NULL)
		fclose(null);
	return status;
}
