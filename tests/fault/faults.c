#include "config.h"

#include "tests/fault/faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#ifdef HAVE_SYS_XATTR_H
#include <sys/xattr.h>
#endif
#include <unistd.h>

#include "host/state.h"

static struct fault fault;
static struct fault_log *fault_log;
static bool watching;

/* What was done through a descriptor since it was opened. */
static struct use {
	bool unsynced; /* a change that is not on the disk yet */
	bool written;  /* bytes */
	bool by_order; /* names that need not be on the disk, only in their order (store/history.h) */
} uses[1024];

void faults_arm(const struct fault *with, struct fault_log *log)
{
	fault = *with;
	fault_log = log;
}

void faults_disarm(void)
{
	fault_log = NULL;
}

/* The C library's own function of that name. */
static void *real(const char *name)
{
	void *function = dlsym(RTLD_NEXT, name);

	if (function == NULL)
		abort();
	return function;
}

static struct use *use_of(int fd)
{
	static struct use none;

	return fd >= 0 && fd < (int)(sizeof uses / sizeof *uses) ? &uses[fd] : &none;
}

/* RESULT is that of a call that changed something through FD. Returns it. */
static int note_change(int fd, int result)
{
	if (result >= 0)
		use_of(fd)->unsynced = !use_of(fd)->by_order;
	return result;
}

/* Counts a call. True where it is to fail, with errno set. */
static bool fails(const char *name, bool changes)
{
	unsigned call;

	if (fault_log == NULL || watching || (fault.changing && !changes))
		return false;
	if (fault.watch != NULL) {
		watching = true;
		fault.watch(fault.ctx, name);
		watching = false;
	}
	call = ++fault_log->calls;
	if (call == fault.at)
		snprintf(fault_log->hit, sizeof fault_log->hit, "%s", name);
	if ((fault.kind == FAULT_KILL && call == fault.at) ||
	    (fault.kind == FAULT_SHORT && call == fault.kill_at))
		raise(SIGKILL);
	if ((fault.kind == FAULT_ERROR && call == fault.at) ||
	    (fault.kind == FAULT_STICKY && call >= fault.at && changes &&
	     (fault.only == NULL || strcmp(fault.only, name) == 0))) {
		errno = fault.errnum;
		return true;
	}
	return false;
}

/*
 * Calls the C library's function, or fails. The type of the function is that of the one being
 * defined, which has the same name.
 */
#define PASS_ON(name, changes, ...)                                                                \
	(fails(#name, (changes)) ? -1 : ((__typeof__(&name))real(#name))(__VA_ARGS__))

static mode_t mode_argument(int flags, va_list ap)
{
	return (flags & O_CREAT) != 0 ? (mode_t)va_arg(ap, int) : 0;
}

int open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = mode_argument(flags, ap);
	va_end(ap);
	return PASS_ON(open, (flags & O_CREAT) != 0, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;
	int fd;

	va_start(ap, flags);
	mode = mode_argument(flags, ap);
	va_end(ap);
	fd = PASS_ON(openat, (flags & O_CREAT) != 0, at, path, flags, mode);
	if (fd >= 0)
		use_of(fd)->by_order = strcmp(path, STATE_HISTORY) == 0;
	return fd;
}

/* All commands that are used here take a pointer or a number of that size. */
int fcntl(int fd, int command, ...)
{
	va_list ap;
	void *argument;

	va_start(ap, command);
	argument = va_arg(ap, void *);
	va_end(ap);
	return PASS_ON(fcntl, true, fd, command, argument);
}

ssize_t read(int fd, void *bytes, size_t len)
{
	return PASS_ON(read, false, fd, bytes, len);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	ssize_t result;

	if (fault.kind == FAULT_SHORT && fault_log != NULL && len > 3)
		len = 3;
	result = PASS_ON(write, true, fd, bytes, len);
	if (result >= 0)
		use_of(fd)->unsynced = use_of(fd)->written = true;
	return result;
}

ssize_t pread(int fd, void *bytes, size_t len, off_t at)
{
	return PASS_ON(pread, false, fd, bytes, len, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	return PASS_ON(pwrite, true, fd, bytes, len, at);
}

int ftruncate(int fd, off_t len)
{
	return PASS_ON(ftruncate, true, fd, len);
}

ssize_t readlink(const char *path, char *bytes, size_t len)
{
	return PASS_ON(readlink, false, path, bytes, len);
}

ssize_t readlinkat(int at, const char *path, char *bytes, size_t len)
{
	return PASS_ON(readlinkat, false, at, path, bytes, len);
}

int stat(const char *path, struct stat *st)
{
	return PASS_ON(stat, false, path, st);
}

int lstat(const char *path, struct stat *st)
{
	return PASS_ON(lstat, false, path, st);
}

int fstat(int fd, struct stat *st)
{
	return PASS_ON(fstat, false, fd, st);
}

int fstatat(int at, const char *path, struct stat *st, int flags)
{
	return PASS_ON(fstatat, false, at, path, st, flags);
}

#ifdef HAVE_FSETXATTR

ssize_t fgetxattr(int fd, const char *name, void *value, size_t size)
{
	return PASS_ON(fgetxattr, false, fd, name, value, size);
}

int fsetxattr(int fd, const char *name, const void *value, size_t size, int flags)
{
	return note_change(fd, PASS_ON(fsetxattr, true, fd, name, value, size, flags));
}

int fremovexattr(int fd, const char *name)
{
	return PASS_ON(fremovexattr, true, fd, name);
}

#endif

int fsync(int fd)
{
	if (fails("fsync", true))
		return -1;
	use_of(fd)->unsynced = false;
	return 0;
}

int fchmod(int fd, mode_t mode)
{
	return note_change(fd, PASS_ON(fchmod, true, fd, mode));
}

int fchown(int fd, uid_t uid, gid_t gid)
{
	return PASS_ON(fchown, true, fd, uid, gid);
}

int linkat(int from_at, const char *from, int to_at, const char *to, int flags)
{
	return PASS_ON(linkat, true, from_at, from, to_at, to, flags);
}

int renameat(int from_at, const char *from, int to_at, const char *to)
{
	return note_change(to_at, PASS_ON(renameat, true, from_at, from, to_at, to));
}

#ifdef HAVE_RENAMEAT2
int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags)
{
	return note_change(to_at, PASS_ON(renameat2, true, from_at, from, to_at, to, flags));
}
#endif

int symlinkat(const char *target, int at, const char *path)
{
	return note_change(at, PASS_ON(symlinkat, true, target, at, path));
}

int unlink(const char *path)
{
	return PASS_ON(unlink, true, path);
}

int unlinkat(int at, const char *path, int flags)
{
	return PASS_ON(unlinkat, true, at, path, flags);
}

int mkdirat(int at, const char *path, mode_t mode)
{
	return note_change(at, PASS_ON(mkdirat, true, at, path, mode));
}

/* The descriptor is gone even where closing it reports an error. */
int close(int fd)
{
	int (*function)(int) = (int (*)(int))real("close");
	bool failing = fails("close", false);
	int errnum = errno;
	int rc = function(fd);

	if (fault_log != NULL && !watching) {
		fault_log->unsynced = fault_log->unsynced || use_of(fd)->unsynced;
		fault_log->lost =
			fault_log->lost || (failing && errnum != EINTR && use_of(fd)->written);
	}
	*use_of(fd) = (struct use){ .unsynced = false };
	if (!failing)
		return rc;
	errno = errnum;
	return -1;
}
