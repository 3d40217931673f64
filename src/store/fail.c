#include "config.h"

#include "store/fail.h"

#include <errno.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"

static const struct way_out {
	int errnum;
	enum error_code code;
	const char *advice;
} ways_out[] = {
	{ EACCES, ERROR_REFUSED, N_("run this as root, or as the user who owns the folder") },
	{ EPERM, ERROR_REFUSED, N_("this needs root, or the file is marked as immutable") },
	{ EROFS, ERROR_IO, N_("mount it writable and save again") },
	{ ENOSPC, ERROR_IO, N_("make room on the file system and save again") },
	{ EDQUOT, ERROR_IO, N_("make room within the quota, or have it raised, and save again") },
	{ EFBIG, ERROR_IO, N_("raise the limit for the size of files (ulimit -f) and save again") },
	{ EIO, ERROR_IO,
	  N_("the disk or its connection is failing; look at the system's log first") },
	{ EBUSY, ERROR_IO,
	  N_("it is a mount point of its own, which cannot be replaced; unmount it first") },
	{ ELOOP, ERROR_IO, N_("a symbolic link has been put there; look who did that") },
	{ ENOTDIR, ERROR_IO, N_("a file stands where a folder is needed; move it away") },
};

bool fail_state(struct error *err, enum error_code code, const char *step, const char *path)
{
	struct strbuf shown = STRBUF_INIT;

	print_addstr(&shown, path);
	error_set(err, code, _(step), shown.buf);
	strbuf_release(&shown);
	return false;
}

bool fail_errno(struct error *err, int errnum, const char *step, const char *path)
{
	const struct way_out *way = NULL;
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ways_out); i++)
		if (ways_out[i].errnum == errnum)
			way = &ways_out[i];
	fail_state(err, way != NULL ? way->code : ERROR_IO, step, path);
	strbuf_addf(&text, "%s: %s", err->text, strerror(errnum));
	if (way != NULL)
		strbuf_addf(&text, "; %s", _(way->advice));
	error_set(err, err->code, "%s", text.buf);
	err->errnum = errnum;
	strbuf_release(&text);
	return false;
}
