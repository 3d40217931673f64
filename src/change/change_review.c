/* What a change has made of a host: what differs, as a diff, and which errors are new. */
#include "config.h"

#include "change/change_private.h"

#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "kinds/errors.h"
#include "store/diff.h"

bool change_touches(const struct change *change, enum location location)
{
	const struct doc *now = host_doc(change->host, location), *was = change->loaded[location];

	if (!change->touched[location])
		return false;
	if (was == NULL)
		return now->blob.len > 0;
	return change->gone[location] || !blob_equal(&was->blob, &now->blob);
}

const struct doc *change_loaded(const struct change *change, enum location location)
{
	return change->touched[location] ? change->loaded[location]
					 : host_doc(change->host, location);
}

static void swap_info(struct change *change, struct accessed *accessed)
{
	struct file_info *info = host_info(change->host, accessed->number), now = *info;

	*info = accessed->loaded;
	accessed->loaded = now;
}

/* Lets the host show what was loaded, and called once more, what was made of it. */
static void swap_loaded(struct change *change)
{
	size_t i;

	for (i = 0; i < change->naccessed; i++)
		swap_info(change, &change->accessed[i]);

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

bool change_is_any(const struct change *change)
{
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++)
		if (change_touches(change, (enum location)i))
			return true;
	for (i = 0; i < change->naccessed; i++) {
		struct access was = access_of(&change->accessed[i].loaded),
			      now = access_of(host_info(change->host, change->accessed[i].number));

		if (!access_equal(&was, &now))
			return true;
	}
	return false;
}

static void diff_docs(const struct change *change, enum location location, const struct doc *was,
		      struct strbuf *sb)
{
	const struct doc *now = change->gone[location] ? NULL : host_doc(change->host, location);
	struct diff *diff = diff_new(was, now);
	const char *path = host_path(change->host, location);
	struct strbuf name = STRBUF_INIT;

	/* A file by itself may be called anything; the heading has a/ and b/ before a path. */
	strbuf_addf(&name, "%s%s", path[0] == '/' ? "" : "/", path);
	diff_print(diff, name.buf, sb);
	strbuf_release(&name);
	diff_free(diff);
}

/* What becomes of a file's mode and owner, a line each. */
static void diff_access(const struct change *change, uint32_t number, struct access was,
			struct access now, struct strbuf *sb)
{
	struct strbuf path = STRBUF_INIT;

	print_addstr(&path, host_name(change->host, number));
	if (was.mode != now.mode)
		strbuf_addf(sb, _("mode %04o -> %04o of %s\n"), (unsigned)was.mode,
			    (unsigned)now.mode, path.buf);
	if (was.uid != now.uid || was.gid != now.gid)
		strbuf_addf(sb, _("owner %lu:%lu -> %lu:%lu of %s\n"), (unsigned long)was.uid,
			    (unsigned long)was.gid, (unsigned long)now.uid, (unsigned long)now.gid,
			    path.buf);
	strbuf_release(&path);
}

void change_diff(const struct change *change, struct strbuf *sb)
{
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++)
		if (change_touches(change, (enum location)i))
			diff_docs(change, (enum location)i, change->loaded[i], sb);
	for (i = 0; i < change->naccessed; i++)
		diff_access(change, change->accessed[i].number,
			    access_of(&change->accessed[i].loaded),
			    access_of(host_info(change->host, change->accessed[i].number)), sb);
}

/* The document at LOCATION as it was before the step that is being made; the caller frees it. NULL
 * where the step does nothing to it. */
static struct doc *before_step(const struct change *change, enum location location)
{
	struct doc *doc = NULL;
	size_t i;

	for (i = change->making.nparts; i-- > 0;) {
		const struct part *part = &change->making.parts[i];
		struct doc *before;

		if (part->is_access || part->location != location)
			continue;
		before = doc_edit(doc != NULL ? doc : host_doc(change->host, location), &part->undo,
				  NULL);
		doc_free(doc);
		doc = before;
	}
	return doc;
}

void change_diff_step(const struct change *change, struct strbuf *sb)
{
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++) {
		struct doc *was = before_step(change, (enum location)i);

		if (was != NULL)
			diff_docs(change, (enum location)i, was, sb);
		doc_free(was);
	}
	for (i = 0; i < change->making.nparts; i++) {
		const struct part *part = &change->making.parts[i];

		if (part->is_access)
			diff_access(change, part->number, part->before, part->after, sb);
	}
}
