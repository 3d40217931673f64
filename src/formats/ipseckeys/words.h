/*
 * The words of ipseckey(8)'s command language: one row a command, a type of security association,
 * an extension and a value, with what they mean and which releases have them. Reader, checks,
 * lists, forms, completion and manual read these rows. Names of algorithms are not among them; they
 * are rows of formats/ipsec_algs.h.
 */
#ifndef FORMATS_IPSECKEYS_WORDS_H
#define FORMATS_IPSECKEYS_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/dialect.h"

enum manual_word {
	MANUAL_NO_WORD = 0,
	/* extensions */
	MANUAL_SPI,
	MANUAL_PAIR_SPI,
	MANUAL_INBOUND,
	MANUAL_OUTBOUND,
	MANUAL_REPLAY,
	MANUAL_REPLAY_VALUE,
	MANUAL_STATE,
	MANUAL_AUTHALG,
	MANUAL_ENCRALG,
	MANUAL_AUTHKEY,
	MANUAL_ENCRKEY,
	MANUAL_RESERVED_BITS,
	MANUAL_SRC,
	MANUAL_DST,
	MANUAL_SPORT,
	MANUAL_DPORT,
	MANUAL_PROTO,
	MANUAL_ISRC,
	MANUAL_IDST,
	MANUAL_ISPORT,
	MANUAL_IDPORT,
	MANUAL_IPROTO,
	MANUAL_ENCAP,
	MANUAL_NAT_LOC,
	MANUAL_NAT_REM,
	MANUAL_NAT_LPORT,
	MANUAL_NAT_RPORT,
	MANUAL_SRCIDTYPE,
	MANUAL_DSTIDTYPE,
	MANUAL_HARD_BYTES,
	MANUAL_SOFT_BYTES,
	MANUAL_HARD_ADDTIME,
	MANUAL_SOFT_ADDTIME,
	MANUAL_HARD_USETIME,
	MANUAL_SOFT_USETIME,
	MANUAL_HARD_ALLOC,
	MANUAL_SOFT_ALLOC,
	MANUAL_IDLE_ADDTIME,
	MANUAL_IDLE_USETIME,
	MANUAL_LABEL,
	MANUAL_OUTER_LABEL,
	MANUAL_IMPLICIT_LABEL,
	/* extensions that no command of a file takes */
	MANUAL_FLAGS,
	MANUAL_CURRENT_ALLOC,
	MANUAL_CURRENT_BYTES,
	MANUAL_CURRENT_ADDTIME,
	MANUAL_CURRENT_USETIME,
	MANUAL_DPD,
	MANUAL_SENS_LEVEL,
	MANUAL_SENS_MAP,
	MANUAL_INTEG_LEVEL,
	MANUAL_INTEG_MAP,
	MANUAL_FIELD_COUNT,
	/* other names of extensions */
	MANUAL_AUTH_ALG = MANUAL_FIELD_COUNT,
	MANUAL_ENCR_ALG,
	MANUAL_SADDR,
	MANUAL_SRCADDR,
	MANUAL_SRC6,
	MANUAL_SADDR6,
	MANUAL_SRCADDR6,
	MANUAL_DADDR,
	MANUAL_DSTADDR,
	MANUAL_DST6,
	MANUAL_DADDR6,
	MANUAL_DSTADDR6,
	MANUAL_ULP,
	MANUAL_INNERSRC,
	MANUAL_PROXYADDR,
	MANUAL_PROXY,
	MANUAL_ISRC6,
	MANUAL_INNERSRC6,
	MANUAL_PROXYADDR6,
	MANUAL_PROXY6,
	MANUAL_INNERDST,
	MANUAL_IDST6,
	MANUAL_INNERDST6,
	MANUAL_INNERSPORT,
	MANUAL_INNERDPORT,
	MANUAL_IULP,
	MANUAL_EXTENSION_COUNT,

	/* commands */
	MANUAL_ADD = MANUAL_EXTENSION_COUNT,
	MANUAL_UPDATE,
	MANUAL_UPDATE_PAIR,
	MANUAL_DELETE,
	MANUAL_DELETE_PAIR,
	MANUAL_GET,
	MANUAL_FLUSH,
	MANUAL_QUIT,
	MANUAL_EXIT,
	/* commands that are none in a file */
	MANUAL_DUMP,
	MANUAL_SAVE,
	MANUAL_MONITOR,
	MANUAL_PASSIVE_MONITOR,
	MANUAL_PMONITOR,
	MANUAL_HELP,
	MANUAL_QUESTION,
	MANUAL_LOAD,
	MANUAL_COMMAND_COUNT,

	/* types of security associations */
	MANUAL_AH = MANUAL_COMMAND_COUNT,
	MANUAL_ESP,
	MANUAL_ALL,
	/* states */
	MANUAL_STATE_MATURE,
	MANUAL_STATE_DYING,
	MANUAL_STATE_DEAD,
	MANUAL_STATE_LARVAL,
	/* types of identities */
	MANUAL_ID_PREFIX,
	MANUAL_ID_FQDN,
	MANUAL_ID_DOMAIN,
	MANUAL_ID_DOMAINNAME,
	MANUAL_ID_USER_FQDN,
	MANUAL_ID_MAILBOX,
	MANUAL_ID_DER_DN,
	MANUAL_ID_DER_GN,
	/* encapsulation */
	MANUAL_ENCAP_UDP,
	MANUAL_WORD_COUNT
};

/* What an extension, or a command, takes. */
enum manual_arg {
	MANUAL_ARG_NONE,     /* nothing behind it */
	MANUAL_ARG_SA_TYPE,  /* a command: the type of security association */
	MANUAL_ARG_NUMBER,   /* from MIN to MAX */
	MANUAL_ARG_ADDRESS,  /* an address or a name */
	MANUAL_ARG_PREFIX,   /* the same, or a prefix */
	MANUAL_ARG_AUTH_ALG, /* name or number */
	MANUAL_ARG_ENCR_ALG,
	MANUAL_ARG_KEY, /* hexadecimal digits */
	MANUAL_ARG_STATE,
	MANUAL_ARG_ENCAP,
	MANUAL_ARG_IDENTITY, /* two values: the type, a text */
	MANUAL_ARG_LABEL,
	MANUAL_ARG_REFUSED /* whatever stands there: the extension is refused */
};

/* A set of commands as bits, and one of releases. */
#define MANUAL_WITH(command) (1u << ((command)-MANUAL_ADD))
#define MANUAL_IN(dialect)   (1u << (dialect))
#define MANUAL_IN_ALL        ((1u << DIALECT_COUNT) - 1)

struct manual_word_info {
	const char *name;
	uint8_t arg;          /* of a command or an extension: enum manual_arg */
	uint8_t set;          /* of a value: the enum manual_arg of what takes it */
	uint8_t same_as;      /* the usual name where this is another one for it */
	uint8_t known;        /* releases that have it; 0: a file cannot use it anywhere */
	uint8_t family;       /* of an extension: enum ip_family where it takes one alone */
	bool can_repeat;      /* of an extension: the tool does not refuse a second one */
	bool old;             /* of an extension: the manual advises against it */
	bool any_case;        /* of a value: letter case does not matter */
	uint16_t with;        /* of an extension: the commands that take it */
	uint64_t min, max;    /* of a number */
	const char *unit;     /* N_() of a number */
	const char *fallback; /* of an extension: what holds where it is missing */
	const char *help;     /* N_() one sentence */
};

extern const struct manual_word_info manual_words[MANUAL_WORD_COUNT];

/* The usual name of a word: MANUAL_SRC for MANUAL_SADDR. */
static inline enum manual_word manual_word_canonical(enum manual_word word)
{
	unsigned usual = manual_words[word].same_as;

	return usual != 0 ? (enum manual_word)usual : word;
}

/* What these bytes are, or MANUAL_NO_WORD. Letter case matters. */
enum manual_word manual_command_find(const char *name, size_t len);
enum manual_word manual_extension_find(const char *name, size_t len);

/* The command or extension that these bytes are but for their case, or MANUAL_NO_WORD. */
enum manual_word manual_command_guess(const char *name, size_t len);
enum manual_word manual_extension_guess(const char *name, size_t len);

/* The extensions by the hash of their names, for a scanner, which looks up each word of a file. */
#define MANUAL_INDEX_SLOTS 256
struct manual_index {
	uint8_t slots[MANUAL_INDEX_SLOTS];
	uint8_t lengths[MANUAL_EXTENSION_COUNT];
	bool begins[256]; /* whether a name begins with the byte: numbers and addresses do not */
};
void manual_index_init(struct manual_index *index);

/* What manual_extension_find finds; LEN is not 0. */
enum manual_word manual_index_search(const struct manual_index *index, const char *name,
				     size_t len);

/* The same; most values begin like no extension. */
static inline enum manual_word manual_index_find(const struct manual_index *index, const char *name,
						 size_t len)
{
	return len > 0 && index->begins[(unsigned char)name[0]]
		       ? manual_index_search(index, name, len)
		       : MANUAL_NO_WORD;
}

/* The value of what takes SET that these bytes are, or MANUAL_NO_WORD. */
enum manual_word manual_value_find(const char *name, size_t len, enum manual_arg set);

static inline bool manual_is_extension(unsigned word)
{
	return word != 0 && word < MANUAL_EXTENSION_COUNT;
}

static inline bool manual_is_command(unsigned word)
{
	return word >= MANUAL_ADD && word < MANUAL_COMMAND_COUNT;
}

/* A command that is about one security association: add, update, get, ... */
static inline bool manual_is_about_sa(unsigned word)
{
	return word >= MANUAL_ADD && word <= MANUAL_GET;
}

#endif
