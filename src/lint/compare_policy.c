/* What policies say about each other. */
#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "lint/join_policy.h"
#include "lint/lint_internal.h"
#include "lint/policy_cover.h"

#define PROTOCOL_ICMP   1
#define PROTOCOL_ICMPV6 58

/* Where a policy begins, as a place of a finding. */
static struct span begin_of(const struct lint *lint, size_t number)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_IPSECINIT);
	uint32_t tok = doc->entries[lint->host->policies[number]].tok;

	return doc_span(doc, tok, tok + 1);
}

/* About one policy, where it begins; FIRST is another one that belongs to it, or POLICY_NOBODY. */
static struct finding *add_policy(struct lint *lint, enum check_join join, size_t number,
				  uint32_t first)
{
	struct finding *finding =
		lint_add_join(lint, join, LOCATION_IPSECINIT, lint->host->policies[number],
			      begin_of(lint, number));

	if (finding != NULL && first != POLICY_NOBODY)
		finding->b = begin_of(lint, first).off;
	return finding;
}

static unsigned count_bits(unsigned two)
{
	return (two & 1) + (two >> 1);
}

/* How many directions and families a policy is for. */
static unsigned parts_of(const struct policy_fact *fact)
{
	return count_bits(fact->direction) * count_bits(fact->families);
}

/* Another policy, or several, decide about all packets of this one; one sentence says it. */
static bool report_hidden(struct lint *lint, size_t number, const struct policy_fact *fact,
			  const struct policy_cover *cover)
{
	if (cover->twice != POLICY_NOBODY)
		add_policy(lint,
			   policy_fact(lint->policies, cover->twice).action == fact->action
				   ? JOIN_POLICY_TWICE
				   : JOIN_POLICY_OTHER_ACTION,
			   number, cover->twice);
	else if (fact->protects && cover->bypass != POLICY_NOBODY)
		add_policy(lint, JOIN_POLICY_BYPASSED, number, cover->bypass);
	else if (cover->hidden > 0 && cover->hidden == parts_of(fact))
		add_policy(lint, cover->differs ? JOIN_POLICY_SHADOWED : JOIN_POLICY_REDUNDANT,
			   number, cover->before);
	else
		return false;
	return true;
}

static bool is_one_way(const struct policy_fact *fact, const struct policy_cover *cover)
{
	return fact->clear && fact->protects &&
	       (fact->direction == POLICY_DIRECTION_IN ||
		fact->direction == POLICY_DIRECTION_OUT) &&
	       (cover->mirrored & fact->families) != fact->families;
}

static void report_one_way(struct lint *lint, size_t number, const struct policy_fact *fact)
{
	struct finding *finding = add_policy(
		lint, fact->tunnel != 0 ? JOIN_POLICY_ONE_WAY_TUNNEL : JOIN_POLICY_ONE_WAY, number,
		POLICY_NOBODY);

	if (finding != NULL)
		finding->word = fact->direction == POLICY_DIRECTION_IN ? POLICY_OUT : POLICY_IN;
}

/* What was found for a policy, where the next one is *NEXT of those of which something was. */
static const struct policy_cover *cover_of(const struct policy_covers *covers, size_t *next,
					   size_t number)
{
	static const struct policy_cover nothing = { .twice = POLICY_NOBODY,
						     .bypass = POLICY_NOBODY,
						     .before = POLICY_NOBODY,
						     .after = POLICY_NOBODY };

	if (*next == covers->count || covers->items[*next].number != number)
		return &nothing;
	return &covers->items[(*next)++];
}

/* How many stand behind a wider one and yet are looked at before it; said at the first. */
static void report_order(struct lint *lint, size_t first, uint32_t wider, size_t count)
{
	struct finding *finding = add_policy(lint, JOIN_POLICY_ORDER, first, wider);

	if (finding != NULL)
		finding->a = (uint32_t)count;
}

/* SURE: of every entry it is known for which packets it is. */
static void report_covers(struct lint *lint, bool sure)
{
	struct policies *policies = lint->policies;
	struct policy_covers covers = policy_cover_find(policies);
	size_t i, first = policies->count, moved = 0, next = 0;
	uint32_t wider = POLICY_NOBODY;

	for (i = 0; i < policies->count; i++) {
		const struct policy_cover *cover = cover_of(&covers, &next, i);
		struct policy_fact fact = policy_fact(policies, i);

		if (report_hidden(lint, i, &fact, cover)) {
			fact.hidden = true;
			policy_keep(policies, i, &fact);
			continue;
		}
		if (sure && is_one_way(&fact, cover))
			report_one_way(lint, i, &fact);
		if (cover->after == POLICY_NOBODY)
			continue;
		if (moved++ == 0) {
			first = i;
			wider = cover->after;
		}
	}
	if (moved > 0)
		report_order(lint, first, wider, moved);
	free(covers.items);
}

/* The kernel refuses the entries that come too late, and so they mean nothing to the others. */
static void report_tunnel_modes(struct lint *lint)
{
	struct policies *policies = lint->policies;
	size_t i;

	for (i = 0; i < policies->count; i++) {
		struct policy_fact fact = policy_fact(policies, i);
		const struct policy_tunnel *tunnel;

		if (fact.tunnel == 0 || fact.negotiate == 0)
			continue;
		tunnel = &policies->tunnels[fact.tunnel - 1];
		if (tunnel->negotiate == fact.negotiate)
			continue;
		add_policy(lint, JOIN_POLICY_TUNNEL_MODES, i, tunnel->first);
		fact.clear = false;
		policy_keep(policies, i, &fact);
	}
}

static void report_icmp_actions(struct lint *lint)
{
	const struct policies *policies = lint->policies;
	uint32_t first = POLICY_NOBODY;
	size_t i;

	for (i = 0; i < policies->count; i++) {
		struct policy_fact fact = policy_fact(policies, i);

		if (!fact.clear || !fact.protects || !fact.typed || fact.tunnel != 0)
			continue;
		if (first == POLICY_NOBODY)
			first = (uint32_t)i;
		else if (fact.action != policy_fact(policies, first).action)
			add_policy(lint, JOIN_POLICY_ICMP_ACTION, i, first);
	}
}

/* Router and neighbor solicitation and advertisement, and redirection. */
#define NEIGHBOR_FIRST 133
#define NEIGHBOR_LAST  137
#define NEIGHBOR_ALL   ((1u << (NEIGHBOR_LAST - NEIGHBOR_FIRST + 1)) - 1)

/* Which of these types a policy is for, as bits. */
static unsigned neighbor_types(const struct policy_fact *fact)
{
	unsigned types = 0;
	int type;

	if (!fact->clear || fact->tunnel != 0 || (fact->families & POLICY_IPV6) == 0 ||
	    fact->lport != 0 || fact->rport != 0 ||
	    (fact->ulp != 0 && fact->ulp != PROTOCOL_ICMPV6))
		return 0;
	for (type = NEIGHBOR_FIRST; type <= NEIGHBOR_LAST; type++)
		if (!fact->typed || (fact->type[0] <= type && type <= fact->type[1]))
			types |= 1u << (type - NEIGHBOR_FIRST);
	return types;
}

/* Whether packets of every kind for the link itself are among those of the policy: to everybody on
 * it, or to addresses that are of one link alone. */
static bool is_for_the_link(const struct policies *policies, const struct policy_fact *fact)
{
	static const struct ip link = { UINT64_C(0xfe80000000000000), 0 },
			       multicast = { UINT64_C(0xff02000000000000), 0 };
	struct ip remote = policy_remote(policies, fact);

	return (fact->local_given || fact->remote_given) &&
	       (prefix_covers(remote, fact->remote_bits, link, 10, IP_V6) ||
		prefix_covers(remote, fact->remote_bits, multicast, 16, IP_V6) ||
		prefix_covers(link, 10, remote, fact->remote_bits, IP_V6));
}

/* One sentence a file: what is missing is one entry. */
static void report_neighbors(struct lint *lint)
{
	const struct policies *policies = lint->policies;
	size_t i, sure = policies->count, maybe = policies->count;
	unsigned in = 0, out = 0;

	for (i = 0; i < policies->count; i++) {
		struct policy_fact fact = policy_fact(policies, i);
		unsigned types = neighbor_types(&fact);

		if (types == 0)
			continue;
		if (fact.class == POLICY_CLASS_BYPASS) {
			in |= (fact.direction & POLICY_DIRECTION_IN) != 0 ? types : 0;
			out |= (fact.direction & POLICY_DIRECTION_OUT) != 0 ? types : 0;
		} else if (fact.protects && is_for_the_link(policies, &fact) &&
			   sure == policies->count) {
			sure = i;
		} else if (fact.protects && maybe == policies->count) {
			maybe = i;
		}
	}
	if ((in & out) == NEIGHBOR_ALL)
		return;
	if (sure < policies->count)
		add_policy(lint, JOIN_POLICY_NEIGHBORS, sure, POLICY_NOBODY);
	else if (maybe < policies->count)
		add_policy(lint, JOIN_POLICY_NEIGHBORS_MAYBE, maybe, POLICY_NOBODY);
}

static void report_foreign(struct lint *lint)
{
	const struct policies *policies = lint->policies;
	size_t i, first = policies->count, count = 0;

	for (i = 0; i < policies->count; i++)
		if (policy_fact(policies, i).foreign && count++ == 0)
			first = i;
	if (count > 0)
		finding_numbers(add_policy(lint, JOIN_POLICY_FOREIGN, first, POLICY_NOBODY),
				(uint32_t)count, 0);
}

/*
 * Whether it is known of every entry for which packets it is. Where one was not understood, or
 * holds a name, it may be what is said to be missing.
 */
static bool all_are_clear(const struct lint *lint)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_IPSECINIT);
	size_t i;

	for (i = 0; i < lint->policies->count; i++)
		if (!policy_fact(lint->policies, i).clear)
			return false;
	return doc->nentries == lint->policies->count;
}

void lint_compare_policies(struct lint *lint)
{
	bool sure;

	if (!lint_is_known(lint, LOCATION_IPSECINIT))
		return;
	sure = all_are_clear(lint);
	report_tunnel_modes(lint);
	report_covers(lint, sure);
	report_icmp_actions(lint);
	if (sure)
		report_neighbors(lint);
	report_foreign(lint);
	lint_join_policies(lint, sure);
}
