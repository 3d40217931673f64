#include "config.h"

#include "pki/crypto.h"

#include <stdlib.h>

#include <openssl/asn1.h>
#include <openssl/evp.h>
#include <openssl/objects.h>

#include "base/print.h"
#include "base/xalloc.h"
#include "pki/dn.h"

char *crypto_identifier(const ASN1_OBJECT *object)
{
	int len = OBJ_obj2txt(NULL, 0, object, 1);
	char *text;

	if (len <= 0)
		return xstrdup("");
	text = xmalloc((size_t)len + 1);
	OBJ_obj2txt(text, len + 1, object, 1);
	return text;
}

char *crypto_integer(const ASN1_INTEGER *integer)
{
	const unsigned char *bytes = ASN1_STRING_get0_data(integer);
	int i, len = ASN1_STRING_length(integer);
	struct strbuf sb = STRBUF_INIT;

	if (ASN1_STRING_type(integer) == V_ASN1_NEG_INTEGER)
		strbuf_addch(&sb, '-');
	for (i = 0; i < len; i++)
		strbuf_addf(&sb, "%02X", bytes[i]);
	if (len == 0)
		strbuf_addstr(&sb, "00");
	return strbuf_detach(&sb, NULL);
}

/* Days from 1970-01-01 to a date of the Gregorian calendar; MONTH is 1 to 12. */
static int64_t days(int64_t year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1; /* of a year that begins in March */
	int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int64_t crypto_time(const ASN1_TIME *time)
{
	struct tm tm;

	if (time == NULL || ASN1_TIME_to_tm(time, &tm) != 1)
		return PKI_NO_TIME;
	return days((int64_t)tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday) * 86400 +
	       tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec;
}

/* rsa-sha256; DIGEST is NID_undef where the algorithm itself tells it. */
char *crypto_signature(const X509_ALGOR *algorithm, int digest)
{
	const ASN1_OBJECT *object;
	struct strbuf sb = STRBUF_INIT;
	int key = NID_undef, of_pair = NID_undef, nid;
	const char *name;

	X509_ALGOR_get0(&object, NULL, NULL, algorithm);
	nid = OBJ_obj2nid(object);
	if (nid == NID_undef || OBJ_find_sigid_algs(nid, &of_pair, &key) != 1)
		return crypto_identifier(object);
	if (of_pair != NID_undef)
		digest = of_pair;
	if (crypto_algorithm(key) == PKI_OTHER_KEY)
		return crypto_identifier(object);
	strbuf_addstr(&sb, crypto_algorithm(key) == PKI_EC
				   ? "ecdsa"
				   : pki_algorithm_name(crypto_algorithm(key)));
	if (digest != NID_undef && digest != nid) {
		strbuf_addch(&sb, '-');
		for (name = OBJ_nid2sn(digest); *name != '\0'; name++)
			strbuf_addch(&sb,
				     (char)(*name >= 'A' && *name <= 'Z' ? *name + 32 : *name));
	}
	return strbuf_detach(&sb, NULL);
}

/* Adds a value that is no text, as its DER. */
static void add_encoded(struct dn *dn, const char *type, const ASN1_STRING *value, unsigned flags)
{
	ASN1_TYPE *any = ASN1_TYPE_new();
	unsigned char *der = NULL;
	int len = -1;

	if (any != NULL && ASN1_TYPE_set1(any, ASN1_STRING_type(value), value) == 1)
		len = i2d_ASN1_TYPE(any, &der);
	dn_add(dn, type, len > 0 ? der : (const unsigned char *)"", len > 0 ? (size_t)len : 0,
	       flags | DN_ENCODED);
	OPENSSL_free(der);
	ASN1_TYPE_free(any);
}

static void add_entry(struct dn *dn, const X509_NAME_ENTRY *entry, unsigned flags)
{
	const ASN1_STRING *value = X509_NAME_ENTRY_get_data(entry);
	char *type = crypto_identifier(X509_NAME_ENTRY_get_object(entry));
	int kind = ASN1_STRING_type(value), len;
	unsigned char *utf8 = NULL;

	if (kind == V_ASN1_BIT_STRING || kind == V_ASN1_SEQUENCE || kind == V_ASN1_OTHER) {
		add_encoded(dn, type, value, flags);
	} else {
		len = ASN1_STRING_to_UTF8(&utf8, value);
		if (len >= 0)
			dn_add(dn, type, utf8, (size_t)len, flags);
		else /* not what its own tag says: the bytes as they are */
			dn_add(dn, type, ASN1_STRING_get0_data(value),
			       (size_t)ASN1_STRING_length(value), flags);
		OPENSSL_free(utf8);
	}
	free(type);
}

void crypto_name(const X509_NAME *name, char **text, char **key)
{
	struct dn dn = DN_INIT;
	struct strbuf printed = STRBUF_INIT, canonical = STRBUF_INIT;
	int i, part = -1;

	for (i = 0; i < X509_NAME_entry_count(name); i++) {
		const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
		bool same = X509_NAME_ENTRY_set(entry) == part;

		part = X509_NAME_ENTRY_set(entry);
		add_entry(&dn, entry, same ? DN_SAME_PART : 0);
	}
	dn_print(&dn, &printed);
	dn_print_canonical(&dn, &canonical);
	*text = strbuf_detach(&printed, NULL);
	*key = strbuf_detach(&canonical, NULL);
	dn_release(&dn);
}
