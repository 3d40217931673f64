/*
 * The terminal: starting and leaving it, reading keys, drawing.
 *
 * The only module that knows curses. What others draw goes into a picture of the screen, row by
 * row; term_flush() then sends what differs. Whatever text is drawn is made printable first, so
 * that no byte of a file can be a command to the terminal. Rows and columns count from 0.
 *
 *	term = term_start(&options, &err);
 *	term_put(term, 0, 0, term_cols(term), STYLE_TITLE, "host");
 *	term_flush(term);
 *	while (term_read(term, &event)) ...
 *	term_stop(term);
 *
 * A process has one terminal. fatal(), exit() and a crash restore it; a child must therefore leave
 * with _exit() or exec.
 */
#ifndef UI_TERM_H
#define UI_TERM_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "ui/layout.h"
#include "ui/theme.h"

struct term;

struct term_options {
	FILE *in, *out;
	const char *type;          /* NULL: what TERM says */
	const struct theme *theme; /* NULL: dark */
	int rows, cols;            /* of a screen that nobody sees; 0: the terminal's */
	bool no_colour;            /* NO_COLOR in the environment says the same */
	bool mouse;
};

enum mouse_kind { MOUSE_PRESS, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

/* One key (ui/keyname.h), or for K_MOUSE what the mouse did where. */
struct event {
	int key;
	enum mouse_kind mouse;
	int row, col;
};

enum glyph {
	GLYPH_ELLIPSIS,
	GLYPH_BULLET, /* stands for a character of a secret */
	GLYPH_UP,
	GLYPH_DOWN,
	GLYPH_LEFT,
	GLYPH_RIGHT,
	GLYPH_CHECK,
	GLYPH_COUNT
};

/*
 * Takes the terminal over: raw mode, the alternate screen where there is one. NULL where the type
 * is not known or cannot move its cursor: the error's code is then ERROR_USAGE. The locale must be
 * set.
 */
struct term *term_start(const struct term_options *options, struct error *err);

/* Gives it back as it was. NULL is ignored. */
void term_stop(struct term *term);

/* The same for a while, for another program or for ^Z; the next flush after term_return draws all.
 */
void term_leave(struct term *term);
void term_return(struct term *term);

/* Takes over a size that changed. */
void term_resize(struct term *term);

int term_rows(const struct term *term);
int term_cols(const struct term *term);
int term_fd(const struct term *term); /* of the input */
bool term_utf8(const struct term *term);

void term_set_theme(struct term *term, const struct theme *theme);
void term_set_mouse(struct term *term, bool on);

/* The next key. Returns false when none is waiting; never waits longer than for the rest of a key.
 */
bool term_read(struct term *term, struct event *event);

/* Whether the input has ended: to be asked after term_read() found nothing though input was there.
 */
bool term_is_gone(struct term *term);

/* Sends what was drawn since the last time. */
void term_flush(struct term *term);

/* The next flush draws the whole screen again. */
void term_repaint(struct term *term);

void term_bell(struct term *term);

/* Adds what was drawn, as lines of text without the blanks at their ends. */
void term_text(struct term *term, struct strbuf *sb);

/*
 * Sends LEN bytes of printable text to the terminal's clipboard (OSC 52). False where this type of
 * terminal is not known to have one that programs reach: then nothing is sent.
 */
bool term_copy(struct term *term, const char *text, size_t len);
const char *term_type(const struct term *term); /* its name */

/* A sign as UTF-8, or its ASCII substitute. */
const char *term_glyph(const struct term *term, enum glyph glyph);

/* Columns that a text takes when drawn. */
int term_width(struct term *term, const char *text);

/*
 * Draws a text into WIDTH columns, blanks behind it; what doesn't fit is cut at a character's edge
 * and ends with the ellipsis. term_putn takes LEN bytes, term_put_right aligns to the right.
 * Parts outside the screen are left out.
 */
void term_put(struct term *term, int row, int col, int width, enum style style, const char *text);
void term_putn(struct term *term, int row, int col, int width, enum style style, const char *text,
	       size_t len);
void term_put_right(struct term *term, int row, int col, int width, enum style style,
		    const char *text);

/*
 * The same for a row with several texts, which is drawn in one go: begin WIDTH blanks in a style,
 * add texts at columns counted from the row's start, end it at a place of the screen. term_row_add
 * returns the columns that the text took.
 */
void term_row_begin(struct term *term, int width, enum style style);
int term_row_add(struct term *term, int at, int width, enum style style, const char *text,
		 size_t len);
void term_row_end(struct term *term, int row, int col);

void term_fill(struct term *term, struct rect rect, enum style style);
void term_frame(struct term *term, struct rect rect, const char *title); /* the inside stays */
void term_line_down(struct term *term, int row, int col, int rows);

/* Where the cursor stands after the next flush: on what has the keys. */
void term_cursor(struct term *term, int row, int col);

#endif
