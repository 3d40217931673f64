#include "config.h"

#include "tests/tools/goldens.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "lint/check.h"
#include "lint/lint.h"
#include "tests/tools/projection.h"

static void shown(struct doc *doc, struct strbuf *sb)
{
	projection_shown(doc, sb);
}

const struct golden goldens[] = {
	{ "tokens", false, projection_tokens },
	{ "problems", false, projection_problems },
	{ "findings", false, golden_findings },
	{ "shown", true, shown },
};
const size_t golden_count = ARRAY_SIZE(goldens);

static void add_finding(const struct lint *lint, const struct finding *finding, struct strbuf *sb)
{
	struct doc *doc = lint_doc(lint, finding);
	struct position at = { 0, 0 };

	if (doc != NULL && finding->at.off != FINDING_NOWHERE)
		at = doc_position(doc, finding->at.off);
	strbuf_addf(sb, "%u:%u %s %s ", at.line, at.column, severity_name(finding->severity),
		    checks[finding->check].id);
	lint_message(lint, finding, sb);
	strbuf_addch(sb, '\n');
}

void golden_findings(struct doc *doc, struct strbuf *sb)
{
	struct error err = ERROR_INIT;
	struct profile *profile = profile_load(PROFILES, "solaris", &err);
	const struct findings *findings;
	struct host *host;
	struct lint *lint;
	size_t i;

	if (profile == NULL) {
		fprintf(stderr, "goldens: %s\n", err.text);
		exit(1);
	}
	host = host_open_single(location_of_format(doc->format->name), "the file",
				blob_copy(doc->blob.data, doc->blob.len, doc->format->secret),
				profile->dialect);
	lint = lint_new(host, profile, ROLE_ADMIN, 0);
	while (lint_step(lint, SIZE_MAX))
		;
	findings = lint_findings(lint);
	for (i = 0; i < findings->count; i++)
		add_finding(lint, &findings->items[i], sb);
	lint_free(lint);
	host_free(host);
	profile_free(profile);
}
