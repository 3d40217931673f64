#include "config.h"

#include "ui/term_private.h"

#include <string.h>

#include "base/print.h"
#include "base/xalloc.h"
#include "ui/cells.h"

enum line { LINE_ACROSS, LINE_DOWN, LINE_TOP_LEFT, LINE_TOP_RIGHT, LINE_LOW_LEFT, LINE_LOW_RIGHT };

static const struct {
	const char *utf8, *ascii;
} glyphs[GLYPH_COUNT] = {
	[GLYPH_ELLIPSIS] = { "\u2026", "~" }, [GLYPH_BULLET] = { "\u2022", "*" },
	[GLYPH_UP] = { "\u25b2", "^" },       [GLYPH_DOWN] = { "\u25bc", "v" },
	[GLYPH_LEFT] = { "\u2039", "<" },     [GLYPH_RIGHT] = { "\u203a", ">" },
	[GLYPH_CHECK] = { "\u2713", "x" },
};

static const struct {
	const char *utf8, *ascii;
} lines[] = {
	[LINE_ACROSS] = { "\u2500", "-" },   [LINE_DOWN] = { "\u2502", "|" },
	[LINE_TOP_LEFT] = { "\u250c", "+" }, [LINE_TOP_RIGHT] = { "\u2510", "+" },
	[LINE_LOW_LEFT] = { "\u2514", "+" }, [LINE_LOW_RIGHT] = { "\u2518", "+" },
};

static attr_t attributes(unsigned look)
{
	attr_t a = A_NORMAL;

	a |= look & LOOK_BOLD ? A_BOLD : 0;
	a |= look & LOOK_DIM ? A_DIM : 0;
	a |= look & LOOK_REVERSE ? A_REVERSE : 0;
	a |= look & LOOK_UNDERLINE ? A_UNDERLINE : 0;
	return a;
}

static short colour(unsigned char look, short substitute)
{
	static const short colours[] = {
		[LOOK_BLACK] = COLOR_BLACK, [LOOK_RED] = COLOR_RED,
		[LOOK_GREEN] = COLOR_GREEN, [LOOK_YELLOW] = COLOR_YELLOW,
		[LOOK_BLUE] = COLOR_BLUE,   [LOOK_MAGENTA] = COLOR_MAGENTA,
		[LOOK_CYAN] = COLOR_CYAN,   [LOOK_WHITE] = COLOR_WHITE,
	};

	return look == LOOK_DEFAULT ? substitute : colours[look];
}

void term_paints_init(struct term *term)
{
	int i;

	for (i = 0; i < STYLE_COUNT; i++) {
		const struct look *look = &term->theme->looks[i];
		struct paint *paint = &term->paints[i];

		paint->attributes = attributes(look->attributes);
		paint->pair = 0;
		if (look->foreground != LOOK_DEFAULT || look->background != LOOK_DEFAULT) {
			short fore = term->default_colours ? -1 : COLOR_WHITE;
			short back = term->default_colours ? -1 : COLOR_BLACK;

			paint->pair = (short)(i + 1);
			init_pair(paint->pair, colour(look->foreground, fore),
				  colour(look->background, back));
		}
		setcchar(&paint->blank, L" ", paint->attributes, paint->pair, NULL);
	}
}

const char *term_glyph(const struct term *term, enum glyph glyph)
{
	return term->utf8 ? glyphs[glyph].utf8 : glyphs[glyph].ascii;
}

static const char *line_text(const struct term *term, enum line line)
{
	return term->utf8 ? lines[line].utf8 : lines[line].ascii;
}

/* Whether the first MAX bytes are printable ASCII, which needs no further care. */
static bool is_plain(const char *text, size_t len, size_t max)
{
	size_t i, n = len < max ? len : max;

	for (i = 0; i < n; i++)
		if (text[i] < 0x20 || text[i] >= 0x7f)
			return false;
	return true;
}

int term_width(struct term *term, const char *text)
{
	size_t len = strlen(text);

	if (is_plain(text, len, len))
		return (int)len;
	strbuf_clear(&term->text);
	print_add(&term->text, text, len);
	return cells_width(term->text.buf, term->text.len, term->utf8);
}

void term_row_begin(struct term *term, int width, enum style style)
{
	int i;

	width = width > 0 ? width : 0;
	if (width > term->row_cap) {
		term->row = xrealloc(term->row, (size_t)width * sizeof *term->row);
		term->covered = xrealloc(term->covered, (size_t)width * sizeof *term->covered);
		term->row_cap = width;
	}
	for (i = 0; i < width; i++)
		term->row[i] = term->paints[style].blank;
	term->row_width = width;
	term->has_wide = false;
}

static void put_cell(cchar_t *to, const struct cell *cell, const struct paint *paint)
{
	wchar_t text[2 + sizeof cell->joined / sizeof *cell->joined] = { cell->base };

	memcpy(text + 1, cell->joined, sizeof cell->joined);
	setcchar(to, text, paint->attributes, paint->pair, NULL);
}

static void cover(struct term *term, int place)
{
	if (!term->has_wide)
		memset(term->covered, 0, (size_t)term->row_width * sizeof *term->covered);
	term->has_wide = true;
	term->covered[place] = true;
}

/* Curses wants one element a character, not one a column. Returns how many there are. */
static int drop_covered(struct term *term)
{
	int i, kept = 0;

	for (i = 0; i < term->row_width; i++)
		if (!term->covered[i])
			term->row[kept++] = term->row[i];
	term->has_wide = false;
	return kept;
}

/* Puts cells from column AT on as far as WIDTH goes; returns their columns. TEXT is printable. */
static int put_cells(struct term *term, int at, int width, const struct paint *paint,
		     const char *text, size_t len)
{
	int columns = 0;
	size_t offset = 0;

	while (offset < len) {
		struct cell cell;

		cell_read(text + offset, len - offset, term->utf8, &cell);
		if (columns + cell.width > width)
			break;
		put_cell(&term->row[at + columns], &cell, paint);
		if (cell.width == 2)
			cover(term, at + columns + 1);
		columns += cell.width;
		offset += cell.bytes;
	}
	return columns;
}

/* The same for text that is plain ASCII. */
static void put_plain(struct term *term, int at, const struct paint *paint, const char *text,
		      size_t len)
{
	wchar_t wide[2] = { 0 };
	size_t i;

	for (i = 0; i < len; i++) {
		wide[0] = (wchar_t)text[i];
		setcchar(&term->row[(size_t)at + i], wide, paint->attributes, paint->pair, NULL);
	}
}

static int put_ellipsis(struct term *term, int at, const struct paint *paint)
{
	const char *sign = term_glyph(term, GLYPH_ELLIPSIS);

	return put_cells(term, at, 1, paint, sign, strlen(sign));
}

int term_row_add(struct term *term, int at, int width, enum style style, const char *text,
		 size_t len)
{
	const struct paint *paint = &term->paints[style];
	int used, i;

	if (width > term->row_width - at)
		width = term->row_width - at;
	if (at < 0 || width <= 0)
		return 0;
	if (is_plain(text, len, (size_t)width + 1)) {
		if (len <= (size_t)width) {
			put_plain(term, at, paint, text, len);
			return (int)len;
		}
		put_plain(term, at, paint, text, (size_t)width - 1);
		return width - 1 + put_ellipsis(term, at + width - 1, paint);
	}
	strbuf_clear(&term->text);
	print_add(&term->text, text, len);
	if (cells_fit(term->text.buf, term->text.len, width, term->utf8, NULL) == term->text.len)
		return put_cells(term, at, width, paint, term->text.buf, term->text.len);
	used = put_cells(term, at, width - 1, paint, term->text.buf, term->text.len);
	used += put_ellipsis(term, at + used, paint);
	for (i = used; i < width; i++) /* where half of a wide character would stand */
		term->row[at + i] = paint->blank;
	return used;
}

void term_row_end(struct term *term, int row, int col)
{
	if (row < 0 || row >= LINES || col < 0 || col >= COLS)
		return;
	if (term->has_wide)
		term->row_width = drop_covered(term);
	mvwadd_wchnstr(stdscr, row, col, term->row, term->row_width);
}

void term_putn(struct term *term, int row, int col, int width, enum style style, const char *text,
	       size_t len)
{
	term_row_begin(term, width, style);
	term_row_add(term, 0, width, style, text, len);
	term_row_end(term, row, col);
}

void term_put(struct term *term, int row, int col, int width, enum style style, const char *text)
{
	term_putn(term, row, col, width, style, text, strlen(text));
}

void term_put_right(struct term *term, int row, int col, int width, enum style style,
		    const char *text)
{
	int used = term_width(term, text);

	term_row_begin(term, width, style);
	term_row_add(term, used < width ? width - used : 0, width, style, text, strlen(text));
	term_row_end(term, row, col);
}

void term_fill(struct term *term, struct rect rect, enum style style)
{
	int i;

	term_row_begin(term, rect.cols, style);
	for (i = 0; i < rect.rows; i++)
		term_row_end(term, rect.row + i, rect.col);
}

void term_line_down(struct term *term, int row, int col, int rows)
{
	int i;

	for (i = 0; i < rows; i++)
		term_put(term, row + i, col, 1, STYLE_BORDER, line_text(term, LINE_DOWN));
}

static void frame_edge(struct term *term, struct rect rect, int row, enum line left,
		       enum line right, const char *title)
{
	const char *across = line_text(term, LINE_ACROSS), *l = line_text(term, left),
		   *r = line_text(term, right);
	int i;

	term_row_begin(term, rect.cols, STYLE_BORDER);
	term_row_add(term, 0, 1, STYLE_BORDER, l, strlen(l));
	for (i = 1; i < rect.cols - 1; i++)
		term_row_add(term, i, 1, STYLE_BORDER, across, strlen(across));
	term_row_add(term, rect.cols - 1, 1, STYLE_BORDER, r, strlen(r));
	if (title != NULL && *title != '\0') {
		i = term_row_add(term, 3, rect.cols - 6, STYLE_STRONG, title, strlen(title));
		term_row_add(term, 2, 1, STYLE_STRONG, " ", 1);
		term_row_add(term, 3 + i, 1, STYLE_STRONG, " ", 1);
	}
	term_row_end(term, row, rect.col);
}

void term_frame(struct term *term, struct rect rect, const char *title)
{
	if (rect.rows < 2 || rect.cols < 2)
		return;
	frame_edge(term, rect, rect.row, LINE_TOP_LEFT, LINE_TOP_RIGHT, title);
	frame_edge(term, rect, rect.row + rect.rows - 1, LINE_LOW_LEFT, LINE_LOW_RIGHT, NULL);
	term_line_down(term, rect.row + 1, rect.col, rect.rows - 2);
	term_line_down(term, rect.row + 1, rect.col + rect.cols - 1, rect.rows - 2);
}

void term_cursor(struct term *term, int row, int col)
{
	term->cursor_row = row < LINES ? row : LINES - 1;
	term->cursor_col = col < COLS ? col : COLS - 1;
}
