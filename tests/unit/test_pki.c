/* Certificates and keys of tests/corpus/pki as rows. */
#include "config.h"

#include "pki_corpus.h"

#include "pki/dn.h"

/* What the openssl tool said when the files were made: the line of NAME, cut into words. */
static void fact(const char *name, char words[3][65])
{
	struct sample s = sample_read("facts.txt");
	char *line;

	s.bytes[s.len] = '\0';
	line = strstr((char *)s.bytes, name);
	cr_assert_not_null(line, "no facts of '%s'", name);
	cr_assert_geq(sscanf(line, "%*s %64s %64s %64s", words[0], words[1], words[2]), 1);
	sample_free(s);
}

Test(pki_cert, agrees_with_the_openssl_tool)
{
	static const char *const names[] = {
		"root.der",    "host.der", "self-md5.der", "self-sha1.der", "ec.der",
		"ed25519.der", "dsa.der",  "pss.der",      "expired.der",   "ages.der",
		"names.der",   "bmp.der",  "t61.der",      "hostile.der",   "ec-compressed.der",
	};
	char words[3][65], text[65];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct pki_cert row = cert_row(names[i]);

		cr_assert_eq(row.head.state, PKI_OK, "%s", names[i]);
		cr_assert_eq(row.head.encoding, PKI_DER);
		fact(names[i], words);
		hex(row.sha256, 32, text);
		cr_assert_str_eq(text, words[0]);
		hex(row.sha1, 20, text);
		cr_assert_str_eq(text, words[1]);
		cr_assert_str_eq(row.serial, words[2]);
		pki_cert_release(&row);
	}
}

Test(pki_cert, fields)
{
	static const struct {
		const char *file, *subject, *signature, *key, *curve;
		unsigned bits;
		bool self_issued, self_signed;
		enum pki_ca ca;
	} cases[] = {
		{ "root.der", "C=US, O=Example\\, Inc., CN=Test Root", "rsa-sha256", "rsa", NULL,
		  2048, true, true, PKI_CA_TRUE },
		{ "host.der", "C=US, O=Example\\, Inc., OU=Ops, CN=hosta", "rsa-sha256", "rsa",
		  NULL, 1024, false, false, PKI_CA_FALSE },
		{ "self-md5.der", "CN=MD5 Host, O=Example", "rsa-md5", "rsa", NULL, 1024, true,
		  true, PKI_CA_ABSENT },
		{ "self-sha1.der", "CN=SHA1 Host, O=Example", "rsa-sha1", "rsa", NULL, 1024, true,
		  true, PKI_CA_ABSENT },
		{ "ec.der", "CN=ec host", "ecdsa-sha384", "ec", "prime256v1", 256, true, true,
		  PKI_CA_FALSE },
		{ "ed25519.der", "CN=ed host", "ed25519", "ed25519", NULL, 256, true, true,
		  PKI_CA_FALSE },
		{ "dsa.der", "CN=dsa host", "dsa-sha256", "dsa", NULL, 1024, true, true,
		  PKI_CA_FALSE },
		{ "pss.der", "CN=pss host", "rsa-pss-sha256", "rsa-pss", NULL, 1024, true, true,
		  PKI_CA_FALSE },
		{ "v1.der", "CN=version 1", "rsa-sha256", "rsa", NULL, 1024, false, false,
		  PKI_CA_ABSENT },
		{ "names.der",
		  "DC=org, C=US+ST=North  Carolina, O=A \\\\ B\\, \"C\"; D+E, CN=\\#x, UID=u1, "
		  "emailAddress=ops@example.com",
		  "rsa-sha256", "rsa", NULL, 1024, false, false, PKI_CA_ABSENT },
		{ "umlaut.der", "C=DE, O=Größe GmbH, CN=ÄÖÜ Straße", "rsa-sha256", "rsa", NULL,
		  1024, false, false, PKI_CA_ABSENT },
		{ "bmp.der", "O=Größe GmbH, CN=ÄÖÜ Straße", "rsa-sha256", "rsa", NULL, 1024, false,
		  false, PKI_CA_ABSENT },
		{ "t61.der", "O=Größe GmbH, CN=ÄÖÜ Straße", "rsa-sha256", "rsa", NULL, 1024, false,
		  false, PKI_CA_ABSENT },
		{ "hostile.der", "CN=a^[[2Jb\\xe2\\x80\\xaec", "rsa-sha256", "rsa", NULL, 1024,
		  false, false, PKI_CA_ABSENT },
		{ "unknown.der", "1.3.6.1.4.1.99999.7=Seven, CN=unknown type", "rsa-sha256", "rsa",
		  NULL, 1024, false, false, PKI_CA_ABSENT },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct pki_cert row = cert_row(cases[i].file);
		const char *file = cases[i].file;

		cr_assert_eq(row.head.state, PKI_OK, "%s", file);
		cr_assert_eq(row.head.reason, PKI_REASON_NONE, "%s", file);
		cr_assert_str_eq(row.subject, cases[i].subject, "%s: %s", file, row.subject);
		cr_assert_str_eq(row.signature, cases[i].signature, "%s: %s", file, row.signature);
		cr_assert_str_eq(pki_algorithm_name(row.key.algorithm), cases[i].key, "%s", file);
		cr_assert_eq(row.key.bits, cases[i].bits, "%s: %u", file, row.key.bits);
		cr_assert_eq(row.key.curve != NULL, cases[i].curve != NULL, "%s", file);
		if (row.key.curve != NULL)
			cr_assert_str_eq(row.key.curve, cases[i].curve);
		cr_assert_eq(row.self_issued, cases[i].self_issued, "%s", file);
		cr_assert_eq(row.self_signed, cases[i].self_signed, "%s", file);
		cr_assert_eq(row.ca, cases[i].ca, "%s", file);
		pki_cert_release(&row);
		cr_assert_null(row.subject);
	}
}

Test(pki_cert, extensions)
{
	struct pki_cert root = cert_row("root.der"), host = cert_row("host.der"),
			v1 = cert_row("v1.der");

	cr_assert(root.has_usage);
	cr_assert_eq(root.usage, PKI_USAGE_CERT_SIGN | PKI_USAGE_CRL_SIGN);
	cr_assert_eq(root.path_length, 1);
	cr_assert_eq(host.usage, PKI_USAGE_DIGITAL_SIGNATURE | PKI_USAGE_KEY_ENCIPHERMENT);
	cr_assert_eq(host.path_length, -1);
	cr_assert_eq(host.version, 3);
	cr_assert_not(v1.has_usage);
	cr_assert_eq(v1.path_length, -1);
	cr_assert_eq(v1.version, 1);
	cr_assert_eq(v1.nnames, 0);
	cr_assert_str_eq(v1.serial, "07");
	pki_cert_release(&root);
	pki_cert_release(&host);
	pki_cert_release(&v1);
}

Test(pki_cert, alternative_names)
{
	static const struct {
		const char *tag, *value, *key;
	} expected[] = {
		{ "IP", "192.0.2.10", "192.0.2.10" },
		{ "IP", "2001:db8::10", "2001:db8::10" },
		{ "DNS", "HostA.Example.COM", "hosta.example.com" },
		{ "EMAIL", "Ops@Example.COM", "Ops@example.com" },
		{ "URI", "https://hosta.example.com/ike", "https://hosta.example.com/ike" },
		{ "RID", "1.3.6.1.4.1.99999.1", "1.3.6.1.4.1.99999.1" },
		{ "DN", "C=US, O=Ex\\, Inc., CN=Alias", "C=us,O=ex\\, inc.,CN=alias" },
		{ "OTHER", "1.3.6.1.4.1.99999.2", "1.3.6.1.4.1.99999.2" },
	};
	struct pki_cert row = cert_row("host.der");
	size_t i;

	cr_assert_eq(row.nnames, ARRAY_SIZE(expected));
	for (i = 0; i < row.nnames; i++) {
		cr_assert_str_eq(pki_name_tag_name(row.names[i].tag), expected[i].tag);
		cr_assert_str_eq(row.names[i].value, expected[i].value);
		cr_assert_str_eq(row.names[i].key, expected[i].key);
	}
	pki_cert_release(&row);
}

Test(pki_cert, hostile_names)
{
	static const char *const values[] = { "good^@.evil", "a^[[2J@b.ex", "#c00002" };
	static const char *const keys[] = { "good\\0.evil", "a\033[2J@b.ex", "#c00002" };
	struct pki_cert row = cert_row("hostile.der");
	size_t i;

	cr_assert_eq(row.nnames, 3);
	for (i = 0; i < 3; i++) {
		cr_assert_str_eq(row.names[i].value, values[i]);
		cr_assert_str_eq(row.names[i].key, keys[i]);
	}
	pki_cert_release(&row);
}

Test(pki_cert, a_damaged_extension_is_remarked)
{
	struct pki_cert row = cert_row("badsan.der");

	cr_assert_eq(row.head.state, PKI_OK);
	cr_assert_eq(row.head.reason, PKI_REASON_EXTENSION);
	cr_assert_eq(row.nnames, 0);
	cr_assert_str_eq(row.subject, "CN=bad san");
	pki_cert_release(&row);
}

Test(pki_cert, times)
{
	static const struct {
		const char *file;
		int64_t from, to; /* as date -u +%s has them */
	} cases[] = {
		{ "host.der", 1577836800, 2208988800 },
		{ "expired.der", 1577836800, 1580515200 },
		{ "ages.der", -631152001, 253402300799 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct pki_cert row = cert_row(cases[i].file);

		cr_assert_eq(row.not_before, cases[i].from, "%s", cases[i].file);
		cr_assert_eq(row.not_after, cases[i].to, "%s", cases[i].file);
		pki_cert_release(&row);
	}
}

Test(pki_cert, one_name_in_three_encodings)
{
	struct pki_cert bmp = cert_row("bmp.der"), t61 = cert_row("t61.der");
	const char *text = "O=GRÖSSE GMBH, CN=äöü straße", *same = "O=größe  gmbh , CN=äöü STRAße";
	struct strbuf key = STRBUF_INIT;
	struct dn_problem problem;

	cr_assert_str_eq(bmp.subject_key, t61.subject_key);
	cr_assert(dn_canonical(same, strlen(same), &key, &problem));
	cr_assert_str_eq(bmp.subject_key, key.buf);
	strbuf_clear(&key);
	cr_assert(dn_canonical(text, strlen(text), &key, &problem));
	cr_assert_str_neq(bmp.subject_key, key.buf);
	strbuf_release(&key);
	pki_cert_release(&bmp);
	pki_cert_release(&t61);
}

Test(pki_cert, a_shown_name_is_the_canonical_one_again)
{
	static const char *const files[] = { "root.der", "host.der", "names.der", "umlaut.der",
					     "unknown.der" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		struct pki_cert row = cert_row(files[i]);
		struct strbuf key = STRBUF_INIT;
		struct dn_problem problem;

		cr_assert(dn_canonical(row.subject, strlen(row.subject), &key, &problem));
		cr_assert_str_eq(key.buf, row.subject_key);
		strbuf_release(&key);
		pki_cert_release(&row);
	}
}

Test(pki_key, reads_every_wrapping)
{
	static const struct {
		const char *file, *fact, *algorithm;
		unsigned bits;
		enum pki_encoding encoding;
		enum pki_content content;
	} cases[] = {
		{ "host-key.der", "host.key", "rsa", 1024, PKI_DER, PKI_KEY_PKCS8 },
		{ "host-key.pem", "host.key", "rsa", 1024, PKI_PEM, PKI_KEY_PKCS8 },
		{ "host-pkcs1.der", "host.key", "rsa", 1024, PKI_DER, PKI_KEY_RSA },
		{ "host-pkcs1.pem", "host.key", "rsa", 1024, PKI_PEM, PKI_KEY_RSA },
		{ "ec-key.pem", "ec.key", "ec", 256, PKI_PEM, PKI_KEY_EC },
		{ "ec-key.der", "ec.key", "ec", 256, PKI_DER, PKI_KEY_PKCS8 },
		{ "dsa-key.der", "dsa.key", "dsa", 1024, PKI_DER, PKI_KEY_DSA },
		{ "dsa-key.pem", "dsa.key", "dsa", 1024, PKI_PEM, PKI_KEY_DSA },
		{ "ed25519-key.der", "ed.key", "ed25519", 256, PKI_DER, PKI_KEY_PKCS8 },
	};
	char words[3][65], text[65];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct pki_key row = key_row(cases[i].file);
		const char *file = cases[i].file;

		cr_assert_eq(row.head.state, PKI_OK, "%s: %s", file,
			     pki_state_name(row.head.state));
		cr_assert_eq(row.head.reason, PKI_REASON_NONE, "%s", file);
		cr_assert_eq(row.head.encoding, cases[i].encoding, "%s", file);
		cr_assert_eq(row.head.content, cases[i].content, "%s: %d", file, row.head.content);
		cr_assert_str_eq(pki_algorithm_name(row.key.algorithm), cases[i].algorithm, "%s",
				 file);
		cr_assert_eq(row.key.bits, cases[i].bits, "%s", file);
		fact(cases[i].fact, words);
		hex(row.key.hash, 32, text);
		cr_assert_str_eq(text, words[0], "%s", file);
		cr_assert_eq(pki_key_is_importable(&row),
			     cases[i].encoding == PKI_DER && cases[i].content == PKI_KEY_PKCS8);
		pki_key_release(&row);
	}
}

Test(pki_key, pairs_with_its_certificates)
{
	static const struct {
		const char *cert, *key;
		bool pair;
	} cases[] = {
		{ "host.der", "host-key.der", true },  { "self-md5.der", "host-pkcs1.pem", true },
		{ "ec.der", "ec-key.pem", true },      { "ec-compressed.der", "ec-key.der", true },
		{ "dsa.der", "dsa-key.der", true },    { "ed25519.der", "ed25519-key.der", true },
		{ "root.der", "host-key.der", false }, { "pss.der", "host-key.der", false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct pki_cert cert = cert_row(cases[i].cert);
		struct pki_key key = key_row(cases[i].key);

		cr_assert_eq(memcmp(cert.key.hash, key.key.hash, 32) == 0, cases[i].pair, "%s",
			     cases[i].cert);
		pki_cert_release(&cert);
		pki_key_release(&key);
	}
}

static bool signed_by(const char *cert, const char *issuer)
{
	struct sample a = sample_read(cert), b = sample_read(issuer);
	bool ok = table()->cert_signed_by(a.bytes, a.len, b.bytes, b.len);

	sample_free(a);
	sample_free(b);
	return ok;
}

Test(pki_cert, who_signed_it)
{
	cr_assert(signed_by("host.der", "root.der"));
	cr_assert(signed_by("host-x509.pem", "root.der"));
	cr_assert(signed_by("v1.der", "root.der"));
	cr_assert(signed_by("root.der", "root.der"));
	cr_assert(signed_by("self-md5.der", "self-md5.der"));
	cr_assert_not(signed_by("host.der", "host.der"));
	cr_assert_not(signed_by("root.der", "host.der"));
	cr_assert_not(signed_by("host.der", "ec.der"));
	cr_assert_not(signed_by("host.der", "empty.bin"));
	cr_assert_not(signed_by("garbage.bin", "root.der"));
	cr_assert_not(signed_by("host.der", "host-key.der"));
}

Test(pki, random_bytes_differ)
{
	unsigned char a[32] = { 0 }, b[32] = { 0 };
	struct error err = ERROR_INIT;

	cr_assert(table()->random(a, sizeof a, &err));
	cr_assert(table()->random(b, sizeof b, &err));
	cr_assert_neq(memcmp(a, b, sizeof a), 0);
	cr_assert(table()->random(NULL, 0, &err));
}

Test(pki, hashes)
{
	unsigned char hash[32];
	char text[65];

	table()->sha256("abc", 3, hash); /* FIPS 180-2, appendix B.1 */
	hex(hash, sizeof hash, text);
	cr_assert_str_eq(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	table()->sha256("", 0, hash);
	hex(hash, sizeof hash, text);
	cr_assert_str_eq(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	/* RFC 4231, test case 2 */
	table()->fingerprint("what do ya want for nothing?", 28, "Jefe", 4, text);
	cr_assert_str_eq(text, "5bdcc146");
	table()->fingerprint("", 0, "", 0, text);
	cr_assert_str_eq(text, "b613679a");
}

Test(pki, the_table_can_be_opened_again)
{
	struct error err = ERROR_INIT;
	const struct pki *pki = pki_open(&err);

	cr_assert_not_null(pki);
	cr_assert_eq(pki_open(&err), pki);
	cr_assert_eq(pki->size, sizeof *pki);
	cr_assert_str_eq(pki->version, PACKAGE_VERSION);
}
