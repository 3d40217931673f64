/*
 * What would put a finding right, where that can be said without asking anybody.
 *
 * A row of the table of checks may have a function that makes a repair of one of its findings. A
 * repair is data; applying it is a change like any other (change/repair.h), so that a role may be
 * refused it, it is in the diff, and it can be undone. A repair
 *
 *	- makes its finding go away, and no new finding come;
 *	- does nothing when it is made a second time;
 *	- never decides for somebody: where two ways lead out, there is none.
 */
#ifndef LINT_REPAIR_H
#define LINT_REPAIR_H

#include <stdbool.h>
#include <sys/types.h>

#include "doc/edit.h"
#include "lint/lint.h"

struct repair {
	struct edits edits;       /* of the file the finding is in */
	bool set_mode, set_owner; /* of the file or folder that it is about */
	mode_t mode;
	uid_t uid;
	gid_t gid;
};

#define REPAIR_INIT                                                                                \
	{                                                                                          \
		.set_mode = false                                                                  \
	}
void repair_release(struct repair *repair);

/* Makes the repair of a finding. False where it has none; REPAIR is then as it was. */
bool lint_repair(const struct lint *lint, const struct finding *finding, struct repair *repair);

#endif
