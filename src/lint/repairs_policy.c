/* What puts the findings of ipsecinit.conf right where there is one way to do it, and it changes
 * nothing of what the file says. */
#include "config.h"

#include "lint/rules_policy.h"

#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/repair.h"

static bool replace(const struct lint *lint, const struct finding *finding, struct repair *repair,
		    struct span at, const char *text)
{
	edits_add(&repair->edits, lint_doc(lint, finding), at, text, strlen(text));
	return true;
}

/* Whether an or stands there, which belongs to the line before it in the one way that is wrong. */
static bool is_or(const struct doc *doc, uint32_t tok)
{
	return tok < doc->ntokens && doc->tokens[tok].len == 2 &&
	       memcmp(doc_text(doc, tok), "or", 2) == 0;
}

/* Whether so many bytes more make neither the line at OFF too long nor the entry on it. */
static bool fits(const struct doc *doc, uint32_t off, size_t more)
{
	size_t number = doc_entry_at(doc, off);
	const struct entry *entry = number < doc->nentries ? &doc->entries[number] : NULL;
	struct span at, first, last;

	if (doc_line(doc, off).len + more > POLICY_LINE_MAX)
		return false;
	if (entry == NULL || entry->tok == entry->end)
		return true;
	at = doc_span(doc, entry->tok, entry->end);
	first = doc_line(doc, at.off);
	last = doc_line(doc, at.off + at.len - 1);
	return last.off + last.len + 1 - first.off + more <= POLICY_ENTRY_MAX;
}

/* Not where another one follows, which would be the first then. */
bool repair_policy_bom(const struct lint *lint, const struct finding *finding,
		       struct repair *repair)
{
	const struct blob *blob = &lint_doc(lint, finding)->blob;
	const char *mark = blob->data + finding->at.off;

	return (blob->len < 6 || memcmp(mark, mark + 3, 3) != 0) &&
	       replace(lint, finding, repair, finding->at, "");
}

/* With the blanks before it; not where another one would be the last of the line then. */
bool repair_policy_backslash(const struct lint *lint, const struct finding *finding,
			     struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span at = finding->at;

	if (is_or(doc, doc_token_from(doc, at.off)))
		return false;
	while (at.off > 0 &&
	       (doc->blob.data[at.off - 1] == ' ' || doc->blob.data[at.off - 1] == '\t')) {
		at.off--;
		at.len++;
	}
	if (at.off > 0 && doc->blob.data[at.off - 1] == '\\')
		return false;
	return replace(lint, finding, repair, at, "");
}

/* In place of the blanks between the two entries. */
bool repair_policy_new_line(const struct lint *lint, const struct finding *finding,
			    struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span at = { finding->at.off, 0 };

	while (at.off > 0 &&
	       (doc->blob.data[at.off - 1] == ' ' || doc->blob.data[at.off - 1] == '\t')) {
		at.off--;
		at.len++;
	}
	return replace(lint, finding, repair, at, edit_line_end(doc));
}

/* Not where an or follows: that it may stand there is the glued comment's doing. */
bool repair_policy_comment(const struct lint *lint, const struct finding *finding,
			   struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span at = { finding->at.off, 0 };

	return !is_or(doc, doc_token_from(doc, at.off)) && fits(doc, at.off, 1) &&
	       replace(lint, finding, repair, at, " ");
}

bool repair_policy_newline(const struct lint *lint, const struct finding *finding,
			   struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span at = { (uint32_t)doc->blob.len, 0 };

	return replace(lint, finding, repair, at, edit_line_end(doc));
}

/* A word with the blanks behind it, or with its whole line where nothing else is on it. */
static struct span word_at(const struct doc *doc, struct span at)
{
	struct span line = doc_line(doc, at.off);
	uint32_t end = line.off + line.len, off = at.off + at.len;

	while (off < end && (doc->blob.data[off] == ' ' || doc->blob.data[off] == '\t'))
		off++;
	if (off < end || edit_indent(doc, at.off).len != at.off - line.off)
		return (struct span){ at.off, off - at.off };
	while (off < doc->blob.len && doc->blob.data[off] != '\n')
		off++;
	return (struct span){ line.off, off + (off < doc->blob.len) - line.off };
}

/* The or moves behind the } before it; what follows it, which is an action, stays, comments too. */
bool repair_policy_or(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	uint32_t tok = doc_token_from(doc, finding->at.off), close;
	struct span behind;

	if (tok == 0 || tok + 1 >= doc->ntokens || doc->tokens[tok - 1].kind != TOKEN_CLOSE ||
	    policy_words[doc->tokens[tok + 1].word].set != POLICY_SET_ACTION)
		return false;
	close = doc->tokens[tok - 1].off;
	behind = (struct span){ close + 1, 0 };
	if (!fits(doc, close, 3))
		return false;
	edits_add(&repair->edits, doc, behind, " or", 3);
	return replace(lint, finding, repair, word_at(doc, finding->at), "");
}

bool repair_policy_or_glued(const struct lint *lint, const struct finding *finding,
			    struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span at = { finding->at.off + 2, 0 };

	return fits(doc, at.off, 1) && replace(lint, finding, repair, at, " ");
}

/* The word as it has to be written, which is not longer. */
bool repair_policy_word(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	return replace(lint, finding, repair, finding->at, policy_words[finding->word].name);
}

bool repair_policy_value(const struct lint *lint, const struct finding *finding,
			 struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	enum policy_word value = policy_value_prefix(
		doc->blob.data + finding->at.off, finding->at.len, (enum policy_word)finding->word);

	return value != POLICY_NO_WORD &&
	       replace(lint, finding, repair, finding->at, policy_words[value].name);
}

bool repair_policy_network(const struct lint *lint, const struct finding *finding,
			   struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct strbuf network = STRBUF_INIT;
	bool good;

	lint_fill(lint, finding, "{net}", &network);
	/* IPv6 text may become longer: 2001:db8::1/112 does not, 1::1/16 does. */
	good = network.len > 0 && (network.len <= finding->at.len ||
				   fits(doc, finding->at.off, network.len - finding->at.len));
	if (good)
		replace(lint, finding, repair, finding->at, network.buf);
	strbuf_release(&network);
	return good;
}

/* The dot is the only one there is. */
bool repair_policy_dot(const struct lint *lint, const struct finding *finding,
		       struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const char *text = doc->blob.data + finding->at.off,
		   *dot = memchr(text, '.', finding->at.len);
	struct span at;

	if (dot == NULL || !fits(doc, finding->at.off, 1))
		return false;
	at = (struct span){ finding->at.off + (uint32_t)(dot - text), 0 };
	return replace(lint, finding, repair, at, ".");
}
