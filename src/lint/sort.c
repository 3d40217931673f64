#include "config.h"

#include "lint/sort.h"

#include <stdlib.h>

#include "base/sort.h"
#include "base/xalloc.h"

void sort_keys(struct sort_key *keys, size_t count)
{
	const struct sort_key mask = { { UINT64_MAX, UINT64_MAX }, UINT32_MAX, 0 };
	struct sort_key *scratch = xmalloc((count + 1) * sizeof *scratch);

	sort_words(keys, scratch, count, sizeof mask / sizeof(uint64_t), &mask);
	free(scratch);
}
