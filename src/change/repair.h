/*
 * Repairs of findings (lint/repair.h), as one step of a change.
 *
 *	struct repairs repairs = { 0 };
 *
 *	repair_findings(change, lint, now, wanted, ctx, &repairs);
 *	... repairs.made, change_diff_step ...
 *	change_end(change, repairs.made > 0);
 *	repairs_release(&repairs);
 *
 * What the role may not change is left out, with the refusal that an edit would get. What has been
 * made is checked before it stays: where the result has a finding that was not there before, or
 * still has the one that was to go, the repair is taken back. So the findings become fewer with
 * each repair, and no others come.
 */
#ifndef CHANGE_REPAIR_H
#define CHANGE_REPAIR_H

#include "change/change.h"

enum repair_fate {
	REPAIR_MADE,
	REPAIR_REFUSED,   /* by role, profile or a missing right */
	REPAIR_TAKEN_BACK /* the result would not have been better */
};

struct repaired {
	const char *id;
	enum repair_fate fate;
	char *path;    /* below the root; printable */
	uint32_t line; /* 0: it has no place in the file */
	char *text;    /* the sentence of the finding */
	char *why;     /* why it was not made; NULL where it was */
};

struct repairs {
	struct repaired *items; /* in the order in which they were made or left out */
	size_t count, cap;
	size_t made, refused;
	bool stopped; /* not all was tried, since that took too long */
};

void repairs_release(struct repairs *repairs);

/* Whether a finding is to be repaired. LINT has found it; it is another one after each pass. */
typedef bool repair_wanted(void *ctx, const struct lint *lint, const struct finding *finding);

/*
 * Repairs all findings that are WANTED and have a repair: as many at a time as do not touch the
 * same bytes, then what is left, until nothing is. LINT is done and about the host as it is; NOW is
 * the time for the validity of certificates. Begins a step, which the caller ends. REPAIRS, empty
 * before, says what became of each.
 */
void repair_findings(struct change *change, const struct lint *lint, int64_t now,
		     repair_wanted *wanted, void *ctx, struct repairs *repairs);

#endif
