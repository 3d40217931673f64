/* What adding and editing globals of ike/config is made of. */
#ifndef CHANGE_GLOBAL_TEXT_H
#define CHANGE_GLOBAL_TEXT_H

#include "change/change.h"

/* Gives the first statement of the keyword at file level this value, or adds one before the first
 * rule. */
void global_set(struct change *change, enum ike_word word, const char *value);

/* Adds a statement, also where there is one already. */
void global_insert(struct change *change, enum ike_word word, const char *value);

/* Whether the role may add the global, or change or remove it. ERR says which rule forbids it. */
bool global_may_change(struct change *change, enum ike_word word, bool adding, struct error *err);

#endif
