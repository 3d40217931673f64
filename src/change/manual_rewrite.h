/* Which bytes of a command of ipseckeys an edit changes, and none but these. */
#ifndef CHANGE_MANUAL_REWRITE_H
#define CHANGE_MANUAL_REWRITE_H

#include "change/manual_fields.h"

/*
 * Adds to EDITS what makes of the command ITEM the one that SET asks for, with the new keys ENCR
 * and AUTH (NULL: they stay). A value keeps its place, its extension's name and the base of its
 * number; what is not there yet stands at the end.
 */
void manual_rewrite(const struct manual_item *item, const struct manual_set *set,
		    const struct blob *encr, const struct blob *auth, struct edits *edits);

#endif
