/* How the two ends prove who they are: methods, identities and what they trust. */
#include "config.h"

#include "lint/rules_ike.h"

#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"

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

void check_preshared_ids(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	static const enum ike_word words[] = { IKE_LOCAL_ID, IKE_REMOTE_ID };
	size_t i;

	for (i = 0; lint_rule_is_preshared(rule) && i < ARRAY_SIZE(words); i++) {
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

	if (!rule->mdm && lint_rule_is_preshared(rule) && s != NULL && s->good &&
	    !is_address_type(s->value))
		report_id_type(lint, row, rule, s);
}

void check_certificate_ids(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	static const enum ike_word words[] = { IKE_LOCAL_ID_TYPE, IKE_LOCAL_ID, IKE_REMOTE_ID };
	size_t i;

	if (!lint_rule_is_certificate(rule) || rule->broken)
		return;
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		struct finding *finding;

		if (ike_find(rule->item, words[i]) != NULL ||
		    (words[i] == IKE_LOCAL_ID_TYPE &&
		     (ike_find(rule->globals, words[i]) != NULL || lint->globals_broken)))
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

	if (lint_rule_is_certificate(rule) && ike_find(rule->item, IKE_REMOTE_ID) != NULL &&
	    count_remote_ids(rule->item, &empty, &s) == 1 && empty == 1 &&
	    remote_is_wide(rule->item))
		lint_add_stmt(lint, row, rule->item, s);
}

void check_empty_remote_id(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *s = NULL;
	size_t empty, count;

	if (!lint_rule_is_certificate(rule) || ike_find(rule->item, IKE_REMOTE_ID) == NULL)
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
	    !lint_rule_is_certificate(rule) ||
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
		if (!lint_rule_is_preshared(rule))
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
	    !lint->globals_broken && ike_find(rule->globals, IKE_CERT_ROOT) == NULL &&
	    ike_find(rule->globals, IKE_CERT_TRUST) == NULL)
		lint_add_rule(lint, row, rule);
}
