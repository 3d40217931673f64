#include "config.h"

#include "pki/crypto.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include "base/print.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

static X509 *decode(const struct content *content)
{
	const unsigned char *der = content->der;

	return d2i_X509(NULL, &der, (long)content->len);
}

X509 *crypto_cert_decode(const void *bytes, size_t len)
{
	struct content content;
	X509 *cert = NULL;

	content_open(&content, PKI_CERT, bytes, len);
	if (content.head.state == PKI_OK)
		cert = decode(&content);
	content_release(&content);
	return cert;
}

static void remark(struct pki_cert *row, enum pki_reason reason)
{
	if (row->head.reason == PKI_REASON_NONE)
		row->head.reason = reason;
}

/* An extension, or NULL where it is absent or cannot be decoded; the latter is remarked. */
static void *extension(const X509 *cert, int nid, struct pki_cert *row)
{
	int critical;
	void *value = X509_get_ext_d2i(cert, nid, &critical, NULL);

	if (value == NULL && critical != -1)
		remark(row, PKI_REASON_EXTENSION);
	return value;
}

static void read_ca(const X509 *cert, struct pki_cert *row)
{
	BASIC_CONSTRAINTS *constraints = extension(cert, NID_basic_constraints, row);
	long length;

	row->path_length = -1;
	if (constraints == NULL)
		return;
	row->ca = constraints->ca ? PKI_CA_TRUE : PKI_CA_FALSE;
	if (constraints->pathlen != NULL) {
		length = ASN1_INTEGER_get(constraints->pathlen);
		if (length >= 0)
			row->path_length = length < INT32_MAX ? (int32_t)length : INT32_MAX;
	}
	BASIC_CONSTRAINTS_free(constraints);
}

static void read_usage(const X509 *cert, struct pki_cert *row)
{
	ASN1_BIT_STRING *bits = extension(cert, NID_key_usage, row);
	int i;

	if (bits == NULL)
		return;
	row->has_usage = true;
	for (i = 0; i < PKI_USAGE_COUNT; i++)
		if (ASN1_BIT_STRING_get_bit(bits, i))
			row->usage |= (uint16_t)(1u << i);
	ASN1_BIT_STRING_free(bits);
}

static struct pki_name text_name(enum pki_name_tag tag, const ASN1_STRING *string)
{
	const char *bytes = (const char *)ASN1_STRING_get0_data(string);
	size_t len = (size_t)ASN1_STRING_length(string);
	struct strbuf value = STRBUF_INIT, key = STRBUF_INIT;

	print_add(&value, bytes, len);
	pki_name_key(tag, bytes, len, &key);
	return (struct pki_name){ tag, strbuf_detach(&value, NULL), strbuf_detach(&key, NULL) };
}

static struct pki_name ip_name(const ASN1_OCTET_STRING *string)
{
	const unsigned char *bytes = ASN1_STRING_get0_data(string);
	int i, len = ASN1_STRING_length(string);
	struct strbuf sb = STRBUF_INIT;
	char text[INET6_ADDRSTRLEN];

	if ((len == 4 || len == 16) &&
	    inet_ntop(len == 4 ? AF_INET : AF_INET6, bytes, text, sizeof text) != NULL) {
		strbuf_addstr(&sb, text);
	} else { /* no address: its bytes */
		strbuf_addch(&sb, '#');
		for (i = 0; i < len; i++)
			strbuf_addf(&sb, "%02x", bytes[i]);
	}
	return (struct pki_name){ PKI_NAME_IP, xstrdup(sb.buf), strbuf_detach(&sb, NULL) };
}

static struct pki_name plain_name(enum pki_name_tag tag, char *value)
{
	return (struct pki_name){ tag, value, xstrdup(value) };
}

static struct pki_name read_name(const GENERAL_NAME *name)
{
	struct pki_name dn = { .tag = PKI_NAME_DN };

	switch (name->type) {
	case GEN_IPADD:
		return ip_name(name->d.iPAddress);
	case GEN_DNS:
		return text_name(PKI_NAME_DNS, name->d.dNSName);
	case GEN_EMAIL:
		return text_name(PKI_NAME_EMAIL, name->d.rfc822Name);
	case GEN_URI:
		return text_name(PKI_NAME_URI, name->d.uniformResourceIdentifier);
	case GEN_DIRNAME:
		crypto_name(name->d.directoryName, &dn.value, &dn.key);
		return dn;
	case GEN_RID:
		return plain_name(PKI_NAME_RID, crypto_identifier(name->d.registeredID));
	case GEN_OTHERNAME:
		return plain_name(PKI_NAME_OTHER, crypto_identifier(name->d.otherName->type_id));
	default:
		return plain_name(PKI_NAME_OTHER,
				  xstrdup(name->type == GEN_X400 ? "x400Address" : "ediPartyName"));
	}
}

static void read_names(const X509 *cert, struct pki_cert *row)
{
	GENERAL_NAMES *names = extension(cert, NID_subject_alt_name, row);
	int i, count = sk_GENERAL_NAME_num(names);

	if (count > 0) {
		row->names = xcalloc((size_t)count, sizeof *row->names);
		for (i = 0; i < count; i++)
			row->names[i] = read_name(sk_GENERAL_NAME_value(names, i));
		row->nnames = (size_t)count;
	}
	GENERAL_NAMES_free(names);
}

/* A key that libcrypto does not know still has an algorithm and an encoding. */
static void read_unknown_key(const X509 *cert, struct pki_pubkey *row)
{
	X509_PUBKEY *pubkey = X509_get_X509_PUBKEY(cert);
	ASN1_OBJECT *algorithm;
	unsigned char *der = NULL;
	int len;

	if (X509_PUBKEY_get0_param(&algorithm, NULL, NULL, NULL, pubkey) == 1)
		row->algorithm = crypto_algorithm(OBJ_obj2nid(algorithm));
	len = i2d_X509_PUBKEY(pubkey, &der);
	if (len > 0)
		crypto_sha256(der, (size_t)len, row->hash);
	OPENSSL_free(der);
}

static void read_key(X509 *cert, struct pki_cert *row)
{
	EVP_PKEY *pkey = X509_get0_pubkey(cert);

	if (pkey == NULL || !crypto_pubkey_read(pkey, &row->key))
		read_unknown_key(cert, &row->key);
	row->self_issued = strcmp(row->subject_key, row->issuer_key) == 0;
	row->self_signed = row->self_issued && pkey != NULL && X509_verify(cert, pkey) == 1;
}

static void read_cert(X509 *cert, struct pki_cert *row)
{
	long version = X509_get_version(cert);
	int digest = NID_undef;

	crypto_name(X509_get_subject_name(cert), &row->subject, &row->subject_key);
	crypto_name(X509_get_issuer_name(cert), &row->issuer, &row->issuer_key);
	row->serial = crypto_integer(X509_get0_serialNumber(cert));
	row->not_before = crypto_time(X509_get0_notBefore(cert));
	row->not_after = crypto_time(X509_get0_notAfter(cert));
	row->version = version >= 0 && version < 255 ? (uint8_t)(version + 1) : 0;
	X509_get_signature_info(cert, &digest, NULL, NULL, NULL);
	row->signature = crypto_signature(X509_get0_tbs_sigalg(cert), digest);
	read_ca(cert, row);
	read_usage(cert, row);
	read_names(cert, row);
	read_key(cert, row);
	X509_digest(cert, EVP_sha256(), row->sha256, NULL);
	X509_digest(cert, EVP_sha1(), row->sha1, NULL);
}

void crypto_cert_read(const void *bytes, size_t len, struct pki_cert *row)
{
	struct content content;
	X509 *cert = NULL;

	content_open(&content, PKI_CERT, bytes, len);
	*row = (struct pki_cert){ .head = content.head,
				  .not_before = PKI_NO_TIME,
				  .not_after = PKI_NO_TIME };
	if (row->head.state == PKI_OK) {
		cert = decode(&content);
		if (cert == NULL) {
			row->head.state = PKI_BROKEN;
			row->head.reason = PKI_REASON_DAMAGED;
			row->head.arg = 0;
		} else {
			row->head.content = PKI_CERTIFICATE;
			read_cert(cert, row);
		}
	}
	X509_free(cert);
	content_release(&content);
	ERR_clear_error();
}

bool crypto_cert_signed_by(const void *cert, size_t len, const void *issuer, size_t issuer_len)
{
	X509 *a = crypto_cert_decode(cert, len), *b = crypto_cert_decode(issuer, issuer_len);
	EVP_PKEY *pkey = b != NULL ? X509_get0_pubkey(b) : NULL;
	bool ok = a != NULL && pkey != NULL && X509_verify(a, pkey) == 1;

	X509_free(a);
	X509_free(b);
	ERR_clear_error();
	return ok;
}
