#include "config.h"

#include "pki/crypto.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "base/xalloc.h"

static X509_CRL *decode(const struct content *content)
{
	const unsigned char *der = content->der;

	return d2i_X509_CRL(NULL, &der, (long)content->len);
}

static uint8_t read_reason(const X509_REVOKED *entry)
{
	ASN1_ENUMERATED *reason = X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);
	long value = reason != NULL ? ASN1_ENUMERATED_get(reason) : 0;

	ASN1_ENUMERATED_free(reason);
	return value > 0 && value < 256 ? (uint8_t)value : 0;
}

/* In an indirect list, an entry with this extension, and those behind it, are of another issuer. */
static bool is_foreign(const X509_REVOKED *entry)
{
	return X509_REVOKED_get_ext_by_NID(entry, NID_certificate_issuer, -1) >= 0;
}

struct sorted {
	const char *serial;
	struct pki_revoked entry;
};

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct sorted *)a)->serial, ((const struct sorted *)b)->serial);
}

/* Sorts the entries by the texts of their serial numbers, for pki_crl_find. */
static void sort_entries(struct pki_crl *row)
{
	struct sorted *sorted = xmalloc(row->nrevoked * sizeof *sorted);
	size_t i;

	for (i = 0; i < row->nrevoked; i++)
		sorted[i] =
			(struct sorted){ row->serials + row->revoked[i].serial, row->revoked[i] };
	qsort(sorted, row->nrevoked, sizeof *sorted, compare);
	for (i = 0; i < row->nrevoked; i++)
		row->revoked[i] = sorted[i].entry;
	free(sorted);
}

static void read_entries(X509_CRL *crl, struct pki_crl *row)
{
	STACK_OF(X509_REVOKED) *entries = X509_CRL_get_REVOKED(crl);
	int i, count = sk_X509_REVOKED_num(entries);
	struct strbuf serials = STRBUF_INIT;

	row->revoked = count > 0 ? xmalloc((size_t)count * sizeof *row->revoked) : NULL;
	for (i = 0; i < count; i++) {
		const X509_REVOKED *entry = sk_X509_REVOKED_value(entries, i);
		char *serial = crypto_integer(X509_REVOKED_get0_serialNumber(entry));

		if (row->indirect && is_foreign(entry)) {
			free(serial);
			break;
		}
		row->revoked[row->nrevoked++] = (struct pki_revoked){
			.serial = (uint32_t)serials.len,
			.reason = read_reason(entry),
			.when = crypto_time(X509_REVOKED_get0_revocationDate(entry)),
		};
		strbuf_add(&serials, serial, strlen(serial) + 1);
		free(serial);
	}
	row->serials = strbuf_detach(&serials, NULL);
	sort_entries(row);
}

/* Which certificates the list is about at all. */
static void read_scope(X509_CRL *crl, struct pki_crl *row)
{
	ISSUING_DIST_POINT *point =
		X509_CRL_get_ext_d2i(crl, NID_issuing_distribution_point, NULL, NULL);
	ASN1_INTEGER *number = X509_CRL_get_ext_d2i(crl, NID_crl_number, NULL, NULL);

	row->indirect = point != NULL && point->indirectCRL > 0;
	row->delta = X509_CRL_get_ext_by_NID(crl, NID_delta_crl, -1) >= 0;
	row->number = number != NULL ? crypto_integer(number) : NULL;
	ASN1_INTEGER_free(number);
	ISSUING_DIST_POINT_free(point);
}

static void read_crl(X509_CRL *crl, struct pki_crl *row)
{
	const X509_ALGOR *algorithm;

	X509_CRL_get0_signature(crl, NULL, &algorithm);
	crypto_name(X509_CRL_get_issuer(crl), &row->issuer, &row->issuer_key);
	row->signature = crypto_signature(algorithm, NID_undef);
	row->this_update = crypto_time(X509_CRL_get0_lastUpdate(crl));
	row->next_update = crypto_time(X509_CRL_get0_nextUpdate(crl));
	read_scope(crl, row);
	read_entries(crl, row);
}

void crypto_crl_read(const void *bytes, size_t len, struct pki_crl *row)
{
	struct content content;
	X509_CRL *crl = NULL;

	content_open(&content, PKI_CRL, bytes, len);
	*row = (struct pki_crl){ .head = content.head,
				 .this_update = PKI_NO_TIME,
				 .next_update = PKI_NO_TIME };
	if (row->head.state == PKI_OK) {
		crl = decode(&content);
		if (crl == NULL) {
			row->head.state = PKI_BROKEN;
			row->head.reason = PKI_REASON_DAMAGED;
			row->head.arg = 0;
		} else {
			row->head.content = PKI_REVOCATION_LIST;
			read_crl(crl, row);
		}
	}
	X509_CRL_free(crl);
	content_release(&content);
	ERR_clear_error();
}

bool crypto_crl_signed_by(const void *crl, size_t len, const void *issuer, size_t issuer_len)
{
	X509 *cert = crypto_cert_decode(issuer, issuer_len);
	EVP_PKEY *pkey = cert != NULL ? X509_get0_pubkey(cert) : NULL;
	struct content content;
	X509_CRL *list = NULL;
	bool ok;

	content_open(&content, PKI_CRL, crl, len);
	if (content.head.state == PKI_OK)
		list = decode(&content);
	ok = list != NULL && pkey != NULL && X509_CRL_verify(list, pkey) == 1;
	X509_CRL_free(list);
	X509_free(cert);
	content_release(&content);
	ERR_clear_error();
	return ok;
}
