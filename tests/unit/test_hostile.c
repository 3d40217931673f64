/* A tree of somebody who means harm: nothing of what is said of it could turn on whoever reads it.
 */
#include "config.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/print.h"
#include "base/xalloc.h"
#include "kinds/kind.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

#define CONFIG      "/etc/inet/ike/config"
#define PRESHARED   "/etc/inet/secret/ike.preshared"
#define PUBLICKEYS  "/etc/inet/ike/publickeys"
#define CRLS        "/etc/inet/ike/crls"
#define PRIVATEKEYS "/etc/inet/secret/ike.privatekeys"

/* Escape sequences, C1 as bytes and as UTF-8, direction marks, and bytes that are no UTF-8. */
static const char *const evils[] = {
	"\033[2J\033]0;title\007",
	"\x9b"
	"31m\x90q",
	"\xc2\x9b"
	"31m",
	"\xe2\x80\xae"
	"evil\xe2\x81\xa6",
	"\xe2\x80\x8b\xef\xbb\xbf\xd8\x9c",
	"\b\b\b\b\r",
	"\x7f\x01\x0e\x0f",
	"\xff\xfe\xc0\x80\xed\xa0\x80",
	"%s%n%1$*1$d",
	"\xf3\xa0\x81\x81",
};

static void expect_harmless(const char *text, const char *what)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + strlen(text);

	while (p < end) {
		uint32_t c = 0;
		size_t n = utf8_decode(p, (size_t)(end - p), &c);

		cr_assert(n > 0 && utf8_is_printable(c), "%s: '%s' at %02x", what, text, *p);
		p += n;
	}
}

static void write_files(const char *root, const char *evil)
{
	struct strbuf config = STRBUF_INIT, keys = STRBUF_INIT;

	strbuf_addf(&config, "# %s\np1_nonce_len 20\ncert_root \"CN=%s\"\ncert_trust \"DNS=%s\"\n",
		    evil, evil, evil);
	strbuf_addf(&config, "ldap_server \"%s\"\nproxy \"%s\"\np1_mode \"%s\"\n%s\n", evil, evil,
		    evil, evil);
	strbuf_addf(&config,
		    "{ label \"%s\" local_addr 192.0.2.1 remote_addr 192.0.2.2 local_id_type %s "
		    "local_id \"CN=%s\" remote_id \"%s\" p1_xform { auth_method rsa_sig "
		    "oakley_group 2 auth_alg sha1 encr_alg 3des wire_label \"%s\" } }\n",
		    evil, evil, evil, evil, evil);
	strbuf_addf(&config, "{ label x%sx local_addr %s remote_addr 192.0.2.3 }\n", evil, evil);
	strbuf_addf(&config, "{ label \"%s\" local_addr 192.0.2.1 remote_addr 192.0.2.4 }\n", evil);
	tree_file(root, CONFIG, config.buf, 0644);
	strbuf_addf(&keys, "# %s\n{ localidtype %s localid %s remoteidtype IP remoteid 192.0.2.2 ",
		    evil, evil, evil);
	strbuf_addf(&keys, "key %s }\n%s\n{ %s }\n", evil, evil, evil);
	tree_file(root, PRESHARED, keys.buf, 0600);
	strbuf_release(&config);
	strbuf_release(&keys);
}

/* A certificate in a slot of a name like that, where the file system has such names. */
static void write_slots(const char *root, const char *evil)
{
	static const char *const names[] = { "hostile", "names", "badsan", "umlaut",
					     "bmp",     "t61",   "v1",     "unknown" };
	static const char *const folders[] = { PUBLICKEYS, CRLS, PRIVATEKEYS };
	struct strbuf path = STRBUF_INIT;
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct file_info info;
		struct blob blob;

		strbuf_clear(&path);
		strbuf_addf(&path, "/%s.der", names[i]);
		file_read(SOURCE "/tests/corpus/pki", path.buf, false, &blob, &info);
		cr_assert_eq(info.state, FILE_READ, "%s", names[i]);
		for (k = 0; k < ARRAY_SIZE(folders); k++) {
			strbuf_clear(&path);
			strbuf_addf(&path, "%s/%s%s", folders[k], names[i], evil);
			tree_bytes(root, path.buf, blob.data, blob.len, 0666);
		}
		blob_release(&blob);
	}
	strbuf_clear(&path);
	strbuf_addf(&path, "/etc/inet/secret/%s", evil);
	tree_file(root, path.buf, evil, 0644);
	strbuf_release(&path);
}

static void expect_findings(const struct checked *c)
{
	const struct findings *findings = lint_findings(c->lint);
	struct strbuf text = STRBUF_INIT;
	size_t i;

	cr_expect_gt(findings->count, 10);
	for (i = 0; i < findings->count; i++) {
		const char *id = checks[findings->items[i].check].id;

		strbuf_clear(&text);
		lint_message(c->lint, &findings->items[i], &text);
		expect_harmless(text.buf, id);
		strbuf_clear(&text);
		lint_fix(c->lint, &findings->items[i], &text);
		expect_harmless(text.buf, id);
	}
	strbuf_release(&text);
}

static void expect_kinds(const struct checked *c)
{
	struct strbuf text = STRBUF_INIT;
	struct view view;
	size_t k, i, column;

	view_init(&view, c->host, c->lint, c->profile);
	for (k = 0; kinds[k] != NULL; k++) {
		for (i = 0; i < kinds[k]->count(&view); i++) {
			for (column = 0; column < kinds[k]->ncolumns; column++) {
				strbuf_clear(&text);
				kind_cell(kinds[k], &view, i, column, &text, NULL);
				expect_harmless(text.buf, kinds[k]->columns[column].name);
			}
		}
	}
	strbuf_release(&text);
	view_release(&view);
}

Test(hostile, words_are_made_harmless, .timeout = 60)
{
	static const char *const profiles[] = { "mdm-ssm", "solaris" };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(evils); i++) {
		char *root = tree_new();

		tree_folder(root, "/etc/inet/secret", 0700);
		write_files(root, evils[i]);
		write_slots(root, evils[i]);
		for (k = 0; k < ARRAY_SIZE(profiles); k++) {
			struct checked c;

			checked_tree(&c, root, profiles[k]);
			expect_findings(&c);
			expect_kinds(&c);
			checked_release(&c);
		}
		tree_free(root);
	}
}

/* Certificates, keys and lists, cut at every few bytes: each is a row that says what is wrong. */
Test(hostile, slots_are_cut_anywhere, .timeout = 60)
{
	static const struct {
		const char *file, *folder;
	} cuts[] = {
		{ "/names.der", PUBLICKEYS },     { "/host.pem", PUBLICKEYS },
		{ "/three.der", CRLS },           { "/three.pem", CRLS },
		{ "/host-key.der", PRIVATEKEYS }, { "/host-encrypted.pem", PRIVATEKEYS },
	};
	size_t i, len;

	for (i = 0; i < ARRAY_SIZE(cuts); i++) {
		struct strbuf path = STRBUF_INIT, found = STRBUF_INIT;
		char *root = tree_new(), *row;
		struct file_info info;
		struct checked c;
		struct blob blob;
		size_t cut = 0, said = 0;

		file_read(SOURCE "/tests/corpus/pki", cuts[i].file, false, &blob, &info);
		cr_assert_eq(info.state, FILE_READ);
		tree_folder(root, "/etc/inet/secret", 0700);
		for (len = 0; len < blob.len - 40; len += 7, cut++) {
			strbuf_clear(&path);
			strbuf_addf(&path, "%s/%zu", cuts[i].folder, len);
			tree_bytes(root, path.buf, blob.data, len, 0600);
		}
		checked_tree(&c, root, "solaris");
		checked_print(&c, &found);
		for (row = found.buf; (row = strstr(row, "W D10")) != NULL; row++)
			said++;
		/* What is too short to be anything may be a key in Solaris' own format. */
		if (strcmp(cuts[i].folder, PRIVATEKEYS) == 0)
			cr_expect(said <= cut && said + 10 >= cut, "%s: %zu of %zu: %s",
				  cuts[i].file, said, cut, found.buf);
		else
			cr_expect_eq(said, cut, "%s: %zu of %zu: %s", cuts[i].file, said, cut,
				     found.buf);
		checked_release(&c);
		blob_release(&blob);
		strbuf_release(&path);
		strbuf_release(&found);
		tree_free(root);
	}
}

/* What stands in the place of a file or folder that is none. */
static bool put_fifo(const char *path)
{
	return mkfifo(path, 0600) == 0;
}

static bool put_folder(const char *path)
{
	return mkdir(path, 0755) == 0;
}

static bool put_dangling(const char *path)
{
	return symlink("nowhere", path) == 0;
}

static bool put_loop(const char *path)
{
	return symlink(strrchr(path, '/') + 1, path) == 0;
}

static bool put_outside(const char *path)
{
	return symlink("/etc/hostname", path) == 0;
}

static bool put_device(const char *path)
{
	return mknod(path, S_IFCHR | 0666, makedev(1, 5)) == 0; /* zeroes without an end */
}

static bool put_large(const char *path)
{
	FILE *file = fopen(path, "w");

	return file != NULL && fclose(file) == 0 && chmod(path, 0600) == 0 &&
	       truncate(path, (off_t)2 << 30) == 0;
}

static const struct {
	const char *name;
	bool (*put)(const char *path); /* false: this user, or this system, has none */
	const char *file;              /* what is said of it in a file's place */
	const char *folder;            /* and in a folder's; NULL: it is one */
} places[] = {
	{ "a FIFO", put_fifo, "is a FIFO", "is a FIFO" },
	{ "a folder", put_folder, "is a directory", NULL },
	{ "a dangling link", put_dangling, "does not exist", "does not exist" },
	{ "a link to itself", put_loop, "leads back to itself", "leads back to itself" },
	{ "a link out of the tree", put_outside, "does not exist", "does not exist" },
	{ "a device", put_device, "is a device", "is a device" },
	{ "two gigabytes", put_large, "is too large", "is a file" },
};

/* A small tree without any finding but about what is put into it. */
static char *make_tree(void)
{
	static const char
		rule[] = "# one\n{ label \"a\" local_addr 192.0.2.1 remote_addr 192.0.2.2 "
			 "p1_xform { auth_method preshared oakley_group 14 "
			 "auth_alg sha256 encr_alg aes } }\n",
		key[] = "{ localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 192.0.2.2 "
			"key 00112233445566778899aabbccddeeff\n}\n";
	char *root = tree_new();

	tree_folder(root, "/etc/inet/secret", 0700);
	tree_folder(root, PRIVATEKEYS, 0700);
	tree_folder(root, PUBLICKEYS, 0755);
	tree_folder(root, CRLS, 0755);
	tree_file(root, CONFIG, rule, 0644);
	tree_file(root, PRESHARED, key, 0600);
	return root;
}

static void remove_all(const char *root, const char *name)
{
	char *path = tree_path(root, name);
	struct stat st;

	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
		tree_empty(path);
	cr_assert(remove(path) == 0 || errno == ENOENT, "%s", path);
	free(path);
}

static void expect_place(const char *where, const char *id, size_t place, const char *words)
{
	char *root = make_tree(), *path = tree_path(root, where);
	const struct finding *finding = NULL;
	struct strbuf text = STRBUF_INIT;
	struct checked c;
	size_t i, count = 0;

	remove_all(root, where);
	if (places[place].put(path)) {
		checked_tree(&c, root, "solaris");
		for (i = 0; i < lint_findings(c.lint)->count; i++)
			if (!checked_is_advice(&lint_findings(c.lint)->items[i]) && ++count == 1)
				finding = &lint_findings(c.lint)->items[i];
		cr_expect_eq(count, 1, "%s is %s: %zu findings", where, places[place].name, count);
		cr_assert_not_null(finding);
		lint_message(c.lint, finding, &text);
		cr_expect_str_eq(checks[finding->check].id, id, "%s is %s: %s", where,
				 places[place].name, text.buf);
		cr_expect_not_null(strstr(text.buf, words), "%s is %s: %s", where,
				   places[place].name, text.buf);
		cr_expect_str_eq(lint_path(c.lint, finding), where);
		checked_release(&c);
	}
	strbuf_release(&text);
	free(path);
	tree_free(root);
}

Test(hostile, anything_may_stand_in_the_place_of_anything, .timeout = 60)
{
	static const char *const files[] = { CONFIG, PRESHARED, "/etc/inet/ipsecinit.conf",
					     "/etc/inet/secret/ipseckeys" };
	static const char *const slots[] = { PUBLICKEYS "/1", CRLS "/1", PRIVATEKEYS "/1" };
	static const char *const folders[] = { PUBLICKEYS, CRLS, PRIVATEKEYS, "/etc/inet/ike",
					       "/etc/inet/secret" };
	size_t place, i;

	for (place = 0; place < ARRAY_SIZE(places); place++) {
		for (i = 0; i < ARRAY_SIZE(files); i++)
			expect_place(files[i], "FILE-0", place, places[place].file);
		for (i = 0; i < ARRAY_SIZE(slots); i++)
			expect_place(slots[i], "D10", place, places[place].file);
		for (i = 0; places[place].folder != NULL && i < ARRAY_SIZE(folders); i++)
			expect_place(folders[i], "FILE-0", place, places[place].folder);
	}
}

/* Thousands of slots, none of which is anything. */
Test(hostile, a_store_may_be_full, .timeout = 60)
{
	char *root = make_tree(), path[64];
	struct checked c;
	unsigned i;

	for (i = 0; i < 3000; i++) {
		snprintf(path, sizeof path, PUBLICKEYS "/%u", i);
		tree_file(root, path, "nothing", 0644);
		snprintf(path, sizeof path, PRIVATEKEYS "/%u", i);
		tree_file(root, path, "nothing", 0600);
		snprintf(path, sizeof path, CRLS "/%u", i);
		tree_file(root, path, "nothing", 0644);
	}
	checked_tree(&c, root, "solaris");
	cr_expect_eq(c.host->certs.ncerts, 3000);
	cr_expect_geq(lint_findings(c.lint)->count, 6000);
	expect_kinds(&c);
	checked_release(&c);
	tree_free(root);
}
