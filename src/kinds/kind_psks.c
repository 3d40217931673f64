/* Preshared keys: everything about them but the keys. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "kinds/kind.h"

static size_t count(struct view *view)
{
	return view->host->nkeys;
}

static uint64_t id(struct view *view, size_t item)
{
	const struct preshared_item *key = view_key(view, item);
	const struct ip_range *l = &key->local.range, *r = &key->remote.range;

	return (l->first.low * 31 + l->first.high) * 1000003 + r->first.low * 7 + r->first.high;
}

static void add_range(const struct ip_range *range, struct strbuf *sb)
{
	if (range->family != IP_NONE)
		ip_range_print(sb, range);
	else
		strbuf_addch(sb, '?');
}

static void name_of(struct view *view, size_t item, struct strbuf *sb)
{
	const struct preshared_item *key = view_key(view, item);

	add_range(&key->local.range, sb);
	strbuf_addch(sb, ',');
	add_range(&key->remote.range, sb);
}

/* A key is called by its number, by "LOCAL,REMOTE", or by the remote address alone where that is
 * unique. */
static size_t find(struct view *view, const char *name)
{
	size_t i, found = count(view), hits = 0;
	char *end;
	unsigned long number = strtoul(name, &end, 10);

	if (*name != '\0' && *end == '\0' && number >= 1 && number <= count(view))
		return number - 1;
	for (i = 0; i < count(view); i++) {
		struct strbuf text = STRBUF_INIT;
		const char *comma;

		name_of(view, i, &text);
		comma = strchr(text.buf, ',');
		if (strcmp(text.buf, name) == 0) {
			strbuf_release(&text);
			return i;
		}
		if (comma != NULL && strcmp(comma + 1, name) == 0) {
			found = i;
			hits++;
		}
		strbuf_release(&text);
	}
	return hits == 1 ? found : count(view);
}

static enum owner owner(struct view *view, size_t item)
{
	(void)item;
	return view->profile->coexistence ? OWNER_MDM : OWNER_NONE;
}

static const uint32_t *entries(const struct host *host)
{
	return host->keys;
}

static void get_number(struct view *view, size_t item, struct sink *sink)
{
	(void)view;
	sink_number(sink, (int64_t)item + 1);
}

static void put_id(struct view *view, size_t item, enum preshared_word field, struct sink *sink)
{
	const struct preshared_item *key = view_key(view, item);
	const struct preshared_stmt *s = preshared_find(key, field);

	if (s == NULL || s->end == s->arg)
		sink_null(sink);
	else if (s->good)
		sink_text(sink, doc_text(key->doc, s->arg), key->doc->tokens[s->arg].len);
	else
		sink_string(sink, _("not understood"));
}

static void get_localid(struct view *view, size_t item, struct sink *sink)
{
	put_id(view, item, PRESHARED_LOCALID, sink);
}

static void get_remoteid(struct view *view, size_t item, struct sink *sink)
{
	put_id(view, item, PRESHARED_REMOTEID, sink);
}

static void put_type(struct view *view, size_t item, enum preshared_word field, struct sink *sink)
{
	const struct preshared_stmt *s = preshared_find(view_key(view, item), field);

	sink_string(sink, s != NULL && s->good ? preshared_words[s->value].name : NULL);
}

static void get_localidtype(struct view *view, size_t item, struct sink *sink)
{
	put_type(view, item, PRESHARED_LOCALIDTYPE, sink);
}

static void get_remoteidtype(struct view *view, size_t item, struct sink *sink)
{
	put_type(view, item, PRESHARED_REMOTEIDTYPE, sink);
}

static void get_bits(struct view *view, size_t item, struct sink *sink)
{
	const struct preshared_item *key = view_key(view, item);

	if (key->key.form == PRESHARED_FORM_NONE)
		sink_null(sink);
	else
		sink_number(sink, key->key.bits);
}

static void get_fingerprint(struct view *view, size_t item, struct sink *sink)
{
	struct error err = ERROR_INIT;
	const struct pki *pki = pki_open(&err);
	struct blob bytes;
	char text[9];

	error_clear(&err);
	if (pki == NULL || !preshared_key_bytes(host_doc(view->host, LOCATION_PRESHARED),
						view_key(view, item), &bytes)) {
		sink_null(sink);
		return;
	}
	pki->fingerprint(bytes.data, bytes.len, view->salt, strlen(view->salt), text);
	blob_release(&bytes);
	sink_string(sink, text);
}

/* The first rule of each key, by one walk over the rules. */
static void join_rules(struct view *view)
{
	const struct host *host = view->host;
	size_t i;

	view->key_rules = xmalloc(host->nkeys * sizeof *view->key_rules);
	for (i = 0; i < host->nkeys; i++)
		view->key_rules[i] = UINT32_MAX;
	for (i = 0; i < host->nrules; i++) {
		const struct ike_item *rule = view_rule(view, i);
		size_t key;

		if (ike_effective(rule, &host->globals)->methods != IKE_METHOD_PRESHARED)
			continue;
		key = pairs_key_of_rule(host_pairs(view->host), rule);
		if (key != SIZE_MAX && view->key_rules[key] == UINT32_MAX)
			view->key_rules[key] = (uint32_t)i;
	}
}

static void get_rule(struct view *view, size_t item, struct sink *sink)
{
	struct strbuf text = STRBUF_INIT;

	if (view->key_rules == NULL)
		join_rules(view);
	if (view->key_rules[item] == UINT32_MAX) {
		sink_null(sink);
		return;
	}
	kind_rules.name_of(view, view->key_rules[item], &text);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

static void get_line(struct view *view, size_t item, struct sink *sink)
{
	struct doc *doc = host_doc(view->host, LOCATION_PRESHARED);
	const struct entry *e = &doc->entries[view->host->keys[item]];

	sink_number(sink, doc_position(doc, doc->tokens[e->tok].off).line);
}

/* A table reads best as rows. */
/* clang-format off */
static const struct column columns[] = {
	{ "number", N_("#"), N_("the key's place in the file, from 1; the first that fits a pair of addresses is taken"),
	  COLUMN_LIST | COLUMN_NUMBER, 4, .get = get_number },
	{ "localid", N_("Local id"), N_("address of this host's end"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 16, .get = get_localid },
	{ "remoteid", N_("Remote id"), N_("address of the peer's end"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 16, .get = get_remoteid },
	{ "localidtype", N_("Local type"), N_("what kind of identity the local one is; IP is the documented one"),
	  COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_localidtype },
	{ "remoteidtype", N_("Remote type"), N_("what kind of identity the remote one is"),
	  COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_remoteidtype },
	{ "bits", N_("Bits"), N_("length of the key; 128 are the least that is advised"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 5, .get = get_bits },
	{ "fingerprint", N_("Fingerprint"), N_("tells two keys apart without showing them; another one in every run"),
	  COLUMN_WIDE | COLUMN_DETAIL, 11, .get = get_fingerprint },
	{ "rule", N_("Rule"), N_("the first rule that uses it"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 12, .get = get_rule },
	{ "line", N_("Line"), N_("where it stands in the file"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 6, .get = get_line },
};
/* clang-format on */

const struct kind kind_psks = {
	.name = "psks",
	.title = N_("Keys"),
	.item = N_("preshared key"),
	.help = N_(
		"Preshared keys of ike.preshared: for which addresses, how long, used by which rule. The keys themselves are never shown here."),
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.count = count,
	.id = id,
	.find = find,
	.name_of = name_of,
	.owner = owner,
	.file = LOCATION_PRESHARED,
	.entries = entries,
};
