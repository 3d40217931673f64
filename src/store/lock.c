#include "config.h"

#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "host/state.h"
#include "store/fail.h"

/* How long to wait until the next try: twice as long each time, up to the last. */
enum { FIRST_MILLIS = 5, LAST_MILLIS = 50 };

struct lock {
	char *root;
	char *path;
	int fd;
	bool was_left;
	struct saver left_by;
};

/*
 * Says in the file who has the lock. That is for people: it does not matter if it fails.
 */
static void write_owner(int fd)
{
	struct saver owner = saver_now();
	struct strbuf text = STRBUF_INIT;

	saver_write(&owner, &text);
	if (ftruncate(fd, 0) == 0 && pwrite(fd, text.buf, text.len, 0) < 0)
		(void)ftruncate(fd, 0);
	strbuf_release(&text);
}

/* Who has the lock, or had it, by what is written in the file: false where that tells nothing. *LEN
 * is how much is written there. */
static bool read_owner(int fd, struct saver *owner, ssize_t *len)
{
	char text[200];

	*len = pread(fd, text, sizeof text - 1, 0);
	text[*len > 0 ? *len : 0] = '\0';
	return saver_read(owner, text);
}

/* Adds who has the lock. One who has just got it has not yet written his name over a dead one's. */
static void add_owner(int fd, const char *path, struct strbuf *sb)
{
	struct strbuf user = STRBUF_INIT, place = STRBUF_INIT, since = STRBUF_INIT;
	struct saver owner;
	ssize_t len;

	print_addstr(&place, path);
	if (read_owner(fd, &owner, &len) && owner.pid > 0 &&
	    (kill((pid_t)owner.pid, 0) == 0 || errno != ESRCH)) {
		saver_add_user(&user, &owner);
		saver_add_time(&since, &owner, "%Y-%m-%d %H:%M:%S");
		strbuf_addf(sb,
			    _("process %ld (user %s) has been changing this host since %s ('%s')"),
			    owner.pid, user.buf, since.buf, place.buf);
	} else {
		strbuf_addf(sb, _("another process is changing this host ('%s')"), place.buf);
	}
	strbuf_release(&user);
	strbuf_release(&place);
	strbuf_release(&since);
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
		RETRY(rc, fcntl(lock->fd, STATE_SET_LOCK, &range));
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

/* Whoever lets go of the lock removes the file: where there is a text, its owner could not. */
static void look_at_owner(struct lock *lock)
{
	ssize_t len;

	if (!read_owner(lock->fd, &lock->left_by, &len))
		lock->left_by = (struct saver){ 0 };
	lock->was_left = len > 0;
}

struct lock *lock_take(const char *root, const struct lock_wait *wait, struct error *err)
{
	struct lock *lock = xcalloc(1, sizeof *lock);
	struct strbuf who = STRBUF_INIT;
	enum outcome outcome;
	unsigned waited = 0, millis = FIRST_MILLIS;

	lock->root = xstrdup(root);
	lock->path = state_lock_path(root);
	while ((outcome = lock_try(lock, &who, err)) == LOCK_BUSY) {
		if (waited >= wait->milliseconds ||
		    (wait->waiting != NULL && !wait->waiting(wait->ctx, who.buf))) {
			error_set(err, ERROR_IO, _("%s: nothing was written; save again later"),
				  who.buf);
			err->errnum = EAGAIN;
			break;
		}
		strbuf_clear(&who);
		nanosleep(&(struct timespec){ 0, millis * 1000000L }, NULL);
		waited += millis;
		millis = millis * 2 < LAST_MILLIS ? millis * 2 : LAST_MILLIS;
	}
	strbuf_release(&who);
	if (outcome != LOCK_TAKEN) {
		lock_free(lock);
		return NULL;
	}
	look_at_owner(lock);
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

bool lock_was_left(const struct lock *lock, struct saver *owner)
{
	*owner = lock->left_by;
	return lock->was_left;
}

void lock_is_tidied(struct lock *lock)
{
	lock->was_left = false;
}
