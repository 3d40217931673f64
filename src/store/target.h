/*
 * One file of a save, from its comparison to its verification. For store.c, which calls these for
 * every file of a plan, one stage after the other:
 *
 *	target_find     where the file really is
 *	target_check    whether it may be saved, and what there is to do; writes nothing
 *	target_prepare  writes the new file beside the old one
 *	target_look     whether the old one is still as it was checked
 *	target_commit   one rename
 *	target_verify   reads back
 *	target_undo     takes target_commit back
 *	target_tidy     removes what is left beside the file
 */
#ifndef STORE_TARGET_H
#define STORE_TARGET_H

#include <sys/stat.h>

#include "store/attributes.h"
#include "store/folder.h"
#include "store/store.h"

enum work { WORK_NONE, WORK_WRITE, WORK_REMOVE, WORK_ADJUST };

struct target {
	const struct store_item *item;
	size_t number; /* of the item in its plan */
	char *path;
	const char *base; /* in PATH: the name in FOLDER */
	struct folder *folder;
	enum work work;
	bool exists;
	struct stat now;          /* as it was checked */
	struct attributes before; /* the same */
	struct attributes wanted;
	bool owner_left_out;
	nlink_t other_names;
	char new_name[TEMP_NAME_SIZE]; /* the new file; empty where there is none */
	char old_name[TEMP_NAME_SIZE]; /* the old file's second name; the same */
	bool old_copied;               /* it is a copy, since there are no hard links */
	ino_t new_inode;
	bool committed;
};

bool target_find(struct target *target, struct folders *folders, const char *root,
		 struct error *err);
bool target_check(struct target *target, struct error *err);
bool target_prepare(struct target *target, struct error *err);
bool target_look(struct target *target, struct error *err);
bool target_commit(struct target *target, struct error *err);
bool target_verify(const struct target *target, struct error *err);
bool target_undo(struct target *target);
void target_tidy(struct target *target);
void target_release(struct target *target);

#endif
