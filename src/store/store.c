#include "config.h"

#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "store/fail.h"
#include "store/folder.h"
#include "store/history.h"
#include "store/journal.h"
#include "store/saver.h"
#include "store/recover.h"
#include "store/signals.h"
#include "store/target.h"

struct save {
	const struct store_plan *plan;
	struct folders folders;
	struct target *targets; /* in the order of their paths */
	size_t count;
	struct journal journal;
	struct history_pending history;
};

/* Where the journal stays. */
static const char next_start[] = N_("the next start finishes this save or takes it back");

static int compare_paths(const void *a, const void *b)
{
	const struct target *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* The path below the root. */
static const char *below_root(const struct save *save, const char *path)
{
	path += save->folders.root_len;
	return *path != '\0' ? path : "/";
}

/* Finds every file and sorts them, so that two savers and two runs go the same way. */
static bool save_find(struct save *save, const char *root, struct error *err)
{
	size_t i;

	if (!folders_open(&save->folders, root, err))
		return false;
	for (i = 0; i < save->count; i++) {
		save->targets[i].item = &save->plan->items[i];
		save->targets[i].number = i;
	}
	for (i = 0; i < save->count; i++)
		if (!target_find(&save->targets[i], &save->folders, root, err))
			return false;
	qsort(save->targets, save->count, sizeof *save->targets, compare_paths);
	for (i = 1; i < save->count; i++)
		if (compare_paths(&save->targets[i - 1], &save->targets[i]) == 0)
			return fail_state(err, ERROR_REFUSED,
					  N_("'%s' is named twice in one change; make two changes "
					     "of it"),
					  save->targets[i].path);
	return true;
}

/* Sets *WORK where there is anything to do. */
static bool save_check(struct save *save, bool *work, struct error *err)
{
	size_t i;

	*work = false;
	for (i = 0; i < save->count; i++) {
		if (!target_check(&save->targets[i], err))
			return false;
		if (save->targets[i].step.work != WORK_NONE)
			*work = true;
	}
	return true;
}

/*
 * A plan that changes the disk once is done or not done; it needs no journal. More than that are
 * several files, a folder that has to be made, owner and mode together, or a secret that others may
 * read, which gets its permissions after its name.
 */
static bool needs_journal(const struct save *save)
{
	unsigned changes = 0;
	size_t i;

	for (i = 0; i < save->count; i++) {
		const struct target *target = &save->targets[i];

		changes += step_changes(&target->step);
		if (target->step.work != WORK_NONE && target->folder->fd < 0)
			changes++;
	}
	return changes > 1 && !save->plan->alone;
}

/* Adds the folder and those above it that are to be made, a parent before what is in it. */
static void add_missing(const struct save *save, const struct folder *folder, struct record *head)
{
	size_t i;

	if (folder->fd >= 0)
		return;
	add_missing(save, folder->parent, head);
	for (i = 0; i < head->nfolders; i++)
		if (strcmp(head->folders[i], below_root(save, folder->path)) == 0)
			return;
	VEC_PUSH(head->folders, head->nfolders, head->folders_cap,
		 xstrdup(below_root(save, folder->path)));
}

/* Which save it is, and where traces of it can be. */
static void make_head(const struct save *save, struct record *head)
{
	struct saver owner = saver_now();
	const struct folder *last = NULL;
	size_t i;

	*head = (struct record){ .time = owner.since, .uid = owner.uid, .pid = owner.pid };
	for (i = 0; i < save->count; i++) {
		const struct target *target = &save->targets[i];

		if (target->step.work == WORK_NONE)
			continue;
		head->files++;
		add_missing(save, target->folder, head);
		if (target->folder != last)
			VEC_PUSH(head->places, head->nplaces, head->places_cap,
				 xstrdup(below_root(save, target->folder->path)));
		last = target->folder;
	}
}

static bool begin_journal(struct save *save, struct error *err)
{
	struct record head;
	bool good;

	if (!needs_journal(save))
		return true;
	make_head(save, &head);
	good = journal_begin(&save->journal, &save->folders, save->folders.items[0]->path, &head,
			     err);
	record_release(&head);
	return good;
}

/* From here on the save is finished, whoever does it; or it is taken back. */
static bool commit_journal(struct save *save, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	size_t i, steps = 0;
	bool good;

	if (save->journal.folder == NULL)
		return true;
	/* What the journal names is to be there whenever the journal is. */
	if (!folders_sync(&save->folders, err))
		return false;
	for (i = 0; i < save->count; i++) {
		const struct target *target = &save->targets[i];

		if (target->step.work == WORK_NONE)
			continue;
		record_add_step(&text, below_root(save, target->path), &target->step);
		steps++;
	}
	record_add_end(&text, steps);
	good = journal_commit(&save->journal, &text, err);
	strbuf_release(&text);
	return good;
}

static bool save_prepare(struct save *save, struct error *err)
{
	const struct store_plan *plan = save->plan;
	const struct folder *swept = NULL;
	size_t i;

	for (i = 0; i < save->count; i++) {
		struct target *target = &save->targets[i];

		if (target->step.work == WORK_NONE)
			continue;
		if (!folder_make(&save->folders, target->folder, plan->folders, plan->nfolders,
				 err))
			return false;
		/* The order of the paths keeps most files of one folder together. */
		if (target->folder != swept)
			folder_sweep(target->folder, 0);
		swept = target->folder;
	}
	for (i = 0; i < save->count; i++)
		if (!target_prepare(&save->targets[i], err))
			return false;
	return true;
}

static bool begin_history(struct save *save, struct error *err)
{
	const struct history_note *note = save->plan->history;

	return note == NULL || save->plan->alone ||
	       history_begin(&save->history, &save->folders, save->folders.items[0]->path, note,
			     save->targets, save->count, err);
}

/* Before the first rename: all new files are on the disk, and every old one is as it was. */
static bool commit_begin(struct save *save, struct error *err)
{
	size_t i;

	for (i = 0; i < save->count; i++)
		if (!target_look(&save->targets[i], err))
			return false;
	return begin_history(save, err) && commit_journal(save, err);
}

/* After the last rename: the names are on the disk, every file holds what it should, and nobody has
 * written into an old one. */
static bool commit_end(struct save *save, struct error *err)
{
	size_t i;

	if (!folders_sync(&save->folders, err))
		return false;
	for (i = 0; i < save->count; i++)
		if (!target_verify(&save->targets[i], err))
			return false;
	for (i = 0; i < save->count; i++)
		if (!target_settle(&save->targets[i], err))
			return false;
	return history_commit(&save->history, err);
}

static void tell_file(const struct target *target, bool journal, struct strbuf *text)
{
	struct strbuf path = STRBUF_INIT;

	print_addstr(&path, target->path);
	strbuf_addch(text, ' ');
	if (!target->committed)
		strbuf_addf(text, _("'%s' is as it was."), path.buf);
	else if (target->stranger)
		strbuf_addf(text, _("'%s' was changed by someone else meanwhile, and left alone."),
			    path.buf);
	else if (target->step.old_name[0] == '\0' || journal)
		strbuf_addf(text, _("'%s' is changed."), path.buf);
	else
		strbuf_addf(text,
			    _("'%s' is changed; until the next save its old content is beside it "
			      "in '%s'."),
			    path.buf, target->step.old_name);
	strbuf_release(&path);
}

/* Says behind what went wrong which of the files are new and which are as they were. */
static void tell_files(const struct save *save, struct error *err)
{
	bool journal = save->journal.committed;
	struct strbuf text = STRBUF_INIT;
	size_t i;

	strbuf_addf(&text, _("%s; the change could not be taken back:"), err->text);
	for (i = 0; i < save->count; i++)
		if (save->targets[i].step.work != WORK_NONE)
			tell_file(&save->targets[i], journal, &text);
	if (journal)
		strbuf_addf(&text, " %s", _("The next start finishes this save or takes it back."));
	error_set(err, err->code, "%s", text.buf);
	strbuf_release(&text);
}

/* Takes back what was committed. False where something of it is not as it was, on the disk too. */
static bool save_undo(struct save *save, struct error *err)
{
	struct error ignored = ERROR_INIT;
	bool renamed = false, good = true, settled = true;
	int errnum = err->errnum;
	size_t i;

	for (i = save->count; i > 0; i--) {
		struct target *target = &save->targets[i - 1];

		renamed = renamed || target->committed;
		good = target_undo(target) && good;
		/* What somebody else has changed is his now. */
		settled = settled && (!target->committed || target->stranger);
	}
	if (renamed)
		settled = folders_sync(&save->folders, &ignored) && settled;
	error_clear(&ignored);
	if (!good)
		tell_files(save, err);
	else
		error_set(err, err->code, _("%s (nothing was changed)"), err->text);
	err->errnum = errnum;
	return settled;
}

static bool save_commit(struct save *save, struct error *err)
{
	bool good;
	size_t i;

	good = commit_begin(save, err);
	for (i = 0; good && i < save->count; i++)
		good = target_commit(&save->targets[i], err);
	return good && commit_end(save, err);
}

/* Removes what is beside the files; what could not be taken back keeps its old content there. */
static bool save_tidy(struct save *save, bool good)
{
	bool tidy = true;
	size_t i;

	for (i = 0; i < save->count; i++) {
		const struct target *target = &save->targets[i];

		if (good || !target->committed || target->stranger)
			tidy = target_tidy(target) && tidy;
	}
	return tidy;
}

/* Takes back what was done, and the journal with it. */
static void save_fail(struct save *save, struct error *err)
{
	bool settled = save_undo(save, err), committed = save->journal.committed;

	/* What could not be taken back stays recorded, until the next start knows what became of
	 * it. */
	if (settled)
		(void)history_drop(&save->history);
	(void)save_tidy(save, false);
	if (!settled)
		journal_leave(&save->journal);
	else if (!journal_end(&save->journal) && committed)
		error_append(err, "; %s", _(next_start));
	folders_unmake(&save->folders);
}

static void save_finish(struct save *save)
{
	history_prune(&save->history, save->plan->history);
	if (save_tidy(save, true))
		(void)journal_end(&save->journal);
	else
		/* The next start finds what is still beside the files. */
		journal_leave(&save->journal);
}

static bool save_write(struct save *save, struct error *err)
{
	sigset_t before;
	bool good;

	signals_hold(&before);
	good = begin_journal(save, err) && save_prepare(save, err) && save_commit(save, err);
	if (good)
		save_finish(save);
	else
		save_fail(save, err);
	signals_release(&before);
	return good;
}

static enum store_result result_of(const struct target *target)
{
	switch (target->step.work) {
	case WORK_WRITE:
		return target->exists ? STORE_REPLACED : STORE_CREATED;
	case WORK_REMOVE:
		return STORE_REMOVED;
	case WORK_ADJUST:
		return STORE_ADJUSTED;
	case WORK_NONE:
		break;
	}
	return STORE_UNCHANGED;
}

static void save_report(const struct save *save, struct store_report *report)
{
	size_t i;

	report->count = save->count;
	report->number = save->history.number;
	report->items = xcalloc(save->count, sizeof *report->items);
	for (i = 0; i < save->count; i++) {
		const struct target *target = &save->targets[i];
		struct store_done *done = &report->items[target->number];

		done->path = xstrdup(target->path);
		done->result = result_of(target);
		done->bytes = target->step.work == WORK_WRITE ? target->item->new->len : 0;
		done->mode = target->step.wanted.mode;
		done->other_names =
			target->step.work == WORK_WRITE || target->step.work == WORK_REMOVE
				? target->other_names
				: 0;
		done->owner_left_out = target->owner_left_out;
		done->changed_since = target->stranger;
	}
}

static bool save_all(struct save *save, const char *root, struct store_report *report,
		     struct error *err)
{
	bool good, work;
	size_t i;

	save->targets = xcalloc(save->count, sizeof *save->targets);
	good = save_find(save, root, err) && save_check(save, &work, err);
	if (good && work)
		good = save_write(save, err);
	if (good)
		save_report(save, report);
	for (i = 0; i < save->count; i++)
		target_release(&save->targets[i]);
	free(save->targets);
	folders_close(&save->folders);
	return good;
}

bool store_save(struct lock *lock, const struct store_plan *plan, struct store_report *report,
		struct error *err)
{
	struct save save = { .plan = plan, .count = plan->count, .journal = { .fd = -1 } };
	struct strbuf said = STRBUF_INIT;
	bool good;

	*report = (struct store_report){ 0 };
	good = plan->alone || store_recover(lock, &said, err);
	good = good && save_all(&save, lock_root(lock), report, err);
	/* What was found was done, whatever became of the save. */
	if (said.len > 0 && good)
		report->recovered = strbuf_detach(&said, NULL);
	else if (said.len > 0)
		error_prefix(err, "%s", said.buf);
	strbuf_release(&said);
	return good;
}

void store_report_release(struct store_report *report)
{
	size_t i;

	for (i = 0; i < report->count; i++)
		free(report->items[i].path);
	free(report->items);
	free(report->recovered);
	*report = (struct store_report){ 0 };
}
