#include "config.h"

#include "change/repair_may.h"

#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "change/force.h"
#include "change/global_text.h"
#include "change/rule_may.h"
#include "lint/check.h"

struct asking {
	struct change *change;
	const char *id;   /* of the finding */
	const char *what; /* "repair A10" */
};

static bool may_change_rule(const struct asking *a, const struct doc *doc, uint32_t entry,
			    struct error *err)
{
	struct ike_item item = IKE_ITEM_INIT;
	uint32_t index;
	bool good;

	ike_read_rule(doc, entry, &item, NULL);
	/* Rewriting the identity of MDM's rules is what SSM has to do with them. */
	if (strcmp(a->id, "COEX-R4") == 0 && ike_index_label(&item, &index))
		good = rule_may_give(a->change, &item, IKE_LOCAL_ID, a->what, err);
	else
		good = rule_may_change(a->change, ike_index_label(&item, &index), a->what, err);
	ike_item_release(&item);
	return good;
}

static bool may_change_entry(const struct asking *a, const struct doc *doc, uint32_t entry,
			     struct error *err)
{
	const struct entry *e = &doc->entries[entry];

	if (e->kind == IKE_ENTRY_RULE)
		return may_change_rule(a, doc, entry, err);
	if (e->kind == IKE_ENTRY_GLOBAL)
		return global_may_change(a->change, e->word, false, err);
	return force_allows(a->change, "globals", "other", "COEX-G6", a->what, err);
}

/* The value that a repair adds a global with. */
static bool may_add_value(const struct asking *a, const struct doc *text, const struct entry *e,
			  struct error *err)
{
	struct span at = doc_span(text, e->tok + 1, e->end);

	return global_may_add(a->change, e->word, text->blob.data + at.off, at.len, a->what, err);
}

/* What comes between entries: globals, or nothing but white space and comments. */
static bool may_insert(const struct asking *a, const struct blob *text, struct error *err)
{
	struct doc *doc = doc_new(&ike_config_format, blob_copy(text->data, text->len, false));
	bool good = doc->nentries > 0 ||
		    force_allows(a->change, "globals", "other", "COEX-G6", a->what, err);
	size_t i;

	for (i = 0; i < doc->nentries && good; i++) {
		const struct entry *e = &doc->entries[i];

		if (e->kind == IKE_ENTRY_GLOBAL)
			good = global_may_change(a->change, e->word, true, err) &&
			       may_add_value(a, doc, e, err);
		else
			good = may_change_entry(a, doc, (uint32_t)i, err);
	}
	doc_free(doc);
	return good;
}

/* Every entry that the edit touches; what it puts within one is that one's. */
static bool may_edit(const struct asking *a, const struct doc *doc, const struct edit *edit,
		     struct error *err)
{
	size_t i = doc_entry_at(doc, edit->at.off);
	uint32_t off = edit->at.off, end = off + edit->at.len;
	bool touched = false;

	for (i = i < doc->nentries ? i : 0; i < doc->nentries; i++) {
		struct span at = doc_span(doc, doc->entries[i].tok, doc->entries[i].end);

		if (at.off >= end)
			break;
		if (at.off + at.len <= off || (end == off && at.off == off))
			continue;
		touched = true;
		if (!may_change_entry(a, doc, (uint32_t)i, err))
			return false;
	}
	return touched || may_insert(a, &edit->text, err);
}

bool edits_may(struct change *change, const struct doc *doc, const struct edits *edits,
	       const char *what, struct error *err)
{
	struct asking asking = { .change = change, .id = "", .what = what };
	size_t i;

	if (!change_profile(change)->coexistence || change_role(change) == ROLE_ADMIN)
		return true;
	for (i = 0; i < edits->count; i++)
		if (!may_edit(&asking, doc, &edits->items[i], err))
			return false;
	return true;
}

static bool may_edit_config(const struct asking *a, const struct repair *repair, struct error *err)
{
	const struct doc *doc = host_doc(change_host(a->change), LOCATION_IKE_CONFIG);
	size_t i;

	if (!change_profile(a->change)->coexistence || change_role(a->change) == ROLE_ADMIN)
		return true;
	for (i = 0; i < repair->edits.count; i++)
		if (!may_edit(a, doc, &repair->edits.items[i], err))
			return false;
	/* With such a label it becomes a rule of MDM. */
	return repair->label == 0 || rule_may_change(a->change, true, a->what, err);
}

/* Modes are the owner's to set, and owners root's. */
static bool has_right(struct host *host, const struct finding *finding, const struct repair *repair,
		      struct error *err)
{
	const struct file_info *info = host_info(host, finding->file);
	uid_t self = geteuid();

	if (self == 0 || (!repair->set_owner && info->uid == self))
		return true;
	return error_set(err, ERROR_REFUSED,
			 repair->set_owner
				 ? _("'%s': only root may give it another owner; run this as root")
				 : _("'%s' is somebody else's; run this as root"),
			 host_name(host, finding->file));
}

bool repair_may(struct change *change, const struct finding *finding, const struct repair *repair,
		struct error *err)
{
	struct host *host = change_host(change);
	struct strbuf what = STRBUF_INIT;
	struct asking asking = { .change = change, .id = checks[finding->check].id };
	bool good = true;

	strbuf_addf(&what, _("repair %s"), asking.id);
	asking.what = what.buf;
	if (finding->file == LOCATION_IKE_CONFIG && repair->edits.count > 0)
		good = may_edit_config(&asking, repair, err);
	else
		good = force_allows_file(change, host_location(host, finding->file), what.buf, err);
	if (good && (repair->set_mode || repair->set_owner))
		good = has_right(host, finding, repair, err);
	strbuf_release(&what);
	return good;
}
