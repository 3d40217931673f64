/*
 * The ends of security associations as numbers: two are the same where their numbers are, and the
 * order of the numbers is an order of ends. Nobody else includes this.
 */
#ifndef FORMATS_IPSECKEYS_ENDS_H
#define FORMATS_IPSECKEYS_ENDS_H

#include "formats/ipseckeys/scan.h"

enum manual_side_kind {
	MANUAL_SIDE_ANY, /* any address, or one that was not understood */
	MANUAL_SIDE_NAME,
	MANUAL_SIDE_V4,
	MANUAL_SIDE_V6
};

struct manual_side {
	uint32_t number; /* an IPv4 address; of a name or an IPv6 address its number */
	uint16_t port;
	uint8_t kind; /* enum manual_side_kind */
};

/* An IPv6 address or a name of LEN bytes; the other is zero. */
struct manual_far {
	struct ip ip;
	const char *name;
	uint32_t len;
	uint32_t number;
};

struct manual_ends {
	struct manual_far *items;
	size_t count, cap;
};

/* The unspecified address is any, as if none had been written. */
struct manual_side manual_ends_add(struct manual_ends *ends, const struct doc *doc,
				   const struct manual_address *address, uint16_t port);

/*
 * Once all have been added: those that are the same become one, with one number. Returns the new
 * number of each by its old one; the caller frees them.
 */
uint32_t *manual_ends_join(struct manual_ends *ends);

/* What a side stands for, once they have been joined. */
struct manual_end manual_ends_get(const struct manual_ends *ends, const struct manual_side *side);

/* Whether its number is one of these ends', and not an address itself. */
static inline bool manual_side_is_far(const struct manual_side *side)
{
	return side->kind == MANUAL_SIDE_NAME || side->kind == MANUAL_SIDE_V6;
}

/* Whether it is an address. */
static inline bool manual_side_has_address(const struct manual_side *side)
{
	return side->kind >= MANUAL_SIDE_V4;
}

/* Without the port. */
static inline bool manual_side_equal(const struct manual_side *a, const struct manual_side *b)
{
	return a->kind == b->kind && a->number == b->number;
}

#endif
