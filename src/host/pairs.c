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

/* The slot of a host pair: where it is, or where it would be put. */
static size_t find_slot(const struct pairs *pairs, const struct pair *wanted)
{
	size_t slot = hash_pair(wanted->local, wanted->remote) & pairs->mask;

	for (; pairs->slots[slot] != 0; slot = (slot + 1) & pairs->mask) {
		const struct pair *pair = &pairs->items[pairs->slots[slot] - 1];

		if (pair->family == wanted->family && ip_compare(pair->local, wanted->local) == 0 &&
		    ip_compare(pair->remote, wanted->remote) == 0)
			break;
	}
	return slot;
}

/* From the last to the first, so that a slot has the first of those that are the same. */
static void index_hosts(struct pairs *pairs)
{
	size_t i;

	for (pairs->mask = 15; pairs->mask < pairs->count * 2; pairs->mask = pairs->mask * 2 + 1)
		;
	pairs->slots = xcalloc(pairs->mask + 1, sizeof *pairs->slots);
	pairs->next = xcalloc(pairs->count + 1, sizeof *pairs->next);
	for (i = pairs->count; i-- > 0;) {
		size_t slot = find_slot(pairs, &pairs->items[i]);

		pairs->next[i] = pairs->slots[slot];
		pairs->slots[slot] = (uint32_t)i + 1;
	}
}

void pairs_build(struct pairs *pairs, const struct doc *doc, const uint32_t *entries, size_t count)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct box *wide = NULL;
	size_t nwide = 0, cap = 0;
	uint32_t i;

	*pairs = (struct pairs){ .items = xmalloc((count + 1) * sizeof *pairs->items) };
	for (i = 0; i < count; i++) {
		const struct ip_range *local = &item.local.range, *remote = &item.remote.range;
		struct pair pair = { .key = i };

		preshared_read(doc, entries[i], &item, NULL);
		if (local->family == IP_NONE || local->family != remote->family)
			continue; /* it was not understood */
		if (ip_range_is_host(local) && ip_range_is_host(remote)) {
			pair.family = local->family;
			pair.local = local->first;
			pair.remote = remote->first;
			pairs->items[pairs->count++] = pair;
		} else {
			struct box box = { *local, *remote, i };

			VEC_PUSH(wide, nwide, cap, box);
		}
	}
	preshared_item_release(&item);
	index_hosts(pairs);
	pairs->wide = nwide > 0 ? boxes_new(wide, nwide) : NULL;
}

void pairs_release(struct pairs *pairs)
{
	free(pairs->items);
	free(pairs->slots);
	free(pairs->next);
	boxes_free(pairs->wide);
	boxes_free(pairs->hosts);
	ranges_release(&pairs->local);
	ranges_release(&pairs->remote);
	*pairs = (struct pairs){ 0 };
}

static struct ip_range one_host(struct ip ip, uint8_t family)
{
	return (struct ip_range){ .family = family, .first = ip, .last = ip };
}

/* Only rules for networks and for several hosts need them in boxes, and few files have one. */
static const struct boxes *hosts_of(struct pairs *pairs)
{
	struct box *items;
	size_t i;

	if (pairs->hosts_made || pairs->count == 0)
		return pairs->hosts;
	items = xmalloc(pairs->count * sizeof *items);
	for (i = 0; i < pairs->count; i++) {
		const struct pair *pair = &pairs->items[i];

		items[i] = (struct box){ one_host(pair->local, pair->family),
					 one_host(pair->remote, pair->family), pair->key };
	}
	pairs->hosts = boxes_new(items, pairs->count);
	pairs->hosts_made = true;
	return pairs->hosts;
}

/* The key for two hosts that comes first, as index + 1; 0: there is none. */
static uint32_t host_pair(const struct pairs *pairs, const struct ip_range *local,
			  const struct ip_range *remote)
{
	struct pair wanted = { local->first, remote->first, 0, local->family };

	return pairs->count > 0 ? pairs->slots[find_slot(pairs, &wanted)] : 0;
}

static uint32_t first_of_hosts(struct pairs *pairs, const struct ranges *local,
			       const struct ranges *remote)
{
	uint32_t index;

	if (!ranges_are_host(local) || !ranges_are_host(remote))
		return boxes_first(hosts_of(pairs), local, remote);
	index = host_pair(pairs, &local->items[0], &remote->items[0]);
	return index != 0 ? pairs->items[index - 1].key : BOXES_NONE;
}

static const enum ip_family families[] = { IP_V4, IP_V6 };

/* Sets the two ranges of PAIRS to those of a rule that are of FAMILY; false: it has none. */
static bool take_rule(struct pairs *pairs, const struct ike_item *rule, enum ip_family family)
{
	ranges_of_rule(&pairs->local, rule, false, family);
	ranges_of_rule(&pairs->remote, rule, true, family);
	return pairs->local.count > 0 && pairs->remote.count > 0;
}

size_t pairs_key_of_rule(struct pairs *pairs, const struct ike_item *rule)
{
	uint32_t least = BOXES_NONE;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		uint32_t host, wide;

		if (!take_rule(pairs, rule, families[i]))
			continue;
		host = first_of_hosts(pairs, &pairs->local, &pairs->remote);
		wide = boxes_first(pairs->wide, &pairs->local, &pairs->remote);
		least = host < least ? host : least;
		least = wide < least ? wide : least;
	}
	return least != BOXES_NONE ? least : SIZE_MAX;
}

size_t pairs_key_around(const struct pairs *pairs, const struct ip_range *local,
			const struct ip_range *remote)
{
	uint32_t key = boxes_first_around(pairs->wide, local, remote);

	return key != BOXES_NONE ? key : SIZE_MAX;
}

size_t pairs_key_same(const struct pairs *pairs, const struct ip_range *local,
		      const struct ip_range *remote, size_t except)
{
	uint32_t found = BOXES_NONE, index;

	if (local->family == IP_NONE || local->family != remote->family)
		return SIZE_MAX;
	if (!ip_range_is_host(local) || !ip_range_is_host(remote)) {
		found = boxes_first_same(pairs->wide, local, remote, (uint32_t)except);
	} else {
		index = host_pair(pairs, local, remote);
		if (index != 0 && pairs->items[index - 1].key == except)
			index = pairs->next[index - 1];
		found = index != 0 ? pairs->items[index - 1].key : BOXES_NONE;
	}
	return found != BOXES_NONE ? found : SIZE_MAX;
}

void pairs_use_init(struct pairs_use *use, size_t keys)
{
	*use = (struct pairs_use){ .used = xcalloc(keys, sizeof *use->used) };
}

void pairs_use_release(struct pairs_use *use)
{
	free(use->used);
	boxes_left_free(use->wide);
	boxes_left_free(use->hosts);
	*use = (struct pairs_use){ 0 };
}

static bool use_boxes(const struct boxes *boxes, struct boxes_left **left, bool *used,
		      const struct ranges *local, const struct ranges *remote)
{
	if (boxes == NULL)
		return false;
	if (*left == NULL)
		*left = boxes_left_new(boxes);
	return boxes_take(boxes, *left, local, remote, used) ||
	       boxes_first(boxes, local, remote) != BOXES_NONE;
}

/* Those with the same two addresses are marked together: where the first is, all are. */
static bool use_slot(struct pairs *pairs, struct pairs_use *use, const struct ip_range *local,
		     const struct ip_range *remote)
{
	uint32_t first = host_pair(pairs, local, remote), index;

	for (index = first; index != 0 && !use->used[pairs->items[index - 1].key];
	     index = pairs->next[index - 1])
		use->used[pairs->items[index - 1].key] = true;
	return first != 0;
}

static bool use_ranges(struct pairs *pairs, struct pairs_use *use, const struct ranges *local,
		       const struct ranges *remote)
{
	bool hosts = ranges_are_host(local) && ranges_are_host(remote)
			     ? use_slot(pairs, use, &local->items[0], &remote->items[0])
			     : use_boxes(hosts_of(pairs), &use->hosts, use->used, local, remote);
	bool wide = use_boxes(pairs->wide, &use->wide, use->used, local, remote);

	return hosts || wide;
}

bool pairs_use_hosts(struct pairs *pairs, struct pairs_use *use, const struct ip_range *local,
		     const struct ip_range *remote)
{
	struct ip_range l = *local, r = *remote;
	const struct ranges locals = { &l, 1, 1 }, remotes = { &r, 1, 1 };

	return use_ranges(pairs, use, &locals, &remotes);
}

bool pairs_use_rule(struct pairs *pairs, struct pairs_use *use, const struct ike_item *rule)
{
	bool any = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(families); i++)
		if (take_rule(pairs, rule, families[i]))
			any |= use_ranges(pairs, use, &pairs->local, &pairs->remote);
	return any;
}
