/* What rules and trust need of the other files: certificates, private keys, preshared keys. */
#include "config.h"

#include "lint/rules_coexist.h"

#include "lint/lint_internal.h"

/* The certificate that a rule's local_id names: index + 1; 0: none, or there is no telling. */
static size_t local_certificate(const struct lint *lint, const struct lint_rule *rule, bool *known)
{
	const struct ike_stmt *s = ike_find(rule->item, IKE_LOCAL_ID);
	struct strbuf text = STRBUF_INIT;
	size_t cert;
	bool bad;

	*known = false;
	if (!lint_rule_is_certificate(rule) || s == NULL || !s->good || lint->host->single ||
	    lint->host->certs.missing != NULL)
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

void check_local_ids(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct host_certs *certs = &lint->host->certs;
	bool known, mdm_row = checks[row].when == WHEN_COEXISTENCE;
	size_t cert;

	/* Where this host has no certificate at all, that is said once (COEX-R12). */
	if (lint->rules_own_certificate == 0)
		lint->rules_own_certificate = has_own_certificate(lint) ? 1 : 2;
	if (lint->rules_own_certificate == 2)
		return;
	cert = local_certificate(lint, rule, &known);
	/* Of one that is here without its key, D02 says more where nobody else has rules of it. */
	if (!known || (cert != 0 && (!mdm_row || certs->certs[cert - 1].key != 0)))
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

	if (lint->rules_own_certificate == 2)
		return;
	cert = local_certificate(lint, rule, &known);
	if (cert == 0 || certs->certs[cert - 1].key != 0)
		return;
	finding_text(lint_add_stmt(lint, row, rule->item, ike_find(rule->item, IKE_LOCAL_ID)),
		     certs->certs[cert - 1].slot.name);
}

static bool certificates_known(const struct lint *lint)
{
	return !lint->host->single && lint->host->certs.missing == NULL;
}

void check_trust_in_store(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; certificates_known(lint) && i < g->nstmts; i++) {
		const struct ike_stmt *s = &g->stmts[i];

		if ((s->word != IKE_CERT_ROOT && s->word != IKE_CERT_TRUST) || !s->good)
			continue;
		strbuf_clear(&text);
		ike_unquote(g->doc, s, &text);
		if (host_certs_select(&lint->host->certs, text.buf, text.len, NULL) == 0)
			lint_add_stmt(lint, row, g, s);
	}
	strbuf_release(&text);
}

void check_trust_left_over(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	const struct ike_stmt *s = ike_find(g, IKE_CERT_ROOT);

	if (s == NULL)
		s = ike_find(g, IKE_CERT_TRUST);
	if (s != NULL && certificates_known(lint) && lint->certificate_rules == 0 &&
	    !has_own_certificate(lint))
		lint_add_stmt(lint, row, g, s);
}

void check_root_without_crl(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	const struct ike_stmt *root = ike_find(g, IKE_CERT_ROOT);
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	if (root == NULL || ike_find(g, IKE_IGNORE_CRLS) != NULL || !certificates_known(lint))
		return;
	for (i = 0; i < certs->ncrls; i++)
		if (certs->crls[i].crl.head.state == PKI_OK)
			return;
	lint_add_stmt(lint, row, g, root);
}

void check_no_preshared_file(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	enum file_state state = host->files[LOCATION_PRESHARED].info.state;

	if (!host->single && host_doc(host, LOCATION_PRESHARED) == NULL && state == FILE_MISSING &&
	    lint->preshared_rules > 0)
		finding_numbers(lint_add_file(lint, row, LOCATION_PRESHARED),
				(uint32_t)lint->preshared_rules, 0);
}

void check_no_certificate(struct lint *lint, unsigned row)
{
	if (certificates_known(lint) && lint->certificate_rules > 0 && !has_own_certificate(lint))
		finding_numbers(lint_add_file(lint, row, LOCATION_PUBLICKEYS),
				(uint32_t)lint->certificate_rules, 0);
}
