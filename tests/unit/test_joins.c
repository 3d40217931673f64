/* Joins of certificates, keys and lists: as each pair by itself would have it, and not slower. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "host/joins.h"
#include "pki/selector.h"

static uint32_t seed;

static unsigned any(unsigned below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static char *text(const char *format, unsigned number)
{
	char buffer[64];

	snprintf(buffer, sizeof buffer, format, number);
	return xstrdup(buffer);
}

/* One key of VARIETY, or one that is not known. */
static void make_key(struct pki_pubkey *key, unsigned variety)
{
	unsigned number = any(variety + 1);

	if (number == variety)
		return;
	key->algorithm = PKI_RSA;
	memcpy(key->hash, &number, sizeof number);
}

static void add_cert(struct host_certs *certs, unsigned slot, unsigned variety)
{
	struct host_cert cert = { .slot = { .name = text("%u", slot) } };
	struct pki_name name = { .tag = any(2) ? PKI_NAME_DNS : PKI_NAME_OTHER };

	if (any(8) == 0) {
		cert.cert.head.state = PKI_BROKEN;
	} else {
		make_key(&cert.cert.key, variety);
		cert.cert.subject_key = text("CN=%u", any(variety));
		cert.cert.issuer_key = text("CN=%u", any(variety));
		cert.cert.serial = text("%02X", any(variety));
		name.key = text("%u.example", any(variety));
		cert.cert.names = xmalloc(sizeof name);
		cert.cert.names[0] = name;
		cert.cert.nnames = 1;
	}
	VEC_PUSH(certs->certs, certs->ncerts, certs->certs_cap, cert);
}

static void add_key(struct host_certs *certs, unsigned slot, unsigned variety)
{
	struct host_key key = { .slot = { .name = text("%u", slot) } };

	make_key(&key.key.key, variety);
	VEC_PUSH(certs->keys, certs->nkeys, certs->keys_cap, key);
}

static void add_crl(struct host_certs *certs, unsigned variety)
{
	struct host_crl crl = { 0 };
	struct strbuf serials = STRBUF_INIT;
	size_t cap = 0;
	unsigned serial;

	if (any(8) != 0)
		crl.crl.issuer_key = text("CN=%u", any(variety));
	for (serial = 0; crl.crl.issuer_key != NULL && serial < variety && serial < 16; serial++) {
		struct pki_revoked revoked = { .serial = (uint32_t)serials.len };

		if (any(4) != 0)
			continue;
		strbuf_addf(&serials, "%02X", serial);
		strbuf_addch(&serials, '\0');
		VEC_PUSH(crl.crl.revoked, crl.crl.nrevoked, cap, revoked);
	}
	crl.crl.serials = strbuf_detach(&serials, NULL);
	VEC_PUSH(certs->crls, certs->ncrls, certs->crls_cap, crl);
}

static void make(struct host_certs *certs, unsigned count, unsigned variety)
{
	unsigned i;

	*certs = (struct host_certs){ 0 };
	for (i = 10; i < 10 + count; i++) {
		if (any(4) != 0)
			add_cert(certs, i, variety);
		if (any(4) != 0)
			add_key(certs, i, variety);
		if (any(4) != 0)
			add_crl(certs, variety);
	}
	joins_keys(certs);
	joins_crls(certs);
	joins_names(certs);
}

/* Public keys decide where both are known, names otherwise (ikecert(8)). */
static bool belong(const struct host_certs *certs, size_t c, size_t k)
{
	const struct pki_pubkey *a = &certs->certs[c].cert.key, *b = &certs->keys[k].key.key;

	if (a->algorithm != PKI_NO_KEY && b->algorithm != PKI_NO_KEY)
		return memcmp(a->hash, b->hash, sizeof a->hash) == 0;
	return strcmp(certs->certs[c].slot.name, certs->keys[k].slot.name) == 0;
}

static void expect_keys(const struct host_certs *certs)
{
	size_t c, k;

	for (c = 0; c < certs->ncerts; c++) {
		for (k = 0; k < certs->nkeys && !belong(certs, c, k); k++)
			;
		cr_expect_eq(certs->certs[c].key, k < certs->nkeys ? k + 1 : 0, "seed %u", seed);
	}
	for (k = 0; k < certs->nkeys; k++) {
		size_t wanted = 0;

		for (c = certs->ncerts; c-- > 0;)
			if (belong(certs, c, k))
				wanted = c + 1;
		for (c = 0; c < certs->ncerts; c++)
			if (belong(certs, c, k) &&
			    strcmp(certs->certs[c].slot.name, certs->keys[k].slot.name) == 0)
				wanted = c + 1;
		cr_expect_eq(certs->keys[k].cert, wanted, "seed %u", seed);
	}
}

static void expect_crls(const struct host_certs *certs)
{
	const struct pki_revoked *entry;
	size_t c, l;

	for (c = 0; c < certs->ncerts; c++) {
		const struct pki_cert *cert = &certs->certs[c].cert;
		size_t first = 0, revoking = 0;

		for (l = certs->ncrls; cert->issuer_key != NULL && l-- > 0;) {
			const struct pki_crl *crl = &certs->crls[l].crl;

			if (crl->issuer_key != NULL &&
			    strcmp(crl->issuer_key, cert->issuer_key) == 0)
				first = l + 1;
			if (crl->issuer_key != NULL && pki_crl_revokes(crl, cert, &entry))
				revoking = l + 1;
		}
		cr_expect_eq(certs->certs[c].revoked, revoking != 0, "seed %u", seed);
		cr_expect_eq(certs->certs[c].crl, revoking != 0 ? revoking : first, "seed %u",
			     seed);
	}
}

/* What a selector finds, against asking each certificate whether it is meant. */
static void expect_selector(const struct host_certs *certs, const char *text)
{
	struct selector_problem problem;
	struct selector selector;
	size_t best = 0, c;

	cr_assert(selector_parse(&selector, text, strlen(text), &problem));
	for (c = 0; c < certs->ncerts; c++)
		if (selector_matches(&selector, &certs->certs[c].cert, certs->certs[c].slot.name) &&
		    (best == 0 || (certs->certs[best - 1].key == 0 && certs->certs[c].key != 0)))
			best = c + 1;
	cr_expect_eq(host_certs_select(certs, text, strlen(text), NULL), best, "%s, seed %u", text,
		     seed);
	selector_release(&selector);
}

static void expect_names(const struct host_certs *certs, unsigned variety)
{
	static const char *const forms[] = { "CN=%u",   "SUBJECT=CN=%u", "ISSUER=CN=%u",
					     "SLOT=%u", "%u.example",    "DNS=%u.example" };
	size_t form;
	unsigned i;

	for (form = 0; form < ARRAY_SIZE(forms); form++) {
		for (i = 0; i <= variety + 12; i++) {
			char *plain = text(forms[form], i), not [64];

			snprintf(not, sizeof not, "!%s", plain);
			expect_selector(certs, plain);
			expect_selector(certs, not );
			free(plain);
		}
	}
}

Test(joins, are_as_each_pair_would_have_it, .timeout = 60)
{
	unsigned round;

	for (round = 0; round < 300; round++) {
		struct host_certs certs;
		unsigned variety = round % 12 + 1;

		seed = round;
		make(&certs, round % 20, variety);
		expect_keys(&certs);
		expect_crls(&certs);
		expect_names(&certs, variety);
		host_certs_release(&certs);
	}
}

/* Far more than any host has; a loop over each with each would take minutes. */
Test(joins, of_a_large_store_are_quick, .timeout = 20)
{
	struct host_certs certs;
	unsigned i;

	make(&certs, 100000, 100000);
	for (i = 0; i < 100000; i++)
		host_certs_select(&certs, "ISSUER=CN=77", 12, NULL);
	host_certs_release(&certs);
	/* All of them with the same key and the same few names. */
	make(&certs, 100000, 2);
	for (i = 0; i < 100000; i++)
		host_certs_select(&certs, "CN=1", 4, NULL);
	host_certs_release(&certs);
}
