#include "config.h"

#include "change/restore.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/restore_may.h"
#include "change/restore_plan.h"
#include "change/restore_text.h"

void restore_release(struct restore *restore)
{
	while (restore->nlost > 0) {
		struct restore_lost *lost = &restore->lost[--restore->nlost];

		free(lost->path);
		strbuf_release(&lost->what);
	}
	free(restore->lost);
	restore->lost = NULL;
}

static bool check_number(const struct history *history, uint32_t *number, struct error *err)
{
	uint32_t oldest, newest;

	if (history->folder.state != FILE_DIRECTORY && history->folder.state != FILE_MISSING)
		return error_set(err, ERROR_IO, _("the history %s; run this as its owner"),
				 file_state_text(&history->folder));
	if (history->count == 0)
		return error_set(err, ERROR_NOT_FOUND,
				 _("there is nothing to go back to: the history has no change"));
	oldest = history->items[0].entry.number;
	newest = history->items[history->count - 1].entry.number;
	if (*number == 0)
		*number = oldest - 1;
	if (*number > newest)
		return error_set(err, ERROR_NOT_FOUND,
				 _("there is no change %u in the history; the newest is %u"),
				 (unsigned)*number, (unsigned)newest);
	return *number + 1 >= oldest ||
	       error_set(
		       err, ERROR_NOT_FOUND,
		       _("change %u is not kept any more; the oldest is %u, and 0 goes back to what "
			 "was before that"),
		       (unsigned)*number, (unsigned)oldest);
}

/* All that is needed is vouched for. */
static bool check_believed(const struct history *history, uint32_t number, struct error *err)
{
	struct strbuf doubt = STRBUF_INIT;
	bool good = true;
	size_t i;

	for (i = 0; good && i < history->count; i++)
		good = history->items[i].entry.number < number ||
		       history->items[i].fault == HISTORY_GOOD;
	if (!good) {
		history_tell_doubt(history, &doubt);
		error_set(err, ERROR_IO, _("cannot go back to change %u: %s"), (unsigned)number,
			  doubt.buf);
	}
	strbuf_release(&doubt);
	return good;
}

static void add_lost(struct restore *restore, struct plan_file *file)
{
	struct restore_lost lost = { .path = xstrdup(file->path), .what = file->lost };

	file->lost = (struct strbuf)STRBUF_INIT;
	lost.may_go = restore->may_lose != NULL && restore->may_lose(restore->ctx, file->path);
	restore->is_lost = restore->is_lost || !lost.may_go;
	VEC_PUSH(restore->lost, restore->nlost, restore->cap, lost);
}

/* Whether the file is now what it is to become. */
static bool is_there(struct change *change, const struct plan_file *file)
{
	const struct doc *doc = file->location < LOCATION_FILES
					? host_doc(change_host(change), file->location)
					: NULL;
	const struct file_info *info = host_info(change_host(change), file->number);

	if (file->has_content && (file->exists != (doc != NULL) ||
				  (doc != NULL && !blob_equal(&doc->blob, &file->content))))
		return false;
	return !file->has_access || info->state == FILE_MISSING ||
	       ((info->mode & 07777) == file->mode && info->uid == file->uid &&
		info->gid == file->gid);
}

static bool restore_content(struct change *change, struct plan_file *file, const char *what,
			    struct error *err)
{
	const struct doc *now = host_doc(change_host(change), file->location);
	struct doc *old, *new;
	struct edits edits = { 0 }, undo = { 0 };
	bool good;

	if (!file->exists && now == NULL)
		return true;
	old = doc_new(locations[file->location].format,
		      now != NULL ? blob_copy(now->blob.data, now->blob.len, now->blob.secret)
				  : blob_new(0, locations[file->location].secret));
	new = doc_new(locations[file->location].format, file->content);
	file->content = (struct blob){ 0 };
	restore_edits(&edits, old, new);
	doc_free(doc_edit(old, &edits, &undo));
	good = (file->exists && edits.count == 0) ||
	       restore_may_edit(change, file->location, old, &edits, new, &undo, what, err);
	if (good && !file->exists) {
		change_remove_file(change, file->location);
	} else if (good) {
		change_apply(change, file->location, &edits);
		if (file->location == LOCATION_IKE_CONFIG && undo.count > 0)
			restore_force(change, &undo);
	}
	edits_release(&edits);
	edits_release(&undo);
	doc_free(old);
	doc_free(new);
	return good;
}

static bool restore_access(struct change *change, const struct plan_file *file, const char *what,
			   struct error *err)
{
	const struct file_info *info = host_info(change_host(change), file->number);
	struct access wanted = { file->mode, file->uid, file->gid };
	bool comes = file->has_content && file->exists && info->state == FILE_MISSING;

	if (!file->has_access || (file->has_content && !file->exists) ||
	    (info->state == FILE_MISSING && !comes) ||
	    (info->state != FILE_MISSING && (info->mode & 07777) == wanted.mode &&
	     info->uid == wanted.uid && info->gid == wanted.gid))
		return true;
	if (!comes && !restore_may_access(change, file->number, &wanted, what, err))
		return false;
	change_set_access(change, file->number, &wanted);
	return true;
}

static bool restore_files(struct change *change, struct plan_file *files, size_t count,
			  const char *what, struct error *err)
{
	bool good = true;
	size_t i;

	for (i = 0; good && i < count; i++)
		good = (!files[i].has_content || restore_content(change, &files[i], what, err)) &&
		       restore_access(change, &files[i], what, err);
	return good;
}

/* Names the files whose changes by others would go. */
static bool refuse_loss(const struct restore *restore, struct error *err)
{
	struct strbuf names = STRBUF_INIT;
	size_t i;

	for (i = 0; i < restore->nlost; i++)
		if (!restore->lost[i].may_go)
			strbuf_addf(&names, "%s%s", names.len > 0 ? ", " : "",
				    restore->lost[i].path);
	error_set(err, ERROR_CHANGED,
		  _("others have changed %s since, and that would go; nothing was changed"),
		  names.buf);
	strbuf_release(&names);
	return false;
}

bool restore_to(struct change *change, uint32_t number, struct restore *restore, struct error *err)
{
	struct host *host = change_host(change);
	const struct history *history;
	struct strbuf what = STRBUF_INIT;
	struct plan_file *files;
	const char **paths;
	size_t count = 0, n, i;
	bool good;

	/* As it is now, not when somebody looked first. */
	host_forget_history(host);
	history = host_history(host);
	if (!check_number(history, &number, err) || !check_believed(history, number, err))
		return false;
	restore->number = number;
	if (number >= history->items[0].entry.number)
		strbuf_addf(&what, _("restore the state after change %u"), (unsigned)number);
	else
		strbuf_addf(&what, _("restore the state before change %u"), (unsigned)number + 1);
	paths = plan_paths(history, &n);
	files = xcalloc(n, sizeof *files);
	good = true;
	for (i = 0; good && i < n; i++) {
		good = plan_file_find(&files[count], host, number, paths[i], err);
		if (good && files[count].lost.len > 0 && !is_there(change, &files[count]))
			add_lost(restore, &files[count]);
		count++;
	}
	good = good && (!restore->is_lost || refuse_loss(restore, err));
	if (good) {
		change_begin(change, what.buf);
		good = restore_files(change, files, count, what.buf, err);
		if (!good)
			change_end(change, false);
	}
	for (i = 0; i < count; i++)
		plan_file_release(&files[i]);
	free(files);
	free(paths);
	strbuf_release(&what);
	return good;
}
