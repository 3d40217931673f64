#include "config.h"

#include "base/sort.h"

#include <stdbool.h>
#include <string.h>

#define WORD sizeof(uint64_t)

static inline uint64_t word_at(const char *item, size_t word)
{
	uint64_t value;

	memcpy(&value, item + word * WORD, sizeof value);
	return value;
}

/* Copies the items in the order of one byte; those with the same one stay in theirs. */
static inline void copy_by_byte(const char *from, char *to, size_t count, size_t size, size_t word,
				unsigned shift)
{
	size_t start[257] = { 0 }, i;

	for (i = 0; i < count; i++)
		start[(word_at(from + i * size, word) >> shift & 255) + 1]++;
	for (i = 1; i < 256; i++)
		start[i] += start[i - 1];
	for (i = 0; i < count; i++)
		memcpy(to + start[word_at(from + i * size, word) >> shift & 255]++ * size,
		       from + i * size, size);
}

/* The same for each size that there is, which the compiler then knows. */
static void sort_by_byte(const char *from, char *to, size_t count, size_t words, size_t word,
			 unsigned shift)
{
	if (words == 1)
		copy_by_byte(from, to, count, WORD, word, shift);
	else if (words == 2)
		copy_by_byte(from, to, count, 2 * WORD, word, shift);
	else
		copy_by_byte(from, to, count, 3 * WORD, word, shift);
}

void sort_words(void *items, void *scratch, size_t count, size_t words, const void *mask)
{
	size_t size = words * WORD, word, i;
	char *from = items, *to = scratch;

	for (word = words; count > 1 && word-- > 0;) {
		uint64_t first = word_at(from, word), differs = 0;
		unsigned shift;

		for (i = 1; i < count; i++)
			differs |= first ^ word_at(from + i * size, word);
		differs &= word_at(mask, word);
		for (shift = 0; shift < 64; shift += 8) {
			char *swap = from;

			if ((differs >> shift & 255) == 0)
				continue;
			sort_by_byte(from, to, count, words, word, shift);
			from = to;
			to = swap;
		}
	}
	if (from != items)
		memcpy(items, from, count * size);
}
