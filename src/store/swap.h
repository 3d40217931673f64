/*
 * Putting one file in another's place only where that is still the expected one. For this folder's
 * modules.
 *
 * Between a look and a rename somebody else may replace the file, and his would be gone. Where the
 * system can exchange two names (Linux) both are exchanged, what came out is looked at, and a
 * stranger is put back. Elsewhere the look comes right before the rename.
 */
#ifndef STORE_SWAP_H
#define STORE_SWAP_H

#include <stdbool.h>
#include <sys/stat.h>

/*
 * What tells without reading it that a file is still the one it was. The device is no part of it:
 * its number may be another one after a restart, and the file's folder says where it is.
 */
struct identity {
	bool known; /* false: there is no file */
	ino_t inode;
	off_t size;
	long long seconds; /* when it was written last */
	long nanoseconds;
};

struct identity identity_of(const struct stat *st);

/* Of a regular file. ST may be NULL, for a name that does not exist. */
bool identity_is(const struct identity *identity, const struct stat *st);

/* Whether NAME in FOLDER, no link being followed, is this file: 1 or 0, or -1 with errno set. */
int identity_at(const struct identity *identity, int folder, const char *name);

enum swap {
	SWAP_DONE,
	SWAP_STRANGER, /* another file than the expected one: it was left in its place */
	SWAP_FAILED    /* errno is set */
};

/*
 * FROM, which is OURS, becomes BASE, which is to be EXPECTED. Afterwards FROM may be the name of
 * the file that was there.
 */
enum swap swap_in(int folder, const char *from, const struct identity *ours, const char *base,
		  const struct identity *expected);

/* BASE, which is to be EXPECTED, gets the name TO, which nobody has. */
enum swap swap_out(int folder, const char *base, const struct identity *expected, const char *to);

#endif
