#include "config.h"

#include "store/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/write.h"
#include "host/state.h"
#include "store/fail.h"

/* Where nothing can be found at the folder's place. A journal that is there, and cannot be seen,
 * would lose its temporary files to a save that does not know of it. */
static bool no_place(const struct file_info *info, bool make, struct error *err)
{
	if (info->state == FILE_FAILED)
		return fail_errno(err, info->errnum, N_("cannot look for a journal in '%s'"),
				  STATE_FOLDER);
	if (make || info->state == FILE_DENIED)
		return error_set(err, ERROR_REFUSED,
				 _("cannot keep a journal in '%s': it %s; put that right first"),
				 STATE_FOLDER, file_state_text(info));
	return true;
}

struct folder *journal_folder(struct folders *folders, const char *root, bool make,
			      struct error *err)
{
	struct file_info info;
	char *path = folder_resolve(root, STATE_FOLDER, &info);
	struct store_folder wanted = { .mode = STATE_FOLDER_MODE };
	struct folder *folder = NULL;

	if (path == NULL) {
		(void)no_place(&info, make, err);
		return NULL;
	}
	folder = folder_open(folders, path, err);
	wanted.name = path + folders->root_len;
	/* What is no folder has no journal in it. */
	if (folder == NULL && !make && err->errnum == ENOTDIR)
		error_clear(err);
	if (folder != NULL && make && !folder_make(folders, folder, &wanted, 1, err))
		folder = NULL;
	if (folder != NULL && folder->fd < 0)
		folder = NULL;
	free(path);
	return folder;
}

bool journal_may_be_trusted(const struct folder *folder, struct error *err)
{
	struct stat st;

	if (fstat(folder->fd, &st) != 0)
		return fail_errno(err, errno, N_("cannot look at '%s'"), folder->path);
	if (st.st_uid != geteuid())
		return fail_state(err, ERROR_REFUSED,
				  N_("'%s' belongs to somebody else, who could write there what "
				     "is to be done with the files; give it to the user who runs "
				     "this, or remove it"),
				  folder->path);
	return (st.st_mode & 077) == 0 ||
	       fail_state(err, ERROR_REFUSED,
			  N_("others than its owner may enter '%s', where it is written what is "
			     "to be done with the files; look what is in it, then give it mode "
			     "0700"),
			  folder->path);
}

static bool fail(const struct journal *journal, struct error *err)
{
	return fail_errno(err, errno, N_("cannot write the journal of this save in '%s'"),
			  journal->folder->path);
}

bool journal_begin(struct journal *journal, struct folders *folders, const char *root,
		   const struct record *head, struct error *err)
{
	struct folder *folder = journal_folder(folders, root, true, err);
	struct strbuf text = STRBUF_INIT;
	bool good;

	*journal = (struct journal){ .fd = -1 };
	if (folder == NULL || !journal_may_be_trusted(folder, err))
		return false;
	journal->folder = folder;
	/* One that is there now belongs to nobody: we have the lock. */
	if (unlinkat(folder->fd, STATE_JOURNAL_NEW, 0) != 0 && errno != ENOENT)
		return fail(journal, err);
	RETRY(journal->fd, openat(folder->fd, STATE_JOURNAL_NEW,
				  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
	if (journal->fd < 0)
		return fail(journal, err);
	record_add_head(&text, head);
	good = write_all(journal->fd, text.buf, text.len) || fail(journal, err);
	strbuf_release(&text);
	return good;
}

/* Closes the file; an error that the file system kept until now counts. */
static bool close_file(struct journal *journal)
{
	int rc = close(journal->fd);

	journal->fd = -1;
	return rc == 0 || errno == EINTR;
}

static bool sync_folder(const struct journal *journal)
{
	int rc;

	RETRY(rc, fsync(journal->folder->fd));
	return rc == 0 || errno == EINVAL || errno == ENOTSUP;
}

bool journal_commit(struct journal *journal, const struct strbuf *steps, struct error *err)
{
	int folder = journal->folder->fd, rc;

	if (!write_all(journal->fd, steps->buf, steps->len))
		return fail(journal, err);
	RETRY(rc, fsync(journal->fd));
	if (rc != 0 || !close_file(journal) ||
	    renameat(folder, STATE_JOURNAL_NEW, folder, STATE_JOURNAL) != 0)
		return fail(journal, err);
	journal->committed = true;
	return sync_folder(journal) || fail(journal, err);
}

bool journal_end(struct journal *journal)
{
	const char *name = journal->committed ? STATE_JOURNAL : STATE_JOURNAL_NEW;
	const struct folder *folder = journal->folder;
	bool good = true;

	if (folder == NULL)
		return true;
	if (unlinkat(folder->fd, name, 0) == 0)
		(void)sync_folder(journal);
	else
		good = errno == ENOENT;
	journal_leave(journal);
	return good;
}

void journal_leave(struct journal *journal)
{
	if (journal->fd >= 0)
		(void)close_file(journal);
	journal->folder = NULL;
}
