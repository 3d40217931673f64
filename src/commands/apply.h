/* What all changing commands have in common: findings of the result, diff, question, save, report.
 */
#ifndef COMMANDS_APPLY_H
#define COMMANDS_APPLY_H

#include <stdio.h>

#include "change/edits.h"
#include "commands/work.h"

struct guard;

/* A change from the command line. */
struct apply {
	struct work *work;
	struct change *change;
	FILE *out; /* where it says what is written; standard output where JSON has not that */
	bool show; /* the diff also before the question */
	bool written;
	struct guard *guard; /* of what was written: it is taken back unless confirmed */
};

/* Opens the host for changing, unless it is open. False where nothing may be changed; APPLY is then
 * empty. */
bool apply_begin(struct apply *apply, struct work *work, struct error *err);

/* Forgets the change. */
void apply_abandon(struct apply *apply);

/*
 * Finishes: tells what was forced and which errors the result would have that were not there
 * before, shows the diff with --dry-run, otherwise asks where it must and saves. Where somebody else
 * has changed the files meanwhile it puts the change on top of that; what they have changed too is a
 * conflict (ERROR_CHANGED). The host of APPLY's work may be another one, and APPLY is empty
 * afterwards.
 */
enum error_code apply_end(struct apply *apply, struct error *err);

/* NAME=VALUE words as fields; the array is the caller's to free. NULL with ERR where one is none.
 */
struct field *apply_fields(const char **words, size_t count, struct error *err);
void apply_fields_free(struct field *fields, size_t count);

#endif
