#include "config.h"

#include "base/near.h"

#include <string.h>

#include "base/i18n.h"

/* More wrong letters than this and one less make another word of it. */
#define TOO_FAR 3

/* Fewer letters are the beginning of anything: des3 is not des. */
#define SHORTEST_BEGINNING 3
#define SHORTEST_WORD      4

/* Letters of ASCII alone: a file's word does not depend on this process's locale. */
static int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

size_t near_distance(const char *text, size_t len, const char *word, size_t most)
{
	size_t rows[3][NEAR_MAX + 1], *before = rows[0], *last = rows[1], *now = rows[2];
	size_t n = strlen(word), i, k;

	if (n > NEAR_MAX || (len > n ? len - n : n - len) >= most)
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

struct near near_to(const char *text, size_t len)
{
	return (struct near){ .text = text, .len = len, .distance = TOO_FAR };
}

static bool begins_with(const char *word, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (lower(word[i]) != lower(text[i]))
			return false;
	return true;
}

/* Whether these are the LEN letters of WORD, two neighbours of them in each other's place. */
static bool is_swapped(const char *text, const char *word, size_t len)
{
	size_t i = 0;

	while (i < len && lower(text[i]) == lower(word[i]))
		i++;
	return i + 1 < len && lower(text[i]) == lower(word[i + 1]) &&
	       lower(text[i + 1]) == lower(word[i]);
}

/* One letter is too much for words of three, where anything is near: but for two that have changed
 * places, and for a letter that is missing behind the first. */
static bool is_near(const struct near *near, const char *word, size_t len, size_t distance)
{
	if (distance < len / 2)
		return true;
	return distance == 1 &&
	       ((len == near->len && is_swapped(near->text, word, len)) ||
		(len == 3 && near->len == 2 && lower(near->text[0]) == lower(word[0])));
}

void near_try(struct near *near, const char *word)
{
	size_t len = strlen(word), distance;

	if (len > NEAR_MAX)
		return;
	if (near->len >= SHORTEST_BEGINNING && near->len < len &&
	    begins_with(word, near->text, near->len) && near->longer_count++ == 0)
		memcpy(near->longer, word, len + 1);
	if (len >= SHORTEST_WORD && len < near->len && len > strlen(near->shorter) &&
	    begins_with(near->text, word, len))
		memcpy(near->shorter, word, len + 1);
	distance = near_distance(near->text, near->len, word, near->distance);
	if (distance < near->distance && is_near(near, word, len, distance)) {
		near->distance = distance;
		memcpy(near->best, word, len + 1);
	}
}

const char *near_best(const struct near *near)
{
	if (near->longer_count == 1 && near->distance > 0)
		return near->longer;
	if (near->best[0] != '\0')
		return near->best;
	return near->shorter[0] != '\0' ? near->shorter : NULL;
}

bool near_tell(const struct near *near, struct error *err, const char *otherwise)
{
	const char *best = near_best(near);

	if (best != NULL)
		error_append(err, _("; did you mean '%s'?"), best);
	else if (otherwise != NULL)
		error_append(err, "; %s", otherwise);
	return false;
}
