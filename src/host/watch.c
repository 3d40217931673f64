#include "config.h"

#include "host/watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef HAVE_SYS_INOTIFY_H
#include <sys/inotify.h>
#endif

#include "base/xalloc.h"
#include "host/file.h"
#include "host/location.h"

struct watch {
	char *root;
	int fd;
};

int watch_fd(const struct watch *watch)
{
	return watch->fd;
}

#ifdef HAVE_SYS_INOTIFY_H

static void stop(struct watch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	watch->fd = -1;
}

/* Watches the folder at PATH; false where it is not there. The same one twice is watched once. */
static bool add(struct watch *watch, const char *path)
{
	const uint32_t what = IN_MODIFY | IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE |
			      IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF |
			      IN_ONLYDIR;

	if (watch->fd < 0 || inotify_add_watch(watch->fd, path, what) >= 0)
		return true;
	if (errno == ENOENT || errno == ENOTDIR)
		return false;
	/* One that cannot be watched makes all of them worthless. */
	stop(watch);
	return true;
}

/* The folder NAME below the root or, where it is not there, the next one above it, in which it would
 * be made. */
static void add_folder(struct watch *watch, const char *name)
{
	char *at = xstrdup(name), *slash;
	bool done = false;

	while (!done) {
		struct file_info info;
		char *path = file_resolve(watch->root, *at != '\0' ? at : "/", &info);

		done = path != NULL && add(watch, path);
		free(path);
		if (*at == '\0')
			break;
		slash = strrchr(at, '/');
		*slash = '\0';
	}
	free(at);
}

/* The folder in which the file NAME really is. */
static void add_folder_of(struct watch *watch, const char *name)
{
	struct file_info info;
	char *path = file_resolve(watch->root, name, &info), *slash;

	if (path != NULL) {
		slash = strrchr(path, '/');
		slash[slash == path] = '\0';
		add(watch, path);
	}
	free(path);
}

static void add_all(struct watch *watch)
{
	int i;

	for (i = 0; i < LOCATION_COUNT; i++) {
		char *name = xstrdup(locations[i].path), *slash;

		if (i < LOCATION_FILES) {
			add_folder_of(watch, name);
			slash = strrchr(name, '/');
			*slash = '\0';
		}
		add_folder(watch, name);
		free(name);
	}
}

struct watch *watch_new(const char *root)
{
	struct watch *watch = xcalloc(1, sizeof *watch);

	watch->root = xstrdup(root);
	watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (watch->fd >= 0)
		add_all(watch);
	return watch;
}

void watch_take(struct watch *watch)
{
	char events[4096];

	if (watch->fd < 0)
		return;
	while (read(watch->fd, events, sizeof events) > 0)
		;
	add_all(watch);
}

#else

static void stop(struct watch *watch)
{
	(void)watch;
}

struct watch *watch_new(const char *root)
{
	struct watch *watch = xcalloc(1, sizeof *watch);

	watch->root = xstrdup(root);
	watch->fd = -1;
	return watch;
}

void watch_take(struct watch *watch)
{
	(void)watch;
}

#endif

void watch_free(struct watch *watch)
{
	if (watch == NULL)
		return;
	stop(watch);
	free(watch->root);
	free(watch);
}
