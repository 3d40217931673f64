/* Pairs of ranges: what is found is what looking at each would find, and it is found quickly. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "formats/ike_preshared/file.h"
#include "host/pairs.h"

static uint32_t seed;

static unsigned any(unsigned below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static struct ip_range range(enum ip_family family, uint64_t first, uint64_t last)
{
	struct ip_range r = { .family = family, .first = { 0, first }, .last = { 0, last } };

	/* Such that IPv6 ranges go over the border of their halves. */
	if (family == IP_V6) {
		r.first = (struct ip){ first >> 2, first << 62 };
		r.last = (struct ip){ last >> 2, last << 62 };
	}
	return r;
}

static struct ip_range any_range(enum ip_family family, unsigned space)
{
	unsigned a = any(space), b = any(3) == 0 ? any(space) : a;

	return range(family, a < b ? a : b, a < b ? b : a);
}

static struct box any_box(unsigned space, uint32_t number)
{
	enum ip_family family = any(4) == 0 ? IP_V6 : IP_V4;

	return (struct box){ any_range(family, space), any_range(family, space), number };
}

/* A set as ranges_of_rule makes it of a rule's addresses. */
static void any_set(struct ranges *set, enum ip_family family, unsigned space)
{
	struct ike_address addresses[4];
	struct ike_item item = { .addresses = addresses, .naddresses = 1 + any(4) };
	size_t i;

	for (i = 0; i < item.naddresses; i++)
		addresses[i] = (struct ike_address){ .range = any_range(family, space) };
	ranges_of_rule(set, &item, false, family);
	for (i = 0; i < item.naddresses; i++)
		cr_assert(ranges_overlap(set, &addresses[i].range));
	for (i = 1; i < set->count; i++)
		cr_assert_lt(ip_compare(set->items[i - 1].last, set->items[i].first), 0);
}

static bool meets(const struct ranges *set, const struct ip_range *range)
{
	size_t i;

	for (i = 0; i < set->count; i++)
		if (ip_range_overlaps(&set->items[i], range))
			return true;
	return false;
}

static bool fits(const struct box *box, const struct ranges *local, const struct ranges *remote)
{
	return meets(local, &box->local) && meets(remote, &box->remote);
}

static bool is_same(const struct box *a, const struct box *b)
{
	return ip_range_covers(&a->local, &b->local) && ip_range_covers(&b->local, &a->local) &&
	       ip_range_covers(&a->remote, &b->remote) && ip_range_covers(&b->remote, &a->remote);
}

static void expect_search(const struct box *items, unsigned count, const struct boxes *boxes,
			  struct boxes_left *left, bool *taken, bool *wanted, unsigned space)
{
	struct ranges local = { 0 }, remote = { 0 };
	enum ip_family family = any(2) ? IP_V4 : IP_V6;
	struct box one = any_box(space, 0);
	uint32_t first = BOXES_NONE, around = BOXES_NONE, same = BOXES_NONE, except;
	bool fresh = false, found;
	unsigned i;

	any_set(&local, family, space);
	any_set(&remote, family, space);
	if (any(3) > 0)
		one = items[any(count)];
	except = any(2) ? any(count) : BOXES_NONE;
	for (i = count; i-- > 0;) {
		if (is_same(&items[i], &one) && items[i].number != except)
			same = items[i].number;
		if (fits(&items[i], &local, &remote)) {
			first = items[i].number < first ? items[i].number : first;
			fresh |= !wanted[items[i].number];
		}
		if (ip_range_covers(&items[i].local, &one.local) &&
		    ip_range_covers(&items[i].remote, &one.remote) && items[i].number < around)
			around = items[i].number;
	}
	for (i = 0; i < count; i++)
		wanted[items[i].number] |= fits(&items[i], &local, &remote);
	cr_expect_eq(boxes_first(boxes, &local, &remote), first, "seed %u", seed);
	cr_expect_eq(boxes_first_around(boxes, &one.local, &one.remote), around, "seed %u", seed);
	cr_expect_eq(boxes_first_same(boxes, &one.local, &one.remote, except), same, "seed %u",
		     seed);
	found = boxes_take(boxes, left, &local, &remote, taken);
	cr_expect_eq(found, fresh, "seed %u", seed);
	for (i = 0; i < count; i++)
		cr_expect_eq(taken[i], wanted[i], "seed %u", seed);
	ranges_release(&local);
	ranges_release(&remote);
}

Test(boxes, are_found_as_if_each_was_looked_at, .timeout = 60)
{
	unsigned round, i;

	for (round = 0; round < 400; round++) {
		unsigned count = 1 + round % 97, space = 2 + round % 23;
		struct box *items = xmalloc(count * sizeof *items),
			   *own = xmalloc(count * sizeof *own);
		bool *taken = xcalloc(count, sizeof *taken),
		     *wanted = xcalloc(count, sizeof *wanted);
		struct boxes_left *left;
		struct boxes *boxes;

		seed = round;
		for (i = 0; i < count; i++)
			items[i] = any_box(space, i);
		memcpy(own, items, count * sizeof *own);
		boxes = boxes_new(own, count);
		left = boxes_left_new(boxes);
		for (i = 0; i < 20; i++)
			expect_search(items, count, boxes, left, taken, wanted, space);
		boxes_left_free(left);
		boxes_free(boxes);
		free(items);
		free(taken);
		free(wanted);
	}
}

/* Shapes that files may have, and some that only somebody would write who wants it to be slow. */
static void shape(unsigned kind, uint64_t i, uint64_t count, struct box *box)
{
	uint64_t x = i * 16, all = count * 16 - 1;

	switch (kind) {
	case 0: /* all the same */
		box->local = box->remote = range(IP_V4, 0, all);
		break;
	case 1: /* each within the one before */
		box->local = box->remote = range(IP_V4, i, 2 * all - i);
		break;
	case 2: /* side by side */
		box->local = range(IP_V4, 7, 7);
		box->remote = range(IP_V4, x, x + 15);
		break;
	case 3: /* a diagonal, in both directions */
		box->local = range(IP_V4, x, x + 15);
		box->remote = range(IP_V4, i % 2 ? x : all - x, i % 2 ? x + 15 : all - x);
		break;
	default: /* a lattice: wide one way and narrow the other */
		box->local = i % 2 ? range(IP_V4, 0, all) : range(IP_V4, x, x);
		box->remote = i % 2 ? range(IP_V4, x, x) : range(IP_V4, 0, all);
	}
	box->number = (uint32_t)i;
}

Test(boxes, are_found_quickly, .timeout = 30)
{
	enum { COUNT = 50000 };
	unsigned kind;
	size_t i;

	for (kind = 0; kind < 5; kind++) {
		struct box *items = xmalloc(COUNT * sizeof *items);
		bool *taken = xcalloc(COUNT, sizeof *taken);
		struct boxes_left *left;
		struct boxes *boxes;

		for (i = 0; i < COUNT; i++)
			shape(kind, i, COUNT, &items[i]);
		boxes = boxes_new(items, COUNT);
		left = boxes_left_new(boxes);
		for (i = 0; i < COUNT; i++) {
			struct box box;
			struct ranges local = { &box.local, 1, 1 }, remote = { &box.remote, 1, 1 };

			shape(kind, i, COUNT, &box);
			boxes_take(boxes, left, &local, &remote, taken);
			cr_assert_leq(boxes_first(boxes, &local, &remote), i);
			cr_assert_leq(boxes_first_around(boxes, &box.local, &box.remote), i);
			cr_assert(taken[i]);
		}
		boxes_left_free(left);
		boxes_free(boxes);
		free(taken);
	}
}

static void add_address(struct strbuf *sb, unsigned space)
{
	unsigned a = any(space);

	if (any(4) == 0)
		strbuf_addf(sb, "192.0.2.%u/%u", a & ~3u, 30 - any(3));
	else if (any(6) == 0)
		strbuf_addf(sb, "2001:db8::%x", a);
	else
		strbuf_addf(sb, "192.0.2.%u", a);
}

/* The keys of a file whose two ends are of one family. */
struct keys {
	struct box *items;
	size_t count, cap;
};

static struct keys read_keys(const struct doc *doc)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct keys keys = { 0 };
	uint32_t i;

	for (i = 0; i < doc->nentries; i++) {
		struct box box = { .number = i };

		preshared_read(doc, i, &item, NULL);
		box.local = item.local.range;
		box.remote = item.remote.range;
		if (box.local.family != IP_NONE && box.local.family == box.remote.family)
			VEC_PUSH(keys.items, keys.count, keys.cap, box);
	}
	preshared_item_release(&item);
	return keys;
}

/* The first key that the daemon could take, by looking at each. */
static size_t first_key(const struct keys *keys, const struct ike_item *rule, bool *used)
{
	size_t i, l, r, first = SIZE_MAX;

	for (i = keys->count; i-- > 0;)
		for (l = 0; l < rule->naddresses; l++)
			for (r = 0; r < rule->naddresses; r++)
				if (!rule->addresses[l].remote && rule->addresses[r].remote &&
				    ip_range_overlaps(&rule->addresses[l].range,
						      &keys->items[i].local) &&
				    ip_range_overlaps(&rule->addresses[r].range,
						      &keys->items[i].remote)) {
					first = keys->items[i].number;
					used[first] = true;
				}
	return first;
}

/* Each with every other one, and with ranges that may be nobody's. */
static void expect_same(const struct pairs *pairs, const struct keys *keys, unsigned space)
{
	unsigned i, k, rounds = (unsigned)keys->count + 5;

	for (i = 0; i < rounds; i++) {
		struct box one = i < keys->count ? keys->items[i] : any_box(space, 0);
		size_t first = SIZE_MAX, second = SIZE_MAX;

		for (k = 0; k < keys->count; k++)
			if (is_same(&keys->items[k], &one)) {
				second = first != SIZE_MAX && second == SIZE_MAX
						 ? keys->items[k].number
						 : second;
				first = first == SIZE_MAX ? keys->items[k].number : first;
			}
		cr_expect_eq(pairs_key_same(pairs, &one.local, &one.remote, SIZE_MAX), first,
			     "seed %u", seed);
		cr_expect_eq(pairs_key_same(pairs, &one.local, &one.remote, first), second,
			     "seed %u", seed);
	}
}

static struct doc *make_rules(unsigned count, unsigned space)
{
	struct strbuf sb = STRBUF_INIT;
	struct doc *doc;
	unsigned i, k;

	for (i = 0; i < count; i++) {
		strbuf_addstr(&sb, "{ local_addr ");
		add_address(&sb, space);
		for (k = any(3) == 0 ? any(4) : 0; k > 0; k--) {
			strbuf_addstr(&sb, any(2) ? " local_addr " : " remote_addr ");
			add_address(&sb, space);
		}
		strbuf_addstr(&sb, " remote_addr ");
		add_address(&sb, space);
		strbuf_addstr(&sb, " }\n");
	}
	doc = doc_new(&ike_config_format, blob_copy(sb.buf, sb.len, false));
	strbuf_release(&sb);
	return doc;
}

static struct doc *make_keys(unsigned count, unsigned space)
{
	struct strbuf sb = STRBUF_INIT;
	struct doc *doc;
	unsigned i;

	for (i = 0; i < count; i++) {
		strbuf_addstr(&sb, "{ localid ");
		add_address(&sb, space);
		strbuf_addstr(&sb, " remoteid ");
		add_address(&sb, space);
		strbuf_addstr(&sb, " key 00112233 }\n");
	}
	doc = doc_new(&preshared_format, blob_copy(sb.buf, sb.len, true));
	strbuf_release(&sb);
	return doc;
}

Test(pairs, are_as_each_rule_with_each_key, .timeout = 60)
{
	unsigned round, i;

	for (round = 0; round < 300; round++) {
		unsigned space = 4 + round % 40, nkeys = round % 50, nrules = 1 + round % 30;
		struct doc *rules, *keys;
		struct keys all;
		struct ike_item item = IKE_ITEM_INIT;
		uint32_t *entries = xmalloc((nkeys + 1) * sizeof *entries);
		bool *used = xcalloc(nkeys + 1, sizeof *used);
		struct pairs_use use;
		struct pairs pairs;

		seed = round;
		rules = make_rules(nrules, space);
		keys = make_keys(nkeys, space);
		cr_assert_eq(rules->nentries, nrules);
		cr_assert_eq(keys->nentries, nkeys);
		for (i = 0; i < nkeys; i++)
			entries[i] = i;
		pairs_build(&pairs, keys, entries, nkeys);
		all = read_keys(keys);
		expect_same(&pairs, &all, space);
		pairs_use_init(&use, nkeys);
		for (i = 0; i < nrules; i++) {
			size_t first;

			ike_read_rule(rules, i, &item, NULL);
			first = first_key(&all, &item, used);
			cr_expect_eq(pairs_key_of_rule(&pairs, &item), first, "seed %u", seed);
			cr_expect_eq(pairs_use_rule(&pairs, &use, &item), first != SIZE_MAX,
				     "seed %u", seed);
		}
		for (i = 0; i < nkeys; i++)
			cr_expect_eq(use.used[i], used[i], "seed %u, key %u", seed, i);
		pairs_use_release(&use);
		pairs_release(&pairs);
		free(all.items);
		ike_item_release(&item);
		doc_free(rules);
		doc_free(keys);
		free(entries);
		free(used);
	}
}
