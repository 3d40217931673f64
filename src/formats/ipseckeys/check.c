/* ipseckeys: what a command needs, and what its parts mean to each other. */
#include "config.h"

#include "formats/ipseckeys/scan.h"

#include "base/xalloc.h"

#define ALG_NULL 11 /* number of the cipher that is none */

struct checker {
	const struct manual_item *item;
	bool unclear; /* something in it was not understood: nothing may be called missing */
	struct problems *problems;
};

static bool has(const struct checker *c, enum manual_word name)
{
	return c->item->first[name] != 0;
}

/* Whether a field is there whose value was not understood: what depends on it stays unsaid. */
static bool is_unclear(const struct checker *c, enum manual_word name)
{
	const struct manual_field *f = manual_find(c->item, name);

	return f != NULL && !f->good;
}

static void problem_at(const struct checker *c, enum manual_problem code, unsigned word,
		       uint32_t tok)
{
	const struct token *t = &c->item->doc->tokens[tok];

	problem_add(c->problems, code, word, (struct span){ t->off, t->len }, 0);
}

/* A problem of the whole command, at its name. */
static void whole(const struct checker *c, enum manual_problem code, unsigned word)
{
	problem_at(c, code, word, c->item->doc->entries[c->item->entry].tok);
}

/* A problem of an extension, at its name. */
static void at_name(const struct checker *c, enum manual_problem code, enum manual_word name)
{
	problem_at(c, code, name, manual_find(c->item, name)->tok);
}

/* A problem of an extension that has a value, at that. */
static void at_value(const struct checker *c, enum manual_problem code, enum manual_word name)
{
	problem_at(c, code, name, manual_find(c->item, name)->arg);
}

/* Something is missing; nobody can say so where it may stand there misspelt. */
static void lacking(const struct checker *c, enum manual_problem code, unsigned word)
{
	if (!c->unclear)
		whole(c, code, word);
}

/* An extension that is missing although another one, which is there, needs it. */
static void lacks(const struct checker *c, enum manual_word there, enum manual_word missing,
		  enum manual_problem code)
{
	if (has(c, there) && !has(c, missing) && !c->unclear)
		problem_at(c, code, missing, manual_find(c->item, there)->tok);
}

/* An algorithm that stands for none, which is the same as nothing. */
static bool is_none(const struct checker *c, enum manual_word name)
{
	const struct ipsec_alg *alg =
		name == MANUAL_AUTHALG ? c->item->auth_alg : c->item->encr_alg;

	return has(c, name) && !is_unclear(c, name) && alg == NULL;
}

/* Says so where that is all; a key makes it an algorithm that is missing. */
static void check_none(const struct checker *c, enum manual_word name, enum manual_word key)
{
	if (is_none(c, name))
		at_value(c, has(c, key) ? MANUAL_PROBLEM_ALG_MISSING : MANUAL_PROBLEM_ALG_NONE,
			 name);
}

static void check_ah(const struct checker *c)
{
	if (has(c, MANUAL_ENCRALG)) {
		at_name(c, MANUAL_PROBLEM_AH_ENCRYPTION, MANUAL_ENCRALG);
	} else if (has(c, MANUAL_ENCRKEY)) {
		at_name(c, MANUAL_PROBLEM_AH_ENCRYPTION, MANUAL_ENCRKEY);
	} else {
		lacks(c, MANUAL_AUTHALG, MANUAL_AUTHKEY, MANUAL_PROBLEM_KEY_MISSING);
		lacks(c, MANUAL_AUTHKEY, MANUAL_AUTHALG, MANUAL_PROBLEM_ALG_MISSING);
	}
}

/* A cipher that encrypts nothing, or none at all. */
static void check_null(const struct checker *c)
{
	if (c->item->encr_alg != NULL && has(c, MANUAL_ENCRKEY))
		at_name(c, MANUAL_PROBLEM_KEY_NOT_NEEDED, MANUAL_ENCRKEY);
	else
		lacks(c, MANUAL_ENCRKEY, MANUAL_ENCRALG, MANUAL_PROBLEM_ALG_MISSING);
	if (has(c, MANUAL_AUTHALG) && !is_none(c, MANUAL_ENCRALG))
		lacking(c, MANUAL_PROBLEM_NO_ENCRYPTION, 0);
	else if (!has(c, MANUAL_AUTHALG) && !has(c, MANUAL_AUTHKEY))
		lacking(c, MANUAL_PROBLEM_ALG_MISSING, MANUAL_AUTHALG);
}

static void check_cipher(const struct checker *c)
{
	bool combined = c->item->encr_alg->combined;

	lacks(c, MANUAL_ENCRALG, MANUAL_ENCRKEY, MANUAL_PROBLEM_KEY_MISSING);
	if (combined) {
		at_value(c, MANUAL_PROBLEM_COUNTER_MODE, MANUAL_ENCRALG);
		if (has(c, MANUAL_AUTHALG) && !is_none(c, MANUAL_AUTHALG))
			at_name(c, MANUAL_PROBLEM_COMBINED_AUTH, MANUAL_AUTHALG);
	} else if (!has(c, MANUAL_AUTHALG) && !has(c, MANUAL_AUTHKEY)) {
		lacking(c, MANUAL_PROBLEM_NO_INTEGRITY, MANUAL_AUTHALG);
	}
}

static void check_esp(const struct checker *c)
{
	const struct ipsec_alg *alg = c->item->encr_alg;

	if (!is_none(c, MANUAL_AUTHALG))
		lacks(c, MANUAL_AUTHALG, MANUAL_AUTHKEY, MANUAL_PROBLEM_KEY_MISSING);
	lacks(c, MANUAL_AUTHKEY, MANUAL_AUTHALG, MANUAL_PROBLEM_ALG_MISSING);
	if (is_unclear(c, MANUAL_ENCRALG))
		return;
	if (alg == NULL || alg->number == ALG_NULL)
		check_null(c);
	else
		check_cipher(c);
}

static void check_algs(const struct checker *c)
{
	bool algs = has(c, MANUAL_AUTHALG) || has(c, MANUAL_ENCRALG);
	bool keys = has(c, MANUAL_AUTHKEY) || has(c, MANUAL_ENCRKEY);

	if (!algs)
		lacking(c, MANUAL_PROBLEM_NO_ALGORITHM, 0);
	if (!keys)
		lacking(c, MANUAL_PROBLEM_NO_KEY, 0);
	check_none(c, MANUAL_AUTHALG, MANUAL_AUTHKEY);
	if (c->item->sa_type != MANUAL_AH)
		check_none(c, MANUAL_ENCRALG, MANUAL_ENCRKEY);
	if (!algs || !keys)
		return;
	if (c->item->sa_type == MANUAL_AH)
		check_ah(c);
	else if (c->item->sa_type == MANUAL_ESP)
		check_esp(c);
}

static void check_ends(const struct checker *c)
{
	const struct manual_item *item = c->item;

	if (item->command == MANUAL_ADD && !has(c, MANUAL_SRC))
		lacking(c, MANUAL_PROBLEM_SRC_MISSING, MANUAL_SRC);
	if (item->src.range.family != IP_NONE && item->dst.range.family != IP_NONE &&
	    item->src.range.family != item->dst.range.family)
		at_value(c, MANUAL_PROBLEM_FAMILIES, MANUAL_DST);
}

/* A limit of 0 is none. */
static void check_lifetimes(const struct checker *c)
{
	static const struct {
		uint8_t soft, hard, idle;
	} kinds[] = {
		{ MANUAL_SOFT_ADDTIME, MANUAL_HARD_ADDTIME, MANUAL_IDLE_ADDTIME },
		{ MANUAL_SOFT_USETIME, MANUAL_HARD_USETIME, MANUAL_IDLE_USETIME },
		{ MANUAL_SOFT_BYTES, MANUAL_HARD_BYTES, 0 },
		{ MANUAL_SOFT_ALLOC, MANUAL_HARD_ALLOC, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		uint64_t soft = manual_number(c->item, kinds[i].soft);
		uint64_t hard = manual_number(c->item, kinds[i].hard), idle = 0;

		if (kinds[i].idle != 0)
			idle = manual_number(c->item, kinds[i].idle);
		if (soft == 0 || hard == 0)
			continue;
		if (soft > hard)
			at_value(c, MANUAL_PROBLEM_SOFT_BEYOND_HARD, kinds[i].soft);
		if (idle > soft || idle > hard)
			at_value(c, MANUAL_PROBLEM_IDLE_BEYOND, kinds[i].idle);
	}
}

/* The protocol of a tunnel is that of its inner addresses. */
static void check_tunnel_proto(const struct checker *c)
{
	const struct manual_item *item = c->item;
	uint64_t proto = manual_number(item, MANUAL_PROTO);
	unsigned family = item->isrc.range.family != IP_NONE ? item->isrc.range.family
							     : item->idst.range.family;

	if (!has(c, MANUAL_PROTO) || is_unclear(c, MANUAL_PROTO))
		return;
	if (proto != 4 && proto != 41)
		at_value(c, MANUAL_PROBLEM_TUNNEL_PROTO, MANUAL_PROTO);
	else if (family != IP_NONE && (family == IP_V4) != (proto == 4))
		at_value(c, MANUAL_PROBLEM_TUNNEL_FAMILY, MANUAL_PROTO);
}

static void check_tunnel(const struct checker *c)
{
	const struct ip_range *isrc = &c->item->isrc.range, *idst = &c->item->idst.range;
	bool inner = manual_number(c->item, MANUAL_ISPORT) != 0 ||
		     manual_number(c->item, MANUAL_IDPORT) != 0;
	bool outer = manual_number(c->item, MANUAL_SPORT) != 0 ||
		     manual_number(c->item, MANUAL_DPORT) != 0;

	check_tunnel_proto(c);
	lacks(c, MANUAL_ISRC, MANUAL_IDST, MANUAL_PROBLEM_INNER_MISSING);
	lacks(c, MANUAL_IDST, MANUAL_ISRC, MANUAL_PROBLEM_INNER_MISSING);
	if (isrc->family != IP_NONE && idst->family != IP_NONE && isrc->family != idst->family)
		at_value(c, MANUAL_PROBLEM_INNER_FAMILIES, MANUAL_IDST);
	if (inner && outer)
		at_name(c, MANUAL_PROBLEM_PORTS_BOTH,
			has(c, MANUAL_ISPORT) ? MANUAL_ISPORT : MANUAL_IDPORT);
}

/* The first of the extensions about address translation, or MANUAL_NO_WORD. */
static enum manual_word first_nat(const struct checker *c)
{
	unsigned name;

	for (name = MANUAL_NAT_LOC; name <= MANUAL_NAT_RPORT; name++)
		if (has(c, name))
			return (enum manual_word)name;
	return MANUAL_NO_WORD;
}

static void check_nat(const struct checker *c)
{
	enum manual_word nat = first_nat(c);
	bool encap = has(c, MANUAL_ENCAP);

	if (c->item->sa_type == MANUAL_AH && (encap || nat != 0))
		at_name(c, MANUAL_PROBLEM_NAT_AH, encap ? MANUAL_ENCAP : nat);
	else if (nat != 0 && !encap && !c->unclear)
		at_name(c, MANUAL_PROBLEM_NAT_NO_ENCAP, nat);
	else if (encap && nat == 0 && !c->unclear)
		at_name(c, MANUAL_PROBLEM_ENCAP_NO_NAT, MANUAL_ENCAP);
	else if (!c->item->tunnel)
		lacks(c, MANUAL_NAT_RPORT, MANUAL_NAT_REM, MANUAL_PROBLEM_NAT_NO_REMOTE);
}

/* An extension that stands before the first of what it should follow, or without any of it. */
static bool is_too_early(const struct checker *c, enum manual_word name, const uint8_t *before,
			 size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (has(c, before[i]) && c->item->first[before[i]] < c->item->first[name])
			return false;
	return has(c, name);
}

static void check_order(const struct checker *c)
{
	static const uint8_t parameters[] = { MANUAL_SPI, MANUAL_REPLAY, MANUAL_STATE,
					      MANUAL_AUTHALG, MANUAL_ENCRALG };
	static const uint8_t label[] = { MANUAL_LABEL };
	static const uint8_t directions[] = { MANUAL_INBOUND, MANUAL_OUTBOUND };
	static const uint8_t labels[] = { MANUAL_OUTER_LABEL, MANUAL_IMPLICIT_LABEL };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(directions); i++) {
		if (is_too_early(c, directions[i], parameters, ARRAY_SIZE(parameters)))
			at_name(c, MANUAL_PROBLEM_ORDER_DIRECTION, directions[i]);
		if (is_too_early(c, labels[i], label, ARRAY_SIZE(label)))
			at_name(c, MANUAL_PROBLEM_ORDER_LABEL, labels[i]);
	}
	if (has(c, MANUAL_RESERVED_BITS) && has(c, MANUAL_ENCRKEY) &&
	    c->item->first[MANUAL_RESERVED_BITS] > c->item->first[MANUAL_ENCRKEY])
		at_name(c, MANUAL_PROBLEM_ORDER_RESERVED, MANUAL_RESERVED_BITS);
	if (c->item->inbound && c->item->outbound)
		at_name(c, MANUAL_PROBLEM_DIRECTION_BOTH, MANUAL_OUTBOUND);
}

void manual_item_check(const struct manual_item *item, bool unclear, struct problems *problems)
{
	struct checker c = { item, unclear, problems };

	if (!has(&c, MANUAL_SPI))
		lacking(&c, MANUAL_PROBLEM_MISSING, MANUAL_SPI);
	if (!has(&c, MANUAL_DST))
		lacking(&c, MANUAL_PROBLEM_MISSING, MANUAL_DST);
	if (item->command == MANUAL_ADD) {
		check_algs(&c);
		check_nat(&c);
	}
	check_ends(&c);
	check_lifetimes(&c);
	if (item->tunnel)
		check_tunnel(&c);
	check_order(&c);
}
