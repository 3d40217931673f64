/*
 * Saves with every call failing once, with every call being the last one before SIGKILL, and with
 * everything failing from some call on. Whatever happens, each file is the old or the new one,
 * whole; after an error everything is as it was; and the next save finds and removes what a killed
 * one left.
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/xalloc.h"
#include "store/recover.h"
#include "store/store.h"
#include "tests/fault/faults.h"
#include "tests/fault/scenario.h"
#include "tests/fault/tree.h"

/* What a child process tells. */
struct outcome {
	bool returned, good;
	enum error_code code;
	char text[2000];
	struct fault_log log;
};

static struct outcome *outcome; /* shared with the children */
static char *root;
static unsigned failures, runs;

static const struct scenario *current;
static struct fault current_fault;

static void complain(const char *what)
{
	failures++;
	fprintf(stderr, "%s: kind %d errno %d call %u (%s): %s\n", current->title,
		current_fault.kind, current_fault.errnum, current_fault.at, outcome->log.hit, what);
	if (outcome->text[0] != '\0')
		fprintf(stderr, "    message: %s\n", outcome->text);
	if (failures > 20)
		exit(1);
}

static bool is_ours(const char *name)
{
	return strncmp(name, ".ikeconsole.", 12) == 0 || strcmp(name, "ikeconsole.lock") == 0 ||
	       strncmp(name, "journal", 7) == 0;
}

/* Locks, saves and unlocks with FAULT in force, and fills OUTCOME. */
static void save(const struct scenario *scenario, const char *text, const struct fault *fault)
{
	struct lock_wait wait = { 0 };
	struct error err = ERROR_INIT;
	struct store_report report = { 0 };
	struct work work;
	struct lock *lock;

	work_load(&work, scenario, root, text);
	faults_arm(fault, &outcome->log);
	lock = lock_take(root, &wait, &err);
	outcome->good = lock != NULL && store_save(lock, &work.plan, &report, &err);
	lock_release(lock);
	faults_disarm();
	outcome->returned = true;
	outcome->code = err.code;
	snprintf(outcome->text, sizeof outcome->text, "%s", err.text != NULL ? err.text : "");
	store_report_release(&report);
	error_clear(&err);
	work_release(&work);
}

static void save_in_child(const struct scenario *scenario, const struct fault *fault)
{
	int status;
	pid_t pid;

	*outcome = (struct outcome){ 0 };
	runs++;
	pid = fork();
	if (pid < 0)
		fatal("cannot fork");
	if (pid == 0) {
		alarm(10);
		save(scenario, NULL, fault);
		_exit(0);
	}
	if (waitpid(pid, &status, 0) != pid)
		fatal("lost a child");
	if (!outcome->returned && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
		complain("the program crashed or hung");
}

static bool same_text(const char *a, const char *b)
{
	return (a == NULL) == (b == NULL) && (a == NULL || strcmp(a, b) == 0);
}

/* Each file is the old or the new one, and open to nobody new. */
static void check_whole(const struct scenario *scenario)
{
	size_t i;

	for (i = 0; i < scenario->count; i++) {
		const struct step *step = &scenario->steps[i];
		const char *new = step->action == STORE_ATTRIBUTES ? step->old : step->new;
		char *text = tree_text(root, step->name), *path = tree_path(root, step->name);
		struct stat st;

		if (!same_text(text, step->old) && !same_text(text, new))
			complain("a file is neither the old one nor the new one");
		if (stat(path, &st) == 0 && (st.st_mode & 0777 & ~(step->mode | step->new_mode)))
			complain("a file is open to more people");
		free(text);
		free(path);
	}
}

/* No entry in the folder is open to more people than the file it belongs to. */
static void watch_folder(const char *name)
{
	struct file_names names;
	struct file_info info;
	size_t i, number;

	file_list(root, name, &names, &info);
	for (i = 0; i < names.count; i++) {
		struct strbuf below = STRBUF_INIT;
		const char *entry = names.items[i];
		const struct step *step;

		strbuf_addf(&below, "%s/%s", name, entry);
		file_look(root, below.buf, &info);
		if (sscanf(entry, ".ikeconsole.new.%*d.%zu", &number) == 1 && number < MAX_STEPS) {
			char *text = tree_text(root, below.buf);

			step = &current->steps[number];
			/* The old one, exchanged for the new one, has its own. */
			if (step->old != NULL && strcmp(text, step->old) == 0)
				info.mode &= ~step->mode;
			free(text);
			if ((info.mode & 0777 & ~step->new_mode) != 0)
				complain("a new file is open to more people than the old one");
			if ((step->flags & STORE_SECRET) != 0 && (info.mode & 0077) != 0)
				complain("a new secret is open to others");
		}
		strbuf_release(&below);
	}
	file_names_free(&names);
	file_look(root, "/etc/inet/secret", &info);
	if (info.state == FILE_DIRECTORY && (info.mode & 0077) != 0)
		complain("the folder of secrets is open to others");
}

static void watch(void *ctx, const char *call)
{
	(void)ctx;
	(void)call;
	watch_folder("/etc/inet/ike");
	watch_folder("/etc/inet/secret");
	watch_folder("/etc/real");
	check_whole(current);
}

/* As whoever opens the host to change it does. */
static void recover(void)
{
	struct lock_wait wait = { 0 };
	struct error err = ERROR_INIT;
	struct strbuf said = STRBUF_INIT;
	struct lock *lock = lock_take(root, &wait, &err);

	if (lock == NULL || !store_recover(lock, &said, &err))
		complain("the recovery fails");
	lock_release(lock);
	error_clear(&err);
	strbuf_release(&said);
}

static void check_next_save(const struct scenario *scenario)
{
	static const struct fault none = { .kind = FAULT_NONE };
	struct outcome killed = *outcome;

	char *dump;
	size_t i;

	recover();
	save(scenario, "third\n", &none);
	if (!outcome->good)
		complain("the next save fails");
	*outcome = killed;
	dump = tree_dump(root, false, NULL);
	if (strstr(dump, ".ikeconsole.") != NULL || strstr(dump, "ikeconsole.lock") != NULL)
		complain("the next save leaves the killed one's temporary files");
	free(dump);
	for (i = 0; i < scenario->count; i++) {
		char *text = tree_text(root, scenario->steps[i].name);

		if (!same_text(text, "third\n"))
			complain("the next save did not save");
		free(text);
	}
}

static void check_message(void)
{
	if (outcome->code != ERROR_IO && outcome->code != ERROR_REFUSED &&
	    outcome->code != ERROR_CHANGED)
		complain("an error without a code");
	if (strstr(outcome->text, root) == NULL && strstr(outcome->text, "'/etc/inet/") == NULL &&
	    strstr(outcome->text, "'/var/lib/ikeconsole'") == NULL)
		complain("the message does not name a file");
	if (strstr(outcome->text, " keys") != NULL)
		complain("the message holds a secret");
}

/* Where a file could not be put back, the message says where its old content is: there it must be.
 */
static void check_kept(void)
{
	static const char words[] = "its old content is beside it in '";
	const char *p = outcome->text;
	char *dump = tree_dump(root, false, NULL);

	while ((p = strstr(p, words)) != NULL) {
		char *name;

		p += strlen(words);
		name = xstrndup(p, strcspn(p, "'"));
		if (strstr(dump, name) == NULL)
			complain("the old content is not where the message says");
		free(name);
	}
	free(dump);
}

/* The descriptions of the tree before the save and after one that nothing disturbs. */
struct expected {
	char *before, *before_files, *after;
};

static void check_returned(const struct scenario *scenario, const struct expected *expected)
{
	bool sticky = current_fault.kind == FAULT_STICKY;
	/* What could not be removed stays; a file that could not be locked may be another's. */
	bool left = sticky || strncmp(outcome->log.hit, "unlink", 6) == 0 ||
		    strcmp(outcome->log.hit, "fcntl") == 0;
	char *dump = tree_dump(root, !outcome->good && !sticky, left ? is_ours : NULL);
	bool taken_back = strstr(outcome->text, "could not be taken back") == NULL;

	if (outcome->good) {
		if (strcmp(dump, expected->after) != 0)
			complain("success, but not everything is new");
		if (outcome->log.unsynced)
			complain("success, but not everything is on the disk");
		if (outcome->log.lost)
			complain("success, but a file could not be closed");
	} else if (!sticky) {
		check_message();
		if (strcmp(dump, expected->before) != 0)
			complain("an error, but not everything is as it was");
	} else {
		check_message();
		/* Folders that could not be removed again may stay. */
		if (taken_back && strcmp(scenario->title, "first set-up") != 0 &&
		    strcmp(dump, expected->before_files) != 0)
			complain("files are changed, and the message does not say so");
		if (!taken_back && strcmp(dump, expected->before_files) == 0)
			complain("nothing is changed, but the message says so");
	}
	free(dump);
	check_kept();
}

/* What a save makes of the scenario's tree where nothing goes wrong. */
static char *dump_after(const struct scenario *scenario)
{
	current_fault = (struct fault){ .kind = FAULT_NONE, .watch = watch };
	*outcome = (struct outcome){ 0 };
	scenario_make(scenario, root);
	save(scenario, NULL, &current_fault);
	if (!outcome->good)
		complain("the save fails without a fault");
	if (outcome->log.unsynced)
		complain("not everything is on the disk");
	return tree_dump(root, false, NULL);
}

/* Runs one kind of fault at every call. */
static void run_everywhere(const struct scenario *scenario, struct fault fault, char *after)
{
	static const char retried[] = "open openat read write fsync fcntl close";

	for (fault.at = 1;; fault.at++) {
		struct expected expected = { .after = after };

		fault.kill_at = fault.kind == FAULT_SHORT ? fault.at : 0;
		current_fault = fault;
		scenario_make(scenario, root);
		expected.before = tree_dump(root, true, NULL);
		expected.before_files = tree_dump(root, false, NULL);
		save_in_child(scenario, &fault);
		check_whole(scenario);
		if (outcome->returned)
			check_returned(scenario, &expected);
		else
			check_next_save(scenario);
		if (fault.errnum == EINTR && strstr(retried, outcome->log.hit) != NULL &&
		    !outcome->good)
			complain("an interrupted call is not repeated");
		if (fault.kind == FAULT_ERROR && fault.errnum == EPERM &&
		    strcmp(outcome->log.hit, "linkat") == 0 && !outcome->good)
			complain("without hard links nothing can be saved");
		free(expected.before);
		free(expected.before_files);
		if (outcome->returned && outcome->log.calls < fault.at)
			break;
	}
	if (fault.at < 20)
		complain("hardly any call was counted");
}

int main(void)
{
	static const struct fault faults[] = {
		{ .kind = FAULT_KILL },
		{ .kind = FAULT_SHORT },
		{ .kind = FAULT_ERROR, .errnum = ENOSPC },
		{ .kind = FAULT_ERROR, .errnum = EIO },
		{ .kind = FAULT_ERROR, .errnum = EACCES },
		{ .kind = FAULT_ERROR, .errnum = EPERM },
		{ .kind = FAULT_ERROR, .errnum = EROFS },
		{ .kind = FAULT_ERROR, .errnum = EINTR },
		{ .kind = FAULT_STICKY, .errnum = EIO },
		{ .kind = FAULT_STICKY, .errnum = ENOSPC },
		{ .kind = FAULT_STICKY, .errnum = EROFS },
		{ .kind = FAULT_STICKY, .errnum = EIO, .only = "renameat" },
	};
	size_t i, j;

	alarm(600);
	outcome = mmap(NULL, sizeof *outcome, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	if (outcome == MAP_FAILED)
		fatal("no shared memory");
	tree_in_memory();
	root = tree_new();
	for (i = 0; i < scenario_count; i++) {
		char *after;

		current = &scenarios[i];
		after = dump_after(current);
		for (j = 0; j < ARRAY_SIZE(faults); j++)
			run_everywhere(current, faults[j], after);
		free(after);
	}
	tree_free(root);
	printf("%u saves, %u failures\n", runs, failures);
	return failures == 0 ? 0 : 1;
}
