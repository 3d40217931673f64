/*
 * Which pairs of addresses overlap which others: rules with policies, policies with rules and
 * manual keys. Each is a rectangle, with the local addresses along one side and the remote ones
 * along the other.
 */
#ifndef LINT_OVERLAP_H
#define LINT_OVERLAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/address.h"

struct overlap_rect {
	struct ip local_first, local_last, remote_first, remote_last;
	uint8_t family;  /* enum ip_family; both ends are of it */
	uint32_t index;  /* whose it is; the caller's */
	uint64_t weight; /* what it adds to the sum of those that it overlaps */
};

/* All addresses of a family. */
void overlap_everything(struct ip *first, struct ip *last, enum ip_family family);

/*
 * For each of NQUERIES queries the sum of the weights of those of NRECTS rectangles that have an
 * address in common with it at both ends, modulo 2^64; and, where RECT_SUMS is not NULL, for each
 * rectangle the same of the queries. It costs what sorting them costs, whatever overlaps what.
 */
void overlap_sums(const struct overlap_rect *rects, size_t nrects,
		  const struct overlap_rect *queries, size_t nqueries, uint64_t *sums,
		  uint64_t *rect_sums);

#endif
