/*
 * The settings: one ini file with every key and its default is shipped (data/ikeconsole.ini); a
 * host's file and a user's file hold what is different, and the command line goes before them all.
 *
 * A setting that is not understood never stops the start: it is reported with its file and line,
 * and the value from before holds.
 */
#ifndef COMMANDS_SETTINGS_H
#define COMMANDS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct setting {
	const char *section, *key;
	const char *help;     /* N_() */
	const char *fallback; /* what holds where no file says anything */
	const char *values;   /* the closed set, blanks between; NULL: any text */
	bool number;          /* a whole number, no text */
};

/* All settings there are, but [keys]: that section has the names of the console's actions as keys.
 */
extern const struct setting setting_table[];
extern const size_t setting_count;

struct settings {
	char **values; /* by row of the table; NULL: the fallback */
	char **keys;   /* of [keys]: pairs of an action's name and its keys */
	size_t nkeys, keys_cap;
	char **warnings; /* "FILE:LINE: what is wrong" */
	size_t nwarnings, warnings_cap;
};

/*
 * Reads FILE, or where it is NULL the host's and the user's as far as they are there. False
 * only where FILE was named and cannot be opened.
 */
bool settings_load(struct settings *settings, const char *file, struct error *err);
void settings_release(struct settings *settings);

/* The value of a setting of the table. Borrowed. */
const char *settings_get(const struct settings *settings, const char *section, const char *key);

#endif
