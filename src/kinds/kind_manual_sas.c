/* Manual security associations: the commands of ipseckeys, everything about them but the keys. */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "kinds/kind.h"
#include "kinds/manual_name.h"

static size_t count(struct view *view)
{
	return view->host->ncommands;
}

/* By what identifies a security association; any other command by what it is. */
static uint64_t id(struct view *view, size_t item)
{
	const struct manual_item *sa = view_manual(view, item);
	const struct ip *dst = &sa->dst.range.first;
	uint64_t hash = sa->command * UINT64_C(256) + sa->sa_type;

	hash = hash * 0x9e3779b97f4a7c15u + sa->spi;
	hash = hash * 0x9e3779b97f4a7c15u + dst->high;
	return hash * 0x9e3779b97f4a7c15u + dst->low;
}

static enum owner owner(struct view *view, size_t item)
{
	(void)item;
	return view->profile->coexistence ? OWNER_MDM : OWNER_NONE;
}

static const uint32_t *entries(const struct host *host)
{
	return host->commands;
}

/* A word of the file as it may be shown, without quotes. */
static void put_token(const struct manual_item *sa, uint32_t tok, struct sink *sink)
{
	struct span at = doc_span(sa->doc, tok, tok + 1);
	struct strbuf text = STRBUF_INIT;

	if (sa->doc->tokens[tok].kind == TOKEN_STRING)
		at = (struct span){ at.off + 1, at.len - 2 };
	doc_print(sa->doc, at, &text);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

/* A number that JSON has no room for is given as its digits. */
static void put_number(uint64_t number, struct sink *sink)
{
	char digits[24];

	if (number <= INT64_MAX) {
		sink_number(sink, (int64_t)number);
		return;
	}
	snprintf(digits, sizeof digits, "%" PRIu64, number);
	sink_string(sink, digits);
}

static void put_identity(const struct manual_item *sa, const struct manual_field *f,
			 struct sink *sink)
{
	uint32_t values = f != NULL ? f->end - f->arg : 0;

	sink_begin_record(sink);
	sink_key(sink, "type");
	if (values > 0)
		put_token(sa, f->arg, sink);
	else
		sink_null(sink);
	sink_key(sink, "text");
	if (values > 1)
		put_token(sa, f->end - 1, sink);
	else
		sink_null(sink);
	sink_end(sink);
}

/* The value of an extension. A number that was not understood is none. */
static void put_field(const struct manual_item *sa, enum manual_word name, struct sink *sink)
{
	const struct manual_field *f = manual_find(sa, name);

	if (manual_words[name].arg == MANUAL_ARG_IDENTITY)
		put_identity(sa, f, sink);
	else if (f == NULL || f->end == f->arg)
		sink_null(sink);
	else if (manual_words[name].arg != MANUAL_ARG_NUMBER)
		put_token(sa, f->arg, sink);
	else if (f->good)
		put_number(f->number, sink);
	else
		sink_null(sink);
}

static void put(struct view *view, size_t item, enum manual_word name, struct sink *sink)
{
	put_field(view_manual(view, item), name, sink);
}

/* Several extensions under their names. */
static void put_group(struct view *view, size_t item, const uint8_t *names, size_t n,
		      struct sink *sink)
{
	size_t i;

	sink_begin_record(sink);
	for (i = 0; i < n; i++) {
		sink_key(sink, manual_words[names[i]].name);
		put(view, item, (enum manual_word)names[i], sink);
	}
	sink_end(sink);
}

static void get_number(struct view *view, size_t item, struct sink *sink)
{
	(void)view;
	sink_number(sink, (int64_t)item + 1);
}

static void get_command(struct view *view, size_t item, struct sink *sink)
{
	const struct manual_item *sa = view_manual(view, item);

	if (sa->command != 0)
		sink_string(sink, manual_words[sa->command].name);
	else
		put_token(sa, sa->doc->entries[sa->entry].tok, sink);
}

static void get_type(struct view *view, size_t item, struct sink *sink)
{
	const struct manual_item *sa = view_manual(view, item);

	sink_string(sink, sa->sa_type != 0 ? manual_words[sa->sa_type].name : NULL);
}

/* The type of what is added; of any other command its name. */
static void get_sa(struct view *view, size_t item, struct sink *sink)
{
	if (view_manual(view, item)->command == MANUAL_ADD)
		get_type(view, item, sink);
	else
		get_command(view, item, sink);
}

static void get_hex(struct view *view, size_t item, struct sink *sink)
{
	uint32_t spi = view_manual(view, item)->spi;
	char text[12];

	snprintf(text, sizeof text, "0x%" PRIx32, spi);
	sink_string(sink, spi != 0 ? text : NULL);
}

static void get_partner(struct view *view, size_t item, struct sink *sink)
{
	const struct doc *doc = host_doc(view->host, LOCATION_IPSECKEYS);
	uint32_t partner;

	if (view->manual_pairs == NULL)
		view->manual_pairs = manual_pairs_new(doc, NULL);
	partner = manual_partner(view->manual_pairs, view->host->commands[item]);
	if (partner == doc->nentries) {
		sink_null(sink);
		return;
	}
	manual_read(doc, partner, &view->manual_other, NULL);
	sink_number(sink, view->manual_other.spi);
}

static void get_direction(struct view *view, size_t item, struct sink *sink)
{
	const struct manual_item *sa = view_manual(view, item);

	sink_string(sink, sa->inbound && sa->outbound ? "both"
			  : sa->inbound               ? "inbound"
			  : sa->outbound              ? "outbound"
						      : NULL);
}

/* The name that listings of the system show, or what stands there. */
static void put_alg(struct view *view, size_t item, const struct ipsec_alg *alg,
		    enum manual_word name, struct sink *sink)
{
	if (alg != NULL)
		sink_string(sink, alg->names[0]);
	else
		put(view, item, name, sink);
}

static void get_encr_alg(struct view *view, size_t item, struct sink *sink)
{
	put_alg(view, item, view_manual(view, item)->encr_alg, MANUAL_ENCRALG, sink);
}

static void get_auth_alg(struct view *view, size_t item, struct sink *sink)
{
	put_alg(view, item, view_manual(view, item)->auth_alg, MANUAL_AUTHALG, sink);
}

/* As the file names it; a number says nothing to people. */
static void put_short_alg(const struct manual_item *sa, const struct ipsec_alg *alg,
			  enum manual_word name, struct sink *sink)
{
	const struct manual_field *f = manual_find(sa, name);

	if (alg != NULL && f != NULL && strchr("0123456789", *doc_text(sa->doc, f->arg)) != NULL &&
	    ipsec_alg_find(alg->class, doc_text(sa->doc, f->arg), sa->doc->tokens[f->arg].len) ==
		    NULL)
		sink_string(sink, alg->names[0]);
	else
		put_field(sa, name, sink);
}

static void get_algs(struct view *view, size_t item, struct sink *sink)
{
	const struct manual_item *sa = view_manual(view, item);

	if (manual_find(sa, MANUAL_ENCRALG) == NULL && manual_find(sa, MANUAL_AUTHALG) == NULL) {
		sink_null(sink);
		return;
	}
	sink_begin_record(sink);
	sink_key(sink, "encr_alg");
	put_short_alg(sa, sa->encr_alg, MANUAL_ENCRALG, sink);
	sink_key(sink, "auth_alg");
	put_short_alg(sa, sa->auth_alg, MANUAL_AUTHALG, sink);
	sink_end(sink);
}

static void put_bits(const struct manual_key *key, struct sink *sink)
{
	if (key->text.len > 0)
		sink_number(sink, key->bits);
	else
		sink_null(sink);
}

static void get_encr_bits(struct view *view, size_t item, struct sink *sink)
{
	put_bits(&view_manual(view, item)->encr_key, sink);
}

static void get_auth_bits(struct view *view, size_t item, struct sink *sink)
{
	put_bits(&view_manual(view, item)->auth_key, sink);
}

static void put_fingerprint(struct view *view, const struct manual_key *key, struct sink *sink)
{
	struct error err = ERROR_INIT;
	const struct pki *pki = pki_open(&err);
	struct blob bytes;
	char text[9];

	error_clear(&err);
	if (pki == NULL ||
	    !manual_key_bytes(host_doc(view->host, LOCATION_IPSECKEYS), key, &bytes)) {
		sink_null(sink);
		return;
	}
	pki->fingerprint(bytes.data, bytes.len, view->salt, strlen(view->salt), text);
	blob_release(&bytes);
	sink_string(sink, text);
}

static void get_encr_fingerprint(struct view *view, size_t item, struct sink *sink)
{
	put_fingerprint(view, &view_manual(view, item)->encr_key, sink);
}

static void get_auth_fingerprint(struct view *view, size_t item, struct sink *sink)
{
	put_fingerprint(view, &view_manual(view, item)->auth_key, sink);
}

static void get_owner(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, owner_name(owner(view, item)));
}

static void get_line(struct view *view, size_t item, struct sink *sink)
{
	struct doc *doc = host_doc(view->host, LOCATION_IPSECKEYS);
	const struct entry *e = &doc->entries[view->host->commands[item]];

	sink_number(sink, doc_position(doc, doc->tokens[e->tok].off).line);
}

#define GET(function, name)                                                                        \
	static void function(struct view *view, size_t item, struct sink *sink)                    \
	{                                                                                          \
		put(view, item, name, sink);                                                       \
	}
GET(get_spi, MANUAL_SPI)
GET(get_pair_spi, MANUAL_PAIR_SPI)
GET(get_src, MANUAL_SRC)
GET(get_dst, MANUAL_DST)
GET(get_sport, MANUAL_SPORT)
GET(get_dport, MANUAL_DPORT)
GET(get_proto, MANUAL_PROTO)
GET(get_state, MANUAL_STATE)
GET(get_replay, MANUAL_REPLAY)
GET(get_src_id, MANUAL_SRCIDTYPE)
GET(get_dst_id, MANUAL_DSTIDTYPE)
#undef GET

#define GET_GROUP(function, ...)                                                                   \
	static void function(struct view *view, size_t item, struct sink *sink)                    \
	{                                                                                          \
		static const uint8_t names[] = { __VA_ARGS__ };                                    \
                                                                                                   \
		put_group(view, item, names, sizeof names, sink);                                  \
	}
GET_GROUP(get_lifetimes, MANUAL_HARD_ADDTIME, MANUAL_SOFT_ADDTIME, MANUAL_HARD_USETIME,
	  MANUAL_SOFT_USETIME, MANUAL_HARD_BYTES, MANUAL_SOFT_BYTES, MANUAL_HARD_ALLOC,
	  MANUAL_SOFT_ALLOC, MANUAL_IDLE_ADDTIME, MANUAL_IDLE_USETIME)
GET_GROUP(get_inner, MANUAL_ISRC, MANUAL_IDST, MANUAL_ISPORT, MANUAL_IDPORT, MANUAL_IPROTO)
GET_GROUP(get_nat, MANUAL_ENCAP, MANUAL_NAT_LOC, MANUAL_NAT_REM, MANUAL_NAT_LPORT, MANUAL_NAT_RPORT)
GET_GROUP(get_labels, MANUAL_LABEL, MANUAL_OUTER_LABEL, MANUAL_IMPLICIT_LABEL)
#undef GET_GROUP

/* Every extension as the file has it, in its order. */
static bool more(struct view *view, size_t item, size_t i, struct kind_more *more)
{
	const struct manual_item *sa = view_manual(view, item);
	const struct manual_field *f;

	if (i >= sa->nfields)
		return false;
	f = &sa->fields[i];
	strbuf_init(&more->value);
	more->name = manual_words[f->word].name;
	more->help = manual_words[f->name].help;
	if (f->end > f->arg)
		doc_print(sa->doc, doc_span(sa->doc, f->arg, f->end), &more->value);
	return true;
}

/* A table reads best as rows. */
/* clang-format off */
static const struct column columns[] = {
	{ "number", N_("#"), N_("the command's place in the file, from 1"),
	  COLUMN_WIDE | COLUMN_NUMBER, 4, .get = get_number },
	{ "sa", N_("SA"), N_("the type of the security association that is added; of any other command its name"),
	  COLUMN_LIST, 6, .get = get_sa, .priority = 1 },
	{ "command", N_("Command"), N_("what the line does: add, update, delete, flush, ..."),
	  COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_command },
	{ "type", N_("Type"), N_("type of the security association: esp or ah"),
	  COLUMN_DETAIL | COLUMN_JSON, 4, .get = get_type },
	{ "spi", N_("SPI"), N_("the security parameters index"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 10, .get = get_spi, .priority = 2 },
	{ "spi_hex", N_("SPI, hex"), N_("the same in hexadecimal, as the system lists it"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_hex },
	{ "src", N_("Source"), N_("source address"),
	  COLUMN_LIST | COLUMN_JSON | COLUMN_FLEX, 15, .get = get_src, .priority = 4 },
	{ "sport", N_("Port"), N_("source port"),
	  COLUMN_WIDE | COLUMN_JSON | COLUMN_NUMBER, 5, .get = get_sport },
	{ "dst", N_("Destination"), N_("destination address"),
	  COLUMN_LIST | COLUMN_JSON | COLUMN_FLEX, 15, .get = get_dst, .priority = 3 },
	{ "dport", N_("Port"), N_("destination port"),
	  COLUMN_WIDE | COLUMN_JSON | COLUMN_NUMBER, 5, .get = get_dport },
	{ "proto", N_("Proto"), N_("number of the protocol; 6 is tcp, 17 udp"),
	  COLUMN_WIDE | COLUMN_JSON | COLUMN_NUMBER, 5, .get = get_proto },
	{ "direction", N_("Direction"), N_("inbound, outbound or both, where the file says so"),
	  COLUMN_WIDE | COLUMN_JSON, 9, .get = get_direction },
	{ "algs", N_("Algorithms"), N_("encryption and authentication algorithm as the file names them"),
	  COLUMN_LIST, 17, .get = get_algs, .priority = 5 },
	{ "encr_alg", N_("Cipher"), N_("encryption algorithm"),
	  COLUMN_JSON, 9, .get = get_encr_alg },
	{ "encr_bits", N_("Cipher bits"), N_("length of the encryption key in bits, with its salt"),
	  COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 10, .get = get_encr_bits },
	{ "encr_fingerprint", N_("Fingerprint"), N_("tells two encryption keys apart without showing them; another one in every run"),
	  COLUMN_DETAIL, 11, .get = get_encr_fingerprint },
	{ "auth_alg", N_("Integrity"), N_("authentication algorithm"),
	  COLUMN_JSON, 10, .get = get_auth_alg },
	{ "auth_bits", N_("Integrity bits"), N_("length of the authentication key in bits"),
	  COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 13, .get = get_auth_bits },
	{ "auth_fingerprint", N_("Fingerprint"), N_("the same for authentication keys"),
	  COLUMN_DETAIL, 11, .get = get_auth_fingerprint },
	{ "partner", N_("Partner"), N_("SPI of the other direction, by its pair-spi or by its addresses"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 10, .get = get_partner, .priority = 7 },
	{ "pair_spi", N_("Pair SPI"), N_("SPI of the other direction as the command names it"),
	  COLUMN_JSON | COLUMN_NUMBER, 10, .get = get_pair_spi },
	{ "state", N_("State"), N_("the state it is added in"),
	  COLUMN_JSON, 8, .get = get_state },
	{ "replay", N_("Replay"), N_("size of the replay window"),
	  COLUMN_JSON | COLUMN_NUMBER, 6, .get = get_replay },
	{ "lifetimes", N_("Lifetimes"), N_("when it ends, in seconds and bytes"),
	  COLUMN_JSON, 20, .get = get_lifetimes },
	{ "inner", N_("Inner"), N_("inner addresses, ports and protocol of a tunnel"),
	  COLUMN_JSON, 20, .get = get_inner },
	{ "nat", N_("NAT"), N_("address translation on the way"),
	  COLUMN_JSON, 20, .get = get_nat },
	{ "src_id", N_("Source identity"), N_("identity of the source, an object with type and text"),
	  COLUMN_JSON, 20, .get = get_src_id },
	{ "dst_id", N_("Destination identity"), N_("identity of the destination, an object with type and text"),
	  COLUMN_JSON, 20, .get = get_dst_id },
	{ "labels", N_("Labels"), N_("sensitivity labels"),
	  COLUMN_JSON, 20, .get = get_labels },
	{ "owner", N_("Owner"), N_("whose it is: MDM's where MDM and SSM share the host"),
	  COLUMN_DETAIL, 7, .get = get_owner },
	{ "line", N_("Line"), N_("where it stands in the file"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 6, .get = get_line },
};
/* clang-format on */

const struct kind kind_manual_sas = {
	.name = "manual-sas",
	.title = N_("Manual SAs"),
	.item = N_("manual SA"),
	.help = N_(
		"The commands of ipseckeys in their order: security associations whose keys are set by hand, and what else the file does. The keys themselves are never shown here."),
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.count = count,
	.id = id,
	.find = manual_name_find,
	.choices = manual_name_choices,
	.name_of = manual_name_add,
	.owner = owner,
	.file = LOCATION_IPSECKEYS,
	.entries = entries,
	.more = more,
};
