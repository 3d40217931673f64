/* The files of an entry of the history: from the targets of a save, and as they are found later.
 * For store/history.c. */
#ifndef STORE_HISTORY_FILES_H
#define STORE_HISTORY_FILES_H

#include "host/history_entry.h"
#include "store/target.h"

/* Adds what becomes of a target, where it is changed. */
void history_add_target(struct history_entry *entry, const struct target *target);

/* Writes what stands behind the head: the diff, and the bytes of the files. */
bool history_write_targets(int fd, const struct history_entry *entry, const char *diff,
			   const struct target *targets, size_t count);

/* Sets *MADE where one of the files that the entry changed is below the root as the change made it.
 * False with ERR set where that cannot be told. */
bool history_was_made(const struct history_entry *entry, const char *root, bool *made,
		      struct error *err);

#endif
