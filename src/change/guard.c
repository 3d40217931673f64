#include "config.h"

#include "change/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/change_private.h"
#include "change/drift.h"
#include "change/merge.h"
#include "change/restore_text.h"
#include "store/promise.h"

/* How long the keeper waits for somebody else's lock, and how often it merges. */
enum { LOCK_SECONDS = 60, MOST_MERGES = 10 };

/* What became of the promise: the keeper's exit status. */
enum { CONFIRMED, TAKEN_BACK, NOT_TAKEN_BACK };

struct guard {
	pid_t keeper;
	int to, from; /* pipes */
	struct change *change;
	char *root;
};

/* What the parent says, and the keeper answers. */
enum { SAID_SAVED = 1, SAID_NOTHING = 2, SAID_READY = 3 };

/* The files as they were before the change: what the keeper puts back. */
struct before {
	bool touched[LOCATION_FILES];
	struct doc *docs[LOCATION_FILES]; /* NULL: there was none */
	struct accessed *accessed;
	size_t naccessed;
};

struct keeper {
	struct change *change;
	struct promise *promise;
	struct before before;
	unsigned seconds;
	int from; /* the parent */
};

static struct doc *copy_doc(const struct doc *doc)
{
	static const struct edits nothing;

	return doc != NULL ? doc_edit(doc, &nothing, NULL) : NULL;
}

static void keep_before(struct keeper *k)
{
	const struct change *change = k->change;
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++) {
		k->before.touched[i] = change->touched[i];
		if (change->touched[i])
			k->before.docs[i] = copy_doc(change->loaded[i]);
	}
	k->before.accessed = xcalloc(change->naccessed + 1, sizeof *k->before.accessed);
	k->before.naccessed = change->naccessed;
	for (i = 0; i < change->naccessed; i++)
		k->before.accessed[i] = change->accessed[i];
}

/* The terminal, the job and whoever reads our output are nothing to the keeper. */
static void stand_aside(int *from, int *to)
{
	int null = open("/dev/null", O_RDWR), fd;
	sigset_t set;

	*from = fcntl(*from, F_DUPFD, 5);
	*to = fcntl(*to, F_DUPFD, 5);
	setsid();
	(void)chdir("/");
	for (fd = 0; fd < 3; fd++)
		dup2(null, fd);
	*from = dup2(*from, 3);
	*to = dup2(*to, 4);
#ifdef HAVE_CLOSEFROM
	closefrom(5);
#else
	for (fd = 5; fd < 256; fd++)
		close(fd);
#endif
	signal(SIGHUP, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	/* Waited for, never delivered. */
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_SETMASK, &set, NULL);
}

/* Whether the change was saved. A parent that died without a word may have saved it. */
static bool was_saved(struct keeper *k)
{
	struct drift drift = { 0 };
	ssize_t n;
	char word;

	do
		n = read(k->from, &word, 1);
	while (n < 0 && errno == EINTR);
	if (n == 1)
		return word == SAID_SAVED;
	drift_find(k->change, &drift);
	return drift.count > 0;
}

/* Waits for the end of the time, or of the host; false where somebody has confirmed. */
static bool wait_for_end(struct keeper *k)
{
	struct timespec second = { .tv_sec = 1 }, now, end;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += (time_t)k->seconds;
	for (;;) {
		int got = sigtimedwait(&set, NULL, &second);

		if (!promise_stands(k->promise))
			return false;
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (got == SIGTERM || now.tv_sec > end.tv_sec ||
		    (now.tv_sec == end.tv_sec && now.tv_nsec >= end.tv_nsec))
			return true;
	}
}

static char *title_of(const struct change *change)
{
	struct strbuf title = STRBUF_INIT;
	size_t i, count = change_count(change);

	for (i = 0; i < count; i++)
		strbuf_addf(&title, "%s%s", i > 0 ? "; " : _("not confirmed, taken back: "),
			    change_title(change, i));
	return strbuf_detach(&title, NULL);
}

/* A change of the files as they were written to what they were before. */
static struct change *make_inverse(struct keeper *k, const char *title)
{
	struct change *back = change_new(k->change->host, k->change->profile, k->change->role);
	size_t i;

	change_keep_history(back, &k->change->history);
	back->promised = true;
	change_begin(back, title);
	for (i = 0; i < LOCATION_FILES; i++) {
		enum location location = (enum location)i;
		struct edits edits = { 0 };

		if (!k->before.touched[i])
			continue;
		if (k->before.docs[i] == NULL) {
			change_remove_file(back, location);
			continue;
		}
		restore_edits(&edits, change_doc(back, location), k->before.docs[i]);
		change_apply(back, location, &edits);
		edits_release(&edits);
	}
	for (i = 0; i < k->before.naccessed; i++) {
		struct access access = access_of(&k->before.accessed[i].loaded);

		change_set_access(back, k->before.accessed[i].number, &access);
	}
	change_end(back, true);
	return back;
}

/* Puts the change on what others have written since; of what both have changed, theirs stays. */
static struct change *merge_inverse(struct change *back, struct error *err)
{
	struct host *fresh = host_open(back->host->root, back->host->dialect);
	struct merge merge = { 0 };
	struct change *merged;
	size_t i;

	merged = change_merge(back, fresh, &merge, err);
	if (merged == NULL && merge.open > 0) {
		for (i = 0; i < merge.count; i++)
			merge.items[i].choice = MERGE_THEIRS;
		merged = change_merge(back, fresh, &merge, err);
	}
	if (merged != NULL)
		merged->promised = true;
	merge_release(&merge);
	return merged;
}

static bool save_inverse(struct change *back, struct error *err)
{
	const struct lock_wait wait = { .milliseconds = 1000 * LOCK_SECONDS };
	struct store_report report;
	int tries = 0;

	while (change_is_any(back) && !change_save(back, &wait, &report, err)) {
		if (err->code != ERROR_CHANGED || tries++ == MOST_MERGES)
			return false;
		error_clear(err);
		/* The one before is this process's, as all of its memory is, until its end. */
		back = merge_inverse(back, err);
		if (back == NULL)
			return false;
	}
	return true;
}

static bool take_back(struct keeper *k)
{
	struct error err = ERROR_INIT;
	struct strbuf why = STRBUF_INIT;
	char *title = title_of(k->change);
	struct change *back;
	bool good;

	strbuf_addf(&why, _("nobody confirmed the change within %u seconds"), k->seconds);
	change_look_again(k->change);
	k->change->history.why = why.buf;
	back = make_inverse(k, title);
	good = save_inverse(back, &err);
	if (!good)
		syslog(LOG_AUTHPRIV | LOG_ERR,
		       "ikeconsole: a change that nobody confirmed could not be taken back: %s",
		       err.text != NULL ? err.text : "conflict");
	return good;
}

static void keep(struct keeper *k, int to)
{
	static const char ready = SAID_READY;
	struct error err = ERROR_INIT;
	bool good;

	k->promise = promise_make(k->change->host->root, k->seconds, &err);
	if (k->promise == NULL) {
		ssize_t len = (ssize_t)strlen(err.text);

		_exit(write(to, err.text, (size_t)len) == len ? (int)err.code : ERROR_IO);
	}
	keep_before(k);
	if (write(to, &ready, 1) != 1 || !was_saved(k)) {
		promise_end(k->promise, true);
		_exit(0);
	}
	close(to);
	promise_begin(k->promise, k->seconds);
	if (!wait_for_end(k) || !promise_claim(k->promise))
		_exit(CONFIRMED);
	good = take_back(k);
	promise_end(k->promise, good);
	_exit(good ? TAKEN_BACK : NOT_TAKEN_BACK);
}

/* Whether the keeper is ready; else what it says was in the way. */
static bool is_ready(struct guard *guard, struct error *err)
{
	struct strbuf said = STRBUF_INIT;
	int status = 0;
	char byte;

	while (read(guard->from, &byte, 1) == 1) {
		if (byte == SAID_READY && said.len == 0)
			return true;
		strbuf_addch(&said, byte);
	}
	if (waitpid(guard->keeper, &status, 0) < 0 || !WIFEXITED(status))
		status = 0;
	guard->keeper = 0;
	error_set(err,
		  WIFEXITED(status) && WEXITSTATUS(status) != 0
			  ? (enum error_code)WEXITSTATUS(status)
			  : ERROR_IO,
		  "%s",
		  said.len > 0 ? said.buf
			       : _("the process that was to take the change back has died"));
	strbuf_release(&said);
	return false;
}

static bool start_keeper(struct guard *guard, struct change *change, unsigned seconds,
			 struct error *err)
{
	int there[2], back[2];

	if (pipe(there) != 0)
		return error_set_errno(err, ERROR_IO, errno, _("cannot make a pipe"));
	if (pipe(back) != 0) {
		error_set_errno(err, ERROR_IO, errno, _("cannot make a pipe"));
		close(there[0]);
		close(there[1]);
		return false;
	}
	guard->keeper = fork();
	if (guard->keeper == 0) {
		struct keeper k = { .change = change, .seconds = seconds, .from = there[0] };

		close(there[1]);
		close(back[0]);
		stand_aside(&k.from, &back[1]);
		keep(&k, back[1]);
	}
	close(there[0]);
	close(back[1]);
	guard->to = there[1];
	guard->from = back[0];
	fcntl(guard->to, F_SETFD, FD_CLOEXEC);
	fcntl(guard->from, F_SETFD, FD_CLOEXEC);
	return guard->keeper > 0 ||
	       error_set_errno(err, ERROR_IO, errno, _("cannot start a process"));
}

struct guard *guard_start(struct change *change, unsigned seconds, struct error *err)
{
	struct guard *guard = xcalloc(1, sizeof *guard);

	*guard = (struct guard){
		.to = -1, .from = -1, .change = change, .root = xstrdup(change->host->root)
	};
	if (start_keeper(guard, change, seconds, err) && is_ready(guard, err)) {
		change->promised = true;
		return guard;
	}
	guard_free(guard);
	return NULL;
}

void guard_saved(struct guard *guard, bool saved)
{
	const char word = saved ? SAID_SAVED : SAID_NOTHING;
	ssize_t n;

	do
		n = write(guard->to, &word, 1);
	while (n < 0 && errno == EINTR);
	close(guard->to);
	guard->to = -1;
	guard->change->promised = false;
	if (!saved)
		while (waitpid(guard->keeper, NULL, 0) < 0 && errno == EINTR)
			;
}

bool guard_take_back(struct guard *guard, unsigned seconds)
{
	struct timespec tenth = { .tv_nsec = 100000000 };
	unsigned tenths = seconds * 10;
	pid_t ended = 0;
	int status;

	/* Our own child: its number is nobody else's before we have waited for it. */
	kill(guard->keeper, SIGTERM);
	while (tenths-- > 0 && (ended = waitpid(guard->keeper, &status, WNOHANG)) == 0)
		nanosleep(&tenth, NULL);
	return ended == guard->keeper && WIFEXITED(status) && WEXITSTATUS(status) == TAKEN_BACK;
}

void guard_free(struct guard *guard)
{
	if (guard == NULL)
		return;
	if (guard->to >= 0)
		close(guard->to);
	if (guard->from >= 0)
		close(guard->from);
	free(guard->root);
	free(guard);
}
