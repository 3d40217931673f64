/* What adding and editing globals of ike/config is made of. */
#ifndef CHANGE_GLOBAL_TEXT_H
#define CHANGE_GLOBAL_TEXT_H

#include "change/change.h"

/* Gives the first statement of the keyword at file level this value, or adds one before the first
 * rule. */
void global_set(struct change *change, enum ike_word word, const char *value);

/* Adds a statement, also where there is one already. */
void global_insert(struct change *change, enum ike_word word, const char *value);

/* Where the role adds a global with a value of its own, it adds it with no other. WHAT is to be
 * done: "add p1_nonce_len". */
bool global_may_add(struct change *change, enum ike_word word, const char *value, size_t len,
		    const char *what, struct error *err);

/* Which coexistence rule speaks of a global; COEX-G6 of everything that has none of its own. */
const char *global_rule(enum ike_word word);

/* Whether the role may add the global, or change or remove it. ERR says which rule forbids it. */
bool global_may_change(struct change *change, enum ike_word word, bool adding, struct error *err);

#endif
