/* ike.config(5): which one mistake with a brace is behind several things that stand wrong. */
#include "config.h"

#include <string.h>

#include "formats/ike_config/scan.h"
#include "formats/ike_config/value.h"

static bool is_close(const struct doc *doc, size_t entry)
{
	return entry < doc->nentries && doc->entries[entry].kind == IKE_ENTRY_OTHER &&
	       doc->tokens[doc->entries[entry].tok].kind == TOKEN_CLOSE;
}

/* Whether an entry is a statement that may stand in a rule; *ONLY: and nowhere else. */
static bool is_of_rule(const struct doc *doc, size_t entry, bool *only)
{
	unsigned scopes = entry < doc->nentries ? ike_words[doc->entries[entry].word].scopes : 0;

	*only = (scopes & IKE_SCOPE_FILE) == 0;
	return (scopes & IKE_SCOPE_RULE) != 0 && doc->entries[entry].kind != IKE_ENTRY_RULE;
}

bool ike_find_run(const struct doc *doc, uint32_t entry, struct ike_run *run)
{
	bool only, any = false;
	size_t i;

	*run = (struct ike_run){ 0 };
	for (i = entry; is_of_rule(doc, i, &only); i++) {
		any |= only;
		run->label |= doc->entries[i].word == IKE_LABEL;
	}
	/* What the file level has as well is the rest of a rule only right behind one. */
	any |= i > entry && entry > 0 && doc->entries[entry - 1].kind == IKE_ENTRY_RULE;
	run->end = (uint32_t)i;
	run->closed = any && is_close(doc, i);
	return any;
}

bool ike_closed_early(const struct doc *doc, uint32_t rule)
{
	struct ike_run run;

	return rule + 1u < doc->nentries && doc->entries[rule + 1].kind != IKE_ENTRY_RULE &&
	       (doc->entries[rule].flags & IKE_ENTRY_UNCLOSED) == 0 &&
	       ike_find_run(doc, rule + 1, &run) && run.closed && !run.label;
}

bool ike_owes_close(const struct doc *doc, uint32_t rule)
{
	const struct entry *e = &doc->entries[rule];
	uint32_t i;

	for (i = e->tok; i + 1 < e->end; i++) {
		uint32_t end;

		if (doc->tokens[i].kind != TOKEN_WORD || doc->tokens[i].word != IKE_P1_XFORM)
			continue;
		if (doc->tokens[i + 1].kind != TOKEN_OPEN)
			return true;
		end = ike_group_end(doc, i + 1, e->end);
		if (end < e->end && ike_is_keyword(&doc->tokens[end], IKE_SCOPE_XFORM) &&
		    !ike_is_keyword(&doc->tokens[end], IKE_SCOPE_RULE))
			return true;
		i = end - 1;
	}
	return false;
}

bool ike_close_is_quoted(const struct doc *doc, uint32_t rule)
{
	const struct entry *e = &doc->entries[rule];
	uint32_t i;

	for (i = e->tok; i < e->end; i++)
		if (doc->tokens[i].kind == TOKEN_BROKEN && *doc_text(doc, i) == '"' &&
		    memchr(doc_text(doc, i), '}', doc->tokens[i].len) != NULL)
			return true;
	return false;
}
