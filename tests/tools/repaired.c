#include "config.h"

#include "tests/tools/repaired.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/check.h"
#include "lint/lint.h"
#include "lint/repair.h"

struct checking {
	struct profile profile; /* no file's: nothing but the checks' own words */
	struct host *host;
	struct lint *lint;
	unsigned *counts; /* findings of each row */
};

static void start(struct checking *c, enum location location, const void *bytes, size_t len)
{
	const struct findings *findings;
	size_t i;

	*c = (struct checking){ .profile = { .dialect = DIALECT_ILLUMOS } };
	c->host = host_open_single(location, "the file",
				   blob_copy(bytes, len, locations[location].secret),
				   DIALECT_ILLUMOS);
	c->lint = lint_new(c->host, &c->profile, ROLE_ADMIN, 0);
	while (lint_step(c->lint, SIZE_MAX))
		;
	findings = lint_findings(c->lint);
	c->counts = xcalloc(check_count, sizeof *c->counts);
	for (i = 0; i < findings->count; i++)
		c->counts[findings->items[i].check]++;
}

static void finish(struct checking *c)
{
	lint_free(c->lint);
	host_free(c->host);
	free(c->counts);
}

static bool has_words(const struct checking *c, const struct finding *finding)
{
	struct strbuf sb = STRBUF_INIT;
	bool good;

	lint_message(c->lint, finding, &sb);
	good = sb.len > 0 && strpbrk(sb.buf, "\n\r\x1b") == NULL && strlen(sb.buf) == sb.len;
	strbuf_clear(&sb);
	lint_fix(c->lint, finding, &sb);
	good &= sb.len > 0 && strpbrk(sb.buf, "\n\r\x1b") == NULL && strlen(sb.buf) == sb.len;
	strbuf_release(&sb);
	return good;
}

/* What the repair of one finding does. *MADE: it has one. */
/* What is hardly a file of its kind may be taken for one of another kind without some of its bytes.
 * Such a repair is not made: changes judge what comes of each. */
static bool is_foreign(const struct checking *c)
{
	return c->counts[check_row("FILE-0", "file of another kind")] > 0;
}

static const char *check_repair(const struct checking *before, enum location location,
				const struct finding *finding, bool *made, struct strbuf *where)
{
	struct repair repair = REPAIR_INIT;
	const char *wrong = NULL;
	struct checking after;
	struct doc *doc;
	size_t i;

	*made = lint_repair(before->lint, finding, &repair);
	if (!*made)
		return repair.edits.count > 0 ? "no repair, and edits all the same" : NULL;
	doc = doc_edit(lint_doc(before->lint, finding), &repair.edits, NULL);
	if (blob_equal(&doc->blob, &lint_doc(before->lint, finding)->blob))
		wrong = "a repair changes nothing";
	start(&after, location, doc->blob.data, doc->blob.len);
	for (i = 0; i < check_count && wrong == NULL && !is_foreign(&after); i++) {
		unsigned wanted = before->counts[i] - (i == finding->check);

		if (after.counts[i] == wanted)
			continue;
		wrong = i == finding->check ? "a repair leaves its finding"
					    : "a repair brings or takes another finding";
		strbuf_addf(where, "%s '%s', ", checks[i].id, checks[i].title);
	}
	if (wrong != NULL)
		strbuf_addf(where, "repairing %s '%s':\n%s", checks[finding->check].id,
			    checks[finding->check].title,
			    locations[location].secret ? "" : doc->blob.data);
	finish(&after);
	doc_free(doc);
	repair_release(&repair);
	return wrong;
}

const char *repaired_check(enum location location, const void *bytes, size_t len, size_t most,
			   size_t *made, struct strbuf *where)
{
	const struct findings *findings;
	const char *wrong = NULL;
	struct checking c;
	size_t i, count = 0;

	start(&c, location, bytes, len);
	findings = lint_findings(c.lint);
	for (i = 0; i < findings->count && wrong == NULL && count < most; i++) {
		const struct finding *finding = &findings->items[i];
		bool one = false;

		if (!has_words(&c, finding)) {
			strbuf_addstr(where, checks[finding->check].id);
			wrong = "a finding has no words that can be shown";
		} else {
			wrong = check_repair(&c, location, finding, &one, where);
		}
		count += one;
	}
	if (made != NULL)
		*made += count;
	finish(&c);
	return wrong;
}
