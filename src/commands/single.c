#include "config.h"

#include "commands/single.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

/* The bytes of the one file that is to be checked; "-" is standard input. */
static bool read_single(const char *path, bool secret, struct blob *blob, struct error *err)
{
	bool input = strcmp(path, "-") == 0;
	int fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;
	bool good;

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

bool single_open(struct work *work, const char *type, const char *path, struct error *err)
{
	enum location location = location_of_format(type);
	struct blob blob;

	if (location == LOCATION_COUNT)
		return error_set(err, ERROR_USAGE,
				 _("'%s' is no type of file; choose ike-config or ike-preshared"),
				 type);
	if (!read_single(path, locations[location].secret, &blob, err))
		return false;
	work->host = host_open_single(location, path, blob, work->dialect);
	return true;
}
