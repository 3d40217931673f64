/*
 * One file of a save, from its comparison to its verification. For store.c, which calls these for
 * every file of a plan, one stage after the other:
 *
 *	target_find     where the file really is
 *	target_check    whether it may be saved, and what there is to do; writes nothing
 *	target_prepare  writes the new file beside the old one
 *	target_look     whether the old one is still as it was checked
 *	target_commit   one rename
 *	target_settle   whether nobody has written into the old one meanwhile
 *	target_verify   reads back
 *	target_undo     takes target_commit back
 *	target_tidy     removes what is left beside the file
 */
#ifndef STORE_TARGET_H
#define STORE_TARGET_H

#include <sys/stat.h>

#include "store/folder.h"
#include "store/step.h"
#include "store/store.h"

struct target {
	const struct store_item *item;
	size_t number; /* of the item in its plan */
	char *path;
	const char *base; /* in PATH: the name in FOLDER */
	struct folder *folder;
	bool exists;
	struct stat now; /* as it was checked */
	struct step step;
	bool owner_left_out;
	uid_t new_uid; /* of a new file */
	gid_t new_gid;
	nlink_t other_names;
	bool committed;
	bool stranger; /* somebody else has changed the file since it was committed */
};

bool target_find(struct target *target, struct folders *folders, const char *root,
		 struct error *err);
bool target_check(struct target *target, struct error *err);
bool target_prepare(struct target *target, struct error *err);
bool target_look(struct target *target, struct error *err);
bool target_commit(struct target *target, struct error *err);
bool target_settle(const struct target *target, struct error *err);
bool target_verify(struct target *target, struct error *err);
bool target_undo(struct target *target);
bool target_tidy(const struct target *target);
void target_release(struct target *target);

#endif
