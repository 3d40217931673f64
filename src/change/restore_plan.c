#include "config.h"

#include "change/restore_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "store/diff.h"

/* A change of a file. */
struct seen {
	const struct history_item *item;
	size_t index; /* of the file in its entry */
	const struct history_file *file;
};

struct chain {
	struct seen *items; /* in the order of their numbers */
	size_t count, cap;
};

static bool is_of_content(const struct history_file *file)
{
	return file->before.has_content || file->after.has_content ||
	       file->before.exists != file->after.exists;
}

/* The changes of PATH: of its content alone where CONTENT is set. */
static struct chain find_chain(const struct history *history, const char *path, bool content)
{
	struct chain chain = { 0 };
	size_t i;

	for (i = 0; i < history->count; i++) {
		struct seen seen = { .item = &history->items[i] };

		if (seen.item->fault != HISTORY_GOOD)
			continue;
		seen.file = history_entry_file(&seen.item->entry, path);
		if (seen.file == NULL || (content && !is_of_content(seen.file)))
			continue;
		seen.index = (size_t)(seen.file - seen.item->entry.files);
		VEC_PUSH(chain.items, chain.count, chain.cap, seen);
	}
	return chain;
}

/* How many of the changes are not newer than NUMBER. */
static size_t count_until(const struct chain *chain, uint32_t number)
{
	size_t i = 0;

	while (i < chain->count && chain->items[i].item->entry.number <= number)
		i++;
	return i;
}

/* What the file held after the change, or before it. */
static bool load(const struct host *host, const struct seen *seen, bool after, struct blob *blob,
		 struct error *err)
{
	const struct history_entry *entry = &seen->item->entry;
	struct blob whole;
	bool good = history_load(host->root, entry, &whole, err);

	*blob = (struct blob){ 0 };
	if (good)
		*blob = after ? history_after(entry, &whole, seen->index)
			      : history_before(entry, &whole, seen->index);
	blob_release(&whole);
	return good;
}

static bool same_content(const struct history_side *a, const struct history_side *b)
{
	return a->exists == b->exists && strcmp(a->hash, b->hash) == 0;
}

/* BLOB is adopted; NULL where there is no such file. */
static struct doc *doc_of(enum location location, bool exists, struct blob *blob)
{
	if (exists)
		return doc_new(locations[location].format, *blob);
	blob_release(blob);
	return NULL;
}

static void add_diff(const char *path, const struct doc *old, const struct doc *new,
		     struct strbuf *sb)
{
	struct diff *diff = diff_new(old, new);

	diff_print(diff, path, sb);
	diff_free(diff);
}

/* What somebody else has done between two changes. */
static bool add_gap(const struct host *host, const struct plan_file *file,
		    const struct seen *before, const struct seen *behind, struct strbuf *sb,
		    struct error *err)
{
	struct blob old = { 0 }, new = { 0 };
	struct doc *was, *is;

	if (same_content(&before->file->after, &behind->file->before))
		return true;
	if (!load(host, before, true, &old, err) || !load(host, behind, false, &new, err)) {
		blob_release(&old);
		return false;
	}
	strbuf_addf(sb, _("between changes %u and %u:\n"), (unsigned)before->item->entry.number,
		    (unsigned)behind->item->entry.number);
	was = doc_of(file->location, before->file->after.exists, &old);
	is = doc_of(file->location, behind->file->before.exists, &new);
	add_diff(file->path, was, is, sb);
	doc_free(was);
	doc_free(is);
	return true;
}

/* The same between the last change and now. */
static bool add_drift(const struct host *host, const struct plan_file *file,
		      const struct seen *last, struct strbuf *sb, struct error *err)
{
	const struct doc *now = host_doc(host, file->location);
	const struct history_side *after = &last->file->after;
	char hash[SHA256_TEXT] = "";
	struct blob old;
	struct doc *was;

	if (now != NULL)
		sha256_text(now->blob.len > 0 ? now->blob.data : "", now->blob.len, hash);
	if (after->exists == (now != NULL) && strcmp(after->hash, hash) == 0)
		return true;
	if (!load(host, last, true, &old, err))
		return false;
	strbuf_addf(sb, _("since change %u:\n"), (unsigned)last->item->entry.number);
	was = doc_of(file->location, after->exists, &old);
	add_diff(file->path, was, now, sb);
	doc_free(was);
	return true;
}

static void add_access_drift(struct host *host, const struct plan_file *file,
			     const struct seen *last, struct strbuf *sb)
{
	const struct history_side *after = &last->file->after;
	const struct file_info *info = host_info(host, file->number);

	if (!after->exists || (info->state != FILE_READ && info->state != FILE_DIRECTORY))
		return;
	if ((info->mode & 07777) != after->mode)
		strbuf_addf(sb, _("mode %04o -> %04o of %s since change %u\n"),
			    (unsigned)after->mode, (unsigned)(info->mode & 07777), file->path,
			    (unsigned)last->item->entry.number);
	if (info->uid != after->uid || info->gid != after->gid)
		strbuf_addf(sb, _("owner %lu:%lu -> %lu:%lu of %s since change %u\n"),
			    (unsigned long)after->uid, (unsigned long)after->gid,
			    (unsigned long)info->uid, (unsigned long)info->gid, file->path,
			    (unsigned)last->item->entry.number);
}

/* Finds the file in the host. */
static bool find_file(struct plan_file *file, struct host *host, struct error *err)
{
	uint32_t all = LOCATION_COUNT +
		       (uint32_t)(host->certs.ncerts + host->certs.nkeys + host->certs.ncrls);
	const struct file_info *info;

	for (file->number = 0; file->number < all; file->number++)
		if (strcmp(host_name(host, file->number), file->path) == 0)
			break;
	if (file->number == all)
		return error_set(err, ERROR_NOT_FOUND,
				 _("'%s', which the history has, is not there any more"),
				 file->path);
	info = host_info(host, file->number);
	file->location =
		file->number < LOCATION_FILES ? (enum location)file->number : LOCATION_COUNT;
	if (info->state != FILE_READ && info->state != FILE_MISSING &&
	    info->state != FILE_DIRECTORY)
		return error_set(err, ERROR_IO, _("'%s' %s; put that right first"), file->path,
				 file_state_text(info));
	return true;
}

/* Which side of which change is wanted: after the last one until NUMBER, or before the first one
 * behind it. */
static const struct history_side *side_of(const struct chain *chain, uint32_t number,
					  const struct seen **seen, bool *after)
{
	size_t until = count_until(chain, number);

	*after = until == chain->count ||
		 (until > 0 && chain->items[until - 1].item->entry.number == number);
	*seen = &chain->items[*after ? until - 1 : until];
	return *after ? &(*seen)->file->after : &(*seen)->file->before;
}

/* Somebody else has written the file between two changes, and nobody knows whether before NUMBER.
 */
static bool check_known(const struct chain *chain, const struct plan_file *file, uint32_t number,
			struct error *err)
{
	size_t until = count_until(chain, number);
	const struct seen *before, *behind;

	if (until == 0 || until == chain->count)
		return true;
	before = &chain->items[until - 1];
	behind = &chain->items[until];
	return before->item->entry.number == number ||
	       same_content(&before->file->after, &behind->file->before) ||
	       error_set(err, ERROR_CHANGED,
			 _("what '%s' was after change %u is not known: others wrote it between "
			   "changes %u and %u; go back to change %u, or to one from %u on"),
			 file->path, (unsigned)number, (unsigned)before->item->entry.number,
			 (unsigned)behind->item->entry.number, (unsigned)before->item->entry.number,
			 (unsigned)behind->item->entry.number);
}

static bool find_content(struct plan_file *file, struct host *host, uint32_t number,
			 struct error *err)
{
	struct chain chain = find_chain(host_history(host), file->path, true);
	size_t until = count_until(&chain, number), i;
	const struct seen *seen;
	bool good = true, after;

	if (chain.count > 0 && file->location < LOCATION_FILES) {
		file->has_content = true;
		file->exists = side_of(&chain, number, &seen, &after)->exists;
		good = check_known(&chain, file, number, err) &&
		       load(host, seen, after, &file->content, err);
		/* What was done between changes goes only where what was before it comes back. */
		for (i = until > 0 && after ? until : until + 1; good && i < chain.count; i++)
			good = add_gap(host, file, &chain.items[i - 1], &chain.items[i],
				       &file->lost, err);
		good = good &&
		       add_drift(host, file, &chain.items[chain.count - 1], &file->lost, err);
	}
	free(chain.items);
	return good;
}

static void find_access(struct plan_file *file, struct host *host, uint32_t number)
{
	struct chain chain = find_chain(host_history(host), file->path, false);
	const struct history_side *side;
	const struct seen *seen;
	bool after;

	if (chain.count > 0) {
		side = side_of(&chain, number, &seen, &after);
		file->has_access = side->exists;
		file->mode = side->mode;
		file->uid = side->uid;
		file->gid = side->gid;
		add_access_drift(host, file, &chain.items[chain.count - 1], &file->lost);
	}
	free(chain.items);
}

bool plan_file_find(struct plan_file *file, struct host *host, uint32_t number, const char *path,
		    struct error *err)
{
	*file = (struct plan_file){ .path = path, .lost = STRBUF_INIT };
	if (!find_file(file, host, err) || !find_content(file, host, number, err))
		return false;
	find_access(file, host, number);
	return true;
}

void plan_file_release(struct plan_file *file)
{
	blob_release(&file->content);
	strbuf_release(&file->lost);
}

bool plan_add_drift(struct host *host, const char *path, struct strbuf *sb, struct error *err)
{
	struct plan_file file = { .path = path };
	struct chain content = find_chain(host_history(host), path, true),
		     access = find_chain(host_history(host), path, false);
	bool good = find_file(&file, host, err);

	if (good && content.count > 0 && file.location < LOCATION_FILES)
		good = add_drift(host, &file, &content.items[content.count - 1], sb, err);
	if (good && access.count > 0)
		add_access_drift(host, &file, &access.items[access.count - 1], sb);
	free(content.items);
	free(access.items);
	return good;
}

const char **plan_paths(const struct history *history, size_t *count)
{
	const char **paths = NULL;
	size_t cap = 0, i, k, n;

	*count = 0;
	for (i = 0; i < history->count; i++) {
		const struct history_entry *entry = &history->items[i].entry;

		for (k = 0; k < entry->nfiles; k++) {
			for (n = 0; n < *count; n++)
				if (strcmp(paths[n], entry->files[k].path) == 0)
					break;
			if (n == *count)
				VEC_PUSH(paths, *count, cap, entry->files[k].path);
		}
	}
	return paths;
}
