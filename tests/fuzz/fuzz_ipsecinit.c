/*
 * ipsecinit.conf: tokens, entries, policies, edits; the line that a policy comes to is, read as a
 * file of its own, the policy it stands for; what is found has words, and what is repaired is found
 * no more.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/tools/normalized.h"
#include "tests/tools/repaired.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct strbuf where = STRBUF_INIT;
	const char *wrong;

	fuzz_format(&ipsecinit_format, bytes, len);
	wrong = normalized_check(bytes, len);
	if (wrong == NULL)
		wrong = repaired_check(LOCATION_IPSECINIT, bytes, len, 4, NULL, &where);
	if (wrong != NULL) {
		fprintf(stderr, "ipsecinit: %s: %s\n", wrong, where.buf);
		abort();
	}
	strbuf_release(&where);
	return 0;
}
