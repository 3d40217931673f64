/* Globals of ike/config. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "change/edits.h"
#include "change/force.h"
#include "change/global_text.h"
#include "change/value.h"
#include "change/verify.h"
#include "formats/ike_config/text.h"

void global_insert(struct change *change, enum ike_word word, const char *value)
{
	const struct doc *doc = host_doc(change_host(change), LOCATION_IKE_CONFIG);
	struct doc *empty = NULL;
	struct edits edits = { 0 };

	if (doc == NULL)
		doc = empty = doc_new(&ike_config_format, blob_new(0, false));
	ike_insert_global(&edits, doc, word, value);
	change_apply(change, LOCATION_IKE_CONFIG, &edits);
	doc_free(empty);
}

void global_set(struct change *change, enum ike_word word, const char *value)
{
	const struct ike_item *g = &change_host(change)->globals;
	const struct ike_stmt *s = ike_find(g, word);
	struct edits edits = { 0 };

	if (s == NULL) {
		global_insert(change, word, value);
		return;
	}
	ike_edit_value(&edits, g->doc, s, value);
	change_apply(change, LOCATION_IKE_CONFIG, &edits);
}

static bool find_keyword(const char *name, enum ike_word *word, struct error *err)
{
	struct near near = near_to(name, strlen(name));
	int i;

	*word = ike_word_find(name, strlen(name));
	if (*word != IKE_NO_WORD && (ike_words[*word].scopes & IKE_SCOPE_FILE))
		return true;
	for (i = 1; i < IKE_KEYWORD_COUNT; i++)
		if (ike_words[i].scopes & IKE_SCOPE_FILE)
			near_try(&near, ike_words[i].name);
	error_set(err, ERROR_USAGE, _("'%s' is no parameter at file level"), name);
	return near_tell(&near, err, NULL);
}

bool global_check(const struct profile *profile, const char *name, const char *value,
		  struct error *err)
{
	enum ike_word word;

	return find_keyword(name, &word, err) &&
	       value_check(profile, IKE_SCOPE_FILE, word, value, err);
}

const char *global_rule(enum ike_word word)
{
	switch (word) {
	case IKE_P1_NONCE_LEN:
		return "COEX-G1";
	case IKE_CERT_ROOT:
	case IKE_CERT_TRUST:
		return "COEX-G2";
	case IKE_IGNORE_CRLS:
		return "COEX-G3";
	case IKE_P1_LIFETIME_SECS:
		return "COEX-G4";
	case IKE_P1_XFORM:
	case IKE_P2_PFS:
		return "COEX-G5";
	default:
		return "COEX-G6";
	}
}

bool global_may_change(struct change *change, enum ike_word word, bool adding, struct error *err)
{
	const char *name = ike_words[word].name, *id = global_rule(word);

	if (change_is_overridden(change, id))
		return true;
	if (strcmp(id, "COEX-G6") == 0)
		return force_allows(change, "globals", "other", id, name, err);
	if (!adding && change_profile(change)->coexistence &&
	    profile_share(change_profile(change), change_role(change), "globals", name, NULL) ==
		    SHARE_ADD)
		return error_set(
			err, ERROR_REFUSED,
			_("%s: refused by %s: the role %s only adds it where it is absent; what is there is both tools', and only the role admin may change it"),
			name, id, role_name(change_role(change)));
	return force_allows(change, "globals", name, id, name, err);
}

bool global_may_add(struct change *change, enum ike_word word, const char *value, size_t len,
		    const char *what, struct error *err)
{
	const char *name = ike_words[word].name, *own = NULL, *id = global_rule(word);

	if (!change_profile(change)->coexistence || change_is_overridden(change, id) ||
	    profile_share(change_profile(change), change_role(change), "globals", name, &own) !=
		    SHARE_ADD ||
	    own == NULL || (strlen(own) == len && memcmp(own, value, len) == 0))
		return true;
	return error_set(
		err, ERROR_REFUSED,
		_("%s: refused by %s: the role %s adds %s %s and no other value; the role admin may"),
		what, id, role_name(change_role(change)), name, own);
}

/* Both tools add it, and neither changes what is there. */
static bool is_added_by_both(const struct profile *profile, const char *name)
{
	return profile_share(profile, ROLE_SSM, "globals", name, NULL) == SHARE_ADD &&
	       profile_share(profile, ROLE_MDM, "globals", name, NULL) == SHARE_ADD;
}

/* Admin is told whose it is. */
static void tell(struct change *change, enum ike_word word, bool adding)
{
	const char *id = global_rule(word), *name = ike_words[word].name;
	const struct profile *profile = change_profile(change);

	if (!adding && profile->coexistence && change_role(change) == ROLE_ADMIN &&
	    !change_is_overridden(change, id) && is_added_by_both(profile, name))
		change_add_note(
			change,
			_("%s is MDM's and SSM's: both keep what is there, the role admin may change it (%s)"),
			name, id);
	else
		force_tell(change, "globals", strcmp(id, "COEX-G6") == 0 ? "other" : name, id,
			   name);
}

/* Whether there are as many rules as before. */
static bool verify_items(struct change *change, struct shape before, struct error *err)
{
	/* A global may have been an entry of its own or a part of one. */
	before.entries = verify_shape(change, LOCATION_IKE_CONFIG).entries;
	return verify_count(change, LOCATION_IKE_CONFIG, before, 0, err);
}

static void begin(struct change *change, const char *verb, const char *name)
{
	struct strbuf title = STRBUF_INIT;

	strbuf_addf(&title, verb, name);
	change_begin(change, title.buf);
	strbuf_release(&title);
}

static bool end(struct change *change, bool good)
{
	if (good)
		force_globals(change);
	change_end(change, good);
	return good;
}

bool global_add(struct change *change, const char *name, const char *value, struct error *err)
{
	struct shape before;
	enum ike_word word;

	if (!find_keyword(name, &word, err) || !global_may_change(change, word, true, err) ||
	    !global_may_add(change, word, value, strlen(value), name, err) ||
	    !value_check(change_profile(change), IKE_SCOPE_FILE, word, value, err))
		return false;
	if (ike_find(&change_host(change)->globals, word) != NULL &&
	    ike_words[word].repeat != IKE_ADDS_UP)
		return error_set(
			err, ERROR_USAGE,
			_("%s is there already; change it with: ikeconsole global edit %s=VALUE"),
			name, name);
	before = verify_shape(change, LOCATION_IKE_CONFIG);
	begin(change, _("add %s"), name);
	tell(change, word, true);
	if (word != IKE_P1_NONCE_LEN)
		force_first_globals(change);
	global_insert(change, word, value);
	return end(change,
		   verify_items(change, before, err) && verify_global(change, word, value, err));
}

bool global_edit(struct change *change, const char *name, const char *value, struct error *err)
{
	struct shape before;
	enum ike_word word;

	if (!find_keyword(name, &word, err) || !global_may_change(change, word, false, err) ||
	    !value_check(change_profile(change), IKE_SCOPE_FILE, word, value, err))
		return false;
	if (ike_find(&change_host(change)->globals, word) == NULL)
		return error_set(err, ERROR_NOT_FOUND, _("%s is not in the file"), name);
	before = verify_shape(change, LOCATION_IKE_CONFIG);
	begin(change, _("edit %s"), name);
	tell(change, word, false);
	global_set(change, word, value);
	return end(change,
		   verify_items(change, before, err) && verify_global(change, word, value, err));
}

bool global_remove(struct change *change, const char *name, struct error *err)
{
	const struct ike_item *g = &change_host(change)->globals;
	struct edits edits = { 0 };
	struct shape before;
	enum ike_word word;
	size_t i;

	if (!find_keyword(name, &word, err) || !global_may_change(change, word, false, err))
		return false;
	if (ike_find(g, word) == NULL)
		return error_set(err, ERROR_NOT_FOUND, _("%s is not in the file"), name);
	before = verify_shape(change, LOCATION_IKE_CONFIG);
	begin(change, _("remove %s"), name);
	tell(change, word, false);
	for (i = 0; i < g->nstmts; i++)
		if (g->stmts[i].word == word)
			edit_remove(&edits, g->doc, g->stmts[i].tok, g->stmts[i].end);
	change_apply(change, LOCATION_IKE_CONFIG, &edits);
	return end(change, verify_items(change, before, err));
}
