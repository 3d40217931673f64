#include "config.h"

#include "tests/fault/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "host/file.h"

static void must(bool good, const char *what)
{
	if (!good)
		fatal("test tree: %s: %s", what, strerror(errno));
}

void tree_in_memory(void)
{
	static const char shared[] = "/dev/shm";

	if (getenv("TMPDIR") == NULL && access(shared, W_OK) == 0)
		setenv("TMPDIR", shared, 0);
}

char *tree_new(void)
{
	struct strbuf path = STRBUF_INIT;
	const char *base = getenv("TMPDIR");

	strbuf_addf(&path, "%s/ikeconsole-test.XXXXXX", base != NULL ? base : "/tmp");
	must(mkdtemp(path.buf) != NULL, path.buf);
	return strbuf_detach(&path, NULL);
}

char *tree_path(const char *root, const char *name)
{
	struct strbuf path = STRBUF_INIT;

	strbuf_addf(&path, "%s%s", root, name);
	return strbuf_detach(&path, NULL);
}

/* The names in a folder, read whole, so that it may be changed meanwhile. */
static void names_of(const char *path, struct file_names *names)
{
	struct file_info info;

	file_list(path, "/", names, &info);
	must(info.state == FILE_DIRECTORY, path);
}

static void remove_entry(const char *path)
{
	struct stat st;

	must(lstat(path, &st) == 0, path);
	if (S_ISDIR(st.st_mode)) {
		must(chmod(path, 0700) == 0, path);
		tree_empty(path);
		must(rmdir(path) == 0, path);
	} else {
		must(unlink(path) == 0, path);
	}
}

void tree_empty(const char *root)
{
	struct file_names names;
	size_t i;

	names_of(root, &names);
	for (i = 0; i < names.count; i++) {
		struct strbuf path = STRBUF_INIT;

		strbuf_addf(&path, "%s/%s", root, names.items[i]);
		remove_entry(path.buf);
		strbuf_release(&path);
	}
	file_names_free(&names);
}

void tree_free(char *root)
{
	remove_entry(root);
	free(root);
}

void tree_folder(const char *root, const char *name, mode_t mode)
{
	char *path = tree_path(root, name), *slash;

	for (slash = path + strlen(root) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		must(mkdir(path, 0755) == 0 || errno == EEXIST, path);
		*slash = '/';
	}
	must(mkdir(path, mode) == 0 || errno == EEXIST, path);
	must(chmod(path, mode) == 0, path);
	free(path);
}

void tree_file(const char *root, const char *name, const char *text, mode_t mode)
{
	tree_bytes(root, name, text, strlen(text), mode);
}

void tree_bytes(const char *root, const char *name, const void *bytes, size_t len, mode_t mode)
{
	char *path = tree_path(root, name);
	const char *slash = strrchr(name, '/');
	struct stat st;
	int fd;

	if (slash != name) {
		char *above = xstrndup(name, (size_t)(slash - name));
		char *folder = tree_path(root, above);

		if (stat(folder, &st) != 0)
			tree_folder(root, above, 0755);
		free(folder);
		free(above);
	}
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	must(fd >= 0, path);
	must(write(fd, bytes, len) == (ssize_t)len, path);
	must(fchmod(fd, mode) == 0, path);
	close(fd);
	free(path);
}

char *tree_text(const char *root, const char *name)
{
	struct blob blob;
	struct file_info info;
	char *text = NULL;

	file_read(root, name, false, &blob, &info);
	if (info.state == FILE_READ)
		text = xstrndup(blob.data, blob.len);
	blob_release(&blob);
	return text;
}

static void dump_bytes(const char *root, const char *name, struct strbuf *sb)
{
	struct blob blob;
	struct file_info info;

	file_read(root, name, false, &blob, &info);
	if (info.state != FILE_READ)
		strbuf_addstr(sb, "unreadable");
	else if (memchr(blob.data, '\0', blob.len) != NULL)
		print_add(sb, blob.data, blob.len);
	else
		strbuf_add(sb, blob.data, blob.len);
	blob_release(&blob);
}

static void dump_content(const char *root, const char *name, const struct stat *st,
			 struct strbuf *sb)
{
	char *path = tree_path(root, name), target[1000];
	ssize_t len;

	if (S_ISLNK(st->st_mode)) {
		len = readlink(path, target, sizeof target);
		strbuf_addf(sb, " -> %.*s", (int)(len > 0 ? len : 0), target);
	} else if (S_ISREG(st->st_mode)) {
		strbuf_addstr(sb, " [");
		dump_bytes(root, name, sb);
		strbuf_addch(sb, ']');
	}
	free(path);
}

static void dump_below(const char *root, const char *name, bool identity,
		       bool (*skip)(const char *name), struct strbuf *sb)
{
	char *folder = tree_path(root, name);
	struct file_names names;
	size_t i;

	names_of(folder, &names);
	for (i = 0; i < names.count; i++) {
		struct strbuf below = STRBUF_INIT;
		char *path;
		struct stat st;

		strbuf_addf(&below, "%s/%s", name, names.items[i]);
		path = tree_path(root, below.buf);
		if ((skip == NULL || !skip(names.items[i])) && lstat(path, &st) == 0) {
			strbuf_addf(sb, "%s %06o %ld:%ld", below.buf, (unsigned)st.st_mode,
				    (long)st.st_uid, (long)st.st_gid);
			if (identity && !S_ISDIR(st.st_mode))
				strbuf_addf(sb, " inode %lu time %ld.%09ld links %lu",
					    (unsigned long)st.st_ino, (long)st.st_mtim.tv_sec,
					    st.st_mtim.tv_nsec, (unsigned long)st.st_nlink);
			dump_content(root, below.buf, &st, sb);
			strbuf_addch(sb, '\n');
			if (S_ISDIR(st.st_mode))
				dump_below(root, below.buf, identity, skip, sb);
		}
		free(path);
		strbuf_release(&below);
	}
	file_names_free(&names);
	free(folder);
}

char *tree_dump(const char *root, bool identity, bool (*skip)(const char *name))
{
	struct strbuf sb = STRBUF_INIT;

	dump_below(root, "", identity, skip, &sb);
	return strbuf_detach(&sb, NULL);
}
