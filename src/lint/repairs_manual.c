/*
 * What would put findings in ipseckeys right. Left out is what somebody has to decide: whether a
 * number was meant to be octal, whether a replay window is wanted, which of two comes out.
 */
#include "config.h"

#include "lint/repair.h"

#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/rules_manual.h"

static void replace(struct repair *repair, const struct doc *doc, struct span at, const char *text)
{
	edits_add(&repair->edits, doc, at, text, strlen(text));
}

bool repair_manual_bom(const struct lint *lint, const struct finding *finding,
		       struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const char *behind = doc->blob.data + finding->at.off + finding->at.len;

	if (strncmp(behind, "\357\273\277", 3) == 0)
		return false; /* it would be the next one's turn, and then what is behind that */
	replace(repair, doc, finding->at, "");
	return true;
}

/* Whether the command goes on behind the backslash at OFF, as whoever wrote it meant. */
static bool goes_on(const struct doc *doc, uint32_t off)
{
	uint32_t tok = doc_token_at(doc, off);
	size_t entry = doc_entry_at(doc, off);

	return tok < doc->ntokens && doc->tokens[tok].off == off && entry < doc->nentries &&
	       doc->entries[entry].kind == MANUAL_ENTRY_COMMAND && tok >= doc->entries[entry].tok &&
	       tok + 1 < doc->entries[entry].end;
}

bool repair_manual_backslash(const struct lint *lint, const struct finding *finding,
			     struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span line = doc_line(doc, finding->at.off), at;

	if (!goes_on(doc, finding->at.off))
		return false;
	at.off = finding->at.off + 1;
	at.len = line.off + line.len - at.off;
	/* doc_line leaves out a CR at the end. */
	while (doc->blob.data[at.off + at.len] == '\r')
		at.len++;
	replace(repair, doc, at, "");
	return true;
}

/* Whether the carriage returns from CR up to NEWLINE can go: nothing is joined that was not meant
 * to be, and none of them is part of a word. */
static bool can_go(const struct doc *doc, const char *cr, const char *newline)
{
	const char *bytes = doc->blob.data;
	uint32_t off = (uint32_t)(cr - bytes), tok = doc_token_at(doc, off);

	if (tok < doc->ntokens && doc->tokens[tok].off < (uint32_t)(newline - bytes))
		return false;
	return cr == bytes || cr[-1] != '\\' || goes_on(doc, off - 1);
}

/* Copies FROM to END without the carriage returns before newlines, and returns where the copy ends;
 * TO NULL: copies nothing, and returns NULL where one of them has to stay. */
static char *without_returns(const struct doc *doc, const char *from, const char *end, char *to)
{
	static char good;
	const char *newline;

	while (from < end) {
		const char *cr;

		newline = memchr(from, '\n', (size_t)(end - from));
		newline = newline != NULL ? newline : end;
		for (cr = newline; newline < end && cr > from && cr[-1] == '\r';)
			cr--;
		if (to == NULL && cr < newline && !can_go(doc, cr, newline))
			return NULL;
		if (to != NULL) {
			memcpy(to, from, (size_t)(cr - from));
			to += cr - from;
			if (newline < end)
				*to++ = '\n';
		}
		from = newline < end ? newline + 1 : end;
	}
	return to != NULL ? to : &good;
}

/* The first carriage return before a newline; there is one. */
static const char *first_return(const struct doc *doc)
{
	const char *p = doc->blob.data, *end = p + doc->blob.len;

	while (p + 1 < end && (p[0] != '\r' || p[1] != '\n'))
		p++;
	return p;
}

/* One edit for all lines: each would need locked memory of its own. */
bool repair_manual_crlf(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const char *first = first_return(doc), *end = doc->blob.data + doc->blob.len;
	const char *from = doc->blob.data + doc_line(doc, (uint32_t)(first - doc->blob.data)).off;
	struct span at;
	struct blob text;
	char *stop;

	if (without_returns(doc, from, end, NULL) == NULL)
		return false;
	at = (struct span){ (uint32_t)(from - doc->blob.data), (uint32_t)(end - from) };
	text = blob_new(at.len, true);
	stop = without_returns(doc, from, end, text.data);
	edits_add(&repair->edits, doc, at, text.data, (size_t)(stop - text.data));
	blob_release(&text);
	return true;
}

static bool is_plain(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!(text[i] >= '0' && text[i] <= '9') && !(text[i] >= 'a' && text[i] <= 'z') &&
		    !(text[i] >= 'A' && text[i] <= 'Z') && strchr(".:/_-", text[i]) == NULL)
			return false;
	return len > 0 && manual_extension_guess(text, len) == MANUAL_NO_WORD;
}

/* The quotes around a value that would be the same word without them. */
bool repair_manual_quotes(const struct lint *lint, const struct finding *finding,
			  struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span at = finding->at;

	if (finding->word == 0 || at.len < 3 || !is_plain(doc->blob.data + at.off + 1, at.len - 2))
		return false;
	replace(repair, doc, (struct span){ at.off, 1 }, "");
	replace(repair, doc, (struct span){ at.off + at.len - 1, 1 }, "");
	return true;
}

/* In small letters quit would end the run. */
bool repair_manual_case(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	if (manual_word_canonical(finding->word) == MANUAL_QUIT)
		return false;
	replace(repair, lint_doc(lint, finding), finding->at, manual_words[finding->word].name);
	return true;
}

bool repair_manual_protocol(const struct lint *lint, const struct finding *finding,
			    struct repair *repair)
{
	struct strbuf number = STRBUF_INIT;

	strbuf_addf(&number, "%u", finding->a);
	replace(repair, lint_doc(lint, finding), finding->at, number.buf);
	strbuf_release(&number);
	return true;
}

bool repair_manual_proxy(const struct lint *lint, const struct finding *finding,
			 struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	enum manual_word word =
		manual_extension_guess(doc->blob.data + finding->at.off, finding->at.len);

	replace(repair, doc, finding->at,
		manual_words[manual_words[word].family == IP_V6 ? MANUAL_ISRC6 : MANUAL_ISRC].name);
	return true;
}

bool repair_manual_0x(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	replace(repair, lint_doc(lint, finding), (struct span){ finding->at.off, 2 }, "");
	return true;
}

/* What stands between two pieces of a key. */
static struct span gap_before(const struct doc *doc, uint32_t tok, uint32_t end)
{
	return (struct span){ end, doc->tokens[tok].off - end };
}

/* Joins the pieces where the result is certainly the key: as long as its algorithm wants it, on a
 * line that every release reads. */
bool repair_manual_key(const struct lint *lint, const struct finding *finding,
		       struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct manual_item item = MANUAL_ITEM_INIT;
	struct manual_broken broken;
	uint32_t tok, end, removed = 0;
	struct span first, last;

	manual_read(doc, finding->entry, &item, NULL);
	if (!manual_find_broken(&item, finding->word, &broken) || !broken.fits) {
		manual_item_release(&item);
		return false;
	}
	tok = manual_find(&item, finding->word)->arg;
	manual_item_release(&item);
	if (doc->tokens[tok].kind != TOKEN_WORD)
		return false;
	end = doc->tokens[tok].off + doc->tokens[tok].len;
	first = doc_line(doc, doc->tokens[tok].off);
	last = doc_line(doc, doc->tokens[broken.last].off);
	for (tok = broken.rest; tok <= broken.last; tok++) {
		struct span gap;

		if (doc->tokens[tok].kind == TOKEN_BROKEN)
			continue; /* a backslash, which goes with the gap */
		gap = gap_before(doc, tok, end);
		replace(repair, doc, gap, "");
		removed += gap.len;
		end = doc->tokens[tok].off + doc->tokens[tok].len;
	}
	return last.off + last.len - first.off - removed < MANUAL_LINE_MAX_OLD;
}
