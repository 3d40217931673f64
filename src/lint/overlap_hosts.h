/* Pairs of two hosts among the rectangles of overlap.h. */
#ifndef LINT_OVERLAP_HOSTS_H
#define LINT_OVERLAP_HOSTS_H

#include <stdbool.h>

#include "lint/overlap.h"

/* Whether it is one address at both ends. */
static inline bool overlap_is_hosts(const struct overlap_rect *rect)
{
	return rect->local_first.low == rect->local_last.low &&
	       rect->local_first.high == rect->local_last.high &&
	       rect->remote_first.low == rect->remote_last.low &&
	       rect->remote_first.high == rect->remote_last.high;
}

/* Adds to the sum of each query that is two hosts the weights of the rectangles that are the same
 * two. */
void overlap_hosts(const struct overlap_rect *rects, size_t nrects,
		   const struct overlap_rect *queries, size_t nqueries, uint64_t *sums);

#endif
