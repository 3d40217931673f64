#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/tools/lossless.h"

uint32_t fuzz_seed(const uint8_t *bytes, size_t len)
{
	uint32_t hash = 2166136261u;
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ bytes[i]) * 16777619u;
	return hash;
}

void fuzz_format(const struct format *format, const uint8_t *bytes, size_t len)
{
	const char *wrong = lossless_check(format, bytes, len);

	if (wrong == NULL)
		wrong = lossless_check_edits(format, bytes, len, fuzz_seed(bytes, len));
	if (wrong != NULL) {
		fprintf(stderr, "%s: %s\n", format->name, wrong);
		abort();
	}
}
