/* A screen's list: the columns of its kind, filtered, sorted, with marks and owners. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "lint/repair.h"
#include "ui/console_private.h"

#define LEAST_DIGITS 3 /* of the numbers of places */
#define LEAST_FLEX   20
#define MOST_FLEX    60

size_t screen_item(const struct screen *screen, size_t row)
{
	return screen->order != NULL ? screen->order[row] : row;
}

static size_t rows_count(void *data)
{
	return ((const struct screen *)data)->count;
}

static uint64_t rows_id(void *data, size_t row)
{
	struct screen *screen = data;

	return screen->info->kind->id(&screen->console->view, screen_item(screen, row));
}

static enum style severity_style(enum severity severity)
{
	return severity == SEVERITY_ERROR     ? STYLE_ERROR
	       : severity == SEVERITY_WARNING ? STYLE_WARNING
					      : STYLE_NOTE;
}

static void rows_cell(void *data, size_t row, size_t column, struct strbuf *text, enum style *style)
{
	struct screen *screen = data;
	const struct kind *kind = screen->info->kind;
	size_t number = screen->kind_columns[column];

	if (!kind_cell(kind, &screen->console->view, screen_item(screen, row), number, text,
		       NULL)) {
		if (text->len == 0)
			strbuf_addch(text, '-');
		*style = STYLE_DIM;
	} else if (kind == &kind_findings && number == 0) {
		*style = severity_style(
			kind_worst(kind, &screen->console->view, screen_item(screen, row)));
	}
}

/* The worst finding's mark: a letter, so that it needs no colour. */
static void rows_mark(void *data, size_t row, struct strbuf *text, enum style *style)
{
	struct screen *screen = data;
	const struct kind *kind = screen->info->kind;
	enum severity worst = kind_worst(kind, &screen->console->view, screen_item(screen, row));

	if (worst == SEVERITY_OFF)
		return;
	*style = severity_style(worst);
	strbuf_addch(text, worst == SEVERITY_ERROR ? 'E' : worst == SEVERITY_WARNING ? 'W' : 'n');
}

/* Of a problem, whose severity is a column: whether x repairs it. */
static void problems_mark(void *data, size_t row, struct strbuf *text, enum style *style)
{
	struct screen *screen = data;
	const struct lint *lint = screen->console->lint;

	if (!lint_has_repair(lint, &lint_findings(lint)->items[screen_item(screen, row)]))
		return;
	*style = STYLE_OK;
	strbuf_addch(text, 'x');
}

static bool rows_marked(void *data, size_t row)
{
	const struct screen *screen = data;

	return screen->mark_count > 0 && marks_have(screen, screen_item(screen, row));
}

static size_t count_problems(struct screen *screen)
{
	struct view *view = &screen->console->view;
	size_t i, count = 0;

	for (i = 0; i < screen->count; i++)
		count += kind_worst(screen->info->kind, view, screen_item(screen, i)) >=
			 SEVERITY_WARNING;
	return count;
}

/* What was typed, which may hold anything. */
static void add_filter(const struct screen *screen, struct strbuf *text)
{
	struct strbuf filter = STRBUF_INIT;

	print_addstr(&filter, screen->filter);
	strbuf_addf(text, _("; filter: %s"), filter.buf);
	strbuf_release(&filter);
}

/* What the rows are sorted by, where the column with the arrow has no room. */
static void add_order(const struct screen *screen, struct strbuf *text)
{
	size_t column = screen->list.sort_column;

	if (column >= screen->source.column_count || screen->list.widths[column] > 0)
		return;
	/* TRANSLATORS: behind it stand the title of a column and an arrow. */
	strbuf_addf(text, _("; sorted by %s"), _(screen->columns[column].title));
	strbuf_addstr(text, term_glyph(screen->console->ui->term,
				       screen->list.descending ? GLYPH_DOWN : GLYPH_UP));
}

/* "3 of 112, 2 problems, 4 marked; filter: owner:mdm" */
static void rows_footer(void *data, struct strbuf *text)
{
	struct screen *screen = data;
	struct console *console = screen->console;
	size_t all = console->work->host != NULL ? screen->info->kind->count(&console->view) : 0;

	if (console->work->host == NULL) {
		strbuf_addstr(text, _("reading the files"));
		return;
	}
	if (screen->count == 0)
		strbuf_addf(text, screen->filter != NULL ? _("none of %zu") : _("none"), all);
	else if (screen->filter != NULL)
		strbuf_addf(text, _("%zu of %zu, out of %zu"), screen->list.cursor + 1,
			    screen->count, all);
	else
		strbuf_addf(text, _("%zu of %zu"), screen->list.cursor + 1, screen->count);
	if (screen->filtering != 0) {
		strbuf_addstr(text, _(", filtering"));
	} else if (screen->info->kind == &kind_findings) {
		/* Each of them is a problem itself. */
		if (console->lint_done && console->repairable_count > 0)
			strbuf_addf(text,
				    ngettext(", x repairs %zu", ", x repairs %zu",
					     console->repairable_count),
				    console->repairable_count);
	} else if (!console->lint_done) {
		strbuf_addstr(text, _(", checking"));
	} else {
		if (screen->problems == SIZE_MAX)
			screen->problems = count_problems(screen);
		strbuf_addf(text, ngettext(", %zu problem", ", %zu problems", screen->problems),
			    screen->problems);
	}
	marks_footer(screen, text);
	if (screen->filter != NULL)
		add_filter(screen, text);
	add_order(screen, text);
}

/* The number of the item's place in its file. */
static bool is_place(const struct column *column)
{
	return (column->flags & COLUMN_NUMBER) && strcmp(column->name, "number") == 0;
}

/* Room for the values, and for the title with the arrow of the order. */
static int least_width(const struct screen *screen, const struct column *column)
{
	int title = term_width(screen->console->ui->term, _(column->title)) + 1;
	int width = column->width;

	if (is_place(column))
		return LEAST_DIGITS;
	return width > title ? width : title;
}

static void add_column(struct screen *screen, size_t number, int priority)
{
	const struct column *column = &screen->info->kind->columns[number];
	size_t i = screen->source.column_count++;
	int width = least_width(screen, column);
	bool flex = column->flags & COLUMN_FLEX;

	screen->kind_columns[i] = number;
	screen->columns[i] = (struct w_column){
		.title = column->title,
		.width = { .min = width,
			   .want = flex ? MOST_FLEX : width,
			   .priority = column->priority != 0 ? column->priority : priority + 10,
			   .least = flex && width > LEAST_FLEX ? LEAST_FLEX : 0,
			   .optional = column->flags & COLUMN_WIDE },
		.right = column->flags & COLUMN_NUMBER,
	};
}

void screen_init(struct screen *screen, struct console *console, const struct screen_info *info)
{
	const struct kind *kind = info->kind;
	size_t i;

	*screen = (struct screen){
		.info = info, .console = console, .problems = SIZE_MAX, .marks_shown = SIZE_MAX
	};
	if (kind == NULL)
		return;
	screen->columns = xcalloc(kind->ncolumns, sizeof *screen->columns);
	screen->kind_columns = xcalloc(kind->ncolumns, sizeof *screen->kind_columns);
	/* In the kind's order; what is only for wide screens is left out first. */
	for (i = 0; i < kind->ncolumns; i++) {
		if (kind->columns[i].flags & COLUMN_LIST)
			add_column(screen, i, (int)i);
		else if (kind->columns[i].flags & COLUMN_WIDE)
			add_column(screen, i, (int)(kind->ncolumns + i));
	}
	screen->source.columns = screen->columns;
	screen->source.count = rows_count;
	screen->source.id = rows_id;
	screen->source.cell = rows_cell;
	screen->source.mark = kind == &kind_findings ? problems_mark : rows_mark;
	screen->source.marked = rows_marked;
	screen->source.footer = rows_footer;
	screen->source.matches = screen_seeks;
	w_list_init(&screen->list, &screen->source, screen);
	w_search_init(&screen->search, w_list_find, &screen->list);
	screen->search.said = screen_sought;
	for (i = 0; info->sort != NULL && i < screen->source.column_count; i++)
		if (strcmp(kind->columns[screen->kind_columns[i]].name, info->sort) == 0)
			screen->list.sort_column = i;
}

void screen_release(struct screen *screen)
{
	if (screen->info != NULL && screen->info->kind != NULL) {
		w_list_release(&screen->list);
		w_search_release(&screen->search);
	}
	free(screen->columns);
	free(screen->kind_columns);
	filter_free(screen->terms);
	filter_free(screen->sought);
	free(screen->sought_text);
	free(screen->marks);
	free(screen->order);
	free(screen->filter);
}

void screen_fit_numbers(struct screen *screen, size_t count)
{
	const struct kind *kind = screen->info->kind;
	size_t i;
	int digits = 1;

	for (; count >= 10; count /= 10)
		digits++;
	for (i = 0; i < screen->source.column_count; i++)
		if (is_place(&kind->columns[screen->kind_columns[i]]))
			screen->columns[i].width.min = screen->columns[i].width.want =
				digits > LEAST_DIGITS ? digits : LEAST_DIGITS;
}

void screen_sort_items(struct screen *screen)
{
	size_t column = screen->list.sort_column;

	if (column < screen->source.column_count)
		kind_sort(screen->info->kind, &screen->console->view, screen->kind_columns[column],
			  screen->list.descending, screen->order, screen->count);
}

void screen_sort(struct screen *screen, bool reverse)
{
	if (reverse && screen->list.sort_column >= screen->source.column_count) {
		ui_say(screen->console->ui, STYLE_NOTE,
		       _("the rows are as in the file; o sorts them by a column"));
		return;
	}
	if (reverse)
		screen->list.descending = !screen->list.descending;
	else if (screen->list.sort_column >= screen->source.column_count)
		screen->list.sort_column = 0;
	else
		screen->list.sort_column++;
	screen_refresh(screen);
	ui_stale(screen->console->ui);
}
