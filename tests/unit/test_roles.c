/*
 * Who may do what: each id of the agreement against each role, through the functions that commands,
 * forms and repairs use. What a check finds in a file, test_lint_coexist.c has.
 */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/xalloc.h"
#include "change/edits.h"
#include "change/repair.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

TestSuite(roles, .timeout = 120);

#define CONFIG  "/etc/inet/ike/config"
#define SECRET  "/etc/inet/secret"
#define TAIL    ", ST=North Carolina, C=US, L=Research Triangle Park, O=Security, OU=3X20"
#define GLOBALS "p1_lifetime_secs 28800\np2_pfs 0\n"
#define TRUST                                                                                      \
	"cert_root \"CN=PKBRoot01" TAIL "\"\ncert_trust \"CN=PKBRoot01" TAIL "\"\nignore_crls\n"
#define PARTS " oakley_group 2 auth_alg sha1 encr_alg 3des }\n"
#define PRESHARED                                                                                  \
	"{\nlabel INDEXID_1\nlocal_id_type ip\nlocal_addr 192.0.2.86\nremote_addr 192.0.2.81\n"    \
	"p2_pfs 2\np2_lifetime_secs 28800\n"                                                       \
	"p1_xform { p1_lifetime_secs 86400 auth_method preshared" PARTS "}\n"
#define RSASIG_OF(name)                                                                            \
	"{\nlabel INDEXID_2\nlocal_id_type dn\nlocal_addr 192.0.2.86\nlocal_id \"" name "\"\n"     \
	"remote_addr 192.0.2.69\nremote_id \"\"\np2_pfs 1\n"                                       \
	"p1_xform { p1_lifetime_secs 86400 auth_method rsa_sig" PARTS "}\n"
#define RSASIG RSASIG_OF("CN=SSM0 47.154.135.86" TAIL)
#define FOREIGN                                                                                    \
	"# a person's\n{\nlabel lab\nlocal_addr 192.0.2.86\nremote_addr 198.51.100.7\n"            \
	"p1_xform { auth_method preshared" PARTS "}\n"
/* A rule for a network that the peer of INDEXID_1 is in. */
#define WIDER                                                                                      \
	"{\nlabel net\nlocal_addr 192.0.2.86\nremote_addr 192.0.2.0/24\n"                          \
	"p1_xform { auth_method preshared" PARTS "}\n"
#define BOTH "p1_nonce_len 20\n" TRUST GLOBALS PRESHARED RSASIG FOREIGN
#define KEY(remote)                                                                                \
	"{\nlocalidtype IP\nlocalid 192.0.2.86\nremoteidtype IP\nremoteid " remote                 \
	"\nkey 00112233445566778899aabbccddeeff\n}\n"

/* What is in the tree besides ike/config. */
enum {
	NO_CERTIFICATES = 1,
	NO_LIST = 2,     /* of what was revoked */
	WIDE_CONFIG = 4, /* files and folders with modes that let in others */
	WIDE_PUBLICKEYS = 8,
	WIDE_PRESHARED = 16,
	WIDE_PRIVATEKEYS = 32,
	WIDE_CRLS = 64,
};

/*
 * One row: an id of the agreement, what is done to which file, and what comes of it for each role:
 * the lines of the diff ("-old; +new"), "" for nothing, or "!ID" for a refusal with that id, "!"
 * for one with the row's own. What stands in brackets behind it has to be among the notes.
 */
struct row {
	const char *id;
	const char *config; /* NULL: there is none */
	unsigned without;
	const char *what; /* verb and fields with | between them; & joins two steps of one change */
	const char *admin, *ssm, *mdm;
};

#define ADD_PSK "rule add|local_addr=192.0.2.86|remote_addr=198.51.100.7"
#define NEW_PSK                                                                                                   \
	"+{; +label INDEXID_3; +local_id_type ip; +local_addr 192.0.2.86; +remote_addr 198.51.100.7; +p2_pfs 2; " \
	"+p2_lifetime_secs 28800; +p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 2 auth_alg sha1 encr_alg 3des }; +}"
#define OLD_PSK                                                                                                                      \
	"-label INDEXID_1; -local_id_type ip; -local_addr 192.0.2.86; -remote_addr 192.0.2.81; -p2_pfs 2; -p2_lifetime_secs 28800; " \
	"-p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 2 auth_alg sha1 encr_alg 3des }; -}; -{"
#define ADD_RSA "rule add|local_addr=192.0.2.86|remote_addr=198.51.100.9|auth_method=rsa_sig"
#define NEW_RSA(n)                                                                                 \
	"+{; +label INDEXID_" n                                                                    \
	"; +local_id_type dn; +local_addr 192.0.2.86; +local_id \"CN=SSM0 47.154.135.86\"; "       \
	"+remote_addr 198.51.100.9; +remote_id \"\"; +p2_pfs 2; +p2_lifetime_secs 28800; "         \
	"+p1_xform { p1_lifetime_secs 86400 auth_method rsa_sig oakley_group 2 auth_alg sha1 encr_alg 3des }; +}"

/* clang-format off */
static const struct row rows[] = {
#include "tests/unit/roles.inc"
};
/* clang-format on */

static void put(const char *root, const char *name, mode_t mode)
{
	struct file_info info;
	struct blob blob;

	file_read(DATA "/sample-host", name, false, &blob, &info);
	cr_assert_eq(info.state, FILE_READ, "%s", name);
	tree_bytes(root, name, blob.data, blob.len, mode);
	blob_release(&blob);
}

static char *make_tree(const struct row *row)
{
	static const struct {
		unsigned bit;
		const char *name;
		mode_t mode;
	} wide[] = {
		{ WIDE_PUBLICKEYS, "/etc/inet/ike/publickeys", 0777 },
		{ WIDE_PRESHARED, SECRET "/ike.preshared", 0644 },
		{ WIDE_PRIVATEKEYS, SECRET "/ike.privatekeys", 0755 },
		{ WIDE_CRLS, "/etc/inet/ike/crls", 0777 },
	};
	char *root = tree_new();
	size_t i;

	tree_folder(root, SECRET, 0700);
	tree_folder(root, SECRET "/ike.privatekeys", 0700);
	tree_folder(root, "/etc/inet/ike/publickeys", 0755);
	tree_folder(root, "/etc/inet/ike/crls", 0755);
	if (!(row->without & NO_CERTIFICATES)) {
		put(root, "/etc/inet/ike/publickeys/0", 0644);
		put(root, "/etc/inet/ike/publickeys/1", 0644);
		put(root, SECRET "/ike.privatekeys/1", 0600);
	}
	if (!(row->without & NO_LIST))
		put(root, "/etc/inet/ike/crls/0", 0644);
	tree_file(root, SECRET "/ike.preshared", KEY("192.0.2.81") KEY("198.51.100.7"), 0600);
	tree_file(root, SECRET "/ipseckeys",
		  "add esp spi 691 proto 6 src 192.0.2.86 sport 829 dst 192.0.2.69 encralg aes "
		  "encrkey 00112233445566778899aabbccddeeff\n",
		  0600);
	tree_file(root, "/etc/inet/ipsecinit.conf",
		  "{lport 829 ulp tcp} ipsec {encr_algs aes}\n"
		  "{laddr 192.0.2.86 raddr 192.0.2.69} ipsec {encr_algs aes encr_auth_algs sha1}\n",
		  0644);
	if (row->config != NULL)
		tree_file(root, CONFIG, row->config, row->without & WIDE_CONFIG ? 0777 : 0755);
	for (i = 0; i < ARRAY_SIZE(wide); i++) {
		char *path = tree_path(root, wide[i].name);

		if (row->without & wide[i].bit)
			cr_assert_eq(chmod(path, wide[i].mode), 0);
		free(path);
	}
	return root;
}

/* "p2_pfs=1|label=a" as fields; TEXT is cut up. */
static size_t cut(char *text, struct field *fields, size_t most)
{
	char *word, *save = NULL;
	size_t count = 0;

	for (word = strtok_r(text, "|", &save); word != NULL && count < most;
	     word = strtok_r(NULL, "|", &save)) {
		char *equals = strchr(word, '=');

		if (equals != NULL)
			*equals++ = '\0';
		fields[count++] = (struct field){ word, equals != NULL ? equals : "" };
	}
	return count;
}

static bool has_id(void *ctx, const struct lint *lint, const struct finding *finding)
{
	(void)lint;
	return strcmp(checks[finding->check].id, ctx) == 0;
}

static bool do_repair(struct change *change, const char *id, struct error *err)
{
	struct repairs repairs = { 0 };
	struct lint *lint = lint_new(change_host(change), change_profile(change),
				     change_role(change), CHECKED_NOW);
	size_t i;

	while (lint_step(lint, SIZE_MAX))
		;
	repair_findings(change, lint, CHECKED_NOW, has_id, (void *)id, &repairs);
	change_end(change, repairs.made > 0);
	for (i = 0; i < repairs.count && repairs.made == 0; i++)
		if (repairs.items[i].fate == REPAIR_REFUSED)
			error_set(err, ERROR_REFUSED, "%s", repairs.items[i].why);
	repairs_release(&repairs);
	lint_free(lint);
	return err->code == ERROR_NONE;
}

/* Does "rule edit" and the like. */
static bool do_step(struct change *change, char *what, struct error *err)
{
	struct host *host = change_host(change);
	const struct policy_place end = { host->npolicies, false };
	struct blob key = blob_copy("ffeeddccbbaa99887766554433221100", 32, true);
	struct manual_sa_keys keys = { .encr = { &key, false } };
	struct field fields[16];
	size_t count = cut(what, fields, ARRAY_SIZE(fields)), i, number = SIZE_MAX;
	const char *verb = fields[0].name;
	const struct field *f = fields + 1;
	bool good = true;

	if (count > 1 && strncmp(verb, "rule ", 5) == 0)
		number = host_find_rule(host, f->name);
	else if (count > 1)
		number = strtoul(f->name, NULL, 10) - 1;
	if (strcmp(verb, "rule add") == 0)
		good = rule_add(change, f, count - 1, NULL, err);
	else if (strcmp(verb, "rule edit") == 0)
		good = rule_edit(change, number, f + 1, count - 2, err);
	else if (strcmp(verb, "rule remove") == 0)
		good = rule_remove(change, number, err);
	else if (strcmp(verb, "psk add") == 0)
		good = psk_add(change, f, count - 1, &key, NULL, err);
	else if (strcmp(verb, "psk edit") == 0)
		good = psk_edit(change, number, NULL, 0, &key, err);
	else if (strcmp(verb, "psk remove") == 0)
		good = psk_remove(change, number, err);
	else if (strcmp(verb, "policy add") == 0)
		good = policy_add(change, f, count - 1, end, NULL, err);
	else if (strcmp(verb, "policy edit") == 0)
		good = policy_edit(change, number, f + 1, count - 2, err);
	else if (strcmp(verb, "policy remove") == 0)
		good = policy_remove(change, number, err);
	else if (strcmp(verb, "policy move") == 0)
		good = policy_move(change, number, strtoul(f[1].name, NULL, 10) - 1, err);
	else if (strcmp(verb, "manual add") == 0)
		good = manual_sa_add(change, f, count - 1, &keys, NULL, err);
	else if (strcmp(verb, "manual edit") == 0)
		good = manual_sa_edit(change, number, f + 1, count - 2,
				      &(struct manual_sa_keys){ .encr = { NULL, false } }, err);
	else if (strcmp(verb, "manual remove") == 0)
		good = manual_sa_remove(change, number, false, err);
	else if (strcmp(verb, "repair") == 0)
		good = do_repair(change, f->name, err);
	else if (strcmp(verb, "override") == 0)
		good = change_override(change, f->name, err);
	else
		for (i = 0; i < count - 1 && good; i++)
			good = strcmp(verb, "global add") == 0
				       ? global_add(change, f[i].name, f[i].value, err)
			       : strcmp(verb, "global edit") == 0
				       ? global_edit(change, f[i].name, f[i].value, err)
				       : global_remove(change, f[i].name, err);
	blob_release(&key);
	return good;
}

static bool do_steps(struct change *change, const char *what, struct error *err)
{
	char *text = xstrdup(what), *step, *save = NULL;
	bool good = true;

	for (step = strtok_r(text, "&", &save); step != NULL && good;
	     step = strtok_r(NULL, "&", &save))
		good = do_step(change, step, err);
	free(text);
	return good && change_may_save(change, err);
}

/* The lines that differ, "-old; +new"; the part that all names have in common is left out. */
static void print_diff(struct change *change, struct strbuf *sb)
{
	struct strbuf diff = STRBUF_INIT;
	char *line, *save = NULL, *tail;

	change_diff(change, &diff);
	for (line = strtok_r(diff.buf, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		if (strncmp(line, "mode ", 5) == 0)
			*strstr(line, " of ") = '\0';
		else if ((line[0] != '-' && line[0] != '+') || strncmp(line, "---", 3) == 0 ||
			 strncmp(line, "+++", 3) == 0)
			continue;
		if ((tail = strstr(line, TAIL)) != NULL)
			memmove(tail, tail + strlen(TAIL), strlen(tail + strlen(TAIL)) + 1);
		strbuf_addf(sb, "%s%c%s", sb->len > 0 ? "; " : "", line[0],
			    line + 1 + strspn(line + 1, "\t "));
	}
	strbuf_release(&diff);
}

/* Whether a note has the text that stands in brackets behind the outcome. */
static bool is_noted(struct change *change, const char *outcome)
{
	const char *open = strchr(outcome, '['), *close = open != NULL ? strchr(open, ']') : NULL;
	bool found = open == NULL;
	char *text;
	size_t i;

	if (close == NULL)
		return found;
	text = xstrndup(open + 1, (size_t)(close - open - 1));
	for (i = 0; i < change_note_count(change) && !found; i++)
		found = strstr(change_note(change, i), text) != NULL;
	free(text);
	return found;
}

static void expect_refusal(const struct row *row, enum role role, const char *outcome,
			   const struct error *err)
{
	struct strbuf wanted = STRBUF_INIT;

	strbuf_addf(&wanted, "refused by %s", outcome[1] != '\0' ? outcome + 1 : row->id);
	cr_expect_eq(err->code, ERROR_REFUSED, "%s %s %s: not refused", row->id, role_name(role),
		     row->what);
	/* Which id, who is refused, and who may. */
	cr_expect(err->text != NULL && strstr(err->text, wanted.buf) != NULL &&
			  strstr(err->text, role_name(role)) != NULL &&
			  (strstr(err->text, "may") != NULL ||
			   strstr(err->text, "add the key") != NULL ||
			   strstr(err->text, "MDM removes") != NULL),
		  "%s %s %s: '%s'", row->id, role_name(role), row->what, err->text);
	strbuf_release(&wanted);
}

static void check(const struct row *row, const char *profile_name, enum role role,
		  const char *outcome)
{
	char *root = make_tree(row);
	struct profile *profile = checked_profile(profile_name);
	struct host *host = host_open(root, profile->dialect);
	struct change *change = change_new(host, profile, role);
	struct strbuf diff = STRBUF_INIT;
	struct error err = ERROR_INIT;
	bool good = do_steps(change, row->what, &err);
	size_t len = strcspn(outcome, "[");

	if (outcome[0] == '!') {
		cr_expect_not(good);
		expect_refusal(row, role, outcome, &err);
	} else {
		print_diff(change, &diff);
		cr_expect(good, "%s %s %s: %s", row->id, role_name(role), row->what, err.text);
		while (len > 0 && outcome[len - 1] == ' ')
			len--;
		cr_expect(diff.len == len && memcmp(diff.buf, outcome, len) == 0,
			  "%s %s %s:\n\t'%s', not\n\t'%s'", row->id, role_name(role), row->what,
			  diff.buf, outcome);
		cr_expect(is_noted(change, outcome), "%s %s %s: not said: %s", row->id,
			  role_name(role), row->what, outcome);
	}
	error_clear(&err);
	strbuf_release(&diff);
	change_free(change);
	host_free(host);
	profile_free(profile);
	tree_free(root);
}

Test(roles, each_id_and_each_role)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		check(&rows[i], "mdm-ssm", ROLE_ADMIN, rows[i].admin);
		check(&rows[i], "mdm-ssm", ROLE_SSM, rows[i].ssm);
		check(&rows[i], "mdm-ssm", ROLE_MDM, rows[i].mdm);
	}
}

static bool may_save(struct change *change)
{
	struct error err = ERROR_INIT;
	bool good = change_may_save(change, &err);

	cr_expect(good || (err.code == ERROR_REFUSED &&
			   strstr(err.text, "refused by COEX-R11: the role mdm ") != NULL));
	error_clear(&err);
	return good;
}

/* In whichever order the two come; what was undone counts no more. */
Test(roles, a_rule_waits_for_its_key)
{
	const struct row row = { .config = BOTH };
	char *root = make_tree(&row);
	struct profile *profile = checked_profile("mdm-ssm");
	struct host *host = host_open(root, profile->dialect);
	struct change *change = change_new(host, profile, ROLE_MDM);
	struct error err = ERROR_INIT;
	struct store_report report;

	cr_assert(do_steps(change, ADD_PSK, &err), "%s", err.text);
	cr_expect(may_save(change), "there is a key for that peer");
	cr_expect_not(
		do_steps(change, "rule add|local_addr=192.0.2.86|remote_addr=192.0.2.5", &err));
	error_clear(&err);
	cr_expect_not(may_save(change));
	cr_expect_not(change_save(change, NULL, &report, &err));
	cr_expect_eq(err.code, ERROR_REFUSED);
	error_clear(&err);
	cr_expect(change_undo(change));
	cr_expect(may_save(change));
	cr_expect(change_redo(change));
	cr_expect_not(may_save(change));
	/* Under another label it is the same rule. */
	do_steps(change, "rule edit|INDEXID_4|label=INDEXID_9", &err);
	error_clear(&err);
	cr_expect_not(may_save(change));
	cr_expect(do_steps(change, "psk add|localid=192.0.2.86|remoteid=192.0.2.5", &err), "%s",
		  err.text);
	cr_expect(may_save(change));
	cr_expect(change_save(change, NULL, &report, &err), "%s", err.text);
	store_report_release(&report);
	change_free(change);
	host_free(host);
	profile_free(profile);
	tree_free(root);
}

/* Every id that says what a role may do has a row. */
Test(roles, every_id_has_a_row)
{
	static const char *const ids[] = {
		"COEX-G1", "COEX-G2",  "COEX-G3",  "COEX-G4",  "COEX-G5", "COEX-G6", "COEX-R1",
		"COEX-R2", "COEX-R3",  "COEX-R4",  "COEX-R5",  "COEX-R6", "COEX-R7", "COEX-R8",
		"COEX-R9", "COEX-R10", "COEX-R11", "COEX-R12", "MSS-1",   "MSS-2",   "MSS-3",
		"MSS-4",   "MSS-5",    "MSS-6",    "MSS-8",    "MSS-9",   "FILE-1",  "FILE-2",
		"FILE-3",  "FILE-4",   "FILE-5",   "FILE-6",   "FILE-7",
	};
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		for (k = 0; k < ARRAY_SIZE(rows) && strcmp(rows[k].id, ids[i]) != 0; k++)
			;
		cr_expect(k < ARRAY_SIZE(rows), "no row of %s", ids[i]);
		cr_expect(check_find(ids[i]) >= 0, "%s is not in the table of checks", ids[i]);
	}
}

/* In profile solaris nothing is shared out: what is refused here is none there. */
Test(roles, nothing_is_refused_where_nothing_is_shared)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct profile *profile = checked_profile("solaris");
		char *root;
		struct host *host;
		struct change *change;
		struct error err = ERROR_INIT;

		if (strncmp(rows[i].what, "repair", 6) == 0 ||
		    strncmp(rows[i].what, "override", 8) == 0)
			goto next;
		root = make_tree(&rows[i]);
		host = host_open(root, profile->dialect);
		change = change_new(host, profile, ROLE_SSM);
		do_steps(change, rows[i].what, &err);
		cr_expect_neq(err.code, ERROR_REFUSED, "%s: %s", rows[i].what, err.text);
		error_clear(&err);
		change_free(change);
		host_free(host);
		tree_free(root);
next:
		profile_free(profile);
	}
}
