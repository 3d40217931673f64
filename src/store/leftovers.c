#include "config.h"

#include "store/leftovers.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "host/location.h"
#include "store/saver.h"

/* "(2026-11-20 21:03, user root)" */
static void add_saver(const struct saver *saver, struct strbuf *text)
{
	struct strbuf user = STRBUF_INIT, time = STRBUF_INIT;

	saver_add_user(&user, saver);
	saver_add_time(&time, saver, "%Y-%m-%d %H:%M");
	strbuf_addf(text, _("(%s, user %s)"), time.buf, user.buf);
	strbuf_release(&user);
	strbuf_release(&time);
}

void leftovers_name(const struct record *record, struct strbuf *text)
{
	const struct saver saver = { record->pid, record->uid, record->time };

	strbuf_addf(text,
		    ngettext("an interrupted save of %zu file", "an interrupted save of %zu files",
			     record->files),
		    record->files);
	strbuf_addch(text, ' ');
	add_saver(&saver, text);
}

void leftovers_unmake(struct folders *folders, const struct record *record)
{
	struct error ignored = ERROR_INIT;
	size_t i;

	for (i = record->nfolders; i > 0; i--) {
		const struct folder *folder =
			folder_below(folders, record->folders[i - 1], &ignored);

		if (folder != NULL && folder->fd >= 0 && folder->parent != NULL)
			unlinkat(folder->parent->fd, strrchr(folder->path, '/') + 1, AT_REMOVEDIR);
		error_clear(&ignored);
	}
}

bool leftovers_tidy(struct folders *folders, const struct record *record, struct strbuf *said,
		    struct error *err)
{
	struct strbuf which = STRBUF_INIT;
	size_t i;

	for (i = 0; i < record->nplaces; i++) {
		const struct folder *folder = folder_below(folders, record->places[i], err);

		if (folder == NULL)
			return false;
		if (folder->fd >= 0)
			folder_sweep(folder, record->pid);
	}
	leftovers_unmake(folders, record);
	leftovers_name(record, &which);
	strbuf_addf(said, _("%s had not changed anything yet; what it had prepared was removed"),
		    which.buf);
	strbuf_release(&which);
	return true;
}

/* The folder of what stands at a location, or NULL where nobody can have saved there. */
static const struct folder *location_folder(struct folders *folders, const char *root,
					    enum location location)
{
	struct file_info info;
	char *path = folder_resolve(root, locations[location].path, &info);
	struct error ignored = ERROR_INIT;
	const struct folder *folder;

	if (path == NULL)
		return NULL;
	if (location < LOCATION_FILES)
		*strrchr(path, '/') = '\0';
	folder = folder_open(folders, path, &ignored);
	error_clear(&ignored);
	free(path);
	return folder != NULL && folder->fd >= 0 ? folder : NULL;
}

/* How many files were removed. */
static size_t sweep_locations(struct folders *folders, const char *root, long dead)
{
	const struct folder *swept[LOCATION_COUNT];
	size_t removed = 0, i, j;

	for (i = 0; i < LOCATION_COUNT; i++) {
		swept[i] = location_folder(folders, root, (enum location)i);
		for (j = 0; j < i && swept[j] != swept[i]; j++)
			;
		if (swept[i] != NULL && j == i)
			removed += folder_sweep(swept[i], dead);
	}
	return removed;
}

void leftovers_sweep(struct folders *folders, struct lock *lock, struct strbuf *said)
{
	struct strbuf who = STRBUF_INIT;
	struct saver owner;
	size_t removed;

	if (!lock_was_left(lock, &owner))
		return;
	removed = sweep_locations(folders, lock_root(lock), owner.pid);
	lock_is_tidied(lock);
	if (removed == 0 || said->len > 0)
		return;
	if (owner.pid != 0) {
		strbuf_addch(&who, ' ');
		add_saver(&owner, &who);
	}
	strbuf_addf(said,
		    ngettext("an interrupted save%s had left %zu temporary file, which was "
			     "removed; each file is whole",
			     "an interrupted save%s had left %zu temporary files, which were "
			     "removed; each file is whole",
			     removed),
		    who.buf, removed);
	strbuf_release(&who);
}
