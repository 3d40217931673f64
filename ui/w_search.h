/*
 * Searching in a list or a text: `/` and typing goes to the first match at once, Enter stays there,
 * Esc goes back, n and N go on.
 */
#ifndef UI_W_SEARCH_H
#define UI_W_SEARCH_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "ui/keymap.h"

struct ui;

enum search_step {
	SEARCH_BEGIN, /* remember this place */
	SEARCH_HERE,  /* the first match from the remembered place on */
	SEARCH_NEXT,  /* the next match behind this place, from the beginning after the end */
	SEARCH_PREVIOUS,
	SEARCH_ABORT, /* back to the remembered place */
};

struct w_search {
	/* Does one step in WIDGET; false if there is no match. */
	bool (*find)(void *widget, const char *text, enum search_step step);
	/* What there is to say of the text that was searched last; NULL, or returns it: nothing. */
	const char *(*said)(void *widget);
	void *widget;
	struct strbuf text; /* what was searched last */
};

void w_search_init(struct w_search *search,
		   bool (*find)(void *widget, const char *text, enum search_step step),
		   void *widget);
void w_search_release(struct w_search *search);

/* Does what ACTION_SEARCH, _NEXT and _PREVIOUS mean; returns false for other actions. */
bool w_search_act(struct w_search *search, struct ui *ui, enum action action);

#endif
