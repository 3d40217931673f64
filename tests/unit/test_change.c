/* Changes in memory: what is new about them is told from what was there before. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "change/edits.h"
#include "kinds/errors.h"
#include "tests/fault/tree.h"
#include "tests/tools/lossless.h"
#include "tests/unit/checked.h"

/* 2025-01-01: one certificate of the sample host has expired, the others are good. */
#define NOW 1735689600

TestSuite(change, .timeout = 60);

static struct lint *check_all(struct host *host, const struct profile *profile)
{
	struct lint *lint = lint_new(host, profile, ROLE_ADMIN, NOW);

	while (lint_step(lint, SIZE_MAX))
		;
	return lint;
}

static struct errors *all_errors(struct host *host, const struct profile *profile)
{
	struct lint *lint = check_all(host, profile);
	struct errors *errors;
	struct view view;

	view_init(&view, host, lint, profile);
	errors = errors_new(&view);
	view_release(&view);
	lint_free(lint);
	return errors;
}

static void add_line(void *ctx, const char *text)
{
	strbuf_addf(ctx, "%s\n", text);
}

/* A host whose only errors are that three of its rules have no key. */
static char *plain_tree(void)
{
	struct strbuf config = STRBUF_INIT, keys = STRBUF_INIT;
	char *root = tree_new();
	int i;

	strbuf_addstr(&config, "p1_nonce_len 20\np2_pfs 2\n");
	for (i = 1; i <= 12; i++) {
		strbuf_addf(
			&config,
			"{\nlabel INDEXID_%d\nlocal_id_type ip\nlocal_addr 192.0.2.1\n"
			"remote_addr 198.51.100.%d\np2_pfs 2 p2_lifetime_secs 28800\n"
			"p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 2 "
			"auth_alg sha1 encr_alg 3des }\n}\n",
			i, i);
		if (i % 4 != 0)
			strbuf_addf(
				&keys,
				"{ localidtype IP\n localid 192.0.2.1\n remoteidtype IP\n"
				" remoteid 198.51.100.%d\n key 0123456789abcdef0123456789abcd%02d\n}\n",
				i, i);
	}
	tree_folder(root, "/etc/inet/secret", 0700);
	tree_file(root, "/etc/inet/ike/config", config.buf, 0644);
	tree_file(root, "/etc/inet/secret/ike.preshared", keys.buf, 0600);
	strbuf_release(&config);
	strbuf_release(&keys);
	return root;
}

/* Another address for a rule, or one rule or key less. */
static void change_plainly(struct change *change, uint32_t *seed)
{
	static const struct field fields[] = { { "remote_addr", "198.51.100.2" },
					       { "remote_addr", "198.51.100.99" },
					       { "remote_addr", "198.51.100.0/24" },
					       { "local_addr", "192.0.2.7" } };
	struct host *host = change_host(change);
	struct error err = ERROR_INIT;
	const struct field *field = &fields[lossless_random(seed) % ARRAY_SIZE(fields)];

	switch (lossless_random(seed) % 5) {
	case 0:
		rule_remove(change, lossless_random(seed) % host->nrules, &err);
		break;
	case 1:
		psk_remove(change, lossless_random(seed) % host->nkeys, &err);
		break;
	default:
		rule_edit(change, lossless_random(seed) % host->nrules, field, 1, &err);
		break;
	}
	error_clear(&err);
}

/* One change of any kind, sensible or not; it may be refused. */
static void change_something(struct change *change, uint32_t *seed)
{
	static const struct field fields[] = {
		{ "p2_lifetime_secs", "60" },     { "p2_pfs", "0" },
		{ "local_addr", "192.0.2.1" },    { "remote_addr", "203.0.113.0/24" },
		{ "auth_method", "rsa_sig" },     { "auth_method", "preshared" },
		{ "local_id", "CN=nobody" },      { "label", "INDEXID_5" },
		{ "label", "a_foreign_one" },     { "p1_lifetime_secs", "60" },
		{ "local_addr", "47.154.135.86" }
	};
	static const struct field globals[] = { { "p1_nonce_len", "40" },
						{ "p2_pfs", "5" },
						{ "p1_lifetime_secs", "100" },
						{ "cert_trust", "CN=nobody" },
						{ "ignore_crls", "yes" } };
	struct host *host = change_host(change);
	struct error err = ERROR_INIT;
	size_t rule = lossless_random(seed) % host->nrules,
	       key = lossless_random(seed) % host->nkeys;
	const struct field *field = &fields[lossless_random(seed) % ARRAY_SIZE(fields)];
	const struct field *global = &globals[lossless_random(seed) % ARRAY_SIZE(globals)];
	struct field psk[] = { { "localid", "192.0.2.9" } };

	switch (lossless_random(seed) % 10) {
	case 0:
		rule_remove(change, rule, &err);
		break;
	case 1:
		psk_remove(change, key, &err);
		break;
	case 2:
		global_edit(change, global->name, global->value, &err);
		break;
	case 3:
		psk_edit(change, key, psk, 1, NULL, &err);
		break;
	case 4:
		change_undo(change);
		break;
	default:
		rule_edit(change, rule, field, 1, &err);
		break;
	}
	error_clear(&err);
}

/*
 * The errors that a change brings are those that checking everything twice finds, though what did
 * not change is not looked at again.
 */
static void compare_new_errors(const char *root, uint32_t seeds,
			       void (*do_change)(struct change *change, uint32_t *seed))
{
	struct profile *profile = checked_profile("mdm-ssm");
	size_t total = 0;
	uint32_t seed;

	for (seed = 1; seed <= seeds; seed++) {
		struct host *host = host_open(root, DIALECT_SOL10);
		struct change *change = change_new(host, profile, ROLE_ADMIN);
		struct errors *before = all_errors(host, profile), *after;
		struct strbuf found = STRBUF_INIT, expected = STRBUF_INIT;
		struct lint *lint;
		uint32_t state = seed, steps = 1 + seed % 4;

		while (steps-- > 0)
			do_change(change, &state);
		lint = check_all(host, profile);
		after = all_errors(host, profile);
		total += errors_compare(before, after, add_line, &expected);
		change_new_errors(change, lint, NOW, add_line, &found);
		cr_assert_str_eq(found.buf, expected.buf, "%u:\n%s\nnot\n%s", seed, found.buf,
				 expected.buf);
		lint_free(lint);
		errors_free(before);
		errors_free(after);
		strbuf_release(&found);
		strbuf_release(&expected);
		change_free(change);
		host_free(host);
	}
	cr_assert_gt(total, seeds / 2);
	profile_free(profile);
}

Test(change, new_errors_of_any_change)
{
	compare_new_errors(DATA "/sample-host", 120, change_something);
}

Test(change, new_errors_where_rules_are_known)
{
	char *root = plain_tree();

	compare_new_errors(root, 400, change_plainly);
	tree_free(root);
}

static struct change *change_of(struct host **host, const struct profile *profile, const char *text)
{
	*host = host_open_single(LOCATION_IKE_CONFIG, "the file",
				 blob_copy(text, strlen(text), false), profile->dialect);
	return change_new(*host, profile, ROLE_ADMIN);
}

static void expect_edit(const char *text, const char *name, const char *value, const char *wanted)
{
	struct profile *profile = checked_profile("solaris");
	struct field field = { name, value };
	struct error err = ERROR_INIT;
	struct host *host;
	struct change *change = change_of(&host, profile, text);

	if (wanted != NULL) {
		cr_expect(rule_edit(change, 0, &field, 1, &err), "%s", err.text);
		cr_expect_str_eq(host_doc(host, LOCATION_IKE_CONFIG)->blob.data, wanted);
	} else {
		cr_expect_not(rule_edit(change, 0, &field, 1, &err));
		cr_expect_eq(err.code, ERROR_IO);
		cr_expect_str_eq(host_doc(host, LOCATION_IKE_CONFIG)->blob.data, text);
		cr_expect_eq(change_count(change), 0);
	}
	error_clear(&err);
	change_free(change);
	host_free(host);
	profile_free(profile);
}

/* A keyword without its value gets one; nothing is called done that is not. */
Test(change, a_statement_without_a_value_gets_one)
{
	expect_edit("{ label (a) }\n", "label", "b", "{ label \"b\" (a) }\n");
	expect_edit("{\n\tlabel\n\tp2_pfs 2\n}\n", "label", "b",
		    "{\n\tlabel \"b\"\n\tp2_pfs 2\n}\n");
}

/* What stands around it is broken: the new statement would be a part of a text without an end. */
Test(change, an_edit_that_would_be_swallowed_is_refused)
{
	expect_edit("{ local_id \"CN=a", "p2_pfs", "2", NULL);
	expect_edit("{ label a }\n", "label", "b", "{ label b }\n");
}
