/*
 * What happens to others, and by others, in the middle of a save: another program changes the file
 * before each of the save's calls, and signals arrive there.
 */
#include "config.h"

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

/* What is done when, and what came of it; shared with the child process. */
struct intrusion {
	unsigned at, calls; /* the call before which it happens, from 1 */
	int signal;         /* 0: the file is changed */
	bool renamed;       /* the call came after the rename had begun */
	bool returned, good;
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
	fprintf(stderr, "intrude: signal %d before call %u: %s: %s\n", intrusion->signal,
		intrusion->at, what, intrusion->text);
}

static void intrude(void *ctx, const char *call)
{
	struct intrusion *in = ctx;
	bool rename = strcmp(call, "renameat") == 0;

	in->calls++;
	if (in->calls <= in->at)
		in->renamed = in->renamed || rename;
	if (in->calls != in->at)
		return;
	if (in->signal != 0)
		raise(in->signal);
	else
		tree_file(root, NAME, "theirs\n", 0644);
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
	faults_arm(&fault, &intrusion->log);
	intrusion->good = store_save(lock, &plan, &report, &err);
	faults_disarm();
	intrusion->returned = true;
	intrusion->code = err.code;
	snprintf(intrusion->text, sizeof intrusion->text, "%s", err.text != NULL ? err.text : "");
	lock_release(lock);
	store_report_release(&report);
	error_clear(&err);
	blob_release(&old);
	blob_release(&new);
}

/* Returns how the process ended. */
static int save_in_child(unsigned at, int number)
{
	int status = 0;
	pid_t pid;

	*intrusion = (struct intrusion){ .at = at, .signal = number };
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
 * A change before the rename stops the save and stays. One that hits the new file is noticed when
 * it is read back. Only the one right before the rename comes too late to be seen.
 */
static void check_changes(void)
{
	unsigned at, stopped = 0, undone = 0;

	for (at = 1;; at++) {
		bool last_moment, before;

		save_in_child(at, 0);
		if (intrusion->calls < at)
			break;
		last_moment = intrusion->renamed && intrusion->good;
		before = !intrusion->renamed;
		expect_no_leftovers();
		if (before) {
			expect(!intrusion->good && intrusion->code == ERROR_CHANGED,
			       "their change is not seen");
			expect_text("theirs\n");
			stopped++;
		} else if (!last_moment) {
			expect(intrusion->code == ERROR_IO, "the wrong error");
			expect_text("old\n");
			undone++;
		}
	}
	expect(stopped > 5, "hardly any change was stopped by");
	expect(undone > 0, "no change of the new file was noticed");
}

static void check_signals(int number)
{
	unsigned at, killed = 0;

	for (at = 1;; at++) {
		int status = save_in_child(at, number);

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
	check_changes();
	check_signals(SIGTERM);
	check_signals(SIGINT);
	check_signals(SIGHUP);
	tree_free(root);
	return failures == 0 ? 0 : 1;
}
