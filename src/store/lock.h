/*
 * One writer a host tree.
 *
 *	struct lock_wait wait = { .milliseconds = 5000 };
 *	struct lock *lock = lock_take("/", &wait, &err);
 *	... read, save, load into the daemon ...
 *	lock_release(lock);
 *
 * The lock is a file of its own, since a save puts a new file in the place of the old one: it is
 * var/run/ikeconsole.lock below the root or, in a tree without var/run, .ikeconsole.lock in the
 * root itself. Neither place comes or goes by a save, so everybody looks at the same one. The file
 * is gone after lock_release.
 *
 * What counts is the kernel's lock on the file, which ends with its owner however that one ends; a
 * file that a dead process left behind holds nobody up. Its text (process, user, time) tells
 * whoever waits for whom, and whoever gets the lock next that a save was interrupted.
 *
 * Nobody who has the lock waits for anything else of ours, and nobody asks a person meanwhile: so
 * two of us cannot wait for each other.
 *
 * In read-only mode nobody calls this.
 */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include <stdbool.h>

#include "base/error.h"
#include "store/saver.h"

struct lock;

struct lock_wait {
	unsigned milliseconds; /* how long to wait for another's lock; 0: not at all */
	/*
	 * Called at once and then several times a second while another has the lock, with a
	 * translated sentence that says who; false gives up. May be NULL.
	 */
	bool (*waiting)(void *ctx, const char *who);
	void *ctx;
};

/* NULL with ERR set where another keeps it (errnum EAGAIN) or it cannot be taken at all. */
struct lock *lock_take(const char *root, const struct lock_wait *wait, struct error *err);

/* NULL is allowed. */
void lock_release(struct lock *lock);

/* The tree that is locked. Borrowed. */
const char *lock_root(const struct lock *lock);

/*
 * Whether the last owner died with the lock, so that temporary files of his may be left. OWNER is
 * who it was, with process 0 where that is not known.
 */
bool lock_was_left(const struct lock *lock, struct saver *owner);

/* What was left is removed: lock_was_left is false from now on. */
void lock_is_tidied(struct lock *lock);

#endif
