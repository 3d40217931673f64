/* Repairs that write what MDM and SSM agreed on. */
#include "config.h"

#include "lint/repairs.h"

#include <stdio.h>

#include "formats/ike_config/text.h"
#include "lint/lint_internal.h"

/* COEX-G1: the length that an MSS answers to, which every save of MDM writes too. */
bool repair_nonce(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const struct ike_stmt *s = ike_find(&lint->host->globals, IKE_P1_NONCE_LEN);
	char value[16];

	snprintf(value, sizeof value, "%u", finding->b);
	if (s != NULL)
		ike_edit_value(&repair->edits, doc, s, value);
	else
		ike_insert_global(&repair->edits, doc, IKE_P1_NONCE_LEN, value);
	return true;
}

/* Of two lengths the one stays that is to be there, and of two that are the same the first. */
bool repair_repeated_nonce(const struct lint *lint, const struct finding *finding,
			   struct repair *repair)
{
	const struct ike_item *g = &lint->host->globals;
	const struct ike_stmt *first = NULL, *second = NULL, *other;
	size_t i;

	for (i = 0; i < g->nstmts; i++) {
		uint32_t off = g->doc->tokens[g->stmts[i].tok].off;

		if (off == finding->b)
			first = &g->stmts[i];
		if (off == finding->at.off)
			second = &g->stmts[i];
	}
	if (first == NULL || second == NULL || !first->good || !second->good)
		return false;
	if (first->value == second->value || first->value == lint->profile->nonce_len)
		other = second;
	else if (second->value == lint->profile->nonce_len)
		other = first;
	else
		return false;
	edit_remove(&repair->edits, g->doc, other->tok, other->end);
	return true;
}

/* COEX-G3: what both tools add. */
bool repair_ignore_crls(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	ike_insert_global(&repair->edits, lint_doc(lint, finding), IKE_IGNORE_CRLS, "");
	return true;
}

/* COEX-G4: the two tools add different values, and a person is neither. */
bool repair_global_lifetime(const struct lint *lint, const struct finding *finding,
			    struct repair *repair)
{
	const char *value = NULL;

	if (profile_share(lint->profile, lint->role, "globals", "p1_lifetime_secs", &value) !=
		    SHARE_ADD ||
	    value == NULL)
		return false;
	ike_insert_global(&repair->edits, lint_doc(lint, finding), IKE_P1_LIFETIME_SECS, value);
	return true;
}

/* COEX-R2. */
bool repair_mdm_id_type(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	struct ike_item item = IKE_ITEM_INIT;
	const char *value = finding->text;

	ike_read_rule(lint_doc(lint, finding), finding->entry, &item, NULL);
	ike_edit_values(&repair->edits, &item, IKE_LOCAL_ID_TYPE, &value, 1);
	ike_item_release(&item);
	return repair->edits.count > 0;
}

/* COEX-R4: the subject of this host's one certificate that is no authority's. */
bool repair_mdm_local_id(const struct lint *lint, const struct finding *finding,
			 struct repair *repair)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t own = host_certs_own(certs);
	struct ike_item item = IKE_ITEM_INIT;
	const struct ike_stmt *s;
	const char *subject;

	if (own == 0 || !host_cert_is_writable(&certs->certs[own - 1]))
		return false;
	subject = certs->certs[own - 1].cert.subject;
	ike_read_rule(lint_doc(lint, finding), finding->entry, &item, NULL);
	s = ike_find(&item, IKE_LOCAL_ID);
	if (s == NULL)
		ike_edit_values(&repair->edits, &item, IKE_LOCAL_ID, &subject, 1);
	else if (s->end > s->arg)
		ike_edit_value(&repair->edits, item.doc, s, subject);
	ike_item_release(&item);
	return repair->edits.count > 0;
}

/* COEX-R8: in each transform of the rule's own. One that has the file's would have to be given a
 * copy of it, which the file's owner no longer reaches. */
bool repair_mdm_lifetime(const struct lint *lint, const struct finding *finding,
			 struct repair *repair)
{
	struct ike_item item = IKE_ITEM_INIT;
	char value[16];
	size_t i;

	snprintf(value, sizeof value, "%u", finding->b);
	ike_read_rule(lint_doc(lint, finding), finding->entry, &item, NULL);
	for (i = 0; i < item.nxforms; i++)
		ike_edit_part(&repair->edits, &item, i, IKE_P1_LIFETIME_SECS, value);
	ike_item_release(&item);
	return repair->edits.count > 0;
}
