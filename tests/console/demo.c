/* A program of all widgets, for the tests of the console's toolkit: a list of made-up rules. */
#include "config.h"

#include "tests/console/demo.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"
#include "base/xalloc.h"
#include "ui/keyname.h"
#include "ui/w_bar.h"

enum { SLICE_ROWS = 500 };

static const char *const screens[] = { "Overview",     "Rules",  "Globals",  "Keys",
				       "Certificates", "CRLs",   "Policies", "Manual SAs",
				       "Phase 1",      "SAs",    "Services", "Peers",
				       "Problems",     "History" };
enum { SCREEN_COUNT = sizeof screens / sizeof *screens };

static const struct w_column columns[] = {
	{ "#", { 3, 7, 2 }, true },       { "Label", { 10, 24, 1 }, false },
	{ "Local", { 9, 16, 3 }, false }, { "Remote", { 9, 16, 3 }, false },
	{ "Auth", { 6, 9, 5 }, false },   { "Suite", { 8, 18, 6 }, false },
	{ "Owner", { 4, 6, 4 }, false },
};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

static bool is_problem(unsigned number)
{
	return number % 50 == 7;
}

static size_t list_count(void *data)
{
	return ((struct demo *)data)->shown_count;
}

static uint64_t list_id(void *data, size_t row)
{
	return ((struct demo *)data)->shown[row].id;
}

static void list_cell(void *data, size_t row, size_t column, struct strbuf *text, enum style *style)
{
	unsigned n = ((struct demo *)data)->shown[row].number;
	static const char *const labels[] = { "MSS-%u", "b\u00fcro-%u", "\u6771\u4eac-%u",
					      "e\u0301clair-%u" };

	switch (column) {
	case 0:
		strbuf_addf(text, "%u", n);
		break;
	case 1:
		strbuf_addf(text, labels[n % 4], n);
		break;
	case 2:
		strbuf_addf(text, "10.%u.%u.1", n / 250 % 250, n % 250);
		break;
	case 3:
		strbuf_addf(text, "192.0.2.%u", n % 250);
		break;
	case 4:
		strbuf_addstr(text, n % 3 != 0 ? "preshared" : "rsa_sig");
		break;
	case 5:
		strbuf_addstr(text, "3des/sha1/2");
		break;
	default:
		strbuf_addstr(text, n % 2 ? "MDM" : "SSM");
		*style = STYLE_LOCKED;
		break;
	}
}

static void list_mark(void *data, size_t row, struct strbuf *text, enum style *style)
{
	if (is_problem(((struct demo *)data)->shown[row].number)) {
		strbuf_addch(text, 'E');
		*style = STYLE_ERROR;
	}
}

static void list_footer(void *data, struct strbuf *text)
{
	const struct demo *demo = data;

	strbuf_addf(text, "at %zu of %zu, %zu problems%s, %u keys",
		    demo->shown_count > 0 ? demo->list.cursor + 1 : 0, demo->shown_count,
		    demo->problems, demo->counted < demo->count ? " so far" : "", demo->keys);
}

static const struct w_list_source source = { .columns = columns,
					     .column_count = COLUMN_COUNT,
					     .count = list_count,
					     .id = list_id,
					     .cell = list_cell,
					     .mark = list_mark,
					     .footer = list_footer };

void demo_row_add(struct demo *demo, unsigned number)
{
	struct demo_row row = { .id = ++demo->last_id, .number = number };

	VEC_PUSH(demo->rows, demo->count, demo->cap, row);
}

static bool passes(struct demo *demo, unsigned number)
{
	char text[32];

	snprintf(text, sizeof text, "%u", number);
	return demo->filter == NULL || strstr(text, demo->filter) != NULL;
}

static int compare_up(const void *a, const void *b)
{
	const struct demo_row *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

static int compare_down(const void *a, const void *b)
{
	return compare_up(b, a);
}

void demo_refresh(struct demo *demo)
{
	size_t i;

	free(demo->shown);
	demo->shown = xcalloc(demo->count, sizeof *demo->shown);
	demo->shown_count = 0;
	for (i = 0; i < demo->count; i++)
		if (passes(demo, demo->rows[i].number))
			demo->shown[demo->shown_count++] = demo->rows[i];
	if (demo->list.source != NULL && demo->list.sort_column != COLUMN_COUNT)
		qsort(demo->shown, demo->shown_count, sizeof *demo->shown,
		      demo->list.descending ? compare_down : compare_up);
	if (demo->list.source != NULL)
		w_list_changed(&demo->list);
}

static bool count_problems(void *data)
{
	struct demo *demo = data;
	size_t end = demo->counted + SLICE_ROWS;

	for (; demo->counted < demo->count && demo->counted < end; demo->counted++)
		demo->problems += is_problem(demo->rows[demo->counted].number);
	return demo->counted < demo->count;
}

struct counting {
	struct demo *demo;
	struct ui *ui;
};

static bool count_slice(void *data)
{
	struct counting *counting = data;

	if (count_problems(counting->demo))
		return true;
	ui_stale(counting->ui);
	return false;
}

static void demo_draw(struct pane *pane, struct ui *ui, struct rect area, bool whole)
{
	struct demo *demo = (struct demo *)pane;
	struct layout l = layout_compute(term_rows(ui->term), term_cols(ui->term));
	bool focus = ui->top == pane;

	(void)area;
	if (whole) {
		w_bar_top(ui->term, l.top, "ikeconsole demo",
			  ui->read_only ? "READ-ONLY" : "editing");
		if (l.tabs.rows > 0)
			w_bar_tabs(ui->term, l.tabs, screens, SCREEN_COUNT, demo->screen);
		if (l.side.rows > 0) {
			w_bar_side(ui->term, l.side, screens, SCREEN_COUNT, demo->screen);
			term_line_down(ui->term, l.side.row, l.side.col + l.side.cols, l.side.rows);
			term_line_down(ui->term, l.list.row, l.list.col + l.list.cols, l.list.rows);
		}
	}
	if (l.detail.rows > 0) {
		if (demo->list.id != demo->detail_of) {
			demo->detail_of = demo->list.id;
			w_text_clear(&demo->detail);
			w_text_top(&demo->detail);
			if (demo->shown_count > 0)
				demo_fill_detail(demo, demo->list.cursor, &demo->detail);
		}
		w_text_draw(&demo->detail, ui->term, l.detail, false);
	}
	w_list_draw(&demo->list, ui->term, l.list, focus, whole);
}

static void sort(struct demo *demo, bool reverse)
{
	if (reverse)
		demo->list.descending = !demo->list.descending;
	else
		demo->list.sort_column = demo->list.sort_column == COLUMN_COUNT ? 0 : COLUMN_COUNT;
	demo_refresh(demo);
}

static bool mouse(struct demo *demo, struct ui *ui, const struct event *event)
{
	struct layout l = layout_compute(term_rows(ui->term), term_cols(ui->term));
	size_t column, tab;

	tab = w_bar_tab_at(ui->term, l.tabs.rows > 0 ? l.tabs : l.side, screens, SCREEN_COUNT,
			   demo->screen, event->row, event->col);
	if (tab < SCREEN_COUNT) {
		demo->screen = tab;
		ui_stale(ui);
		return true;
	}
	switch (w_list_mouse(&demo->list, event, &column)) {
	case W_LIST_OPEN:
		ui_act(ui, ACTION_OPEN);
		return true;
	case W_LIST_TITLE:
		sort(demo, false);
		return true;
	default:
		return true;
	}
}

static bool demo_act(struct pane *pane, struct ui *ui, enum action action,
		     const struct event *event)
{
	struct demo *demo = (struct demo *)pane;

	demo->keys++;
	if (action == ACTION_NONE && event->key == K_MOUSE)
		return mouse(demo, ui, event);
	if (action >= ACTION_SCREEN_1 && action <= ACTION_SCREEN_14) {
		demo->screen = (size_t)(action - ACTION_SCREEN_1);
		ui_stale(ui);
		return true;
	}
	switch (action) {
	case ACTION_QUIT:
		ui_quit(ui);
		return true;
	case ACTION_SCREEN_NEXT:
		demo->screen = (demo->screen + 1) % SCREEN_COUNT;
		ui_stale(ui);
		return true;
	case ACTION_SORT:
	case ACTION_SORT_REVERSE:
		sort(demo, action == ACTION_SORT_REVERSE);
		return true;
	case ACTION_DETAIL_UP:
	case ACTION_DETAIL_DOWN:
		return w_text_act(&demo->detail,
				  action == ACTION_DETAIL_UP ? ACTION_UP : ACTION_DOWN);
	default:
		return w_list_act(&demo->list, action) || w_search_act(&demo->search, ui, action) ||
		       demo_act_dialog(demo, ui, action);
	}
}

static void demo_free(struct pane *pane)
{
	struct demo *demo = (struct demo *)pane;

	w_list_release(&demo->list);
	w_text_release(&demo->detail);
	w_search_release(&demo->search);
	w_history_release(&demo->history);
	free(demo->filter);
	free(demo->rows);
	free(demo->shown);
	free(demo);
}

struct demo *demo_new(struct ui *ui, size_t rows)
{
	static const struct pane_ops ops = { .draw = demo_draw,
					     .act = demo_act,
					     .free = demo_free };
	struct demo *demo = xcalloc(1, sizeof *demo);
	size_t i;

	demo->pane.ops = &ops;
	demo->pane.context = CONTEXT_LIST;
	demo->pane.help = "A list of made-up rules.";
	demo->screen = 1;
	for (i = 0; i < rows; i++)
		demo_row_add(demo, (unsigned)(i * 11 % rows + 1));
	demo_refresh(demo);
	w_list_init(&demo->list, &source, demo);
	w_text_init(&demo->detail);
	w_search_init(&demo->search, w_list_find, &demo->list);
	ui_push(ui, &demo->pane);
	return demo;
}

struct wishes {
	struct term_options term;
	struct keymap *keymap;
	bool read_only;
	size_t rows;
};

/* demo [-r] [-m] [-n] [-T theme] [-b action=keys] [-c rows] */
static void read_arguments(char **argv, struct wishes *wishes)
{
	struct error err = ERROR_INIT;
	char *keys;

	while (*++argv != NULL) {
		if (strcmp(*argv, "-r") == 0) {
			wishes->read_only = true;
		} else if (strcmp(*argv, "-m") == 0) {
			wishes->term.mouse = true;
		} else if (strcmp(*argv, "-n") == 0) {
			wishes->term.no_colour = true;
		} else if (strcmp(*argv, "-T") == 0) {
			wishes->term.theme = theme_find(*++argv);
		} else if (strcmp(*argv, "-c") == 0) {
			wishes->rows = strtoul(*++argv, NULL, 10);
		} else if (strcmp(*argv, "-b") == 0) {
			keys = strchr(*++argv, '=');
			*keys++ = '\0';
			if (!keymap_bind(wishes->keymap, *argv, keys, &err))
				fatal("%s", err.text);
		}
	}
}

int main(int argc, char **argv)
{
	struct wishes wishes = { .term = { .in = stdin, .out = stdout }, .rows = 112 };
	struct error err = ERROR_INIT;
	struct counting counting;
	struct ui ui;
	int ended_by;

	(void)argc;
	setlocale(LC_ALL, "");
	wishes.keymap = keymap_new();
	read_arguments(argv, &wishes);
	if (!ui_init(&ui, &wishes.term, wishes.keymap, &err)) {
		fprintf(stderr, "demo: %s\n", err.text);
		error_clear(&err);
		return 2;
	}
	ui.read_only = wishes.read_only;
	counting.ui = &ui;
	counting.demo = demo_new(&ui, wishes.rows);
	loop_idle(ui.loop, count_slice, &counting);
	ended_by = ui_run(&ui);
	ui_release(&ui);
	puts(ended_by != 0 ? "ended by a signal" : "ended well");
	return ended_by != 0 ? 128 + ended_by : 0;
}
