#include "config.h"

#include "store/history_files.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/write.h"
#include "base/xalloc.h"
#include "store/fail.h"

/* How many bytes at the beginning are the same. */
static size_t same_start(const struct blob *a, const struct blob *b)
{
	size_t most = a->len < b->len ? a->len : b->len, at = 0;
	const size_t step = 4096;

	while (most - at >= step && memcmp(a->data + at, b->data + at, step) == 0)
		at += step;
	while (at < most && a->data[at] == b->data[at])
		at++;
	return at;
}

/* How many at the end, of those that are not at the beginning. */
static size_t same_end(const struct blob *a, const struct blob *b, size_t start)
{
	size_t most = (a->len < b->len ? a->len : b->len) - start, count = 0;
	const size_t step = 4096;

	while (most - count >= step &&
	       memcmp(a->data + a->len - count - step, b->data + b->len - count - step, step) == 0)
		count += step;
	while (count < most && a->data[a->len - count - 1] == b->data[b->len - count - 1])
		count++;
	return count;
}

static void set_content(struct history_side *side, const struct blob *blob)
{
	side->has_content = true;
	side->size = blob->len;
	sha256_text(blob->len > 0 ? blob->data : "", blob->len, side->hash);
}

static void set_window(struct history_file *file, const struct blob *old, const struct blob *new)
{
	file->window = new->len;
	if (old == NULL || old->len == 0 || new->len == 0)
		return;
	file->from = same_start(old, new);
	file->window = new->len - file->from - same_end(old, new, (size_t)file->from);
}

static bool is_kept(const struct target *target)
{
	return target->step.work != WORK_NONE;
}

void history_add_target(struct history_entry *entry, const struct target *target)
{
	const struct step *step = &target->step;
	const struct store_item *item = target->item;
	struct history_file file = { .secret = step->secret };

	if (!is_kept(target))
		return;
	file.path = xstrdup(item->name);
	if (target->exists)
		file.before = (struct history_side){ .exists = true,
						     .mode = step->before.mode & 07777,
						     .uid = step->before.uid,
						     .gid = step->before.gid };
	if (step->work != WORK_REMOVE)
		file.after = (struct history_side){ .exists = true,
						    .mode = step->wanted.mode & 07777,
						    .uid = step->wanted.uid,
						    .gid = step->wanted.gid };
	if (step->work == WORK_WRITE && !target->exists) {
		file.after.uid = target->new_uid;
		file.after.gid = target->new_gid;
	}
	if (target->exists && item->old != NULL)
		set_content(&file.before, item->old);
	if (step->work == WORK_WRITE) {
		set_content(&file.after, item->new);
		set_window(&file, target->exists ? item->old : NULL, item->new);
	} else if (step->work == WORK_ADJUST && item->old != NULL) {
		/* Only mode or owner: the bytes are the same, and not kept twice. */
		file.after = file.before;
		file.after.mode = step->wanted.mode & 07777;
		file.after.uid = step->wanted.uid;
		file.after.gid = step->wanted.gid;
		file.from = item->old->len;
	}
	VEC_PUSH(entry->files, entry->nfiles, entry->files_cap, file);
}

bool history_write_targets(int fd, const struct history_entry *entry, const char *diff,
			   const struct target *targets, size_t count)
{
	bool good = write_all(fd, diff, (size_t)entry->diff_size);
	size_t i, k = 0;

	for (i = 0; good && i < count; i++) {
		const struct store_item *item = targets[i].item;
		const struct history_file *file;

		if (!is_kept(&targets[i]))
			continue;
		file = &entry->files[k++];
		if (file->before.has_content)
			good = write_all(fd, item->old->data, item->old->len);
		if (good && file->window > 0)
			good = write_all(fd, item->new->data + file->from, (size_t)file->window);
	}
	return good;
}

/* Whether the file is now as SIDE says; INFO says where it cannot be read. */
static bool is_side(const char *root, const struct history_file *file,
		    const struct history_side *side, struct file_info *info)
{
	struct blob blob = { 0 };
	char hash[SHA256_TEXT];
	bool good;

	if (!side->exists || !side->has_content)
		file_look(root, file->path, info);
	else
		file_read(root, file->path, file->secret, &blob, info);
	if (!side->exists) {
		good = info->state == FILE_MISSING;
	} else {
		sha256_text(blob.len > 0 ? blob.data : "", blob.len, hash);
		good = (info->state == FILE_READ || info->state == FILE_DIRECTORY) &&
		       (info->mode & 07777) == side->mode && info->uid == side->uid &&
		       info->gid == side->gid &&
		       (!side->has_content || strcmp(hash, side->hash) == 0);
	}
	blob_release(&blob);
	return good;
}

bool history_was_made(const struct history_entry *entry, const char *root, bool *made,
		      struct error *err)
{
	size_t i;

	*made = false;
	for (i = 0; i < entry->nfiles && !*made; i++) {
		const struct history_file *file = &entry->files[i];
		struct file_info info;

		*made = is_side(root, file, &file->after, &info);
		if (info.state == FILE_FAILED || info.state == FILE_DENIED)
			return fail_errno(err, info.state == FILE_DENIED ? EACCES : info.errnum,
					  N_("cannot look what became of '%s'"), file->path);
	}
	return true;
}
