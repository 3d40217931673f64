/* What MDM and SSM agreed on: each rule broken once in a tree that is clean otherwise. */
#include "config.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

#define CONFIG      "/etc/inet/ike/config"
#define PUBLICKEYS  "/etc/inet/ike/publickeys"
#define CRLS        "/etc/inet/ike/crls"
#define SECRET      "/etc/inet/secret"
#define PRESHARED   "/etc/inet/secret/ike.preshared"
#define PRIVATEKEYS "/etc/inet/secret/ike.privatekeys"

#define TAIL          ", ST=North Carolina, C=US, L=Research Triangle Park, O=Security, OU=3X20\""
#define ROOT          "\"CN=PKBRoot01" TAIL
#define HOST          "\"CN=SSM0 47.154.135.86" TAIL
#define PEER          "\"CN=MSS1 47.154.136.69" TAIL
#define GONE          "\"CN=SSM9 47.154.135.86" TAIL
#define PARTS(method) "auth_method " method " oakley_group 2 auth_alg sha1 encr_alg 3des"

/* Scenario 6 of the agreement: a rule of each kind. */
static const char *const clean[] = {
	/* 1 */ "p1_nonce_len 20",
	/* 2 */ "## Global parameters",
	/* 3 */ "cert_root " ROOT,
	/* 4 */ "cert_trust " ROOT,
	/* 5 */ "ignore_crls",
	/* 6 */ "p1_lifetime_secs 28800",
	/* 7 */ "p1_xform",
	/* 8 */ "{ auth_method preshared oakley_group 1 auth_alg sha encr_alg 3des }",
	/* 9 */ "p2_pfs 0",
	/* 10 */ "{",
	/* 11 */ "label INDEXID_1",
	/* 12 */ "local_id_type ip",
	/* 13 */ "local_addr 192.0.2.86",
	/* 14 */ "remote_addr 192.0.2.81",
	/* 15 */ "p2_pfs 2 p2_lifetime_secs 28800",
	/* 16 */ "p1_xform { p1_lifetime_secs 86400 " PARTS("preshared") "}",
	/* 17 */ "} {",
	/* 18 */ "label INDEXID_2",
	/* 19 */ "local_id_type dn",
	/* 20 */ "local_addr 192.0.2.86",
	/* 21 */ "local_id " HOST,
	/* 22 */ "remote_addr 192.0.2.69",
	/* 23 */ "remote_id \"\"",
	/* 24 */ "p2_pfs 1",
	/* 25 */ "p1_xform { p1_lifetime_secs 86400 " PARTS("rsa_sig") "}",
	/* 26 */ "}",
};

#define ENTRY(remote)                                                                              \
	"{\nlocalidtype IP\nlocalid 192.0.2.86\nremoteidtype IP\nremoteid " remote                 \
	"\nkey 00112233445566778899aabbccddeeff\n}\n"

static void copy_sample(const char *root, const char *name, const char *as, mode_t mode)
{
	struct file_info info;
	struct blob blob;
	char *path = tree_path(root, as);
	FILE *file;

	file_read(DATA "/sample-host", name, false, &blob, &info);
	cr_assert_eq(info.state, FILE_READ, "%s", name);
	tree_file(root, as, "", mode);
	file = fopen(path, "wb");
	cr_assert_not_null(file);
	cr_assert_eq(fwrite(blob.data, 1, blob.len, file), blob.len);
	cr_assert_eq(fclose(file), 0);
	blob_release(&blob);
	free(path);
}

/* Writes the file with LINE replaced by TEXT; NULL: left out. */
static void write_config(const char *root, unsigned line, const char *text, mode_t mode)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(clean); i++) {
		if (i + 1 == line && text == NULL)
			continue;
		strbuf_addf(&sb, "%s\n", i + 1 == line ? text : clean[i]);
	}
	tree_file(root, CONFIG, sb.buf, mode);
	strbuf_release(&sb);
}

static char *make_tree(unsigned line, const char *text, mode_t mode)
{
	char *root = tree_new();

	tree_folder(root, SECRET, 0700);
	tree_folder(root, PRIVATEKEYS, 0700);
	tree_folder(root, PUBLICKEYS, 0755);
	tree_folder(root, CRLS, 0755);
	copy_sample(root, PUBLICKEYS "/0", PUBLICKEYS "/0", 0644);
	copy_sample(root, PUBLICKEYS "/1", PUBLICKEYS "/1", 0644);
	copy_sample(root, PRIVATEKEYS "/1", PRIVATEKEYS "/1", 0600);
	copy_sample(root, CRLS "/0", CRLS "/0", 0644);
	tree_file(root, PRESHARED, ENTRY("192.0.2.81"), 0600);
	write_config(root, line, text, mode);
	return root;
}

static void take(const char *root, const char *name)
{
	char *path = tree_path(root, name);

	cr_assert_eq(remove(path), 0, "%s", path);
	free(path);
}

static void set_mode(const char *root, const char *name, mode_t mode)
{
	char *path = tree_path(root, name);

	cr_assert_eq(chmod(path, mode), 0, "%s", path);
	free(path);
}

/* Makes another line of the file TEXT, once the fault's own is in it. */
static void replace_line(const char *root, unsigned line, const char *text)
{
	char *old = tree_text(root, CONFIG), *start = old, *end;
	struct strbuf sb = STRBUF_INIT;

	while (--line > 0)
		start = strchr(start, '\n') + 1;
	end = strchr(start, '\n');
	strbuf_add(&sb, old, (size_t)(start - old));
	strbuf_addstr(&sb, text);
	strbuf_addstr(&sb, end);
	tree_file(root, CONFIG, sb.buf, 0644);
	strbuf_release(&sb);
	free(old);
}

static void lifetime_of_the_file(const char *root)
{
	replace_line(root, 6, "p1_lifetime_secs 86400");
}

static void no_lifetime_of_the_file(const char *root)
{
	replace_line(root, 6, "");
}

static void lifetime_of_the_default(const char *root)
{
	replace_line(root, 8, "{ p1_lifetime_secs 28800 " PARTS("preshared") " }");
}

/* What is left when the certificates of MDM and its rules that used them are gone. */
static void trust_left_over(const char *root)
{
	struct strbuf sb = STRBUF_INIT;
	char *key = tree_path(root, PRIVATEKEYS "/1"), *cert = tree_path(root, PUBLICKEYS "/1");
	size_t i;

	for (i = 0; i < 16; i++)
		strbuf_addf(&sb, "%s\n", clean[i]);
	strbuf_addstr(&sb, "}\n");
	tree_file(root, CONFIG, sb.buf, 0644);
	strbuf_release(&sb);
	cr_assert_eq(remove(key) + remove(cert), 0);
	free(key);
	free(cert);
}

static void inherits_twice(const char *root)
{
	struct strbuf sb = STRBUF_INIT;
	char *old;

	replace_line(root, 16, "");
	old = tree_text(root, CONFIG);
	strbuf_add(&sb, old, (size_t)(strstr(old, "label INDEXID_2") - old));
	strbuf_addstr(&sb,
		      "label INDEXID_3 local_addr 192.0.2.86 remote_addr 192.0.2.82 p2_pfs 2 }\n");
	tree_file(root, CONFIG, sb.buf, 0644);
	tree_file(root, PRESHARED, ENTRY("192.0.2.81") ENTRY("192.0.2.82"), 0600);
	strbuf_release(&sb);
	free(old);
}

static void type_of_the_file(const char *root)
{
	replace_line(root, 2, "local_id_type dns");
}

static void trust_gone(const char *root)
{
	replace_line(root, 4, "#");
}

static void no_crl(const char *root)
{
	take(root, CRLS "/0");
}

static void no_root(const char *root)
{
	take(root, PUBLICKEYS "/0");
}

static void no_private_key(const char *root)
{
	take(root, PRIVATEKEYS "/1");
}

static void no_certificate(const char *root)
{
	take(root, PRIVATEKEYS "/1");
	take(root, PUBLICKEYS "/1");
}

static void no_publickeys(const char *root)
{
	take(root, PUBLICKEYS "/0");
	take(root, PUBLICKEYS "/1");
	take(root, PUBLICKEYS);
}

static void no_public_half(const char *root)
{
	copy_sample(root, PRIVATEKEYS "/10", PRIVATEKEYS "/10", 0600);
}

/* A second certificate of the host's own, whose private key is not here. */
static void peer_without_key(const char *root)
{
	copy_sample(root, PUBLICKEYS "/2", PUBLICKEYS "/2", 0644);
}

static void no_key(const char *root)
{
	tree_file(root, PRESHARED, "# none\n", 0600);
}

static void another_key(const char *root)
{
	tree_file(root, PRESHARED, ENTRY("192.0.2.99"), 0600);
}

static void no_keys(const char *root)
{
	take(root, PRESHARED);
}

static void key_too_many(const char *root)
{
	tree_file(root, PRESHARED, ENTRY("192.0.2.81") ENTRY("192.0.2.99"), 0600);
}

static void no_config(const char *root)
{
	take(root, CONFIG);
	tree_file(root, PRESHARED, "# none\n", 0600);
}

static void empty_config(const char *root)
{
	tree_file(root, CONFIG, "", 0644);
	tree_file(root, PRESHARED, "# none\n", 0600);
}

static void folder_for_config(const char *root)
{
	take(root, CONFIG);
	tree_folder(root, CONFIG, 0755);
	tree_file(root, PRESHARED, "# none\n", 0600);
}

static void config_0666(const char *root)
{
	set_mode(root, CONFIG, 0666);
}

static void config_0755(const char *root)
{
	set_mode(root, CONFIG, 0755);
}

static void config_0600(const char *root)
{
	set_mode(root, CONFIG, 0600);
}

static void ike_0775(const char *root)
{
	set_mode(root, "/etc/inet/ike", 0775);
}

static void publickeys_0777(const char *root)
{
	set_mode(root, PUBLICKEYS, 0777);
}

static void publickey_0666(const char *root)
{
	set_mode(root, PUBLICKEYS "/1", 0666);
}

static void crls_0775(const char *root)
{
	set_mode(root, CRLS, 0775);
}

static void crl_0664(const char *root)
{
	set_mode(root, CRLS "/0", 0664);
}

static void secret_0755(const char *root)
{
	set_mode(root, SECRET, 0755);
}

static void ipseckeys_0644(const char *root)
{
	tree_file(root, SECRET "/ipseckeys", "", 0644);
}

/* The keys get another name; ike.preshared itself becomes a link to it, or stays a name of it. */
static void move_keys(const char *root, int (*link_to)(const char *target, const char *path))
{
	char *path = tree_path(root, PRESHARED), *other = tree_path(root, SECRET "/keys");

	cr_assert_eq(rename(path, other), 0);
	cr_assert_eq(link_to(link_to == symlink ? "keys" : other, path), 0);
	free(path);
	free(other);
}

static void preshared_symlink(const char *root)
{
	move_keys(root, symlink);
}

static void preshared_hard_link(const char *root)
{
	move_keys(root, link);
}

static void ipseckeys_0600(const char *root)
{
	tree_file(root, SECRET "/ipseckeys", "", 0600);
}

static void privatekeys_0750(const char *root)
{
	set_mode(root, PRIVATEKEYS, 0750);
}

static void privatekey_0644(const char *root)
{
	set_mode(root, PRIVATEKEYS "/1", 0644);
}

static void broken_slot(const char *root)
{
	tree_file(root, PUBLICKEYS "/7", "not a certificate", 0644);
}

/* A file of the corpus of certificates. */
static void copy_corpus_as(const char *root, const char *name, const char *as, mode_t mode)
{
	struct file_info info;
	struct blob blob;

	file_read(SOURCE "/tests/corpus/pki", name, false, &blob, &info);
	cr_assert_eq(info.state, FILE_READ, "%s", name);
	tree_bytes(root, as, blob.data, blob.len, mode);
	blob_release(&blob);
}

static void copy_corpus(const char *root, const char *name, const char *as)
{
	copy_corpus_as(root, name, as, 0644);
}

static void key_in_pem(const char *root)
{
	copy_corpus(root, "/host.der", PUBLICKEYS "/9");
	copy_corpus_as(root, "/host-key.pem", PRIVATEKEYS "/9", 0600);
}

static void key_behind_passphrase(const char *root)
{
	copy_corpus(root, "/host.der", PUBLICKEYS "/9");
	copy_corpus_as(root, "/host-encrypted.der", PRIVATEKEYS "/9", 0600);
}

static void key_as_it_should_be(const char *root)
{
	copy_corpus(root, "/host.der", PUBLICKEYS "/9");
	copy_corpus_as(root, "/host-key.der", PRIVATEKEYS "/9", 0600);
}

static void key_of_ikecert(const char *root)
{
	copy_corpus(root, "/host.der", PUBLICKEYS "/9");
	copy_corpus_as(root, "/garbage.bin", PRIVATEKEYS "/9", 0600);
}

static void key_of_another(const char *root)
{
	copy_corpus(root, "/host.der", PUBLICKEYS "/9");
	copy_corpus_as(root, "/ed25519-key.der", PRIVATEKEYS "/9", 0600);
}

static void key_under_another_name(const char *root)
{
	copy_corpus(root, "/host.der", PUBLICKEYS "/9");
	copy_corpus_as(root, "/host-key.der", PRIVATEKEYS "/8", 0600);
}

static void elliptic_peer(const char *root)
{
	copy_corpus(root, "/ec.der", PUBLICKEYS "/9");
}

static void another_root(const char *root)
{
	copy_corpus(root, "/root.der", PUBLICKEYS "/9");
}

static void list_of_another(const char *root)
{
	take(root, CRLS "/0");
	copy_corpus(root, "/none.pem", CRLS "/1");
}

static void copy_of_the_keys(const char *root)
{
	tree_file(root, SECRET "/ike.preshared.old", ENTRY("192.0.2.81"), 0644);
	tree_file(root, SECRET "/notes", "none\n", 0640);
	tree_file(root, SECRET "/mine", "none\n", 0600);
}

static void self_signed_peer(const char *root)
{
	copy_corpus(root, "/self-sha1.der", PUBLICKEYS "/8");
}

static void renewed(const char *root)
{
	copy_sample(root, PUBLICKEYS "/2", PUBLICKEYS "/2", 0644);
	copy_sample(root, PUBLICKEYS "/2", PUBLICKEYS "/3", 0644);
}

struct fault {
	const char *name;
	unsigned line; /* of the configuration: what is there instead; 0: nothing is */
	const char *text;
	void (*prepare)(const char *root);
	const char *coexistence; /* what is found in profile mdm-ssm */
	const char *alone;       /* in profile solaris; any identity is said of each but where */
};

#define ANY "W CONF-V12 config:23"

/* One fault a line. */
/* clang-format off */
static const struct fault faults[] = {
	{ "clean", 0, NULL, NULL, "", ANY },
	{ "G1 40 with an rsasig rule of MDM", 1, "p1_nonce_len 40", NULL, "E COEX-G1 config:1", ANY },
	{ "G1 40 with a foreign rsasig rule", 18, "label peer", NULL, "N COEX-R1 config:17; " ANY, ANY },
	{ "G1 missing", 1, "", NULL, "W COEX-G1 config:0", ANY },
	{ "G1 twice", 2, "p1_nonce_len 20", NULL, "E COEX-G1 config:2", "W CONF-O4 config:2; " ANY },
	{ "G2 one alone", 3, "", NULL, "W COEX-G2 config:4", ANY },
	{ "G2 the other alone", 4, "", NULL, "W COEX-G2 config:3", ANY },
	{ "G2 not in the store", 4, "cert_trust " GONE, NULL, "E COEX-G2 config:4", "E D01 config:4; " ANY },
	{ "G2 neither is in the store", 0, NULL, no_root, "E COEX-G2 config:3", "E D01 config:3; " ANY },
	{ "G2 neither", 3, "#", trust_gone, "E COEX-G2 config:0", "W CONF-V13 config:18; " ANY },
	{ "G2 left over", 0, NULL, trust_left_over, "N COEX-G2 config:3", "" },
	{ "G3 nothing tells what is revoked", 5, "", no_crl, "W COEX-G3 config:3", "E D06 config:3; " ANY },
	{ "G3 a list is enough", 5, "", NULL, "", ANY },
	{ "G3 ignore_crls is enough", 0, NULL, no_crl, "", ANY },
	{ "G4 missing", 6, "", NULL, "N COEX-G4 config:0", ANY },
	{ "G4 too short", 6, "p1_lifetime_secs 1799", NULL, "E COEX-G4 config:6", ANY },
	{ "G4 the least", 6, "p1_lifetime_secs 1800", NULL, "", ANY },
	{ "G4 the most", 6, "p1_lifetime_secs 172800", NULL, "", ANY },
	{ "G4 too long", 6, "p1_lifetime_secs 172801", NULL, "E COEX-G4 config:6", ANY },
	{ "G5 other transform", 8, "{ auth_method preshared oakley_group 2 auth_alg sha encr_alg 3des }", NULL, "N COEX-G5 config:7", ANY },
	{ "G5 other PFS", 9, "p2_pfs 1", NULL, "N COEX-G5 config:9", ANY },
	{ "G5 synonyms are no change", 8, "{ encr_alg 3des-cbc auth_alg sha1 oakley_group 0x1 auth_method preshared }", NULL, "", ANY },
	{ "R1 twice", 18, "label INDEXID_1", NULL, "E COEX-R1 config:18", "E A05 config:18; " ANY },
	{ "R1 foreign", 11, "label lab", NULL, "N COEX-R1 config:10", ANY },
	{ "R1 no number MDM would write", 11, "label INDEXID_01", NULL, "N COEX-R1 config:10", ANY },
	{ "R2 dn with a key", 12, "local_id_type dn", NULL, "E COEX-R2 config:12", "W A27 config:12; " ANY },
	{ "R2 ipv4 with a key", 12, "local_id_type ipv4", NULL, "E COEX-R2 config:12", ANY },
	{ "R2 ip with a certificate", 19, "local_id_type ip", NULL, "E COEX-R2 config:19", ANY },
	{ "R2 from the file", 2, "local_id_type fqdn", NULL, "", ANY },
	{ "R3 no local_addr", 13, "", NULL, "E COEX-R3 config:11", "E A08 config:11; " ANY },
	{ "R3 no remote_addr", 14, "", NULL, "E COEX-R3 config:11", "E A08 config:11; " ANY },
	{ "R3 one pair", 24, "p2_pfs 1 p1_xform { p1_lifetime_secs 86400 " PARTS("rsa_sig") "} } { label INDEXID_3 local_id_type dn local_addr 192.0.2.86 local_id " HOST " remote_id \"\"\nremote_addr 192.0.2.69", NULL,
	  "E COEX-R3 config:25", ANY "; " "W CONF-V12 config:24; W CONF-O3 config:25" },
	{ "R3 one peer both ways", 22, "remote_addr 192.0.2.81", NULL, "E COEX-R3 config:22", "W CONF-O3 config:22; " ANY },
	{ "R3 one peer both ways from two addresses", 24, "p2_pfs 1 p1_xform { p1_lifetime_secs 86400 " PARTS("rsa_sig") "} } { label INDEXID_3 local_id_type dn local_addr 192.0.2.87 local_id " HOST " remote_id \"\"\nremote_addr 192.0.2.81", NULL,
	  "E COEX-R3 config:25", ANY "; W CONF-V12 config:24" },
	{ "R4 missing", 21, "", NULL, "E COEX-R4 config:18", "E A28 config:18; " ANY },
	{ "R4 of nobody", 21, "local_id " GONE, NULL, "E COEX-R4 config:21", "E B06 config:21; " ANY },
	{ "R4 without its private key", 21, "local_id " PEER, peer_without_key, "E COEX-R4 config:21", "E D02 config:21; " ANY },
	{ "R5 missing", 23, "", NULL, "E COEX-R5 config:18", "E A28 config:18" },
	{ "R6 14", 15, "p2_pfs 14", NULL, "E COEX-R6 config:15", ANY },
	{ "R6 5", 24, "p2_pfs 5", NULL, "E COEX-R6 config:24", ANY },
	{ "R6 0", 24, "p2_pfs 0", NULL, "", ANY },
	{ "R7 too short", 15, "p2_pfs 2\np2_lifetime_secs 600", NULL, "E COEX-R7 config:16", "W CONF-V12 config:24" },
	{ "R7 too long", 15, "p2_lifetime_secs 172801", NULL, "E COEX-R7 config:15", "W A22 config:15; " ANY },
	{ "R7 the limits", 15, "p2_lifetime_secs 1800", NULL, "", ANY },
	{ "R8 other lifetime", 16, "p1_xform { p1_lifetime_secs 28800 " PARTS("preshared") " }", NULL, "E COEX-R8 config:16", ANY },
	{ "R8 inherits another one", 16, "p1_xform { " PARTS("preshared") " }", NULL, "E COEX-R8 config:11", ANY },
	{ "R8 inherits the right one", 16, "p1_xform { " PARTS("preshared") " }", lifetime_of_the_file, "N COEX-R8 config:11", ANY },
	{ "R8 inherits nothing", 16, "p1_xform { " PARTS("preshared") " }", no_lifetime_of_the_file, "N COEX-G4 config:0; E COEX-R8 config:11", ANY },
	{ "R8 has the file's transform with a lifetime", 16, "", lifetime_of_the_default, "N COEX-G5 config:7; E COEX-R8 config:11", ANY },
	{ "R8 has the file's transform", 16, "", NULL, "E COEX-R8 config:11", ANY },
	{ "MSS-1", 16, "p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 14 auth_alg sha1 encr_alg 3des }", NULL, "W MSS-1 config:16", ANY },
	{ "MSS-3 aes", 16, "p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 2 auth_alg sha1 encr_alg aes }", NULL, "W MSS-3 config:16", ANY },
	{ "MSS-3 sha256", 16, "p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 2 auth_alg sha256 encr_alg 3des }", NULL, "W CONF-S31 config:16; W MSS-3 config:16", ANY },
	{ "MSS-1 of the file, once", 8, "{ auth_method preshared oakley_group 14 auth_alg sha encr_alg aes }", inherits_twice, "N COEX-G5 config:7; W MSS-1 config:8; W MSS-3 config:8; E COEX-R8 config:11; E COEX-R8 config:18", NULL },
	{ "MSS-1 of a default that no rule has", 8, "{ auth_method preshared oakley_group 14 auth_alg sha encr_alg aes }", NULL, "N COEX-G5 config:7", NULL },
	{ "R11 no key", 0, NULL, no_key, "E COEX-R11 ike.preshared:0", ANY "; E C01 ike.preshared:0" },
	{ "R11 another key", 0, NULL, another_key, "E COEX-R11 config:11; N COEX-R11 ike.preshared:1", "E C01 config:11; " ANY "; N C02 ike.preshared:1" },
	{ "R11 no keys", 0, NULL, no_keys, "E COEX-R11 ike.preshared:0", ANY "; E C01 ike.preshared:0" },
	{ "R11 no rule", 0, NULL, key_too_many, "N COEX-R11 ike.preshared:8", ANY "; N C02 ike.preshared:8" },
	{ "R12 no private key", 0, NULL, no_private_key, "E COEX-R12 publickeys:0", ANY "; W CONF-V22 publickeys:0" },
	{ "R12 no certificate", 0, NULL, no_certificate, "E COEX-R12 publickeys:0", ANY "; W CONF-V22 publickeys:0" },
	{ "FILE-1 no file", 0, NULL, no_config, "E A01 config:0", "E A01 config:0" },
	{ "FILE-1 empty", 0, NULL, empty_config, "E A01 config:0", "E A01 config:0" },
	{ "FILE-1 a folder", 0, NULL, folder_for_config, "E FILE-0 config:0", "E FILE-0 config:0" },
	{ "FILE-1 others write", 0, NULL, config_0666, "E FILE-1 config:0", "E FILE-1 config:0; " ANY },
	{ "FILE-1 as MDM makes it", 0, NULL, config_0755, "", "W FILE-1 config:0; " ANY },
	{ "FILE-1 narrower", 0, NULL, config_0600, "", ANY },
	{ "FILE-1 folder", 0, NULL, ike_0775, "E FILE-1 ike:0", ANY "; E FILE-1 ike:0" },
	{ "FILE-2 folder", 0, NULL, publickeys_0777, "W FILE-2 publickeys:0", ANY "; W FILE-2 publickeys:0" },
	{ "FILE-2 file", 0, NULL, publickey_0666, "W FILE-2 1:0", ANY "; W FILE-2 1:0" },
	{ "FILE-2 no folder", 0, NULL, no_publickeys, "E FILE-2 publickeys:0", ANY "; E FILE-2 publickeys:0" },
	{ "FILE-2 no certificate", 0, NULL, broken_slot, "W D10 7:0", ANY "; W D10 7:0" },
	{ "FILE-3 folder", 0, NULL, secret_0755, "E FILE-3 secret:0", ANY "; E FILE-3 secret:0" },
	{ "FILE-3 manual keys", 0, NULL, ipseckeys_0644, "E FILE-3 ipseckeys:0", ANY "; E FILE-3 ipseckeys:0" },
	{ "FILE-3 manual keys as they should be", 0, NULL, ipseckeys_0600, "", ANY },
	{ "FILE-3 symbolic link", 0, NULL, preshared_symlink, "W FILE-3 ike.preshared:0", ANY "; W FILE-3 ike.preshared:0" },
	{ "FILE-3 hard link", 0, NULL, preshared_hard_link, "W FILE-3 ike.preshared:0", ANY "; W FILE-3 ike.preshared:0" },
	{ "FILE-4 folder", 0, NULL, privatekeys_0750, "E FILE-4 ike.privatekeys:0", ANY "; E FILE-4 ike.privatekeys:0" },
	{ "FILE-4 file", 0, NULL, privatekey_0644, "E FILE-4 1:0", ANY "; E FILE-4 1:0" },
	{ "FILE-4 no certificate to it", 0, NULL, no_public_half, "W FILE-4 10:0", ANY "; W FILE-4 10:0" },
	{ "FILE-3 a copy of the keys", 0, NULL, copy_of_the_keys, "W FILE-3 secret:0", ANY "; W FILE-3 secret:0" },
	{ "FILE-4 as it should be", 0, NULL, key_as_it_should_be, "W MSS-7 9:0", ANY },
	{ "FILE-4 in Solaris' own format", 0, NULL, key_of_ikecert, "W MSS-7 9:0", ANY },
	{ "FILE-4 another key", 0, NULL, key_of_another, "W MSS-7 9:0; E FILE-4 9:0", ANY "; E FILE-4 9:0" },
	{ "FILE-4 another name", 0, NULL, key_under_another_name, "W MSS-7 9:0; W FILE-4 8:0", ANY "; W FILE-4 8:0" },
	{ "D12 PEM", 0, NULL, key_in_pem, "W MSS-7 9:0; E D12 9:0", ANY "; E D12 9:0" },
	{ "D12 a passphrase", 0, NULL, key_behind_passphrase, "W MSS-7 9:0; E D12 9:0", ANY "; E D12 9:0" },
	{ "MSS-7 elliptic", 0, NULL, elliptic_peer, "W MSS-7 9:0; W MSS-7 9:0; E D14 9:0", ANY "; E D14 9:0" },
	{ "MSS-7 an authority's", 0, NULL, another_root, "", ANY },
	{ "V13 rsa_sig", 23, "remote_id " PEER, NULL, "", "" },
	{ "D06 not the root's own", 5, "", list_of_another, "W COEX-G3 config:3", "E D06 config:3; " ANY },
	{ "D08 the file's type", 19, "", type_of_the_file, "E COEX-R2 config:18", "E D08 config:18; " ANY },
	{ "V13 rsa_encrypt", 25, "p1_xform { p1_lifetime_secs 86400 " PARTS("rsa_encrypt") "} remote_id " PEER, NULL, "W CONF-V12 config:23; W CONF-V13 config:25", "W CONF-V12 config:23; W CONF-V13 config:25" },
	{ "D08 no such name", 19, "local_id_type dns", NULL, "E COEX-R2 config:19", "E D08 config:19; " ANY },
	{ "D08 the subject is there", 18, "label peer", NULL, "N COEX-R1 config:17; " ANY, ANY },
	{ "D14 trusted by nothing", 0, NULL, self_signed_peer, "E D14 8:0", ANY "; E D14 8:0" },
	{ "D14 trusted", 4, "cert_trust " ROOT "\ncert_trust \"CN=SHA1 Host, O=Example\"", self_signed_peer, "", "W CONF-V12 config:24" },
	{ "D15 a renewal", 0, NULL, renewed, "W D15 3:0", ANY "; W D15 3:0" },
	{ "FILE-5 folder", 0, NULL, crls_0775, "W FILE-5 crls:0", ANY "; W FILE-5 crls:0" },
	{ "FILE-5 file", 0, NULL, crl_0664, "W FILE-5 0:0", ANY "; W FILE-5 0:0" },
};
/* clang-format on */

static void check_fault(const struct fault *fault, const char *profile, mode_t mode,
			const char *findings)
{
	char *root = make_tree(fault->line, fault->text, mode);
	struct strbuf sb = STRBUF_INIT;
	struct checked c;

	if (fault->prepare != NULL)
		fault->prepare(root);
	checked_tree(&c, root, profile);
	checked_print(&c, &sb);
	cr_expect_str_eq(sb.buf, findings, "%s (%s): found '%s', not '%s'", fault->name, profile,
			 sb.buf, findings);
	strbuf_release(&sb);
	checked_release(&c);
	tree_free(root);
}

Test(lint_coexist, each_fault_in_a_clean_tree)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		if (faults[i].coexistence != NULL)
			check_fault(&faults[i], "mdm-ssm", 0755, faults[i].coexistence);
		if (faults[i].alone != NULL)
			check_fault(&faults[i], "solaris", 0644, faults[i].alone);
	}
}

/* Whether the checks of the tree at that time find the row with this id and title. */
static bool finds(const char *root, const char *profile_name, int64_t now, const char *id,
		  const char *title)
{
	struct profile *profile = checked_profile(profile_name);
	struct host *host = host_open(root, profile->dialect);
	struct lint *lint = lint_new(host, profile, ROLE_ADMIN, now);
	const struct findings *findings = lint_findings(lint);
	bool found = false;
	size_t i;

	while (lint_step(lint, SIZE_MAX))
		;
	for (i = 0; i < findings->count; i++)
		found |= strcmp(checks[findings->items[i].check].id, id) == 0 &&
			 strcmp(checks[findings->items[i].check].title, title) == 0;
	lint_free(lint);
	host_free(host);
	profile_free(profile);
	return found;
}

Test(lint_coexist, what_certificates_are)
{
	static const char late[] = "revocation list is out of date",
			  key[] = "weak key in a certificate",
			  signature[] = "weakly signed certificate";
	const int64_t in_2060 = INT64_C(2840140800);
	char *root = make_tree(0, NULL, 0644), *trusting = make_tree(5, "", 0644);

	cr_expect(finds(trusting, "solaris", in_2060, "D07", late));
	cr_expect_not(finds(trusting, "solaris", CHECKED_NOW, "D07", late));
	cr_expect_not(finds(root, "solaris", in_2060, "D07", late), "ignore_crls is set");
	/* What MDM's rules allow is weak elsewhere. */
	cr_expect(finds(root, "solaris", CHECKED_NOW, "D09", signature));
	cr_expect_not(finds(root, "mdm-ssm", CHECKED_NOW, "D09", signature));
	cr_expect_not(finds(root, "solaris", CHECKED_NOW, "D09", key));
	copy_corpus(root, "/host.der", PUBLICKEYS "/9");
	cr_expect(finds(root, "solaris", CHECKED_NOW, "D09", key));
	cr_expect(finds(root, "mdm-ssm", CHECKED_NOW, "D09", key));
	tree_free(root);
	tree_free(trusting);
}

/* Times of the certificate in slot 1, and what is said of it then. */
Test(lint_coexist, what_time_does_to_certificates)
{
	static const char expired[] = "certificate has expired",
			  harmless[] = "expired certificate that nothing names",
			  young[] = "certificate is not yet valid",
			  soon[] = "certificate expires soon",
			  last[] = "certificate is about to expire";
	char *root = make_tree(0, NULL, 0644),
	     *keyed = make_tree(25, "p1_xform { p1_lifetime_secs 86400 " PARTS("preshared") "}",
				0644);
	const int64_t day = 86400;
	struct file_info info;
	struct pki_cert cert;
	struct blob blob;
	int64_t end;

	file_read(root, PUBLICKEYS "/1", false, &blob, &info);
	pki_open(&(struct error)ERROR_INIT)->cert_read(blob.data, blob.len, &cert);
	end = cert.not_after;
	cr_expect_not(finds(root, "solaris", end - 31 * day, "D05", soon));
	cr_expect(finds(root, "solaris", end - 29 * day, "D05", soon));
	cr_expect_not(finds(root, "solaris", end - 29 * day, "D05", last));
	cr_expect(finds(root, "solaris", end - 8 * day, "D05", soon));
	cr_expect(finds(root, "solaris", end - 6 * day, "D05", last));
	cr_expect_not(finds(root, "solaris", end - 6 * day, "D05", soon));
	cr_expect_not(finds(root, "solaris", end - 1, "D03", expired));
	cr_expect(finds(root, "solaris", end + 1, "D03", expired));
	cr_expect_not(finds(root, "solaris", end + 1, "D03", harmless));
	cr_expect(finds(root, "solaris", cert.not_before - 1, "D04", young));
	cr_expect_not(finds(root, "solaris", cert.not_before + 1, "D04", young));
	/* No rule needs it there, and nothing trusts it. */
	replace_line(keyed, 3, "#");
	replace_line(keyed, 4, "#");
	cr_expect_not(finds(keyed, "solaris", end - 6 * day, "D05", last));
	cr_expect_not(finds(keyed, "solaris", end + 1, "D03", expired));
	cr_expect(finds(keyed, "solaris", end + 1, "D03", harmless));
	cr_expect_not(finds(keyed, "solaris", cert.not_before - 1, "D04", young));
	pki_cert_release(&cert);
	blob_release(&blob);
	tree_free(root);
	tree_free(keyed);
}

/* Its own issuer's list names the certificate that the host shows. */
Test(lint_coexist, a_revoked_certificate)
{
	char *root = make_tree(0, NULL, 0755);
	struct profile *profile = checked_profile("mdm-ssm");
	struct host *host = host_open(root, profile->dialect);
	int revoked;

	for (revoked = 0; revoked < 2; revoked++) {
		struct checked c = { .host = host };
		size_t i, found = 0;

		host->certs.certs[1].revoked = revoked == 1;
		c.lint = lint_new(host, profile, ROLE_ADMIN, CHECKED_NOW);
		while (lint_step(c.lint, SIZE_MAX))
			;
		for (i = 0; i < lint_findings(c.lint)->count; i++)
			found += strcmp(checks[lint_findings(c.lint)->items[i].check].title,
					"certificate of this host that was revoked") == 0;
		cr_expect_eq(found, (size_t)revoked);
		lint_free(c.lint);
	}
	host_free(host);
	profile_free(profile);
	tree_free(root);
}

/* A copy of the sample host with the modes of its table. */
static char *copy_sample_host(void)
{
	FILE *modes = fopen(DATA "/sample-host.modes", "r");
	char *root = tree_new(), line[256];

	cr_assert_not_null(modes);
	while (fgets(line, sizeof line, modes) != NULL) {
		char name[256];
		unsigned mode;
		size_t len;

		if (line[0] == '#')
			continue;
		name[0] = '/';
		cr_assert_eq(sscanf(line, "%o %250s", &mode, name + 1), 2, "%s", line);
		len = strlen(name);
		if (name[len - 1] != '/') {
			copy_sample(root, name, name, (mode_t)mode);
			continue;
		}
		name[len - 1] = '\0';
		tree_folder(root, name, (mode_t)mode);
	}
	fclose(modes);
	return root;
}

/* Whether a check goes by one of the IDS, which have commas between them. */
static bool is_among(const char *ids, const struct check *check)
{
	while (*ids != '\0') {
		size_t n = strcspn(ids, ",");
		char *id = xstrndup(ids, n);
		bool named = check_is_named(check, id);

		free(id);
		if (named)
			return true;
		ids += n + (ids[n] == ',');
	}
	return false;
}

/* How many of the errors and warnings are the fault with one of IDS at that place. */
static size_t count_fault(const struct checked *c, const char *ids, const char *path, unsigned line)
{
	const struct findings *findings = lint_findings(c->lint);
	size_t i, count = 0;

	for (i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];
		const struct check *check = &checks[f->check];

		count += f->severity >= SEVERITY_WARNING && is_among(ids, check) &&
			 strcmp(lint_path(c->lint, f) + 1, path) == 0 && checked_line(c, f) == line;
	}
	return count;
}

/* The ten faults of the sample host, and nothing else that is more than a note. */
Test(lint_coexist, the_sample_host)
{
	FILE *file = fopen(DATA "/sample-host.faults", "r");
	char *root = copy_sample_host(), text[512];
	size_t wanted = 0, found = 0, i;
	struct checked c;

	cr_assert_not_null(file);
	checked_tree(&c, root, "mdm-ssm");
	while (fgets(text, sizeof text, file) != NULL) {
		char ids[64], path[128];
		unsigned line;
		size_t count;

		if (text[0] == '#')
			continue;
		cr_assert_eq(sscanf(text, "%63s %127[^:]:%u", ids, path, &line), 3, "%s", text);
		count = count_fault(&c, ids, path, line);
		cr_expect_eq(count, 1, "found %zu times: %s", count, text);
		wanted++;
	}
	for (i = 0; i < lint_findings(c.lint)->count; i++)
		found += lint_findings(c.lint)->items[i].severity >= SEVERITY_WARNING;
	cr_expect_eq(wanted, 10);
	cr_expect_eq(found, wanted, "%zu errors and warnings", found);
	fclose(file);
	checked_release(&c);
	tree_free(root);
}

/* Whose a file is matters where the tree is root's, and only root can make one that is not. */
Test(lint_coexist, files_of_somebody_else)
{
	static const struct {
		const char *name, *findings;
	} files[] = {
		{ CONFIG, "E FILE-1 config:0" },      { PUBLICKEYS, "E FILE-2 publickeys:0" },
		{ PUBLICKEYS "/0", "E FILE-2 0:0" },  { PRESHARED, "E FILE-3 ike.preshared:0" },
		{ SECRET, "E FILE-3 secret:0" },      { PRIVATEKEYS, "E FILE-4 ike.privatekeys:0" },
		{ PRIVATEKEYS "/1", "E FILE-4 1:0" }, { CRLS, "E FILE-5 crls:0" },
		{ CRLS "/0", "E FILE-5 0:0" },
	};
	size_t i;

	for (i = 0; geteuid() == 0 && i < ARRAY_SIZE(files); i++) {
		char *root = make_tree(0, NULL, 0755), *path = tree_path(root, files[i].name);
		struct strbuf sb = STRBUF_INIT;
		struct checked c;

		cr_assert_eq(chown(path, 12345, (gid_t)-1), 0);
		checked_tree(&c, root, "mdm-ssm");
		checked_print(&c, &sb);
		cr_expect_str_eq(sb.buf, files[i].findings, "%s: %s", files[i].name, sb.buf);
		checked_release(&c);
		strbuf_release(&sb);
		free(path);
		tree_free(root);
	}
}
