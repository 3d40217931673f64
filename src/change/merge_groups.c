#include "config.h"

#include "change/merge_groups.h"

#include <stdlib.h>

#include "base/xalloc.h"

static uint32_t end_of(struct span span)
{
	return span.off + span.len;
}

/* An item of ours that a range begins in, or ends in: text that was put on its lines. */
static bool is_cut(const struct units *units, uint32_t off)
{
	size_t i = units_from(units, off);

	return i > 0 && end_of(units->items[i - 1].tokens) > off &&
	       units->items[i - 1].tokens.off < off;
}

/* The items of the base document that a range touches: from *FIRST to *END - 1. */
static void touched(const struct merge_doc *merge, const struct replacement *range, size_t *first,
		    size_t *end)
{
	const struct units *base = &merge->base_units;
	uint32_t start = range->was.off, stop = end_of(range->was);
	size_t i = units_behind(base, start);

	*first = i;
	if (range->was.len == 0)
		i += i < base->count && base->items[i].at.off < start;
	else
		while (i < base->count && base->items[i].at.off < stop)
			i++;
	*end = i;
	/* What was put beside an item may have become a part of it. */
	if (is_cut(&merge->ours_units, range->now.off) && *first > 0 &&
	    (*first == *end || base->items[*first].at.off >= start))
		(*first)--;
	if (is_cut(&merge->ours_units, end_of(range->now)) && *end < base->count &&
	    (*first == *end || end_of(base->items[*end - 1].at) <= stop))
		(*end)++;
}

/* The bytes of a group, and of what became of it. */
static void set_bytes(const struct merge_doc *merge, struct group *group)
{
	const struct replacement *first = &merge->replaced->items[group->first],
				 *last = first + group->count - 1;
	uint32_t start = first->was.off, stop = end_of(last->was), begin, end;

	if (group->bn > 0) {
		const struct unit *units = merge->base_units.items + group->bi;

		if (units[0].at.off < start)
			start = units[0].at.off;
		if (end_of(units[group->bn - 1].at) > stop)
			stop = end_of(units[group->bn - 1].at);
	}
	begin = first->now.off - (first->was.off - start);
	end = end_of(last->now) + (stop - end_of(last->was));
	group->base = (struct span){ start, stop - start };
	group->ours = (struct span){ begin, end - begin };
	group->oi = (uint32_t)units_from(&merge->ours_units, begin);
	group->on = (uint32_t)units_from(&merge->ours_units, end) - group->oi;
}

static void add_sum(uint64_t sum[3], const struct units *units, size_t from, size_t count)
{
	for (; count > 0; count--, from++) {
		sum[0]++;
		sum[1] += units->items[from].text.a;
		sum[2] += units->items[from].text.b;
	}
}

/* Whether what the groups do not hold is the same items in both documents. */
static bool rest_is_same(const struct groups *groups, const struct merge_doc *merge)
{
	uint64_t base[3] = { 0 }, ours[3] = { 0 };
	size_t i;

	add_sum(base, &merge->base_units, 0, merge->base_units.count);
	add_sum(ours, &merge->ours_units, 0, merge->ours_units.count);
	for (i = 0; i < groups->count; i++) {
		const struct group *g = &groups->items[i];

		/* What a group takes away on one side is put to the other one. */
		add_sum(base, &merge->ours_units, g->oi, g->on);
		add_sum(ours, &merge->base_units, g->bi, g->bn);
	}
	return base[0] == ours[0] && base[1] == ours[1] && base[2] == ours[2];
}

bool groups_make(struct groups *groups, const struct merge_doc *merge)
{
	size_t i, first, end;

	for (i = 0; i < merge->replaced->count; i++) {
		struct group *last = groups->count > 0 ? &groups->items[groups->count - 1] : NULL;

		touched(merge, &merge->replaced->items[i], &first, &end);
		if (last != NULL && last->bn > 0 && end > first && last->bi + last->bn > first) {
			last->count++;
			if (end > last->bi + last->bn)
				last->bn = (uint32_t)end - last->bi;
		} else {
			struct group group = { .bi = (uint32_t)first,
					       .bn = (uint32_t)(end - first),
					       .first = i,
					       .count = 1 };

			VEC_PUSH(groups->items, groups->count, groups->cap, group);
		}
	}
	for (i = 0; i < groups->count; i++)
		set_bytes(merge, &groups->items[i]);
	return rest_is_same(groups, merge);
}

void groups_release(struct groups *groups)
{
	free(groups->items);
	*groups = (struct groups){ 0 };
}
