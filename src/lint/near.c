#include "config.h"

#include "lint/near.h"

#include <ctype.h>
#include <string.h>

#define MAX_WORD 32

static int lower(char c)
{
	return tolower((unsigned char)c);
}

size_t near_distance(const char *text, size_t len, const char *word, size_t most)
{
	size_t rows[3][MAX_WORD + 1], *before = rows[0], *last = rows[1], *now = rows[2];
	size_t n = strlen(word), i, k;

	if (n > MAX_WORD || (len > n ? len - n : n - len) >= most)
		return most;
	for (k = 0; k <= n; k++)
		last[k] = k;
	for (i = 1; i <= len; i++) {
		size_t *spare = before;

		now[0] = i;
		for (k = 1; k <= n; k++) {
			size_t same = lower(text[i - 1]) == lower(word[k - 1]) ? 0 : 1;
			size_t least = last[k - 1] + same;

			if (last[k] + 1 < least)
				least = last[k] + 1;
			if (now[k - 1] + 1 < least)
				least = now[k - 1] + 1;
			if (i > 1 && k > 1 && lower(text[i - 1]) == lower(word[k - 2]) &&
			    lower(text[i - 2]) == lower(word[k - 1]) && before[k - 2] + 1 < least)
				least = before[k - 2] + 1;
			now[k] = least;
		}
		before = last;
		last = now;
		now = spare;
	}
	return last[n] < most ? last[n] : most;
}
