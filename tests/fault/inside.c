/*
 * inside.so: loaded into the program itself (LD_PRELOAD), it tries at the program's end everything
 * that read-only mode forbids, as the program. Its last line on standard error says how many it
 * tried, and which were done; where it could not try, that the program was not confined.
 *
 * ATTEMPTS is a folder that it may use.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/fault/attempts.h"

static struct place place;
static pid_t program;

__attribute__((constructor)) static void prepare(void)
{
	const char *parent = getenv("ATTEMPTS");

	if (parent != NULL && place_make(&place, parent))
		program = getpid();
}

__attribute__((destructor)) static void try_all(void)
{
	size_t i, refused = 0;

	if (program != getpid())
		return;
	/* Not confined, some would do harm. This one has no effect either way. */
	if (syscall(SYS_truncate, NULL, 0L) == 0 || errno != EPERM) {
		fprintf(stderr, "inside: not confined\n");
		return;
	}
	for (i = 0; i < attempt_count; i++) {
		int why = attempts[i].try(&place);

		if (why == EPERM || why == EACCES)
			refused++;
		else
			fprintf(stderr, "inside: %s: %d\n", attempts[i].name, why);
	}
	fprintf(stderr, "inside: %zu of %zu refused\n", refused, attempt_count);
}
