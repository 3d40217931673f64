/*
 * Saving: several files at once, each whole or not at all.
 *
 *	struct store_item item = {
 *		.name = "/etc/inet/ike/config", .action = STORE_WRITE,
 *		.loaded = &info, .old = &old->blob, .new = &new->blob,
 *	};
 *	struct store_plan plan = { .items = &item, .count = 1 };
 *	lock = lock_take(root, &wait, &err);
 *	if (!store_save(lock, &plan, &report, &err))
 *		... nothing was changed, unless the sentence says otherwise ...
 *	store_report_release(&report);
 *	lock_release(lock);
 *
 * First every file is compared with what was loaded, then every new file is written beside the one
 * it replaces and brought to the disk, then a journal of what is to be done is (store/journal.h),
 * and then the new ones are renamed, one after the other in the order of their paths. What fails
 * before the first rename leaves everything as it was. What fails later is taken back: until the
 * end the old file keeps a second name beside the new one, which is renamed back. A plan that
 * changes the disk once needs no journal: a rename is done or not done.
 *
 * Symbolic links stay; the file they lead to is replaced. Owner, group, mode and access list stay
 * too unless the item sets them. A new file is open to nobody but its owner until its mode is set,
 * and one that holds a secret until it has its name. Nothing outside the root is touched.
 *
 * Others know nothing of our lock. What they have changed before the rename stops the save; in the
 * moment of the rename too, where the system can exchange two names (Linux). A write into a file
 * that was just replaced is found before its second name goes, and the save taken back. What they
 * change behind our rename stays, and the report says so.
 *
 * Signals that end or stop the program wait until the save is through. If it is killed all the
 * same, each file is the old one or the new one; whoever changes the host next finishes the save or
 * takes it back (store/recover.h), and removes what is left of the temporary files
 * (.ikeconsole.*).
 *
 * With a history (store/history.h) what is saved is recorded too: where it cannot be, nothing is
 * changed.
 *
 * The lock is held around more than this call where the daemon belongs to the same change. In
 * read-only mode nobody calls this.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/blob.h"
#include "base/error.h"
#include "host/file.h"
#include "store/lock.h"

struct history_note;

enum store_action {
	STORE_WRITE,  /* NEW becomes the file's content; without a difference nothing is written */
	STORE_REMOVE, /* the file goes */
	STORE_ATTRIBUTES /* only mode or owner, of a file or a folder */
};

enum store_flag {
	/* It holds keys. */
	STORE_SECRET = 1 << 0,
	/* It is meant to become empty. */
	STORE_MAY_EMPTY = 1 << 1,
	/* Without this an existing file keeps its mode; a new one gets 0644, a secret 0600. */
	STORE_SET_MODE = 1 << 2,
	/*
	 * Without this an existing file keeps its owner; a new one belongs to whoever saves. Only
	 * root can set it: for others it is left out of a new file, and the report says so.
	 */
	STORE_SET_OWNER = 1 << 3
};

/* Everything is borrowed. */
struct store_item {
	const char *name; /* below the root: "/etc/inet/ike/config" */
	enum store_action action;
	unsigned flags; /* enum store_flag */
	/* FILE_READ or FILE_MISSING, as it was when it was read; for STORE_ATTRIBUTES also
	 * FILE_DIRECTORY. Where mode or owner are set, they must still be these. */
	const struct file_info *loaded;
	/*
	 * The bytes that were read; NULL where it was missing. For STORE_ATTRIBUTES both may be
	 * NULL: whatever is in it, and whoever may do what with it now.
	 */
	const struct blob *old;
	const struct blob *new; /* for STORE_WRITE */
	mode_t mode;            /* permission bits, for STORE_SET_MODE */
	uid_t uid;              /* for STORE_SET_OWNER */
	gid_t gid;
};

/* What a folder is to be when it has to be made on the way to a file. */
struct store_folder {
	const char *name; /* below the root: "/etc/inet/secret" */
	mode_t mode;
};

struct store_plan {
	const struct store_item *items;
	size_t count;
	const struct store_folder *folders; /* those not listed are made with mode 0755 */
	size_t nfolders;
	bool alone; /* one file by itself, in a folder that is no host: there is no journal */
	const struct history_note *history; /* borrowed; NULL: nothing is recorded */
};

enum store_result {
	STORE_UNCHANGED, /* there was no difference */
	STORE_CREATED,
	STORE_REPLACED,
	STORE_REMOVED,
	STORE_ADJUSTED /* mode or owner only */
};

/* What became of an item. */
struct store_done {
	char *path; /* of the file itself, with links resolved */
	enum store_result result;
	size_t bytes;        /* written */
	mode_t mode;         /* permission bits it has now */
	nlink_t other_names; /* hard links that still lead to the old content */
	bool owner_left_out; /* the owner that was asked for could not be set */
	bool changed_since;  /* somebody else has changed it in the moment behind the rename */
};

struct store_report {
	struct store_done *items; /* as many as the plan has, in its order */
	size_t count;
	char *recovered; /* what was found of an interrupted save and done about it; or NULL */
	uint32_t number; /* of the change in the history; 0: it was not recorded */
};

/*
 * Saves PLAN below the root that LOCK locks. REPORT is set on success. Errors: ERROR_CHANGED where
 * a file is not as it was loaded; ERROR_REFUSED where it is no regular file, would become empty
 * unasked, or a right is missing; ERROR_IO otherwise.
 */
bool store_save(struct lock *lock, const struct store_plan *plan, struct store_report *report,
		struct error *err);
void store_report_release(struct store_report *report);

#endif
