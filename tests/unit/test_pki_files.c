/* Files that are not what they should be: each is a row with a state and a reason. */
#include "config.h"

#include "pki_corpus.h"

#include "pki/content.h"

#define ANY 999999ul

Test(pki_files, states_and_reasons)
{
	static const struct {
		enum pki_kind kind;
		const char *file;
		enum pki_state state;
		enum pki_reason reason;
		enum pki_content content;
		unsigned long arg; /* ANY where it differs with each new key */
	} cases[] = {
		{ PKI_CERT, "host.pem", PKI_OK, PKI_REASON_NONE, PKI_CERTIFICATE, 0 },
		{ PKI_CERT, "host-x509.pem", PKI_OK, PKI_REASON_NONE, PKI_CERTIFICATE, 0 },
		{ PKI_CERT, "host-trusted.pem", PKI_OK, PKI_REASON_NONE, PKI_CERTIFICATE, 0 },
		{ PKI_CERT, "host-crlf.pem", PKI_OK, PKI_REASON_NONE, PKI_CERTIFICATE, 0 },
		{ PKI_CERT, "two.pem", PKI_OK, PKI_REASON_SEVERAL, PKI_CERTIFICATE, 2 },
		{ PKI_CERT, "text.pem", PKI_OK, PKI_REASON_EXTRA, PKI_CERTIFICATE, 45 },
		{ PKI_CERT, "with-key.pem", PKI_OK, PKI_REASON_PRIVATE_KEY, PKI_CERTIFICATE, 0 },
		{ PKI_CERT, "trailing.der", PKI_OK, PKI_REASON_EXTRA, PKI_CERTIFICATE, 4 },
		{ PKI_CERT, "truncated.der", PKI_BROKEN, PKI_REASON_TRUNCATED, PKI_CERTIFICATE,
		  627 },
		{ PKI_CERT, "truncated.pem", PKI_BROKEN, PKI_REASON_NO_END, PKI_CERTIFICATE, 0 },
		{ PKI_CERT, "base64.pem", PKI_BROKEN, PKI_REASON_BASE64, PKI_CERTIFICATE, 0 },
		{ PKI_CERT, "damaged.der", PKI_BROKEN, PKI_REASON_DAMAGED, PKI_CERTIFICATE, 0 },
		{ PKI_CERT, "empty.bin", PKI_BROKEN, PKI_REASON_EMPTY, PKI_UNKNOWN, 0 },
		{ PKI_CERT, "garbage.bin", PKI_OPAQUE, PKI_REASON_FORMAT, PKI_UNKNOWN, 0 },
		{ PKI_CERT, "garbage-sequence.bin", PKI_BROKEN, PKI_REASON_DAMAGED, PKI_UNKNOWN,
		  0 },
		{ PKI_CERT, "request.pem", PKI_WRONG, PKI_REASON_CONTENT, PKI_REQUEST, 0 },
		{ PKI_CERT, "host-key.pem", PKI_WRONG, PKI_REASON_CONTENT, PKI_KEY_PKCS8, 0 },
		{ PKI_CERT, "host-key.der", PKI_WRONG, PKI_REASON_CONTENT, PKI_KEY_PKCS8, 0 },
		{ PKI_CERT, "host-encrypted.der", PKI_WRONG, PKI_REASON_CONTENT,
		  PKI_KEY_PKCS8_ENCRYPTED, 0 },
		{ PKI_CERT, "three.der", PKI_WRONG, PKI_REASON_CONTENT, PKI_REVOCATION_LIST, 0 },
		{ PKI_CERT, "public.pem", PKI_WRONG, PKI_REASON_CONTENT, PKI_PUBLIC_KEY, 0 },
		{ PKI_KEY, "with-key.pem", PKI_OK, PKI_REASON_SEVERAL, PKI_KEY_PKCS8, 2 },
		{ PKI_KEY, "host-encrypted.pem", PKI_ENCRYPTED, PKI_REASON_PASSPHRASE,
		  PKI_KEY_PKCS8_ENCRYPTED, 0 },
		{ PKI_KEY, "host-encrypted.der", PKI_ENCRYPTED, PKI_REASON_PASSPHRASE,
		  PKI_KEY_PKCS8_ENCRYPTED, 0 },
		{ PKI_KEY, "host-encrypted-old.pem", PKI_ENCRYPTED, PKI_REASON_PASSPHRASE,
		  PKI_KEY_RSA, 0 },
		{ PKI_KEY, "key-truncated.der", PKI_BROKEN, PKI_REASON_TRUNCATED, PKI_KEY_PKCS8,
		  ANY },
		{ PKI_KEY, "garbage.bin", PKI_OPAQUE, PKI_REASON_FORMAT, PKI_UNKNOWN, 0 },
		{ PKI_KEY, "garbage-sequence.bin", PKI_OPAQUE, PKI_REASON_FORMAT, PKI_UNKNOWN, 0 },
		{ PKI_KEY, "empty.bin", PKI_BROKEN, PKI_REASON_EMPTY, PKI_UNKNOWN, 0 },
		{ PKI_KEY, "host.pem", PKI_WRONG, PKI_REASON_CONTENT, PKI_CERTIFICATE, 0 },
		{ PKI_KEY, "host.der", PKI_WRONG, PKI_REASON_CONTENT, PKI_CERTIFICATE, 0 },
		{ PKI_KEY, "v1.der", PKI_WRONG, PKI_REASON_CONTENT, PKI_CERTIFICATE, 0 },
		{ PKI_CRL, "three.der", PKI_OK, PKI_REASON_NONE, PKI_REVOCATION_LIST, 0 },
		{ PKI_CRL, "host.der", PKI_WRONG, PKI_REASON_CONTENT, PKI_CERTIFICATE, 0 },
		{ PKI_CRL, "host-key.pem", PKI_WRONG, PKI_REASON_CONTENT, PKI_KEY_PKCS8, 0 },
		{ PKI_CRL, "garbage.bin", PKI_OPAQUE, PKI_REASON_FORMAT, PKI_UNKNOWN, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *file = cases[i].file;
		struct pki_cert cert = { 0 };
		struct pki_key key = { 0 };
		struct pki_crl crl = { 0 };
		struct strbuf sb = STRBUF_INIT;
		struct pki_head head;

		if (cases[i].kind == PKI_CERT)
			cert = cert_row(file);
		else if (cases[i].kind == PKI_KEY)
			key = key_row(file);
		else
			crl = crl_row(file);
		head = cases[i].kind == PKI_CERT  ? cert.head
		       : cases[i].kind == PKI_KEY ? key.head
						  : crl.head;
		cr_assert_eq(head.kind, cases[i].kind, "%s", file);
		cr_assert_eq(head.state, cases[i].state, "%s: %s", file,
			     pki_state_name(head.state));
		cr_assert_eq(head.reason, cases[i].reason, "%s: reason %d", file, head.reason);
		cr_assert_eq(head.content, cases[i].content, "%s: content %d", file, head.content);
		if (cases[i].arg != ANY)
			cr_assert_eq(head.arg, cases[i].arg, "%s: %lu", file,
				     (unsigned long)head.arg);
		pki_describe(&head, &sb);
		cr_assert_gt(sb.len, 10);
		if (cases[i].kind == PKI_CERT && head.state != PKI_OK) {
			cr_assert_null(cert.subject);
			cr_assert_eq(cert.not_after, PKI_NO_TIME);
		}
		strbuf_release(&sb);
		pki_cert_release(&cert);
		pki_key_release(&key);
		pki_crl_release(&crl);
	}
}

Test(pki_files, sentences)
{
	static const struct {
		struct pki_head head;
		const char *sentence;
	} cases[] = {
		{ { .kind = PKI_CERT, .reason = PKI_REASON_EMPTY }, "the file is empty" },
		{ { .kind = PKI_CERT, .reason = PKI_REASON_TRUNCATED, .arg = 1 },
		  "it is cut off: the last byte is missing" },
		{ { .kind = PKI_CERT, .reason = PKI_REASON_TRUNCATED, .arg = 627 },
		  "it is cut off: the last 627 bytes are missing" },
		{ { .kind = PKI_CERT, .reason = PKI_REASON_CONTENT, .content = PKI_REQUEST },
		  "it holds a certificate request where a certificate belongs" },
		{ { .kind = PKI_KEY, .reason = PKI_REASON_FORMAT },
		  "it is in a format that is not known here: not a private key in DER or PEM" },
		{ { .kind = PKI_CRL, .reason = PKI_REASON_DAMAGED },
		  "it begins as a revocation list does, but is damaged" },
		{ { .kind = PKI_CERT, .reason = PKI_REASON_SEVERAL, .arg = 2 },
		  "it holds 2 PEM blocks; only the first that fits is read" },
		{ { .kind = PKI_CERT, .reason = PKI_REASON_EXTRA, .arg = 4 },
		  "4 bytes stand beside a certificate" },
		{ { .kind = PKI_KEY, .reason = PKI_REASON_TOO_LARGE, .arg = 65536 },
		  "it is larger than 65536 bytes, and so is not a private key" },
		{ { .kind = PKI_KEY, .reason = PKI_REASON_PASSPHRASE },
		  "the private key is protected by a passphrase" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf sb = STRBUF_INIT;

		pki_describe(&cases[i].head, &sb);
		cr_assert_str_eq(sb.buf, cases[i].sentence, "'%s'", sb.buf);
		strbuf_release(&sb);
	}
}

Test(pki_files, every_word_is_there)
{
	int i;

	for (i = 0; i < PKI_STATE_COUNT; i++)
		cr_assert_neq(*pki_state_name((enum pki_state)i), '\0');
	for (i = PKI_RSA; i < PKI_ALGORITHM_COUNT; i++)
		cr_assert_neq(*pki_algorithm_name((enum pki_algorithm)i), '\0');
	for (i = 0; i < PKI_CONTENT_COUNT; i++)
		cr_assert_neq(*pki_content_title((enum pki_content)i), '\0');
	for (i = 0; i < PKI_NAME_TAG_COUNT; i++)
		cr_assert_neq(*pki_name_tag_name((enum pki_name_tag)i), '\0');
	for (i = 0; i < PKI_USAGE_COUNT; i++)
		cr_assert_neq(*pki_usage_name((unsigned)i), '\0');
	for (i = 0; i < 256; i++)
		cr_assert_neq(*pki_revoked_title((unsigned)i), '\0');
	for (i = 0; i < PKI_REASON_COUNT; i++) {
		struct pki_head head = { .reason = (uint8_t)i };
		struct strbuf sb = STRBUF_INIT;

		pki_describe(&head, &sb);
		cr_assert_gt(sb.len, 10, "reason %d", i);
		strbuf_release(&sb);
	}
}

/* Reads BYTES as each kind; a copy of the very size lets a sanitizer see a read beyond its end. */
static void survive(const unsigned char *bytes, size_t len)
{
	unsigned char *copy = xmalloc(len);
	struct pki_cert cert;
	struct pki_key key;
	struct pki_crl crl;

	memcpy(copy, bytes, len);
	table()->cert_read(copy, len, &cert);
	table()->key_read(copy, len, &key);
	table()->crl_read(copy, len, &crl);
	cr_assert(cert.head.state != PKI_OK || key.head.state != PKI_OK);
	pki_cert_release(&cert);
	pki_key_release(&key);
	pki_crl_release(&crl);
	free(copy);
}

Test(pki_files, every_truncation_is_survived, .timeout = 60)
{
	static const char *const files[] = {
		"host.der",   "ec.der",      "three.der",          "host-key.der", "host-pkcs1.der",
		"ec-key.pem", "dsa-key.der", "host-encrypted.der", "three.pem"
	};
	size_t i, len;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		struct sample s = sample_read(files[i]);

		for (len = 0; len < s.len; len++) {
			struct pki_cert cert;

			survive(s.bytes, len);
			table()->cert_read(s.bytes, len, &cert);
			cr_assert_neq(cert.head.state, PKI_OK);
			pki_cert_release(&cert);
		}
		sample_free(s);
	}
}

Test(pki_files, every_changed_byte_is_survived, .timeout = 60)
{
	static const char *const files[] = { "host.der",   "names.der",      "three.der",
					     "ec-key.der", "host-pkcs1.der", "ec-key.pem" };
	static const unsigned char changes[] = { 0x01, 0x80, 0xff };
	size_t i, at, j;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		struct sample s = sample_read(files[i]);

		for (at = 0; at < s.len; at++) {
			for (j = 0; j < ARRAY_SIZE(changes); j++) {
				s.bytes[at] ^= changes[j];
				survive(s.bytes, s.len);
				s.bytes[at] ^= changes[j];
			}
		}
		sample_free(s);
	}
}

Test(pki_files, a_key_beyond_its_limit_is_not_decoded)
{
	unsigned char *bytes = xcalloc(70000, 1);
	struct pki_key key;

	table()->key_read(bytes, 70000, &key);
	cr_assert_eq(key.head.state, PKI_BROKEN);
	cr_assert_eq(key.head.reason, PKI_REASON_TOO_LARGE);
	cr_assert_eq(key.head.arg, 65536);
	pki_key_release(&key);
	free(bytes);
}

Test(pki_files, short_and_odd_beginnings)
{
	static const struct {
		const char *bytes;
		size_t len;
		enum pki_state state;
	} cases[] = {
		{ "0", 1, PKI_OPAQUE },
		{ "\x30\x84\xff\xff\xff\xff", 6, PKI_BROKEN },
		{ "\x30\x89\1\1\1\1\1\1\1\1\1", 11, PKI_OPAQUE },
		{ "\x30\x88\xff\xff\xff\xff\xff\xff\xff\xff", 10, PKI_BROKEN },
		{ "\x30\x80\x00\x00", 4, PKI_BROKEN },
		{ "\x30\x00", 2, PKI_BROKEN },
		{ "-----BEGIN CERTIFICATE-----", 27, PKI_BROKEN },
		{ "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", 53, PKI_BROKEN },
		{ "-----BEGIN CERTIFICATE-----\nMA=\n-----END CERTIFICATE-----\n", 57, PKI_BROKEN },
		{ "-----BEGIN CERTIFICATE-----\nMAAA\n-----END X-----\n", 49, PKI_BROKEN },
		{ "-----BEGIN \033[2J-----\nMAAA\n-----END \033[2J-----\n", 45, PKI_WRONG },
		{ "-----BEGIN -----\n-----END -----\n", 32, PKI_WRONG },
		{ "-----BEGIN CERTIFICATE\n", 23, PKI_OPAQUE },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct pki_cert row;

		table()->cert_read(cases[i].bytes, cases[i].len, &row);
		cr_assert_eq(row.head.state, cases[i].state, "case %zu: %s", i,
			     pki_state_name(row.head.state));
		pki_cert_release(&row);
	}
}
