/* Policies of ipsecinit.conf: add, edit, remove, move. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/edits.h"
#include "change/force.h"
#include "change/policy_manual.h"
#include "change/policy_result.h"
#include "change/policy_text.h"

static const struct doc *policies(struct change *change)
{
	return host_doc(change_host(change), LOCATION_IPSECINIT);
}

static const struct entry *entry_of(struct change *change, size_t number)
{
	return &policies(change)->entries[change_host(change)->policies[number]];
}

static void read_policy(struct change *change, size_t number, struct policy_item *item)
{
	policy_read(policies(change), change_host(change)->policies[number], item, NULL);
}

/* FILE-6: the file is of both tools, but for policies of manual keys, which are MDM's. */
static bool may_change(struct change *change, const struct policy_item *item, const char *what,
		       struct error *err)
{
	struct strbuf which = STRBUF_INIT;
	bool good;

	if (!force_allows(change, "files", "ipsecinit", "FILE-6", what, err))
		return false;
	if (change_role(change) == ROLE_ADMIN || item == NULL ||
	    !policy_has_manual_keys(change_host(change), item))
		return true;
	/* TRANSLATORS: %s is what was to be done: "edit policy 3". */
	strbuf_addf(&which, _("%s, which has manual keys"), what);
	good = force_allows(change, "files", "manual_policies", "FILE-6", which.buf, err);
	strbuf_release(&which);
	return good;
}

/* Whether the role may have made policy NUMBER what it is now. */
static bool may_have(struct change *change, size_t number, const char *what, struct error *err)
{
	struct policy_item item = POLICY_ITEM_INIT;
	bool good;

	read_policy(change, number, &item);
	good = may_change(change, &item, what, err);
	policy_item_release(&item);
	return good;
}

/* The number of the entry behind that of a policy. */
static size_t behind(struct change *change, size_t number)
{
	return (size_t)change_host(change)->policies[number] + 1;
}

/* FILE-6: admin is told whose the policy is, or will be. */
static void tell(struct change *change, size_t number)
{
	struct policy_item item = POLICY_ITEM_INIT;

	if (change_role(change) != ROLE_ADMIN || !change_profile(change)->coexistence)
		return;
	read_policy(change, number, &item);
	if (policy_has_manual_keys(change_host(change), &item))
		force_tell(change, "files", "manual_policies", "FILE-6",
			   _("a policy of manual keys"));
	policy_item_release(&item);
}

/* Applies the edits and looks at what has become of it; what did not become what it should is taken
 * back. WAS and NUMBER are the policy's number before and afterwards; SIZE_MAX: there is none. */
static bool finish(struct change *change, struct edits *edits, const struct policy_before *before,
		   size_t was, int added, size_t number, const char *what, struct error *err)
{
	const struct host *host = change_host(change);
	bool good;

	change_begin(change, what);
	if (was != SIZE_MAX)
		tell(change, was);
	change_apply(change, LOCATION_IPSECINIT, edits);
	edits_release(edits);
	good = policy_result_check(before, host, added, number, err) &&
	       (number == SIZE_MAX || may_have(change, number, what, err));
	if (good && number != SIZE_MAX)
		tell(change, number);
	if (!good && err->code != ERROR_REFUSED)
		error_prefix(err, "%s", what);
	change_end(change, good);
	return good;
}

static bool is_given(const struct policy_value *value)
{
	return value->text != NULL && value->text[0] != '\0';
}

/* Alternatives that are new begin with their action; those that go have nothing else, and one that
 * was there stays. */
static bool check_alternatives(const struct policy_wanted *wanted, size_t have, struct error *err)
{
	size_t i, k, left = 0;

	for (i = 0; i < have || i < wanted->nalternatives; i++) {
		const struct policy_wanted_alternative *a = policy_wanted_of(wanted, i);

		if (i >= have && !is_given(&a->action))
			return error_set(
				err, ERROR_USAGE,
				_("there is no alternative %zu; %zu.action=ACTION adds it"), i + 1,
				i + 1);
		left += (i < have || have == 0) && !policy_is_dropped(wanted, i);
		for (k = 0; policy_is_dropped(wanted, i) && k < POLICY_PROPERTY_COUNT; k++)
			if (is_given(&a->properties[k]))
				return error_set(err, ERROR_USAGE,
						 _("%s has no place: alternative %zu is taken out"),
						 a->properties[k].name, i + 1);
	}
	if (left == 0)
		return error_set(
			err, ERROR_USAGE,
			_("action: a policy needs one: apply, permit, ipsec, bypass or drop"));
	return true;
}

/* What is to be changed has to be there: an action, and braces where alternatives come or go. */
static bool check_whole(const struct policy_item *item, const struct policy_wanted *wanted,
			struct error *err)
{
	bool whole = item->nalternatives > 0, moves = wanted->nalternatives > item->nalternatives;
	size_t i;

	for (i = 0; i < item->nalternatives; i++) {
		const struct policy_alternative *a = &item->alternatives[i];
		const struct policy_wanted_alternative *w = policy_wanted_of(wanted, i);
		size_t k;

		moves |= policy_is_dropped(wanted, i);
		whole &= a->action != 0 && a->close != 0;
		if (w->action.text != NULL && a->action == 0)
			return error_set(err, ERROR_USAGE,
					 _("the policy has no action; remove it and add it anew"));
		for (k = 0; a->open == 0 && k < POLICY_PROPERTY_COUNT; k++)
			if (w->properties[k].text != NULL)
				return error_set(
					err, ERROR_USAGE,
					_("the policy has no braces behind its action; remove it and add it anew"));
	}
	if (moves && !whole)
		return error_set(err, ERROR_USAGE,
				 _("the policy is not complete; remove it and add it anew"));
	return true;
}

/* The direction stands in the pattern, unless the policy has it among its properties. */
static void place_direction(const struct policy_item *item, struct policy_wanted *wanted)
{
	struct policy_value *dir = &wanted->pattern[POLICY_DIR];
	size_t i;

	if (dir->text == NULL || policy_find(item, POLICY_DIR) != NULL)
		return;
	for (i = 0; i < item->nalternatives && i < POLICY_ALTERNATIVES_MAX; i++) {
		if (policy_find_property(item, &item->alternatives[i], POLICY_PROPERTY_DIR) == NULL)
			continue;
		wanted->alternatives[i].properties[POLICY_PROPERTY(POLICY_PROPERTY_DIR)] = *dir;
		if (wanted->nalternatives <= i)
			wanted->nalternatives = i + 1;
		*dir = (struct policy_value){ 0 };
		return;
	}
}

static bool edit_item(struct change *change, const struct policy_item *item, size_t number,
		      struct policy_wanted *wanted, const char *what, struct error *err)
{
	struct policy_before before;
	struct edits edits = { 0 };
	bool good;

	place_direction(item, wanted);
	policy_before_init(&before, change_host(change), behind(change, number), item, wanted);
	policy_text_edit(&edits, item, wanted);
	good = finish(change, &edits, &before, number, 0, number, what, err);
	policy_before_release(&before);
	return good;
}

bool policy_edit(struct change *change, size_t number, const struct field *fields, size_t count,
		 struct error *err)
{
	struct policy_item item = POLICY_ITEM_INIT;
	struct policy_wanted wanted;
	struct strbuf what = STRBUF_INIT;
	bool good;

	read_policy(change, number, &item);
	strbuf_addf(&what, _("edit policy %zu"), number + 1);
	good = may_change(change, &item, what.buf, err) &&
	       policy_fields_read(change_profile(change), fields, count, item.nalternatives,
				  &wanted, err) &&
	       check_alternatives(&wanted, item.nalternatives, err) &&
	       check_whole(&item, &wanted, err) &&
	       edit_item(change, &item, number, &wanted, what.buf, err);
	policy_item_release(&item);
	strbuf_release(&what);
	return good;
}

/* The last byte of the lines behind which new ones go; UINT32_MAX: before the first line. */
static uint32_t place_behind(const struct doc *doc, uint32_t off)
{
	return doc_line(doc, off).off > 0 ? doc_line(doc, off).off - 1 : UINT32_MAX;
}

/* Where a new policy goes, as edit_insert_lines has it, and the policy it is laid out like. */
static uint32_t find_place(struct change *change, struct policy_place place, uint32_t *model,
			   size_t *after)
{
	const struct host *host = change_host(change);
	const struct doc *doc = policies(change);
	const struct entry *e;

	*model = UINT32_MAX;
	*after = SIZE_MAX;
	if (host->npolicies == 0)
		return doc != NULL && doc->blob.len > 0 ? (uint32_t)doc->blob.len - 1 : UINT32_MAX;
	if (place.number >= host->npolicies)
		place = (struct policy_place){ host->npolicies - 1, false };
	*model = host->policies[place.number];
	e = &doc->entries[*model];
	*after = (size_t)*model + !place.before;
	if (place.before)
		return place_behind(doc, doc->tokens[e->tok].off);
	return doc->tokens[e->end - 1].off;
}

static bool add_policy(struct change *change, const struct policy_wanted *wanted,
		       struct policy_place place, size_t number, const char *what,
		       struct error *err)
{
	struct doc *empty = NULL;
	const struct doc *doc = policies(change);
	struct policy_before before;
	struct strbuf text = STRBUF_INIT;
	struct edits edits = { 0 };
	uint32_t model, off;
	size_t after;
	bool good;

	off = find_place(change, place, &model, &after);
	policy_before_init(&before, change_host(change), after, NULL, wanted);
	if (doc == NULL) /* the file is made by the first thing that is put into it */
		doc = empty = doc_new(&ipsecinit_format, blob_new(0, false));
	policy_text_new(doc, model, wanted, &text);
	edit_insert_lines(&edits, doc, off, text.buf);
	doc_free(empty);
	good = finish(change, &edits, &before, SIZE_MAX, 1, number, what, err);
	policy_before_release(&before);
	strbuf_release(&text);
	return good;
}

bool policy_add(struct change *change, const struct field *fields, size_t count,
		struct policy_place place, size_t *number, struct error *err)
{
	const struct host *host = change_host(change);
	size_t made =
		place.number < host->npolicies ? place.number + !place.before : host->npolicies;
	struct policy_wanted wanted;
	struct strbuf what = STRBUF_INIT;
	bool good;

	strbuf_addf(&what, _("add policy %zu"), made + 1);
	good = may_change(change, NULL, what.buf, err) &&
	       policy_fields_read(change_profile(change), fields, count, 1, &wanted, err) &&
	       check_alternatives(&wanted, 0, err) &&
	       add_policy(change, &wanted, place, made, what.buf, err);
	if (good && number != NULL)
		*number = made;
	strbuf_release(&what);
	return good;
}

bool policy_remove(struct change *change, size_t number, struct error *err)
{
	const struct entry *e = entry_of(change, number);
	struct strbuf what = STRBUF_INIT;
	struct policy_before before;
	struct edits edits = { 0 };
	bool good;

	strbuf_addf(&what, _("remove policy %zu"), number + 1);
	good = may_have(change, number, what.buf, err);
	if (good) {
		policy_before_init(&before, change_host(change), behind(change, number), NULL,
				   NULL);
		edit_remove(&edits, policies(change), e->tok, e->end);
		good = finish(change, &edits, &before, number, -1, SIZE_MAX, what.buf, err);
		policy_before_release(&before);
	}
	strbuf_release(&what);
	return good;
}

/* The lines of a policy with their line ends. False where something else stands on them. */
static bool find_lines(const struct doc *doc, const struct entry *e, struct span *lines)
{
	struct span at = doc_span(doc, e->tok, e->end), last;
	const char *newline;
	uint32_t stop;

	lines->off = doc_line(doc, at.off).off;
	last = doc_line(doc, at.off + at.len - 1);
	newline = memchr(doc->blob.data + last.off, '\n', doc->blob.len - last.off);
	stop = newline != NULL ? (uint32_t)(newline + 1 - doc->blob.data) : (uint32_t)doc->blob.len;
	lines->len = stop - lines->off;
	return (e->tok == 0 || doc->tokens[e->tok - 1].off < lines->off) &&
	       (e->end == doc->ntokens || doc->tokens[e->end].off >= stop);
}

static bool move_lines(struct change *change, size_t number, size_t to, struct edits *edits)
{
	const struct doc *doc = policies(change);
	struct strbuf text = STRBUF_INIT;
	struct span from, there;
	uint32_t off;

	if (!find_lines(doc, entry_of(change, number), &from) ||
	    !find_lines(doc, entry_of(change, to), &there))
		return false;
	off = to < number ? there.off : there.off + there.len;
	if (off > 0 && doc->blob.data[off - 1] != '\n')
		strbuf_addstr(&text, edit_line_end(doc));
	strbuf_add(&text, doc->blob.data + from.off, from.len);
	if (text.buf[text.len - 1] != '\n')
		strbuf_addstr(&text, edit_line_end(doc));
	edits_add(edits, doc, from, NULL, 0);
	edits_add(edits, doc, (struct span){ off, 0 }, text.buf, text.len);
	strbuf_release(&text);
	return true;
}

bool policy_move(struct change *change, size_t number, size_t to, struct error *err)
{
	static const struct policy_wanted nothing;
	struct policy_item item = POLICY_ITEM_INIT;
	struct strbuf what = STRBUF_INIT;
	struct policy_before before;
	struct edits edits = { 0 };
	bool good;

	strbuf_addf(&what, _("move policy %zu to place %zu"), number + 1, to + 1);
	good = may_have(change, number, what.buf, err);
	if (good && number != to) {
		read_policy(change, number, &item);
		policy_before_init(&before, change_host(change),
				   behind(change, to > number ? to : number), &item, &nothing);
		policy_item_release(&item);
		good = move_lines(change, number, to, &edits);
		if (good)
			good = finish(change, &edits, &before, number, 0, to, what.buf, err);
		else
			error_set(
				err, ERROR_USAGE,
				_("%s: a policy stands on the line of another one; put it on a line of its own first"),
				what.buf);
		policy_before_release(&before);
	}
	strbuf_release(&what);
	return good;
}
