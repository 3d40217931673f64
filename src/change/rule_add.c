/* New rules of ike/config. */
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

/* COEX-R12. */
static bool may_start(struct change *change, const char *label, struct error *err)
{
	struct strbuf what = STRBUF_INIT;
	bool good;

	strbuf_addf(&what, _("add rule %s"), label);
	good = !ike_is_index_label(label, strlen(label), NULL) ||
	       rule_may_use_certificates(change, what.buf, err);
	strbuf_release(&what);
	return good;
}

static bool fill_rule(struct change *change, struct new_rule *rule, const struct field *fields,
		      size_t count, struct rule_values *locals, struct rule_values *remotes,
		      struct error *err)
{
	static const enum ike_word rest[] = { IKE_P2_PFS,           IKE_P2_LIFETIME_SECS,
					      IKE_P2_SOFTLIFE_SECS, IKE_P2_IDLETIME_SECS,
					      IKE_P2_LIFETIME_KB,   IKE_P2_SOFTLIFE_KB };
	const char *method = rule_value_or_default(change, fields, count, IKE_AUTH_METHOD, false);
	bool certificate;
	size_t i;

	if (method == NULL)
		method = "preshared";
	certificate = strcmp(method, "preshared") != 0;
	if (certificate && !may_start(change, rule->label, err))
		return false;
	add_param(rule, IKE_LOCAL_ID_TYPE,
		  rule_value_or_default(change, fields, count, IKE_LOCAL_ID_TYPE, certificate));
	for (i = 0; i < locals->count; i++)
		add_param(rule, IKE_LOCAL_ADDR, locals->items[i]);
	if (certificate) {
		const char *id = rule_value_or_default(change, fields, count, IKE_LOCAL_ID, true);

		if (id == NULL)
			id = rule_own_subject(change, err);
		if (id == NULL)
			return false;
		add_param(rule, IKE_LOCAL_ID, id);
	}
	for (i = 0; i < remotes->count; i++)
		add_param(rule, IKE_REMOTE_ADDR, remotes->items[i]);
	if (certificate)
		add_param(rule, IKE_REMOTE_ID,
			  rule_value_or_default(change, fields, count, IKE_REMOTE_ID, true));
	for (i = 0; i < ARRAY_SIZE(rest); i++)
		add_param(rule, rest[i],
			  rule_value_or_default(change, fields, count, rest[i], certificate));
	add_part(rule, IKE_P1_LIFETIME_SECS,
		 rule_value_or_default(change, fields, count, IKE_P1_LIFETIME_SECS, certificate));
	add_part(rule, IKE_AUTH_METHOD, method);
	add_part(rule, IKE_OAKLEY_GROUP,
		 rule_value_or_default(change, fields, count, IKE_OAKLEY_GROUP, certificate));
	add_part(rule, IKE_AUTH_ALG,
		 rule_value_or_default(change, fields, count, IKE_AUTH_ALG, certificate));
	add_part(rule, IKE_ENCR_ALG,
		 rule_value_or_default(change, fields, count, IKE_ENCR_ALG, certificate));
	return true;
}

static bool check_new(struct change *change, const struct field *fields, size_t count,
		      const struct rule_values *locals, const struct rule_values *remotes,
		      const char *label, struct error *err)
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
	good = rule_may_change(change, mdm, what.buf, err);
	strbuf_release(&what);
	return good;
}

bool rule_add(struct change *change, const struct field *fields, size_t count, size_t *number,
	      struct error *err)
{
	struct strbuf label = STRBUF_INIT, title = STRBUF_INIT;
	struct rule_values locals = { 0 }, remotes = { 0 };
	struct new_rule rule = { 0 };
	const char *given = rule_value_or_default(change, fields, count, IKE_LABEL, false);
	bool good;

	if (given != NULL)
		strbuf_addstr(&label, given);
	else
		strbuf_addf(&label, "INDEXID_%u", host_unused_label(change_host(change)));
	rule.label = label.buf;
	rule_values_collect(&locals, IKE_LOCAL_ADDR, fields, count);
	rule_values_collect(&remotes, IKE_REMOTE_ADDR, fields, count);
	good = rule_fields_check(change, fields, count, err) &&
	       rule_label_check(change, SIZE_MAX, fields, count, err) &&
	       check_new(change, fields, count, &locals, &remotes, label.buf, err) &&
	       fill_rule(change, &rule, fields, count, &locals, &remotes, err);
	if (good) {
		strbuf_addf(&title, _("add rule %s"), label.buf);
		struct shape before;

		change_begin(change, title.buf);
		rule_tell(change, ike_is_index_label(label.buf, label.len, NULL), label.buf);
		force_first_globals(change);
		before = verify_shape(change, LOCATION_IKE_CONFIG);
		rule_append(change, &rule);
		good = verify_count(change, LOCATION_IKE_CONFIG, before, 1, err) &&
		       verify_rule(change, before.items, fields, count, err) &&
		       rule_in_limits(change, before.items, fields, count, title.buf, err);
		if (good) {
			rule_require_key(change, before.items);
			force_globals_of_rule(change, before.items);
			force_rule(change, before.items);
			force_globals(change);
		}
		change_end(change, good);
		if (good && number != NULL)
			*number = before.items;
	}
	rule_values_release(&locals);
	rule_values_release(&remotes);
	strbuf_release(&label);
	strbuf_release(&title);
	return good;
}
