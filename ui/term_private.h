/* For the term*.c files alone: what they share of the terminal. */
#ifndef UI_TERM_PRIVATE_H
#define UI_TERM_PRIVATE_H

#include <wchar.h>

#include "base/strbuf.h"
#include "ui/curses_wide.h"
#include "ui/term.h"

/* How a style looks on this terminal. */
struct paint {
	attr_t attributes;
	short pair;
	cchar_t blank;
};

struct term {
	SCREEN *screen;
	WINDOW *keys; /* a pad: reading from it, unlike from a window, never refreshes the screen */
	FILE *in, *out;
	char *type;
	bool utf8, colour, default_colours, mouse, left;
	const struct theme *theme;
	struct paint paints[STYLE_COUNT];
	cchar_t *row;  /* the row being built, one place a column */
	bool *covered; /* the places that a wide character before them takes */
	bool has_wide;
	int row_width, row_cap;
	struct strbuf text; /* made printable */
	int cursor_row, cursor_col;
	mbstate_t decoder;
};

/* term_draw.c: looks up how the styles of the theme are shown. */
void term_paints_init(struct term *term);

/* term_key.c: adds the usual sequences that the terminal's description leaves out. */
void term_keys_init(void);

#endif
