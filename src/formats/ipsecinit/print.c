/* ipsecinit.conf: a policy as one line. */
#include "config.h"

#include "formats/ipsecinit/file.h"

#include "base/print.h"
#include "base/xalloc.h"

static void add_word(const char *word, struct strbuf *sb)
{
	strbuf_addstr(sb, word);
	strbuf_addch(sb, ' ');
}

/* The value as it stands in the file, its tokens one blank apart. */
static void add_text(const struct doc *doc, const struct policy_stmt *s, struct strbuf *sb)
{
	uint32_t i;

	for (i = s->arg; i < s->end; i++) {
		print_add(sb, doc_text(doc, i), doc->tokens[i].len);
		strbuf_addch(sb, ' ');
	}
}

static void add_number(const struct policy_number *number, struct strbuf *sb)
{
	strbuf_addf(sb, "%u", number->first);
	if (number->last != number->first)
		strbuf_addf(sb, "-%u", number->last);
	strbuf_addch(sb, ' ');
}

/* A keyword with a number; nothing where it is missing, or 0 for any. */
static void add_numbered(const struct policy_item *item, const char *name, enum policy_word keyword,
			 const struct policy_number *number, struct strbuf *sb)
{
	const struct policy_stmt *s = policy_find(item, keyword);
	const struct policy_name *protocol = NULL;

	if (s == NULL || (s->good && !number->set && !number->named))
		return;
	add_word(name, sb);
	if (keyword == POLICY_ULP && number->set)
		protocol = policy_protocol_numbered(number->first);
	if (protocol != NULL)
		add_word(protocol->name, sb);
	else if (number->set)
		add_number(number, sb);
	else
		add_text(item->doc, s, sb);
}

static void add_address(const struct policy_item *item, const char *name, enum policy_word keyword,
			const struct policy_end *end, struct strbuf *sb)
{
	const struct policy_stmt *s = policy_find(item, keyword);

	if (s == NULL)
		return;
	add_word(name, sb);
	if (end->range.family != IP_NONE) {
		ip_range_print(sb, &end->range);
		strbuf_addch(sb, ' ');
	} else {
		add_text(item->doc, s, sb);
	}
}

/* The keyword of either style that is there. */
static enum policy_word either(const struct policy_item *item, enum policy_word old,
			       enum policy_word new)
{
	return policy_find(item, old) != NULL ? old : new;
}

/* Both ends: the local one first, whichever of source and destination it is. */
static void add_ends(const struct policy_item *item, struct strbuf *sb)
{
	const struct policy_end *ends[] = { &item->local, &item->remote };
	const enum policy_word addresses[] = { either(item, POLICY_SADDR, POLICY_LADDR),
					       either(item, POLICY_DADDR, POLICY_RADDR) },
			       ports[] = { either(item, POLICY_SPORT, POLICY_LPORT),
					   either(item, POLICY_DPORT, POLICY_RPORT) };
	int i, first = policy_is_swapped(item) ? 1 : 0;

	for (i = 0; i < 2; i++) {
		int end = i ^ first;

		add_address(item, i == 0 ? "laddr" : "raddr", addresses[end], ends[end], sb);
		add_numbered(item, i == 0 ? "lport" : "rport", ports[end], &ends[end]->port, sb);
	}
}

static void add_pattern(const struct policy_item *item, struct strbuf *sb)
{
	static const char *const directions[] = { NULL, "dir in ", "dir out ", "dir both " };
	const struct policy_stmt *tunnel = policy_find(item, POLICY_TUNNEL),
				 *negotiate = policy_find(item, POLICY_NEGOTIATE);

	strbuf_addstr(sb, "{ ");
	if (tunnel != NULL) {
		add_word("tunnel", sb);
		add_text(item->doc, tunnel, sb);
	}
	if (negotiate != NULL) {
		add_word("negotiate", sb);
		if (item->negotiate != 0)
			add_word(policy_words[item->negotiate].name, sb);
		else
			add_text(item->doc, negotiate, sb);
	}
	add_numbered(item, "ulp", POLICY_ULP, &item->ulp, sb);
	add_ends(item, sb);
	add_numbered(item, "type", POLICY_TYPE, &item->type, sb);
	add_numbered(item, "code", POLICY_CODE, &item->code, sb);
	if (item->direction != 0)
		strbuf_addstr(sb, directions[item->direction]);
	strbuf_addstr(sb, "} ");
}

static void add_alg(const struct policy_item *item, const struct policy_alternative *a,
		    enum policy_word property, const struct policy_alg *alg, struct strbuf *sb)
{
	const struct policy_stmt *s = policy_find_property(item, a, property);

	if (s == NULL || (alg->alg != NULL && alg->alg->kind == IPSEC_ALG_NONE))
		return;
	add_word(policy_words[property].name, sb);
	if (alg->alg == NULL && alg->number == 0) {
		add_text(item->doc, s, sb);
		return;
	}
	if (alg->alg != NULL)
		strbuf_addstr(sb, alg->alg->names[0]);
	else
		strbuf_addf(sb, "%u", alg->number);
	if (alg->ranged) {
		strbuf_addch(sb, '(');
		if (alg->min != 0)
			strbuf_addf(sb, "%u", alg->min);
		if (alg->min != alg->max)
			strbuf_addstr(sb, "..");
		if (alg->max != 0 && alg->max != alg->min)
			strbuf_addf(sb, "%u", alg->max);
		strbuf_addch(sb, ')');
	}
	strbuf_addch(sb, ' ');
}

static void add_alternative(const struct policy_item *item, const struct policy_alternative *a,
			    struct strbuf *sb)
{
	bool protects =
		a->word == POLICY_APPLY || a->word == POLICY_PERMIT || a->word == POLICY_IPSEC;

	if (protects)
		add_word("ipsec", sb);
	else if (a->word == POLICY_BYPASS)
		add_word("pass", sb);
	else if (a->word != POLICY_NO_WORD)
		add_word(policy_words[a->word].name, sb);
	else if (a->action != 0)
		add_text(item->doc, &(struct policy_stmt){ .arg = a->action, .end = a->action + 1 },
			 sb);
	strbuf_addstr(sb, "{ ");
	add_alg(item, a, POLICY_AUTH_ALGS, &a->ah, sb);
	add_alg(item, a, POLICY_ENCR_ALGS, &a->encr, sb);
	add_alg(item, a, POLICY_ENCR_AUTH_ALGS, &a->auth, sb);
	if (protects || a->sa == POLICY_UNIQUE) {
		add_word("sa", sb);
		add_word(policy_words[a->sa].name, sb);
	}
	strbuf_addch(sb, '}');
}

void policy_normalize(const struct policy_item *item, struct strbuf *sb)
{
	size_t i;

	add_pattern(item, sb);
	for (i = 0; i < item->nalternatives; i++) {
		if (i > 0)
			strbuf_addstr(sb, " or ");
		add_alternative(item, &item->alternatives[i], sb);
	}
}
