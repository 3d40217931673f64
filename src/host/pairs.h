/*
 * Which preshared key belongs to which rule: keys found by the pair of addresses they are for.
 *
 * The daemon takes the first entry of the file whose two ids cover the two addresses of a packet
 * (ike.preshared(5), in.ikev2d). Nearly all entries name two hosts, and so do nearly all rules:
 * those are hashed. Entries with a prefix, and rules for networks, are looked for in boxes.
 */
#ifndef HOST_PAIRS_H
#define HOST_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "doc/doc.h"
#include "formats/ike_config/file.h"
#include "host/boxes.h"

/* A key for two hosts. */
struct pair {
	struct ip local, remote;
	uint32_t key;   /* number of the key in the file, from 0 */
	uint8_t family; /* enum ip_family */
};

struct pairs {
	struct pair *items; /* in the order of the file */
	size_t count;
	uint32_t *slots; /* hash of them: index + 1 of the first one with these addresses */
	size_t mask;
	uint32_t *next;      /* of each item: the next one with the same two addresses, + 1 */
	struct boxes *wide;  /* keys for more than two hosts; NULL: there are none */
	struct boxes *hosts; /* those for two; NULL: there are none; made when first asked for */
	bool hosts_made;
	struct ranges local, remote; /* of the rule that is being looked at */
};

/* Reads all keys of DOC; ENTRIES are those of its entries that are keys. */
void pairs_build(struct pairs *pairs, const struct doc *doc, const uint32_t *entries, size_t count);
void pairs_release(struct pairs *pairs);

/* The first key in the file that fits one of the rule's pairs of addresses; SIZE_MAX: none does. */
size_t pairs_key_of_rule(struct pairs *pairs, const struct ike_item *rule);

/* The first key in the file that covers both ranges, which are those of a key; SIZE_MAX: only keys
 * for two hosts do. */
size_t pairs_key_around(const struct pairs *pairs, const struct ip_range *local,
			const struct ip_range *remote);

/* The first key in the file, other than EXCEPT, for just these two ranges; SIZE_MAX: there is none.
 */
size_t pairs_key_same(const struct pairs *pairs, const struct ip_range *local,
		      const struct ip_range *remote, size_t except);

/*
 * Which keys are used, found out by asking for every rule: each key is come upon once, however many
 * rules could use it.
 */
struct pairs_use {
	bool *used; /* of each key */
	struct boxes_left *wide, *hosts;
};
void pairs_use_init(struct pairs_use *use, size_t keys);
void pairs_use_release(struct pairs_use *use);

/* Marks the keys that fit the two ranges, or the rule. Returns whether there are any. */
bool pairs_use_hosts(struct pairs *pairs, struct pairs_use *use, const struct ip_range *local,
		     const struct ip_range *remote);
bool pairs_use_rule(struct pairs *pairs, struct pairs_use *use, const struct ike_item *rule);

#endif
