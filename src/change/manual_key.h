/* Which keys a manual SA needs, and whether they are right; more of it is in change/edits.h. */
#ifndef CHANGE_MANUAL_KEY_H
#define CHANGE_MANUAL_KEY_H

#include "change/edits.h"

/* Adds the sizes in bits that a key may have in the file: "128, 192 or 256". */
void manual_key_sizes(const struct ipsec_alg *alg, enum dialect dialect, struct strbuf *sb);

/* Whether the key that the command has is these digits (NULL: it has none). */
bool manual_key_is(const struct manual_item *item, enum manual_word name,
		   const struct blob *digits);

#endif
