/* The security associations of a file as they are joined; nobody else includes this. */
#ifndef FORMATS_IPSECKEYS_PAIRS_H
#define FORMATS_IPSECKEYS_PAIRS_H

#include "formats/ipseckeys/ends.h"

#define MANUAL_NEVER  UINT32_MAX
#define MANUAL_NOBODY UINT32_MAX

/* A security association that the file adds, or one that it deletes or updates. There may be a
 * million of them: what is rarely asked for is read in the document again. */
struct manual_sa {
	uint32_t entry; /* of its command */
	uint32_t spi, pair_spi;
	struct manual_side src, dst;
	uint32_t gone;    /* entry that deletes it, or MANUAL_NEVER */
	uint32_t partner; /* its number, or MANUAL_NOBODY */
	uint8_t command, type, proto;
	bool tunnel : 1;
	bool unclear : 1;   /* its source or a port was not understood, or its ends differ */
	bool took_pair : 1; /* it was deleted with its partner */
	bool is_copy : 1;   /* there is one like it */
	bool is_said : 1;   /* its partner was looked for in vain, and that was said */
};

/* Where the key of a security association stands, one that is broken with its rest. */
struct manual_sa_key {
	uint32_t sa, off;
	uint16_t len, bits;
};

/* One of a list in the order of HIGH, then LOW. */
struct manual_rank {
	uint64_t high;
	uint32_t low;
	uint32_t index; /* whose it is */
};

/* Entries of commands that are about many security associations, in the order of the file. */
struct manual_events {
	uint32_t *items;
	size_t count, cap;
};

struct manual_pairs {
	const struct doc *doc;
	struct manual_sa *sas; /* in the order of the file */
	size_t count, cap;
	struct manual_sa_key *keys; /* the same */
	size_t nkeys, keys_cap;
	struct manual_ends ends;
	struct manual_events flushes[2], deletes[2]; /* flush and delete-pair of ah, of esp */
	bool named;                                  /* an end of one of them is a name */
	bool ported;                                 /* one of them has a port */
	bool paired;                                 /* one of them has a pair-spi */
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

/* Sorts a list; those of one rank stay in their order. */
void manual_rank_sort(struct manual_rank *ranks, size_t count);

static inline bool manual_rank_equal(const struct manual_rank *a, const struct manual_rank *b)
{
	return a->high == b->high && a->low == b->low;
}

/* Whether one of the commands stands between two entries; B may be MANUAL_NEVER. */
bool manual_is_between(const struct manual_events *events, uint32_t a, uint32_t b);

/* Whether it is there when the file has been run to its end. */
static inline bool manual_sa_stays(const struct manual_pairs *pairs, const struct manual_sa *sa)
{
	return sa->command == MANUAL_ADD && !sa->is_copy && sa->gone == MANUAL_NEVER &&
	       !manual_is_between(&pairs->flushes[sa->type == MANUAL_ESP], sa->entry, MANUAL_NEVER);
}

/* Finds what is there twice, what is deleted again, and what pair-spi joins. */
void manual_match_ids(struct manual_pairs *pairs, struct problems *problems);

/* Makes partners of those without one whose flows are the reverse of each other, and says which
 * have no other direction at all. */
void manual_match_flows(const struct manual_pairs *pairs, struct problems *problems);

/* Says which keys are those of another security association. */
void manual_check_shared(const struct manual_pairs *pairs, struct problems *problems);

#endif
