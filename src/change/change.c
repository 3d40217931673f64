#include "config.h"

#include "change/change_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "lint/check.h"

static void step_release(struct step *step)
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
	free(step->rules);
	*step = (struct step){ 0 };
}

static void truncate_notes(struct change *change, size_t count)
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

void change_forget(struct change *change)
{
	size_t i;

	for (i = 0; i < change->nsteps; i++)
		step_release(&change->steps[i]);
	change->nsteps = change->ndone = 0;
	for (i = 0; i < LOCATION_FILES; i++) {
		doc_free(change->loaded[i]);
		change->loaded[i] = NULL;
		change->touched[i] = false;
	}
	change->naccessed = 0;
	truncate_notes(change, 0);
}

void change_free(struct change *change)
{
	size_t i;

	if (change == NULL)
		return;
	change_forget(change);
	step_release(&change->making);
	free(change->steps);
	free(change->accessed);
	free(change->notes);
	for (i = 0; i < change->noverrides; i++)
		free(change->overrides[i]);
	free(change->overrides);
	free(change);
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

size_t change_count(const struct change *change)
{
	return change->ndone;
}

bool change_can_redo(const struct change *change)
{
	return change->ndone < change->nsteps;
}

const char *change_title(const struct change *change, size_t i)
{
	return change->steps[i].title;
}

/* Puts a new document into the host, and keeps the one that was loaded. */
static void replace(struct change *change, enum location location, struct doc *doc)
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

void change_apply(struct change *change, enum location location, struct edits *edits)
{
	struct doc *doc = host_doc(change->host, location);
	struct part part = { .location = location, .redo = *edits };

	if (edits->count == 0)
		return;
	/* A file that is not there is an empty one as soon as something is put into it. */
	if (doc == NULL) {
		doc = doc_new(locations[location].format,
			      blob_new(0, locations[location].format->secret));
		replace(change, location, doc);
	}
	replace(change, location, doc_edit(doc, edits, &part.undo));
	add_part(change, part);
	*edits = (struct edits){ 0 };
}

struct access access_of(const struct file_info *info)
{
	return (struct access){ info->mode & 07777, info->uid, info->gid };
}

bool access_equal(const struct access *a, const struct access *b)
{
	return a->mode == b->mode && a->uid == b->uid && a->gid == b->gid;
}

static void set_access(struct change *change, uint32_t number, const struct access *access)
{
	struct file_info *info = host_info(change->host, number);

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
	size_t i;

	if (access_equal(&part.before, access))
		return;
	for (i = 0; i < change->naccessed; i++)
		if (change->accessed[i].number == number)
			break;
	if (i == change->naccessed) {
		struct accessed accessed = { number, *info };

		VEC_PUSH(change->accessed, change->naccessed, change->accessed_cap, accessed);
	}
	set_access(change, number, access);
	add_part(change, part);
}

static void undo_part(struct change *change, const struct part *part)
{
	if (part->is_access)
		set_access(change, part->number, &part->before);
	else
		replace(change, part->location,
			doc_edit(host_doc(change->host, part->location), &part->undo, NULL));
}

static void redo_part(struct change *change, const struct part *part)
{
	if (part->is_access)
		set_access(change, part->number, &part->after);
	else
		replace(change, part->location,
			doc_edit(host_doc(change->host, part->location), &part->redo, NULL));
}

static void take_back(struct change *change, const struct step *step)
{
	size_t i;

	for (i = step->nparts; i-- > 0;)
		undo_part(change, &step->parts[i]);
	truncate_notes(change, step->notes);
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

		undo_part(change, part);
		edits_release(&part->redo);
		edits_release(&part->undo);
	}
	truncate_notes(change, mark.notes);
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
		take_back(change, &step);
		step_release(&step);
		return;
	}
	/* A new step forgets those that were undone before it. */
	while (change->nsteps > change->ndone)
		step_release(&change->steps[--change->nsteps]);
	VEC_PUSH(change->steps, change->nsteps, change->steps_cap, step);
	change->ndone++;
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

bool change_undo(struct change *change)
{
	if (change->ndone == 0)
		return false;
	take_back(change, &change->steps[--change->ndone]);
	return true;
}

bool change_redo(struct change *change)
{
	const struct step *step;
	size_t i;

	if (!change_can_redo(change))
		return false;
	step = &change->steps[change->ndone++];
	for (i = 0; i < step->nparts; i++)
		redo_part(change, &step->parts[i]);
	return true;
}

size_t change_note_count(const struct change *change)
{
	return change->nnotes;
}

const char *change_note(const struct change *change, size_t i)
{
	return change->notes[i];
}
