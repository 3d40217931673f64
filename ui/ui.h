/*
 * The console's frame of action: one terminal, one loop, one keymap, and a stack of panes.
 *
 * The pane on top has the keys. A key is looked up in the pane's context; what the action is, the
 * pane does. Panes draw themselves from their state, lowest first, so that a resize or a repaint
 * needs nothing else. The message line and the key bar are drawn by the stack. A pane is a widget
 * with a "struct pane" as its first member; the stack owns it.
 *
 *	ui_init(&ui, &options, &err);
 *	ui_push(&ui, &frame->pane);
 *	ended_by = ui_run(&ui);
 *	ui_release(&ui);
 */
#ifndef UI_UI_H
#define UI_UI_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "ui/keymap.h"
#include "ui/layout.h"
#include "ui/loop.h"
#include "ui/term.h"

struct ui;
struct pane;

struct pane_ops {
	/* Where it stands on a screen; NULL: all but the message line and the key bar. */
	struct rect (*place)(struct pane *pane, struct rect screen);

	/*
	 * Draws into AREA, all of it if WHOLE, else at least what changed since the last time; puts
	 * the terminal's cursor on what has the keys.
	 */
	void (*draw)(struct pane *pane, struct ui *ui, struct rect area, bool whole);

	/*
	 * Does what ACTION means here; for ACTION_NONE and text, EVENT says which key or mouse
	 * press it was. Returns false if that means nothing here. May close the pane.
	 */
	bool (*act)(struct pane *pane, struct ui *ui, enum action action,
		    const struct event *event);

	/* Whether the action does something here and now; NULL: whatever its context has. */
	bool (*offers)(const struct pane *pane, const struct ui *ui, enum action action);

	/* Gives back the pane itself as well. */
	void (*free)(struct pane *pane);
};

struct pane {
	const struct pane_ops *ops;
	enum context context;
	const char *help;   /* what this place is for, translated; NULL: nothing to say */
	struct pane *below; /* the rest is the stack's */
	struct rect area;
	bool is_help; /* has no help of its own */
};

struct ui {
	struct term *term;
	struct loop *loop;
	struct keymap *keymap;
	struct pane *top;
	struct strbuf message;
	enum style message_style;
	struct strbuf notice; /* stands there whenever there is no message */
	bool read_only;       /* actions that change are refused */
	bool no_clipboard;    /* the settings want nothing sent there */
	bool stale;           /* every pane must be drawn again */
	bool touched;         /* the one on top must */
	int ended_by;         /* the signal, or 0 */
};

/* Starts loop and terminal. Adopts KEYMAP, also when it fails; NULL: the default keys. */
bool ui_init(struct ui *ui, const struct term_options *options, struct keymap *keymap,
	     struct error *err);

/* Frees all panes, restores the terminal. */
void ui_release(struct ui *ui);

/* Serves until ui_quit() or until the stack is empty. Returns the signal that ended it, or 0. */
int ui_run(struct ui *ui);
void ui_quit(struct ui *ui);

/* Puts a pane on top; the stack owns it from now on. */
void ui_push(struct ui *ui, struct pane *pane);

/* Takes a pane out, wherever it lies, and frees it. */
void ui_close(struct ui *ui, struct pane *pane);

/* Shows a sentence in the message line until the next key. */
void ui_say(struct ui *ui, enum style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Lets a sentence stand in the message line wherever nothing else does; NULL: none any more. */
void ui_notice(struct ui *ui, const char *text);

/* Everything changed, or another part than the pane on top, or that pane moves: draw all. */
void ui_stale(struct ui *ui);

/* Draws everything as it is now, without sending it. */
void ui_draw(struct ui *ui);

/* Copies text to the terminal's clipboard, as one printable line of bounded length, and says so, or
 * why not. Never for a secret. */
void ui_copy(struct ui *ui, const char *text);

/* Serves an action as if its key had been pressed, for buttons. */
void ui_act(struct ui *ui, enum action action);

/* Whether the key bar and the help show the action in this pane. */
bool ui_offers(const struct ui *ui, const struct pane *pane, enum action action);

/* Shows the keys of a pane and what it is for. */
void ui_help(struct ui *ui, const struct pane *pane);

#endif
