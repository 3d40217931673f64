/*
 * A rectangle overlaps a query unless it ends before it or begins behind it. Of what begins at its
 * remote end's last address or before, and has a local address in common, those are taken away that
 * end before its first one. Both are a walk over everything in the order of addresses; what has
 * been met so far is counted in trees over the local addresses.
 */
#include "config.h"

#include "lint/overlap.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "lint/sort.h"

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

struct walk {
	const struct overlap_rect *rects, *queries;
	size_t nrects, nqueries;
	struct sort_key *keys, *asked; /* of rectangles and queries, of one family */
	size_t nkeys, nasked;
	struct side firsts, lasts; /* of the local side */
	uint64_t total;
};

static struct ip corner(const struct overlap_rect *rect, bool last)
{
	return last ? rect->remote_last : rect->remote_first;
}

static size_t fill_keys(struct sort_key *keys, const struct overlap_rect *rects, size_t count,
			enum ip_family family, bool last)
{
	size_t i, n = 0;

	for (i = 0; i < count; i++)
		if (rects[i].family == family)
			keys[n++] = (struct sort_key){ corner(&rects[i], last), 0, (uint32_t)i };
	sort_keys(keys, n);
	return n;
}

static void side_init(struct side *side, const struct walk *walk, bool last)
{
	struct sort_key *keys = xmalloc((walk->nkeys + 1) * sizeof *keys);
	size_t i;

	for (i = 0; i < walk->nkeys; i++) {
		const struct overlap_rect *rect = &walk->rects[walk->keys[i].index];

		keys[i] = (struct sort_key){ last ? rect->local_last : rect->local_first, 0,
					     walk->keys[i].index };
	}
	sort_keys(keys, walk->nkeys);
	side->places = xmalloc((walk->nkeys + 1) * sizeof *side->places);
	side->of = xmalloc((walk->nrects + 1) * sizeof *side->of);
	for (i = 0; i < walk->nkeys; i++) {
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

/* The weight of what has been met and has a local address in common with the query. */
static uint64_t met_by(const struct walk *walk, const struct overlap_rect *query)
{
	uint64_t behind =
		walk->total -
		sums_before(&walk->firsts.met, side_find(&walk->firsts, query->local_last, true));

	return walk->total - behind -
	       sums_before(&walk->lasts.met, side_find(&walk->lasts, query->local_first, false));
}

/*
 * Adds to each query's sum (or takes from it) what begins at its last remote address or before
 * (or, LAST, ends before its first one).
 */
static void walk_once(struct walk *walk, enum ip_family family, bool last, uint64_t *sums)
{
	size_t next = 0, i;

	walk->nkeys = fill_keys(walk->keys, walk->rects, walk->nrects, family, last);
	walk->nasked = fill_keys(walk->asked, walk->queries, walk->nqueries, family, !last);
	if (walk->nkeys == 0 || walk->nasked == 0)
		return;
	side_init(&walk->firsts, walk, false);
	side_init(&walk->lasts, walk, true);
	walk->total = 0;
	for (i = 0; i < walk->nasked; i++) {
		const struct sort_key *asked = &walk->asked[i];

		while (next < walk->nkeys &&
		       ip_compare(walk->keys[next].ip, asked->ip) < (last ? 0 : 1)) {
			uint32_t rect = walk->keys[next++].index;

			sums_add(&walk->firsts.met, walk->firsts.of[rect],
				 walk->rects[rect].weight);
			sums_add(&walk->lasts.met, walk->lasts.of[rect], walk->rects[rect].weight);
			walk->total += walk->rects[rect].weight;
		}
		if (last)
			sums[asked->index] -= met_by(walk, &walk->queries[asked->index]);
		else
			sums[asked->index] += met_by(walk, &walk->queries[asked->index]);
	}
	side_release(&walk->firsts);
	side_release(&walk->lasts);
}

void overlap_sums(const struct overlap_rect *rects, size_t nrects,
		  const struct overlap_rect *queries, size_t nqueries, uint64_t *sums)
{
	static const enum ip_family families[] = { IP_V4, IP_V6 };
	struct walk walk = {
		.rects = rects, .nrects = nrects, .queries = queries, .nqueries = nqueries
	};
	size_t i;

	for (i = 0; i < nqueries; i++)
		sums[i] = 0;
	walk.keys = xmalloc((nrects + 1) * sizeof *walk.keys);
	walk.asked = xmalloc((nqueries + 1) * sizeof *walk.asked);
	for (i = 0; i < ARRAY_SIZE(families); i++) {
		walk_once(&walk, families[i], false, sums);
		walk_once(&walk, families[i], true, sums);
	}
	free(walk.keys);
	free(walk.asked);
}
