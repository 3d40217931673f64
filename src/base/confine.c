#include "config.h"

#include "base/confine.h"

#include <stdbool.h>
#include <stddef.h>
#if defined __linux__ && defined HAVE_LINUX_SECCOMP_H
#include "base/confine_linux.h"
#elif defined HAVE_PRIV_H
#include <priv.h>
#endif

/* A program that is measured, such as one with sanitizers, writes files of its own at its end. */
#if defined INSTRUMENTED

static bool confine(void)
{
	return false;
}

#elif defined __linux__ && defined HAVE_LINUX_SECCOMP_H

static bool confine(void)
{
	/* The second wall is there for what the first one has a hole for, or a kernel a mistake. */
	(void)confine_files();
	return confine_calls();
}

#elif defined HAVE_PRIV_H && defined PRIV_FILE_WRITE

/*
 * privileges(7): what is left is reading, root's right to read everything, and locked memory. An
 * owner can change a file's mode and times without a privilege, so that this is not all.
 */
static bool confine(void)
{
	static const char *const left[] = { PRIV_FILE_READ, PRIV_FILE_DAC_READ,
					    PRIV_FILE_DAC_SEARCH, PRIV_PROC_LOCK_MEMORY };
	priv_set_t *set = priv_allocset(), *mine = priv_allocset();
	size_t i;

	if (set != NULL && mine != NULL && getppriv(PRIV_PERMITTED, mine) == 0) {
		priv_emptyset(set);
		for (i = 0; i < sizeof left / sizeof *left; i++)
			priv_addset(set, left[i]);
		priv_intersect(mine, set);
		setppriv(PRIV_SET, PRIV_PERMITTED, set);
		setppriv(PRIV_SET, PRIV_LIMIT, set);
	}
	priv_freeset(set);
	priv_freeset(mine);
	return false;
}

#else

static bool confine(void)
{
	return false;
}

#endif

enum confinement confine_process(void)
{
	return confine() ? CONFINED_BY_KERNEL : CONFINED_BY_PROGRAM;
}
