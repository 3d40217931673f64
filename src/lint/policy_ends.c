#include "config.h"

#include "lint/policy_ends.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void policy_ends_clear(struct policy_ends *ends)
{
	ends->nshapes = ends->ngroups = 0;
	if (ends->slots != NULL)
		memset(ends->slots, 0, ends->nslots * sizeof *ends->slots);
}

void policy_ends_release(struct policy_ends *ends)
{
	free(ends->shapes);
	free(ends->groups);
	free(ends->slots);
	*ends = (struct policy_ends){ 0 };
}

struct policy_side policy_side(const struct policies *policies, const struct policy_fact *fact)
{
	return (struct policy_side){
		.local = policy_local(policies, fact),
		.tunnel = fact->tunnel,
		.lport = fact->lport,
		.rport = fact->rport,
		.bits = fact->local_bits,
		.ulp = fact->ulp,
		.typed = fact->typed,
		.coded = fact->coded,
		.type = { fact->type[0], fact->type[1] },
		.code = { fact->code[0], fact->code[1] },
	};
}

static size_t hash_of(const struct policy_side *s)
{
	uint64_t hash = policy_hash(s->local.high, s->local.low);

	hash = policy_hash(hash, (uint64_t)s->tunnel << 32 | (uint64_t)s->lport << 16 | s->rport);
	hash = policy_hash(hash, (uint64_t)s->bits << 48 | (uint64_t)s->ulp << 40 |
					 (uint64_t)s->typed << 33 | (uint64_t)s->coded << 32 |
					 (uint64_t)s->type[0] << 24 | (uint64_t)s->type[1] << 16 |
					 (uint64_t)s->code[0] << 8 | s->code[1]);
	return hash >> 32;
}

static bool same_side(const struct policy_side *a, const struct policy_side *b)
{
	return ip_compare(a->local, b->local) == 0 && a->tunnel == b->tunnel &&
	       a->lport == b->lport && a->rport == b->rport && a->bits == b->bits &&
	       a->ulp == b->ulp && a->typed == b->typed && a->coded == b->coded &&
	       memcmp(a->type, b->type, sizeof a->type) == 0 &&
	       memcmp(a->code, b->code, sizeof a->code) == 0;
}

/* The slot of a local end: that of its group, or the empty one where it would be. */
static uint32_t *find_slot(const struct policy_ends *ends, const struct policy_side *side)
{
	size_t mask = ends->nslots - 1, slot = hash_of(side) & mask;

	while (ends->slots[slot] != 0 &&
	       !same_side(&ends->groups[ends->slots[slot] - 1].side, side))
		slot = (slot + 1) & mask;
	return &ends->slots[slot];
}

/* Makes room for one group more. */
static void grow_slots(struct policy_ends *ends)
{
	size_t i;

	if (ends->ngroups * 2 < ends->nslots)
		return;
	ends->nslots = ends->nslots != 0 ? ends->nslots * 2 : 64;
	free(ends->slots);
	ends->slots = xcalloc(ends->nslots, sizeof *ends->slots);
	for (i = 0; i < ends->ngroups; i++)
		*find_slot(ends, &ends->groups[i].side) = (uint32_t)i + 1;
}

static uint32_t shape_of(struct policy_ends *ends, const struct policy_side *side)
{
	struct policy_shape shape = { side->bits,     side->lport != 0,           side->rport != 0,
				      side->ulp != 0, side->typed || side->coded, 0 };
	size_t i;

	for (i = 0; i < ends->nshapes; i++) {
		const struct policy_shape *other = &ends->shapes[i];

		if (other->bits == shape.bits && other->lport == shape.lport &&
		    other->rport == shape.rport && other->ulp == shape.ulp &&
		    other->typed == shape.typed)
			return (uint32_t)i;
	}
	VEC_PUSH(ends->shapes, ends->nshapes, ends->shapes_cap, shape);
	return (uint32_t)ends->nshapes - 1;
}

uint32_t policy_ends_take(struct policy_ends *ends, const struct policy_side *side)
{
	struct policy_group group = { .side = *side, .run = UINT32_MAX };
	uint32_t *slot;

	grow_slots(ends);
	slot = find_slot(ends, side);
	if (*slot == 0) {
		group.shape = shape_of(ends, side);
		memset(group.least, 0xff, sizeof group.least); /* POLICY_NOBODY */
		VEC_PUSH(ends->groups, ends->ngroups, ends->groups_cap, group);
		*slot = (uint32_t)ends->ngroups;
	}
	return *slot - 1;
}

const struct policy_group *policy_ends_find(const struct policy_ends *ends,
					    const struct policy_side *side)
{
	uint32_t group = *find_slot(ends, side);

	return group != 0 ? &ends->groups[group - 1] : NULL;
}

bool policy_side_widen(const struct policy_side *side, const struct policy_shape *shape,
		       enum ip_family family, struct policy_side *wider)
{
	if (shape->bits > side->bits || (shape->lport && side->lport == 0) ||
	    (shape->rport && side->rport == 0) || (shape->ulp && side->ulp == 0) ||
	    (shape->typed && !side->typed && !side->coded))
		return false;
	*wider = *side;
	wider->local = ip_prefix(side->local, shape->bits, family);
	wider->bits = shape->bits;
	if (!shape->lport)
		wider->lport = 0;
	if (!shape->rport)
		wider->rport = 0;
	if (!shape->ulp)
		wider->ulp = 0;
	if (!shape->typed) {
		wider->typed = wider->coded = false;
		memset(wider->type, 0, sizeof wider->type);
		memset(wider->code, 0, sizeof wider->code);
	}
	return true;
}
