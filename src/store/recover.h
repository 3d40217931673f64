/*
 * What an interrupted save left: finished, or taken back, or only tidied.
 *
 *	if (state_of_save(root) > SAVE_RUNNING) {
 *		lock = lock_take(root, &wait, &err);
 *		if (!store_recover(lock, &said, &err))
 *			... it is not as it should be, and ERR says what to do ...
 *		lock_release(lock);
 *	}
 *
 * Whoever opens a host to change it does this first; a save does it again, under its own lock. A
 * process that is killed here too leaves what the next one can go on with.
 *
 * With a journal (store/journal.h) the renames that are left are made. Where that is not possible,
 * since a new file is not there any more or not as it was, those that were made are taken back. A
 * file that somebody else has changed since is left alone and named. Without a journal no file was
 * changed, or one alone, which is whole: temporary files and empty new folders go.
 *
 * A journal is believed where only the user who runs this can have written it. One that is not
 * understood is not touched, and nothing else is.
 */
#ifndef STORE_RECOVER_H
#define STORE_RECOVER_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "store/lock.h"

/*
 * Adds to SAID what was found and done, as sentences for people; nothing where there was nothing to
 * do. False with ERR set where the host must not be changed before somebody has looked at it.
 */
bool store_recover(struct lock *lock, struct strbuf *said, struct error *err);

#endif
