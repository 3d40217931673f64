/*
 * The local ends of policies, with all that goes with them but the remote end: which of them occur,
 * what has been met of each, and which of them are wider than another. For policy_cover.c alone.
 */
#ifndef LINT_POLICY_ENDS_H
#define LINT_POLICY_ENDS_H

#include "lint/policies.h"

#define DIRECTIONS 2

/* Everything of a policy but its remote end. */
struct policy_side {
	struct ip local;
	uint32_t tunnel;
	uint16_t lport, rport;
	uint8_t bits, ulp;
	bool typed, coded;
	uint8_t type[2], code[2];
};

/* Which parts of it a local end has. */
struct policy_shape {
	uint8_t bits;
	bool lport, rport, ulp, typed;
	size_t active; /* policies on the stack with such an end */
};

/* All policies of one family with the same local end. */
struct policy_group {
	struct policy_side side;
	uint32_t shape;
	uint32_t run;                                   /* the last run that it was in */
	uint32_t first[DIRECTIONS];                     /* in that run */
	uint32_t least[DIRECTIONS][POLICY_CLASS_COUNT]; /* on the stack: the first of each class */
};

struct policy_ends {
	struct policy_shape *shapes;
	size_t nshapes, shapes_cap;
	struct policy_group *groups;
	size_t ngroups, groups_cap;
	uint32_t *slots; /* hash of local ends: index + 1 into groups; at most half of them */
	size_t nslots;   /* a power of two, or 0 */
};

void policy_ends_clear(struct policy_ends *ends);
void policy_ends_release(struct policy_ends *ends);

struct policy_side policy_side(const struct policies *policies, const struct policy_fact *fact);

/* The group with this local end, by its index; it is made where there is none. */
uint32_t policy_ends_take(struct policy_ends *ends, const struct policy_side *side);

/* The group with this local end, or NULL. */
const struct policy_group *policy_ends_find(const struct policy_ends *ends,
					    const struct policy_side *side);

/* The local end of that shape that covers SIDE; false where none of it can. */
bool policy_side_widen(const struct policy_side *side, const struct policy_shape *shape,
		       enum ip_family family, struct policy_side *wider);

#endif
