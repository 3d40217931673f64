/* New rules of ike/config. */
#include "config.h"

#include <stdio.h>
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

static void add_part(struct new_rule *rule, size_t xform, enum ike_word word, const char *value)
{
	if (value == NULL || rule->nparts == ARRAY_SIZE(rule->parts))
		return;
	rule->parts[rule->nparts].xform = xform;
	rule->parts[rule->nparts].word = word;
	rule->parts[rule->nparts].value = value;
	rule->nparts++;
}

/* The value of a transform's part: as p1_xform.N.KEYWORD, else directly, else by default. */
static const char *part_value(struct change *change, const struct field *fields, size_t count,
			      size_t xform, enum ike_word word, bool certificate)
{
	char name[64];
	size_t i;

	snprintf(name, sizeof name, "p1_xform.%zu.%s", xform + 1, ike_words[word].name);
	for (i = 0; i < count; i++)
		if (strcmp(fields[i].name, name) == 0)
			return fields[i].value[0] != '\0' ? fields[i].value : NULL;
	return rule_value_or_default(change, fields, count, word, certificate);
}

/* How many transforms the fields are about; one where they do not say. SIZE_MAX with ERR where they
 * cannot be understood together. */
static size_t count_xforms(const struct field *fields, size_t count, struct error *err)
{
	bool named[RULE_XFORMS_MAX] = { false }, direct = false;
	struct rule_target target;
	size_t most = 0, i;

	for (i = 0; i < count; i++) {
		if (!rule_target_parse(fields[i].name, &target, err))
			return SIZE_MAX;
		direct |= target.scope == IKE_SCOPE_XFORM && target.xform == SIZE_MAX;
		if (target.xform == SIZE_MAX)
			continue;
		if (target.xform < RULE_XFORMS_MAX)
			named[target.xform] = true;
		most = target.xform >= most ? target.xform + 1 : most;
	}
	if (most > 0 && direct)
		error_set(
			err, ERROR_USAGE,
			_("name the parts of all transforms as p1_xform.N.KEYWORD, or of the only one directly"));
	else if (most > RULE_XFORMS_MAX)
		error_set(err, ERROR_USAGE, _("a new rule has %d transforms at most"),
			  RULE_XFORMS_MAX);
	for (i = 0; i < most && err->code == ERROR_NONE; i++)
		if (!named[i])
			error_set(err, ERROR_USAGE,
				  _("there is a p1_xform.%zu, but nothing of p1_xform.%zu"), most,
				  i + 1);
	return err->code != ERROR_NONE ? SIZE_MAX : most > 0 ? most : 1;
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

static void fill_xform(struct change *change, struct new_rule *rule, size_t xform,
		       const struct field *fields, size_t count, const char *method)
{
	static const enum ike_word words[] = { IKE_P1_LIFETIME_SECS, IKE_AUTH_METHOD,
					       IKE_OAKLEY_GROUP,     IKE_AUTH_ALG,
					       IKE_ENCR_ALG,         IKE_SINGLE_LABEL,
					       IKE_MULTI_LABEL,      IKE_WIRE_LABEL };
	bool certificate = strcmp(method, "preshared") != 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		const char *value = part_value(change, fields, count, xform, words[i], certificate);

		add_part(rule, xform, words[i],
			 words[i] == IKE_AUTH_METHOD && value == NULL ? method : value);
	}
}

static bool fill_rule(struct change *change, struct new_rule *rule, const struct field *fields,
		      size_t count, struct rule_values *locals, struct rule_values *remotes,
		      struct rule_values *remote_ids, struct error *err)
{
	static const enum ike_word rest[] = { IKE_P2_PFS,           IKE_P2_LIFETIME_SECS,
					      IKE_P2_SOFTLIFE_SECS, IKE_P2_IDLETIME_SECS,
					      IKE_P2_LIFETIME_KB,   IKE_P2_SOFTLIFE_KB,
					      IKE_P1_SOFTLIFE_SECS, IKE_P1_HARDLIFE_SECS,
					      IKE_P1_MODE };
	const char *method = part_value(change, fields, count, 0, IKE_AUTH_METHOD, false);
	size_t xforms = count_xforms(fields, count, err), i;
	bool certificate;

	if (xforms == SIZE_MAX)
		return false;

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
	for (i = 0; i < remote_ids->count && certificate; i++)
		add_param(rule, IKE_REMOTE_ID, remote_ids->items[i]);
	if (certificate && remote_ids->count == 0)
		add_param(rule, IKE_REMOTE_ID,
			  rule_value_or_default(change, fields, count, IKE_REMOTE_ID, true));
	for (i = 0; i < ARRAY_SIZE(rest); i++)
		add_param(rule, rest[i],
			  rule_value_or_default(change, fields, count, rest[i], certificate));
	for (i = 0; i < xforms; i++)
		fill_xform(change, rule, i, fields, count, method);
	return true;
}

static bool check_new(struct change *change, const struct rule_values *locals,
		      const struct rule_values *remotes, const char *label, struct error *err)
{
	bool mdm = ike_is_index_label(label, strlen(label), NULL);
	struct strbuf what = STRBUF_INIT;
	bool good;

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
	struct rule_values locals = { 0 }, remotes = { 0 }, remote_ids = { 0 };
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
	rule_values_collect(&remote_ids, IKE_REMOTE_ID, fields, count);
	good = rule_fields_check(change, fields, count, err) &&
	       rule_label_check(change, SIZE_MAX, fields, count, err) &&
	       check_new(change, &locals, &remotes, label.buf, err) &&
	       fill_rule(change, &rule, fields, count, &locals, &remotes, &remote_ids, err);
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
	rule_values_release(&remote_ids);
	strbuf_release(&label);
	strbuf_release(&title);
	return good;
}
