/*
 * A text over what was there: to read, to confirm, or to confirm by typing a word.
 *
 *	w_text_line(&body, STYLE_TEXT, _("Remove rule 'MSS1'?"));
 *	w_dialog_open(ui, &(struct w_dialog_spec){ .kind = DIALOG_CONFIRM, .title = _("Remove"),
 *						   .done = remove_answered, .data = screen },
 *&body);
 */
#ifndef UI_W_DIALOG_H
#define UI_W_DIALOG_H

#include "ui/ui.h"
#include "ui/w_text.h"

enum w_dialog_kind {
	DIALOG_READ,    /* the whole screen: scrolls, searches, goes back; no buttons */
	DIALOG_MESSAGE, /* one button */
	DIALOG_CONFIRM, /* two buttons, the one that does nothing first at hand */
	DIALOG_WORD,    /* the same, and WORD must be typed before */
};

struct w_dialog_spec {
	enum w_dialog_kind kind;
	bool full;            /* as large as the screen: for a diff with a question */
	const char *title;    /* all texts translated, and copied */
	const char *question; /* a line above the buttons; NULL: none */
	const char *yes, *no; /* the buttons; NULL: the usual words */
	const char *word;     /* for DIALOG_WORD */
	const char *help;     /* lives longer than the dialog */

	/* The dialog is gone. YES: by the button for it. NULL: nobody wants to know. */
	void (*done)(void *data, struct ui *ui, bool yes);

	/* For DIALOG_READ: does an action of CONTEXT_TEXT that the dialog has no meaning for, such
	 * as ACTION_EDIT. Returns false where it has none either. May close the pane. NULL: none.
	 */
	bool (*act)(void *data, struct ui *ui, struct pane *dialog, enum action action);

	/* Which of those there are. NULL: none. */
	bool (*offers)(const void *data, const struct ui *ui, enum action action);

	void *data; /* borrowed until done */
};

/* Opens it; adopts what is in BODY, which is empty afterwards. Returns the pane, owned by UI. */
struct pane *w_dialog_open(struct ui *ui, const struct w_dialog_spec *spec, struct w_text *body);

/* The text of an open dialog, to be filled again; call ui_stale() after it. */
struct w_text *w_dialog_text(struct pane *dialog);

/* The simple cases: TEXT may be several lines. */
void w_dialog_message(struct ui *ui, const char *title, enum style style, const char *text);
void w_dialog_confirm(struct ui *ui, const char *title, const char *text,
		      void (*done)(void *data, struct ui *ui, bool yes), void *data);

#endif
