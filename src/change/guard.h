/*
 * A change that is taken back unless somebody confirms it: for whoever may cut his own connection
 * with it.
 *
 *	struct guard *guard = guard_start(change, 60, &err);
 *
 *	if (guard == NULL)
 *		...                            (there can be no promise: do not save)
 *	good = change_save(change, ...);
 *	guard_saved(guard, good);
 *
 * A small process of its own keeps the promise (store/promise.h). It has left the terminal and the
 * job behind, so that the end of this program or of the connection does not matter to it. When the
 * time is over, or the host goes down (SIGTERM), it puts every file back that the change wrote, as
 * a change of its own, with what others have written meanwhile left in place (change/merge.h); where
 * they changed the same item, theirs stays. The history has both changes.
 *
 * Until it is confirmed or taken back, no other change can be saved.
 */
#ifndef CHANGE_GUARD_H
#define CHANGE_GUARD_H

#include <sys/types.h>

#include "change/change.h"

struct guard;

/* Starts the process, before CHANGE is saved. SECONDS is more than 0. */
struct guard *guard_start(struct change *change, unsigned seconds, struct error *err);

/* Tells it whether the change was saved; the promise stands, or is gone. */
void guard_saved(struct guard *guard, bool saved);

/* Has it take the change back at once, and waits for that, SECONDS at most. False where somebody
 * has confirmed it, or it did not work. */
bool guard_take_back(struct guard *guard, unsigned seconds);

/* Lets it run. */
void guard_free(struct guard *guard);

#endif
