/*
 * A list of rows that its owner has: cursor, scrolling, columns, search.
 *
 * The list asks for the rows that are in sight, so that it costs the same for ten rows and for a
 * hundred thousand. The cursor is on a row's id: when rows come, go or change places, the owner
 * calls w_list_changed() and the cursor stays with its row.
 *
 * Above the rows stand the columns' titles, below them one line with the owner's words.
 */
#ifndef UI_W_LIST_H
#define UI_W_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "ui/layout.h"
#include "ui/term.h"
#include "ui/keymap.h"
#include "ui/w_search.h"

struct w_column {
	const char *title; /* not yet translated */
	struct column_width width;
	bool right; /* numbers: aligned to the right */
};

struct w_list_source {
	const struct w_column *columns;
	size_t column_count;

	size_t (*count)(void *data);

	/* What names the row for as long as it exists. */
	uint64_t (*id)(void *data, size_t row);

	/* Adds the text of a cell to TEXT, which is empty; may change *STYLE from STYLE_TEXT. */
	void (*cell)(void *data, size_t row, size_t column, struct strbuf *text, enum style *style);

	/* The same for a sign of one column before the row; NULL: rows have none. */
	void (*mark)(void *data, size_t row, struct strbuf *text, enum style *style);

	/* Whether the row is marked: it gets a * behind its sign, and is strong. NULL: none is. */
	bool (*marked)(void *data, size_t row);

	/* Adds the line below the rows, such as "3 of 112, 2 problems"; NULL: there is none. */
	void (*footer)(void *data, struct strbuf *text);

	/* Whether the row holds the text; NULL: any of its cells may. */
	bool (*matches)(void *data, size_t row, const char *text);
};

struct w_list {
	const struct w_list_source *source;
	void *data;
	size_t cursor;      /* the selected row, if there are rows */
	size_t sort_column; /* column_count: not sorted */
	bool descending;
	/* the list's own */
	size_t top;
	uint64_t id; /* of the row under the cursor */
	bool has_id;
	size_t search_from;
	int page; /* rows in sight */
	int *widths;
	struct strbuf text;
	/* what stands on the screen */
	struct rect area;
	size_t drawn_top, drawn_cursor;
	bool drawn, drawn_focus;
};

/* The list borrows SOURCE, whose functions get DATA. */
void w_list_init(struct w_list *list, const struct w_list_source *source, void *data);
void w_list_release(struct w_list *list);

/* FOCUS: the list has the keys, and so the cursor of the terminal. */
void w_list_draw(struct w_list *list, struct term *term, struct rect area, bool focus, bool whole);

/* Moves the cursor. Returns false for what is no movement. */
bool w_list_act(struct w_list *list, enum action action);

enum w_list_mouse { W_LIST_NOTHING, W_LIST_MOVED, W_LIST_OPEN, W_LIST_TITLE };

/*
 * What the mouse did: the wheel moves, a press selects, a press on the selected row opens it. For a
 * press on a column's title *COLUMN says which.
 */
enum w_list_mouse w_list_mouse(struct w_list *list, const struct event *event, size_t *column);

/* The rows are others or in another order. */
void w_list_changed(struct w_list *list);

/* Puts the cursor on a row, or on the one with that id (false if there is none). */
void w_list_go(struct w_list *list, size_t row);
bool w_list_go_id(struct w_list *list, uint64_t id);

bool w_list_is_empty(const struct w_list *list);

/* For w_search: LIST is a struct w_list. */
bool w_list_find(void *list, const char *text, enum search_step step);

#endif
