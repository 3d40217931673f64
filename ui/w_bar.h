/*
 * The lines around the list: top line, tabs or side bar, message, keys. Each cuts itself to the
 * room.
 */
#ifndef UI_W_BAR_H
#define UI_W_BAR_H

#include "ui/ui.h"

/* One line, LEFT at its start, RIGHT (which is kept longest) at its end. */
void w_bar_top(struct term *term, struct rect area, const char *left, const char *right);

/* The screens by name, numbered from 1, the one at HERE marked: in one line or in one column. */
void w_bar_tabs(struct term *term, struct rect area, const char *const *names, size_t count,
		size_t here);
void w_bar_side(struct term *term, struct rect area, const char *const *names, size_t count,
		size_t here);

/* Which of the screens was drawn at that place by one of the two; COUNT for none. */
size_t w_bar_tab_at(struct term *term, struct rect area, const char *const *names, size_t count,
		    size_t here, int row, int col);

/* The message line. */
void w_bar_message(struct ui *ui, struct rect area);

/* The keys of the pane on top that work here and now. */
void w_bar_keys(struct ui *ui, struct rect area);

/* The action whose key is drawn at that place of the screen's last line, or ACTION_NONE. */
enum action w_bar_key_at(struct ui *ui, int row, int col);

#endif
