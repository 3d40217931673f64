#include "config.h"

#include "ui/w_pick.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/cells.h"
#include "ui/keyname.h"
#include "ui/w_list.h"

enum { COLUMN_VALUE, COLUMN_HELP, COLUMN_COUNT, MAX_COLS = 110 };

struct w_pick {
	struct pane pane;
	char *title;
	struct w_choice *choices;
	size_t count;
	struct w_column columns[COLUMN_COUNT];
	struct w_list_source source;
	struct w_list list;
	void (*done)(void *data, struct ui *ui, size_t picked);
	void *data;
};

static size_t pick_count(void *data)
{
	const struct w_pick *pick = data;

	return pick->count;
}

static uint64_t pick_id(void *data, size_t row)
{
	(void)data;
	return row;
}

static void pick_cell(void *data, size_t row, size_t column, struct strbuf *text, enum style *style)
{
	const struct w_choice *choice = &((const struct w_pick *)data)->choices[row];

	(void)style;
	strbuf_addstr(text, column == COLUMN_VALUE ? choice->value
			    : choice->help != NULL ? choice->help
						   : "");
}

static struct rect pick_place(struct pane *pane, struct rect screen)
{
	const struct w_pick *pick = (struct w_pick *)pane;
	int cols = pick->columns[COLUMN_VALUE].width.want + pick->columns[COLUMN_HELP].width.want +
		   1 + 4;

	cols = cols > MAX_COLS ? MAX_COLS : cols < 24 ? 24 : cols;
	return rect_centre(layout_panes(screen), (int)pick->count + 3, cols);
}

static void pick_draw(struct pane *pane, struct ui *ui, struct rect area, bool whole)
{
	struct w_pick *pick = (struct w_pick *)pane;
	struct rect inside = rect_inside(area);

	if (whole) {
		term_frame(ui->term, area, pick->title);
		term_fill(ui->term, inside, STYLE_TEXT);
	}
	inside.col++;
	inside.cols -= 2;
	w_list_draw(&pick->list, ui->term, inside, true, whole);
}

static void finish(struct w_pick *pick, struct ui *ui, size_t picked)
{
	void (*done)(void *data, struct ui *ui, size_t picked) = pick->done;
	void *data = pick->data;

	ui_close(ui, &pick->pane);
	done(data, ui, picked);
}

/* Goes to the next choice that starts with the character. */
static void go_to_letter(struct w_pick *pick, int key)
{
	size_t i;

	for (i = 1; i <= pick->count; i++) {
		size_t row = (pick->list.cursor + i) % pick->count;
		struct cell cell;

		if (*pick->choices[row].value == '\0')
			continue;
		cell_read(pick->choices[row].value, strlen(pick->choices[row].value), true, &cell);
		if ((int)cell.base == key) {
			w_list_go(&pick->list, row);
			return;
		}
	}
}

static bool mouse(struct w_pick *pick, struct ui *ui, const struct event *event)
{
	size_t column;

	if (w_list_mouse(&pick->list, event, &column) == W_LIST_OPEN)
		finish(pick, ui, pick->list.cursor);
	return true;
}

static bool pick_act(struct pane *pane, struct ui *ui, enum action action,
		     const struct event *event)
{
	struct w_pick *pick = (struct w_pick *)pane;

	if (action == ACTION_CANCEL) {
		finish(pick, ui, pick->count);
		return true;
	}
	if (action == ACTION_ACCEPT || (action == ACTION_NONE && event->key == K_SPACE)) {
		finish(pick, ui, pick->list.cursor);
		return true;
	}
	if (action == ACTION_NONE && event->key == K_MOUSE)
		return mouse(pick, ui, event);
	if (action == ACTION_NONE && keyname_is_text(event->key)) {
		go_to_letter(pick, event->key);
		return true;
	}
	return w_list_act(&pick->list, action);
}

static void pick_free(struct pane *pane)
{
	struct w_pick *pick = (struct w_pick *)pane;
	size_t i;

	for (i = 0; i < pick->count; i++) {
		free((char *)pick->choices[i].value);
		free((char *)pick->choices[i].help);
	}
	free(pick->choices);
	free(pick->title);
	w_list_release(&pick->list);
	free(pick);
}

static void choices_copy(struct w_pick *pick, const struct w_choice *choices, bool utf8)
{
	size_t i;
	int value = 4, help = 0, width;

	pick->choices = xcalloc(pick->count, sizeof *pick->choices);
	for (i = 0; i < pick->count; i++) {
		pick->choices[i].value = xstrdup(choices[i].value);
		width = cells_width(choices[i].value, strlen(choices[i].value), utf8);
		value = width > value ? width : value;
		if (choices[i].help == NULL)
			continue;
		pick->choices[i].help = xstrdup(choices[i].help);
		width = cells_width(choices[i].help, strlen(choices[i].help), utf8);
		help = width > help ? width : help;
	}
	pick->columns[COLUMN_VALUE] = (struct w_column){ N_("Value"), { 4, value, 1 }, false };
	pick->columns[COLUMN_HELP] =
		(struct w_column){ N_("Meaning"), { 1, help > 0 ? help : 1, 2 }, false };
}

void w_pick_open(struct ui *ui, const char *title, const struct w_choice *choices, size_t count,
		 size_t here, void (*done)(void *data, struct ui *ui, size_t picked), void *data)
{
	static const struct pane_ops ops = {
		.place = pick_place, .draw = pick_draw, .act = pick_act, .free = pick_free
	};
	struct w_pick *pick = xcalloc(1, sizeof *pick);

	pick->pane.ops = &ops;
	pick->pane.context = CONTEXT_PICK;
	pick->title = xstrdup(title);
	pick->count = count;
	choices_copy(pick, choices, term_utf8(ui->term));
	pick->source = (struct w_list_source){ .columns = pick->columns,
					       .column_count = COLUMN_COUNT,
					       .count = pick_count,
					       .id = pick_id,
					       .cell = pick_cell };
	pick->done = done;
	pick->data = data;
	w_list_init(&pick->list, &pick->source, pick);
	w_list_go(&pick->list, here < count ? here : 0);
	ui_push(ui, &pick->pane);
}
