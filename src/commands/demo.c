#include "config.h"

#include "commands/demo.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/blob.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static bool copy_file(const char *from, const char *to, mode_t mode, struct error *err)
{
	struct blob blob = { 0 };
	struct stat st;
	int in = open(from, O_RDONLY | O_CLOEXEC), out = -1;
	bool good;

	if (in < 0 || fstat(in, &st) != 0) {
		error_set_errno(err, ERROR_IO, errno, _("cannot open '%s'"), from);
		if (in >= 0)
			close(in);
		return false;
	}
	good = blob_read(&blob, in, (size_t)st.st_size, (size_t)1 << 26, false, from, err);
	close(in);
	if (!good)
		return false;
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	good = out >= 0 && write_all(out, blob.data, blob.len) && fchmod(out, mode) == 0;
	if (!good)
		error_set_errno(err, ERROR_IO, errno, _("cannot write '%s'"), to);
	if (out >= 0)
		close(out);
	blob_release(&blob);
	return good;
}

/* One line of the table: "MODE path", a folder with a slash at its end. */
static bool copy_line(const char *line, const char *source, const char *dir, struct error *err)
{
	struct strbuf from = STRBUF_INIT, to = STRBUF_INIT;
	char *path;
	mode_t mode = (mode_t)strtoul(line, &path, 8);
	size_t len;
	bool good = true;

	path += strspn(path, " ");
	len = strcspn(path, "\n");
	if (line[0] == '#' || len == 0)
		return true;
	strbuf_addf(&from, "%s/%.*s", source, (int)len, path);
	strbuf_addf(&to, "%s/%.*s", dir, (int)len, path);
	if (path[len - 1] == '/') {
		good = mkdir(to.buf, 0700) == 0 && chmod(to.buf, mode) == 0;
		if (!good)
			error_set_errno(err, ERROR_IO, errno, _("cannot make folder '%s'"), to.buf);
	} else {
		good = copy_file(from.buf, to.buf, mode, err);
	}
	strbuf_release(&from);
	strbuf_release(&to);
	return good;
}

static bool copy_tree(const char *modes, const char *source, const char *dir, struct error *err)
{
	FILE *file = fopen(modes, "re");
	char line[1024];
	bool good = true;

	if (file == NULL)
		return error_set_errno(err, ERROR_IO, errno, _("cannot open '%s'"), modes);
	while (good && fgets(line, sizeof line, file) != NULL)
		good = copy_line(line, source, dir, err);
	fclose(file);
	return good;
}

char *demo_make(struct error *err)
{
	char *source = paths_find(PATHS_DATA, "sample-host"),
	     *modes = paths_find(PATHS_DATA, "sample-host.modes");
	char *dir = xstrdup("/tmp/ikeconsole-demo.XXXXXX");
	bool good = source != NULL && modes != NULL;

	/* A reader that goes away ("list rules | head") is not to leave the copy behind. */
	signal(SIGPIPE, SIG_IGN);
	if (!good)
		error_set(
			err, ERROR_IO,
			_("the sample host is not where it was installed; is the program installed whole?"));
	else if (mkdtemp(dir) == NULL)
		good = error_set_errno(err, ERROR_IO, errno, _("cannot make a folder in /tmp"));
	else if (!copy_tree(modes, source, dir, err)) {
		demo_remove(dir);
		good = false;
	}
	free(source);
	free(modes);
	if (!good) {
		free(dir);
		return NULL;
	}
	return dir;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	remove(path);
	return 0;
}

void demo_remove(const char *dir)
{
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
