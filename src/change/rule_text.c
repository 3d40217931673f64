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

void rule_set_values(struct change *change, size_t number, enum ike_word word,
		     const char *const *values, size_t count)
{
	struct ike_item item = IKE_ITEM_INIT;
	struct edits edits = { 0 };

	ike_read_rule(config(change), change_host(change)->rules[number], &item, NULL);
	ike_edit_values(&edits, &item, word, values, count);
	change_apply(change, LOCATION_IKE_CONFIG, &edits);
	ike_item_release(&item);
}

void rule_set_part(struct change *change, size_t number, size_t xform, enum ike_word word,
		   const char *value)
{
	struct ike_item item = IKE_ITEM_INIT;
	struct edits edits = { 0 };

	ike_read_rule(config(change), change_host(change)->rules[number], &item, NULL);
	ike_edit_part(&edits, &item, xform, word, value);
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
	ike_format_statement(sb, IKE_LABEL, rule->label, style);
	for (i = 0; i < rule->nparams; i++) {
		strbuf_addf(sb, "\n%s", indent.buf);
		ike_format_statement(sb, rule->params[i].word, rule->params[i].value, style);
	}
	for (i = 0; i < rule->nparts; i++) {
		bool first = i == 0 || rule->parts[i].xform != rule->parts[i - 1].xform;
		bool last =
			i + 1 == rule->nparts || rule->parts[i].xform != rule->parts[i + 1].xform;

		if (first)
			strbuf_addf(sb, "\n%sp1_xform {", indent.buf);
		strbuf_addch(sb, ' ');
		ike_format_statement(sb, rule->parts[i].word, rule->parts[i].value, style);
		if (last)
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
