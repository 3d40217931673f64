#include "config.h"

#include "lint/join_manual.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/policies.h"

/* CMP, by which certificates are issued, and the numbers that MDM protects it under until there is
 * one (FILE-7). */
#define CMP_PORT 829
#define CMP_IN   690
#define CMP_OUT  691
#define TCP      6

/* The security associations that the file leaves there. */
struct sas {
	struct manual_flow *items;
	size_t count, cap;
	size_t cmp;     /* so many of them are for CMP ... */
	size_t others;  /* ... and so many are not */
	uint32_t first; /* entry of the first of those */
	bool all_clear; /* ends of all of them are addresses, and all commands were understood */
};

struct rects {
	struct overlap_rect *items;
	size_t count, cap;
};

static bool has_ports(const struct manual_flow *flow)
{
	return flow->src.port != 0 || flow->dst.port != 0;
}

static bool is_for_tcp(const struct manual_flow *flow)
{
	return !flow->tunnel && (flow->proto == 0 || flow->proto == TCP);
}

/* By its port; by its number where it has none. */
static bool is_cmp(const struct manual_flow *flow)
{
	if (flow->type != MANUAL_ESP || !is_for_tcp(flow))
		return false;
	if (has_ports(flow))
		return flow->src.port == CMP_PORT || flow->dst.port == CMP_PORT;
	return flow->spi == CMP_IN || flow->spi == CMP_OUT;
}

static bool is_numbered(const struct manual_flow *flow)
{
	return flow->src.family != IP_NONE && flow->src.family == flow->dst.family;
}

static void list_sas(const struct lint *lint, struct sas *sas)
{
	size_t i, count = lint->manual_pairs != NULL ? manual_flow_count(lint->manual_pairs) : 0;
	struct manual_flow flow;

	sas->all_clear = lint->manual_pairs == NULL || !manual_is_unclear(lint->manual_pairs);
	for (i = 0; i < count; i++) {
		if (!manual_flow(lint->manual_pairs, i, &flow))
			continue;
		if (is_cmp(&flow))
			sas->cmp++;
		else if (sas->others++ == 0)
			sas->first = flow.entry;
		sas->all_clear = sas->all_clear && is_numbered(&flow);
		VEC_PUSH(sas->items, sas->count, sas->cap, flow);
	}
}

/* It does not say which of its ends is this host: both ways, one behind the other. */
static void add_flow(struct rects *rects, const struct manual_flow *flow, size_t number)
{
	struct ip a = flow->src.ip, b = flow->dst.ip;
	struct overlap_rect there = { a, a, b, b, flow->src.family, (uint32_t)number, 1 };
	struct overlap_rect back = { b, b, a, a, flow->src.family, (uint32_t)number, 1 };

	VEC_PUSH(rects->items, rects->count, rects->cap, there);
	VEC_PUSH(rects->items, rects->count, rects->cap, back);
}

static void add_policy(struct rects *rects, const struct policies *policies, size_t number)
{
	static const enum ip_family families[] = { IP_V4, IP_V6 };
	struct policy_fact fact = policy_fact(policies, number);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		struct overlap_rect rect = policy_rect(policies, &fact, families[i]);

		rect.index = (uint32_t)number;
		if ((fact.families & (i == 0 ? POLICY_IPV4 : POLICY_IPV6)) != 0)
			VEC_PUSH(rects->items, rects->count, rects->cap, rect);
	}
}

/* One of its alternatives protects. */
static bool may_protect(const struct policy_fact *fact)
{
	return (fact->class & (POLICY_CLASS_AH | POLICY_CLASS_ESP)) != 0;
}

/* Whether packets of CMP may be among those that it chooses. */
static bool may_carry_cmp(const struct policy_fact *fact)
{
	uint16_t local = fact->lport, remote = fact->rport;

	return !fact->clear ||
	       ((fact->ulp == 0 || fact->ulp == TCP) &&
		((local == 0 && remote == 0) || local == CMP_PORT || remote == CMP_PORT));
}

static bool is_cmp_policy(const struct policy_fact *fact)
{
	return fact->clear && fact->protects && (fact->ulp == 0 || fact->ulp == TCP) &&
	       (fact->lport == CMP_PORT || fact->rport == CMP_PORT);
}

/* Whether it is known of each policy which addresses it is for. Inner addresses, which are those of
 * a tunnel's policy, say nothing about the packets of the tunnel. */
static bool policies_are_known(const struct lint *lint)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_IPSECINIT);
	size_t i;

	for (i = 0; i < lint->policies->count; i++)
		if (!policy_fact(lint->policies, i).addressed)
			return false;
	return lint->policies->ntunnels == 0 &&
	       (doc == NULL || doc->nentries == lint->policies->count);
}

static struct finding *add_command(struct lint *lint, enum check_join join, uint32_t entry)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_IPSECKEYS);
	uint32_t tok = doc->entries[entry].tok;

	return lint_add_join(lint, join, LOCATION_IPSECKEYS, entry, doc_span(doc, tok, tok + 1));
}

/* Whether its other direction stands before it: what the two lack is said of that. */
static bool is_second(const struct lint *lint, uint32_t entry)
{
	return manual_partner(lint->manual_pairs, entry) < entry;
}

/* Reports those of the security associations, for CMP or others, that no policy has a use for.
 * Returns whether there are any. */
static bool report_unused(struct lint *lint, const struct sas *sas, bool cmp,
			  const struct rects *policies, enum check_join join)
{
	struct rects flows = { NULL, 0, 0 };
	bool found = false;
	uint64_t *sums;
	size_t i;

	for (i = 0; i < sas->count; i++)
		if (is_numbered(&sas->items[i]) && !is_second(lint, sas->items[i].entry) &&
		    (!lint->profile->coexistence || is_cmp(&sas->items[i]) == cmp))
			add_flow(&flows, &sas->items[i], i);
	sums = xcalloc(flows.count + 1, sizeof *sums);
	overlap_sums(policies->items, policies->count, flows.items, flows.count, sums, NULL);
	for (i = 0; i < flows.count; i += 2) {
		if (sums[i] == 0 && sums[i + 1] == 0) {
			add_command(lint, join, sas->items[flows.items[i].index].entry);
			found = true;
		}
	}
	free(sums);
	free(flows.items);
	return found;
}

/* E12. Where nothing is protected at all, that is said once. */
static void check_use(struct lint *lint, const struct sas *sas)
{
	size_t i, count = lint->profile->coexistence ? sas->others : sas->count;
	struct rects policies = { NULL, 0, 0 };

	if (count == 0)
		return;
	for (i = 0; i < lint->policies->count; i++) {
		struct policy_fact fact = policy_fact(lint->policies, i);

		if (may_protect(&fact))
			add_policy(&policies, lint->policies, i);
	}
	if (policies.count > 0)
		report_unused(lint, sas, false, &policies, JOIN_SA_NO_POLICY);
	else
		finding_numbers(lint_add_join(lint, JOIN_SAS_NO_POLICIES, LOCATION_IPSECKEYS,
					      FINDING_NOWHERE, (struct span){ FINDING_NOWHERE, 0 }),
				(uint32_t)count, 0);
	free(policies.items);
}

/* B15: keys for CMP that no policy uses. Returns whether there are any. */
static bool check_cmp_keys(struct lint *lint, const struct sas *sas)
{
	struct rects policies = { NULL, 0, 0 };
	bool found;
	size_t i;

	for (i = 0; i < lint->policies->count; i++) {
		struct policy_fact fact = policy_fact(lint->policies, i);

		if (may_protect(&fact) && may_carry_cmp(&fact))
			add_policy(&policies, lint->policies, i);
	}
	found = report_unused(lint, sas, true, &policies, JOIN_CMP_NO_POLICY);
	free(policies.items);
	return found;
}

/* B15: policies for CMP without keys; those that have no peer at all are E11's. */
static void check_cmp_policies(struct lint *lint, const struct sas *sas)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_IPSECINIT);
	struct rects policies = { NULL, 0, 0 }, flows = { NULL, 0, 0 };
	uint64_t *sums;
	size_t i;

	for (i = 0; i < lint->policies->count; i++) {
		struct policy_fact fact = policy_fact(lint->policies, i);

		if (is_cmp_policy(&fact) && !fact.hidden && !fact.no_peer)
			add_policy(&policies, lint->policies, i);
	}
	for (i = 0; i < sas->count && policies.count > 0; i++)
		if (is_cmp(&sas->items[i]) ||
		    (is_for_tcp(&sas->items[i]) && !has_ports(&sas->items[i])))
			add_flow(&flows, &sas->items[i], i);
	sums = xcalloc(policies.count + 1, sizeof *sums);
	overlap_sums(flows.items, flows.count, policies.items, policies.count, sums, NULL);
	for (i = 0; i < policies.count; i++) {
		uint32_t entry = lint->host->policies[policies.items[i].index];
		uint32_t tok = doc->entries[entry].tok;
		bool more = i + 1 < policies.count &&
			    policies.items[i + 1].index == policies.items[i].index;

		/* One without addresses is there twice, for each family. */
		if (more)
			sums[i + 1] += sums[i];
		else if (sums[i] == 0)
			lint_add_join(lint, JOIN_CMP_NO_SA, LOCATION_IPSECINIT, entry,
				      doc_span(doc, tok, tok + 1));
	}
	free(sums);
	free(policies.items);
	free(flows.items);
}

/* B15: whether this is before the first certificate or after the last one, no file says. */
static void check_cmp_left(struct lint *lint, const struct sas *sas)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	if (certs->missing != NULL || lint->certificate_rules > 0)
		return;
	for (i = 0; i < certs->ncerts; i++)
		if (host_cert_is_own(&certs->certs[i]))
			return;
	for (i = 0; !is_cmp(&sas->items[i]);)
		i++;
	add_command(lint, JOIN_CMP_LEFT, sas->items[i].entry);
}

/* What stands in the place of a file that cannot be read is not known. */
static void join(struct lint *lint, const struct sas *sas)
{
	bool known = lint_is_clear(lint, LOCATION_IPSECINIT), unused = false;

	if (sas->others > 0)
		finding_numbers(add_command(lint, JOIN_SA_FOREIGN, sas->first),
				(uint32_t)sas->others, 0);
	if (known && sas->all_clear && lint_wants(lint, JOIN_CMP_NO_SA))
		check_cmp_policies(lint, sas);
	if (known && policies_are_known(lint)) {
		check_use(lint, sas);
		if (sas->cmp > 0 && lint_wants(lint, JOIN_CMP_NO_POLICY))
			unused = check_cmp_keys(lint, sas);
	}
	if (sas->cmp > 0 && !unused)
		check_cmp_left(lint, sas);
}

void lint_join_manual(struct lint *lint)
{
	struct sas sas = { NULL, 0, 0, 0, 0, 0, false };

	if (lint->host->single || !lint_is_clear(lint, LOCATION_IPSECKEYS))
		return;
	list_sas(lint, &sas);
	join(lint, &sas);
	free(sas.items);
}
