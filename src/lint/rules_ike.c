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
	const struct doc *doc = host_doc(lint->host, LOCATION_IKE_CONFIG);
	bool rules = false;
	size_t i;

	for (i = 0; i < doc->nentries; i++) {
		const struct entry *e = &doc->entries[i];

		if (e->kind == IKE_ENTRY_RULE) {
			rules = true;
		} else if (e->kind == IKE_ENTRY_GLOBAL && rules) {
			struct finding *finding =
				lint_add(lint, row, LOCATION_IKE_CONFIG, FINDING_NOWHERE,
					 doc_span(doc, e->tok, e->end));

			if (finding != NULL)
				finding->word = e->word;
		}
	}
}

void check_no_rules(struct lint *lint, unsigned row)
{
	if (lint->host->nrules == 0)
		lint_add_file(lint, row, LOCATION_IKE_CONFIG);
}

void check_proxy_without_http(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	const struct ike_stmt *s = ike_find(g, IKE_PROXY);

	if (s == NULL)
		s = ike_find(g, IKE_SOCKS);
	if (s != NULL && ike_find(g, IKE_USE_HTTP) == NULL)
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

void check_label_missing(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (ike_find(rule->item, IKE_LABEL) == NULL && !rule->broken)
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
		if (ike_find(rule->item, words[i]) == NULL && !rule->broken && !rule->mdm) {
			struct finding *finding = lint_add_rule(lint, row, rule);

			if (finding != NULL)
				finding->word = (uint8_t)words[i];
		}
	}
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

void check_no_xforms(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (ike_find(rule->effective, IKE_P1_XFORM) == NULL && !rule->broken)
		lint_add_rule(lint, row, rule);
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

void check_mixed_methods(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (lint_rule_has(rule, IKE_METHOD_PRESHARED) &&
	    lint_rule_has(rule, IKE_METHODS_CERTIFICATE))
		lint_add_rule(lint, row, rule);
}

void check_mixed_certificates(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	unsigned methods = rule->effective->methods & IKE_METHODS_CERTIFICATE;

	if ((methods & (methods - 1)) != 0 && !lint_rule_has(rule, IKE_METHOD_PRESHARED))
		lint_add_rule(lint, row, rule);
}

static bool is_preshared(const struct lint_rule *rule)
{
	return rule->effective->methods == IKE_METHOD_PRESHARED;
}

static bool is_certificate(const struct lint_rule *rule)
{
	return rule->effective->methods != 0 &&
	       (rule->effective->methods & IKE_METHOD_PRESHARED) == 0;
}

void check_preshared_ids(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	static const enum ike_word words[] = { IKE_LOCAL_ID, IKE_REMOTE_ID };
	size_t i;

	for (i = 0; is_preshared(rule) && i < ARRAY_SIZE(words); i++) {
		const struct ike_stmt *s = ike_find(rule->item, words[i]);

		if (s != NULL)
			lint_add_stmt(lint, row, rule->item, s);
	}
}

/* The statement that says which identity is sent, and the item it is in: the rule's own or the
 * file's. */
static const struct ike_stmt *id_type(const struct lint_rule *rule, const struct ike_item **item)
{
	*item = ike_find(rule->item, IKE_LOCAL_ID_TYPE) != NULL ? rule->item : rule->globals;
	return ike_find(*item, IKE_LOCAL_ID_TYPE);
}

static bool is_address_type(uint32_t type)
{
	return type == IKE_ID_IP || type == IKE_ID_IPV4 || type == IKE_ID_IPV6;
}

static void report_id_type(struct lint *lint, unsigned row, const struct lint_rule *rule,
			   const struct ike_stmt *s)
{
	finding_text(lint_add_stmt(lint, row, rule->item, s), ike_words[s->value].name);
}

void check_preshared_id_type(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *s = ike_find(rule->item, IKE_LOCAL_ID_TYPE);

	if (!rule->mdm && is_preshared(rule) && s != NULL && s->good && !is_address_type(s->value))
		report_id_type(lint, row, rule, s);
}

void check_certificate_ids(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	static const enum ike_word words[] = { IKE_LOCAL_ID_TYPE, IKE_LOCAL_ID, IKE_REMOTE_ID };
	size_t i;

	if (!is_certificate(rule) || rule->broken)
		return;
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		struct finding *finding;

		if (ike_find(rule->item, words[i]) != NULL ||
		    (words[i] == IKE_LOCAL_ID_TYPE && ike_find(rule->globals, words[i]) != NULL))
			continue;
		/* COEX-R4 and COEX-R5 say it of an MDM rule. */
		if (rule->mdm && words[i] != IKE_LOCAL_ID_TYPE)
			continue;
		finding = lint_add_rule(lint, row, rule);
		if (finding != NULL)
			finding->word = (uint8_t)words[i];
	}
}

/* Counts the remote_ids of a rule, and those of them that are "". */
static size_t count_remote_ids(const struct ike_item *item, size_t *empty,
			       const struct ike_stmt **first_empty)
{
	size_t i, count = 0;

	*empty = 0;
	for (i = 0; i < item->nstmts; i++) {
		const struct ike_stmt *s = &item->stmts[i];

		if (s->word != IKE_REMOTE_ID || s->end == s->arg)
			continue;
		count++;
		if (item->doc->tokens[s->end - 1].kind == TOKEN_STRING &&
		    item->doc->tokens[s->end - 1].len == 2 && (*empty)++ == 0)
			*first_empty = s;
	}
	return count;
}

static bool remote_is_wide(const struct ike_item *item)
{
	size_t i, remotes = 0;

	for (i = 0; i < item->naddresses; i++) {
		if (!item->addresses[i].remote)
			continue;
		remotes++;
		if (item->addresses[i].range.family != IP_NONE &&
		    !ip_range_is_host(&item->addresses[i].range))
			return true;
	}
	return remotes > 1;
}

void check_any_identity(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *s = NULL;
	size_t empty;

	if (is_certificate(rule) && ike_find(rule->item, IKE_REMOTE_ID) != NULL &&
	    count_remote_ids(rule->item, &empty, &s) == 1 && empty == 1 &&
	    remote_is_wide(rule->item))
		lint_add_stmt(lint, row, rule->item, s);
}

void check_empty_remote_id(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *s = NULL;
	size_t empty, count;

	if (!is_certificate(rule) || ike_find(rule->item, IKE_REMOTE_ID) == NULL)
		return;
	count = count_remote_ids(rule->item, &empty, &s);
	if (empty == 0)
		return;
	/* MDM writes it so on purpose (COEX-R5), and over a network A29 says more. */
	if (count == 1 && (rule->mdm || remote_is_wide(rule->item)))
		return;
	lint_add_stmt(lint, row, rule->item, s);
}

void check_id_shape(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_item *item;
	const struct ike_stmt *type = id_type(rule, &item),
			      *id = ike_find(rule->item, IKE_LOCAL_ID);
	struct strbuf text = STRBUF_INIT;
	enum ip_family family;
	struct ip ip;

	if (type == NULL || !type->good || type->value != IKE_ID_DN || id == NULL || !id->good ||
	    !is_certificate(rule) ||
	    memchr(doc_text(rule->item->doc, id->end - 1), '=',
		   rule->item->doc->tokens[id->end - 1].len) != NULL)
		return;
	ike_unquote(rule->item->doc, id, &text);
	if (ip_parse(text.buf, text.len, &ip, &family) == IP_OK)
		finding_text(lint_add_stmt(lint, row, rule->item, id), ike_words[type->value].name);
	strbuf_release(&text);
}

void check_id_type_rare(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *s = ike_find(rule->item, IKE_LOCAL_ID_TYPE);

	if (s == NULL || !s->good)
		return;
	switch (s->value) {
	case IKE_ID_IPV4_PREFIX:
	case IKE_ID_IPV4_RANGE:
	case IKE_ID_IPV6_PREFIX:
	case IKE_ID_IPV6_RANGE:
	case IKE_ID_GN:
		/* Of a preshared rule A27 has said that it must be an address. */
		if (!is_preshared(rule))
			report_id_type(lint, row, rule, s);
		break;
	default:
		break;
	}
}

void check_no_trust(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	/* Said once for the whole file: the cause is one. */
	if (lint->certificate_rules == 1 && lint->first_certificate == rule->item->entry &&
	    ike_find(rule->globals, IKE_CERT_ROOT) == NULL &&
	    ike_find(rule->globals, IKE_CERT_TRUST) == NULL)
		lint_add_rule(lint, row, rule);
}

static void report_release(struct lint *lint, unsigned row, const struct ike_item *item,
			   const struct ike_stmt *s)
{
	unsigned here = IKE_IN(lint->host->dialect), known, unsure = 0;

	if (!s->good)
		return;
	if (s->word == IKE_OAKLEY_GROUP || s->word == IKE_P2_PFS) {
		if (s->value == 0)
			return;
		known = ike_group_find(s->value)->known;
	} else if (s->word == IKE_AUTH_METHOD || s->word == IKE_ENCR_ALG ||
		   s->word == IKE_AUTH_ALG) {
		known = ike_words[s->value].known;
		unsure = ike_words[s->value].unsure;
	} else {
		return;
	}
	if (known & here)
		return;
	if (!(unsure & here)) {
		add_stmt_numbers(lint, row, item, s, 0, 0);
	} else if (!lint->unsure_said[s->value]) {
		/* Nobody knows it better in the second rule than in the first. */
		lint->unsure_said[s->value] = true;
		add_stmt_numbers(lint, lint_row_after(row, 1), item, s, 0, 0);
	}
}

static void report_release_values(struct lint *lint, unsigned row, const struct ike_item *item)
{
	const struct ike_stmt *pfs = ike_find(item, IKE_P2_PFS);
	size_t i;

	for (i = 0; i < item->ninner; i++)
		report_release(lint, row, item, &item->inner[i]);
	if (pfs != NULL)
		report_release(lint, row, item, pfs);
}

void check_global_release_values(struct lint *lint, unsigned row)
{
	report_release_values(lint, row, &lint->host->globals);
}

void check_release_values(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_release_values(lint, row, rule->item);
}

static void report_release_keywords(struct lint *lint, unsigned row, const struct ike_item *item)
{
	size_t i;

	for (i = 0; i < item->nstmts; i++) {
		unsigned known = ike_words[item->stmts[i].word].known;

		if (known != 0 && (known & IKE_IN(lint->host->dialect)) == 0)
			lint_add_stmt(lint, row, item, &item->stmts[i]);
	}
}

void check_global_release_keywords(struct lint *lint, unsigned row)
{
	report_release_keywords(lint, row, &lint->host->globals);
}

void check_release_keywords(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_release_keywords(lint, row, rule->item);
}

static void report_weak(struct lint *lint, unsigned row, const struct ike_item *item)
{
	struct strbuf weak = STRBUF_INIT;
	const struct ike_stmt *first = NULL;
	size_t i;

	for (i = 0; i < item->ninner; i++) {
		const struct ike_stmt *s = &item->inner[i];
		bool cipher = s->word == IKE_ENCR_ALG || s->word == IKE_AUTH_ALG;

		if (!s->good || !((cipher && ike_words[s->value].weak) ||
				  (s->word == IKE_OAKLEY_GROUP && ike_group_find(s->value)->weak)))
			continue;
		if (first == NULL)
			first = s;
		else
			strbuf_addstr(&weak, ", ");
		if (cipher)
			strbuf_addstr(&weak, ike_words[s->value].name);
		else
			strbuf_addf(&weak, _("group %u"), s->value);
	}
	if (first != NULL)
		finding_text(lint_add_stmt(lint, row, item, first), weak.buf);
	strbuf_release(&weak);
}

void check_global_weak(struct lint *lint, unsigned row)
{
	report_weak(lint, row, &lint->host->globals);
}

void check_weak(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_weak(lint, row, rule->item);
}
