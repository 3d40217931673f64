#include "config.h"

#include "change/rule_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/change_private.h"
#include "change/force.h"
#include "change/verify.h"

/* Reads a rule; false where it is not MDM's, or nothing is shared out. */
static bool read_mdm(struct change *change, size_t number, struct ike_item *item)
{
	const struct host *host = change_host(change);
	uint32_t index;

	if (!change_profile(change)->coexistence || host->single)
		return false;
	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], item, NULL);
	return ike_index_label(item, &index);
}

static bool is_preshared(const struct host *host, const struct ike_item *rule)
{
	return (ike_effective(rule, &host->globals)->methods & IKE_METHOD_PRESHARED) != 0;
}

/* Whether it is certain that the rule needs a key and has none. */
static bool lacks_key(struct host *host, const struct ike_item *rule)
{
	const struct host_file *file = &host->files[LOCATION_PRESHARED];
	size_t i;

	if (!is_preshared(host, rule) || (file->doc == NULL && file->info.state != FILE_MISSING))
		return false;
	for (i = 0; i < rule->naddresses; i++)
		if (rule->addresses[i].range.family == IP_NONE)
			return false;
	return pairs_key_of_rule(host_pairs(host), rule) == SIZE_MAX;
}

void rule_keys_init(struct rule_keys *keys, struct change *change, size_t number)
{
	struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf label = STRBUF_INIT;

	*keys = (struct rule_keys){ .count = host->nkeys };
	if (read_mdm(change, number, &item)) {
		struct pairs_use use;

		ike_unquote(item.doc, ike_find(&item, IKE_LABEL), &label);
		keys->lacked = lacks_key(host, &item);
		pairs_use_init(&use, host->nkeys);
		if (is_preshared(host, &item) && pairs_use_rule(host_pairs(host), &use, &item)) {
			keys->used = xcalloc(host->nkeys, sizeof *keys->used);
			memcpy(keys->used, use.used, host->nkeys * sizeof *keys->used);
		}
		pairs_use_release(&use);
	}
	keys->label = strbuf_detach(&label, NULL);
	ike_item_release(&item);
}

void rule_keys_release(struct rule_keys *keys)
{
	free(keys->label);
	free(keys->used);
	*keys = (struct rule_keys){ 0 };
}

/* Marks the keys that all the rules use as they are now. */
static void mark_used(struct host *host, struct pairs_use *use)
{
	struct ike_item item = IKE_ITEM_INIT;
	size_t i;

	for (i = 0; i < host->nrules; i++) {
		ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[i], &item, NULL);
		if (is_preshared(host, &item))
			pairs_use_rule(host_pairs(host), use, &item);
	}
	ike_item_release(&item);
}

static void remove_key(struct change *change, size_t number, const char *label, struct edits *edits)
{
	const struct host *host = change_host(change);
	const struct doc *doc = host_doc(host, LOCATION_PRESHARED);
	const struct entry *e = &doc->entries[host->keys[number]];
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct strbuf local = STRBUF_INIT, remote = STRBUF_INIT;

	preshared_read(doc, host->keys[number], &item, NULL);
	ip_range_print(&local, &item.local.range);
	ip_range_print(&remote, &item.remote.range);
	change_add_note(change,
			_("the key for %s and %s was removed: rule '%s' alone used it (COEX-R11)"),
			local.buf, remote.buf, label);
	edit_remove(edits, doc, e->tok, e->end);
	strbuf_release(&local);
	strbuf_release(&remote);
	preshared_item_release(&item);
}

bool rule_keys_leave(struct change *change, const struct rule_keys *keys, struct error *err)
{
	struct host *host = change_host(change);
	struct shape before = verify_shape(change, LOCATION_PRESHARED);
	struct error ignored = ERROR_INIT;
	struct edits edits = { 0 };
	struct pairs_use use;
	int removed = 0;
	bool may;
	size_t i;

	may = keys->used != NULL && !change_is_overridden(change, "COEX-R11") &&
	      force_allows_file(change, LOCATION_PRESHARED, "", &ignored);
	error_clear(&ignored);
	if (!may)
		return true;
	pairs_use_init(&use, host->nkeys);
	mark_used(host, &use);
	for (i = 0; i < keys->count; i++) {
		if (!keys->used[i] || use.used[i])
			continue;
		remove_key(change, i, keys->label, &edits);
		removed++;
	}
	pairs_use_release(&use);
	change_apply(change, LOCATION_PRESHARED, &edits);
	return verify_count(change, LOCATION_PRESHARED, before, -removed, err);
}

void rule_require_key(struct change *change, size_t number)
{
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf label = STRBUF_INIT;

	if (read_mdm(change, number, &item)) {
		ike_unquote(item.doc, ike_find(&item, IKE_LABEL), &label);
		change_require_key(change, label.buf);
	}
	strbuf_release(&label);
	ike_item_release(&item);
}

void change_require_key(struct change *change, const char *label)
{
	struct step *step = &change->making;

	VEC_PUSH(step->rules, step->nrules, step->rules_cap, xstrdup(label));
}

bool change_requires_key(const struct change *change, const char *label)
{
	size_t i, k;

	for (i = change->nwritten; i < change->ndone; i++)
		for (k = 0; k < change->steps[i].nrules; k++)
			if (strcmp(change->steps[i].rules[k], label) == 0)
				return true;
	return false;
}

/* Whether the rule with this label is MDM's, and needs a key that is not there. */
static bool is_unfinished(struct change *change, const char *label)
{
	struct host *host = change_host(change);
	size_t number = host_find_rule(host, label);
	struct ike_item item = IKE_ITEM_INIT;
	bool lacks = false;

	if (number < host->nrules && read_mdm(change, number, &item))
		lacks = lacks_key(host, &item);
	ike_item_release(&item);
	return lacks;
}

bool change_may_save(struct change *change, struct error *err)
{
	size_t i, k;

	/* Admin is told of it as of any new error. */
	for (i = change->nwritten; i < change->ndone && change->role != ROLE_ADMIN; i++) {
		const struct step *step = &change->steps[i];

		for (k = 0; k < step->nrules; k++)
			if (is_unfinished(change, step->rules[k]))
				return error_set(
					err, ERROR_REFUSED,
					_("rule '%s': refused by COEX-R11: the role %s finishes no rule with preshared keys without its key in ike.preshared; add the key first (ikeconsole psk add)"),
					step->rules[k], role_name(change->role));
	}
	return true;
}
