/*
 * The words of ike.preshared(5): one row a field and one a value, with what they mean and which
 * releases have them. Reader, checks, lists, forms, completion and manual read these rows. Letter
 * case does not matter in any of them.
 */
#ifndef FORMATS_IKE_PRESHARED_WORDS_H
#define FORMATS_IKE_PRESHARED_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/dialect.h"

enum preshared_word {
	PRESHARED_NO_WORD = 0,
	/* fields */
	PRESHARED_LOCALIDTYPE,
	PRESHARED_LOCALID,
	PRESHARED_REMOTEIDTYPE,
	PRESHARED_REMOTEID,
	PRESHARED_IKE_MODE,
	PRESHARED_KEY,
	PRESHARED_FIELD_COUNT,
	/* other names of fields */
	PRESHARED_LOCAL_ID_TYPE = PRESHARED_FIELD_COUNT,
	PRESHARED_LOCAL_ID,
	PRESHARED_LOCAL_ADDR,
	PRESHARED_REMOTE_ID_TYPE,
	PRESHARED_REMOTE_ID,
	PRESHARED_REMOTE_ADDR,
	PRESHARED_MODE,
	PRESHARED_NAME_COUNT,

	/* id types: addresses */
	PRESHARED_TYPE_IP = PRESHARED_NAME_COUNT,
	PRESHARED_TYPE_IPV4,
	PRESHARED_TYPE_IPV6,
	PRESHARED_TYPE_IP_SUBNET,
	PRESHARED_TYPE_IPV4_SUBNET,
	PRESHARED_TYPE_IPV6_SUBNET,
	/* id types of ikeadm(8) that cannot belong to a preshared key */
	PRESHARED_TYPE_PREFIX,
	PRESHARED_TYPE_IPV4_PREFIX,
	PRESHARED_TYPE_IPV6_PREFIX,
	PRESHARED_TYPE_SUBNET,
	PRESHARED_TYPE_SUBNETV4,
	PRESHARED_TYPE_SUBNETV6,
	PRESHARED_TYPE_IPV4_RANGE,
	PRESHARED_TYPE_IPV6_RANGE,
	PRESHARED_TYPE_RANGEV4,
	PRESHARED_TYPE_RANGEV6,
	PRESHARED_TYPE_FQDN,
	PRESHARED_TYPE_DNS,
	PRESHARED_TYPE_DOMAIN,
	PRESHARED_TYPE_DOMAINNAME,
	PRESHARED_TYPE_USER_FQDN,
	PRESHARED_TYPE_MBOX,
	PRESHARED_TYPE_MAILBOX,
	PRESHARED_TYPE_DN,
	PRESHARED_TYPE_ASN1DN,
	PRESHARED_TYPE_GN,
	PRESHARED_TYPE_ASN1GN,
	PRESHARED_TYPE_KEYID,
	/* modes */
	PRESHARED_MODE_MAIN,
	PRESHARED_MODE_AGGRESSIVE,
	PRESHARED_MODE_BOTH,
	PRESHARED_WORD_COUNT
};

/* What a field takes. */
enum preshared_arg {
	PRESHARED_ARG_NONE,    /* not a field */
	PRESHARED_ARG_TYPE,    /* an id type */
	PRESHARED_ARG_ADDRESS, /* an address, or a prefix */
	PRESHARED_ARG_MODE,
	PRESHARED_ARG_KEY /* hexadecimal digits, or text in double quotes */
};

/* A set of releases as bits. */
#define PRESHARED_IN(dialect) (1u << (dialect))
#define PRESHARED_IN_ALL      ((1u << DIALECT_COUNT) - 1)

struct preshared_word_info {
	const char *name;
	uint8_t arg;     /* of a field: enum preshared_arg */
	uint8_t set;     /* of a value: the enum preshared_arg of the fields that take it */
	uint8_t same_as; /* the usual name where this is another one for it */
	uint8_t known;   /* releases that have it; 0: none, it is known from elsewhere */
	uint8_t family;  /* of an id type: enum ip_family where it takes one alone */
	bool required;
	const char *fallback; /* of a field: what holds where it is missing */
	const char *help;     /* N_() one sentence */
};

extern const struct preshared_word_info preshared_words[PRESHARED_WORD_COUNT];

/* The usual name of a word: PRESHARED_LOCALID for PRESHARED_LOCAL_ADDR. */
enum preshared_word preshared_word_canonical(enum preshared_word word);

/* The field, by any of its names, that these bytes are, or PRESHARED_NO_WORD. */
enum preshared_word preshared_field_find(const char *name, size_t len);

/* The value of fields with argument SET that these bytes are, or PRESHARED_NO_WORD. */
enum preshared_word preshared_value_find(const char *name, size_t len, enum preshared_arg set);

#endif
