/*
 * What is kept of each policy, so that those that compare policies with each other and with the
 * other files need not read them again. Nobody outside src/lint includes this.
 */
#ifndef LINT_POLICIES_H
#define LINT_POLICIES_H

#include "formats/ipsecinit/file.h"
#include "host/host.h"
#include "lint/overlap.h"

struct lint;
struct lint_policy;

/* Of which families a policy's packets are. */
enum { POLICY_IPV4 = 1, POLICY_IPV6 = 2 };

/*
 * What goes before what in the kernel: each alternative of an entry adds to its class, and the
 * entry with the higher one is looked at first; drop alone adds nothing.
 */
enum { POLICY_CLASS_AH = 1, POLICY_CLASS_ESP = 2, POLICY_CLASS_BYPASS = 4, POLICY_CLASS_COUNT = 8 };

/* Which packets, seen from this host whatever the style, and what is done with them. */
struct policy_fact {
	uint32_t local, remote;          /* ends: see policy_local, policy_remote */
	uint32_t tunnel;                 /* its number, from 1; 0: the host itself */
	uint32_t action;                 /* hash of the alternatives */
	uint16_t lport, rport;           /* 0: any */
	uint8_t local_bits, remote_bits; /* length of the prefix; 0 for any */
	uint8_t ulp;                     /* 0: any */
	uint8_t type[2], code[2];        /* first and last; only where TYPED, CODED */
	uint8_t negotiate;               /* POLICY_MODE_TUNNEL, POLICY_MODE_TRANSPORT or 0 */
	uint8_t families : 2;            /* POLICY_IPV4, POLICY_IPV6 */
	uint8_t direction : 2; /* enum policy_direction bits; 0: the kernel gets no rule */
	uint8_t class : 3;     /* POLICY_CLASS bits */
	bool typed : 1, coded : 1;
	bool local_given : 1, remote_given : 1; /* an address stands there */
	bool clear : 1;     /* everything that chooses packets was understood, and the action */
	bool addressed : 1; /* the addresses were understood, and the action */
	bool protects : 1;  /* each alternative protects */
	bool hidden : 1;    /* another policy decides in its place, and that was said */
	bool no_peer : 1;   /* nobody can set its protection up, and that was said */
	bool foreign : 1;   /* it has keywords that MDM and SSM do not write */
	bool for_mss : 1;   /* something is to be said of it where its peer is an MSS */
};

/* How that is kept, as a host has many policies: most differ in their addresses alone. */
struct policy_kept {
	uint32_t local, remote, tunnel; /* as in the fact */
	uint32_t kind;                  /* of all the rest: index into the kinds */
};

/* A tunnel by its name, and the first policy that says which mode it has. */
struct policy_tunnel {
	struct span name;
	uint32_t first;
	uint8_t negotiate; /* 0: nobody has said */
};

struct policies {
	struct policy_kept *kept; /* of each policy of the host */
	size_t count;
	struct policy_fact *kinds; /* without ends and tunnel; the first is that of a policy of
				      which nothing is known */
	size_t nkinds, kinds_cap;
	uint32_t *kind_slots; /* hash of them: index + 1 */
	size_t nkind_slots;   /* a power of two */
	struct ip *addresses; /* of IPv6 */
	size_t naddresses, addresses_cap;
	struct policy_tunnel *tunnels;
	size_t ntunnels, tunnels_cap;
	uint32_t *slots; /* hash of names: index + 1 into tunnels; NULL before the first */
	size_t mask;
	struct overlap_rect *sas; /* what the manual keys are for; local is the source */
	size_t nsas, sas_cap;
	bool sas_unclear;       /* nobody knows what one of them is for */
	struct mss_limits *mss; /* policy_mss.c: made when first asked for */
	uint32_t unsure_said;   /* bits by row of the algorithms: nobody knows it better of the
				   second policy than of the first */
};

struct policies *policies_new(const struct host *host);
void policies_free(struct policies *policies);

/* What is kept of a policy. */
static inline struct policy_fact policy_fact(const struct policies *policies, size_t number)
{
	const struct policy_kept *kept = &policies->kept[number];
	struct policy_fact fact = policies->kinds[kept->kind];

	fact.local = kept->local;
	fact.remote = kept->remote;
	fact.tunnel = kept->tunnel;
	return fact;
}

/* policy_kept.c: keeps it, or what has been found out about it since. */
void policy_keep(struct policies *policies, size_t number, const struct policy_fact *fact);

/* The number of the tunnel with this name, from 1. */
uint32_t policies_tunnel(struct policies *policies, const struct doc *doc, struct span name);

/* Keeps the address of an end: an IPv4 address as it is, of an IPv6 address its number, from 1. */
uint32_t policies_address(struct policies *policies, const struct ip_range *range);

/* A hash with one word more; its upper half is what is well mixed. */
static inline uint64_t policy_hash(uint64_t hash, uint64_t word)
{
	return (hash ^ word ^ hash >> 32) * 0x9e3779b97f4a7c15u;
}

/* Keeps what a policy says; lint->problems are those of its reading. */
void policies_take(struct lint *lint, const struct lint_policy *policy);

/* Keeps what a command of ipseckeys is for, where it adds a security association. */
void policies_take_manual(struct lint *lint, const struct manual_item *item);

/* The first address of a policy's prefix at this host's end, or at the other; 0 for any. */
struct ip policy_local(const struct policies *policies, const struct policy_fact *fact);
struct ip policy_remote(const struct policies *policies, const struct policy_fact *fact);

/* The addresses of a policy, ends as they are seen from this host; family: IP_V4 or IP_V6. */
struct overlap_rect policy_rect(const struct policies *policies, const struct policy_fact *fact,
				enum ip_family family);

/* Whether a packet of INNER at one end is one of OUTER: BITS long prefixes. */
bool prefix_covers(struct ip outer, unsigned outer_bits, struct ip inner, unsigned inner_bits,
		   enum ip_family family);

/* The address with all but the first BITS bits of it cleared. */
struct ip ip_prefix(struct ip ip, unsigned bits, enum ip_family family);

/* policy_mss.c: the limits that the profile has for an MSS. */
void mss_limits_free(struct mss_limits *limits);

/* What they say of a policy, into the fact. */
void mss_look_at(struct lint *lint, const struct policy_item *item, struct policy_fact *fact);

enum mss_verdict {
	MSS_LISTED,
	MSS_ASKED_FOR, /* not on the list, but for this policy's port it is demanded */
	MSS_UNKNOWN
};

/* The proposal of one alternative, added to SB in the words of the profile ("aes-sha1") unless SB
 * is NULL. What was not understood, or is up to both ends, is MSS_LISTED. */
enum mss_verdict mss_proposal(struct lint *lint, const struct policy_item *item,
			      const struct policy_alternative *alternative, struct strbuf *sb);

/* Whether the MSS has a port; true where none is given, or only a name is known. */
bool mss_has_port(struct lint *lint, const struct policy_number *port);

#endif
