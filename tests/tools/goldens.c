#include "config.h"

#include "tests/tools/goldens.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "commands/output.h"
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
	{ "json", false, golden_json },
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

/* A file by itself, checked in profile solaris. */
struct single {
	struct profile *profile;
	struct host *host;
	struct lint *lint;
};

static struct single check_single(struct doc *doc)
{
	struct error err = ERROR_INIT;
	struct single single = { .profile = profile_load(PROFILES, "solaris", &err) };

	if (single.profile == NULL) {
		fprintf(stderr, "goldens: %s\n", err.text);
		exit(1);
	}
	single.host =
		host_open_single(location_of_format(doc->format->name), "the file",
				 blob_copy(doc->blob.data, doc->blob.len, doc->format->secret),
				 single.profile->dialect);
	single.lint = lint_new(single.host, single.profile, ROLE_ADMIN, 0);
	while (lint_step(single.lint, SIZE_MAX))
		;
	return single;
}

static void release(struct single *single)
{
	lint_free(single->lint);
	host_free(single->host);
	profile_free(single->profile);
}

void golden_findings(struct doc *doc, struct strbuf *sb)
{
	struct single single = check_single(doc);
	const struct findings *findings = lint_findings(single.lint);
	size_t i;

	for (i = 0; i < findings->count; i++)
		add_finding(single.lint, &findings->items[i], sb);
	release(&single);
}

static void add_item(const struct kind *kind, struct view *view, size_t item, struct strbuf *sb)
{
	json_t *object = output_item(kind, view, item);
	char *text = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER);

	strbuf_addf(sb, "%s %s\n", kind->name, text);
	free(text);
	json_decref(object);
}

void golden_json(struct doc *doc, struct strbuf *sb)
{
	struct single single = check_single(doc);
	enum location location = location_of_format(doc->format->name);
	struct view view;
	size_t i, item;

	view_init(&view, single.host, single.lint, single.profile);
	for (i = 0; kinds[i] != NULL; i++) {
		bool here = kinds[i]->entries != NULL
				    ? kinds[i]->file == location
				    : kinds[i] == &kind_globals && location == LOCATION_IKE_CONFIG;

		for (item = 0; here && item < kinds[i]->count(&view); item++)
			add_item(kinds[i], &view, item, sb);
	}
	view_release(&view);
	release(&single);
}
