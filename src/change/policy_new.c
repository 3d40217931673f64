/* New policies of ipsecinit.conf, and new alternatives: how they are laid out. */
#include "config.h"

#include <string.h>

#include "change/policy_text.h"

const struct policy_layout policy_usual_layout = {
	.indent = "", .inner = { "", "" }, .before_word = " ", .before_open = " "
};

static void add_pair(struct strbuf *sb, const char *name, const char *value, bool first)
{
	strbuf_addf(sb, "%s%s ", first ? "" : " ", name);
	strbuf_addstr(sb, value);
}

void policy_text_alternative(const struct policy_wanted_alternative *a,
			     const struct policy_layout *layout, struct strbuf *sb)
{
	bool any = false;
	size_t i;

	strbuf_addf(sb, "%s%s{", a->action.text, layout->before_open);
	for (i = 0; i < policy_property_count; i++) {
		const char *value = a->properties[POLICY_PROPERTY(policy_property_order[i])].text;

		if (value == NULL || value[0] == '\0')
			continue;
		if (!any)
			strbuf_addstr(sb, layout->inner[1]);
		add_pair(sb, policy_words[policy_property_order[i]].name, value, !any);
		any = true;
	}
	strbuf_addf(sb, "%s}", any ? layout->inner[1] : "");
}

/* The blank between two tokens that stand on one line. */
static const char *gap(const struct doc *doc, uint32_t tok)
{
	const struct token *t = &doc->tokens[tok];

	return t->off + t->len == t[1].off ? "" : " ";
}

static struct policy_layout layout_of(const struct doc *doc, uint32_t model)
{
	const struct entry *e = &doc->entries[model];
	struct span all = doc_span(doc, e->tok, e->end), indent = edit_indent(doc, all.off);
	struct policy_layout layout = policy_usual_layout;
	struct policy_item item = POLICY_ITEM_INIT;
	const struct policy_alternative *a;

	policy_read(doc, model, &item, NULL);
	a = item.alternatives;
	if (e->flags == 0 && memchr(doc->blob.data + all.off, '\n', all.len) == NULL &&
	    a->action == item.close + 1 && a->open == a->action + 1) {
		layout.indent = doc->blob.data + indent.off;
		layout.indent_len = indent.off + indent.len == all.off ? (int)indent.len : 0;
		layout.inner[0] = gap(doc, item.open);
		layout.inner[1] = gap(doc, a->open);
		layout.before_word = gap(doc, item.close);
		layout.before_open = gap(doc, a->action);
	}
	policy_item_release(&item);
	return layout;
}

void policy_text_new(const struct doc *doc, uint32_t model, const struct policy_wanted *wanted,
		     struct strbuf *sb)
{
	struct policy_layout layout =
		model != UINT32_MAX ? layout_of(doc, model) : policy_usual_layout;
	bool any = false;
	size_t i;

	strbuf_add(sb, layout.indent, (size_t)layout.indent_len);
	strbuf_addch(sb, '{');
	for (i = 0; i < policy_pattern_count; i++) {
		const struct policy_value *value = &wanted->pattern[policy_pattern_order[i]];

		if (value->text == NULL || value->text[0] == '\0')
			continue;
		if (!any)
			strbuf_addstr(sb, layout.inner[0]);
		add_pair(sb, policy_words[value->spelt].name, value->text, !any);
		any = true;
	}
	strbuf_addf(sb, "%s}%s", any ? layout.inner[0] : "", layout.before_word);
	for (i = 0; i < wanted->nalternatives; i++) {
		if (i > 0)
			strbuf_addstr(sb, " or ");
		policy_text_alternative(&wanted->alternatives[i], &layout, sb);
	}
}
