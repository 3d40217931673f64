/*
 * Sorting many things by address: by their bytes, one after the other, which costs the same for
 * every order they may be in. Bytes that are the same everywhere cost nothing.
 */
#ifndef LINT_SORT_H
#define LINT_SORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/address.h"

/* One thing: sorted by IP, then by TAIL; equal ones stay in their order. */
struct sort_key {
	struct ip ip;
	uint32_t tail;
	uint32_t index; /* whose key it is */
};

void sort_keys(struct sort_key *keys, size_t count);

#endif
