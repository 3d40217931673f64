/*
 * What a process that may change nothing could try all the same: a table, and the files, sockets
 * and the process that it needs for it. It knows the C library alone.
 */
#ifndef TESTS_FAULT_ATTEMPTS_H
#define TESTS_FAULT_ATTEMPTS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/un.h>

struct place {
	char folder[100]; /* nobody minds what becomes of it */
	char file[120], other[120], new[120], empty[120], memory[120], link[120];
	int opened, opened_folder; /* the file, and the folder, for reading */
	int unix_listens, inet_listens, unix_fd, inet_fd, raw_fd;
	struct sockaddr_un unix_at;
	struct sockaddr_in inet_at;
	pid_t victim;
	int victim_lives; /* the end of a pipe: the victim ends when it is closed */
};

/* Which wall stops it, as far as it can be told. */
enum {
	BY_LANDLOCK = 1 << 0, /* Landlock alone stops it, from its second version on */
	MAY_LACK = 1 << 1,    /* a kernel, a file system or a container may not have it */
	NEVER_DONE =
		1 << 2, /* not tried where nothing stops it: it would do harm, or not come back */
	ALONE = 1 << 3, /* where nothing stops it, a process of its own is needed */
};

struct attempt {
	const char *name;
	int (*try)(const struct place *place); /* 0: done; else the errno */
	int flags;
};

extern const struct attempt attempts[];
extern const size_t attempt_count;

/* What must still work; 0 or the errno. */
extern const struct attempt needs[];
extern const size_t need_count;

/*
 * Makes the files and all else in a new folder below PARENT, whose remover removes it too; false
 * where it cannot. The rest ends with this process.
 */
bool place_make(struct place *place, const char *parent);

#endif
