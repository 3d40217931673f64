/* Where the items of one document are in what somebody else has made of it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "change/merge_groups.h"
#include "formats/ipsecinit/file.h"
#include "store/compare.h"

static const struct match nowhere = { MATCH_GONE, UNITS_NONE };

static void add_lines(struct lines *lines, const struct units *units)
{
	size_t i;

	lines->bytes = units->doc->blob.data;
	for (i = 0; i < units->count; i++) {
		struct line line = { units->items[i].tokens, (uint32_t)units->items[i].text.b };

		VEC_PUSH(lines->items, lines->count, lines->cap, line);
	}
}

/* Pairs the items of both documents by the order of their texts: those that are the same, and one
 * that stands where another one stood. */
static void align(struct matcher *matcher)
{
	const struct units *base = &matcher->merge->base_units,
			   *theirs = &matcher->merge->theirs_units;
	struct lines old = { 0 }, new = { 0 };
	struct changes changes = { 0 };
	uint32_t from = 0, to = 0;
	size_t i;

	matcher->aligned = xmalloc((base->count + 1) * sizeof *matcher->aligned);
	add_lines(&old, base);
	add_lines(&new, theirs);
	lines_compare(&old, &new, &changes);
	for (i = 0; i <= changes.count; i++) {
		const struct change *c = i < changes.count ? &changes.items[i] : NULL;
		uint32_t stop = c != NULL ? c->old : (uint32_t)base->count;

		while (from < stop)
			matcher->aligned[from++] = to++;
		if (c == NULL)
			break;
		while (from < c->old + c->old_count)
			matcher->aligned[from++] =
				c->old_count == 1 && c->new_count == 1 ? c->new : UNITS_NONE;
		to = c->new + c->new_count;
	}
	lines_release(&old);
	lines_release(&new);
	changes_release(&changes);
}

void matcher_init(struct matcher *matcher, const struct merge_doc *merge)
{
	*matcher = (struct matcher){ .merge = merge };
	if (merge->base->format == &ipsecinit_format)
		align(matcher);
}

void matcher_release(struct matcher *matcher)
{
	free(matcher->aligned);
}

/* The bytes of an item without its line end, which the last line of a file may lack. */
static size_t bare_length(const struct doc *doc, struct span at)
{
	const char *bytes = doc->blob.data + at.off;
	size_t len = at.len;

	if (len > 0 && bytes[len - 1] == '\n')
		len -= len > 1 && bytes[len - 2] == '\r' ? 2 : 1;
	return len;
}

static bool is_same(const struct merge_doc *merge, const struct unit *base,
		    const struct unit *theirs)
{
	size_t len = bare_length(merge->base, base->at);

	/* What shares its lines with others has nothing but itself, however they stand now. */
	if (base->at.len == base->tokens.len)
		return unit_key_equal(&base->text, &theirs->text);
	return len == bare_length(merge->theirs, theirs->at) &&
	       memcmp(merge->base->blob.data + base->at.off,
		      merge->theirs->blob.data + theirs->at.off, len) == 0;
}

static struct match found(const struct merge_doc *merge, uint32_t base, uint32_t theirs)
{
	bool same =
		is_same(merge, &merge->base_units.items[base], &merge->theirs_units.items[theirs]);

	return (struct match){ same ? MATCH_SAME : MATCH_CHANGED, theirs };
}

/* The only one of several items with one identity that has the text of UNIT; COUNT of them from
 * FIRST on. */
static uint32_t only_with_text(const struct units *units, size_t first, size_t count,
			       const struct unit *unit)
{
	uint32_t one = UNITS_NONE;
	size_t i;

	for (i = first; i < first + count; i++) {
		if (!unit_key_equal(&units->items[units->order[i]].text, &unit->text))
			continue;
		if (one != UNITS_NONE)
			return UNITS_NONE;
		one = units->order[i];
	}
	return one;
}

/* By the identity alone. */
static struct match match_by_key(const struct merge_doc *merge, uint32_t base)
{
	const struct unit *unit = &merge->base_units.items[base];
	size_t first, other, count = units_find(&merge->theirs_units, &unit->key, &first),
			     before = units_find(&merge->base_units, &unit->key, &other);
	uint32_t one;

	if (count == 0)
		return nowhere;
	if (count == before)
		return found(merge, base, merge->theirs_units.order[first + unit->rank]);
	one = only_with_text(&merge->theirs_units, first, count, unit);
	if (one != UNITS_NONE &&
	    only_with_text(&merge->base_units, other, before, unit) != UNITS_NONE)
		return found(merge, base, one);
	return (struct match){ MATCH_UNSURE, UNITS_NONE };
}

/* What stands alone between the same neighbours, with an identity that was not there, is what they
 * have made of the item. */
static struct match match_by_place(const struct merge_doc *merge, uint32_t base)
{
	uint32_t last = (uint32_t)merge->base_units.count - 1, before = UNITS_NONE,
		 behind = (uint32_t)merge->theirs_units.count;
	const struct unit *unit;
	size_t first;

	if (base > 0) {
		before = match_by_key(merge, base - 1).theirs;
		if (before == UNITS_NONE)
			return nowhere;
	}
	if (base < last)
		behind = match_by_key(merge, base + 1).theirs;
	/* UNITS_NONE + 1 is the first item. */
	if (behind == UNITS_NONE || behind != before + 2)
		return nowhere;
	unit = &merge->theirs_units.items[before + 1];
	if (units_find(&merge->base_units, &unit->key, &first) > 0)
		return nowhere;
	return (struct match){ MATCH_CHANGED, before + 1 };
}

static struct match match_by_order(const struct matcher *matcher, uint32_t base)
{
	const struct merge_doc *merge = matcher->merge;
	const struct unit *unit = &merge->base_units.items[base];
	uint32_t theirs = matcher->aligned[base];
	size_t first, count = units_find(&merge->theirs_units, &unit->key, &first);

	/* The same policy more or fewer times than before: it may be any of them. */
	if (count > 0 && count != units_find(&merge->base_units, &unit->key, &first))
		return (struct match){ MATCH_UNSURE, UNITS_NONE };
	return theirs == UNITS_NONE ? nowhere : found(merge, base, theirs);
}

struct match match_unit(const struct matcher *matcher, uint32_t base)
{
	struct match match;

	if (matcher->aligned != NULL)
		return match_by_order(matcher, base);
	match = match_by_key(matcher->merge, base);
	return match.state == MATCH_GONE ? match_by_place(matcher->merge, base) : match;
}

uint32_t match_added(const struct matcher *matcher, const struct unit_key *key, size_t *count)
{
	const struct merge_doc *merge = matcher->merge;
	size_t first, other, theirs = units_find(&merge->theirs_units, key, &first),
			     base = units_find(&merge->base_units, key, &other);

	*count = theirs > base ? theirs - base : 0;
	return *count > 0 ? merge->theirs_units.order[first + base] : UNITS_NONE;
}
