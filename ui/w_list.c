#include "config.h"

#include "ui/w_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/cells.h"

enum { MARK_COLS = 2, WHEEL_ROWS = 3 };

void w_list_init(struct w_list *list, const struct w_list_source *source, void *data)
{
	*list = (struct w_list){ .source = source,
				 .data = data,
				 .sort_column = source->column_count,
				 .widths = xcalloc(source->column_count, sizeof(int)) };
	strbuf_init(&list->text);
	w_list_changed(list);
}

void w_list_release(struct w_list *list)
{
	free(list->widths);
	strbuf_release(&list->text);
	*list = (struct w_list){ .source = NULL };
}

static size_t row_count(const struct w_list *list)
{
	return list->source->count(list->data);
}

bool w_list_is_empty(const struct w_list *list)
{
	return row_count(list) == 0;
}

static int mark_cols(const struct w_list *list)
{
	return list->source->mark != NULL ? MARK_COLS : 0;
}

static int footer_rows(const struct w_list *list)
{
	return list->source->footer != NULL ? 1 : 0;
}

/* What is shown begins so that the cursor is in it: at each move, for what is seen must not depend
 * on how many keys came between two drawings. */
static void follow_cursor(struct w_list *list)
{
	size_t page = list->page > 1 ? (size_t)list->page : 1;

	if (list->top > list->cursor)
		list->top = list->cursor;
	if (list->cursor >= list->top + page)
		list->top = list->cursor - page + 1;
}

void w_list_go(struct w_list *list, size_t row)
{
	size_t count = row_count(list);

	list->has_id = count > 0;
	if (count == 0) {
		list->cursor = 0;
		return;
	}
	list->cursor = row < count ? row : count - 1;
	list->id = list->source->id(list->data, list->cursor);
	if (list->page > 0)
		follow_cursor(list);
}

bool w_list_go_id(struct w_list *list, uint64_t id)
{
	size_t count = row_count(list), row;

	for (row = 0; row < count; row++) {
		if (list->source->id(list->data, row) == id) {
			w_list_go(list, row);
			return true;
		}
	}
	return false;
}

void w_list_changed(struct w_list *list)
{
	list->drawn = false;
	/* Most changes leave the row where it is. */
	if (list->has_id && list->cursor < row_count(list) &&
	    list->source->id(list->data, list->cursor) == list->id)
		return;
	if (!list->has_id || !w_list_go_id(list, list->id))
		w_list_go(list, list->cursor);
}

/* Columns of the screen where the list's column starts, counted from the list's edge. */
static int column_start(const struct w_list *list, size_t column)
{
	int at = mark_cols(list);
	size_t i;

	for (i = 0; i < column; i++)
		if (list->widths[i] > 0)
			at += list->widths[i] + 1;
	return at;
}

static void add_cell(struct w_list *list, struct term *term, size_t column, enum style style)
{
	int at = column_start(list, column), width = list->widths[column], used;

	if (list->source->columns[column].right) {
		used = term_width(term, list->text.buf);
		if (used < width) {
			at += width - used;
			width = used;
		}
	}
	term_row_add(term, at, width, style, list->text.buf, list->text.len);
}

static void draw_titles(struct w_list *list, struct term *term)
{
	size_t i;

	term_row_begin(term, list->area.cols, STYLE_HEADER);
	for (i = 0; i < list->source->column_count; i++) {
		if (list->widths[i] == 0)
			continue;
		strbuf_clear(&list->text);
		strbuf_addstr(&list->text, _(list->source->columns[i].title));
		if (i == list->sort_column)
			strbuf_addstr(&list->text,
				      term_glyph(term, list->descending ? GLYPH_DOWN : GLYPH_UP));
		add_cell(list, term, i, STYLE_HEADER);
	}
	term_row_end(term, list->area.row, list->area.col);
}

static void draw_row(struct w_list *list, struct term *term, size_t row, bool focus)
{
	const struct w_list_source *source = list->source;
	bool marked = source->marked != NULL && source->marked(list->data, row);
	enum style row_style = STYLE_TEXT, style, plain = marked ? STYLE_STRONG : STYLE_TEXT;
	size_t i;

	if (row == list->cursor)
		row_style = focus ? STYLE_SELECTED : STYLE_RESTING;
	term_row_begin(term, list->area.cols, row_style);
	if (source->mark != NULL) {
		style = STYLE_TEXT;
		strbuf_clear(&list->text);
		source->mark(list->data, row, &list->text, &style);
		term_row_add(term, 0, 1, row_style != STYLE_TEXT ? row_style : style,
			     list->text.buf, list->text.len);
		if (marked)
			term_row_add(term, 1, 1, row_style != STYLE_TEXT ? row_style : plain, "*",
				     1);
	}
	for (i = 0; i < source->column_count; i++) {
		if (list->widths[i] == 0)
			continue;
		style = STYLE_TEXT;
		strbuf_clear(&list->text);
		source->cell(list->data, row, i, &list->text, &style);
		style = style == STYLE_TEXT ? plain : style;
		add_cell(list, term, i, row_style != STYLE_TEXT ? row_style : style);
	}
	term_row_end(term, list->area.row + 1 + (int)(row - list->top), list->area.col);
}

/* Fits columns and scroll position to the area; true if nothing on the screen can be kept. */
static bool place(struct w_list *list, struct rect area)
{
	const struct w_list_source *source = list->source;
	size_t count = row_count(list), page, i;
	bool moved = memcmp(&area, &list->area, sizeof area) != 0;

	list->area = area;
	list->page = area.rows - 1 - footer_rows(list);
	list->page = list->page > 1 ? list->page : 1;
	page = (size_t)list->page;
	if (moved) {
		struct column_width *wanted = xcalloc(source->column_count, sizeof *wanted);

		for (i = 0; i < source->column_count; i++)
			wanted[i] = source->columns[i].width;
		layout_columns(wanted, source->column_count, area.cols - mark_cols(list),
			       list->widths);
		free(wanted);
	}
	if (list->cursor >= count)
		w_list_go(list, list->cursor);
	follow_cursor(list);
	if (list->top + page > count)
		list->top = count > page ? count - page : 0;
	return moved;
}

static void draw_rows(struct w_list *list, struct term *term, bool focus)
{
	size_t count = row_count(list);
	int i;

	for (i = 0; i < list->page; i++) {
		if (list->top + (size_t)i < count)
			draw_row(list, term, list->top + (size_t)i, focus);
		else
			term_put(term, list->area.row + 1 + i, list->area.col, list->area.cols,
				 STYLE_TEXT, "");
	}
}

static void draw_footer(struct w_list *list, struct term *term)
{
	strbuf_clear(&list->text);
	list->source->footer(list->data, &list->text);
	term_putn(term, list->area.row + list->area.rows - 1, list->area.col, list->area.cols,
		  STYLE_DIM, list->text.buf, list->text.len);
}

void w_list_draw(struct w_list *list, struct term *term, struct rect area, bool focus, bool whole)
{
	bool moved = place(list, area);

	whole = whole || moved || !list->drawn || focus != list->drawn_focus;
	if (whole)
		draw_titles(list, term);
	if (whole || list->top != list->drawn_top) {
		draw_rows(list, term, focus);
	} else if (list->cursor != list->drawn_cursor) {
		draw_row(list, term, list->drawn_cursor, focus);
		draw_row(list, term, list->cursor, focus);
	}
	if (list->source->footer != NULL)
		draw_footer(list, term);
	if (focus)
		term_cursor(term, area.row + 1 + (int)(list->cursor - list->top), area.col);
	list->drawn_top = list->top;
	list->drawn_cursor = list->cursor;
	list->drawn_focus = focus;
	list->drawn = row_count(list) > 0;
}

/* The cursor and what is in sight move by so many rows, as far as there are rows. */
static void scroll(struct w_list *list, size_t rows, bool down, bool cursor_only)
{
	size_t count = row_count(list);

	if (count == 0)
		return;
	if (down) {
		w_list_go(list, count - list->cursor > rows ? list->cursor + rows : count - 1);
		list->top += cursor_only ? 0 : rows;
	} else {
		w_list_go(list, list->cursor > rows ? list->cursor - rows : 0);
		if (!cursor_only)
			list->top = list->top > rows ? list->top - rows : 0;
	}
	if (list->top >= count)
		list->top = count - 1;
}

bool w_list_act(struct w_list *list, enum action action)
{
	size_t page = list->page > 0 ? (size_t)list->page : 1;

	switch (action) {
	case ACTION_UP:
		scroll(list, 1, false, true);
		return true;
	case ACTION_DOWN:
		scroll(list, 1, true, true);
		return true;
	case ACTION_PAGE_UP:
		scroll(list, page, false, false);
		return true;
	case ACTION_PAGE_DOWN:
		scroll(list, page, true, false);
		return true;
	case ACTION_FIRST:
		w_list_go(list, 0);
		return true;
	case ACTION_LAST:
		w_list_go(list, SIZE_MAX);
		return true;
	default:
		return false;
	}
}

static enum w_list_mouse press(struct w_list *list, const struct event *event, size_t *column)
{
	int row = event->row - list->area.row - 1, col = event->col - list->area.col;
	size_t i, was = list->cursor;

	if (row < 0) {
		for (i = 0; i < list->source->column_count; i++) {
			int start = column_start(list, i);

			if (list->widths[i] > 0 && col >= start && col <= start + list->widths[i]) {
				*column = i;
				return W_LIST_TITLE;
			}
		}
		return W_LIST_NOTHING;
	}
	if (row >= list->page || list->top + (size_t)row >= row_count(list))
		return W_LIST_NOTHING;
	w_list_go(list, list->top + (size_t)row);
	return list->cursor == was ? W_LIST_OPEN : W_LIST_MOVED;
}

enum w_list_mouse w_list_mouse(struct w_list *list, const struct event *event, size_t *column)
{
	if (!rect_has(list->area, event->row, event->col))
		return W_LIST_NOTHING;
	if (event->mouse == MOUSE_PRESS)
		return press(list, event, column);
	scroll(list, WHEEL_ROWS, event->mouse == MOUSE_WHEEL_DOWN, false);
	return W_LIST_MOVED;
}

static bool row_matches(struct w_list *list, size_t row, const char *text)
{
	const struct w_list_source *source = list->source;
	enum style style = STYLE_TEXT;
	size_t i;

	if (source->matches != NULL)
		return source->matches(list->data, row, text);
	for (i = 0; i < source->column_count; i++) {
		strbuf_clear(&list->text);
		source->cell(list->data, row, i, &list->text, &style);
		if (cells_find(list->text.buf, list->text.len, text, NULL) != (size_t)-1)
			return true;
	}
	return false;
}

/* Goes round once from START on, up or down. */
static bool find_from(struct w_list *list, size_t start, const char *text, bool down)
{
	size_t count = row_count(list), i, row;

	for (i = 0; i < count; i++) {
		row = down ? (start + i) % count : (start + count - i % count) % count;
		if (row_matches(list, row, text)) {
			w_list_go(list, row);
			return true;
		}
	}
	return false;
}

bool w_list_find(void *data, const char *text, enum search_step step)
{
	struct w_list *list = data;
	size_t count = row_count(list);

	switch (step) {
	case SEARCH_BEGIN:
		list->search_from = list->cursor;
		return true;
	case SEARCH_ABORT:
		w_list_go(list, list->search_from);
		return true;
	case SEARCH_HERE:
		return find_from(list, list->search_from, text, true);
	case SEARCH_NEXT:
		return count > 0 && find_from(list, (list->cursor + 1) % count, text, true);
	case SEARCH_PREVIOUS:
		return count > 0 && find_from(list, list->cursor + count - 1, text, false);
	}
	return false;
}
