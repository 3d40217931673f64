/* A pick list over what was there: one of a closed set. Typing goes to what starts that way. */
#ifndef UI_W_PICK_H
#define UI_W_PICK_H

#include "ui/ui.h"

struct w_choice {
	const char *value; /* as it stands in the file; never translated */
	const char *help;  /* what it means, translated; NULL: nothing to say */
};

/*
 * Opens a pick list with the cursor on number HERE. The choices are copied. DONE gets the number
 * picked, or COUNT for none; the list is gone by then.
 */
void w_pick_open(struct ui *ui, const char *title, const struct w_choice *choices, size_t count,
		 size_t here, void (*done)(void *data, struct ui *ui, size_t picked), void *data);

#endif
