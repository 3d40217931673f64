/*
 * Loaded into a program, this takes what it says to the system's log, so that a test can look at it
 * and the machine's log has nothing of tests: one line each to the file $SYSLOG_FILE, with facility
 * and priority.
 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <syslog.h>

static int log_facility;
static const char *log_name = "?";

void openlog(const char *name, int options, int facility)
{
	(void)options;
	log_name = name;
	log_facility = facility;
}

void closelog(void)
{
	log_name = "closed";
}

static void take(int priority, const char *format, va_list ap)
{
	const char *path = getenv("SYSLOG_FILE");
	FILE *file = path != NULL ? fopen(path, "ae") : NULL;

	if (file == NULL)
		return;
	fprintf(file, "%s %d.%d ", log_name, log_facility >> 3, priority);
	vfprintf(file, format, ap);
	fputc('\n', file);
	fclose(file);
}

void syslog(int priority, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	take(priority, format, ap);
	va_end(ap);
}

/* What a compiler that checks formats calls in its place. */
void __syslog_chk(int priority, int flag, const char *format, ...);
void __syslog_chk(int priority, int flag, const char *format, ...)
{
	va_list ap;

	(void)flag;
	va_start(ap, format);
	take(priority, format, ap);
	va_end(ap);
}
