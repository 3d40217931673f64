#include "config.h"

#include "store/history.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/secret.h"
#include "base/write.h"
#include "base/xalloc.h"
#include "host/history.h"
#include "host/state.h"
#include "store/fail.h"
#include "store/history_files.h"
#include "store/journal.h"

#define NEW  STATE_HISTORY_NEW
#define LAST STATE_HISTORY_LAST
/* The link that becomes "last". */
#define LAST_NEW "last.new"

enum { NAME_SIZE = 16 };

static void name_of(char name[NAME_SIZE], uint32_t number)
{
	snprintf(name, NAME_SIZE, "%u", (unsigned)number);
}

/* The folder: NULL without an error where there is none and MAKE is not set. */
static struct folder *find_folder(struct folders *folders, const char *root, bool make,
				  struct error *err)
{
	static const char name[] = "/" STATE_HISTORY;
	struct folder *state = journal_folder(folders, root, make, err), *folder;
	struct store_folder wanted = { .mode = STATE_FOLDER_MODE };
	struct strbuf path = STRBUF_INIT;

	if (state == NULL)
		return NULL;
	strbuf_addf(&path, "%s%s", state->path, name);
	folder = folder_open(folders, path.buf, err);
	wanted.name = path.buf + folders->root_len;
	/* What is no folder has no history in it. */
	if (folder == NULL && !make && err->errnum == ENOTDIR)
		error_clear(err);
	if (folder != NULL && make &&
	    (!journal_may_be_trusted(state, err) ||
	     !folder_make(folders, folder, &wanted, 1, err) ||
	     !journal_may_be_trusted(folder, err)))
		folder = NULL;
	strbuf_release(&path);
	return folder != NULL && folder->fd >= 0 ? folder : NULL;
}

/* What the link to the newest entry says; no hash where there is none, or it says nothing. False
 * with errno set where it cannot be read. */
static bool read_mark(const struct folder *folder, uint32_t *number, char hash[SHA256_TEXT])
{
	char text[HISTORY_MARK_SIZE + 1] = "";
	ssize_t len = readlinkat(folder->fd, LAST, text, sizeof text - 1);

	/* What is no link is not ours. */
	if (len < 0 && errno != ENOENT && errno != EINVAL)
		return false;
	if (len > 0)
		text[len] = '\0';
	if (len <= 0 || !history_mark_parse(text, number, hash)) {
		*number = 0;
		hash[0] = '\0';
	}
	return true;
}

/* Only whole, by a rename. */
static bool set_mark(const struct folder *folder, uint32_t number, const char *hash)
{
	char text[HISTORY_MARK_SIZE];

	if (unlinkat(folder->fd, LAST_NEW, 0) != 0 && errno != ENOENT)
		return false;
	if (hash[0] == '\0')
		return unlinkat(folder->fd, LAST, 0) == 0 || errno == ENOENT;
	history_mark(text, number, hash);
	return symlinkat(text, folder->fd, LAST_NEW) == 0 &&
	       renameat(folder->fd, LAST_NEW, folder->fd, LAST) == 0;
}

/* The next number, and whom it follows. A file that has it already was written by somebody else,
 * and is left to be found. */
static bool set_number(struct history_pending *pending)
{
	char name[NAME_SIZE];
	struct stat st;

	if (!read_mark(pending->folder, &pending->previous, pending->previous_hash))
		return false;
	pending->number = pending->previous;
	do
		name_of(name, ++pending->number);
	while (fstatat(pending->folder->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0);
	return errno == ENOENT;
}

static char *copy(const char *text)
{
	return text != NULL ? xstrdup(text) : NULL;
}

/* All but the files. The names are borrowed from NOTE, and given back by forget_note. */
static void add_note(struct history_entry *entry, const struct history_note *note,
		     const struct history_pending *pending, const char *root)
{
	struct utsname system;
	size_t i;

	entry->number = pending->number;
	entry->time = (int64_t)time(NULL);
	entry->previous = pending->previous;
	memcpy(entry->previous_hash, pending->previous_hash, sizeof entry->previous_hash);
	entry->who = *note->who;
	entry->role = copy(note->role);
	entry->profile = copy(note->profile);
	entry->host = copy(uname(&system) >= 0 ? system.nodename : "?");
	entry->root = copy(root);
	entry->why = copy(note->why);
	for (i = 0; i < note->nsteps; i++)
		VEC_PUSH(entry->steps, entry->nsteps, entry->steps_cap, copy(note->steps[i]));
	for (i = 0; i < note->noverrides; i++)
		VEC_PUSH(entry->overrides, entry->noverrides, entry->overrides_cap,
			 copy(note->overrides[i]));
	entry->diff_size = note->diff_len;
	sha256_text(note->diff, note->diff_len, entry->diff_hash);
}

static void forget_note(struct history_entry *entry)
{
	entry->who = (struct whoami){ 0 };
	history_entry_release(entry);
}

static bool write_entry(struct history_pending *pending, const struct history_entry *entry,
			const char *diff, const struct target *targets, size_t count)
{
	int folder = pending->folder->fd, fd, rc, errnum;
	struct strbuf head = STRBUF_INIT;
	bool good;

	if (unlinkat(folder, NEW, 0) != 0 && errno != ENOENT)
		return false;
	RETRY(fd, openat(folder, NEW, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
	if (fd < 0)
		return false;
	history_entry_add(&head, entry);
	sha256_text(head.buf, head.len, pending->hash);
	good = write_all(fd, head.buf, head.len) &&
	       history_write_targets(fd, entry, diff, targets, count);
	strbuf_release(&head);
	if (good) {
		RETRY(rc, fsync(fd));
		good = rc == 0;
	}
	errnum = errno;
	if (close(fd) != 0 && good && errno != EINTR) {
		errnum = errno;
		good = false;
	}
	errno = errnum;
	return good;
}

static bool fail(const struct history_pending *pending, struct error *err)
{
	fail_errno(err, errno, N_("cannot keep this change in the history '%s'"),
		   pending->folder->path);
	return error_append(err, "; %s",
			    _("make room there or put its rights right, or set entries = 0 under "
			      "[history] in the settings, and nothing is kept"));
}

bool history_begin(struct history_pending *pending, struct folders *folders, const char *root,
		   const struct history_note *note, const struct target *targets, size_t count,
		   struct error *err)
{
	struct history_entry entry = { 0 };
	bool good;
	size_t i;

	pending->folder = find_folder(folders, root, true, err);
	if (pending->folder == NULL)
		return error_append(
			err, "; %s",
			_("the history of changes is kept there; with entries = 0 under "
			  "[history] in the settings it is not kept"));
	if (!set_number(pending))
		return fail(pending, err);
	add_note(&entry, note, pending, root);
	for (i = 0; i < count; i++)
		history_add_target(&entry, &targets[i]);
	good = write_entry(pending, &entry, note->diff, targets, count);
	if (!good)
		fail(pending, err);
	forget_note(&entry);
	return good;
}

bool history_commit(struct history_pending *pending, struct error *err)
{
	char name[NAME_SIZE];
	int folder;

	if (pending->folder == NULL)
		return true;
	folder = pending->folder->fd;
	name_of(name, pending->number);
	/* Where only the second part fails, the first one is taken back. */
	pending->marked = true;
	if (!set_mark(pending->folder, pending->number, pending->hash) ||
	    renameat(folder, NEW, folder, name) != 0)
		return fail(pending, err);
	return true;
}

bool history_drop(struct history_pending *pending)
{
	bool good = true;

	if (pending->folder == NULL)
		return true;
	if (pending->marked)
		good = set_mark(pending->folder, pending->previous, pending->previous_hash);
	return (unlinkat(pending->folder->fd, NEW, 0) == 0 || errno == ENOENT) && good;
}

/* An entry that is there. */
struct kept {
	uint32_t number;
	uint64_t bytes;
};

static int compare_kept(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

/* All entries, the oldest first; the caller frees them. */
static struct kept *list_kept(const struct folder *folder, size_t *count)
{
	int fd = openat(folder->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *file;
	struct kept *all = NULL;
	size_t cap = 0;

	*count = 0;
	if (dir == NULL && fd >= 0)
		close(fd);
	while (dir != NULL && (file = readdir(dir)) != NULL) {
		struct kept one = { 0 };
		struct stat st;

		if (!history_number(file->d_name, &one.number) ||
		    fstatat(folder->fd, file->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
		    !S_ISREG(st.st_mode))
			continue;
		one.bytes = (uint64_t)st.st_size;
		VEC_PUSH(all, *count, cap, one);
	}
	if (dir != NULL)
		closedir(dir);
	if (*count > 1)
		qsort(all, *count, sizeof *all, compare_kept);
	return all;
}

void history_prune(const struct history_pending *pending, const struct history_note *note)
{
	struct kept *all;
	uint64_t bytes = 0;
	size_t count, i;

	if (pending->folder == NULL)
		return;
	all = list_kept(pending->folder, &count);
	for (i = 0; i < count; i++)
		bytes += all[i].bytes;
	for (i = 0; i < count && (count - i > note->most_entries || bytes > note->most_bytes) &&
		    all[i].number < pending->number;
	     i++) {
		char name[NAME_SIZE];

		name_of(name, all[i].number);
		/* What stays is counted again by the next change. */
		(void)unlinkat(pending->folder->fd, name, 0);
		bytes -= all[i].bytes;
	}
	free(all);
}

/* Reads "new" and its head, which has no number where there is none that is whole. False with errno
 * set where it cannot be read. */
static bool read_new(const struct folder *folder, struct history_entry *entry, bool *there)
{
	struct error err = ERROR_INIT;
	struct blob blob = { 0 };
	struct stat st;
	bool good = true;
	int fd;

	RETRY(fd, openat(folder->fd, NEW, READ_FLAGS));
	*there = fd >= 0 || errno != ENOENT;
	if (fd < 0)
		return errno == ENOENT || errno == ELOOP;
	if (fstat(fd, &st) != 0) {
		err.errnum = errno;
		good = false;
	} else if (S_ISREG(st.st_mode)) {
		good = blob_read(&blob, fd, (size_t)st.st_size, SIZE_MAX / 4, true, NEW, &err);
		if (good && (!history_entry_parse(entry, blob.data, blob.len) ||
			     history_entry_bytes(entry) != blob.len))
			history_entry_release(entry);
	}
	blob_release(&blob);
	close(fd);
	errno = err.errnum;
	error_clear(&err);
	return good;
}

/* The change was made: the entry gets its number. Otherwise it goes. */
static bool settle(struct folder *folder, const struct history_entry *entry, const char *root,
		   struct strbuf *said, struct error *err)
{
	struct history_pending pending = { .folder = folder,
					   .number = entry->number,
					   .previous = entry->previous,
					   .marked = true };
	bool made;

	memcpy(pending.hash, entry->hash, sizeof pending.hash);
	memcpy(pending.previous_hash, entry->previous_hash, sizeof pending.previous_hash);
	if (!history_was_made(entry, root, &made, err) ||
	    !(made ? history_commit(&pending, err) : history_drop(&pending) || fail(&pending, err)))
		return false;
	if (said->len > 0)
		strbuf_addstr(said, "; ");
	strbuf_addf(said,
		    made ? _("change %u of the history, which was being written, is complete")
			 : _("change %u of the history, which was being written, was not made"),
		    (unsigned)entry->number);
	return true;
}

bool history_settle(struct folders *folders, const char *root, struct strbuf *said,
		    struct error *err)
{
	struct folder *folder = find_folder(folders, root, false, err);
	struct history_entry entry = { 0 };
	bool there = false, good = true;

	if (folder == NULL)
		return err->code == ERROR_NONE;
	if (!read_new(folder, &entry, &there))
		good = fail_errno(err, errno, N_("cannot read what is new in the history '%s'"),
				  folder->path);
	else if (entry.number > 0)
		good = journal_may_be_trusted(folder, err) &&
		       settle(folder, &entry, root, said, err);
	else if (there && unlinkat(folder->fd, NEW, 0) != 0 && errno != ENOENT)
		/* It was not whole, and so nothing had been changed. */
		good = fail_errno(err, errno, N_("cannot tidy the history '%s'"), folder->path);
	history_entry_release(&entry);
	return good;
}
