#include "config.h"

#include "pki/pki.h"

#include <stdlib.h>
#include <string.h>

#include "pki/fold.h"

void pki_cert_release(struct pki_cert *cert)
{
	size_t i;

	for (i = 0; i < cert->nnames; i++) {
		free(cert->names[i].value);
		free(cert->names[i].key);
	}
	free(cert->names);
	free(cert->subject);
	free(cert->issuer);
	free(cert->subject_key);
	free(cert->issuer_key);
	free(cert->serial);
	free(cert->signature);
	free(cert->key.curve);
	*cert = (struct pki_cert){ .not_before = PKI_NO_TIME, .not_after = PKI_NO_TIME };
}

void pki_key_release(struct pki_key *key)
{
	free(key->key.curve);
	*key = (struct pki_key){ .head = { .kind = PKI_KEY } };
}

void pki_crl_release(struct pki_crl *crl)
{
	free(crl->issuer);
	free(crl->issuer_key);
	free(crl->number);
	free(crl->signature);
	free(crl->revoked);
	free(crl->serials);
	*crl = (struct pki_crl){ .this_update = PKI_NO_TIME, .next_update = PKI_NO_TIME };
}

const struct pki_revoked *pki_crl_find(const struct pki_crl *crl, const char *serial)
{
	size_t low = 0, high = crl->nrevoked;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(serial, crl->serials + crl->revoked[middle].serial);

		if (order == 0)
			return &crl->revoked[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

bool pki_crl_revokes(const struct pki_crl *crl, const struct pki_cert *cert,
		     const struct pki_revoked **entry)
{
	if (crl->issuer_key == NULL || cert->issuer_key == NULL ||
	    strcmp(crl->issuer_key, cert->issuer_key) != 0)
		return false;
	*entry = pki_crl_find(crl, cert->serial);
	return *entry != NULL;
}

bool pki_key_is_importable(const struct pki_key *key)
{
	return key->head.state == PKI_OK && key->head.encoding == PKI_DER &&
	       key->head.content == PKI_KEY_PKCS8;
}

/* A NUL in a name must not cut its key short: such a name is not the one before the NUL. */
static void add_bytes(struct strbuf *sb, const char *value, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (value[i] == '\0' || value[i] == '\\')
			strbuf_addch(sb, '\\');
		strbuf_addch(sb, value[i] != '\0' ? value[i] : '0');
	}
}

void pki_name_key(enum pki_name_tag tag, const char *value, size_t len, struct strbuf *sb)
{
	struct strbuf bytes = STRBUF_INIT;
	const char *at;
	size_t plain;

	add_bytes(&bytes, value, len);
	plain = tag == PKI_NAME_DNS ? 0 : bytes.len;
	at = strrchr(bytes.buf, '@');
	if (tag == PKI_NAME_EMAIL && at != NULL)
		plain = (size_t)(at - bytes.buf);
	strbuf_add(sb, bytes.buf, plain);
	fold_add(sb, bytes.buf + plain, bytes.len - plain);
	strbuf_release(&bytes);
}
