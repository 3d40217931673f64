/*
 * Which lines of two files differ.
 *
 * The result is the shortest list of changes where that can be found within a number of steps that
 * grows with the files and not with their square. Beyond it changes are found line by line, by
 * looking for the next place where both files go on alike; where there is none nearby, the rest
 * counts as replaced.
 */
#ifndef STORE_COMPARE_H
#define STORE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "doc/doc.h"

/* With its line end, so that a missing one at the end of a file is a difference. */
struct line {
	struct span at;
	uint32_t hash;
};

struct lines {
	const char *bytes; /* borrowed: the whole file */
	struct line *items;
	size_t count, cap;
};

/* Cuts AT, which begins and ends where a line does, into lines. */
void lines_split(struct lines *lines, const char *bytes, struct span at);
void lines_release(struct lines *lines);

/* OLD_COUNT lines from number OLD on (from 0) are replaced by NEW_COUNT lines from number NEW on.
 */
struct change {
	uint32_t old, old_count;
	uint32_t new, new_count;
};

struct changes {
	struct change
		*items; /* in the order of the files, with an equal line or more between two */
	size_t count, cap;
	bool coarse; /* not the shortest list */
};

/* Adds the changes that lead from OLD to NEW to CHANGES, which is empty. */
void lines_compare(const struct lines *old, const struct lines *new, struct changes *changes);
void changes_release(struct changes *changes);

#endif
