#include "config.h"

#include "ui/layout.h"

#include <limits.h>

enum {
	SIDE_COLS = 16, /* the longest screen's name, its number and a blank */
	LIST_SHARE = 58 /* percent of what list and detail share */
};

struct layout layout_compute(int rows, int cols)
{
	struct layout l = { .too_small = rows < LAYOUT_MIN_ROWS || cols < LAYOUT_MIN_COLS };
	int first, body;

	if (l.too_small)
		return l;
	l.top = (struct rect){ 0, 0, 1, cols };
	l.message = (struct rect){ rows - 2, 0, 1, cols };
	l.keys = (struct rect){ rows - 1, 0, 1, cols };
	first = 1;
	if (cols < LAYOUT_WIDE_COLS) {
		l.tabs = (struct rect){ 1, 0, 1, cols };
		first = 2;
	}
	body = rows - 2 - first;
	if (cols < LAYOUT_WIDE_COLS) {
		l.list = (struct rect){ first, 0, body, cols };
		return l;
	}
	l.side = (struct rect){ first, 0, body, SIDE_COLS };
	l.list = (struct rect){ first, SIDE_COLS + 1, body,
				(cols - SIDE_COLS - 2) * LIST_SHARE / 100 };
	l.detail.row = first;
	l.detail.rows = body;
	l.detail.col = l.list.col + l.list.cols + 1;
	l.detail.cols = cols - l.detail.col;
	return l;
}

struct rect layout_panes(struct rect screen)
{
	screen.rows -= 2;
	return screen;
}

struct rect rect_centre(struct rect around, int rows, int cols)
{
	struct rect r;

	r.rows = rows < around.rows ? rows : around.rows;
	r.cols = cols < around.cols ? cols : around.cols;
	r.row = around.row + (around.rows - r.rows) / 2;
	r.col = around.col + (around.cols - r.cols) / 2;
	return r;
}

struct rect rect_inside(struct rect r)
{
	r.row++;
	r.col++;
	r.rows = r.rows > 2 ? r.rows - 2 : 0;
	r.cols = r.cols > 2 ? r.cols - 2 : 0;
	return r;
}

bool rect_has(struct rect r, int row, int col)
{
	return row >= r.row && row < r.row + r.rows && col >= r.col && col < r.col + r.cols;
}

/* The column shown that goes first when room is short; COUNT when only one is left. */
static size_t least_important(const struct column_width *columns, size_t count, const int *widths)
{
	size_t i, least = count, shown = 0;

	for (i = 0; i < count; i++) {
		if (widths[i] == 0)
			continue;
		shown++;
		if (least == count || columns[i].priority >= columns[least].priority)
			least = i;
	}
	return shown > 1 ? least : count;
}

/* Takes what lacks from the columns that may shrink. Returns what then is left. */
static int shrink(const struct column_width *columns, size_t count, int *widths, int left)
{
	size_t i;

	for (i = 0; i < count && left < 0; i++) {
		int spare = widths[i] - columns[i].least;

		if (columns[i].least == 0 || spare <= 0)
			continue;
		spare = spare < -left ? spare : -left;
		widths[i] -= spare;
		left += spare;
	}
	return left;
}

/* Gives every column that wants more one of the LEFT columns, the most important first. */
static int grow_once(const struct column_width *columns, size_t count, int *widths, int left)
{
	size_t i;
	int priority = 0, next;

	while (left > 0 && priority < INT_MAX) {
		next = INT_MAX;
		for (i = 0; i < count && left > 0; i++) {
			if (columns[i].priority > priority && columns[i].priority < next)
				next = columns[i].priority;
			if (columns[i].priority != priority || widths[i] == 0 ||
			    widths[i] >= columns[i].want)
				continue;
			widths[i]++;
			left--;
		}
		priority = next;
	}
	return left;
}

void layout_columns(const struct column_width *columns, size_t count, int total, int *widths)
{
	size_t i, last = 0;
	int left = total + 1; /* the last column needs no blank behind it */

	for (i = 0; i < count; i++) {
		widths[i] = columns[i].min > 0 ? columns[i].min : 1;
		left -= widths[i] + 1;
	}
	while (left < 0 && (i = least_important(columns, count, widths)) < count) {
		if (!columns[i].optional)
			left = shrink(columns, count, widths, left);
		if (left < 0) {
			left += widths[i] + 1;
			widths[i] = 0;
		}
	}
	while (left > 0) {
		int less = grow_once(columns, count, widths, left);

		if (less == left)
			break;
		left = less;
	}
	for (i = 0; i < count; i++)
		if (widths[i] > 0)
			last = i;
	if (count > 0) /* negative where not even one column's minimum fits */
		widths[last] = widths[last] + left > 0 ? widths[last] + left : 0;
}
