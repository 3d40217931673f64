#include "config.h"

#if defined __linux__

#include "base/confine_linux.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* landlock(7). The numbers are the kernel's; a system's headers may be older than its kernel. */
enum { FS_READ_FILE = 1 << 2, FS_READ_DIR = 1 << 3, FS_FIRST = (1 << 13) - 1 };
enum { ASK_VERSION = 1 << 0 };

struct ruleset {
	uint64_t files, net, scopes;
};

/* What each version of the interface added; reading alone is left out. */
static const struct {
	int abi;
	struct ruleset rights;
} additions[] = {
	{ 1, { .files = FS_FIRST & ~(FS_READ_FILE | FS_READ_DIR) } },
	{ 2, { .files = 1 << 13 } },       /* into another folder */
	{ 3, { .files = 1 << 14 } },       /* truncate */
	{ 4, { .net = 1 << 0 | 1 << 1 } }, /* TCP: bind, connect */
	{ 5, { .files = 1 << 15 } },       /* orders to devices */
	{ 6, { .scopes = 1 << 0 } },       /* unix sockets without a file */
};

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self  446
#endif

bool confine_files(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, ASK_VERSION);
	struct ruleset set = { 0 };
	size_t i;
	long fd;
	bool good;

	for (i = 0; i < sizeof additions / sizeof *additions; i++) {
		if (additions[i].abi > abi)
			continue;
		set.files |= additions[i].rights.files;
		set.net |= additions[i].rights.net;
		set.scopes |= additions[i].rights.scopes;
	}
	/* No rule allows anything of it anywhere. */
	fd = abi > 0 ? syscall(SYS_landlock_create_ruleset, &set, sizeof set, 0) : -1;
	if (fd < 0)
		return false;
	good = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_landlock_restrict_self, (int)fd, 0) == 0;
	close((int)fd);
	return good;
}

#endif
