#include "config.h"

#include "host/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "formats/ike_preshared/file.h"

static uint64_t hash_pair(struct ip local, struct ip remote)
{
	uint64_t h = local.low * 0x9e3779b97f4a7c15u;

	h = (h ^ h >> 32 ^ local.high ^ remote.low) * 0xbf58476d1ce4e5b9u;
	h = (h ^ h >> 29 ^ remote.high) * 0x94d049bb133111ebu;
	return h ^ h >> 32;
}

static bool is_host_pair(const struct pair *pair)
{
	return ip_range_is_host(&pair->local) && ip_range_is_host(&pair->remote);
}

static bool same_hosts(const struct pair *pair, const struct ip_range *local,
		       const struct ip_range *remote)
{
	return pair->local.family == local->family &&
	       ip_compare(pair->local.first, local->first) == 0 &&
	       ip_compare(pair->remote.first, remote->first) == 0;
}

/* The slot of a host pair: where it is, or where it would be put. */
static size_t find_slot(const struct pairs *pairs, const struct ip_range *local,
			const struct ip_range *remote)
{
	size_t slot = hash_pair(local->first, remote->first) & pairs->mask;

	while (pairs->slots[slot] != 0 &&
	       !same_hosts(&pairs->items[pairs->slots[slot] - 1], local, remote))
		slot = (slot + 1) & pairs->mask;
	return slot;
}

static void add_to_index(struct pairs *pairs, uint32_t index)
{
	const struct pair *pair = &pairs->items[index];
	size_t slot;

	if (!is_host_pair(pair)) {
		VEC_PUSH(pairs->wide, pairs->nwide, pairs->wide_cap, index);
		return;
	}
	slot = find_slot(pairs, &pair->local, &pair->remote);
	pairs->next[index] = pairs->slots[slot];
	pairs->slots[slot] = index + 1;
}

struct order {
	struct ip remote;
	uint32_t index;
};

static int compare_order(const void *a, const void *b)
{
	const struct order *x = a, *y = b;
	int cmp = ip_compare(x->remote, y->remote);

	return cmp != 0 ? cmp : x->index < y->index ? -1 : 1;
}

static void sort_by_remote(struct pairs *pairs)
{
	struct order *order = xmalloc(pairs->count * sizeof *order);
	size_t i;

	for (i = 0; i < pairs->count; i++)
		order[i] = (struct order){ pairs->items[i].remote.first, (uint32_t)i };
	if (pairs->count > 1)
		qsort(order, pairs->count, sizeof *order, compare_order);
	pairs->by_remote = xmalloc(pairs->count * sizeof *pairs->by_remote);
	for (i = 0; i < pairs->count; i++)
		pairs->by_remote[i] = order[i].index;
	free(order);
}

void pairs_build(struct pairs *pairs, const struct doc *doc, const uint32_t *entries, size_t count)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	size_t i;

	*pairs = (struct pairs){ 0 };
	for (i = 0; i < count; i++) {
		struct pair pair = { .key = (uint32_t)i };

		preshared_read(doc, entries[i], &item, NULL);
		pair.local = item.local.range;
		pair.remote = item.remote.range;
		if (pair.local.family != IP_NONE && pair.local.family == pair.remote.family)
			VEC_PUSH(pairs->items, pairs->count, pairs->cap, pair);
	}
	preshared_item_release(&item);
	for (pairs->mask = 15; pairs->mask < pairs->count * 2; pairs->mask = pairs->mask * 2 + 1)
		;
	pairs->slots = xcalloc(pairs->mask + 1, sizeof *pairs->slots);
	pairs->next = xcalloc(pairs->count, sizeof *pairs->next);
	for (i = 0; i < pairs->count; i++)
		add_to_index(pairs, (uint32_t)i);
}

void pairs_release(struct pairs *pairs)
{
	free(pairs->items);
	free(pairs->slots);
	free(pairs->next);
	free(pairs->wide);
	free(pairs->by_remote);
	*pairs = (struct pairs){ 0 };
}

static bool fits(const struct pair *pair, const struct ip_range *local,
		 const struct ip_range *remote)
{
	return ip_range_overlaps(&pair->local, local) && ip_range_overlaps(&pair->remote, remote);
}

static bool find_wide_keys(const struct pairs *pairs, const struct ip_range *local,
			   const struct ip_range *remote, bool (*found)(void *ctx, uint32_t key),
			   void *ctx)
{
	size_t i;

	for (i = 0; i < pairs->nwide; i++) {
		const struct pair *pair = &pairs->items[pairs->wide[i]];

		if (fits(pair, local, remote) && !found(ctx, pair->key))
			return false;
	}
	return true;
}

/* A rule for a network: the host pairs whose remote end lies in it, by binary search. */
static void find_in_network(struct pairs *pairs, const struct ip_range *local,
			    const struct ip_range *remote, bool (*found)(void *ctx, uint32_t key),
			    void *ctx)
{
	size_t low = 0, high = pairs->count;

	if (pairs->by_remote == NULL)
		sort_by_remote(pairs);
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (ip_compare(pairs->items[pairs->by_remote[mid]].remote.first, remote->first) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < pairs->count; low++) {
		const struct pair *pair = &pairs->items[pairs->by_remote[low]];

		if (ip_compare(pair->remote.first, remote->last) > 0)
			break;
		if (is_host_pair(pair) && fits(pair, local, remote) && !found(ctx, pair->key))
			break;
	}
}

void pairs_find(struct pairs *pairs, const struct ip_range *local, const struct ip_range *remote,
		bool (*found)(void *ctx, uint32_t key), void *ctx)
{
	uint32_t index;

	if (pairs->count == 0 || !find_wide_keys(pairs, local, remote, found, ctx))
		return;
	if (!ip_range_is_host(local) || !ip_range_is_host(remote)) {
		find_in_network(pairs, local, remote, found, ctx);
		return;
	}
	index = pairs->slots[find_slot(pairs, local, remote)];
	while (index != 0 && found(ctx, pairs->items[index - 1].key))
		index = pairs->next[index - 1];
}

static bool keep_first(void *ctx, uint32_t key)
{
	size_t *first = ctx;

	if (key < *first)
		*first = key;
	return true;
}

size_t pairs_key_of_rule(struct pairs *pairs, const struct ike_item *rule)
{
	size_t first = SIZE_MAX, i, k;

	for (i = 0; i < rule->naddresses; i++) {
		const struct ike_address *local = &rule->addresses[i];

		for (k = 0; !local->remote && k < rule->naddresses; k++) {
			const struct ike_address *remote = &rule->addresses[k];

			if (remote->remote && remote->range.family == local->range.family &&
			    remote->range.family != IP_NONE)
				pairs_find(pairs, &local->range, &remote->range, keep_first,
					   &first);
		}
	}
	return first;
}
