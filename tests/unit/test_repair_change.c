/* Repairs as changes: who may make them, what is taken back, modes and owners, and many at once. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "lint/check.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"
#include "tests/unit/repairing.h"

TestSuite(repair_change, .timeout = 120);

#define CONFIG "/etc/inet/ike/config"
#define KEYS   "/etc/inet/secret/ike.preshared"
#define PARTS  "auth_method preshared oakley_group 14 auth_alg sha1 encr_alg 3des"

/* A host and a change of it; release it with done. */
struct work {
	struct profile *profile;
	struct host *host;
	struct change *change;
	struct lint *lint;
	struct repairs repairs;
};

static void start(struct work *w, struct host *host, struct profile *profile, enum role role)
{
	*w = (struct work){ .profile = profile, .host = host };
	w->change = change_new(host, profile, role);
	w->lint = repairing_check(host, profile, role);
}

static void start_text(struct work *w, const char *text)
{
	struct profile *profile = checked_profile("solaris");

	start(w,
	      host_open_single(LOCATION_IKE_CONFIG, "the file",
			       blob_copy(text, strlen(text), false), profile->dialect),
	      profile, ROLE_ADMIN);
}

static void start_tree(struct work *w, const char *root, const char *name, enum role role)
{
	struct profile *profile = checked_profile(name);

	start(w, host_open(root, profile->dialect), profile, role);
}

static void done(struct work *w)
{
	repairs_release(&w->repairs);
	lint_free(w->lint);
	change_free(w->change);
	host_free(w->host);
	profile_free(w->profile);
}

static bool has_id(void *ctx, const struct lint *lint, const struct finding *finding)
{
	(void)lint;
	return ctx == NULL || strcmp(checks[finding->check].id, ctx) == 0;
}

/* Repairs what has the id, NULL: all. */
static void repair(struct work *w, const char *id)
{
	repair_findings(w->change, w->lint, CHECKED_NOW, has_id, (void *)id, &w->repairs);
	change_end(w->change, w->repairs.made > 0);
}

static const char *config_text(const struct work *w)
{
	return host_doc(w->host, LOCATION_IKE_CONFIG)->blob.data;
}

/* Whose what is, as an edit would have it. */
Test(repair_change, roles)
{
	static const struct {
		enum role role;
		const char *id, *refusal; /* NULL: it is made */
	} cases[] = {
		{ ROLE_SSM, "COEX-R8", "refused by COEX-R9: the role ssm keeps it" },
		{ ROLE_MDM, "COEX-R8", NULL },
		{ ROLE_ADMIN, "COEX-R8", NULL },
		{ ROLE_SSM, "COEX-R4", NULL },
		{ ROLE_MDM, "COEX-R4", "refused by COEX-R4: the role mdm keeps local_id" },
		{ ROLE_ADMIN, "COEX-R4", NULL },
		{ ROLE_SSM, "A10", NULL },
		{ ROLE_MDM, "A10", "refused by COEX-R10: the role mdm keeps it" },
		{ ROLE_SSM, "FILE-3", "refused by COEX-R11: the role ssm keeps it" },
		{ ROLE_MDM, "FILE-3", NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct work w;

		start_tree(&w, DATA "/sample-host", "mdm-ssm", cases[i].role);
		/* What git has made of the other secrets. */
		host_info(w.host, LOCATION_SECRET)->mode = S_IFDIR | 0700;
		host_info(w.host, LOCATION_IPSECKEYS)->mode = S_IFREG | 0600;
		host_info(w.host, LOCATION_PRESHARED)->mode = S_IFREG | 0644;
		lint_free(w.lint);
		w.lint = repairing_check(w.host, w.profile, cases[i].role);
		repair(&w, cases[i].id);
		cr_assert_eq(w.repairs.count, 1, "%s %s: %zu", role_name(cases[i].role),
			     cases[i].id, w.repairs.count);
		if (cases[i].refusal == NULL) {
			cr_expect_eq(w.repairs.made, 1, "%s %s: %s", role_name(cases[i].role),
				     cases[i].id, w.repairs.items[0].why);
		} else {
			cr_expect_eq(w.repairs.items[0].fate, REPAIR_REFUSED);
			cr_expect_not_null(strstr(w.repairs.items[0].why, cases[i].refusal), "%s",
					   w.repairs.items[0].why);
			cr_expect_eq(change_count(w.change), 0);
			cr_expect_not(change_is_any(w.change));
		}
		done(&w);
	}
}

/* Globals: what is added, what is there, and with which value. */
Test(repair_change, roles_and_globals)
{
	static const struct {
		enum role role;
		const char *text, *id, *refusal;
	} cases[] = {
		{ ROLE_SSM, "p1_nonce_len 40\n", "COEX-G1", "COEX-G1: the role ssm only adds it" },
		{ ROLE_SSM, "p2_pfs 0\n", "COEX-G1", "the role ssm adds p1_nonce_len 40" },
		{ ROLE_MDM, "p1_nonce_len 40\n", "COEX-G1", NULL },
		{ ROLE_MDM, "p2_pfs 0\n", "COEX-G1", NULL },
		{ ROLE_MDM, "p1_nonce_len 20\n{ label a }\np2_pfs 0\n", "A02",
		  "refused by COEX-G5: the role mdm keeps it" },
		{ ROLE_SSM, "p1_nonce_len 20\n{ label a }\np2_pfs 0\n", "A02", NULL },
		{ ROLE_SSM, "p1_nonce_len 20\n{ label a }\nuse_http\n", "A02",
		  "refused by COEX-G6: the role ssm keeps it" },
		{ ROLE_SSM, "# a\r\n# b\r\n", "CONF-L1", "refused by COEX-G6" },
		{ ROLE_SSM, "p1_nonce_len 20\r\n{ label INDEXID_1 }\r\n", "CONF-L1",
		  "refused by COEX-R9" },
		{ ROLE_MDM, "p1_nonce_len 20\n{ local_addr 192.0.2.1 remote_addr 192.0.2.2 }\n",
		  "A04", "refused by COEX-R10" },
		{ ROLE_SSM, "p1_nonce_len 20\n{ local_addr 192.0.2.1 remote_addr 192.0.2.2 }\n",
		  "A04", "refused by COEX-R9" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct profile *profile = checked_profile("mdm-ssm");
		struct work w;

		start(&w,
		      host_open_single(LOCATION_IKE_CONFIG, "the file",
				       blob_copy(cases[i].text, strlen(cases[i].text), false),
				       profile->dialect),
		      profile, cases[i].role);
		repair(&w, cases[i].id);
		cr_assert_eq(w.repairs.count, 1, "%zu: %zu", i, w.repairs.count);
		cr_expect_eq(w.repairs.made, cases[i].refusal == NULL, "%zu: %s", i,
			     w.repairs.items[0].why);
		if (cases[i].refusal != NULL && w.repairs.items[0].why != NULL) {
			cr_expect_not_null(strstr(w.repairs.items[0].why, cases[i].refusal), "%s",
					   w.repairs.items[0].why);
			cr_expect_str_eq(config_text(&w), cases[i].text);
		}
		done(&w);
	}
}

/* A repair is an edit of its rule and of its file: what the profile forces with these is forced,
 * said, and taken back with it. */
Test(repair_change, what_is_forced)
{
	static const char text[] =
		"p1_nonce_len 40\np1_lifetime_secs 86400\n"
		"{ label INDEXID_1 local_addr 192.0.2.1 remote_addr 192.0.2.7/24 local_id_type dn "
		"p1_xform { " PARTS " } }\n"
		"{ label INDEXID_2 local_addr 192.0.2.1 remote_addr 192.0.3.3 p1_xform { " PARTS
		" } }\n";
	struct profile *profile = checked_profile("mdm-ssm");
	struct work w;

	start(&w,
	      host_open_single(LOCATION_IKE_CONFIG, "the file",
			       blob_copy(text, strlen(text), false), profile->dialect),
	      profile, ROLE_MDM);
	repair(&w, "A10");
	cr_expect_str_eq(
		config_text(&w),
		"p1_nonce_len 20\np1_lifetime_secs 86400\n"
		"{ label INDEXID_1 local_addr 192.0.2.1 remote_addr 192.0.2.0/24 "
		"local_id_type ip p1_xform { " PARTS " p1_lifetime_secs 86400 } }\n"
		"{ label INDEXID_2 local_addr 192.0.2.1 remote_addr 192.0.3.3 p1_xform { " PARTS
		" } }\n",
		"%s", config_text(&w));
	cr_expect_eq(change_note_count(w.change), 3, "%zu", change_note_count(w.change));
	cr_expect(change_undo(w.change));
	cr_expect_str_eq(config_text(&w), text);
	cr_expect_eq(change_note_count(w.change), 0);
	done(&w);
}

/* In a rule of nobody's nothing is, and what was set aside is not. */
Test(repair_change, what_is_not_forced)
{
	static const char text[] = "p1_nonce_len 40\n{ label a local_addr 192.0.2.1 remote_addr "
				   "192.0.2.7/24 local_id_type dn p1_xform { " PARTS " } }\n";
	struct profile *profile = checked_profile("mdm-ssm");
	struct error err = ERROR_INIT;
	struct work w;

	start(&w,
	      host_open_single(LOCATION_IKE_CONFIG, "the file",
			       blob_copy(text, strlen(text), false), profile->dialect),
	      profile, ROLE_ADMIN);
	cr_assert(change_override(w.change, "COEX-G1", &err));
	repair(&w, "A10");
	cr_expect_eq(w.repairs.made, 1);
	cr_expect_eq(change_note_count(w.change), 0);
	cr_expect_not_null(strstr(config_text(&w), "p1_nonce_len 40"));
	done(&w);
}

/*
 * The lifetime that moves makes the file look like a dump of the daemon: that one is taken back,
 * and the others stay.
 */
Test(repair_change, one_bad_apple)
{
	static const char text[] =
		"{\n\tlabel a\n\tlocal_addr 192.0.2.1/24\n\tremote_addr 192.0.2.2\n"
		"\tp1_lifetime_secs 3600\n\tp1_xform { " PARTS " }\n}\n"
		"{\n\tlabel b\n\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.3.3/24\n"
		"\tp1_xform { " PARTS " p1_lifetime_secs 3600 }\n}\n";
	size_t i;
	struct work w;

	start_text(&w, text);
	repair(&w, NULL);
	cr_expect_eq(w.repairs.made, 2, "%zu", w.repairs.made);
	cr_expect_eq(w.repairs.count, 3, "%zu", w.repairs.count);
	for (i = 0; i < w.repairs.count; i++) {
		const struct repaired *one = &w.repairs.items[i];
		bool bad = strcmp(one->id, "A18") == 0;

		cr_expect_eq(one->fate, bad ? REPAIR_TAKEN_BACK : REPAIR_MADE, "%s", one->id);
		cr_expect_eq(one->line, bad ? 5 : strstr(one->text, "192.0.3") != NULL ? 11 : 3);
		cr_expect_str_eq(one->path, "the file");
		if (bad)
			cr_expect_str_eq(one->why, "the result would have another finding: B12, "
						   "looks like a dump of the daemon");
	}
	cr_expect_not_null(
		strstr(config_text(&w), "192.0.2.0/24\n\tremote_addr 192.0.2.2\n\tp1_lifetime"),
		"%s", config_text(&w));
	cr_expect_not_null(strstr(config_text(&w), "192.0.3.0/24"), "%s", config_text(&w));
	cr_expect_eq(change_count(w.change), 1);
	cr_expect_str_eq(change_title(w.change, 0), "repair 2 findings");
	cr_expect(change_undo(w.change));
	cr_expect_str_eq(config_text(&w), text);
	done(&w);
}

/* Every second rule would become one of MDM without an address: each is found by its entry, so that
 * they do not cost a check each. */
Test(repair_change, many_bad_apples)
{
	const char *parts = "auth_method preshared oakley_group 2 auth_alg sha1 encr_alg 3des";
	struct profile *profile = checked_profile("mdm-ssm");
	struct strbuf text = STRBUF_INIT;
	size_t i, made = 0, back = 0;
	struct work w;

	strbuf_addstr(&text, "p1_nonce_len 20\np1_lifetime_secs 86400\n");
	for (i = 0; i < 600; i++)
		strbuf_addf(
			&text,
			"{ %s remote_addr 10.0.%zu.%zu p1_xform { p1_lifetime_secs 86400 %s } }\n",
			i % 2 == 0 ? "" : "local_addr 192.0.2.1", i / 200, i % 200 + 1, parts);
	start(&w,
	      host_open_single(LOCATION_IKE_CONFIG, "the file",
			       blob_copy(text.buf, text.len, false), profile->dialect),
	      profile, ROLE_ADMIN);
	repair(&w, "A04");
	cr_expect_not(w.repairs.stopped);
	for (i = 0; i < w.repairs.count; i++) {
		made += w.repairs.items[i].fate == REPAIR_MADE;
		back += w.repairs.items[i].fate == REPAIR_TAKEN_BACK;
	}
	cr_expect_eq(made, 300, "%zu", made);
	cr_expect_eq(back, 300, "%zu", back);
	strbuf_release(&text);
	done(&w);
}

static double seconds_since(const struct timespec *then)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

/* All with labels of their own, and in about the time of some checks. */
Test(repair_change, ten_thousand_at_once)
{
	enum { RULES = 10000 };
	struct strbuf text = STRBUF_INIT;
	struct timespec then;
	uint32_t index;
	bool *seen = xcalloc(RULES + 2, sizeof *seen);
	struct ike_item item = IKE_ITEM_INIT;
	struct work w;
	size_t i;

	for (i = 0; i < RULES; i++)
		strbuf_addf(&text,
			    "{ local_addr 192.0.2.1 remote_addr 10.%zu.%zu.1/24 p1_xform { " PARTS
			    " } }\n",
			    i / 250, i % 250);
	strbuf_addstr(&text, "use_http\nuse_http\n");
	start_text(&w, text.buf);
	clock_gettime(CLOCK_MONOTONIC, &then);
	repair(&w, NULL);
	/* Looking for each label anew, or copying the file for each edit, would take minutes. */
	cr_expect_lt(seconds_since(&then), 20.0, "%.1f s", seconds_since(&then));
	cr_expect_not(w.repairs.stopped);
	/* The second use_http has two findings, and one repair puts both right. */
	cr_expect_eq(w.repairs.made, 2 * RULES + 2, "%zu", w.repairs.made);
	cr_assert_eq(w.host->nrules, RULES);
	for (i = 0; i < RULES; i++) {
		ike_read_rule(host_doc(w.host, LOCATION_IKE_CONFIG), w.host->rules[i], &item, NULL);
		cr_assert(ike_index_label(&item, &index));
		cr_assert(index >= 1 && index <= RULES && !seen[index], "INDEXID_%u", index);
		seen[index] = true;
	}
	ike_item_release(&item);
	free(seen);
	strbuf_release(&text);
	done(&w);
}

/* Every mode that gives too much, in the files, the folders and what is in them. */
static char *open_tree(void)
{
	char *root = tree_new();

	tree_folder(root, "/etc/inet/secret", 0755);
	tree_folder(root, "/etc/inet/ike/publickeys", 0777);
	tree_file(root, CONFIG, "p1_nonce_len 20\n{ label a }\n", 0666);
	tree_file(root, KEYS, "# none\n", 0644);
	tree_file(root, "/etc/inet/ike/publickeys/0", "no certificate", 0666);
	return root;
}

static mode_t mode_of(const char *root, const char *name)
{
	char *path = tree_path(root, name);
	struct stat st;

	cr_assert_eq(stat(path, &st), 0, "%s", path);
	free(path);
	return st.st_mode & 07777;
}

static void set_mode(const char *root, const char *name, mode_t mode)
{
	char *path = tree_path(root, name);

	cr_assert_eq(chmod(path, mode), 0, "%s", path);
	free(path);
}

Test(repair_change, modes)
{
	char *root = open_tree();
	struct store_report report;
	struct strbuf diff = STRBUF_INIT, step = STRBUF_INIT;
	struct error err = ERROR_INIT;
	struct work w;

	start_tree(&w, root, "solaris", ROLE_ADMIN);
	repair_findings(w.change, w.lint, CHECKED_NOW, has_id, NULL, &w.repairs);
	change_diff_step(w.change, &step);
	change_end(w.change, true);
	cr_expect_eq(w.repairs.made, 5, "%zu", w.repairs.made);
	change_diff(w.change, &diff);
	cr_expect_str_eq(diff.buf, step.buf);
	cr_expect_not_null(strstr(diff.buf, "mode 0666 -> 0644 of " CONFIG "\n"), "%s", diff.buf);
	cr_expect_not_null(strstr(diff.buf, "mode 0644 -> 0600 of " KEYS "\n"), "%s", diff.buf);
	cr_expect_not_null(strstr(diff.buf, "mode 0755 -> 0700 of /etc/inet/secret\n"), "%s",
			   diff.buf);
	cr_expect_not_null(strstr(diff.buf, "mode 0666 -> 0644 of /etc/inet/ike/publickeys/0\n"),
			   "%s", diff.buf);
	/* Nothing touches a disk before the save. */
	cr_expect_eq(mode_of(root, KEYS), 0644);
	cr_expect(change_is_any(w.change));
	cr_expect_not(change_touches(w.change, LOCATION_PRESHARED));
	cr_assert(change_save(w.change, NULL, &report, &err), "%s", err.text);
	cr_expect_eq(report.count, 5);
	cr_expect_eq(report.items[0].result, STORE_ADJUSTED);
	cr_expect_eq(mode_of(root, CONFIG), 0644);
	cr_expect_eq(mode_of(root, KEYS), 0600);
	cr_expect_eq(mode_of(root, "/etc/inet/secret"), 0700);
	cr_expect_eq(mode_of(root, "/etc/inet/ike/publickeys"), 0755);
	cr_expect_eq(mode_of(root, "/etc/inet/ike/publickeys/0"), 0644);
	cr_expect_not(change_is_any(w.change));
	cr_expect_eq(change_count(w.change), 0);
	store_report_release(&report);
	strbuf_release(&diff);
	strbuf_release(&step);
	done(&w);
	tree_free(root);
}

/* With the bytes of the same file, in one item; and undone before the save it is as if it had never
 * been. */
Test(repair_change, a_mode_and_bytes)
{
	char *root = open_tree(), *text;
	struct store_report report;
	struct error err = ERROR_INIT;
	struct work w;

	tree_file(root, CONFIG, "\xef\xbb\xbf{ label a }\r\n", 0666);
	start_tree(&w, root, "solaris", ROLE_ADMIN);
	repair(&w, NULL);
	cr_expect_eq(w.repairs.made, 7, "%zu", w.repairs.made);
	cr_expect(change_undo(w.change));
	cr_expect_not(change_is_any(w.change));
	cr_expect_eq(host_info(w.host, LOCATION_PRESHARED)->mode & 07777, 0644);
	cr_assert(change_save(w.change, NULL, &report, &err));
	cr_expect_eq(report.count, 0);
	cr_expect_eq(mode_of(root, CONFIG), 0666);
	repairs_release(&w.repairs);
	repair(&w, NULL);
	cr_assert(change_save(w.change, NULL, &report, &err), "%s", err.text);
	cr_expect_eq(mode_of(root, CONFIG), 0644);
	text = tree_text(root, CONFIG);
	cr_expect_str_eq(text, "{ label a }\n");
	free(text);
	store_report_release(&report);
	done(&w);
	tree_free(root);
}

/* Somebody else's mode is not undone, and then nothing at all is written. */
Test(repair_change, another_mode_meanwhile)
{
	char *root = open_tree();
	struct store_report report;
	struct error err = ERROR_INIT;
	struct work w;

	start_tree(&w, root, "solaris", ROLE_ADMIN);
	repair(&w, NULL);
	set_mode(root, KEYS, 0400);
	cr_assert_not(change_save(w.change, NULL, &report, &err));
	cr_expect_eq(err.code, ERROR_CHANGED);
	cr_expect_not_null(strstr(err.text, "mode or owner of "), "%s", err.text);
	cr_expect_eq(mode_of(root, KEYS), 0400);
	cr_expect_eq(mode_of(root, CONFIG), 0666);
	error_clear(&err);
	done(&w);
	tree_free(root);
}

/* Modes are taken away and not given: what the owner may do stays as it is, unless he could not
 * read the file. */
Test(repair_change, modes_give_nothing)
{
	static const struct {
		mode_t before, after;
	} cases[] = {
		{ 0440, 0400 }, { 0466, 0400 }, { 0777, 0600 }, { 0077, 0600 }, { 04644, 0600 }
	};
	char *root = open_tree();
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct work w;

		start_tree(&w, root, "solaris", ROLE_ADMIN);
		host_info(w.host, LOCATION_PRESHARED)->mode = S_IFREG | cases[i].before;
		lint_free(w.lint);
		w.lint = repairing_check(w.host, w.profile, ROLE_ADMIN);
		repair(&w, "FILE-3");
		cr_expect_eq(host_info(w.host, LOCATION_PRESHARED)->mode & 07777, cases[i].after,
			     "%04o -> %04o", cases[i].before,
			     host_info(w.host, LOCATION_PRESHARED)->mode & 07777);
		done(&w);
	}
	tree_free(root);
}

/* Of what is somebody else's only root may do that. */
Test(repair_change, rights)
{
	char *root = open_tree();
	struct work w;

	start_tree(&w, root, "solaris", ROLE_ADMIN);
	host_info(w.host, LOCATION_PRESHARED)->uid = geteuid() + 1;
	if (geteuid() == 0)
		cr_assert_eq(seteuid(65534), 0);
	repair(&w, "FILE-3");
	cr_assert_geq(w.repairs.refused, 1, "%zu", w.repairs.refused);
	cr_expect_not_null(strstr(w.repairs.items[0].why, "run this as root"), "%s",
			   w.repairs.items[0].why);
	if (getuid() == 0)
		cr_assert_eq(seteuid(0), 0);
	done(&w);
	tree_free(root);
}

/* One file by itself is saved where it is, through a link too, and nothing else is. */
Test(repair_change, a_file_by_itself)
{
	char *root = tree_new(), *path, *link, *text, *before, *after;
	struct store_report report;
	struct error err = ERROR_INIT;
	struct work w;
	int i;

	tree_file(root, "/a/config", "{ label a }\r\n", 0640);
	tree_folder(root, "/b", 0755);
	path = tree_path(root, "/a/config");
	link = tree_path(root, "/b/link");
	cr_assert_eq(symlink(path, link), 0);
	for (i = 0; i < 2; i++) {
		struct profile *profile = checked_profile("solaris");

		tree_file(root, "/a/config", "{ label a }\r\n", 0640);
		start(&w,
		      host_open_single(LOCATION_IKE_CONFIG, i == 0 ? path : link,
				       blob_copy("{ label a }\r\n", 13, false), profile->dialect),
		      profile, ROLE_ADMIN);
		repair(&w, NULL);
		cr_assert(change_save(w.change, NULL, &report, &err), "%s", err.text);
		cr_expect_eq(report.count, 1);
		store_report_release(&report);
		text = tree_text(root, "/a/config");
		cr_expect_str_eq(text, "{ label a }\n");
		free(text);
		cr_expect_eq(mode_of(root, "/a/config"), 0640);
		done(&w);
	}
	before = tree_dump(root, false, NULL);
	cr_expect_null(strstr(before, ".ikeconsole"), "%s", before);
	/* Another's change is not overwritten here either. */
	start_text(&w, "{ label a }\r\n");
	free(w.host->single_path);
	w.host->single_path = xstrdup(path);
	repair(&w, NULL);
	cr_assert_not(change_save(w.change, NULL, &report, &err));
	cr_expect_eq(err.code, ERROR_CHANGED, "%s", err.text);
	error_clear(&err);
	after = tree_dump(root, false, NULL);
	cr_expect_str_eq(before, after);
	done(&w);
	free(before);
	free(after);
	free(path);
	free(link);
	tree_free(root);
}
