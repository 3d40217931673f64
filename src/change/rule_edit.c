/* Rules of ike/config that are there already. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/edits.h"
#include "change/force.h"
#include "change/rule_fields.h"
#include "change/rule_key.h"
#include "change/rule_may.h"
#include "change/rule_text.h"
#include "change/verify.h"

/* The transform a field is about, where it is there. */
static bool find_xform(const struct ike_item *item, const struct rule_target *target,
		       const char *name, size_t *xform, struct error *err)
{
	*xform = target->xform != SIZE_MAX ? target->xform : 0;
	if (target->xform == SIZE_MAX && item->nxforms > 1)
		return error_set(err, ERROR_USAGE,
				 _("the rule has %zu transforms; say which one: p1_xform.1.%s"),
				 item->nxforms, name);
	if (target->xform != SIZE_MAX && target->xform >= item->nxforms)
		return error_set(err, ERROR_NOT_FOUND, _("the rule has no transform %zu"),
				 target->xform + 1);
	return true;
}

/*
 * A rule that has the file's transforms gets its own, a copy of the first of them, before one of
 * its parts is changed: the file's are for all rules.
 */
static void give_own_xform(struct change *change, size_t number)
{
	const struct host *host = change_host(change);
	const struct ike_item *g = &host->globals;
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf text = STRBUF_INIT;
	struct edits edits = { 0 };
	uint32_t last;
	size_t i;

	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	strbuf_addstr(&text, "p1_xform {");
	for (i = 0; g->nxforms > 0 && i < g->xforms[0].count; i++) {
		const struct ike_stmt *s = &g->inner[g->xforms[0].first + i];

		strbuf_addf(&text, " %s ", ike_words[s->word].name);
		ike_raw_value(g->doc, s, &text);
	}
	strbuf_addstr(&text, " }");
	last = item.nstmts > 0 ? item.stmts[item.nstmts - 1].end - 1 : item.open;
	edit_insert_item(&edits, item.doc, item.open, last, item.close, text.buf);
	change_apply(change, LOCATION_IKE_CONFIG, &edits);
	strbuf_release(&text);
	ike_item_release(&item);
}

static bool set_part(struct change *change, size_t number, const struct field *field,
		     const struct rule_target *target, struct error *err)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	size_t xform, have;
	bool good;

	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	have = item.nxforms;
	good = find_xform(&item, target, field->name, &xform, err);
	ike_item_release(&item);
	if (!good)
		return false;
	if (have == 0)
		give_own_xform(change, number);
	rule_set_part(change, number, xform, target->word,
		      field->value[0] != '\0' ? field->value : NULL);
	return true;
}

static bool apply_fields(struct change *change, size_t number, const struct field *fields,
			 size_t count, struct error *err)
{
	bool done[IKE_KEYWORD_COUNT] = { false };
	size_t i;

	for (i = 0; i < count; i++) {
		struct rule_values values = { 0 };
		struct rule_target target;

		if (!rule_target_parse(fields[i].name, &target, err))
			return false;
		if (target.scope == IKE_SCOPE_XFORM) {
			if (!set_part(change, number, &fields[i], &target, err))
				return false;
		} else if (!done[target.word]) {
			done[target.word] = true;
			rule_values_collect(&values, target.word, fields, count);
			rule_set_values(change, number, target.word,
					(const char *const *)values.items, values.count);
			rule_values_release(&values);
		}
	}
	return true;
}

static void rule_label(struct change *change, size_t number, struct strbuf *sb, bool *mdm)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	uint32_t index;
	const struct ike_stmt *s;

	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	s = ike_find(&item, IKE_LABEL);
	if (s != NULL)
		ike_unquote(item.doc, s, sb);
	*mdm = ike_index_label(&item, &index);
	ike_item_release(&item);
}

static uint8_t effective_methods(struct change *change, size_t number)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	uint8_t methods;

	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	methods = ike_effective(&item, &host->globals)->methods;
	ike_item_release(&item);
	return methods;
}

static bool rule_has_method(struct change *change, size_t number, uint8_t methods)
{
	return (effective_methods(change, number) & methods) != 0;
}

static bool rule_is_mdm(struct change *change, size_t number)
{
	struct strbuf label = STRBUF_INIT;
	bool mdm;

	rule_label(change, number, &label, &mdm);
	strbuf_release(&label);
	return mdm;
}

/* Gives one keyword the value that goes with the rule's new method, or takes it out (NULL). */
static void follow(struct change *change, size_t number, enum ike_word word, const char *value)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf now = STRBUF_INIT;
	const struct ike_stmt *s;
	bool same;

	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	s = ike_find(&item, word);
	if (s != NULL)
		ike_unquote(item.doc, s, &now);
	same = value != NULL ? s != NULL && strcmp(now.buf, value) == 0 : s == NULL;
	ike_item_release(&item);
	strbuf_release(&now);
	if (same)
		return;
	rule_set_values(change, number, word, &value, value != NULL ? 1 : 0);
	if (value != NULL)
		change_add_note(change, _("%s was set to %s, which goes with the new auth_method"),
				ike_words[word].name, value[0] != '\0' ? value : "\"\"");
	else
		change_add_note(change,
				_("%s was removed: it does not go with the new auth_method"),
				ike_words[word].name);
}

/*
 * A rule that goes from certificates to preshared keys, or back, takes along who it says it is:
 * ike.config(5) forbids local_id and remote_id with preshared keys and demands them with rsa_sig.
 * What the fields name stays as they say.
 */
static bool follow_method(struct change *change, size_t number, uint8_t before,
			  const struct field *fields, size_t count, const char *what,
			  struct error *err)
{
	static const enum ike_word words[] = { IKE_LOCAL_ID_TYPE, IKE_LOCAL_ID, IKE_REMOTE_ID };
	uint8_t after = effective_methods(change, number);
	bool certificate = (after & IKE_METHODS_CERTIFICATE) != 0;
	size_t i;

	if (after == 0 || before == 0 ||
	    (before == IKE_METHOD_PRESHARED) == (after == IKE_METHOD_PRESHARED))
		return true;
	if (certificate && rule_is_mdm(change, number) &&
	    !rule_may_use_certificates(change, what, err))
		return false;
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		const char *value = NULL;

		if (rule_is_given(fields, count, words[i]))
			continue;
		if (words[i] == IKE_LOCAL_ID_TYPE || certificate)
			value = rule_value_or_default(change, fields, count, words[i], certificate);
		if (words[i] == IKE_LOCAL_ID && certificate && value == NULL)
			value = rule_own_subject(change, err);
		if (words[i] == IKE_LOCAL_ID && certificate && value == NULL)
			return false;
		follow(change, number, words[i], value);
	}
	return true;
}

/* What follows from the fields, once they are in the rule. KEYS are those it used. */
static bool follow_edit(struct change *change, size_t number, uint8_t methods,
			const struct field *fields, size_t count, struct rule_keys *keys,
			const char *what, struct error *err)
{
	if (!follow_method(change, number, methods, fields, count, what, err) ||
	    !rule_in_limits(change, number, fields, count, what, err))
		return false;
	/* A rule that lacked its key before is no worse now. */
	if (!keys->lacked || change_requires_key(change, keys->label))
		rule_require_key(change, number);
	if (methods == IKE_METHOD_PRESHARED && !rule_has_method(change, number, methods)) {
		force_globals_of_rule(change, number);
		if (!rule_keys_leave(change, keys, err))
			return false;
	}
	force_rule(change, number);
	force_globals(change);
	return true;
}

bool rule_edit(struct change *change, size_t number, const struct field *fields, size_t count,
	       struct error *err)
{
	struct strbuf title = STRBUF_INIT, label = STRBUF_INIT;
	bool mdm, good;

	rule_label(change, number, &label, &mdm);
	strbuf_addf(&title, _("edit rule %s"), label.buf);
	good = rule_may_edit(change, number, fields, count, title.buf, err) &&
	       rule_fields_check(change, fields, count, err) &&
	       rule_label_check(change, number, fields, count, err);
	if (good) {
		struct shape before = verify_shape(change, LOCATION_IKE_CONFIG);
		uint8_t methods = effective_methods(change, number);
		struct rule_keys keys;

		rule_keys_init(&keys, change, number);
		change_begin(change, title.buf);
		rule_tell(change, mdm, label.buf);
		good = apply_fields(change, number, fields, count, err) &&
		       verify_count(change, LOCATION_IKE_CONFIG, before, 0, err) &&
		       verify_rule(change, number, fields, count, err) &&
		       follow_edit(change, number, methods, fields, count, &keys, title.buf, err);
		change_end(change, good);
		rule_keys_release(&keys);
	}
	strbuf_release(&title);
	strbuf_release(&label);
	return good;
}

bool rule_remove(struct change *change, size_t number, struct error *err)
{
	const struct host *host = change_host(change);
	const struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);
	const struct entry *e = &doc->entries[host->rules[number]];
	struct strbuf title = STRBUF_INIT, label = STRBUF_INIT;
	struct edits edits = { 0 };
	bool mdm, good;

	rule_label(change, number, &label, &mdm);
	strbuf_addf(&title, _("remove rule %s"), label.buf);
	good = rule_may_change(change, mdm, title.buf, err);
	if (good) {
		struct shape before = verify_shape(change, LOCATION_IKE_CONFIG);
		struct rule_keys keys;

		rule_keys_init(&keys, change, number);
		change_begin(change, title.buf);
		rule_tell(change, mdm, label.buf);
		edit_remove(&edits, doc, e->tok, e->end);
		change_apply(change, LOCATION_IKE_CONFIG, &edits);
		good = verify_count(change, LOCATION_IKE_CONFIG, before, -1, err) &&
		       rule_keys_leave(change, &keys, err);
		if (good)
			force_globals(change);
		change_end(change, good);
		rule_keys_release(&keys);
	}
	strbuf_release(&title);
	strbuf_release(&label);
	return good;
}
