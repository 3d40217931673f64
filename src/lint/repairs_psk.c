/* Repairs of ike.preshared. What an edit holds of this file is in memory for secrets. */
#include "config.h"

#include "lint/repairs.h"

#include <string.h>

#include "formats/ike_preshared/file.h"
#include "lint/lint_internal.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Where the blanks before OFF begin, on its line. */
static uint32_t before_blanks(const struct doc *doc, uint32_t off)
{
	while (off > 0 && is_blank(doc->blob.data[off - 1]))
		off--;
	return off;
}

static bool begins_line(const struct doc *doc, uint32_t off)
{
	return off == 0 || doc->blob.data[off - 1] == '\n';
}

struct looking {
	struct span at;
	bool found;
};

static void note_secret(void *ctx, struct span span)
{
	struct looking *looking = ctx;

	looking->found |= span.off < looking->at.off + looking->at.len &&
			  looking->at.off < span.off + span.len;
}

/* Whether anything on the line may be a key. */
static bool has_secret(const struct doc *doc, struct span line)
{
	struct looking looking = { line, false };

	doc->format->secrets(doc, line, note_secret, &looking);
	return looking.found;
}

/*
 * Alone on its line it moves to the first column, behind something else to a line of its own before
 * that. Where anything on the line may be a key it stays: what follows it might be a part of that.
 */
bool repair_psk_comment(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span at = finding->at, line = doc_line(doc, at.off);
	uint32_t blanks = before_blanks(doc, at.off);
	struct strbuf text = STRBUF_INIT;

	if (begins_line(doc, blanks)) {
		edits_add(&repair->edits, doc, (struct span){ blanks, at.off - blanks }, NULL, 0);
		return true;
	}
	if (has_secret(doc, line))
		return false;
	strbuf_add(&text, doc->blob.data + at.off, at.len);
	strbuf_addstr(&text, edit_line_end(doc));
	edits_add(&repair->edits, doc, (struct span){ line.off, 0 }, text.buf, text.len);
	edits_add(&repair->edits, doc, (struct span){ blanks, at.off + at.len - blanks }, NULL, 0);
	strbuf_wipe(&text);
	return true;
}

bool repair_psk_slashes(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	uint32_t blanks = before_blanks(doc, finding->at.off);

	if (!begins_line(doc, blanks))
		return false;
	edits_add(&repair->edits, doc,
		  (struct span){ blanks, finding->at.off + finding->at.len - blanks }, "#", 1);
	return true;
}

bool repair_psk_glued_close(const struct lint *lint, const struct finding *finding,
			    struct repair *repair)
{
	edits_add(&repair->edits, lint_doc(lint, finding), (struct span){ finding->at.off, 0 }, " ",
		  1);
	return true;
}

bool repair_psk_open_after_close(const struct lint *lint, const struct finding *finding,
				 struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	uint32_t blanks = before_blanks(doc, finding->at.off);
	const char *eol = edit_line_end(doc);

	edits_add(&repair->edits, doc, (struct span){ blanks, finding->at.off - blanks }, eol,
		  strlen(eol));
	return true;
}

bool repair_psk_alias(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	const char *name = preshared_words[finding->word].name;

	edits_add(&repair->edits, lint_doc(lint, finding), finding->at, name, strlen(name));
	return true;
}

/* The statement that begins at byte OFF, or NULL. */
static const struct preshared_stmt *stmt_at(const struct preshared_item *item, uint32_t off)
{
	size_t i;

	for (i = 0; i < item->nstmts; i++)
		if (item->doc->tokens[item->stmts[i].tok].off == off)
			return &item->stmts[i];
	return NULL;
}

static bool same_value(const struct doc *doc, const struct preshared_stmt *a,
		       const struct preshared_stmt *b)
{
	const struct token *x = &doc->tokens[a->arg], *y = &doc->tokens[b->arg];

	return a->end > a->arg && b->end > b->arg && x->len == y->len &&
	       memcmp(doc_text(doc, a->arg), doc_text(doc, b->arg), x->len) == 0;
}

bool repair_psk_repeated(const struct lint *lint, const struct finding *finding,
			 struct repair *repair)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	const struct preshared_stmt *first, *second;

	preshared_read(lint_doc(lint, finding), finding->entry, &item, NULL);
	first = stmt_at(&item, finding->b);
	second = stmt_at(&item, finding->at.off);
	if (first != NULL && second != NULL && same_value(item.doc, first, second))
		edit_remove(&repair->edits, item.doc, second->tok, second->end);
	preshared_item_release(&item);
	return repair->edits.count > 0;
}

bool repair_psk_quotes(const struct lint *lint, const struct finding *finding,
		       struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span at = finding->at;
	const char *text = doc->blob.data + at.off;

	if (at.len < 3 || text[0] != '"' || text[at.len - 1] != '"' ||
	    memchr(text + 1, '"', at.len - 2) != NULL || memchr(text, ' ', at.len) != NULL ||
	    memchr(text, '\t', at.len) != NULL)
		return false;
	edits_add(&repair->edits, doc, (struct span){ at.off, 1 }, NULL, 0);
	edits_add(&repair->edits, doc, (struct span){ at.off + at.len - 1, 1 }, NULL, 0);
	return true;
}

/* The address that goes with a type, and the type that goes with an address. */
static enum preshared_word companion(enum preshared_word field)
{
	switch (field) {
	case PRESHARED_LOCALIDTYPE:
		return PRESHARED_LOCALID;
	case PRESHARED_LOCALID:
		return PRESHARED_LOCALIDTYPE;
	case PRESHARED_REMOTEIDTYPE:
		return PRESHARED_REMOTEID;
	default:
		return PRESHARED_REMOTEIDTYPE;
	}
}

/* "localidtype IP" before the address that a reader without it takes for one anyway. */
bool repair_psk_missing_type(const struct lint *lint, const struct finding *finding,
			     struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct strbuf text = STRBUF_INIT;
	const struct preshared_stmt *id;

	preshared_read(doc, finding->entry, &item, NULL);
	id = preshared_find(&item, companion(finding->word));
	if (id != NULL && id->good) {
		uint32_t off = doc->tokens[id->tok].off, blanks = before_blanks(doc, off);

		strbuf_addf(&text, "%s IP", preshared_words[finding->word].name);
		if (begins_line(doc, blanks)) {
			strbuf_addstr(&text, edit_line_end(doc));
			strbuf_add(&text, doc->blob.data + blanks, off - blanks);
		} else {
			strbuf_addch(&text, ' ');
		}
		edits_add(&repair->edits, doc, (struct span){ off, 0 }, text.buf, text.len);
	}
	strbuf_release(&text);
	preshared_item_release(&item);
	return repair->edits.count > 0;
}

/* Where the address is one, whatever its type calls it. */
bool repair_psk_type(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct preshared_item item = PRESHARED_ITEM_INIT;
	const struct preshared_stmt *type, *id;
	struct ip_range range;

	preshared_read(doc, finding->entry, &item, NULL);
	type = preshared_find(&item, finding->word);
	id = preshared_find(&item, companion(finding->word));
	if (preshared_words[finding->word].arg == PRESHARED_ARG_ADDRESS) {
		const struct preshared_stmt *address = type;

		type = id;
		id = address;
	}
	if (type != NULL && id != NULL && type->end > type->arg && id->end > id->arg &&
	    ip_range_parse(doc_text(doc, id->arg), doc->tokens[id->arg].len, &range) == IP_OK)
		edits_add(&repair->edits, doc, doc_span(doc, type->arg, type->end), "IP", 2);
	preshared_item_release(&item);
	return repair->edits.count > 0;
}

bool repair_psk_v4_in_v6(const struct lint *lint, const struct finding *finding,
			 struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct strbuf text = STRBUF_INIT;
	const struct preshared_id *other;
	enum ip_family family;
	struct ip ip;

	preshared_read(doc, finding->entry, &item, NULL);
	other = finding->word == PRESHARED_LOCALID ? &item.remote : &item.local;
	/* Where the other end is IPv6, this one may have been meant to be. */
	if (other->range.family != IP_V6 &&
	    ip_parse(doc->blob.data + finding->at.off, finding->at.len, &ip, &family) == IP_OK) {
		ip_print(&text, (struct ip){ 0, ip.low & 0xffffffffu }, IP_V4);
		edits_add(&repair->edits, doc, finding->at, text.buf, text.len);
	}
	strbuf_release(&text);
	preshared_item_release(&item);
	return repair->edits.count > 0;
}

bool repair_psk_0x(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	edits_add(&repair->edits, lint_doc(lint, finding), (struct span){ finding->at.off, 2 },
		  NULL, 0);
	return true;
}

/* The entry that says what another one has said before it. */
bool repair_psk_same_key(const struct lint *lint, const struct finding *finding,
			 struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const struct entry *e = &doc->entries[finding->entry];
	struct span at = doc_span(doc, e->tok, e->end), line = doc_line(doc, at.off + at.len - 1);
	uint32_t end = at.off + at.len, stop = line.off + line.len;

	while (stop > end && is_blank(doc->blob.data[stop - 1]))
		stop--;
	/* What stands behind the brace is thrown away with it, and would not be any more. */
	if ((e->flags & PRESHARED_ENTRY_UNCLOSED) || stop > end)
		return false;
	edit_remove(&repair->edits, doc, e->tok, e->end);
	return true;
}
