/* Steps taken back and made again, also behind a save; and what is recorded of them. */
#include "config.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "change/edits.h"
#include "change/guard.h"
#include "change/merge.h"
#include "change/restore.h"
#include "store/promise.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

TestSuite(undo, .timeout = 30);

#define CONFIG "/etc/inet/ike/config"
#define POLICY "/etc/inet/ipsecinit.conf"
#define RULE(pfs)                                                                                  \
	"{ label a local_addr 192.0.2.1 remote_addr 192.0.2.2 p2_pfs " pfs                         \
	" p1_xform { auth_method preshared oakley_group 2 auth_alg sha1 encr_alg 3des } }\n"

struct bed {
	char *root;
	struct profile *profile;
	struct host *host;
	struct change *change;
};

static struct bed set_up(const char *profile)
{
	static const struct change_history history = { .entries = 10, .bytes = 1 << 20 };
	struct bed bed = { .root = tree_new(), .profile = checked_profile(profile) };

	tree_folder(bed.root, "/var/run", 0755);
	tree_file(bed.root, CONFIG, RULE("2"), 0644);
	bed.host = host_open(bed.root, bed.profile->dialect);
	bed.change = change_new(bed.host, bed.profile, ROLE_ADMIN);
	change_keep_history(bed.change, &history);
	return bed;
}

static void tear_down(struct bed *bed)
{
	change_free(bed->change);
	host_free(bed->host);
	profile_free(bed->profile);
	tree_free(bed->root);
}

static void edit(struct bed *bed, const char *pfs)
{
	struct field field = { "p2_pfs", pfs };
	struct error err = ERROR_INIT;

	cr_assert(rule_edit(bed->change, 0, &field, 1, &err), "%s", err.text);
}

static void save(struct bed *bed)
{
	struct store_report report;
	struct error err = ERROR_INIT;

	cr_assert(change_save(bed->change, NULL, &report, &err), "%s", err.text);
	store_report_release(&report);
	cr_assert_eq(change_count(bed->change), 0);
	cr_assert_not(change_is_any(bed->change));
}

static void expect_file(const struct bed *bed, const char *name, const char *wanted)
{
	char *text = tree_text(bed->root, name);

	if (wanted == NULL)
		cr_expect_null(text, "%s is there", name);
	else
		cr_expect_str_eq(text, wanted);
	free(text);
}

static void expect_titles(const struct bed *bed, const char *wanted)
{
	struct strbuf all = STRBUF_INIT;
	size_t i;

	for (i = 0; i < change_count(bed->change); i++)
		strbuf_addf(&all, "%s\n", change_title(bed->change, i));
	cr_expect_str_eq(all.buf, wanted);
	strbuf_release(&all);
}

Test(undo, what_was_written_is_taken_back_and_made_again)
{
	struct bed bed = set_up("solaris");

	edit(&bed, "5");
	edit(&bed, "14");
	save(&bed);
	expect_file(&bed, CONFIG, RULE("14"));
	cr_assert_not(change_can_redo(bed.change));
	cr_assert(change_undo(bed.change));
	expect_titles(&bed, "take back: edit rule a\n");
	cr_assert(change_is_any(bed.change));
	cr_assert(change_undo(bed.change));
	expect_titles(&bed, "take back: edit rule a\ntake back: edit rule a\n");
	cr_assert_not(change_undo(bed.change));
	/* Half of it again, and that is written. */
	cr_assert(change_redo(bed.change));
	save(&bed);
	expect_file(&bed, CONFIG, RULE("5"));
	cr_assert(change_redo(bed.change));
	expect_titles(&bed, "edit rule a\n");
	save(&bed);
	expect_file(&bed, CONFIG, RULE("14"));
	cr_assert(change_undo(bed.change));
	cr_assert(change_undo(bed.change));
	save(&bed);
	expect_file(&bed, CONFIG, RULE("2"));
	tear_down(&bed);
}

/* A step behind it forgets how to make it again, and not that it is to be written. */
Test(undo, a_step_behind_what_was_taken_back)
{
	struct bed bed = set_up("solaris");

	edit(&bed, "5");
	save(&bed);
	cr_assert(change_undo(bed.change));
	edit(&bed, "14");
	cr_assert_not(change_can_redo(bed.change));
	expect_titles(&bed, "take back: edit rule a\nedit rule a\n");
	cr_assert(change_undo(bed.change));
	expect_titles(&bed, "take back: edit rule a\n");
	cr_assert(change_redo(bed.change));
	save(&bed);
	expect_file(&bed, CONFIG, RULE("14"));
	cr_assert(change_undo(bed.change));
	expect_titles(&bed, "take back: edit rule a\n");
	save(&bed);
	expect_file(&bed, CONFIG, RULE("2"));
	tear_down(&bed);
}

/* A file that a step made goes with it, and comes again, with its mode. */
Test(undo, a_file_that_was_created_goes)
{
	static const struct field fields[] = { { "laddr", "192.0.2.1" },
					       { "raddr", "192.0.2.2" },
					       { "action", "bypass" } };
	struct bed bed = set_up("solaris");
	struct error err = ERROR_INIT;
	struct strbuf diff = STRBUF_INIT;
	char *made;

	cr_assert(policy_add(bed.change, fields, 3, (struct policy_place){ 0 }, NULL, &err), "%s",
		  err.text);
	save(&bed);
	made = tree_text(bed.root, POLICY);
	cr_assert_not_null(made);
	cr_assert(change_undo(bed.change));
	change_diff(bed.change, &diff);
	cr_expect_not_null(strstr(diff.buf, "+++ /dev/null"), "%s", diff.buf);
	save(&bed);
	expect_file(&bed, POLICY, NULL);
	cr_assert_null(host_doc(bed.host, LOCATION_IPSECINIT));
	cr_assert(change_redo(bed.change));
	save(&bed);
	expect_file(&bed, POLICY, made);
	strbuf_release(&diff);
	free(made);
	tear_down(&bed);
}

Test(undo, a_mode_is_taken_back_too)
{
	const struct access wanted = { 0640, geteuid(), getegid() };
	struct bed bed = set_up("solaris");
	char *path = tree_path(bed.root, CONFIG);
	struct stat st;

	change_begin(bed.change, "set a mode");
	change_set_access(bed.change, LOCATION_IKE_CONFIG, &wanted);
	change_end(bed.change, true);
	save(&bed);
	cr_assert_eq(stat(path, &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0640);
	cr_assert(change_undo(bed.change));
	save(&bed);
	cr_assert_eq(stat(path, &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0644);
	free(path);
	tear_down(&bed);
}

/* The file is saved again: what the profile forces in it is forced. */
Test(undo, what_is_forced_is_forced_again)
{
	struct bed bed = set_up("mdm-ssm");
	char *text;

	edit(&bed, "5");
	save(&bed);
	cr_assert(change_undo(bed.change));
	cr_assert(change_force(bed.change));
	cr_assert_not(change_force(bed.change));
	save(&bed);
	text = tree_text(bed.root, CONFIG);
	cr_expect_not_null(strstr(text, "p1_nonce_len 20"), "%s", text);
	cr_expect_not_null(strstr(text, "p2_pfs 2"), "%s", text);
	free(text);
	tear_down(&bed);
}

/* Each save is an entry, and each entry a way back. */
Test(undo, the_history_has_each_of_them)
{
	struct restore restore = { 0 };
	struct error err = ERROR_INIT;
	struct bed bed = set_up("solaris");
	const struct history *history;

	edit(&bed, "5");
	save(&bed);
	cr_assert(change_undo(bed.change));
	save(&bed);
	history = host_history(bed.host);
	cr_assert_eq(history->count, 2);
	cr_expect_str_eq(history->items[1].entry.steps[0], "take back: edit rule a");
	cr_assert(restore_to(bed.change, 1, &restore, &err), "%s", err.text);
	change_end(bed.change, true);
	save(&bed);
	expect_file(&bed, CONFIG, RULE("5"));
	cr_expect_eq(host_history(bed.host)->count, 3);
	restore_release(&restore);
	tear_down(&bed);
}

/* The change on top of what somebody else has written since; the bed has it then. */
static void merge(struct bed *bed)
{
	struct host *fresh = host_open(bed->root, bed->profile->dialect);
	struct error err = ERROR_INIT;
	struct merge merge = { 0 };
	struct change *merged = change_merge(bed->change, fresh, &merge, &err);

	cr_assert_not_null(merged, "%zu conflicts, %s", merge.open, err.text);
	merge_release(&merge);
	change_free(bed->change);
	host_free(bed->host);
	bed->host = fresh;
	bed->change = merged;
}

static void expect_config(const struct bed *bed, const char *wanted)
{
	const struct doc *doc = host_doc(bed->host, LOCATION_IKE_CONFIG);

	cr_expect_str_eq(doc->blob.data, wanted);
}

Test(undo, what_was_taken_back_stays_so_on_others_work)
{
	struct bed bed = set_up("solaris");

	edit(&bed, "5");
	edit(&bed, "14");
	save(&bed);
	cr_assert(change_undo(bed.change));
	cr_assert(change_undo(bed.change));
	tree_file(bed.root, CONFIG, "# theirs\n" RULE("14"), 0644);
	merge(&bed);
	expect_config(&bed, "# theirs\n" RULE("2"));
	expect_titles(&bed, "take back: edit rule a; take back: edit rule a\n");
	cr_assert(change_undo(bed.change));
	expect_config(&bed, "# theirs\n" RULE("14"));
	cr_assert_not(change_is_any(bed.change));
	cr_assert(change_redo(bed.change));
	save(&bed);
	expect_file(&bed, CONFIG, "# theirs\n" RULE("2"));
	tear_down(&bed);
}

Test(undo, what_was_made_behind_it_is_on_others_work_too)
{
	struct bed bed = set_up("solaris");

	edit(&bed, "5");
	save(&bed);
	cr_assert(change_undo(bed.change));
	edit(&bed, "1");
	tree_file(bed.root, CONFIG, RULE("5") "# theirs\n", 0644);
	merge(&bed);
	expect_config(&bed, RULE("1") "# theirs\n");
	expect_titles(&bed, "take back: edit rule a\nedit rule a\n");
	cr_assert(change_undo(bed.change));
	expect_config(&bed, RULE("2") "# theirs\n");
	cr_assert(change_undo(bed.change));
	expect_config(&bed, RULE("5") "# theirs\n");
	tear_down(&bed);
}

/* What is written is no step of the merged change: the history has it. */
Test(undo, what_is_written_is_not_put_on_others_work_again)
{
	struct bed bed = set_up("solaris");

	edit(&bed, "5");
	save(&bed);
	edit(&bed, "14");
	tree_file(bed.root, CONFIG, RULE("5") "# theirs\n", 0644);
	merge(&bed);
	expect_config(&bed, RULE("14") "# theirs\n");
	expect_titles(&bed, "edit rule a\n");
	cr_assert(change_undo(bed.change));
	expect_config(&bed, RULE("5") "# theirs\n");
	cr_assert_not(change_can_undo(bed.change));
	tear_down(&bed);
}

Test(undo, a_file_goes_unless_others_have_put_something_in)
{
	static const struct field fields[] = { { "laddr", "192.0.2.1" },
					       { "raddr", "192.0.2.2" },
					       { "action", "bypass" } };
	int others;

	for (others = 0; others < 2; others++) {
		struct bed bed = set_up("solaris");
		struct error err = ERROR_INIT;
		struct strbuf text = STRBUF_INIT;
		char *made;

		cr_assert(policy_add(bed.change, fields, 3, (struct policy_place){ 0 }, NULL, &err),
			  "%s", err.text);
		save(&bed);
		made = tree_text(bed.root, POLICY);
		cr_assert(change_undo(bed.change));
		tree_file(bed.root, CONFIG, "# theirs\n" RULE("2"), 0644);
		strbuf_addf(&text, "%s{ } drop { }\n", made);
		if (others)
			tree_file(bed.root, POLICY, text.buf, 0644);
		merge(&bed);
		save(&bed);
		expect_file(&bed, POLICY, others ? "{ } drop { }\n" : NULL);
		strbuf_release(&text);
		free(made);
		tear_down(&bed);
	}
}

/* Taken back, and another one made in its place. */
Test(undo, a_file_made_anew_goes_with_its_second_maker)
{
	static const struct field fields[] = { { "laddr", "192.0.2.1" },
					       { "raddr", "192.0.2.2" },
					       { "action", "bypass" } };
	struct bed bed = set_up("solaris");
	struct error err = ERROR_INIT;
	int i;

	for (i = 0; i < 2; i++) {
		cr_assert(policy_add(bed.change, fields, 3, (struct policy_place){ 0 }, NULL, &err),
			  "%s", err.text);
		if (i > 0)
			break;
		save(&bed);
		cr_assert(change_undo(bed.change));
	}
	tree_file(bed.root, CONFIG, "# theirs\n" RULE("2"), 0644);
	merge(&bed);
	cr_assert_eq(change_count(bed.change), 2);
	cr_assert(change_undo(bed.change));
	save(&bed);
	expect_file(&bed, POLICY, NULL);
	tear_down(&bed);
}

Test(undo, a_mode_taken_back_is_so_on_others_work)
{
	const struct access wanted = { 0640, geteuid(), getegid() };
	struct bed bed = set_up("solaris");
	char *path = tree_path(bed.root, CONFIG);
	struct stat st;

	change_begin(bed.change, "set a mode");
	change_set_access(bed.change, LOCATION_IKE_CONFIG, &wanted);
	change_end(bed.change, true);
	save(&bed);
	cr_assert(change_undo(bed.change));
	tree_file(bed.root, CONFIG, "# theirs\n" RULE("2"), 0640);
	merge(&bed);
	save(&bed);
	cr_assert_eq(stat(path, &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0644);
	free(path);
	tear_down(&bed);
}

/* Whoever made the promise is killed before he could say that he has saved, or before he has. */
Test(undo, a_promise_outlives_who_made_it)
{
	static const struct timespec tenth = { .tv_nsec = 100000000 };
	int saves;

	for (saves = 0; saves < 2; saves++) {
		struct bed bed = set_up("solaris");
		int tries = 0;
		pid_t pid = fork();

		if (pid == 0) {
			struct error err = ERROR_INIT;
			struct store_report report;

			edit(&bed, "5");
			if (guard_start(bed.change, 2, &err) != NULL &&
			    (!saves || change_save(bed.change, NULL, &report, &err)))
				kill(getpid(), SIGKILL);
			_exit(1);
		}
		cr_assert_eq(waitpid(pid, &tries, 0), pid);
		cr_assert(WIFSIGNALED(tries));
		expect_file(&bed, CONFIG, saves ? RULE("5") : RULE("2"));
		for (tries = 0; tries < 200 && promise_look(bed.root).state != PROMISE_NONE;
		     tries++)
			nanosleep(&tenth, NULL);
		cr_expect(saves ? tries >= 10 : tries < 10, "after %d tenths", tries);
		expect_file(&bed, CONFIG, RULE("2"));
		tear_down(&bed);
	}
}
