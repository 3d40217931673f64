#include "config.h"

#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "host/file.h"
#include "store/fail.h"

#define RUN_FOLDER  "/var/run"
#define STEP_MILLIS 50

/* A lock that belongs to the open file and not to the process, where the system has it. */
#ifdef F_OFD_SETLK
#define SET_LOCK F_OFD_SETLK
#else
#define SET_LOCK F_SETLK
#endif

struct lock {
	char *root;
	char *path;
	int fd;
};

static char *lock_path(const char *root)
{
	struct file_info info;
	struct strbuf path = STRBUF_INIT;
	char *run = file_resolve(root, RUN_FOLDER, &info);
	struct stat st;

	if (run != NULL && info.state == FILE_READ && stat(run, &st) == 0 && S_ISDIR(st.st_mode))
		strbuf_addf(&path, "%s/ikeconsole.lock", run);
	else
		strbuf_addf(&path, "%s/.ikeconsole.lock", root);
	free(run);
	return strbuf_detach(&path, NULL);
}

/*
 * Says in the file who has the lock: process, user and since when, as plain numbers. Names and
 * local time cost the one who waits, not every save. That is for people: it does not matter if it
 * fails.
 */
static void write_owner(int fd)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%ld\n%ld\n%lld\n", (long)getpid(), (long)geteuid(),
		    (long long)time(NULL));
	if (ftruncate(fd, 0) == 0 && pwrite(fd, text.buf, text.len, 0) < 0)
		(void)ftruncate(fd, 0);
	strbuf_release(&text);
}

static void add_user(struct strbuf *sb, long uid)
{
	const struct passwd *user = getpwuid((uid_t)uid);

	if (user != NULL)
		print_addstr(sb, user->pw_name);
	else
		strbuf_addf(sb, "%ld", uid);
}

/* Adds who has the lock, by what is written in the file. */
static void add_owner(int fd, const char *path, struct strbuf *sb)
{
	char text[200], since[40] = "?";
	ssize_t len = pread(fd, text, sizeof text - 1, 0);
	struct strbuf user = STRBUF_INIT, place = STRBUF_INIT;
	long pid, uid;
	long long start;
	struct tm tm;

	text[len > 0 ? len : 0] = '\0';
	print_addstr(&place, path);
	if (sscanf(text, "%ld\n%ld\n%lld\n", &pid, &uid, &start) == 3) {
		time_t when = (time_t)start;

		if (localtime_r(&when, &tm) != NULL)
			strftime(since, sizeof since, "%Y-%m-%d %H:%M:%S", &tm);
		add_user(&user, uid);
		strbuf_addf(sb,
			    _("process %ld (user %s) has been changing this host since %s ('%s')"),
			    pid, user.buf, since, place.buf);
	} else
		strbuf_addf(sb, _("another process is changing this host ('%s')"), place.buf);
	strbuf_release(&user);
	strbuf_release(&place);
}

/* Whether FD is still the file at PATH: its owner may have removed it before we had the lock. */
static bool still_there(int fd, const char *path)
{
	struct stat ours, there;

	return fstat(fd, &ours) == 0 && lstat(path, &there) == 0 && ours.st_dev == there.st_dev &&
	       ours.st_ino == there.st_ino;
}

enum outcome { LOCK_TAKEN, LOCK_BUSY, LOCK_FAILED };

static enum outcome lock_try(struct lock *lock, struct strbuf *who, struct error *err)
{
	struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int rc;

	for (;;) {
		RETRY(lock->fd, open(lock->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
		if (lock->fd < 0) {
			fail_errno(err, errno, N_("cannot create the lock file '%s'"), lock->path);
			return LOCK_FAILED;
		}
		RETRY(rc, fcntl(lock->fd, SET_LOCK, &range));
		if (rc == 0 && still_there(lock->fd, lock->path))
			return LOCK_TAKEN;
		if (rc != 0 && errno != EAGAIN && errno != EACCES) {
			fail_errno(err, errno, N_("cannot lock '%s'"), lock->path);
			close(lock->fd);
			return LOCK_FAILED;
		}
		if (rc != 0)
			add_owner(lock->fd, lock->path, who);
		close(lock->fd);
		if (rc != 0)
			return LOCK_BUSY;
	}
}

static void lock_free(struct lock *lock)
{
	free(lock->root);
	free(lock->path);
	free(lock);
}

struct lock *lock_take(const char *root, const struct lock_wait *wait, struct error *err)
{
	struct lock *lock = xcalloc(1, sizeof *lock);
	const struct timespec step = { 0, STEP_MILLIS * 1000000L };
	struct strbuf who = STRBUF_INIT;
	enum outcome outcome;
	unsigned waited = 0;

	lock->root = xstrdup(root);
	lock->path = lock_path(root);
	while ((outcome = lock_try(lock, &who, err)) == LOCK_BUSY) {
		if (waited >= wait->milliseconds ||
		    (wait->waiting != NULL && !wait->waiting(wait->ctx, who.buf))) {
			error_set(err, ERROR_IO, _("%s: nothing was written; save again later"),
				  who.buf);
			err->errnum = EAGAIN;
			break;
		}
		strbuf_clear(&who);
		nanosleep(&step, NULL);
		waited += STEP_MILLIS;
	}
	strbuf_release(&who);
	if (outcome != LOCK_TAKEN) {
		lock_free(lock);
		return NULL;
	}
	write_owner(lock->fd);
	return lock;
}

void lock_release(struct lock *lock)
{
	if (lock == NULL)
		return;
	/* First the name, then the lock: whoever waits sees that the file is gone and makes a new
	 * one. */
	unlink(lock->path);
	close(lock->fd);
	lock_free(lock);
}

const char *lock_root(const struct lock *lock)
{
	return lock->root;
}
