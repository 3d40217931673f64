/* IKE rules. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "kinds/kind.h"

static size_t count(struct view *view)
{
	return view->host->nrules;
}

static uint64_t id(struct view *view, size_t item)
{
	const struct ike_stmt *s = ike_find(view_rule(view, item), IKE_LABEL);
	const struct doc *doc = host_doc(view->host, LOCATION_IKE_CONFIG);
	uint64_t hash = 0xcbf29ce484222325u;
	size_t i;

	if (s == NULL || s->end == s->arg)
		return item;
	for (i = 0; i < doc->tokens[s->arg].len; i++)
		hash = (hash ^ (unsigned char)doc_text(doc, s->arg)[i]) * 0x100000001b3u;
	return hash;
}

static size_t find(struct view *view, const char *name)
{
	return host_find_rule(view->host, name);
}

static void add_label(struct view *view, size_t item, struct strbuf *sb)
{
	const struct ike_item *rule = view_rule(view, item);
	const struct ike_stmt *s = ike_find(rule, IKE_LABEL);

	if (s != NULL)
		ike_unquote(rule->doc, s, sb);
}

static enum owner owner(struct view *view, size_t item)
{
	uint32_t number;

	if (!view->profile->coexistence)
		return OWNER_NONE;
	return ike_index_label(view_rule(view, item), &number) ? OWNER_MDM : OWNER_FOREIGN;
}

static const uint32_t *entries(const struct host *host)
{
	return host->rules;
}

static void get_number(struct view *view, size_t item, struct sink *sink)
{
	(void)view;
	sink_number(sink, (int64_t)item + 1);
}

static void get_label(struct view *view, size_t item, struct sink *sink)
{
	struct strbuf text = STRBUF_INIT;

	if (ike_find(view_rule(view, item), IKE_LABEL) == NULL) {
		sink_null(sink);
		return;
	}
	add_label(view, item, &text);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

static const char *method_kind(unsigned methods)
{
	switch (methods) {
	case 0:
		return NULL;
	case IKE_METHOD_PRESHARED:
		return "preshared";
	case IKE_METHOD_RSA_SIG:
		return "rsasig";
	case IKE_METHOD_DSS_SIG:
		return "dss";
	case IKE_METHOD_RSA_ENCRYPT:
		return "rsa_encrypt";
	default:
		return "mixed";
	}
}

static void get_kind(struct view *view, size_t item, struct sink *sink)
{
	const struct ike_item *rule = view_rule(view, item);

	sink_string(sink, method_kind(ike_effective(rule, &view->host->globals)->methods));
}

/* The statement in force: the rule's own, or the file's. */
static const struct ike_stmt *in_force(struct view *view, size_t item, enum ike_word word,
				       const struct ike_item **where)
{
	*where = view_rule(view, item);
	if (ike_find(*where, word) == NULL)
		*where = &view->host->globals;
	return ike_find(*where, word);
}

static void get_in_force(struct view *view, size_t item, enum ike_word word, struct sink *sink)
{
	const struct ike_item *where;
	const struct ike_stmt *s = in_force(view, item, word, &where);
	struct strbuf text = STRBUF_INIT;

	if (s == NULL) {
		sink_null(sink);
	} else if (s->good && ike_words[word].arg != IKE_ARG_ENUM) {
		sink_number(sink, s->value);
	} else {
		ike_raw_value(where->doc, s, &text);
		sink_text(sink, text.buf, text.len);
	}
	strbuf_release(&text);
}

static enum origin origin_in_force(struct view *view, size_t item, enum ike_word word)
{
	if (ike_find(view_rule(view, item), word) != NULL)
		return ORIGIN_OWN;
	if (ike_find(&view->host->globals, word) != NULL)
		return ORIGIN_FILE;
	return ORIGIN_DAEMON;
}

#define IN_FORCE(name, word)                                                                       \
	static void get_##name(struct view *view, size_t item, struct sink *sink)                  \
	{                                                                                          \
		get_in_force(view, item, word, sink);                                              \
	}                                                                                          \
	static enum origin origin_##name(struct view *view, size_t item)                           \
	{                                                                                          \
		return origin_in_force(view, item, word);                                          \
	}

IN_FORCE(id_type, IKE_LOCAL_ID_TYPE)
IN_FORCE(p2_pfs, IKE_P2_PFS)
IN_FORCE(p2_lifetime, IKE_P2_LIFETIME_SECS)
IN_FORCE(p2_softlife, IKE_P2_SOFTLIFE_SECS)
IN_FORCE(p2_idletime, IKE_P2_IDLETIME_SECS)
IN_FORCE(p2_lifetime_kb, IKE_P2_LIFETIME_KB)
IN_FORCE(p2_softlife_kb, IKE_P2_SOFTLIFE_KB)

/* All values of a keyword that may stand several times. An address is written without its blanks.
 */
static void get_list(struct view *view, size_t item, enum ike_word word, struct sink *sink)
{
	const struct ike_item *rule = view_rule(view, item);
	size_t i;

	sink_begin_list(sink);
	for (i = 0; i < rule->nstmts; i++) {
		const struct ike_stmt *s = &rule->stmts[i];
		struct strbuf text = STRBUF_INIT;
		uint32_t tok;

		if (s->word != word || s->end == s->arg)
			continue;
		if (ike_words[word].arg == IKE_ARG_ADDRESS)
			for (tok = s->arg; tok < s->end; tok++)
				strbuf_add(&text, doc_text(rule->doc, tok),
					   rule->doc->tokens[tok].len);
		else
			ike_unquote(rule->doc, s, &text);
		sink_text(sink, text.buf, text.len);
		strbuf_release(&text);
	}
	sink_end(sink);
}

static enum origin origin_own(struct view *view, size_t item, enum ike_word word)
{
	return ike_find(view_rule(view, item), word) != NULL ? ORIGIN_OWN : ORIGIN_NONE;
}

#define OWN_LIST(name, word)                                                                       \
	static void get_##name(struct view *view, size_t item, struct sink *sink)                  \
	{                                                                                          \
		get_list(view, item, word, sink);                                                  \
	}                                                                                          \
	static enum origin origin_##name(struct view *view, size_t item)                           \
	{                                                                                          \
		return origin_own(view, item, word);                                               \
	}

OWN_LIST(local_addr, IKE_LOCAL_ADDR)
OWN_LIST(remote_addr, IKE_REMOTE_ADDR)
OWN_LIST(local_id, IKE_LOCAL_ID)
OWN_LIST(remote_id, IKE_REMOTE_ID)

/* What a transform says of one of its parts, as it is spelt. */
static void put_part(const struct ike_item *item, const struct ike_xform *x, enum ike_word word,
		     struct sink *sink)
{
	const struct ike_stmt *s = ike_xform_find(item, x, word);
	struct strbuf text = STRBUF_INIT;
	uint32_t tok;

	sink_key(sink, ike_words[word].name);
	if (s == NULL || s->end == s->arg) {
		sink_null(sink);
	} else if (s->good && ike_words[word].arg == IKE_ARG_GROUP) {
		sink_number(sink, s->value);
	} else {
		for (tok = s->arg; tok < s->end; tok++)
			strbuf_add(&text, doc_text(item->doc, tok), item->doc->tokens[tok].len);
		sink_text(sink, text.buf, text.len);
	}
	strbuf_release(&text);
}

/* The lifetime that holds for a transform: its own, or the file's. */
static bool p1_lifetime(struct view *view, const struct ike_item *item, const struct ike_xform *x,
			uint32_t *value, enum origin *origin)
{
	const struct ike_stmt *s = ike_xform_find(item, x, IKE_P1_LIFETIME_SECS);

	*origin = item == &view->host->globals ? ORIGIN_FILE : ORIGIN_OWN;
	if (s != NULL && s->good) {
		*value = s->value;
		return true;
	}
	*origin = ORIGIN_FILE;
	return ike_value(&view->host->globals, IKE_P1_LIFETIME_SECS, value);
}

static void get_xforms(struct view *view, size_t item, struct sink *sink)
{
	const struct ike_item *xs = ike_effective(view_rule(view, item), &view->host->globals);
	enum origin origin;
	uint32_t seconds;
	size_t i;

	sink_begin_list(sink);
	for (i = 0; i < xs->nxforms; i++) {
		const struct ike_xform *x = &xs->xforms[i];

		sink_begin_record(sink);
		put_part(xs, x, IKE_AUTH_METHOD, sink);
		put_part(xs, x, IKE_OAKLEY_GROUP, sink);
		put_part(xs, x, IKE_AUTH_ALG, sink);
		put_part(xs, x, IKE_ENCR_ALG, sink);
		sink_key(sink, "p1_lifetime_secs");
		if (p1_lifetime(view, xs, x, &seconds, &origin))
			sink_number(sink, seconds);
		else
			sink_null(sink);
		sink_end(sink);
	}
	sink_end(sink);
}

static enum origin origin_xforms(struct view *view, size_t item)
{
	return origin_in_force(view, item, IKE_P1_XFORM);
}

/* The first proposal in short: cipher, hash and group. */
static void get_proposal(struct view *view, size_t item, struct sink *sink)
{
	static const enum ike_word parts[] = { IKE_ENCR_ALG, IKE_AUTH_ALG, IKE_OAKLEY_GROUP };
	const struct ike_item *xs = ike_effective(view_rule(view, item), &view->host->globals);
	struct strbuf text = STRBUF_INIT;
	struct cell_sink cell;
	size_t i;

	for (i = 0; xs->nxforms > 0 && i < ARRAY_SIZE(parts); i++) {
		if (i > 0)
			strbuf_addch(&text, '/');
		cell_sink_init(&cell, &text);
		put_part(xs, &xs->xforms[0], parts[i], &cell.sink);
	}
	if (xs->nxforms > 1)
		strbuf_addf(&text, " +%zu", xs->nxforms - 1);
	if (xs->nxforms > 0)
		sink_text(sink, text.buf, text.len);
	else
		sink_null(sink);
	strbuf_release(&text);
}

static void get_p1_lifetime(struct view *view, size_t item, struct sink *sink)
{
	const struct ike_item *xs = ike_effective(view_rule(view, item), &view->host->globals);
	enum origin origin;
	uint32_t seconds;

	if (xs->nxforms > 0 && p1_lifetime(view, xs, &xs->xforms[0], &seconds, &origin))
		sink_number(sink, seconds);
	else
		sink_null(sink);
}

static enum origin origin_p1_lifetime(struct view *view, size_t item)
{
	const struct ike_item *xs = ike_effective(view_rule(view, item), &view->host->globals);
	enum origin origin = ORIGIN_DAEMON;
	uint32_t seconds;

	if (xs->nxforms == 0 || !p1_lifetime(view, xs, &xs->xforms[0], &seconds, &origin))
		return ORIGIN_DAEMON;
	if (origin == ORIGIN_OWN && owner(view, item) == OWNER_MDM &&
	    seconds == view->profile->p1_lifetime)
		return ORIGIN_FORCED;
	return origin;
}

static void get_owner(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, owner_name(owner(view, item)));
}

/* What the rule authenticates with: the key or the certificate that goes with it. */
static void get_secret(struct view *view, size_t item, struct sink *sink)
{
	const struct ike_item *rule = view_rule(view, item);
	unsigned methods = ike_effective(rule, &view->host->globals)->methods;
	const struct ike_stmt *s = ike_find(rule, IKE_LOCAL_ID);
	struct strbuf text = STRBUF_INIT;
	size_t found;

	if (methods == IKE_METHOD_PRESHARED) {
		found = pairs_key_of_rule(host_pairs(view->host), rule);
		if (found != SIZE_MAX)
			strbuf_addf(&text, _("key %zu"), found + 1);
		else
			strbuf_addstr(&text, _("no key"));
	} else if (methods != 0 && s != NULL) {
		struct strbuf selector = STRBUF_INIT;

		ike_unquote(rule->doc, s, &selector);
		found = host_certs_select(&view->host->certs, selector.buf, selector.len, NULL);
		if (found != 0)
			strbuf_addf(&text, _("slot %s"),
				    view->host->certs.certs[found - 1].slot.name);
		else
			strbuf_addstr(&text, _("no certificate"));
		strbuf_release(&selector);
	}
	if (text.len > 0)
		sink_text(sink, text.buf, text.len);
	else
		sink_null(sink);
	strbuf_release(&text);
}

static void get_line(struct view *view, size_t item, struct sink *sink)
{
	struct doc *doc = host_doc(view->host, LOCATION_IKE_CONFIG);
	const struct entry *e = &doc->entries[view->host->rules[item]];

	sink_number(sink, doc_position(doc, doc->tokens[e->tok].off).line);
}

/* A table reads best as rows. */
/* clang-format off */
static const struct column columns[] = {
	{ "number", N_("#"), N_("the rule's place in the file, from 1; the first rule that fits a peer is taken"),
	  COLUMN_LIST | COLUMN_NUMBER, 3, .get = get_number, .priority = 3 },
	{ "label", N_("Label"), N_("the rule's name; MDM's are INDEXID_n"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 11, IKE_LABEL, .get = get_label, .priority = 1 },
	{ "kind", N_("Auth"), N_("how the peers prove who they are, from the transforms in force"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 9, .get = get_kind },
	{ "local_addr", N_("Local"), N_("addresses of this host's end"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 15, IKE_LOCAL_ADDR, get_local_addr, origin_local_addr },
	{ "remote_addr", N_("Remote"), N_("addresses of the peer's end"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 15, IKE_REMOTE_ADDR, get_remote_addr, origin_remote_addr, .priority = 2 },
	{ "local_id_type", N_("Id type"), N_("which identity is sent to the peer"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 7, IKE_LOCAL_ID_TYPE, get_id_type, origin_id_type },
	{ "local_id", N_("Local id"), N_("the certificate of this host"),
	  COLUMN_DETAIL | COLUMN_JSON, 20, IKE_LOCAL_ID, get_local_id, origin_local_id },
	{ "remote_id", N_("Remote id"), N_("the certificates the peer may have"),
	  COLUMN_DETAIL | COLUMN_JSON, 20, IKE_REMOTE_ID, get_remote_id, origin_remote_id },
	{ "proposal", N_("Phase 1"), N_("cipher, hash and group of the first proposal for phase 1"),
	  COLUMN_LIST, 11, IKE_P1_XFORM, get_proposal, origin_xforms },
	{ "p1_xforms", N_("Transforms"), N_("the proposals for phase 1: method, group, hash, cipher, lifetime"),
	  COLUMN_DETAIL | COLUMN_JSON, 30, IKE_P1_XFORM, get_xforms, origin_xforms },
	{ "p1_lifetime_secs", N_("P1 life"), N_("lifetime of a phase 1 SA in seconds, of the first proposal"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_NUMBER, 7, IKE_P1_LIFETIME_SECS, get_p1_lifetime, origin_p1_lifetime,
	  .forced_by = "COEX-R8" },
	{ "p2_pfs", N_("PFS"), N_("Diffie-Hellman group of phase 2; 0 is none"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 3, IKE_P2_PFS, get_p2_pfs, origin_p2_pfs },
	{ "p2_lifetime_secs", N_("P2 life"), N_("lifetime of a phase 2 SA in seconds"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 7, IKE_P2_LIFETIME_SECS, get_p2_lifetime, origin_p2_lifetime },
	{ "p2_softlife_secs", N_("P2 soft life"), N_("when a phase 2 SA is renewed, in seconds"),
	  COLUMN_DETAIL | COLUMN_NUMBER, 7, IKE_P2_SOFTLIFE_SECS, get_p2_softlife, origin_p2_softlife },
	{ "p2_idletime_secs", N_("P2 idle time"), N_("how long a phase 2 SA may be unused, in seconds"),
	  COLUMN_DETAIL | COLUMN_NUMBER, 7, IKE_P2_IDLETIME_SECS, get_p2_idletime, origin_p2_idletime },
	{ "p2_lifetime_kb", N_("P2 kilobytes"), N_("how much a phase 2 SA may carry"),
	  COLUMN_DETAIL | COLUMN_NUMBER, 7, IKE_P2_LIFETIME_KB, get_p2_lifetime_kb, origin_p2_lifetime_kb },
	{ "p2_softlife_kb", N_("P2 soft kilobytes"), N_("after how much a phase 2 SA is renewed"),
	  COLUMN_DETAIL | COLUMN_NUMBER, 7, IKE_P2_SOFTLIFE_KB, get_p2_softlife_kb, origin_p2_softlife_kb },
	{ "owner", N_("Owner"), N_("whose rule it is: MDM's, or a foreign one"),
	  COLUMN_LIST | COLUMN_DETAIL, 7, .get = get_owner },
	{ "secret", N_("Key"), N_("the preshared key or the certificate that goes with it"),
	  COLUMN_WIDE | COLUMN_DETAIL, 10, .get = get_secret },
	{ "line", N_("Line"), N_("where it stands in the file"),
	  COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 6, .get = get_line },
};
/* clang-format on */

const struct kind kind_rules = {
	.name = "rules",
	.title = N_("Rules"),
	.item = N_("rule"),
	.help = N_("Which peers this host negotiates with, and how: the rules of ike/config."),
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.count = count,
	.id = id,
	.find = find,
	.name_of = add_label,
	.owner = owner,
	.file = LOCATION_IKE_CONFIG,
	.entries = entries,
};
