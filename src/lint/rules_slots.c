/* The slots of the stores: what is in them, what time does to it, and what belongs together. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/rules_coexist.h"

#define DAY 86400

/* A slot that could not be read is a row with a state; the sentence is the reader's. */
static void report_slot(struct lint *lint, unsigned row, enum location folder, size_t number,
			const struct host_slot *slot, const struct pki_head *head)
{
	struct strbuf text = STRBUF_INIT;

	if (slot->info.state == FILE_READ && head->state == PKI_OK)
		return;
	/* A key in Solaris' own format is as it should be: only ikecert can read it. Of one behind
	 * a passphrase the row about formats speaks. */
	if (slot->info.state == FILE_READ && head->kind == PKI_KEY &&
	    (head->state == PKI_OPAQUE || head->state == PKI_ENCRYPTED))
		return;
	if (slot->info.state == FILE_READ)
		pki_describe(head, &text);
	else
		strbuf_addf(&text, _("what stands there %s"), file_state_text(&slot->info));
	finding_text(lint_add_file(lint, row, host_slot_number(lint->host, folder, number)),
		     text.buf);
	strbuf_release(&text);
}

void check_slots(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	if (certs->missing != NULL)
		return;
	for (i = 0; i < certs->ncerts; i++)
		report_slot(lint, row, LOCATION_PUBLICKEYS, i, &certs->certs[i].slot,
			    &certs->certs[i].cert.head);
	for (i = 0; i < certs->nkeys; i++)
		report_slot(lint, row, LOCATION_PRIVATEKEYS, i, &certs->keys[i].slot,
			    &certs->keys[i].key.head);
	for (i = 0; i < certs->ncrls; i++)
		report_slot(lint, row, LOCATION_CRLS, i, &certs->crls[i].slot,
			    &certs->crls[i].crl.head);
}

/* What ikecert does not read: neither its own format nor PKCS#8 in DER without a passphrase. */
void check_key_formats(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	for (i = 0; certs->missing == NULL && i < certs->nkeys; i++) {
		const struct pki_head *head = &certs->keys[i].key.head;
		struct strbuf text = STRBUF_INIT;

		if ((head->state != PKI_OK && head->state != PKI_ENCRYPTED) ||
		    pki_key_is_importable(&certs->keys[i].key))
			continue;
		if (head->encoding == PKI_PEM)
			strbuf_addf(&text, _("%s in PEM"),
				    pki_content_title((enum pki_content)head->content));
		else
			strbuf_addstr(&text, pki_content_title((enum pki_content)head->content));
		finding_text(lint_add_file(lint, row,
					   host_slot_number(lint->host, LOCATION_PRIVATEKEYS, i)),
			     text.buf);
		strbuf_release(&text);
	}
}

/* The certificate in the slot of that name: index + 1. */
static size_t cert_of_slot(const struct host_certs *certs, const char *name)
{
	struct strbuf selector = STRBUF_INIT;
	size_t cert;

	strbuf_addf(&selector, "SLOT=%s", name);
	cert = host_certs_select(certs, selector.buf, selector.len, NULL);
	strbuf_release(&selector);
	return cert;
}

/* FILE-4: a private key has no effect without its certificate under the same name. */
void check_unpaired_keys(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	for (i = 0; lint->certs_known && i < certs->nkeys; i++) {
		const struct host_key *key = &certs->keys[i];
		const char *name = key->slot.name, *text = name;
		unsigned which = 0;

		/* What is no key needs no certificate. */
		if (key->slot.info.state != FILE_READ || key->key.head.state == PKI_BROKEN ||
		    key->key.head.state == PKI_WRONG)
			continue;
		if (key->cert == 0 && cert_of_slot(certs, name) != 0) {
			which = 1;
		} else if (key->cert != 0) {
			text = certs->certs[key->cert - 1].slot.name;
			if (strcmp(text, name) == 0)
				continue;
			which = 2;
		}
		finding_text(lint_add_file(lint, lint_row_after(row, which),
					   host_slot_number(lint->host, LOCATION_PRIVATEKEYS, i)),
			     text);
	}
}

static bool has_expired(const struct lint *lint, const struct pki_cert *c)
{
	return c->not_after != PKI_NO_TIME && c->not_after < lint->now;
}

static bool is_too_young(const struct lint *lint, const struct pki_cert *c)
{
	return c->not_before != PKI_NO_TIME && c->not_before > lint->now;
}

/* Marks the certificates that a rule names. Returns whether it accepts any peer. */
static bool mark_rule(const struct lint *lint, const struct ike_item *rule, bool *used)
{
	struct strbuf text = STRBUF_INIT;
	bool any = false;
	size_t i;

	for (i = 0; i < rule->nstmts; i++) {
		const struct ike_stmt *s = &rule->stmts[i];
		size_t cert;

		if ((s->word != IKE_LOCAL_ID && s->word != IKE_REMOTE_ID) || !s->good)
			continue;
		strbuf_clear(&text);
		ike_unquote(rule->doc, s, &text);
		cert = host_certs_select(&lint->host->certs, text.buf, text.len, NULL);
		if (cert != 0)
			used[cert - 1] = true;
		/* Others than names may fit several. */
		any |= s->word == IKE_REMOTE_ID && strchr(text.buf, '=') == NULL;
	}
	strbuf_release(&text);
	return any;
}

/*
 * Which certificates the rules and the trust of the file need: those that are named, authorities,
 * and all peers' where a rule accepts any. The caller frees it. Only worth asking where something
 * is wrong with a certificate.
 */
static bool *find_used(const struct lint *lint)
{
	const struct host *host = lint->host;
	bool *used = xcalloc(host->certs.ncerts, sizeof *used), any = false;
	struct ike_item item = IKE_ITEM_INIT;
	size_t i;

	for (i = 0; i < host->nrules; i++) {
		if ((lint->rules[i].methods & IKE_METHODS_CERTIFICATE) == 0)
			continue;
		ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), lint->rules[i].entry, &item,
			      NULL);
		any |= mark_rule(lint, &item, used);
	}
	ike_item_release(&item);
	for (i = 0; i < host->certs.ncerts; i++) {
		const struct host_cert *cert = &host->certs.certs[i];

		used[i] |= cert->root || cert->trust ||
			   (lint->certificate_rules > 0 && cert->cert.ca == PKI_CA_TRUE) ||
			   (any && cert->key == 0);
	}
	return used;
}

const bool *lint_used_certs(struct lint *lint)
{
	if (lint->used_certs == NULL)
		lint->used_certs = find_used(lint);
	return lint->used_certs;
}

/* The two numbers of a profile's list of days, the larger one first. */
static void warning_days(const struct profile *profile, uint32_t days[2])
{
	const char *list = profile_get(profile, "limits.cert_expiry_days");
	char *end;

	days[0] = 30;
	days[1] = 7;
	if (list == NULL)
		return;
	days[0] = (uint32_t)strtoul(list, &end, 10);
	end += strspn(end, ", ");
	days[1] = (uint32_t)strtoul(end, NULL, 10);
}

void check_dates(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	uint32_t days[2];
	size_t i;

	warning_days(lint->profile, days);
	for (i = 0; certs->missing == NULL && i < certs->ncerts; i++) {
		const struct pki_cert *c = &certs->certs[i].cert;
		struct finding *finding;
		unsigned which;
		int64_t when = c->not_after;

		if (c->head.state != PKI_OK)
			continue;
		if (has_expired(lint, c)) {
			which = lint_used_certs(lint)[i] ? 0 : 1;
		} else if (is_too_young(lint, c)) {
			which = lint_used_certs(lint)[i] ? 2 : 3;
			when = c->not_before;
		} else if (when != PKI_NO_TIME && when - lint->now < (int64_t)days[0] * DAY &&
			   lint_used_certs(lint)[i]) {
			which = when - lint->now < (int64_t)days[1] * DAY ? 5 : 4;
		} else {
			continue;
		}
		finding = lint_add_file(lint, lint_row_after(row, which),
					host_slot_number(lint->host, LOCATION_PUBLICKEYS, i));
		finding_text(finding, c->subject);
		finding_numbers(finding, (uint32_t)((uint64_t)when >> 32), (uint32_t)when);
	}
}

/* This host shows it, and a peer that looks it up refuses it. */
void check_revoked(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	for (i = 0; i < certs->ncerts; i++)
		if (certs->certs[i].revoked && certs->certs[i].key != 0 && lint_used_certs(lint)[i])
			finding_text(
				lint_add_file(lint, row,
					      host_slot_number(lint->host, LOCATION_PUBLICKEYS, i)),
				certs->certs[i].cert.subject);
}
