/* What a changing command does where somebody else has changed the files under it. */
#ifndef COMMANDS_MERGING_H
#define COMMANDS_MERGING_H

#include "commands/apply.h"

/*
 * Reads the host again and puts the change on top of what it has now (change/merge.h); says so in
 * one line. False, with nothing changed, where it cannot be: conflicts are printed item by item, in
 * JSON to standard output, and are ERROR_CHANGED.
 */
bool merging_apply(struct apply *apply, struct error *err);

#endif
