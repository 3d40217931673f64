/* The row of buttons below a dialog or a form. */
#ifndef UI_W_BUTTONS_H
#define UI_W_BUTTONS_H

#include <stddef.h>

#include "ui/term.h"

struct w_buttons {
	const char *labels[2];     /* translated; the second may be NULL */
	int row, col[2], width[2]; /* where they were drawn */
};

/* Draws them in the middle of the row; HERE is the one with the keys and the cursor, -1 for none.
 */
void w_buttons_draw(struct w_buttons *buttons, struct term *term, struct rect row, int here);

/* The button drawn at that place, or -1. */
int w_buttons_at(const struct w_buttons *buttons, int row, int col);

#endif
