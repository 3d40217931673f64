/* Files that are large in one particular way: none of them takes long to check. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

/* With each rule compared with each it would be minutes. */
#define COUNT 20000

#define PARTS(method)                                                                              \
	"p1_xform { auth_method " method " oakley_group 2 auth_alg sha1 encr_alg 3des }"

static void add_ip(struct strbuf *sb, const char *before, unsigned i)
{
	strbuf_addf(sb, "%s10.%u.%u.%u", before, i >> 16, i >> 8 & 255, i & 255);
}

static void add_rule(struct strbuf *sb, unsigned label, unsigned local, unsigned remote,
		     const char *suffix, const char *method)
{
	strbuf_addf(sb, "{ label INDEXID_%u", label);
	add_ip(sb, " local_addr ", local);
	add_ip(sb, " remote_addr ", remote);
	strbuf_addf(sb, "%s %s }\n", suffix, method);
}

static void add_key(struct strbuf *sb, unsigned local, unsigned remote, const char *suffix)
{
	add_ip(sb, "{ localidtype IP localid ", local);
	add_ip(sb, " remoteidtype IP remoteid ", remote);
	strbuf_addf(sb, "%s key 00112233445566778899aabbcc%06x\n}\n", suffix, remote);
}

static void same_labels(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	(void)keys;
	add_rule(rules, 1, 1, i, "", PARTS("preshared"));
}

static void same_pairs(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	add_rule(rules, i + 1, 1, 2, "", PARTS("preshared"));
	add_key(keys, 1, 2, "");
}

static void same_peer(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	(void)keys;
	add_rule(rules, i + 1, i, 2, "", i % 2 ? PARTS("preshared") : PARTS("rsa_sig"));
}

static void wide_keys(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	add_rule(rules, i + 1, 1, i * 16 + 1, "", PARTS("preshared"));
	add_key(keys, 1, i * 16, "/28");
}

static void wide_rules(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	add_rule(rules, i + 1, 1, i * 16, "/28", PARTS("preshared"));
	add_key(keys, 1, i * 16 + 1, "");
}

static void all_overlap(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	char suffix[8];

	snprintf(suffix, sizeof suffix, "/%u", 8 + i % 20);
	add_rule(rules, i + 1, i, 0, suffix, PARTS("preshared"));
	add_key(keys, i, 0, suffix);
}

static void many_addresses(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	if (i == 0)
		strbuf_addstr(rules, "{ label INDEXID_1 " PARTS("preshared"));
	add_ip(rules, " local_addr ", 2 * i);
	add_ip(rules, " remote_addr ", 2 * i + 1);
	if (i == COUNT - 1)
		strbuf_addstr(rules, " }\n");
	add_key(keys, 2 * i + 1, 2 * i, "");
}

static void many_identities(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	(void)keys;
	add_rule(rules, i + 1, 1, i, " local_id_type dn local_id \"!DNS=a\" remote_id \"\"",
		 PARTS("rsa_sig"));
}

static void many_transforms(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	(void)keys;
	strbuf_addf(rules, "%s%s%s", i == 0 ? "{ label INDEXID_1 " : "", PARTS("preshared") "\n",
		    i == COUNT - 1 ? "}" : "");
}

static void many_braces(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	(void)i;
	strbuf_addstr(rules, "{\n");
	strbuf_addstr(keys, "{\n");
}

static void many_selectors(struct strbuf *rules, struct strbuf *keys, unsigned i)
{
	(void)keys;
	strbuf_addf(rules, "cert_trust \"DNS=host%u\"\n", i);
}

static void (*const shapes[])(struct strbuf *rules, struct strbuf *keys, unsigned i) = {
	same_labels,    same_pairs,      same_peer,       wide_keys,   wide_rules,     all_overlap,
	many_addresses, many_identities, many_transforms, many_braces, many_selectors,
};

static void check_shape(size_t shape, const char *profile)
{
	struct strbuf rules = STRBUF_INIT, keys = STRBUF_INIT;
	char *root = tree_new();
	struct checked c;
	unsigned i;

	for (i = 0; i < COUNT; i++)
		shapes[shape](&rules, &keys, i);
	tree_folder(root, "/etc/inet/secret", 0700);
	tree_file(root, "/etc/inet/ike/config", rules.buf, 0644);
	tree_file(root, "/etc/inet/secret/ike.preshared", keys.buf, 0600);
	checked_tree(&c, root, profile);
	cr_expect_gt(lint_findings(c.lint)->count, 0, "shape %zu", shape);
	checked_release(&c);
	strbuf_release(&rules);
	strbuf_release(&keys);
	tree_free(root);
}

Test(lint_large, is_quick_where_mdm_and_ssm_share, .timeout = 60)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(shapes); i++)
		check_shape(i, "mdm-ssm");
}

Test(lint_large, is_quick_elsewhere, .timeout = 60)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(shapes); i++)
		check_shape(i, "solaris");
}
