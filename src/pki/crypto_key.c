#include "config.h"

#include "pki/crypto.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/xalloc.h"

enum pki_algorithm crypto_algorithm(int nid)
{
	static const struct {
		int nid;
		enum pki_algorithm algorithm;
	} algorithms[] = {
		{ EVP_PKEY_RSA, PKI_RSA },         { EVP_PKEY_RSA2, PKI_RSA },
		{ EVP_PKEY_RSA_PSS, PKI_RSA_PSS }, { EVP_PKEY_DSA, PKI_DSA },
		{ EVP_PKEY_EC, PKI_EC },           { EVP_PKEY_ED25519, PKI_ED25519 },
		{ EVP_PKEY_ED448, PKI_ED448 },     { EVP_PKEY_DH, PKI_DH },
		{ EVP_PKEY_DSA1, PKI_DSA },        { EVP_PKEY_DHX, PKI_DH },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algorithms); i++)
		if (algorithms[i].nid == nid)
			return algorithms[i].algorithm;
	return PKI_OTHER_KEY;
}

static void read_curve(EVP_PKEY *pkey, struct pki_pubkey *row)
{
	char name[80];
	size_t len;

	if (EVP_PKEY_get_group_name(pkey, name, sizeof name, &len) == 1)
		row->curve = xstrdup(name);
	/* A point may be written in short or in full; a key and its certificate may differ in it.
	 */
	EVP_PKEY_set_utf8_string_param(pkey, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
				       OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED);
}

bool crypto_pubkey_read(EVP_PKEY *pkey, struct pki_pubkey *row)
{
	unsigned char *der = NULL;
	int bits = EVP_PKEY_get_bits(pkey), len;

	row->algorithm = crypto_algorithm(EVP_PKEY_get_base_id(pkey));
	row->bits = bits > 0 ? (uint32_t)bits : 0;
	if (row->algorithm == PKI_EC)
		read_curve(pkey, row);
	len = i2d_PUBKEY(pkey, &der);
	if (len <= 0)
		return false;
	crypto_sha256(der, (size_t)len, row->hash);
	OPENSSL_free(der);
	return true;
}

static void set_broken(struct pki_head *head, enum pki_state state, enum pki_reason reason)
{
	head->state = state;
	head->reason = reason;
	head->arg = 0;
}

static EVP_PKEY *decode_pkcs8(const unsigned char *der, long len, struct pki_head *head)
{
	PKCS8_PRIV_KEY_INFO *info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &der, len);
	const ASN1_OBJECT *algorithm;
	EVP_PKEY *pkey;

	if (info == NULL)
		return NULL;
	pkey = EVP_PKCS82PKEY(info);
	if (pkey == NULL && PKCS8_pkey_get0(&algorithm, NULL, NULL, NULL, info) == 1 &&
	    crypto_algorithm(OBJ_obj2nid(algorithm)) == PKI_OTHER_KEY)
		set_broken(head, PKI_OPAQUE, PKI_REASON_ALGORITHM);
	PKCS8_PRIV_KEY_INFO_free(info);
	return pkey;
}

static EVP_PKEY *decode(const struct content *content, struct pki_head *head)
{
	const unsigned char *der = content->der;
	long len = (long)content->len;

	switch (head->content) {
	case PKI_KEY_RSA:
		return d2i_PrivateKey(EVP_PKEY_RSA, NULL, &der, len);
	case PKI_KEY_EC:
		return d2i_PrivateKey(EVP_PKEY_EC, NULL, &der, len);
	case PKI_KEY_DSA:
		return d2i_PrivateKey(EVP_PKEY_DSA, NULL, &der, len);
	default:
		return decode_pkcs8(der, len, head);
	}
}

void crypto_key_read(const void *bytes, size_t len, struct pki_key *row)
{
	struct content content;
	EVP_PKEY *pkey = NULL;

	content_open(&content, PKI_KEY, bytes, len);
	*row = (struct pki_key){ .head = content.head };
	if (row->head.state == PKI_OK) {
		pkey = decode(&content, &row->head);
		if (pkey != NULL ? !crypto_pubkey_read(pkey, &row->key) : row->head.state == PKI_OK)
			set_broken(&row->head, PKI_BROKEN, PKI_REASON_DAMAGED);
	}
	EVP_PKEY_free(pkey);
	content_release(&content);
	ERR_clear_error();
}
