/*
 * What must hold of the checks of a file and of their repairs, whatever bytes it has. Shared by the
 * unit tests and the fuzzer.
 */
#ifndef TESTS_TOOLS_REPAIRED_H
#define TESTS_TOOLS_REPAIRED_H

#include <stddef.h>

#include "base/strbuf.h"
#include "host/location.h"

/*
 * Checks the bytes as a file of LOCATION by itself. Each finding has words; a repair changes
 * something, its finding is gone afterwards, and no other has come. Makes MOST repairs at most,
 * each on the file as it is, and counts them in *MADE, which may be NULL. Returns NULL, or what
 * does not hold, to which WHERE gets the finding and the file that came of it.
 */
const char *repaired_check(enum location location, const void *bytes, size_t len, size_t most,
			   size_t *made, struct strbuf *where);

#endif
