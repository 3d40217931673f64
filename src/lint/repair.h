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
 *
 * What was hidden behind a mistake may turn up once that is gone, so that the second half of the
 * first point is known only when the result has been checked. Who applies repairs does so, and
 * takes back those that bring a finding.
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
	/* A rule gets the label INDEXID_n; 0: none does. */
	uint32_t label;
	/* Set by who makes several repairs at once: the n of the next label. 0: the smallest that
	 * no rule has is looked for. */
	uint32_t next_label;
	/* Set by who wants to know only whether there is a repair: what is costly to make, and is
	 * certain to be, may be left out. */
	bool probing;
};

#define REPAIR_INIT                                                                                \
	{                                                                                          \
		.set_mode = false                                                                  \
	}
void repair_release(struct repair *repair);

/* Makes the repair of a finding. False where it has none; REPAIR is then empty. */
bool lint_repair(const struct lint *lint, const struct finding *finding, struct repair *repair);

/* Whether a finding has one. */
bool lint_has_repair(const struct lint *lint, const struct finding *finding);

#endif
