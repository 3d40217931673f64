#include "config.h"

#include "store/promise.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "host/state.h"
#include "store/fail.h"
#include "store/journal.h"

struct promise {
	struct folders folders;
	struct folder *folder;
	int fd;
	const char *name; /* the file's now */
};

/* As a saver is written, and the end of the time in a line behind it. */
static bool read_info(int fd, struct promise_info *info)
{
	char text[200];
	ssize_t len = pread(fd, text, sizeof text - 1, 0);
	long long until;

	text[len > 0 ? len : 0] = '\0';
	if (!saver_read(&info->who, text) ||
	    sscanf(text, "%*[0-9]\n%*[0-9]\n%*[0-9]\n%18lld\n", &until) != 1)
		return false;
	info->until = until;
	return true;
}

static void write_info(int fd, unsigned seconds)
{
	struct saver keeper = saver_now();
	struct strbuf text = STRBUF_INIT;

	saver_write(&keeper, &text);
	strbuf_addf(&text, "%lld\n", (long long)keeper.since + seconds);
	/* It is for people: the process itself counts. */
	if (pwrite(fd, text.buf, text.len, 0) < 0)
		(void)ftruncate(fd, 0);
	strbuf_release(&text);
}

static bool is_locked(int fd)
{
	/* For this kind a descriptor that may only read is enough. */
	struct flock range = { .l_type = F_RDLCK, .l_whence = SEEK_SET };

	return fcntl(fd, STATE_GET_LOCK, &range) == 0 && range.l_type != F_UNLCK;
}

/* Looks at one of the two names; false where it is not there. */
static bool look_at(const struct folder *folder, const char *name, enum promise_state locked,
		    enum promise_state left, struct promise_info *info)
{
	int fd;

	RETRY(fd, openat(folder->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
	if (fd < 0)
		return false;
	(void)read_info(fd, info);
	info->state = is_locked(fd) ? locked : left;
	close(fd);
	return true;
}

struct promise_info promise_look(const char *root)
{
	struct promise_info info = { .state = PROMISE_NONE };
	struct error ignored = ERROR_INIT;
	struct folders folders = { 0 };
	struct folder *folder = NULL;

	if (folders_open(&folders, root, &ignored))
		folder = journal_folder(&folders, root, false, &ignored);
	if (folder != NULL && !look_at(folder, STATE_PROMISE, PROMISE_WAITS, PROMISE_ORPHAN, &info))
		(void)look_at(folder, STATE_PROMISE_BACK, PROMISE_IS_KEPT, PROMISE_NOT_KEPT, &info);
	folders_close(&folders);
	error_clear(&ignored);
	return info;
}

void promise_tell(const struct promise_info *info, struct strbuf *sb)
{
	const struct saver until = { info->who.pid, info->who.uid, info->until };
	struct strbuf user = STRBUF_INIT, time = STRBUF_INIT;

	saver_add_user(&user, &info->who);
	saver_add_time(&time, &until, "%Y-%m-%d %H:%M:%S");
	switch (info->state) {
	case PROMISE_NONE:
		break;
	case PROMISE_WAITS:
		strbuf_addf(
			sb,
			_("a change of %s waits for its confirmation until %s, and is taken back then; 'ikeconsole confirm' keeps it"),
			user.buf, time.buf);
		break;
	case PROMISE_ORPHAN:
		strbuf_addf(
			sb,
			_("a change of %s was to be confirmed until %s, and whoever was to take it back is gone; 'ikeconsole confirm' keeps it, then 'ikeconsole restore' can go back"),
			user.buf, time.buf);
		break;
	case PROMISE_IS_KEPT:
		strbuf_addf(sb, _("a change of %s that nobody confirmed is being taken back"),
			    user.buf);
		break;
	case PROMISE_NOT_KEPT:
		strbuf_addf(
			sb,
			_("a change of %s that nobody confirmed until %s could not be taken back; look at the files, then 'ikeconsole confirm' keeps what there is"),
			user.buf, time.buf);
		break;
	}
	strbuf_release(&user);
	strbuf_release(&time);
}

bool promise_allows(const char *root, struct error *err)
{
	struct promise_info info = promise_look(root);
	struct strbuf text = STRBUF_INIT;

	if (info.state == PROMISE_NONE)
		return true;
	promise_tell(&info, &text);
	error_set(err, ERROR_REFUSED, "%s", text.buf);
	strbuf_release(&text);
	return false;
}

bool promise_confirm(const char *root, struct promise_info *info, struct error *err)
{
	struct folders folders = { 0 };
	struct folder *folder = NULL;
	bool good = false;

	*info = promise_look(root);
	if (info->state == PROMISE_NONE)
		return error_set(err, ERROR_NOT_FOUND, _("nothing waits for a confirmation"));
	if (info->state == PROMISE_IS_KEPT)
		return error_set(err, ERROR_REFUSED,
				 _("it is too late: the change is being taken back"));
	if (folders_open(&folders, root, err))
		folder = journal_folder(&folders, root, false, err);
	if (folder != NULL)
		good = unlinkat(folder->fd,
				info->state == PROMISE_NOT_KEPT ? STATE_PROMISE_BACK
								: STATE_PROMISE,
				0) == 0;
	if (folder != NULL && !good && errno == ENOENT)
		error_set(err, ERROR_REFUSED,
			  _("it is too late: the change was taken back or confirmed meanwhile"));
	else if (folder != NULL && !good)
		fail_errno(err, errno, N_("cannot confirm the change in '%s'"), folder->path);
	folders_close(&folders);
	return good;
}

static void promise_free(struct promise *promise)
{
	if (promise->fd >= 0)
		close(promise->fd);
	folders_close(&promise->folders);
	free(promise);
}

/* Makes the file. It gets its name when it is locked, since one that is not belongs to a dead
 * process. */
static bool make_file(struct promise *promise, unsigned seconds, struct error *err)
{
	struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int folder = promise->folder->fd;
	bool good;

	(void)unlinkat(folder, STATE_PROMISE_NEW, 0);
	RETRY(promise->fd, openat(folder, STATE_PROMISE_NEW,
				  O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
	good = promise->fd >= 0 && fcntl(promise->fd, STATE_SET_LOCK, &range) == 0;
	if (good)
		write_info(promise->fd, seconds);
	good = good && linkat(folder, STATE_PROMISE_NEW, folder, STATE_PROMISE, 0) == 0;
	if (!good)
		fail_errno(err, errno, N_("cannot note in '%s' which change is to be confirmed"),
			   promise->folder->path);
	(void)unlinkat(folder, STATE_PROMISE_NEW, 0);
	promise->name = STATE_PROMISE;
	return good;
}

struct promise *promise_make(const char *root, unsigned seconds, struct error *err)
{
	struct promise *promise = xcalloc(1, sizeof *promise);

	promise->fd = -1;
	if (promise_allows(root, err) && folders_open(&promise->folders, root, err))
		promise->folder = journal_folder(&promise->folders, root, true, err);
	if (promise->folder != NULL && journal_may_be_trusted(promise->folder, err) &&
	    make_file(promise, seconds, err))
		return promise;
	promise_free(promise);
	return NULL;
}

void promise_begin(struct promise *promise, unsigned seconds)
{
	write_info(promise->fd, seconds);
}

bool promise_stands(const struct promise *promise)
{
	struct stat ours, there;

	return fstat(promise->fd, &ours) == 0 &&
	       fstatat(promise->folder->fd, promise->name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
	       ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

bool promise_claim(struct promise *promise)
{
	int folder = promise->folder->fd;

	if (!promise_stands(promise) ||
	    renameat(folder, STATE_PROMISE, folder, STATE_PROMISE_BACK) != 0)
		return false;
	promise->name = STATE_PROMISE_BACK;
	return true;
}

void promise_end(struct promise *promise, bool done)
{
	if (done && promise_stands(promise))
		unlinkat(promise->folder->fd, promise->name, 0);
	promise_free(promise);
}
