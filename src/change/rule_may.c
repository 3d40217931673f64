#include "config.h"

#include "change/rule_may.h"

#include <string.h>

#include "base/i18n.h"
#include "change/force.h"
#include "change/rule_fields.h"
#include "formats/ike_config/text.h"

bool rule_may_change(struct change *change, bool mdm, const char *what, struct error *err)
{
	return force_allows(change, "rules", mdm ? "mdm_rule" : "foreign_rule",
			    mdm ? "COEX-R9" : "COEX-R10", what, err);
}

/* Which coexistence rule speaks of a keyword of MDM's rules. */
static const char *rule_of(enum ike_word word)
{
	switch (word) {
	case IKE_LABEL:
		return "COEX-R1";
	case IKE_LOCAL_ID_TYPE:
		return "COEX-R2";
	case IKE_LOCAL_ADDR:
	case IKE_REMOTE_ADDR:
		return "COEX-R3";
	case IKE_LOCAL_ID:
		return "COEX-R4";
	case IKE_REMOTE_ID:
		return "COEX-R5";
	case IKE_P2_PFS:
		return "COEX-R6";
	case IKE_P2_LIFETIME_SECS:
		return "COEX-R7";
	default:
		return ike_words[word].scopes & IKE_SCOPE_XFORM ? "COEX-R8" : "COEX-R9";
	}
}

/* What the profile says of a keyword of MDM's rules; where it says nothing, what it says of the
 * rules. */
static enum share share_of(const struct change *change, enum role role, enum ike_word word)
{
	const struct profile *profile = change_profile(change);
	struct strbuf key = STRBUF_INIT;
	bool own;

	strbuf_addf(&key, "rules.%s.%s", ike_words[word].name, role_name(role));
	own = profile_get(profile, key.buf) != NULL;
	strbuf_release(&key);
	return profile_share(profile, role, "rules", own ? ike_words[word].name : "mdm_rule", NULL);
}

static bool has_certificates(struct change *change, const struct ike_item *rule)
{
	const struct host *host = change_host(change);

	return (ike_effective(rule, &host->globals)->methods & IKE_METHODS_CERTIFICATE) != 0;
}

bool rule_may_give(struct change *change, const struct ike_item *rule, enum ike_word word,
		   const char *what, struct error *err)
{
	const char *id = rule_of(word), *name = ike_words[word].name;
	enum role role = change_role(change), other = role == ROLE_SSM ? ROLE_MDM : ROLE_SSM;
	enum share share = share_of(change, role, word);
	bool certificates = has_certificates(change, rule);

	if (!change_profile(change)->coexistence || role == ROLE_ADMIN ||
	    change_is_overridden(change, id))
		return true;
	/* MDM keeps a name that is there; SSM gives one to a rule that has certificates. */
	if (share == SHARE_FORCE || (share == SHARE_ADD && ike_find(rule, word) == NULL) ||
	    (share == SHARE_OWN && (role == ROLE_MDM || certificates)))
		return true;
	if (share_of(change, other, word) == SHARE_KEEP)
		other = ROLE_ADMIN;
	else if (share == SHARE_OWN)
		other = ROLE_MDM;
	force_refuse(change, other, id, what, name, err);
	if (role == ROLE_SSM && certificates && share_of(change, role, IKE_LOCAL_ID) == SHARE_OWN)
		error_append(err, _("; of this rule %s sets local_id alone (COEX-R4)"),
			     role_name(role));
	return false;
}

/* The fields of a rule of MDM, each by itself. */
static bool may_give_fields(struct change *change, const struct ike_item *rule,
			    const struct field *fields, size_t count, const char *what,
			    struct error *err)
{
	struct rule_target target;
	size_t i;

	for (i = 0; i < count; i++) {
		if (!rule_target_parse(fields[i].name, &target, err) ||
		    !rule_may_give(change, rule, target.word, what, err))
			return false;
		/* A rule of certificates without it is no rule. */
		if (target.word == IKE_LOCAL_ID && fields[i].value[0] == '\0' &&
		    change_role(change) == ROLE_SSM && change_profile(change)->coexistence)
			return error_set(
				err, ERROR_REFUSED,
				_("%s: refused by COEX-R4: the role ssm gives local_id another value, and does not remove it; MDM removes it with the rule"),
				what);
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
			return rule_may_change(change, !mdm, what, err);
	return true;
}

bool rule_may_edit(struct change *change, size_t number, const struct field *fields, size_t count,
		   const char *what, struct error *err)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	uint32_t index;
	bool mdm, good;

	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	mdm = ike_index_label(&item, &index);
	good = (mdm ? may_give_fields(change, &item, fields, count, what, err)
		    : rule_may_change(change, false, what, err)) &&
	       may_rename(change, mdm, fields, count, what, err);
	ike_item_release(&item);
	return good;
}

/* Refuses a value that the MSS does not take. Admin is told where that makes no error, which would
 * say so. LIST is what the MSS takes. */
static bool outside(struct change *change, const char *id, const char *what, const char *name,
		    const char *value, const char *list, struct error *err)
{
	if (change_is_overridden(change, id))
		return true;
	if (change_role(change) != ROLE_ADMIN)
		return error_set(
			err, ERROR_REFUSED,
			_("%s: refused by %s: the MSS does not take %s %s but %s, and the role %s writes nothing else; the role admin may"),
			what, id, name, value, list, role_name(change_role(change)));
	if (strncmp(id, "MSS-", 4) != 0)
		return true;
	change_add_note(change, _("the MSS does not take %s %s but %s (%s)"), name, value, list,
			id);
	return true;
}

/* One statement that has a number, against a list or a range of the profile. */
static bool number_fits(struct change *change, const struct ike_item *item,
			const struct ike_stmt *s, const char *key, const char *id, const char *what,
			struct error *err)
{
	const struct profile *profile = change_profile(change);
	const char *list = profile_get(profile, key);
	struct strbuf number = STRBUF_INIT, raw = STRBUF_INIT;
	bool good = true, fits;

	if (s == NULL || !s->good || list == NULL)
		return true;
	strbuf_addf(&number, "%u", s->value);
	fits = s->word == IKE_P2_LIFETIME_SECS
		       ? s->value >= profile->lifetime_min && s->value <= profile->lifetime_max
		       : profile_allows(profile, key, number.buf);
	if (!fits) {
		ike_raw_value(item->doc, s, &raw);
		good = outside(change, id, what, ike_words[s->word].name, raw.buf, list, err);
	}
	strbuf_release(&number);
	strbuf_release(&raw);
	return good;
}

/* The cipher and hash of a transform together: "3des-sha1". */
static bool algorithms_fit(struct change *change, const struct ike_item *item,
			   const struct ike_xform *x, const char *what, struct error *err)
{
	static const char key[] = "limits.p1_transforms";
	const char *list = profile_get(change_profile(change), key);
	const struct ike_stmt *cipher = ike_xform_find(item, x, IKE_ENCR_ALG),
			      *hash = ike_xform_find(item, x, IKE_AUTH_ALG);
	struct strbuf both = STRBUF_INIT;
	bool good;

	if (list == NULL || cipher == NULL || !cipher->good || hash == NULL || !hash->good)
		return true;
	strbuf_addf(&both, "%s-%s", ike_words[cipher->value].name, ike_words[hash->value].name);
	good = profile_allows(change_profile(change), key, both.buf) ||
	       outside(change, "MSS-3", what, "p1_xform", both.buf, list, err);
	strbuf_release(&both);
	return good;
}

static bool is_given(const struct field *fields, size_t count, enum ike_word word)
{
	struct error ignored = ERROR_INIT;
	struct rule_target target;
	bool given = false;
	size_t i;

	for (i = 0; i < count && !given; i++)
		given = rule_target_parse(fields[i].name, &target, &ignored) && target.word == word;
	error_clear(&ignored);
	return given;
}

bool rule_in_limits(struct change *change, size_t number, const struct field *fields, size_t count,
		    const char *what, struct error *err)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	bool good = true, group, algorithms;
	uint32_t index;
	size_t i;

	if (!change_profile(change)->coexistence)
		return true;
	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	group = is_given(fields, count, IKE_OAKLEY_GROUP);
	algorithms = is_given(fields, count, IKE_ENCR_ALG) || is_given(fields, count, IKE_AUTH_ALG);
	if (ike_index_label(&item, &index)) {
		if (is_given(fields, count, IKE_P2_PFS))
			good = number_fits(change, &item, ike_find(&item, IKE_P2_PFS),
					   "limits.p2_pfs", "COEX-R6", what, err);
		if (good && is_given(fields, count, IKE_P2_LIFETIME_SECS))
			good = number_fits(change, &item, ike_find(&item, IKE_P2_LIFETIME_SECS),
					   "limits.p2_lifetime_secs", "COEX-R7", what, err);
		for (i = 0; i < item.nxforms && good; i++) {
			const struct ike_xform *x = &item.xforms[i];

			if (group)
				good = number_fits(change, &item,
						   ike_xform_find(&item, x, IKE_OAKLEY_GROUP),
						   "limits.oakley_group", "MSS-1", what, err);
			if (good && algorithms)
				good = algorithms_fit(change, &item, x, what, err);
		}
	}
	ike_item_release(&item);
	return good;
}

/* Whether everything in the two folders could be looked at. */
static bool certificates_are_known(const struct host *host)
{
	const struct host_certs *certs = &host->certs;
	enum file_state public = host->folders[LOCATION_PUBLICKEYS].state,
			private = host->folders[LOCATION_PRIVATEKEYS].state;
	bool known = !host->single && certs->missing == NULL &&
		     (public == FILE_DIRECTORY || public == FILE_MISSING) &&
		     (private == FILE_DIRECTORY || private == FILE_MISSING);
	size_t i;

	for (i = 0; i < certs->ncerts; i++)
		known &= certs->certs[i].slot.info.state != FILE_DENIED;
	for (i = 0; i < certs->nkeys; i++)
		known &= certs->keys[i].slot.info.state != FILE_DENIED;
	return known;
}

bool rule_may_use_certificates(struct change *change, const char *what, struct error *err)
{
	const struct host *host = change_host(change);
	size_t i;

	if (!change_profile(change)->coexistence || change_role(change) == ROLE_ADMIN ||
	    !certificates_are_known(host))
		return true;
	for (i = 0; i < host->certs.ncerts; i++)
		if (host_cert_is_own(&host->certs.certs[i]))
			return true;
	return error_set(
		err, ERROR_REFUSED,
		_("%s: refused by COEX-R12: publickeys holds no certificate of this host with its private key; SSM installs it first, then the role %s may go on"),
		what, role_name(change_role(change)));
}

void rule_tell(struct change *change, bool mdm, const char *label)
{
	struct strbuf name = STRBUF_INIT;

	if (!mdm)
		return;
	strbuf_addf(&name, _("rule '%s'"), label);
	force_tell(change, "rules", "mdm_rule", "COEX-R9", name.buf);
	strbuf_release(&name);
}
