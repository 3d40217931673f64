#include "config.h"

#include "change/manual_step.h"

#include <string.h>

#include "base/i18n.h"
#include "change/force.h"
#include "change/verify.h"
#include "kinds/kind.h"

const struct doc *manual_doc(struct change *change)
{
	return host_doc(change_host(change), LOCATION_IPSECKEYS);
}

bool manual_may_change(struct change *change, const char *what, struct error *err)
{
	return force_allows(change, "files", "ipseckeys", "FILE-7", what, err);
}

bool manual_sa_may_change(struct change *change, struct error *err)
{
	return manual_may_change(change, _("change manual SAs"), err);
}

void manual_add_name(struct change *change, size_t number, struct strbuf *sb)
{
	struct view view;

	view_init(&view, change_host(change), NULL, change_profile(change));
	kind_manual_sas.name_of(&view, number, sb);
	view_release(&view);
}

size_t manual_sa_partner(const struct host *host, size_t number)
{
	const struct doc *doc = host_doc(host, LOCATION_IPSECKEYS);
	struct manual_pairs *pairs = manual_pairs_new(doc, NULL);
	uint32_t partner = manual_partner(pairs, host->commands[number]);

	manual_pairs_free(pairs);
	return partner < doc->nentries ? host_command_of_entry(host, partner) : host->ncommands;
}

bool manual_check_others(struct change *change, const struct doc *now,
			 const struct manual_expected *expected, struct error *err)
{
	const struct doc *then = manual_doc(change);

	return then == NULL ||
	       ((manual_others_stay(then, now, expected) ||
		 verify_misread(change_host(change), LOCATION_IPSECKEYS, err)) &&
		manual_lengths_fit(then, now, change_profile(change)->dialect, err));
}

void manual_add_partner_note(struct change *change, const struct manual_reading *then,
			     uint32_t partner, const struct manual_reading *now, uint32_t now_at,
			     struct strbuf *note)
{
	struct strbuf name = STRBUF_INIT;
	struct error err = ERROR_INIT;

	manual_add_name(change, host_command_of_entry(change_host(change), partner), &name);
	if (manual_is_sound(then, partner, now, now_at, change_profile(change)->dialect, &err))
		strbuf_addf(note, _("%s, the other direction, stays as it is"), name.buf);
	else
		strbuf_addf(
			note,
			_("%s, the other direction, stays as it is, and will be refused now: %s"),
			name.buf, err.text);
	error_clear(&err);
	strbuf_release(&name);
}

const struct ipsec_alg *manual_alg_of(enum manual_word word, const char *name)
{
	const struct ipsec_alg *alg;
	struct manual_value value;

	if (name == NULL || name[0] == '\0')
		return NULL;
	manual_value_init(&value, word, name);
	alg = word == MANUAL_AUTHALG ? value.item.auth_alg : value.item.encr_alg;
	manual_value_release(&value);
	return alg;
}

/* FILE-7: admin may, and is told once. */
static void tell_owner(struct change *change)
{
	static const char id[] = "(FILE-7)";
	size_t i;

	if (!change_profile(change)->coexistence || change_role(change) != ROLE_ADMIN)
		return;
	for (i = 0; i < change_note_count(change); i++)
		if (strstr(change_note(change, i), id) != NULL)
			return;
	change_add_note(change, _("manual keys are MDM's alone; the role admin may change them %s"),
			id);
}

void manual_make_step(struct change *change, const char *title, struct edits *edits,
		      const char *note)
{
	change_begin(change, title);
	tell_owner(change);
	if (note != NULL)
		change_add_note(change, "%s", note);
	change_apply(change, LOCATION_IPSECKEYS, edits);
	change_end(change, true);
}
