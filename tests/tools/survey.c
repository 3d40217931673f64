#include "config.h"

#include "tests/tools/survey.h"

#include <string.h>

#include "base/print.h"
#include "kinds/kind.h"
#include "lint/lint.h"

/* Whether a text may reach a terminal as it is. */
static bool is_harmless(const struct strbuf *text)
{
	const unsigned char *p = (const unsigned char *)text->buf, *end = p + text->len;
	uint32_t character;
	size_t n;

	for (; p < end; p += n) {
		n = utf8_decode(p, (size_t)(end - p), &character);
		if (n == 0 || !utf8_is_printable(character))
			return false;
	}
	return true;
}

static bool look_at_kind(const struct kind *kind, struct view *view, struct strbuf *where)
{
	struct strbuf text = STRBUF_INIT;
	size_t item, column, count = kind->count(view);
	bool good = true;

	for (item = 0; good && item < count; item++) {
		strbuf_clear(&text);
		kind->name_of(view, item, &text);
		strbuf_clear(where);
		strbuf_addf(where, "name of one of %s: %s", kind->name, text.buf);
		good = is_harmless(&text);
		for (column = 0; good && column < kind->ncolumns; column++) {
			strbuf_clear(&text);
			kind_cell(kind, view, item, column, &text, NULL);
			strbuf_clear(where);
			strbuf_addf(where, "%s, %s: %s", kind->name, kind->columns[column].name,
				    text.buf);
			good = is_harmless(&text);
		}
		kind_worst(kind, view, item);
	}
	strbuf_release(&text);
	return good;
}

static bool look_at_findings(const struct lint *lint, struct strbuf *where)
{
	const struct findings *findings = lint_findings(lint);
	size_t i;

	for (i = 0; i < findings->count; i++) {
		struct doc *doc = lint_doc(lint, &findings->items[i]);
		const struct finding *finding = &findings->items[i];

		strbuf_clear(where);
		lint_message(lint, finding, where);
		lint_fix(lint, finding, where);
		if (!is_harmless(where) || where->len == 0)
			return false;
		if (doc != NULL && finding->at.off != FINDING_NOWHERE &&
		    (size_t)finding->at.off + finding->at.len > doc->blob.len)
			return false;
	}
	return true;
}

const char *survey_host(struct host *host, const struct profile *profile, int64_t now,
			struct strbuf *where)
{
	struct lint *lint = lint_new(host, profile, ROLE_ADMIN, now);
	const char *wrong = NULL;
	struct view view;
	size_t i;

	while (lint_step(lint, 100))
		;
	view_init(&view, host, lint, profile);
	if (!look_at_findings(lint, where))
		wrong = "a finding that cannot be shown";
	for (i = 0; wrong == NULL && kinds[i] != NULL; i++)
		if (!look_at_kind(kinds[i], &view, where))
			wrong = "a cell that cannot be shown";
	view_release(&view);
	lint_free(lint);
	return wrong;
}
