/* The security associations of a file as they are joined; nobody else includes this. */
#ifndef FORMATS_IPSECKEYS_PAIRS_H
#define FORMATS_IPSECKEYS_PAIRS_H

#include "formats/ipseckeys/scan.h"

#define MANUAL_NEVER UINT32_MAX

/* One end of a security association, as it can be compared. */
struct manual_end {
	uint8_t family; /* IP_NONE: a name, or nothing */
	struct ip ip;
	const char *name;
	size_t len; /* of the name */
	uint16_t port;
};

/* A security association that the file adds, or one that it deletes or updates. */
struct manual_sa {
	uint32_t entry, off; /* of its command */
	uint8_t command, type;
	uint32_t spi, pair_spi;
	struct span pair_at; /* the value of pair-spi */
	struct manual_end src, dst;
	struct manual_key auth_key, encr_key;
	uint32_t flushed;        /* flushes of its type before it */
	uint32_t gone;           /* entry that deletes it, or MANUAL_NEVER */
	struct manual_sa *added; /* the last one like it that is added here or before, no copy */
	struct manual_sa *next;  /* the first one like it that is added here or later */
	struct manual_sa *partner;
	bool is_copy; /* there is one like it */
	bool is_said; /* its partner was looked for in vain, and that was said */
};

struct manual_pairs {
	const struct doc *doc;
	struct manual_sa *sas; /* in the order of the file */
	size_t count, cap;
	struct manual_sa **sorted; /* by type, spi, destination, order of the file */
};

struct manual_builder {
	struct manual_pairs *pairs;
	struct problems *problems; /* NULL: nobody wants to know */
	uint32_t flushes[2];       /* of ah, of esp, so far */
};

/*
 * Reads all commands up to one that ends the run: their security associations become the list of
 * the builder's pairs, and what the walk itself finds is said.
 */
void manual_collect(struct manual_builder *b);

/* Whether there is an address or a name. */
static inline bool manual_end_is_known(const struct manual_end *end)
{
	return end->family != IP_NONE || end->len > 0;
}

#endif
