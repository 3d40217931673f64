/*
 * Filters: which items of a kind somebody wants to see, as typed behind --match and in the console.
 *
 * Terms stand with blanks between; an item fits where all of them hold.
 *
 *	text            some cell holds the text
 *	column:text     this column does; column: alone: it has a value at all
 *	!term           the term does not hold
 *	"a b"           the text with its blank; "" in it is a quote
 *
 * A column goes by its name in JSON or by its title; case, blanks, _ and - do not matter, and the
 * beginning is enough where it is clear. A term in quotes names a column only with its colon behind
 * them: "remote id":text, but "dead:beef" is a text. Case does not matter in what is looked for
 * either.
 *
 *	struct filter *filter = filter_new(kind, 0, "owner:mdm !\"p1 life\":86400");
 *
 *	if (filter_said(filter) != NULL)
 *		...                             (a column that there is not)
 *	for (i = 0; i < kind->count(&view); i++)
 *		if (filter_matches(filter, &view, i))
 *			...
 *	filter_free(filter);
 */
#ifndef KINDS_FILTER_H
#define KINDS_FILTER_H

#include "kinds/kind.h"

struct filter;

/*
 * Understands TEXT, which is not needed afterwards; there is none that is wrong. A term without a
 * column looks into those that have one of FLAGS (enum column_flag), or, 0, into all.
 */
struct filter *filter_new(const struct kind *kind, uint8_t flags, const char *text);
void filter_free(struct filter *filter);

/* Whether there is no term, so that every item fits. */
bool filter_is_empty(const struct filter *filter);

/* A sentence, printable, about the first term that names a column which there is not, and is looked
 * for as it stands; NULL: there is none. Borrowed. */
const char *filter_said(const struct filter *filter);

bool filter_matches(struct filter *filter, struct view *view, size_t item);

#endif
