/*
 * The errors of a host, remembered by what they are about: so that after a change the new ones can
 * be told from those that were there before, wherever lines have moved to.
 */
#ifndef KINDS_ERRORS_H
#define KINDS_ERRORS_H

#include "kinds/kind.h"

struct errors {
	char **keys;  /* sorted; what they are about, not for showing */
	char **texts; /* of each key: the sentence */
	size_t count, cap, texts_cap;
};

/* The errors among the findings of VIEW's lint, which is done. The caller releases and frees it. */
struct errors *errors_new(struct view *view);
void errors_free(struct errors *errors);

/*
 * Calls FOUND with the sentence of each error of NOW that is not in BEFORE (NULL: none was there).
 * Returns how many there are; FOUND may be NULL.
 */
size_t errors_compare(const struct errors *before, const struct errors *now,
		      void (*found)(void *ctx, const char *text), void *ctx);

#endif
