/* What rules and trust need of the other files: certificates, private keys, preshared keys. */
#include "config.h"

#include "lint/rules_coexist.h"

#include <string.h>

#include "lint/lint_internal.h"

static bool may_be_read(const struct host_slot *slot)
{
	return slot->info.state != FILE_DENIED && slot->info.state != FILE_FAILED;
}

void lint_look_at_store(struct lint *lint)
{
	const struct host *host = lint->host;
	enum file_state certs = host->folders[LOCATION_PUBLICKEYS].state,
			keys = host->folders[LOCATION_PRIVATEKEYS].state;
	bool looked = !host->single && host->certs.missing == NULL;
	size_t i;

	lint->certs_known = looked && certs == FILE_DIRECTORY;
	lint->keys_known =
		looked && (keys == FILE_DIRECTORY ||
			   (keys == FILE_MISSING && !lint_is_lost(lint, LOCATION_PRIVATEKEYS)));
	for (i = 0; i < host->certs.ncerts; i++)
		lint->certs_known &= may_be_read(&host->certs.certs[i].slot);
	for (i = 0; i < host->certs.nkeys; i++)
		lint->keys_known &= may_be_read(&host->certs.keys[i].slot);
}

/* The certificate that a rule's local_id names: index + 1; 0: none, or there is no telling. */
static size_t local_certificate(const struct lint *lint, const struct lint_rule *rule, bool *known)
{
	const struct ike_stmt *s = ike_find(rule->item, IKE_LOCAL_ID);
	struct strbuf text = STRBUF_INIT;
	size_t cert;
	bool bad;

	*known = false;
	if (!lint_rule_is_certificate(rule) || s == NULL || !s->good)
		return 0;
	ike_unquote(rule->item->doc, s, &text);
	cert = host_certs_select(&lint->host->certs, text.buf, text.len, &bad);
	strbuf_release(&text);
	*known = !bad;
	return cert;
}

static bool has_own_certificate(const struct lint *lint)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	for (i = 0; i < certs->ncerts; i++)
		if (host_cert_is_own(&certs->certs[i]))
			return true;
	return false;
}

/* A name as it stands in the file: in quotes, which take one backslash of two. */
static void add_as_written(struct strbuf *sb, const char *name)
{
	strbuf_addstr(sb, ": \"");
	for (; *name != '\0'; name++) {
		if (*name == '"' || *name == '\\')
			strbuf_addch(sb, '\\');
		strbuf_addch(sb, *name);
	}
	strbuf_addch(sb, '"');
}

/* Whether it may be said of single certificates that they, or their keys, are not there: where this
 * host has none at all, that is said once (COEX-R12). */
static bool own_certificates_count(struct lint *lint)
{
	if (lint->rules_own_certificate == 0)
		lint->rules_own_certificate =
			lint->certs_known && (!lint->keys_known || has_own_certificate(lint)) ? 1
											      : 2;
	return lint->rules_own_certificate == 1;
}

void check_local_ids(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct host_certs *certs = &lint->host->certs;
	bool known, mdm_row = checks[row].when == WHEN_COEXISTENCE;
	size_t cert;

	if (!own_certificates_count(lint))
		return;
	cert = local_certificate(lint, rule, &known);
	if (!known)
		return;
	/* Of one that is here without its key, D02 says more where nobody else has rules of it. */
	if (cert != 0 && (!mdm_row || certs->certs[cert - 1].key != 0 || !lint->keys_known))
		return;
	if (mdm_row || !lint->profile->coexistence) {
		struct finding *finding =
			lint_add_stmt(lint, row, rule->item, ike_find(rule->item, IKE_LOCAL_ID));
		size_t own = host_certs_own(certs);
		struct strbuf text = STRBUF_INIT;

		if (own != 0 && host_cert_is_writable(&certs->certs[own - 1]))
			add_as_written(&text, certs->certs[own - 1].cert.subject);
		finding_text(finding, text.buf);
		strbuf_release(&text);
	}
}

void check_own_certificate(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t cert;
	bool known;

	if (!own_certificates_count(lint) || !lint->keys_known)
		return;
	cert = local_certificate(lint, rule, &known);
	if (cert == 0 || certs->certs[cert - 1].key != 0)
		return;
	finding_text(lint_add_stmt(lint, row, rule->item, ike_find(rule->item, IKE_LOCAL_ID)),
		     certs->certs[cert - 1].slot.name);
}

/* Statements that trust the same certificate, which is not there, are one cause. SSM writes both
 * with the same words. */
void check_trust_in_store(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	struct strbuf text = STRBUF_INIT, last = STRBUF_INIT;
	size_t i;

	for (i = 0; lint->certs_known && i < g->nstmts; i++) {
		const struct ike_stmt *s = &g->stmts[i];
		bool bad;

		if ((s->word != IKE_CERT_ROOT && s->word != IKE_CERT_TRUST) || !s->good)
			continue;
		strbuf_clear(&text);
		ike_unquote(g->doc, s, &text);
		if (host_certs_select(&lint->host->certs, text.buf, text.len, &bad) != 0 || bad ||
		    strcmp(text.buf, last.buf) == 0)
			continue;
		lint_add_stmt(lint, row, g, s);
		strbuf_clear(&last);
		strbuf_add(&last, text.buf, text.len);
	}
	strbuf_release(&text);
	strbuf_release(&last);
}

void check_trust_left_over(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	const struct ike_stmt *s = ike_find(g, IKE_CERT_ROOT);

	if (s == NULL)
		s = ike_find(g, IKE_CERT_TRUST);
	if (s != NULL && lint->certs_known && lint->keys_known && lint->certificate_rules == 0 &&
	    !has_own_certificate(lint))
		lint_add_stmt(lint, row, g, s);
}

/* Each root needs the list that it issued; of one that is not here another row speaks. */
void check_root_without_crl(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	const struct host_certs *certs = &lint->host->certs;
	struct strbuf text = STRBUF_INIT;
	size_t i;

	if (ike_find(g, IKE_IGNORE_CRLS) != NULL || lint->globals_broken || !lint->certs_known)
		return;
	for (i = 0; i < g->nstmts; i++) {
		const struct ike_stmt *s = &g->stmts[i];
		size_t cert;

		if (s->word != IKE_CERT_ROOT || !s->good)
			continue;
		strbuf_clear(&text);
		ike_unquote(g->doc, s, &text);
		cert = host_certs_select(certs, text.buf, text.len, NULL);
		if (cert != 0 && certs->certs[cert - 1].issued == 0)
			lint_add_stmt(lint, row, g, s);
	}
	strbuf_release(&text);
}

void check_no_preshared_file(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	enum file_state state = host->files[LOCATION_PRESHARED].info.state;

	bool missing = host_doc(host, LOCATION_PRESHARED) == NULL && state == FILE_MISSING &&
		       !lint_is_lost(lint, LOCATION_PRESHARED);

	if (!host->single && lint->preshared_rules > 0 && (missing || lint_has_no_keys(lint)))
		finding_numbers(lint_add_file(lint, lint_row_after(row, missing ? 0 : 1),
					      LOCATION_PRESHARED),
				(uint32_t)lint->preshared_rules, 0);
}

void check_no_certificate(struct lint *lint, unsigned row)
{
	if (lint->certs_known && lint->keys_known && lint->certificate_rules > 0 &&
	    !has_own_certificate(lint))
		finding_numbers(lint_add_file(lint, row, LOCATION_PUBLICKEYS),
				(uint32_t)lint->certificate_rules, 0);
}

void check_no_publickeys(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;

	if (lint->host->single || lint_is_lost(lint, LOCATION_PUBLICKEYS) ||
	    lint->host->folders[LOCATION_PUBLICKEYS].state != FILE_MISSING)
		return;
	if (lint->certificate_rules > 0 || ike_find(g, IKE_CERT_ROOT) != NULL ||
	    ike_find(g, IKE_CERT_TRUST) != NULL)
		finding_numbers(lint_add_file(lint, row, LOCATION_PUBLICKEYS),
				(uint32_t)lint->certificate_rules, 0);
}
