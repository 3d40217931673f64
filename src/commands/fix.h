/* check --fix. */
#ifndef COMMANDS_FIX_H
#define COMMANDS_FIX_H

#include "commands/work.h"

/*
 * Repairs the findings that --fix and the words name, in the host or, with --type, in the one file
 * that the word names; then prints what is left. Returns the exit status: that of the check of the
 * result, or why nothing was done.
 */
enum error_code fix_findings(struct work *work, const char **words, size_t nwords,
			     struct error *err);

#endif
