/*
 * Several processes save the same file: nobody's change is lost, a waiting one learns whom it waits
 * for, and a lock ends with its owner.
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/xalloc.h"
#include "host/state.h"
#include "store/store.h"
#include "tests/fault/tree.h"

#define NAME      "/etc/inet/ike/config"
#define PROCESSES 3
#define ROUNDS    20

static char *root;
static unsigned failures;

static void expect(bool good, const char *what)
{
	if (good)
		return;
	failures++;
	fprintf(stderr, "contend: %s\n", what);
}

/* Adds a line to the file as it is on the disk. */
static bool append_line(const char *line, struct error *err)
{
	struct lock_wait wait = { .milliseconds = 20000 };
	struct lock *lock = lock_take(root, &wait, err);
	struct file_info info;
	struct blob old, new;
	struct strbuf text = STRBUF_INIT;
	struct store_item item = { .name = NAME, .loaded = &info, .old = &old, .new = &new };
	struct store_plan plan = { .items = &item, .count = 1 };
	struct store_report report;
	bool good;

	if (lock == NULL)
		return false;
	file_read(root, NAME, false, &old, &info);
	strbuf_add(&text, old.data, old.len);
	strbuf_addstr(&text, line);
	new = blob_copy(text.buf, text.len, false);
	good = store_save(lock, &plan, &report, err);
	store_report_release(&report);
	lock_release(lock);
	strbuf_release(&text);
	blob_release(&old);
	blob_release(&new);
	return good;
}

static void run_writer(unsigned number)
{
	struct error err = ERROR_INIT;
	unsigned i;

	alarm(60);
	for (i = 0; i < ROUNDS; i++) {
		struct strbuf line = STRBUF_INIT;

		strbuf_addf(&line, "%u.%u\n", number, i);
		if (!append_line(line.buf, &err)) {
			fprintf(stderr, "contend: %s\n", err.text);
			_exit(1);
		}
		strbuf_release(&line);
	}
	_exit(0);
}

static void check_writers(void)
{
	pid_t pids[PROCESSES];
	unsigned i, j;
	char *text;

	tree_file(root, NAME, "\n", 0644);
	for (i = 0; i < PROCESSES; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			run_writer(i);
	}
	for (i = 0; i < PROCESSES; i++) {
		int status;

		expect(waitpid(pids[i], &status, 0) == pids[i] && status == 0, "a writer fails");
	}
	text = tree_text(root, NAME);
	for (i = 0; i < PROCESSES; i++)
		for (j = 0; j < ROUNDS; j++) {
			struct strbuf line = STRBUF_INIT;

			strbuf_addf(&line, "\n%u.%u\n", i, j);
			expect(strstr(text, line.buf) != NULL, "a change is lost");
			strbuf_release(&line);
		}
	free(text);
}

/* A process that takes the lock and keeps it until it is killed. */
static pid_t start_holder(void)
{
	struct lock_wait wait = { 0 };
	struct error err = ERROR_INIT;
	int ready[2];
	char byte = 0;
	pid_t pid;

	if (pipe(ready) != 0)
		fatal("no pipe");
	pid = fork();
	if (pid == 0) {
		alarm(60);
		if (lock_take(root, &wait, &err) != NULL && write(ready[1], "y", 1) == 1)
			pause();
		_exit(1);
	}
	close(ready[1]);
	expect(read(ready[0], &byte, 1) == 1 && byte == 'y', "the lock cannot be taken");
	close(ready[0]);
	return pid;
}

struct waiter {
	unsigned calls, most;
	char who[1000];
};

static bool note_waiting(void *ctx, const char *who)
{
	struct waiter *waiter = ctx;

	snprintf(waiter->who, sizeof waiter->who, "%s", who);
	return ++waiter->calls < waiter->most;
}

static void check_refused(const struct lock_wait *wait, const char *owner)
{
	struct error err = ERROR_INIT;

	expect(lock_take(root, wait, &err) == NULL, "two have the lock");
	expect(err.code == ERROR_IO && err.errnum == EAGAIN, "the wrong error");
	expect(err.text != NULL && strstr(err.text, owner) != NULL, "the owner is not named");
	error_clear(&err);
}

/* Somebody has the lock and has not yet written his name over that of a dead one. */
static void check_newcomer(const char *path)
{
	struct lock_wait wait = { 0 };
	struct error err = ERROR_INIT;
	pid_t pid = fork();
	FILE *file;
	int status;

	if (pid == 0)
		_exit(0);
	waitpid(pid, &status, 0);
	file = fopen(path, "r+");
	if (file == NULL || fprintf(file, "%ld\n0\n1\n", (long)pid) < 0 || fclose(file) != 0)
		fatal("cannot write the lock file");
	expect(state_of_save(root) == SAVE_RUNNING, "a save that runs is not seen");
	expect(lock_take(root, &wait, &err) == NULL && err.text != NULL &&
		       strstr(err.text, "another process is changing this host") != NULL,
	       "a dead one is named as the owner");
	error_clear(&err);
}

/* What stands in the lock file's place and is none is neither followed nor removed. */
static void check_no_lock_file(void)
{
	char *path = tree_path(root, "/.ikeconsole.lock"), *target = tree_path(root, "/target");
	struct lock_wait wait = { 0 };
	struct error err = ERROR_INIT;
	struct stat st;

	if (symlink(target, path) != 0)
		fatal("cannot make a link");
	expect(lock_take(root, &wait, &err) == NULL && err.code == ERROR_IO, "a link is a lock");
	expect(lstat(path, &st) == 0 && stat(target, &st) != 0, "a link was followed");
	unlink(path);
	error_clear(&err);
	if (mkdir(path, 0700) != 0)
		fatal("cannot make a folder");
	expect(lock_take(root, &wait, &err) == NULL && err.code == ERROR_IO, "a folder is a lock");
	rmdir(path);
	error_clear(&err);
	free(path);
	free(target);
}

/* LOCK_NAME is where the lock file is expected, below the root. */
static void check_holder(const char *lock_name)
{
	struct waiter waiter = { .most = 3 };
	struct saver left;
	struct lock_wait wait = { 0 }, asking = { 60000, note_waiting, &waiter };
	struct error err = ERROR_INIT;
	struct lock *lock;
	struct stat st;
	char *path = tree_path(root, lock_name), owner[40];
	pid_t pid = start_holder();

	snprintf(owner, sizeof owner, "process %ld (user ", (long)pid);
	expect(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600,
	       "the lock file's place or mode");
	check_refused(&wait, owner);
	check_refused(&asking, owner);
	expect(waiter.calls == 3 && strstr(waiter.who, owner) != NULL,
	       "the waiting one is not told");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	expect(stat(path, &st) == 0, "the killed one's lock file is gone already");
	expect(state_of_save(root) == SAVE_LEFT, "it is not seen that an owner died");
	lock = lock_take(root, &wait, &err);
	expect(lock != NULL, "a dead owner keeps the lock");
	expect(lock_was_left(lock, &left) && left.pid == (long)pid, "who died is not known");
	check_newcomer(path);
	lock_release(lock);
	expect(stat(path, &st) != 0, "the lock file is left");
	expect(state_of_save(root) == SAVE_NONE, "a lock that was let go counts as left");
	lock = lock_take(root, &wait, &err);
	expect(lock != NULL && !lock_was_left(lock, &left), "an owner that let go counts as dead");
	lock_release(lock);
	error_clear(&err);
	free(path);
}

int main(void)
{
	char *link;

	alarm(60);
	root = tree_new();
	check_no_lock_file();
	check_holder("/.ikeconsole.lock");
	check_writers();
	tree_folder(root, "/run", 0755);
	tree_folder(root, "/var", 0755);
	link = tree_path(root, "/var/run");
	if (symlink("/run", link) != 0)
		fatal("cannot make the link");
	free(link);
	check_holder("/run/ikeconsole.lock");
	tree_free(root);
	return failures == 0 ? 0 : 1;
}
