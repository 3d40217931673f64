/* Whether the role, and who runs the program, may bring a file back to an earlier state, and what
 * is forced with it; for change/restore.c. */
#ifndef CHANGE_RESTORE_MAY_H
#define CHANGE_RESTORE_MAY_H

#include "change/change.h"

/* EDITS make NEW of OLD, and UNDO the other way round. WHAT is to be done, for ERR. */
bool restore_may_edit(struct change *change, enum location location, const struct doc *old,
		      const struct edits *edits, const struct doc *new, const struct edits *undo,
		      const char *what, struct error *err);

/* Modes are the owner's to set, and owners root's. */
bool restore_may_access(struct change *change, uint32_t number, const struct access *access,
			const char *what, struct error *err);

/* ike/config has become what it is by edits that UNDO takes back: what the profile forces in the
 * rules that they touched and in the file is a part of the step too. */
void restore_force(struct change *change, const struct edits *undo);

#endif
