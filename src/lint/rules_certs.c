/* Certificates and revocation lists as they are, and whether rules can use them as they do. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "lint/lint_internal.h"
#include "lint/rules_coexist.h"
#include "pki/selector.h"

static void add_date(struct finding *finding, int64_t when)
{
	finding_numbers(finding, (uint32_t)((uint64_t)when >> 32), (uint32_t)when);
}

void check_stale_crls(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	if (!lint->certs_known || ike_find(&lint->host->globals, IKE_IGNORE_CRLS) != NULL)
		return;
	for (i = 0; i < certs->ncrls; i++) {
		const struct pki_crl *crl = &certs->crls[i].crl;
		struct finding *finding;

		if (crl->head.state != PKI_OK || crl->next_update == PKI_NO_TIME ||
		    crl->next_update >= lint->now)
			continue;
		finding = lint_add_file(lint, row, host_slot_number(lint->host, LOCATION_CRLS, i));
		finding_text(finding, crl->issuer);
		add_date(finding, crl->next_update);
	}
}

/* The largest number of a profile's list; 0 where there is none. */
static uint32_t largest_of(const struct profile *profile, const char *key)
{
	const char *list = profile_get(profile, key);
	uint32_t largest = 0;

	while (list != NULL && *list != '\0') {
		uint32_t number;

		list += strspn(list, ", ");
		number = (uint32_t)strtoul(list, NULL, 10);
		largest = number > largest ? number : largest;
		list += strcspn(list, ", ");
	}
	return largest;
}

/* The lengths of elliptic curves are another measure. */
static bool is_short(const struct pki_pubkey *key, uint32_t longest_weak)
{
	return (key->algorithm == PKI_RSA || key->algorithm == PKI_RSA_PSS ||
		key->algorithm == PKI_DSA) &&
	       key->bits != 0 && key->bits <= longest_weak;
}

void check_weak_certificates(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	const struct profile *profile = lint->profile;
	uint32_t longest_weak = largest_of(profile, "limits.weak_cert_key_bits");
	bool listed = profile_get(profile, "limits.weak_cert_signatures") != NULL;
	size_t i;

	for (i = 0; lint->certs_known && i < certs->ncerts; i++) {
		const struct pki_cert *c = &certs->certs[i].cert;
		uint32_t file = host_slot_number(lint->host, LOCATION_PUBLICKEYS, i);

		if (c->head.state != PKI_OK)
			continue;
		if (is_short(&c->key, longest_weak))
			finding_numbers(lint_add_file(lint, row, file), c->key.bits, 0);
		/* Nobody believes a root because it has signed itself. */
		if (!c->self_signed && listed && c->signature != NULL &&
		    profile_allows(profile, "limits.weak_cert_signatures", c->signature))
			finding_text(lint_add_file(lint, lint_row_after(row, 1), file),
				     c->signature);
	}
}

/* What the MSS takes of a device's certificate; an authority's may be another. */
void check_mss_certificates(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	for (i = 0; lint->certs_known && i < certs->ncerts; i++) {
		const struct pki_cert *c = &certs->certs[i].cert;
		uint32_t file = host_slot_number(lint->host, LOCATION_PUBLICKEYS, i);
		struct strbuf bits = STRBUF_INIT;

		if (c->head.state != PKI_OK || c->ca == PKI_CA_TRUE)
			continue;
		strbuf_addf(&bits, "%u", c->key.bits);
		if (c->key.algorithm != PKI_RSA ||
		    !profile_allows(lint->profile, "limits.cert_key_bits", bits.buf))
			finding_numbers(lint_add_file(lint, row, file), c->key.bits, 0);
		if (c->signature != NULL &&
		    !profile_allows(lint->profile, "limits.cert_signatures", c->signature))
			finding_text(lint_add_file(lint, lint_row_after(row, 1), file),
				     c->signature);
		strbuf_release(&bits);
	}
}

void check_encrypt_peers(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	struct strbuf text = STRBUF_INIT;
	size_t i;

	if (!lint->certs_known || !lint_rule_has(rule, IKE_METHOD_RSA_ENCRYPT))
		return;
	for (i = 0; i < rule->item->nstmts; i++) {
		const struct ike_stmt *s = &rule->item->stmts[i];
		bool bad;

		if (s->word != IKE_REMOTE_ID || !s->good)
			continue;
		strbuf_clear(&text);
		ike_unquote(rule->item->doc, s, &text);
		if (text.len > 0 &&
		    host_certs_select(&lint->host->certs, text.buf, text.len, &bad) == 0 && !bad)
			lint_add_stmt(lint, row, rule->item, s);
	}
	strbuf_release(&text);
}

void check_untrusted_peers(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	for (i = 0; lint->certs_known && lint->certificate_rules > 0 && i < certs->ncerts; i++) {
		const struct host_cert *cert = &certs->certs[i];

		if (cert->cert.head.state == PKI_OK && cert->cert.self_signed &&
		    cert->cert.ca != PKI_CA_TRUE && cert->key == 0 && !cert->root && !cert->trust &&
		    lint_used_certs(lint)[i])
			finding_text(
				lint_add_file(lint, row,
					      host_slot_number(lint->host, LOCATION_PUBLICKEYS, i)),
				cert->cert.subject);
	}
}

void check_same_subjects(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	if (!lint->certs_known)
		return;
	for (i = 1; i < certs->nnames; i++) {
		const struct host_name *first = &certs->names[i - 1], *second = &certs->names[i];

		/* Two certificates are one another's renewal where both are this host's own, or
		 * neither is. */
		if (second->kind == SELECTOR_SUBJECT && host_name_compare(first, second) == 0 &&
		    first->keyless == second->keyless)
			finding_text(lint_add_file(lint, row,
						   host_slot_number(lint->host, LOCATION_PUBLICKEYS,
								    second->cert)),
				     certs->certs[first->cert].slot.name);
	}
}

/* The kind of alternative name that an identity of this type is taken from; -1: the subject. */
static int name_tag(uint32_t id_type)
{
	switch (ike_value_canonical((enum ike_word)id_type)) {
	case IKE_ID_FQDN:
		return PKI_NAME_DNS;
	case IKE_ID_MBOX:
		return PKI_NAME_EMAIL;
	case IKE_ID_IP:
	case IKE_ID_IPV4:
	case IKE_ID_IPV6:
		return PKI_NAME_IP;
	default:
		return -1;
	}
}

void check_id_in_certificate(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *own = ike_find(rule->item, IKE_LOCAL_ID_TYPE),
			      *type = own != NULL ? own
						  : ike_find(rule->globals, IKE_LOCAL_ID_TYPE),
			      *id = ike_find(rule->item, IKE_LOCAL_ID);
	const struct host_certs *certs = &lint->host->certs;
	struct strbuf text = STRBUF_INIT;
	const struct pki_cert *cert;
	size_t number, i;
	int tag;

	/* Of MDM's rules COEX-R2 says that they need dn. */
	if (!lint->certs_known || rule->mdm || !lint_rule_is_certificate(rule) || type == NULL ||
	    !type->good || id == NULL || !id->good)
		return;
	tag = name_tag(type->value);
	if (tag < 0)
		return;
	ike_unquote(rule->item->doc, id, &text);
	number = host_certs_select(certs, text.buf, text.len, NULL);
	strbuf_release(&text);
	if (number == 0)
		return;
	cert = &certs->certs[number - 1].cert;
	if (cert->head.state != PKI_OK)
		return;
	for (i = 0; i < cert->nnames; i++)
		if (cert->names[i].tag == tag)
			return;
	finding_text(own != NULL ? lint_add_stmt(lint, row, rule->item, own)
				 : lint_add_rule(lint, row, rule),
		     certs->certs[number - 1].slot.name);
}
