/* Policies of ipsecinit.conf: as they stand there, and what they say. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "kinds/kind.h"

static size_t count(struct view *view)
{
	return view->host->npolicies;
}

static const uint32_t *entries(const struct host *host)
{
	return host->policies;
}

static const struct entry *entry(struct view *view, size_t item)
{
	return &host_doc(view->host, LOCATION_IPSECINIT)->entries[view->host->policies[item]];
}

/* A policy has no name: its words are what stays its own when others come and go. */
static uint64_t id(struct view *view, size_t item)
{
	const struct doc *doc = host_doc(view->host, LOCATION_IPSECINIT);
	const struct entry *e = entry(view, item);
	struct span at = doc_span(doc, e->tok, e->end);
	uint64_t hash = 0xcbf29ce484222325u;
	uint32_t i;

	for (i = 0; i < at.len; i++)
		hash = (hash ^ (unsigned char)doc->blob.data[at.off + i]) * 0x100000001b3u;
	return hash;
}

/* A policy is called by its place among the policies. */
static size_t find(struct view *view, const char *name)
{
	char *end;
	unsigned long number = strtoul(name, &end, 10);
	bool digits = name[0] != '\0' && strspn(name, "0123456789") == strlen(name);

	return digits && number >= 1 && number <= count(view) ? number - 1 : count(view);
}

static void name_of(struct view *view, size_t item, struct strbuf *sb)
{
	(void)view;
	strbuf_addf(sb, "%zu", item + 1);
}

/* FILE-6: both tools write policies. */
static enum owner owner(struct view *view, size_t item)
{
	(void)item;
	return view->profile->coexistence ? OWNER_SHARED : OWNER_NONE;
}

static void get_number(struct view *view, size_t item, struct sink *sink)
{
	(void)view;
	sink_number(sink, (int64_t)item + 1);
}

/* The value as it is spelt, or nothing where it is missing. */
static void put_spelt(const struct policy_item *policy, const struct policy_stmt *s,
		      struct sink *sink)
{
	struct strbuf text = STRBUF_INIT;
	uint32_t tok;

	if (s == NULL || s->end == s->arg) {
		sink_null(sink);
		return;
	}
	for (tok = s->arg; tok < s->end; tok++)
		strbuf_add(&text, doc_text(policy->doc, tok), policy->doc->tokens[tok].len);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

static void put_action(const struct policy_item *policy, const struct policy_alternative *a,
		       struct sink *sink)
{
	if (a->word != POLICY_NO_WORD)
		sink_string(sink, policy_words[a->word].name);
	else if (a->action != 0)
		sink_text(sink, doc_text(policy->doc, a->action),
			  policy->doc->tokens[a->action].len);
	else
		sink_null(sink);
}

static void get_action(struct view *view, size_t item, struct sink *sink)
{
	const struct policy_item *policy = view_policy(view, item);

	if (policy->nalternatives > 0)
		put_action(policy, &policy->alternatives[0], sink);
	else
		sink_null(sink);
}

/* One end of the connection: this host's, or the peer's. */
struct end {
	const struct policy_end *end;
	const struct policy_stmt *address, *port; /* NULL: any */
};

static struct end find_end(const struct policy_item *policy, bool remote)
{
	bool second = remote != policy_is_swapped(policy);
	struct end end = {
		.end = second ? &policy->remote : &policy->local,
		.address = policy_find(policy, second ? POLICY_DADDR : POLICY_SADDR),
		.port = policy_find(policy, second ? POLICY_DPORT : POLICY_SPORT),
	};

	if (end.address == NULL)
		end.address = policy_find(policy, second ? POLICY_RADDR : POLICY_LADDR);
	if (end.port == NULL)
		end.port = policy_find(policy, second ? POLICY_RPORT : POLICY_LPORT);
	return end;
}

static void put_address(struct view *view, size_t item, bool remote, struct sink *sink)
{
	const struct policy_item *policy = view_policy(view, item);
	struct end end = find_end(policy, remote);
	struct strbuf text = STRBUF_INIT;

	if (end.end->range.family == IP_NONE) {
		put_spelt(policy, end.address, sink);
		return;
	}
	ip_range_print(&text, &end.end->range);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

static void put_port(struct view *view, size_t item, bool remote, struct sink *sink)
{
	const struct policy_item *policy = view_policy(view, item);
	struct end end = find_end(policy, remote);

	if (end.end->port.set)
		sink_number(sink, end.end->port.first);
	else if (end.port != NULL && (end.end->port.named || !end.port->good))
		put_spelt(policy, end.port, sink);
	else
		sink_null(sink);
}

static void get_local(struct view *view, size_t item, struct sink *sink)
{
	put_address(view, item, false, sink);
}

static void get_remote(struct view *view, size_t item, struct sink *sink)
{
	put_address(view, item, true, sink);
}

static void get_lport(struct view *view, size_t item, struct sink *sink)
{
	put_port(view, item, false, sink);
}

static void get_rport(struct view *view, size_t item, struct sink *sink)
{
	put_port(view, item, true, sink);
}

/* Its name, or its number where no table has it; as text, be it the one or the other. */
static void get_ulp(struct view *view, size_t item, struct sink *sink)
{
	const struct policy_item *policy = view_policy(view, item);
	const struct policy_stmt *s = policy_find(policy, POLICY_ULP);
	const struct policy_name *name =
		policy->ulp.set ? policy_protocol_numbered(policy->ulp.first) : NULL;
	struct strbuf number = STRBUF_INIT;

	if (name != NULL) {
		sink_string(sink, name->name);
	} else if (policy->ulp.set) {
		strbuf_addf(&number, "%u", policy->ulp.first);
		sink_text(sink, number.buf, number.len);
	} else if (s != NULL && (policy->ulp.named || !s->good)) {
		put_spelt(policy, s, sink);
	} else {
		sink_null(sink);
	}
	strbuf_release(&number);
}

static void put_icmp(struct view *view, size_t item, enum policy_word keyword,
		     const struct policy_number *number, struct sink *sink)
{
	struct strbuf text = STRBUF_INIT;

	if (!number->set) {
		put_spelt(view_policy(view, item), policy_find(view_policy(view, item), keyword),
			  sink);
		return;
	}
	strbuf_addf(&text, "%u", number->first);
	if (number->last != number->first)
		strbuf_addf(&text, "-%u", number->last);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

static void get_type(struct view *view, size_t item, struct sink *sink)
{
	put_icmp(view, item, POLICY_TYPE, &view_policy(view, item)->type, sink);
}

static void get_code(struct view *view, size_t item, struct sink *sink)
{
	put_icmp(view, item, POLICY_CODE, &view_policy(view, item)->code, sink);
}

static void get_tunnel(struct view *view, size_t item, struct sink *sink)
{
	const struct policy_item *policy = view_policy(view, item);

	put_spelt(policy, policy_find(policy, POLICY_TUNNEL), sink);
}

static void get_negotiate(struct view *view, size_t item, struct sink *sink)
{
	const struct policy_item *policy = view_policy(view, item);

	if (policy->negotiate != 0)
		sink_string(sink, policy_words[policy->negotiate].name);
	else
		put_spelt(policy, policy_find(policy, POLICY_NEGOTIATE), sink);
}

/* Adds what a column says, if it says anything, with BEFORE in front of it. */
static void add_part(struct view *view, size_t item, const char *before,
		     void (*get)(struct view *view, size_t item, struct sink *sink),
		     struct strbuf *text)
{
	struct strbuf part = STRBUF_INIT;
	struct cell_sink cell;

	cell_sink_init(&cell, &part);
	get(view, item, &cell.sink);
	if (cell.set)
		strbuf_addf(text, "%s%s%s", text->len > 0 && *before != '/' ? " " : "", before,
			    part.buf);
	strbuf_release(&part);
}

/* Which packets between the two ends: "tcp rport 20", "icmp 3/1". */
static void get_traffic(struct view *view, size_t item, struct sink *sink)
{
	struct strbuf text = STRBUF_INIT;

	add_part(view, item, "tunnel ", get_tunnel, &text);
	add_part(view, item, "", get_ulp, &text);
	add_part(view, item, "lport ", get_lport, &text);
	add_part(view, item, "rport ", get_rport, &text);
	add_part(view, item, "", get_type, &text);
	add_part(view, item, "/", get_code, &text);
	sink_string(sink, text.len > 0 ? text.buf : NULL);
	strbuf_release(&text);
}

static void get_dir(struct view *view, size_t item, struct sink *sink)
{
	static const char *const names[] = { NULL, "in", "out", "both" };

	sink_string(sink, names[view_policy(view, item)->direction]);
}

static bool protects(const struct policy_alternative *a)
{
	return a->word == POLICY_APPLY || a->word == POLICY_PERMIT || a->word == POLICY_IPSEC;
}

/* An algorithm as it is spelt; nothing where there is none. */
static const struct policy_stmt *find_alg(const struct policy_item *policy,
					  const struct policy_alternative *a,
					  enum policy_word property)
{
	const struct policy_alg *alg = property == POLICY_AUTH_ALGS   ? &a->ah
				       : property == POLICY_ENCR_ALGS ? &a->encr
								      : &a->auth;

	if (alg->alg != NULL && alg->alg->kind == IPSEC_ALG_NONE)
		return NULL;
	return policy_find_property(policy, a, property);
}

static void add_alg(const struct policy_item *policy, const char *before,
		    const struct policy_stmt *s, struct strbuf *text)
{
	struct cell_sink cell;

	strbuf_addstr(text, before);
	cell_sink_init(&cell, text);
	put_spelt(policy, s, &cell.sink);
}

/* The algorithms of the first alternative in short: "aes/sha1", "ah md5". */
static void get_protection(struct view *view, size_t item, struct sink *sink)
{
	const struct policy_item *policy = view_policy(view, item);
	const struct policy_alternative *a = policy->alternatives;
	const struct policy_stmt *ah, *encr, *auth;
	struct strbuf text = STRBUF_INIT;

	if (policy->nalternatives == 0) {
		sink_null(sink);
		return;
	}
	ah = find_alg(policy, a, POLICY_AUTH_ALGS);
	encr = find_alg(policy, a, POLICY_ENCR_ALGS);
	auth = find_alg(policy, a, POLICY_ENCR_AUTH_ALGS);
	if (ah != NULL)
		add_alg(policy, "ah ", ah, &text);
	if (encr != NULL)
		add_alg(policy, ah != NULL ? " + " : "", encr, &text);
	else if (auth != NULL) /* ESP without a cipher has the null cipher */
		strbuf_addstr(&text, ah != NULL ? " + null" : "null");
	if (auth != NULL)
		add_alg(policy, "/", auth, &text);
	if (policy->nalternatives > 1)
		strbuf_addf(&text, "%s+%zu", text.len > 0 ? " " : "", policy->nalternatives - 1);
	sink_string(sink, text.len > 0 ? text.buf : NULL);
	strbuf_release(&text);
}

static void get_alternatives(struct view *view, size_t item, struct sink *sink)
{
	const struct policy_item *policy = view_policy(view, item);
	size_t i;
	int property;

	sink_begin_list(sink);
	for (i = 0; i < policy->nalternatives; i++) {
		const struct policy_alternative *a = &policy->alternatives[i];

		sink_begin_record(sink);
		sink_key(sink, "action");
		put_action(policy, a, sink);
		for (property = POLICY_AUTH_ALGS; property < POLICY_SA; property++) {
			sink_key(sink, policy_words[property].name);
			put_spelt(policy, policy_find_property(policy, a, property), sink);
		}
		sink_key(sink, "sa");
		sink_string(sink, protects(a) ? policy_words[a->sa].name : NULL);
		sink_end(sink);
	}
	sink_end(sink);
}

static void get_sa(struct view *view, size_t item, struct sink *sink)
{
	const struct policy_item *policy = view_policy(view, item);
	bool any = policy->nalternatives > 0 && protects(&policy->alternatives[0]);

	sink_string(sink, any ? policy_words[policy->alternatives[0].sa].name : NULL);
}

static void get_style(struct view *view, size_t item, struct sink *sink)
{
	static const char *const names[] = { NULL, "old", "new" };

	sink_string(sink, names[view_policy(view, item)->style]);
}

static void get_owner(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, owner_name(owner(view, item)));
}

static void get_normalized(struct view *view, size_t item, struct sink *sink)
{
	struct strbuf text = STRBUF_INIT;

	policy_normalize(view_policy(view, item), &text);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

/* The bytes of the policy, and of its lines as far as nothing else stands on them: a comment. */
static struct span whole(const struct doc *doc, const struct entry *e)
{
	struct span at = doc_span(doc, e->tok, e->end), first = doc_line(doc, at.off),
		    last = doc_line(doc, at.off + at.len - 1);
	uint32_t from = at.off, stop = at.off + at.len;

	if (e->tok == 0 || doc->tokens[e->tok - 1].off < first.off)
		from = first.off;
	if (e->end == doc->ntokens || doc->tokens[e->end].off >= last.off + last.len)
		stop = last.off + last.len;
	return (struct span){ from, stop - from };
}

static void get_text(struct view *view, size_t item, struct sink *sink)
{
	const struct doc *doc = host_doc(view->host, LOCATION_IPSECINIT);
	struct span all = whole(doc, entry(view, item));
	uint32_t stop = all.off + all.len, off = all.off;

	sink_begin_list(sink);
	while (off < stop) {
		struct span line = doc_line(doc, off);
		uint32_t end = line.off + line.len < stop ? line.off + line.len : stop;
		struct strbuf text = STRBUF_INIT;

		doc_print(doc, (struct span){ off, end - off }, &text);
		sink_text(sink, text.buf, text.len);
		strbuf_release(&text);
		off = end;
		while (off < stop && doc->blob.data[off] != '\n')
			off++;
		off++;
	}
	sink_end(sink);
}

static void get_line(struct view *view, size_t item, struct sink *sink)
{
	struct doc *doc = host_doc(view->host, LOCATION_IPSECINIT);

	sink_number(sink, doc_position(doc, doc->tokens[entry(view, item)->tok].off).line);
}

/* A table reads best as rows. */
/* clang-format off */
static const struct column columns[] = {
	{ "number", N_("#"), N_("the policy's place among the policies, from 1, by which it is called"),
	  COLUMN_LIST | COLUMN_JSON | COLUMN_NUMBER, 4, .get = get_number },
	{ "text", N_("Text"), N_("the lines of the policy as they stand in the file, tabs as blanks"),
	  COLUMN_DETAIL | COLUMN_JSON | COLUMN_LINES, 40, .get = get_text },
	{ "normalized", N_("Normalized"), N_("the same in the way ipsecconf(8) lists it: new style, usual names, numbers, prefixes"),
	  COLUMN_DETAIL | COLUMN_JSON, 40, .get = get_normalized },
	{ "action", N_("Action"), N_("what is done with the packets: of the first alternative"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 6, .get = get_action, .priority = 12 },
	{ "local", N_("Local"), N_("this end's address or prefix"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 16, .get = get_local, .priority = 15 },
	{ "remote", N_("Remote"), N_("the peer's address or prefix"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 16, .get = get_remote, .priority = 11 },
	{ "traffic", N_("Traffic"), N_("tunnel, protocol, ports, and type and code of ICMP, in short"),
	  COLUMN_LIST | COLUMN_FLEX, 13, .get = get_traffic, .priority = 14 },
	{ "dir", N_("Dir"), N_("direction that holds: in, out or both; without one the policy does nothing"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 4, .get = get_dir, .priority = 16 },
	{ "protection", N_("Protection"), N_("algorithms in short: AH, cipher/integrity of ESP, and how many alternatives more"),
	  COLUMN_LIST | COLUMN_FLEX, 13, .get = get_protection, .priority = 13 },
	{ "ulp", N_("Protocol"), N_("protocol above IP, its name, or its number where no table has it"),
	  COLUMN_DETAIL | COLUMN_JSON, 9, .get = get_ulp },
	{ "lport", N_("Local port"), N_("port of this end; a name where it is in no table of services"),
	  COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 5, .get = get_lport },
	{ "rport", N_("Remote port"), N_("port of the peer's end; a name where it is in no table of services"),
	  COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 5, .get = get_rport },
	{ "type", N_("ICMP type"), N_("type of ICMP, a number or a range"),
	  COLUMN_DETAIL | COLUMN_JSON, 7, .get = get_type },
	{ "code", N_("ICMP code"), N_("code of ICMP, a number or a range"),
	  COLUMN_DETAIL | COLUMN_JSON, 7, .get = get_code },
	{ "tunnel", N_("Tunnel"), N_("the tunnel interface that it is for; without one it is for the host itself"),
	  COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_tunnel },
	{ "negotiate", N_("Negotiate"), N_("mode of the tunnel's SAs"),
	  COLUMN_DETAIL | COLUMN_JSON, 9, .get = get_negotiate },
	{ "alternatives", N_("Alternatives"), N_("what may be done: action, AH, cipher and integrity of ESP, sharing of SAs"),
	  COLUMN_DETAIL | COLUMN_JSON | COLUMN_LINES, 30, .get = get_alternatives },
	{ "sa", N_("SA"), N_("whether connections share an SA: of the first alternative"),
	  COLUMN_WIDE, 6, .get = get_sa },
	{ "style", N_("Style"), N_("old: source and destination; new: local and remote; neither where nothing tells"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 5, .get = get_style },
	{ "owner", N_("Owner"), N_("who may change it by the agreement of MDM and SSM"),
	  COLUMN_WIDE | COLUMN_DETAIL, 7, .get = get_owner },
	{ "line", N_("Line"), N_("where it stands in the file"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 6, .get = get_line },
};
/* clang-format on */

const struct kind kind_policies = {
	.name = "policies",
	.title = N_("Policies"),
	.item = N_("policy"),
	.help = N_(
		"Which packets ipsecinit.conf protects, passes or drops. What bypasses holds first, then AH with ESP, ESP, AH, and last what drops; among equals the first in the file."),
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.count = count,
	.id = id,
	.find = find,
	.name_of = name_of,
	.owner = owner,
	.file = LOCATION_IPSECINIT,
	.entries = entries,
};
