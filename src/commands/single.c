#include "config.h"

#include "commands/single.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/near.h"

/* The bytes of the one file that is to be checked; "-" is standard input. */
static bool read_single(const char *path, bool secret, struct blob *blob, struct error *err)
{
	bool input = strcmp(path, "-") == 0;
	struct stat st;
	bool good;
	int fd;

	/* Some devices do something when they are opened. */
	if (!input && stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return error_set(err, ERROR_IO, _("'%s' is no regular file"), path);
	fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		error_set_errno(err, ERROR_IO, errno, _("cannot open '%s'"), path);
		if (fd >= 0 && !input)
			close(fd);
		return false;
	}
	if (!input && !S_ISREG(st.st_mode))
		good = error_set(err, ERROR_IO, _("'%s' is no regular file"), path);
	else
		good = blob_read(blob, fd, S_ISREG(st.st_mode) ? (size_t)st.st_size : 65536,
				 DOC_MAX_BYTES, secret, input ? _("standard input") : path, err);
	if (!input)
		close(fd);
	return good;
}

static bool no_type(const char *type, struct error *err)
{
	struct near near = near_to(type, strlen(type));
	struct strbuf all = STRBUF_INIT;
	int i;

	for (i = 0; i < LOCATION_FILES; i++) {
		near_try(&near, locations[i].format->name);
		strbuf_addf(&all, "%s%s", i > 0 ? ", " : _("the types are "),
			    locations[i].format->name);
	}
	error_set(err, ERROR_USAGE, _("'%s' is no type of file"), type);
	near_tell(&near, err, all.buf);
	strbuf_release(&all);
	return false;
}

bool single_open(struct work *work, const char *type, const char *path, struct error *err)
{
	enum location location = location_of_format(type);
	struct blob blob;

	if (location == LOCATION_COUNT)
		return no_type(type, err);
	if (!read_single(path, locations[location].secret, &blob, err))
		return false;
	work->host = host_open_single(location, path, blob, work->dialect);
	return true;
}
