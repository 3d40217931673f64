/*
 * Memory that is there or ends the program.
 *
 * A console that runs out of memory has nothing sensible left to do but to restore the terminal and
 * say so; no caller checks for NULL. What these return is released with free().
 */
#ifndef BASE_XALLOC_H
#define BASE_XALLOC_H

#include <stddef.h>

void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *xrealloc(void *ptr, size_t size) __attribute__((returns_nonnull));
char *xstrdup(const char *s) __attribute__((malloc, returns_nonnull));
char *xstrndup(const char *s, size_t len) __attribute__((malloc, returns_nonnull));

/*
 * Makes room for NEED items of SIZE bytes in ITEMS, whose room for *CAP items grows by half at
 * least. Returns the array, which may have moved. Use it through VEC_PUSH.
 */
void *vec_grow(void *items, size_t *cap, size_t need, size_t size);

/* Appends ITEM to the array ITEMS with COUNT items and room for CAP; all three are lvalues. */
#define VEC_PUSH(items, count, cap, item)                                                          \
	do {                                                                                       \
		if ((count) == (cap))                                                              \
			(items) = vec_grow((items), &(cap), (count) + 1, sizeof *(items));         \
		(items)[(count)++] = (item);                                                       \
	} while (0)

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

#endif
