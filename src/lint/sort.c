#include "config.h"

#include "lint/sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/* The parts of a key, from the one that counts least. */
enum part { PART_TAIL, PART_LOW, PART_HIGH, PART_COUNT };

static uint64_t part_of(const struct sort_key *key, enum part part)
{
	return part == PART_TAIL ? key->tail : part == PART_LOW ? key->ip.low : key->ip.high;
}

/* Copies the keys in the order of one byte; those with the same byte stay in theirs. */
static void sort_by_byte(const struct sort_key *from, struct sort_key *to, size_t count,
			 enum part part, unsigned shift)
{
	size_t start[257] = { 0 }, i;

	for (i = 0; i < count; i++)
		start[(part_of(&from[i], part) >> shift & 255) + 1]++;
	for (i = 1; i < 256; i++)
		start[i] += start[i - 1];
	for (i = 0; i < count; i++)
		to[start[part_of(&from[i], part) >> shift & 255]++] = from[i];
}

void sort_keys(struct sort_key *keys, size_t count)
{
	struct sort_key *other = xmalloc((count + 1) * sizeof *other), *from = keys, *to = other;
	int part;

	for (part = PART_TAIL; count > 0 && part < PART_COUNT; part++) {
		uint64_t differs = 0;
		unsigned shift;
		size_t i;

		for (i = 1; i < count; i++)
			differs |= part_of(&keys[0], part) ^ part_of(&keys[i], part);
		for (shift = 0; shift < 64; shift += 8) {
			struct sort_key *swap = from;

			if ((differs >> shift & 255) == 0)
				continue;
			sort_by_byte(from, to, count, part, shift);
			from = to;
			to = swap;
		}
	}
	if (from != keys)
		memcpy(keys, from, count * sizeof *keys);
	free(other);
}
