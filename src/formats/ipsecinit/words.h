/*
 * The words of ipsecinit.conf, as ipsecconf(8) has them: one row a keyword, action, property and
 * value, with what they mean and where they may stand. Reader, checks, lists, forms, completion and
 * manual read these rows. They are all lower case; algorithms have a table of their own
 * (ipsec_algs.h).
 */
#ifndef FORMATS_IPSECINIT_WORDS_H
#define FORMATS_IPSECINIT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/ipsec_algs.h"

enum policy_word {
	POLICY_NO_WORD = 0,
	/* keywords of a pattern, by their usual names; old style first */
	POLICY_SADDR,
	POLICY_DADDR,
	POLICY_SMASK,
	POLICY_DMASK,
	POLICY_SPORT,
	POLICY_DPORT,
	POLICY_LADDR,
	POLICY_RADDR,
	POLICY_LPORT,
	POLICY_RPORT,
	POLICY_ULP,
	POLICY_TYPE,
	POLICY_CODE,
	POLICY_TUNNEL,
	POLICY_NEGOTIATE,
	POLICY_DIR,
	POLICY_KEYWORD_COUNT,
	/* other names of keywords */
	POLICY_SRC = POLICY_KEYWORD_COUNT,
	POLICY_SRCADDR,
	POLICY_DST,
	POLICY_DSTADDR,
	POLICY_LOCAL,
	POLICY_REMOTE,
	POLICY_PROTO,
	POLICY_PATTERN_COUNT,
	/* properties */
	POLICY_AUTH_ALGS = POLICY_PATTERN_COUNT,
	POLICY_ENCR_ALGS,
	POLICY_ENCR_AUTH_ALGS,
	POLICY_SA,
	POLICY_PROPERTY_DIR,
	POLICY_PROPERTY_END,
	/* actions */
	POLICY_APPLY = POLICY_PROPERTY_END,
	POLICY_PERMIT,
	POLICY_IPSEC,
	POLICY_BYPASS,
	POLICY_PASS,
	POLICY_DROP,
	POLICY_ACTION_END,
	POLICY_OR = POLICY_ACTION_END,
	/* values */
	POLICY_IN,
	POLICY_OUT,
	POLICY_BOTH,
	POLICY_MODE_TUNNEL,
	POLICY_MODE_TRANSPORT,
	POLICY_SHARED,
	POLICY_UNIQUE,
	/* types of ICMP and of ICMPv6 */
	POLICY_TYPE_UNREACH,
	POLICY_TYPE_ECHO,
	POLICY_TYPE_ECHOREP,
	POLICY_TYPE_SQUENCH,
	POLICY_TYPE_REDIR,
	POLICY_TYPE_TIMEX,
	POLICY_TYPE_PARAMPROB,
	POLICY_TYPE_TIMEST,
	POLICY_TYPE_TIMESTREP,
	POLICY_TYPE_INFOREQ,
	POLICY_TYPE_INFOREP,
	POLICY_TYPE_MASKREQ,
	POLICY_TYPE_MASKREP,
	POLICY_TYPE_UNREACH6,
	POLICY_TYPE_PKTTOOBIG6,
	POLICY_TYPE_TIMEX6,
	POLICY_TYPE_PARAMPROB6,
	POLICY_TYPE_ECHO6,
	POLICY_TYPE_ECHOREP6,
	POLICY_TYPE_ROUTER_SOL6,
	POLICY_TYPE_ROUTER_AD6,
	POLICY_TYPE_NEIGH_SOL6,
	POLICY_TYPE_NEIGH_AD6,
	POLICY_TYPE_REDIR6,
	/* codes of ICMP and of ICMPv6 */
	POLICY_CODE_NET_UNR,
	POLICY_CODE_HOST_UNR,
	POLICY_CODE_PROTO_UNR,
	POLICY_CODE_PORT_UNR,
	POLICY_CODE_NEEDFRAG,
	POLICY_CODE_SRCFAIL,
	POLICY_CODE_NET_UNK,
	POLICY_CODE_HOST_UNK,
	POLICY_CODE_ISOLATE,
	POLICY_CODE_NET_PROHIB,
	POLICY_CODE_HOST_PROHIB,
	POLICY_CODE_NET_TOS,
	POLICY_CODE_HOST_TOS,
	POLICY_CODE_FILTER_PROHIB,
	POLICY_CODE_HOST_PRECED,
	POLICY_CODE_CUTOFF_PRECED,
	POLICY_CODE_NO_ROUTE6,
	POLICY_CODE_ADM_PROHIB6,
	POLICY_CODE_ADDR_UNR6,
	POLICY_CODE_PORT_UNR6,
	POLICY_CODE_HOP_LIMEX6,
	POLICY_CODE_FRAG_RE_TIMEX6,
	POLICY_CODE_ERR_HEAD6,
	POLICY_CODE_UNREC_HEAD6,
	POLICY_CODE_UNREQ_OPT6,
	POLICY_WORD_COUNT
};

/* Whose ends an entry names: the first keyword that has a style decides for the whole entry. */
enum policy_style {
	POLICY_STYLE_NEUTRAL,
	POLICY_STYLE_OLD, /* source and destination; one direction */
	POLICY_STYLE_NEW  /* local and remote */
};

/* Where a word may stand. */
enum policy_set {
	POLICY_SET_PATTERN = 1,
	POLICY_SET_PROPERTY = 2,
	POLICY_SET_ACTION = 4,
	POLICY_SET_OR = 8,
	POLICY_SET_VALUE = 16
};

/* What a keyword or property takes. */
enum policy_arg {
	POLICY_ARG_NONE,    /* not a keyword */
	POLICY_ARG_ADDRESS, /* an address or name, with or without a prefix */
	POLICY_ARG_MASK,
	POLICY_ARG_PORT,
	POLICY_ARG_PROTOCOL,
	POLICY_ARG_ICMP, /* a number, a range or a word */
	POLICY_ARG_INTERFACE,
	POLICY_ARG_WORD, /* a value of its set */
	POLICY_ARG_AUTH, /* an algorithm of class IPSEC_AUTH */
	POLICY_ARG_ENCR  /* an algorithm of class IPSEC_ENCR */
};

struct policy_word_info {
	const char *name;
	uint8_t len;          /* of the name */
	uint8_t set;          /* enum policy_set */
	uint8_t arg;          /* of a keyword or property: enum policy_arg */
	uint8_t style;        /* enum policy_style; of an action: the one it is documented with */
	uint8_t same_as;      /* the usual name where this is another one for it */
	uint8_t of;           /* of a value: the keyword that takes it, by its usual name */
	uint8_t also_of;      /* the same: another one that does */
	uint8_t number;       /* of a type or code */
	uint8_t protocol;     /* of a type or code: 1 for ICMP, 58 for ICMPv6 */
	uint8_t values[2];    /* of a keyword or property: its first and last value, or 0 */
	bool prefix;          /* of a keyword: its values may be followed by anything */
	uint8_t known;        /* releases that have it */
	const char *fallback; /* N_() of a keyword or property: what holds where it is missing */
	const char *help;     /* N_() one sentence */
};

extern const struct policy_word_info policy_words[POLICY_WORD_COUNT];

/* The usual name of a word: POLICY_SADDR for POLICY_SRC, POLICY_BYPASS for POLICY_PASS. */
static inline enum policy_word policy_word_canonical(enum policy_word word)
{
	return policy_words[word].same_as != 0 ? (enum policy_word)policy_words[word].same_as
					       : word;
}

/* The word, no value, that these bytes are and that may stand in one of SETS; or POLICY_NO_WORD. */
enum policy_word policy_word_find(const char *name, size_t len, unsigned sets);

/* The same, also of what can only mean that word: one with capitals in it, or dest, which one
 * sentence of the manual has for dst. For such a one *MEANT becomes true. */
enum policy_word policy_word_meant(const char *name, size_t len, unsigned sets, bool *meant);

/* Whether these bytes are the word and not only meant for it. */
bool policy_word_is(enum policy_word word, const char *name, size_t len);

/* The value of a keyword or property, by its usual name, that these bytes are, or POLICY_NO_WORD.
 */
enum policy_word policy_value_find(const char *name, size_t len, enum policy_word keyword);

/* A value that these bytes begin with and do not end with, or POLICY_NO_WORD. */
enum policy_word policy_value_prefix(const char *name, size_t len, enum policy_word keyword);

/*
 * Names of services and protocols. A host has its own tables of them; these are the ones that stand
 * in its files as installed, so that they need no name service.
 */
struct policy_name {
	const char *name;
	const char *aliases[2];
	uint16_t number;
};

extern const struct policy_name policy_services[], policy_protocols[];
extern const size_t policy_service_count, policy_protocol_count;

/* The row with this name or alias, or NULL. */
const struct policy_name *policy_service_find(const char *name, size_t len);
const struct policy_name *policy_protocol_find(const char *name, size_t len);

/* The first row with this number, or NULL. */
const struct policy_name *policy_protocol_numbered(uint32_t number);

#endif
