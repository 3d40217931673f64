/*
 * The algorithms of IPsec as ipsecinit.conf and ipseckeys name them: one row an algorithm, with its
 * names, its number, the sizes its key may have and the releases that know it. ipsecalgs(8) keeps
 * the same table on a host.
 *
 * There are two classes. AH and the integrity of ESP share one, ciphers are the other; a number
 * means something within its class alone. Letter case does not matter in names.
 */
#ifndef FORMATS_IPSEC_ALGS_H
#define FORMATS_IPSEC_ALGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/dialect.h"

enum ipsec_alg_class {
	IPSEC_AUTH, /* AH, and the integrity of ESP; protocol 2 of ipsecalgs(8) */
	IPSEC_ENCR  /* ciphers of ESP; protocol 3 */
};

enum ipsec_alg_kind {
	IPSEC_ALG_REAL,
	IPSEC_ALG_NONE, /* none: as if nothing had been written */
	IPSEC_ALG_ANY   /* any: whatever the kernel has */
};

/* A set of releases as bits. */
#define IPSEC_IN(dialect) (1u << (dialect))
#define IPSEC_IN_ALL      ((1u << DIALECT_COUNT) - 1)

/* Names of one algorithm at most, and the NULL behind the last. */
#define IPSEC_ALG_NAMES 7

struct ipsec_alg {
	const char *names[IPSEC_ALG_NAMES]; /* the first is the one that listings show */
	uint8_t class;                      /* enum ipsec_alg_class */
	uint8_t kind;                       /* enum ipsec_alg_kind */
	uint8_t number;                     /* 0: it has none, or nobody has confirmed one */
	uint16_t min, max, step; /* sizes of the key in bits; MIN alone where they are one size */
	uint16_t usual;          /* size where none is given, in a range of sizes */
	uint16_t salt;           /* bits that follow the key in ipseckeys' encrkey */
	uint8_t icv;             /* bytes of the check value, also that of a combined mode */
	bool combined;           /* integrity comes with the cipher, and a counter: CCM and GCM */
	bool weak;               /* obsolete cryptography */
	bool policy_only;        /* ipsecinit.conf knows the name, ipseckeys does not */
	uint8_t known;           /* releases that have it */
	uint8_t unsure;          /* releases of which nobody knows */
	uint8_t usual_only;      /* releases that take USUAL for the only size */
	const char *help;        /* N_() one sentence */
};

extern const struct ipsec_alg ipsec_algs[];
extern const size_t ipsec_alg_count;

/* The row with this name, in any letter case, within the class; or NULL. */
const struct ipsec_alg *ipsec_alg_find(enum ipsec_alg_class class, const char *name, size_t len);

/* The row with this number within the class, or NULL; 0 is nobody's. */
const struct ipsec_alg *ipsec_alg_numbered(enum ipsec_alg_class class, uint32_t number);

/* The name that people write: the first or, where that is shorter, the second. */
const char *ipsec_alg_usual_name(const struct ipsec_alg *alg);

/* Whether a key may have this many bits, without salt. */
bool ipsec_alg_has_size(const struct ipsec_alg *alg, uint32_t bits);

#endif
