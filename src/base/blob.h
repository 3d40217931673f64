/*
 * The bytes of a file in memory: read whole, never changed, given back wiped where they are secret.
 *
 * DATA has a NUL behind its LEN bytes, so that a scanner may look one byte ahead. A file that is
 * mapped instead could be cut short by another tool while we look at it, and would kill the
 * process.
 */
#ifndef BASE_BLOB_H
#define BASE_BLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct blob {
	char *data; /* NULL in an empty struct; else LEN bytes and a NUL */
	size_t len;
	size_t room;
	bool secret;
};

/* Room for LEN bytes, zeroed where it is secret, otherwise not set. */
struct blob blob_new(size_t len, bool secret);
struct blob blob_copy(const void *bytes, size_t len, bool secret);
void blob_release(struct blob *blob);
bool blob_equal(const struct blob *a, const struct blob *b);

/*
 * Reads everything from the open file FD, of which SIZE bytes are expected; a file that grows
 * meanwhile is read to its end, but not beyond LIMIT bytes. NAME is for the error's sentence. The
 * caller releases BLOB.
 */
bool blob_read(struct blob *blob, int fd, size_t size, size_t limit, bool secret, const char *name,
	       struct error *err);

#endif
