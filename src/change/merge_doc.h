/*
 * One document, changed by two: what a step made of it, put on what somebody else has made of it,
 * item by item (change/units.h).
 *
 * What only the step changed gets its bytes; what only they changed stays theirs; where both did
 * the same there is nothing to do. Whatever else the two did to one item is a clash, and somebody
 * has to choose. A new item goes to where the item it stood beside is now; where order has a meaning
 * and they have put something else in just that place, that is a clash too. An identity that several
 * items have is told apart by their order, unless they became more or fewer.
 *
 * What comes of it is read again: it has the items of theirs and those of the step, and no other
 * ones; otherwise nothing of the step is put into the file, and all of it is a clash.
 */
#ifndef CHANGE_MERGE_DOC_H
#define CHANGE_MERGE_DOC_H

#include "change/replaced.h"
#include "change/units.h"

enum clash_kind {
	CLASH_BOTH,    /* both made something else of the item; one of them may have removed it */
	CLASH_ADDED,   /* both added an item with this identity, and not the same */
	CLASH_PLACE,   /* both put something in the same place, and order matters */
	CLASH_UNSURE,  /* which of several items with one identity it is cannot be told */
	CLASH_BETWEEN, /* what stands between the items */
	CLASH_FILE     /* the file as a whole: it would be read as something else */
};

enum merge_choice {
	MERGE_OPEN, /* nobody has chosen: as THEIRS, for now */
	MERGE_THEIRS,
	MERGE_OURS
};

/* Item numbers are those in the three lists of units; UNITS_NONE: it is not there. */
struct clash {
	enum clash_kind kind;
	uint32_t base, ours, theirs;
	struct span base_at, ours_at, theirs_at; /* the bytes that it is about */
	bool theirs_only;                        /* there is no place where ours could be put */
};

struct merge_doc {
	const struct doc *base, *ours, *theirs;
	const struct replaced *replaced; /* from BASE to OURS */
	struct units base_units, ours_units, theirs_units;
	/* What is chosen where they clash. */
	enum merge_choice (*choose)(void *ctx, const struct merge_doc *merge,
				    const struct clash *clash);
	void *ctx;
};

/*
 * Adds to EDITS what makes of THEIRS the result. The documents and REPLACED are set and borrowed, and
 * none is NULL; the units are filled in and released here.
 */
void merge_documents(struct merge_doc *merge, struct edits *edits);

#endif
