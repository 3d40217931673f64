#include "config.h"

#include "ui/w_bar.h"

#include <string.h>

#include "base/i18n.h"

void w_bar_top(struct term *term, struct rect area, const char *left, const char *right)
{
	int used = term_width(term, right), start = area.cols - used - 1;

	if (start < 0)
		start = 0;
	term_row_begin(term, area.cols, STYLE_TITLE);
	term_row_add(term, 1, start - 2, STYLE_TITLE, left, strlen(left));
	term_row_add(term, start, area.cols - start, STYLE_TITLE, right, strlen(right));
	term_row_end(term, area.row, area.col);
}

/* Walks over the tabs that are in sight. */
struct tab_walk {
	struct term *term;
	const char *const *names;
	size_t count, next;
	int room;       /* columns of the line */
	int col, width; /* of the tab just reached */
	struct strbuf label;
};

static int tab_width(struct tab_walk *walk, size_t i)
{
	strbuf_clear(&walk->label);
	strbuf_addf(&walk->label, " %zu %s ", i + 1, walk->names[i]);
	return term_width(walk->term, walk->label.buf);
}

static int tabs_width(struct tab_walk *walk, size_t first, size_t end)
{
	int width = 0;

	for (; first < end; first++)
		width += tab_width(walk, first);
	return width;
}

/* Starts so far left that the tab at HERE and the one behind it are in sight. */
static void tab_walk_start(struct tab_walk *walk, size_t here)
{
	size_t end = here + 2 < walk->count ? here + 2 : walk->count;

	walk->col = 1;
	while (walk->next < here && tabs_width(walk, walk->next, end) > walk->room - 2)
		walk->next++;
}

/* Goes on; the tab is then number next - 1. One column at each end is left for a sign of more. */
static bool tab_walk_next(struct tab_walk *walk)
{
	walk->col += walk->width;
	if (walk->next >= walk->count)
		return false;
	walk->width = tab_width(walk, walk->next);
	if (walk->col + walk->width > walk->room - 1)
		return false;
	walk->next++;
	return true;
}

void w_bar_tabs(struct term *term, struct rect area, const char *const *names, size_t count,
		size_t here)
{
	struct tab_walk walk = { .term = term, .names = names, .count = count, .room = area.cols };
	const char *less = term_glyph(term, GLYPH_LEFT), *more = term_glyph(term, GLYPH_RIGHT);
	bool cut;

	strbuf_init(&walk.label);
	tab_walk_start(&walk, here);
	cut = walk.next > 0;
	term_row_begin(term, area.cols, STYLE_TAB);
	if (cut)
		term_row_add(term, 0, 1, STYLE_STRONG, less, strlen(less));
	while (tab_walk_next(&walk))
		term_row_add(term, walk.col, walk.width,
			     walk.next - 1 == here ? STYLE_TAB_HERE : STYLE_TAB, walk.label.buf,
			     walk.label.len);
	if (walk.next < count)
		term_row_add(term, area.cols - 1, 1, STYLE_STRONG, more, strlen(more));
	term_row_end(term, area.row, area.col);
	strbuf_release(&walk.label);
}

void w_bar_side(struct term *term, struct rect area, const char *const *names, size_t count,
		size_t here)
{
	struct strbuf label = STRBUF_INIT;
	size_t i;

	for (i = 0; i < (size_t)area.rows; i++) {
		strbuf_clear(&label);
		if (i < count)
			strbuf_addf(&label, "%2zu %s", i + 1, names[i]);
		term_put(term, area.row + (int)i, area.col, area.cols,
			 i == here ? STYLE_TAB_HERE : STYLE_TAB, label.buf);
	}
	strbuf_release(&label);
}

size_t w_bar_tab_at(struct term *term, struct rect area, const char *const *names, size_t count,
		    size_t here, int row, int col)
{
	struct tab_walk walk = { .term = term, .names = names, .count = count, .room = area.cols };
	size_t at = count;

	if (!rect_has(area, row, col))
		return count;
	if (area.rows > 1) /* the side bar */
		return (size_t)(row - area.row) < count ? (size_t)(row - area.row) : count;
	strbuf_init(&walk.label);
	tab_walk_start(&walk, here);
	while (at == count && tab_walk_next(&walk))
		if (col - area.col >= walk.col && col - area.col < walk.col + walk.width)
			at = walk.next - 1;
	strbuf_release(&walk.label);
	return at;
}

void w_bar_message(struct ui *ui, struct rect area)
{
	bool notice = ui->message.len == 0 && ui->notice.len > 0;

	term_put(ui->term, area.row, area.col, area.cols,
		 notice                ? STYLE_WARNING
		 : ui->message.len > 0 ? ui->message_style
				       : STYLE_TEXT,
		 notice ? ui->notice.buf : ui->message.buf);
}

/* Walks over what the key bar shows. */
struct key_walk {
	struct ui *ui;
	int room, col;              /* col: where the entry just reached starts */
	int key_width, label_width; /* of that entry */
	int next_action;
	struct strbuf key;
};

/* Goes on; the entry's action is then next_action - 1. */
static bool key_walk_next(struct key_walk *walk)
{
	struct ui *ui = walk->ui;

	if (walk->key_width > 0)
		walk->col += walk->key_width + walk->label_width + 3;
	while (walk->next_action < ACTION_COUNT) {
		enum action action = (enum action)walk->next_action++;
		const char *label = action_info(action)->label;

		strbuf_clear(&walk->key);
		if (label == NULL || !ui_offers(ui, ui->top, action))
			continue;
		keymap_keys(ui->keymap, action, ui->top->context, 1, "", &walk->key);
		if (walk->key.len == 0)
			continue;
		walk->key_width = term_width(ui->term, walk->key.buf);
		walk->label_width = term_width(ui->term, _(label));
		return walk->col + walk->key_width + 1 + walk->label_width <= walk->room;
	}
	return false;
}

void w_bar_keys(struct ui *ui, struct rect area)
{
	struct key_walk walk = {
		.ui = ui, .room = area.cols, .col = 1, .next_action = ACTION_NONE + 1
	};

	strbuf_init(&walk.key);
	term_row_begin(ui->term, area.cols, STYLE_TEXT);
	while (key_walk_next(&walk)) {
		const char *label = _(action_info((enum action)(walk.next_action - 1))->label);

		term_row_add(ui->term, walk.col, walk.key_width, STYLE_KEY, walk.key.buf,
			     walk.key.len);
		term_row_add(ui->term, walk.col + walk.key_width + 1, walk.label_width, STYLE_LABEL,
			     label, strlen(label));
	}
	term_row_end(ui->term, area.row, area.col);
	strbuf_release(&walk.key);
}

enum action w_bar_key_at(struct ui *ui, int row, int col)
{
	struct key_walk walk = {
		.ui = ui, .room = term_cols(ui->term), .col = 1, .next_action = ACTION_NONE + 1
	};
	enum action at = ACTION_NONE;

	if (row != term_rows(ui->term) - 1)
		return ACTION_NONE;
	strbuf_init(&walk.key);
	while (at == ACTION_NONE && key_walk_next(&walk))
		if (col >= walk.col && col <= walk.col + walk.key_width + walk.label_width)
			at = (enum action)(walk.next_action - 1);
	strbuf_release(&walk.key);
	return at;
}
