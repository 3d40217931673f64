/* What ike.config(5) demands of the file level and of each rule. */
#include "config.h"

#include "lint/rules_ike.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "lint/lint_internal.h"

/* What is said of lifetimes in the daemon's own words; the manual names none of these. */
#define P1_LIFETIME_LEAST 60
#define P2_LIFETIME_LEAST 100
#define P2_SOFTLIFE_LEAST 90
#define P2_LIFETIME_MOST  172800
#define P2_KILOBYTES_MOST (512u * 1024 * 1024)
#define KILOBYTES_64BIT   (32u * 1024 * 1024)

static struct finding *add_stmt_numbers(struct lint *lint, unsigned row,
					const struct ike_item *item, const struct ike_stmt *s,
					uint32_t a, uint32_t b)
{
	struct finding *finding = lint_add_value(lint, row, item, s);

	if (finding != NULL) {
		finding->a = a;
		finding->b = b;
		finding->word = s->word;
	}
	return finding;
}

void check_global_after_rule(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	const struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);
	size_t i;

	for (i = 0; host->nrules > 0 && i < host->globals.nstmts; i++)
		if (host->globals.stmts[i].tok > doc->entries[host->rules[0]].tok)
			lint_add_stmt(lint, row, &host->globals, &host->globals.stmts[i]);
}

void check_no_rules(struct lint *lint, unsigned row)
{
	if (lint->host->nrules == 0 && !lint->globals_broken)
		lint_add_file(lint, row, LOCATION_IKE_CONFIG);
}

void check_proxy_without_http(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	const struct ike_stmt *s = ike_find(g, IKE_PROXY);

	if (s == NULL)
		s = ike_find(g, IKE_SOCKS);
	if (s != NULL && s->good && ike_find(g, IKE_USE_HTTP) == NULL)
		lint_add_stmt(lint, row, g, s);
}

static const struct {
	enum ike_word soft, hard;
} soft_lifetimes[] = {
	{ IKE_P2_SOFTLIFE_SECS, IKE_P2_LIFETIME_SECS },
	{ IKE_P2_SOFTLIFE_KB, IKE_P2_LIFETIME_KB },
};

void check_global_softlife(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	uint32_t soft, hard;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(soft_lifetimes); i++)
		if (ike_value(g, soft_lifetimes[i].soft, &soft) &&
		    ike_value(g, soft_lifetimes[i].hard, &hard) && soft > hard)
			add_stmt_numbers(lint, row, g, ike_find(g, soft_lifetimes[i].soft), soft,
					 hard);
}

void check_retry_timers(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	const struct ike_stmt *first = ike_find(g, IKE_RETRY_TIMER_INIT),
			      *most = ike_find(g, IKE_RETRY_TIMER_MAX);
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	if (first == NULL || most == NULL || !first->good || !most->good)
		return;
	ike_unquote(g->doc, first, &a);
	ike_unquote(g->doc, most, &b);
	if (strtod(b.buf, NULL) < strtod(a.buf, NULL))
		lint_add_stmt(lint, row, g, most);
	strbuf_release(&a);
	strbuf_release(&b);
}

/* A number of the file level, which may have decimals, or its default. */
static double timer(const struct ike_item *g, enum ike_word word)
{
	const struct ike_stmt *s = ike_find(g, word);
	struct strbuf text = STRBUF_INIT;
	double seconds;

	if (s != NULL && s->good)
		ike_unquote(g->doc, s, &text);
	else
		strbuf_addstr(&text, ike_words[word].fallback);
	seconds = strtod(text.buf, NULL);
	strbuf_release(&text);
	return seconds;
}

/* Each try waits twice as long as the one before, up to retry_timer_max. */
static double all_tries(const struct ike_item *g, double limit)
{
	double wait = timer(g, IKE_RETRY_TIMER_INIT), most = timer(g, IKE_RETRY_TIMER_MAX), sum = 0;
	int i;

	for (i = 0; i < limit && i < 64 && wait < most; i++) {
		sum += wait;
		wait *= 2;
	}
	return limit > i ? sum + (limit - i) * most : sum;
}

void check_timers(struct lint *lint, unsigned row)
{
	static const enum ike_word words[] = { IKE_EXPIRE_TIMER, IKE_RETRY_LIMIT,
					       IKE_RETRY_TIMER_INIT, IKE_RETRY_TIMER_MAX };
	const struct ike_item *g = &lint->host->globals;
	const struct ike_stmt *last = NULL, *limit = ike_find(g, IKE_RETRY_LIMIT);
	double tries, expire = timer(g, IKE_EXPIRE_TIMER);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		const struct ike_stmt *s = ike_find(g, words[i]);

		if (s != NULL && !s->good)
			return; /* another row says so */
		if (s != NULL && (last == NULL || s->tok > last->tok))
			last = s;
	}
	if (limit != NULL && limit->value == 0)
		lint_add_stmt(lint, lint_row_after(row, 1), g, limit);
	tries = all_tries(g, timer(g, IKE_RETRY_LIMIT));
	if (last != NULL && tries > expire)
		finding_numbers(lint_add_stmt(lint, row, g, last),
				tries < UINT32_MAX ? (uint32_t)tries : UINT32_MAX,
				(uint32_t)expire);
}

void check_global_keywords(struct lint *lint, unsigned row)
{
	const struct ike_stmt *s = ike_find(&lint->host->globals, IKE_MAX_CERTS);

	if (s != NULL)
		lint_add_stmt(lint, row, &lint->host->globals, s);
}

static const enum ike_word xform_parts[] = { IKE_AUTH_METHOD, IKE_OAKLEY_GROUP, IKE_ENCR_ALG,
					     IKE_AUTH_ALG };

/* Reports a transform that lacks one of its four parts, unless something in it was not understood.
 */
static void report_incomplete(struct lint *lint, unsigned row, const struct ike_item *item)
{
	size_t i, part;

	for (i = 0; i < item->nxforms; i++) {
		const struct ike_xform *x = &item->xforms[i];
		struct strbuf lacks = STRBUF_INIT;

		for (part = 0; part < ARRAY_SIZE(xform_parts); part++) {
			if (ike_xform_find(item, x, xform_parts[part]) == NULL) {
				if (lacks.len > 0)
					strbuf_addstr(&lacks, ", ");
				strbuf_addstr(&lacks, ike_words[xform_parts[part]].name);
			}
		}
		if (lacks.len > 0)
			finding_text(add_stmt_numbers(lint, row, item, &item->stmts[x->stmt], 0, 0),
				     lacks.buf);
		strbuf_release(&lacks);
	}
}

void check_global_xforms(struct lint *lint, unsigned row)
{
	size_t i;

	for (i = 0; i < lint->problems.count; i++)
		if (lint->problems.items[i].code == IKE_PROBLEM_UNKNOWN)
			return;
	report_incomplete(lint, row, &lint->host->globals);
}

void check_empty_rule(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (rule->item->nstmts == 0 && !rule->broken)
		lint_add_rule(lint, row, rule);
}

void check_label_missing(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (ike_find(rule->item, IKE_LABEL) == NULL && rule->item->nstmts > 0 && !rule->broken)
		lint_add_rule(lint, row, rule);
}

void check_label_long(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *s = ike_find(rule->item, IKE_LABEL);
	uint32_t len;

	if (s == NULL || !s->good)
		return;
	len = rule->item->doc->tokens[s->arg].len;
	if (len > 102)
		add_stmt_numbers(lint, row, rule->item, s, len, 0);
}

void check_address_missing(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	static const enum ike_word words[] = { IKE_LOCAL_ADDR, IKE_REMOTE_ADDR };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (ike_find(rule->item, words[i]) == NULL && rule->item->nstmts > 0 &&
		    !rule->broken && !rule->mdm) {
			struct finding *finding = lint_add_rule(lint, row, rule);

			if (finding != NULL)
				finding->word = (uint8_t)words[i];
		}
	}
}

/* Whether it is every address of its family. */
static bool is_everybody(const struct ip_range *range)
{
	return range->family != IP_NONE && range->form == IP_PREFIX && range->prefix == 0;
}

void check_catch_all(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	bool all[2] = { false, false };
	size_t i;

	for (i = 0; i < rule->item->naddresses; i++)
		all[rule->item->addresses[i].remote] |=
			is_everybody(&rule->item->addresses[i].range);
	if (all[0] && all[1] && lint_rule_has(rule, IKE_METHOD_PRESHARED))
		lint_add_rule(lint, row, rule);
}

void check_families(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	unsigned seen[2] = { 0, 0 };
	size_t i;

	for (i = 0; i < rule->item->naddresses; i++) {
		const struct ike_address *a = &rule->item->addresses[i];

		if (a->range.family == IP_NONE)
			return;
		seen[a->remote] |= 1u << a->range.family;
	}
	if (seen[0] != 0 && seen[1] != 0 && (seen[0] & seen[1]) == 0)
		lint_add_rule(lint, row, rule);
}

void check_sol9_ipv6(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	size_t i;

	for (i = 0; i < rule->item->naddresses; i++) {
		const struct ike_address *a = &rule->item->addresses[i];

		if (a->range.family == IP_V6)
			lint_add_value(lint, row, rule->item, &rule->item->stmts[a->stmt]);
	}
}

void check_mask_form(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	size_t i;

	for (i = 0; i < rule->item->naddresses; i++) {
		const struct ike_address *a = &rule->item->addresses[i];

		if (a->range.family == IP_V4 && a->range.form == IP_MASK)
			lint_add_value(lint, row, rule->item, &rule->item->stmts[a->stmt]);
	}
}

void count_no_xforms(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	(void)row;
	if (ike_find(rule->effective, IKE_P1_XFORM) == NULL && rule->item->nstmts > 0 &&
	    !rule->broken && !lint->globals_broken && lint->no_xform_rules++ == 0)
		lint->first_no_xform = rule->item->entry;
}

void check_no_xforms(struct lint *lint, unsigned row)
{
	struct ike_item item = IKE_ITEM_INIT;
	struct lint_rule rule = { .item = &item };

	if (lint->no_xform_rules == 0)
		return;
	ike_read_rule(host_doc(lint->host, LOCATION_IKE_CONFIG), lint->first_no_xform, &item, NULL);
	finding_numbers(lint_add_rule(lint, lint_row_after(row, lint->no_xform_rules > 1), &rule),
			(uint32_t)lint->no_xform_rules, 0);
	ike_item_release(&item);
}

void check_xform_incomplete(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (!rule->broken)
		report_incomplete(lint, row, rule->item);
}

void check_pfs_zero(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	uint32_t global;

	if (lint->pfs_zero_rules > 0 && ike_value(g, IKE_P2_PFS, &global))
		add_stmt_numbers(lint, row, g, ike_find(g, IKE_P2_PFS),
				 (uint32_t)lint->pfs_zero_rules, global);
}

static void report_pfs_group(struct lint *lint, unsigned row, const struct ike_item *item)
{
	uint32_t group;

	if (ike_value(item, IKE_P2_PFS, &group) && group != 0 && !ike_group_find(group)->pfs)
		add_stmt_numbers(lint, row, item, ike_find(item, IKE_P2_PFS), group, 0);
}

void check_global_pfs_group(struct lint *lint, unsigned row)
{
	report_pfs_group(lint, row, &lint->host->globals);
}

/* Of an MDM rule COEX-R6 says it. */
void check_pfs_group(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (!rule->mdm)
		report_pfs_group(lint, row, rule->item);
}

void check_lifetime_short(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	static const struct {
		enum ike_word word;
		uint32_t least;
	} limits[] = {
		{ IKE_P2_LIFETIME_SECS, P2_LIFETIME_LEAST },
		{ IKE_P2_SOFTLIFE_SECS, P2_SOFTLIFE_LEAST },
	};
	const struct ike_item *item = rule->item;
	uint32_t value;
	size_t i;

	/* For an MDM rule the limits agreed with the MSS are narrower, and COEX-R7 and COEX-R8
	 * report. */
	if (rule->mdm)
		return;
	for (i = 0; i < ARRAY_SIZE(limits); i++)
		if (ike_value(item, limits[i].word, &value) && value < limits[i].least)
			add_stmt_numbers(lint, row, item, ike_find(item, limits[i].word), value,
					 limits[i].least);
	for (i = 0; i < item->nxforms; i++) {
		const struct ike_stmt *s =
			ike_xform_find(item, &item->xforms[i], IKE_P1_LIFETIME_SECS);

		if (s != NULL && s->good && s->value < P1_LIFETIME_LEAST)
			add_stmt_numbers(lint, row, item, s, s->value, P1_LIFETIME_LEAST);
	}
}

void check_lifetime_long(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_item *item = rule->item;
	uint32_t value;

	if (!rule->mdm && ike_value(item, IKE_P2_LIFETIME_SECS, &value) && value > P2_LIFETIME_MOST)
		add_stmt_numbers(lint, row, item, ike_find(item, IKE_P2_LIFETIME_SECS), value,
				 P2_LIFETIME_MOST);
	if (ike_value(item, IKE_P2_LIFETIME_KB, &value) && value > P2_KILOBYTES_MOST)
		add_stmt_numbers(lint, row, item, ike_find(item, IKE_P2_LIFETIME_KB), value,
				 P2_KILOBYTES_MOST);
}

void check_softlife(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	uint32_t soft, hard;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(soft_lifetimes); i++) {
		if (ike_value(rule->item, soft_lifetimes[i].soft, &soft) &&
		    (ike_value(rule->item, soft_lifetimes[i].hard, &hard) ||
		     ike_value(rule->globals, soft_lifetimes[i].hard, &hard)) &&
		    soft > hard)
			add_stmt_numbers(lint, row, rule->item,
					 ike_find(rule->item, soft_lifetimes[i].soft), soft, hard);
	}
}

void check_softlife_alone(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(soft_lifetimes); i++) {
		const struct ike_stmt *s = ike_find(rule->item, soft_lifetimes[i].soft);

		if (s != NULL && ike_find(rule->item, soft_lifetimes[i].hard) == NULL &&
		    ike_find(rule->globals, soft_lifetimes[i].hard) == NULL)
			lint_add_stmt(lint, row, rule->item, s);
	}
}

void check_lifetime_kb(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_item *xs = rule->effective;
	uint32_t kilobytes;
	size_t i;

	if (!ike_value(rule->item, IKE_P2_LIFETIME_KB, &kilobytes) ||
	    kilobytes <= KILOBYTES_64BIT || kilobytes > P2_KILOBYTES_MOST)
		return;
	for (i = 0; i < xs->nxforms; i++) {
		const struct ike_stmt *s = ike_xform_find(xs, &xs->xforms[i], IKE_ENCR_ALG);

		if (s != NULL && s->good &&
		    (s->value == IKE_DES || s->value == IKE_3DES || s->value == IKE_BLOWFISH)) {
			add_stmt_numbers(lint, row, rule->item,
					 ike_find(rule->item, IKE_P2_LIFETIME_KB), kilobytes, 0);
			return;
		}
	}
}
