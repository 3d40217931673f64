/* Items that are named one behind the other. */
#ifndef COMMANDS_NAMES_H
#define COMMANDS_NAMES_H

#include "change/change.h"
#include "commands/work.h"

/* Removes the items with these names, found by FIND, in one step, or none of them. */
bool names_remove(struct work *work, struct change *change, const struct kind *kind,
		  bool (*find)(struct work *work, const char *name, size_t *number,
			       struct error *err),
		  const char **names, size_t count, struct error *err);

#endif
