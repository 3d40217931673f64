/* What a profile forces, and what it refuses (../lint/profile.h, the coexistence rules). */
#ifndef CHANGE_FORCE_H
#define CHANGE_FORCE_H

#include "change/change.h"

/* Forces that hold for the file as a whole, with each step that touches ike/config (COEX-G1). */
void force_globals(struct change *change);

/* Forces that hold for the rule that was added or edited (COEX-R2, COEX-R8). */
void force_rule(struct change *change, size_t number);
void force_rules(struct change *change, const size_t *numbers, size_t count);

/*
 * Whether the role may change the item of a profile's section ("rules", "mdm_rule"). If not, ERR
 * says which rule forbids it, whose it is, and who may.
 */
bool force_allows(const struct change *change, const char *section, const char *item,
		  const char *id, const char *what, struct error *err);

/* The same for what is in a file or a folder; WHAT is done to it. */
bool force_allows_file(const struct change *change, enum location location, const char *what,
		       struct error *err);

#endif
