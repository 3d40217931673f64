#include "config.h"

#include "change/restore_may.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/force.h"
#include "change/policy_manual.h"
#include "change/repair_may.h"

/* Whether one of the edits touches bytes of the entry. */
static bool touches(const struct edits *edits, const struct doc *doc, const struct entry *entry)
{
	struct span at = doc_span(doc, entry->tok, entry->end);
	size_t i;

	for (i = 0; i < edits->count; i++) {
		struct span edit = edits->items[i].at;

		if (edit.off < at.off + at.len && edit.off + edit.len > at.off)
			return true;
		if (edit.len == 0 && edit.off > at.off && edit.off < at.off + at.len)
			return true;
	}
	return false;
}

/* FILE-6: policies of manual keys are MDM's. */
static bool may_edit_policies(struct change *change, const struct doc *doc,
			      const struct edits *edits, const char *what, struct error *err)
{
	struct policy_item item = POLICY_ITEM_INIT;
	bool good = true;
	size_t i;

	for (i = 0; good && i < doc->nentries; i++) {
		if (doc->entries[i].kind != POLICY_ENTRY_POLICY ||
		    !touches(edits, doc, &doc->entries[i]))
			continue;
		policy_read(doc, (uint32_t)i, &item, NULL);
		if (policy_has_manual_keys(change_host(change), &item))
			good = force_allows(change, "files", "manual_policies", "FILE-6", what,
					    err);
	}
	policy_item_release(&item);
	return good;
}

bool restore_may_edit(struct change *change, enum location location, const struct doc *old,
		      const struct edits *edits, const struct doc *new, const struct edits *undo,
		      const char *what, struct error *err)
{
	if (location == LOCATION_IKE_CONFIG)
		return edits_may(change, old, edits, what, err) &&
		       edits_may(change, new, undo, what, err);
	if (!force_allows_file(change, location, what, err))
		return false;
	if (location != LOCATION_IPSECINIT || change_role(change) == ROLE_ADMIN)
		return true;
	return may_edit_policies(change, old, edits, what, err) &&
	       may_edit_policies(change, new, undo, what, err);
}

bool restore_may_access(struct change *change, uint32_t number, const struct access *access,
			const char *what, struct error *err)
{
	struct host *host = change_host(change);
	const struct file_info *info = host_info(host, number);
	bool owner = info->uid != access->uid || info->gid != access->gid;
	uid_t self = geteuid();

	if (!force_allows_file(change, host_location(host, number), what, err))
		return false;
	if (self == 0 || (!owner && info->uid == self))
		return true;
	return error_set(err, ERROR_REFUSED,
			 owner ? _("'%s': only root may give it another owner; run this as root")
			       : _("'%s' is somebody else's; run this as root"),
			 host_name(host, number));
}

void restore_force(struct change *change, const struct edits *undo)
{
	const struct host *host = change_host(change);
	const struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);
	size_t *rules = NULL, count = 0, cap = 0, i;

	for (i = 0; i < host->nrules; i++)
		if (touches(undo, doc, &doc->entries[host->rules[i]]))
			VEC_PUSH(rules, count, cap, i);
	force_rules(change, rules, count);
	free(rules);
	force_globals(change);
}
