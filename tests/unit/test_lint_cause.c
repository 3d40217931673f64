/* A cause is said once: one mistake in a long file, and what is said of it. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

#define RULES 100
#define XFORM "p1_xform\n\t{ auth_method preshared oakley_group 14 auth_alg sha256 encr_alg aes }\n"

/* Rule N begins on line 7 * N - 4. */
static void add_rule(struct strbuf *sb, unsigned number, const char *xform)
{
	strbuf_addf(sb,
		    "{\n\tlabel \"r%u\"\n\tlocal_addr 192.0.2.1\n\tremote_addr 198.51.100.%u\n"
		    "\t%s}\n",
		    number, number, xform);
}

static void add_key(struct strbuf *sb, unsigned number)
{
	strbuf_addf(sb,
		    "{\n\tlocalidtype IP\n\tlocalid 192.0.2.1\n\tremoteidtype IP\n"
		    "\tremoteid 198.51.100.%u\n\tkey 00112233445566778899aabbccdd%04x\n}\n",
		    number, number);
}

static void make_rules(struct strbuf *sb)
{
	unsigned i;

	strbuf_addstr(sb, "# rules\np2_pfs 14\n");
	for (i = 1; i <= RULES; i++)
		add_rule(sb, i, XFORM);
}

static void make_keys(struct strbuf *sb)
{
	unsigned i;

	strbuf_addstr(sb, "# keys\n#\n");
	for (i = 1; i <= RULES; i++)
		add_key(sb, i);
}

/* Puts TO in the place of FROM, the first one behind AFTER. */
static void replace(struct strbuf *sb, const char *after, const char *from, const char *to)
{
	char *place = strstr(sb->buf, after), *end;
	struct strbuf changed = STRBUF_INIT;

	cr_assert_not_null(place, "%s", after);
	place = strstr(place, from);
	cr_assert_not_null(place, "%s", from);
	end = place + strlen(from);
	strbuf_add(&changed, sb->buf, (size_t)(place - sb->buf));
	strbuf_addstr(&changed, to);
	strbuf_addstr(&changed, end);
	strbuf_release(sb);
	*sb = changed;
}

/* What is in place of what, first behind the address of rule or key 49, of which there are two
 * lines more; number 50 begins on line 346. And what is found. */
struct mistake {
	const char *name, *from, *to, *findings;
};

static void expect_mistakes(enum location location, const struct mistake *mistakes, size_t count,
			    void (*make)(struct strbuf *sb))
{
	size_t i;

	for (i = 0; i < count; i++) {
		struct strbuf text = STRBUF_INIT, found = STRBUF_INIT;
		struct checked c;

		make(&text);
		replace(&text, "100.49\n", mistakes[i].from, mistakes[i].to);
		checked_text(&c, location, text.buf, text.len, DIALECT_ILLUMOS);
		checked_print(&c, &found);
		cr_expect_str_eq(found.buf, mistakes[i].findings, "%s: found '%s', not '%s'",
				 mistakes[i].name, found.buf, mistakes[i].findings);
		checked_release(&c);
		strbuf_release(&text);
		strbuf_release(&found);
	}
}

/* One mistake a line. */
/* clang-format off */
static const struct mistake in_rules[] = {
	{ "none", "r50", "r50", "" },
	{ "a rule is not closed", "aes }\n}\n", "aes }\n", "E CONF-V19 339" },
	{ "a transform is not closed", "aes }\n}\n", "aes\n}\n", "E CONF-V19 339" },
	{ "neither is", "aes }\n}\n", "aes\n", "E CONF-V19 339; E CONF-V19 343" },
	{ "a rule is not opened", "}\n{\n\tlabel", "}\n\tlabel", "E CONF-V19 346" },
	{ "a transform is not opened", "\t{ auth", "\tauth", "E CONF-V19 343" },
	{ "a } too many", "aes }\n}\n", "aes }\n}\n}\n", "E CONF-V19 346" },
	{ "a rule ends too early", "\tremote_addr 198.51.100.50", "}\tremote_addr 198.51.100.50", "E CONF-V19 349" },
	{ "a rule ends before its transform", "198.51.100.50\n", "198.51.100.50\n}\n", "E CONF-V19 350" },
	{ "a transform ends too early", "preshared oakley", "preshared } oakley", "E CONF-V19 344" },
	{ "a { too many", "}\n{\n\tlabel", "}\n{\n{\n\tlabel", "E CONF-V19 346" },
	{ "a { within a rule", "192.0.2.1\n", "192.0.2.1\n{\n", "E CONF-V19 346" },
	{ "a { within a transform", "\t{ auth", "\t{ { auth", "E CONF-V19 344" },
	{ "a rule is empty", "aes }\n}\n", "aes }\n}\n{ }\n", "E CONF-V1 346" },
	{ "a quote is not closed", "\"r50\"", "\"r50", "E A37 347" },
	{ "a quote is not opened", "\"r50\"", "r50\"", "E A37 347" },
	{ "three quotes", "\"r50\"", "\"\"r50\"", "E A37 347" },
	{ "a quote takes a } along", "aes }\n}\n", "aes }\n\tremote_id \"x }\n", "E A26 345; E A37 345" },
	{ "a text on two lines", "label \"r50\"", "label \"r\n50\"", "E A37 347" },
	{ "a misspelt keyword", "remote_addr", "remote_adr", "E CONF-V19 349" },
	{ "a misspelt transform", "p1_xform", "p1_xfrom", "E CONF-V19 343" },
	{ "a misspelt method", "preshared", "presharde", "E CONF-R17 344" },
	{ "a misspelt part", "auth_alg", "auth_algo", "E CONF-V19 344" },
	{ "an address is none", "198.51.100.50", "198.51.100.500", "E CONF-A2 349" },
	{ "a value in parentheses", "\"r50\"", "(r50)", "E CONF-V19 347" },
	{ "a keyword without its value, twice", "\tlocal_addr", "p2_pfs\np2_pfs\n\tlocal_addr", "E CONF-V19 348; E CONF-V19 349" },
};

static const struct mistake in_keys[] = {
	{ "none", "key", "key", "" },
	{ "an entry is not closed", "}\n", "", "E PSK-U3 339" },
	{ "an entry is not opened", "}\n{\n", "}\n", "E PSK-S2 346" },
	{ "a } too many", "}\n", "}\n}\n", "E PSK-S2 346" },
	{ "an entry ends too early", "192.0.2.1\n", "192.0.2.1\n}\n", "E PSK-S2 350" },
	{ "a glued }", "\n}\n", " }\n", "" },
	{ "a quote is not closed", "key ", "key \"", "E PSK-K5 344" },
	{ "a misspelt field", "remoteid ", "remotid ", "E PSK-S2 350" },
	{ "a misspelt key", "key ", "kye ", "E PSK-S2 344" },
	{ "a name in place of an address", "198.51.100.50", "peer", "E C05 350" },
};
/* clang-format on */

Test(lint_cause, one_mistake_in_many_rules)
{
	expect_mistakes(LOCATION_IKE_CONFIG, in_rules, ARRAY_SIZE(in_rules), make_rules);
}

Test(lint_cause, one_mistake_in_many_keys)
{
	expect_mistakes(LOCATION_PRESHARED, in_keys, ARRAY_SIZE(in_keys), make_keys);
}

/* The transform that a hundred rules inherit, as it should be and not. */
Test(lint_cause, one_mistake_in_the_default)
{
	static const struct {
		const char *line, *findings;
	} defaults[] = {
		{ XFORM, "" },
		{ "", "E A12 2" },
		{ "p1_xfrom { auth_method preshared }\n", "E CONF-V19 1" },
		{ "p1_xform { auth_method presharde oakley_group 14 auth_alg sha1 encr_alg aes }\n",
		  "E CONF-R17 1" },
		{ "p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg aes\n",
		  "E CONF-V19 1" },
		{ "p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 }\n", "E A13 1" },
		{ "p1_xform auth_method preshared oakley_group 14 auth_alg sha1 encr_alg aes\n",
		  "E CONF-V19 1" },
		{ "}\n", "E CONF-V19 1" },
		{ "{ label x local_addr 192.0.2.9 remote_addr 192.0.2.8\n" XFORM, "E CONF-V19 1" },
		{ "cert_root \"CN=a\ncert_trust \"CN=a\"\n" XFORM, "E A37 1" },
	};
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(defaults); i++) {
		struct strbuf text = STRBUF_INIT, found = STRBUF_INIT;
		struct checked c;

		strbuf_addstr(&text, defaults[i].line);
		for (k = 1; k <= RULES; k++)
			add_rule(&text, (unsigned)k, "");
		checked_text(&c, LOCATION_IKE_CONFIG, text.buf, text.len, DIALECT_ILLUMOS);
		checked_print(&c, &found);
		cr_expect_str_eq(found.buf, defaults[i].findings, "'%s': found '%s'",
				 defaults[i].line, found.buf);
		checked_release(&c);
		strbuf_release(&text);
		strbuf_release(&found);
	}
}

static void to_utf16(struct strbuf *sb, bool little)
{
	struct strbuf wide = STRBUF_INIT;
	size_t i;

	strbuf_add(&wide, little ? "\xff\xfe" : "\xfe\xff", 2);
	for (i = 0; i < sb->len; i++) {
		char pair[2] = { little ? sb->buf[i] : '\0', little ? '\0' : sb->buf[i] };

		strbuf_add(&wide, pair, 2);
	}
	strbuf_release(sb);
	*sb = wide;
}

static void to_crs(struct strbuf *sb)
{
	char *p;

	for (p = sb->buf; *p != '\0'; p++)
		if (*p == '\n')
			*p = '\r';
}

static void make_other(struct strbuf *sb, unsigned kind)
{
	unsigned i;

	switch (kind) {
	case 0:
	case 1:
		make_rules(sb);
		to_utf16(sb, kind == 0);
		break;
	case 2:
		make_rules(sb);
		to_crs(sb);
		break;
	case 3:
		strbuf_add(sb,
			   "\x7f"
			   "ELF",
			   4);
		for (i = 0; i < 50000; i++)
			strbuf_addch(sb, (char)(i * 2654435761u >> 13));
		break;
	case 4:
		strbuf_addstr(sb, "-----BEGIN CERTIFICATE-----\n");
		for (i = 0; i < 40; i++)
			strbuf_addstr(sb,
				      "MIIBszCCAVmgAwIBAgIUVn0pYd9n4LJ8m9o9hU0YkX8a7sswCgYIKoZI\n");
		strbuf_addstr(sb, "-----END CERTIFICATE-----\n");
		break;
	case 5:
		for (i = 0; i < 50; i++)
			strbuf_addstr(sb, "Dear all, the labels are as agreed; see the mail.\n");
		break;
	case 6:
		for (i = 0; i < RULES; i++)
			strbuf_addf(sb, "{ raddr 192.0.2.%u } ipsec { encr_algs aes }\n", i);
		break;
	default:
		for (i = 0; i < RULES; i++)
			strbuf_addf(sb,
				    "add esp spi 0x%x src 192.0.2.1 dst 192.0.2.%u encr_alg aes "
				    "encrkey 00112233445566778899aabbccddeeff\n",
				    i + 256, i);
	}
}

/* One finding, which says what it is. */
static void expect_foreign(enum location location, const char *text, size_t len, const char *what)
{
	struct strbuf found = STRBUF_INIT, message = STRBUF_INIT;
	struct checked c;

	checked_text(&c, location, text, len, DIALECT_ILLUMOS);
	checked_print(&c, &found);
	cr_expect_str_eq(found.buf, "E FILE-0 0", "%s with '%.20s': %s", locations[location].path,
			 text, found.buf);
	lint_message(c.lint, &lint_findings(c.lint)->items[0], &message);
	cr_expect_not_null(strstr(message.buf, what), "'%s': %s", what, message.buf);
	checked_release(&c);
	strbuf_release(&found);
	strbuf_release(&message);
}

Test(lint_cause, a_file_of_another_kind)
{
	static const char *const whats[] = { "UTF-16",        "UTF-16",        "CR alone",
					     "it is no text", "nothing in it", "nothing in it",
					     "ipsecinit",     "ipseckeys" };
	struct strbuf text = STRBUF_INIT;
	unsigned kind;

	for (kind = 0; kind < ARRAY_SIZE(whats); kind++) {
		make_other(&text, kind);
		expect_foreign(LOCATION_IKE_CONFIG, text.buf, text.len, whats[kind]);
		expect_foreign(LOCATION_PRESHARED, text.buf, text.len, whats[kind]);
		strbuf_clear(&text);
	}
	make_rules(&text);
	expect_foreign(LOCATION_PRESHARED, text.buf, text.len, "ike-config");
	expect_foreign(LOCATION_IPSECINIT, text.buf, text.len, "ike-config");
	expect_foreign(LOCATION_IPSECKEYS, text.buf, text.len, "ike-config");
	strbuf_clear(&text);
	make_keys(&text);
	expect_foreign(LOCATION_IKE_CONFIG, text.buf, text.len, "ike-preshared");
	expect_foreign(LOCATION_IPSECINIT, text.buf, text.len, "ike-preshared");
	expect_foreign(LOCATION_IPSECKEYS, text.buf, text.len, "ike-preshared");
	strbuf_release(&text);
}

/* What one file says of the other, where one of them is wrong. */
struct crossing {
	const char *name;
	const char *after, *from, *to; /* in ike.preshared; NULL: it is CONTENT */
	const char *content;           /* NULL: there is no such file */
	mode_t mode;
	const char *findings;
};

/* clang-format off */
static const struct crossing crossings[] = {
	{ "nothing", "#", "#", "#", NULL, 0600, "" },
	{ "an entry is gone", "100.49\n", "100.50\n", "100.250\n", NULL, 0600, "E C01 config:347; N C02 ike.preshared:346" },
	{ "a misspelt address", "100.49\n", "100.50\n", "100.x\n", NULL, 0600, "E C05 ike.preshared:350" },
	{ "a misspelt field", "100.49\n", "remoteid ", "remotid ", NULL, 0600, "E PSK-S2 ike.preshared:350" },
	{ "an entry is not opened", "100.49\n", "}\n{\n", "}\n", NULL, 0600, "E PSK-S2 ike.preshared:346" },
	{ "an entry on another's line", "100.49\n", "}\n{\n", "} {\n", NULL, 0600, "E PSK-L8 ike.preshared:345" },
	{ "a } too many", "100.49\n", "}\n", "}\n}\n", NULL, 0600, "E PSK-S2 ike.preshared:346" },
	{ "a key is none", "100.49\n", "key 00", "key zz", NULL, 0600, "E C06 ike.preshared:344" },
	{ "no file", NULL, NULL, NULL, NULL, 0600, "E C01 ike.preshared:0" },
	{ "no entry", NULL, NULL, NULL, "# none\n", 0600, "E C01 ike.preshared:0" },
	{ "another file", NULL, NULL, NULL, "Dear all, here are the keys that you asked for.\n", 0600, "E FILE-0 ike.preshared:0" },
};
/* clang-format on */

Test(lint_cause, one_mistake_in_the_keys_of_many_rules)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(crossings); i++) {
		const struct crossing *x = &crossings[i];
		struct strbuf rules = STRBUF_INIT, keys = STRBUF_INIT, found = STRBUF_INIT;
		char *root = tree_new();
		struct checked c;

		make_rules(&rules);
		make_keys(&keys);
		if (x->after != NULL)
			replace(&keys, x->after, x->from, x->to);
		tree_folder(root, "/etc/inet/secret", 0700);
		tree_file(root, "/etc/inet/ike/config", rules.buf, 0644);
		if (x->after != NULL || x->content != NULL)
			tree_file(root, "/etc/inet/secret/ike.preshared",
				  x->content != NULL ? x->content : keys.buf, x->mode);
		checked_tree(&c, root, "solaris");
		checked_print(&c, &found);
		cr_expect_str_eq(found.buf, x->findings, "%s: found '%s', not '%s'", x->name,
				 found.buf, x->findings);
		checked_release(&c);
		strbuf_release(&rules);
		strbuf_release(&keys);
		strbuf_release(&found);
		tree_free(root);
	}
}

static void make_policies(struct strbuf *sb)
{
	unsigned i;

	for (i = 1; i <= RULES + 1; i++)
		strbuf_addf(sb,
			    "{laddr 192.0.2.1 raddr 198.51.100.%u} ipsec {encr_algs aes "
			    "encr_auth_algs sha256 sa shared}\n",
			    i);
}

/* For the last policy there is no rule. */
static void make_commands(struct strbuf *sb)
{
	strbuf_addstr(sb, "add esp spi 0x1001 src 192.0.2.1 dst 198.51.100.101 "
			  "encr_alg aes encrkey 8f3a61c2d7e94b05a1f6c83e2d7b9041 auth_alg sha1 "
			  "authkey c41d7e02b89f6a35d0e7194c8b2f6da3571e90c8\n"
			  "add esp spi 0x1002 pair-spi 0x1001 src 198.51.100.101 dst 192.0.2.1 "
			  "encr_alg aes encrkey 18f3a61c2d7e94b05a1f6c83e2d7b904 auth_alg sha1 "
			  "authkey d4ab26f37e05b9c1d8426f3ac41d7e02b89f6a35\n");
}

/* What is in place of what in one of four files; FROM NULL: the file is another one, number AFTER
 * of make_other. And what is found in all of them. */
struct quarrel {
	const char *name;
	enum location location;
	const char *after, *from, *to;
	const char *findings;
};

/* clang-format off */
static const struct quarrel quarrels[] = {
	{ "nothing", LOCATION_IKE_CONFIG, "#", "#", "#", "" },
	{ "another file for the rules", LOCATION_IKE_CONFIG, "5", NULL, NULL, "E FILE-0 config:0" },
	{ "policies for the rules", LOCATION_IKE_CONFIG, "6", NULL, NULL, "E FILE-0 config:0" },
	{ "another file for the keys", LOCATION_PRESHARED, "5", NULL, NULL, "E FILE-0 ike.preshared:0" },
	{ "another file for the policies", LOCATION_IPSECINIT, "5", NULL, NULL, "E FILE-0 ipsecinit.conf:0" },
	{ "manual keys for the policies", LOCATION_IPSECINIT, "7", NULL, NULL, "E FILE-0 ipsecinit.conf:0" },
	{ "another file for the manual keys", LOCATION_IPSECKEYS, "5", NULL, NULL, "E FILE-0 ipseckeys:0" },
	{ "a rule is not closed", LOCATION_IKE_CONFIG, "100.49\n", "aes }\n}\n", "aes }\n", "E CONF-V19 config:339" },
	{ "a rule is not opened", LOCATION_IKE_CONFIG, "100.49\n", "}\n{\n\tlabel", "}\n\tlabel", "E CONF-V19 config:346" },
	{ "a rule ends too early", LOCATION_IKE_CONFIG, "100.49\n", "\tremote_addr 198", "}\tremote_addr 198", "E CONF-V19 config:349" },
	{ "a misspelt address", LOCATION_IKE_CONFIG, "100.49\n", "198.51.100.50", "198.51.100.x", "E CONF-A2 config:349" },
	{ "a misspelt keyword", LOCATION_IKE_CONFIG, "100.49\n", "remote_addr", "remote_adr", "E CONF-V19 config:349" },
	{ "a quote is not closed", LOCATION_IKE_CONFIG, "100.49\n", "r50\"", "r50", "E A37 config:347" },
	{ "a rule is gone", LOCATION_IKE_CONFIG, "100.49\n", "198.51.100.50", "198.51.100.150", "N E12 config:347; E C01 config:347; N C02 ike.preshared:346; E E11 ipsecinit.conf:50" },
	{ "a policy is not closed", LOCATION_IPSECINIT, "100.49}", "shared}", "shared", "E POL-G1 ipsecinit.conf:49" },
	{ "a policy is not opened", LOCATION_IPSECINIT, "100.49}", "{laddr", "laddr", "E POL-L8 ipsecinit.conf:50" },
	{ "a policy has a misspelt keyword", LOCATION_IPSECINIT, "100.49}", "raddr", "radr", "E POL-K1 ipsecinit.conf:50" },
	{ "a command is misspelt", LOCATION_IPSECKEYS, "add esp spi 0x1001", "\nadd", "\nad", "E SA-3 ipseckeys:2" },
	{ "an extension is misspelt", LOCATION_IPSECKEYS, "add", "dst", "dts", "E SA-4 ipseckeys:1" },
};
/* clang-format on */

Test(lint_cause, one_mistake_in_one_of_four_files)
{
	static void (*const make[])(struct strbuf * sb) = {
		[LOCATION_IKE_CONFIG] = make_rules,
		[LOCATION_PRESHARED] = make_keys,
		[LOCATION_IPSECINIT] = make_policies,
		[LOCATION_IPSECKEYS] = make_commands,
	};
	size_t i;
	int k;

	for (i = 0; i < ARRAY_SIZE(quarrels); i++) {
		const struct quarrel *q = &quarrels[i];
		struct strbuf found = STRBUF_INIT;
		char *root = tree_new();
		struct checked c;

		tree_folder(root, "/etc/inet/secret", 0700);
		for (k = 0; k < LOCATION_FILES; k++) {
			struct strbuf text = STRBUF_INIT;

			if (k != (int)q->location || q->from != NULL)
				make[k](&text);
			else
				make_other(&text, (unsigned)atoi(q->after));
			if (k == (int)q->location && q->from != NULL)
				replace(&text, q->after, q->from, q->to);
			tree_file(root, locations[k].path, text.buf,
				  locations[k].secret ? 0600 : 0644);
			strbuf_release(&text);
		}
		checked_tree(&c, root, "solaris");
		checked_print(&c, &found);
		cr_expect_str_eq(found.buf, q->findings, "%s: found '%s', not '%s'", q->name,
				 found.buf, q->findings);
		checked_release(&c);
		strbuf_release(&found);
		tree_free(root);
	}
}
