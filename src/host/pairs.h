/*
 * Which preshared key belongs to which rule: keys found by the pair of addresses they are for.
 *
 * The daemon takes the first entry of the file whose two ids cover the two addresses of a packet
 * (ike.preshared(5), in.ikev2d). Nearly all entries name two hosts: those are hashed. The few with
 * a prefix are looked through one by one.
 */
#ifndef HOST_PAIRS_H
#define HOST_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "doc/doc.h"
#include "formats/ike_config/file.h"

struct pair {
	struct ip_range local, remote;
	uint32_t key; /* number of the key in the file, from 0 */
};

struct pairs {
	struct pair
		*items; /* in the order of the file; keys that were not understood are left out */
	size_t count, cap;
	uint32_t *slots; /* hash of host pairs: index + 1 into items */
	size_t mask;
	uint32_t *next; /* of each item: the next one with the same two addresses, + 1 */
	uint32_t *wide; /* indexes of items that are no host pair */
	size_t nwide, wide_cap;
	uint32_t *by_remote; /* indexes of all items, sorted by the first remote address */
};

/* Reads all keys of DOC; ENTRIES are those of its entries that are keys. */
void pairs_build(struct pairs *pairs, const struct doc *doc, const uint32_t *entries, size_t count);
void pairs_release(struct pairs *pairs);

/*
 * Calls FOUND with each key whose two ends overlap LOCAL and REMOTE, until it returns false. The
 * order is not that of the file.
 */
void pairs_find(struct pairs *pairs, const struct ip_range *local, const struct ip_range *remote,
		bool (*found)(void *ctx, uint32_t key), void *ctx);

/* The first key in the file that fits one of the rule's pairs of addresses; SIZE_MAX: none does. */
size_t pairs_key_of_rule(struct pairs *pairs, const struct ike_item *rule);

#endif
