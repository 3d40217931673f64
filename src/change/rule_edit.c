/* Rules of ike/config. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/edits.h"
#include "change/force.h"
#include "change/rule_text.h"
#include "change/value.h"

/* A field understood: which keyword, in the rule or in which of its transforms. */
struct target {
	enum ike_word word;
	enum ike_scope scope;
	size_t xform; /* from 0; SIZE_MAX: the only one */
};

static bool parse_target(const char *name, struct target *target, struct error *err)
{
	const char *word = name;

	target->scope = IKE_SCOPE_RULE;
	target->xform = SIZE_MAX;
	if (strncmp(name, "p1_xform.", 9) == 0) {
		char *end;
		unsigned long number = strtoul(name + 9, &end, 10);

		if (end == name + 9 || *end != '.' || number == 0)
			return error_set(
				err, ERROR_USAGE,
				_("'%s' should be p1_xform.NUMBER.KEYWORD, with numbers from 1"),
				name);
		target->xform = number - 1;
		word = end + 1;
	}
	target->word = ike_word_find(word, strlen(word));
	if (target->word != IKE_NO_WORD && target->word < IKE_KEYWORD_COUNT) {
		if (ike_words[target->word].scopes & IKE_SCOPE_XFORM) {
			target->scope = IKE_SCOPE_XFORM;
			return true;
		}
		if ((ike_words[target->word].scopes & IKE_SCOPE_RULE) && word == name &&
		    target->word != IKE_P1_XFORM)
			return true;
	}
	return error_set(err, ERROR_USAGE, _("'%s' is no field of a rule"), name);
}

static bool check_field(const struct profile *profile, const struct field *field,
			const struct target *target, struct error *err)
{
	char *copy, *part, *save = NULL;
	bool good = true;

	if (field->value[0] == '\0')
		return true;
	if (ike_words[target->word].arg != IKE_ARG_ADDRESS)
		return value_check(profile, target->scope, target->word, field->value, err);
	copy = xstrdup(field->value);
	for (part = strtok_r(copy, ", ", &save); part != NULL && good;
	     part = strtok_r(NULL, ", ", &save))
		good = value_check(profile, target->scope, target->word, part, err);
	free(copy);
	return good;
}

bool rule_field_check(const struct profile *profile, const char *name, const char *value,
		      struct error *err)
{
	struct field field = { name, value };
	struct target target;

	return parse_target(name, &target, err) && check_field(profile, &field, &target, err);
}

/* All values for one keyword of the rule, over all fields; an address field may hold several. */
struct values {
	char **items;
	size_t count, cap;
};

static void collect(struct values *values, enum ike_word word, const struct field *fields,
		    size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		char *copy, *part, *save = NULL;

		if (strcmp(fields[i].name, ike_words[word].name) != 0 || fields[i].value[0] == '\0')
			continue;
		copy = xstrdup(fields[i].value);
		if (ike_words[word].arg == IKE_ARG_ADDRESS) {
			for (part = strtok_r(copy, ", ", &save); part != NULL;
			     part = strtok_r(NULL, ", ", &save))
				VEC_PUSH(values->items, values->count, values->cap, xstrdup(part));
			free(copy);
		} else {
			VEC_PUSH(values->items, values->count, values->cap, copy);
		}
	}
}

static void values_release(struct values *values)
{
	size_t i;

	for (i = 0; i < values->count; i++)
		free(values->items[i]);
	free(values->items);
	*values = (struct values){ 0 };
}

/* The transform a field is about, where it is there. */
static bool find_xform(const struct ike_item *item, const struct target *target, const char *name,
		       size_t *xform, struct error *err)
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
		     const struct target *target, struct error *err)
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
		struct values values = { 0 };
		struct target target;

		if (!parse_target(fields[i].name, &target, err))
			return false;
		if (target.scope == IKE_SCOPE_XFORM) {
			if (!set_part(change, number, &fields[i], &target, err))
				return false;
		} else if (!done[target.word]) {
			done[target.word] = true;
			collect(&values, target.word, fields, count);
			rule_set_values(change, number, target.word,
					(const char *const *)values.items, values.count);
			values_release(&values);
		}
	}
	return true;
}

static bool check_fields(struct change *change, const struct field *fields, size_t count,
			 struct error *err)
{
	struct target target;
	size_t i;

	for (i = 0; i < count; i++)
		if (!parse_target(fields[i].name, &target, err) ||
		    !check_field(change_profile(change), &fields[i], &target, err))
			return false;
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

static bool may_change(struct change *change, bool mdm, const char *what, struct error *err)
{
	const char *id = mdm ? "COEX-R9" : "COEX-R10";

	return change_is_overridden(change, id) ||
	       force_allows(change, "rules", mdm ? "mdm_rule" : "foreign_rule", id, what, err);
}

/* A label that another rule of the file has already would make the daemon refuse all of it. */
static bool check_label(struct change *change, size_t number, const struct field *fields,
			size_t count, struct error *err)
{
	const struct host *host = change_host(change);
	size_t i, other;

	for (i = 0; i < count; i++) {
		if (strcmp(fields[i].name, "label") != 0)
			continue;
		if (fields[i].value[0] == '\0')
			return error_set(err, ERROR_USAGE, _("a rule needs a label"));
		other = host_find_rule(host, fields[i].value);
		if (other < host->nrules && other != number)
			return error_set(
				err, ERROR_USAGE,
				_("the label '%s' is used by another rule; the next free one is INDEXID_%u"),
				fields[i].value, host_unused_label(host));
	}
	return true;
}

/* A new label may make a rule of MDM a foreign one, or the other way round. */
static bool may_rename(struct change *change, bool mdm, const struct field *fields, size_t count,
		       const char *what, struct error *err)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(fields[i].name, "label") == 0 &&
		    ike_is_index_label(fields[i].value, strlen(fields[i].value), NULL) != mdm)
			return may_change(change, !mdm, what, err);
	return true;
}

bool rule_edit(struct change *change, size_t number, const struct field *fields, size_t count,
	       struct error *err)
{
	struct strbuf title = STRBUF_INIT, label = STRBUF_INIT;
	bool mdm, good;

	rule_label(change, number, &label, &mdm);
	strbuf_addf(&title, _("edit rule %s"), label.buf);
	good = may_change(change, mdm, title.buf, err) &&
	       may_rename(change, mdm, fields, count, title.buf, err) &&
	       check_fields(change, fields, count, err) &&
	       check_label(change, number, fields, count, err);
	if (good) {
		change_begin(change, title.buf);
		good = apply_fields(change, number, fields, count, err);
		if (good) {
			force_rule(change, number);
			force_globals(change);
		}
		change_end(change, good);
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
	good = may_change(change, mdm, title.buf, err);
	if (good) {
		change_begin(change, title.buf);
		edit_remove(&edits, doc, e->tok, e->end);
		change_apply(change, LOCATION_IKE_CONFIG, &edits);
		force_globals(change);
		change_end(change, true);
	}
	strbuf_release(&title);
	strbuf_release(&label);
	return good;
}

/* The value that was given for a keyword, or what the profile has for a new rule, or NULL. */
static const char *value_or_default(struct change *change, const struct field *fields, size_t count,
				    enum ike_word word, bool certificate)
{
	const char *name = ike_words[word].name, *value;
	struct strbuf key = STRBUF_INIT;
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(fields[i].name, name) == 0)
			return fields[i].value[0] != '\0' ? fields[i].value : NULL;
	strbuf_addf(&key, "rules.%s.%s.default", name, certificate ? "rsasig" : "preshared");
	value = profile_get(change_profile(change), key.buf);
	strbuf_clear(&key);
	strbuf_addf(&key, "rules.%s.default", name);
	if (value == NULL)
		value = profile_get(change_profile(change), key.buf);
	strbuf_release(&key);
	return value;
}

static void add_param(struct new_rule *rule, enum ike_word word, const char *value)
{
	if (value == NULL || rule->nparams == ARRAY_SIZE(rule->params))
		return;
	rule->params[rule->nparams].word = word;
	rule->params[rule->nparams].value = value;
	rule->nparams++;
}

static void add_part(struct new_rule *rule, enum ike_word word, const char *value)
{
	if (value == NULL)
		return;
	rule->parts[rule->nparts].word = word;
	rule->parts[rule->nparts].value = value;
	rule->nparts++;
}

/* COEX-R4: the subject of the one local certificate that is no authority's. */
static const char *own_subject(struct change *change, struct error *err)
{
	const struct host_certs *certs = &change_host(change)->certs;
	size_t own = host_certs_own(certs);

	if (own != 0 && host_cert_is_writable(&certs->certs[own - 1]))
		return certs->certs[own - 1].cert.subject;
	if (own != 0) {
		error_set(
			err, ERROR_USAGE,
			_("local_id: the name of this host's certificate, in slot %s, holds bytes that cannot be written as they are; name it by local_id=SLOT=%s"),
			certs->certs[own - 1].slot.name, certs->certs[own - 1].slot.name);
		return NULL;
	}
	error_set(
		err, ERROR_USAGE,
		_("local_id: this host has no certificate of its own with its private key, or several; say which one by local_id=NAME (COEX-R4, COEX-R12)"));
	return NULL;
}

static bool fill_rule(struct change *change, struct new_rule *rule, const struct field *fields,
		      size_t count, struct values *locals, struct values *remotes,
		      struct error *err)
{
	static const enum ike_word rest[] = { IKE_P2_PFS,           IKE_P2_LIFETIME_SECS,
					      IKE_P2_SOFTLIFE_SECS, IKE_P2_IDLETIME_SECS,
					      IKE_P2_LIFETIME_KB,   IKE_P2_SOFTLIFE_KB };
	const char *method = value_or_default(change, fields, count, IKE_AUTH_METHOD, false);
	bool certificate;
	size_t i;

	if (method == NULL)
		method = "preshared";
	certificate = strcmp(method, "preshared") != 0;
	add_param(rule, IKE_LOCAL_ID_TYPE,
		  value_or_default(change, fields, count, IKE_LOCAL_ID_TYPE, certificate));
	for (i = 0; i < locals->count; i++)
		add_param(rule, IKE_LOCAL_ADDR, locals->items[i]);
	if (certificate) {
		const char *id = value_or_default(change, fields, count, IKE_LOCAL_ID, true);

		if (id == NULL)
			id = own_subject(change, err);
		if (id == NULL)
			return false;
		add_param(rule, IKE_LOCAL_ID, id);
	}
	for (i = 0; i < remotes->count; i++)
		add_param(rule, IKE_REMOTE_ADDR, remotes->items[i]);
	if (certificate)
		add_param(rule, IKE_REMOTE_ID,
			  value_or_default(change, fields, count, IKE_REMOTE_ID, true));
	for (i = 0; i < ARRAY_SIZE(rest); i++)
		add_param(rule, rest[i],
			  value_or_default(change, fields, count, rest[i], certificate));
	add_part(rule, IKE_P1_LIFETIME_SECS,
		 value_or_default(change, fields, count, IKE_P1_LIFETIME_SECS, certificate));
	add_part(rule, IKE_AUTH_METHOD, method);
	add_part(rule, IKE_OAKLEY_GROUP,
		 value_or_default(change, fields, count, IKE_OAKLEY_GROUP, certificate));
	add_part(rule, IKE_AUTH_ALG,
		 value_or_default(change, fields, count, IKE_AUTH_ALG, certificate));
	add_part(rule, IKE_ENCR_ALG,
		 value_or_default(change, fields, count, IKE_ENCR_ALG, certificate));
	return true;
}

static bool check_new(struct change *change, const struct field *fields, size_t count,
		      const struct values *locals, const struct values *remotes, const char *label,
		      struct error *err)
{
	bool mdm = ike_is_index_label(label, strlen(label), NULL);
	struct strbuf what = STRBUF_INIT;
	size_t i;
	bool good;

	for (i = 0; i < count; i++)
		if (strncmp(fields[i].name, "p1_xform.", 9) == 0)
			return error_set(
				err, ERROR_USAGE,
				_("a new rule has one transform; name its parts without p1_xform"));
	if (locals->count == 0 || remotes->count == 0)
		return error_set(err, ERROR_USAGE,
				 _("a rule needs local_addr=ADDRESS and remote_addr=ADDRESS"));
	strbuf_addf(&what, _("add rule %s"), label);
	good = may_change(change, mdm, what.buf, err);
	strbuf_release(&what);
	return good;
}

bool rule_add(struct change *change, const struct field *fields, size_t count, size_t *number,
	      struct error *err)
{
	struct strbuf label = STRBUF_INIT, title = STRBUF_INIT;
	struct values locals = { 0 }, remotes = { 0 };
	struct new_rule rule = { 0 };
	const char *given = value_or_default(change, fields, count, IKE_LABEL, false);
	bool good;

	if (given != NULL)
		strbuf_addstr(&label, given);
	else
		strbuf_addf(&label, "INDEXID_%u", host_unused_label(change_host(change)));
	rule.label = label.buf;
	collect(&locals, IKE_LOCAL_ADDR, fields, count);
	collect(&remotes, IKE_REMOTE_ADDR, fields, count);
	good = check_fields(change, fields, count, err) &&
	       check_label(change, SIZE_MAX, fields, count, err) &&
	       check_new(change, fields, count, &locals, &remotes, label.buf, err) &&
	       fill_rule(change, &rule, fields, count, &locals, &remotes, err);
	if (good) {
		strbuf_addf(&title, _("add rule %s"), label.buf);
		change_begin(change, title.buf);
		rule_append(change, &rule);
		force_rule(change, change_host(change)->nrules - 1);
		force_globals(change);
		change_end(change, true);
		if (number != NULL)
			*number = change_host(change)->nrules - 1;
	}
	values_release(&locals);
	values_release(&remotes);
	strbuf_release(&label);
	strbuf_release(&title);
	return good;
}
