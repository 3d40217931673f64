/* What was written and is taken back, as a step that can be put on other files. */
#include "config.h"

#include "change/merge_private.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/restore_text.h"

/* The first step that is not on the disk, or the first that was taken back. */
static size_t first_of(const struct change *change)
{
	return change->nwritten < change->ndone ? change->nwritten : change->ndone;
}

static struct doc *new_doc(const struct doc *doc, enum location location)
{
	const struct format *format = locations[location].format;
	static const struct edits nothing;

	return doc != NULL ? doc_edit(doc, &nothing, NULL)
			   : doc_new(format, blob_new(0, format->secret));
}

/* The file as the first step found it. *GONE: it is not there. */
static struct doc *before_steps(const struct change *change, enum location location, bool *gone)
{
	struct doc *doc = new_doc(host_doc(change->host, location), location), *before;
	size_t i, j;

	*gone = change->gone[location];
	for (i = change->ndone; i > first_of(change); i--) {
		const struct step *step = &change->steps[i - 1];

		for (j = step->nparts; j > 0; j--) {
			const struct part *part = &step->parts[j - 1];

			if (part->is_access || part->location != location)
				continue;
			*gone = !part->removes && part->creates;
			if (part->removes)
				continue;
			before = doc_edit(doc, &part->undo, NULL);
			doc_free(doc);
			doc = before;
		}
	}
	return doc;
}

static void add_file(const struct change *change, enum location location, struct step *step)
{
	const struct doc *loaded = change_loaded(change, location);
	struct part part = { .location = location };
	struct doc *old, *new;
	bool gone;

	old = new_doc(loaded, location);
	new = before_steps(change, location, &gone);
	if (!blob_equal(&old->blob, &new->blob)) {
		restore_edits(&part.redo, old, new);
		VEC_PUSH(step->parts, step->nparts, step->parts_cap, part);
	}
	if (gone && loaded != NULL) {
		part = (struct part){ .location = location, .removes = true };
		VEC_PUSH(step->parts, step->nparts, step->parts_cap, part);
	}
	doc_free(old);
	doc_free(new);
}

static void add_access(const struct change *change, const struct accessed *accessed,
		       struct step *step)
{
	struct part part = { .is_access = true,
			     .number = accessed->number,
			     .before = access_of(&accessed->loaded),
			     .after = access_of(host_info(change->host, accessed->number)) };
	size_t i, j;

	for (i = change->ndone; i > first_of(change); i--)
		for (j = change->steps[i - 1].nparts; j > 0; j--) {
			const struct part *made = &change->steps[i - 1].parts[j - 1];

			if (made->is_access && made->number == accessed->number)
				part.after = made->before;
		}
	if (!access_equal(&part.before, &part.after))
		VEC_PUSH(step->parts, step->nparts, step->parts_cap, part);
}

static char *title_of(const struct change *change)
{
	size_t made = change->ndone > change->nwritten ? change->ndone - change->nwritten : 0,
	       count = change_count(change) - made, i;
	struct strbuf title = STRBUF_INIT;

	for (i = 0; i < count; i++)
		strbuf_addf(&title, "%s%s", i > 0 ? "; " : "", change_title(change, i));
	return strbuf_detach(&title, NULL);
}

bool merge_taken_back(struct change *change, struct step *step)
{
	size_t i;

	*step = (struct step){ 0 };
	if (change->ntaken == 0 && change->nwritten <= change->ndone)
		return false;
	for (i = 0; i < LOCATION_FILES; i++)
		if (change->touched[i])
			add_file(change, (enum location)i, step);
	for (i = 0; i < change->naccessed; i++)
		add_access(change, &change->accessed[i], step);
	step->title = title_of(change);
	return true;
}
