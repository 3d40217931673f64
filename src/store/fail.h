/*
 * Sentences for what goes wrong with files: the step that failed, the file, the cause, and what to
 * do about it. For the modules of this folder.
 */
#ifndef STORE_FAIL_H
#define STORE_FAIL_H

#include <stdbool.h>

#include "base/error.h"

/*
 * Sets ERR for ERRNUM, with STEP, an N_() sentence with one %s such as "cannot write '%s'", and
 * PATH, whose bytes are made printable. Missing rights give ERROR_REFUSED, all else ERROR_IO.
 * Returns false.
 */
bool fail_errno(struct error *err, int errnum, const char *step, const char *path);

/* The same without an errno, for a file that is not as it must be: all of it is in STEP. */
bool fail_state(struct error *err, enum error_code code, const char *step, const char *path);

/* Repeats a call for as long as a signal interrupts it. */
#define RETRY(result, call)                                                                        \
	do {                                                                                       \
		(result) = (call);                                                                 \
	} while ((result) < 0 && errno == EINTR)

#endif
