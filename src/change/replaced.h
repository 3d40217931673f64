/*
 * What a step has made of a document, as the ranges that it has replaced: the edits of its parts,
 * one behind the other, put together.
 */
#ifndef CHANGE_REPLACED_H
#define CHANGE_REPLACED_H

#include "doc/edit.h"

/* WAS in the document before the step is NOW in the one behind it. */
struct replacement {
	struct span was, now;
};

struct replaced {
	struct replacement *items; /* in the order of the file, without overlap */
	size_t count, cap;
};

/* Adds EDITS, made to the document behind the ranges that are there. */
void replaced_add(struct replaced *replaced, const struct edits *edits);

/* Takes out those that changed nothing in the end. */
void replaced_tidy(struct replaced *replaced, const struct doc *was, const struct doc *now);
void replaced_release(struct replaced *replaced);

#endif
