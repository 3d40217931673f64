/* What all changing commands have in common: findings of the result, diff, question, save, report.
 */
#ifndef COMMANDS_APPLY_H
#define COMMANDS_APPLY_H

#include "change/edits.h"
#include "commands/work.h"

/* Opens the host for changing. NULL with ERR where nothing may be changed. */
struct change *apply_begin(struct work *work, struct error *err);

/*
 * Finishes: tells what was forced and which errors the result would have that were not there
 * before, shows the diff with --dry-run, otherwise asks where it must and saves. Frees CHANGE.
 */
enum error_code apply_end(struct work *work, struct change *change, struct error *err);

/* NAME=VALUE words as fields; the array is the caller's to free. NULL with ERR where one is none.
 */
struct field *apply_fields(const char **words, size_t count, struct error *err);
void apply_fields_free(struct field *fields, size_t count);

#endif
