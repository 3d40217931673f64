/* What the commands about the history share. */
#ifndef COMMANDS_HISTORY_H
#define COMMANDS_HISTORY_H

#include <jansson.h>

#include "kinds/kind.h"

/* The masked diff of an item of kind_history: to standard output behind an empty line, or as "diff"
 * into a JSON object. ERR is set where the entry is not as it was written. */
void history_print_diff(struct view *view, size_t item, struct error *err);
void history_put_diff(json_t *object, struct view *view, size_t item, struct error *err);

#endif
