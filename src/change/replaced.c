#include "config.h"

#include "change/replaced.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

static uint32_t end_of(struct span span)
{
	return span.off + span.len;
}

/* Whether an edit of AT, bytes of the newer document, has to become one with the range. */
static bool meets(const struct replacement *range, struct span at)
{
	return range->now.off < end_of(at) && at.off < end_of(range->now);
}

static void insert_at(struct replaced *replaced, size_t i, struct replacement range)
{
	VEC_PUSH(replaced->items, replaced->count, replaced->cap, range);
	memmove(&replaced->items[i + 1], &replaced->items[i],
		(replaced->count - 1 - i) * sizeof *replaced->items);
	replaced->items[i] = range;
}

/* The place in the older document of a place in the newer one behind the first I ranges. */
static uint32_t place_before(const struct replaced *replaced, size_t i, uint32_t off)
{
	return i > 0 ? end_of(replaced->items[i - 1].was) +
			       (off - end_of(replaced->items[i - 1].now))
		     : off;
}

/* One edit; what stands behind it in the newer document has not been moved yet. */
static void add_edit(struct replaced *replaced, const struct edit *edit)
{
	struct span at = edit->at;
	uint32_t grown = (uint32_t)edit->text.len - at.len; /* modulo 2^32, as all of it */
	size_t first = 0, last, i;
	struct replacement range;

	while (first < replaced->count && end_of(replaced->items[first].now) <= at.off)
		first++;
	for (last = first; last < replaced->count && meets(&replaced->items[last], at); last++)
		;
	range.was.off = place_before(replaced, first, at.off);
	range.now.off = at.off;
	if (last > first) {
		const struct replacement *head = &replaced->items[first],
					 *tail = &replaced->items[last - 1];

		if (head->now.off < at.off) {
			range.was.off = head->was.off;
			range.now.off = head->now.off;
		}
		range.was.len = end_of(tail->was) - range.was.off;
		range.now.len = end_of(tail->now) - range.now.off;
		if (end_of(at) > end_of(tail->now)) {
			range.was.len += end_of(at) - end_of(tail->now);
			range.now.len += end_of(at) - end_of(tail->now);
		}
	} else {
		range.was.len = range.now.len = at.len;
	}
	range.now.len += grown;
	memmove(replaced->items + first, replaced->items + last,
		(replaced->count - last) * sizeof *replaced->items);
	replaced->count -= last - first;
	insert_at(replaced, first, range);
	for (i = first + 1; i < replaced->count; i++)
		replaced->items[i].now.off += grown;
}

/* All edits of one part, where there is nothing yet. */
static void begin(struct replaced *replaced, const struct edits *edits)
{
	uint32_t grown = 0;
	size_t i;

	for (i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];
		struct replacement range = { edit->at,
					     { edit->at.off + grown, (uint32_t)edit->text.len } };

		VEC_PUSH(replaced->items, replaced->count, replaced->cap, range);
		grown += (uint32_t)edit->text.len - edit->at.len;
	}
}

/* From the last one to the first: the places of the others stay what they are. */
void replaced_add(struct replaced *replaced, const struct edits *edits)
{
	size_t i;

	if (replaced->count == 0) {
		begin(replaced, edits);
		return;
	}
	for (i = edits->count; i-- > 0;)
		add_edit(replaced, &edits->items[i]);
}

void replaced_tidy(struct replaced *replaced, const struct doc *was, const struct doc *now)
{
	size_t i, kept = 0;

	for (i = 0; i < replaced->count; i++) {
		struct replacement r = replaced->items[i];

		if (r.was.len != r.now.len ||
		    memcmp(was->blob.data + r.was.off, now->blob.data + r.now.off, r.was.len) != 0)
			replaced->items[kept++] = r;
	}
	replaced->count = kept;
}

void replaced_release(struct replaced *replaced)
{
	free(replaced->items);
	*replaced = (struct replaced){ 0 };
}
