/*
 * A walk over all policies in the order of their remote prefixes, in which a prefix comes right
 * before those within it: what covers the remote end of a policy is then on a stack. Of what is on
 * the stack it is known, for each local end that occurs (prefix, ports, protocol), which policies
 * come first in each class; so that each policy asks once for each shape of a local end that covers
 * its own. There are few of them: a shape is a length of prefix, and which of the others are given.
 *
 * A policy whose remote prefix nobody else has, and which holds no other one, decides for nobody:
 * it only asks. Nearly all are like that, and of their local ends nothing is kept.
 */
#include "config.h"

#include "lint/policy_cover.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "lint/policy_ends.h"
#include "lint/sort.h"

/* What was there before a policy came onto the stack. */
struct undo {
	uint32_t group, number;
	uint8_t direction, class;
};

struct prefix {
	struct ip ip;
	unsigned bits;
};

struct frame {
	struct prefix remote;
	size_t undos; /* how many there were before it */
};

struct walk {
	const struct policies *policies;
	struct policy_covers covers;
	bool *twice; /* of each policy */
	enum ip_family family;
	uint32_t *order; /* policies of the family, by their remote prefixes */
	size_t count;
	struct policy_ends ends; /* of the policies on the stack */
	struct undo *undos;
	size_t nundos, undos_cap;
	struct frame *frames;
	size_t nframes, frames_cap;
};

static bool is_here(const struct policies *policies, size_t number, enum ip_family family)
{
	struct policy_fact fact = policy_fact(policies, number);

	return fact.clear && fact.direction != 0 &&
	       (fact.families & (family == IP_V4 ? POLICY_IPV4 : POLICY_IPV6)) != 0;
}

/* Something is to be said of a policy. */
static struct policy_cover *add_cover(struct walk *walk, uint32_t number)
{
	struct policy_covers *covers = &walk->covers;
	struct policy_cover cover = { .number = number,
				      .family = (uint8_t)walk->family,
				      .twice = POLICY_NOBODY,
				      .bypass = POLICY_NOBODY,
				      .before = POLICY_NOBODY,
				      .after = POLICY_NOBODY };

	VEC_PUSH(covers->items, covers->count, covers->cap, cover);
	return &covers->items[covers->count - 1];
}

static void pop(struct walk *walk)
{
	size_t keep = walk->frames[--walk->nframes].undos;

	while (walk->nundos > keep) {
		const struct undo *undo = &walk->undos[--walk->nundos];
		struct policy_group *group = &walk->ends.groups[undo->group];

		group->least[undo->direction][undo->class] = undo->number;
		if (undo->number == POLICY_NOBODY)
			walk->ends.shapes[group->shape].active--;
	}
}

/* The remote prefix of the policy at place I of the order. */
static struct prefix remote_at(const struct walk *walk, size_t i)
{
	struct policy_fact fact = policy_fact(walk->policies, walk->order[i]);

	return (struct prefix){ policy_remote(walk->policies, &fact), fact.remote_bits };
}

/* A prefix comes right before those within it. */
static int compare_prefixes(struct prefix a, struct prefix b)
{
	int cmp = ip_compare(a.ip, b.ip);

	return cmp != 0 ? cmp : (int)a.bits - (int)b.bits;
}

static bool covers(const struct walk *walk, struct prefix outer, struct prefix inner)
{
	return prefix_covers(outer.ip, outer.bits, inner.ip, inner.bits, walk->family);
}

/* Takes off the stack what does not cover the prefix. */
static void pop_until(struct walk *walk, struct prefix remote)
{
	while (walk->nframes > 0 && !covers(walk, walk->frames[walk->nframes - 1].remote, remote))
		pop(walk);
}

/* Whether an earlier policy is for the very same packets; the kernel ignores the later one. */
static bool is_twice(struct walk *walk, struct policy_group *group, uint32_t run, uint32_t number)
{
	struct policy_fact fact = policy_fact(walk->policies, number);
	unsigned d;

	if (group->run != run) {
		group->run = run;
		group->first[0] = group->first[1] = POLICY_NOBODY;
	}
	for (d = 0; d < DIRECTIONS; d++) {
		struct policy_fact first;

		if ((fact.direction >> d & 1) == 0 || group->first[d] == POLICY_NOBODY)
			continue;
		first = policy_fact(walk->policies, group->first[d]);
		if (first.local_given == fact.local_given &&
		    first.remote_given == fact.remote_given) {
			add_cover(walk, number)->twice = group->first[d];
			walk->twice[number] = true;
			return true;
		}
	}
	for (d = 0; d < DIRECTIONS; d++)
		if ((fact.direction >> d & 1) != 0 && group->first[d] == POLICY_NOBODY)
			group->first[d] = number;
	return false;
}

static void push(struct walk *walk, uint32_t index, uint32_t number)
{
	struct policy_fact fact = policy_fact(walk->policies, number);
	struct policy_group *group = &walk->ends.groups[index];
	unsigned d;

	for (d = 0; d < DIRECTIONS; d++) {
		uint32_t *least = &group->least[d][fact.class];
		struct undo undo = { index, *least, (uint8_t)d, fact.class };

		if ((fact.direction >> d & 1) == 0 || *least < number)
			continue;
		if (*least == POLICY_NOBODY)
			walk->ends.shapes[group->shape].active++;
		VEC_PUSH(walk->undos, walk->nundos, walk->undos_cap, undo);
		*least = number;
	}
}

/* What is looked at before a policy in one direction and family, and after it. */
struct answer {
	uint32_t before[DIRECTIONS]; /* the first of the highest class */
	uint8_t before_class[DIRECTIONS];
	uint32_t after;
	bool other; /* somebody is for its packets in a direction that it is not for */
};

static void ask_group(const struct policy_group *group, uint32_t number,
		      const struct policy_fact *fact, struct answer *answer)
{
	unsigned d, class;

	for (d = 0; d < DIRECTIONS; d++) {
		bool own = (fact->direction >> d & 1) != 0;

		for (class = 0; class < POLICY_CLASS_COUNT; class ++) {
			uint32_t least = group->least[d][class];

			if (least == POLICY_NOBODY)
				continue;
			if (!own) {
				answer->other = true;
			} else if (class > fact->class ||
				   (class == fact->class && least < number)) {
				if (answer->before[d] != POLICY_NOBODY &&
				    (class < answer->before_class[d] ||
				     (class == answer->before_class[d] &&
				      least > answer->before[d])))
					continue;
				answer->before[d] = least;
				answer->before_class[d] = (uint8_t) class;
			} else if (class < fact->class && least < number && least < answer->after) {
				answer->after = least;
			}
		}
	}
}

static void keep_answer(struct walk *walk, uint32_t number, const struct answer *answer)
{
	struct policy_fact fact = policy_fact(walk->policies, number);
	struct policy_cover *cover;
	unsigned d;

	if (answer->before[0] == POLICY_NOBODY && answer->before[1] == POLICY_NOBODY &&
	    answer->after == POLICY_NOBODY && !answer->other)
		return;
	cover = add_cover(walk, number);
	for (d = 0; d < DIRECTIONS; d++) {
		uint32_t before = answer->before[d];

		if (before == POLICY_NOBODY)
			continue;
		cover->hidden++;
		cover->before = before;
		cover->differs |= policy_fact(walk->policies, before).action != fact.action;
		if (answer->before_class[d] == POLICY_CLASS_BYPASS)
			cover->bypass = before;
	}
	cover->after = answer->after;
	if (answer->other)
		cover->mirrored = walk->family == IP_V4 ? POLICY_IPV4 : POLICY_IPV6;
}

static void ask(struct walk *walk, uint32_t number)
{
	struct policy_fact fact = policy_fact(walk->policies, number);
	struct policy_side side = policy_side(walk->policies, &fact), wider;
	struct answer answer = { .before = { POLICY_NOBODY, POLICY_NOBODY },
				 .after = POLICY_NOBODY };
	size_t i;

	for (i = 0; i < walk->ends.nshapes; i++) {
		const struct policy_shape *shape = &walk->ends.shapes[i];
		const struct policy_group *group;

		if (shape->active == 0 || !policy_side_widen(&side, shape, walk->family, &wider))
			continue;
		group = policy_ends_find(&walk->ends, &wider);
		if (group != NULL)
			ask_group(group, number, &fact, &answer);
	}
	keep_answer(walk, number, &answer);
}

/* The policies with one remote prefix: all of them come onto the stack before the first asks. */
static void walk_run(struct walk *walk, size_t start, size_t end)
{
	const uint32_t *order = walk->order;
	struct frame frame = { .remote = remote_at(walk, start) };
	size_t i;

	pop_until(walk, frame.remote);
	if (end == start + 1 &&
	    (end == walk->count || !covers(walk, frame.remote, remote_at(walk, end)))) {
		ask(walk, order[start]);
		return;
	}
	frame.undos = walk->nundos;
	VEC_PUSH(walk->frames, walk->nframes, walk->frames_cap, frame);
	for (i = start; i < end; i++) {
		struct policy_fact fact = policy_fact(walk->policies, order[i]);
		struct policy_side side = policy_side(walk->policies, &fact);
		uint32_t group = policy_ends_take(&walk->ends, &side);

		if (!is_twice(walk, &walk->ends.groups[group], (uint32_t)start, order[i]))
			push(walk, group, order[i]);
	}
	for (i = start; i < end; i++)
		if (!walk->twice[order[i]])
			ask(walk, order[i]);
}

static bool is_sorted(const struct walk *walk)
{
	struct prefix before = { { 0, 0 }, 0 };
	size_t i;

	for (i = 0; i < walk->count; i++) {
		struct prefix remote = remote_at(walk, i);

		if (compare_prefixes(before, remote) > 0)
			return false;
		before = remote;
	}
	return true;
}

static void sort_order(struct walk *walk)
{
	struct sort_key *keys;
	size_t i;

	/* Files are often written in the order of their addresses. */
	if (is_sorted(walk))
		return;
	keys = xmalloc(walk->count * sizeof *keys);
	for (i = 0; i < walk->count; i++) {
		struct prefix remote = remote_at(walk, i);

		keys[i] = (struct sort_key){ remote.ip, remote.bits, walk->order[i] };
	}
	sort_keys(keys, walk->count);
	for (i = 0; i < walk->count; i++)
		walk->order[i] = keys[i].index;
	free(keys);
}

static void walk_family(struct walk *walk, enum ip_family family)
{
	size_t i, end;

	walk->family = family;
	walk->count = 0;
	policy_ends_clear(&walk->ends);
	for (i = 0; i < walk->policies->count; i++)
		if (is_here(walk->policies, i, family))
			walk->order[walk->count++] = (uint32_t)i;
	sort_order(walk);
	for (i = 0; i < walk->count; i = end) {
		struct prefix remote = remote_at(walk, i);

		for (end = i + 1;
		     end < walk->count && compare_prefixes(remote, remote_at(walk, end)) == 0;
		     end++)
			;
		walk_run(walk, i, end);
	}
	while (walk->nframes > 0)
		pop(walk);
}

static int compare_covers(const void *a, const void *b)
{
	const struct policy_cover *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (int)x->family - (int)y->family;
}

/* What was found for the same policy in the other family. */
static void join_covers(struct policy_cover *to, const struct policy_cover *from)
{
	if (from->twice != POLICY_NOBODY)
		to->twice = from->twice;
	if (from->bypass != POLICY_NOBODY)
		to->bypass = from->bypass;
	if (from->before != POLICY_NOBODY)
		to->before = from->before;
	if (from->after < to->after)
		to->after = from->after;
	to->hidden = (uint8_t)(to->hidden + from->hidden);
	to->differs |= from->differs;
	to->mirrored |= from->mirrored;
}

/* Puts them in the order of the policies, each of which comes once. */
static void sort_covers(struct policy_covers *covers)
{
	size_t i, count = 0;

	if (covers->count > 1)
		qsort(covers->items, covers->count, sizeof *covers->items, compare_covers);
	for (i = 0; i < covers->count; i++) {
		if (count > 0 && covers->items[count - 1].number == covers->items[i].number)
			join_covers(&covers->items[count - 1], &covers->items[i]);
		else
			covers->items[count++] = covers->items[i];
	}
	covers->count = count;
}

struct policy_covers policy_cover_find(const struct policies *policies)
{
	struct walk walk = { .policies = policies };

	walk.twice = xcalloc(policies->count, sizeof *walk.twice);
	walk.order = xmalloc((policies->count + 1) * sizeof *walk.order);
	walk_family(&walk, IP_V4);
	walk_family(&walk, IP_V6);
	free(walk.twice);
	free(walk.order);
	policy_ends_release(&walk.ends);
	free(walk.undos);
	free(walk.frames);
	sort_covers(&walk.covers);
	return walk.covers;
}
