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
#include "base/write.h"
#include "base/xalloc.h"
#include "store/fail.h"

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

bool target_find(struct target *target, struct folders *folders, const char *root,
		 struct error *err)
{
	const char *name = target->item->name;
	struct file_info info;
	char *above;

	target->path = folder_resolve(root, name, &info);
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
	const struct attributes *now = &target->step.before;

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
	if (!attributes_read(fd, &target->step.before) || fstat(fd, &target->now) != 0)
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
	struct attributes *wanted = &target->step.wanted;

	*wanted = target->step.before;
	if (target->exists) {
		if (wanted->acl != NULL) {
			wanted->acl = xmalloc(wanted->acl_len);
			memcpy(wanted->acl, target->step.before.acl, wanted->acl_len);
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
	if (target->exists)
		target->step.old = identity_of(&target->now);
	target->step.secret = is_secret(target);
	set_wanted(target);
	if (item->action == STORE_REMOVE) {
		target->step.work = target->exists ? WORK_REMOVE : WORK_NONE;
		return true;
	}
	if (item->action == STORE_WRITE && !(target->exists && blob_equal(item->old, item->new)))
		target->step.work = WORK_WRITE;
	else if (attributes_differ(&target->step.before, &target->step.wanted))
		target->step.work = WORK_ADJUST;
	if (target->step.work == WORK_WRITE && target->exists && item->old->len > 0 &&
	    item->new->len == 0 && (item->flags & STORE_MAY_EMPTY) == 0)
		return fail_state(err, ERROR_REFUSED,
				  N_("'%s' would become empty, which nobody asked for; remove the "
				     "file if that is meant"),
				  target->path);
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
	good = good && write_all(fd, blob->data, blob->len) && fstat(fd, st) == 0;
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
	struct step *step = &target->step;
	int fd = target->folder->fd;
	struct stat st;

	temp_name(step->old_name, "old", target->number);
	step->kept = step->old;
	if (linkat(fd, target->base, fd, step->old_name, 0) == 0)
		return true;
	if (errno != EPERM && errno != EXDEV && errno != EMLINK && errno != ENOTSUP &&
	    errno != ENOSYS) {
		step->old_name[0] = '\0';
		return fail_errno(err, errno, N_("cannot keep the old '%s'"), target->path);
	}
	if (!write_beside(target, step->old_name, "old", target->item->old, &step->before, &st,
			  err))
		return false;
	step->kept = identity_of(&st);
	return true;
}

bool target_prepare(struct target *target, struct error *err)
{
	struct step *step = &target->step;
	struct stat st;

	if (step->work == WORK_REMOVE) {
		/* The name that the file gets when it is removed. */
		temp_name(step->old_name, "old", target->number);
		step->kept = step->old;
	}
	if (step->work != WORK_WRITE)
		return true;
	if (target->exists && !keep_old(target, err))
		return false;
	if (!write_beside(target, step->new_name, "new", target->item->new, &step->wanted, &st,
			  err))
		return false;
	step->new = identity_of(&st);
	target->new_uid = st.st_uid;
	target->new_gid = st.st_gid;
	return true;
}

static bool changed_meanwhile(const struct target *target, struct error *err)
{
	return fail_state(err, ERROR_CHANGED,
			  N_("'%s' was changed by someone else while it was being saved; read it "
			     "again, or merge both changes"),
			  target->path);
}

bool target_look(struct target *target, struct error *err)
{
	const struct step *step = &target->step;
	struct stat st;
	bool exists;

	if (!look(target, &st, &exists, err))
		return false;
	if (exists != target->exists)
		return changed_meanwhile(target, err);
	if (!exists)
		return true;
	if (S_ISREG(st.st_mode) ? !identity_is(&step->old, &st) : st.st_ino != step->old.inode)
		return changed_meanwhile(target, err);
	target->other_names = st.st_nlink - 1 - (step->work == WORK_WRITE && !step_is_copied(step));
	return true;
}

bool target_commit(struct target *target, struct error *err)
{
	static const char *const steps[] = {
		[WORK_NONE] = "",
		[WORK_WRITE] = N_("cannot replace '%s'"),
		[WORK_REMOVE] = N_("cannot remove '%s'"),
		[WORK_ADJUST] = N_("cannot set owner and mode of '%s'"),
	};
	const struct step *step = &target->step;

	if (step->work == WORK_NONE)
		return true;
	/* Owner and mode are two changes, of which the first may succeed. */
	target->committed = step->work == WORK_ADJUST;
	target->folder->changed = true;
	switch (step_do(step, target->folder->fd, target->base)) {
	case SWAP_DONE:
		target->committed = true;
		return true;
	case SWAP_STRANGER:
		target->committed = false;
		return changed_meanwhile(target, err);
	case SWAP_FAILED:
		break;
	}
	return fail_errno(err, errno, steps[step->work], target->path);
}

bool target_settle(const struct target *target, struct error *err)
{
	int settled = step_is_settled(&target->step, target->folder->fd);

	if (settled < 0)
		return fail_errno(err, errno, N_("cannot look at '%s'"), target->path);
	return settled > 0 || changed_meanwhile(target, err);
}

bool target_verify(struct target *target, struct error *err)
{
	int fd, same = 0, errnum;
	struct stat st;

	if (target->step.work != WORK_WRITE)
		return true;
	RETRY(fd, openat(target->folder->fd, target->base, READ_FLAGS));
	/* Whoever changes it from now on has changed what was saved. */
	target->stranger = fd < 0 && (errno == ENOENT || errno == ELOOP);
	if (target->stranger)
		return true;
	if (fd < 0)
		return fail_errno(err, errno, N_("cannot read '%s' back"), target->path);
	if (fstat(fd, &st) != 0) {
		same = -1;
	} else if (identity_is(&target->step.new, &st)) {
		same = same_bytes(fd, target->item->new, is_secret(target));
		if (same == 0 && fstat(fd, &st) == 0)
			target->stranger = !identity_is(&target->step.new, &st);
		if (same > 0 && !step_widen(&target->step, fd))
			same = -1;
	} else {
		target->stranger = true;
	}
	errnum = errno;
	close(fd);
	if (same < 0)
		return fail_errno(err, errnum, N_("cannot read '%s' back"), target->path);
	return same > 0 || target->stranger ||
	       fail_state(err, ERROR_IO,
			  N_("'%s' does not hold what was written; the disk is failing"),
			  target->path);
}

bool target_undo(struct target *target)
{
	enum swap swap;

	if (!target->committed)
		return true;
	swap = step_undo(&target->step, target->folder->fd, target->base);
	target->stranger = swap == SWAP_STRANGER;
	target->committed = swap != SWAP_DONE;
	return swap == SWAP_DONE;
}

bool target_tidy(const struct target *target)
{
	return target->folder->fd < 0 || step_tidy(&target->step, target->folder->fd);
}

void target_release(struct target *target)
{
	free(target->path);
	step_release(&target->step);
}
