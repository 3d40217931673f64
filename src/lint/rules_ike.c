/* What ike.config(5) demands of the file level and of each rule. */
#include "config.h"

#include "lint/rules_ike.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "lint/lint_internal.h"

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
	for (i = 2; i < ARRAY_SIZE(words); i++) {
		const struct ike_stmt *s = ike_find(g, words[i]);

		if (s != NULL && timer(g, words[i]) <= 0)
			lint_add_stmt(lint, lint_row_after(row, 1), g, s);
	}
	if (limit != NULL && limit->value == 0)
		lint_add_stmt(lint, lint_row_after(row, 2), g, limit);
	tries = all_tries(g, timer(g, IKE_RETRY_LIMIT));
	if (last != NULL && tries > expire)
		finding_numbers(lint_add_stmt(lint, row, g, last),
				tries < UINT32_MAX ? (uint32_t)tries : UINT32_MAX,
				(uint32_t)expire);
}

void check_deprecated(struct lint *lint, unsigned row)
{
	const struct ike_stmt *s = ike_find(&lint->host->globals, IKE_PKCS11_PATH);

	if (s != NULL)
		lint_add_stmt(lint, row, &lint->host->globals, s);
}

void check_global_keywords(struct lint *lint, unsigned row)
{
	const struct ike_stmt *s = ike_find(&lint->host->globals, IKE_MAX_CERTS);

	if (s != NULL)
		lint_add_stmt(lint, row, &lint->host->globals, s);
}

/* Nobody knows more of it in the second rule than in the first. */
static void report_undocumented(struct lint *lint, unsigned row, const struct ike_item *item,
				const struct ike_stmt *stmts, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		bool *said = &lint->unsure_said[stmts[i].word];

		if (!ike_words[stmts[i].word].undocumented || stmts[i].word == IKE_MAX_CERTS ||
		    *said)
			continue;
		lint_add_stmt(lint, row, item, &stmts[i]);
		*said = true;
	}
}

static void report_item_undocumented(struct lint *lint, unsigned row, const struct ike_item *item)
{
	report_undocumented(lint, row, item, item->stmts, item->nstmts);
	report_undocumented(lint, row, item, item->inner, item->ninner);
}

void check_global_undocumented(struct lint *lint, unsigned row)
{
	report_item_undocumented(lint, row, &lint->host->globals);
}

void check_undocumented(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_item_undocumented(lint, row, rule->item);
}

static void report_labels(struct lint *lint, unsigned row, const struct ike_item *item)
{
	size_t i;

	for (i = 0; i < item->nxforms; i++) {
		const struct ike_stmt *multi =
			ike_xform_find(item, &item->xforms[i], IKE_MULTI_LABEL);

		if (multi != NULL &&
		    ike_xform_find(item, &item->xforms[i], IKE_SINGLE_LABEL) != NULL)
			lint_add_stmt(lint, row, item, multi);
	}
}

void check_global_labels(struct lint *lint, unsigned row)
{
	report_labels(lint, row, &lint->host->globals);
}

void check_labels(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_labels(lint, row, rule->item);
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
			finding_text(lint_add_numbers(lint, row, item, &item->stmts[x->stmt], 0, 0),
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
		lint_add_numbers(lint, row, rule->item, s, len, 0);
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

/* Which families there are at each end, as bits; false: an address was not understood, or is in the
 * form of the other one. */
static bool families_of(const struct ike_item *item, unsigned seen[2])
{
	size_t i;

	seen[0] = seen[1] = 0;
	for (i = 0; i < item->naddresses; i++) {
		const struct ike_address *a = &item->addresses[i];

		if (a->range.family == IP_NONE || ip_is_mapped(&a->range))
			return false;
		seen[a->remote] |= 1u << a->range.family;
	}
	return true;
}

/* Where the two ends have none in common the row below says more. */
void check_two_families(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	unsigned seen[2], both = 1u << IP_V4 | 1u << IP_V6;

	if (families_of(rule->item, seen) && (seen[0] | seen[1]) == both &&
	    (seen[0] & seen[1]) != 0)
		lint_add_rule(lint, row, rule);
}

void check_families(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	unsigned seen[2];

	if (families_of(rule->item, seen) && seen[0] != 0 && seen[1] != 0 &&
	    (seen[0] & seen[1]) == 0)
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
		lint_add_numbers(lint, row, g, ike_find(g, IKE_P2_PFS),
				 (uint32_t)lint->pfs_zero_rules, global);
}

static void report_pfs_group(struct lint *lint, unsigned row, const struct ike_item *item)
{
	uint32_t group;

	if (ike_value(item, IKE_P2_PFS, &group) && group != 0 && !ike_group_find(group)->pfs)
		lint_add_numbers(lint, row, item, ike_find(item, IKE_P2_PFS), group, 0);
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
