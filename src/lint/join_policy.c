#include "config.h"

#include "lint/join_policy.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/policies.h"
#include "lint/sort.h"

/* What rectangles weigh: each as one, those of MDM's rules in the upper half as well. */
#define WEIGHT_MDM ((uint64_t)1 << 32)

struct rects {
	struct overlap_rect *items;
	size_t count, cap;
	bool unclear; /* of somebody it is not known for which addresses it is */
};

static void add_rect(struct rects *rects, const struct ip_range *local,
		     const struct ip_range *remote, uint32_t index, uint64_t weight)
{
	struct overlap_rect rect = { local->first,  local->last, remote->first, remote->last,
				     local->family, index,       weight };

	if (local->family != IP_NONE && local->family == remote->family)
		VEC_PUSH(rects->items, rects->count, rects->cap, rect);
}

/* The smallest range that holds all addresses of one family at one end; none: IP_NONE. */
static struct ip_range hull(const struct ike_item *item, bool remote, enum ip_family family)
{
	struct ip_range all = { .family = IP_NONE };
	size_t i;

	for (i = 0; i < item->naddresses; i++) {
		const struct ip_range *range = &item->addresses[i].range;

		if (item->addresses[i].remote != remote || range->family != family)
			continue;
		if (all.family == IP_NONE || ip_compare(range->first, all.first) < 0)
			all.first = range->first;
		if (all.family == IP_NONE || ip_compare(range->last, all.last) > 0)
			all.last = range->last;
		all.family = (uint8_t)family;
	}
	return all;
}

/*
 * The addresses of a rule. One with many at both ends has as many pairs as their product; what is
 * then taken is somewhat more than it is for, so that nothing is called missing that is there.
 */
static void add_rule(struct rects *rects, const struct ike_item *item, uint32_t number,
		     uint64_t weight)
{
	size_t i, ends[2] = { 0, 0 };
	bool many;

	for (i = 0; i < item->naddresses; i++) {
		ends[item->addresses[i].remote]++;
		if (item->addresses[i].range.family == IP_NONE)
			rects->unclear = true;
	}
	if (ends[0] == 0 || ends[1] == 0)
		rects->unclear = true;
	/* All of the end that has more, each with what the other end has. */
	many = ends[1] >= ends[0];
	for (i = 0; i < item->naddresses; i++) {
		const struct ip_range *range = &item->addresses[i].range;
		struct ip_range other;

		if (item->addresses[i].remote != many || range->family == IP_NONE)
			continue;
		other = hull(item, !many, (enum ip_family)range->family);
		if (many)
			add_rect(rects, &other, range, number, weight);
		else
			add_rect(rects, range, &other, number, weight);
	}
}

static void add_rules(struct lint *lint, struct rects *rects)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_IKE_CONFIG);
	struct ike_item item = IKE_ITEM_INIT;
	size_t i;

	for (i = 0; i < lint->host->nrules; i++) {
		const struct lint_fact *fact = &lint->rules[i];
		uint64_t weight = fact->mdm ? WEIGHT_MDM + 1 : 1;
		struct ip local = { 0, fact->local }, remote = { 0, fact->remote };
		struct ip_range ends[2] = { { .family = IP_V4, .first = local, .last = local },
					    { .family = IP_V4, .first = remote, .last = remote } };

		if (fact->hosts) { /* nearly every rule is one, and is not read again */
			add_rect(rects, &ends[0], &ends[1], (uint32_t)i, weight);
			continue;
		}
		ike_read_rule(doc, fact->entry, &item, NULL);
		add_rule(rects, &item, (uint32_t)i, weight);
	}
	ike_item_release(&item);
}

/* The policies that demand protection of the host's own packets. */
static void add_policies(const struct lint *lint, struct rects *rects)
{
	static const enum ip_family families[] = { IP_V4, IP_V6 };
	const struct policies *policies = lint->policies;
	size_t i, f;

	for (i = 0; i < policies->count; i++) {
		struct policy_fact fact = policy_fact(policies, i);

		if (!fact.addressed || !fact.protects || fact.direction == 0 || fact.tunnel != 0)
			continue;
		for (f = 0; f < ARRAY_SIZE(families); f++) {
			struct overlap_rect rect = policy_rect(policies, &fact, families[f]);
			unsigned bit = families[f] == IP_V4 ? POLICY_IPV4 : POLICY_IPV6;

			rect.index = (uint32_t)i;
			if ((fact.families & bit) != 0)
				VEC_PUSH(rects->items, rects->count, rects->cap, rect);
		}
	}
}

/* The policy again, for the place in it that a finding is about. */
static void read_policy(struct lint *lint, size_t number)
{
	policy_read(host_doc(lint->host, LOCATION_IPSECINIT), lint->host->policies[number],
		    &lint->policy_item, NULL);
}

static struct finding *add_value(struct lint *lint, enum check_join join,
				 const struct policy_stmt *s)
{
	const struct policy_item *item = &lint->policy_item;
	struct finding *finding = lint_add_join(lint, join, LOCATION_IPSECINIT, item->entry,
						doc_span(item->doc, s->arg, s->end));

	if (finding != NULL)
		finding->word = s->keyword;
	return finding;
}

/* The statement of the peer's address, or NULL. */
static const struct policy_stmt *peer_of(const struct policy_item *item)
{
	if (item->style == POLICY_STYLE_NEW)
		return policy_find(item, POLICY_RADDR);
	return policy_find(item, policy_is_swapped(item) ? POLICY_SADDR : POLICY_DADDR);
}

static void report_no_peer(struct lint *lint, size_t number)
{
	const struct policy_stmt *s;

	read_policy(lint, number);
	s = peer_of(&lint->policy_item);
	if (s != NULL)
		add_value(lint, JOIN_POLICY_NO_PEER, s);
}

/* MSS-4 and MSS-8: at the cipher, or what stands for it. */
static void report_proposals(struct lint *lint)
{
	const struct policy_item *item = &lint->policy_item;
	size_t i;

	for (i = 0; i < item->nalternatives; i++) {
		const struct policy_alternative *a = &item->alternatives[i];
		struct strbuf text = STRBUF_INIT;
		enum mss_verdict verdict = mss_proposal(lint, item, a, &text);
		const struct policy_stmt *s = policy_find_property(item, a, POLICY_ENCR_ALGS);

		if (s == NULL)
			s = policy_find_property(item, a, POLICY_ENCR_AUTH_ALGS);
		if (s == NULL)
			s = policy_find_property(item, a, POLICY_AUTH_ALGS);
		if (verdict != MSS_LISTED)
			finding_text(add_value(lint,
					       verdict == MSS_UNKNOWN ? JOIN_MSS_PROPOSAL
								      : JOIN_MSS_COMMISSIONING,
					       s),
				     text.buf);
		strbuf_release(&text);
	}
}

/* MSS-6. */
static void report_ports(struct lint *lint)
{
	static const enum policy_word words[] = { POLICY_SPORT, POLICY_LPORT, POLICY_DPORT,
						  POLICY_RPORT };
	const struct policy_item *item = &lint->policy_item;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		const struct policy_stmt *s = policy_find(item, words[i]);
		const struct policy_number *port = i < 2 ? &item->local.port : &item->remote.port;

		if (s != NULL && !mss_has_port(lint, port))
			finding_numbers(add_value(lint, JOIN_MSS_PORT, s), port->first, 0);
	}
}

/* What the rectangles of each policy or rule have found together. */
static uint64_t *add_up(const struct rects *rects, const uint64_t *sums, size_t count)
{
	uint64_t *of = xcalloc(count + 1, sizeof *of);
	size_t i;

	for (i = 0; i < rects->count; i++)
		of[rects->items[i].index] += sums[i];
	return of;
}

/* Says of COUNT policies that nobody can protect them: once for each peer, at the first of them. */
static void report_peers(struct lint *lint, struct sort_key *policies, size_t count)
{
	size_t i;

	sort_keys(policies, count);
	for (i = 0; i < count; i++)
		if (i == 0 || policies[i].tail != policies[i - 1].tail ||
		    ip_compare(policies[i].ip, policies[i - 1].ip) != 0)
			report_no_peer(lint, policies[i].index);
}

/* The manual keys as peers. An association does not say which of its ends is this host. */
static struct overlap_rect *both_ways(const struct policies *policies)
{
	struct overlap_rect *rects = xmalloc((policies->nsas * 2 + 1) * sizeof *rects);
	size_t i;

	for (i = 0; i < policies->nsas; i++) {
		const struct overlap_rect *sa = &policies->sas[i];

		rects[i * 2] = rects[i * 2 + 1] = *sa;
		rects[i * 2 + 1].local_first = sa->remote_first;
		rects[i * 2 + 1].local_last = sa->remote_last;
		rects[i * 2 + 1].remote_first = sa->local_first;
		rects[i * 2 + 1].remote_last = sa->local_last;
	}
	return rects;
}

/* E11: policies towards a peer for which there is no rule have to have a manual key. */
static void join_keys(struct lint *lint, const struct rects *wanted, const uint64_t *of_policy)
{
	struct policies *policies = lint->policies;
	struct rects alone = { NULL, 0, 0, false };
	struct sort_key *missing;
	struct overlap_rect *sas;
	uint64_t *sums;
	size_t i, count = 0;

	for (i = 0; i < wanted->count; i++) {
		struct policy_fact fact = policy_fact(policies, wanted->items[i].index);

		if (of_policy[wanted->items[i].index] == 0 && fact.remote_given && !fact.hidden)
			VEC_PUSH(alone.items, alone.count, alone.cap, wanted->items[i]);
	}
	if (alone.count == 0)
		return;
	sums = xcalloc(alone.count, sizeof *sums);
	missing = xcalloc(alone.count, sizeof *missing);
	sas = both_ways(policies);
	overlap_sums(sas, policies->nsas * 2, alone.items, alone.count, sums, NULL);
	/* With an address it is of one family, and so it has one rectangle. */
	for (i = 0; i < alone.count; i++) {
		uint32_t number = alone.items[i].index;
		struct policy_fact fact = policy_fact(policies, number);

		if (sums[i] != 0)
			continue;
		fact.no_peer = true;
		policy_keep(policies, number, &fact);
		missing[count++] =
			(struct sort_key){ policy_remote(policies, &fact),
					   fact.remote_bits | (uint32_t)fact.families << 8,
					   number };
	}
	report_peers(lint, missing, count);
	free(alone.items);
	free(missing);
	free(sas);
	free(sums);
}

/* What an MSS at the other end of a policy does not have. */
static void join_mss(struct lint *lint, const uint64_t *of_policy)
{
	size_t i;

	for (i = 0; i < lint->policies->count; i++) {
		if (of_policy[i] < WEIGHT_MDM || !policy_fact(lint->policies, i).for_mss)
			continue;
		read_policy(lint, i);
		report_proposals(lint);
		report_ports(lint);
	}
}

/* E12: rules that no policy has a use for. */
static void join_rules(struct lint *lint, const struct rects *rules, const uint64_t *of_rule)
{
	struct ike_item item = IKE_ITEM_INIT;
	size_t i;

	for (i = 0; i < rules->count; i++) {
		uint32_t number = rules->items[i].index;
		struct lint_rule rule = { .item = &item, .globals = &lint->host->globals };

		if (of_rule[number] > 0 || (i > 0 && rules->items[i - 1].index == number))
			continue;
		ike_read_rule(host_doc(lint->host, LOCATION_IKE_CONFIG), lint->rules[number].entry,
			      &item, NULL);
		lint_add_rule(lint, lint->joins[JOIN_RULE_NO_POLICY], &rule);
	}
	ike_item_release(&item);
}

/* RULES_TOO: every policy is known, so that a rule may be called useless. */
static void join(struct lint *lint, const struct rects *wanted, const struct rects *rules,
		 bool rules_too)
{
	uint64_t *sums = xcalloc(wanted->count + 1, sizeof *sums),
		 *back = xcalloc(rules->count + 1, sizeof *back), *of_policy, *of_rule;

	overlap_sums(rules->items, rules->count, wanted->items, wanted->count, sums,
		     rules_too ? back : NULL);
	of_policy = add_up(wanted, sums, lint->policies->count);
	of_rule = add_up(rules, back, lint->host->nrules);
	if (!rules->unclear && !lint->policies->sas_unclear &&
	    lint_wants(lint, JOIN_POLICY_NO_PEER))
		join_keys(lint, wanted, of_policy);
	join_mss(lint, of_policy);
	if (rules_too)
		join_rules(lint, rules, of_rule);
	free(sums);
	free(back);
	free(of_policy);
	free(of_rule);
}

static bool wants_peers(const struct lint *lint)
{
	return lint_wants(lint, JOIN_POLICY_NO_PEER) || lint_wants(lint, JOIN_MSS_PROPOSAL) ||
	       lint_wants(lint, JOIN_MSS_COMMISSIONING) || lint_wants(lint, JOIN_MSS_PORT);
}

/*
 * Only where there are rules at all: that the file is missing, cannot be read or has none is said
 * once, and not again for each policy.
 */
void lint_join_policies(struct lint *lint, bool all_clear)
{
	struct host *host = lint->host;
	struct rects wanted = { NULL, 0, 0, false }, rules = { NULL, 0, 0, false };
	bool rules_too;

	if (host->single || !lint_is_known(lint, LOCATION_IKE_CONFIG) || host->nrules == 0 ||
	    host->npolicies == 0)
		return;
	rules_too = all_clear && lint->policies->ntunnels == 0;
	add_policies(lint, &wanted);
	if (wanted.count == 0 && rules_too)
		finding_numbers(lint_add_join(lint, JOIN_NO_PROTECTION, LOCATION_IPSECINIT,
					      FINDING_NOWHERE, (struct span){ FINDING_NOWHERE, 0 }),
				(uint32_t)host->nrules, 0);
	rules_too &= lint_wants(lint, JOIN_RULE_NO_POLICY);
	if (wanted.count > 0 && (rules_too || wants_peers(lint))) {
		add_rules(lint, &rules);
		rules.unclear |= lint->globals_broken; /* it may be what is left of a rule */
		lint->policies->sas_unclear |= !lint_is_clear(lint, LOCATION_IPSECKEYS);
		join(lint, &wanted, &rules, rules_too && !rules.unclear);
	}
	free(wanted.items);
	free(rules.items);
}
