/* How near a misspelt word is to a right one. */
#ifndef LINT_NEAR_H
#define LINT_NEAR_H

#include <stddef.h>

/*
 * The number of letters that have to be inserted, removed, changed or exchanged with their
 * neighbour to make WORD of the LEN bytes of TEXT, without regard to their case; MOST where it is
 * that many or more.
 */
size_t near_distance(const char *text, size_t len, const char *word, size_t most);

#endif
