#include "config.h"

#include "store/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/* Steps of the search for the shortest list: so many, and so many more for each line. */
#define BUDGET_BASE     8000000
#define BUDGET_PER_LINE 8

/* How far ahead a place is looked for where both files go on alike. */
#define RESYNC_LINES 64

static uint32_t hash_bytes(const char *bytes, size_t len)
{
	const uint64_t factor = 0x9e3779b97f4a7c15u;
	uint64_t hash = len, word;

	for (; len >= sizeof word; len -= sizeof word, bytes += sizeof word) {
		memcpy(&word, bytes, sizeof word);
		hash = (hash ^ word) * factor;
		hash ^= hash >> 29;
	}
	word = 0;
	memcpy(&word, bytes, len);
	hash = (hash ^ word) * factor;
	return (uint32_t)(hash >> 32);
}

void lines_split(struct lines *lines, const char *bytes, struct span at)
{
	const char *p = bytes + at.off, *end = p + at.len;

	lines->bytes = bytes;
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		size_t len = newline != NULL ? (size_t)(newline + 1 - p) : (size_t)(end - p);
		struct line line = { { (uint32_t)(p - bytes), (uint32_t)len }, hash_bytes(p, len) };

		VEC_PUSH(lines->items, lines->count, lines->cap, line);
		p += len;
	}
}

void lines_release(struct lines *lines)
{
	free(lines->items);
	*lines = (struct lines){ 0 };
}

void changes_release(struct changes *changes)
{
	free(changes->items);
	*changes = (struct changes){ 0 };
}

static bool line_equal(const struct lines *a, int64_t i, const struct lines *b, int64_t j)
{
	const struct line *x = &a->items[i], *y = &b->items[j];

	return x->hash == y->hash && x->at.len == y->at.len &&
	       memcmp(a->bytes + x->at.off, b->bytes + y->at.off, x->at.len) == 0;
}

/* Lines OLD to OLD_END - 1 of the one file and NEW to NEW_END - 1 of the other. */
struct box {
	int32_t old, old_end;
	int32_t new, new_end;
};

struct search {
	const struct lines *old, *new;
	/* How far a path got on each diagonal (old line - new line), from both ends. */
	int32_t *forward, *backward;
	int64_t budget;
	struct changes *changes;
};

static bool search_equal(const struct search *s, int32_t old, int32_t new)
{
	return line_equal(s->old, old, s->new, new);
}

static void add_change(struct search *s, struct box box)
{
	struct changes *changes = s->changes;
	struct change change = { (uint32_t)box.old, (uint32_t)(box.old_end - box.old),
				 (uint32_t)box.new, (uint32_t)(box.new_end - box.new) };
	struct change *last = changes->count > 0 ? &changes->items[changes->count - 1] : NULL;

	if (change.old_count == 0 && change.new_count == 0)
		return;
	if (last != NULL && last->old + last->old_count == change.old &&
	    last->new + last->new_count == change.new) {
		last->old_count += change.old_count;
		last->new_count += change.new_count;
		return;
	}
	VEC_PUSH(changes->items, changes->count, changes->cap, change);
}

/* The diagonals that paths from one end have reached; every second one of them is in use. */
struct reach {
	int32_t low, high;
};

/* One more step for REACH, which stays within LEAST and MOST; END marks a diagonal nobody is on. */
static void widen(struct reach *reach, int32_t *path, int32_t least, int32_t most, int32_t end)
{
	if (reach->low > least)
		path[--reach->low - 1] = end;
	else
		reach->low++;
	if (reach->high < most)
		path[++reach->high + 1] = end;
	else
		reach->high--;
}

static bool within(const struct reach *reach, int32_t diagonal)
{
	return reach->low <= diagonal && diagonal <= reach->high;
}

/* One more difference from the beginning of BOX. Sets *OLD where it meets a path from the end. */
static bool step_forward(struct search *s, const struct box *box, const struct reach *reach,
			 const struct reach *other, int32_t *old, int32_t *new)
{
	int32_t d;

	for (d = reach->high; d >= reach->low; d -= 2) {
		int32_t x = s->forward[d - 1] >= s->forward[d + 1] ? s->forward[d - 1] + 1
								   : s->forward[d + 1];
		int32_t from = x;

		while (x < box->old_end && x - d < box->new_end && search_equal(s, x, x - d))
			x++;
		s->forward[d] = x;
		s->budget -= x - from + 1;
		if (other != NULL && within(other, d) && s->backward[d] <= x) {
			*old = x;
			*new = x - d;
			return true;
		}
	}
	return false;
}

static bool step_backward(struct search *s, const struct box *box, const struct reach *reach,
			  const struct reach *other, int32_t *old, int32_t *new)
{
	int32_t d;

	for (d = reach->high; d >= reach->low; d -= 2) {
		int32_t x = s->backward[d - 1] < s->backward[d + 1] ? s->backward[d - 1]
								    : s->backward[d + 1] - 1;
		int32_t from = x;

		while (x > box->old && x - d > box->new &&search_equal(s, x - 1, x - d - 1))
			x--;
		s->backward[d] = x;
		s->budget -= from - x + 1;
		if (other != NULL && within(other, d) && x <= s->forward[d]) {
			*old = x;
			*new = x - d;
			return true;
		}
	}
	return false;
}

/*
 * A point in the middle of a shortest path through BOX, whose first lines differ and whose last
 * lines differ (Myers 1986, the linear space refinement). False where the steps ran out.
 */
static bool find_middle(struct search *s, const struct box *box, int32_t *old, int32_t *new)
{
	int32_t least = box->old - box->new_end, most = box->old_end - box->new;
	int32_t start = box->old - box->new, end = box->old_end - box->new_end;
	struct reach forward = { start, start }, backward = { end, end };
	bool odd = ((start - end) & 1) != 0;

	s->forward[start] = box->old;
	s->backward[end] = box->old_end;
	while (s->budget > 0) {
		widen(&forward, s->forward, least, most, -1);
		if (step_forward(s, box, &forward, odd ? &backward : NULL, old, new))
			return true;
		widen(&backward, s->backward, least, most, INT32_MAX);
		if (step_backward(s, box, &backward, odd ? NULL : &forward, old, new))
			return true;
	}
	return false;
}

/* Whether both files go on alike there: two lines, or one that is the last. */
static bool in_step(const struct search *s, const struct box *box, int32_t old, int32_t new)
{
	if (old >= box->old_end || new >= box->new_end || !search_equal(s, old, new))
		return false;
	if (old + 1 == box->old_end || new + 1 == box->new_end)
		return true;
	return search_equal(s, old + 1, new + 1);
}

/* The nearest place from BOX's beginning on where both files go on alike. */
static bool find_resync(const struct search *s, const struct box *box, struct box *skipped)
{
	int32_t sum, i;

	for (sum = 1; sum <= RESYNC_LINES; sum++)
		for (i = 0; i <= sum; i++)
			if (in_step(s, box, box->old + i, box->new + sum - i)) {
				*skipped = (struct box){ box->old, box->old + i, box->new,
							 box->new + sum - i };
				return true;
			}
	return false;
}

static void compare_coarsely(struct search *s, struct box box)
{
	s->changes->coarse = true;
	while (box.old < box.old_end && box.new < box.new_end) {
		struct box skipped;

		if (search_equal(s, box.old, box.new)) {
			box.old++;
			box.new ++;
			continue;
		}
		if (!find_resync(s, &box, &skipped))
			break;
		add_change(s, skipped);
		box.old = skipped.old_end;
		box.new = skipped.new_end;
	}
	add_change(s, box);
}

/* Each call halves the differences in the box, so that the calls nest as deep as their logarithm.
 */
static void compare_box(struct search *s, struct box box)
{
	int32_t old, new;

	while (box.old < box.old_end && box.new < box.new_end &&search_equal(s, box.old, box.new))
		box.old++, box.new ++;
	while (box.old < box.old_end &&
	       box.new < box.new_end &&search_equal(s, box.old_end - 1, box.new_end - 1))
		box.old_end--, box.new_end--;
	if (box.old == box.old_end || box.new == box.new_end) {
		add_change(s, box);
	} else if (find_middle(s, &box, &old, &new)) {
		compare_box(s, (struct box){ box.old, old, box.new, new });
		compare_box(s, (struct box){ old, box.old_end, new, box.new_end });
	} else {
		compare_coarsely(s, box);
	}
}

/* How far in the line begins; an empty line counts as not indented. */
static uint32_t indentation(const struct lines *lines, int64_t i)
{
	const struct line *line = &lines->items[i];
	const char *bytes = lines->bytes + line->at.off;
	uint32_t n = 0;

	while (n < line->at.len && (bytes[n] == ' ' || bytes[n] == '\t'))
		n++;
	return n < line->at.len && bytes[n] != '\n' && bytes[n] != '\r' ? n : 0;
}

/*
 * Lines that were only inserted or only removed can often be seen at several places: "}" and the
 * group before it, or the group and its own "}". Of these the one is taken that begins with the
 * least indented line, the last one of several, which is how people see a block.
 *
 * FIRST is the block's first line in LINES, COUNT its length; it may move between the lines FLOOR
 * and CEILING. Returns how far it is to be moved.
 */
static int64_t best_shift(const struct lines *lines, int64_t first, int64_t count, int64_t floor,
			  int64_t ceiling)
{
	int64_t at = first, best;
	uint32_t least;

	while (at > floor && line_equal(lines, at - 1, lines, at + count - 1))
		at--;
	best = at;
	least = indentation(lines, at);
	while (at + count < ceiling && line_equal(lines, at, lines, at + count)) {
		at++;
		if (indentation(lines, at) <= least) {
			least = indentation(lines, at);
			best = at;
		}
	}
	return best - first;
}

static void shift_changes(const struct lines *old, const struct lines *new, struct changes *changes)
{
	size_t i;

	for (i = 0; i < changes->count; i++) {
		struct change *c = &changes->items[i];
		const struct change *before = i > 0 ? c - 1 : NULL;
		const struct change *after = i + 1 < changes->count ? c + 1 : NULL;
		int64_t shift = 0;

		if (c->old_count == 0)
			shift = best_shift(new, c->new, c->new_count,
					   before != NULL ? before->new + before->new_count + 1 : 0,
					   after != NULL ? after->new - 1 : (int64_t) new->count);
		else if (c->new_count == 0)
			shift = best_shift(old, c->old, c->old_count,
					   before != NULL ? before->old + before->old_count + 1 : 0,
					   after != NULL ? after->old - 1 : (int64_t)old->count);
		c->old = (uint32_t)(c->old + shift);
		c->new = (uint32_t)(c->new + shift);
	}
}

void lines_compare(const struct lines *old, const struct lines *new, struct changes *changes)
{
	size_t diagonals = old->count + new->count + 3;
	struct search s = { .old = old, .new = new, .changes = changes };
	int32_t *paths = xmalloc(2 * diagonals * sizeof *paths);

	s.forward = paths + new->count + 1;
	s.backward = s.forward + diagonals;
	s.budget = BUDGET_BASE + BUDGET_PER_LINE * (int64_t)(old->count + new->count);
	compare_box(&s, (struct box){ 0, (int32_t)old->count, 0, (int32_t) new->count });
	free(paths);
	shift_changes(old, new, changes);
}
