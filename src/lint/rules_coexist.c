/* What MDM and SSM agreed on: COEX-G and COEX-R. */
#include "config.h"

#include "lint/rules_coexist.h"

#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"

/* Whether some MDM rule uses certificates. The file level is checked before the rules are counted.
 */
static bool has_mdm_certificate_rule(const struct lint *lint)
{
	const struct host *host = lint->host;
	struct ike_item item = IKE_ITEM_INIT;
	bool found = false;
	uint32_t index;
	size_t i;

	for (i = 0; i < host->nrules && !found; i++) {
		ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[i], &item, NULL);
		found = (ike_effective(&item, &host->globals)->methods & IKE_METHODS_CERTIFICATE) &&
			ike_index_label(&item, &index);
	}
	ike_item_release(&item);
	return found;
}

void check_nonce(struct lint *lint, unsigned row)
{
	const struct ike_stmt *s = ike_find(&lint->host->globals, IKE_P1_NONCE_LEN);
	uint32_t wanted = lint->profile->nonce_len;
	struct finding *finding = NULL;

	if (wanted == 0 || (s == NULL && lint->globals_broken))
		return;
	if (s == NULL)
		finding = lint_add_file(lint, lint_row_after(row, 2), LOCATION_IKE_CONFIG);
	else if (s->good && s->value != wanted)
		finding = lint_add_value(
			lint, has_mdm_certificate_rule(lint) ? row : lint_row_after(row, 1),
			&lint->host->globals, s);
	finding_numbers(finding, s != NULL ? s->value : 0, wanted);
}

static size_t count_certificate_rules(const struct lint *lint)
{
	const struct host *host = lint->host;
	struct ike_item item = IKE_ITEM_INIT;
	size_t i, count = 0;

	for (i = 0; i < host->nrules; i++) {
		ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[i], &item, NULL);
		count += (ike_effective(&item, &host->globals)->methods &
			  IKE_METHODS_CERTIFICATE) != 0;
	}
	ike_item_release(&item);
	return count;
}

void check_trust(struct lint *lint, unsigned row)
{
	const struct ike_stmt *root = ike_find(&lint->host->globals, IKE_CERT_ROOT),
			      *trust = ike_find(&lint->host->globals, IKE_CERT_TRUST);
	size_t rules;

	if ((root != NULL && trust != NULL) || lint->globals_broken)
		return;
	if (root != NULL || trust != NULL) {
		lint_add_stmt(lint, lint_row_after(row, 1), &lint->host->globals,
			      root != NULL ? root : trust);
		return;
	}
	rules = count_certificate_rules(lint);
	if (rules > 0)
		finding_numbers(lint_add_file(lint, row, LOCATION_IKE_CONFIG), (uint32_t)rules, 0);
}

static bool in_limits(const struct lint *lint, uint32_t seconds)
{
	return lint->profile->lifetime_max == 0 ||
	       (seconds >= lint->profile->lifetime_min && seconds <= lint->profile->lifetime_max);
}

void check_global_lifetime(struct lint *lint, unsigned row)
{
	const struct ike_stmt *s = ike_find(&lint->host->globals, IKE_P1_LIFETIME_SECS);

	if (s == NULL && !lint->globals_broken)
		lint_add_file(lint, lint_row_after(row, 1), LOCATION_IKE_CONFIG);
	else if (s != NULL && s->good && !in_limits(lint, s->value))
		finding_numbers(lint_add_value(lint, row, &lint->host->globals, s), s->value, 0);
}

/* "preshared 1 sha 3des" of a transform: method, group, hash, cipher, each in its usual spelling.
 */
static bool is_shipped(const struct ike_item *item, const struct ike_xform *x, const char *shipped)
{
	static const enum ike_word parts[] = { IKE_AUTH_METHOD, IKE_OAKLEY_GROUP, IKE_AUTH_ALG,
					       IKE_ENCR_ALG };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		const struct ike_stmt *s = ike_xform_find(item, x, parts[i]);
		size_t len = strcspn(shipped, " ");
		enum ike_word word = ike_word_find(shipped, len);
		uint32_t value = word;

		if (s == NULL || !s->good)
			return false;
		if (word != IKE_NO_WORD)
			value = ike_value_canonical(word);
		else if (ike_parse_number(shipped, len, &value) != 0)
			return false;
		if (s->value != value)
			return false;
		shipped += len + strspn(shipped + len, " ");
	}
	return ike_xform_find(item, x, IKE_P1_LIFETIME_SECS) == NULL;
}

void check_defaults(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	const char *xform = profile_get(lint->profile, "globals.p1_xform.shipped"),
		   *pfs = profile_get(lint->profile, "globals.p2_pfs.shipped");
	const struct ike_stmt *s = ike_find(g, IKE_P2_PFS);
	uint32_t shipped;
	size_t i;

	for (i = 0; xform != NULL && i < g->nxforms; i++)
		if (!is_shipped(g, &g->xforms[i], xform))
			lint_add_stmt(lint, row, g, &g->stmts[g->xforms[i].stmt]);
	if (pfs != NULL && s != NULL && s->good &&
	    ike_parse_number(pfs, strlen(pfs), &shipped) == 0 && s->value != shipped)
		lint_add_stmt(lint, row, g, s);
}

/* Whether a byte outside the tokens begins a comment: there is nothing else but white space. */
static bool has_comment(const struct doc *doc)
{
	size_t i, off = 0;

	for (i = 0; i <= doc->ntokens; i++) {
		size_t end = i < doc->ntokens ? doc->tokens[i].off : doc->blob.len, len = end - off;

		if (memchr(doc->blob.data + off, '#', len) != NULL ||
		    memchr(doc->blob.data + off, '/', len) != NULL)
			return true;
		if (i < doc->ntokens)
			off = doc->tokens[i].off + doc->tokens[i].len;
	}
	return false;
}

/* Whether a rule stands there as a program writes it: each statement on a line of its own, behind a
 * tab, and the lifetime of each transform spelled out. */
static bool is_dumped(const struct ike_item *rule)
{
	size_t i;

	for (i = 0; i < rule->nstmts; i++) {
		uint32_t off = rule->doc->tokens[rule->stmts[i].tok].off;

		if (off < 2 || memcmp(rule->doc->blob.data + off - 2, "\n\t", 2) != 0)
			return false;
	}
	for (i = 0; i < rule->nxforms; i++)
		if (ike_xform_find(rule, &rule->xforms[i], IKE_P1_LIFETIME_SECS) == NULL)
			return false;
	return rule->nxforms > 0;
}

void check_daemon_written(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	const struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);
	struct ike_item item = IKE_ITEM_INIT;
	bool dumped = host->nrules > 0 && host->nrules == doc->nentries;
	size_t i;

	for (i = 0; i < host->nrules && dumped; i++) {
		ike_read_rule(doc, host->rules[i], &item, NULL);
		dumped = is_dumped(&item);
	}
	if (dumped && !has_comment(doc))
		lint_add_file(lint, row, LOCATION_IKE_CONFIG);
	ike_item_release(&item);
}

void check_mdm_id_type(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *own = ike_find(rule->item, IKE_LOCAL_ID_TYPE);
	const struct ike_stmt *s = own != NULL ? own : ike_find(rule->globals, IKE_LOCAL_ID_TYPE);
	bool certificate = lint_rule_has(rule, IKE_METHOD_RSA_SIG);
	enum ike_word wanted = certificate ? IKE_ID_DN : IKE_ID_IP;
	struct finding *finding;

	if (!rule->mdm || rule->effective->methods == 0 || (s != NULL && !s->good))
		return;
	if (!certificate && rule->effective->methods != IKE_METHOD_PRESHARED)
		return;
	/* Without a word a preshared rule has ip anyway; that a certificate rule lacks it, A28
	 * says. */
	if (s == NULL || s->value == (uint32_t)wanted)
		return;
	finding = own != NULL ? lint_add_stmt(lint, row, rule->item, own)
			      : lint_add_rule(lint, row, rule);
	finding_text(finding, ike_words[wanted].name);
}

void check_mdm_addresses(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	static const enum ike_word words[] = { IKE_LOCAL_ADDR, IKE_REMOTE_ADDR };
	size_t i;

	for (i = 0; rule->mdm && !rule->broken && i < ARRAY_SIZE(words); i++) {
		struct finding *finding;

		if (ike_find(rule->item, words[i]) != NULL)
			continue;
		finding = lint_add_rule(lint, row, rule);
		if (finding != NULL)
			finding->word = (uint8_t)words[i];
	}
}

void check_mdm_local_id(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (rule->mdm && !rule->broken && lint_rule_is_certificate(rule) &&
	    ike_find(rule->item, IKE_LOCAL_ID) == NULL)
		lint_add_rule(lint, row, rule);
}

void check_mdm_remote_id(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (rule->mdm && !rule->broken && lint_rule_is_certificate(rule) &&
	    ike_find(rule->item, IKE_REMOTE_ID) == NULL)
		lint_add_rule(lint, row, rule);
}

void check_mdm_pfs(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *s = ike_find(rule->item, IKE_P2_PFS);
	struct strbuf number = STRBUF_INIT;

	if (!rule->mdm || s == NULL || !s->good)
		return;
	strbuf_addf(&number, "%u", s->value);
	if (!profile_allows(lint->profile, "limits.p2_pfs", number.buf))
		finding_numbers(lint_add_value(lint, row, rule->item, s), s->value, 0);
	strbuf_release(&number);
}

void check_mdm_lifetime(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *s = ike_find(rule->item, IKE_P2_LIFETIME_SECS);

	if (rule->mdm && s != NULL && s->good && !in_limits(lint, s->value))
		finding_numbers(lint_add_value(lint, row, rule->item, s), s->value, 0);
}

void check_mdm_p1_lifetime(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_item *xs = rule->effective;
	uint32_t wanted = lint->profile->p1_lifetime, global;
	bool has_global = ike_value(rule->globals, IKE_P1_LIFETIME_SECS, &global);
	size_t i;

	if (!rule->mdm || wanted == 0 || rule->broken || (!has_global && lint->globals_broken))
		return;
	for (i = 0; i < xs->nxforms; i++) {
		const struct ike_stmt *s = ike_xform_find(xs, &xs->xforms[i], IKE_P1_LIFETIME_SECS);
		struct finding *finding = NULL;

		if (s != NULL && s->good && s->value != wanted)
			finding = xs == rule->item ? lint_add_value(lint, row, rule->item, s)
						   : lint_add_rule(lint, row, rule);
		else if (s == NULL && !has_global)
			finding = lint_add_rule(lint, lint_row_after(row, 2), rule);
		else if (s == NULL && global != wanted)
			finding = lint_add_rule(lint, row, rule);
		else if (s == NULL)
			finding = lint_add_rule(lint, lint_row_after(row, 1), rule);
		if (finding != NULL) {
			finding_numbers(finding,
					s != NULL    ? s->value
					: has_global ? global
						     : 0,
					wanted);
			return;
		}
	}
}

/* Reports the group of a transform where the profile does not list it. */
static void check_mss_group(struct lint *lint, unsigned row, const struct ike_item *item,
			    const struct ike_xform *x)
{
	const struct ike_stmt *s = ike_xform_find(item, x, IKE_OAKLEY_GROUP);
	struct strbuf group = STRBUF_INIT;

	if (s == NULL || !s->good)
		return;
	strbuf_addf(&group, "%u", s->value);
	if (!profile_allows(lint->profile, "limits.oakley_group", group.buf))
		finding_text(lint_add_value(lint, row, item, s), group.buf);
	strbuf_release(&group);
}

/* The same for its cipher and hash together: "3des-sha1". */
static void check_mss_algorithms(struct lint *lint, unsigned row, const struct ike_item *item,
				 const struct ike_xform *x)
{
	const struct ike_stmt *cipher = ike_xform_find(item, x, IKE_ENCR_ALG),
			      *hash = ike_xform_find(item, x, IKE_AUTH_ALG);
	struct strbuf both = STRBUF_INIT;

	if (cipher == NULL || !cipher->good || hash == NULL || !hash->good)
		return;
	strbuf_addf(&both, "%s-%s", ike_words[cipher->value].name, ike_words[hash->value].name);
	if (!profile_allows(lint->profile, "limits.p1_transforms", both.buf))
		finding_text(lint_add_value(lint, row, item, cipher), both.buf);
	strbuf_release(&both);
}

/* The transforms that hold for a rule of MDM; of the file's own it is said once. */
void check_mss_transforms(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_item *xs = rule->effective;
	size_t i;

	if (!rule->mdm || (xs->file_level && lint->mss_default_said))
		return;
	lint->mss_default_said |= xs->file_level;
	for (i = 0; i < xs->nxforms; i++) {
		check_mss_group(lint, lint_row_after(row, xs->file_level ? 2 : 0), xs,
				&xs->xforms[i]);
		check_mss_algorithms(lint, lint_row_after(row, xs->file_level ? 3 : 1), xs,
				     &xs->xforms[i]);
	}
}

void check_foreign_rules(struct lint *lint, unsigned row)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_IKE_CONFIG);
	struct finding *finding;

	if (lint->foreign_rules == 0)
		return;
	finding = lint_add(lint, row, LOCATION_IKE_CONFIG, lint->first_foreign,
			   doc_span(doc, doc->entries[lint->first_foreign].tok,
				    doc->entries[lint->first_foreign].tok + 1));
	finding_numbers(finding, (uint32_t)lint->foreign_rules, 0);
}
