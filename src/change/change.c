#include "config.h"

#include "change/change_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "lint/check.h"

void change_step_release(struct step *step)
{
	size_t i;

	for (i = 0; i < step->nparts; i++) {
		edits_release(&step->parts[i].redo);
		edits_release(&step->parts[i].undo);
	}
	for (i = 0; i < step->nrules; i++)
		free(step->rules[i]);
	free(step->parts);
	free(step->title);
	free(step->inverse);
	free(step->rules);
	*step = (struct step){ 0 };
}

void change_truncate_notes(struct change *change, size_t count)
{
	while (change->nnotes > count)
		free(change->notes[--change->nnotes]);
}

struct change *change_new(struct host *host, const struct profile *profile, enum role role)
{
	struct change *change = xcalloc(1, sizeof *change);

	change->host = host;
	change->profile = profile;
	change->role = role;
	return change;
}

void change_forget_loaded(struct change *change)
{
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++) {
		doc_free(change->loaded[i]);
		change->loaded[i] = NULL;
		change->touched[i] = false;
		change->gone[i] = false;
	}
	change->naccessed = 0;
	change_truncate_notes(change, 0);
}

static void free_list(char **items, size_t count)
{
	while (count > 0)
		free(items[--count]);
	free(items);
}

void change_free(struct change *change)
{
	size_t i;

	if (change == NULL)
		return;
	change_forget_loaded(change);
	for (i = 0; i < change->nsteps; i++)
		change_step_release(&change->steps[i]);
	change_step_release(&change->making);
	free(change->steps);
	free(change->accessed);
	free(change->notes);
	free_list(change->overrides, change->noverrides);
	free_list(change->taken, change->ntaken);
	free(change);
}

void change_keep_history(struct change *change, const struct change_history *history)
{
	change->history = *history;
}

struct host *change_host(struct change *change)
{
	return change->host;
}

const struct profile *change_profile(const struct change *change)
{
	return change->profile;
}

enum role change_role(const struct change *change)
{
	return change->role;
}

bool change_override(struct change *change, const char *id, struct error *err)
{
	if (change->role != ROLE_ADMIN)
		return error_set(
			err, ERROR_REFUSED,
			_("refused by %s: only the role admin may set a rule aside, and this is %s"),
			id, role_name(change->role));
	if ((strncmp(id, "COEX-", 5) != 0 && strncmp(id, "MSS-", 4) != 0 &&
	     strncmp(id, "FILE-", 5) != 0) ||
	    check_find(id) < 0)
		return error_set(err, ERROR_USAGE,
				 _("'%s' is no coexistence rule that could be set aside"), id);
	VEC_PUSH(change->overrides, change->noverrides, change->overrides_cap, xstrdup(id));
	return true;
}

bool change_is_overridden(const struct change *change, const char *id)
{
	size_t i;

	for (i = 0; i < change->noverrides; i++)
		if (strcmp(change->overrides[i], id) == 0)
			return true;
	return false;
}

void change_replace(struct change *change, enum location location, struct doc *doc)
{
	struct doc *old = host_replace(change->host, location, doc);

	if (change->touched[location]) {
		doc_free(old);
	} else {
		change->touched[location] = true;
		change->loaded[location] = old;
	}
}

void change_begin(struct change *change, const char *title)
{
	if (change->grouped) {
		change->inner = change_mark(change);
		return;
	}
	change->making = (struct step){ .notes = change->nnotes };
	change_name(change, title);
}

void change_name(struct change *change, const char *title)
{
	struct strbuf text = STRBUF_INIT;

	print_addstr(&text, title);
	free(change->making.title);
	change->making.title = strbuf_detach(&text, NULL);
}

static void add_part(struct change *change, struct part part)
{
	VEC_PUSH(change->making.parts, change->making.nparts, change->making.parts_cap, part);
}

struct doc *change_doc(struct change *change, enum location location)
{
	/* A file that is not there is an empty one as soon as something is put into it. */
	if (host_doc(change->host, location) == NULL)
		change_replace(change, location,
			       doc_new(locations[location].format,
				       blob_new(0, locations[location].format->secret)));
	return host_doc(change->host, location);
}

void change_apply(struct change *change, enum location location, struct edits *edits)
{
	struct part part = { .location = location, .redo = *edits };
	struct doc *doc;

	if (edits->count == 0)
		return;
	part.creates = host_doc(change->host, location) == NULL || change->gone[location];
	doc = change_doc(change, location);
	change->gone[location] = false;
	change_replace(change, location, doc_edit(doc, edits, &part.undo));
	add_part(change, part);
	*edits = (struct edits){ 0 };
}

void change_remove_file(struct change *change, enum location location)
{
	struct part part = { .location = location, .removes = true };
	const struct format *format = locations[location].format;
	const struct doc *doc = host_doc(change->host, location);
	struct edits edits = { 0 };

	if (doc == NULL || change->gone[location])
		return;
	if (doc->blob.len > 0)
		edits_add(&edits, doc, (struct span){ 0, (uint32_t)doc->blob.len }, "", 0);
	change_apply(change, location, &edits);
	/* One that was empty counts as changed too. */
	change_replace(change, location, doc_new(format, blob_new(0, format->secret)));
	change->gone[location] = true;
	add_part(change, part);
}

struct access access_of(const struct file_info *info)
{
	return (struct access){ info->mode & 07777, info->uid, info->gid };
}

bool access_equal(const struct access *a, const struct access *b)
{
	return a->mode == b->mode && a->uid == b->uid && a->gid == b->gid;
}

void change_put_access(struct change *change, uint32_t number, const struct access *access)
{
	struct file_info *info = host_info(change->host, number);
	size_t i;

	for (i = 0; i < change->naccessed; i++)
		if (change->accessed[i].number == number)
			break;
	if (i == change->naccessed) {
		struct accessed accessed = { number, *info };

		VEC_PUSH(change->accessed, change->naccessed, change->accessed_cap, accessed);
	}
	info->mode = (info->mode & ~(mode_t)07777) | access->mode;
	info->uid = access->uid;
	info->gid = access->gid;
}

void change_set_access(struct change *change, uint32_t number, const struct access *access)
{
	const struct file_info *info = host_info(change->host, number);
	struct part part = {
		.is_access = true, .number = number, .before = access_of(info), .after = *access
	};

	if (access_equal(&part.before, access))
		return;
	change_put_access(change, number, access);
	add_part(change, part);
}

struct change_mark change_mark(const struct change *change)
{
	return (struct change_mark){ change->making.nparts, change->nnotes };
}

void change_back_to(struct change *change, struct change_mark mark)
{
	struct step *step = &change->making;

	while (step->nparts > mark.parts) {
		struct part *part = &step->parts[--step->nparts];

		change_undo_part(change, part);
		edits_release(&part->redo);
		edits_release(&part->undo);
	}
	change_truncate_notes(change, mark.notes);
}

void change_begin_group(struct change *change, const char *title)
{
	change_begin(change, title);
	change->grouped = true;
}

void change_end_group(struct change *change, bool keep)
{
	change->grouped = false;
	change_end(change, keep);
}

void change_end(struct change *change, bool keep)
{
	struct step step = change->making;

	if (change->grouped) {
		if (!keep)
			change_back_to(change, change->inner);
		return;
	}
	change->making = (struct step){ 0 };
	if (!keep || step.nparts == 0) {
		change_take_back(change, &step);
		change_step_release(&step);
		return;
	}
	change_forget_undone(change);
	VEC_PUSH(change->steps, change->nsteps, change->steps_cap, step);
	change->ndone++;
}

void change_drop_last(struct change *change)
{
	if (change_undo(change))
		change_step_release(&change->steps[--change->nsteps]);
}

void change_add_note(struct change *change, const char *format, ...)
{
	struct strbuf text = STRBUF_INIT, safe = STRBUF_INIT;
	va_list ap;

	va_start(ap, format);
	strbuf_vaddf(&text, format, ap);
	va_end(ap);
	print_addstr(&safe, text.buf);
	strbuf_release(&text);
	VEC_PUSH(change->notes, change->nnotes, change->notes_cap, strbuf_detach(&safe, NULL));
}

size_t change_note_count(const struct change *change)
{
	return change->nnotes;
}

const char *change_note(const struct change *change, size_t i)
{
	return change->notes[i];
}
