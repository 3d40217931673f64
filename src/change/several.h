/* Several items of one kind that are removed in one step. */
#ifndef CHANGE_SEVERAL_H
#define CHANGE_SEVERAL_H

#include "change/change.h"
#include "kinds/kind.h"

/*
 * Removes the COUNT items with these numbers, in any order, as one step; none of them where one is
 * refused. KIND is one whose items can be removed: rules, globals, psks, policies, manual-sas. Of a
 * parameter that stands there several times all go, as in global_remove.
 */
bool several_remove(struct change *change, const struct kind *kind, const size_t *numbers,
		    size_t count, struct error *err);

#endif
