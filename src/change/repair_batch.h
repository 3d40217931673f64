/*
 * Repairs that are made at one go: their edits sorted, and those left out that touch the bytes of
 * another. For change/repair.c.
 */
#ifndef CHANGE_REPAIR_BATCH_H
#define CHANGE_REPAIR_BATCH_H

#include "change/change.h"
#include "lint/repair.h"

struct batch_item {
	const struct finding *finding; /* borrowed */
	struct repair repair;
	bool left_out; /* it overlaps with another one */
};

struct batch {
	struct batch_item *items;
	size_t count, cap;
};

/* REPAIR is adopted. */
void batch_add(struct batch *batch, const struct finding *finding, struct repair *repair);

/* Marks, of those that overlap, the later ones. Returns how many are not left out. */
size_t batch_settle(struct batch *batch);

/* Makes those that are not left out, and what the profile forces with them, as parts of the step.
 */
void batch_apply(struct batch *batch, struct change *change);

void batch_release(struct batch *batch);

#endif
