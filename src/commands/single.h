/* One file by itself, for check --type. */
#ifndef COMMANDS_SINGLE_H
#define COMMANDS_SINGLE_H

#include "commands/work.h"

/* Opens the file at PATH, "-" for standard input, as the host of WORK. */
bool single_open(struct work *work, const char *type, const char *path, struct error *err);

#endif
