/* What is kept of a policy: which packets it is for, and what is done with them. */
#include "config.h"

#include "lint/policies.h"

#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"

/* What a problem leaves open of the question which packets a policy is for, and what it does. */
enum doubt { DOUBT_NONE, DOUBT_SELECTORS, DOUBT_ALL };

static enum doubt doubt_of(unsigned code)
{
	switch (code) {
	case POLICY_PROBLEM_LAYOUT:
	case POLICY_PROBLEM_TOO_MANY_PAIRS:
	case POLICY_PROBLEM_TOO_MANY_ALTERNATIVES:
	case POLICY_PROBLEM_TOO_MANY_WORDS:
	case POLICY_PROBLEM_CASE:
	case POLICY_PROBLEM_DEST:
	case POLICY_PROBLEM_VALUE_PREFIX:
	case POLICY_PROBLEM_STYLE_ACTION:
	case POLICY_PROBLEM_DROP_ALL:
	case POLICY_PROBLEM_MIXED_ACTIONS:
	case POLICY_PROBLEM_HOST_BITS:
	case POLICY_PROBLEM_MASK_ALONE:
	case POLICY_PROBLEM_PORT_NO_ULP:
	case POLICY_PROBLEM_ICMP_FAMILY:
	case POLICY_PROBLEM_UNIQUE_TUNNEL:
	case POLICY_PROBLEM_UNIQUE_NO_IPSEC:
	case POLICY_PROBLEM_ALG:
	case POLICY_PROBLEM_ALG_CLASS:
	case POLICY_PROBLEM_ALG_NUMBER:
	case POLICY_PROBLEM_ALG_UNLISTED:
	case POLICY_PROBLEM_ALG_ANY:
	case POLICY_PROBLEM_ALG_WEAK:
	case POLICY_PROBLEM_ALG_NULL:
	case POLICY_PROBLEM_KEY_LENGTH:
	case POLICY_PROBLEM_KEY_BLANK:
	case POLICY_PROBLEM_KEY_DOT:
	case POLICY_PROBLEM_KEY_RANGE:
	case POLICY_PROBLEM_KEY_STEP:
	case POLICY_PROBLEM_ALG_NO_IPSEC:
	case POLICY_PROBLEM_ENCR_ALONE:
	case POLICY_PROBLEM_NULL_ALONE:
	case POLICY_PROBLEM_COMBINED_AUTH:
	case POLICY_PROBLEM_COMBINED_KEPT:
		return DOUBT_NONE;
	case POLICY_PROBLEM_PORT:
	case POLICY_PROBLEM_PORT_NAME:
	case POLICY_PROBLEM_ULP:
	case POLICY_PROBLEM_ULP_NAME:
	case POLICY_PROBLEM_ULP_SIZE:
	case POLICY_PROBLEM_ICMP_TYPE:
	case POLICY_PROBLEM_ICMP_CODE:
	case POLICY_PROBLEM_ICMP_SIZE:
	case POLICY_PROBLEM_ICMP_ORDER:
	case POLICY_PROBLEM_ICMP_NO_ULP:
	case POLICY_PROBLEM_ICMP_NO_TYPE:
		return DOUBT_SELECTORS;
	default:
		return DOUBT_ALL;
	}
}

/* What the scanner has said of a value the reader does not repeat; the value is no good all the
 * same. */
static enum doubt doubt_of_value(const struct policy_stmt *s)
{
	if (s->good)
		return DOUBT_NONE;
	switch (policy_words[s->keyword].arg) {
	case POLICY_ARG_PORT:
	case POLICY_ARG_PROTOCOL:
	case POLICY_ARG_ICMP:
		return DOUBT_SELECTORS;
	default:
		return DOUBT_ALL;
	}
}

static enum doubt doubt_about(const struct policy_item *item, const struct problems *problems)
{
	enum doubt worst = item->unknown ? DOUBT_ALL : DOUBT_NONE;
	size_t i;

	for (i = 0; i < item->nstmts && worst < DOUBT_ALL; i++)
		if (doubt_of_value(&item->stmts[i]) > worst)
			worst = doubt_of_value(&item->stmts[i]);
	for (i = 0; i < problems->count && worst < DOUBT_ALL; i++)
		if (doubt_of(problems->items[i].code) > worst)
			worst = doubt_of(problems->items[i].code);
	return worst;
}

static uint8_t family_bit(enum ip_family family)
{
	return family == IP_V4 ? POLICY_IPV4 : POLICY_IPV6;
}

/* The ends of this host and of the peer, whichever of them source and destination are. */
static void set_ends(struct policies *policies, struct policy_fact *fact,
		     const struct policy_item *item)
{
	bool swapped = policy_is_swapped(item);
	const struct policy_end *local = swapped ? &item->remote : &item->local,
				*remote = swapped ? &item->local : &item->remote;
	unsigned families = POLICY_IPV4 | POLICY_IPV6;

	if (local->range.family != IP_NONE) {
		fact->local_given = true;
		fact->local = policies_address(policies, &local->range);
		fact->local_bits = local->range.prefix;
		families &= family_bit(local->range.family);
	}
	if (remote->range.family != IP_NONE) {
		fact->remote_given = true;
		fact->remote = policies_address(policies, &remote->range);
		fact->remote_bits = remote->range.prefix;
		families &= family_bit(remote->range.family);
	}
	fact->families = families & 3u;
	fact->lport = local->port.set ? local->port.first : 0;
	fact->rport = remote->port.set ? remote->port.first : 0;
}

/* Types count with ICMP alone; without it the reader has said that they do not. */
static void set_upper(struct policy_fact *fact, const struct policy_item *item)
{
	fact->ulp = item->ulp.set ? (uint8_t)item->ulp.first : 0;
	fact->typed = item->type.set;
	fact->coded = item->code.set;
	if (fact->typed) {
		fact->type[0] = (uint8_t)item->type.first;
		fact->type[1] = (uint8_t)item->type.last;
	}
	if (fact->coded) {
		fact->code[0] = (uint8_t)item->code.first;
		fact->code[1] = (uint8_t)item->code.last;
	}
}

static bool is_used(const struct policy_item *item, const struct policy_alternative *a,
		    enum policy_word property, const struct policy_alg *alg)
{
	return policy_find_property(item, a, property) != NULL &&
	       (alg->alg == NULL || alg->alg->kind != IPSEC_ALG_NONE);
}

static uint64_t hash_alg(uint64_t hash, const struct policy_alg *alg, bool used)
{
	uint64_t what = alg->alg != NULL ? (uint64_t)(alg->alg - ipsec_algs) + 256 : alg->number;

	return policy_hash(hash, (uint64_t)alg->min << 32 | (uint64_t)alg->max << 16 | what << 1 |
					 (used ? 1 : 0));
}

/* Two policies with algorithms that were not understood are not known to do the same. */
static bool is_open(const struct policy_alg *alg, bool used)
{
	return used && alg->alg == NULL && alg->number == 0;
}

static void set_action(struct policy_fact *fact, const struct policy_item *item)
{
	unsigned class = 0;
	uint64_t hash = 0;
	size_t i;

	fact->protects = item->nalternatives > 0;
	for (i = 0; i < item->nalternatives; i++) {
		const struct policy_alternative *a = &item->alternatives[i];
		bool passes = a->word == POLICY_BYPASS,
		     protects = !passes && a->word != POLICY_DROP;
		bool ah = protects && is_used(item, a, POLICY_AUTH_ALGS, &a->ah),
		     encr = protects && is_used(item, a, POLICY_ENCR_ALGS, &a->encr),
		     auth = protects && is_used(item, a, POLICY_ENCR_AUTH_ALGS, &a->auth);
		unsigned what = passes ? 1 : protects ? 2 : 3, sa = protects ? a->sa : 0;

		fact->protects &= protects;
		class |= (passes ? POLICY_CLASS_BYPASS : 0) | (ah ? POLICY_CLASS_AH : 0) |
			 (encr || auth ? POLICY_CLASS_ESP : 0);
		hash = policy_hash(hash, what << 8 | sa);
		hash = hash_alg(hash, &a->ah, ah);
		hash = hash_alg(hash, &a->encr, encr);
		hash = hash_alg(hash, &a->auth, auth);
		if (is_open(&a->ah, ah) || is_open(&a->encr, encr) || is_open(&a->auth, auth))
			hash = policy_hash(hash, item->entry);
	}
	fact->class = class & 7u;
	fact->action = (uint32_t)(hash >> 32);
}

/* Which of two counts is not known. */
static bool is_repeated(const struct problems *problems, enum policy_word keyword)
{
	size_t i;

	for (i = 0; i < problems->count; i++)
		if (problems->items[i].code == POLICY_PROBLEM_REPEATED &&
		    problems->items[i].word == keyword)
			return true;
	return false;
}

static void set_tunnel(struct lint *lint, struct policy_fact *fact, const struct policy_item *item,
		       size_t number)
{
	const struct policy_stmt *s = policy_find(item, POLICY_TUNNEL);
	struct policy_tunnel *tunnel;

	if (s == NULL || !s->good)
		return;
	if (!is_repeated(&lint->problems, POLICY_TUNNEL) &&
	    !is_repeated(&lint->problems, POLICY_NEGOTIATE))
		fact->negotiate = item->negotiate;
	fact->tunnel =
		policies_tunnel(lint->policies, item->doc, doc_span(item->doc, s->arg, s->arg + 1));
	tunnel = &lint->policies->tunnels[fact->tunnel - 1];
	if (tunnel->negotiate == 0) {
		tunnel->negotiate = fact->negotiate;
		tunnel->first = (uint32_t)number;
	}
}

/* The keywords that the agreement lists for MDM and SSM: ports, addresses, masks, the protocol. */
static bool has_foreign_word(const struct policy_item *item)
{
	size_t i;

	for (i = 0; i < item->nstmts; i++) {
		switch (item->stmts[i].word) {
		case POLICY_TYPE:
		case POLICY_CODE:
		case POLICY_TUNNEL:
		case POLICY_NEGOTIATE:
		case POLICY_DIR:
			return true;
		case POLICY_PROTO:
			if (item->style == POLICY_STYLE_NEW)
				return true;
			break;
		default:
			break;
		}
	}
	return false;
}

static void take(struct lint *lint, const struct lint_policy *policy, struct policy_fact *fact)
{
	const struct policy_item *item = policy->item;
	enum doubt doubt = doubt_about(item, &lint->problems);

	set_tunnel(lint, fact, item, policy->number);
	fact->foreign = has_foreign_word(item);
	if (doubt == DOUBT_ALL)
		return;
	fact->clear = doubt == DOUBT_NONE;
	fact->addressed = true;
	fact->direction = item->direction & 3u;
	set_ends(lint->policies, fact, item);
	set_upper(fact, item);
	set_action(fact, item);
	if (lint->profile->coexistence && fact->protects)
		mss_look_at(lint, item, fact);
}

void policies_take(struct lint *lint, const struct lint_policy *policy)
{
	struct policy_fact fact;

	memset(&fact, 0, sizeof fact);
	take(lint, policy, &fact);
	policy_keep(lint->policies, policy->number, &fact);
}

void policies_take_manual(struct lint *lint, const struct manual_item *item)
{
	struct policies *policies = lint->policies;
	const struct ip_range *src = &item->src.range, *dst = &item->dst.range;
	struct overlap_rect rect = {
		src->first, src->last, dst->first, dst->last, dst->family, 0, 1
	};

	if (item->command != MANUAL_ADD && item->command != 0)
		return;
	if (dst->family == IP_NONE || item->src.name.len > 0) {
		policies->sas_unclear = true;
		return;
	}
	if (src->family == IP_NONE)
		overlap_everything(&rect.local_first, &rect.local_last,
				   (enum ip_family)dst->family);
	VEC_PUSH(policies->sas, policies->nsas, policies->sas_cap, rect);
}

struct ip ip_prefix(struct ip ip, unsigned bits, enum ip_family family)
{
	if (family == IP_V4)
		bits += 96;
	if (bits <= 64) {
		ip.high = bits == 0 ? 0 : ip.high & UINT64_MAX << (64 - bits);
		ip.low = 0;
	} else if (bits < 128) {
		ip.low &= UINT64_MAX << (128 - bits);
	}
	return ip;
}

bool prefix_covers(struct ip outer, unsigned outer_bits, struct ip inner, unsigned inner_bits,
		   enum ip_family family)
{
	return outer_bits <= inner_bits &&
	       ip_compare(ip_prefix(inner, outer_bits, family), outer) == 0;
}

/* The last address of a prefix. */
static struct ip last_of(struct ip first, unsigned bits, enum ip_family family)
{
	struct ip none, ones, kept;

	overlap_everything(&none, &ones, family);
	kept = ip_prefix(ones, bits, family);
	return (struct ip){ first.high | (ones.high & ~kept.high),
			    first.low | (ones.low & ~kept.low) };
}

struct overlap_rect policy_rect(const struct policies *policies, const struct policy_fact *fact,
				enum ip_family family)
{
	struct overlap_rect rect = { .local_first = policy_local(policies, fact),
				     .remote_first = policy_remote(policies, fact),
				     .family = (uint8_t)family,
				     .weight = 1 };

	rect.local_last = last_of(rect.local_first, fact->local_bits, family);
	rect.remote_last = last_of(rect.remote_first, fact->remote_bits, family);
	return rect;
}
