#include "config.h"

#include "change/policy_text.h"

#include <string.h>

#include "base/xalloc.h"

/* What a group in braces has, and what is wanted of it: words in the order of writing. */
struct group {
	const struct doc *doc;
	uint32_t open, close; /* CLOSE is 0 where it is missing */
	const struct policy_stmt *stmts;
	size_t count;
	const uint8_t *order;
	const struct policy_value *wanted[POLICY_KEYWORD_COUNT]; /* by place in ORDER */
	const struct policy_stmt *first[POLICY_KEYWORD_COUNT];   /* the one that counts */
	size_t nwords;
};

static struct group pattern_group(const struct policy_item *item,
				  const struct policy_wanted *wanted)
{
	struct group g = { .doc = item->doc,
			   .open = item->open,
			   .close = item->close,
			   .stmts = item->stmts,
			   .count = item->nstmts,
			   .order = policy_pattern_order,
			   .nwords = policy_pattern_count };
	size_t i;

	for (i = 0; i < g.nwords; i++) {
		g.wanted[i] = &wanted->pattern[g.order[i]];
		g.first[i] = policy_find(item, (enum policy_word)g.order[i]);
	}
	return g;
}

static struct group property_group(const struct policy_item *item,
				   const struct policy_alternative *a,
				   const struct policy_wanted_alternative *wanted)
{
	struct group g = { .doc = item->doc,
			   .open = a->open,
			   .close = a->close,
			   .stmts = policy_properties(item, a),
			   .count = a->count,
			   .order = policy_property_order,
			   .nwords = policy_property_count };
	size_t i;

	for (i = 0; i < g.nwords; i++) {
		g.wanted[i] = &wanted->properties[POLICY_PROPERTY(g.order[i])];
		g.first[i] = policy_find_property(item, a, (enum policy_word)g.order[i]);
	}
	return g;
}

/* The place of a word in the order. */
static size_t rank(const struct group *g, unsigned keyword)
{
	size_t i;

	for (i = 0; i < g->nwords; i++)
		if (g->order[i] == keyword)
			break;
	return i;
}

/* Whether the statement goes: it is to be taken out, or is one too many for its new value. */
static bool goes(const struct group *g, const struct policy_stmt *s)
{
	const struct policy_value *value = g->wanted[rank(g, s->keyword)];

	return value->text != NULL &&
	       (value->text[0] == '\0' || s != g->first[rank(g, s->keyword)]);
}

static void replace_value(struct edits *edits, const struct group *g, const struct policy_stmt *s)
{
	const char *value = g->wanted[rank(g, s->keyword)]->text;
	struct span at = doc_span(g->doc, s->arg, s->end);
	struct strbuf text = STRBUF_INIT;

	if (s->end == s->arg) { /* a keyword without a value */
		at = doc_span(g->doc, s->tok, s->tok + 1);
		at = (struct span){ at.off + at.len, 0 };
		strbuf_addch(&text, ' ');
	}
	strbuf_addstr(&text, value);
	if (text.len != at.len || memcmp(text.buf, g->doc->blob.data + at.off, at.len) != 0)
		edits_add(edits, g->doc, at, text.buf, text.len);
	strbuf_release(&text);
}

static bool begins_line(const struct doc *doc, uint32_t tok)
{
	struct span indent = edit_indent(doc, doc->tokens[tok].off);

	return indent.off + indent.len == doc->tokens[tok].off;
}

/* Removes the tokens TOK to END - 1 of a group. Before its } the blanks in front of them go. */
static void remove_run(struct edits *edits, const struct group *g, uint32_t tok, uint32_t end)
{
	struct span at = doc_span(g->doc, tok, end);
	const char *bytes = g->doc->blob.data;

	if (end != g->close || begins_line(g->doc, tok) || begins_line(g->doc, end)) {
		edit_remove(edits, g->doc, tok, end);
		return;
	}
	while (bytes[at.off - 1] == ' ' || bytes[at.off - 1] == '\t') {
		at.off--;
		at.len++;
	}
	edits_add(edits, g->doc, at, NULL, 0);
}

static void edit_values(struct edits *edits, const struct group *g)
{
	size_t i, k;

	for (i = 0; i < g->count; i = k) {
		uint32_t end = g->stmts[i].end;

		k = i + 1;
		if (!goes(g, &g->stmts[i])) {
			if (g->wanted[rank(g, g->stmts[i].keyword)]->text != NULL)
				replace_value(edits, g, &g->stmts[i]);
			continue;
		}
		/* Neighbours on a line go together, with the blanks between them. */
		while (k < g->count && g->stmts[k].tok == end && goes(g, &g->stmts[k]) &&
		       !begins_line(g->doc, end))
			end = g->stmts[k++].end;
		remove_run(edits, g, g->stmts[i].tok, end);
	}
}

/* Whether a token of the group stays, or one is there that is no statement. */
static bool is_emptied(const struct group *g)
{
	uint32_t tok = g->open + 1;
	size_t i;

	for (i = 0; i < g->count && g->stmts[i].tok == tok && goes(g, &g->stmts[i]); i++)
		tok = g->stmts[i].end;
	return tok == g->close || tok == g->doc->ntokens;
}

/* The last token of the statement behind which the word of this place goes; the { where there is
 * none. */
static uint32_t anchor(const struct group *g, size_t place)
{
	uint32_t last = g->open;
	size_t i;

	for (i = 0; i < g->count; i++)
		if (rank(g, g->stmts[i].keyword) <= place && !goes(g, &g->stmts[i]))
			last = g->stmts[i].end - 1;
	return last;
}

static const char *word_name(const struct group *g, size_t place)
{
	const struct policy_value *value = g->wanted[place];

	return policy_words[value->spelt != 0 ? value->spelt : g->order[place]].name;
}

static void insert_value(struct edits *edits, const struct group *g, size_t place, bool *begun)
{
	uint32_t last = anchor(g, place);
	uint32_t off = g->doc->tokens[last].off + g->doc->tokens[last].len;
	char next = g->doc->blob.data[off];
	bool blank = next == ' ' || next == '\t' || next == '\n' || next == '\r', before = true,
	     behind = false;
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%s %s", word_name(g, place), g->wanted[place]->text);
	if (g->close != 0 && begins_line(g->doc, g->close)) {
		edit_insert_item(edits, g->doc, g->open, last, g->close, text.buf);
		strbuf_release(&text);
		return;
	}
	if (last == g->open) {
		/* {laddr ...: nothing between the brace and the first word */
		before = blank || (is_emptied(g) && *begun);
		behind = !blank && !is_emptied(g);
		*begun = true;
	}
	strbuf_clear(&text);
	strbuf_addf(&text, "%s%s ", before ? " " : "", word_name(g, place));
	strbuf_addf(&text, "%s%s", g->wanted[place]->text, behind ? " " : "");
	edits_add(edits, g->doc, (struct span){ off, 0 }, text.buf, text.len);
	strbuf_release(&text);
}

static void edit_group(struct edits *edits, const struct group *g)
{
	bool begun = false;
	size_t i;

	edit_values(edits, g);
	for (i = 0; i < g->nwords; i++) {
		const char *value = g->wanted[i]->text;

		if (value != NULL && value[0] != '\0' && g->first[i] == NULL)
			insert_value(edits, g, i, &begun);
	}
}

/* An alternative that goes takes its or along; of the first one, the or behind it. */
static void drop_alternatives(struct edits *edits, const struct policy_item *item,
			      const struct policy_wanted *wanted)
{
	const struct policy_alternative *all = item->alternatives;
	size_t i, k;

	for (i = 0; i < item->nalternatives; i = k) {
		k = i + 1;
		if (!policy_is_dropped(wanted, i))
			continue;
		while (k < item->nalternatives && policy_is_dropped(wanted, k))
			k++;
		if (i > 0) {
			edit_remove(edits, item->doc, all[i - 1].close + 1, all[k - 1].close + 1);
		} else {
			uint32_t from = item->doc->tokens[all[0].action].off,
				 stop = item->doc->tokens[all[k].action].off;

			edits_add(edits, item->doc, (struct span){ from, stop - from }, NULL, 0);
		}
	}
}

static void edit_alternatives(struct edits *edits, const struct policy_item *item,
			      const struct policy_wanted *wanted)
{
	const struct doc *doc = item->doc;
	uint32_t last = 0;
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; i < item->nalternatives; i++) {
		const struct policy_alternative *a = &item->alternatives[i];
		const struct policy_wanted_alternative *w = policy_wanted_of(wanted, i);
		struct group group = property_group(item, a, w);
		const char *action = w->action.text;

		if (policy_is_dropped(wanted, i))
			continue;
		last = a->close;
		if (a->open != 0)
			edit_group(edits, &group);
		if (action != NULL && a->action != 0 &&
		    (strlen(action) != doc->tokens[a->action].len ||
		     memcmp(action, doc_text(doc, a->action), strlen(action)) != 0))
			edits_add(edits, doc, doc_span(doc, a->action, a->action + 1), action,
				  strlen(action));
	}
	for (; i < wanted->nalternatives; i++) {
		strbuf_addstr(&text, " or ");
		policy_text_alternative(&wanted->alternatives[i], &policy_usual_layout, &text);
	}
	if (text.len > 0)
		edits_add(edits, doc,
			  (struct span){ doc->tokens[last].off + doc->tokens[last].len, 0 },
			  text.buf, text.len);
	strbuf_release(&text);
}

void policy_text_edit(struct edits *edits, const struct policy_item *item,
		      const struct policy_wanted *wanted)
{
	struct group pattern = pattern_group(item, wanted);

	edit_group(edits, &pattern);
	edit_alternatives(edits, item, wanted);
	drop_alternatives(edits, item, wanted);
}
