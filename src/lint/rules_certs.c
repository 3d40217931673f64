/* Certificates and revocation lists as they are, and whether rules can use them as they do. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "lint/lint_internal.h"
#include "lint/rules_coexist.h"

static bool can_be_judged(const struct lint *lint)
{
	return !lint->host->single && lint->host->certs.missing == NULL;
}

static void add_date(struct finding *finding, int64_t when)
{
	finding_numbers(finding, (uint32_t)((uint64_t)when >> 32), (uint32_t)when);
}

void check_stale_crls(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	if (!can_be_judged(lint) || ike_find(&lint->host->globals, IKE_IGNORE_CRLS) != NULL)
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

	for (i = 0; can_be_judged(lint) && i < certs->ncerts; i++) {
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

void check_untrusted_peers(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	for (i = 0; can_be_judged(lint) && lint->certificate_rules > 0 && i < certs->ncerts; i++) {
		const struct host_cert *cert = &certs->certs[i];

		if (cert->cert.head.state == PKI_OK && cert->cert.self_signed &&
		    cert->cert.ca != PKI_CA_TRUE && cert->key == 0 && !cert->root && !cert->trust)
			finding_text(
				lint_add_file(lint, row,
					      host_slot_number(lint->host, LOCATION_PUBLICKEYS, i)),
				cert->cert.subject);
	}
}

/* Two certificates are one another's renewal where both are this host's own, or neither is. */
static bool is_older_one(const struct host_cert *a, const struct host_cert *b)
{
	return (a->key != 0) == (b->key != 0) &&
	       strcmp(a->cert.subject_key, b->cert.subject_key) == 0;
}

void check_same_subjects(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	if (!can_be_judged(lint) || certs->by_subject == NULL)
		return;
	for (i = 1; i < certs->ncerts; i++) {
		uint32_t first = certs->by_subject[i - 1], second = certs->by_subject[i];

		if (certs->certs[first].cert.head.state != PKI_OK ||
		    certs->certs[second].cert.head.state != PKI_OK ||
		    !is_older_one(&certs->certs[first], &certs->certs[second]))
			continue;
		finding_text(
			lint_add_file(lint, row,
				      host_slot_number(lint->host, LOCATION_PUBLICKEYS, second)),
			certs->certs[first].slot.name);
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
	const struct ike_stmt *type = ike_find(rule->item, IKE_LOCAL_ID_TYPE),
			      *id = ike_find(rule->item, IKE_LOCAL_ID);
	const struct host_certs *certs = &lint->host->certs;
	struct strbuf text = STRBUF_INIT;
	const struct pki_cert *cert;
	size_t number, i;
	int tag;

	/* Of MDM's rules COEX-R2 says that they need dn. */
	if (!can_be_judged(lint) || rule->mdm || !lint_rule_is_certificate(rule) || type == NULL ||
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
	for (i = 0; i < cert->nnames; i++)
		if (cert->names[i].tag == tag)
			return;
	finding_text(lint_add_stmt(lint, row, rule->item, type),
		     certs->certs[number - 1].slot.name);
}
