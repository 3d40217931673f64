/* Profiles: what a file may say, where it is wrong, and what a role may do by it. */
#include "config.h"

#include <criterion/criterion.h>
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
		       ":5: ", "there is no section [nonsense] in a profile");
	expect_refused("[profile]\nname = x\ncolour = red\n",
		       ":3: ", "there is no key 'colour' in this section");
	expect_refused("[limits]\n\nencr = des\n",
		       ":3: ", "there is no key 'encr' in this section; did you mean 'encr_alg'?");
	expect_refused("[profile]\ndialect = sol8\n",
		       ":2: ", "'sol8' is no dialect; did you mean 'sol9'?");
	expect_refused("[profile]\ncoexistence = maybe\n", ":2: ", "'maybe' is neither yes nor no");
	expect_refused("[severity]\n\n# a comment\nA36 = fatal\n",
		       ":4: ", "'fatal' is no severity; choose error, warning, note or off");
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
		       ":4: ", "there is no section [nons^[] in a profile");
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

Test(profile, inherits_in_a_circle)
{
	char *dir = tree_new();
	struct error err = ERROR_INIT;

	tree_file(dir, "/a.ini", "[profile]\ninherits = b\n", 0644);
	tree_file(dir, "/b.ini", "[profile]\ninherits = a\n", 0644);
	cr_expect_null(profile_load(dir, "a", &err));
	cr_expect_eq(err.code, ERROR_USAGE);
	cr_expect(strstr(err.text, dir) != NULL && strstr(err.text, "inherits from itself") != NULL,
		  "%s", err.text);
	error_clear(&err);
	tree_file(dir, "/c.ini", "[profile]\ninherits = nonsense\n", 0644);
	cr_expect_null(profile_load(dir, "c", &err));
	cr_expect_not_null(strstr(err.text, "/nonsense.ini"));
	error_clear(&err);
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
