#include "config.h"

#include "base/xalloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"
#include "base/i18n.h"

static void *checked(void *ptr)
{
	if (ptr == NULL)
		fatal(_("out of memory"));
	return ptr;
}

void *xmalloc(size_t size)
{
	return checked(malloc(size != 0 ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
	return checked(calloc(count != 0 ? count : 1, size != 0 ? size : 1));
}

void *xrealloc(void *ptr, size_t size)
{
	return checked(realloc(ptr, size != 0 ? size : 1));
}

char *xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

char *xstrndup(const char *s, size_t len)
{
	char *copy = xmalloc(len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

void *vec_grow(void *items, size_t *cap, size_t need, size_t size)
{
	size_t room = *cap + *cap / 2;

	if (room < need)
		room = need;
	if (room < 16)
		room = 16;
	if (room > SIZE_MAX / size)
		fatal(_("out of memory"));
	*cap = room;
	return xrealloc(items, room * size);
}
