/* The security associations of a file as they are joined; nobody else includes this. */
#ifndef FORMATS_IPSECKEYS_PAIRS_H
#define FORMATS_IPSECKEYS_PAIRS_H

#include "formats/ipseckeys/scan.h"

#define MANUAL_NEVER UINT32_MAX

/* A security association that the file adds, or one that it deletes or updates. */
struct manual_sa {
	uint32_t entry, off; /* of its command */
	uint8_t command, type;
	uint32_t spi, pair_spi;
	struct span pair_at; /* the value of pair-spi */
	struct manual_end src, dst;
	uint8_t proto;
	bool tunnel;
	struct manual_key auth_key, encr_key; /* one that is broken with its rest */
	uint32_t flushed;                     /* flushes of its type before it */
	uint32_t gone;                        /* entry that deletes it, or MANUAL_NEVER */
	bool took_pair;                       /* it was deleted with its partner */
	struct manual_sa *added; /* the last one like it that is added here or before, no copy */
	struct manual_sa *next;  /* the first one like it that is added here or later */
	struct manual_sa *partner;
	uint32_t deletes; /* delete-pair commands of its type before it */
	bool unclear;     /* its source or a port was not understood, or its ends differ */
	bool is_copy;     /* there is one like it */
	bool is_said;     /* its partner was looked for in vain, and that was said */
};

struct manual_pairs {
	const struct doc *doc;
	struct manual_sa *sas; /* in the order of the file */
	size_t count, cap;
	struct manual_sa **sorted;       /* by type, spi, destination, order of the file */
	uint32_t flushes[2], deletes[2]; /* flush and delete-pair of ah, of esp, so far */
	bool named;                      /* an end of one of them is a name */
	bool unclear; /* there is a command of which nobody knows what it was to add */
};

/* Adds a problem; PROBLEMS is NULL where nobody wants to know. */
static inline void manual_say(struct problems *problems, enum manual_problem code, struct span at,
			      uint32_t arg)
{
	if (problems != NULL)
		problem_add(problems, code, 0, at, arg);
}

/* The name of the command. */
struct span manual_command_span(const struct manual_pairs *pairs, const struct manual_sa *sa);

int manual_order(uint64_t a, uint64_t b);
int manual_compare_addresses(const struct manual_end *a, const struct manual_end *b);

/* Whether it is there when the file has been run to its end. */
bool manual_sa_stays(const struct manual_pairs *pairs, const struct manual_sa *sa);

/* Makes partners of those without one whose flows are the reverse of each other, and says which
 * have no other direction at all. */
void manual_match_flows(const struct manual_pairs *pairs, struct problems *problems);

/* Says which keys are those of another security association. */
void manual_check_shared(const struct manual_pairs *pairs, struct problems *problems);

#endif
