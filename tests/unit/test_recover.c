#include "config.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "host/state.h"
#include "store/record.h"
#include "store/recover.h"
#include "tests/fault/tree.h"

#define CONFIG   "/etc/inet/ike/config"
#define POLICIES "/etc/inet/ipsecinit.conf"
#define JOURNAL  STATE_FOLDER "/" STATE_JOURNAL
/* Of a process that nobody has. */
#define NEW_NAME     "/etc/inet/ike/.ikeconsole.new.4194304.0"
#define OLD_NAME     "/etc/inet/ike/.ikeconsole.old.4194304.0"
#define NEW_POLICIES "/etc/inet/.ikeconsole.new.4194304.1"
#define OLD_POLICIES "/etc/inet/.ikeconsole.old.4194304.1"

static char *root;
static struct strbuf said = STRBUF_INIT;
static struct error err = ERROR_INIT;

static void set_up(void)
{
	root = tree_new();
	tree_folder(root, "/var/run", 0755);
	tree_folder(root, STATE_FOLDER, 0700);
	tree_file(root, CONFIG, "old config\n", 0644);
	tree_file(root, POLICIES, "old policies\n", 0644);
}

static void tear_down(void)
{
	strbuf_release(&said);
	error_clear(&err);
	tree_free(root);
}

TestSuite(recover, .init = set_up, .fini = tear_down, .timeout = 20);

static bool recover(void)
{
	struct lock_wait wait = { 0 };
	struct lock *lock;
	bool good;

	strbuf_clear(&said);
	error_clear(&err);
	lock = lock_take(root, &wait, &err);
	cr_assert_not_null(lock, "%s", err.text);
	good = store_recover(lock, &said, &err);
	lock_release(lock);
	cr_assert_eq(good, err.code == ERROR_NONE);
	return good;
}

static struct stat stat_of(const char *name)
{
	char *path = tree_path(root, name);
	struct stat st = { 0 };

	cr_assert_eq(lstat(path, &st), 0, "%s", path);
	free(path);
	return st;
}

static void give_name(const char *from, const char *to)
{
	char *a = tree_path(root, from), *b = tree_path(root, to);

	cr_assert_eq(link(a, b), 0);
	free(a);
	free(b);
}

/* Prepares FILE as a save does, and adds the step to the journal's text. */
static void prepare(struct strbuf *text, const char *file, const char *new_name,
		    const char *old_name, const char *content)
{
	struct step step = { .work = WORK_WRITE, .before.mode = 0644, .wanted.mode = 0644 };
	struct stat old = stat_of(file), new;

	tree_file(root, new_name, content, 0644);
	give_name(file, old_name);
	new = stat_of(new_name);
	step.old = step.kept = identity_of(&old);
	step.new = identity_of(&new);
	snprintf(step.new_name, sizeof step.new_name, "%s", strrchr(new_name, '/') + 1);
	snprintf(step.old_name, sizeof step.old_name, "%s", strrchr(old_name, '/') + 1);
	record_add_step(text, file, &step);
}

/* A save of two files that was killed before its first rename. */
static void interrupt(void)
{
	const struct record head = { .time = 1795467780, .uid = 0, .pid = 4194304, .files = 2 };
	struct strbuf text = STRBUF_INIT;

	record_add_head(&text, &head);
	prepare(&text, CONFIG, NEW_NAME, OLD_NAME, "new config\n");
	prepare(&text, POLICIES, NEW_POLICIES, OLD_POLICIES, "new policies\n");
	record_add_end(&text, 2);
	tree_bytes(root, JOURNAL, text.buf, text.len, 0600);
	strbuf_release(&text);
	cr_assert_eq(state_of_save(root), SAVE_INTERRUPTED);
}

static void replace(const char *from, const char *to)
{
	char *a = tree_path(root, from), *b = tree_path(root, to);

	cr_assert_eq(rename(a, b), 0);
	free(a);
	free(b);
}

static void remove_file(const char *name)
{
	char *path = tree_path(root, name);

	cr_assert_eq(unlink(path), 0);
	free(path);
}

static void expect_text(const char *name, const char *expected)
{
	char *text = tree_text(root, name);

	cr_expect(text != NULL && strcmp(text, expected) == 0, "%s: %s", name, text);
	free(text);
}

static void expect_tidy(void)
{
	char *dump = tree_dump(root, false, NULL);

	cr_expect_null(strstr(dump, ".ikeconsole."), "%s", dump);
	cr_expect_null(strstr(dump, "/journal"), "%s", dump);
	cr_expect_eq(state_of_save(root), SAVE_NONE);
	free(dump);
}

static void expect_said(const char *words)
{
	cr_expect_not_null(strstr(said.buf, words), "said: %s", said.buf);
}

Test(recover, nothing_is_said_where_nothing_is_left)
{
	char *before = tree_dump(root, true, NULL), *after;

	cr_assert(recover());
	after = tree_dump(root, true, NULL);
	cr_expect_str_eq(before, after);
	cr_expect_eq(said.len, 0);
	free(before);
	free(after);
}

Test(recover, finishes_what_can_be_finished)
{
	interrupt();
	replace(NEW_NAME, CONFIG);
	cr_assert(recover(), "%s", err.text);
	expect_text(CONFIG, "new config\n");
	expect_text(POLICIES, "new policies\n");
	expect_said("an interrupted save of 2 files (2026-11-2");
	expect_said("was finished");
	expect_tidy();
}

Test(recover, takes_back_where_a_new_file_is_missing)
{
	interrupt();
	replace(NEW_NAME, CONFIG);
	remove_file(NEW_POLICIES);
	cr_assert(recover(), "%s", err.text);
	expect_text(CONFIG, "old config\n");
	expect_text(POLICIES, "old policies\n");
	expect_said("was taken back");
	expect_tidy();
}

/* As a disk does that lost the last of what was written. */
Test(recover, takes_back_where_a_new_file_is_not_whole)
{
	char *path;

	interrupt();
	replace(NEW_NAME, CONFIG);
	path = tree_path(root, NEW_POLICIES);
	cr_assert_eq(truncate(path, 3), 0);
	free(path);
	cr_assert(recover(), "%s", err.text);
	expect_text(CONFIG, "old config\n");
	expect_text(POLICIES, "old policies\n");
	expect_tidy();
}

Test(recover, leaves_alone_and_names_what_others_have_changed)
{
	interrupt();
	tree_file(root, CONFIG, "theirs\n", 0644);
	cr_assert(recover(), "%s", err.text);
	expect_text(CONFIG, "theirs\n");
	expect_text(POLICIES, "new policies\n");
	expect_said("changed by someone else since, and left alone: '" CONFIG "'");
	cr_expect_null(strstr(said.buf, POLICIES));
	expect_tidy();
}

/* Killed between the exchange of two names and the look at what came out of it. */
Test(recover, puts_a_strangers_file_back)
{
	interrupt();
	replace(NEW_NAME, CONFIG);
	tree_file(root, NEW_NAME, "theirs\n", 0644);
	cr_assert(recover(), "%s", err.text);
	expect_text(CONFIG, "theirs\n");
	expect_said(CONFIG);
	expect_tidy();
}

Test(recover, touches_nothing_where_both_ways_are_closed)
{
	char *before, *after;

	interrupt();
	replace(NEW_NAME, CONFIG);
	remove_file(OLD_NAME);
	remove_file(NEW_POLICIES);
	before = tree_dump(root, true, NULL);
	cr_assert_not(recover());
	cr_expect_eq(err.code, ERROR_IO);
	cr_expect_not_null(strstr(err.text, JOURNAL), "%s", err.text);
	after = tree_dump(root, true, NULL);
	cr_expect_str_eq(before, after);
	free(before);
	free(after);
}

/* No call and no byte of the tree may differ. */
static void expect_refused(const char *what, enum error_code code)
{
	char *before = tree_dump(root, true, NULL), *after;
	bool good = recover();

	after = tree_dump(root, true, NULL);
	cr_expect(!good && err.code == code, "%s: %d %s", what, err.code, err.text);
	cr_expect_str_eq(before, after, "%s", what);
	cr_expect_eq(said.len, 0, "%s", what);
	free(before);
	free(after);
}

#define HEAD "ikeconsole-journal 1\nsave 1 0 1 1\n"
#define REST " 0:0:0:- 0:0:0:-\n"

Test(recover, does_nothing_by_a_journal_that_is_not_understood)
{
	static const char *const journals[] = {
		"",
		"\n",
		"something else\n",
		"ikeconsole-journal 1",
		"ikeconsole-journal 2\nsave 1 0 1 1\n",
		HEAD,
		HEAD "end 0\n",
		HEAD "end 1\n",
		HEAD "remove /etc/inet/ike/config 0 - .ikeconsole.old.1.0 1:1:1:1 - 1:1:1:1" REST,
		HEAD "remove /../etc/passwd 0 - .ikeconsole.old.1.0 1:1:1:1 - 1:1:1:1" REST
		     "end 1\n",
		HEAD "remove /etc/../x 0 - .ikeconsole.old.1.0 1:1:1:1 - 1:1:1:1" REST "end 1\n",
		HEAD "remove /etc//x 0 - .ikeconsole.old.1.0 1:1:1:1 - 1:1:1:1" REST "end 1\n",
		HEAD "remove /etc/%2e%2e/x 0 - .ikeconsole.old.1.0 1:1:1:1 - 1:1:1:1" REST
		     "end 1\n",
		HEAD "remove /etc/a%00x 0 - .ikeconsole.old.1.0 1:1:1:1 - 1:1:1:1" REST "end 1\n",
		HEAD "remove / 0 - .ikeconsole.old.1.0 1:1:1:1 - 1:1:1:1" REST "end 1\n",
		HEAD "remove etc/x 0 - .ikeconsole.old.1.0 1:1:1:1 - 1:1:1:1" REST "end 1\n",
		HEAD "remove /etc/x 0 - passwd 1:1:1:1 - 1:1:1:1" REST "end 1\n",
		HEAD "remove /etc/x 0 - .ikeconsole.old.1.0/../x 1:1:1:1 - 1:1:1:1" REST "end 1\n",
		HEAD "write /etc/x 0 ../../x - - 1:1:1:1 -" REST "end 1\n",
		HEAD "write /etc/x 0 .ikeconsole.new.1.0 - - - -" REST "end 1\n",
		HEAD "write /etc/x 2 .ikeconsole.new.1.0 - - 1:1:1:1 -" REST "end 1\n",
		HEAD "adjust /etc/x 0 - - 1:1:1:1 - - 99999:0:0:- 0:0:0:-\nend 1\n",
		HEAD "adjust /etc/x 0 - - 1:1:1:1 - - 0:0:0:zz 0:0:0:-\nend 1\n",
		HEAD "adjust /etc/x 0 - - 1:1:1:1 - - 0:0:0:- 0:0:0:-\nend 1\nmore\n",
		HEAD "adjust /etc/x 0 - - 99999999999999999999:1:1:1 - -" REST "end 1\n",
		HEAD "adjust /etc/x 0 - - - - -" REST "end 1\n",
		HEAD "chmod /etc/x\nend 1\n",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(journals); i++) {
		tree_file(root, JOURNAL, journals[i], 0600);
		expect_refused(journals[i], ERROR_IO);
	}
}

/* Each beginning of a good journal is none. */
Test(recover, does_nothing_by_a_journal_that_is_cut)
{
	size_t len;
	char *text;

	interrupt();
	text = tree_text(root, JOURNAL);
	for (len = 0; len < strlen(text); len++) {
		tree_bytes(root, JOURNAL, text, len, 0600);
		expect_refused("cut", ERROR_IO);
	}
	free(text);
}

static void set_mode(const char *name, mode_t mode)
{
	char *path = tree_path(root, name);

	cr_assert_eq(chmod(path, mode), 0);
	free(path);
}

Test(recover, believes_no_journal_that_somebody_else_may_have_written)
{
	char *path = tree_path(root, JOURNAL), *folder = tree_path(root, STATE_FOLDER);
	char *other = tree_path(root, "/other");

	interrupt();
	set_mode(STATE_FOLDER, 0755);
	expect_refused("a folder that others enter", ERROR_REFUSED);
	set_mode(STATE_FOLDER, 0700);
	set_mode(JOURNAL, 0620);
	expect_refused("a journal that others write", ERROR_REFUSED);
	set_mode(JOURNAL, 0600);
	give_name(JOURNAL, "/other");
	expect_refused("a journal with another name", ERROR_REFUSED);
	cr_assert_eq(unlink(path), 0);
	cr_assert_eq(symlink(other, path), 0);
	expect_refused("a link", ERROR_IO);
	replace("/other", JOURNAL);
	if (geteuid() == 0) {
		cr_assert_eq(chown(folder, 65533, 0), 0);
		expect_refused("another's folder", ERROR_REFUSED);
		cr_assert_eq(chown(folder, 0, 0), 0);
		cr_assert_eq(chown(path, 65533, 0), 0);
		expect_refused("another's journal", ERROR_REFUSED);
		cr_assert_eq(chown(path, 0, 0), 0);
	}
	cr_assert(recover(), "%s", err.text);
	free(path);
	free(folder);
	free(other);
}

/* A folder of the journal that has become a link is not followed. */
Test(recover, follows_no_link_out_of_the_tree)
{
	char *outside = tree_new(), *folder = tree_path(root, "/etc/inet/ike"), *before, *after;

	interrupt();
	replace("/etc/inet/ike", "/etc/inet/away");
	tree_file(outside, "/config", "old config\n", 0644);
	cr_assert_eq(symlink(outside, folder), 0);
	before = tree_dump(outside, true, NULL);
	expect_refused("a link", ERROR_IO);
	after = tree_dump(outside, true, NULL);
	cr_expect_str_eq(before, after);
	free(before);
	free(after);
	free(folder);
	tree_free(outside);
}

Test(recover, a_running_save_is_no_wreck)
{
	struct lock_wait wait = { 0 };
	struct lock *lock = lock_take(root, &wait, &err);

	cr_assert_not_null(lock);
	tree_file(root, JOURNAL, "being written", 0600);
	cr_expect_eq(state_of_save(root), SAVE_RUNNING);
	lock_release(lock);
	cr_expect_eq(state_of_save(root), SAVE_INTERRUPTED);
}

Test(recover, text_and_record_are_the_same)
{
	struct step step = { .work = WORK_WRITE,
			     .secret = true,
			     .new_name = ".ikeconsole.new.12.3",
			     .old_name = ".ikeconsole.old.12.3",
			     .old = { true, 17, 18, -19, 20 },
			     .new = { true, 21, 22, 23, 999999999 },
			     .kept = { true, 24, 25, 26, 27 },
			     .before = { .uid = 1, .gid = 2, .mode = 04755 },
			     .wanted = { .uid = (uid_t)-1, .gid = (gid_t)-1, .mode = 0600 } };
	struct record head = { .time = 28, .uid = 29, .pid = 30, .files = 1 }, again;
	struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;
	static char list[] = "\x01\xff\x00z";

	step.before.acl = list;
	step.before.acl_len = 4;
	record_add_head(&first, &head);
	record_add_step(&first, "/a b/%\n\xff/c", &step);
	record_add_end(&first, 1);
	strbuf_addstr(&second, first.buf);
	cr_assert(record_parse(&again, second.buf, false, "test", &err), "%s", err.text);
	cr_expect_str_eq(again.steps[0].path, "/a b/%\n\xff/c");
	strbuf_clear(&second);
	record_add_head(&second, &again);
	record_add_step(&second, again.steps[0].path, &again.steps[0].step);
	record_add_end(&second, 1);
	cr_expect_str_eq(first.buf, second.buf);
	record_release(&again);
	strbuf_release(&first);
	strbuf_release(&second);
}
