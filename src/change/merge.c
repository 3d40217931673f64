#include "config.h"

#include "change/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "change/change_private.h"
#include "change/global_text.h"
#include "change/merge_private.h"

struct merging {
	struct change *from, *to;
	struct host *fresh;
	struct merge *merge;
	struct error *err;
	size_t first;                     /* the first step that is not written */
	struct step taken;                /* what was written and taken back; no parts: nothing */
	struct doc *base[LOCATION_FILES]; /* as it was before the step; NULL: no step is about it */
};

static struct doc *empty_doc(enum location location)
{
	const struct format *format = locations[location].format;

	return doc_new(format, blob_new(0, format->secret));
}

/* A file that is not there is an empty one. */
static struct doc *copy_doc(const struct doc *doc, enum location location)
{
	static const struct edits nothing;

	return doc != NULL ? doc_edit(doc, &nothing, NULL) : empty_doc(location);
}

static bool is_same_file(const struct doc *a, const struct doc *b)
{
	return a == NULL || b == NULL ? a == b : blob_equal(&a->blob, &b->blob);
}

static bool is_empty(const struct doc *doc)
{
	return doc == NULL || doc->blob.len == 0;
}

/* The number that a file or folder of the old host has in the fresh one; SIZE_MAX: none. */
static size_t fresh_number(struct host *old, struct host *fresh, uint32_t number)
{
	const char *name = host_name(old, number);
	size_t count = LOCATION_COUNT + fresh->certs.ncerts + fresh->certs.nkeys +
		       fresh->certs.ncrls,
	       i;

	if (number < LOCATION_COUNT)
		return number;
	for (i = LOCATION_COUNT; i < count; i++)
		if (strcmp(host_name(fresh, (uint32_t)i), name) == 0)
			return i;
	return SIZE_MAX;
}

static enum merge_choice choose(void *ctx, const struct merge_doc *documents,
				const struct clash *clash);

/* The parts of a step in one file as edits of what is there now. FROM has the result of the step.
 */
static void merge_parts(struct merging *m, enum location location, struct replaced *replaced,
			const struct doc *ours)
{
	struct doc *theirs = copy_doc(host_doc(m->fresh, location), location);
	struct merge_doc documents = { .base = m->base[location],
				       .ours = ours,
				       .theirs = theirs,
				       .replaced = replaced,
				       .choose = choose,
				       .ctx = m };
	struct edits edits = { 0 };

	replaced_tidy(replaced, m->base[location], ours);
	merge_documents(&documents, &edits);
	change_apply(m->to, location, &edits);
	edits_release(&edits);
	doc_free(theirs);
}

static void copy_edits(const struct edits *from, const struct doc *doc, struct edits *to)
{
	size_t i;

	for (i = 0; i < from->count; i++)
		edits_add(to, doc, from->items[i].at, from->items[i].text.data,
			  from->items[i].text.len);
}

/* The same bytes as before: what was done then is done again. */
static void repeat_part(struct merging *m, const struct part *part)
{
	struct edits edits = { 0 };

	copy_edits(&part->redo, m->base[part->location], &edits);
	change_apply(m->to, part->location, &edits);
	edits_release(&edits);
}

static bool has_part(const struct step *step, enum location location)
{
	size_t i;

	for (i = 0; i < step->nparts; i++)
		if (!step->parts[i].is_access && step->parts[i].location == location)
			return true;
	return false;
}

/* A file that goes stays where somebody else has put something into it. */
static void remove_file(struct merging *m, enum location location)
{
	const struct doc *doc = host_doc(m->fresh, location);

	if (doc != NULL && doc->blob.len > 0)
		change_add_note(m->to, _("%s stays: somebody else has put something into it"),
				host_path(m->fresh, location));
	else
		change_remove_file(m->to, location);
}

/* One file of a step. */
static bool merge_file(struct merging *m, const struct step *step, enum location location)
{
	struct doc *before = copy_doc(host_doc(m->fresh, location), location),
		   *ours = copy_doc(m->base[location], location), *next;
	bool same = is_same_file(before, m->base[location]), good = true;
	struct replaced replaced = { 0 };
	bool removes = false;
	size_t i;

	for (i = 0; i < step->nparts; i++) {
		const struct part *part = &step->parts[i];

		if (part->is_access || part->location != location)
			continue;
		removes |= part->removes;
		replaced_add(&replaced, &part->redo);
		next = doc_edit(ours, &part->redo, NULL);
		doc_free(ours);
		ours = next;
		if (same)
			repeat_part(m, part);
	}
	if (!same)
		merge_parts(m, location, &replaced, ours);
	if (removes)
		remove_file(m, location);
	good = merge_judge(m->to, location, before, step->title, !same, m->err);
	replaced_release(&replaced);
	doc_free(before);
	doc_free(m->base[location]);
	m->base[location] = ours;
	return good;
}

static void print_access(const struct access *access, struct strbuf *sb)
{
	strbuf_addf(sb, _("mode %04o, owner %lu:%lu\n"), (unsigned)access->mode,
		    (unsigned long)access->uid, (unsigned long)access->gid);
}

static bool choose_access(struct merging *m, uint32_t number, const struct part *part,
			  const struct access *now)
{
	struct strbuf was = STRBUF_INIT, theirs = STRBUF_INIT, ours = STRBUF_INIT;
	enum merge_choice choice;

	print_access(&part->before, &was);
	print_access(now, &theirs);
	print_access(&part->after, &ours);
	choice = conflict_choose_text(m->merge, number, _("mode and owner"),
				      _("somebody else changed them too"), was.buf, theirs.buf,
				      ours.buf);
	strbuf_release(&was);
	strbuf_release(&theirs);
	strbuf_release(&ours);
	return choice == MERGE_OURS;
}

/* A mode and an owner. */
static void merge_access(struct merging *m, const struct part *part)
{
	size_t number = fresh_number(m->from->host, m->fresh, part->number);
	struct access now;

	/* What is not there any more has no mode, and nothing to be chosen. */
	if (number == SIZE_MAX || host_info(m->fresh, (uint32_t)number)->state == FILE_MISSING) {
		change_add_note(m->to, _("%s is not there any more"),
				host_name(m->from->host, part->number));
		return;
	}
	now = access_of(host_info(m->fresh, (uint32_t)number));
	if (access_equal(&now, &part->before) ||
	    (!access_equal(&now, &part->after) && choose_access(m, (uint32_t)number, part, &now)))
		change_set_access(m->to, (uint32_t)number, &part->after);
}

/* The notes that the step made in its time; none of one that was undone. */
static void repeat_notes(struct merging *m, size_t number)
{
	const struct change *from = m->from;
	size_t i = from->steps[number].notes,
	       end = number + 1 < from->ndone ? from->steps[number + 1].notes : from->nnotes;

	for (; number < from->ndone && i < end; i++)
		change_add_note(m->to, "%s", from->notes[i]);
}

/* NUMBER: of the step; SIZE_MAX: it is none of the change's own. */
static bool merge_step(struct merging *m, const struct step *step, size_t number)
{
	bool good = true;
	size_t i;

	change_begin(m->to, step->title);
	if (number != SIZE_MAX)
		repeat_notes(m, number);
	for (i = 0; i < step->nrules; i++)
		change_require_key(m->to, step->rules[i]);
	for (i = 0; i < LOCATION_FILES && good; i++)
		if (has_part(step, (enum location)i))
			good = merge_file(m, step, (enum location)i);
	for (i = 0; i < step->nparts && good; i++)
		if (step->parts[i].is_access)
			merge_access(m, &step->parts[i]);
	change_end(m->to, good);
	return good;
}

/* Where one tool's value is there already, the other one's is not wanted: what the role adds where
 * it is absent, and what is forced anew anyway. */
static bool yields(struct merging *m, const struct merge_doc *documents, const struct clash *clash)
{
	const struct unit *ours;
	enum ike_word word;
	const char *id;
	enum share share;

	if (documents->ours->format != &ike_config_format || clash->ours == UNITS_NONE ||
	    clash->theirs == UNITS_NONE || !m->to->profile->coexistence)
		return false;
	ours = &documents->ours_units.items[clash->ours];
	if (documents->ours->entries[ours->entry].kind != IKE_ENTRY_GLOBAL || !ours->has_name)
		return false;
	word = documents->ours->entries[ours->entry].word;
	id = global_rule(word);
	share = profile_share(m->to->profile, m->to->role, "globals", ike_words[word].name, NULL);
	if (change_is_overridden(m->to, id))
		return false;
	if (share == SHARE_ADD && clash->kind == CLASH_ADDED)
		change_add_note(m->to, _("%s was added by somebody else meanwhile, and stays (%s)"),
				ike_words[word].name, id);
	return share == SHARE_FORCE || (share == SHARE_ADD && clash->kind == CLASH_ADDED);
}

static enum merge_choice choose(void *ctx, const struct merge_doc *documents,
				const struct clash *clash)
{
	struct merging *m = ctx;
	int location;

	if (yields(m, documents, clash))
		return MERGE_THEIRS;
	for (location = 0; locations[location].format != documents->base->format; location++)
		;
	return conflict_choose(m->merge, (uint32_t)location, documents, clash);
}

/* Whether each file that the change is about can be read now. One that is gone is not made anew with
 * nothing but our edits in it. */
static bool can_read(const struct merging *m)
{
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++) {
		const struct file_info *info = &m->fresh->files[i].info;

		if (m->base[i] == NULL || info->state == FILE_READ ||
		    (info->state == FILE_MISSING && is_empty(m->base[i])))
			continue;
		return error_set(
			m->err, ERROR_CHANGED,
			_("'%s' %s now; the changes cannot be put on it. Put the file back, then try again"),
			host_path(m->fresh, (enum location)i), file_state_text(info));
	}
	return true;
}

static void begin(struct merging *m)
{
	size_t i, j;

	m->to = change_new(m->fresh, m->from->profile, m->from->role);
	change_keep_history(m->to, &m->from->history);
	for (i = 0; i < m->from->noverrides; i++)
		VEC_PUSH(m->to->overrides, m->to->noverrides, m->to->overrides_cap,
			 xstrdup(m->from->overrides[i]));
	for (i = 0; i < LOCATION_FILES; i++) {
		const struct doc *loaded = change_loaded(m->from, (enum location)i);

		m->merge->changed[i] = !is_same_file(loaded, host_doc(m->fresh, (enum location)i));
		for (j = m->first; j < m->from->nsteps; j++)
			if (has_part(&m->from->steps[j], (enum location)i))
				break;
		if (j < m->from->nsteps || has_part(&m->taken, (enum location)i))
			m->base[i] = copy_doc(loaded, (enum location)i);
	}
}

/* Steps that were undone: as many of them as go without a question. */
static void merge_undone(struct merging *m)
{
	size_t count = m->merge->count, kept = m->to->ndone, i;
	struct error ignored = ERROR_INIT, *err = m->err;

	m->err = &ignored;
	for (i = m->first; i < m->from->nsteps; i++) {
		size_t done = m->to->ndone;

		if (i < m->from->ndone)
			continue;
		if (!merge_step(m, &m->from->steps[i], i))
			break;
		if (m->merge->count == count)
			continue;
		/* What is left of a step that asks is no step. */
		if (m->to->ndone > done)
			change_drop_last(m->to);
		break;
	}
	while (m->merge->count > count)
		conflict_release(&m->merge->items[--m->merge->count]);
	while (m->to->ndone > kept)
		change_undo(m->to);
	error_clear(&ignored);
	m->err = err;
}

static void count_open(struct merge *merge)
{
	size_t i;

	merge->open = 0;
	for (i = 0; i < merge->count; i++)
		merge->open += merge->items[i].choice == MERGE_OPEN;
}

/* Leaves the fresh host as it was read. */
static void abandon(struct merging *m)
{
	while (change_undo(m->to))
		;
	change_free(m->to);
	m->to = NULL;
}

struct change *change_merge(struct change *change, struct host *fresh, struct merge *merge,
			    struct error *err)
{
	struct merging m = { .from = change, .fresh = fresh, .merge = merge, .err = err };
	bool good;
	size_t i;

	/* What was written and taken back can be made again by taking that back. */
	m.first = merge_taken_back(change, &m.taken) && change->nwritten > change->ndone
			  ? change->nsteps
			  : change->nwritten;
	begin(&m);
	good = can_read(&m);
	if (good && m.taken.nparts > 0)
		good = merge_step(&m, &m.taken, SIZE_MAX);
	for (i = m.first; i < change->ndone && good; i++)
		good = merge_step(&m, &change->steps[i], i);
	count_open(merge);
	if (!good || merge->open > 0)
		abandon(&m);
	else
		merge_undone(&m);
	for (i = 0; i < LOCATION_FILES; i++)
		doc_free(m.base[i]);
	change_step_release(&m.taken);
	return m.to;
}
