#include "config.h"

#include "store/attributes.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef HAVE_SYS_XATTR_H
#include <sys/xattr.h>
#endif

#include "base/xalloc.h"

#define PERMISSIONS 07777
#define NARROW      0600

#ifdef HAVE_FSETXATTR

/* POSIX access lists on Linux. They are copied as they are, so that no library is needed. */
#define ACL_NAME "system.posix_acl_access"

static bool acl_read(int fd, struct attributes *attributes)
{
	ssize_t len = fgetxattr(fd, ACL_NAME, NULL, 0);

	if (len < 0)
		return errno == ENODATA || errno == ENOTSUP;
	attributes->acl = xmalloc((size_t)len);
	attributes->acl_len = (size_t)len;
	return fgetxattr(fd, ACL_NAME, attributes->acl, attributes->acl_len) == len;
}

static bool acl_set(int fd, const struct attributes *attributes, bool narrow)
{
	if (attributes->acl != NULL && !narrow)
		return fsetxattr(fd, ACL_NAME, attributes->acl, attributes->acl_len, 0) == 0;
	if (attributes->inherit && !narrow)
		return true;
	/* A new file may have got one from its folder. */
	return fremovexattr(fd, ACL_NAME) == 0 || errno == ENODATA || errno == ENOTSUP;
}

#else

static bool acl_read(int fd, struct attributes *attributes)
{
	(void)fd;
	(void)attributes;
	return true;
}

static bool acl_set(int fd, const struct attributes *attributes, bool narrow)
{
	(void)fd;
	(void)attributes;
	(void)narrow;
	return true;
}

#endif

bool attributes_read(int fd, struct attributes *attributes)
{
	struct stat st;

	*attributes = (struct attributes){ 0 };
	if (fstat(fd, &st) != 0)
		return false;
	attributes->uid = st.st_uid;
	attributes->gid = st.st_gid;
	attributes->mode = st.st_mode & PERMISSIONS;
	return acl_read(fd, attributes);
}

static bool owner_differs(const struct stat *st, const struct attributes *attributes)
{
	return (attributes->uid != (uid_t)-1 && attributes->uid != st->st_uid) ||
	       (attributes->gid != (gid_t)-1 && attributes->gid != st->st_gid);
}

bool attributes_set(int fd, const struct attributes *attributes, bool narrow)
{
	mode_t mode = attributes->mode & (narrow ? NARROW : PERMISSIONS);
	struct stat st;

	if (fstat(fd, &st) != 0)
		return false;
	/* The owner first: it takes away the set-user-ID bit. The mode last: it opens the file. */
	if (owner_differs(&st, attributes) && fchown(fd, attributes->uid, attributes->gid) != 0)
		return false;
	if (!acl_set(fd, attributes, narrow))
		return false;
	if (fstat(fd, &st) != 0)
		return false;
	return (st.st_mode & PERMISSIONS) == mode || fchmod(fd, mode) == 0;
}

bool attributes_are_wide(const struct attributes *attributes)
{
	return (attributes->mode & ~(mode_t)NARROW) != 0 || attributes->acl != NULL;
}

void attributes_release(struct attributes *attributes)
{
	free(attributes->acl);
	attributes->acl = NULL;
}
