/* What the parts of the console share; nobody outside ui/console*.c, ui/scr_*.c and ui/form_*.c
 * includes this. */
#ifndef UI_CONSOLE_PRIVATE_H
#define UI_CONSOLE_PRIVATE_H

#include "change/edits.h"
#include "commands/work.h"
#include "host/watch.h"
#include "kinds/filter.h"
#include "kinds/kind.h"
#include "ui/ui.h"
#include "ui/w_dialog.h"
#include "ui/w_form.h"
#include "ui/w_list.h"
#include "ui/w_search.h"
#include "ui/w_text.h"

struct console;

/* A screen: one row of the table in scr_table.c. */
struct screen_info {
	const char *title;       /* N_() in the tab bar */
	const char *help;        /* N_() what it is for; NULL: the kind says it */
	const struct kind *kind; /* its list; NULL: the Overview, a text */
	const char *sort;        /* the column it is sorted by at first; NULL: as it is */
	/* What can be done there; NULL: nothing of that kind. NUMBER is the item's. */
	void (*add)(struct console *console);
	void (*edit)(struct console *console, size_t number);
	void (*clone)(struct console *console, size_t number); /* adds one with its values */
	void (*remove)(struct console *console, size_t number);
	void (*move)(struct console *console, size_t number, bool up); /* in its file */
};

extern const struct screen_info screen_table[];
extern const size_t screen_count;

/* An item that is marked. */
struct mark {
	uint64_t id;     /* of the kind, by which it is found again */
	uint32_t number; /* of the item as the host is now */
};

/* What a screen remembers while others are shown. */
struct screen {
	const struct screen_info *info;
	struct console *console;
	struct w_list_source source;
	struct w_column *columns;
	size_t *kind_columns; /* of each column of the list: its number in the kind */
	struct w_list list;
	struct w_search search;
	uint32_t *order; /* the items that are shown; NULL: all, as they are */
	size_t count;
	size_t problems; /* how many of them have a warning or an error; SIZE_MAX: not counted yet
			  */
	/* The filter, NULL: none. It goes through many items in slices, between the keys. */
	char *filter;
	struct filter *terms;
	int filtering; /* the idle work; 0: it is through */
	size_t looked; /* how many items it has looked at */
	bool typing;   /* it is being typed */
	/* Where the cursor was, and is to be when the filter is through. */
	bool follows;
	uint64_t follow_id;
	size_t follow_row, follow_item;
	struct filter *sought; /* what SOUGHT_TEXT means, which was searched last; NULL: nothing */
	char *sought_text;
	struct mark *marks; /* by number */
	size_t mark_count, mark_cap;
	size_t marks_shown; /* how many of them are in the list; SIZE_MAX: not counted yet */
};

struct console {
	struct pane pane;
	struct ui *ui;
	struct work *work;
	struct lint *lint; /* NULL: the host is not there yet */
	bool lint_done;
	int idle;
	struct change *change;
	struct view view;
	struct screen *screens;
	size_t here;
	const char **titles;
	struct w_text detail; /* beside the list, and the Overview */
	uint64_t detail_of;
	bool detail_stale;
	/* What is done to the item under the cursor when the question is answered with yes. */
	bool (*removing)(struct change *change, size_t number, struct error *err);
	/* What is repaired when the answer is yes: the item of the screen, those that are chosen,
	 * or all that it shows. */
	size_t repairing;
	bool repairing_all, repairing_chosen;
	uint32_t restoring;  /* the change to whose state the answer yes goes back */
	struct mark *chosen; /* marked items that a question is about; by number */
	size_t chosen_count;
	uint32_t *repairable; /* once LINT_DONE: the problems that have a repair, by number */
	size_t repairable_count, repairable_cap;
	/* While another program has the host locked. */
	struct pane *waiting; /* the dialog that says so; NULL: nobody waits */
	int retry;            /* the timer */
	unsigned tries;       /* that are left */
	/* What was written and is to be confirmed. */
	struct guard *guard;     /* NULL: nothing */
	struct pane *confirming; /* the question; NULL: it is not asked */
	int confirm_timer;
	/* What others do to the files. */
	struct watch *watch;   /* NULL: the host is not there yet */
	int watching, look;    /* the loop's numbers: its descriptor, and the next look */
	struct w_form *asking; /* the form below the question for a file with a key */
	size_t asking_field;
};

/* The screen that is shown, and the number of the item under its cursor (false: there is none). */
struct screen *console_screen(struct console *console);
bool console_item(struct console *console, size_t *number);

/* Puts the cursor of the screen that is shown on an item, where it is in the list. */
void console_select(struct console *console, size_t number);

/* The documents have changed: lists, detail and findings are made anew. */
void console_changed(struct console *console);

/* Shows a screen, counted from 0; says so where there is none with that number. */
void console_go(struct console *console, size_t screen);

/* Reads the files again, with the pending changes on top of them. */
void console_reread(struct console *console);

/* Puts another host, and a change of it, in the place of those that are there. Adopts both. */
void console_swap(struct console *console, struct host *host, struct change *change);

/* Asks QUESTION, with %s for the item's name, and has REMOVE take it out if the answer is yes. */
void console_ask_remove(struct console *console, size_t number, const char *question,
			bool (*remove)(struct change *change, size_t number, struct error *err));

/* Makes the list of a kind's screen anew. */
void console_refresh(struct console *console, const struct kind *kind);

/* Does what is left of the checks at once: what is new can only be told from all there was. */
void console_finish_checks(struct console *console);

/* Shows why something was not done. Clears ERR. */
void console_refuse(struct console *console, struct error *err);

/* Shows the last note of the change behind its first NOTES ones, where there is one: what a step
 * did beyond what was asked. */
void console_say_note(struct console *console, size_t notes);

/* console_keys.c: for the pane's table. */
bool console_act(struct pane *pane, struct ui *ui, enum action action, const struct event *event);
bool console_offers(const struct pane *pane, const struct ui *ui, enum action action);

/* Edits what a finding is about. */
void finding_edit(struct console *console, size_t number);

/* console_rows.c: a screen's list over a kind. */
void screen_init(struct screen *screen, struct console *console, const struct screen_info *info);
void screen_release(struct screen *screen);
void screen_sort_items(struct screen *screen); /* those that are in ORDER */
/* Numbers of places take as many cells as the largest of them, COUNT, has digits. */
void screen_fit_numbers(struct screen *screen, size_t count);
void screen_sort(struct screen *screen,
		 bool reverse); /* by the next column, or the other way round */
size_t screen_item(const struct screen *screen, size_t row);

/* console_filter.c: which items a screen shows. */
void screen_refresh(struct screen *screen);
void screen_filter(struct screen *screen);                   /* asks for it */
void screen_finish(struct screen *screen);                   /* has the filter go through at once */
void screen_stop(struct screen *screen);                     /* the host is going */
bool screen_seeks(void *data, size_t row, const char *text); /* for w_list_source */
const char *screen_sought(void *data);                       /* for w_search */

/* console_marks.c: marked items. They follow the items through filter, order, undo and re-reading.
 */
bool marks_have(const struct screen *screen, size_t item);
void marks_toggle(struct screen *screen, size_t item);
void marks_toggle_all(struct screen *screen); /* of the list */
void marks_follow(struct screen *screen);     /* the items are others */
size_t marks_count_shown(struct screen *screen);
void marks_footer(struct screen *screen, struct strbuf *text);
/* Chooses the marked items that are shown, for a question. False, and says why, where there are
 * none; and whether they are still what they were. */
bool marks_choose(struct screen *screen);
bool marks_are_chosen(struct screen *screen);
void marks_ask_remove(struct console *console);

/* console_detail.c: all of one item, and the Overview. */
void detail_fill(struct console *console, const struct kind *kind, size_t number,
		 struct w_text *text);
void detail_open(struct console *console, size_t number);
void overview_fill(struct console *console, struct w_text *text);

/* console_save.c */
void console_recover(struct console *console);      /* what an interrupted save left */
void console_review(struct console *console);       /* the diff, to read */
void console_write(struct console *console);        /* the diff, with the question */
void console_review_write(struct console *console); /* the same, of what is there now */
void console_stop_waiting(struct console *console); /* for the lock */
void console_leave(struct console *console);        /* asks where changes are unsaved */

/* console_confirm.c: around a save that is taken back unless it is confirmed, where the options ask
 * for that; confirm_end asks. confirm_forget: nobody waits for the answer here any more. */
bool confirm_begin(struct console *console, struct error *err);
void confirm_end(struct console *console, bool saved);
void confirm_forget(struct console *console);

/* console_merge.c: reads the files again and puts the pending changes on top of them; WRITING: to
 * write them then. Asks where both have changed one item. */
void console_merge(struct console *console, bool writing);

/* console_watch.c: from when the host is there until it is given up. console_look tells whether
 * somebody else has changed something, and lets it stand in the message line. */
void console_watch(struct console *console);
void console_unwatch(struct console *console);
bool console_look(struct console *console);

/* console_copy.c: what names an item, or one of its values, to the clipboard. */
void copy_item(struct console *console, size_t number);
void copy_value(struct console *console, size_t number); /* asks which */

/* console.c, for console_dump.c */
struct console *console_new(struct ui *ui, struct work *work);
bool console_load(struct console *console, struct error *err);

/* console_dump.c: prints a screen without a terminal; returns the exit status. */
int console_dump(struct work *work);

/* console_repair.c: what puts right a problem or an item's problems, or (all) those that are shown.
 */
void console_repair(struct console *console, size_t number);
void console_repair_all(struct console *console);
void console_repair_marked(struct console *console);
bool console_may_repair(const struct console *console);
void console_find_repairs(struct console *console);

/* console_restore.c: back to the state after a change of the history. */
void console_restore(struct console *console, size_t number);
void history_fill_diff(struct console *console, size_t number, struct w_text *text);

/* form_rule.c, form_psk.c, form_global.c, form_policy.c, form_manual_sa.c: the screens' add, edit,
 * remove and move. */
void rule_form_add(struct console *console);
void rule_form_edit(struct console *console, size_t number);
void rule_form_clone(struct console *console, size_t number);
void rule_ask_remove(struct console *console, size_t number);
void psk_form_add(struct console *console);
void psk_form_edit(struct console *console, size_t number);
void psk_form_clone(struct console *console, size_t number);
void psk_ask_remove(struct console *console, size_t number);
void manual_form_add(struct console *console);
void manual_form_edit(struct console *console, size_t number);
void manual_form_clone(struct console *console, size_t number);
void manual_ask_remove(struct console *console, size_t number);
void global_form_add(struct console *console);
void global_form_edit(struct console *console, size_t number);
void global_ask_remove(struct console *console, size_t number);
void policy_form_add(struct console *console);
void policy_form_edit(struct console *console, size_t number);
void policy_form_clone(struct console *console, size_t number);
void policy_ask_remove(struct console *console, size_t number);
void policy_shift(struct console *console, size_t number, bool up);

#endif
