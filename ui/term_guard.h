/*
 * What restores the terminal when the program ends in the middle: fatal(), exit() or a crash.
 *
 * Apart from term_private.h, since <term.h> of curses has a struct term of its own.
 */
#ifndef UI_TERM_GUARD_H
#define UI_TERM_GUARD_H

#include <stdbool.h>

/* Keeps the modes of the terminal FD; before curses changes them. */
void term_guard_prepare(int fd);

/* From here on the terminal is restored in any case, until term_guard_disarm. */
void term_guard_arm(void);
void term_guard_disarm(void);

#endif
