/*
 * Two hosts overlap two others where they are the same (overlap_hosts.h). All else is somewhere a
 * range, and of that this is:
 *
 * A rectangle overlaps a query unless it ends before it or begins behind it. Of what begins at its
 * remote end's last address or before, and has a local address in common, those are taken away that
 * end before its first one. Both are a walk over everything in the order of addresses; what has
 * been met so far is counted in trees over the local addresses.
 */
#include "config.h"

#include "lint/overlap.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/overlap_hosts.h"
#include "lint/sort.h"

/* So few are compared with each of the others. */
#define FEW 16

/* Which rectangles: pairs of hosts, or those with a range at an end. */
enum which { HOSTS = 1, WIDE = 2 };

void overlap_everything(struct ip *first, struct ip *last, enum ip_family family)
{
	*first = (struct ip){ 0, 0 };
	*last = family == IP_V6 ? (struct ip){ UINT64_MAX, UINT64_MAX }
				: (struct ip){ 0, UINT32_MAX };
}

/* Sums over a row of places, of which any beginning can be asked for. Binary indexed tree. */
struct sums {
	uint64_t *items; /* COUNT and one that is not used */
	size_t count;
};

static void sums_add(struct sums *sums, size_t place, uint64_t weight)
{
	for (place++; place <= sums->count; place += place & -place)
		sums->items[place] += weight;
}

/* The sum of the first COUNT places. */
static uint64_t sums_before(const struct sums *sums, size_t count)
{
	uint64_t sum = 0;

	for (; count > 0; count -= count & -count)
		sum += sums->items[count];
	return sum;
}

/* One end of the rectangles' local side: the addresses that occur, and what has been met at each.
 */
struct side {
	struct ip *places; /* sorted, each once */
	uint32_t *of;      /* of each rectangle: its place */
	struct sums met;
};

/* How many places are before IP, or (AND_IT) before or at it. */
static size_t side_find(const struct side *side, struct ip ip, bool and_it)
{
	size_t low = 0, high = side->met.count;

	while (low < high) {
		size_t mid = (low + high) / 2;
		int cmp = ip_compare(side->places[mid], ip);

		if (cmp < 0 || (and_it && cmp == 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The rectangles of one family, in the order of their remote ends. */
struct order {
	const struct overlap_rect *rects;
	size_t nrects; /* of all families */
	struct sort_key *by_first, *by_last;
	size_t count;
	struct side firsts, lasts; /* of the local side */
	uint64_t total;            /* of what has been met */
};

static void side_init(struct side *side, const struct order *order, bool last)
{
	struct sort_key *keys = xmalloc((order->count + 1) * sizeof *keys);
	size_t i;

	for (i = 0; i < order->count; i++) {
		uint32_t index = order->by_first[i].index;
		const struct overlap_rect *rect = &order->rects[index];

		keys[i] =
			(struct sort_key){ last ? rect->local_last : rect->local_first, 0, index };
	}
	sort_keys(keys, order->count);
	side->places = xmalloc((order->count + 1) * sizeof *side->places);
	side->of = xmalloc((order->nrects + 1) * sizeof *side->of);
	for (i = 0; i < order->count; i++) {
		size_t *count = &side->met.count;

		if (i == 0 || ip_compare(keys[i].ip, keys[i - 1].ip) != 0)
			side->places[(*count)++] = keys[i].ip;
		side->of[keys[i].index] = (uint32_t)(*count - 1);
	}
	side->met.items = xcalloc(side->met.count + 1, sizeof *side->met.items);
	free(keys);
}

static void side_release(struct side *side)
{
	free(side->places);
	free(side->of);
	free(side->met.items);
	*side = (struct side){ 0 };
}

/* Lists the rectangles; they are in no order yet. */
static void order_init(struct order *order, const struct overlap_rect *rects, size_t count,
		       enum ip_family family, unsigned which)
{
	size_t i;

	*order = (struct order){ .rects = rects, .nrects = count };
	order->by_first = xmalloc((count + 1) * sizeof *order->by_first);
	for (i = 0; i < count; i++) {
		struct sort_key key = { rects[i].remote_first, 0, (uint32_t)i };

		if (rects[i].family == family &&
		    (which & (overlap_is_hosts(&rects[i]) ? HOSTS : WIDE)) != 0)
			order->by_first[order->count++] = key;
	}
	order->by_last = order->by_first;
}

static void order_sort(struct order *order)
{
	bool hosts = true;
	size_t i;

	for (i = 0; i < order->count; i++) {
		const struct overlap_rect *rect = &order->rects[order->by_first[i].index];

		hosts &= ip_compare(rect->remote_first, rect->remote_last) == 0;
	}
	sort_keys(order->by_first, order->count);
	side_init(&order->firsts, order, false);
	side_init(&order->lasts, order, true);
	if (hosts) /* one order is the other */
		return;
	order->by_last = xmalloc((order->count + 1) * sizeof *order->by_last);
	for (i = 0; i < order->count; i++) {
		uint32_t index = order->by_first[i].index;

		order->by_last[i] = (struct sort_key){ order->rects[index].remote_last, 0, index };
	}
	sort_keys(order->by_last, order->count);
}

static void order_release(struct order *order)
{
	if (order->by_last != order->by_first)
		free(order->by_last);
	free(order->by_first);
	side_release(&order->firsts);
	side_release(&order->lasts);
}

static void forget_met(struct side *side)
{
	memset(side->met.items, 0, (side->met.count + 1) * sizeof *side->met.items);
}

/* The weight of what has been met and has a local address in common with the query. */
static uint64_t met_by(const struct order *order, const struct overlap_rect *query)
{
	size_t before = side_find(&order->firsts, query->local_last, true);
	uint64_t behind = order->total - sums_before(&order->firsts.met, before);

	return order->total - behind -
	       sums_before(&order->lasts.met, side_find(&order->lasts, query->local_first, false));
}

/*
 * Adds to each query's sum (or takes from it) what begins at its last remote address or before
 * (or, LAST, ends before its first one).
 */
static void walk(struct order *order, const struct order *queries, bool last, uint64_t *sums)
{
	const struct sort_key *keys = last ? order->by_last : order->by_first,
			      *asked = last ? queries->by_first : queries->by_last;
	size_t next = 0, i;

	forget_met(&order->firsts);
	forget_met(&order->lasts);
	order->total = 0;
	for (i = 0; i < queries->count; i++, asked++) {
		while (next < order->count &&
		       ip_compare(keys[next].ip, asked->ip) < (last ? 0 : 1)) {
			uint32_t index = keys[next++].index;
			uint64_t weight = order->rects[index].weight;

			sums_add(&order->firsts.met, order->firsts.of[index], weight);
			sums_add(&order->lasts.met, order->lasts.of[index], weight);
			order->total += weight;
		}
		if (last)
			sums[asked->index] -= met_by(order, &queries->rects[asked->index]);
		else
			sums[asked->index] += met_by(order, &queries->rects[asked->index]);
	}
}

static bool overlaps(const struct overlap_rect *a, const struct overlap_rect *b)
{
	return ip_compare(a->local_first, b->local_last) <= 0 &&
	       ip_compare(b->local_first, a->local_last) <= 0 &&
	       ip_compare(a->remote_first, b->remote_last) <= 0 &&
	       ip_compare(b->remote_first, a->remote_last) <= 0;
}

static void compare_each(const struct order *a, const struct order *b, uint64_t *sums,
			 uint64_t *rect_sums)
{
	size_t i, k;

	for (i = 0; i < a->count; i++) {
		uint32_t rect = a->by_first[i].index;

		for (k = 0; k < b->count; k++) {
			uint32_t query = b->by_first[k].index;

			if (!overlaps(&a->rects[rect], &b->rects[query]))
				continue;
			sums[query] += a->rects[rect].weight;
			if (rect_sums != NULL)
				rect_sums[rect] += b->rects[query].weight;
		}
	}
}

/* Adds up what two lists of one family have in common. */
static void join(struct order *a, struct order *b, uint64_t *sums, uint64_t *rect_sums)
{
	if (a->count <= FEW || b->count <= FEW) {
		compare_each(a, b, sums, rect_sums);
		return;
	}
	order_sort(a);
	order_sort(b);
	walk(a, b, false, sums);
	walk(a, b, true, sums);
	if (rect_sums != NULL) {
		walk(b, a, false, rect_sums);
		walk(b, a, true, rect_sums);
	}
}

void overlap_sums(const struct overlap_rect *rects, size_t nrects,
		  const struct overlap_rect *queries, size_t nqueries, uint64_t *sums,
		  uint64_t *rect_sums)
{
	static const enum ip_family families[] = { IP_V4, IP_V6 };
	static const unsigned which[][2] = { { WIDE, HOSTS | WIDE }, { HOSTS, WIDE } };
	size_t i, k;

	for (i = 0; i < nqueries; i++)
		sums[i] = 0;
	for (i = 0; rect_sums != NULL && i < nrects; i++)
		rect_sums[i] = 0;
	overlap_hosts(rects, nrects, queries, nqueries, sums);
	if (rect_sums != NULL)
		overlap_hosts(queries, nqueries, rects, nrects, rect_sums);
	for (i = 0; i < ARRAY_SIZE(families); i++) {
		for (k = 0; k < ARRAY_SIZE(which); k++) {
			struct order a, b;

			order_init(&a, rects, nrects, families[i], which[k][0]);
			order_init(&b, queries, nqueries, families[i], which[k][1]);
			join(&a, &b, sums, rect_sums);
			order_release(&a);
			order_release(&b);
		}
	}
}
