#include "config.h"

#include "change/merge_doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "change/merge_groups.h"
#include "change/merge_place.h"

/* How many items, and the sums of their texts: what the result must have. */
struct sums {
	uint64_t count, a, b;
};

struct merging {
	struct merge_doc *merge;
	struct matcher matcher;
	struct groups groups;
	struct edits *edits;
	struct sums sums; /* of theirs, and of what was done to it */
	bool broken;      /* two edits would meet */
};

static uint32_t end_of(struct span span)
{
	return span.off + span.len;
}

static void add(struct sums *sums, const struct units *units, uint32_t from, uint32_t count)
{
	for (; count > 0; count--, from++) {
		sums->count++;
		sums->a += units->items[from].text.a;
		sums->b += units->items[from].text.b;
	}
}

static void take(struct sums *sums, const struct units *units, uint32_t from, uint32_t count)
{
	for (; count > 0; count--, from++) {
		sums->count--;
		sums->a -= units->items[from].text.a;
		sums->b -= units->items[from].text.b;
	}
}

/* Replaces AT, bytes of theirs, by AS, bytes of ours. */
static void put(struct merging *m, struct span at, const char *text, size_t len)
{
	size_t i;

	/* They are in the order of the file, without overlap. */
	for (i = m->edits->count; i-- > 0 && end_of(m->edits->items[i].at) > at.off;)
		m->broken |= m->edits->items[i].at.off < end_of(at);
	if (!m->broken)
		edits_add(m->edits, m->merge->theirs, at, text, len);
}

static const char *ours_text(const struct merging *m, struct span at)
{
	return m->merge->ours->blob.data + at.off;
}

/* The ranges of a group as they are, in bytes that are the same SHIFT bytes further in theirs. */
static void put_ranges(struct merging *m, const struct group *g, uint32_t shift)
{
	size_t i;

	for (i = g->first; i < g->first + g->count; i++) {
		const struct replacement *r = &m->merge->replaced->items[i];

		put(m, (struct span){ r->was.off + shift, r->was.len }, ours_text(m, r->now),
		    r->now.len);
	}
}

/* An item of theirs as a whole becomes what ours is; the line end stays if there is one. */
static void put_whole(struct merging *m, const struct group *g, struct span at)
{
	const char *text = ours_text(m, g->ours), *bytes = m->merge->theirs->blob.data;
	size_t len = g->ours.len;

	if (len > 0 && text[len - 1] != '\n' && at.len > 0 && bytes[end_of(at) - 1] == '\n') {
		at.len--;
		at.len -= at.len > 0 && bytes[end_of(at) - 1] == '\r';
	}
	put(m, at, text, len);
}

/* New lines at a place of theirs, whose last line may have no end, or whose line ends there. */
static void put_new(struct merging *m, const struct group *g, uint32_t place)
{
	const struct doc *base = m->merge->base, *theirs = m->merge->theirs;
	const char *eol = edit_line_end(theirs), *text = ours_text(m, g->ours);
	bool begins = g->base.off == 0 || base->blob.data[g->base.off - 1] == '\n',
	     at_line = place == 0 || theirs->blob.data[place - 1] == '\n';
	size_t skip = 0, len = g->ours.len;
	struct strbuf sb = STRBUF_INIT;

	if (begins && !at_line) {
		strbuf_reserve(&sb, len + 4);
		strbuf_addstr(&sb, eol);
		strbuf_add(&sb, text, len);
		put(m, (struct span){ place, 0 }, sb.buf, sb.len);
		strbuf_wipe(&sb);
		return;
	}
	if (!begins && at_line && len > 0)
		skip = text[0] == '\n' ? 1 : len > 1 && text[0] == '\r' && text[1] == '\n' ? 2 : 0;
	put(m, (struct span){ place, 0 }, text + skip, len - skip);
}

static struct clash clash_of(const struct group *g, enum clash_kind kind, uint32_t theirs)
{
	return (struct clash){ .kind = kind,
			       .base = g->bn > 0 ? g->bi : UNITS_NONE,
			       .ours = g->on > 0 ? g->oi : UNITS_NONE,
			       .theirs = theirs,
			       .base_at = g->base,
			       .ours_at = g->ours };
}

static bool choose_ours(struct merging *m, struct clash *clash)
{
	if (clash->theirs != UNITS_NONE)
		clash->theirs_at = m->merge->theirs_units.items[clash->theirs].at;
	return m->merge->choose(m->merge->ctx, m->merge, clash) == MERGE_OURS &&
	       !clash->theirs_only;
}

/* An item that they have added under an identity that the group gives to an item of ours. */
static uint32_t find_added(const struct merging *m, const struct group *g, bool *same)
{
	const struct units *ours = &m->merge->ours_units, *theirs = &m->merge->theirs_units;
	uint32_t one = UNITS_NONE, i, j;

	*same = g->on > 0;
	for (i = g->oi; i < g->oi + g->on; i++) {
		bool kept = false;
		size_t count;
		uint32_t added;

		for (j = g->bi; j < g->bi + g->bn; j++)
			kept |= unit_key_equal(&m->merge->base_units.items[j].key,
					       &ours->items[i].key);
		added = kept ? UNITS_NONE : match_added(&m->matcher, &ours->items[i].key, &count);
		if (added != UNITS_NONE &&
		    unit_key_equal(&theirs->items[added].text, &ours->items[i].text)) {
			one = one == UNITS_NONE ? added : one;
			continue;
		}
		*same = false;
		if (added != UNITS_NONE)
			return added;
	}
	return one;
}

/* Takes the item of theirs that is in the way out, and puts ours where it belongs. */
static void replace_added(struct merging *m, const struct group *g, uint32_t added, uint32_t place)
{
	const struct units *theirs = &m->merge->theirs_units;
	struct span at = theirs->items[added].at;

	if (place > at.off && place < end_of(at))
		place = end_of(at);
	put(m, at, NULL, 0);
	put_new(m, g, place);
	take(&m->sums, theirs, added, 1);
	add(&m->sums, &m->merge->ours_units, g->oi, g->on);
}

/* Items that are new, between two that were there. */
static void merge_new(struct merging *m, const struct group *g)
{
	bool same, fits;
	uint32_t added = find_added(m, g, &same), place;
	struct clash clash;

	if (same && added != UNITS_NONE)
		return;
	fits = merge_place(&m->matcher, g->base.off, &place);
	if (added != UNITS_NONE) {
		clash = clash_of(g, CLASH_ADDED, added);
		if (choose_ours(m, &clash))
			replace_added(m, g, added, place);
		return;
	}
	if (!fits) {
		size_t behind = units_behind(&m->merge->theirs_units, place);

		clash = clash_of(g, CLASH_PLACE, behind > 0 ? (uint32_t)behind - 1 : UNITS_NONE);
		if (!choose_ours(m, &clash))
			return;
	}
	put_new(m, g, place);
	add(&m->sums, &m->merge->ours_units, g->oi, g->on);
}

/* Text between the items, some of which goes; with it items may come. */
static void merge_between(struct merging *m, const struct group *g)
{
	struct clash clash = clash_of(g, CLASH_BETWEEN, UNITS_NONE);
	uint32_t place;

	if (!merge_gap(&m->matcher, g->base, &place)) {
		clash.theirs_only = true;
		choose_ours(m, &clash);
		return;
	}
	put_ranges(m, g, place - g->base.off);
	add(&m->sums, &m->merge->ours_units, g->oi, g->on);
}

/* Whether all bytes of the group stand in theirs as they did, with the same items in them. */
static bool is_untouched(const struct merging *m, const struct group *g, uint32_t *shift,
			 uint32_t *first)
{
	const struct merge_doc *merge = m->merge;
	uint32_t i, place;

	for (i = 0; i < g->bn; i++) {
		struct match match = match_unit(&m->matcher, g->bi + i);

		if (match.state != MATCH_SAME || (i > 0 && match.theirs != *first + i))
			return false;
		if (i == 0)
			*first = match.theirs;
	}
	/* Both modulo 2^32, as places are. */
	*shift = merge->theirs_units.items[*first].tokens.off -
		 merge->base_units.items[g->bi].tokens.off;
	place = g->base.off + *shift;
	return place <= merge->theirs->blob.len && g->base.len <= merge->theirs->blob.len - place &&
	       memcmp(merge->base->blob.data + g->base.off, merge->theirs->blob.data + place,
		      g->base.len) == 0;
}

/* The same but for the line end of a last line. */
static bool is_untouched_line(const struct merging *m, const struct group *g, uint32_t *theirs)
{
	struct match match;

	if (g->bn != 1 || g->base.off != m->merge->base_units.items[g->bi].at.off ||
	    g->base.len != m->merge->base_units.items[g->bi].at.len)
		return false;
	match = match_unit(&m->matcher, g->bi);
	*theirs = match.theirs;
	return match.state == MATCH_SAME;
}

/* The first item of the group that they have done something to. */
static struct match first_changed(const struct merging *m, const struct group *g, uint32_t *base)
{
	struct match match = { MATCH_UNSURE, UNITS_NONE };
	uint32_t i;

	*base = g->bi;
	for (i = 0; i < g->bn; i++) {
		match = match_unit(&m->matcher, g->bi + i);
		*base = g->bi + i;
		if (match.state != MATCH_SAME)
			return match;
	}
	*base = g->bi;
	return match;
}

static bool is_ours_already(const struct merging *m, const struct group *g, struct match match)
{
	const struct merge_doc *merge = m->merge;
	uint32_t i;

	if (g->on == 0) {
		for (i = 0; i < g->bn; i++)
			if (!merge_is_gone(&m->matcher, g->bi + i))
				return false;
		return true;
	}
	return g->bn == 1 && g->on == 1 && match.state == MATCH_CHANGED &&
	       unit_key_equal(&merge->theirs_units.items[match.theirs].text,
			      &merge->ours_units.items[g->oi].text);
}

/* An item that the step takes to another place; THERE is the group that puts it there. */
static void merge_moved(struct merging *m, const struct group *g, const struct group *there)
{
	const struct units *theirs = &m->merge->theirs_units;
	struct match match = match_unit(&m->matcher, g->bi);
	uint32_t place;
	bool fits = merge_place(&m->matcher, there->base.off, &place);

	if (match.state != MATCH_SAME || !fits) {
		struct clash clash = clash_of(g,
					      match.state == MATCH_SAME     ? CLASH_PLACE
					      : match.state == MATCH_UNSURE ? CLASH_UNSURE
									    : CLASH_BOTH,
					      match.theirs);

		clash.ours = there->oi;
		clash.ours_at = there->ours;
		clash.theirs_only = match.state == MATCH_UNSURE;
		if (!choose_ours(m, &clash))
			return;
	}
	if (match.theirs != UNITS_NONE) {
		put(m, theirs->items[match.theirs].at, NULL, 0);
		take(&m->sums, theirs, match.theirs, 1);
	}
	put_new(m, there, place);
	add(&m->sums, &m->merge->ours_units, there->oi, there->on);
}

/* The group that puts the one item that G takes out to another place; or that takes out what G
 * puts somewhere. NULL: it is not moved. */
static const struct group *find_move(const struct merging *m, const struct group *g)
{
	const struct units *base = &m->merge->base_units, *ours = &m->merge->ours_units;
	size_t i;

	for (i = 0; i < m->groups.count; i++) {
		const struct group *other = &m->groups.items[i], *from = g->bn > 0 ? g : other,
				   *to = g->bn > 0 ? other : g;

		if (from->bn == 1 && from->on == 0 && to->bn == 0 && to->on == 1 &&
		    to->base.len == 0 &&
		    unit_key_equal(&base->items[from->bi].key, &ours->items[to->oi].key))
			return other;
	}
	return NULL;
}

/* Both did something to the item. */
static void merge_changed(struct merging *m, const struct group *g, struct match match,
			  uint32_t base)
{
	const struct units *theirs = &m->merge->theirs_units;
	struct clash clash =
		clash_of(g, match.state == MATCH_UNSURE ? CLASH_UNSURE : CLASH_BOTH, match.theirs);
	uint32_t place;

	clash.base = base;
	clash.theirs_only = g->bn != 1 || match.state == MATCH_UNSURE;
	if (!choose_ours(m, &clash))
		return;
	if (match.theirs != UNITS_NONE) {
		put_whole(m, g, theirs->items[match.theirs].at);
		take(&m->sums, theirs, match.theirs, 1);
	} else {
		merge_place(&m->matcher, g->base.off, &place);
		put_new(m, g, place);
	}
	add(&m->sums, &m->merge->ours_units, g->oi, g->on);
}

/* Items that were there: changed, removed or moved. */
static void merge_items(struct merging *m, const struct group *g)
{
	uint32_t shift, first = 0, base, added;
	struct match match = first_changed(m, g, &base);
	struct clash clash;
	bool same;

	if (is_ours_already(m, g, match))
		return;
	added = find_added(m, g, &same);
	/* Both gave it the same new name, or the same text where that is its name. */
	if (added != UNITS_NONE && same && match.state == MATCH_GONE && g->bn == g->on)
		return;
	if (added != UNITS_NONE) {
		clash = clash_of(g, CLASH_ADDED, added);
		clash.theirs_only = true;
		choose_ours(m, &clash);
		return;
	}
	if (is_untouched(m, g, &shift, &first)) {
		put_ranges(m, g, shift);
	} else if (is_untouched_line(m, g, &first)) {
		put_whole(m, g, m->merge->theirs_units.items[first].at);
	} else {
		merge_changed(m, g, match, base);
		return;
	}
	take(&m->sums, &m->merge->theirs_units, first, g->bn);
	add(&m->sums, &m->merge->ours_units, g->oi, g->on);
}

static void merge_group(struct merging *m, const struct group *g)
{
	bool may_move = g->bn + g->on == 1;
	const struct group *other = may_move ? find_move(m, g) : NULL;

	if (other != NULL && g->bn > 0)
		merge_moved(m, g, other);
	else if (other != NULL)
		return; /* with the group that takes it out */
	else if (g->bn > 0)
		merge_items(m, g);
	else if (g->base.len > 0)
		merge_between(m, g);
	else
		merge_new(m, g);
}

static bool is_as_meant(const struct merging *m)
{
	struct doc *doc = doc_edit(m->merge->theirs, m->edits, NULL);
	struct sums sums = { 0 };
	struct units units;

	units_cut(&units, doc);
	add(&sums, &units, 0, (uint32_t)units.count);
	units_release(&units);
	doc_free(doc);
	return sums.count == m->sums.count && sums.a == m->sums.a && sums.b == m->sums.b;
}

static void give_up(struct merging *m)
{
	const struct merge_doc *merge = m->merge;
	struct clash clash = { .kind = CLASH_FILE,
			       .base = UNITS_NONE,
			       .ours = UNITS_NONE,
			       .theirs = UNITS_NONE,
			       .theirs_only = true };

	edits_release(m->edits);
	merge->choose(merge->ctx, merge, &clash);
}

void merge_documents(struct merge_doc *merge, struct edits *edits)
{
	struct merging m = { .merge = merge, .edits = edits };
	size_t i;

	units_cut(&merge->base_units, merge->base);
	units_cut(&merge->ours_units, merge->ours);
	units_cut(&merge->theirs_units, merge->theirs);
	matcher_init(&m.matcher, merge);
	add(&m.sums, &merge->theirs_units, 0, (uint32_t)merge->theirs_units.count);
	m.broken = !groups_make(&m.groups, merge);
	for (i = 0; i < m.groups.count && !m.broken; i++)
		merge_group(&m, &m.groups.items[i]);
	if (m.broken || (edits->count > 0 && !is_as_meant(&m)))
		give_up(&m);
	groups_release(&m.groups);
	matcher_release(&m.matcher);
	units_release(&merge->base_units);
	units_release(&merge->ours_units);
	units_release(&merge->theirs_units);
}
