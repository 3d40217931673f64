/* Whether the role, and who runs the program, may make a repair; for change/repair.c and
 * change/restore.c. */
#ifndef CHANGE_REPAIR_MAY_H
#define CHANGE_REPAIR_MAY_H

#include "change/change.h"
#include "lint/repair.h"

/* FINDING is about the host as it is, and REPAIR its repair. ERR says which rule forbids it, as of
 * an edit. */
bool repair_may(struct change *change, const struct finding *finding, const struct repair *repair,
		struct error *err);

/* Whether the role may change of DOC, a version of ike/config, what EDITS touch. WHAT is to be
 * done. */
bool edits_may(struct change *change, const struct doc *doc, const struct edits *edits,
	       const char *what, struct error *err);

#endif
