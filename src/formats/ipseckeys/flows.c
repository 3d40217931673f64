/*
 * ipseckeys: security associations that no pair-spi joins belong together by their addresses, ports
 * and rank; what has no other direction at all is alone.
 */
#include "config.h"

#include "formats/ipseckeys/pairs.h"

#include <stdlib.h>

#include "base/xalloc.h"

/* By addresses first: those of one pair of hosts stand together, those without ports before the
 * others. */
static int compare_flows(const struct manual_sa *a, const struct manual_sa *b)
{
	int diff = manual_order(a->type, b->type);

	if (diff == 0)
		diff = manual_compare_addresses(&a->src, &b->src);
	if (diff == 0)
		diff = manual_compare_addresses(&a->dst, &b->dst);
	if (diff == 0)
		diff = manual_order(a->src.port, b->src.port);
	return diff != 0 ? diff : manual_order(a->dst.port, b->dst.port);
}

static int by_flow(const void *x, const void *y)
{
	const struct manual_sa *a = *(struct manual_sa *const *)x,
			       *b = *(struct manual_sa *const *)y;
	int diff = compare_flows(a, b);

	return diff != 0 ? diff : manual_order(a->entry, b->entry);
}

/* Some of the security associations, sorted. */
struct flows {
	struct manual_sa **items;
	size_t count;
};

/* Those that stay: all of them, or those with a source and without a partner. The caller frees
 * the items. */
static struct flows list_flows(const struct manual_pairs *pairs, bool unpaired)
{
	struct flows flows = { xcalloc(pairs->count + 1, sizeof *flows.items), 0 };
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		struct manual_sa *sa = &pairs->sas[i];

		if (manual_sa_stays(pairs, sa) && !sa->unclear &&
		    (!unpaired || (sa->partner == NULL && manual_end_is_known(&sa->src))))
			flows.items[flows.count++] = sa;
	}
	if (flows.count > 1)
		qsort(flows.items, flows.count, sizeof *flows.items, by_flow);
	return flows;
}

/* The other direction. */
static struct manual_sa reverse(const struct manual_sa *sa)
{
	return (struct manual_sa){ .type = sa->type, .src = sa->dst, .dst = sa->src };
}

/* The place of the first one that is not before WANTED. */
static size_t find(const struct flows *flows, const struct manual_sa *wanted)
{
	size_t low = 0, high = flows->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare_flows(flows->items[mid], wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool has_ports(const struct manual_sa *sa)
{
	return sa->src.port != 0 || sa->dst.port != 0;
}

/* Whether there is one with the addresses of WANTED that carries what WANTED would. */
static bool has_like(const struct flows *all, const struct manual_sa *wanted)
{
	struct manual_sa any = *wanted, *first;
	size_t i;

	any.src.port = any.dst.port = 0;
	i = find(all, &any);
	if (i == all->count)
		return false;
	first = all->items[i];
	if (first->type != wanted->type ||
	    manual_compare_addresses(&first->src, &wanted->src) != 0 ||
	    manual_compare_addresses(&first->dst, &wanted->dst) != 0)
		return false;
	if (!has_ports(first) || !has_ports(wanted))
		return true;
	i = find(all, wanted);
	return i < all->count && compare_flows(all->items[i], wanted) == 0;
}

/* One with any source carries it as well. */
static bool has_reverse(const struct flows *all, const struct manual_sa *sa)
{
	struct manual_sa wanted = reverse(sa), any = wanted;

	any.src = (struct manual_end){ .port = wanted.src.port };
	return has_like(all, &wanted) || has_like(all, &any);
}

static bool has_name(const struct manual_sa *sa)
{
	return sa->src.len > 0 || sa->dst.len > 0;
}

static bool has_address(const struct manual_sa *sa)
{
	return sa->src.family != IP_NONE || sa->dst.family != IP_NONE;
}

/* Whether another one without a partner may have the same hosts under names where this one has
 * addresses, or the reverse. */
static bool is_uncertain(const struct manual_sa *sa, size_t named, size_t numbered)
{
	if (has_name(sa) && has_address(sa))
		return named > 1 || numbered > 1;
	return has_name(sa) ? numbered > 0 : named > 0;
}

static void say_alone(const struct manual_pairs *pairs, const struct flows *unpaired,
		      struct problems *problems)
{
	struct flows all = list_flows(pairs, false);
	size_t named = 0, numbered = 0, i;

	for (i = 0; i < unpaired->count; i++) {
		const struct manual_sa *sa = unpaired->items[i];

		named += sa->partner == NULL && has_name(sa);
		numbered += sa->partner == NULL && has_address(sa);
	}
	for (i = 0; i < unpaired->count; i++) {
		const struct manual_sa *sa = unpaired->items[i];

		if (sa->partner == NULL && !sa->is_said && !is_uncertain(sa, named, numbered) &&
		    !has_reverse(&all, sa))
			manual_say(problems, MANUAL_PROBLEM_LONE, manual_command_span(pairs, sa),
				   0);
	}
	free(all.items);
}

/* What is deleted or flushed again is nobody's partner. */
static void forget_gone(const struct manual_pairs *pairs)
{
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		const struct manual_sa *sa = &pairs->sas[i];

		if (sa->took_pair && sa->partner != NULL && sa->partner->gone > sa->gone)
			sa->partner->gone = sa->gone;
	}
	for (i = 0; i < pairs->count; i++) {
		struct manual_sa *sa = &pairs->sas[i];

		if (sa->partner != NULL && manual_sa_stays(pairs, sa) &&
		    !manual_sa_stays(pairs, sa->partner)) {
			sa->partner->partner = NULL;
			sa->partner = NULL;
		}
	}
}

void manual_match_flows(const struct manual_pairs *pairs, struct problems *problems)
{
	struct flows unpaired;
	size_t i, alone = 0;

	forget_gone(pairs);
	unpaired = list_flows(pairs, true);
	for (i = 0; i < unpaired.count; i++) {
		struct manual_sa *sa = unpaired.items[i], wanted = reverse(sa), *other;
		size_t at = find(&unpaired, &wanted) + i - find(&unpaired, sa);

		other = at < unpaired.count ? unpaired.items[at] : NULL;
		if (other == NULL || other == sa || compare_flows(other, &wanted) != 0) {
			alone++;
			continue;
		}
		sa->partner = other;
		if (other->entry < sa->entry && !sa->is_said && !other->is_said)
			manual_say(problems, MANUAL_PROBLEM_PAIR_UNNAMED,
				   manual_command_span(pairs, sa), other->off);
	}
	if (alone > 0 && problems != NULL && !pairs->unclear)
		say_alone(pairs, &unpaired, problems);
	free(unpaired.items);
}
