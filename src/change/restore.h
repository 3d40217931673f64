/*
 * Going back: all files that the history knows are brought to what they were after a change, as one
 * step of a change.
 *
 *	struct restore restore = { .may_lose = is_discarded, .ctx = options };
 *
 *	if (restore_to(change, number, &restore, &err))
 *		... change_diff_step, change_end(change, true) ...
 *	restore_release(&restore);
 *
 * Only bytes that differ are changed. The result is judged as an edit is: what the role may not
 * change is refused, and what the profile forces is forced. Where a state that is needed is not
 * there, or cannot be believed, nothing is changed and ERR says which.
 *
 * What others have written since would go. It is told, file by file, and the caller says whether it
 * may.
 */
#ifndef CHANGE_RESTORE_H
#define CHANGE_RESTORE_H

#include "change/change.h"

/* What others have done to a file since. */
struct restore_lost {
	char *path;
	struct strbuf what; /* sentences and masked diffs */
	bool may_go;
};

struct restore {
	/* Whether what others have done to a file may go. NULL: it may not. */
	bool (*may_lose)(void *ctx, const char *path);
	void *ctx;
	uint32_t number; /* what it goes back to; 0 became the one before the first kept */
	struct restore_lost *lost;
	size_t nlost, cap;
	bool is_lost; /* some of it may not go */
};

/*
 * Goes back to the state after change NUMBER; 0: before the first that is kept. Begins a step,
 * which the caller ends; on failure there is none. Errors: ERROR_NOT_FOUND where there is no such
 * change, ERROR_CHANGED where others' work would go and may not, ERROR_REFUSED by role or right,
 * ERROR_IO where the history cannot be believed.
 */
bool restore_to(struct change *change, uint32_t number, struct restore *restore, struct error *err);
void restore_release(struct restore *restore);

#endif
