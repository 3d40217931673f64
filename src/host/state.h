/*
 * What ikeconsole itself keeps in a host's tree: the lock file, and a folder for the journal of a
 * save and for the history of changes. A save writes them (store/lock.h, store/journal.h,
 * store/history.h); whoever only reads looks here.
 */
#ifndef HOST_STATE_H
#define HOST_STATE_H

#include <fcntl.h>

#define STATE_FOLDER      "/var/lib/ikeconsole"
#define STATE_FOLDER_MODE 0700

/* In the folder: the journal of a save that may be half done, and the one that is being made. */
#define STATE_JOURNAL     "journal"
#define STATE_JOURNAL_NEW "journal.new"

/* A change that waits for its confirmation, one that is about to, and one that is being taken back
 * (store/promise.h). */
#define STATE_PROMISE      "unconfirmed"
#define STATE_PROMISE_NEW  "unconfirmed.new"
#define STATE_PROMISE_BACK "unconfirmed.back"

/* In the folder: that of the history. In that: a file for each entry, called by its number; the
 * entry of the change that is being saved; and the number and digest of the newest one. */
#define STATE_HISTORY      "history"
#define STATE_HISTORY_NEW  "new"
#define STATE_HISTORY_LAST "last"

/* Locks that belong to the open file and not to the process, where the system has them. */
#ifdef F_OFD_SETLK
#define STATE_SET_LOCK F_OFD_SETLK
#define STATE_GET_LOCK F_OFD_GETLK
#else
#define STATE_SET_LOCK F_SETLK
#define STATE_GET_LOCK F_GETLK
#endif

/*
 * The lock file: var/run/ikeconsole.lock below ROOT or, in a tree without var/run,
 * .ikeconsole.lock in ROOT itself. The caller frees it.
 */
char *state_lock_path(const char *root);

enum state_save {
	SAVE_NONE,       /* as far as this user may see */
	SAVE_RUNNING,    /* somebody has the lock */
	SAVE_LEFT,       /* one was interrupted before it changed a file, or after the last one */
	SAVE_INTERRUPTED /* one was interrupted, and files may be half old and half new */
};

/* What became of the last save of this tree. Writes nothing and takes no lock. */
enum state_save state_of_save(const char *root);

#endif
