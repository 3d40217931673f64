/*
 * Taking steps back and making them again, also behind a save: the steps stay, and how many of them
 * are on the disk is remembered. One that was written and is taken back is a change that can be
 * written.
 */
#include "config.h"

#include "change/change_private.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/force.h"

/* How many steps are on the disk and were taken back. */
static size_t taken_back(const struct change *change)
{
	return change->nwritten > change->ndone ? change->nwritten - change->ndone : 0;
}

size_t change_count(const struct change *change)
{
	size_t made = change->ndone > change->nwritten ? change->ndone - change->nwritten : 0;

	return change->ntaken + taken_back(change) + made;
}

const char *change_title(const struct change *change, size_t i)
{
	size_t taken = taken_back(change);

	if (i < change->ntaken)
		return change->taken[i];
	i -= change->ntaken;
	if (i < taken)
		return change->steps[change->nwritten - 1 - i].inverse;
	return change->steps[change->nwritten + i].title;
}

bool change_can_undo(const struct change *change)
{
	return change->ndone > 0;
}

bool change_can_redo(const struct change *change)
{
	return change->ndone < change->nsteps;
}

void change_undo_part(struct change *change, const struct part *part)
{
	if (part->is_access) {
		change_put_access(change, part->number, &part->before);
	} else if (part->removes) {
		change->gone[part->location] = false;
	} else {
		change_replace(change, part->location,
			       doc_edit(change_doc(change, part->location), &part->undo, NULL));
		change->gone[part->location] = part->creates;
	}
}

static void redo_part(struct change *change, const struct part *part)
{
	if (part->is_access) {
		change_put_access(change, part->number, &part->after);
	} else if (part->removes) {
		change_replace(change, part->location,
			       doc_new(locations[part->location].format,
				       blob_new(0, locations[part->location].format->secret)));
		change->gone[part->location] = true;
	} else {
		change_replace(change, part->location,
			       doc_edit(change_doc(change, part->location), &part->redo, NULL));
		change->gone[part->location] = false;
	}
}

void change_take_back(struct change *change, const struct step *step)
{
	size_t i;

	for (i = step->nparts; i-- > 0;)
		change_undo_part(change, &step->parts[i]);
	change_truncate_notes(change, step->notes);
}

bool change_undo(struct change *change)
{
	if (!change_can_undo(change))
		return false;
	change_take_back(change, &change->steps[--change->ndone]);
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

void change_forget_undone(struct change *change)
{
	size_t i;

	/* What is on the disk and was taken back is a part of the change all the same. */
	for (i = change->nwritten; i > change->ndone; i--)
		VEC_PUSH(change->taken, change->ntaken, change->taken_cap,
			 xstrdup(change->steps[i - 1].inverse));
	if (change->nwritten > change->ndone)
		change->nwritten = change->ndone;
	while (change->nsteps > change->ndone)
		change_step_release(&change->steps[--change->nsteps]);
}

void change_set_written(struct change *change)
{
	size_t i;

	change_forget_loaded(change);
	while (change->ntaken > 0)
		free(change->taken[--change->ntaken]);
	change->nwritten = change->ndone;
	for (i = 0; i < change->nsteps; i++) {
		struct step *step = &change->steps[i];
		struct strbuf title = STRBUF_INIT;

		step->notes = 0;
		if (i >= change->nwritten || step->inverse != NULL)
			continue;
		/* TRANSLATORS: %s is what was done: "edit rule INDEXID_3". */
		strbuf_addf(&title, _("take back: %s"), step->title);
		step->inverse = strbuf_detach(&title, NULL);
	}
}

bool change_force(struct change *change)
{
	size_t done = change->ndone;

	if (change->ntaken + taken_back(change) == 0 ||
	    !change_touches(change, LOCATION_IKE_CONFIG) || change->gone[LOCATION_IKE_CONFIG])
		return false;
	change_begin(change, _("what the profile forces"));
	force_globals(change);
	change_end(change, true);
	return change->ndone > done;
}
