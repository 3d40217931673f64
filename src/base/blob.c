#include "config.h"

#include "base/blob.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/i18n.h"
#include "base/secret.h"
#include "base/xalloc.h"

/* A larger one gets pages of its own, which go back when it is released. */
#define SMALL 32768

#ifndef MAP_POPULATE
#define MAP_POPULATE 0
#endif

/* All zero. */
static void *get_bytes(size_t room)
{
	void *data;

	if (room <= SMALL)
		return xcalloc(1, room);
	/* All of it is going to be written: its pages are asked for at once. */
	data = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE,
		    -1, 0);
	if (data == MAP_FAILED)
		fatal(_("out of memory"));
	return data;
}

static void release_bytes(void *data, size_t room)
{
	if (room <= SMALL)
		free(data);
	else
		munmap(data, room);
}

struct blob blob_new(size_t len, bool secret)
{
	struct blob blob = { .len = len, .room = len + 1, .secret = secret };

	blob.data = secret ? secret_alloc(blob.room) : get_bytes(blob.room);
	return blob;
}

struct blob blob_copy(const void *bytes, size_t len, bool secret)
{
	struct blob blob = blob_new(len, secret);

	if (len > 0)
		memcpy(blob.data, bytes, len);
	return blob;
}

void blob_release(struct blob *blob)
{
	if (blob->data != NULL && blob->secret)
		secret_free(blob->data, blob->room);
	else if (blob->data != NULL)
		release_bytes(blob->data, blob->room);
	*blob = (struct blob){ 0 };
}

bool blob_equal(const struct blob *a, const struct blob *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

/* Twice the room, for a file that turned out longer than its size said. */
static void blob_grow(struct blob *blob)
{
	struct blob larger = blob_new(blob->room * 2, blob->secret);

	memcpy(larger.data, blob->data, blob->len);
	larger.len = blob->len;
	blob_release(blob);
	*blob = larger;
}

bool blob_read(struct blob *blob, int fd, size_t size, size_t limit, bool secret, const char *name,
	       struct error *err)
{
	*blob = blob_new(size < limit ? size : limit, secret);
	blob->len = 0;
	for (;;) {
		ssize_t n = read(fd, blob->data + blob->len, blob->room - blob->len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			int errnum = errno;

			blob_release(blob);
			return error_set_errno(err, ERROR_IO, errnum, _("cannot read '%s'"), name);
		}
		if (n == 0)
			break;
		blob->len += (size_t)n;
		if (blob->len > limit) {
			blob_release(blob);
			return error_set(
				err, ERROR_IO,
				_("'%s' is larger than %zu bytes, which is more than a file of its kind can sensibly be"),
				name, limit);
		}
		if (blob->len == blob->room)
			blob_grow(blob);
	}
	blob->data[blob->len] = '\0';
	return true;
}
