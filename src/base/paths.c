#include "config.h"

#include "base/paths.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "base/xalloc.h"

/* A kind's folder as configure has it, and in the folder where the program was built. */
static const struct {
	const char *installed, *built;
} places[] = {
	[PATHS_LOADED] = { PKGLIBEXECDIR, "" },
	[PATHS_DATA] = { PKGDATADIR, "/share" },
};

#ifdef HAVE_GETEXECNAME
static char *executable(void)
{
	const char *name = getexecname();

	return name != NULL ? realpath(name, NULL) : NULL;
}
#else
static char *executable(void)
{
	size_t room = 256;

	for (;;) {
		char *path = xmalloc(room);
		ssize_t len = readlink("/proc/self/exe", path, room);

		if (len > 0 && (size_t)len < room) {
			path[len] = '\0';
			return path;
		}
		free(path);
		if (len <= 0)
			return NULL;
		room *= 2;
	}
}
#endif

/* Cuts PATH to the folder it is in. */
static void cut_name(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash == path)
		slash++;
	if (slash != NULL)
		*slash = '\0';
}

char *paths_executable_dir(void)
{
	char *path = executable();

	if (path != NULL)
		cut_name(path);
	return path;
}

/* The next component of *PATH, behind its slashes; sets *LEN, and steps to the component's end. */
static const char *next_component(const char **path, size_t *len)
{
	const char *start = *path + strspn(*path, "/");

	*len = strcspn(start, "/");
	*path = start + *len;
	return start;
}

char *paths_relative(const char *from, const char *to)
{
	struct strbuf sb = STRBUF_INIT;
	const char *a = from, *b = to, *x, *y;
	size_t alen, blen;

	for (;;) {
		from = a;
		to = b;
		x = next_component(&a, &alen);
		y = next_component(&b, &blen);
		if (alen == 0 || alen != blen || memcmp(x, y, alen) != 0)
			break;
	}
	while (next_component(&from, &alen), alen > 0)
		strbuf_addstr(&sb, sb.len > 0 ? "/.." : "..");
	while (y = next_component(&to, &blen), blen > 0) {
		strbuf_addstr(&sb, sb.len > 0 ? "/" : "");
		strbuf_add(&sb, y, blen);
	}
	return strbuf_detach(&sb, NULL);
}

static bool is_safe(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && (st.st_mode & S_IWOTH) == 0;
}

/* Takes PATH, and returns it where a file of ours is there; otherwise NULL. */
static char *usable(struct strbuf *path)
{
	char *found = strbuf_detach(path, NULL), *folder = xstrdup(found);
	bool safe;

	cut_name(folder);
	safe = is_safe(found) && is_safe(folder);
	free(folder);
	if (safe)
		return found;
	free(found);
	return NULL;
}

char *paths_find_from(const char *dir, enum paths_kind kind, const char *name)
{
	const char *installed = places[kind].installed;
	struct strbuf path = STRBUF_INIT;
	char *found = NULL;

	if (dir != NULL) {
		char *way = paths_relative(BINDIR, installed);

		strbuf_addf(&path, "%s/%s/%s", dir, way, name);
		free(way);
		found = usable(&path);
		if (found == NULL) {
			strbuf_addf(&path, "%s%s/%s", dir, places[kind].built, name);
			found = usable(&path);
		}
	}
	if (found == NULL) {
		strbuf_addf(&path, "%s/%s", installed, name);
		found = usable(&path);
	}
	return found;
}

char *paths_find(enum paths_kind kind, const char *name)
{
	char *dir = paths_executable_dir(), *found = paths_find_from(dir, kind, name);

	free(dir);
	return found;
}
