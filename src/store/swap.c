#include "config.h"

#include "store/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

struct identity identity_of(const struct stat *st)
{
	return (struct identity){ true, st->st_ino, st->st_size, (long long)st->st_mtim.tv_sec,
				  st->st_mtim.tv_nsec };
}

bool identity_is(const struct identity *identity, const struct stat *st)
{
	if (!identity->known || st == NULL)
		return !identity->known && st == NULL;
	return S_ISREG(st->st_mode) && st->st_ino == identity->inode &&
	       st->st_size == identity->size && st->st_mtim.tv_sec == identity->seconds &&
	       st->st_mtim.tv_nsec == identity->nanoseconds;
}

int identity_at(const struct identity *identity, int folder, const char *name)
{
	struct stat st;

	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		return identity_is(identity, &st);
	return errno == ENOENT ? identity_is(identity, NULL) : -1;
}

#if defined(HAVE_RENAMEAT2) && defined(RENAME_EXCHANGE)

/* Whether it is for the file system to say that it cannot do this. */
static bool is_unknown(int errnum)
{
	return errnum == EINVAL || errnum == ENOSYS || errnum == ENOTSUP;
}

/*
 * What is at FROM now was taken from BASE by mistake. Should its owner have replaced it once more
 * meanwhile, the newest one is his.
 */
static bool put_back(int folder, const char *from, const struct identity *ours, const char *base)
{
	if (renameat2(folder, from, folder, base, RENAME_EXCHANGE) != 0)
		return renameat(folder, from, folder, base) == 0;
	return identity_at(ours, folder, from) > 0 ||
	       renameat2(folder, from, folder, base, RENAME_EXCHANGE) == 0;
}

static enum swap exchange(int folder, const char *from, const struct identity *ours,
			  const char *base, const struct identity *expected)
{
	int same, errnum;

	if (renameat2(folder, from, folder, base, RENAME_EXCHANGE) != 0)
		return errno == ENOENT && identity_at(ours, folder, from) > 0 ? SWAP_STRANGER
									      : SWAP_FAILED;
	same = identity_at(expected, folder, from);
	if (same > 0)
		return SWAP_DONE;
	errnum = errno;
	if (!put_back(folder, from, ours, base))
		return SWAP_FAILED;
	errno = errnum;
	return same == 0 ? SWAP_STRANGER : SWAP_FAILED;
}

static enum swap add(int folder, const char *from, const char *base)
{
	if (renameat2(folder, from, folder, base, RENAME_NOREPLACE) == 0)
		return SWAP_DONE;
	return errno == EEXIST ? SWAP_STRANGER : SWAP_FAILED;
}

#else

static bool is_unknown(int errnum)
{
	(void)errnum;
	return true;
}

static enum swap exchange(int folder, const char *from, const struct identity *ours,
			  const char *base, const struct identity *expected)
{
	(void)folder, (void)from, (void)ours, (void)base, (void)expected;
	return SWAP_FAILED;
}

static enum swap add(int folder, const char *from, const char *base)
{
	(void)folder, (void)from, (void)base;
	return SWAP_FAILED;
}

#endif

/* A look, and right behind it the rename. */
static enum swap look_and_rename(int folder, const char *from, const char *base,
				 const struct identity *expected)
{
	int same = identity_at(expected, folder, base);

	if (same <= 0)
		return same == 0 ? SWAP_STRANGER : SWAP_FAILED;
	return renameat(folder, from, folder, base) == 0 ? SWAP_DONE : SWAP_FAILED;
}

enum swap swap_in(int folder, const char *from, const struct identity *ours, const char *base,
		  const struct identity *expected)
{
	enum swap swap = expected->known ? exchange(folder, from, ours, base, expected)
					 : add(folder, from, base);

	if (swap == SWAP_FAILED && is_unknown(errno))
		swap = look_and_rename(folder, from, base, expected);
	return swap;
}

enum swap swap_out(int folder, const char *base, const struct identity *expected, const char *to)
{
	static const struct identity nothing;
	enum swap back;
	int same, errnum;

	if (renameat(folder, base, folder, to) != 0)
		return errno == ENOENT ? SWAP_STRANGER : SWAP_FAILED;
	same = identity_at(expected, folder, to);
	if (same > 0)
		return SWAP_DONE;
	errnum = errno;
	back = swap_in(folder, to, expected, base, &nothing);
	errno = errnum;
	/* Where a newer one stands there already, its owner has replaced the one we hold. */
	return back == SWAP_FAILED || same < 0 ? SWAP_FAILED : SWAP_STRANGER;
}
