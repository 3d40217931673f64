/*
 * A change on top of what somebody else has made of the files meanwhile.
 *
 *	struct host *fresh = host_open(root, dialect);
 *	struct merge merge = { 0 };
 *	struct change *merged = change_merge(change, fresh, &merge, &err);
 *
 *	if (merged != NULL)
 *		...                       (all is there, theirs and ours; free the old change and host)
 *	else if (merge.open > 0)
 *		...                       (choose for each conflict, and call it again)
 *	else
 *		...                       (err: it cannot be done, or the role may not any more)
 *	merge_release(&merge);
 *
 * The steps are put on the files as they are now, one by one, item by item (change/merge_doc.h),
 * with their titles, notes, overrides and required keys, and each can be undone and done again.
 * What only one of the two changed is there in the end; all other bytes are those of the files as
 * they are now. What both have changed is a conflict, which is never decided here. What the profile
 * forces is forced anew, and what the role may do is judged anew, where the files have changed.
 *
 * What was written stays written, and is no step of the new change: it is taken back by going back
 * in the history. What was written and is taken back is one step of it.
 *
 * A step of which nothing is left, because they did the same, is no step any more. Steps that were
 * undone stay to be done again, as far as that goes without a conflict.
 */
#ifndef CHANGE_MERGE_H
#define CHANGE_MERGE_H

#include "change/change.h"
#include "change/merge_doc.h"

/* An item that both have changed. Texts are printable, lines with \n, with secrets hidden. */
struct conflict {
	uint32_t number;           /* of the file in the fresh host; see host_name */
	uint32_t line;             /* where they have it now; 0: it is not there */
	char *item;                /* "rule 'INDEXID_3'" */
	char *why;                 /* a sentence without a full stop */
	char *was, *theirs, *ours; /* the lines that differ; NULL: it is not there */
	bool hidden;               /* what differs is not all to be seen */
	bool theirs_only;          /* ours has no place any more */
	enum merge_choice choice;
	/* the module's own */
	struct unit_key *keys; /* by which it is known again */
	size_t nkeys, keys_cap;
};

struct merge {
	struct conflict *items;
	size_t count, cap;
	size_t open;                  /* of how many nobody has chosen */
	bool changed[LOCATION_FILES]; /* which files somebody else has changed */
};

/*
 * Puts CHANGE, which stays as it is, on FRESH, which has been read anew. The result is a change of
 * FRESH. NULL where there are conflicts without a choice, or with ERR set: FRESH then is as it was
 * read. MERGE is empty at the first call and keeps the choices from one call to the next.
 */
struct change *change_merge(struct change *change, struct host *fresh, struct merge *merge,
			    struct error *err);
void merge_release(struct merge *merge);

#endif
