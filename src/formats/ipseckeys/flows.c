/*
 * ipseckeys: security associations that no pair-spi joins belong together by their addresses, ports
 * and rank; what has no other direction at all is alone.
 */
#include "config.h"

#include "formats/ipseckeys/pairs.h"

#include <stdlib.h>

#include "base/xalloc.h"

/* Some of the security associations, by type and addresses, then by ports: those of one pair of
 * hosts stand together, those without ports before the others. */
struct flows {
	const struct manual_pairs *pairs;
	struct manual_rank *items;
	size_t count;
};

/* What packets of one direction are for. */
struct flow {
	struct manual_rank ends; /* without the ports; INDEX counts nothing */
	uint32_t ports;
};

static uint32_t ports_of(const struct manual_side *src, const struct manual_side *dst)
{
	return (uint32_t)src->port << 16 | dst->port;
}

static struct manual_rank rank_of(unsigned type, const struct manual_side *src,
				  const struct manual_side *dst, uint32_t index)
{
	return (struct manual_rank){ (uint64_t)type << 36 | (uint64_t)src->kind << 34 |
					     (uint64_t)src->number << 2 | dst->kind,
				     dst->number, index };
}

/* What has the other direction. */
static struct flow reverse(const struct manual_sa *sa)
{
	return (struct flow){ rank_of(sa->type, &sa->dst, &sa->src, 0),
			      ports_of(&sa->dst, &sa->src) };
}

static struct manual_sa *sa_at(const struct flows *flows, size_t i)
{
	return &flows->pairs->sas[flows->items[i].index];
}

static int compare(const struct flows *flows, size_t i, const struct flow *wanted)
{
	const struct manual_rank *rank = &flows->items[i];
	const struct manual_sa *sa;
	uint32_t ports;

	if (rank->high != wanted->ends.high)
		return rank->high < wanted->ends.high ? -1 : 1;
	if (rank->low != wanted->ends.low)
		return rank->low < wanted->ends.low ? -1 : 1;
	if (!flows->pairs->ported)
		return 0;
	sa = sa_at(flows, i);
	ports = ports_of(&sa->src, &sa->dst);
	return (ports > wanted->ports) - (ports < wanted->ports);
}

/* Sorting keeps the order of what is equal: by the ports first, then by what counts more. */
static void sort_flows(struct flows *flows)
{
	size_t i;

	for (i = 0; flows->pairs->ported && i < flows->count; i++) {
		const struct manual_sa *sa = sa_at(flows, i);

		flows->items[i].high = 0;
		flows->items[i].low = ports_of(&sa->src, &sa->dst);
	}
	if (flows->pairs->ported)
		manual_rank_sort(flows->items, flows->count);
	for (i = 0; i < flows->count; i++) {
		const struct manual_sa *sa = sa_at(flows, i);

		flows->items[i] = rank_of(sa->type, &sa->src, &sa->dst, flows->items[i].index);
	}
	manual_rank_sort(flows->items, flows->count);
}

/* Those that stay: all of them, or those with a source and without a partner. The caller frees
 * the items. */
static struct flows list_flows(const struct manual_pairs *pairs, bool unpaired)
{
	struct flows flows = { pairs, NULL, 0 };
	size_t i;

	flows.items = xmalloc((pairs->count + 1) * sizeof *flows.items);
	for (i = 0; i < pairs->count; i++) {
		const struct manual_sa *sa = &pairs->sas[i];

		if (manual_sa_stays(pairs, sa) && !sa->unclear &&
		    (!unpaired ||
		     (sa->partner == MANUAL_NOBODY && sa->src.kind != MANUAL_SIDE_ANY)))
			flows.items[flows.count++].index = (uint32_t)i;
	}
	sort_flows(&flows);
	return flows;
}

/* The place of the first one that is not before WANTED. */
static size_t find(const struct flows *flows, const struct flow *wanted)
{
	size_t low = 0, high = flows->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare(flows, mid, wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Whether there is one with the addresses of WANTED that carries what WANTED would. */
static bool has_like(const struct flows *all, const struct flow *wanted)
{
	const struct flow any = { wanted->ends, 0 };
	size_t i = find(all, &any);
	const struct manual_sa *first;

	if (i == all->count || !manual_rank_equal(&all->items[i], &wanted->ends))
		return false;
	first = sa_at(all, i);
	if (ports_of(&first->src, &first->dst) == 0 || wanted->ports == 0)
		return true;
	i = find(all, wanted);
	return i < all->count && compare(all, i, wanted) == 0;
}

/* One with any source carries it as well. */
static bool has_reverse(const struct flows *all, const struct manual_sa *sa)
{
	const struct manual_side nobody = { .kind = MANUAL_SIDE_ANY };
	struct flow wanted = reverse(sa), any = wanted;

	any.ends = rank_of(sa->type, &nobody, &sa->src, 0);
	return has_like(all, &wanted) || has_like(all, &any);
}

static bool has_name(const struct manual_sa *sa)
{
	return sa->src.kind == MANUAL_SIDE_NAME || sa->dst.kind == MANUAL_SIDE_NAME;
}

static bool has_address(const struct manual_sa *sa)
{
	return manual_side_has_address(&sa->src) || manual_side_has_address(&sa->dst);
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
		const struct manual_sa *sa = sa_at(unpaired, i);

		named += sa->partner == MANUAL_NOBODY && has_name(sa);
		numbered += sa->partner == MANUAL_NOBODY && has_address(sa);
	}
	for (i = 0; i < unpaired->count; i++) {
		const struct manual_sa *sa = sa_at(unpaired, i);

		if (sa->partner == MANUAL_NOBODY && !sa->is_said &&
		    !is_uncertain(sa, named, numbered) && !has_reverse(&all, sa))
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

		if (sa->took_pair && sa->partner != MANUAL_NOBODY &&
		    pairs->sas[sa->partner].gone > sa->gone)
			pairs->sas[sa->partner].gone = sa->gone;
	}
	for (i = 0; i < pairs->count; i++) {
		struct manual_sa *sa = &pairs->sas[i];

		if (sa->partner != MANUAL_NOBODY && manual_sa_stays(pairs, sa) &&
		    !manual_sa_stays(pairs, &pairs->sas[sa->partner])) {
			pairs->sas[sa->partner].partner = MANUAL_NOBODY;
			sa->partner = MANUAL_NOBODY;
		}
	}
}

/* The one of rank RANK, from 0, with the flow WANTED, or NULL. */
static struct manual_sa *find_rank(const struct flows *flows, const struct flow *wanted,
				   size_t rank)
{
	size_t i = find(flows, wanted) + rank;

	return i < flows->count && compare(flows, i, wanted) == 0 ? sa_at(flows, i) : NULL;
}

/* Partners are those of the same rank among the ones of one flow, and of its reverse. Returns how
 * many have none. */
static size_t match(const struct flows *unpaired, struct problems *problems)
{
	const struct manual_pairs *pairs = unpaired->pairs;
	size_t i, first = 0, alone = 0;

	for (i = 0; i < unpaired->count; i++) {
		struct manual_sa *sa = sa_at(unpaired, i), *other;
		struct flow wanted = reverse(sa);
		struct flow own = { unpaired->items[i], ports_of(&sa->src, &sa->dst) };

		if (compare(unpaired, first, &own) != 0)
			first = i;
		if (sa->partner != MANUAL_NOBODY)
			continue;
		other = find_rank(unpaired, &wanted, i - first);
		if (other == NULL || other == sa) {
			alone++;
			continue;
		}
		sa->partner = (uint32_t)(other - pairs->sas);
		other->partner = (uint32_t)(sa - pairs->sas);
		if (other->entry > sa->entry) {
			struct manual_sa *swap = sa;

			sa = other;
			other = swap;
		}
		if (!sa->is_said && !other->is_said)
			manual_say(problems, MANUAL_PROBLEM_PAIR_UNNAMED,
				   manual_command_span(pairs, sa),
				   manual_command_span(pairs, other).off);
	}
	return alone;
}

void manual_match_flows(const struct manual_pairs *pairs, struct problems *problems)
{
	struct flows unpaired;

	if (pairs->paired)
		forget_gone(pairs);
	unpaired = list_flows(pairs, true);
	if (match(&unpaired, problems) > 0 && problems != NULL && !pairs->unclear)
		say_alone(pairs, &unpaired, problems);
	free(unpaired.items);
}
