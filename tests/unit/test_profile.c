/* Profiles: what a file may say, where it is wrong, and what a role may do by it. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

#define X50  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X250 X50 X50 X50 X50 X50

/* Expects the profile "site" with this text to be refused with a sentence that ends so. */
static void expect_refused(const char *text, const char *where, const char *sentence)
{
	char *dir = tree_new();
	struct strbuf wanted = STRBUF_INIT;
	struct error err = ERROR_INIT;
	struct profile *profile;

	tree_file(dir, "/site.ini", text, 0644);
	profile = profile_load(dir, "site", &err);
	cr_expect_null(profile, "%s", text);
	strbuf_addf(&wanted, "%s/site.ini%s%s", dir, where, sentence);
	cr_expect_eq(err.code, ERROR_USAGE);
	cr_expect_str_eq(err.text != NULL ? err.text : "", wanted.buf);
	profile_free(profile);
	error_clear(&err);
	strbuf_release(&wanted);
	tree_free(dir);
}

Test(profile, what_is_wrong_is_named_with_file_and_line)
{
	expect_refused("# a\n[profile]\nname = x\n[nonsense]\nkey = 1\n",
		       ":4: ", "there is no section [nonsense] in a profile");
	expect_refused("[profile]\nname = x\n\n [limit]\n",
		       ":4: ", "there is no section [limit] in a profile; did you mean 'limits'?");
	expect_refused("[profile]\nname = x\ncolour = red\n",
		       ":3: ", "there is no key 'colour' in this section");
	expect_refused("[limits]\n\nencr = des\n",
		       ":3: ", "there is no key 'encr' in this section; did you mean 'encr_alg'?");
	expect_refused("[profile]\ndialect = sol8\n",
		       ":2: ", "'sol8' is no dialect; did you mean 'sol9'?");
	expect_refused("[profile]\ncoexistence = maybe\n", ":2: ", "'maybe' is neither yes nor no");
	expect_refused("[severity]\n\n# a comment\nA36 = fatal\n",
		       ":4: ", "'fatal' is no severity; choose error, warning, note or off");
	expect_refused("[severity]\nA99 = error\n",
		       ":2: ", "there is no key 'A99' in this section");
	expect_refused("[globals]\n\np1_nonce_length.mdm = force 20\n",
		       ":3: ", "there is no key 'p1_nonce_length.mdm' in this section");
	expect_refused("[globals]\np1_nonce_len.boss = keep\n",
		       ":2: ", "there is no key 'p1_nonce_len.boss' in this section");
	expect_refused("[globals]\nremote_addr.mdm = keep\n",
		       ":2: ", "there is no key 'remote_addr.mdm' in this section");
	expect_refused("[rules]\ncert_root.mdm = keep\n",
		       ":2: ", "there is no key 'cert_root.mdm' in this section");
	expect_refused(
		"[rules]\nmdm_rules.ssm = keep\n", ":2: ",
		"there is no key 'mdm_rules.ssm' in this section; did you mean 'mdm_rule.ssm'?");
	expect_refused("[files]\nconfig.ssm = keep\n",
		       ":2: ", "there is no key 'config.ssm' in this section");
	expect_refused("[limits]\nencr_alg = des\n# a\nencr_alg = 3des\n",
		       ":4: ", "the key 'encr_alg' is there already");
	expect_refused("[profile]\nname = x\n[limits]\n[profile]\nname = y\n",
		       ":5: ", "the key 'name' is there already");
	expect_refused("name = x\n", ":1: ", "there is no section [] in a profile");
	expect_refused("[globals]\np1_nonce_len.mdm = forbid 20\n",
		       ":2: ", "'forbid 20' is no action; choose own, keep, add or force");
	expect_refused("[globals]\np1_nonce_len.mdm = forced 20\n",
		       ":2: ", "'forced 20' is no action; choose own, keep, add or force");
	expect_refused("[files]\nconfig.mode = rw-r--r--\n",
		       ":2: ", "'rw-r--r--' is no octal mode");
	expect_refused("[files]\nconfig.mode = 0648\n", ":2: ", "'0648' is no octal mode");
	expect_refused("[profile]\nname = x\njust a line\n",
		       ":3: ", "this is neither a [section] nor a key = value");
	expect_refused("[profile]\n# " X250 "\nname = x\n", ":2: ", "the line is too long");
	expect_refused("[profile]\nname = \x1b[31m\n[nons\x1b]\na = 1\n",
		       ":3: ", "there is no section [nons^[] in a profile");
}

/* One value of each sort, by its key; each is wrong, and the same with a right one is not. */
Test(profile, values_are_checked)
{
	static const struct {
		const char *section, *key, *wrong, *says, *right;
	} values[] = {
		{ "rules", "label.quoted", "maybe", "'maybe' is neither yes nor no", "yes" },
		{ "rules", "mdm_rule.ssm", "add",
		  "'add' is no action of this key; choose own or keep", "own" },
		{ "files", "crls.mdm", "force 1",
		  "'force 1' is no action of this key; choose own or keep", "keep" },
		{ "globals", "cert_root.ssm", "own 5",
		  "'own 5' is no action; choose own, keep, add or force", "own" },
		{ "globals", "p1_nonce_len.mdm", "force twenty",
		  "'force twenty' has a value that the keyword does not take", "force 20" },
		{ "globals", "p1_nonce_len.mdm", "force", "'force' does not say which value",
		  "force 32" },
		{ "globals", "p1_nonce_len.mdm", "force 4000",
		  "'force 4000' has a value that the keyword does not take", "add 40" },
		{ "globals", "p1_xform.shipped", "preshared 1 sha",
		  "'preshared 1 sha' is no value of the keyword", "preshared 2 sha 3des" },
		{ "globals", "p2_pfs.shipped", "17x", "'17x' is no value of the keyword", "14" },
		{ "rules", "auth_alg.default", "aes", "'aes' is no value of the keyword",
		  "sha256" },
		{ "rules", "local_id_type.rsasig.default", "name",
		  "'name' is no value of the keyword", "dn" },
		{ "rules", "oakley_group.default", "99", "'99' is no value of the keyword", "14" },
		{ "limits", "encr_alg", "des, rot13",
		  "'des, rot13' are not names that are known, with commas between them",
		  "des, aes" },
		{ "limits", "auth_alg", "sha1,",
		  "'sha1,' are not names that are known, with commas between them", "sha1" },
		{ "limits", "oakley_group", "1, two",
		  "'1, two' are not numbers with commas between them", "1, 2" },
		{ "limits", "p1_transforms", "des+sha1",
		  "'des+sha1' are not CIPHER-HASH with commas between them", "des-sha1, none-md5" },
		{ "limits", "p2_lifetime_secs", "172800-1800", "'172800-1800' is no range LOW-HIGH",
		  "1800-172800" },
		{ "limits", "p2_lifetime_secs", "1800", "'1800' is no range LOW-HIGH", "1-2" },
		{ "limits", "p2_port_numbers", "1-19, 22-",
		  "'1-19, 22-' are not numbers and ranges with commas between them", "1-19, 22" },
		{ "limits", "psk_min_bits", "many", "'many' is no number", "256" },
		{ "limits", "psk_min_bits", "99999999999", "'99999999999' is no number", "256" },
		{ "limits", "cert_signatures", "rsa sha1",
		  "'rsa sha1' are not names that are known, with commas between them", "rsa-sha1" },
		{ "files", "secret.mode", "017777", "'017777' is no octal mode", "0700" },
		{ "commissioning", "p1_group", "two", "'two' is no number", "2" },
		{ "commissioning", "p2_proposals.ftpdata", "aes",
		  "'aes' are not CIPHER-HASH with commas between them", "aes-md5" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		const char *const good[] = { values[i].right, "" };
		struct strbuf text = STRBUF_INIT;
		size_t k;

		strbuf_addf(&text, "[%s]\n# a\n%s = %s\n", values[i].section, values[i].key,
			    values[i].wrong);
		expect_refused(text.buf, ":3: ", values[i].says);
		for (k = 0; k < ARRAY_SIZE(good); k++) {
			char *dir = tree_new();
			struct error err = ERROR_INIT;
			struct profile *profile;

			strbuf_clear(&text);
			strbuf_addf(&text, "[%s]\n%s = %s\n", values[i].section, values[i].key,
				    good[k]);
			tree_file(dir, "/site.ini", text.buf, 0644);
			profile = profile_load(dir, "site", &err);
			cr_expect_not_null(profile, "%s: %s", text.buf, err.text);
			profile_free(profile);
			error_clear(&err);
			tree_free(dir);
		}
		strbuf_release(&text);
	}
}

Test(profile, one_that_is_not_there)
{
	struct error err = ERROR_INIT;

	cr_expect_null(profile_load(DATA "/profiles", "nonsense", &err));
	cr_expect_eq(err.code, ERROR_USAGE);
	cr_expect_str_eq(err.text, "cannot open profile '" DATA
				   "/profiles/nonsense.ini': No such file or directory");
	error_clear(&err);
	cr_expect_null(profile_load("", "/nonexistent/site.ini", &err));
	cr_expect_str_eq(err.text, "cannot open profile '/nonexistent/site.ini': "
				   "No such file or directory");
	error_clear(&err);
}

/* Expects the profile to be refused with this sentence, in which DIR stands before each of the two
 * names that begin with a slash. */
static void expect_circle(const char *dir, const char *name, const char *at, const char *says,
			  const char *whom)
{
	struct error err = ERROR_INIT;
	struct strbuf wanted = STRBUF_INIT;
	struct profile *profile = profile_load(dir, name, &err);

	strbuf_addf(&wanted, "%s%s: ", dir, at);
	strbuf_addf(&wanted, says, dir, whom);
	cr_expect_null(profile);
	cr_expect_eq(err.code, ERROR_USAGE);
	cr_expect_str_eq(err.text != NULL ? err.text : "", wanted.buf);
	profile_free(profile);
	error_clear(&err);
	strbuf_release(&wanted);
}

Test(profile, inherits_in_a_circle)
{
	static const char itself[] = "profile '%s%s' inherits from itself",
			  missing[] = "cannot open profile '%s%s': No such file or directory",
			  many[] = "'%s%s' is one profile too many in a row";
	char *dir = tree_new(), name[16], text[64];
	int i;

	tree_file(dir, "/a.ini", "[profile]\nname = a\ninherits = b\n", 0644);
	tree_file(dir, "/b.ini", "[profile]\n# on and on\n\ninherits = a\n", 0644);
	expect_circle(dir, "a", "/b.ini:4", itself, "/a.ini");
	expect_circle(dir, "b", "/a.ini:3", itself, "/b.ini");
	tree_file(dir, "/own.ini", "[profile]\ninherits = own\n", 0644);
	expect_circle(dir, "own", "/own.ini:2", itself, "/own.ini");
	tree_file(dir, "/c.ini", "[profile]\n\ninherits = nonsense\n", 0644);
	expect_circle(dir, "c", "/c.ini:3", missing, "/nonsense.ini");
	/* Under another name it is the same file. */
	tree_file(dir, "/d.ini", "[profile]\ninherits = ./d.ini\n", 0644);
	expect_circle(dir, "d", "/d.ini:2", itself, "/./d.ini");
	for (i = 1; i <= 9; i++) {
		snprintf(name, sizeof name, "/n%d.ini", i);
		snprintf(text, sizeof text, "[profile]\ninherits = n%d\n", i + 1);
		tree_file(dir, name, text, 0644);
	}
	expect_circle(dir, "n1", "/n8.ini:2", many, "/n9.ini");
	/* A mistake further up is named in the file it is in. */
	tree_file(dir, "/e.ini", "[profile]\ninherits = f\n", 0644);
	tree_file(dir, "/f.ini", "[profile]\ncoexistence = perhaps\n", 0644);
	expect_circle(dir, "e", "/f.ini:2", "'perhaps' is neither yes nor no", "");
	tree_free(dir);
}

/* A path in a file begins where that file is; a name is one of the shipped profiles. */
Test(profile, inherits_a_path)
{
	char *dir = tree_new(), *path = tree_path(dir, "/sites/one.ini");
	struct error err = ERROR_INIT;
	struct profile *profile;

	tree_file(dir, "/sites/one.ini", "[profile]\nname = one\ninherits = ../all.ini\n", 0644);
	tree_file(dir, "/all.ini",
		  "[profile]\ninherits = mdm-ssm\n[globals]\np1_nonce_len.mdm = force 32\n", 0644);
	profile = profile_load(DATA "/profiles", path, &err);
	cr_assert_not_null(profile, "%s", err.text);
	cr_expect_str_eq(profile->name, "one");
	cr_expect(profile->coexistence);
	cr_expect_eq(profile->nonce_len, 32);
	cr_expect_eq(profile->p1_lifetime, 86400);
	profile_free(profile);
	cr_expect_null(profile_load(DATA "/profiles", dir, &err));
	cr_expect_not_null(strstr(err.text, "is no file with a profile"), "%s", err.text);
	error_clear(&err);
	free(path);
	tree_free(dir);
}

/* A site's own: what it says goes before what it stems from, and so on to the end of the chain. */
static struct profile *load_site(const char *dir)
{
	struct error err = ERROR_INIT;
	struct profile *profile;

	tree_file(
		dir, "/base.ini",
		"[profile]\nname = base\ntitle = Base\ndialect = sol11\n"
		"[globals]\np1_nonce_len.mdm = force 20\np1_lifetime_secs.ssm = add 28800\n"
		"[rules]\np1_lifetime_secs.mdm = force 86400\nmdm_rule.ssm = keep\n"
		"[limits]\nencr_alg = des, 3des\nauth_alg = sha1, md5\np2_lifetime_secs = 1800-172800\n"
		"[severity]\nA36 = note\nA10 = error\n",
		0644);
	tree_file(dir, "/middle.ini",
		  "[profile]\nname = middle\ninherits = base\ncoexistence = yes\n"
		  "[limits]\nencr_alg = 3des\n",
		  0644);
	tree_file(dir, "/site.ini",
		  "[profile]\nname = site\ninherits = middle\n[globals]\np1_nonce_len.mdm =\n"
		  "[limits]\nauth_alg =\n[severity]\nA10 = off\n",
		  0644);
	profile = profile_load(dir, "site", &err);
	cr_assert_not_null(profile, "%s", err.text);
	return profile;
}

Test(profile, inheritance)
{
	char *dir = tree_new();
	struct profile *profile = load_site(dir);

	cr_expect_str_eq(profile->name, "site");
	cr_expect_str_eq(profile->title, "Base");
	cr_expect_eq(profile->dialect, DIALECT_SOL11);
	cr_expect(profile->coexistence);
	cr_expect_eq(profile->nonce_len, 0, "the empty value takes it away");
	cr_expect_eq(profile->p1_lifetime, 86400);
	cr_expect_eq(profile->lifetime_min, 1800);
	cr_expect_eq(profile->lifetime_max, 172800);
	cr_expect_str_eq(profile_get(profile, "limits.encr_alg"), "3des");
	cr_expect_null(profile_get(profile, "limits.auth_alg"));
	cr_expect_null(profile_get(profile, "limits.nonsense"));
	cr_expect(profile_allows(profile, "limits.encr_alg", "3des"));
	cr_expect_not(profile_allows(profile, "limits.encr_alg", "des"));
	cr_expect_not(profile_allows(profile, "limits.encr_alg", "3de"));
	cr_expect(profile_allows(profile, "limits.auth_alg", "sha512"), "no list is no limit");
	cr_expect_eq(profile_number(profile, "limits.psk_min_bits", 128), 128);
	cr_expect_eq(profile_severity(profile, "A36", SEVERITY_WARNING), SEVERITY_NOTE);
	cr_expect_eq(profile_severity(profile, "A10", SEVERITY_WARNING), SEVERITY_OFF);
	cr_expect_eq(profile_severity(profile, "A11", SEVERITY_ERROR), SEVERITY_ERROR);
	profile_free(profile);
	tree_free(dir);
}

Test(profile, what_a_role_may_do)
{
	static const struct {
		enum role role;
		const char *section, *item;
		enum share share;
		const char *value;
	} shares[] = {
		{ ROLE_SSM, "globals", "p1_nonce_len", SHARE_ADD, "40" },
		{ ROLE_MDM, "globals", "p1_nonce_len", SHARE_FORCE, "20" },
		{ ROLE_ADMIN, "globals", "p1_nonce_len", SHARE_FORCE, "20" },
		{ ROLE_SSM, "globals", "cert_root", SHARE_OWN, NULL },
		{ ROLE_MDM, "globals", "cert_root", SHARE_KEEP, NULL },
		{ ROLE_ADMIN, "globals", "cert_root", SHARE_OWN, NULL },
		{ ROLE_SSM, "globals", "ignore_crls", SHARE_ADD, NULL },
		{ ROLE_SSM, "globals", "p1_lifetime_secs", SHARE_ADD, "28800" },
		{ ROLE_MDM, "globals", "p1_lifetime_secs", SHARE_ADD, "86400" },
		{ ROLE_ADMIN, "globals", "p1_lifetime_secs", SHARE_OWN, NULL },
		{ ROLE_SSM, "globals", "other", SHARE_KEEP, NULL },
		{ ROLE_SSM, "rules", "mdm_rule", SHARE_KEEP, NULL },
		{ ROLE_MDM, "rules", "mdm_rule", SHARE_OWN, NULL },
		{ ROLE_MDM, "rules", "foreign_rule", SHARE_KEEP, NULL },
		{ ROLE_ADMIN, "rules", "foreign_rule", SHARE_OWN, NULL },
		{ ROLE_MDM, "rules", "p1_lifetime_secs", SHARE_FORCE, "86400" },
		{ ROLE_MDM, "rules", "local_id_type", SHARE_FORCE, NULL },
		{ ROLE_SSM, "files", "ike_preshared", SHARE_KEEP, NULL },
		{ ROLE_MDM, "files", "ike_preshared", SHARE_OWN, NULL },
		{ ROLE_MDM, "globals", "nonsense", SHARE_OWN, NULL },
	};
	struct profile *mdm = checked_profile("mdm-ssm"), *solaris = checked_profile("solaris");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(shares); i++) {
		const char *value = "unset";
		enum share share = profile_share(mdm, shares[i].role, shares[i].section,
						 shares[i].item, &value);

		cr_expect_eq(share, shares[i].share, "%s %s", role_name(shares[i].role),
			     shares[i].item);
		if (shares[i].value == NULL)
			cr_expect_null(value, "%s %s", role_name(shares[i].role), shares[i].item);
		else
			cr_expect_str_eq(value != NULL ? value : "", shares[i].value);
		cr_expect_eq(profile_share(solaris, shares[i].role, shares[i].section,
					   shares[i].item, NULL),
			     SHARE_OWN);
	}
	profile_free(mdm);
	profile_free(solaris);
}

Test(profile, names_of_roles)
{
	enum role role;
	int i;

	for (i = ROLE_ADMIN; i <= ROLE_MDM; i++) {
		cr_expect(role_parse(role_name((enum role)i), &role));
		cr_expect_eq((int)role, i);
	}
	cr_expect_not(role_parse("root", &role));
}
