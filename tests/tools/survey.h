/*
 * Looking at everything of a host that the program can show: each cell of each kind, each finding
 * with its sentences. Shared by the unit tests and the fuzzers.
 */
#ifndef TESTS_TOOLS_SURVEY_H
#define TESTS_TOOLS_SURVEY_H

#include "base/strbuf.h"
#include "host/host.h"
#include "lint/profile.h"

/*
 * Checks HOST and looks at all of it. Returns NULL, or what does not hold; WHERE then gets the kind
 * and column, and the text.
 */
const char *survey_host(struct host *host, const struct profile *profile, int64_t now,
			struct strbuf *where);

#endif
