/* The command line: global options, before or after the command, and the command's own words. */
#ifndef COMMANDS_OPTIONS_H
#define COMMANDS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "lint/profile.h"

/* One option: its row is its help text too. */
struct option_info {
	const char *name;     /* without -- */
	const char *argument; /* what its value is called; NULL: it has none */
	const char *help;     /* N_() */
	const char *commands; /* those it belongs to, one blank apart; NULL: all; "": the console */
};

struct options {
	const char *root;     /* NULL: as the settings have it */
	const char *profile;  /* NULL: as the settings have it */
	const char *role;     /* NULL: as the settings have it */
	const char *dialect;  /* NULL: the profile's */
	const char *settings; /* NULL: the usual files */
	const char *type;     /* of check */
	const char *explain;
	const char *match;
	const char *sort;
	const char *severity;
	const char *why;         /* what a change is for; kept in the history */
	unsigned confirm_within; /* seconds; 0: a change stays (change/guard.h) */
	const char *dump_screen; /* of the console; NULL: the console opens */
	const char *size;
	const char *like;     /* the item that a new one is like */
	const char *key_file; /* where keys are read from; "-": standard input */
	const char **overrides;
	size_t noverrides, overrides_cap;
	const char **fixes; /* of check: ids with commas between, or all */
	size_t nfixes, fixes_cap;
	const char **discards; /* of restore: files whose changes by others may go, or all */
	size_t ndiscards, discards_cap;
	bool read_only;
	bool json;
	bool dry_run;
	bool yes;
	bool show_secrets;
	bool demo;
	bool strict;
	bool no_color;
	bool generate; /* keys are random ones */
	bool help;
	bool version;
	const struct option_info **special; /* those that were given and belong to one command */
	size_t nspecial, special_cap;
	const char **words; /* what is no option: the command and what belongs to it */
	size_t nwords, words_cap;
};

extern const struct option_info option_table[];
extern const size_t option_count;

/* Reads the words of the command line, which are borrowed. */
bool options_parse(struct options *options, int argc, char **argv, struct error *err);
/* Whether the option is one of this command's own. */
bool option_belongs(const struct option_info *option, const char *command);

/* Whether the help of this command has the option; NULL: that of the program. */
bool option_is_listed(const struct option_info *option, const char *command);

/* Whether all options that were given go with this command. */
bool options_fit(const struct options *options, const char *command, struct error *err);
void options_release(struct options *options);

#endif
