/*
 * Text to read: details, a diff, help.
 *
 * Made of lines, and a line of pieces with a style each; everything is made printable as it is
 * added. Long lines are broken at blanks, or run out to the right.
 *
 *	w_text_add(&text, STYLE_STRONG, "local  ");
 *	w_text_add(&text, STYLE_TEXT, value);
 *	w_text_end(&text);
 */
#ifndef UI_W_TEXT_H
#define UI_W_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "ui/keymap.h"
#include "ui/term.h"
#include "ui/w_search.h"

struct text_piece {
	size_t start, len; /* bytes of the text */
	enum style style;
};

struct text_line {
	size_t start, len; /* bytes of the text */
	size_t piece;      /* the first of its pieces */
	int indent;        /* of its rows but the first */
};

/* A line, or part of one, as it is shown. */
struct text_row {
	size_t line;
	size_t start, len; /* bytes of the text */
	int indent;
};

struct w_text {
	struct strbuf bytes;
	struct text_piece *pieces;
	size_t piece_count, piece_cap;
	struct text_line *lines;
	size_t line_count, line_cap;
	struct text_row *rows; /* the lines as broken for WIDTH */
	size_t row_count, row_cap;
	int width; /* 0: rows are to be made */
	bool utf8;
	bool no_wrap;
	size_t top; /* the first row in sight */
	int left;   /* columns out of sight on the left; without wrapping only */
	int page;
	size_t match_line, match_start, match_len; /* bytes of the line; no length: nothing found */
	size_t search_from, search_line; /* the row and the line in sight when a search began */
};

void w_text_init(struct w_text *text);
void w_text_release(struct w_text *text);

/* Takes all lines out; the scroll position stays for lines like those before. */
void w_text_clear(struct w_text *text);

/* Adds to the line at the end; what isn't printable becomes visible, a tab becomes blanks. */
void w_text_add(struct w_text *text, enum style style, const char *bytes);
void w_text_addn(struct w_text *text, enum style style, const char *bytes, size_t len);
void w_text_addf(struct w_text *text, enum style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Ends the line. Where it must be broken, it goes on INDENT columns from the left. */
void w_text_end(struct w_text *text);
void w_text_end_indented(struct w_text *text, int indent);

/* A whole line; and each line of several, as they stand in a file. */
void w_text_line(struct w_text *text, enum style style, const char *bytes);
void w_text_lines(struct w_text *text, enum style style, const char *bytes, size_t len);

/* A unified diff: added, removed and place lines get their styles. */
void w_text_diff(struct w_text *text, const char *bytes, size_t len);

/* The line "label   value"; the value starts at column AT and stays there when it is broken. */
void w_text_pair(struct w_text *text, int at, const char *label, enum style style,
		 const char *value);

void w_text_top(struct w_text *text); /* scrolls to the beginning */

/* How many rows the text takes at a width. */
size_t w_text_rows(struct w_text *text, int width, bool utf8);

void w_text_draw(struct w_text *text, struct term *term, struct rect area, bool focus);

/* Scrolls. Returns false for what is no movement. */
bool w_text_act(struct w_text *text, enum action action);
bool w_text_mouse(struct w_text *text, const struct event *event);

/* For w_search: TEXT is a struct w_text. */
bool w_text_find(void *text, const char *what, enum search_step step);

#endif
