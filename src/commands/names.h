/* Items that are named: one behind the other, or as the one that a new one is like. */
#ifndef COMMANDS_NAMES_H
#define COMMANDS_NAMES_H

#include "change/like.h"
#include "commands/work.h"

/* Finds an item; false with ERR where there is none. */
typedef bool find_item(struct work *work, const char *name, size_t *number, struct error *err);

/* Removes the items with these names, found by FIND, in one step, or none of them. */
bool names_remove(struct work *work, struct change *change, const struct kind *kind,
		  find_item *find, const char **names, size_t count, struct error *err);

/*
 * The fields of a new item: FIELDS, and with --like what FILL says of the item of that name, where
 * FIELDS do not say it. ALL, empty before, is the caller's to release.
 */
bool names_like(struct work *work, find_item *find,
		void (*fill)(const struct host *host, size_t number, struct like *like),
		const struct field *fields, size_t count, struct like *all, struct error *err);

/* Whether --like, where it is given, goes with the verb: only with "add". */
bool names_fit(const struct work *work, const char *verb, struct error *err);

#endif
