/* ipsecinit.conf: what can only be said of a policy as a whole. */
#include "config.h"

#include "formats/ipsecinit/scan.h"

#include "base/xalloc.h"

#define PROTOCOL_ICMP   1
#define PROTOCOL_ICMPV6 58

/* Everything that chooses packets; a tunnel in transport mode takes none of them. */
static const uint8_t selectors[] = { POLICY_SADDR, POLICY_DADDR, POLICY_SMASK, POLICY_DMASK,
				     POLICY_SPORT, POLICY_DPORT, POLICY_LADDR, POLICY_RADDR,
				     POLICY_LPORT, POLICY_RPORT, POLICY_ULP,   POLICY_TYPE,
				     POLICY_CODE };

static bool protects(const struct policy_alternative *a)
{
	return a->word == POLICY_APPLY || a->word == POLICY_PERMIT || a->word == POLICY_IPSEC;
}

/* The first property dir of all alternatives, or NULL. */
static const struct policy_stmt *property_dir(const struct policy_item *item)
{
	size_t i;

	for (i = 0; i < item->nalternatives; i++) {
		const struct policy_stmt *s =
			policy_find_property(item, &item->alternatives[i], POLICY_PROPERTY_DIR);

		if (s != NULL)
			return s;
	}
	return NULL;
}

static uint8_t direction_of(const struct policy_stmt *s)
{
	if (s == NULL || !s->good)
		return 0;
	if (s->value == POLICY_BOTH)
		return POLICY_DIRECTION_IN | POLICY_DIRECTION_OUT;
	return s->value == POLICY_IN ? POLICY_DIRECTION_IN : POLICY_DIRECTION_OUT;
}

uint8_t policy_direction(const struct policy_item *item)
{
	const struct policy_stmt *dir = policy_find(item, POLICY_DIR);
	unsigned action = item->nalternatives > 0 ? item->alternatives[0].word : 0;

	if (action == POLICY_APPLY)
		return POLICY_DIRECTION_OUT;
	if (action == POLICY_PERMIT)
		return POLICY_DIRECTION_IN;
	if (dir != NULL)
		return direction_of(dir);
	if (action == POLICY_IPSEC)
		return POLICY_DIRECTION_IN | POLICY_DIRECTION_OUT;
	return direction_of(property_dir(item));
}

/* The property dir and a second alternative have a style too. */
static void check_style(struct policy_reader *r, struct policy_item *item)
{
	const struct policy_stmt *pattern = policy_find(item, POLICY_DIR);
	size_t i;

	for (i = 0; i < item->nalternatives; i++) {
		const struct policy_alternative *a = &item->alternatives[i];
		const struct policy_stmt *dir = policy_find_property(item, a, POLICY_PROPERTY_DIR);

		if (i == 1 && item->style == POLICY_STYLE_OLD && a->action != 0) {
			r->mixed = true;
			policy_problem(r, POLICY_PROBLEM_OR_OLD_STYLE, POLICY_OR, a->action, 0);
		} else if (i == 1) {
			item->style = POLICY_STYLE_NEW;
		}
		if (dir == NULL || r->mixed)
			continue;
		if (item->style == POLICY_STYLE_NEW) {
			r->mixed = true;
			policy_problem(r, POLICY_PROBLEM_DIR_NEW_STYLE, POLICY_PROPERTY_DIR,
				       dir->tok, 0);
		} else if (pattern != NULL) {
			policy_problem(r, POLICY_PROBLEM_REPEATED, POLICY_PROPERTY_DIR, dir->tok,
				       policy_token(r, pattern->tok)->off);
		}
		if (item->style == POLICY_STYLE_NEUTRAL)
			item->style = POLICY_STYLE_OLD;
	}
}

/* The direction of the first action, against what dir says. */
static void check_direction(const struct policy_reader *r, const struct policy_item *item)
{
	const struct policy_alternative *a = &item->alternatives[0];
	const struct policy_stmt *pattern = policy_find(item, POLICY_DIR),
				 *property = property_dir(item),
				 *dir = pattern != NULL ? pattern : property;

	if (r->mixed || a->word == POLICY_NO_WORD)
		return;
	if (a->word == POLICY_APPLY || a->word == POLICY_PERMIT) {
		if (dir != NULL && dir->good && direction_of(dir) != item->direction)
			policy_problem(r, POLICY_PROBLEM_DIR_CONFLICT, dir->keyword, dir->arg, 0);
	} else if (a->word == POLICY_IPSEC) {
		if (item->style == POLICY_STYLE_OLD && pattern == NULL && !r->unknown)
			policy_problem(r, POLICY_PROBLEM_DIR_REQUIRED, a->word, a->action, 0);
	} else if (dir == NULL && !r->unknown) {
		policy_problem(r, POLICY_PROBLEM_DIR_NO_EFFECT, a->word, a->action, 0);
	}
}

/* What the manual has an action for. A dir among the properties alone is not the old style yet. */
static void check_action_styles(const struct policy_reader *r, const struct policy_item *item)
{
	bool old = false, no_dir = policy_find(item, POLICY_DIR) == NULL;
	size_t i;

	for (i = 0; i < item->nstmts; i++)
		old |= policy_words[item->stmts[i].keyword].style == POLICY_STYLE_OLD;
	for (i = 0; i < item->nalternatives && !r->mixed; i++) {
		const struct policy_alternative *a = &item->alternatives[i];
		unsigned style = policy_words[a->word].style;

		if (style == POLICY_STYLE_NEUTRAL || (a->word == POLICY_IPSEC && old && no_dir))
			continue;
		if ((style == POLICY_STYLE_NEW && old) ||
		    (style == POLICY_STYLE_OLD && item->style == POLICY_STYLE_NEW))
			policy_problem(r, POLICY_PROBLEM_STYLE_ACTION, a->word, a->action, 0);
	}
}

static void check_tunnel(const struct policy_reader *r, const struct policy_item *item)
{
	const struct policy_stmt *tunnel = policy_find(item, POLICY_TUNNEL),
				 *negotiate = policy_find(item, POLICY_NEGOTIATE),
				 *one = tunnel != NULL ? tunnel : negotiate;
	size_t i;

	if (one != NULL && (tunnel == NULL || negotiate == NULL) && !r->unknown)
		policy_problem(r, POLICY_PROBLEM_TUNNEL_ALONE, one->keyword, one->tok, 0);
	for (i = 0; item->negotiate == POLICY_MODE_TRANSPORT && i < ARRAY_SIZE(selectors); i++) {
		const struct policy_stmt *s = policy_find(item, selectors[i]);

		if (s == NULL)
			continue;
		policy_problem(r, POLICY_PROBLEM_TUNNEL_SELECTOR, s->keyword, s->tok, 0);
		break;
	}
}

static void check_icmp_word(const struct policy_reader *r, const struct policy_stmt *s,
			    uint32_t protocol)
{
	if (s != NULL && s->good && s->value != POLICY_NO_WORD &&
	    policy_words[s->value].protocol != protocol)
		policy_problem(r, POLICY_PROBLEM_ICMP_FAMILY, s->keyword, s->arg, 0);
}

static void check_icmp(const struct policy_reader *r, const struct policy_item *item)
{
	const struct policy_stmt *type = policy_find(item, POLICY_TYPE),
				 *code = policy_find(item, POLICY_CODE),
				 *ulp = policy_find(item, POLICY_ULP);

	if (ulp != NULL && (!ulp->good || item->ulp.named))
		return;
	if (item->ulp.set &&
	    (item->ulp.first == PROTOCOL_ICMP || item->ulp.first == PROTOCOL_ICMPV6)) {
		check_icmp_word(r, type, item->ulp.first);
		check_icmp_word(r, code, item->ulp.first);
	} else if ((type != NULL || code != NULL) && !r->unknown) {
		if (type == NULL)
			type = code;
		policy_problem(r, POLICY_PROBLEM_ICMP_NO_ULP, type->keyword, type->tok, 0);
	}
}

/* What the pattern says as a whole. */
static void check_pattern(const struct policy_reader *r, const struct policy_item *item)
{
	static const uint8_t ports[] = { POLICY_SPORT, POLICY_DPORT, POLICY_LPORT, POLICY_RPORT };
	static const uint8_t ends[] = { POLICY_DADDR, POLICY_RADDR };
	size_t i;

	if (item->local.range.family != IP_NONE && item->remote.range.family != IP_NONE &&
	    item->local.range.family != item->remote.range.family)
		for (i = 0; i < ARRAY_SIZE(ends); i++)
			if (item->first[ends[i]] != 0)
				policy_problem(r, POLICY_PROBLEM_FAMILIES, ends[i],
					       policy_find(item, ends[i])->arg, 0);
	for (i = 0; i < ARRAY_SIZE(ports) && !r->unknown; i++) {
		const struct policy_stmt *s = policy_find(item, ports[i]);

		if (s == NULL || !s->good || item->first[POLICY_ULP] != 0)
			continue;
		policy_problem(r, POLICY_PROBLEM_PORT_NO_ULP, s->keyword, s->tok, 0);
		break;
	}
}

static void check_drop(const struct policy_reader *r, const struct policy_item *item)
{
	const struct policy_alternative *a = &item->alternatives[0];
	size_t i;

	if (a->word != POLICY_DROP || item->direction == 0 || r->unknown || r->mixed ||
	    item->first[POLICY_TUNNEL] != 0)
		return;
	for (i = 0; i < ARRAY_SIZE(selectors); i++)
		if (item->first[selectors[i]] != 0)
			return;
	policy_problem(r, POLICY_PROBLEM_DROP_ALL, a->word, a->action, 0);
}

/* Whether a property is there and not none; what was not understood counts. */
static bool is_given(const struct policy_item *item, const struct policy_alternative *a,
		     enum policy_word property, const struct policy_alg *alg)
{
	return policy_find_property(item, a, property) != NULL &&
	       (alg->alg == NULL || alg->alg->kind != IPSEC_ALG_NONE);
}

static bool is_null(const struct policy_alg *alg)
{
	return alg->alg != NULL && alg->alg->kind == IPSEC_ALG_REAL && alg->alg->max == 0;
}

/* The algorithms of an alternative that protects. *COMBINED: the last cipher was CCM or GCM. */
static void check_algs(const struct policy_reader *r, const struct policy_item *item,
		       const struct policy_alternative *a, bool *combined)
{
	const struct policy_stmt *cipher = policy_find_property(item, a, POLICY_ENCR_ALGS);
	bool ah = is_given(item, a, POLICY_AUTH_ALGS, &a->ah),
	     encr = is_given(item, a, POLICY_ENCR_ALGS, &a->encr),
	     auth = is_given(item, a, POLICY_ENCR_AUTH_ALGS, &a->auth), kept = *combined && !encr;

	if (encr)
		*combined = a->encr.alg != NULL && a->encr.alg->combined;
	if (!ah && !encr && !auth && !r->unknown)
		policy_problem(r, POLICY_PROBLEM_NO_ALGORITHM, a->word, a->action, 0);
	if (auth && *combined)
		policy_problem(r,
			       kept ? POLICY_PROBLEM_COMBINED_KEPT : POLICY_PROBLEM_COMBINED_AUTH,
			       POLICY_ENCR_AUTH_ALGS,
			       policy_find_property(item, a, POLICY_ENCR_AUTH_ALGS)->tok, 0);
	if (!encr || (a->encr.alg == NULL && a->encr.number == 0))
		return;
	if (is_null(&a->encr))
		policy_problem(r, ah || auth ? POLICY_PROBLEM_ALG_NULL : POLICY_PROBLEM_NULL_ALONE,
			       POLICY_ENCR_ALGS, cipher->arg, 0);
	else if (!ah && !auth && !*combined && !r->unknown)
		policy_problem(r, POLICY_PROBLEM_ENCR_ALONE, POLICY_ENCR_ALGS, cipher->arg, 0);
}

/* What bypass and drop must not have. */
static void check_no_algs(const struct policy_reader *r, const struct policy_item *item,
			  const struct policy_alternative *a)
{
	const struct policy_alg *algs[] = { &a->ah, &a->encr, &a->auth };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algs); i++) {
		enum policy_word property = (enum policy_word)(POLICY_AUTH_ALGS + i);

		if (!is_given(item, a, property, algs[i]))
			continue;
		policy_problem(r, POLICY_PROBLEM_ALG_NO_IPSEC, property,
			       policy_find_property(item, a, property)->tok, 0);
		break;
	}
}

static void check_unique(const struct policy_reader *r, const struct policy_item *item,
			 const struct policy_alternative *a)
{
	if (a->sa != POLICY_UNIQUE)
		return;
	if (!protects(a))
		policy_problem(r, POLICY_PROBLEM_UNIQUE_NO_IPSEC, POLICY_SA,
			       policy_find_property(item, a, POLICY_SA)->arg, 0);
	else if (item->negotiate == POLICY_MODE_TUNNEL)
		policy_problem(r, POLICY_PROBLEM_UNIQUE_TUNNEL, POLICY_SA,
			       policy_find_property(item, a, POLICY_SA)->arg, 0);
}

static void check_alternatives(const struct policy_reader *r, const struct policy_item *item)
{
	bool combined = false, mixed = false;
	size_t i;

	for (i = 0; i < item->nalternatives; i++) {
		const struct policy_alternative *a = &item->alternatives[i];

		if (a->word == POLICY_NO_WORD)
			continue;
		if (protects(a))
			check_algs(r, item, a, &combined);
		else
			check_no_algs(r, item, a);
		check_unique(r, item, a);
		if (!mixed && protects(a) != protects(&item->alternatives[0])) {
			mixed = true;
			policy_problem(r, POLICY_PROBLEM_MIXED_ACTIONS, a->word, a->action, 0);
		}
	}
}

void policy_check(struct policy_reader *r, struct policy_item *item)
{
	check_style(r, item);
	check_direction(r, item);
	check_action_styles(r, item);
	check_tunnel(r, item);
	check_icmp(r, item);
	check_pattern(r, item);
	check_drop(r, item);
	check_alternatives(r, item);
}
