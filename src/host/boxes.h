/*
 * Pairs of ranges, local and remote, found by what they overlap or cover without looking at each.
 *
 * A pair is a box of two sides. The boxes are halved again and again, by the begin or the end of
 * one side after the other, and each half knows what all of its boxes together reach: a search goes
 * only where something can be. It takes a few steps for usual files, and never as many as there are
 * boxes in the long run, however the file was made (a k-d tree of the four bounds).
 */
#ifndef HOST_BOXES_H
#define HOST_BOXES_H

#include "host/ranges.h"

struct box {
	struct ip_range local, remote; /* of one family */
	uint32_t number;               /* of the rule or key in its file */
};

struct boxes;

#define BOXES_NONE UINT32_MAX

/* Adopts the COUNT boxes of ITEMS, which was allocated. */
struct boxes *boxes_new(struct box *items, size_t count);
void boxes_free(struct boxes *boxes);

/* The least number of a box that has an address in LOCAL and one in REMOTE, or BOXES_NONE. */
uint32_t boxes_first(const struct boxes *boxes, const struct ranges *local,
		     const struct ranges *remote);

/* The least number of a box that has all of LOCAL and all of REMOTE, or BOXES_NONE. */
uint32_t boxes_first_around(const struct boxes *boxes, const struct ip_range *local,
			    const struct ip_range *remote);

/* The least number, other than EXCEPT, of a box that is just LOCAL and REMOTE, or BOXES_NONE. */
uint32_t boxes_first_same(const struct boxes *boxes, const struct ip_range *local,
			  const struct ip_range *remote, uint32_t except);

/* Which boxes are left to be taken: all of them at first. Freed with boxes_left_free. */
struct boxes_left;
struct boxes_left *boxes_left_new(const struct boxes *boxes);
void boxes_left_free(struct boxes_left *left);

/* Sets TAKEN[number] for each box that boxes_first would consider and that is left; none of them is
 * left then. Returns whether there was one. */
bool boxes_take(const struct boxes *boxes, struct boxes_left *left, const struct ranges *local,
		const struct ranges *remote, bool *taken);

#endif
