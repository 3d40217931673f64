/*
 * ipsecinit.conf: tokens, entries, policies, edits; and the line that a policy comes to is, read as
 * a file of its own, the policy it stands for.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/tools/normalized.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *wrong;

	fuzz_format(&ipsecinit_format, bytes, len);
	wrong = normalized_check(bytes, len);
	if (wrong != NULL) {
		fprintf(stderr, "ipsecinit: %s\n", wrong);
		abort();
	}
	return 0;
}
