#include "config.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef HAVE_SYS_XATTR_H
#include <sys/xattr.h>
#endif

#include "base/xalloc.h"
#include "store/store.h"
#include "tests/fault/tree.h"

#define CONFIG "/etc/inet/ike/config"
#define KEYS   "/etc/inet/secret/ike.preshared"

static char *root;

static void set_up(void)
{
	root = tree_new();
	tree_file(root, CONFIG, "old\n", 0640);
	tree_folder(root, "/etc/inet/secret", 0700);
	tree_file(root, KEYS, "old keys\n", 0600);
}

static void tear_down(void)
{
	tree_free(root);
}

TestSuite(store, .init = set_up, .fini = tear_down, .timeout = 20);

/* One save in the making: files as they were loaded, and what becomes of them. */
struct saving {
	struct store_item items[3];
	struct file_info infos[3];
	struct blob old[3], new[3];
	struct store_plan plan;
	struct store_report report;
	struct error err;
};

static void saving_begin(struct saving *s)
{
	*s = (struct saving){ .err = ERROR_INIT };
	s->plan.items = s->items;
}

/* Loads the file NAME; it is to get TEXT, unless that is NULL. */
static struct store_item *saving_add(struct saving *s, const char *name, const char *text)
{
	size_t i = s->plan.count++;
	struct store_item *item = &s->items[i];

	file_read(root, name, false, &s->old[i], &s->infos[i]);
	*item = (struct store_item){ .name = name, .loaded = &s->infos[i] };
	if (s->infos[i].state == FILE_READ)
		item->old = &s->old[i];
	if (text != NULL) {
		s->new[i] = blob_copy(text, strlen(text), false);
		item->new = &s->new[i];
	}
	return item;
}

static bool saving_run(struct saving *s)
{
	struct lock_wait wait = { 0 };
	struct lock *lock = lock_take(root, &wait, &s->err);
	bool good;

	cr_assert_not_null(lock, "%s", s->err.text);
	store_report_release(&s->report);
	error_clear(&s->err);
	good = store_save(lock, &s->plan, &s->report, &s->err);
	cr_assert_eq(good, s->err.code == ERROR_NONE);
	lock_release(lock);
	return good;
}

static void saving_end(struct saving *s)
{
	size_t i;

	for (i = 0; i < s->plan.count; i++) {
		blob_release(&s->old[i]);
		blob_release(&s->new[i]);
	}
	store_report_release(&s->report);
	error_clear(&s->err);
}

static void expect_text(const char *name, const char *expected)
{
	char *text = tree_text(root, name);

	if (expected == NULL)
		cr_expect_null(text, "%s: %s", name, text);
	else
		cr_expect(text != NULL && strcmp(text, expected) == 0, "%s: %s", name, text);
	free(text);
}

static struct stat stat_of(const char *name)
{
	char *path = tree_path(root, name);
	struct stat st = { 0 };

	cr_assert_eq(lstat(path, &st), 0, "%s", path);
	free(path);
	return st;
}

/* Saves, expects CODE with WORDS in its sentence, and that nothing at all has changed. */
static void expect_error(struct saving *s, enum error_code code, const char *words)
{
	char *before = tree_dump(root, true, NULL), *after;

	cr_expect_not(saving_run(s));
	after = tree_dump(root, true, NULL);
	cr_expect_eq(s->err.code, code, "%d: %s", s->err.code, s->err.text);
	cr_expect(s->err.text != NULL && strstr(s->err.text, words) != NULL, "%s", s->err.text);
	cr_expect_str_eq(before, after);
	cr_expect_null(s->report.items);
	free(before);
	free(after);
}

Test(store, replaces_a_file_and_keeps_its_mode)
{
	struct saving s;
	char *dump;

	saving_begin(&s);
	saving_add(&s, CONFIG, "new\n");
	cr_assert(saving_run(&s), "%s", s.err.text);
	expect_text(CONFIG, "new\n");
	cr_assert_eq(stat_of(CONFIG).st_mode & 07777, 0640);
	cr_assert_eq(s.report.count, 1);
	cr_assert_eq(s.report.items[0].result, STORE_REPLACED);
	cr_assert_eq(s.report.items[0].bytes, 4);
	cr_assert_eq(s.report.items[0].mode, 0640);
	cr_assert_eq(s.report.items[0].other_names, 0);
	cr_assert_not_null(strstr(s.report.items[0].path, CONFIG));
	dump = tree_dump(root, false, NULL);
	cr_assert_null(strstr(dump, "ikeconsole"), "%s", dump + strlen(root));
	free(dump);
	saving_end(&s);
}

Test(store, writes_nothing_where_nothing_differs)
{
	struct saving s;
	char *before = tree_dump(root, true, NULL), *after;

	saving_begin(&s);
	saving_add(&s, CONFIG, "old\n");
	saving_add(&s, KEYS, "old keys\n");
	cr_assert(saving_run(&s), "%s", s.err.text);
	after = tree_dump(root, true, NULL);
	cr_assert_str_eq(before, after);
	cr_assert_eq(s.report.items[0].result, STORE_UNCHANGED);
	cr_assert_eq(s.report.items[1].result, STORE_UNCHANGED);
	free(before);
	free(after);
	saving_end(&s);
}

Test(store, keeps_the_owner)
{
	struct saving s;
	char *path = tree_path(root, CONFIG);

	if (geteuid() != 0)
		cr_skip_test("only root can give files away");
	cr_assert_eq(chown(path, 12, 34), 0);
	cr_assert_eq(chmod(path, 04755), 0);
	saving_begin(&s);
	saving_add(&s, CONFIG, "new\n");
	cr_assert(saving_run(&s), "%s", s.err.text);
	cr_assert_eq(stat_of(CONFIG).st_uid, 12);
	cr_assert_eq(stat_of(CONFIG).st_gid, 34);
	cr_assert_eq(stat_of(CONFIG).st_mode & 07777, 04755);
	saving_end(&s);
	free(path);
}

/* As another user: a new file's owner is left out and reported, an existing one's must be kept. */
Test(store, without_root_tells_that_the_owner_is_left_out)
{
	struct saving s;
	struct store_item *item;
	char *path = tree_path(root, "/etc/inet/ike");
	int status;
	pid_t pid;

	if (geteuid() != 0)
		cr_skip_test("only root can become someone else");
	cr_assert_eq(chmod(root, 0777), 0);
	cr_assert_eq(chown(path, 12, 34), 0);
	pid = fork();
	if (pid == 0) {
		bool good;

		if (setgid(34) != 0 || setuid(12) != 0)
			_exit(1);
		saving_begin(&s);
		item = saving_add(&s, "/etc/inet/ike/new", "new\n");
		item->flags = STORE_SET_OWNER;
		good = saving_run(&s) && s.report.items[0].owner_left_out &&
		       stat_of("/etc/inet/ike/new").st_uid == 12;
		saving_end(&s);
		_exit(good ? 0 : 2);
	}
	cr_assert_eq(waitpid(pid, &status, 0), pid);
	cr_assert_eq(status, 0);
	free(path);
}

Test(store, sets_mode_and_owner_that_are_asked_for)
{
	struct saving s;
	struct store_item *item;
	ino_t inode = stat_of(CONFIG).st_ino;

	saving_begin(&s);
	item = saving_add(&s, CONFIG, "new\n");
	item->flags = STORE_SET_MODE;
	item->mode = 0604;
	item = saving_add(&s, "/etc/inet/ike/new", "text\n");
	item->flags = STORE_SET_MODE | (geteuid() == 0 ? STORE_SET_OWNER : 0);
	item->mode = 0755;
	item->uid = 12;
	item->gid = 34;
	item = saving_add(&s, "/etc/inet/secret", NULL);
	item->action = STORE_ATTRIBUTES;
	item->flags = STORE_SET_MODE;
	item->mode = 0750;
	cr_assert(saving_run(&s), "%s", s.err.text);
	cr_assert_eq(stat_of(CONFIG).st_mode & 07777, 0604);
	cr_assert_neq(stat_of(CONFIG).st_ino, inode);
	cr_assert_eq(stat_of("/etc/inet/ike/new").st_mode & 07777, 0755);
	if (geteuid() == 0) {
		cr_assert_eq(stat_of("/etc/inet/ike/new").st_uid, 12);
		cr_assert_eq(stat_of("/etc/inet/ike/new").st_gid, 34);
	}
	cr_assert_eq(stat_of("/etc/inet/secret").st_mode & 07777, 0750);
	cr_assert_eq(s.report.items[0].result, STORE_REPLACED);
	cr_assert_eq(s.report.items[1].result, STORE_CREATED);
	cr_assert_eq(s.report.items[2].result, STORE_ADJUSTED);
	saving_end(&s);
}

Test(store, only_the_mode_leaves_the_file_in_its_place)
{
	struct saving s;
	struct store_item *item;
	struct stat before = stat_of(CONFIG), after;

	saving_begin(&s);
	item = saving_add(&s, CONFIG, "old\n");
	item->flags = STORE_SET_MODE;
	item->mode = 0600;
	cr_assert(saving_run(&s), "%s", s.err.text);
	after = stat_of(CONFIG);
	cr_assert_eq(after.st_ino, before.st_ino);
	cr_assert_eq(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
	cr_assert_eq(after.st_mode & 07777, 0600);
	cr_assert_eq(s.report.items[0].result, STORE_ADJUSTED);
	saving_end(&s);
}

Test(store, a_new_file_is_readable_and_a_new_secret_is_not)
{
	struct saving s;

	umask(0777);
	saving_begin(&s);
	saving_add(&s, "/etc/inet/ike/new", "text\n");
	saving_add(&s, "/etc/inet/secret/new", "key\n")->flags = STORE_SECRET;
	cr_assert(saving_run(&s), "%s", s.err.text);
	cr_assert_eq(stat_of("/etc/inet/ike/new").st_mode & 07777, 0644);
	cr_assert_eq(stat_of("/etc/inet/secret/new").st_mode & 07777, 0600);
	saving_end(&s);
}

Test(store, makes_the_folders_that_are_missing)
{
	static const struct store_folder folders[] = { { "/opt/a/secret", 0700 } };
	struct saving s;

	umask(0);
	saving_begin(&s);
	s.plan.folders = folders;
	s.plan.nfolders = ARRAY_SIZE(folders);
	saving_add(&s, "/opt/a/secret/keys", "key\n")->flags = STORE_SECRET;
	saving_add(&s, "/opt/a/config", "text\n");
	cr_assert(saving_run(&s), "%s", s.err.text);
	expect_text("/opt/a/secret/keys", "key\n");
	expect_text("/opt/a/config", "text\n");
	cr_assert_eq(stat_of("/opt").st_mode & 07777, 0755);
	cr_assert_eq(stat_of("/opt/a").st_mode & 07777, 0755);
	cr_assert_eq(stat_of("/opt/a/secret").st_mode & 07777, 0700);
	saving_end(&s);
}

Test(store, removes_a_file)
{
	struct saving s;

	saving_begin(&s);
	saving_add(&s, CONFIG, NULL)->action = STORE_REMOVE;
	cr_assert(saving_run(&s), "%s", s.err.text);
	expect_text(CONFIG, NULL);
	cr_assert_eq(s.report.items[0].result, STORE_REMOVED);
	saving_end(&s);
}

static void set_link(const char *target, const char *name)
{
	char *path = tree_path(root, name);

	cr_assert_eq(symlink(target, path), 0);
	free(path);
}

Test(store, follows_links_within_the_root_and_keeps_them)
{
	static const char *const targets[] = { "../ike/config", "/etc/inet/ike/config",
					       "../../../../../../../etc/inet/ike/config" };
	char *dump;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(targets); i++) {
		struct saving s;
		char text[20];

		tree_folder(root, "/etc/inet/links", 0755);
		set_link(targets[i], "/etc/inet/links/config");
		snprintf(text, sizeof text, "new %zu\n", i);
		saving_begin(&s);
		saving_add(&s, "/etc/inet/links/config", text);
		cr_assert(saving_run(&s), "%s", s.err.text);
		expect_text(CONFIG, text);
		cr_assert(S_ISLNK(stat_of("/etc/inet/links/config").st_mode));
		cr_assert(S_ISREG(stat_of(CONFIG).st_mode));
		cr_assert_not_null(strstr(s.report.items[0].path, CONFIG));
		dump = tree_path(root, "/etc/inet/links/config");
		cr_assert_eq(unlink(dump), 0);
		free(dump);
		saving_end(&s);
	}
}

Test(store, tells_of_other_names_of_the_file)
{
	struct saving s;
	char *from = tree_path(root, CONFIG), *to = tree_path(root, "/etc/copy");

	cr_assert_eq(link(from, to), 0);
	saving_begin(&s);
	saving_add(&s, CONFIG, "new\n");
	cr_assert(saving_run(&s), "%s", s.err.text);
	cr_assert_eq(s.report.items[0].other_names, 1);
	expect_text("/etc/copy", "old\n");
	saving_end(&s);
	free(from);
	free(to);
}

Test(store, sees_what_others_have_changed)
{
	struct saving s;
	char *path = tree_path(root, CONFIG);

	saving_begin(&s);
	saving_add(&s, KEYS, "new keys\n");
	saving_add(&s, CONFIG, "new\n");
	tree_file(root, CONFIG, "odd\n", 0640);
	expect_error(&s, ERROR_CHANGED, "config' has been changed");
	tree_file(root, CONFIG, "old\nand more\n", 0640);
	expect_error(&s, ERROR_CHANGED, "config' has been changed");
	tree_file(root, CONFIG, "old", 0640);
	expect_error(&s, ERROR_CHANGED, "config' has been changed");
	tree_file(root, CONFIG, "", 0640);
	expect_error(&s, ERROR_CHANGED, "config' has been changed");
	cr_assert_eq(unlink(path), 0);
	expect_error(&s, ERROR_CHANGED, "config' has been removed");
	tree_file(root, CONFIG, "old\n", 0640);
	cr_assert(saving_run(&s), "%s", s.err.text);
	saving_end(&s);
	saving_begin(&s);
	saving_add(&s, "/etc/inet/ike/new", "text\n");
	tree_file(root, "/etc/inet/ike/new", "theirs\n", 0644);
	expect_error(&s, ERROR_CHANGED, "new' has been created");
	saving_end(&s);
	free(path);
}

Test(store, refuses_to_empty_a_file_unasked)
{
	struct saving s;

	saving_begin(&s);
	saving_add(&s, CONFIG, "");
	expect_error(&s, ERROR_REFUSED, "would become empty");
	s.items[0].flags = STORE_MAY_EMPTY;
	cr_assert(saving_run(&s), "%s", s.err.text);
	expect_text(CONFIG, "");
	saving_end(&s);
}

Test(store, refuses_what_is_no_regular_file)
{
	static const struct {
		const char *name;
		enum error_code code;
		const char *words;
	} cases[] = {
		{ "/etc/folder", ERROR_REFUSED, "is a directory" },
		{ "/etc/fifo", ERROR_REFUSED, "is a FIFO" },
		{ "/etc/dangling", ERROR_IO, "symbolic link to something" },
		{ "/etc/loop", ERROR_IO, "leads back to itself" },
		{ "/etc/inet/ike/config/below", ERROR_IO, "Not a directory" },
		{ "/etc/none/../x", ERROR_REFUSED, "no plain path" },
		{ "/etc/", ERROR_REFUSED, "is a directory" },
	};
	char *path = tree_path(root, "/etc/fifo");
	size_t i;

	tree_folder(root, "/etc/folder", 0755);
	cr_assert_eq(mkfifo(path, 0600), 0);
	set_link("nothing", "/etc/dangling");
	set_link("loop", "/etc/loop");
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct saving s;

		saving_begin(&s);
		saving_add(&s, KEYS, "new keys\n");
		saving_add(&s, cases[i].name, "text\n");
		expect_error(&s, cases[i].code, cases[i].words);
		saving_end(&s);
	}
	free(path);
}

/* Loaded as a file, and meanwhile something that must be neither read nor replaced. */
Test(store, refuses_what_has_become_something_else)
{
	char *path = tree_path(root, CONFIG);
	struct saving s;

	saving_begin(&s);
	saving_add(&s, CONFIG, "new\n");
	cr_assert_eq(unlink(path), 0);
	cr_assert_eq(mkfifo(path, 0600), 0);
	expect_error(&s, ERROR_REFUSED, "is a FIFO");
	cr_assert_eq(unlink(path), 0);
	cr_assert_eq(mkdir(path, 0700), 0);
	expect_error(&s, ERROR_REFUSED, "is a directory");
	saving_end(&s);
	free(path);
}

Test(store, refuses_one_file_under_two_names)
{
	struct saving s;

	set_link("config", "/etc/inet/ike/link");
	saving_begin(&s);
	saving_add(&s, CONFIG, "one\n");
	saving_add(&s, KEYS, "new keys\n");
	saving_add(&s, "/etc/inet/ike/link", "two\n");
	expect_error(&s, ERROR_REFUSED, "named twice");
	saving_end(&s);
}

Test(store, saves_all_files_of_a_plan)
{
	struct saving s;

	saving_begin(&s);
	saving_add(&s, KEYS, "new keys\n")->flags = STORE_SECRET;
	saving_add(&s, CONFIG, "new\n");
	saving_add(&s, "/etc/inet/ike/crls/1", "list\n");
	cr_assert(saving_run(&s), "%s", s.err.text);
	expect_text(KEYS, "new keys\n");
	expect_text(CONFIG, "new\n");
	expect_text("/etc/inet/ike/crls/1", "list\n");
	/* In the order of the plan, not of the paths. */
	cr_assert_not_null(strstr(s.report.items[0].path, KEYS));
	cr_assert_not_null(strstr(s.report.items[1].path, CONFIG));
	cr_assert_eq(s.report.items[2].result, STORE_CREATED);
	saving_end(&s);
}

Test(store, removes_only_leftovers_of_dead_processes)
{
	static const char *const kept[] = {
		".ikeconsole.new.1.0",          ".ikeconsole.new.x.0",
		".ikeconsole.new.999999.0.bak", ".ikeconsole.tmp.999999.0",
		".ikeconsole.new.0999999.0",    "ikeconsole.new.999999.0"
	};
	struct strbuf name = STRBUF_INIT;
	struct saving s;
	pid_t dead = fork();
	size_t i;

	if (dead == 0)
		_exit(0);
	waitpid(dead, NULL, 0);
	strbuf_addf(&name, "/etc/inet/ike/.ikeconsole.new.%ld.0", (long)dead);
	tree_file(root, name.buf, "left", 0600);
	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		struct strbuf path = STRBUF_INIT;

		strbuf_addf(&path, "/etc/inet/ike/%s", kept[i]);
		tree_file(root, path.buf, "kept", 0600);
		strbuf_release(&path);
	}
	saving_begin(&s);
	saving_add(&s, CONFIG, "new\n");
	cr_assert(saving_run(&s), "%s", s.err.text);
	expect_text(name.buf, NULL);
	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		struct strbuf path = STRBUF_INIT;

		strbuf_addf(&path, "/etc/inet/ike/%s", kept[i]);
		expect_text(path.buf, "kept");
		strbuf_release(&path);
	}
	saving_end(&s);
	strbuf_release(&name);
}

static volatile sig_atomic_t signalled;

static void note_signal(int number)
{
	(void)number;
	signalled = 1;
}

Test(store, leaves_the_signal_mask_as_it_was)
{
	struct saving s;
	sigset_t before, after;

	signal(SIGTERM, note_signal);
	sigprocmask(SIG_SETMASK, NULL, &before);
	saving_begin(&s);
	saving_add(&s, CONFIG, "new\n");
	cr_assert(saving_run(&s), "%s", s.err.text);
	sigprocmask(SIG_SETMASK, NULL, &after);
	cr_assert_eq(sigismember(&before, SIGTERM), sigismember(&after, SIGTERM));
	raise(SIGTERM);
	cr_assert_eq(signalled, 1);
	saving_end(&s);
}

#ifdef HAVE_FSETXATTR

#define ACL_NAME "system.posix_acl_access"

/* u::rw- u:12:r-- g::r-- m::r-- o::--- in the kernel's form, version 2, little-endian. */
static const unsigned char acl[] = {
	2, 0,  0,    0,    0x01, 0,    6,    0, 0xff, 0xff, 0xff, 0xff, 0x02, 0,    4,
	0, 12, 0,    0,    0,    0x04, 0,    4, 0,    0xff, 0xff, 0xff, 0xff, 0x10, 0,
	4, 0,  0xff, 0xff, 0xff, 0xff, 0x20, 0, 0,    0,    0xff, 0xff, 0xff, 0xff,
};

Test(store, keeps_the_access_list_and_takes_none_from_the_folder)
{
	char *config = tree_path(root, CONFIG), *keys = tree_path(root, KEYS);
	char *folder = tree_path(root, "/etc/inet/secret");
	unsigned char now[sizeof acl];
	struct saving s;

	if (setxattr(config, ACL_NAME, acl, sizeof acl, 0) != 0 ||
	    setxattr(folder, "system.posix_acl_default", acl, sizeof acl, 0) != 0)
		cr_skip_test("this file system has no access lists");
	saving_begin(&s);
	saving_add(&s, CONFIG, "new\n");
	saving_add(&s, KEYS, "new keys\n")->flags = STORE_SECRET;
	cr_assert(saving_run(&s), "%s", s.err.text);
	cr_assert_eq(getxattr(config, ACL_NAME, now, sizeof now), (ssize_t)sizeof acl);
	cr_assert_eq(memcmp(now, acl, sizeof acl), 0);
	cr_assert_eq(getxattr(keys, ACL_NAME, now, sizeof now), -1);
	cr_assert_eq(stat_of(KEYS).st_mode & 07777, 0600);
	saving_end(&s);
	free(config);
	free(keys);
	free(folder);
}

#endif
