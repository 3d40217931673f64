/*
 * What somebody may have meant who wrote a word that there is none of.
 *
 *	struct near near = near_to(text, len);
 *
 *	for (each word there is)
 *		near_try(&near, word);
 *	error_set(err, ERROR_USAGE, _("there is no command '%s'"), text);
 *	return near_tell(&near, err, _("try: ikeconsole --help"));
 */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include <stddef.h>

#include "base/error.h"

/* Longer words are no word's neighbours. */
#define NEAR_MAX 64

struct near {
	const char *text; /* borrowed */
	size_t len;
	size_t distance;            /* of the best one so far */
	char best[NEAR_MAX + 1];    /* "" where none is near enough */
	char longer[NEAR_MAX + 1];  /* the first word that begins with the text */
	char shorter[NEAR_MAX + 1]; /* the longest word that the text begins with */
	unsigned longer_count;
};

/* Nothing is near yet to the LEN bytes of TEXT. */
struct near near_to(const char *text, size_t len);

/* WORD is one that there is. */
void near_try(struct near *near, const char *word);

/*
 * The word that was meant: the same in another case, the only one that begins with the text, the
 * nearest one, where two letters have changed places, one of four or five is wrong, or two of more,
 * or one of three is missing; or the longest one that the text begins with. NULL: there is none.
 * Borrowed.
 */
const char *near_best(const struct near *near);

/*
 * Adds "; did you mean 'x'?" to what ERR says, or, where nothing is near, "; " and OTHERWISE
 * (translated; NULL: nothing). Returns false.
 */
bool near_tell(const struct near *near, struct error *err, const char *otherwise);

/*
 * The number of letters that have to be inserted, removed, changed or exchanged with their
 * neighbour to make WORD of the LEN bytes of TEXT, without regard to their case; MOST where it is
 * that many or more.
 */
size_t near_distance(const char *text, size_t len, const char *word, size_t most);

#endif
