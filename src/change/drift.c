#include "config.h"

#include "change/drift.h"

#include "change/change_private.h"

static void add(struct drift *drift, enum location location)
{
	if (drift->count++ == 0)
		drift->first = location;
}

/* Mode and owner as they were loaded, whatever the change makes of them. */
static struct access loaded_access(struct change *change, uint32_t number)
{
	size_t i;

	for (i = 0; i < change->naccessed; i++)
		if (change->accessed[i].number == number)
			return access_of(&change->accessed[i].loaded);
	return access_of(host_info(change->host, number));
}

static bool has_other_access(struct change *change, uint32_t number, const struct file_info *now)
{
	struct access was = loaded_access(change, number), is = access_of(now);

	return !access_equal(&was, &is);
}

static bool looks_same(const struct file_info *was, const struct file_info *now)
{
	return was->state == now->state && was->device == now->device && was->inode == now->inode &&
	       was->size == now->size && was->mtime == now->mtime &&
	       was->mtime_nsec == now->mtime_nsec;
}

/* What was read again and is the same need not be read the next time. */
static void remember(struct file_info *was, const struct file_info *now)
{
	was->device = now->device;
	was->inode = now->inode;
	was->links = now->links;
	was->size = now->size;
	was->mtime = now->mtime;
	was->mtime_nsec = now->mtime_nsec;
}

static bool file_has_drifted(struct change *change, enum location location)
{
	struct host *host = change->host;
	struct file_info *was = &host->files[location].info, now;
	const struct doc *loaded = change_loaded(change, location);
	struct blob blob;
	bool same;

	file_look(host->root, locations[location].path, &now);
	if (now.state != was->state)
		return true;
	if (now.state != FILE_READ)
		return false;
	if (has_other_access(change, location, &now))
		return true;
	if (looks_same(was, &now))
		return false;
	file_read(host->root, locations[location].path, locations[location].secret, &blob, &now);
	same = now.state == FILE_READ && loaded != NULL && blob_equal(&blob, &loaded->blob);
	if (now.state == FILE_READ)
		blob_release(&blob);
	if (same)
		remember(was, &now);
	return !same;
}

/* Whether the file of a slot, number NUMBER, is as it was. */
static bool slot_has_drifted(struct change *change, uint32_t number)
{
	struct file_info now;

	file_look(change->host->root, host_name(change->host, number), &now);
	return !looks_same(host_info(change->host, number), &now) ||
	       has_other_access(change, number, &now);
}

static size_t slot_count(const struct host *host, enum location folder)
{
	return folder == LOCATION_PUBLICKEYS    ? host->certs.ncerts
	       : folder == LOCATION_PRIVATEKEYS ? host->certs.nkeys
	       : folder == LOCATION_CRLS        ? host->certs.ncrls
						: 0;
}

static bool folder_has_drifted(struct change *change, enum location folder)
{
	struct host *host = change->host;
	size_t count = slot_count(host, folder), i;
	struct file_names names;
	struct file_info now;
	bool drifted = false;

	file_look(host->root, locations[folder].path, &now);
	if (now.state != host->folders[folder].state)
		return true;
	if (now.state != FILE_DIRECTORY)
		return false;
	if (has_other_access(change, folder, &now))
		return true;
	if (folder != LOCATION_PUBLICKEYS && folder != LOCATION_PRIVATEKEYS &&
	    folder != LOCATION_CRLS)
		return false;
	file_list(host->root, locations[folder].path, &names, &now);
	if (host->certs.missing == NULL && now.state == FILE_DIRECTORY) {
		drifted = names.count != count;
		for (i = 0; i < count && !drifted; i++)
			drifted = slot_has_drifted(change, host_slot_number(host, folder, i));
	}
	file_names_free(&names);
	return drifted;
}

void drift_find(struct change *change, struct drift *drift)
{
	int i;

	*drift = (struct drift){ 0 };
	if (change->host->single)
		return;
	for (i = 0; i < LOCATION_FILES; i++)
		if (file_has_drifted(change, (enum location)i))
			add(drift, (enum location)i);
	for (; i < LOCATION_COUNT; i++)
		if (folder_has_drifted(change, (enum location)i))
			add(drift, (enum location)i);
}
