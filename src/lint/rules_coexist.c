/* What MDM and SSM agreed on (COEX-G, COEX-R), and what a rule needs of other files. */
#include "config.h"

#include "lint/rules_coexist.h"

#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"

static struct finding *set_numbers(struct finding *finding, uint32_t a, uint32_t b)
{
	if (finding != NULL) {
		finding->a = a;
		finding->b = b;
	}
	return finding;
}

static const struct ike_item *globals_of(const struct lint *lint)
{
	return &lint->host->globals;
}

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
	const struct ike_stmt *s = ike_find(globals_of(lint), IKE_P1_NONCE_LEN);
	uint32_t wanted = lint->profile->nonce_len;
	struct finding *finding = NULL;

	if (wanted == 0)
		return;
	if (s == NULL)
		finding = lint_add_file(lint, lint_row_after(row, 2), LOCATION_IKE_CONFIG);
	else if (s->good && s->value != wanted)
		finding = lint_add_value(
			lint, has_mdm_certificate_rule(lint) ? row : lint_row_after(row, 1),
			globals_of(lint), s);
	set_numbers(finding, s != NULL ? s->value : 0, wanted);
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
	const struct ike_stmt *root = ike_find(globals_of(lint), IKE_CERT_ROOT),
			      *trust = ike_find(globals_of(lint), IKE_CERT_TRUST);
	size_t rules;

	if (root != NULL && trust != NULL)
		return;
	if (root != NULL || trust != NULL) {
		lint_add_stmt(lint, lint_row_after(row, 1), globals_of(lint),
			      root != NULL ? root : trust);
		return;
	}
	rules = count_certificate_rules(lint);
	if (rules > 0)
		set_numbers(lint_add_file(lint, row, LOCATION_IKE_CONFIG), (uint32_t)rules, 0);
}

static bool in_limits(const struct lint *lint, uint32_t seconds)
{
	return lint->profile->lifetime_max == 0 ||
	       (seconds >= lint->profile->lifetime_min && seconds <= lint->profile->lifetime_max);
}

void check_global_lifetime(struct lint *lint, unsigned row)
{
	const struct ike_stmt *s = ike_find(globals_of(lint), IKE_P1_LIFETIME_SECS);

	if (s == NULL)
		lint_add_file(lint, lint_row_after(row, 1), LOCATION_IKE_CONFIG);
	else if (s->good && !in_limits(lint, s->value))
		set_numbers(lint_add_value(lint, row, globals_of(lint), s), s->value, 0);
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
	const struct ike_item *g = globals_of(lint);
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

/* Whether a byte outside the tokens begins a comment. */
static bool has_comment(const struct doc *doc)
{
	size_t i, off = 0;

	for (i = 0; i <= doc->ntokens; i++) {
		size_t end = i < doc->ntokens ? doc->tokens[i].off : doc->blob.len;

		if (memchr(doc->blob.data + off, '#', end - off) != NULL)
			return true;
		if (i < doc->ntokens)
			off = doc->tokens[i].off + doc->tokens[i].len;
	}
	return false;
}

void check_daemon_written(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	const struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);
	struct ike_item item = IKE_ITEM_INIT;
	bool dumped = host->nrules > 0 && host->nrules == doc->nentries;
	size_t i, k;

	for (i = 0; i < host->nrules && dumped; i++) {
		ike_read_rule(doc, host->rules[i], &item, NULL);
		dumped = item.nxforms > 0;
		for (k = 0; k < item.nxforms && dumped; k++)
			dumped = ike_xform_find(&item, &item.xforms[k], IKE_P1_LIFETIME_SECS) !=
				 NULL;
	}
	if (dumped && !has_comment(doc))
		lint_add_file(lint, row, LOCATION_IKE_CONFIG);
	ike_item_release(&item);
}

static bool uses_certificates(const struct lint_rule *rule)
{
	return rule->effective->methods != 0 && !lint_rule_has(rule, IKE_METHOD_PRESHARED);
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
	if (rule->mdm && !rule->broken && uses_certificates(rule) &&
	    ike_find(rule->item, IKE_LOCAL_ID) == NULL)
		lint_add_rule(lint, row, rule);
}

void check_mdm_remote_id(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (rule->mdm && !rule->broken && uses_certificates(rule) &&
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
		set_numbers(lint_add_value(lint, row, rule->item, s), s->value, 0);
	strbuf_release(&number);
}

void check_mdm_lifetime(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_stmt *s = ike_find(rule->item, IKE_P2_LIFETIME_SECS);

	if (rule->mdm && s != NULL && s->good && !in_limits(lint, s->value))
		set_numbers(lint_add_value(lint, row, rule->item, s), s->value, 0);
}

void check_mdm_p1_lifetime(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_item *xs = rule->effective;
	uint32_t wanted = lint->profile->p1_lifetime, global;
	bool has_global = ike_value(rule->globals, IKE_P1_LIFETIME_SECS, &global);
	size_t i;

	if (!rule->mdm || wanted == 0 || rule->broken)
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
			set_numbers(finding,
				    s != NULL    ? s->value
				    : has_global ? global
						 : 0,
				    wanted);
			return;
		}
	}
}

/* Reports the group of a transform where the profile does not list it. */
static void check_mss_group(struct lint *lint, unsigned row, const struct lint_rule *rule,
			    const struct ike_xform *x)
{
	const struct ike_stmt *s = ike_xform_find(rule->item, x, IKE_OAKLEY_GROUP);
	struct strbuf group = STRBUF_INIT;

	if (s == NULL || !s->good)
		return;
	strbuf_addf(&group, "%u", s->value);
	if (!profile_allows(lint->profile, "limits.oakley_group", group.buf))
		finding_text(lint_add_value(lint, row, rule->item, s), group.buf);
	strbuf_release(&group);
}

/* The same for its cipher and hash together: "3des-sha1". */
static void check_mss_algorithms(struct lint *lint, unsigned row, const struct lint_rule *rule,
				 const struct ike_xform *x)
{
	const struct ike_stmt *cipher = ike_xform_find(rule->item, x, IKE_ENCR_ALG),
			      *hash = ike_xform_find(rule->item, x, IKE_AUTH_ALG);
	struct strbuf both = STRBUF_INIT;

	if (cipher == NULL || !cipher->good || hash == NULL || !hash->good)
		return;
	strbuf_addf(&both, "%s-%s", ike_words[cipher->value].name, ike_words[hash->value].name);
	if (!profile_allows(lint->profile, "limits.p1_transforms", both.buf))
		finding_text(lint_add_value(lint, row, rule->item, cipher), both.buf);
	strbuf_release(&both);
}

void check_mss_transforms(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	size_t i;

	for (i = 0; rule->mdm && i < rule->item->nxforms; i++) {
		check_mss_group(lint, row, rule, &rule->item->xforms[i]);
		check_mss_algorithms(lint, lint_row_after(row, 1), rule, &rule->item->xforms[i]);
	}
}

/* The certificate that a rule's local_id names: index + 1; 0: none, or there is no telling. */
static size_t local_certificate(const struct lint *lint, const struct lint_rule *rule, bool *known)
{
	const struct ike_stmt *s = ike_find(rule->item, IKE_LOCAL_ID);
	struct strbuf text = STRBUF_INIT;
	size_t cert;
	bool bad;

	*known = false;
	if (!uses_certificates(rule) || s == NULL || !s->good || lint->host->single ||
	    lint->host->certs.missing != NULL)
		return 0;
	ike_unquote(rule->item->doc, s, &text);
	cert = host_certs_select(&lint->host->certs, text.buf, text.len, &bad);
	strbuf_release(&text);
	*known = !bad;
	return cert;
}

static bool has_own_certificate(const struct lint *lint)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	for (i = 0; i < certs->ncerts; i++)
		if (host_cert_is_own(&certs->certs[i]))
			return true;
	return false;
}

/* A name as it stands in the file: in quotes, which take one backslash of two. */
static void add_as_written(struct strbuf *sb, const char *name)
{
	strbuf_addstr(sb, ": \"");
	for (; *name != '\0'; name++) {
		if (*name == '"' || *name == '\\')
			strbuf_addch(sb, '\\');
		strbuf_addch(sb, *name);
	}
	strbuf_addch(sb, '"');
}

void check_local_ids(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct host_certs *certs = &lint->host->certs;
	bool known, mdm_row = checks[row].when == WHEN_COEXISTENCE;
	size_t cert;

	/* Where this host has no certificate at all, that is said once (COEX-R12). */
	if (lint->rules_own_certificate == 0)
		lint->rules_own_certificate = has_own_certificate(lint) ? 1 : 2;
	if (lint->rules_own_certificate == 2)
		return;
	cert = local_certificate(lint, rule, &known);
	/* Of one that is here without its key, D02 says more where nobody else has rules of it. */
	if (!known || (cert != 0 && (!mdm_row || certs->certs[cert - 1].key != 0)))
		return;
	if (mdm_row || !lint->profile->coexistence) {
		struct finding *finding =
			lint_add_stmt(lint, row, rule->item, ike_find(rule->item, IKE_LOCAL_ID));
		size_t own = host_certs_own(certs);
		struct strbuf text = STRBUF_INIT;

		if (own != 0 && host_cert_is_writable(&certs->certs[own - 1]))
			add_as_written(&text, certs->certs[own - 1].cert.subject);
		finding_text(finding, text.buf);
		strbuf_release(&text);
	}
}

void check_own_certificate(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t cert;
	bool known;

	if (lint->rules_own_certificate == 2)
		return;
	cert = local_certificate(lint, rule, &known);
	if (cert == 0 || certs->certs[cert - 1].key != 0)
		return;
	finding_text(lint_add_stmt(lint, row, rule->item, ike_find(rule->item, IKE_LOCAL_ID)),
		     certs->certs[cert - 1].slot.name);
}

static bool certificates_known(const struct lint *lint)
{
	return !lint->host->single && lint->host->certs.missing == NULL;
}

void check_trust_in_store(struct lint *lint, unsigned row)
{
	const struct ike_item *g = globals_of(lint);
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; certificates_known(lint) && i < g->nstmts; i++) {
		const struct ike_stmt *s = &g->stmts[i];

		if ((s->word != IKE_CERT_ROOT && s->word != IKE_CERT_TRUST) || !s->good)
			continue;
		strbuf_clear(&text);
		ike_unquote(g->doc, s, &text);
		if (host_certs_select(&lint->host->certs, text.buf, text.len, NULL) == 0)
			lint_add_stmt(lint, row, g, s);
	}
	strbuf_release(&text);
}

void check_trust_left_over(struct lint *lint, unsigned row)
{
	const struct ike_item *g = globals_of(lint);
	const struct ike_stmt *s = ike_find(g, IKE_CERT_ROOT);

	if (s == NULL)
		s = ike_find(g, IKE_CERT_TRUST);
	if (s != NULL && certificates_known(lint) && lint->certificate_rules == 0 &&
	    !has_own_certificate(lint))
		lint_add_stmt(lint, row, g, s);
}

void check_root_without_crl(struct lint *lint, unsigned row)
{
	const struct ike_item *g = globals_of(lint);
	const struct ike_stmt *root = ike_find(g, IKE_CERT_ROOT);
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	if (root == NULL || ike_find(g, IKE_IGNORE_CRLS) != NULL || !certificates_known(lint))
		return;
	for (i = 0; i < certs->ncrls; i++)
		if (certs->crls[i].crl.head.state == PKI_OK)
			return;
	lint_add_stmt(lint, row, g, root);
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
	set_numbers(finding, (uint32_t)lint->foreign_rules, 0);
}

void check_no_preshared_file(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	enum file_state state = host->files[LOCATION_PRESHARED].info.state;

	if (!host->single && host_doc(host, LOCATION_PRESHARED) == NULL && state == FILE_MISSING &&
	    lint->preshared_rules > 0)
		set_numbers(lint_add_file(lint, row, LOCATION_PRESHARED),
			    (uint32_t)lint->preshared_rules, 0);
}

void check_no_certificate(struct lint *lint, unsigned row)
{
	if (certificates_known(lint) && lint->certificate_rules > 0 && !has_own_certificate(lint))
		set_numbers(lint_add_file(lint, row, LOCATION_PUBLICKEYS),
			    (uint32_t)lint->certificate_rules, 0);
}
