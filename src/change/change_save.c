/* Writing a change. */
#include "config.h"

#include "change/change_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/change_record.h"
#include "store/promise.h"

/* The mode of a file that is created: FILE-1 and FILE-3. */
static mode_t new_mode(const struct change *change, enum location location)
{
	const char *mode = profile_get(change->profile, "files.config.mode");

	if (location == LOCATION_IKE_CONFIG && mode != NULL)
		return (mode_t)strtoul(mode, NULL, 8);
	return locations[location].mode;
}

/* Where a change is saved. A file by itself is saved in the folder it is in, which is locked as a
 * host's root is. */
struct place {
	char *root;
	char *file; /* of a file by itself: its name below the root; NULL: a host */
};

static bool find_place(const struct host *host, struct place *place, struct error *err)
{
	char *path, *slash;

	*place = (struct place){ 0 };
	if (!host->single) {
		place->root = xstrdup(host->root);
		return true;
	}
	path = realpath(host->single_path, NULL);
	if (path == NULL)
		return error_set_errno(err, ERROR_IO, errno, _("cannot save '%s'"),
				       host->single_path);
	slash = strrchr(path, '/');
	place->file = xstrdup(slash);
	place->root = slash > path ? xstrndup(path, (size_t)(slash - path)) : xstrdup("/");
	free(path);
	return true;
}

static void place_release(struct place *place)
{
	free(place->root);
	free(place->file);
}

static struct store_item write_item(const struct change *change, enum location location,
				    const struct place *place)
{
	const struct host_file *file = &change->host->files[location];
	struct store_item item = {
		.name = place->file != NULL ? place->file : locations[location].path,
		.action = STORE_WRITE,
		/* The last key of a file may go, and with it the last byte: there is an end of
		 * keys. Without rules or policies a host would be another one. */
		.flags = locations[location].secret ? STORE_SECRET | STORE_MAY_EMPTY : 0,
		.loaded = &file->info,
		.old = change->loaded[location] != NULL ? &change->loaded[location]->blob : NULL,
		.new = &file->doc->blob,
	};

	if (change->gone[location]) {
		item.action = STORE_REMOVE;
		item.new = NULL;
	} else if (item.old == NULL) {
		item.flags |= STORE_SET_MODE;
		item.mode = new_mode(change, location);
	}
	return item;
}

/* Sets the mode and owner that a file is to have; ITEM writes it, or does nothing else. */
static void set_access(struct store_item *item, const struct accessed *accessed,
		       const struct access *wanted)
{
	item->loaded = &accessed->loaded;
	if (wanted->mode != (accessed->loaded.mode & 07777))
		item->flags |= STORE_SET_MODE;
	if (wanted->uid != accessed->loaded.uid || wanted->gid != accessed->loaded.gid)
		item->flags |= STORE_SET_OWNER;
	item->mode = wanted->mode;
	item->uid = wanted->uid;
	item->gid = wanted->gid;
}

/* One item a file; the caller frees the items. */
static void make_plan(const struct change *change, const struct place *place,
		      struct store_plan *plan)
{
	struct store_item *items = xcalloc(LOCATION_FILES + change->naccessed, sizeof *items);
	size_t of_file[LOCATION_FILES], i;

	for (i = 0; i < LOCATION_FILES; i++) {
		of_file[i] = SIZE_MAX;
		if (!change_touches(change, (enum location)i))
			continue;
		of_file[i] = plan->count;
		items[plan->count++] = write_item(change, (enum location)i, place);
	}
	for (i = 0; i < change->naccessed; i++) {
		const struct accessed *accessed = &change->accessed[i];
		struct access now = access_of(host_info(change->host, accessed->number)),
			      was = access_of(&accessed->loaded);
		size_t item =
			accessed->number < LOCATION_FILES ? of_file[accessed->number] : SIZE_MAX;

		if (access_equal(&was, &now) ||
		    (item != SIZE_MAX && items[item].action == STORE_REMOVE))
			continue;
		if (item == SIZE_MAX) {
			item = plan->count++;
			items[item].name = host_name(change->host, accessed->number);
			items[item].action = STORE_ATTRIBUTES;
		}
		set_access(&items[item], accessed, &now);
	}
	plan->items = items;
}

static bool save(const char *root, const struct store_plan *plan, const struct lock_wait *wait,
		 struct store_report *report, struct error *err)
{
	static const struct lock_wait no_wait;
	struct lock *lock = lock_take(root, wait != NULL ? wait : &no_wait, err);
	bool good;

	if (lock == NULL)
		return false;
	good = store_save(lock, plan, report, err);
	lock_release(lock);
	return good;
}

void change_look_again(struct change *change)
{
	struct host *host = change->host;
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++) {
		if (change->gone[i])
			doc_free(host_replace(host, (enum location)i, NULL));
		if (change->touched[i] && !host->single)
			file_look(host->root, locations[i].path, &host->files[i].info);
	}
	for (i = 0; i < change->naccessed; i++) {
		uint32_t number = change->accessed[i].number;

		file_look(host->root, host_name(host, number), host_info(host, number));
	}
	host_forget_history(host);
	change_set_written(change);
}

bool change_save(struct change *change, const struct lock_wait *wait, struct store_report *report,
		 struct error *err)
{
	struct store_folder folders[LOCATION_COUNT];
	struct store_plan plan = { .folders = folders };
	struct change_record record;
	struct place place;
	bool good;
	int i;

	*report = (struct store_report){ 0 };
	if (!change_may_save(change, err) || !find_place(change->host, &place, err))
		return false;
	if (place.file == NULL && !change->promised && !promise_allows(place.root, err)) {
		place_release(&place);
		return false;
	}
	for (i = LOCATION_FILES; i < LOCATION_COUNT; i++)
		folders[plan.nfolders++] =
			(struct store_folder){ locations[i].path, locations[i].mode };
	make_plan(change, &place, &plan);
	plan.alone = place.file != NULL;
	change_record_init(&record, change);
	if (change->history.entries > 0 && !plan.alone)
		plan.history = &record.note;
	good = plan.count == 0 || save(place.root, &plan, wait, report, err);
	if (good && plan.count > 0 && change->history.system_log)
		change_record_log(&record, place.root, &plan, report);
	change_record_release(&record);
	free((void *)plan.items);
	place_release(&place);
	if (good)
		change_look_again(change);
	return good;
}
