/* Repairs of ike/config: statements that stand in the wrong place, twice, or not at all. */
#include "config.h"

#include "lint/repairs.h"

#include <string.h>

#include "formats/ike_config/text.h"
#include "lint/lint_internal.h"

/* How many rules before and behind one are looked at for how labels are written here. */
#define NEIGHBOURS 16

/* Reads what a finding is in: its rule, or the file level. */
static void read_item(const struct lint *lint, const struct finding *finding, struct ike_item *item)
{
	const struct doc *doc = lint_doc(lint, finding);

	if (finding->entry != FINDING_NOWHERE &&
	    doc->entries[finding->entry].kind == IKE_ENTRY_RULE)
		ike_read_rule(doc, finding->entry, item, NULL);
	else
		ike_read_globals(doc, item, NULL);
}

/* The statement that begins at byte OFF, in the item or in one of its transforms; or NULL. */
static const struct ike_stmt *stmt_at(const struct ike_item *item, uint32_t off)
{
	size_t i;

	for (i = 0; i < item->nstmts; i++)
		if (item->doc->tokens[item->stmts[i].tok].off == off)
			return &item->stmts[i];
	for (i = 0; i < item->ninner; i++)
		if (item->doc->tokens[item->inner[i].tok].off == off)
			return &item->inner[i];
	return NULL;
}

static bool same_text(const struct doc *doc, const struct ike_stmt *a, const struct ike_stmt *b)
{
	uint32_t i;

	if (a->end - a->tok != b->end - b->tok)
		return false;
	for (i = 0; i < a->end - a->tok; i++)
		if (doc->tokens[a->tok + i].len != doc->tokens[b->tok + i].len ||
		    memcmp(doc_text(doc, a->tok + i), doc_text(doc, b->tok + i),
			   doc->tokens[a->tok + i].len) != 0)
			return false;
	return true;
}

/* Of two that are not the same somebody has to say which one is meant. */
bool repair_repeated(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	struct ike_item item = IKE_ITEM_INIT;
	const struct ike_stmt *first, *second;

	read_item(lint, finding, &item);
	first = stmt_at(&item, finding->b);
	second = stmt_at(&item, finding->at.off);
	if (first != NULL && second != NULL && same_text(item.doc, first, second))
		edit_remove(&repair->edits, item.doc, second->tok, second->end);
	ike_item_release(&item);
	return repair->edits.count > 0;
}

/* Moves it with the comment behind it, as it stands there. */
bool repair_global_place(const struct lint *lint, const struct finding *finding,
			 struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	size_t entry = doc_entry_at(doc, finding->at.off);
	uint32_t end = finding->at.off + finding->at.len, stop;
	const struct span *gone;

	edit_remove(&repair->edits, doc, doc->entries[entry].tok, doc->entries[entry].end);
	gone = &repair->edits.items[0].at;
	stop = gone->off + gone->len;
	while (stop > end && strchr(" \t\r\n", doc->blob.data[stop - 1]) != NULL)
		stop--;
	ike_insert_global_text(&repair->edits, doc, doc->blob.data + finding->at.off,
			       (stop > end ? stop : end) - finding->at.off);
	return true;
}

/* How a label is written near a rule; where none is, as the profile has it. */
static enum label_style label_style(const struct lint *lint, uint32_t entry)
{
	const struct host *host = lint->host;
	const char *quoted = profile_get(lint->profile, "rules.label.quoted");
	size_t rule = host_rule_of_entry(host, entry), i;
	struct ike_item item = IKE_ITEM_INIT;
	enum label_style style =
		quoted != NULL && strcmp(quoted, "no") == 0 ? LABEL_BARE : LABEL_QUOTED;

	for (i = 0; i < 2 * (size_t)NEIGHBOURS; i++) {
		/* The one before, the one behind, the second one before ... */
		size_t away = i / 2 + 1, other = i % 2 == 0 ? rule - away : rule + away;
		const struct ike_stmt *s;

		if (other >= host->nrules)
			continue;
		ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[other], &item, NULL);
		s = ike_find(&item, IKE_LABEL);
		if (s == NULL || !s->good)
			continue;
		style = item.doc->tokens[s->arg].kind == TOKEN_STRING ? LABEL_QUOTED : LABEL_BARE;
		break;
	}
	ike_item_release(&item);
	return style;
}

/* The next INDEXID, for a rule without a label or with an empty one. */
bool repair_label(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf label = STRBUF_INIT;
	const struct ike_stmt *s;

	read_item(lint, finding, &item);
	repair->label =
		repair->next_label != 0 ? repair->next_label : host_unused_label(lint->host);
	strbuf_addf(&label, "INDEXID_%u", repair->label);
	s = ike_find(&item, IKE_LABEL);
	if (s == NULL)
		ike_insert_label(&repair->edits, &item, label.buf,
				 label_style(lint, finding->entry));
	else if (!s->good && s->end > s->arg)
		ike_edit_value(&repair->edits, item.doc, s, label.buf);
	strbuf_release(&label);
	ike_item_release(&item);
	return repair->edits.count > 0;
}

/* The number behind the keyword at a finding, which the reader has not read since the keyword may
 * not stand there: the statement, or false. */
static bool misplaced_number(const struct doc *doc, struct span at, struct ike_stmt *s)
{
	size_t entry = doc_entry_at(doc, at.off);
	const struct entry *e = &doc->entries[entry];

	s->tok = e->tok;
	while (s->tok < e->end && doc->tokens[s->tok].off < at.off)
		s->tok++;
	s->arg = s->tok + 1;
	s->end = s->tok + 2;
	return s->end <= e->end &&
	       ike_parse_number(doc_text(doc, s->arg), doc->tokens[s->arg].len, &s->value) == 0;
}

/* Into the rule's one transform; among several somebody has to choose. */
bool repair_lifetime_place(const struct lint *lint, const struct finding *finding,
			   struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct ike_item item = IKE_ITEM_INIT;
	const struct ike_stmt *there;
	struct ike_stmt s;

	read_item(lint, finding, &item);
	if (item.nxforms == 1 && item.xforms[0].close != 0 &&
	    misplaced_number(doc, finding->at, &s)) {
		there = ike_xform_find(&item, &item.xforms[0], IKE_P1_LIFETIME_SECS);
		if (there == NULL || (there->good && there->value == s.value))
			edit_remove(&repair->edits, doc, s.tok, s.end);
		if (there == NULL) {
			struct strbuf value = STRBUF_INIT;

			ike_raw_value(doc, &s, &value);
			ike_edit_part(&repair->edits, &item, 0, IKE_P1_LIFETIME_SECS, value.buf);
			strbuf_release(&value);
		}
	}
	ike_item_release(&item);
	return repair->edits.count > 0;
}

/* To the file level, unless there is another value already. */
bool repair_nonce_place(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const struct ike_stmt *global = ike_find(&lint->host->globals, finding->word);
	struct strbuf value = STRBUF_INIT;
	struct ike_stmt s;

	if (!misplaced_number(doc, finding->at, &s) ||
	    (global != NULL && (!global->good || global->value != s.value)))
		return false;
	edit_remove(&repair->edits, doc, s.tok, s.end);
	if (global == NULL) {
		ike_raw_value(doc, &s, &value);
		ike_insert_global(&repair->edits, doc, finding->word, value.buf);
		strbuf_release(&value);
	}
	return true;
}

/* Where the rule names certificates too, its method may be what is wrong with it. */
bool repair_preshared_id_type(const struct lint *lint, const struct finding *finding,
			      struct repair *repair)
{
	struct ike_item item = IKE_ITEM_INIT;

	read_item(lint, finding, &item);
	if (ike_find(&item, IKE_LOCAL_ID) == NULL && ike_find(&item, IKE_REMOTE_ID) == NULL)
		ike_edit_value(&repair->edits, item.doc, ike_find(&item, IKE_LOCAL_ID_TYPE),
			       ike_words[IKE_ID_IP].name);
	ike_item_release(&item);
	return repair->edits.count > 0;
}
