/* What overlaps what, and the order of addresses, against doing it the slow way. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <time.h>

#include "base/xalloc.h"
#include "lint/overlap.h"
#include "lint/sort.h"

TestSuite(overlap, .timeout = 60);

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Few addresses, so that many are the same; some at the very ends of their family. */
static struct ip random_ip(uint32_t *seed, enum ip_family family)
{
	struct ip ip = { 0, next(seed) % 12 };

	if (next(seed) % 16 == 0)
		ip.low = family == IP_V6 ? UINT64_MAX : UINT32_MAX;
	if (family == IP_V6 && next(seed) % 2 == 0)
		ip.high = next(seed) % 3 == 0 ? UINT64_MAX : next(seed) % 3;
	return ip;
}

static void random_ends(uint32_t *seed, enum ip_family family, struct ip *first, struct ip *last)
{
	*first = random_ip(seed, family);
	*last = random_ip(seed, family);
	if (ip_compare(*first, *last) > 0) {
		struct ip swap = *first;

		*first = *last;
		*last = swap;
	}
	if (next(seed) % 8 == 0)
		overlap_everything(first, last, family);
}

/* HOSTS: one address at so many of the ends, first at the remote one. */
static struct overlap_rect random_rect(uint32_t *seed, unsigned hosts)
{
	enum ip_family family = next(seed) % 3 == 0 ? IP_V6 : IP_V4;
	struct overlap_rect rect = { .family = (uint8_t)family };

	random_ends(seed, family, &rect.local_first, &rect.local_last);
	random_ends(seed, family, &rect.remote_first, &rect.remote_last);
	if (hosts > 0)
		rect.remote_last = rect.remote_first;
	if (hosts > 1)
		rect.local_last = rect.local_first;
	rect.weight = next(seed) % 4 == 0 ? ((uint64_t)1 << 32) + 1 : 1;
	return rect;
}

static bool overlaps(const struct overlap_rect *a, const struct overlap_rect *b)
{
	return a->family == b->family && ip_compare(a->local_first, b->local_last) <= 0 &&
	       ip_compare(b->local_first, a->local_last) <= 0 &&
	       ip_compare(a->remote_first, b->remote_last) <= 0 &&
	       ip_compare(b->remote_first, a->remote_last) <= 0;
}

Test(overlap, the_slow_way)
{
	struct overlap_rect rects[40], queries[40];
	uint64_t sums[40], back[40], wanted;
	uint32_t seed;
	size_t i, k, n, m, some = 0;

	for (seed = 1; seed < 2000; seed++) {
		uint32_t s = seed;

		n = next(&s) % 41;
		m = next(&s) % 41;
		for (i = 0; i < n; i++)
			rects[i] = random_rect(&s, seed % 4 == 0 ? 1 + seed / 4 % 2 : 0);
		for (i = 0; i < m; i++)
			queries[i] = random_rect(&s, seed % 5 == 0 ? 1 + next(&s) % 2 : 0);
		overlap_sums(rects, n, queries, m, sums, seed % 3 == 0 ? NULL : back);
		for (i = 0; i < m; i++) {
			for (wanted = 0, k = 0; k < n; k++)
				wanted += overlaps(&rects[k], &queries[i]) ? rects[k].weight : 0;
			cr_assert_eq(sums[i], wanted, "seed %u, query %zu: %llx, not %llx", seed, i,
				     (unsigned long long)sums[i], (unsigned long long)wanted);
			some += wanted != 0;
		}
		for (i = 0; seed % 3 != 0 && i < n; i++) {
			for (wanted = 0, k = 0; k < m; k++)
				wanted += overlaps(&rects[i], &queries[k]) ? queries[k].weight : 0;
			cr_assert_eq(back[i], wanted, "seed %u, rectangle %zu", seed, i);
		}
	}
	cr_expect_gt(some, 1000);
}

static int compare_keys(const void *a, const void *b)
{
	const struct sort_key *x = a, *y = b;
	int cmp = ip_compare(x->ip, y->ip);

	if (cmp == 0)
		cmp = x->tail < y->tail ? -1 : x->tail > y->tail;
	return cmp != 0 ? cmp : x->index < y->index ? -1 : x->index > y->index;
}

/* Equal ones stay in their order, which is that of their indexes. */
Test(overlap, sorting)
{
	uint32_t seed;
	size_t i, n;

	for (seed = 1; seed < 500; seed++) {
		struct sort_key keys[300], wanted[300];
		uint32_t s = seed;

		n = next(&s) % 301;
		for (i = 0; i < n; i++) {
			keys[i].ip = random_ip(&s, next(&s) % 2 ? IP_V4 : IP_V6);
			if (seed % 5 == 0)
				keys[i].ip.low ^= (uint64_t)next(&s) << next(&s) % 40;
			keys[i].tail = next(&s) % 4 << next(&s) % 30;
			keys[i].index = (uint32_t)i;
			wanted[i] = keys[i];
		}
		sort_keys(keys, n);
		if (n > 0)
			qsort(wanted, n, sizeof *wanted, compare_keys);
		for (i = 0; i < n; i++)
			cr_assert_eq(keys[i].index, wanted[i].index, "seed %u, %zu", seed, i);
	}
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Comparing each with each would take minutes. */
Test(overlap, many_that_all_overlap)
{
	enum { COUNT = 200000 };
	struct overlap_rect *rects = xcalloc(COUNT, sizeof *rects);
	uint64_t *sums = xcalloc(COUNT, sizeof *sums);
	double start;
	size_t i;

	for (i = 0; i < COUNT; i++) {
		rects[i].family = IP_V4;
		rects[i].weight = 1;
		rects[i].local_first.low = i;
		rects[i].local_last.low = UINT32_MAX - i;
		rects[i].remote_first.low = COUNT - i;
		rects[i].remote_last.low = UINT32_MAX - COUNT + i;
	}
	start = seconds();
	overlap_sums(rects, COUNT, rects, COUNT, sums, NULL);
	cr_expect_lt(seconds() - start, 10.0);
	cr_expect_eq(sums[0], COUNT);
	cr_expect_eq(sums[COUNT - 1], COUNT);
	free(rects);
	free(sums);
}
