/*
 * IP addresses, prefixes and ranges as the files of IPsec write them.
 *
 * Every form becomes an inclusive range of addresses of one family, so that what overlaps and what
 * covers what is a comparison of numbers.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/* An address as a number; an IPv4 address is in LOW alone. */
struct ip {
	uint64_t high, low;
};

enum ip_family { IP_NONE = 0, IP_V4 = 4, IP_V6 = 6 };

enum ip_form {
	IP_HOST,   /* ADDR */
	IP_PREFIX, /* ADDR/NNN */
	IP_MASK,   /* ADDR/ADDR */
	IP_RANGE   /* ADDR-ADDR */
};

struct ip_range {
	uint8_t family; /* enum ip_family */
	uint8_t form;   /* enum ip_form */
	uint8_t prefix; /* length of the prefix in bits; that of a host where it is no prefix */
	bool host_bits; /* bits are set that the prefix cuts off */
	struct ip first, last;
};

enum ip_error {
	IP_OK = 0,
	IP_ERROR_NAME,    /* not an address at all: a host name, or text */
	IP_ERROR_SCOPE,   /* an IPv6 address with a scope id */
	IP_ERROR_PREFIX,  /* the prefix is no number or too long */
	IP_ERROR_MASK,    /* the mask has holes */
	IP_ERROR_ORDER,   /* a range that ends before it begins */
	IP_ERROR_FAMILIES /* a range or mask of another family */
};

/* Reads one address of LEN bytes: dotted quad or IPv6 text. */
enum ip_error ip_parse(const char *text, size_t len, struct ip *ip, enum ip_family *family);

/* Reads ADDR, ADDR/NNN, ADDR/ADDR or ADDR-ADDR, without white space. *RANGE is set on IP_OK only.
 */
enum ip_error ip_range_parse(const char *text, size_t len, struct ip_range *range);

/* The range of one address. */
struct ip_range ip_range_of(struct ip ip, enum ip_family family);

/* Makes the prefix of that many bits of the range of one address; IP_ERROR_PREFIX where an address
 * has fewer. */
enum ip_error ip_range_set_prefix(struct ip_range *range, unsigned prefix);

int ip_compare(struct ip a, struct ip b);

static inline bool ip_range_is_host(const struct ip_range *r)
{
	return r->first.low == r->last.low && r->first.high == r->last.high;
}

bool ip_range_overlaps(const struct ip_range *a, const struct ip_range *b);

/* Whether every address of INNER is one of OUTER. */
bool ip_range_covers(const struct ip_range *outer, const struct ip_range *inner);

bool ip_is_multicast(const struct ip_range *r);

/* ::ffff:a.b.c.d or ::a.b.c.d (but not :: and ::1). */
bool ip_is_v4_in_v6(const struct ip_range *r);

/* Whether all of it is ::ffff:a.b.c.d. */
bool ip_is_mapped(const struct ip_range *r);

/* Adds the address in its usual spelling. */
void ip_print(struct strbuf *sb, struct ip ip, enum ip_family family);

/* Adds the range in the form it was written in, a prefix without its host bits. */
void ip_range_print(struct strbuf *sb, const struct ip_range *range);

#endif
