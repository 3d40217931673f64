/* The console. */
#ifndef UI_CONSOLE_H
#define UI_CONSOLE_H

#include "commands/work.h"

/* Of the module: the program's own must be the same. */
extern const char console_version[];

/* Opens the console on the host of WORK and returns when it is left, with the exit status. */
int console_run(struct work *work);

#endif
