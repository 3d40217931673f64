#include "config.h"

#include "store/step.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/fail.h"

enum { WRITER_TRIES = 20, WRITER_MILLIS = 5 };

void step_release(struct step *step)
{
	attributes_release(&step->before);
	attributes_release(&step->wanted);
}

bool step_is_copied(const struct step *step)
{
	return step->kept.known && step->kept.inode != step->old.inode;
}

unsigned step_changes(const struct step *step)
{
	const struct attributes *a = &step->before, *b = &step->wanted;

	switch (step->work) {
	case WORK_NONE:
		return 0;
	case WORK_WRITE:
		return 1 + (step->secret && attributes_are_wide(b));
	case WORK_REMOVE:
		return 1;
	case WORK_ADJUST:
		break;
	}
	return a->uid == b->uid && a->gid == b->gid && a->acl == NULL ? 1 : 2;
}

static int open_file(int folder, const char *name)
{
	int fd;

	RETRY(fd, openat(folder, name, READ_FLAGS));
	return fd;
}

static bool set_attributes(int fd, const struct attributes *attributes)
{
	int rc;

	if (!attributes_set(fd, attributes, false))
		return false;
	RETRY(rc, fsync(fd));
	return rc == 0;
}

/* Sets owner and mode of what has this name, where it is the file with this inode. */
static enum swap adjust(int folder, const char *name, ino_t inode,
			const struct attributes *attributes)
{
	int fd = open_file(folder, name), errnum;
	enum swap swap = SWAP_FAILED;
	struct stat st;

	if (fd < 0)
		return errno == ENOENT || errno == ELOOP ? SWAP_STRANGER : SWAP_FAILED;
	if (fstat(fd, &st) == 0) {
		if (st.st_ino != inode)
			swap = SWAP_STRANGER;
		else if (set_attributes(fd, attributes))
			swap = SWAP_DONE;
	}
	errnum = errno;
	close(fd);
	errno = errnum;
	return swap;
}

enum swap step_do(const struct step *step, int folder, const char *base)
{
	switch (step->work) {
	case WORK_NONE:
		break;
	case WORK_WRITE:
		return swap_in(folder, step->new_name, &step->new, base, &step->old);
	case WORK_REMOVE:
		return swap_out(folder, base, &step->old, step->old_name);
	case WORK_ADJUST:
		return adjust(folder, base, step->old.inode, &step->wanted);
	}
	return SWAP_DONE;
}

/* What has the old name goes back to its place; a copy, which may be there already, gets the old
 * one's owner and mode, of which a secret had the narrow part only. */
static enum swap put_old_back(const struct step *step, int folder, const char *base)
{
	bool copied = step_is_copied(step);
	enum swap swap = SWAP_DONE;

	if (!copied || identity_at(&step->kept, folder, base) <= 0)
		swap = swap_in(folder, step->old_name, &step->kept, base, &step->new);
	if (swap != SWAP_DONE || !copied)
		return swap;
	return adjust(folder, base, step->kept.inode, &step->before);
}

enum swap step_undo(const struct step *step, int folder, const char *base)
{
	static const struct identity nothing;

	switch (step->work) {
	case WORK_NONE:
		break;
	case WORK_WRITE:
		return step->old.known ? put_old_back(step, folder, base)
				       : swap_out(folder, base, &step->new, step->new_name);
	case WORK_REMOVE:
		return swap_in(folder, step->old_name, &step->old, base, &nothing);
	case WORK_ADJUST:
		return adjust(folder, base, step->old.inode, &step->before);
	}
	return SWAP_DONE;
}

bool step_widen(const struct step *step, int fd)
{
	struct stat st;

	if (!step->secret || !attributes_are_wide(&step->wanted))
		return true;
	if (fstat(fd, &st) != 0)
		return false;
	/* What somebody else has given it since is his. */
	return (st.st_mode & 07777) != (step->wanted.mode & 0600) ||
	       set_attributes(fd, &step->wanted);
}

#ifdef F_SETLEASE

/*
 * A lease for reading is refused while somebody has the file open for writing (fcntl(2)). Should
 * somebody open it while we have the lease, the signal that tells us is to be one that nobody
 * minds.
 */
static bool has_writer(int fd)
{
	int rc;

	if (fcntl(fd, F_SETSIG, SIGURG) != 0)
		return false;
	rc = fcntl(fd, F_SETLEASE, F_RDLCK);
	if (rc == 0)
		(void)fcntl(fd, F_SETLEASE, F_UNLCK);
	return rc != 0 && errno == EAGAIN;
}

#else

static bool has_writer(int fd)
{
	(void)fd;
	return false;
}

#endif

int step_is_settled(const struct step *step, int folder)
{
	const struct timespec pause = { 0, WRITER_MILLIS * 1000000L };
	const char *name;
	int fd, same, errnum, tries = 0;
	struct stat st;

	if ((step->work != WORK_WRITE && step->work != WORK_REMOVE) || !step->old.known)
		return 1;
	/* Where there are no hard links, an exchange has left it there. */
	name = step_is_copied(step) ? step->new_name : step->old_name;
	fd = open_file(folder, name);
	if (fd < 0)
		return errno == ENOENT ? 1 : -1;
	while (has_writer(fd) && ++tries < WRITER_TRIES)
		nanosleep(&pause, NULL);
	same = fstat(fd, &st) != 0 ? -1 : tries < WRITER_TRIES ? identity_is(&step->old, &st) : 0;
	errnum = errno;
	close(fd);
	errno = errnum;
	return same;
}

static bool remove_name(int folder, const char *name)
{
	return name[0] == '\0' || unlinkat(folder, name, 0) == 0 || errno == ENOENT;
}

bool step_tidy(const struct step *step, int folder)
{
	bool good = remove_name(folder, step->new_name);

	return remove_name(folder, step->old_name) && good;
}

static bool look_at_file(const struct step *step, int folder, const char *base,
			 struct progress *progress)
{
	int is_old = identity_at(&step->old, folder, base);
	int is_new = identity_at(&step->new, folder, base);
	int is_kept = step_is_copied(step) ? identity_at(&step->kept, folder, base) : 0;
	int has_new = step->new.known ? identity_at(&step->new, folder, step->new_name) : 0;
	int has_old = step->old.known ? identity_at(&step->kept, folder, step->old_name) : 0;

	if (is_old < 0 || is_new < 0 || is_kept < 0 || has_new < 0 || has_old < 0)
		return false;
	progress->at = is_old > 0    ? PROGRESS_OLD
		       : is_kept > 0 ? PROGRESS_BETWEEN
		       : is_new > 0  ? PROGRESS_NEW
				     : PROGRESS_STRANGER;
	progress->can_do = progress->at == PROGRESS_OLD ? has_new > 0 || step->work == WORK_REMOVE
							: progress->at != PROGRESS_BETWEEN;
	progress->can_undo = progress->at != PROGRESS_NEW || has_old > 0 || !step->old.known;
	return true;
}

/* Whether what we have taken out of the file's place is not the file that was there. */
static bool look_for_stranger(const struct step *step, int folder, struct progress *progress)
{
	const char *name = step->work == WORK_REMOVE ? step->old_name : step->new_name;
	struct stat st;

	if (progress->at != PROGRESS_NEW || !step->old.known)
		return true;
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	progress->took_stranger = !identity_is(&step->old, &st);
	progress->can_undo = progress->can_undo || progress->took_stranger;
	return true;
}

static bool same_mode(mode_t a, mode_t b)
{
	/* Another owner takes these bits away. */
	const mode_t lost = S_ISUID | S_ISGID;

	return a == b || (a & ~lost) == (b & ~lost);
}

static bool same_owner(const struct attributes *a, const struct attributes *b)
{
	return a->uid == b->uid && a->gid == b->gid;
}

static bool same_list(const struct attributes *a, const struct attributes *b)
{
	return a->acl_len == b->acl_len &&
	       (a->acl_len == 0 || memcmp(a->acl, b->acl, a->acl_len) == 0);
}

static bool same_attributes(const struct attributes *a, const struct attributes *b)
{
	return same_owner(a, b) && a->mode == b->mode;
}

static void judge_attributes(const struct step *step, const struct attributes *now,
			     struct progress *progress)
{
	const struct attributes *before = &step->before, *wanted = &step->wanted;

	if (same_attributes(now, wanted) && same_list(now, wanted))
		progress->at = PROGRESS_NEW;
	else if (same_attributes(now, before))
		progress->at = PROGRESS_OLD;
	else if ((same_owner(now, before) || same_owner(now, wanted)) &&
		 (same_mode(now->mode, before->mode) || same_mode(now->mode, wanted->mode)))
		progress->at = PROGRESS_BETWEEN;
}

static bool look_at_attributes(const struct step *step, int folder, const char *base,
			       struct progress *progress)
{
	struct attributes now = { 0 };
	int fd = open_file(folder, base), errnum;
	struct stat st;
	bool good;

	*progress = (struct progress){ .at = PROGRESS_STRANGER, .can_do = true, .can_undo = true };
	if (fd < 0)
		return errno == ENOENT || errno == ELOOP;
	good = fstat(fd, &st) == 0 && attributes_read(fd, &now);
	if (good && st.st_ino == step->old.inode)
		judge_attributes(step, &now, progress);
	errnum = errno;
	attributes_release(&now);
	close(fd);
	errno = errnum;
	return good;
}

bool step_look(const struct step *step, int folder, const char *base, struct progress *progress)
{
	*progress = (struct progress){ 0 };
	if (step->work == WORK_ADJUST)
		return look_at_attributes(step, folder, base, progress);
	return look_at_file(step, folder, base, progress) &&
	       look_for_stranger(step, folder, progress);
}
