#include "config.h"

#include "ui/w_text.h"

#include <stdint.h>
#include <string.h>

#include "base/xalloc.h"
#include "ui/cells.h"

enum { SIDE_STEP = 8, WHEEL_ROWS = 3 };

/* Bytes of the word at AT that still fit: up to its last / or comma if it has one, else all. */
static size_t word_part(const char *bytes, size_t at, size_t fit)
{
	size_t end;

	for (end = fit; end > at; end--)
		if (bytes[end - 1] == '/' || bytes[end - 1] == ',')
			return end;
	return fit;
}

/* Whether the word at the start of the bytes is wider than that. */
static bool is_word_wider(const char *bytes, size_t len, int width, bool utf8)
{
	size_t fit = cells_fit(bytes, len, width, utf8, NULL);

	return fit < len && memchr(bytes, ' ', fit + 1) == NULL;
}

/*
 * The bytes of the row that starts here: up to the last blank that fits. A word that would fit into
 * no row, NEXT columns wide, is broken where it stands.
 */
static size_t row_length(const char *bytes, size_t len, int width, int next, bool utf8)
{
	size_t fit = cells_fit(bytes, len, width, utf8, NULL), at;

	if (fit == len)
		return len;
	if (fit == 0) /* not even one wide character */
		return cells_after(bytes, len, 0, utf8);
	for (at = fit; at > 0; at--)
		if (bytes[at] == ' ' || bytes[at - 1] == ' ')
			break;
	if (at <= strspn(bytes, " ") || is_word_wider(bytes + at, len - at, next, utf8))
		return word_part(bytes, at, fit);
	return at;
}

static void break_line(struct w_text *text, size_t number)
{
	const struct text_line *line = &text->lines[number];
	struct text_row row = { .line = number, .start = line->start };
	size_t left = line->len;

	do {
		const char *bytes = text->bytes.buf + row.start;
		int next = text->width - (line->indent < text->width / 2 ? line->indent : 0);

		row.indent = row.indent < text->width / 2 ? row.indent : 0;
		row.len = text->no_wrap ? left
					: row_length(bytes, left, text->width - row.indent, next,
						     text->utf8);
		VEC_PUSH(text->rows, text->row_count, text->row_cap, row);
		row.start += row.len;
		left -= row.len;
		while (left > 0 && text->bytes.buf[row.start] == ' ') {
			row.start++; /* blanks at a break are not shown */
			left--;
		}
		row.indent = line->indent;
	} while (left > 0);
}

static void make_rows(struct w_text *text, int width, bool utf8)
{
	size_t i;

	if (text->width == width && text->utf8 == utf8)
		return;
	text->width = width;
	text->utf8 = utf8;
	text->row_count = 0;
	for (i = 0; i < text->line_count; i++)
		break_line(text, i);
}

size_t w_text_rows(struct w_text *text, int width, bool utf8)
{
	make_rows(text, width > 0 ? width : 1, utf8);
	return text->row_count;
}

void w_text_top(struct w_text *text)
{
	text->top = 0;
	text->left = 0;
	text->match_len = 0;
}

/* Where byte OFFSET of the text stands in the row, in columns from the area's edge. */
static int column_of(const struct w_text *text, const struct text_row *row, size_t offset)
{
	return row->indent - text->left +
	       cells_width(text->bytes.buf + row->start, offset - row->start, text->utf8);
}

/* Draws the bytes from START to END of the text, as far as they are in the row and in sight. */
static void draw_part(struct w_text *text, struct term *term, const struct text_row *row,
		      size_t start, size_t end, enum style style)
{
	int at, gone;

	start = start > row->start ? start : row->start;
	end = end < row->start + row->len ? end : row->start + row->len;
	if (start >= end)
		return;
	at = column_of(text, row, start);
	if (at < 0) {
		start += cells_skip(text->bytes.buf + start, end - start, -at, text->utf8, &gone);
		at += gone;
	}
	if (start < end)
		term_row_add(term, at, text->width - at, style, text->bytes.buf + start,
			     end - start);
}

static void draw_row(struct w_text *text, struct term *term, const struct text_row *row)
{
	const struct text_line *line = &text->lines[row->line];
	size_t i;

	for (i = line->piece; i < text->piece_count; i++) {
		const struct text_piece *piece = &text->pieces[i];

		if (piece->start >= row->start + row->len)
			break;
		draw_part(text, term, row, piece->start, piece->start + piece->len, piece->style);
	}
	if (text->match_len > 0 && text->match_line == row->line)
		draw_part(text, term, row, line->start + text->match_start,
			  line->start + text->match_start + text->match_len, STYLE_MATCH);
}

static size_t last_top(const struct w_text *text)
{
	size_t page = (size_t)text->page;

	return text->row_count > page ? text->row_count - page : 0;
}

static void draw_cursor(const struct w_text *text, struct term *term, struct rect area)
{
	size_t i;

	term_cursor(term, area.row, area.col);
	if (text->match_len == 0)
		return;
	for (i = text->top; i < text->row_count && i < text->top + (size_t)text->page; i++) {
		const struct text_row *row = &text->rows[i];
		size_t at = text->lines[row->line].start + text->match_start;

		if (row->line == text->match_line && at >= row->start && at < row->start + row->len)
			term_cursor(term, area.row + (int)(i - text->top),
				    area.col + column_of(text, row, at));
	}
}

void w_text_draw(struct w_text *text, struct term *term, struct rect area, bool focus)
{
	int i;

	if (area.cols <= 0 || area.rows <= 0)
		return;
	text->page = area.rows;
	make_rows(text, area.cols, term_utf8(term));
	if (text->top > last_top(text))
		text->top = last_top(text);
	for (i = 0; i < area.rows; i++) {
		term_row_begin(term, area.cols, STYLE_TEXT);
		if (text->top + (size_t)i < text->row_count)
			draw_row(text, term, &text->rows[text->top + (size_t)i]);
		term_row_end(term, area.row + i, area.col);
	}
	if (focus)
		draw_cursor(text, term, area);
}

static void scroll(struct w_text *text, size_t rows, bool down)
{
	size_t last = last_top(text);

	if (down)
		text->top = last > text->top && last - text->top > rows ? text->top + rows : last;
	else
		text->top = text->top > rows ? text->top - rows : 0;
}

bool w_text_act(struct w_text *text, enum action action)
{
	switch (action) {
	case ACTION_UP:
	case ACTION_DOWN:
		scroll(text, 1, action == ACTION_DOWN);
		return true;
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		scroll(text, (size_t)text->page, action == ACTION_PAGE_DOWN);
		return true;
	case ACTION_FIRST:
	case ACTION_LAST:
		scroll(text, SIZE_MAX / 2, action == ACTION_LAST);
		return true;
	case ACTION_LEFT:
		text->left = text->left > SIDE_STEP ? text->left - SIDE_STEP : 0;
		return true;
	case ACTION_RIGHT:
		text->left += text->no_wrap ? SIDE_STEP : 0;
		return true;
	case ACTION_WRAP:
		text->no_wrap = !text->no_wrap;
		text->left = 0;
		text->width = 0;
		return true;
	default:
		return false;
	}
}

bool w_text_mouse(struct w_text *text, const struct event *event)
{
	if (event->mouse == MOUSE_PRESS)
		return false;
	scroll(text, WHEEL_ROWS, event->mouse == MOUSE_WHEEL_DOWN);
	return true;
}

static void show_match(struct w_text *text)
{
	size_t at = text->lines[text->match_line].start + text->match_start, i;
	int col;

	for (i = 0; i < text->row_count; i++)
		if (text->rows[i].line == text->match_line &&
		    at < text->rows[i].start + text->rows[i].len)
			break;
	if (text->width == 0 || i == text->row_count)
		return;
	if (i < text->top || i >= text->top + (size_t)text->page)
		text->top = i > (size_t)text->page / 2 ? i - (size_t)text->page / 2 : 0;
	col = column_of(text, &text->rows[i], at);
	if (text->no_wrap && (col < 0 || col >= text->width))
		text->left = col + text->left > SIDE_STEP ? col + text->left - SIDE_STEP : 0;
}

/* The first match in a line at FROM or behind it, but before END. */
static bool find_in_line(struct w_text *text, size_t number, const char *what, size_t from,
			 size_t end)
{
	const struct text_line *line = &text->lines[number];
	size_t at, matched;

	if (from >= line->len)
		return false;
	at = cells_find(text->bytes.buf + line->start + from, line->len - from, what, &matched);
	if (at == (size_t)-1 || from + at >= end)
		return false;
	text->match_line = number;
	text->match_start = from + at;
	text->match_len = matched;
	return true;
}

/* Goes round once from byte FROM of a line on. */
static bool find_down(struct w_text *text, size_t line, size_t from, const char *what)
{
	size_t i;

	for (i = 0; i <= text->line_count && text->line_count > 0; i++)
		if (find_in_line(text, (line + i) % text->line_count, what, i == 0 ? from : 0,
				 SIZE_MAX))
			return true;
	return false;
}

/* The same upwards: the last match of a line that has one before byte END of the first line. */
static bool find_up(struct w_text *text, size_t line, size_t end, const char *what)
{
	size_t i, n, at;

	for (i = 0; i <= text->line_count && text->line_count > 0; i++) {
		n = (line + text->line_count - i % text->line_count) % text->line_count;
		if (!find_in_line(text, n, what, 0, i == 0 ? end : SIZE_MAX))
			continue;
		do {
			at = text->match_start;
		} while (find_in_line(text, n, what, at + 1, i == 0 ? end : SIZE_MAX));
		return true;
	}
	return false;
}

static void search_begin(struct w_text *text)
{
	text->search_from = text->top;
	text->search_line = text->top < text->row_count ? text->rows[text->top].line : 0;
}

bool w_text_find(void *data, const char *what, enum search_step step)
{
	struct w_text *text = data;
	size_t line = text->match_len > 0 ? text->match_line : text->search_line;
	size_t start = text->match_len > 0 ? text->match_start : 0;
	bool found = true;

	switch (step) {
	case SEARCH_BEGIN:
		search_begin(text);
		return true;
	case SEARCH_ABORT:
		text->top = text->search_from;
		text->match_len = 0;
		return true;
	case SEARCH_HERE:
		found = find_down(text, text->search_line, 0, what);
		break;
	case SEARCH_NEXT:
		found = find_down(text, line, start + (text->match_len > 0), what);
		break;
	case SEARCH_PREVIOUS:
		found = find_up(text, line, start, what);
		break;
	}
	if (found)
		show_match(text);
	return found;
}
