#include "config.h"

#include "change/merge_place.h"

#include <string.h>

static uint32_t end_of(struct span span)
{
	return span.off + span.len;
}

/* What stands between two items of theirs, or before the first, or behind the last. */
static struct span gap_of(const struct units *units, uint32_t before, uint32_t behind)
{
	uint32_t start = before != UNITS_NONE ? end_of(units->items[before].at) : 0,
		 end = behind < units->count ? units->items[behind].at.off
					     : (uint32_t)units->doc->blob.len;

	return (struct span){ start, end > start ? end - start : 0 };
}

/* The nearest item before number I of the base document, or behind it, that is in theirs. */
static uint32_t nearest_before(const struct matcher *matcher, size_t i)
{
	while (i-- > 0) {
		uint32_t theirs = match_unit(matcher, (uint32_t)i).theirs;

		if (theirs != UNITS_NONE)
			return theirs;
	}
	return UNITS_NONE;
}

static uint32_t nearest_behind(const struct matcher *matcher, size_t i)
{
	for (; i < matcher->merge->base_units.count; i++) {
		uint32_t theirs = match_unit(matcher, (uint32_t)i).theirs;

		if (theirs != UNITS_NONE)
			return theirs;
	}
	return (uint32_t)matcher->merge->theirs_units.count;
}

static bool equal(const struct merge_doc *merge, uint32_t base, uint32_t theirs, uint32_t len)
{
	return memcmp(merge->base->blob.data + base, merge->theirs->blob.data + theirs, len) == 0;
}

/* The same place in what stands between the same two items. */
static uint32_t place_in_gap(const struct merge_doc *merge, struct span base, struct span theirs,
			     uint32_t off)
{
	uint32_t head = off - base.off, tail = end_of(base) - off;

	if (head == 0 || theirs.len == 0)
		return theirs.off;
	if (head <= theirs.len && equal(merge, base.off, theirs.off, head))
		return theirs.off + head;
	if (tail <= theirs.len && equal(merge, off, end_of(theirs) - tail, tail))
		return end_of(theirs) - tail;
	return end_of(theirs);
}

bool merge_place(const struct matcher *matcher, uint32_t off, uint32_t *place)
{
	const struct merge_doc *merge = matcher->merge;
	const struct units *base = &merge->base_units, *theirs = &merge->theirs_units;
	size_t next = units_behind(base, off);
	uint32_t before = nearest_before(matcher, next), behind = nearest_behind(matcher, next);
	bool between = before + 1 < behind; /* UNITS_NONE + 1 is the first item */

	if (off == merge->base->blob.len && !(between && matcher->aligned != NULL)) {
		*place = (uint32_t)merge->theirs->blob.len;
	} else if (before + 1 == behind) {
		struct span gap =
			gap_of(base, next > 0 ? (uint32_t)next - 1 : UNITS_NONE, (uint32_t)next);

		*place = place_in_gap(merge, gap, gap_of(theirs, before, behind), off);
	} else if (next == base->count) {
		*place = theirs->count > 0 ? end_of(theirs->items[theirs->count - 1].at)
					   : (uint32_t)merge->theirs->blob.len;
	} else if (matcher->aligned != NULL && between) {
		*place = end_of(theirs->items[behind - 1].at);
	} else if (next > 0 && before != UNITS_NONE) {
		*place = end_of(theirs->items[before].at);
	} else {
		*place = behind < theirs->count ? theirs->items[behind].at.off
						: (uint32_t)merge->theirs->blob.len;
	}
	return matcher->aligned == NULL || !between;
}

bool merge_is_gone(const struct matcher *matcher, uint32_t number)
{
	const struct units *theirs = &matcher->merge->theirs_units;
	uint32_t i = nearest_before(matcher, number) + 1, /* UNITS_NONE + 1 is the first item */
		behind = nearest_behind(matcher, (size_t)number + 1);
	size_t count;

	if (match_unit(matcher, number).state != MATCH_GONE)
		return false;
	if (i > behind)
		return matcher->merge->base_units.items[number].has_name;
	for (; i < behind; i++)
		if (match_added(matcher, &theirs->items[i].key, &count) != UNITS_NONE)
			return false;
	return true;
}

bool merge_gap(const struct matcher *matcher, struct span at, uint32_t *place)
{
	const struct merge_doc *merge = matcher->merge;
	const struct units *base = &merge->base_units;
	size_t next = units_behind(base, at.off);
	uint32_t before = nearest_before(matcher, next), behind = nearest_behind(matcher, next);
	struct span ours = gap_of(base, next > 0 ? (uint32_t)next - 1 : UNITS_NONE, (uint32_t)next),
		    theirs = gap_of(&merge->theirs_units, before, behind);

	if (before + 1 != behind || ours.len != theirs.len ||
	    !equal(merge, ours.off, theirs.off, ours.len))
		return false;
	*place = theirs.off + (at.off - ours.off);
	return true;
}
