/*
 * The crash matrix: one change over the four files and a mode, with a folder that has to be made.
 * The process is killed before each of the save's calls, and each call fails with each error; the
 * recovery is killed before each of its calls too, and recovered again. What the next start finds
 * is then the old tree or the new one, whole, and it says what it did; no temporary file is left,
 * and no secret was ever wider than 0600. The history has the change where the tree is new, and only
 * then, with the bytes as they were.
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
#include "host/history.h"
#include "host/state.h"
#include "store/history.h"
#include "store/recover.h"
#include "store/store.h"
#include "tests/fault/faults.h"
#include "tests/fault/tree.h"

/* The sanitizers make each process slow: there every STRIDE-th point is enough. */
#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 7
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STRIDE 7
#endif
#endif
#ifndef STRIDE
#define STRIDE 1
#endif

#define SECRET "SECRET"

/* The recovery that is killed at every call: of a save that is about half done. */
enum { WHOLE_RECOVERY = 20 };

/* What is done to one file; NEW NULL: only the mode, or it goes where REMOVE is set. */
struct edit {
	const char *name;
	const char *old, *new; /* OLD NULL: it is missing */
	mode_t mode, new_mode;
	bool secret, remove;
};

/* One row a file. */
/* clang-format off */
static const struct edit edits[] = {
	{ "/etc/inet/ike/config", "old config\n", "new config, and longer\n", 0755, 0755, false, false },
	{ "/etc/inet/secret/ike.preshared", "old " SECRET "\n", "new " SECRET ", and longer\n", 0600, 0600, true, false },
	/* One that others may read: it gets its mode after its name. */
	{ "/etc/inet/secret/ipseckeys", "old keys " SECRET "\n", "new keys " SECRET "!\n", 0640, 0640, true, false },
	{ "/etc/inet/ipsecinit.conf", NULL, "new policies\n", 0, 0644, false, false },
	{ "/etc/inet/ike/crls/0", "list\n", NULL, 0666, 0644, false, false },
	{ "/etc/inet/ike/publickeys/0", "certificate\n", NULL, 0644, 0, false, true },
	/* In a folder that is not there yet. */
	{ "/etc/inet/ike/new/1", NULL, "another\n", 0, 0644, false, false },
};
/* clang-format on */
enum { EDITS = ARRAY_SIZE(edits) };

/* What a process tells the test. */
struct outcome {
	bool returned, good;
	enum error_code code;
	char text[2000]; /* the error, or what the recovery said */
	struct fault_log log;
};

static struct outcome *outcome; /* shared with the children */
static char *root, *before, *after;
static char *first_entry; /* the text of the entry that the history has before */
static char mark[HISTORY_MARK_SIZE];
static unsigned failures, points;
static char here[200]; /* which point this is */

static void complain(const char *what)
{
	failures++;
	fprintf(stderr, "crash: %s: %s (%s) %s\n", here, what, outcome->log.hit, outcome->text);
	if (failures > 20)
		exit(1);
}

#define HISTORY STATE_FOLDER "/" STATE_HISTORY

static void make_history(void)
{
	char *path = tree_path(root, HISTORY "/" STATE_HISTORY_LAST);

	tree_folder(root, HISTORY, 0700);
	if (first_entry != NULL) {
		tree_file(root, HISTORY "/1", first_entry, 0600);
		if (symlink(mark, path) != 0)
			fatal("cannot make the link");
	}
	free(path);
}

static void make_tree(void)
{
	size_t i;

	tree_empty(root);
	tree_folder(root, "/var/run", 0755);
	tree_folder(root, STATE_FOLDER, 0700);
	make_history();
	tree_folder(root, "/etc/inet", 0755);
	tree_folder(root, "/etc/inet/secret", 0700);
	for (i = 0; i < EDITS; i++)
		if (edits[i].old != NULL)
			tree_file(root, edits[i].name, edits[i].old, edits[i].mode);
}

/* Everything a save works on. */
struct work {
	struct store_item items[EDITS];
	struct file_info infos[EDITS];
	struct blob old[EDITS], new[EDITS];
	struct store_plan plan;
};

static void work_load(struct work *work)
{
	static const struct whoami who = { .uid = 0 };
	static const char *const steps[] = { "do it" };
	static const struct history_note note = { .who = &who,
						  .role = "admin",
						  .profile = "none",
						  .steps = steps,
						  .nsteps = 1,
						  .diff = "a diff\n",
						  .diff_len = 7,
						  .most_entries = 10,
						  .most_bytes = 1 << 20 };
	size_t i;

	*work = (struct work){ .plan = { .items = work->items, .count = EDITS, .history = &note } };
	for (i = 0; i < EDITS; i++) {
		const struct edit *edit = &edits[i];
		struct store_item *item = &work->items[i];

		file_read(root, edit->name, false, &work->old[i], &work->infos[i]);
		if (edit->new != NULL)
			work->new[i] = blob_copy(edit->new, strlen(edit->new), false);
		*item = (struct store_item){
			.name = edit->name,
			.action = edit->new != NULL ? STORE_WRITE
				  : edit->remove    ? STORE_REMOVE
						    : STORE_ATTRIBUTES,
			.flags = (edit->secret ? STORE_SECRET : 0u) |
				 (edit->new == NULL && !edit->remove ? STORE_SET_MODE : 0u),
			.loaded = &work->infos[i],
			.old = work->infos[i].state == FILE_READ ? &work->old[i] : NULL,
			.new = edit->new != NULL ? &work->new[i] : NULL,
			.mode = edit->new_mode,
		};
	}
}

static void work_release(struct work *work)
{
	size_t i;

	for (i = 0; i < EDITS; i++) {
		blob_release(&work->old[i]);
		blob_release(&work->new[i]);
	}
}

/* Before each call of a save that nothing disturbs: whatever holds a secret is narrow. */
static void watch_secrets(void *ctx, const char *call)
{
	struct file_names names;
	struct file_info info;
	size_t i;

	(void)ctx;
	(void)call;
	file_list(root, "/etc/inet/secret", &names, &info);
	if (info.state == FILE_DIRECTORY && (info.mode & 077) != 0)
		complain("the folder of secrets is open to others");
	for (i = 0; i < names.count; i++) {
		struct strbuf name = STRBUF_INIT;
		char *text;
		bool wide;

		strbuf_addf(&name, "/etc/inet/secret/%s", names.items[i]);
		file_look(root, name.buf, &info);
		text = tree_text(root, name.buf);
		/* The one file that others may read may keep its mode, under its own names. */
		wide = text != NULL && strstr(text, "keys " SECRET) != NULL &&
		       (strcmp(names.items[i], "ipseckeys") == 0 || strncmp(text, "old", 3) == 0);
		if ((info.mode & 0777 & ~(wide ? 0640u : 0600u)) != 0)
			complain("a secret is wider than 0600");
		free(text);
		strbuf_release(&name);
	}
	file_names_free(&names);
}

/* The history is for its owner alone, from the first byte on. */
static void watch_history(void)
{
	struct file_names names;
	struct file_info info;
	size_t i;

	file_list(root, HISTORY, &names, &info);
	if ((info.mode & 077) != 0)
		complain("the history is open to others");
	for (i = 0; i < names.count; i++) {
		struct strbuf path = STRBUF_INIT;
		struct stat st;

		strbuf_addf(&path, "%s" HISTORY "/%s", root, names.items[i]);
		if (lstat(path.buf, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 0777) != 0600)
			complain("an entry of the history is open to others");
		strbuf_release(&path);
	}
	file_names_free(&names);
}

/* The journal tells nothing of what is in the files. */
static void watch_journal(void *ctx, const char *call)
{
	static const char *const names[] = { STATE_FOLDER "/" STATE_JOURNAL,
					     STATE_FOLDER "/" STATE_JOURNAL_NEW };
	struct file_info info;
	size_t i;

	watch_secrets(ctx, call);
	watch_history();
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		char *text = tree_text(root, names[i]);

		file_look(root, names[i], &info);
		if (text != NULL && (info.mode & 0777) != 0600)
			complain("the journal is open to others");
		if (text != NULL && (strstr(text, SECRET) != NULL || strstr(text, "old ") != NULL))
			complain("the journal holds content");
		free(text);
	}
}

static void save(const struct fault *fault)
{
	struct lock_wait wait = { 0 };
	struct error err = ERROR_INIT;
	struct store_report report = { 0 };
	struct work work;
	struct lock *lock;

	work_load(&work);
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

/* As a command that changes something begins. */
static void start(const struct fault *fault)
{
	struct lock_wait wait = { 0 };
	struct error err = ERROR_INIT;
	struct strbuf said = STRBUF_INIT;
	struct lock *lock = NULL;

	faults_arm(fault, &outcome->log);
	outcome->good = true;
	if (state_of_save(root) > SAVE_RUNNING) {
		lock = lock_take(root, &wait, &err);
		outcome->good = lock != NULL && store_recover(lock, &said, &err);
		lock_release(lock);
	}
	faults_disarm();
	outcome->returned = true;
	outcome->code = err.code;
	snprintf(outcome->text, sizeof outcome->text, "%s%s", said.buf,
		 err.text != NULL ? err.text : "");
	error_clear(&err);
	strbuf_release(&said);
}

static void in_child(void (*run)(const struct fault *fault), const struct fault *fault)
{
	int status;
	pid_t pid;

	*outcome = (struct outcome){ 0 };
	points++;
	pid = fork();
	if (pid < 0)
		fatal("cannot fork");
	if (pid == 0) {
		alarm(20);
		run(fault);
		_exit(0);
	}
	if (waitpid(pid, &status, 0) != pid)
		fatal("lost a child");
	if (!outcome->returned && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
		complain("the program crashed or hung");
}

static const struct fault no_fault = { .kind = FAULT_NONE };

/* Whether the history has the change where the tree is new, and only there. */
static void check_history(bool is_new)
{
	struct history *history = history_read(root);
	struct error err = ERROR_INIT;
	struct file_info info;
	struct blob whole, old;
	size_t i;

	if (!history_is_sound(history) || history->count != (is_new ? 2 : 1))
		complain("the history does not have what was done");
	else if (is_new) {
		const struct history_entry *entry = &history->items[1].entry;

		if (!history_load(root, entry, &whole, &err) || entry->nfiles != EDITS)
			complain("the entry is not whole");
		for (i = 0; err.code == ERROR_NONE && i < entry->nfiles; i++) {
			const struct edit *edit = &edits[0];

			while (strcmp(edit->name, entry->files[i].path) != 0)
				edit++;
			old = history_before(entry, &whole, i);
			if (edit->old != NULL && (old.len != strlen(edit->old) ||
						  memcmp(old.data, edit->old, old.len) != 0))
				complain("the entry does not have what was there");
			blob_release(&old);
		}
		blob_release(&whole);
	}
	file_look(root, HISTORY "/" STATE_HISTORY_NEW, &info);
	if (info.state != FILE_MISSING)
		complain("an entry without a number is left");
	error_clear(&err);
	history_free(history);
}

static bool is_history(const char *name)
{
	return strcmp(name, STATE_HISTORY) == 0;
}

/* Once more without a fault, and then it must be one tree or the other. Returns whether the new
 * one. */
static bool check_whole(bool said_before)
{
	enum state_save save = state_of_save(root);
	char *dump;
	bool is_new;

	outcome->log.unsynced = false;
	start(&no_fault);
	if (!outcome->good)
		complain("the next start fails");
	if (outcome->log.unsynced)
		complain("not everything the next start did is on the disk");
	if (save == SAVE_INTERRUPTED && !said_before && outcome->text[0] == '\0')
		complain("the next start does not say what it did");
	dump = tree_dump(root, false, is_history);
	is_new = strcmp(dump, after) == 0;
	if (!is_new && strcmp(dump, before) != 0) {
		complain("the tree is neither the old nor the new one");
		fprintf(stderr, "%s", dump);
	}
	if (strstr(outcome->text, "finished") != NULL && !is_new)
		complain("it says finished, and it is not");
	if ((strstr(outcome->text, "taken back") != NULL ||
	     strstr(outcome->text, "not changed anything") != NULL) &&
	    is_new)
		complain("it says that nothing is changed, and it is");
	if (state_of_save(root) != SAVE_NONE)
		complain("something is left");
	check_history(is_new);
	free(dump);
	return is_new;
}

/* The recovery of the save that is killed at KILLED, itself killed before each of its calls, or
 * before each that changes something: one that only looks makes no difference. */
static void kill_recovery(unsigned killed, bool changing)
{
	struct fault kill = { .kind = FAULT_KILL, .at = killed };
	struct fault again = { .kind = FAULT_KILL, .changing = changing };
	int first = -1;

	for (again.at = 1;; again.at += STRIDE) {
		bool is_new;

		make_tree();
		in_child(save, &kill);
		in_child(start, &again);
		if (outcome->returned)
			break;
		snprintf(here, sizeof here, "killed at %u, its recovery at %u", killed, again.at);
		is_new = check_whole(false);
		if (first < 0)
			first = is_new;
		if (first != is_new)
			complain("the recovery goes another way the second time");
	}
}

/* Every call of the save is the last one. */
static void kill_saves(void)
{
	struct fault fault = { .kind = FAULT_KILL };
	unsigned finished = 0, untouched = 0, interrupted = 0;

	for (fault.at = 1;; fault.at += STRIDE) {
		enum state_save state;

		snprintf(here, sizeof here, "killed at %u", fault.at);
		make_tree();
		in_child(save, &fault);
		if (outcome->returned)
			break;
		state = state_of_save(root);
		if (check_whole(false))
			finished++;
		else
			untouched++;
		/* What has no journal is only tidied: some of these are enough. */
		if (state == SAVE_INTERRUPTED || fault.at % 16 == 0)
			kill_recovery(fault.at, interrupted++ != WHOLE_RECOVERY);
	}
	if (STRIDE == 1 && (finished < 20 || untouched < 50))
		complain("hardly any point was tried");
	printf("killed: %u times new, %u times old\n", finished, untouched);
}

/* Every call fails once, and with everything behind it. */
static void fail_saves(enum fault_kind kind, int errnum)
{
	struct fault fault = { .kind = kind, .errnum = errnum };

	for (fault.at = 1;; fault.at += STRIDE) {
		bool good, told;

		snprintf(here, sizeof here, "%s %u, kind %d", strerror(errnum), fault.at, kind);
		make_tree();
		in_child(save, &fault);
		good = outcome->good;
		told = strstr(outcome->text, "next start finishes this save or takes it back") !=
		       NULL;
		if (!good && outcome->code != ERROR_IO && outcome->code != ERROR_REFUSED &&
		    outcome->code != ERROR_CHANGED)
			complain("an error without a code");
		if (strstr(outcome->text, SECRET) != NULL)
			complain("the message holds a secret");
		if (outcome->log.calls < fault.at)
			break;
		if (check_whole(true) != good && !told)
			complain(good ? "success, and nothing is new" : "an error, and it is new");
	}
}

/* The recovery's calls fail too: the next one does it. */
static void fail_recoveries(int errnum)
{
	struct fault kill = { .kind = FAULT_KILL };
	struct fault fault = { .kind = FAULT_ERROR, .errnum = errnum };
	unsigned last;

	make_tree();
	in_child(save, &no_fault);
	/* About where half of the files are renamed. */
	for (kill.at = 1;; kill.at++) {
		make_tree();
		in_child(save, &kill);
		if (state_of_save(root) == SAVE_INTERRUPTED)
			break;
	}
	kill.at += 6;
	for (fault.at = 1;; fault.at += STRIDE) {
		snprintf(here, sizeof here, "recovery: %s %u", strerror(errnum), fault.at);
		make_tree();
		in_child(save, &kill);
		in_child(start, &fault);
		last = outcome->log.calls;
		if (last < fault.at)
			break;
		if (!check_whole(true))
			complain("a recovery that failed is not finished by the next");
	}
}

/* The entry that is there before each save, as a save makes it. */
static void make_first(void)
{
	char *path, *text;
	ssize_t len;

	make_tree();
	save(&no_fault);
	path = tree_path(root, HISTORY "/" STATE_HISTORY_LAST);
	len = readlink(path, mark, sizeof mark - 1);
	text = tree_text(root, HISTORY "/1");
	if (len <= 0 || text == NULL)
		fatal("the first save is not recorded");
	first_entry = text;
	free(path);
}

static void make_dumps(void)
{
	const struct fault watched = { .kind = FAULT_NONE, .watch = watch_journal };

	*outcome = (struct outcome){ 0 };
	make_tree();
	before = tree_dump(root, false, is_history);
	snprintf(here, sizeof here, "undisturbed");
	save(&watched);
	if (!outcome->good)
		complain("the save fails");
	if (outcome->log.unsynced)
		complain("not everything is on the disk");
	after = tree_dump(root, false, is_history);
	if (strcmp(before, after) == 0)
		complain("the save does nothing");
	printf("%u calls in a save\n", outcome->log.calls);
}

int main(void)
{
	static const int errnums[] = { ENOSPC, EIO, EACCES, EROFS, EINTR, EDQUOT };
	size_t i;

	alarm(600);
	outcome = mmap(NULL, sizeof *outcome, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	if (outcome == MAP_FAILED)
		fatal("no shared memory");
	tree_in_memory();
	root = tree_new();
	make_first();
	make_dumps();
	kill_saves();
	for (i = 0; i < ARRAY_SIZE(errnums); i++) {
		fail_saves(FAULT_ERROR, errnums[i]);
		fail_recoveries(errnums[i]);
	}
	fail_saves(FAULT_STICKY, EIO);
	tree_free(root);
	free(before);
	free(after);
	free(first_entry);
	printf("%u points tried, %u failures\n", points, failures);
	return failures == 0 ? 0 : 1;
}
