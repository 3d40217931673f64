/*
 * Sorting many things by numbers: by their bytes, one after the other, which costs the same for
 * every order that they, or whoever wrote the file they come from, may have put them in.
 */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/*
 * Sorts COUNT items, each of one, two or three WORDS of 64 bits: by the first word, then by the
 * second ... Of an item those bytes count that are 255 in MASK, an item itself, and not those that
 * are 0; items that are equal in them stay in their order. SCRATCH has room for as many items, and
 * its content is lost; the caller wipes both where an item tells of a secret.
 */
void sort_words(void *items, void *scratch, size_t count, size_t words, const void *mask);

#endif
