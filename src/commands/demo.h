/* The sample host: a private copy of it, for --demo. */
#ifndef COMMANDS_DEMO_H
#define COMMANDS_DEMO_H

#include "base/error.h"

struct demo;

/*
 * Copies the shipped sample host into a new folder that nobody else can look into, with the modes
 * that it is meant to have. A process of its own waits to remove it: this one may end in any way,
 * and may be one that can remove nothing (base/confine.h). NULL where it fails.
 */
struct demo *demo_make(struct error *err);

/* The folder of the copy. Borrowed. */
const char *demo_folder(const struct demo *demo);

/* Has the copy removed, and waits until it is. */
void demo_free(struct demo *demo);

#endif
