#include "config.h"

#include "formats/ike_config/text.h"

#include <string.h>

#include "base/xalloc.h"

static void add_quoted(struct strbuf *sb, const char *value)
{
	strbuf_addch(sb, '"');
	for (; *value != '\0'; value++) {
		if (*value == '"' || *value == '\\')
			strbuf_addch(sb, '\\');
		strbuf_addch(sb, *value);
	}
	strbuf_addch(sb, '"');
}

/* Whether a label can stand without quotes: one word that is not also a keyword. */
static bool fits_bare(const char *value)
{
	size_t len = strlen(value);
	enum ike_word word = ike_word_find(value, len);

	return len > 0 && strpbrk(value, " \t\r\n\v\f{}()\"#\\/") == NULL &&
	       (word == IKE_NO_WORD || word >= IKE_KEYWORD_COUNT);
}

void ike_format_value(struct strbuf *sb, enum ike_word word, const char *value,
		      enum label_style style)
{
	switch (ike_words[word].arg) {
	case IKE_ARG_LABEL:
		if (style == LABEL_BARE && fits_bare(value))
			strbuf_addstr(sb, value);
		else
			add_quoted(sb, value);
		break;
	case IKE_ARG_STRING:
		add_quoted(sb, value);
		break;
	case IKE_ARG_SELECTOR:
		/* The two quotes by themselves are how one types the empty value. */
		add_quoted(sb, strcmp(value, "\"\"") == 0 ? "" : value);
		break;
	default:
		strbuf_addstr(sb, value);
	}
}

void ike_format_statement(struct strbuf *sb, enum ike_word word, const char *value,
			  enum label_style style)
{
	strbuf_addstr(sb, ike_words[word].name);
	if (ike_words[word].arg == IKE_ARG_NONE)
		return;
	strbuf_addch(sb, ' ');
	ike_format_value(sb, word, value, style);
}

void ike_edit_value(struct edits *edits, const struct doc *doc, const struct ike_stmt *s,
		    const char *value)
{
	bool valued = s->end > s->arg;
	bool quoted = !valued || doc->tokens[s->arg].kind == TOKEN_STRING;
	struct span keyword = doc_span(doc, s->tok, s->tok + 1);
	struct span at = { keyword.off + keyword.len, 0 };
	struct strbuf text = STRBUF_INIT;

	if (ike_words[s->word].arg == IKE_ARG_NONE)
		return;
	if (valued)
		at = doc_span(doc, s->arg, s->end);
	else
		strbuf_addch(&text, ' ');
	ike_format_value(&text, s->word, value, quoted ? LABEL_QUOTED : LABEL_BARE);
	if (text.len != at.len || memcmp(text.buf, doc->blob.data + at.off, at.len) != 0)
		edits_add(edits, doc, at, text.buf, text.len);
	strbuf_release(&text);
}

/* The order in which MDM writes the parameters of a rule; a new one goes behind those before it. */
static unsigned rank(enum ike_word word)
{
	static const uint8_t order[] = {
		IKE_LABEL,
		IKE_LOCAL_ID_TYPE,
		IKE_LOCAL_ADDR,
		IKE_LOCAL_ID,
		IKE_REMOTE_ADDR,
		IKE_REMOTE_ID,
		IKE_P2_PFS,
		IKE_P2_LIFETIME_SECS,
		IKE_P2_SOFTLIFE_SECS,
		IKE_P2_IDLETIME_SECS,
		IKE_P2_LIFETIME_KB,
		IKE_P2_SOFTLIFE_KB,
		IKE_IMMEDIATE,
		IKE_P1_XFORM,
	};
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(order); i++)
		if (order[i] == word)
			break;
	return i;
}

/* The last token of the parameter behind which one of WORD goes; the opening brace where there is
 * none. */
static uint32_t place_for(const struct ike_item *item, enum ike_word word)
{
	uint32_t last = item->open;
	size_t i;

	for (i = 0; i < item->nstmts; i++)
		if (rank(item->stmts[i].word) <= rank(word))
			last = item->stmts[i].end - 1;
	return last;
}

static void insert_statement(struct edits *edits, const struct ike_item *item, uint32_t open,
			     uint32_t last, uint32_t close, enum ike_word word, const char *value,
			     enum label_style style)
{
	struct strbuf text = STRBUF_INIT;

	ike_format_statement(&text, word, value, style);
	edit_insert_item(edits, item->doc, open, last, close, text.buf);
	strbuf_release(&text);
}

void ike_insert_label(struct edits *edits, const struct ike_item *rule, const char *label,
		      enum label_style style)
{
	insert_statement(edits, rule, rule->open, rule->open, rule->close, IKE_LABEL, label, style);
}

void ike_edit_values(struct edits *edits, const struct ike_item *rule, enum ike_word word,
		     const char *const *values, size_t count)
{
	uint32_t last = place_for(rule, word);
	size_t i, used = 0;

	for (i = 0; i < rule->nstmts; i++) {
		const struct ike_stmt *s = &rule->stmts[i];

		if (s->word != word)
			continue;
		if (used < count)
			ike_edit_value(edits, rule->doc, s, values[used]);
		else
			edit_remove(edits, rule->doc, s->tok, s->end);
		used++;
	}
	/* The missing ones behind the parameter after which they belong, each as an item of its
	 * own. */
	for (i = used; i < count; i++)
		insert_statement(edits, rule, rule->open, last, rule->close, word, values[i],
				 LABEL_QUOTED);
}

void ike_edit_part(struct edits *edits, const struct ike_item *item, size_t xform,
		   enum ike_word word, const char *value)
{
	const struct ike_xform *x = &item->xforms[xform];
	const struct ike_stmt *s = ike_xform_find(item, x, word);

	if (s != NULL && value != NULL) {
		ike_edit_value(edits, item->doc, s, value);
	} else if (s != NULL && value == NULL) {
		edit_remove(edits, item->doc, s->tok, s->end);
	} else if (s == NULL && value != NULL) {
		uint32_t last =
			x->count > 0 ? item->inner[x->first + x->count - 1].end - 1 : x->open;

		insert_statement(edits, item, x->open, last, x->close, word, value, LABEL_QUOTED);
	}
}

#define BOM "\xef\xbb\xbf"

/*
 * The byte where a new global goes: behind the line of the last one before the first rule, or
 * before that rule's line. *BREAKS: the rule begins on that same line, which has to be broken.
 */
static uint32_t place_for_global(const struct doc *doc, bool *breaks)
{
	uint32_t behind = UINT32_MAX, rule = UINT32_MAX, end;
	size_t i;

	for (i = 0; i < doc->nentries && rule == UINT32_MAX; i++) {
		const struct entry *e = &doc->entries[i];
		struct span at = doc_span(doc, e->tok, e->end);

		if (e->kind == IKE_ENTRY_RULE)
			rule = at.off;
		else if (e->kind == IKE_ENTRY_GLOBAL)
			behind = at.off + at.len;
	}
	*breaks = false;
	if (behind == UINT32_MAX && rule == UINT32_MAX)
		return (uint32_t)doc->blob.len;
	if (behind == UINT32_MAX) {
		end = doc_line(doc, rule).off;
		return end == 0 && doc->blob.len >= 3 && memcmp(doc->blob.data, BOM, 3) == 0 ? 3
											     : end;
	}
	end = edit_next_line(doc, behind - 1);
	*breaks = end > rule;
	return *breaks ? behind : end;
}

void ike_insert_global_text(struct edits *edits, const struct doc *doc, const char *text,
			    size_t len)
{
	const char *eol = edit_line_end(doc);
	struct strbuf sb = STRBUF_INIT;
	bool breaks;
	struct span at = { place_for_global(doc, &breaks), 0 };

	if (breaks)
		while (strchr(" \t", doc->blob.data[at.off + at.len]) != NULL)
			at.len++;
	if (breaks || (at.off == doc->blob.len && at.off > 0 && doc->blob.data[at.off - 1] != '\n'))
		strbuf_addstr(&sb, eol);
	strbuf_add(&sb, text, len);
	strbuf_addstr(&sb, eol);
	edits_add(edits, doc, at, sb.buf, sb.len);
	strbuf_release(&sb);
}

void ike_insert_global(struct edits *edits, const struct doc *doc, enum ike_word word,
		       const char *value)
{
	struct strbuf text = STRBUF_INIT;

	ike_format_statement(&text, word, value, LABEL_QUOTED);
	ike_insert_global_text(edits, doc, text.buf, text.len);
	strbuf_release(&text);
}
