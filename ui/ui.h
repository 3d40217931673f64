/*
 * The console's frame of action: one terminal, one loop, one keymap, and a stack of views.
 *
 * The view on top has the keys. A key is looked up in the view's context; what the action is, the
 * view does. Views draw themselves from their state, lowest first, so that a resize or a repaint
 * needs nothing else. The message line and the key bar are drawn by the stack. A view is a widget
 *with a "struct view" as its first member; the stack owns it.
 *
 *	ui_init(&ui, &options, &err);
 *	ui_push(&ui, &frame->view);
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
struct view;

struct view_ops {
	/* Where it stands on a screen; NULL: all but the message line and the key bar. */
	struct rect (*place)(struct view *view, struct rect screen);

	/*
	 * Draws into AREA, all of it if WHOLE, else at least what changed since the last time; puts
	 * the terminal's cursor on what has the keys.
	 */
	void (*draw)(struct view *view, struct ui *ui, struct rect area, bool whole);

	/*
	 * Does what ACTION means here; for ACTION_NONE and text, EVENT says which key or mouse
	 * press it was. Returns false if that means nothing here. May close the view.
	 */
	bool (*act)(struct view *view, struct ui *ui, enum action action,
		    const struct event *event);

	/* Whether the action does something here and now; NULL: whatever its context has. */
	bool (*offers)(const struct view *view, const struct ui *ui, enum action action);

	/* Gives back the view itself as well. */
	void (*free)(struct view *view);
};

struct view {
	const struct view_ops *ops;
	enum context context;
	const char *help;   /* what this place is for, translated; NULL: nothing to say */
	struct view *below; /* the rest is the stack's */
	struct rect area;
};

struct ui {
	struct term *term;
	struct loop *loop;
	struct keymap *keymap;
	struct view *top;
	struct strbuf message;
	enum style message_style;
	bool read_only; /* actions that change are refused */
	bool stale;     /* every view must be drawn again */
	bool touched;   /* the one on top must */
	int ended_by;   /* the signal, or 0 */
};

/* Starts loop and terminal. Adopts KEYMAP, also when it fails; NULL: the default keys. */
bool ui_init(struct ui *ui, const struct term_options *options, struct keymap *keymap,
	     struct error *err);

/* Frees all views, restores the terminal. */
void ui_release(struct ui *ui);

/* Serves until ui_quit() or until the stack is empty. Returns the signal that ended it, or 0. */
int ui_run(struct ui *ui);
void ui_quit(struct ui *ui);

/* Puts a view on top; the stack owns it from now on. */
void ui_push(struct ui *ui, struct view *view);

/* Takes a view out, wherever it lies, and frees it. */
void ui_close(struct ui *ui, struct view *view);

/* Shows a sentence in the message line until the next key. */
void ui_say(struct ui *ui, enum style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Everything changed, or another part than the view on top: draw all. */
void ui_stale(struct ui *ui);

/* Serves an action as if its key had been pressed, for buttons. */
void ui_act(struct ui *ui, enum action action);

/* Whether the key bar and the help show the action in this view. */
bool ui_offers(const struct ui *ui, const struct view *view, enum action action);

/* Shows the keys of a view and what it is for. */
void ui_help(struct ui *ui, const struct view *view);

#endif
