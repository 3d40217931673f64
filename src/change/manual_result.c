#include "config.h"

#include "change/manual_result.h"

#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/manual_key.h"

uint32_t manual_rests(const struct doc *doc, uint32_t entry)
{
	uint32_t count = 0;

	while (entry + 1 + count < doc->nentries &&
	       doc->entries[entry + 1 + count].kind == MANUAL_ENTRY_KEY_REST)
		count++;
	return count;
}

static bool is_same_entry(const struct doc *a, const struct entry *x, const struct doc *b,
			  const struct entry *y)
{
	uint32_t i, count = x->end - x->tok;

	if (x->kind != y->kind || x->flags != y->flags || y->end - y->tok != count)
		return false;
	for (i = 0; i < count; i++) {
		const struct token *s = &a->tokens[x->tok + i], *t = &b->tokens[y->tok + i];

		if (s->len != t->len || s->kind != t->kind || s->word != t->word ||
		    memcmp(doc_text(a, x->tok + i), doc_text(b, y->tok + i), s->len) != 0)
			return false;
	}
	return true;
}

/* How many entries of the old document, from I on, are gone. */
static uint32_t gone_at(const struct doc *then, uint32_t i, const struct manual_expected *expected)
{
	if (i == expected->removed[0] || i == expected->removed[1])
		return 1 + manual_rests(then, i);
	return 0;
}

bool manual_others_stay(const struct doc *then, const struct doc *now,
			const struct manual_expected *expected)
{
	uint32_t i = 0, k = 0, gone;

	for (;;) {
		if (k == expected->added)
			k += expected->nadded;
		gone = i < then->nentries ? gone_at(then, i, expected) : 0;
		i += gone;
		if (gone > 0)
			continue;
		if (i >= then->nentries || k >= now->nentries)
			return i == then->nentries && k == now->nentries &&
			       (expected->added == MANUAL_NONE || k > expected->added);
		if (i == expected->changed) {
			uint32_t had = manual_rests(then, i), has = manual_rests(now, k);

			/* A new key leaves nothing of the broken one behind. */
			if (has > had)
				return false;
			i += had - has;
		} else if (!is_same_entry(then, &then->entries[i], now, &now->entries[k])) {
			return false;
		}
		i++;
		k++;
	}
}

static bool is_too_long(unsigned code, enum dialect dialect)
{
	bool old = dialect == DIALECT_SOL9 || dialect == DIALECT_SOL10;

	return code == MANUAL_PROBLEM_LONG_LINE || code == MANUAL_PROBLEM_LONG_COMMAND ||
	       (old &&
		(code == MANUAL_PROBLEM_LONG_LINE_OLD || code == MANUAL_PROBLEM_LONG_COMMAND_OLD));
}

static size_t count_long(const struct doc *doc, enum dialect dialect)
{
	size_t i, count = 0;

	for (i = 0; i < doc->problems.count; i++)
		count += is_too_long(doc->problems.items[i].code, dialect);
	return count;
}

bool manual_lengths_fit(const struct doc *then, const struct doc *now, enum dialect dialect,
			struct error *err)
{
	return count_long(now, dialect) <= count_long(then, dialect) ||
	       error_set(err, ERROR_REFUSED, _("the command would be longer than %s reads"),
			 dialect_title(dialect));
}

/* What the tool or the kernel refuses. The sentence has a place for the extension. */
/* clang-format off */
static const struct {
	uint8_t code;
	const char *text; /* N_() */
} faults[] = {
	{ MANUAL_PROBLEM_EXTENSION_COMMAND, N_("%s: this command does not take it") },
	{ MANUAL_PROBLEM_MISSING, N_("%s: is needed") },
	{ MANUAL_PROBLEM_KEY_ON_UPDATE, N_("%s: a key cannot be updated; remove the SA and add it anew") },
	{ MANUAL_PROBLEM_FAMILIES, N_("dst: one end is IPv4 and the other IPv6") },
	{ MANUAL_PROBLEM_NO_ALGORITHM, N_("authalg, encralg: an algorithm is needed") },
	{ MANUAL_PROBLEM_NO_KEY, N_("authkey, encrkey: a key is needed") },
	{ MANUAL_PROBLEM_AH_ENCRYPTION, N_("encralg: ah does not encrypt; take esp, or leave it out") },
	{ MANUAL_PROBLEM_ALG_MISSING, N_("%s: is needed") },
	{ MANUAL_PROBLEM_KEY_MISSING, N_("%s: is needed") },
	{ MANUAL_PROBLEM_KEY_NOT_NEEDED, N_("%s: null encryption has no key; encrkey= takes it out") },
	{ MANUAL_PROBLEM_SOFT_BEYOND_HARD, N_("%s: is beyond the hard limit") },
	{ MANUAL_PROBLEM_IDLE_BEYOND, N_("%s: is beyond the soft or the hard limit") },
	{ MANUAL_PROBLEM_TUNNEL_PROTO, N_("proto: a tunnel has 4 around IPv4, or 41 around IPv6") },
	{ MANUAL_PROBLEM_TUNNEL_FAMILY, N_("proto: a tunnel has 4 around IPv4, or 41 around IPv6") },
	{ MANUAL_PROBLEM_INNER_MISSING, N_("%s: a tunnel needs both inner addresses") },
	{ MANUAL_PROBLEM_INNER_FAMILIES, N_("idst: one inner address is IPv4 and the other IPv6") },
	{ MANUAL_PROBLEM_PORTS_BOTH, N_("isport, idport: a tunnel with inner ports has no outer ones") },
	{ MANUAL_PROBLEM_NAT_NO_ENCAP, N_("encap: address translation needs encap=udp") },
	{ MANUAL_PROBLEM_ENCAP_NO_NAT, N_("encap: it needs nat_loc, nat_rem or one of their ports") },
	{ MANUAL_PROBLEM_NAT_NO_REMOTE, N_("nat_rport: it needs nat_rem") },
	{ MANUAL_PROBLEM_NAT_AH, N_("encap: address translation goes with esp alone") },
	{ MANUAL_PROBLEM_ORDER_DIRECTION, N_("%s: it must stand behind the spi; put the spi in front by hand") },
	{ MANUAL_PROBLEM_ORDER_RESERVED, N_("%s: it must stand before encrkey") },
	{ MANUAL_PROBLEM_ORDER_LABEL, N_("%s: it needs label before it") },
	{ MANUAL_PROBLEM_KEY_SIZE, "" }, /* refuse_size has the words */
	{ MANUAL_PROBLEM_KEY_SALT, "" },
	{ MANUAL_PROBLEM_KEY_WEAK, N_("%s: this is one of the weak keys of DES, which the system refuses") },
	{ MANUAL_PROBLEM_KEY_3DES, N_("%s: two neighbouring thirds of this key are the same, which the system refuses") },
	/* between commands */
	{ MANUAL_PROBLEM_DUPLICATE, N_("spi: there is an SA of this type with this spi and destination already") },
	{ MANUAL_PROBLEM_PAIR_MISSING, N_("pair-spi: no SA before this one has that spi") },
	{ MANUAL_PROBLEM_PAIR_LATER, N_("pair-spi: the SA with that spi comes later; name this one there") },
	{ MANUAL_PROBLEM_PAIR_NOT_MIRRORED, N_("pair-spi: the SA with that spi is not the other direction") },
	{ MANUAL_PROBLEM_PAIR_TAKEN, N_("pair-spi: the SA with that spi has another partner") },
};
/* clang-format on */

static const char *fault_text(unsigned code)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(faults); i++)
		if (faults[i].code == code)
			return faults[i].text;
	return NULL;
}

void manual_reading_init(struct manual_reading *reading, const struct doc *doc)
{
	*reading = (struct manual_reading){ .doc = doc };
	reading->pairs = manual_pairs_new(doc, &reading->between);
}

void manual_reading_release(struct manual_reading *reading)
{
	manual_pairs_free(reading->pairs);
	problems_release(&reading->between);
}

uint32_t manual_reading_partner(const struct manual_reading *reading, uint32_t entry)
{
	uint32_t partner = manual_partner(reading->pairs, entry);

	return partner < reading->doc->nentries ? partner : MANUAL_NONE;
}

/* All problems of an entry: its own, and those with other commands. */
static void collect(const struct manual_reading *reading, uint32_t entry, struct problems *problems)
{
	const struct entry *e = &reading->doc->entries[entry];
	struct span at = doc_span(reading->doc, e->tok, e->end);
	struct manual_item item = MANUAL_ITEM_INIT;
	size_t i;

	if (e->kind != MANUAL_ENTRY_COMMAND)
		return;
	manual_read(reading->doc, entry, &item, problems);
	manual_item_release(&item);
	for (i = 0; i < reading->between.count; i++) {
		const struct problem *p = &reading->between.items[i];

		if (p->at.off >= at.off && p->at.off < at.off + at.len)
			problem_add(problems, p->code, p->word, p->at, p->arg);
	}
}

static bool has(const struct problems *problems, const struct problem *wanted)
{
	size_t i;

	for (i = 0; i < problems->count; i++)
		if (problems->items[i].code == wanted->code &&
		    problems->items[i].word == wanted->word)
			return true;
	return false;
}

/* A key that is there already and does not suit its algorithm: says which ones do. */
static bool refuse_size(const struct doc *doc, uint32_t entry, const struct problem *problem,
			enum dialect dialect, struct error *err)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	bool encr = problem->word == MANUAL_ENCRKEY;
	struct strbuf sizes = STRBUF_INIT;
	const struct ipsec_alg *alg;

	manual_read(doc, entry, &item, NULL);
	alg = encr ? item.encr_alg : item.auth_alg;
	manual_key_sizes(alg, dialect, &sizes);
	error_set(err, ERROR_USAGE,
		  _("%s: %s has a key of %s bits, and the one there has %u; give a new one"),
		  manual_words[problem->word].name, alg->names[0], sizes.buf,
		  encr ? item.encr_key.bits : item.auth_key.bits);
	strbuf_release(&sizes);
	manual_item_release(&item);
	return false;
}

static bool refuse(const struct doc *doc, uint32_t entry, const struct problem *problem,
		   enum dialect dialect, struct error *err)
{
	struct strbuf text = STRBUF_INIT;

	if (problem->code == MANUAL_PROBLEM_KEY_SIZE || problem->code == MANUAL_PROBLEM_KEY_SALT)
		return refuse_size(doc, entry, problem, dialect, err);
	strbuf_addf(&text, _(fault_text(problem->code)), manual_words[problem->word].name);
	error_set(err, ERROR_USAGE, "%s", text.buf);
	strbuf_release(&text);
	return false;
}

bool manual_is_sound(const struct manual_reading *then, uint32_t before,
		     const struct manual_reading *now, uint32_t number, enum dialect dialect,
		     struct error *err)
{
	struct problems was = { 0 }, is = { 0 };
	bool good = true;
	size_t i;

	if (before != MANUAL_NONE)
		collect(then, before, &was);
	collect(now, number, &is);
	for (i = 0; i < is.count && good; i++)
		if (fault_text(is.items[i].code) != NULL && !has(&was, &is.items[i]))
			good = refuse(now->doc, number, &is.items[i], dialect, err);
	problems_release(&was);
	problems_release(&is);
	return good;
}
