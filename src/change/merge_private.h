/* What the parts of change/merge share; nobody else includes this. */
#ifndef CHANGE_MERGE_PRIVATE_H
#define CHANGE_MERGE_PRIVATE_H

#include "change/change_private.h"
#include "change/merge.h"

/* The choice for a clash in the file with this number; a new one is added to the conflicts. */
enum merge_choice conflict_choose(struct merge *merge, uint32_t number,
				  const struct merge_doc *documents, const struct clash *clash);

/* The same for what has no items: a file that is gone, a mode. WAS, THEIRS and OURS may be NULL. */
enum merge_choice conflict_choose_text(struct merge *merge, uint32_t number, const char *item,
				       const char *why, const char *was, const char *theirs,
				       const char *ours);

void conflict_release(struct conflict *conflict);

/*
 * What CHANGE has written and taken back since, as one step: from what was loaded to what its first
 * step that is not written was made on. The caller releases it. False where there is nothing.
 */
bool merge_taken_back(struct change *change, struct step *step);

/*
 * Judges anew whether the role may do what the step that is being made, WHAT, does to a file as it
 * is now, of which BEFORE was there. Where somebody else has changed the file, the profile's forces
 * are applied anew.
 */
bool merge_judge(struct change *change, enum location location, const struct doc *before,
		 const char *what, bool changed, struct error *err);

#endif
