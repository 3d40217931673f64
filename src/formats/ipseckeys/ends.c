/* ipseckeys: addresses and names as numbers, which are small and quick to compare. */
#include "config.h"

#include "formats/ipseckeys/ends.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

struct manual_side manual_ends_add(struct manual_ends *ends, const struct doc *doc,
				   const struct manual_address *address, uint16_t port)
{
	struct ip ip = address->range.first;
	struct manual_side side = { .port = port };

	if (address->name.len > 0)
		side.kind = MANUAL_SIDE_NAME;
	else if ((ip.high | ip.low) != 0)
		side.kind = address->range.family == IP_V4 ? MANUAL_SIDE_V4 : MANUAL_SIDE_V6;
	if (side.kind == MANUAL_SIDE_V4) {
		side.number = (uint32_t)ip.low;
	} else if (side.kind != MANUAL_SIDE_ANY) {
		struct manual_far far = { ip, doc->blob.data + address->name.off, address->name.len,
					  (uint32_t)ends->count };

		side.number = far.number;
		VEC_PUSH(ends->items, ends->count, ends->cap, far);
	}
	return side;
}

static int compare(const void *x, const void *y)
{
	const struct manual_far *a = x, *b = y;
	int diff = ip_compare(a->ip, b->ip);

	if (diff == 0)
		diff = memcmp(a->name, b->name, a->len < b->len ? a->len : b->len);
	return diff != 0 ? diff : (a->len > b->len) - (a->len < b->len);
}

uint32_t *manual_ends_join(struct manual_ends *ends)
{
	uint32_t *numbers = xmalloc((ends->count + 1) * sizeof *numbers);
	size_t i, count = 0;

	if (ends->count > 1)
		qsort(ends->items, ends->count, sizeof *ends->items, compare);
	for (i = 0; i < ends->count; i++) {
		if (count == 0 || compare(&ends->items[count - 1], &ends->items[i]) != 0)
			ends->items[count++] = ends->items[i];
		numbers[ends->items[i].number] = (uint32_t)count - 1;
	}
	ends->count = count;
	return numbers;
}

struct manual_end manual_ends_get(const struct manual_ends *ends, const struct manual_side *side)
{
	struct manual_end end = { .port = side->port };
	const struct manual_far *far = NULL;

	if (manual_side_is_far(side))
		far = &ends->items[side->number];
	if (side->kind == MANUAL_SIDE_NAME) {
		end.name = far->name;
		end.len = far->len;
	} else if (side->kind == MANUAL_SIDE_V6) {
		end.family = IP_V6;
		end.ip = far->ip;
	} else if (side->kind == MANUAL_SIDE_V4) {
		end.family = IP_V4;
		end.ip.low = side->number;
	}
	return end;
}
