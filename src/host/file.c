#include "config.h"

#include "host/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "doc/doc.h"

#define MAX_LINKS 40

static void set_errno(struct file_info *info, int errnum)
{
	info->errnum = errnum;
	switch (errnum) {
	case ENOENT:
	case ENOTDIR:
		info->state = FILE_MISSING;
		break;
	case EACCES:
	case EPERM:
		info->state = FILE_DENIED;
		break;
	case ELOOP:
		info->state = FILE_LOOP;
		break;
	case ENXIO:
	case EOPNOTSUPP:
		info->state = FILE_NOT_REGULAR;
		break;
	default:
		info->state = FILE_FAILED;
	}
}

static void set_stat(struct file_info *info, const struct stat *st)
{
	info->mode = st->st_mode;
	info->uid = st->st_uid;
	info->gid = st->st_gid;
	info->device = st->st_dev;
	info->inode = st->st_ino;
	info->links = st->st_nlink;
	info->size = st->st_size;
	info->mtime = st->st_mtim.tv_sec;
	info->mtime_nsec = st->st_mtim.tv_nsec;
	if (S_ISREG(st->st_mode))
		info->state = FILE_READ;
	else if (S_ISDIR(st->st_mode))
		info->state = FILE_DIRECTORY;
	else
		info->state = FILE_NOT_REGULAR;
}

/* The walk of a path: what is done, and what is still to be walked. */
struct walk {
	struct strbuf path; /* resolved so far; below the root */
	size_t root_len;
	char *rest;
	unsigned links;
};

static void walk_up(struct walk *walk)
{
	while (walk->path.len > walk->root_len && walk->path.buf[walk->path.len - 1] != '/')
		strbuf_truncate(&walk->path, walk->path.len - 1);
	if (walk->path.len > walk->root_len)
		strbuf_truncate(&walk->path, walk->path.len - 1);
}

/* Puts the link's target in front of what is still to be walked. */
static bool walk_link(struct walk *walk, const char *rest, struct file_info *info)
{
	char target[PATH_MAX];
	ssize_t len = readlink(walk->path.buf, target, sizeof target - 1);
	struct strbuf all = STRBUF_INIT;

	if (len < 0) {
		set_errno(info, errno);
		return false;
	}
	if (++walk->links > MAX_LINKS) {
		info->state = FILE_LOOP;
		return false;
	}
	target[len] = '\0';
	if (target[0] == '/')
		strbuf_truncate(&walk->path, walk->root_len);
	else
		walk_up(walk);
	strbuf_addf(&all, "%s/%s", target, rest);
	free(walk->rest);
	walk->rest = strbuf_detach(&all, NULL);
	return true;
}

/* Walks one component; *NEXT is what follows it. False where the walk cannot go on. */
static bool walk_step(struct walk *walk, const char *name, const char *rest, bool last,
		      struct file_info *info)
{
	struct stat st;

	if (strcmp(name, ".") == 0)
		return true;
	if (strcmp(name, "..") == 0) {
		walk_up(walk);
		return true;
	}
	strbuf_addf(&walk->path, "/%s", name);
	if (lstat(walk->path.buf, &st) != 0) {
		set_errno(info, errno);
		if (walk->links > 0 && info->state == FILE_MISSING && info->linked)
			info->state = FILE_DANGLING;
		return false;
	}
	if (S_ISLNK(st.st_mode)) {
		if (last && walk->links == 0)
			info->linked = true;
		return walk_link(walk, rest, info);
	}
	return true;
}

static bool only_slashes(const char *s)
{
	return s[strspn(s, "/")] == '\0';
}

char *file_resolve(const char *root, const char *name, struct file_info *info)
{
	struct walk walk = { .path = STRBUF_INIT };
	bool good = true, last = false;

	*info = (struct file_info){ .state = FILE_READ };
	if (strcmp(root, "/") != 0)
		strbuf_addstr(&walk.path, root);
	while (walk.path.len > 0 && walk.path.buf[walk.path.len - 1] == '/')
		strbuf_truncate(&walk.path, walk.path.len - 1);
	walk.root_len = walk.path.len;
	walk.rest = xstrdup(name);
	while (good && !only_slashes(walk.rest)) {
		char *start = walk.rest + strspn(walk.rest, "/"), *component, *rest;
		size_t len = strcspn(start, "/");

		component = xstrndup(start, len);
		rest = xstrdup(start + len);
		last = only_slashes(rest);
		free(walk.rest);
		walk.rest = xstrdup(rest);
		good = walk_step(&walk, component, rest, last, info);
		free(component);
		free(rest);
	}
	free(walk.rest);
	if (good || (info->state == FILE_MISSING && last && info->errnum == ENOENT)) {
		if (walk.path.len == 0)
			strbuf_addch(&walk.path, '/');
		return strbuf_detach(&walk.path, NULL);
	}
	strbuf_release(&walk.path);
	return NULL;
}

/* The path to open: the host's own root needs no walk of ours. */
static char *open_path(const char *root, const char *name, struct file_info *info)
{
	if (strcmp(root, "/") != 0)
		return file_resolve(root, name, info);
	*info = (struct file_info){ .state = FILE_READ };
	return xstrdup(name);
}

static void note_link(const char *root, const char *path, struct file_info *info)
{
	struct stat st;

	if (strcmp(root, "/") != 0 || lstat(path, &st) != 0)
		return;
	info->linked = S_ISLNK(st.st_mode);
	if (info->linked && info->state == FILE_MISSING)
		info->state = FILE_DANGLING;
}

void file_look(const char *root, const char *name, struct file_info *info)
{
	char *path = open_path(root, name, info);
	struct stat st;

	if (path == NULL)
		return;
	if (stat(path, &st) != 0)
		set_errno(info, errno);
	else
		set_stat(info, &st);
	note_link(root, path, info);
	free(path);
}

void file_read(const char *root, const char *name, bool secret, struct blob *blob,
	       struct file_info *info)
{
	file_read_up_to(root, name, DOC_MAX_BYTES, secret, blob, info);
}

/* What is open now: somebody may have put something else there. */
static void read_fd(int fd, const char *path, size_t limit, bool secret, struct blob *blob,
		    struct file_info *info)
{
	struct error err = ERROR_INIT;
	struct stat st;

	if (fstat(fd, &st) != 0) {
		set_errno(info, errno);
		return;
	}
	set_stat(info, &st);
	if (info->state != FILE_READ)
		return;
	if (st.st_size > (off_t)limit)
		info->state = FILE_TOO_LARGE;
	else if (!blob_read(blob, fd, (size_t)st.st_size, limit, secret, path, &err) &&
		 err.errnum != 0)
		set_errno(info, err.errnum);
	else if (err.code != ERROR_NONE)
		info->state = FILE_TOO_LARGE;
	error_clear(&err);
}

void file_read_up_to(const char *root, const char *name, size_t limit, bool secret,
		     struct blob *blob, struct file_info *info)
{
	char *path = open_path(root, name, info);
	struct stat st;
	int fd;

	*blob = (struct blob){ 0 };
	if (path == NULL)
		return;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		/* Some devices do something when they are opened. */
		set_stat(info, &st);
	} else {
		/* Not to hang on a FIFO, and not to become a terminal's owner. */
		fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
		if (fd < 0) {
			set_errno(info, errno);
		} else {
			read_fd(fd, path, limit, secret, blob, info);
			close(fd);
		}
	}
	note_link(root, path, info);
	free(path);
}

const char *file_state_text(const struct file_info *info)
{
	switch (info->state) {
	case FILE_MISSING:
		return _("does not exist");
	case FILE_READ:
		return _("is a file");
	case FILE_DIRECTORY:
		return _("is a directory");
	case FILE_DENIED:
		return _("may not be read by this user");
	case FILE_NOT_REGULAR:
		if (S_ISFIFO(info->mode))
			return _("is a FIFO and no file");
		if (S_ISSOCK(info->mode) || info->mode == 0)
			return _("is a socket and no file");
		return _("is a device and no file");
	case FILE_DANGLING:
		return _("is a symbolic link to something that does not exist");
	case FILE_LOOP:
		return _("is a symbolic link that leads back to itself");
	case FILE_TOO_LARGE:
		return _("is too large");
	case FILE_FAILED:
		break;
	}
	return strerror(info->errnum);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void file_list(const char *root, const char *name, struct file_names *names, struct file_info *info)
{
	char *path;
	DIR *dir;
	struct dirent *entry;

	*names = (struct file_names){ 0 };
	file_look(root, name, info);
	if (info->state != FILE_DIRECTORY)
		return;
	path = file_resolve(root, name, &(struct file_info){ 0 });
	dir = path != NULL ? opendir(path) : NULL;
	if (dir == NULL)
		set_errno(info, errno);
	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			VEC_PUSH(names->items, names->count, names->cap, xstrdup(entry->d_name));
	if (dir != NULL)
		closedir(dir);
	free(path);
	if (names->count > 0)
		qsort(names->items, names->count, sizeof *names->items, compare_names);
}

void file_names_free(struct file_names *names)
{
	size_t i;

	for (i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
	*names = (struct file_names){ 0 };
}
