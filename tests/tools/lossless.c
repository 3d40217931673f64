#include "config.h"

#include "tests/tools/lossless.h"

#include <string.h>

#include "formats/ipsecinit/file.h"
#include "formats/ipseckeys/file.h"
#include "formats/ike_preshared/file.h"
#include "tests/tools/projection.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Between tokens there is white space, a comment, or what joins lines or marks the byte order. */
static bool is_trivia(const struct doc *doc, size_t from, size_t to)
{
	const char *p = doc->blob.data + from, *end = doc->blob.data + to;

	while (p < end) {
		if (*p == '#' || (*p == '/' && p + 1 < end && p[1] == '/')) {
			p = memchr(p, '\n', (size_t)(end - p));
			if (p == NULL)
				return true;
		} else if (is_space(*p)) {
			p++;
		} else if (*p == '\\' && p + 1 < end && (p[1] == '\n' || p[1] == '\r')) {
			p++;
		} else if (p == doc->blob.data && end - p >= 3 &&
			   memcmp(p, "\xef\xbb\xbf", 3) == 0) {
			p += 3;
		} else {
			return false;
		}
	}
	return true;
}

static const char *check_tokens(const struct doc *doc)
{
	size_t end = 0, i;

	for (i = 0; i < doc->ntokens; i++) {
		const struct token *t = &doc->tokens[i];

		if (t->len == 0)
			return "an empty token";
		if (t->off < end)
			return "tokens overlap";
		if (!is_trivia(doc, end, t->off))
			return "text that belongs to no token";
		end = (size_t)t->off + t->len;
	}
	if (end > doc->blob.len)
		return "a token beyond the end";
	return is_trivia(doc, end, doc->blob.len) ? NULL : "text behind the last token";
}

static const char *check_entries(const struct doc *doc)
{
	uint32_t tok = 0;
	size_t i;

	for (i = 0; i < doc->nentries; i++) {
		if (doc->entries[i].tok != tok || doc->entries[i].end <= tok)
			return "entries do not partition the tokens";
		tok = doc->entries[i].end;
	}
	if (tok != doc->ntokens)
		return "tokens outside the entries";
	return doc->format->count(doc) <= doc->nentries ? NULL : "more rules than entries";
}

static const char *check_problems(struct doc *doc)
{
	struct problems problems = { 0 };
	const char *wrong = NULL;
	bool in_order = doc->format->secret || doc->format == &ipsecinit_format;
	uint32_t off = 0;
	size_t i;

	for (i = 0; i < doc->problems.count; i++) {
		if (in_order && doc->problems.items[i].at.off < off)
			wrong = "the lexer's problems are not in order";
		off = doc->problems.items[i].at.off;
	}
	projection_collect(doc, &problems);
	for (i = 0; i < problems.count; i++) {
		const struct problem *p = &problems.items[i];

		if (projection_problem_name(doc->format, p->code) == NULL)
			wrong = "a problem without a name";
		if ((size_t)p->at.off + p->at.len > doc->blob.len)
			wrong = "a problem beyond the end";
		if (doc_position(doc, p->at.off).column !=
		    p->at.off - doc_line(doc, p->at.off).off + 1)
			wrong = "a column that is not its line's";
	}
	problems_release(&problems);
	return wrong;
}

static void use_preshared(const struct doc *doc)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	uint32_t i;

	for (i = 0; i < doc->nentries; i++) {
		struct blob key;

		if (doc->entries[i].kind != PRESHARED_ENTRY_KEY)
			continue;
		preshared_read(doc, i, &item, NULL);
		if (preshared_key_bytes(doc, &item, &key))
			blob_release(&key);
	}
	preshared_item_release(&item);
}

static void use_manual(const struct doc *doc)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	struct manual_pairs *pairs = manual_pairs_new(doc, NULL);
	uint32_t i;

	for (i = 0; i < doc->nentries; i++) {
		struct blob key;

		if (doc->entries[i].kind != MANUAL_ENTRY_COMMAND)
			continue;
		manual_read(doc, i, &item, NULL);
		manual_partner(pairs, i);
		if (manual_key_bytes(doc, &item.auth_key, &key))
			blob_release(&key);
		if (manual_key_bytes(doc, &item.encr_key, &key))
			blob_release(&key);
	}
	manual_item_release(&item);
	manual_pairs_free(pairs);
}

/* Reading a key's bytes and printing must not crash, whatever they come to. */
static void use_document(const struct doc *doc)
{
	struct strbuf sb = STRBUF_INIT;

	doc_print(doc, (struct span){ 0, (uint32_t)doc->blob.len }, &sb);
	if (doc->format == &preshared_format)
		use_preshared(doc);
	else if (doc->format == &ipseckeys_format)
		use_manual(doc);
	strbuf_wipe(&sb);
}

const char *lossless_check(const struct format *format, const void *bytes, size_t len)
{
	struct doc *doc = doc_new(format, blob_copy(bytes, len, format->secret));
	const char *wrong = NULL;

	if (doc->blob.len != len || (len > 0 && memcmp(doc->blob.data, bytes, len) != 0))
		wrong = "the bytes are not the same";
	if (wrong == NULL)
		wrong = check_tokens(doc);
	if (wrong == NULL)
		wrong = check_entries(doc);
	if (wrong == NULL)
		wrong = check_problems(doc);
	use_document(doc);
	doc_free(doc);
	return wrong;
}

uint32_t lossless_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

bool lossless_is_edited(const struct doc *doc, const struct edits *edits, const struct doc *changed)
{
	size_t from = 0, to = 0, i;

	for (i = 0; i <= edits->count; i++) {
		const struct edit *edit = i < edits->count ? &edits->items[i] : NULL;
		size_t stop = edit != NULL ? edit->at.off : doc->blob.len;

		if (stop < from || changed->blob.len - to < stop - from ||
		    memcmp(doc->blob.data + from, changed->blob.data + to, stop - from) != 0)
			return false;
		to += stop - from;
		if (edit == NULL)
			break;
		if (changed->blob.len - to < edit->text.len ||
		    memcmp(edit->text.data, changed->blob.data + to, edit->text.len) != 0)
			return false;
		to += edit->text.len;
		from = stop + edit->at.len;
	}
	return to == changed->blob.len;
}

static const char edit_text[] = "{ }\n\r\"#\\ label x \0\xff";

/* One edit at entry NUMBER or in it. */
bool lossless_is_as_new(const struct doc *doc)
{
	struct doc *fresh =
		doc_new(doc->format, blob_copy(doc->blob.data, doc->blob.len, doc->format->secret));
	bool same = fresh->ntokens == doc->ntokens && fresh->nentries == doc->nentries &&
		    fresh->problems.count == doc->problems.count;
	size_t i;

	for (i = 0; same && i < doc->ntokens; i++) {
		const struct token *a = &fresh->tokens[i], *b = &doc->tokens[i];

		same = a->off == b->off && a->len == b->len && a->kind == b->kind &&
		       a->word == b->word;
	}
	for (i = 0; same && i < doc->nentries; i++) {
		const struct entry *a = &fresh->entries[i], *b = &doc->entries[i];

		same = a->tok == b->tok && a->end == b->end && a->kind == b->kind &&
		       a->word == b->word && a->flags == b->flags;
	}
	for (i = 0; same && i < doc->problems.count; i++) {
		const struct problem *a = &fresh->problems.items[i], *b = &doc->problems.items[i];

		same = a->code == b->code && a->word == b->word && a->at.off == b->at.off &&
		       a->at.len == b->at.len && a->arg == b->arg;
	}
	doc_free(fresh);
	return same;
}

static void add_edit(struct edits *edits, const struct doc *doc, size_t number, uint32_t choice)
{
	const struct entry *e = &doc->entries[number];
	struct span span = doc_span(doc, e->tok, e->end);

	switch (choice % 5) {
	case 0:
		edit_remove(edits, doc, e->tok, e->end);
		break;
	case 1:
		edit_insert_lines(edits, doc, span.off + span.len - 1, "new 1\nnew 2");
		break;
	case 2:
		if (doc->tokens[e->tok].kind == TOKEN_OPEN)
			edit_insert_item(edits, doc, e->tok,
					 e->end - 1 > e->tok ? e->end - 2 : e->tok, e->end - 1,
					 "new 1");
		break;
	default:
		span.off += choice / 5 % (span.len + 1);
		span.len = choice % 5 == 3 ? 0
					   : doc_span(doc, e->tok, e->end).off +
						     doc_span(doc, e->tok, e->end).len - span.off;
		edits_add(edits, doc, span, edit_text, choice / 7 % sizeof edit_text);
	}
}

const char *lossless_check_edits(const struct format *format, const void *bytes, size_t len,
				 uint32_t seed)
{
	struct doc *doc = doc_new(format, blob_copy(bytes, len, format->secret));
	struct edits edits = { 0 }, undo = { 0 }, redo = { 0 };
	struct doc *changed, *back, *again;
	const char *wrong = NULL;
	size_t i;

	/* Every second entry at most, for an edit may take the line that a neighbour is on. */
	for (i = lossless_random(&seed) % 4; i < doc->nentries;
	     i += 2 + lossless_random(&seed) % 8) {
		struct edits one = { 0 };

		add_edit(&one, doc, i, lossless_random(&seed));
		if (one.count > 0 &&
		    (edits.count == 0 ||
		     one.items[0].at.off >= edits.items[edits.count - 1].at.off +
						    edits.items[edits.count - 1].at.len))
			edits_add(&edits, doc, one.items[0].at, one.items[0].text.data,
				  one.items[0].text.len);
		edits_release(&one);
	}
	changed = doc_edit(doc, &edits, &undo);
	back = doc_edit(changed, &undo, &redo);
	again = doc_edit(back, &redo, NULL);
	if (!lossless_is_edited(doc, &edits, changed))
		wrong = "an edit touched what lies outside its range";
	else if (!lossless_is_as_new(changed) || !lossless_is_as_new(back) ||
		 !lossless_is_as_new(again))
		wrong = "what an edit makes of a document is not what reading its bytes does";
	else if (!blob_equal(&doc->blob, &back->blob))
		wrong = "what was taken back is not what was there";
	else if (!blob_equal(&changed->blob, &again->blob))
		wrong = "what was done again is not what was done";
	doc_free(doc);
	doc_free(changed);
	doc_free(back);
	doc_free(again);
	edits_release(&edits);
	edits_release(&undo);
	edits_release(&redo);
	return wrong;
}
