#include "config.h"

#include "store/folder.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "store/fail.h"

#define TEMP_PREFIX ".ikeconsole."
#define OPEN_FLAGS  (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)

static struct folder *folder_add(struct folders *folders, char *path, struct folder *parent, int fd)
{
	struct folder *folder = xcalloc(1, sizeof *folder);

	folder->path = path;
	folder->parent = parent;
	folder->fd = fd;
	VEC_PUSH(folders->items, folders->count, folders->cap, folder);
	return folder;
}

bool folders_open(struct folders *folders, const char *root, struct error *err)
{
	size_t len = strlen(root);
	int fd;

	*folders = (struct folders){ 0 };
	while (len > 0 && root[len - 1] == '/')
		len--;
	folders->root_len = len;
	/* The root itself may be a link; it is what the user named. */
	RETRY(fd, open(len > 0 ? root : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	if (fd < 0)
		return fail_errno(err, errno, N_("cannot open the folder '%s'"), root);
	folder_add(folders, xstrndup(root, len), NULL, fd);
	return true;
}

void folders_close(struct folders *folders)
{
	size_t i;

	for (i = 0; i < folders->count; i++) {
		struct folder *folder = folders->items[i];

		if (folder->fd >= 0)
			close(folder->fd);
		free(folder->path);
		free(folder);
	}
	free(folders->items);
	*folders = (struct folders){ 0 };
}

static const char *folder_base(const struct folder *folder)
{
	return strrchr(folder->path, '/') + 1;
}

struct folder *folder_open(struct folders *folders, const char *path, struct error *err)
{
	struct folder *parent;
	const char *base;
	char *above;
	size_t i;
	int fd = -1;

	for (i = 0; i < folders->count; i++)
		if (strcmp(folders->items[i]->path, path) == 0)
			return folders->items[i];
	base = strrchr(path, '/') + 1;
	above = xstrndup(path, (size_t)(base - 1 - path));
	parent = folder_open(folders, above, err);
	free(above);
	if (parent == NULL)
		return NULL;
	if (strcmp(base, "..") == 0 || strcmp(base, ".") == 0) {
		fail_state(err, ERROR_REFUSED, N_("'%s' is no plain path"), path);
		return NULL;
	}
	if (parent->fd >= 0) {
		RETRY(fd, openat(parent->fd, base, OPEN_FLAGS));
		if (fd < 0 && errno != ENOENT) {
			fail_errno(err, errno, N_("cannot open the folder '%s'"), path);
			return NULL;
		}
	}
	return folder_add(folders, xstrdup(path), parent, fd);
}

struct folder *folder_below(struct folders *folders, const char *path, struct error *err)
{
	struct strbuf whole = STRBUF_INIT;
	struct folder *folder;

	strbuf_addf(&whole, "%s%s", folders->items[0]->path, strcmp(path, "/") == 0 ? "" : path);
	folder = folder_open(folders, whole.buf, err);
	strbuf_release(&whole);
	return folder;
}

char *folder_resolve(const char *root, const char *name, struct file_info *info)
{
	char *path = file_resolve(root, name, info);
	const char *slash = strrchr(name, '/');
	struct strbuf sb = STRBUF_INIT;
	char *above, *folder;

	if (path != NULL || info->state != FILE_MISSING || slash == NULL || slash == name)
		return path;
	above = xstrndup(name, (size_t)(slash - name));
	folder = folder_resolve(root, above, info);
	free(above);
	if (folder == NULL)
		return NULL;
	strbuf_addf(&sb, "%s%s", strcmp(folder, "/") == 0 ? "" : folder, slash);
	free(folder);
	return strbuf_detach(&sb, NULL);
}

static mode_t wanted_mode(const struct folders *folders, const struct folder *folder,
			  const struct store_folder *wanted, size_t nwanted)
{
	size_t i;

	for (i = 0; i < nwanted; i++)
		if (strcmp(wanted[i].name, folder->path + folders->root_len) == 0)
			return wanted[i].mode;
	return 0755;
}

bool folder_make(struct folders *folders, struct folder *folder, const struct store_folder *wanted,
		 size_t nwanted, struct error *err)
{
	const char *base;

	if (folder->fd >= 0)
		return true;
	if (!folder_make(folders, folder->parent, wanted, nwanted, err))
		return false;
	base = folder_base(folder);
	if (mkdirat(folder->parent->fd, base, 0700) != 0)
		return fail_errno(err, errno, N_("cannot make the folder '%s'"), folder->path);
	folder->made = true;
	folder->parent->changed = true;
	RETRY(folder->fd, openat(folder->parent->fd, base, OPEN_FLAGS));
	if (folder->fd < 0)
		return fail_errno(err, errno, N_("cannot open the folder '%s'"), folder->path);
	if (fchmod(folder->fd, wanted_mode(folders, folder, wanted, nwanted)) != 0)
		return fail_errno(err, errno, N_("cannot set the mode of the folder '%s'"),
				  folder->path);
	return true;
}

bool folders_sync(struct folders *folders, struct error *err)
{
	size_t i;
	int rc;

	for (i = 0; i < folders->count; i++) {
		struct folder *folder = folders->items[i];

		if (!folder->changed)
			continue;
		RETRY(rc, fsync(folder->fd));
		/* Some file systems have nothing to bring to the disk here, and say so. */
		if (rc != 0 && errno != EINVAL && errno != ENOTSUP)
			return fail_errno(err, errno,
					  N_("cannot bring the folder '%s' to the disk"),
					  folder->path);
	}
	return true;
}

void folders_unmake(struct folders *folders)
{
	size_t i;

	for (i = folders->count; i > 0; i--) {
		struct folder *folder = folders->items[i - 1];

		if (folder->made)
			unlinkat(folder->parent->fd, folder_base(folder), AT_REMOVEDIR);
	}
}

void temp_name(char name[TEMP_NAME_SIZE], const char *purpose, size_t number)
{
	snprintf(name, TEMP_NAME_SIZE, TEMP_PREFIX "%s.%ld.%zu", purpose, (long)getpid(), number);
}

/* The process that a name of ours belongs to; 0: the name is not ours. */
static long temp_owner(const char *name)
{
	char again[TEMP_NAME_SIZE], purpose[4];
	long pid;
	size_t number;

	if (sscanf(name, TEMP_PREFIX "%3[a-z].%9ld.%9zu", purpose, &pid, &number) != 3)
		return 0;
	if (strcmp(purpose, "new") != 0 && strcmp(purpose, "old") != 0)
		return 0;
	snprintf(again, sizeof again, TEMP_PREFIX "%s.%ld.%zu", purpose, pid, number);
	return pid > 0 && strcmp(again, name) == 0 ? pid : 0;
}

bool temp_is_ours(const char *name)
{
	return temp_owner(name) != 0;
}

static bool is_leftover(const struct folder *folder, const char *name, long dead)
{
	long pid = temp_owner(name);
	struct stat st;

	if (pid == 0)
		return false;
	/* Ours are gone when a save ends: one with our number is from an earlier process. */
	if (pid != dead && pid != (long)getpid() && (kill((pid_t)pid, 0) == 0 || errno != ESRCH))
		return false;
	if (fstatat(folder->fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
		return false;
	/* Root leaves some that belong to the file's own user. */
	return st.st_uid == geteuid() || geteuid() == 0;
}

size_t folder_sweep(const struct folder *folder, long dead)
{
	int fd = openat(folder->fd, ".", OPEN_FLAGS);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;
	size_t removed = 0;

	if (dir == NULL) {
		if (fd >= 0)
			close(fd);
		return 0;
	}
	while ((entry = readdir(dir)) != NULL)
		if (is_leftover(folder, entry->d_name, dead) &&
		    unlinkat(folder->fd, entry->d_name, 0) == 0)
			removed++;
	closedir(dir);
	return removed;
}
