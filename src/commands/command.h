/* Commands: one row a verb, in commands.c; one file each. */
#ifndef COMMANDS_COMMAND_H
#define COMMANDS_COMMAND_H

#include <stddef.h>

#include "commands/work.h"

struct command {
	const char *name;
	const char *usage; /* what follows the name */
	const char *help;  /* N_() one sentence */
	const char *more;  /* N_() further lines for "COMMAND --help", or NULL */
	/* Does the work on the words behind the name; returns the exit status. */
	enum error_code (*run)(struct work *work, const char **words, size_t count,
			       struct error *err);
};

extern const struct command commands[];
extern const size_t command_count;

enum error_code cmd_check(struct work *work, const char **words, size_t count, struct error *err);
enum error_code cmd_list(struct work *work, const char **words, size_t count, struct error *err);
enum error_code cmd_show(struct work *work, const char **words, size_t count, struct error *err);
enum error_code cmd_rule(struct work *work, const char **words, size_t count, struct error *err);
enum error_code cmd_psk(struct work *work, const char **words, size_t count, struct error *err);
enum error_code cmd_policy(struct work *work, const char **words, size_t count, struct error *err);
enum error_code cmd_manual_sa(struct work *work, const char **words, size_t count,
			      struct error *err);
enum error_code cmd_global(struct work *work, const char **words, size_t count, struct error *err);

enum error_code cmd_history(struct work *work, const char **words, size_t count, struct error *err);
enum error_code cmd_diff(struct work *work, const char **words, size_t count, struct error *err);
enum error_code cmd_confirm(struct work *work, const char **words, size_t count, struct error *err);
enum error_code cmd_restore(struct work *work, const char **words, size_t count, struct error *err);

/*
 * Runs the program's command line. Returns the exit status, or -1 where no command was given and
 * the console is to be opened on WORK, which is then the caller's to open and release.
 */
int commands_run(struct options *options, struct work *work, int argc, char **argv);

#endif
