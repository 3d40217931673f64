#include "config.h"

#include "store/store.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "store/fail.h"
#include "store/folder.h"
#include "store/target.h"

struct save {
	const struct store_plan *plan;
	struct folders folders;
	struct target *targets; /* in the order of their paths */
	size_t count;
};

static int compare_paths(const void *a, const void *b)
{
	const struct target *x = a, *y = b;

	return strcmp(x->path, y->path);
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
		if (save->targets[i].work != WORK_NONE)
			*work = true;
	}
	return true;
}

static bool save_prepare(struct save *save, struct error *err)
{
	const struct store_plan *plan = save->plan;
	const struct folder *swept = NULL;
	size_t i;

	for (i = 0; i < save->count; i++) {
		struct target *target = &save->targets[i];

		if (target->work == WORK_NONE)
			continue;
		if (!folder_make(&save->folders, target->folder, plan->folders, plan->nfolders,
				 err))
			return false;
		/* The order of the paths keeps most files of one folder together. */
		if (target->folder != swept)
			folder_sweep(target->folder);
		swept = target->folder;
	}
	for (i = 0; i < save->count; i++)
		if (!target_prepare(&save->targets[i], err))
			return false;
	return true;
}

/* Before the first rename: all new files are on the disk, and every old one is as it was. */
static bool commit_begin(struct save *save, struct error *err)
{
	size_t i;

	for (i = 0; i < save->count; i++)
		if (!target_look(&save->targets[i], err))
			return false;
	return true;
}

/* After the last rename: the names are on the disk, and every file holds what it should. */
static bool commit_end(struct save *save, struct error *err)
{
	size_t i;

	if (!folders_sync(&save->folders, err))
		return false;
	for (i = 0; i < save->count; i++)
		if (!target_verify(&save->targets[i], err))
			return false;
	return true;
}

static void tell_file(const struct target *target, struct strbuf *text)
{
	struct strbuf path = STRBUF_INIT;

	print_addstr(&path, target->path);
	strbuf_addch(text, ' ');
	if (!target->committed)
		strbuf_addf(text, _("'%s' is as it was."), path.buf);
	else if (target->old_name[0] == '\0')
		strbuf_addf(text, _("'%s' is changed."), path.buf);
	else
		strbuf_addf(text,
			    _("'%s' is changed; until the next save its old content is beside it "
			      "in '%s'."),
			    path.buf, target->old_name);
	strbuf_release(&path);
}

/* Says behind what went wrong which of the files are new and which are as they were. */
static void tell_files(const struct save *save, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	size_t i;

	strbuf_addf(&text, _("%s; the change could not be taken back:"), err->text);
	for (i = 0; i < save->count; i++)
		if (save->targets[i].work != WORK_NONE)
			tell_file(&save->targets[i], &text);
	error_set(err, err->code, "%s", text.buf);
	strbuf_release(&text);
}

static void save_undo(struct save *save, struct error *err)
{
	struct error ignored = ERROR_INIT;
	bool renamed = false, good = true;
	int errnum = err->errnum;
	size_t i;

	for (i = save->count; i > 0; i--) {
		renamed = renamed || save->targets[i - 1].committed;
		good = target_undo(&save->targets[i - 1]) && good;
	}
	if (renamed)
		(void)folders_sync(&save->folders, &ignored);
	error_clear(&ignored);
	if (!good)
		tell_files(save, err);
	else
		error_set(err, err->code, _("%s (nothing was changed)"), err->text);
	err->errnum = errnum;
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

/* A signal that comes now is delivered when no temporary file is left. */
static void hold_signals(sigset_t *before)
{
	static const int held[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP };
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < ARRAY_SIZE(held); i++)
		sigaddset(&set, held[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

static bool save_write(struct save *save, struct error *err)
{
	sigset_t before;
	bool good;
	size_t i;

	hold_signals(&before);
	good = save_prepare(save, err) && save_commit(save, err);
	if (!good)
		save_undo(save, err);
	/* What could not be taken back keeps its old content. */
	for (i = 0; i < save->count; i++)
		if (good || !save->targets[i].committed)
			target_tidy(&save->targets[i]);
	if (!good)
		folders_unmake(&save->folders);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return good;
}

static enum store_result result_of(const struct target *target)
{
	switch (target->work) {
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
	report->items = xcalloc(save->count, sizeof *report->items);
	for (i = 0; i < save->count; i++) {
		const struct target *target = &save->targets[i];
		struct store_done *done = &report->items[target->number];

		done->path = xstrdup(target->path);
		done->result = result_of(target);
		done->bytes = target->work == WORK_WRITE ? target->item->new->len : 0;
		done->mode = target->wanted.mode;
		done->other_names = target->work == WORK_WRITE || target->work == WORK_REMOVE
					    ? target->other_names
					    : 0;
		done->owner_left_out = target->owner_left_out;
	}
}

bool store_save(const struct lock *lock, const struct store_plan *plan, struct store_report *report,
		struct error *err)
{
	struct save save = { .plan = plan, .count = plan->count };
	bool good, work;
	size_t i;

	*report = (struct store_report){ 0 };
	save.targets = xcalloc(plan->count, sizeof *save.targets);
	good = save_find(&save, lock_root(lock), err) && save_check(&save, &work, err);
	if (good && work)
		good = save_write(&save, err);
	if (good)
		save_report(&save, report);
	for (i = 0; i < save.count; i++)
		target_release(&save.targets[i]);
	free(save.targets);
	folders_close(&save.folders);
	return good;
}

void store_report_release(struct store_report *report)
{
	size_t i;

	for (i = 0; i < report->count; i++)
		free(report->items[i].path);
	free(report->items);
	*report = (struct store_report){ 0 };
}
