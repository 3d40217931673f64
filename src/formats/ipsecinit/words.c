#include "config.h"

#include "formats/ipsecinit/words.h"

#include <string.h>

#include "base/i18n.h"

#define IN(dialect)         IPSEC_IN(DIALECT_##dialect)
#define ALL                 IPSEC_IN_ALL
#define NOT_SOL9            (ALL & ~IN(SOL9))
#define OLD                 POLICY_STYLE_OLD
#define NEW                 POLICY_STYLE_NEW
#define PATTERN             .set = POLICY_SET_PATTERN
#define PROPERTY            .set = POLICY_SET_PROPERTY
#define ACTION              .set = POLICY_SET_ACTION
#define VALUE               .set = POLICY_SET_VALUE
#define TAKES(what)         .arg = POLICY_ARG_##what
#define NAME(text)          .name = (text), .len = sizeof(text) - 1
#define VALUES(first, last) .values = { POLICY_##first, POLICY_##last }

/* A table reads best as rows. */
/* clang-format off */
const struct policy_word_info policy_words[POLICY_WORD_COUNT] = {
	[POLICY_SADDR] = { NAME("saddr"), PATTERN, TAKES(ADDRESS), OLD, .known = ALL, .fallback = N_("any source"),
		.help = N_("where a packet comes from") },
	[POLICY_DADDR] = { NAME("daddr"), PATTERN, TAKES(ADDRESS), OLD, .known = ALL, .fallback = N_("any destination"),
		.help = N_("where a packet goes to") },
	[POLICY_SMASK] = { NAME("smask"), PATTERN, TAKES(MASK), OLD, .known = ALL, .fallback = N_("that of a single host"),
		.help = N_("mask of saddr, for IPv4 alone: 0xffffff00 or 255.255.255.0") },
	[POLICY_DMASK] = { NAME("dmask"), PATTERN, TAKES(MASK), OLD, .known = ALL, .fallback = N_("that of a single host"),
		.help = N_("mask of daddr, for IPv4 alone: 0xffffff00 or 255.255.255.0") },
	[POLICY_SPORT] = { NAME("sport"), PATTERN, TAKES(PORT), OLD, .known = ALL, .fallback = N_("any port"),
		.help = N_("port of the source, a number or the name of a service") },
	[POLICY_DPORT] = { NAME("dport"), PATTERN, TAKES(PORT), OLD, .known = ALL, .fallback = N_("any port"),
		.help = N_("port of the destination, a number or the name of a service") },
	[POLICY_LADDR] = { NAME("laddr"), PATTERN, TAKES(ADDRESS), NEW, .known = NOT_SOL9, .fallback = N_("any local address"),
		.help = N_("address or prefix of this end") },
	[POLICY_RADDR] = { NAME("raddr"), PATTERN, TAKES(ADDRESS), NEW, .known = NOT_SOL9, .fallback = N_("any remote address"),
		.help = N_("address or prefix of the peer's end") },
	[POLICY_LPORT] = { NAME("lport"), PATTERN, TAKES(PORT), NEW, .known = NOT_SOL9, .fallback = N_("any port"),
		.help = N_("port of this end, a number or the name of a service") },
	[POLICY_RPORT] = { NAME("rport"), PATTERN, TAKES(PORT), NEW, .known = NOT_SOL9, .fallback = N_("any port"),
		.help = N_("port of the peer's end, a number or the name of a service") },
	[POLICY_ULP] = { NAME("ulp"), PATTERN, TAKES(PROTOCOL), .known = ALL, .fallback = N_("any protocol"),
		.help = N_("protocol above IP, a name or a number") },
	[POLICY_TYPE] = { NAME("type"), PATTERN, TAKES(ICMP), VALUES(TYPE_UNREACH, TYPE_REDIR6), .known = NOT_SOL9, .fallback = N_("any type"),
		.help = N_("type of ICMP: a number, a range or a word; ulp has to be icmp or ipv6-icmp") },
	[POLICY_CODE] = { NAME("code"), PATTERN, TAKES(ICMP), VALUES(CODE_NET_UNR, CODE_UNREQ_OPT6), .known = NOT_SOL9, .fallback = N_("any code"),
		.help = N_("code of ICMP, behind its type: a number, a range or a word") },
	[POLICY_TUNNEL] = { NAME("tunnel"), PATTERN, TAKES(INTERFACE), .known = NOT_SOL9, .fallback = N_("the host itself"),
		.help = N_("the tunnel interface that the policy is for") },
	[POLICY_NEGOTIATE] = { NAME("negotiate"), PATTERN, TAKES(WORD), VALUES(MODE_TUNNEL, MODE_TRANSPORT), .prefix = true, .known = NOT_SOL9,
		.help = N_("which mode a tunnel's SAs have") },
	[POLICY_DIR] = { NAME("dir"), PATTERN, TAKES(WORD), VALUES(IN, BOTH), .prefix = true, .known = NOT_SOL9,
		.help = N_("whether the policy is for packets that come in, go out or both") },
#define OTHER_NAME(text, what, its_style, usual, releases)                                         \
	{ NAME(text), PATTERN, TAKES(what), its_style, .same_as = usual, .known = releases,              \
	  .help = N_("another name") }
	[POLICY_SRC] = OTHER_NAME("src", ADDRESS, OLD, POLICY_SADDR, ALL),
	[POLICY_SRCADDR] = OTHER_NAME("srcaddr", ADDRESS, OLD, POLICY_SADDR, ALL),
	[POLICY_DST] = OTHER_NAME("dst", ADDRESS, OLD, POLICY_DADDR, ALL),
	[POLICY_DSTADDR] = OTHER_NAME("dstaddr", ADDRESS, OLD, POLICY_DADDR, ALL),
	[POLICY_LOCAL] = OTHER_NAME("local", ADDRESS, NEW, POLICY_LADDR, NOT_SOL9),
	[POLICY_REMOTE] = OTHER_NAME("remote", ADDRESS, NEW, POLICY_RADDR, NOT_SOL9),
	[POLICY_PROTO] = OTHER_NAME("proto", PROTOCOL, 0, POLICY_ULP, ALL),
#undef OTHER_NAME

	[POLICY_AUTH_ALGS] = { NAME("auth_algs"), PROPERTY, TAKES(AUTH), .known = ALL, .fallback = N_("no AH"),
		.help = N_("AH with this algorithm") },
	[POLICY_ENCR_ALGS] = { NAME("encr_algs"), PROPERTY, TAKES(ENCR), .known = ALL, .fallback = N_("no encryption"),
		.help = N_("ESP with this cipher") },
	[POLICY_ENCR_AUTH_ALGS] = { NAME("encr_auth_algs"), PROPERTY, TAKES(AUTH), .known = ALL, .fallback = N_("no integrity in ESP"),
		.help = N_("ESP with this integrity algorithm") },
	[POLICY_SA] = { NAME("sa"), PROPERTY, TAKES(WORD), VALUES(SHARED, UNIQUE), .known = ALL, .fallback = "shared",
		.help = N_("whether connections share an SA") },
	[POLICY_PROPERTY_DIR] = { NAME("dir"), PROPERTY, TAKES(WORD), OLD, VALUES(IN, OUT), .known = ALL,
		.help = N_("direction, in the old style alone") },

	[POLICY_APPLY] = { NAME("apply"), ACTION, .style = OLD, .known = ALL,
		.help = N_("protect packets that go out") },
	[POLICY_PERMIT] = { NAME("permit"), ACTION, .style = OLD, .known = ALL,
		.help = N_("accept packets that come in only if they are protected") },
	[POLICY_IPSEC] = { NAME("ipsec"), ACTION, .style = NEW, .known = NOT_SOL9,
		.help = N_("protect packets in both directions") },
	[POLICY_BYPASS] = { NAME("bypass"), ACTION, .known = ALL, .help = N_("let packets pass without protection") },
	[POLICY_PASS] = { NAME("pass"), ACTION, .same_as = POLICY_BYPASS, .known = ALL,
		.help = N_("another name of bypass") },
	[POLICY_DROP] = { NAME("drop"), ACTION, .style = NEW, .known = NOT_SOL9, .help = N_("discard packets") },
	[POLICY_OR] = { NAME("or"), .set = POLICY_SET_OR, .style = NEW, .known = NOT_SOL9,
		.help = N_("another alternative follows") },

	[POLICY_IN] = { NAME("in"), VALUE, .of = POLICY_DIR, .also_of = POLICY_PROPERTY_DIR, .known = ALL,
		.help = N_("packets that come in") },
	[POLICY_OUT] = { NAME("out"), VALUE, .of = POLICY_DIR, .also_of = POLICY_PROPERTY_DIR, .known = ALL,
		.help = N_("packets that go out") },
	[POLICY_BOTH] = { NAME("both"), VALUE, .style = NEW, .of = POLICY_DIR, .known = NOT_SOL9,
		.help = N_("both directions") },
	[POLICY_MODE_TUNNEL] = { NAME("tunnel"), VALUE, .of = POLICY_NEGOTIATE, .known = NOT_SOL9,
		.help = N_("tunnel mode; the pattern is for the packets inside") },
	[POLICY_MODE_TRANSPORT] = { NAME("transport"), VALUE, .of = POLICY_NEGOTIATE, .known = NOT_SOL9,
		.help = N_("transport mode; the pattern has no selectors then") },
	[POLICY_SHARED] = { NAME("shared"), VALUE, .of = POLICY_SA, .known = ALL,
		.help = N_("connections share an SA") },
	[POLICY_UNIQUE] = { NAME("unique"), VALUE, .of = POLICY_SA, .known = ALL,
		.help = N_("each connection has an SA of its own") },

#define ICMP(text, keyword, n, h) { NAME(text), VALUE, .of = keyword, .number = n, .protocol = 1, .known = NOT_SOL9, .help = h }
#define ICMP6(text, keyword, n, h) { NAME(text), VALUE, .of = keyword, .number = n, .protocol = 58, .known = NOT_SOL9, .help = h }
	[POLICY_TYPE_UNREACH] = ICMP("unreach", POLICY_TYPE, 3, N_("destination unreachable")),
	[POLICY_TYPE_ECHO] = ICMP("echo", POLICY_TYPE, 8, N_("echo request")),
	[POLICY_TYPE_ECHOREP] = ICMP("echorep", POLICY_TYPE, 0, N_("echo reply")),
	[POLICY_TYPE_SQUENCH] = ICMP("squench", POLICY_TYPE, 4, N_("source quench")),
	[POLICY_TYPE_REDIR] = ICMP("redir", POLICY_TYPE, 5, N_("redirect")),
	[POLICY_TYPE_TIMEX] = ICMP("timex", POLICY_TYPE, 11, N_("time exceeded")),
	[POLICY_TYPE_PARAMPROB] = ICMP("paramprob", POLICY_TYPE, 12, N_("parameter problem")),
	[POLICY_TYPE_TIMEST] = ICMP("timest", POLICY_TYPE, 13, N_("timestamp request")),
	[POLICY_TYPE_TIMESTREP] = ICMP("timestrep", POLICY_TYPE, 14, N_("timestamp reply")),
	[POLICY_TYPE_INFOREQ] = ICMP("inforeq", POLICY_TYPE, 15, N_("information request")),
	[POLICY_TYPE_INFOREP] = ICMP("inforep", POLICY_TYPE, 16, N_("information reply")),
	[POLICY_TYPE_MASKREQ] = ICMP("maskreq", POLICY_TYPE, 17, N_("address mask request")),
	[POLICY_TYPE_MASKREP] = ICMP("maskrep", POLICY_TYPE, 18, N_("address mask reply")),
	[POLICY_TYPE_UNREACH6] = ICMP6("unreach6", POLICY_TYPE, 1, N_("destination unreachable")),
	[POLICY_TYPE_PKTTOOBIG6] = ICMP6("pkttoobig6", POLICY_TYPE, 2, N_("packet too big")),
	[POLICY_TYPE_TIMEX6] = ICMP6("timex6", POLICY_TYPE, 3, N_("time exceeded")),
	[POLICY_TYPE_PARAMPROB6] = ICMP6("paramprob6", POLICY_TYPE, 4, N_("parameter problem")),
	[POLICY_TYPE_ECHO6] = ICMP6("echo6", POLICY_TYPE, 128, N_("echo request")),
	[POLICY_TYPE_ECHOREP6] = ICMP6("echorep6", POLICY_TYPE, 129, N_("echo reply")),
	[POLICY_TYPE_ROUTER_SOL6] = ICMP6("router-sol6", POLICY_TYPE, 133, N_("router solicitation")),
	[POLICY_TYPE_ROUTER_AD6] = ICMP6("router-ad6", POLICY_TYPE, 134, N_("router advertisement")),
	[POLICY_TYPE_NEIGH_SOL6] = ICMP6("neigh-sol6", POLICY_TYPE, 135, N_("neighbor solicitation")),
	[POLICY_TYPE_NEIGH_AD6] = ICMP6("neigh-ad6", POLICY_TYPE, 136, N_("neighbor advertisement")),
	[POLICY_TYPE_REDIR6] = ICMP6("redir6", POLICY_TYPE, 137, N_("redirect")),
	[POLICY_CODE_NET_UNR] = ICMP("net-unr", POLICY_CODE, 0, N_("network unreachable")),
	[POLICY_CODE_HOST_UNR] = ICMP("host-unr", POLICY_CODE, 1, N_("host unreachable")),
	[POLICY_CODE_PROTO_UNR] = ICMP("proto-unr", POLICY_CODE, 2, N_("protocol unreachable")),
	[POLICY_CODE_PORT_UNR] = ICMP("port-unr", POLICY_CODE, 3, N_("port unreachable")),
	[POLICY_CODE_NEEDFRAG] = ICMP("needfrag", POLICY_CODE, 4, N_("fragmentation needed")),
	[POLICY_CODE_SRCFAIL] = ICMP("srcfail", POLICY_CODE, 5, N_("source route failed")),
	[POLICY_CODE_NET_UNK] = ICMP("net-unk", POLICY_CODE, 6, N_("network unknown")),
	[POLICY_CODE_HOST_UNK] = ICMP("host-unk", POLICY_CODE, 7, N_("host unknown")),
	[POLICY_CODE_ISOLATE] = ICMP("isolate", POLICY_CODE, 8, N_("source host isolated")),
	[POLICY_CODE_NET_PROHIB] = ICMP("net-prohib", POLICY_CODE, 9, N_("network prohibited")),
	[POLICY_CODE_HOST_PROHIB] = ICMP("host-prohib", POLICY_CODE, 10, N_("host prohibited")),
	[POLICY_CODE_NET_TOS] = ICMP("net-tos", POLICY_CODE, 11, N_("network unreachable for this type of service")),
	[POLICY_CODE_HOST_TOS] = ICMP("host-tos", POLICY_CODE, 12, N_("host unreachable for this type of service")),
	[POLICY_CODE_FILTER_PROHIB] = ICMP("filter-prohib", POLICY_CODE, 13, N_("prohibited by a filter")),
	[POLICY_CODE_HOST_PRECED] = ICMP("host-preced", POLICY_CODE, 14, N_("host precedence violated")),
	[POLICY_CODE_CUTOFF_PRECED] = ICMP("cutoff-preced", POLICY_CODE, 15, N_("precedence cutoff in effect")),
	[POLICY_CODE_NO_ROUTE6] = ICMP6("no-route6", POLICY_CODE, 0, N_("no route to the destination")),
	[POLICY_CODE_ADM_PROHIB6] = ICMP6("adm-prohib6", POLICY_CODE, 1, N_("administratively prohibited")),
	[POLICY_CODE_ADDR_UNR6] = ICMP6("addr-unr6", POLICY_CODE, 3, N_("address unreachable")),
	[POLICY_CODE_PORT_UNR6] = ICMP6("port-unr6", POLICY_CODE, 4, N_("port unreachable")),
	[POLICY_CODE_HOP_LIMEX6] = ICMP6("hop-limex6", POLICY_CODE, 0, N_("hop limit exceeded")),
	[POLICY_CODE_FRAG_RE_TIMEX6] = ICMP6("frag-re-timex6", POLICY_CODE, 1, N_("fragment reassembly time exceeded")),
	[POLICY_CODE_ERR_HEAD6] = ICMP6("err-head6", POLICY_CODE, 0, N_("erroneous header field")),
	[POLICY_CODE_UNREC_HEAD6] = ICMP6("unrec-head6", POLICY_CODE, 1, N_("unrecognized next header")),
	[POLICY_CODE_UNREQ_OPT6] = ICMP6("unreq-opt6", POLICY_CODE, 2, N_("unrecognized option")),
#undef ICMP
#undef ICMP6
};

/* What a file of services has under these names, and the names MDM and SSM write. */
const struct policy_name policy_services[] = {
	{ "tcpmux", { NULL }, 1 },         { "echo", { NULL }, 7 },
	{ "discard", { "sink" }, 9 },      { "systat", { "users" }, 11 },
	{ "daytime", { NULL }, 13 },       { "netstat", { NULL }, 15 },
	{ "chargen", { "ttytst" }, 19 },   { "ftp-data", { "ftpdata" }, 20 },
	{ "ftp", { NULL }, 21 },           { "ssh", { NULL }, 22 },
	{ "telnet", { NULL }, 23 },        { "smtp", { "mail" }, 25 },
	{ "time", { "timserver" }, 37 },   { "name", { "nameserver" }, 42 },
	{ "whois", { "nicname" }, 43 },    { "domain", { NULL }, 53 },
	{ "bootps", { NULL }, 67 },        { "bootpc", { NULL }, 68 },
	{ "tftp", { NULL }, 69 },          { "finger", { NULL }, 79 },
	{ "http", { "www" }, 80 },         { "kerberos", { "kdc" }, 88 },
	{ "pop3", { NULL }, 110 },         { "sunrpc", { "rpcbind" }, 111 },
	{ "ident", { "auth" }, 113 },      { "nntp", { "usenet" }, 119 },
	{ "ntp", { NULL }, 123 },          { "imap", { "imap2" }, 143 },
	{ "snmp", { NULL }, 161 },         { "snmp-trap", { "snmptrap", "snmpd-trap" }, 162 },
	{ "bgp", { NULL }, 179 },          { "ldap", { NULL }, 389 },
	{ "slp", { NULL }, 427 },          { "https", { NULL }, 443 },
	{ "ike", { "isakmp" }, 500 },      { "exec", { NULL }, 512 },
	{ "biff", { "comsat" }, 512 },     { "login", { NULL }, 513 },
	{ "who", { "whod" }, 513 },        { "shell", { "cmd" }, 514 },
	{ "syslog", { NULL }, 514 },       { "printer", { "spooler" }, 515 },
	{ "talk", { NULL }, 517 },         { "route", { "router", "rip" }, 520 },
	{ "ldaps", { NULL }, 636 },        { "pki", { NULL }, 829 },
	{ "imaps", { NULL }, 993 },        { "pop3s", { NULL }, 995 },
	{ "radius", { NULL }, 1812 },      { "radacct", { NULL }, 1813 },
	{ "nfsd", { "nfs" }, 2049 },       { "ipsec-nat-t", { NULL }, 4500 },
	{ "fmip", { NULL }, 5928 },
};
const size_t policy_service_count = sizeof policy_services / sizeof *policy_services;

const struct policy_name policy_protocols[] = {
	{ "ip", { "IP" }, 0 },             { "icmp", { "ICMP" }, 1 },
	{ "igmp", { "IGMP" }, 2 },         { "ggp", { "GGP" }, 3 },
	{ "ipip", { "IP-IP" }, 4 },        { "encap", { "ENCAP" }, 4 },
	{ "tcp", { "TCP" }, 6 },           { "egp", { "EGP" }, 8 },
	{ "pup", { "PUP" }, 12 },          { "udp", { "UDP" }, 17 },
	{ "hmp", { "HMP" }, 20 },          { "xns-idp", { "XNS-IDP" }, 22 },
	{ "rdp", { "RDP" }, 27 },          { "ipv6", { "IPv6" }, 41 },
	{ "ipv6-route", { "IPv6-Route" }, 43 },
	{ "ipv6-frag", { "IPv6-Frag" }, 44 },
	{ "rsvp", { "RSVP" }, 46 },        { "gre", { "GRE" }, 47 },
	{ "esp", { "ESP" }, 50 },          { "ah", { "AH" }, 51 },
	{ "ipv6-icmp", { "IPv6-ICMP", "icmp6" }, 58 },
	{ "ipv6-nonxt", { "IPv6-NoNxt" }, 59 },
	{ "ipv6-opts", { "IPv6-Opts" }, 60 },
	{ "eigrp", { "EIGRP" }, 88 },      { "ospf", { "OSPF" }, 89 },
	{ "pim", { "PIM" }, 103 },         { "ipcomp", { "IPComp" }, 108 },
	{ "vrrp", { "VRRP" }, 112 },       { "l2tp", { "L2TP" }, 115 },
	{ "sctp", { "SCTP" }, 132 },
};
/* clang-format on */
const size_t policy_protocol_count = sizeof policy_protocols / sizeof *policy_protocols;

/* Keywords, properties and actions by their first letters, for those that look for one at every
 * word of a file. */
static const uint8_t by_letter['z' - 'a' + 1][9] = {
	['a' - 'a'] = { POLICY_AUTH_ALGS, POLICY_APPLY },
	['b' - 'a'] = { POLICY_BYPASS },
	['c' - 'a'] = { POLICY_CODE },
	['d' - 'a'] = { POLICY_DADDR, POLICY_DIR, POLICY_PROPERTY_DIR, POLICY_DPORT, POLICY_DST,
			POLICY_DSTADDR, POLICY_DMASK, POLICY_DROP },
	['e' - 'a'] = { POLICY_ENCR_ALGS, POLICY_ENCR_AUTH_ALGS },
	['i' - 'a'] = { POLICY_IPSEC },
	['l' - 'a'] = { POLICY_LADDR, POLICY_LPORT, POLICY_LOCAL },
	['n' - 'a'] = { POLICY_NEGOTIATE },
	['o' - 'a'] = { POLICY_OR },
	['p' - 'a'] = { POLICY_PROTO, POLICY_PERMIT, POLICY_PASS },
	['r' - 'a'] = { POLICY_RADDR, POLICY_RPORT, POLICY_REMOTE },
	['s' - 'a'] = { POLICY_SADDR, POLICY_SA, POLICY_SPORT, POLICY_SRC, POLICY_SRCADDR,
			POLICY_SMASK },
	['t' - 'a'] = { POLICY_TUNNEL, POLICY_TYPE },
	['u' - 'a'] = { POLICY_ULP },
};

/* Letters of ASCII alone: the tool does not know this process's locale. */
static inline char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether LEN bytes of NAME are those of OWN but for their case. */
static bool is_meant(const char *own, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < len && own[i] == lower(name[i]); i++)
		;
	return i == len;
}

bool policy_word_is(enum policy_word word, const char *name, size_t len)
{
	return policy_words[word].len == len && memcmp(policy_words[word].name, name, len) == 0;
}

/* The words that begin like NAME, up to a 0; or NULL. */
static const uint8_t *begin_like(const char *name, size_t len)
{
	char letter = len > 0 ? lower(*name) : '\0';

	return letter >= 'a' && letter <= 'z' ? by_letter[letter - 'a'] : NULL;
}

enum policy_word policy_word_find(const char *name, size_t len, unsigned sets)
{
	const uint8_t *word = begin_like(name, len);

	for (; word != NULL && *word != POLICY_NO_WORD; word++)
		if ((policy_words[*word].set & sets) != 0 &&
		    policy_word_is((enum policy_word) * word, name, len))
			return (enum policy_word) * word;
	return POLICY_NO_WORD;
}

enum policy_word policy_word_meant(const char *name, size_t len, unsigned sets, bool *meant)
{
	const uint8_t *word = begin_like(name, len);

	for (; word != NULL && *word != POLICY_NO_WORD; word++) {
		if (policy_words[*word].len != len || (policy_words[*word].set & sets) == 0)
			continue;
		if (memcmp(policy_words[*word].name, name, len) == 0)
			return (enum policy_word) * word;
		if (is_meant(policy_words[*word].name, name, len)) {
			*meant = true;
			return (enum policy_word) * word;
		}
	}
	if ((sets & POLICY_SET_PATTERN) == 0 || len != 4 || memcmp(name, "dest", 4) != 0)
		return POLICY_NO_WORD;
	*meant = true;
	return POLICY_DST;
}

static bool is_value_of(int word, enum policy_word keyword)
{
	const struct policy_word_info *info = &policy_words[word];

	return info->of == keyword || info->also_of == keyword;
}

enum policy_word policy_value_find(const char *name, size_t len, enum policy_word keyword)
{
	const uint8_t *values = policy_words[keyword].values;
	int word;

	for (word = values[0]; word != POLICY_NO_WORD && word <= values[1]; word++)
		if (is_value_of(word, keyword) && policy_word_is((enum policy_word)word, name, len))
			return (enum policy_word)word;
	return POLICY_NO_WORD;
}

enum policy_word policy_value_prefix(const char *name, size_t len, enum policy_word keyword)
{
	const uint8_t *values = policy_words[keyword].values;
	int word;

	for (word = values[0]; word != POLICY_NO_WORD && word <= values[1]; word++)
		if (is_value_of(word, keyword) && policy_words[word].len < len &&
		    memcmp(policy_words[word].name, name, policy_words[word].len) == 0)
			return (enum policy_word)word;
	return POLICY_NO_WORD;
}

static bool is_named(const char *own, const char *name, size_t len)
{
	return own[0] == name[0] && strlen(own) == len && memcmp(own, name, len) == 0;
}

static const struct policy_name *find_name(const struct policy_name *names, size_t count,
					   const char *name, size_t len)
{
	size_t row, i;

	/* None begins with a digit, and most ports are numbers. */
	if (len == 0 || (name[0] >= '0' && name[0] <= '9'))
		return NULL;
	for (row = 0; row < count; row++) {
		if (is_named(names[row].name, name, len))
			return &names[row];
		for (i = 0; i < 2 && names[row].aliases[i] != NULL; i++)
			if (is_named(names[row].aliases[i], name, len))
				return &names[row];
	}
	return NULL;
}

const struct policy_name *policy_service_find(const char *name, size_t len)
{
	return find_name(policy_services, policy_service_count, name, len);
}

const struct policy_name *policy_protocol_find(const char *name, size_t len)
{
	return find_name(policy_protocols, policy_protocol_count, name, len);
}

const struct policy_name *policy_protocol_numbered(uint32_t number)
{
	size_t row;

	for (row = 0; row < policy_protocol_count; row++)
		if (policy_protocols[row].number == number)
			return &policy_protocols[row];
	return NULL;
}
