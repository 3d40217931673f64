#include "config.h"

#include "change/rule_text.h"

#include <string.h>

#include "base/xalloc.h"

static const struct doc *config(struct change *change)
{
	return host_doc(change_host(change), LOCATION_IKE_CONFIG);
}

/*
 * The rule that a new one called LABEL is laid out like: the last one of its family, MDM's or
 * foreign, else the last one; nrules where there is none.
 */
static size_t find_model(struct change *change, const char *label)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	size_t i, model = host->nrules;
	bool mdm = ike_is_index_label(label, strlen(label), NULL);

	for (i = host->nrules; i-- > 0 && model == host->nrules;) {
		uint32_t number;

		ike_read_rule(config(change), host->rules[i], &item, NULL);
		if (ike_index_label(&item, &number) == mdm)
			model = i;
	}
	ike_item_release(&item);
	if (model == host->nrules && model > 0)
		model--;
	return model;
}

/* How the label of the rule MODEL is written; where it has none, as the profile has it. */
static enum label_style label_style(struct change *change, size_t model)
{
	const struct host *host = change_host(change);
	const char *quoted = profile_get(change_profile(change), "rules.label.quoted");
	enum label_style style =
		quoted != NULL && strcmp(quoted, "no") == 0 ? LABEL_BARE : LABEL_QUOTED;
	struct ike_item item = IKE_ITEM_INIT;
	const struct ike_stmt *s = NULL;

	if (model < host->nrules) {
		ike_read_rule(config(change), host->rules[model], &item, NULL);
		s = ike_find(&item, IKE_LABEL);
	}
	if (s != NULL && s->good)
		style = item.doc->tokens[s->arg].kind == TOKEN_STRING ? LABEL_QUOTED : LABEL_BARE;
	ike_item_release(&item);
	return style;
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

static void add_statement(struct strbuf *sb, enum ike_word word, const char *value,
			  enum label_style style)
{
	strbuf_addstr(sb, ike_words[word].name);
	if (ike_words[word].arg == IKE_ARG_NONE)
		return;
	strbuf_addch(sb, ' ');
	value_format(sb, word, value, style);
}

/* Gives a statement another value, or one where it has none. */
static void replace_value(struct edits *edits, const struct doc *doc, const struct ike_stmt *s,
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
	value_format(&text, s->word, value, quoted ? LABEL_QUOTED : LABEL_BARE);
	if (text.len != at.len || memcmp(text.buf, doc->blob.data + at.off, at.len) != 0)
		edits_add(edits, doc, at, text.buf, text.len);
	strbuf_release(&text);
}

/* Puts the missing values behind the parameter after which they belong, each as an item of its own.
 */
static void insert_values(struct edits *edits, const struct ike_item *item, enum ike_word word,
			  const char *const *values, size_t count)
{
	uint32_t last = place_for(item, word);
	size_t i;

	for (i = 0; i < count; i++) {
		struct strbuf text = STRBUF_INIT;

		add_statement(&text, word, values[i], LABEL_QUOTED);
		edit_insert_item(edits, item->doc, item->open, last, item->close, text.buf);
		strbuf_release(&text);
	}
}

void rule_set_values(struct change *change, size_t number, enum ike_word word,
		     const char *const *values, size_t count)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	struct edits edits = { 0 };
	size_t i, used = 0;

	ike_read_rule(config(change), host->rules[number], &item, NULL);
	for (i = 0; i < item.nstmts; i++) {
		const struct ike_stmt *s = &item.stmts[i];

		if (s->word != word)
			continue;
		if (used < count)
			replace_value(&edits, item.doc, s, values[used]);
		else
			edit_remove(&edits, item.doc, s->tok, s->end);
		used++;
	}
	if (used < count)
		insert_values(&edits, &item, word, values + used, count - used);
	change_apply(change, LOCATION_IKE_CONFIG, &edits);
	ike_item_release(&item);
}

void rule_set_part(struct change *change, size_t number, size_t xform, enum ike_word word,
		   const char *value)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	struct edits edits = { 0 };
	const struct ike_xform *x;
	const struct ike_stmt *s;

	ike_read_rule(config(change), host->rules[number], &item, NULL);
	x = &item.xforms[xform];
	s = ike_xform_find(&item, x, word);
	if (s != NULL && value != NULL) {
		replace_value(&edits, item.doc, s, value);
	} else if (s != NULL && value == NULL) {
		edit_remove(&edits, item.doc, s->tok, s->end);
	} else if (s == NULL && value != NULL) {
		struct strbuf text = STRBUF_INIT;
		uint32_t last =
			x->count > 0 ? item.inner[x->first + x->count - 1].end - 1 : x->open;

		add_statement(&text, word, value, LABEL_QUOTED);
		edit_insert_item(&edits, item.doc, x->open, last, x->close, text.buf);
		strbuf_release(&text);
	}
	change_apply(change, LOCATION_IKE_CONFIG, &edits);
	ike_item_release(&item);
}

/* The indentation of the rule's parameters, where its first one stands on a line of its own. */
static bool rule_indent(const struct doc *doc, const struct entry *rule, struct strbuf *indent)
{
	uint32_t tok = rule->tok + 1, off;
	struct span at;

	if (tok >= rule->end)
		return false;
	off = doc->tokens[tok].off;
	at = edit_indent(doc, off);
	if (at.off + at.len != off || doc_line(doc, off).off != at.off)
		return false;
	strbuf_add(indent, doc->blob.data + at.off, at.len);
	return true;
}

/* That of the model, or of the last rule that tells; else a tab. */
static void find_indent(struct change *change, size_t model, struct strbuf *indent)
{
	const struct host *host = change_host(change);
	const struct doc *doc = config(change);
	size_t i;

	if (model < host->nrules && rule_indent(doc, &doc->entries[host->rules[model]], indent))
		return;
	for (i = host->nrules; i-- > 0;)
		if (rule_indent(doc, &doc->entries[host->rules[i]], indent))
			return;
	strbuf_addch(indent, '\t');
}

/* Whether an empty line stands before the model, or behind it where it is the first rule. */
static bool spaced(struct change *change, size_t model)
{
	const struct host *host = change_host(change);
	const struct doc *doc = config(change);
	size_t second = model > 0 ? model : 1;
	const struct entry *a, *b;
	const char *from, *to;

	if (host->nrules < 2)
		return false;
	a = &doc->entries[host->rules[second - 1]];
	b = &doc->entries[host->rules[second]];
	from = doc_text(doc, a->end - 1);
	to = doc_text(doc, b->tok);
	for (; from + 1 < to; from++)
		if (from[0] == '\n' && (from[1] == '\n' || from[1] == '\r'))
			return true;
	return false;
}

static void add_rule_text(struct change *change, const struct new_rule *rule, size_t model,
			  struct strbuf *sb)
{
	enum label_style style = label_style(change, model);
	struct strbuf indent = STRBUF_INIT;
	size_t i;

	find_indent(change, model, &indent);
	strbuf_addf(sb, "{\n%s", indent.buf);
	add_statement(sb, IKE_LABEL, rule->label, style);
	for (i = 0; i < rule->nparams; i++) {
		strbuf_addf(sb, "\n%s", indent.buf);
		add_statement(sb, rule->params[i].word, rule->params[i].value, style);
	}
	if (rule->nparts > 0) {
		strbuf_addf(sb, "\n%sp1_xform {", indent.buf);
		for (i = 0; i < rule->nparts; i++) {
			strbuf_addch(sb, ' ');
			add_statement(sb, rule->parts[i].word, rule->parts[i].value, style);
		}
		strbuf_addstr(sb, " }");
	}
	strbuf_addstr(sb, "\n}");
	strbuf_release(&indent);
}

void rule_append(struct change *change, const struct new_rule *rule)
{
	const struct host *host = change_host(change);
	const struct doc *doc = config(change);
	struct strbuf text = STRBUF_INIT;
	struct edits edits = { 0 };
	uint32_t off = UINT32_MAX;
	size_t model = find_model(change, rule->label);

	if (doc == NULL) {
		/* The file is made by the first thing that is put into it. */
		struct doc *empty = doc_new(&ike_config_format, blob_new(0, false));

		add_rule_text(change, rule, model, &text);
		edit_insert_lines(&edits, empty, UINT32_MAX, text.buf);
		doc_free(empty);
	} else {
		if (spaced(change, model))
			strbuf_addch(&text, '\n');
		add_rule_text(change, rule, model, &text);
		if (host->nrules > 0) {
			const struct entry *last = &doc->entries[host->rules[host->nrules - 1]];

			off = doc->tokens[last->end - 1].off;
		} else if (doc->blob.len > 0) {
			off = (uint32_t)doc->blob.len - 1;
		}
		edit_insert_lines(&edits, doc, off, text.buf);
	}
	change_apply(change, LOCATION_IKE_CONFIG, &edits);
	strbuf_release(&text);
}
