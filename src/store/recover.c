#include "config.h"

#include "store/recover.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/blob.h"
#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "host/state.h"
#include "store/fail.h"
#include "store/history.h"
#include "store/journal.h"
#include "store/leftovers.h"
#include "store/signals.h"

enum { MAX_JOURNAL = 1 << 20 };

/* A file of the journal, as it is found. */
struct found {
	const struct step *step;
	const char *path; /* below the root */
	const char *base; /* in PATH: the name in FOLDER */
	struct folder *folder;
	struct progress progress;
};

struct recovery {
	struct folders folders;
	struct folder *state;
	struct record record;
	struct found *found; /* as many as the record has steps */
	bool finish;         /* else taken back */
};

/*
 * The text of the journal NAME, which the caller frees; NULL with ERR set. It belongs to the user
 * we run as, alone, like its folder.
 */
static char *read_journal(const struct folder *state, const char *name, const char *shown,
			  struct error *err)
{
	struct blob blob = { 0 };
	char *text = NULL;
	struct stat st;
	int fd;

	RETRY(fd, openat(state->fd, name, READ_FLAGS));
	if (fd < 0 || fstat(fd, &st) != 0)
		fail_errno(err, errno, N_("cannot read the journal '%s'"), shown);
	else if (!S_ISREG(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & 077) != 0 ||
		 st.st_nlink != 1)
		fail_state(
			err, ERROR_REFUSED,
			N_("'%s' may have been written by somebody else, so that nothing it says "
			   "is done; look what it is, and move it away"),
			shown);
	else if (blob_read(&blob, fd, (size_t)st.st_size, MAX_JOURNAL, false, shown, err))
		text = xstrndup(blob.data, blob.len);
	blob_release(&blob);
	if (fd >= 0)
		close(fd);
	return text;
}

static bool find_file(struct recovery *rec, size_t i, struct error *err)
{
	struct found *found = &rec->found[i];
	char *above;
	bool good = true;

	found->step = &rec->record.steps[i].step;
	found->path = rec->record.steps[i].path;
	found->base = strrchr(found->path, '/') + 1;
	above = xstrndup(found->path, (size_t)(found->base - 1 - found->path));
	found->folder = folder_below(&rec->folders, above, err);
	free(above);
	if (found->folder == NULL)
		return false;
	if (found->folder->fd < 0)
		/* Somebody has removed the folder. */
		found->progress = (struct progress){ .at = PROGRESS_STRANGER,
						     .can_do = true,
						     .can_undo = true };
	else
		good = step_look(found->step, found->folder->fd, found->base, &found->progress);
	return good || fail_errno(err, errno, N_("cannot look at '%s'"), found->path);
}

/* Looks at all files, and decides. Nothing is changed yet. */
static bool find_files(struct recovery *rec, struct error *err)
{
	bool can_do = true, can_undo = true;
	size_t i;

	rec->found = xcalloc(rec->record.nsteps, sizeof *rec->found);
	for (i = 0; i < rec->record.nsteps; i++) {
		if (!find_file(rec, i, err))
			return false;
		can_do = can_do && rec->found[i].progress.can_do;
		can_undo = can_undo && rec->found[i].progress.can_undo;
	}
	rec->finish = can_do;
	return can_do || can_undo ||
	       error_set(err, ERROR_IO,
			 _("an interrupted save can neither be finished nor taken back, since "
			   "temporary files of it are missing; compare the files with a copy, then "
			   "remove the journal '%s/%s'"),
			 rec->state->path, STATE_JOURNAL);
}

/* Somebody's file that was exchanged for ours in the last moment is his again. */
static bool return_stranger(struct found *found)
{
	const struct step *step = found->step;
	const char *name = step->work == WORK_REMOVE ? step->old_name : step->new_name;
	int folder = found->folder->fd;

	if (!found->progress.took_stranger)
		return true;
	found->progress.at = PROGRESS_STRANGER;
	found->folder->changed = true;
	return renameat(folder, name, folder, found->base) == 0;
}

/* A secret that got its real name has not yet the permissions that others have. */
static bool widen(const struct found *found)
{
	const struct step *step = found->step;
	int fd, errnum;
	bool good;

	if (step->work != WORK_WRITE || !step->secret || !attributes_are_wide(&step->wanted))
		return true;
	RETRY(fd, openat(found->folder->fd, found->base, READ_FLAGS));
	good = fd >= 0 && step_widen(step, fd);
	errnum = errno;
	if (fd >= 0)
		close(fd);
	errno = errnum;
	return good;
}

static bool finish_file(struct found *found)
{
	if (found->progress.at == PROGRESS_OLD || found->progress.at == PROGRESS_BETWEEN) {
		enum swap swap = step_do(found->step, found->folder->fd, found->base);

		found->folder->changed = true;
		if (swap == SWAP_FAILED)
			return false;
		found->progress.at = swap == SWAP_DONE ? PROGRESS_NEW : PROGRESS_STRANGER;
	}
	return found->progress.at != PROGRESS_NEW || widen(found);
}

static bool take_file_back(struct found *found)
{
	enum swap swap;

	if (found->progress.at != PROGRESS_NEW && found->progress.at != PROGRESS_BETWEEN)
		return true;
	swap = step_undo(found->step, found->folder->fd, found->base);
	found->folder->changed = true;
	if (swap == SWAP_STRANGER)
		found->progress.at = PROGRESS_STRANGER;
	return swap != SWAP_FAILED;
}

static bool do_files(struct recovery *rec, struct error *err)
{
	size_t i;

	for (i = 0; i < rec->record.nsteps; i++) {
		struct found *found = &rec->found[i];

		if (found->folder->fd < 0)
			continue;
		if (!return_stranger(found) ||
		    !(rec->finish ? finish_file(found) : take_file_back(found)))
			return fail_errno(err, errno,
					  rec->finish
						  ? N_("cannot finish an interrupted save: '%s'")
						  : N_("cannot take an interrupted save back: "
						       "'%s'"),
					  found->path);
	}
	if (!folders_sync(&rec->folders, err))
		return false;
	return true;
}

/* Removes what is beside the files and, where nothing is left there, the journal. */
static void tidy(struct recovery *rec)
{
	struct journal journal = { .folder = rec->state, .fd = -1, .committed = true };
	bool good = true;
	size_t i;

	for (i = 0; i < rec->record.nsteps; i++)
		if (rec->found[i].folder->fd >= 0)
			good = step_tidy(rec->found[i].step, rec->found[i].folder->fd) && good;
	if (!rec->finish)
		leftovers_unmake(&rec->folders, &rec->record);
	if (good)
		(void)journal_end(&journal);
}

static void tell(const struct recovery *rec, struct strbuf *said)
{
	struct strbuf which = STRBUF_INIT;
	bool any = false;
	size_t i;

	leftovers_name(&rec->record, &which);
	strbuf_addf(said, rec->finish ? _("%s was finished") : _("%s was taken back"), which.buf);
	strbuf_release(&which);
	for (i = 0; i < rec->record.nsteps; i++) {
		if (rec->found[i].progress.at != PROGRESS_STRANGER)
			continue;
		strbuf_addstr(said, any ? ", '"
					: _("; changed by someone else since, and left alone: '"));
		print_addstr(said, rec->found[i].path);
		strbuf_addch(said, '\'');
		any = true;
	}
}

static bool recover_journal(struct recovery *rec, struct strbuf *said, struct error *err)
{
	struct strbuf shown = STRBUF_INIT;
	char *text = NULL;
	bool good;

	strbuf_addf(&shown, "%s/%s", rec->state->path, STATE_JOURNAL);
	good = journal_may_be_trusted(rec->state, err);
	if (good) {
		text = read_journal(rec->state, STATE_JOURNAL, shown.buf, err);
		good = text != NULL && record_parse(&rec->record, text, false, shown.buf, err);
	}
	good = good && find_files(rec, err) && do_files(rec, err);
	if (good) {
		tidy(rec);
		tell(rec, said);
	}
	free(text);
	strbuf_release(&shown);
	return good;
}

/* One that was interrupted before it changed a file. */
static bool recover_begun(struct recovery *rec, struct strbuf *said, struct error *err)
{
	struct journal journal = { .folder = rec->state, .fd = -1 };
	struct error cut = ERROR_INIT;
	char *text;
	bool good = true;

	if (!journal_may_be_trusted(rec->state, err))
		return false;
	text = read_journal(rec->state, STATE_JOURNAL_NEW, rec->state->path, err);
	if (text == NULL)
		return false;
	/* Where even its beginning is cut nothing else was done. */
	if (record_parse(&rec->record, text, true, rec->state->path, &cut))
		good = leftovers_tidy(&rec->folders, &rec->record, said, err);
	if (good)
		journal_end(&journal);
	error_clear(&cut);
	free(text);
	return good;
}

/* Sets *THERE. */
static bool look_for(const struct folder *state, const char *name, bool *there, struct error *err)
{
	struct stat st;

	*there = state != NULL && fstatat(state->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
	return *there || state == NULL || errno == ENOENT ||
	       fail_errno(err, errno, N_("cannot look for a journal in '%s'"), state->path);
}

static bool recover_state(struct recovery *rec, struct strbuf *said, struct error *err)
{
	bool journal, begun;

	if (!look_for(rec->state, STATE_JOURNAL, &journal, err) ||
	    !look_for(rec->state, STATE_JOURNAL_NEW, &begun, err))
		return false;
	if (journal)
		return recover_journal(rec, said, err);
	return !begun || recover_begun(rec, said, err);
}

static void recovery_release(struct recovery *rec)
{
	record_release(&rec->record);
	free(rec->found);
	folders_close(&rec->folders);
}

bool store_recover(struct lock *lock, struct strbuf *said, struct error *err)
{
	struct recovery rec = { .state = NULL };
	bool good = folders_open(&rec.folders, lock_root(lock), err);
	sigset_t before;

	signals_hold(&before);
	if (good)
		rec.state = journal_folder(&rec.folders, lock_root(lock), false, err);
	good = good && (rec.state != NULL || err->code == ERROR_NONE) &&
	       recover_state(&rec, said, err) &&
	       history_settle(&rec.folders, lock_root(lock), said, err);
	if (good)
		leftovers_sweep(&rec.folders, lock, said);
	recovery_release(&rec);
	signals_release(&before);
	return good;
}
