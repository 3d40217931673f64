/* What the role may do, and what the profile forces, in files that somebody else has changed. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/force.h"
#include "change/merge_private.h"
#include "change/policy_manual.h"
#include "change/rule_may.h"

struct judging {
	struct change *change;
	const char *what;
	struct error *err;
	struct units before, after;
	size_t *rules; /* numbers of those that the step has added or edited */
	size_t nrules, rules_cap;
};

/* The item of OTHER with the identity and the rank of UNIT; NULL: it has none. */
static const struct unit *same_item(const struct units *other, const struct unit *unit)
{
	size_t first, count = units_find(other, &unit->key, &first);

	return unit->rank < count ? &other->items[other->order[first + unit->rank]] : NULL;
}

static bool is_mdm(const struct doc *doc, uint32_t entry)
{
	struct ike_item item = IKE_ITEM_INIT;
	uint32_t index;
	bool mdm;

	ike_read_rule(doc, entry, &item, NULL);
	mdm = ike_index_label(&item, &index);
	ike_item_release(&item);
	return mdm;
}

/* The bytes of the keyword's first statement, of a rule. */
static struct span value_of(const struct ike_item *item, enum ike_word word)
{
	const struct ike_stmt *s = ike_find(item, word);

	return s != NULL ? doc_span(item->doc, s->tok, s->end) : (struct span){ 0, 0 };
}

static bool is_equal(const struct ike_item *a, const struct ike_item *b, enum ike_word word)
{
	struct span x = value_of(a, word), y = value_of(b, word);

	return x.len == y.len &&
	       memcmp(a->doc->blob.data + x.off, b->doc->blob.data + y.off, x.len) == 0;
}

/* A rule that the step has edited: each keyword that it has given another value. */
static bool may_edit(struct judging *j, const struct unit *was, const struct unit *is)
{
	struct ike_item before = IKE_ITEM_INIT, after = IKE_ITEM_INIT;
	bool good = true;
	int word;

	ike_read_rule(j->before.doc, was->entry, &before, NULL);
	ike_read_rule(j->after.doc, is->entry, &after, NULL);
	for (word = 1; word < IKE_KEYWORD_COUNT && good; word++)
		if (!is_equal(&before, &after, (enum ike_word)word))
			good = rule_may_give(j->change, &before, (enum ike_word)word, j->what,
					     j->err);
	ike_item_release(&before);
	ike_item_release(&after);
	return good;
}

/* COEX-R12: a rule of MDM that gets certificates. */
static bool may_start(struct judging *j, const struct unit *was, const struct unit *is)
{
	const struct ike_item *globals = &change_host(j->change)->globals;
	struct ike_item item = IKE_ITEM_INIT;
	bool before = false, after;

	if (was != NULL) {
		ike_read_rule(j->before.doc, was->entry, &item, NULL);
		before = (ike_effective(&item, globals)->methods & IKE_METHODS_CERTIFICATE) != 0;
	}
	ike_read_rule(j->after.doc, is->entry, &item, NULL);
	after = (ike_effective(&item, globals)->methods & IKE_METHODS_CERTIFICATE) != 0;
	ike_item_release(&item);
	return before || !after || rule_may_use_certificates(j->change, j->what, j->err);
}

static bool judge_rule(struct judging *j, const struct unit *is)
{
	const struct unit *was = same_item(&j->before, is);
	bool mdm = is_mdm(j->after.doc, is->entry);

	if (was != NULL && unit_key_equal(&was->text, &is->text))
		return true;
	VEC_PUSH(j->rules, j->nrules, j->rules_cap,
		 host_rule_of_entry(change_host(j->change), is->entry));
	if (was == NULL || !mdm)
		return rule_may_change(j->change, mdm, j->what, j->err) &&
		       (!mdm || may_start(j, was, is));
	return may_edit(j, was, is) && may_start(j, was, is);
}

static bool judge_rules(struct judging *j)
{
	bool good = true;
	size_t i;

	for (i = 0; i < j->after.count && good; i++)
		if (j->after.doc->entries[j->after.items[i].entry].kind == IKE_ENTRY_RULE)
			good = judge_rule(j, &j->after.items[i]);
	for (i = 0; i < j->before.count && good; i++) {
		const struct unit *was = &j->before.items[i];

		if (j->before.doc->entries[was->entry].kind == IKE_ENTRY_RULE &&
		    same_item(&j->after, was) == NULL)
			good = rule_may_change(j->change, is_mdm(j->before.doc, was->entry),
					       j->what, j->err);
	}
	return good;
}

/* FILE-6: what has become a policy of manual keys is MDM's. */
static bool judge_policies(struct judging *j)
{
	struct policy_item item = POLICY_ITEM_INIT;
	bool good = true;
	size_t i;

	for (i = 0; i < j->after.count && good; i++) {
		const struct unit *is = &j->after.items[i];

		if (same_item(&j->before, is) != NULL ||
		    j->after.doc->entries[is->entry].kind != POLICY_ENTRY_POLICY)
			continue;
		policy_read(j->after.doc, is->entry, &item, NULL);
		if (policy_has_manual_keys(change_host(j->change), &item))
			good = force_allows(j->change, "files", "manual_policies", "FILE-6",
					    j->what, j->err);
	}
	policy_item_release(&item);
	return good;
}

static void force(struct judging *j)
{
	size_t i;

	for (i = 0; i < j->nrules; i++)
		force_globals_of_rule(j->change, j->rules[i]);
	force_rules(j->change, j->rules, j->nrules);
	force_globals(j->change);
}

bool merge_judge(struct change *change, enum location location, const struct doc *before,
		 const char *what, bool changed, struct error *err)
{
	struct judging j = { .change = change, .what = what, .err = err };
	bool config = location == LOCATION_IKE_CONFIG, good = true;

	if (!change_profile(change)->coexistence ||
	    (change_role(change) == ROLE_ADMIN && !changed) ||
	    (!config && location != LOCATION_IPSECINIT))
		return true;
	units_cut(&j.before, before);
	units_cut(&j.after, host_doc(change_host(change), location));
	good = config ? judge_rules(&j) : change_role(change) == ROLE_ADMIN || judge_policies(&j);
	if (good && config && changed)
		force(&j);
	units_release(&j.before);
	units_release(&j.after);
	free(j.rules);
	return good;
}
