#include "config.h"

#include "pki/content.h"

#include <string.h>

#include "base/secret.h"
#include "base/xalloc.h"
#include "pki/der.h"
#include "pki/pem.h"

/* A private key beyond this is none; a certificate or a list is bounded by what a file may have. */
#define KEY_MAX_BYTES 65536

static const struct {
	const char *label;
	enum pki_content content;
} labels[] = {
	{ "CERTIFICATE", PKI_CERTIFICATE },
	{ "X509 CERTIFICATE", PKI_CERTIFICATE },
	{ "TRUSTED CERTIFICATE", PKI_CERTIFICATE },
	{ "X509 CRL", PKI_REVOCATION_LIST },
	{ "CERTIFICATE REQUEST", PKI_REQUEST },
	{ "NEW CERTIFICATE REQUEST", PKI_REQUEST },
	{ "PRIVATE KEY", PKI_KEY_PKCS8 },
	{ "ENCRYPTED PRIVATE KEY", PKI_KEY_PKCS8_ENCRYPTED },
	{ "RSA PRIVATE KEY", PKI_KEY_RSA },
	{ "EC PRIVATE KEY", PKI_KEY_EC },
	{ "DSA PRIVATE KEY", PKI_KEY_DSA },
	{ "OPENSSH PRIVATE KEY", PKI_KEY_OPENSSH },
	{ "PUBLIC KEY", PKI_PUBLIC_KEY },
	{ "RSA PUBLIC KEY", PKI_PUBLIC_KEY },
	{ "EC PARAMETERS", PKI_PARAMETERS },
	{ "DSA PARAMETERS", PKI_PARAMETERS },
	{ "DH PARAMETERS", PKI_PARAMETERS },
	{ "PKCS7", PKI_PKCS7 },
	{ "PKCS #7 SIGNED DATA", PKI_PKCS7 },
};

static enum pki_content label_content(const struct pem_block *block)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(labels); i++)
		if (strlen(labels[i].label) == block->label_len &&
		    memcmp(labels[i].label, block->label, block->label_len) == 0)
			return labels[i].content;
	return PKI_OTHER;
}

static bool fits(enum pki_content content, enum pki_kind kind)
{
	if (kind == PKI_KEY)
		return pki_content_is_key(content) && content != PKI_KEY_OPENSSH;
	return content == (kind == PKI_CERT ? PKI_CERTIFICATE : PKI_REVOCATION_LIST);
}

static void set(struct content *content, enum pki_state state, enum pki_reason reason, uint64_t arg)
{
	content->head.state = state;
	content->head.reason = reason;
	content->head.arg = arg;
}

static unsigned first_tag(struct der body)
{
	struct der_item item;

	return der_next(&body, &item) ? item.tag : 0;
}

/* SEQUENCE { INTEGER, ... }: a private key or PKCS#12. */
static enum pki_content sniff_integer(unsigned version, struct der rest)
{
	struct der_item item;
	int integers = 1;

	if (!der_next(&rest, &item))
		return PKI_UNKNOWN;
	if (item.tag == DER_SEQUENCE && first_tag(item.body) == DER_OID)
		return version <= 1 ? PKI_KEY_PKCS8 : version == 3 ? PKI_PKCS12 : PKI_UNKNOWN;
	if (item.tag == DER_OCTET_STRING && version == 1)
		return PKI_KEY_EC;
	if (item.tag != DER_INTEGER || version > 1)
		return PKI_UNKNOWN;
	while (integers++ < 9 && der_next(&rest, &item) && item.tag == DER_INTEGER)
		;
	return integers == 6 && rest.p == rest.end && item.missing == 0 ? PKI_KEY_DSA : PKI_KEY_RSA;
}

/* SEQUENCE { SEQUENCE INNER, ... }: what is signed, or something with an algorithm in front. */
static enum pki_content sniff_sequence(struct der inner, struct der rest)
{
	struct der_item items[4], second;
	unsigned tags[4] = { 0 };
	size_t i;

	for (i = 0; i < 4 && der_next(&inner, &items[i]); i++)
		tags[i] = items[i].tag;
	if (tags[0] == DER_OID) {
		if (!der_next(&rest, &second))
			return PKI_UNKNOWN;
		return second.tag == DER_OCTET_STRING ? PKI_KEY_PKCS8_ENCRYPTED
		       : second.tag == DER_BIT_STRING ? PKI_PUBLIC_KEY
						      : PKI_UNKNOWN;
	}
	if (tags[0] == DER_CONTEXT_0)
		return PKI_CERTIFICATE;
	if (tags[0] == DER_SEQUENCE && first_tag(items[0].body) == DER_OID)
		return PKI_REVOCATION_LIST;
	if (tags[0] != DER_INTEGER || tags[1] != DER_SEQUENCE)
		return PKI_UNKNOWN;
	if (first_tag(items[1].body) != DER_OID)
		return PKI_REQUEST;
	return tags[3] == DER_UTC_TIME || tags[3] == DER_GENERAL_TIME ? PKI_REVOCATION_LIST
								      : PKI_CERTIFICATE;
}

enum pki_content content_sniff(const unsigned char *der, size_t len)
{
	struct der bytes = { der, der + len };
	struct der_item outer, first;

	if (!der_next(&bytes, &outer) || outer.tag != DER_SEQUENCE ||
	    !der_next(&outer.body, &first))
		return PKI_UNKNOWN;
	if (first.tag == DER_INTEGER && first.body.end - first.body.p == 1)
		return sniff_integer(*first.body.p, outer.body);
	if (first.tag == DER_SEQUENCE)
		return sniff_sequence(first.body, outer.body);
	return first.tag == DER_OID ? PKI_PKCS7 : PKI_UNKNOWN;
}

static size_t count_text(const char *p, const char *end)
{
	size_t n = 0;

	for (; p < end; p++)
		n += *p != ' ' && (*p < '\t' || *p > '\r');
	return n;
}

/* What stands beside the block that is read: other blocks, another's private key, other text. */
struct surroundings {
	size_t blocks, text;
	bool has_key;
};

/* Finds the first block for KIND, or the first of all. False where there is none. */
static bool find_block(enum pki_kind kind, const char *text, size_t len, struct pem_block *chosen,
		       struct surroundings *around)
{
	const char *end = text + len, *p = text;
	struct pem_block block;
	bool found = false, fitting = false;

	while (pem_next(p, (size_t)(end - p), &block)) {
		enum pki_content content = label_content(&block);

		around->text += count_text(p, block.start);
		p = block.end;
		if (content == PKI_PARAMETERS)
			continue;
		around->blocks++;
		around->has_key = around->has_key || pki_content_is_key(content);
		if (!found || (!fitting && fits(content, kind)))
			*chosen = block;
		found = true;
		fitting = fitting || fits(content, kind);
	}
	around->text += count_text(p, end);
	return found;
}

static void decode_block(struct content *content, const struct pem_block *block)
{
	content->room_size = block->body_len;
	content->room = secret_alloc(content->room_size);
	content->der = content->room;
	if (!pem_decode(block, content->room, &content->len))
		set(content, PKI_BROKEN, PKI_REASON_BASE64, 0);
	else if (content->len == 0)
		set(content, PKI_BROKEN, PKI_REASON_DAMAGED, 0);
}

static bool open_pem(struct content *content, const char *text, size_t len)
{
	struct surroundings around = { 0 };
	enum pki_kind kind = content->head.kind;
	struct pem_block block;

	if (!find_block(kind, text, len, &block, &around))
		return false;
	content->head.encoding = PKI_PEM;
	content->head.content = label_content(&block);
	if (!fits(content->head.content, kind)) {
		set(content, PKI_WRONG, PKI_REASON_CONTENT, 0);
		return true;
	}
	if (!block.closed) {
		set(content, PKI_BROKEN, PKI_REASON_NO_END, 0);
		return true;
	}
	if (block.encrypted || content->head.content == PKI_KEY_PKCS8_ENCRYPTED) {
		set(content, PKI_ENCRYPTED, PKI_REASON_PASSPHRASE, 0);
		return true;
	}
	if (around.has_key && kind != PKI_KEY)
		set(content, PKI_OK, PKI_REASON_PRIVATE_KEY, 0);
	else if (around.blocks > 1)
		set(content, PKI_OK, PKI_REASON_SEVERAL, around.blocks);
	else if (around.text > 0)
		set(content, PKI_OK, PKI_REASON_EXTRA, around.text);
	decode_block(content, &block);
	return true;
}

/*
 * A certificate or list that begins as DER was meant to be one. Solaris' own format for private
 * keys may begin with any byte: only what has the structure of a key is taken for one.
 */
static void open_der(struct content *content, const unsigned char *bytes, size_t len)
{
	struct der der = { bytes, bytes + len };
	enum pki_kind kind = content->head.kind;
	enum pki_content is = content_sniff(bytes, len);
	struct der_item outer;

	if (!der_next(&der, &outer) || outer.tag != DER_SEQUENCE ||
	    (kind == PKI_KEY && is == PKI_UNKNOWN)) {
		set(content, PKI_OPAQUE, PKI_REASON_FORMAT, 0);
		return;
	}
	content->head.encoding = PKI_DER;
	content->head.content = is;
	content->der = bytes;
	content->len = len;
	if (is != PKI_UNKNOWN && !fits(is, kind))
		set(content, PKI_WRONG, PKI_REASON_CONTENT, 0);
	else if (outer.missing > 0)
		set(content, PKI_BROKEN, PKI_REASON_TRUNCATED, outer.missing);
	else if (is == PKI_KEY_PKCS8_ENCRYPTED)
		set(content, PKI_ENCRYPTED, PKI_REASON_PASSPHRASE, 0);
	else if (der.p < der.end)
		set(content, PKI_OK, PKI_REASON_EXTRA, (uint64_t)(der.end - der.p));
}

void content_open(struct content *content, enum pki_kind kind, const void *bytes, size_t len)
{
	*content = (struct content){ .head = { .kind = kind } };
	if (len == 0)
		set(content, PKI_BROKEN, PKI_REASON_EMPTY, 0);
	else if (kind == PKI_KEY && len > KEY_MAX_BYTES)
		set(content, PKI_BROKEN, PKI_REASON_TOO_LARGE, KEY_MAX_BYTES);
	else if (!open_pem(content, bytes, len))
		open_der(content, bytes, len);
}

void content_release(struct content *content)
{
	secret_free(content->room, content->room_size);
	*content = (struct content){ .der = NULL };
}
