#include "config.h"

#include "formats/ipseckeys/words.h"

#include <string.h>

#include "base/address.h"
#include "base/i18n.h"

#define IN(d)    MANUAL_IN(DIALECT_##d)
#define ALL      MANUAL_IN_ALL
#define SINCE_10 (ALL & ~IN(SOL9))
#define SINCE_11 (IN(SOL11) | IN(SOL114) | IN(ILLUMOS) | IN(IKEV2D))

#define WITH_ADD    MANUAL_WITH(MANUAL_ADD)
#define WITH_FIRST  (WITH_ADD | MANUAL_WITH(MANUAL_UPDATE))
#define WITH_CHANGE (WITH_FIRST | MANUAL_WITH(MANUAL_UPDATE_PAIR))
#define WITH_FIND                                                                                  \
	(MANUAL_WITH(MANUAL_DELETE) | MANUAL_WITH(MANUAL_DELETE_PAIR) | MANUAL_WITH(MANUAL_GET))
#define WITH_ALL (WITH_CHANGE | WITH_FIND)

#define MAX_U8  0xffu
#define MAX_U16 0xffffu
#define MAX_U32 0xffffffffu

#define BYTES   .unit = N_("bytes")
#define SECONDS .unit = N_("seconds")

/* A table reads best as rows. */
/* clang-format off */
const struct manual_word_info manual_words[MANUAL_WORD_COUNT] = {
#define NUMBER(text, releases, commands, most) \
	text, MANUAL_ARG_NUMBER, .known = releases, .with = commands, .max = most
#define TAKES(text, what, releases, commands) \
	text, MANUAL_ARG_##what, .known = releases, .with = commands
	[MANUAL_SPI] = { NUMBER("spi", ALL, WITH_ALL, MAX_U32), .min = 1,
		.help = N_("security parameters index: the number that, with type and destination, identifies the security association") },
	[MANUAL_PAIR_SPI] = { NUMBER("pair-spi", SINCE_11, WITH_FIRST, MAX_U32), .min = 1,
		.help = N_("spi of the security association for the other direction, which is there already; both become a pair") },
	[MANUAL_INBOUND] = { TAKES("inbound", NONE, SINCE_11, WITH_ALL), .can_repeat = true,
		.help = N_("the security association is for packets that come in; stands behind spi") },
	[MANUAL_OUTBOUND] = { TAKES("outbound", NONE, SINCE_11, WITH_ALL), .can_repeat = true,
		.help = N_("the security association is for packets that go out; stands behind spi") },
	[MANUAL_REPLAY] = { NUMBER("replay", ALL, WITH_CHANGE, MAX_U8), .fallback = "0",
		.help = N_("size of the replay window; 0 with keys set by hand, whose counters do not survive a restart") },
	[MANUAL_REPLAY_VALUE] = { NUMBER("replay_value", SINCE_11, WITH_ADD, MAX_U32), .fallback = "0",
		.help = N_("the sequence number to begin with") },
	[MANUAL_STATE] = { TAKES("state", STATE, ALL, WITH_CHANGE), .fallback = "mature",
		.help = N_("state of the security association; a new one can only be mature") },
	[MANUAL_AUTHALG] = { TAKES("authalg", AUTH_ALG, ALL, WITH_CHANGE),
		.help = N_("authentication algorithm, by name or number; ah needs one") },
	[MANUAL_ENCRALG] = { TAKES("encralg", ENCR_ALG, ALL, WITH_CHANGE), .fallback = "null",
		.help = N_("encryption algorithm, by name or number; for esp alone") },
	[MANUAL_AUTHKEY] = { TAKES("authkey", KEY, ALL, WITH_CHANGE),
		.help = N_("authentication key in hexadecimal digits, as long as its algorithm has it") },
	[MANUAL_ENCRKEY] = { TAKES("encrkey", KEY, ALL, WITH_CHANGE),
		.help = N_("encryption key in hexadecimal digits; in counter modes with the salt behind it") },
	[MANUAL_RESERVED_BITS] = { NUMBER("reserved_bits", SINCE_11, WITH_CHANGE, MAX_U16), .can_repeat = true,
		.help = N_("how many bits at the end of encrkey are an initialization vector; a test aid that stands before encrkey") },
	[MANUAL_SRC] = { TAKES("src", ADDRESS, ALL, WITH_ALL),
		.help = N_("source address; any where it is missing") },
	[MANUAL_DST] = { TAKES("dst", ADDRESS, ALL, WITH_ALL),
		.help = N_("destination address") },
	[MANUAL_SPORT] = { NUMBER("sport", ALL, WITH_ALL, MAX_U16),
		.help = N_("source port, a number") },
	[MANUAL_DPORT] = { NUMBER("dport", ALL, WITH_ALL, MAX_U16),
		.help = N_("destination port, a number") },
	[MANUAL_PROTO] = { NUMBER("proto", ALL, WITH_ALL, MAX_U8),
		.help = N_("protocol, a number: 6 is tcp, 17 udp; 4 or 41 with inner addresses is a tunnel") },
	[MANUAL_ISRC] = { TAKES("isrc", PREFIX, SINCE_10, WITH_CHANGE),
		.help = N_("inner source of a tunnel: an address or a prefix") },
	[MANUAL_IDST] = { TAKES("idst", PREFIX, SINCE_10, WITH_CHANGE),
		.help = N_("inner destination of a tunnel: an address or a prefix") },
	[MANUAL_ISPORT] = { NUMBER("isport", SINCE_10, WITH_CHANGE, MAX_U16),
		.help = N_("source port of the inner packets of a tunnel") },
	[MANUAL_IDPORT] = { NUMBER("idport", SINCE_10, WITH_CHANGE, MAX_U16),
		.help = N_("destination port of the inner packets of a tunnel") },
	[MANUAL_IPROTO] = { NUMBER("iproto", SINCE_10, WITH_CHANGE, MAX_U8),
		.help = N_("protocol of the inner packets of a tunnel, a number") },
	[MANUAL_ENCAP] = { TAKES("encap", ENCAP, SINCE_10, WITH_CHANGE),
		.help = N_("packets travel in udp, to pass address translation; for esp, with nat_loc or nat_rem") },
	[MANUAL_NAT_LOC] = { TAKES("nat_loc", ADDRESS, SINCE_10, WITH_CHANGE), .family = IP_V4,
		.help = N_("outer address of the translator that this end is behind") },
	[MANUAL_NAT_REM] = { TAKES("nat_rem", ADDRESS, SINCE_10, WITH_CHANGE), .family = IP_V4,
		.help = N_("own address of the peer behind its translator") },
	[MANUAL_NAT_LPORT] = { NUMBER("nat_lport", SINCE_10, WITH_CHANGE, MAX_U16),
		.help = N_("this end's udp port for esp in udp") },
	[MANUAL_NAT_RPORT] = { NUMBER("nat_rport", SINCE_10, WITH_CHANGE, MAX_U16),
		.help = N_("the peer's udp port for esp in udp") },
	[MANUAL_SRCIDTYPE] = { TAKES("srcidtype", IDENTITY, ALL, WITH_CHANGE),
		.help = N_("identity of the source: a type and a text") },
	[MANUAL_DSTIDTYPE] = { TAKES("dstidtype", IDENTITY, ALL, WITH_CHANGE),
		.help = N_("identity of the destination: a type and a text") },
	[MANUAL_HARD_BYTES] = { NUMBER("hard_bytes", ALL, WITH_CHANGE, UINT64_MAX), BYTES, .fallback = "0",
		.help = N_("after so many bytes the security association ends; 0: never") },
	[MANUAL_SOFT_BYTES] = { NUMBER("soft_bytes", ALL, WITH_CHANGE, UINT64_MAX), BYTES, .fallback = "0",
		.help = N_("after so many bytes the system warns; 0: never") },
	[MANUAL_HARD_ADDTIME] = { NUMBER("hard_addtime", ALL, WITH_CHANGE, UINT64_MAX), SECONDS, .fallback = "0",
		.help = N_("so long after it was added the security association ends; 0: never") },
	[MANUAL_SOFT_ADDTIME] = { NUMBER("soft_addtime", ALL, WITH_CHANGE, UINT64_MAX), SECONDS, .fallback = "0",
		.help = N_("so long after it was added the system warns; 0: never") },
	[MANUAL_HARD_USETIME] = { NUMBER("hard_usetime", ALL, WITH_CHANGE, UINT64_MAX), SECONDS, .fallback = "0",
		.help = N_("so long after its first use the security association ends; 0: never") },
	[MANUAL_SOFT_USETIME] = { NUMBER("soft_usetime", ALL, WITH_CHANGE, UINT64_MAX), SECONDS, .fallback = "0",
		.help = N_("so long after its first use the system warns; 0: never") },
	[MANUAL_HARD_ALLOC] = { NUMBER("hard_alloc", ALL, WITH_CHANGE, MAX_U32), .fallback = "0",
		.help = N_("a limit that is kept but counts nothing") },
	[MANUAL_SOFT_ALLOC] = { NUMBER("soft_alloc", ALL, WITH_CHANGE, MAX_U32), .fallback = "0",
		.help = N_("a limit that is kept but counts nothing") },
	[MANUAL_IDLE_ADDTIME] = { NUMBER("idle_addtime", SINCE_11, WITH_CHANGE, MAX_U32), SECONDS,
		.help = N_("how long the security association may lie unused after it was added") },
	[MANUAL_IDLE_USETIME] = { NUMBER("idle_usetime", SINCE_11, WITH_CHANGE, MAX_U32), SECONDS,
		.help = N_("how long the security association may lie unused after its first use") },
	[MANUAL_LABEL] = { TAKES("label", LABEL, SINCE_11, WITH_CHANGE), .can_repeat = true,
		.help = N_("sensitivity label of what the security association carries; Trusted Extensions alone") },
	[MANUAL_OUTER_LABEL] = { TAKES("outer-label", LABEL, SINCE_11, WITH_CHANGE), .can_repeat = true,
		.help = N_("sensitivity label of the encrypted packets; stands behind label") },
	[MANUAL_IMPLICIT_LABEL] = { TAKES("implicit-label", LABEL, SINCE_11, WITH_CHANGE), .can_repeat = true,
		.help = N_("the same as outer-label, not sent with the packets; stands behind label") },
#define REFUSED(text) { text, MANUAL_ARG_REFUSED, .can_repeat = true, \
		.help = N_("a word of the tool that no command takes; it stands in what dump shows") }
	[MANUAL_FLAGS] = REFUSED("flags"),
	[MANUAL_CURRENT_ALLOC] = REFUSED("current_alloc"),
	[MANUAL_CURRENT_BYTES] = REFUSED("current_bytes"),
	[MANUAL_CURRENT_ADDTIME] = REFUSED("current_addtime"),
	[MANUAL_CURRENT_USETIME] = REFUSED("current_usetime"),
	[MANUAL_DPD] = REFUSED("dpd"),
	[MANUAL_SENS_LEVEL] = REFUSED("sens_level"),
	[MANUAL_SENS_MAP] = REFUSED("sens_map"),
	[MANUAL_INTEG_LEVEL] = REFUSED("integ_level"),
	[MANUAL_INTEG_MAP] = REFUSED("integ_map"),
#undef REFUSED
#define SAME(text, what, usual, releases, commands) \
	TAKES(text, what, releases, commands), .same_as = MANUAL_##usual, .help = N_("another name")
#define SAME_6(text, what, usual, releases, commands) \
	TAKES(text, what, releases, commands), .same_as = MANUAL_##usual, .family = IP_V6, \
	.help = N_("the same for IPv6 addresses alone")
#define SAME_NUMBER(text, usual, releases, commands, most) \
	NUMBER(text, releases, commands, most), .same_as = MANUAL_##usual, .help = N_("another name")
	[MANUAL_AUTH_ALG] = { SAME("auth_alg", AUTH_ALG, AUTHALG, ALL, WITH_CHANGE) },
	[MANUAL_ENCR_ALG] = { SAME("encr_alg", ENCR_ALG, ENCRALG, ALL, WITH_CHANGE) },
	[MANUAL_SADDR] = { SAME("saddr", ADDRESS, SRC, ALL, WITH_ALL) },
	[MANUAL_SRCADDR] = { SAME("srcaddr", ADDRESS, SRC, ALL, WITH_ALL) },
	[MANUAL_SRC6] = { SAME_6("src6", ADDRESS, SRC, ALL, WITH_ALL) },
	[MANUAL_SADDR6] = { SAME_6("saddr6", ADDRESS, SRC, ALL, WITH_ALL) },
	[MANUAL_SRCADDR6] = { SAME_6("srcaddr6", ADDRESS, SRC, ALL, WITH_ALL) },
	[MANUAL_DADDR] = { SAME("daddr", ADDRESS, DST, ALL, WITH_ALL) },
	[MANUAL_DSTADDR] = { SAME("dstaddr", ADDRESS, DST, ALL, WITH_ALL) },
	[MANUAL_DST6] = { SAME_6("dst6", ADDRESS, DST, ALL, WITH_ALL) },
	[MANUAL_DADDR6] = { SAME_6("daddr6", ADDRESS, DST, ALL, WITH_ALL) },
	[MANUAL_DSTADDR6] = { SAME_6("dstaddr6", ADDRESS, DST, ALL, WITH_ALL) },
	[MANUAL_ULP] = { SAME_NUMBER("ulp", PROTO, ALL, WITH_ALL, MAX_U8) },
	[MANUAL_INNERSRC] = { SAME("innersrc", PREFIX, ISRC, SINCE_10, WITH_CHANGE) },
	[MANUAL_PROXYADDR] = { SAME("proxyaddr", PREFIX, ISRC, ALL, WITH_CHANGE), .old = true },
	[MANUAL_PROXY] = { SAME("proxy", PREFIX, ISRC, ALL, WITH_CHANGE), .old = true },
	[MANUAL_ISRC6] = { SAME_6("isrc6", PREFIX, ISRC, SINCE_10, WITH_CHANGE) },
	[MANUAL_INNERSRC6] = { SAME_6("innersrc6", PREFIX, ISRC, SINCE_10, WITH_CHANGE) },
	[MANUAL_PROXYADDR6] = { SAME_6("proxyaddr6", PREFIX, ISRC, ALL, WITH_CHANGE), .old = true },
	[MANUAL_PROXY6] = { SAME_6("proxy6", PREFIX, ISRC, ALL, WITH_CHANGE), .old = true },
	[MANUAL_INNERDST] = { SAME("innerdst", PREFIX, IDST, SINCE_10, WITH_CHANGE) },
	[MANUAL_IDST6] = { SAME_6("idst6", PREFIX, IDST, SINCE_10, WITH_CHANGE) },
	[MANUAL_INNERDST6] = { SAME_6("innerdst6", PREFIX, IDST, SINCE_10, WITH_CHANGE) },
	[MANUAL_INNERSPORT] = { SAME_NUMBER("innersport", ISPORT, SINCE_10, WITH_CHANGE, MAX_U16) },
	[MANUAL_INNERDPORT] = { SAME_NUMBER("innerdport", IDPORT, SINCE_10, WITH_CHANGE, MAX_U16) },
	[MANUAL_IULP] = { SAME_NUMBER("iulp", IPROTO, SINCE_10, WITH_CHANGE, MAX_U8) },
#undef SAME
#undef SAME_6
#undef SAME_NUMBER
#undef NUMBER
#undef TAKES

#define COMMAND(text, releases) text, MANUAL_ARG_SA_TYPE, .known = releases
	[MANUAL_ADD] = { COMMAND("add", ALL), .help = N_("adds a security association") },
	[MANUAL_UPDATE] = { COMMAND("update", ALL),
		.help = N_("changes the lifetimes or the pair of a security association") },
	[MANUAL_UPDATE_PAIR] = { COMMAND("update-pair", SINCE_11),
		.help = N_("changes the lifetimes of a security association and its pair") },
	[MANUAL_DELETE] = { COMMAND("delete", ALL), .help = N_("removes a security association") },
	[MANUAL_DELETE_PAIR] = { COMMAND("delete-pair", SINCE_11),
		.help = N_("removes a security association and its pair") },
	[MANUAL_GET] = { COMMAND("get", ALL), .help = N_("shows a security association") },
	[MANUAL_FLUSH] = { COMMAND("flush", ALL),
		.help = N_("removes all security associations of a type or of all types, those of IKE among them") },
#undef COMMAND
	[MANUAL_QUIT] = { "quit", .known = ALL, .help = N_("ends the run; what follows in the file is not read") },
	[MANUAL_EXIT] = { "exit", .known = ALL, .same_as = MANUAL_QUIT, .help = N_("the same as quit") },
#define NOT_IN_FILE(text) { text, .help = N_("a command of the prompt, not of a file") }
	[MANUAL_DUMP] = NOT_IN_FILE("dump"),
	[MANUAL_SAVE] = NOT_IN_FILE("save"),
	[MANUAL_MONITOR] = NOT_IN_FILE("monitor"),
	[MANUAL_PASSIVE_MONITOR] = NOT_IN_FILE("passive_monitor"),
	[MANUAL_PMONITOR] = NOT_IN_FILE("pmonitor"),
	[MANUAL_HELP] = NOT_IN_FILE("help"),
	[MANUAL_QUESTION] = NOT_IN_FILE("?"),
#undef NOT_IN_FILE
	[MANUAL_LOAD] = { "load", .help = N_("a word of the manual page; the tool has no such command") },

#define SA_TYPE(text) text, .set = MANUAL_ARG_SA_TYPE, .known = ALL, .any_case = true
	[MANUAL_AH] = { SA_TYPE("ah"), .help = N_("Authentication Header") },
	[MANUAL_ESP] = { SA_TYPE("esp"), .help = N_("Encapsulating Security Payload") },
	[MANUAL_ALL] = { SA_TYPE("all"), .help = N_("all types; with flush alone") },
#undef SA_TYPE
#define STATE(text) text, .set = MANUAL_ARG_STATE
	[MANUAL_STATE_MATURE] = { STATE("mature"), .known = ALL, .help = N_("in use") },
	[MANUAL_STATE_DYING] = { STATE("dying"), .help = N_("beyond a soft limit; nothing can be added so") },
	[MANUAL_STATE_DEAD] = { STATE("dead"), .help = N_("beyond a hard limit; nothing can be added so") },
	[MANUAL_STATE_LARVAL] = { STATE("larval"), .help = N_("being negotiated; nothing can be added so") },
#undef STATE
#define ID_TYPE(text) text, .set = MANUAL_ARG_IDENTITY, .known = ALL, .any_case = true
	[MANUAL_ID_PREFIX] = { ID_TYPE("prefix"), .help = N_("a prefix of addresses") },
	[MANUAL_ID_FQDN] = { ID_TYPE("fqdn"), .help = N_("a fully qualified domain name") },
	[MANUAL_ID_DOMAIN] = { ID_TYPE("domain"), .same_as = MANUAL_ID_FQDN, .help = N_("the same as fqdn") },
	[MANUAL_ID_DOMAINNAME] = { ID_TYPE("domainname"), .same_as = MANUAL_ID_FQDN, .help = N_("the same as fqdn") },
	[MANUAL_ID_USER_FQDN] = { ID_TYPE("user_fqdn"), .help = N_("user@domain") },
	[MANUAL_ID_MAILBOX] = { ID_TYPE("mailbox"), .same_as = MANUAL_ID_USER_FQDN, .help = N_("the same as user_fqdn") },
	[MANUAL_ID_DER_DN] = { ID_TYPE("der_dn"), .help = N_("a distinguished name") },
	[MANUAL_ID_DER_GN] = { ID_TYPE("der_gn"), .help = N_("a general name") },
#undef ID_TYPE
	[MANUAL_ENCAP_UDP] = { "udp", .set = MANUAL_ARG_ENCAP, .known = SINCE_10, .help = N_("esp in udp") },
};
/* clang-format on */

/* Letters of ASCII alone: the tool's locale is not this process's. */
static inline int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Nearly all differ in their first letter. */
static inline bool is_named(unsigned word, const char *name, size_t len, bool any_case)
{
	const char *own = manual_words[word].name;
	size_t i;

	if (len == 0 || lower(own[0]) != lower(name[0]))
		return false;
	for (i = 0; i < len; i++)
		if (own[i] == '\0' ||
		    (own[i] != name[i] && !(any_case && lower(own[i]) == lower(name[i]))))
			return false;
	return own[len] == '\0';
}

static inline enum manual_word find(const char *name, size_t len, bool any_case, unsigned from,
				    unsigned to)
{
	unsigned word;

	for (word = from; word < to; word++)
		if (is_named(word, name, len, any_case))
			return (enum manual_word)word;
	return MANUAL_NO_WORD;
}

enum manual_word manual_command_find(const char *name, size_t len)
{
	return find(name, len, false, MANUAL_ADD, MANUAL_COMMAND_COUNT);
}

enum manual_word manual_extension_find(const char *name, size_t len)
{
	return find(name, len, false, 1, MANUAL_EXTENSION_COUNT);
}

enum manual_word manual_command_guess(const char *name, size_t len)
{
	return find(name, len, true, MANUAL_ADD, MANUAL_COMMAND_COUNT);
}

enum manual_word manual_extension_guess(const char *name, size_t len)
{
	return find(name, len, true, 1, MANUAL_EXTENSION_COUNT);
}

static unsigned hash_name(const char *name, size_t len)
{
	const unsigned char *s = (const unsigned char *)name;

	return (unsigned)(s[0] * 5 + s[len / 2] * 27 + s[len - 1] * 149 + len * 61) %
	       MANUAL_INDEX_SLOTS;
}

void manual_index_init(struct manual_index *index)
{
	unsigned word, slot;

	memset(index, 0, sizeof *index);
	for (word = 1; word < MANUAL_EXTENSION_COUNT; word++) {
		const char *name = manual_words[word].name;
		size_t len = strlen(name);

		for (slot = hash_name(name, len); index->slots[slot] != 0;)
			slot = (slot + 1) % MANUAL_INDEX_SLOTS;
		index->slots[slot] = (uint8_t)word;
		index->lengths[word] = (uint8_t)len;
		index->begins[(unsigned char)name[0]] = true;
	}
}

enum manual_word manual_index_search(const struct manual_index *index, const char *name, size_t len)
{
	unsigned word, slot;

	for (slot = hash_name(name, len); (word = index->slots[slot]) != 0;
	     slot = (slot + 1) % MANUAL_INDEX_SLOTS)
		if (index->lengths[word] == len && memcmp(manual_words[word].name, name, len) == 0)
			return (enum manual_word)word;
	return MANUAL_NO_WORD;
}

static inline bool has_words(enum manual_arg set)
{
	return set == MANUAL_ARG_SA_TYPE || set == MANUAL_ARG_STATE || set == MANUAL_ARG_IDENTITY;
}

/* The tool takes whatever begins with udp for udp. */
enum manual_word manual_value_find(const char *name, size_t len, enum manual_arg set)
{
	unsigned word;

	if (set == MANUAL_ARG_ENCAP)
		return len >= 3 && is_named(MANUAL_ENCAP_UDP, name, 3, false) ? MANUAL_ENCAP_UDP
									      : MANUAL_NO_WORD;
	for (word = MANUAL_AH; has_words(set) && word < MANUAL_WORD_COUNT; word++)
		if (manual_words[word].set == set &&
		    is_named(word, name, len, manual_words[word].any_case))
			return (enum manual_word)word;
	return MANUAL_NO_WORD;
}
