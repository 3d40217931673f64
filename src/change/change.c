#include "config.h"

#include "change/change.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "kinds/errors.h"
#include "lint/check.h"
#include "store/diff.h"

/* What a step does to one file: the edits, and those that take them back. */
struct part {
	enum location location;
	struct edits redo, undo;
};

struct step {
	char *title;
	struct part *parts;
	size_t nparts, parts_cap;
	size_t notes; /* how many notes there were before it */
};

struct change {
	struct host *host;
	const struct profile *profile;
	enum role role;
	struct step *steps; /* NDONE of them are done, the others undone */
	size_t nsteps, steps_cap, ndone;
	struct step making;
	bool touched[LOCATION_FILES];       /* LOADED holds what was loaded */
	struct doc *loaded[LOCATION_FILES]; /* NULL: the file was missing */
	char **notes;
	size_t nnotes, notes_cap;
	char **overrides;
	size_t noverrides, overrides_cap;
};

static void step_release(struct step *step)
{
	size_t i;

	for (i = 0; i < step->nparts; i++) {
		edits_release(&step->parts[i].redo);
		edits_release(&step->parts[i].undo);
	}
	free(step->parts);
	free(step->title);
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

/* Forgets the steps; what the host has now counts as loaded. */
static void forget(struct change *change)
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
	truncate_notes(change, 0);
}

void change_free(struct change *change)
{
	size_t i;

	if (change == NULL)
		return;
	forget(change);
	step_release(&change->making);
	free(change->steps);
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
		return error_set(err, ERROR_REFUSED,
				 _("only the role admin may set a rule aside, and this is %s"),
				 role_name(change->role));
	if (strncmp(id, "COEX-", 5) != 0 || check_find(id) < 0)
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
	struct strbuf text = STRBUF_INIT;

	print_addstr(&text, title);
	change->making =
		(struct step){ .title = strbuf_detach(&text, NULL), .notes = change->nnotes };
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
	VEC_PUSH(change->making.parts, change->making.nparts, change->making.parts_cap, part);
	*edits = (struct edits){ 0 };
}

static void take_back(struct change *change, const struct step *step)
{
	size_t i;

	for (i = step->nparts; i-- > 0;) {
		const struct part *part = &step->parts[i];

		replace(change, part->location,
			doc_edit(host_doc(change->host, part->location), &part->undo, NULL));
	}
	truncate_notes(change, step->notes);
}

void change_end(struct change *change, bool keep)
{
	struct step step = change->making;

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
	for (i = 0; i < step->nparts; i++) {
		const struct part *part = &step->parts[i];

		replace(change, part->location,
			doc_edit(host_doc(change->host, part->location), &part->redo, NULL));
	}
	return true;
}

bool change_touches(const struct change *change, enum location location)
{
	const struct doc *now = host_doc(change->host, location), *was = change->loaded[location];

	if (!change->touched[location])
		return false;
	if (was == NULL)
		return now->blob.len > 0;
	return !blob_equal(&was->blob, &now->blob);
}

size_t change_note_count(const struct change *change)
{
	return change->nnotes;
}

const char *change_note(const struct change *change, size_t i)
{
	return change->notes[i];
}

const struct doc *change_loaded(const struct change *change, enum location location)
{
	return change->touched[location] ? change->loaded[location]
					 : host_doc(change->host, location);
}

/* Lets the host show what was loaded, and called once more, what was made of it. */
static void swap_loaded(struct change *change)
{
	int i;

	for (i = 0; i < LOCATION_FILES; i++)
		if (change->touched[i])
			change->loaded[i] =
				host_replace(change->host, (enum location)i, change->loaded[i]);
}

static struct errors *errors_of(struct change *change, const struct lint *lint)
{
	struct errors *errors;
	struct view view;

	view_init(&view, change->host, lint, change->profile);
	errors = errors_new(&view);
	view_release(&view);
	return errors;
}

size_t change_new_errors(struct change *change, const struct lint *lint, int64_t now,
			 void (*found)(void *ctx, const char *text), void *ctx)
{
	struct errors *after = errors_of(change, lint), *before = NULL;
	size_t count;

	if (after->count > 0) {
		struct lint *loaded;

		swap_loaded(change);
		loaded = lint_new(change->host, change->profile, change->role, now);
		/* What is loaded and what was made of it have changed places. */
		lint_only_errors_of(loaded, lint, change_loaded(change, LOCATION_IKE_CONFIG),
				    change_loaded(change, LOCATION_PRESHARED));
		while (lint_step(loaded, SIZE_MAX))
			;
		before = errors_of(change, loaded);
		lint_free(loaded);
		swap_loaded(change);
	}
	count = errors_compare(before, after, found, ctx);
	errors_free(before);
	errors_free(after);
	return count;
}

void change_diff(const struct change *change, struct strbuf *sb)
{
	int i;

	for (i = 0; i < LOCATION_FILES; i++) {
		struct diff *diff;

		if (!change_touches(change, (enum location)i))
			continue;
		diff = diff_new(change->loaded[i], host_doc(change->host, i));
		diff_print(diff, host_path(change->host, (enum location)i), sb);
		diff_free(diff);
	}
}

/* The mode of a file that is created: FILE-1 and FILE-3. */
static mode_t new_mode(const struct change *change, enum location location)
{
	const char *mode = profile_get(change->profile, "files.config.mode");

	if (location == LOCATION_IKE_CONFIG && mode != NULL)
		return (mode_t)strtoul(mode, NULL, 8);
	return locations[location].mode;
}

static size_t make_plan(const struct change *change, struct store_item *items)
{
	size_t count = 0;
	int i;

	for (i = 0; i < LOCATION_FILES; i++) {
		const struct host_file *file = &change->host->files[i];
		struct store_item *item = &items[count];

		if (!change_touches(change, (enum location)i))
			continue;
		*item = (struct store_item){
			.name = locations[i].path,
			.action = STORE_WRITE,
			.flags = locations[i].secret ? STORE_SECRET : 0,
			.loaded = &file->info,
			.old = change->loaded[i] != NULL ? &change->loaded[i]->blob : NULL,
			.new = &file->doc->blob,
		};
		if (item->old == NULL) {
			item->flags |= STORE_SET_MODE;
			item->mode = new_mode(change, (enum location)i);
		}
		count++;
	}
	return count;
}

bool change_save(struct change *change, const struct lock_wait *wait, struct store_report *report,
		 struct error *err)
{
	static const struct lock_wait no_wait;
	struct host *host = change->host;
	struct store_folder folders[LOCATION_COUNT];
	struct store_item items[LOCATION_FILES];
	struct store_plan plan = { .items = items, .folders = folders };
	struct lock *lock;
	bool good;
	int i;

	*report = (struct store_report){ 0 };
	for (i = LOCATION_FILES; i < LOCATION_COUNT; i++)
		folders[plan.nfolders++] =
			(struct store_folder){ locations[i].path, locations[i].mode };
	plan.count = make_plan(change, items);
	if (plan.count > 0) {
		lock = lock_take(host->root, wait != NULL ? wait : &no_wait, err);
		if (lock == NULL)
			return false;
		good = store_save(lock, &plan, report, err);
		lock_release(lock);
		if (!good)
			return false;
	}
	for (i = 0; i < LOCATION_FILES; i++)
		if (change->touched[i])
			file_look(host->root, locations[i].path, &host->files[i].info);
	forget(change);
	return true;
}
