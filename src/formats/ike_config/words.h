/*
 * The words of ike.config(5): one row a keyword and one a value, with what they mean, where they
 * may stand and what they take. Reader, checks, lists, forms, completion and manual read these
 * rows.
 */
#ifndef FORMATS_IKE_CONFIG_WORDS_H
#define FORMATS_IKE_CONFIG_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/dialect.h"

enum ike_word {
	IKE_NO_WORD = 0,
	/* file level alone */
	IKE_CERT_ROOT,
	IKE_CERT_TRUST,
	IKE_EXPIRE_TIMER,
	IKE_IGNORE_CRLS,
	IKE_LDAP_SERVER,
	IKE_PKCS11_PATH,
	IKE_RETRY_LIMIT,
	IKE_RETRY_TIMER_INIT,
	IKE_RETRY_TIMER_MAX,
	IKE_PROXY,
	IKE_SOCKS,
	IKE_USE_HTTP,
	IKE_MAX_CERTS,
	IKE_NAT_T_PORT,
	IKE_LABEL_AWARE,
	IKE_P1_NONCE_LEN,
	IKE_P2_NONCE_LEN,
	/* file level and transform */
	IKE_P1_LIFETIME_SECS,
	/* file level and rule */
	IKE_P2_LIFETIME_SECS,
	IKE_P2_SOFTLIFE_SECS,
	IKE_P2_IDLETIME_SECS,
	IKE_P2_LIFETIME_KB,
	IKE_P2_SOFTLIFE_KB,
	IKE_P2_PFS,
	IKE_LOCAL_ID_TYPE,
	IKE_P1_XFORM,
	IKE_P1_SOFTLIFE_SECS,
	IKE_P1_HARDLIFE_SECS,
	IKE_P1_MODE,
	/* rule */
	IKE_LABEL,
	IKE_LOCAL_ADDR,
	IKE_REMOTE_ADDR,
	IKE_LOCAL_ID,
	IKE_REMOTE_ID,
	IKE_IMMEDIATE,
	/* transform */
	IKE_AUTH_METHOD,
	IKE_OAKLEY_GROUP,
	IKE_ENCR_ALG,
	IKE_AUTH_ALG,
	IKE_SINGLE_LABEL,
	IKE_MULTI_LABEL,
	IKE_WIRE_LABEL,
	IKE_KEYWORD_COUNT,

	/* values of auth_method */
	IKE_PRESHARED = IKE_KEYWORD_COUNT,
	IKE_RSA_SIG,
	IKE_RSA_ENCRYPT,
	IKE_DSS_SIG,
	/* of encr_alg */
	IKE_DES,
	IKE_DES_CBC,
	IKE_3DES,
	IKE_3DES_CBC,
	IKE_BLOWFISH,
	IKE_BLOWFISH_CBC,
	IKE_BLOWFISH_CDC,
	IKE_AES,
	IKE_AES_CBC,
	IKE_AES_CCM,
	IKE_AES_GCM,
	/* of auth_alg */
	IKE_MD5,
	IKE_SHA,
	IKE_SHA1,
	IKE_SHA256,
	IKE_SHA384,
	IKE_SHA512,
	/* of local_id_type */
	IKE_ID_DN,
	IKE_ID_DN_UPPER,
	IKE_ID_DNS,
	IKE_ID_DNS_UPPER,
	IKE_ID_FQDN,
	IKE_ID_FQDN_UPPER,
	IKE_ID_GN,
	IKE_ID_GN_UPPER,
	IKE_ID_IP,
	IKE_ID_IP_UPPER,
	IKE_ID_IPV4,
	IKE_ID_IPV4_PREFIX,
	IKE_ID_IPV4_RANGE,
	IKE_ID_IPV6,
	IKE_ID_IPV6_PREFIX,
	IKE_ID_IPV6_RANGE,
	IKE_ID_MBOX,
	IKE_ID_MBOX_UPPER,
	IKE_ID_USER_FQDN,
	IKE_WORD_COUNT
};

/* Where a keyword may stand. */
enum ike_scope { IKE_SCOPE_FILE = 1, IKE_SCOPE_RULE = 2, IKE_SCOPE_XFORM = 4 };

/* What a keyword takes. */
enum ike_arg {
	IKE_ARG_NONE,     /* a flag */
	IKE_ARG_NUMBER,   /* C notation, 32 bits */
	IKE_ARG_REAL,     /* digits with an optional fraction */
	IKE_ARG_STRING,   /* text in double quotes */
	IKE_ARG_LABEL,    /* text in double quotes, or a word */
	IKE_ARG_ADDRESS,  /* address, prefix, mask form or range */
	IKE_ARG_SELECTOR, /* certificate selector, a string */
	IKE_ARG_ENUM,     /* a value of the keyword's set */
	IKE_ARG_ENCR,     /* the same with an optional range of key sizes */
	IKE_ARG_GROUP,    /* number of a Diffie-Hellman group */
	IKE_ARG_PFS,      /* the same, or 0 */
	IKE_ARG_XFORM,    /* { transform } */
	IKE_ARG_WIRE,     /* inner, a label, or none and a label */
	IKE_ARG_ANY       /* a word or text, of which nobody knows more */
};

enum ike_repeat {
	IKE_ONCE,
	IKE_ADDS_UP, /* each one counts */
	IKE_FLAG,    /* a second one changes nothing */
	IKE_FIRST    /* the first one counts */
};

/* A set of releases as bits. */
#define IKE_IN(dialect) (1u << (dialect))
#define IKE_IN_ALL      ((1u << DIALECT_COUNT) - 1)

struct ike_word_info {
	const char *name;
	uint8_t scopes;    /* of a keyword: enum ike_scope bits; 0 in a value */
	uint8_t arg;       /* enum ike_arg */
	uint8_t repeat;    /* enum ike_repeat */
	uint8_t set;       /* of a value: the keyword that takes it */
	uint8_t same_as;   /* of a value: the usual spelling where this is a synonym */
	uint8_t known;     /* releases that have it (a keyword: 0 means all; a value: always set) */
	uint8_t unsure;    /* releases of which nobody knows */
	bool weak;         /* obsolete cryptography */
	bool undocumented; /* a keyword that no manual has: kept, and offered to nobody */
	uint32_t min, max;
	const char *unit;     /* N_() */
	const char *fallback; /* what holds where it is nowhere set; NULL: nobody's manual says */
	const char *help;     /* N_() one sentence */
};

extern const struct ike_word_info ike_words[IKE_WORD_COUNT];

/* The usual spelling of a value: IKE_SHA1 for IKE_SHA. */
enum ike_word ike_value_canonical(enum ike_word value);

/* The word whose name is these bytes, or IKE_NO_WORD. */
enum ike_word ike_word_find(const char *name, size_t len);

/* A Diffie-Hellman group as oakley_group and p2_pfs name it. */
struct ike_group {
	uint8_t number;
	uint8_t known; /* releases that have it for phase 1 */
	bool pfs;      /* the manual lists it for p2_pfs */
	bool weak;
	const char *title; /* N_() */
	const char *name;  /* what in.ikev2d also calls it; NULL: nothing that is known */
};

extern const struct ike_group ike_groups[];
extern const size_t ike_group_count;

/* The row of a group, or NULL. */
const struct ike_group *ike_group_find(uint32_t number);
const struct ike_group *ike_group_find_name(const char *name, size_t len);

#endif
