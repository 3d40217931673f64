/* Which rules have a key, and which keys a rule. */
#include "config.h"

#include "base/xalloc.h"
#include "lint/lint_internal.h"

/* What joining the rules with the keys needs. */
struct join {
	struct pairs_use use;
	struct boxes *unknown; /* keys that are there, but wrong; NULL: none */
	bool lost;             /* some key may stand where none is read */
	struct ike_item item;
	struct ranges local, remote;
};

/* What the keys that were not understood may be for: where an end is not known, any address. */
static struct boxes *unknown_keys(const struct lint *lint)
{
	static const struct ip_range any[] = {
		{ .family = IP_V4, .last = { 0, UINT32_MAX } },
		{ .family = IP_V6, .last = { UINT64_MAX, UINT64_MAX } },
	};
	const struct doc *doc = host_doc(lint->host, LOCATION_PRESHARED);
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct box *items = NULL;
	size_t count = 0, cap = 0, i, f;

	for (i = 0; i < lint->host->nkeys; i++) {
		if (lint->keys[i].pair_hash != 0)
			continue;
		preshared_read(doc, lint->host->keys[i], &item, NULL);
		for (f = 0; f < ARRAY_SIZE(any); f++) {
			const struct ip_range *l = &item.local.range, *r = &item.remote.range;
			struct box box = { l->family != IP_NONE ? *l : any[f],
					   r->family != IP_NONE ? *r : any[f], (uint32_t)i };

			if (box.local.family == any[f].family && box.remote.family == any[f].family)
				VEC_PUSH(items, count, cap, box);
		}
	}
	preshared_item_release(&item);
	return count > 0 ? boxes_new(items, count) : NULL;
}

/* Whether something in ike.preshared stands outside of all entries, and is more than a brace. */
static bool has_lost_keys(const struct lint *lint)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_PRESHARED);
	size_t i;

	for (i = 0; i < doc->nentries; i++)
		if (doc->entries[i].kind == PRESHARED_ENTRY_OTHER &&
		    doc->tokens[doc->entries[i].tok].kind != TOKEN_CLOSE)
			return true;
	return false;
}

/* Whether a rule's key may be one that is there, but wrong: that was said already. */
static bool may_have_key(struct join *join)
{
	static const enum ip_family families[] = { IP_V4, IP_V6 };
	size_t f;

	if (join->lost || join->unknown == NULL)
		return join->lost;
	for (f = 0; f < ARRAY_SIZE(families); f++) {
		ranges_of_rule(&join->local, &join->item, false, families[f]);
		ranges_of_rule(&join->remote, &join->item, true, families[f]);
		if (boxes_first(join->unknown, &join->local, &join->remote) != BOXES_NONE)
			return true;
	}
	return false;
}

/* A rule whose addresses are known; nearly every rule is one, and has its key. */
static bool use_hosts(struct pairs *pairs, struct pairs_use *use, const struct lint_fact *fact)
{
	const struct ip local = { 0, fact->local }, remote = { 0, fact->remote };
	const struct ip_range from = { .family = IP_V4, .first = local, .last = local },
			      to = { .family = IP_V4, .first = remote, .last = remote };

	return pairs_use_hosts(pairs, use, &from, &to);
}

static void join_rule(struct lint *lint, struct join *join, size_t number)
{
	struct pairs *pairs = host_pairs(lint->host);
	const struct lint_fact *fact = &lint->rules[number];
	bool mdm = lint->profile->coexistence;
	struct lint_rule rule = { .item = &join->item, .globals = &lint->host->globals };

	if (fact->methods != IKE_METHOD_PRESHARED || fact->pair_hash == 0)
		return;
	if (fact->hosts && use_hosts(pairs, &join->use, fact))
		return;
	ike_read_rule(host_doc(lint->host, LOCATION_IKE_CONFIG), fact->entry, &join->item, NULL);
	if (!pairs_use_rule(pairs, &join->use, &join->item) && !may_have_key(join))
		lint_add_rule(lint,
			      (unsigned)check_row(mdm ? "COEX-R11" : "C01", "rule without a key"),
			      &rule);
}

/*
 * Whether it is known of every rule which keys it may use. Where an address or a transform was not
 * understood, or is missing, no key may be called unused; nor where what is broken at file level
 * may be what is left of a rule.
 */
static bool rules_are_known(const struct lint *lint)
{
	size_t i;

	if (lint->globals_broken)
		return false;
	for (i = 0; i < lint->host->nrules; i++)
		if (lint->rules[i].methods == 0 || (lint->rules[i].pair_hash == 0 &&
						    lint->rules[i].methods == IKE_METHOD_PRESHARED))
			return false;
	return true;
}

bool lint_has_no_keys(const struct lint *lint)
{
	return lint_is_known(lint, LOCATION_PRESHARED) && lint->host->nkeys == 0 &&
	       !has_lost_keys(lint);
}

void lint_join_keys(struct lint *lint)
{
	struct host *host = lint->host;
	int row = check_row(lint->profile->coexistence ? "COEX-R11" : "C02", "key without a rule");
	struct join join = { .item = IKE_ITEM_INIT };
	bool known;
	size_t i;

	if (host->single || !lint_is_known(lint, LOCATION_PRESHARED) ||
	    !lint_is_known(lint, LOCATION_IKE_CONFIG) || lint_has_no_keys(lint))
		return;
	pairs_use_init(&join.use, host->nkeys);
	join.unknown = unknown_keys(lint);
	join.lost = has_lost_keys(lint);
	for (i = 0; i < host->nrules; i++)
		join_rule(lint, &join, i);
	known = rules_are_known(lint);
	for (i = 0; known && i < host->nkeys; i++) {
		struct lint_key key = { .number = i };

		if (!join.use.used[i] && lint->keys[i].pair_hash != 0)
			lint_add_key(lint, (unsigned)row, &key);
	}
	pairs_use_release(&join.use);
	boxes_free(join.unknown);
	ranges_release(&join.local);
	ranges_release(&join.remote);
	ike_item_release(&join.item);
}
