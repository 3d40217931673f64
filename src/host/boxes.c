#include "config.h"

#include "host/boxes.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/xalloc.h"

/* So many boxes are looked at one by one. */
#define LEAF 8

/* The bounds that the boxes are halved by, one after the other. */
enum bound { LOCAL_FIRST, REMOTE_FIRST, LOCAL_LAST, REMOTE_LAST, BOUNDS };

struct node {
	struct ip_range local, remote; /* what its boxes reach together */
	uint32_t start, end;           /* the boxes */
	uint32_t right; /* node of the second half; the first is the next node; 0: a leaf */
	uint32_t least; /* number of a box */
};

struct boxes {
	struct box *items;
	struct node *nodes;
	uint32_t nnodes;
	uint32_t roots[2]; /* node + 1 of the boxes of IPv4, of IPv6 */
	uint32_t random;
};

struct boxes_left {
	uint32_t *nodes; /* how many */
	bool *taken;     /* of each box */
};

static struct ip bound_of(const struct box *box, enum bound bound)
{
	switch (bound) {
	case LOCAL_FIRST:
		return box->local.first;
	case REMOTE_FIRST:
		return box->remote.first;
	case LOCAL_LAST:
		return box->local.last;
	default:
		return box->remote.last;
	}
}

static void swap(struct box *a, struct box *b)
{
	struct box old = *a;

	*a = *b;
	*b = old;
}

/*
 * Puts the boxes with the lesser bounds before MIDDLE and the others behind. The one that is
 * compared with is any, so that no file can be made for which this is slow.
 */
static void halve(struct boxes *boxes, ptrdiff_t start, ptrdiff_t last, ptrdiff_t middle,
		  enum bound bound)
{
	struct box *items = boxes->items;

	while (start < last) {
		ptrdiff_t low = start, high = last;
		struct ip pivot;

		boxes->random = boxes->random * 1664525u + 1013904223u;
		pivot = bound_of(&items[start + (boxes->random >> 8) % (last - start + 1)], bound);
		while (low <= high) {
			while (ip_compare(bound_of(&items[low], bound), pivot) < 0)
				low++;
			while (ip_compare(bound_of(&items[high], bound), pivot) > 0)
				high--;
			if (low <= high)
				swap(&items[low++], &items[high--]);
		}
		if (middle <= high)
			last = high;
		else if (middle >= low)
			start = low;
		else
			return;
	}
}

static void reach(struct ip_range *all, const struct ip_range *one)
{
	if (ip_compare(one->first, all->first) < 0)
		all->first = one->first;
	if (ip_compare(one->last, all->last) > 0)
		all->last = one->last;
}

static void sum_up(const struct boxes *boxes, struct node *node)
{
	uint32_t i;

	node->local = boxes->items[node->start].local;
	node->remote = boxes->items[node->start].remote;
	node->least = boxes->items[node->start].number;
	for (i = node->start + 1; i < node->end; i++) {
		reach(&node->local, &boxes->items[i].local);
		reach(&node->remote, &boxes->items[i].remote);
		if (boxes->items[i].number < node->least)
			node->least = boxes->items[i].number;
	}
}

static bool all_same(const struct boxes *boxes, uint32_t start, uint32_t end, enum bound bound)
{
	struct ip first = bound_of(&boxes->items[start], bound);

	while (++start < end)
		if (ip_compare(bound_of(&boxes->items[start], bound), first) != 0)
			return false;
	return true;
}

static uint32_t build(struct boxes *boxes, uint32_t start, uint32_t end, enum bound bound)
{
	uint32_t self = boxes->nnodes++, middle = start + (end - start) / 2;
	int tries;

	boxes->nodes[self] = (struct node){ .start = start, .end = end };
	sum_up(boxes, &boxes->nodes[self]);
	if (end - start <= LEAF)
		return self;
	for (tries = 0; tries < BOUNDS && all_same(boxes, start, end, bound); tries++)
		bound = (bound + 1) % BOUNDS;
	halve(boxes, start, (ptrdiff_t)end - 1, middle, bound);
	bound = (bound + 1) % BOUNDS;
	build(boxes, start, middle, bound);
	boxes->nodes[self].right = build(boxes, middle, end, bound);
	return self;
}

/* Boxes of IPv4 before those of IPv6; returns how many there are of the first. */
static uint32_t part(struct box *items, uint32_t count)
{
	uint32_t i, first = 0;

	for (i = 0; i < count; i++)
		if (items[i].local.family == IP_V4)
			swap(&items[i], &items[first++]);
	return first;
}

struct boxes *boxes_new(struct box *items, size_t count)
{
	struct boxes *boxes = xcalloc(1, sizeof *boxes);
	uint32_t all = (uint32_t)count, first = part(items, all);

	boxes->items = items;
	boxes->nodes = xmalloc((count + 2) * sizeof *boxes->nodes);
	if (first > 0)
		boxes->roots[0] = build(boxes, 0, first, LOCAL_FIRST) + 1;
	if (first < all)
		boxes->roots[1] = build(boxes, first, all, LOCAL_FIRST) + 1;
	return boxes;
}

void boxes_free(struct boxes *boxes)
{
	if (boxes == NULL)
		return;
	free(boxes->items);
	free(boxes->nodes);
	free(boxes);
}

/* What is looked for: boxes that overlap two sets, or, where there are none, that cover two ranges
 * or are just those. */
struct search {
	const struct boxes *boxes;
	const struct ranges *locals, *remotes;
	const struct ip_range *local, *remote;
	bool same;
	uint32_t except; /* of those that are the same */
	uint32_t least;
	struct boxes_left *left;
	bool *taken;
};

static bool fits(const struct search *s, const struct ip_range *local,
		 const struct ip_range *remote)
{
	if (s->locals != NULL)
		return ranges_overlap(s->locals, local) && ranges_overlap(s->remotes, remote);
	return ip_range_covers(local, s->local) && ip_range_covers(remote, s->remote);
}

static bool is_wanted(const struct search *s, const struct box *box)
{
	return fits(s, &box->local, &box->remote) &&
	       (!s->same || (box->number != s->except && ip_range_covers(s->local, &box->local) &&
			     ip_range_covers(s->remote, &box->remote)));
}

static void find_least(struct search *s, uint32_t number)
{
	const struct node *node = &s->boxes->nodes[number];
	uint32_t i;

	if (node->least >= s->least || !fits(s, &node->local, &node->remote))
		return;
	if (node->right != 0) {
		bool second =
			s->boxes->nodes[node->right].least < s->boxes->nodes[number + 1].least;

		find_least(s, second ? node->right : number + 1);
		find_least(s, second ? number + 1 : node->right);
		return;
	}
	for (i = node->start; i < node->end; i++) {
		const struct box *box = &s->boxes->items[i];

		if (box->number < s->least && is_wanted(s, box))
			s->least = box->number;
	}
}

/* The tree of a family's boxes, or false. */
static bool root_of(const struct boxes *boxes, unsigned family, uint32_t *root)
{
	uint32_t number = boxes != NULL && family != IP_NONE ? boxes->roots[family == IP_V6] : 0;

	*root = number - 1;
	return number != 0;
}

uint32_t boxes_first(const struct boxes *boxes, const struct ranges *local,
		     const struct ranges *remote)
{
	struct search s = {
		.boxes = boxes, .locals = local, .remotes = remote, .least = BOXES_NONE
	};
	uint32_t root;

	if (local->count > 0 && remote->count > 0 && root_of(boxes, local->items[0].family, &root))
		find_least(&s, root);
	return s.least;
}

uint32_t boxes_first_around(const struct boxes *boxes, const struct ip_range *local,
			    const struct ip_range *remote)
{
	struct search s = { .boxes = boxes, .local = local, .remote = remote, .least = BOXES_NONE };
	uint32_t root;

	if (root_of(boxes, local->family, &root))
		find_least(&s, root);
	return s.least;
}

uint32_t boxes_first_same(const struct boxes *boxes, const struct ip_range *local,
			  const struct ip_range *remote, uint32_t except)
{
	struct search s = { .boxes = boxes,
			    .local = local,
			    .remote = remote,
			    .same = true,
			    .except = except,
			    .least = BOXES_NONE };
	uint32_t root;

	if (root_of(boxes, local->family, &root))
		find_least(&s, root);
	return s.least;
}

struct boxes_left *boxes_left_new(const struct boxes *boxes)
{
	struct boxes_left *left = xcalloc(1, sizeof *left);
	uint32_t i, count = 0;

	left->nodes = xmalloc(boxes->nnodes * sizeof *left->nodes);
	for (i = 0; i < boxes->nnodes; i++) {
		left->nodes[i] = boxes->nodes[i].end - boxes->nodes[i].start;
		if (boxes->nodes[i].end > count)
			count = boxes->nodes[i].end;
	}
	left->taken = xcalloc(count, sizeof *left->taken);
	return left;
}

void boxes_left_free(struct boxes_left *left)
{
	if (left == NULL)
		return;
	free(left->nodes);
	free(left->taken);
	free(left);
}

/* Returns how many were taken. */
static uint32_t take(struct search *s, uint32_t number)
{
	const struct node *node = &s->boxes->nodes[number];
	uint32_t i, count = 0;

	if (s->left->nodes[number] == 0 || !fits(s, &node->local, &node->remote))
		return 0;
	if (node->right != 0)
		count = take(s, number + 1) + take(s, node->right);
	for (i = node->start; node->right == 0 && i < node->end; i++) {
		const struct box *box = &s->boxes->items[i];

		if (s->left->taken[i] || !fits(s, &box->local, &box->remote))
			continue;
		s->left->taken[i] = s->taken[box->number] = true;
		count++;
	}
	s->left->nodes[number] -= count;
	return count;
}

bool boxes_take(const struct boxes *boxes, struct boxes_left *left, const struct ranges *local,
		const struct ranges *remote, bool *taken)
{
	struct search s = {
		.boxes = boxes, .locals = local, .remotes = remote, .left = left, .taken = taken
	};
	uint32_t root;

	return local->count > 0 && remote->count > 0 &&
	       root_of(boxes, local->items[0].family, &root) && take(&s, root) > 0;
}
