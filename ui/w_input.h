/*
 * One line being typed: in a field, a search, the command line.
 *
 * The text is UTF-8; the cursor goes by what stands in one place on the screen. A secret is shown
 * as one sign a character, and lies in memory that is wiped.
 */
#ifndef UI_W_INPUT_H
#define UI_W_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/keymap.h"
#include "ui/term.h"

struct w_input {
	char *text; /* terminated; never NULL */
	size_t len, room;
	size_t cursor; /* byte */
	bool secret;
	bool utf8;    /* of the terminal that drew it last */
	size_t first; /* byte that stands at the left edge */
};

void w_input_init(struct w_input *input, bool secret);
void w_input_release(struct w_input *input);

/* Replaces the text; the cursor stands behind it. */
void w_input_set(struct w_input *input, const char *text);

/* Moves, erases, or types the event's character. Returns false for everything else. */
bool w_input_act(struct w_input *input, enum action action, const struct event *event);

/* Draws into WIDTH columns; with FOCUS the terminal's cursor stands in it. */
void w_input_draw(struct w_input *input, struct term *term, int row, int col, int width,
		  enum style style, bool focus);

/* Puts the cursor under a press of the mouse, COL columns from the left edge. */
void w_input_press(struct w_input *input, int col);

#endif
