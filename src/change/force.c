#include "config.h"

#include "change/force.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "change/edits.h"
#include "change/global_text.h"
#include "formats/ike_config/text.h"

/* The tool whose role it is. */
static const char *tool_name(enum role role)
{
	return role == ROLE_MDM ? "MDM" : "SSM";
}

/* The number that ROLE must write for an item, unless its rule was set aside. */
static bool forced_number(const struct change *change, const char *section, const char *item,
			  const char *id, const char **value)
{
	return !change_is_overridden(change, id) &&
	       profile_share(change_profile(change), change_role(change), section, item, value) ==
		       SHARE_FORCE;
}

void force_globals(struct change *change)
{
	const struct ike_item *g = &change_host(change)->globals;
	const char *wanted;
	uint32_t number, now;

	if (!forced_number(change, "globals", "p1_nonce_len", "COEX-G1", &wanted) ||
	    wanted == NULL || ike_parse_number(wanted, strlen(wanted), &number) != 0)
		return;
	if (ike_value(g, IKE_P1_NONCE_LEN, &now) && now == number)
		return;
	global_set(change, IKE_P1_NONCE_LEN, wanted);
	change_add_note(change, _("p1_nonce_len was set to %s: MDM and the MSS need it (COEX-G1)"),
			wanted);
}

/* Adds the global with the role's own value, where the role adds it and it is absent. */
static void add_absent(struct change *change, enum ike_word word, const char *id)
{
	const char *name = ike_words[word].name, *value = NULL;

	if (!change_profile(change)->coexistence || change_is_overridden(change, id) ||
	    ike_find(&change_host(change)->globals, word) != NULL ||
	    profile_share(change_profile(change), change_role(change), "globals", name, &value) !=
		    SHARE_ADD ||
	    (value == NULL && ike_words[word].arg != IKE_ARG_NONE))
		return;
	global_insert(change, word, value != NULL ? value : "");
	change_add_note(change, _("%s was added: the role %s adds it where it is absent (%s)"),
			name, role_name(change_role(change)), id);
}

void force_first_globals(struct change *change)
{
	const struct doc *doc = host_doc(change_host(change), LOCATION_IKE_CONFIG);

	if (doc == NULL || doc->nentries == 0)
		add_absent(change, IKE_P1_NONCE_LEN, "COEX-G1");
}

void force_globals_of_rule(struct change *change, size_t number)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	uint32_t index;
	bool mdm, certificate;

	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	mdm = ike_index_label(&item, &index);
	certificate =
		(ike_effective(&item, &host->globals)->methods & IKE_METHODS_CERTIFICATE) != 0;
	ike_item_release(&item);
	if (!mdm)
		return;
	add_absent(change, IKE_P1_LIFETIME_SECS, "COEX-G4");
	/* Who has installed a revocation list wants it to count. */
	if (certificate && host->certs.missing == NULL && host->certs.ncrls == 0)
		add_absent(change, IKE_IGNORE_CRLS, "COEX-G3");
}

/* COEX-R8: in every transform of the rule's own. */
static void force_lifetime(struct change *change, const struct ike_item *item, const char *label,
			   struct edits *edits)
{
	const char *wanted;
	bool changed = false;
	uint32_t seconds;
	size_t i;

	if (!forced_number(change, "rules", "p1_lifetime_secs", "COEX-R8", &wanted) ||
	    wanted == NULL || ike_parse_number(wanted, strlen(wanted), &seconds) != 0)
		return;
	for (i = 0; i < item->nxforms; i++) {
		const struct ike_stmt *s =
			ike_xform_find(item, &item->xforms[i], IKE_P1_LIFETIME_SECS);

		if (s != NULL && s->good && s->value == seconds)
			continue;
		ike_edit_part(edits, item, i, IKE_P1_LIFETIME_SECS, wanted);
		changed = true;
	}
	if (changed)
		change_add_note(
			change,
			_("p1_lifetime_secs of rule '%s' was set to %s: MDM needs it in every rule (COEX-R8)"),
			label, wanted);
}

/* COEX-R2: ip with preshared keys, dn with rsa_sig. */
static void force_id_type(struct change *change, const struct ike_item *item, const char *label,
			  struct edits *edits)
{
	const struct ike_item *xs = ike_effective(item, &change_host(change)->globals);
	const struct ike_stmt *s = ike_find(item, IKE_LOCAL_ID_TYPE);
	enum ike_word wanted;
	const char *name, *ignored;

	if (!forced_number(change, "rules", "local_id_type", "COEX-R2", &ignored))
		return;
	if (xs->methods == IKE_METHOD_PRESHARED)
		wanted = IKE_ID_IP;
	else if (xs->methods & IKE_METHOD_RSA_SIG && !(xs->methods & IKE_METHOD_PRESHARED))
		wanted = IKE_ID_DN;
	else
		return;
	if (s != NULL && s->good && s->value == (uint32_t)wanted)
		return;
	name = ike_words[wanted].name;
	ike_edit_values(edits, item, IKE_LOCAL_ID_TYPE, &name, 1);
	change_add_note(change, _("local_id_type of rule '%s' was set to %s (COEX-R2)"), label,
			name);
}

void force_rules(struct change *change, const size_t *numbers, size_t count)
{
	const struct host *host = change_host(change);
	const struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf label = STRBUF_INIT;
	struct edits edits = { 0 };
	uint32_t index;
	size_t i;

	for (i = 0; change_profile(change)->coexistence && i < count; i++) {
		ike_read_rule(doc, host->rules[numbers[i]], &item, NULL);
		if (!ike_index_label(&item, &index))
			continue;
		strbuf_clear(&label);
		ike_unquote(doc, ike_find(&item, IKE_LABEL), &label);
		force_lifetime(change, &item, label.buf, &edits);
		force_id_type(change, &item, label.buf, &edits);
	}
	change_apply(change, LOCATION_IKE_CONFIG, &edits);
	strbuf_release(&label);
	ike_item_release(&item);
}

void force_rule(struct change *change, size_t number)
{
	force_rules(change, &number, 1);
}

bool force_refuse(const struct change *change, enum role owner, const char *id, const char *what,
		  const char *kept, struct error *err)
{
	const char *role = role_name(change_role(change));

	if (owner == ROLE_ADMIN)
		return error_set(
			err, ERROR_REFUSED,
			_("%s: refused by %s: the role %s keeps %s as it is; that is neither MDM's nor SSM's, and only the role admin may change it"),
			what, id, role, kept);
	return error_set(
		err, ERROR_REFUSED,
		_("%s: refused by %s: the role %s keeps %s as it is; that is %s's, and the roles %s and admin may change it"),
		what, id, role, kept, tool_name(owner), role_name(owner));
}

bool force_allows(const struct change *change, const char *section, const char *item,
		  const char *id, const char *what, struct error *err)
{
	const struct profile *profile = change_profile(change);
	enum role role = change_role(change), other = role == ROLE_SSM ? ROLE_MDM : ROLE_SSM;

	if (!profile->coexistence || change_is_overridden(change, id) ||
	    profile_share(profile, role, section, item, NULL) != SHARE_KEEP)
		return true;
	if (profile_share(profile, other, section, item, NULL) == SHARE_KEEP)
		other = ROLE_ADMIN;
	return force_refuse(change, other, id, what, _("it"), err);
}

/* Whether the id has been said in a note, in brackets. */
static bool is_told(const struct change *change, const char *id)
{
	struct strbuf text = STRBUF_INIT;
	bool told = false;
	size_t i;

	strbuf_addf(&text, "(%s)", id);
	for (i = 0; i < change_note_count(change) && !told; i++)
		told = strstr(change_note(change, i), text.buf) != NULL;
	strbuf_release(&text);
	return told;
}

void force_tell(struct change *change, const char *section, const char *item, const char *id,
		const char *kept)
{
	const struct profile *profile = change_profile(change);
	bool ssm = profile_share(profile, ROLE_SSM, section, item, NULL) == SHARE_KEEP,
	     mdm = profile_share(profile, ROLE_MDM, section, item, NULL) == SHARE_KEEP;

	if (!profile->coexistence || change_role(change) != ROLE_ADMIN || (!ssm && !mdm) ||
	    change_is_overridden(change, id) || is_told(change, id))
		return;
	if (ssm && mdm)
		change_add_note(
			change,
			_("%s is neither MDM's nor SSM's: both keep it, the role admin may change it (%s)"),
			kept, id);
	else
		change_add_note(change,
				_("%s is %s's: %s keeps it, the role admin may change it (%s)"),
				kept, tool_name(ssm ? ROLE_MDM : ROLE_SSM),
				tool_name(ssm ? ROLE_SSM : ROLE_MDM), id);
}

bool force_allows_file(const struct change *change, enum location location, const char *what,
		       struct error *err)
{
	const struct location_info *where = &locations[location];

	return where->share == NULL ||
	       force_allows(change, "files", where->share, where->kept_by, what, err);
}
