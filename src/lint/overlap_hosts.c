/* Nearly all rules, policies and manual keys are for two hosts. Two such pairs overlap where they
 * are the same: a hash tells. */
#include "config.h"

#include "lint/overlap_hosts.h"

#include <stdlib.h>

#include "base/xalloc.h"

/* What is known of a pair; its hash spares the look at its addresses, which are far away. */
struct slot {
	uint64_t weight; /* of all rectangles that are this pair */
	uint32_t hash;
	uint32_t rect; /* the first of them, index + 1; 0: the slot is free */
};

struct table {
	const struct overlap_rect *rects;
	struct slot *slots;
	size_t mask;
};

static uint32_t hash_of(const struct overlap_rect *rect)
{
	uint64_t h = rect->local_first.low * 0x9e3779b97f4a7c15u;

	h = (h ^ h >> 32 ^ rect->local_first.high ^ rect->remote_first.low) * 0xbf58476d1ce4e5b9u;
	h = (h ^ h >> 29 ^ rect->remote_first.high) * 0x94d049bb133111ebu;
	return (uint32_t)(h >> 32);
}

static bool is_same(const struct overlap_rect *a, const struct overlap_rect *b)
{
	return a->family == b->family && ip_compare(a->local_first, b->local_first) == 0 &&
	       ip_compare(a->remote_first, b->remote_first) == 0;
}

/* The slot of a pair, or the free one where it would be. */
static struct slot *find(const struct table *table, const struct overlap_rect *rect, uint32_t hash)
{
	size_t i = hash & table->mask;

	while (table->slots[i].rect != 0 &&
	       (table->slots[i].hash != hash ||
		!is_same(&table->rects[table->slots[i].rect - 1], rect)))
		i = (i + 1) & table->mask;
	return &table->slots[i];
}

static void table_init(struct table *table, const struct overlap_rect *rects, size_t count)
{
	size_t i;

	*table = (struct table){ .rects = rects, .mask = 15 };
	while (table->mask < count + count / 2)
		table->mask = table->mask * 2 + 1;
	table->slots = xcalloc(table->mask + 1, sizeof *table->slots);
	for (i = 0; i < count; i++) {
		uint32_t hash;
		struct slot *slot;

		if (!overlap_is_hosts(&rects[i]))
			continue;
		hash = hash_of(&rects[i]);
		slot = find(table, &rects[i], hash);
		if (slot->rect == 0)
			*slot = (struct slot){ 0, hash, (uint32_t)i + 1 };
		slot->weight += rects[i].weight;
	}
}

void overlap_hosts(const struct overlap_rect *rects, size_t nrects,
		   const struct overlap_rect *queries, size_t nqueries, uint64_t *sums)
{
	struct table table;
	size_t i;

	if (nrects == 0 || nqueries == 0)
		return;
	table_init(&table, rects, nrects);
	for (i = 0; i < nqueries; i++)
		if (overlap_is_hosts(&queries[i]))
			sums[i] += find(&table, &queries[i], hash_of(&queries[i]))->weight;
	free(table.slots);
}
