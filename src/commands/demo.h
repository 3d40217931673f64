/* The sample host: a private copy of it, for --demo. */
#ifndef COMMANDS_DEMO_H
#define COMMANDS_DEMO_H

#include "base/error.h"

/*
 * Copies the shipped sample host into a new folder that nobody else can look into, with the modes
 * that it is meant to have. Returns the folder as a string the caller frees, or NULL.
 */
char *demo_make(struct error *err);

/* Removes such a folder with all that is in it. */
void demo_remove(const char *dir);

#endif
