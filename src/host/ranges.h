/*
 * A set of addresses of one family: ranges that do not touch each other, in order.
 */
#ifndef HOST_RANGES_H
#define HOST_RANGES_H

#include "base/address.h"
#include "formats/ike_config/file.h"

struct ranges {
	struct ip_range *items;
	size_t count, cap;
};

/* Sets SET, which is used again, to the local or remote addresses of a rule that are of FAMILY. */
void ranges_of_rule(struct ranges *set, const struct ike_item *rule, bool remote,
		    enum ip_family family);
void ranges_release(struct ranges *set);

/* Whether some address of RANGE is in the set. Both are of one family. */
bool ranges_overlap(const struct ranges *set, const struct ip_range *range);

/* Whether the set is one address. */
static inline bool ranges_are_host(const struct ranges *set)
{
	return set->count == 1 && ip_range_is_host(&set->items[0]);
}

#endif
