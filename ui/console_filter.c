/* Which items a screen shows: its filter, and what a search looks for. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/console_private.h"
#include "ui/w_prompt.h"

/* Items that are looked at before the keys are: some milliseconds. A list with fewer of them is
 * there at once. */
enum { SLICE = 2000 };

/* Where the cursor is, so that it can go back there. */
static void remember(struct screen *screen)
{
	if (!screen->list.has_id || screen->count == 0)
		return;
	screen->follows = true;
	screen->follow_id = screen->list.id;
	screen->follow_row = screen->list.cursor;
	screen->follow_item = screen_item(screen, screen->list.cursor);
}

/* The row of what comes next in the file where the item itself is not shown. */
static size_t next_row(const struct screen *screen)
{
	size_t row = 0;

	if (screen->order == NULL || screen->list.sort_column < screen->source.column_count)
		return screen->follow_row;
	while (row < screen->count && screen->order[row] < screen->follow_item)
		row++;
	return row;
}

/* All items that are shown are there: sorts them, and puts the cursor where it was. */
static void settle(struct screen *screen)
{
	if (screen->order != NULL)
		screen_sort_items(screen);
	screen->problems = screen->marks_shown = SIZE_MAX;
	screen->list.drawn = false;
	if (!screen->follows)
		w_list_changed(&screen->list);
	else if (!w_list_go_id(&screen->list, screen->follow_id))
		w_list_go(&screen->list, next_row(screen));
	screen->follows = screen->follows && screen->typing;
}

/* Looks at some more items. */
static bool filter_slice(void *data)
{
	struct screen *screen = data;
	struct view *view = &screen->console->view;
	size_t all = screen->info->kind->count(view), end = screen->looked + SLICE;

	for (; screen->looked < end && screen->looked < all; screen->looked++)
		if (filter_matches(screen->terms, view, screen->looked))
			screen->order[screen->count++] = (uint32_t)screen->looked;
	if (screen->looked < all) {
		screen->list.drawn = false;
		if (!screen->list.has_id)
			w_list_go(&screen->list, 0);
	} else {
		screen->filtering = 0;
		settle(screen);
	}
	if (screen == console_screen(screen->console))
		ui_stale(screen->console->ui);
	return screen->filtering != 0 || screen->looked < all;
}

static void begin_filter(struct screen *screen, size_t all)
{
	if (!screen->follows)
		remember(screen);
	screen->order = xmalloc(all * sizeof *screen->order);
	screen->count = screen->looked = 0;
	w_list_go(&screen->list, 0);
	if (filter_slice(screen))
		screen->filtering = loop_idle(screen->console->ui->loop, filter_slice, screen);
}

static void show_all(struct screen *screen, size_t all)
{
	size_t i;

	screen->count = all;
	if (screen->list.sort_column < screen->source.column_count) {
		screen->order = xmalloc(all * sizeof *screen->order);
		for (i = 0; i < all; i++)
			screen->order[i] = (uint32_t)i;
	}
	settle(screen);
}

void screen_refresh(struct screen *screen)
{
	const struct kind *kind = screen->info->kind;
	size_t all;

	if (kind == NULL || screen->console->work->host == NULL)
		return;
	loop_remove(screen->console->ui->loop, screen->filtering);
	screen->filtering = 0;
	all = kind->count(&screen->console->view);
	if (screen->terms != NULL && !screen->follows)
		remember(screen);
	free(screen->order);
	screen->order = NULL;
	screen_fit_numbers(screen, all);
	marks_follow(screen);
	if (screen->terms != NULL)
		begin_filter(screen, all);
	else
		show_all(screen, all);
}

void screen_finish(struct screen *screen)
{
	if (screen->filtering == 0)
		return;
	loop_remove(screen->console->ui->loop, screen->filtering);
	while (filter_slice(screen))
		;
}

void screen_stop(struct screen *screen)
{
	loop_remove(screen->console->ui->loop, screen->filtering);
	screen->filtering = 0;
}

static void set_filter(struct screen *screen, const char *text)
{
	free(screen->filter);
	filter_free(screen->terms);
	screen->filter = NULL;
	screen->terms = screen->info->kind != NULL ? filter_new(screen->info->kind, 0, text) : NULL;
	if (screen->terms != NULL && filter_is_empty(screen->terms)) {
		filter_free(screen->terms);
		screen->terms = NULL;
	}
	if (screen->terms != NULL)
		screen->filter = xstrdup(text);
	screen_refresh(screen);
	ui_stale(screen->console->ui);
}

/* A filter that is being typed. */
struct typing {
	struct screen *screen;
	char *before; /* the filter there was; NULL: none */
};

static void filter_typed(void *data, struct ui *ui, const char *text)
{
	struct typing *typing = data;

	(void)ui;
	set_filter(typing->screen, text);
}

static void filter_done(void *data, struct ui *ui, const char *text)
{
	struct typing *typing = data;
	struct screen *screen = typing->screen;

	if (text == NULL)
		set_filter(screen, typing->before != NULL ? typing->before : "");
	screen->typing = false;
	if (screen->filtering == 0)
		screen->follows = false;
	if (text != NULL && screen->terms != NULL && filter_said(screen->terms) != NULL)
		ui_say(ui, STYLE_WARNING, "%s", filter_said(screen->terms));
	free(typing->before);
	free(typing);
}

void screen_filter(struct screen *screen)
{
	static const struct w_prompt_ops ops = { .changed = filter_typed, .done = filter_done };
	struct typing *typing = xcalloc(1, sizeof *typing);

	typing->screen = screen;
	if (screen->filter != NULL)
		typing->before = xstrdup(screen->filter);
	if (!screen->follows)
		remember(screen);
	screen->typing = true;
	w_prompt_open(screen->console->ui, _("Filter (column:text, !not): "),
		      typing->before != NULL ? typing->before : "", NULL, &ops, typing);
}

bool screen_seeks(void *data, size_t row, const char *text)
{
	struct screen *screen = data;

	if (screen->sought == NULL || strcmp(screen->sought_text, text) != 0) {
		filter_free(screen->sought);
		free(screen->sought_text);
		screen->sought_text = xstrdup(text);
		screen->sought = filter_new(screen->info->kind, COLUMN_LIST | COLUMN_WIDE, text);
	}
	return filter_matches(screen->sought, &screen->console->view, screen_item(screen, row));
}

const char *screen_sought(void *data)
{
	const struct w_list *list = data;
	const struct screen *screen = list->data;

	return screen->sought != NULL ? filter_said(screen->sought) : NULL;
}
