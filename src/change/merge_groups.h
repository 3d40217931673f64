/* For change/merge_*.c: what a step did, as groups of ranges that concern the same items. */
#ifndef CHANGE_MERGE_GROUPS_H
#define CHANGE_MERGE_GROUPS_H

#include "change/merge_doc.h"

/* BASE, with all of the items in it, became OURS. */
struct group {
	struct span base, ours;
	uint32_t bi, bn; /* the items of the base document in it: from number BI on, BN of them */
	uint32_t oi, on; /* those of ours */
	size_t first, count; /* its ranges */
};

struct groups {
	struct group *items;
	size_t count, cap;
};

/* False where the step has changed what text beyond its ranges means. */
bool groups_make(struct groups *groups, const struct merge_doc *merge);
void groups_release(struct groups *groups);

/* Where the items of the base document are in theirs. */
enum match_state {
	MATCH_SAME, /* with the same bytes, lines and all */
	MATCH_CHANGED,
	MATCH_GONE,
	MATCH_UNSURE
};

struct match {
	enum match_state state;
	uint32_t theirs; /* item number; UNITS_NONE where it is gone, or cannot be told */
};

struct matcher {
	const struct merge_doc *merge;
	uint32_t *aligned; /* by the order of the texts, where order matters; else NULL */
};

void matcher_init(struct matcher *matcher, const struct merge_doc *merge);
void matcher_release(struct matcher *matcher);
struct match match_unit(const struct matcher *matcher, uint32_t base);

/* The first item with this identity that they have added, and how many; UNITS_NONE and 0: none. */
uint32_t match_added(const struct matcher *matcher, const struct unit_key *key, size_t *count);

#endif
