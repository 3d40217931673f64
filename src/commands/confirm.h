/* --confirm-within: a save that is taken back unless it is confirmed (change/guard.h). */
#ifndef COMMANDS_CONFIRM_H
#define COMMANDS_CONFIRM_H

#include "commands/apply.h"

/* change_save, with a promise where the options ask for one; the guard is then in APPLY. */
bool confirm_save(struct apply *apply, const struct lock_wait *wait, struct store_report *report,
		  struct error *err);

/*
 * Behind such a save: says how it is confirmed. On a terminal, and without --yes, asks and waits
 * for the answer; false with ERR where it was no, or none came, and the change was taken back.
 * Releases the guard.
 */
bool confirm_ask(struct apply *apply, struct error *err);

#endif
