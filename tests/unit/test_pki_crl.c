/* Revocation lists, of the corpus and made here with OpenSSL. */
#include "config.h"

#include "pki_corpus.h"

#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <time.h>

Test(pki_crl, fields_and_entries)
{
	static const struct {
		const char *serial;
		bool revoked;
		unsigned reason;
		int64_t when;
	} cases[] = {
		{ "01", true, 1, 1577836800 }, { "02", true, 4, 1580515200 },
		{ "03", true, 0, 1583020800 }, { "04", false, 0, 0 },
		{ "1", false, 0, 0 },          { "", false, 0, 0 },
	};
	struct pki_crl row = crl_row("three.der");
	size_t i;

	cr_assert_eq(row.head.state, PKI_OK);
	cr_assert_str_eq(row.issuer, "C=US, O=Example\\, Inc., CN=Test Root");
	cr_assert_str_eq(row.issuer_key, "C=us,O=example\\, inc.,CN=test root");
	cr_assert_str_eq(row.signature, "rsa-sha256");
	cr_assert_str_eq(row.number, "10");
	cr_assert_eq(row.this_update, 1590969600);
	cr_assert_eq(row.next_update, 1593561600);
	cr_assert_eq(row.nrevoked, 3);
	cr_assert_not(row.delta);
	cr_assert_not(row.indirect);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct pki_revoked *entry = pki_crl_find(&row, cases[i].serial);

		cr_assert_eq(entry != NULL, cases[i].revoked, "%s", cases[i].serial);
		if (entry == NULL)
			continue;
		cr_assert_eq(entry->reason, cases[i].reason);
		cr_assert_eq(entry->when, cases[i].when, "%lld", (long long)entry->when);
	}
	pki_crl_release(&row);
	cr_assert_null(row.revoked);
}

Test(pki_crl, an_empty_list)
{
	struct pki_crl row = crl_row("none.pem");

	cr_assert_eq(row.head.state, PKI_OK);
	cr_assert_eq(row.nrevoked, 0);
	cr_assert_null(pki_crl_find(&row, "01"));
	pki_crl_release(&row);
	cr_assert_null(pki_crl_find(&row, "01"));
}

static bool signed_by(const char *crl, const char *issuer)
{
	struct sample a = sample_read(crl), b = sample_read(issuer);
	bool ok = table()->crl_signed_by(a.bytes, a.len, b.bytes, b.len);

	sample_free(a);
	sample_free(b);
	return ok;
}

Test(pki_crl, who_signed_it)
{
	cr_assert(signed_by("three.der", "root.der"));
	cr_assert(signed_by("three.pem", "root.der"));
	cr_assert_not(signed_by("three.der", "host.der"));
	cr_assert_not(signed_by("garbage.bin", "root.der"));
	cr_assert_not(signed_by("three.der", "garbage.bin"));
}

/* A list in the making, of the issuer CN=Test. */
struct maker {
	X509_CRL *crl;
	EVP_PKEY *key;
};

static struct maker maker_new(void)
{
	struct maker m;
	X509_NAME *name = X509_NAME_new();
	ASN1_TIME *now = ASN1_TIME_set(NULL, 1600000000);

	table();
	m.key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
	m.crl = X509_CRL_new();
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)"Test", -1, -1,
				   0);
	X509_CRL_set_version(m.crl, 1);
	X509_CRL_set_issuer_name(m.crl, name);
	X509_CRL_set1_lastUpdate(m.crl, now);
	ASN1_TIME_free(now);
	X509_NAME_free(name);
	return m;
}

static X509_REVOKED *maker_revoke(struct maker *m, uint64_t serial)
{
	X509_REVOKED *entry = X509_REVOKED_new();
	ASN1_TIME *when = ASN1_TIME_set(NULL, 1500000000);
	ASN1_INTEGER *number = ASN1_INTEGER_new();

	ASN1_INTEGER_set_uint64(number, serial);
	X509_REVOKED_set_serialNumber(entry, number);
	X509_REVOKED_set_revocationDate(entry, when);
	X509_CRL_add0_revoked(m->crl, entry);
	ASN1_INTEGER_free(number);
	ASN1_TIME_free(when);
	return entry;
}

static struct pki_crl maker_finish(struct maker *m)
{
	unsigned char *der = NULL;
	struct pki_crl row;
	int len;

	cr_assert_gt(X509_CRL_sign(m->crl, m->key, EVP_sha256()), 0);
	len = i2d_X509_CRL(m->crl, &der);
	cr_assert_gt(len, 0);
	table()->crl_read(der, (size_t)len, &row);
	OPENSSL_free(der);
	X509_CRL_free(m->crl);
	EVP_PKEY_free(m->key);
	return row;
}

Test(pki_crl, without_a_next_update)
{
	struct maker m = maker_new();
	struct pki_crl row = maker_finish(&m);

	cr_assert_eq(row.head.state, PKI_OK);
	cr_assert_str_eq(row.issuer, "CN=Test");
	cr_assert_str_eq(row.signature, "ecdsa-sha256");
	cr_assert_eq(row.this_update, 1600000000);
	cr_assert_eq(row.next_update, PKI_NO_TIME);
	cr_assert_null(row.number);
	pki_crl_release(&row);
}

Test(pki_crl, revokes_only_what_its_issuer_issued)
{
	static char same[] = "CN=test", other[] = "CN=other", serial[] = "10", unlisted[] = "11";
	struct maker m = maker_new();
	const struct pki_revoked *entry;
	struct pki_cert cert = { .issuer_key = same, .serial = serial };
	struct pki_crl row;

	maker_revoke(&m, 16);
	row = maker_finish(&m);
	cr_assert(pki_crl_revokes(&row, &cert, &entry));
	cr_assert_eq(entry->when, 1500000000);
	cert.issuer_key = other;
	cr_assert_not(pki_crl_revokes(&row, &cert, &entry));
	cert = (struct pki_cert){ .issuer_key = same, .serial = unlisted };
	cr_assert_not(pki_crl_revokes(&row, &cert, &entry));
	cert = (struct pki_cert){ .head = { .state = PKI_BROKEN } };
	cr_assert_not(pki_crl_revokes(&row, &cert, &entry));
	pki_crl_release(&row);
}

Test(pki_crl, entries_of_other_issuers_are_left_out)
{
	struct maker m = maker_new();
	ISSUING_DIST_POINT *point = ISSUING_DIST_POINT_new();
	GENERAL_NAMES *issuer = GENERAL_NAMES_new();
	GENERAL_NAME *name = GENERAL_NAME_new();
	struct pki_crl row;

	point->indirectCRL = 0xff;
	X509_CRL_add1_ext_i2d(m.crl, NID_issuing_distribution_point, point, 1, 0);
	maker_revoke(&m, 1);
	name->type = GEN_DIRNAME;
	name->d.directoryName = X509_NAME_dup(X509_CRL_get_issuer(m.crl));
	X509_NAME_add_entry_by_txt(name->d.directoryName, "CN", MBSTRING_UTF8,
				   (const unsigned char *)"Other", -1, -1, 0);
	sk_GENERAL_NAME_push(issuer, name);
	X509_REVOKED_add1_ext_i2d(maker_revoke(&m, 2), NID_certificate_issuer, issuer, 1, 0);
	maker_revoke(&m, 3);
	row = maker_finish(&m);
	cr_assert(row.indirect);
	cr_assert_not_null(pki_crl_find(&row, "01"));
	cr_assert_null(pki_crl_find(&row, "02"));
	cr_assert_null(pki_crl_find(&row, "03"));
	pki_crl_release(&row);
	GENERAL_NAMES_free(issuer);
	ISSUING_DIST_POINT_free(point);
}

Test(pki_crl, a_hundred_thousand_entries, .timeout = 60)
{
	enum { COUNT = 100000 };
	struct maker m = maker_new();
	struct pki_crl row;
	struct timespec from, to;
	char serial[32];
	uint64_t i;

	for (i = 0; i < COUNT; i++) /* odd numbers, in no order */
		maker_revoke(&m, 0x1000000000 + (i * 48271 % COUNT) * 2 + 1);
	row = maker_finish(&m);
	cr_assert_eq(row.nrevoked, COUNT);
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (i = 0; i < 2 * COUNT; i++) {
		snprintf(serial, sizeof serial, "%llX", 0x1000000000ULL + i);
		cr_assert_eq(pki_crl_find(&row, serial) != NULL, i % 2 == 1, "%s", serial);
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	/* 200,000 linear searches would take minutes. */
	cr_assert_lt(to.tv_sec - from.tv_sec, 20);
	pki_crl_release(&row);
}
