#include "config.h"

#include "base/fatal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void (*fatal_hook)(void);

void fatal_set_hook(void (*hook)(void))
{
	fatal_hook = hook;
}

void fatal_run_hook(void)
{
	if (fatal_hook != NULL)
		fatal_hook();
}

void fatal(const char *format, ...)
{
	va_list ap;

	fatal_run_hook();
	va_start(ap, format);
	fputs("ikeconsole: ", stderr);
	vfprintf(stderr, format, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(3);
}
