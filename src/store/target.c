#include "config.h"

#include "store/target.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/secret.h"
#include "base/xalloc.h"
#include "store/fail.h"

#define READ_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

static bool is_secret(const struct target *target)
{
	return (target->item->flags & STORE_SECRET) != 0;
}

static bool refuse(struct error *err, enum error_code code, const char *path, const char *state)
{
	struct strbuf shown = STRBUF_INIT;

	print_addstr(&shown, path);
	error_set(err, code, _("cannot save '%s': it %s; put that right first"), shown.buf, state);
	strbuf_release(&shown);
	return false;
}

/* The path of NAME, of which the last folders may be missing. */
static char *resolve(const char *root, const char *name, struct file_info *info)
{
	char *path = file_resolve(root, name, info);
	const char *slash = strrchr(name, '/');
	struct strbuf sb = STRBUF_INIT;
	char *above, *folder;

	if (path != NULL || info->state != FILE_MISSING || slash == NULL || slash == name)
		return path;
	above = xstrndup(name, (size_t)(slash - name));
	folder = resolve(root, above, info);
	free(above);
	if (folder == NULL)
		return NULL;
	strbuf_addf(&sb, "%s%s", strcmp(folder, "/") == 0 ? "" : folder, slash);
	free(folder);
	return strbuf_detach(&sb, NULL);
}

bool target_find(struct target *target, struct folders *folders, const char *root,
		 struct error *err)
{
	const char *name = target->item->name;
	struct file_info info;
	char *above;

	target->path = resolve(root, name, &info);
	if (target->path == NULL && info.state == FILE_FAILED)
		return fail_errno(err, info.errnum, N_("cannot save '%s'"), name);
	if (target->path == NULL)
		return refuse(err, info.state == FILE_DENIED ? ERROR_REFUSED : ERROR_IO, name,
			      file_state_text(&info));
	target->base = strrchr(target->path, '/') + 1;
	if (*target->base == '\0')
		return fail_state(err, ERROR_REFUSED, N_("'%s' is no plain path"), name);
	above = xstrndup(target->path, (size_t)(target->base - 1 - target->path));
	target->folder = folder_open(folders, above, err);
	free(above);
	return target->folder != NULL;
}

/* Whether the file holds these bytes: 1 or 0, or -1 with errno set. */
static int same_bytes(int fd, const struct blob *blob, bool secret)
{
	char buffer[16384];
	size_t done = 0;
	int same = 1;
	ssize_t n;

	while (same > 0) {
		RETRY(n, read(fd, buffer, sizeof buffer));
		if (n <= 0) {
			same = n < 0 ? -1 : done == blob->len;
			break;
		}
		if ((size_t)n > blob->len - done || memcmp(buffer, blob->data + done, (size_t)n))
			same = 0;
		done += (size_t)n;
	}
	if (secret)
		secret_wipe(buffer, sizeof buffer);
	return same;
}

/* Looks at what stands at the target's name, without reading it. */
static bool look(struct target *target, struct stat *st, bool *exists, struct error *err)
{
	*exists = false;
	if (target->folder->fd < 0)
		return true;
	if (fstatat(target->folder->fd, target->base, st, AT_SYMLINK_NOFOLLOW) == 0)
		*exists = true;
	else if (errno != ENOENT)
		return fail_errno(err, errno, N_("cannot look at '%s'"), target->path);
	return true;
}

static bool check_kind(const struct target *target, struct error *err)
{
	struct file_info info = { .mode = target->now.st_mode };
	mode_t mode = target->now.st_mode;

	if (S_ISREG(mode) || (S_ISDIR(mode) && target->item->action == STORE_ATTRIBUTES))
		return true;
	if (S_ISLNK(mode))
		return fail_errno(err, ELOOP, N_("cannot save '%s'"), target->path);
	info.state = S_ISDIR(mode) ? FILE_DIRECTORY : FILE_NOT_REGULAR;
	return refuse(err, ERROR_REFUSED, target->path, file_state_text(&info));
}

static bool check_loaded(const struct target *target, struct error *err)
{
	const struct store_item *item = target->item;
	bool existed;

	if (item->action == STORE_ATTRIBUTES && item->old == NULL) {
		if (target->exists)
			return true;
		return fail_state(err, ERROR_CHANGED,
				  N_("'%s' is not there any more; read the files again"),
				  target->path);
	}
	if (item->loaded->state != FILE_READ && item->loaded->state != FILE_MISSING)
		return refuse(err, ERROR_REFUSED, target->path, file_state_text(item->loaded));
	existed = item->loaded->state == FILE_READ;
	assert(existed == (item->old != NULL));
	if (target->exists && !existed)
		return fail_state(err, ERROR_CHANGED,
				  N_("'%s' has been created by someone else since it was found "
				     "missing; read it again"),
				  target->path);
	if (!target->exists && existed)
		return fail_state(err, ERROR_CHANGED,
				  N_("'%s' has been removed by someone else since it was read; "
				     "read the files again"),
				  target->path);
	return true;
}

/* Whether somebody else has given the file another mode or owner since it was looked at: who sets
 * them must not undo that. */
static bool check_access(const struct target *target, struct error *err)
{
	const struct store_item *item = target->item;
	const struct file_info *then = item->loaded;
	const struct attributes *now = &target->before;

	if ((item->flags & (STORE_SET_MODE | STORE_SET_OWNER)) == 0 || then == NULL ||
	    (then->state != FILE_READ && then->state != FILE_DIRECTORY))
		return true;
	return (now->mode == (then->mode & 07777) && now->uid == then->uid &&
		now->gid == then->gid) ||
	       fail_state(err, ERROR_CHANGED,
			  N_("mode or owner of '%s' have been changed by someone else since they "
			     "were read; read the files again"),
			  target->path);
}

/* Reads the attributes, and the bytes where the item says what they were. */
static bool check_content(struct target *target, struct error *err)
{
	const struct store_item *item = target->item;
	int fd, same = 1, errnum;

	RETRY(fd, openat(target->folder->fd, target->base, READ_FLAGS));
	if (fd < 0)
		return fail_errno(err, errno, N_("cannot open '%s' to compare it"), target->path);
	if (!attributes_read(fd, &target->before) || fstat(fd, &target->now) != 0)
		same = -1;
	else if (item->old != NULL)
		same = same_bytes(fd, item->old, is_secret(target));
	errnum = errno;
	close(fd);
	if (same < 0)
		return fail_errno(err, errnum, N_("cannot read '%s' to compare it"), target->path);
	if (same == 0)
		return fail_state(err, ERROR_CHANGED,
				  N_("'%s' has been changed by someone else since it was read; "
				     "read it again, or merge both changes"),
				  target->path);
	return check_access(target, err);
}

/* What the file is to be in the end. */
static void set_wanted(struct target *target)
{
	const struct store_item *item = target->item;
	struct attributes *wanted = &target->wanted;

	*wanted = target->before;
	if (target->exists) {
		if (wanted->acl != NULL) {
			wanted->acl = xmalloc(wanted->acl_len);
			memcpy(wanted->acl, target->before.acl, wanted->acl_len);
		}
	} else {
		wanted->mode = is_secret(target) ? 0600 : 0644;
		wanted->uid = (uid_t)-1;
		wanted->gid = (gid_t)-1;
		wanted->inherit = !is_secret(target);
	}
	if ((item->flags & STORE_SET_MODE) != 0)
		wanted->mode = item->mode;
	if ((item->flags & STORE_SET_OWNER) != 0) {
		target->owner_left_out = !target->exists && geteuid() != 0;
		if (!target->owner_left_out) {
			wanted->uid = item->uid;
			wanted->gid = item->gid;
		}
	}
}

static bool attributes_differ(const struct attributes *a, const struct attributes *b)
{
	return a->mode != b->mode || a->uid != b->uid || a->gid != b->gid;
}

bool target_check(struct target *target, struct error *err)
{
	const struct store_item *item = target->item;

	if (!look(target, &target->now, &target->exists, err))
		return false;
	if (target->exists && !check_kind(target, err))
		return false;
	if (!check_loaded(target, err))
		return false;
	if (target->exists && !check_content(target, err))
		return false;
	set_wanted(target);
	if (item->action == STORE_REMOVE) {
		target->work = target->exists ? WORK_REMOVE : WORK_NONE;
		return true;
	}
	if (item->action == STORE_WRITE && !(target->exists && blob_equal(item->old, item->new)))
		target->work = WORK_WRITE;
	else if (attributes_differ(&target->before, &target->wanted))
		target->work = WORK_ADJUST;
	if (target->work == WORK_WRITE && target->exists && item->old->len > 0 &&
	    item->new->len == 0 && (item->flags & STORE_MAY_EMPTY) == 0)
		return fail_state(err, ERROR_REFUSED,
				  N_("'%s' would become empty, which nobody asked for; remove the "
				     "file if that is meant"),
				  target->path);
	return true;
}

static bool write_all(int fd, const struct blob *blob)
{
	size_t done = 0;

	while (done < blob->len) {
		ssize_t n;

		RETRY(n, write(fd, blob->data + done, blob->len - done));
		if (n < 0)
			return false;
		if (n == 0) {
			errno = EIO;
			return false;
		}
		done += (size_t)n;
	}
	return true;
}

/*
 * A new file NAME beside the target, on the disk when this returns. It begins as mode 0600, and one
 * with a secret stays so until it has its real name. On failure target_tidy removes it.
 */
static bool write_beside(struct target *target, char *name, const char *purpose,
			 const struct blob *blob, const struct attributes *attributes,
			 struct stat *st, struct error *err)
{
	const char *step = N_("cannot write the new '%s'");
	int fd, rc, errnum;
	bool good;

	temp_name(name, purpose, target->number);
	RETRY(fd, openat(target->folder->fd, name,
			 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
	if (fd < 0) {
		name[0] = '\0';
		return fail_errno(err, errno, N_("cannot create a new file beside '%s'"),
				  target->path);
	}
	target->folder->changed = true;
	good = attributes_set(fd, attributes, is_secret(target));
	if (!good)
		step = N_("cannot give the new '%s' its owner and mode");
	good = good && write_all(fd, blob) && fstat(fd, st) == 0;
	if (good) {
		RETRY(rc, fsync(fd));
		good = rc == 0;
	}
	errnum = errno;
	/* An error that the file system kept until now. */
	if (close(fd) != 0 && good && errno != EINTR) {
		errnum = errno;
		good = false;
	}
	return good || fail_errno(err, errnum, step, target->path);
}

/* A second name for the old file, so that it can be put back without room and without a write. */
static bool keep_old(struct target *target, struct error *err)
{
	int fd = target->folder->fd;
	struct stat st;

	temp_name(target->old_name, "old", target->number);
	if (linkat(fd, target->base, fd, target->old_name, 0) == 0)
		return true;
	if (errno != EPERM && errno != EXDEV && errno != EMLINK && errno != ENOTSUP &&
	    errno != ENOSYS) {
		target->old_name[0] = '\0';
		return fail_errno(err, errno, N_("cannot keep the old '%s'"), target->path);
	}
	target->old_copied = true;
	return write_beside(target, target->old_name, "old", target->item->old, &target->before,
			    &st, err);
}

bool target_prepare(struct target *target, struct error *err)
{
	struct stat st;

	if (target->work != WORK_WRITE)
		return true;
	if (target->exists && !keep_old(target, err))
		return false;
	if (!write_beside(target, target->new_name, "new", target->item->new, &target->wanted, &st,
			  err))
		return false;
	target->new_inode = st.st_ino;
	return true;
}

bool target_look(struct target *target, struct error *err)
{
	const struct stat *then = &target->now;
	struct stat st;
	bool exists;

	if (!look(target, &st, &exists, err))
		return false;
	if (exists == target->exists &&
	    (!exists || (st.st_ino == then->st_ino && st.st_dev == then->st_dev &&
			 st.st_size == then->st_size && st.st_mtim.tv_sec == then->st_mtim.tv_sec &&
			 st.st_mtim.tv_nsec == then->st_mtim.tv_nsec))) {
		if (exists && S_ISREG(st.st_mode))
			target->other_names = st.st_nlink - 1 -
					      (target->old_name[0] != '\0' && !target->old_copied);
		return true;
	}
	return fail_state(err, ERROR_CHANGED,
			  N_("'%s' was changed by someone else while it was being saved; read it "
			     "again, or merge both changes"),
			  target->path);
}

static bool set_attributes(int fd, const struct attributes *attributes)
{
	int rc;

	if (!attributes_set(fd, attributes, false))
		return false;
	RETRY(rc, fsync(fd));
	return rc == 0;
}

/* Sets owner and mode of the file that has the target's name. */
static bool adjust(const struct target *target, const struct attributes *attributes)
{
	int fd, errnum;
	bool good;

	RETRY(fd, openat(target->folder->fd, target->base, READ_FLAGS));
	if (fd < 0)
		return false;
	good = set_attributes(fd, attributes);
	errnum = errno;
	close(fd);
	errno = errnum;
	return good;
}

bool target_commit(struct target *target, struct error *err)
{
	int fd = target->folder->fd;

	switch (target->work) {
	case WORK_NONE:
		return true;
	case WORK_WRITE:
		if (renameat(fd, target->new_name, fd, target->base) != 0)
			return fail_errno(err, errno, N_("cannot replace '%s'"), target->path);
		target->new_name[0] = '\0';
		break;
	case WORK_REMOVE:
		temp_name(target->old_name, "old", target->number);
		if (renameat(fd, target->base, fd, target->old_name) != 0) {
			target->old_name[0] = '\0';
			return fail_errno(err, errno, N_("cannot remove '%s'"), target->path);
		}
		target->folder->changed = true;
		break;
	case WORK_ADJUST:
		/* Marked first: owner and mode are two steps, of which the first may succeed. */
		target->committed = true;
		if (!adjust(target, &target->wanted))
			return fail_errno(err, errno, N_("cannot set owner and mode of '%s'"),
					  target->path);
		break;
	}
	target->committed = true;
	return true;
}

bool target_verify(const struct target *target, struct error *err)
{
	bool wide = is_secret(target) && attributes_are_wide(&target->wanted);
	int fd, same, errnum;
	struct stat st;

	if (target->work != WORK_WRITE)
		return true;
	RETRY(fd, openat(target->folder->fd, target->base, READ_FLAGS));
	if (fd < 0)
		return fail_errno(err, errno, N_("cannot read '%s' back"), target->path);
	same = fstat(fd, &st) != 0 ? -1
	       : st.st_ino != target->new_inode
		       ? 0
		       : same_bytes(fd, target->item->new, is_secret(target));
	if (same > 0 && wide && !set_attributes(fd, &target->wanted))
		same = -1;
	errnum = errno;
	close(fd);
	if (same < 0)
		return fail_errno(err, errnum, N_("cannot read '%s' back"), target->path);
	return same > 0 ||
	       fail_state(err, ERROR_IO,
			  N_("'%s' does not hold what was written; the disk is failing, or someone "
			     "else writes this file"),
			  target->path);
}

bool target_undo(struct target *target)
{
	int fd = target->folder->fd;
	bool good = true;

	if (!target->committed)
		return true;
	if (target->work == WORK_ADJUST) {
		good = adjust(target, &target->before);
	} else if (target->exists) {
		good = renameat(fd, target->old_name, fd, target->base) == 0;
		if (good)
			target->old_name[0] = '\0';
		if (good && target->old_copied)
			good = adjust(target, &target->before);
	} else {
		good = unlinkat(fd, target->base, 0) == 0;
	}
	target->committed = !good;
	return good;
}

void target_tidy(struct target *target)
{
	/* What cannot be removed now is removed by the next save. */
	if (target->new_name[0] != '\0')
		unlinkat(target->folder->fd, target->new_name, 0);
	if (target->old_name[0] != '\0')
		unlinkat(target->folder->fd, target->old_name, 0);
}

void target_release(struct target *target)
{
	free(target->path);
	attributes_release(&target->before);
	attributes_release(&target->wanted);
}
