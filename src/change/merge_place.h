/* For change/merge_*.c: where something new goes in what they have made of the document. */
#ifndef CHANGE_MERGE_PLACE_H
#define CHANGE_MERGE_PLACE_H

#include "change/merge_groups.h"

/*
 * The byte of theirs for what is put at byte OFF of the base document, between two items. False
 * where order has a meaning and they have put something of theirs in between: then it is behind
 * that.
 */
bool merge_place(const struct matcher *matcher, uint32_t off, uint32_t *place);

/*
 * Where AT, bytes of the base document between two items, are in theirs. False where they have
 * changed what stands there.
 */
bool merge_gap(const struct matcher *matcher, struct span at, uint32_t *place);

/*
 * Whether they have removed item NUMBER of the base document: it is not there, and nothing that was
 * not there stands where it stood, which might be what they have made of it.
 */
bool merge_is_gone(const struct matcher *matcher, uint32_t number);

#endif
