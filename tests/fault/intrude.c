/*
 * What happens to others, and by others, in the middle of a save: another program changes the file
 * before each of the save's calls, in its place or by putting another one there, or writes late
 * into one that it opened early; and signals arrive there. Whatever others write stays.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fatal.h"
#include "store/store.h"
#include "tests/fault/faults.h"
#include "tests/fault/tree.h"

#define NAME "/etc/inet/ike/config"

enum habit {
	IN_PLACE, /* the file is emptied and written */
	ASIDE,    /* another file gets its name */
	LATE,     /* it is opened before the save, and added to later */
	SIGNAL
};

/* What is done when, and what came of it; shared with the child process. */
struct intrusion {
	enum habit habit;
	unsigned at, calls; /* the call before which it happens, from 1 */
	int signal;
	int fd;       /* of LATE */
	bool renamed; /* the call came behind the rename */
	bool returned, good, changed_since;
	enum error_code code;
	char text[1000];
	struct fault_log log;
};

static struct intrusion *intrusion;
static char *root;
static unsigned failures;

static void expect(bool good, const char *what)
{
	if (good)
		return;
	failures++;
	fprintf(stderr, "intrude: habit %d, signal %d, before call %u: %s: %s\n", intrusion->habit,
		intrusion->signal, intrusion->at, what, intrusion->text);
}

static void write_aside(void)
{
	char *from = tree_path(root, NAME ".theirs"), *to = tree_path(root, NAME);

	tree_file(root, NAME ".theirs", "theirs\n", 0644);
	if (rename(from, to) != 0)
		fatal("cannot rename");
	free(from);
	free(to);
}

static void intrude(void *ctx, const char *call)
{
	struct intrusion *in = ctx;

	in->calls++;
	if (in->calls == in->at) {
		switch (in->habit) {
		case IN_PLACE:
			tree_file(root, NAME, "theirs\n", 0644);
			break;
		case ASIDE:
			write_aside();
			break;
		case LATE:
			if (write(in->fd, "late\n", 5) != 5 || close(in->fd) != 0)
				fatal("cannot write");
			in->fd = -1;
			break;
		case SIGNAL:
			raise(in->signal);
		}
	}
	if (in->calls < in->at)
		in->renamed = in->renamed || strncmp(call, "renameat", 8) == 0;
}

static void save(void)
{
	struct fault fault = { .kind = FAULT_NONE, .watch = intrude, .ctx = intrusion };
	struct lock_wait wait = { 0 };
	struct error err = ERROR_INIT;
	struct file_info info;
	struct blob old, new = blob_copy("new\n", 4, false);
	struct store_item item = { .name = NAME, .loaded = &info, .old = &old, .new = &new };
	struct store_plan plan = { .items = &item, .count = 1 };
	struct store_report report = { 0 };
	struct lock *lock = lock_take(root, &wait, &err);

	if (lock == NULL)
		fatal("%s", err.text);
	file_read(root, NAME, false, &old, &info);
	if (intrusion->habit == LATE) {
		char *path = tree_path(root, NAME);

		intrusion->fd = open(path, O_WRONLY | O_APPEND);
		free(path);
	}
	faults_arm(&fault, &intrusion->log);
	intrusion->good = store_save(lock, &plan, &report, &err);
	faults_disarm();
	intrusion->returned = true;
	intrusion->changed_since = intrusion->good && report.items[0].changed_since;
	intrusion->code = err.code;
	snprintf(intrusion->text, sizeof intrusion->text, "%s", err.text != NULL ? err.text : "");
	lock_release(lock);
	store_report_release(&report);
	error_clear(&err);
	blob_release(&old);
	blob_release(&new);
}

/* Returns how the process ended. */
static int save_in_child(enum habit habit, unsigned at, int number)
{
	int status = 0;
	pid_t pid;

	*intrusion = (struct intrusion){ .habit = habit, .at = at, .signal = number, .fd = -1 };
	tree_empty(root);
	tree_file(root, NAME, "old\n", 0644);
	pid = fork();
	if (pid == 0) {
		signal(SIGTERM, SIG_DFL);
		signal(SIGINT, SIG_DFL);
		signal(SIGHUP, SIG_DFL);
		alarm(10);
		save();
		_exit(0);
	}
	if (waitpid(pid, &status, 0) != pid)
		fatal("lost a child");
	return status;
}

static void expect_text(const char *expected)
{
	char *text = tree_text(root, NAME);

	expect(text != NULL && strcmp(text, expected) == 0, "the wrong content");
	free(text);
}

static void expect_no_leftovers(void)
{
	char *dump = tree_dump(root, false, NULL);

	expect(strstr(dump, ".ikeconsole.new") == NULL && strstr(dump, ".ikeconsole.old") == NULL,
	       "a temporary file is left");
	free(dump);
}

/*
 * A change before the rename stops the save. One behind it is what the file holds in the end; where
 * it comes before the file is read back the save says so. Where two names cannot be exchanged, the
 * one right before the rename comes too late to be seen.
 */
static void check_changes(enum habit habit)
{
	unsigned at, stopped = 0, noticed = 0;

	for (at = 1;; at++) {
		save_in_child(habit, at, 0);
		if (intrusion->calls < at)
			break;
		expect_no_leftovers();
		if (intrusion->renamed) {
			expect(intrusion->good, "a change behind the save makes it fail");
			noticed += intrusion->changed_since;
		} else {
			expect(!intrusion->good && intrusion->code == ERROR_CHANGED,
			       "their change is not seen");
			stopped++;
		}
		expect_text("theirs\n");
	}
	expect(stopped > 15, "hardly any change was stopped by");
	expect(noticed > 1, "no change of the new file was noticed");
}

/* What is written into a file that was opened before it was replaced is not lost either. */
static void check_late(void)
{
	unsigned at, stopped = 0;

	for (at = 1;; at++) {
		save_in_child(LATE, at, 0);
		if (intrusion->calls < at)
			break;
		expect_no_leftovers();
		expect(!intrusion->good && intrusion->code == ERROR_CHANGED,
		       "the late change is not seen");
		expect_text("old\nlate\n");
		stopped++;
	}
	expect(stopped > 20, "hardly any late change");
}

static void check_signals(int number)
{
	unsigned at, killed = 0;

	for (at = 1;; at++) {
		int status = save_in_child(SIGNAL, at, number);

		if (intrusion->calls < at)
			break;
		expect(WIFSIGNALED(status) && WTERMSIG(status) == number, "the signal is lost");
		expect_no_leftovers();
		killed++;
	}
	expect(killed > 10, "hardly any signal arrived");
}

/* As the lock's owner does when it ends, between another's opening the file and locking it. */
static void remove_lock(void *ctx, const char *call)
{
	bool *removed = ctx;
	char *path = tree_path(root, "/.ikeconsole.lock");

	if (strcmp(call, "fcntl") == 0 && !*removed) {
		*removed = true;
		expect(unlink(path) == 0, "no lock file");
	}
	free(path);
}

static void check_lock(void)
{
	bool removed = false;
	struct fault fault = { .kind = FAULT_NONE, .watch = remove_lock, .ctx = &removed };
	struct lock_wait wait = { 0 };
	struct error err = ERROR_INIT;
	char *path = tree_path(root, "/.ikeconsole.lock");
	struct lock *lock;

	*intrusion = (struct intrusion){ 0 };
	faults_arm(&fault, &intrusion->log);
	lock = lock_take(root, &wait, &err);
	faults_disarm();
	expect(lock != NULL && removed, "the lock cannot be taken");
	expect(access(path, F_OK) == 0, "a file that is gone was locked");
	lock_release(lock);
	error_clear(&err);
	free(path);
}

int main(void)
{
	alarm(60);
	intrusion = mmap(NULL, sizeof *intrusion, PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (intrusion == MAP_FAILED)
		fatal("no shared memory");
	root = tree_new();
	check_lock();
	check_changes(IN_PLACE);
	check_changes(ASIDE);
#ifdef F_SETLEASE
	check_late();
#endif
	check_signals(SIGTERM);
	check_signals(SIGINT);
	check_signals(SIGHUP);
	tree_free(root);
	return failures == 0 ? 0 : 1;
}
