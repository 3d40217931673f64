/*
 * Where things stand on a screen of a given size: arithmetic on rectangles, nothing else.
 *
 *	 80 columns                       120 columns or more
 *	 top line                         top line
 *	 tabs                             side | list            | detail
 *	 list                                  |                 |
 *	 message                          message
 *	 key bar                          key bar
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

struct rect {
	int row, col, rows, cols;
};

struct layout {
	bool too_small; /* then nothing below is set */
	struct rect top, tabs, side, list, detail, message, keys;
};

enum {
	LAYOUT_MIN_ROWS = 16,
	LAYOUT_MIN_COLS = 60,
	LAYOUT_WIDE_COLS = 120, /* from here on the side bar and the detail are there */
};

/* What isn't shown at this size has no rows and no columns. */
struct layout layout_compute(int rows, int cols);

/* A screen without its message line and key bar. */
struct rect layout_panes(struct rect screen);

/* A rectangle of ROWS x COLS, cut to what fits, in the middle of AROUND. */
struct rect rect_centre(struct rect around, int rows, int cols);

/* RECT without a frame of one cell. */
struct rect rect_inside(struct rect rect);

bool rect_has(struct rect rect, int row, int col);

/* How wide a column of a list may be. */
struct column_width {
	int min, want; /* columns; min <= want */
	int priority;  /* from 0; a column with a larger number is left out first */
	int least;     /* it shrinks to this before any that is not optional goes; 0: it doesn't */
	bool optional; /* only where nothing has to shrink for it */
};

/*
 * Shares TOTAL columns among COUNT list columns with one blank between two of them, into WIDTHS:
 * the least important are left out (width 0) until the minimum widths fit, then all grow in turn up
 * to what they want, and the last one shown takes the rest. The first by priority is never left
 * out.
 */
void layout_columns(const struct column_width *columns, size_t count, int total, int *widths);

#endif
