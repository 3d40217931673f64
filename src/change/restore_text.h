/* The edits that make one text of another, line by line; for what is gone back to. */
#ifndef CHANGE_RESTORE_TEXT_H
#define CHANGE_RESTORE_TEXT_H

#include "doc/edit.h"

/* Adds the edits that make NEW of OLD; of lines that are the same none is touched. */
void restore_edits(struct edits *edits, const struct doc *old, const struct doc *new);

#endif
