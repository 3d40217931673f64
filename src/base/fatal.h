/* The one way the program ends in the middle: a sentence on standard error, after the terminal is
 * sane. */
#ifndef BASE_FATAL_H
#define BASE_FATAL_H

/* Prints "ikeconsole: " and the message to standard error and exits with status 3. */
void fatal(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* What runs first when the program ends this way: restores the terminal. NULL takes it back. */
void fatal_set_hook(void (*hook)(void));

/* Runs it: for code that was loaded and has its own copy of this module. */
void fatal_run_hook(void);

#endif
