/* What a profile forces, and what it refuses (../lint/profile.h, the coexistence rules). */
#ifndef CHANGE_FORCE_H
#define CHANGE_FORCE_H

#include "change/change.h"

/* Forces that hold for the file as a whole, with each step that touches ike/config (COEX-G1). */
void force_globals(struct change *change);

/*
 * What the role adds with its first data, where it is absent: p1_nonce_len with the first thing
 * that is put into the file (COEX-G1). Call it before that thing.
 */
void force_first_globals(struct change *change);

/* What the role adds with a rule of MDM, where it is absent: p1_lifetime_secs (COEX-G4), and with a
 * rule of certificates ignore_crls where no revocation list is here (COEX-G3). */
void force_globals_of_rule(struct change *change, size_t number);

/* Forces that hold for the rule that was added or edited (COEX-R2, COEX-R8). */
void force_rule(struct change *change, size_t number);
void force_rules(struct change *change, const size_t *numbers, size_t count);

/*
 * Whether the role may change the item of a profile's section ("rules", "mdm_rule"). If not, ERR
 * says what was to be done, which rule forbids it, whose it is, and who may.
 */
bool force_allows(const struct change *change, const char *section, const char *item,
		  const char *id, const char *what, struct error *err);

/* Refuses it: the role keeps KEPT, the name of an item. OWNER is the role that may change it, or
 * ROLE_ADMIN where that is neither tool's. Returns false. */
bool force_refuse(const struct change *change, enum role owner, const char *id, const char *what,
		  const char *kept, struct error *err);

/* Tells admin, once for each id, that what the step changes is one tool's and kept by the other, or
 * by both. KEPT is what it is called: "rule 'INDEXID_3'". */
void force_tell(struct change *change, const char *section, const char *item, const char *id,
		const char *kept);

/* The same for what is in a file or a folder; WHAT is done to it. */
bool force_allows_file(const struct change *change, enum location location, const char *what,
		       struct error *err);

#endif
