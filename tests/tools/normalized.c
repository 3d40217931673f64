#include "config.h"

#include "tests/tools/normalized.h"

#include <string.h>

static void add_line(const struct doc *doc, uint32_t entry, struct strbuf *sb,
		     struct problems *problems)
{
	struct policy_item item = POLICY_ITEM_INIT;

	policy_read(doc, entry, &item, problems);
	policy_normalize(&item, sb);
	policy_item_release(&item);
}

void normalized_line(const char *text, size_t len, struct strbuf *sb)
{
	struct doc *doc = doc_new(&ipsecinit_format, blob_copy(text, len, false));

	if (doc->nentries > 0 && doc->entries[0].kind == POLICY_ENTRY_POLICY)
		add_line(doc, 0, sb, NULL);
	doc_free(doc);
}

/* What makes a policy's line something else than a policy: mistakes in it, and odd words. */
static bool is_understood(const struct doc *doc, uint32_t entry, const struct problems *problems)
{
	return doc->entries[entry].flags == 0 && doc->problems.count == 0 && problems->count == 0;
}

static const char *check_entry(const struct doc *doc, uint32_t entry)
{
	struct strbuf line = STRBUF_INIT, again = STRBUF_INIT;
	struct problems problems = { 0 };
	const char *wrong = NULL;

	add_line(doc, entry, &line, &problems);
	if (strpbrk(line.buf, "\n\r") != NULL || strlen(line.buf) != line.len)
		wrong = "a policy's line is not one line";
	if (is_understood(doc, entry, &problems)) {
		strbuf_addch(&line, '\n');
		normalized_line(line.buf, line.len, &again);
		strbuf_addch(&again, '\n');
		if (strcmp(line.buf, again.buf) != 0)
			wrong = "a policy's line is another policy";
	}
	problems_release(&problems);
	strbuf_release(&line);
	strbuf_release(&again);
	return wrong;
}

const char *normalized_check(const void *bytes, size_t len)
{
	struct doc *doc = doc_new(&ipsecinit_format, blob_copy(bytes, len, false));
	const char *wrong = NULL;
	uint32_t i;

	for (i = 0; i < doc->nentries && wrong == NULL; i++)
		if (doc->entries[i].kind == POLICY_ENTRY_POLICY)
			wrong = check_entry(doc, i);
	doc_free(doc);
	return wrong;
}
