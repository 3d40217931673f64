#include "config.h"

#include "host/ranges.h"

#include <stdlib.h>

#include "base/xalloc.h"

static int compare_first(const void *a, const void *b)
{
	return ip_compare(((const struct ip_range *)a)->first, ((const struct ip_range *)b)->first);
}

/* The address behind one; that behind the last one is none of its family's, or the first. */
static struct ip next(struct ip ip)
{
	ip.low++;
	ip.high += ip.low == 0;
	return ip;
}

/* Makes one of ranges that overlap or touch. */
static void merge(struct ranges *set)
{
	size_t i, last = 0;

	qsort(set->items, set->count, sizeof *set->items, compare_first);
	for (i = 1; i < set->count; i++) {
		struct ip_range *before = &set->items[last];

		if (ip_compare(set->items[i].first, before->last) <= 0 ||
		    ip_compare(set->items[i].first, next(before->last)) == 0) {
			if (ip_compare(set->items[i].last, before->last) > 0)
				before->last = set->items[i].last;
		} else {
			set->items[++last] = set->items[i];
		}
	}
	set->count = last + 1;
}

void ranges_of_rule(struct ranges *set, const struct ike_item *rule, bool remote,
		    enum ip_family family)
{
	size_t i;

	set->count = 0;
	for (i = 0; i < rule->naddresses; i++)
		if (rule->addresses[i].remote == remote &&
		    rule->addresses[i].range.family == family)
			VEC_PUSH(set->items, set->count, set->cap, rule->addresses[i].range);
	if (set->count > 1)
		merge(set);
}

void ranges_release(struct ranges *set)
{
	free(set->items);
	*set = (struct ranges){ 0 };
}

bool ranges_overlap(const struct ranges *set, const struct ip_range *range)
{
	size_t low = 0, high = set->count;

	/* The first one that does not end before RANGE begins. */
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (ip_compare(set->items[mid].last, range->first) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < set->count && ip_compare(set->items[low].first, range->last) <= 0;
}
