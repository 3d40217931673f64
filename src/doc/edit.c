#include "config.h"

#include "doc/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void edits_release(struct edits *edits)
{
	size_t i;

	for (i = 0; i < edits->count; i++)
		blob_release(&edits->items[i].text);
	free(edits->items);
	*edits = (struct edits){ 0 };
}

/* An insertion where a replaced range begins stands before it. */
static bool comes_before(const struct span *a, const struct span *b)
{
	return a->off < b->off || (a->off == b->off && a->len == 0 && b->len > 0);
}

void edits_add(struct edits *edits, const struct doc *doc, struct span at, const char *text,
	       size_t len)
{
	struct edit edit = { at, blob_copy(text, len, doc->format->secret) };
	size_t i;

	VEC_PUSH(edits->items, edits->count, edits->cap, edit);
	for (i = edits->count - 1; i > 0 && comes_before(&edit.at, &edits->items[i - 1].at); i--)
		edits->items[i] = edits->items[i - 1];
	edits->items[i] = edit;
}

static void add_inverse(struct edits *undo, const struct doc *doc, const struct edit *edit,
			uint32_t off)
{
	edits_add(undo, doc, (struct span){ off, (uint32_t)edit->text.len },
		  doc->blob.data + edit->at.off, edit->at.len);
}

/* From the first byte that is replaced to the last one. */
static struct span range_of(const struct edits *edits)
{
	struct span range = { 0, 0 };

	if (edits->count > 0) {
		const struct span *last = &edits->items[edits->count - 1].at;

		range.off = edits->items[0].at.off;
		range.len = last->off + last->len - range.off;
	}
	return range;
}

struct doc *doc_edit(const struct doc *doc, const struct edits *edits, struct edits *undo)
{
	const char *from = doc->blob.data;
	size_t len = doc->blob.len, done = 0, i;
	struct blob blob;
	char *to;

	for (i = 0; i < edits->count; i++)
		len = len - edits->items[i].at.len + edits->items[i].text.len;
	blob = blob_new(len, doc->format->secret);
	to = blob.data;
	for (i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];

		memcpy(to, from + done, edit->at.off - done);
		to += edit->at.off - done;
		if (undo != NULL)
			add_inverse(undo, doc, edit, (uint32_t)(to - blob.data));
		memcpy(to, edit->text.data, edit->text.len);
		to += edit->text.len;
		done = (size_t)edit->at.off + edit->at.len;
	}
	memcpy(to, from + done, doc->blob.len - done);
	blob.data[len] = '\0';
	return doc_new_from(doc, blob, range_of(edits));
}

const char *edit_line_end(const struct doc *doc)
{
	const char *newline = memchr(doc->blob.data, '\n', doc->blob.len);

	return newline != NULL && newline > doc->blob.data && newline[-1] == '\r' ? "\r\n" : "\n";
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Where the line of OFF begins. */
static uint32_t line_start(const struct doc *doc, uint32_t off)
{
	while (off > 0 && doc->blob.data[off - 1] != '\n')
		off--;
	return off;
}

uint32_t edit_next_line(const struct doc *doc, uint32_t off)
{
	const char *newline = memchr(doc->blob.data + off, '\n', doc->blob.len - off);

	return newline != NULL ? (uint32_t)(newline + 1 - doc->blob.data) : (uint32_t)doc->blob.len;
}

struct span edit_indent(const struct doc *doc, uint32_t off)
{
	uint32_t start = line_start(doc, off), end = start;

	while (end < off && is_blank(doc->blob.data[end]))
		end++;
	return end == off ? (struct span){ start, end - start } : (struct span){ start, 0 };
}

static bool first_on_line(const struct doc *doc, uint32_t off)
{
	return edit_indent(doc, off).len == off - line_start(doc, off);
}

/* Whether no token starts between OFF and the end of its line: white space or a comment follows. */
static bool last_on_line(const struct doc *doc, uint32_t tok, uint32_t off)
{
	return tok + 1 >= doc->ntokens || doc->tokens[tok + 1].off >= edit_next_line(doc, off);
}

/* Takes the blanks off the range FROM to TO that another edit, a neighbour on its line, has taken.
 */
static void keep_clear(const struct edits *edits, uint32_t *from, uint32_t *to)
{
	size_t i;

	for (i = 0; i < edits->count; i++) {
		struct span taken = edits->items[i].at;
		uint32_t end = taken.off + taken.len;

		if (end <= *from || taken.off >= *to)
			continue;
		if (taken.off <= *from)
			*from = end;
		else
			*to = taken.off;
	}
}

void edit_remove(struct edits *edits, const struct doc *doc, uint32_t tok, uint32_t end)
{
	struct span at = doc_span(doc, tok, end);
	const char *bytes = doc->blob.data;
	uint32_t stop = at.off + at.len;

	if (first_on_line(doc, at.off) && last_on_line(doc, end - 1, stop)) {
		/* Nothing but the item's own comment shares its lines. */
		at.off = line_start(doc, at.off);
		stop = edit_next_line(doc, stop);
	} else if (last_on_line(doc, end - 1, stop)) {
		while (at.off > 0 && is_blank(bytes[at.off - 1]))
			at.off--;
	} else {
		while (stop < doc->blob.len && is_blank(bytes[stop]))
			stop++;
	}
	keep_clear(edits, &at.off, &stop);
	at.len = stop - at.off;
	edits_add(edits, doc, at, NULL, 0);
}

/* Room for TEXT with the longest line ends and EXTRA bytes: a string that grows leaves a copy of
 * itself behind, and TEXT may be secret. */
static void reserve(struct strbuf *sb, const char *text, size_t extra)
{
	strbuf_reserve(sb, strlen(text) * 2 + extra);
}

static void add_text(struct strbuf *sb, const char *text, const char *eol)
{
	const char *newline;

	while ((newline = strchr(text, '\n')) != NULL) {
		strbuf_add(sb, text, (size_t)(newline - text));
		strbuf_addstr(sb, eol);
		text = newline + 1;
	}
	strbuf_addstr(sb, text);
}

static void add_and_wipe(struct edits *edits, const struct doc *doc, uint32_t off,
			 struct strbuf *sb)
{
	edits_add(edits, doc, (struct span){ off, 0 }, sb->buf, sb->len);
	strbuf_wipe(sb);
}

void edit_insert_lines(struct edits *edits, const struct doc *doc, uint32_t off, const char *text)
{
	const char *eol = edit_line_end(doc);
	struct strbuf sb = STRBUF_INIT;
	uint32_t at = off == UINT32_MAX ? 0 : edit_next_line(doc, off);

	reserve(&sb, text, 4);
	if (at > 0 && doc->blob.data[at - 1] != '\n')
		strbuf_addstr(&sb, eol);
	add_text(&sb, text, eol);
	strbuf_addstr(&sb, eol);
	add_and_wipe(edits, doc, at, &sb);
}

void edit_insert_item(struct edits *edits, const struct doc *doc, uint32_t open, uint32_t last,
		      uint32_t close, const char *text)
{
	const struct token *tail = &doc->tokens[last];
	uint32_t at = tail->off + tail->len, first = open + 1,
		 limit = close != 0 ? close : last + 1;
	struct span indent;
	struct strbuf sb = STRBUF_INIT;
	const char *eol = edit_line_end(doc);

	/* The indentation of the group's first item that begins a line; else one tab more than the
	 * brace. */
	while (first < limit && !first_on_line(doc, doc->tokens[first].off))
		first++;
	if (first < limit)
		indent = edit_indent(doc, doc->tokens[first].off);
	else
		indent = edit_indent(doc, doc->tokens[open].off);
	reserve(&sb, text, indent.len + 4);

	if (close != 0 && first_on_line(doc, doc->tokens[close].off) &&
	    line_start(doc, doc->tokens[close].off) > tail->off && last_on_line(doc, last, at)) {
		at = edit_next_line(doc, at);
		strbuf_add(&sb, doc->blob.data + indent.off, indent.len);
		if (first >= limit)
			strbuf_addch(&sb, '\t');
		add_text(&sb, text, eol);
		strbuf_addstr(&sb, eol);
	} else {
		strbuf_addch(&sb, ' ');
		add_text(&sb, text, eol);
		if (last + 1 < doc->ntokens && doc->tokens[last + 1].off == at)
			strbuf_addch(&sb, ' ');
	}
	add_and_wipe(edits, doc, at, &sb);
}
