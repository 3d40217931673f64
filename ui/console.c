/* The console: the frame, its screens, and the work that is done while nobody presses a key. */
#include "config.h"

#include "ui/console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "ui/console_private.h"
#include "ui/w_bar.h"

/* Rules that are checked before the keys are looked at again: about two milliseconds. */
#define SLICE 2000

struct screen *console_screen(struct console *console)
{
	return &console->screens[console->here];
}

bool console_item(struct console *console, size_t *number)
{
	struct screen *screen = console_screen(console);

	if (screen->info->kind == NULL || screen->count == 0)
		return false;
	*number = screen_item(screen, screen->list.cursor);
	return true;
}

void console_select(struct console *console, size_t number)
{
	struct screen *screen = console_screen(console);
	size_t row;

	for (row = 0; row < screen->count; row++) {
		if (screen_item(screen, row) == number) {
			w_list_go(&screen->list, row);
			return;
		}
	}
}

void console_refuse(struct console *console, struct error *err)
{
	struct strbuf text = STRBUF_INIT;

	print_addstr(&text, err->text);
	w_dialog_message(console->ui, _("Not done"), STYLE_ERROR, text.buf);
	strbuf_release(&text);
	error_clear(err);
}

void console_say_note(struct console *console, size_t notes)
{
	size_t count = change_note_count(console->change);

	if (count > notes)
		ui_say(console->ui, STYLE_NOTE, "%s", change_note(console->change, count - 1));
}

static void remove_answered(void *data, struct ui *ui, bool yes)
{
	struct console *console = data;
	struct w_list *list = &console_screen(console)->list;
	struct error err = ERROR_INIT;
	size_t number, row = list->cursor;

	if (!yes || !console_item(console, &number))
		return;
	if (!console->removing(console->change, number, &err)) {
		console_refuse(console, &err);
		return;
	}
	console_changed(console);
	w_list_go(list, row); /* what has taken its place, not one that looks the same */
	ui_say(ui, STYLE_OK, _("removed; u takes it back, w writes it"));
}

void console_ask_remove(struct console *console, size_t number, const char *question,
			bool (*remove)(struct change *change, size_t number, struct error *err))
{
	struct strbuf name = STRBUF_INIT, text = STRBUF_INIT;

	console->removing = remove;
	console_screen(console)->info->kind->name_of(&console->view, number, &name);
	strbuf_addf(&text, question, name.buf);
	w_dialog_confirm(console->ui, _("Remove"), text.buf, remove_answered, console);
	strbuf_release(&name);
	strbuf_release(&text);
}

void console_refresh(struct console *console, const struct kind *kind)
{
	size_t i;

	for (i = 0; i < screen_count; i++)
		if (console->screens[i].info->kind == kind)
			screen_refresh(&console->screens[i]);
}

static void checked(struct console *console)
{
	console->lint_done = true;
	console_find_repairs(console);
	console->view.lint = console->lint;
	console_refresh(console, &kind_findings);
	console_screen(console)->problems = SIZE_MAX;
	console->detail_stale = true;
	ui_stale(console->ui);
}

static bool check_slice(void *data)
{
	struct console *console = data;

	if (lint_step(console->lint, SLICE))
		return true;
	console->idle = 0;
	checked(console);
	return false;
}

void console_finish_checks(struct console *console)
{
	if (console->lint_done)
		return;
	loop_remove(console->ui->loop, console->idle);
	console->idle = 0;
	while (lint_step(console->lint, SIZE_MAX))
		;
	checked(console);
}

static void start_checks(struct console *console)
{
	struct work *work = console->work;

	loop_remove(console->ui->loop, console->idle);
	view_reset(&console->view, NULL);
	lint_free(console->lint);
	console->lint = lint_new(work->host, work->profile, work->role, work_now());
	console->lint_done = false;
	console->idle = loop_idle(console->ui->loop, check_slice, console);
}

static void refresh_screens(struct console *console)
{
	size_t i;

	for (i = 0; i < screen_count; i++)
		screen_refresh(&console->screens[i]);
	console->detail_stale = true;
	ui_stale(console->ui);
}

void console_changed(struct console *console)
{
	start_checks(console);
	refresh_screens(console);
}

/* Shows what the host has, which is there with a change of it. */
static void begin(struct console *console)
{
	struct work *work = console->work;

	view_init(&console->view, work->host, NULL, work->profile);
	console->view.salt = work->salt;
	console_watch(console);
	console_changed(console);
	if (work->host->certs.missing != NULL)
		ui_say(console->ui, STYLE_WARNING,
		       _("certificates and keys were not looked at: %s"),
		       work->host->certs.missing);
}

/* Reads the host: the frame is on the screen by then. */
static bool load(void *data)
{
	struct console *console = data;
	struct error err = ERROR_INIT;

	console_recover(console);
	if (!console_load(console, &err))
		console_refuse(console, &err);
	return false;
}

bool console_load(struct console *console, struct error *err)
{
	struct work *work = console->work;

	loop_remove(console->ui->loop, console->idle);
	console->idle = 0;
	if (!work_open(work, err))
		return false;
	console->change = work_change(work);
	begin(console);
	return true;
}

static void unload(struct console *console)
{
	size_t i;

	console_stop_waiting(console);
	confirm_forget(console);
	for (i = 0; i < screen_count; i++)
		screen_stop(&console->screens[i]);
	if (console->watch != NULL)
		console_unwatch(console);
	loop_remove(console->ui->loop, console->idle);
	console->idle = 0;
	change_free(console->change);
	console->change = NULL;
	view_release(&console->view);
	lint_free(console->lint);
	console->lint = NULL;
	host_free(console->work->host);
	console->work->host = NULL;
}

void console_swap(struct console *console, struct host *host, struct change *change)
{
	unload(console);
	console->work->host = host;
	console->change = change;
	begin(console);
}

void console_reread(struct console *console)
{
	/* What was undone can be done again later, and is not lost either. */
	if (change_count(console->change) > 0 || change_can_redo(console->change)) {
		console_merge(console, false);
		return;
	}
	unload(console);
	load(console);
	ui_say(console->ui, STYLE_OK, _("the files were read again"));
}

/* What holds read-only mode; BRIEF: where there is little room. */
static const char *read_only_text(const struct work *work, bool brief)
{
	if (work->confinement == CONFINED_BY_KERNEL)
		return brief ? _("READ-ONLY (kernel)") : _("READ-ONLY, enforced by the kernel");
	return brief ? _("READ-ONLY (program)") : _("READ-ONLY, by the program");
}

static void add_status(struct console *console, bool brief, struct strbuf *right)
{
	struct work *work = console->work;
	size_t pending = console->change != NULL ? change_count(console->change) : 0;

	strbuf_clear(right);
	if (pending > 0)
		strbuf_addf(right, "*%zu  ", pending);
	strbuf_addf(right, "%s  %s", role_name(work->role), work->profile->name);
	if (console->ui->read_only)
		strbuf_addf(right, "  %s", read_only_text(work, brief));
}

static void draw_frame(struct console *console, const struct layout *l)
{
	struct term *term = console->ui->term;
	struct strbuf left = STRBUF_INIT, right = STRBUF_INIT;

	strbuf_addf(&left, "ikeconsole  %s",
		    console->work->demo != NULL ? _("sample host") : console->work->root);
	add_status(console, false, &right);
	if (term_width(term, left.buf) + term_width(term, right.buf) + 4 > l->top.cols)
		add_status(console, true, &right);
	w_bar_top(term, l->top, left.buf, right.buf);
	if (l->tabs.rows > 0)
		w_bar_tabs(term, l->tabs, console->titles, screen_count, console->here);
	if (l->side.rows > 0) {
		w_bar_side(term, l->side, console->titles, screen_count, console->here);
		term_line_down(term, l->side.row, l->side.col + l->side.cols, l->side.rows);
	}
	strbuf_release(&left);
	strbuf_release(&right);
}

static void refill_detail(struct console *console)
{
	struct screen *screen = console_screen(console);
	size_t number;
	uint64_t id = screen->list.id;

	if (!console->detail_stale && id == console->detail_of)
		return;
	console->detail_stale = false;
	console->detail_of = id;
	w_text_clear(&console->detail);
	w_text_top(&console->detail);
	if (console_item(console, &number))
		detail_fill(console, screen->info->kind, number, &console->detail);
}

static void draw_overview(struct console *console, struct rect area)
{
	struct term *term = console->ui->term;

	if (console->detail_stale) {
		console->detail_stale = false;
		w_text_clear(&console->detail);
		overview_fill(console, &console->detail);
	}
	w_text_draw(&console->detail, term, area, true);
	term_cursor(term, area.row, area.col);
}

static void console_draw(struct pane *pane, struct ui *ui, struct rect area, bool whole)
{
	struct console *console = (struct console *)pane;
	struct layout l = layout_compute(term_rows(ui->term), term_cols(ui->term));
	struct screen *screen = console_screen(console);
	bool focus = ui->top == pane;

	(void)area;
	if (whole)
		draw_frame(console, &l);
	if (screen->info->kind == NULL) {
		struct rect text = l.list;

		if (l.detail.rows > 0)
			text.cols = l.detail.col + l.detail.cols - l.list.col;
		draw_overview(console, text);
		return;
	}
	if (l.detail.rows > 0) {
		if (whole)
			term_line_down(ui->term, l.list.row, l.list.col + l.list.cols, l.list.rows);
		refill_detail(console);
		w_text_draw(&console->detail, ui->term, l.detail, false);
	}
	w_list_draw(&screen->list, ui->term, l.list, focus, whole);
}

void console_go(struct console *console, size_t screen)
{
	if (screen >= screen_count) {
		ui_say(console->ui, STYLE_NOTE, _("there is no screen %zu"), screen + 1);
		return;
	}
	console->here = screen;
	console->detail_stale = true;
	console->pane.help = console_screen(console)->info->kind != NULL
				     ? _(console_screen(console)->info->kind->help)
				     : _(console_screen(console)->info->help);
	ui_stale(console->ui);
}

static void console_free(struct pane *pane)
{
	struct console *console = (struct console *)pane;
	size_t i;

	unload(console);
	for (i = 0; i < screen_count; i++)
		screen_release(&console->screens[i]);
	free(console->screens);
	free(console->titles);
	free(console->repairable);
	free(console->chosen);
	w_text_release(&console->detail);
	free(console);
}

struct console *console_new(struct ui *ui, struct work *work)
{
	static const struct pane_ops ops = {
		.draw = console_draw,
		.act = console_act,
		.offers = console_offers,
		.free = console_free,
	};
	struct console *console = xcalloc(1, sizeof *console);
	size_t i;

	console->pane.ops = &ops;
	console->pane.context = CONTEXT_LIST;
	console->ui = ui;
	console->work = work;
	console->screens = xcalloc(screen_count, sizeof *console->screens);
	console->titles = xcalloc(screen_count, sizeof *console->titles);
	for (i = 0; i < screen_count; i++) {
		screen_init(&console->screens[i], console, &screen_table[i]);
		console->titles[i] = _(screen_table[i].title);
	}
	w_text_init(&console->detail);
	console_go(console, 0);
	console->idle = loop_idle(ui->loop, load, console);
	return console;
}

/* Keys from the settings; a wrong one is said and left out. */
static struct keymap *make_keymap(const struct settings *settings)
{
	struct keymap *map = keymap_new();
	size_t i;

	for (i = 0; i + 1 < settings->nkeys; i += 2) {
		struct error err = ERROR_INIT;

		if (!keymap_bind(map, settings->keys[i], settings->keys[i + 1], &err))
			fprintf(stderr, "ikeconsole: %s\n", err.text);
		error_clear(&err);
	}
	return map;
}

const char console_version[] = PACKAGE_VERSION;

int console_run(struct work *work)
{
	const char *colour = settings_get(&work->settings, "console", "colour");
	struct term_options options = {
		.in = stdin,
		.out = stdout,
		.theme = theme_find(settings_get(&work->settings, "console", "theme")),
		.no_colour = work->options->no_color || strcmp(colour, "no") == 0,
		.mouse = strcmp(settings_get(&work->settings, "console", "mouse"), "yes") == 0,
	};
	struct error err = ERROR_INIT;
	struct ui ui;
	int signal_number;

	bind_textdomain_codeset(PACKAGE, "UTF-8");
	if (work->options->dump_screen != NULL)
		return console_dump(work);
	if (work->options->size != NULL) {
		fprintf(stderr, "ikeconsole: %s\n", _("--size goes with --dump-screen"));
		return ERROR_USAGE;
	}
	if (!ui_init(&ui, &options, make_keymap(&work->settings), &err)) {
		fprintf(stderr, "ikeconsole: %s\n", err.text);
		error_clear(&err);
		return ERROR_USAGE;
	}
	ui.read_only = work_is_read_only(work);
	ui.no_clipboard = strcmp(settings_get(&work->settings, "console", "clipboard"), "no") == 0;
	ui_push(&ui, &console_new(&ui, work)->pane);
	signal_number = ui_run(&ui);
	ui_release(&ui);
	return signal_number != 0 ? 128 + signal_number : 0;
}
