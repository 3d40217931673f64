/* Where globals stand in ike/config. */
#ifndef CHANGE_GLOBAL_TEXT_H
#define CHANGE_GLOBAL_TEXT_H

#include "change/change.h"

/* Gives the first statement of the keyword at file level this value, or adds one before the first
 * rule. */
void global_set(struct change *change, enum ike_word word, const char *value);

/* Adds a statement, also where there is one already. */
void global_insert(struct change *change, enum ike_word word, const char *value);

#endif
