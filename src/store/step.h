/*
 * What a save does to one file, and how far it has come with it. For this folder's modules.
 *
 * A step is all that is needed to go on or back: a save has it in memory, the journal on the disk.
 * Neither holds content.
 */
#ifndef STORE_STEP_H
#define STORE_STEP_H

#include <stdbool.h>
#include <sys/stat.h>

#include "store/attributes.h"
#include "store/folder.h"
#include "store/swap.h"

enum work { WORK_NONE, WORK_WRITE, WORK_REMOVE, WORK_ADJUST };

struct step {
	enum work work;
	bool secret;
	char new_name[TEMP_NAME_SIZE]; /* the new file; empty where there is none */
	char old_name[TEMP_NAME_SIZE]; /* the old file's second name; the same */
	struct identity old;           /* of WORK_ADJUST the inode alone */
	struct identity new;
	struct identity kept; /* what has OLD_NAME: the old file, or a copy where there are no
				 hard links */
	struct attributes before, wanted;
};

void step_release(struct step *step);

/* Whether what has OLD_NAME is a copy. */
bool step_is_copied(const struct step *step);

/* How many times the disk changes until all of it is done: what is more than one needs a journal.
 */
unsigned step_changes(const struct step *step);

/* BASE is the file's name in FOLDER. */
enum swap step_do(const struct step *step, int folder, const char *base);
enum swap step_undo(const struct step *step, int folder, const char *base);

/* Gives a secret with its real name the permissions that others have; nothing where none have any.
 */
bool step_widen(const struct step *step, int fd);

/*
 * Whether the replaced or removed file is still what it was, so that nobody has written into it
 * since: 1 or 0, or -1 with errno set. Waits a moment for somebody who has it open for writing.
 */
int step_is_settled(const struct step *step, int folder);

/* Removes what is left beside the file; false where something stays. */
bool step_tidy(const struct step *step, int folder);

/* How far it has come, and which ways are open. */
struct progress {
	enum {
		PROGRESS_OLD,     /* not begun, or taken back */
		PROGRESS_NEW,     /* done */
		PROGRESS_BETWEEN, /* some of its changes are done, or taken back */
		PROGRESS_STRANGER /* somebody else has changed the file since */
	} at;
	bool can_do, can_undo;
	bool took_stranger; /* somebody else's file has our temporary name, and was not put back any
			       more: NEW_NAME, or OLD_NAME of WORK_REMOVE */
};

/* False with errno set where it cannot be looked at. */
bool step_look(const struct step *step, int folder, const char *base, struct progress *progress);

/* Flags to open a file that may be anything. */
#define READ_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

#endif
