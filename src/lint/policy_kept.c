/* Where policies are kept: many of them, of few kinds. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/policies.h"

#define HASH_START 0x811c9dc5u

static uint32_t hash_bytes(uint32_t hash, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	while (len-- > 0)
		hash = (hash ^ *p++) * 0x01000193u;
	return hash;
}

static uint64_t hash_kind(const struct policy_fact *kind)
{
	uint64_t hash = policy_hash(kind->action, (uint64_t)kind->lport << 16 | kind->rport);
	uint64_t flags = (uint64_t)kind->families | (uint64_t)kind->direction << 2 |
			 (uint64_t)kind->class << 4 | (uint64_t)kind->negotiate << 8 |
			 (uint64_t)kind->ulp << 16;

	hash = policy_hash(hash,
			   (uint64_t)kind->local_bits << 40 | (uint64_t)kind->remote_bits << 32 |
				   (uint64_t)kind->type[0] << 24 | (uint64_t)kind->type[1] << 16 |
				   (uint64_t)kind->code[0] << 8 | kind->code[1]);
	return policy_hash(hash, flags) >> 32;
}

/* The slot of a kind, or the free one where it would be. Two that differ in padding alone count as
 * two, which does no harm. */
static uint32_t *kind_slot(const struct policies *policies, const struct policy_fact *kind)
{
	size_t mask = policies->nkind_slots - 1, slot = hash_kind(kind) & mask;

	while (policies->kind_slots[slot] != 0 &&
	       memcmp(&policies->kinds[policies->kind_slots[slot] - 1], kind, sizeof *kind) != 0)
		slot = (slot + 1) & mask;
	return &policies->kind_slots[slot];
}

static void grow_kind_slots(struct policies *policies)
{
	size_t i;

	if (policies->nkinds * 2 < policies->nkind_slots)
		return;
	policies->nkind_slots = policies->nkind_slots != 0 ? policies->nkind_slots * 2 : 64;
	free(policies->kind_slots);
	policies->kind_slots = xcalloc(policies->nkind_slots, sizeof *policies->kind_slots);
	for (i = 0; i < policies->nkinds; i++)
		*kind_slot(policies, &policies->kinds[i]) = (uint32_t)i + 1;
}

static uint32_t find_kind(struct policies *policies, const struct policy_fact *kind)
{
	uint32_t *slot;

	grow_kind_slots(policies);
	slot = kind_slot(policies, kind);
	if (*slot == 0) {
		VEC_PUSH(policies->kinds, policies->nkinds, policies->kinds_cap, *kind);
		*slot = (uint32_t)policies->nkinds;
	}
	return *slot - 1;
}

void policy_keep(struct policies *policies, size_t number, const struct policy_fact *fact)
{
	struct policy_kept *kept = &policies->kept[number];
	struct policy_fact kind = *fact;

	kept->local = fact->local;
	kept->remote = fact->remote;
	kept->tunnel = fact->tunnel;
	kind.local = kind.remote = kind.tunnel = 0;
	kept->kind = find_kind(policies, &kind);
}

struct policies *policies_new(const struct host *host)
{
	static const struct policy_fact nothing = { 0 };
	struct policies *policies = xcalloc(1, sizeof *policies);

	policies->count = host->npolicies;
	policies->kept = xcalloc(host->npolicies, sizeof *policies->kept);
	find_kind(policies, &nothing);
	return policies;
}

void policies_free(struct policies *policies)
{
	free(policies->kept);
	free(policies->kinds);
	free(policies->kind_slots);
	free(policies->addresses);
	free(policies->tunnels);
	free(policies->slots);
	free(policies->sas);
	mss_limits_free(policies->mss);
	free(policies);
}

static void grow_slots(struct policies *policies, const struct doc *doc)
{
	size_t i, mask = policies->slots != NULL ? policies->mask * 2 + 1 : 15;

	free(policies->slots);
	policies->slots = xcalloc(mask + 1, sizeof *policies->slots);
	policies->mask = mask;
	for (i = 0; i < policies->ntunnels; i++) {
		struct span name = policies->tunnels[i].name;
		size_t slot = hash_bytes(HASH_START, doc->blob.data + name.off, name.len) & mask;

		while (policies->slots[slot] != 0)
			slot = (slot + 1) & mask;
		policies->slots[slot] = (uint32_t)i + 1;
	}
}

uint32_t policies_tunnel(struct policies *policies, const struct doc *doc, struct span name)
{
	const char *text = doc->blob.data + name.off;
	struct policy_tunnel tunnel = { .name = name };
	size_t slot;

	if (policies->slots == NULL || policies->ntunnels * 2 > policies->mask)
		grow_slots(policies, doc);
	slot = hash_bytes(HASH_START, text, name.len) & policies->mask;
	while (policies->slots[slot] != 0) {
		struct span other = policies->tunnels[policies->slots[slot] - 1].name;

		if (other.len == name.len &&
		    memcmp(doc->blob.data + other.off, text, name.len) == 0)
			return policies->slots[slot];
		slot = (slot + 1) & policies->mask;
	}
	VEC_PUSH(policies->tunnels, policies->ntunnels, policies->tunnels_cap, tunnel);
	policies->slots[slot] = (uint32_t)policies->ntunnels;
	return (uint32_t)policies->ntunnels;
}

uint32_t policies_address(struct policies *policies, const struct ip_range *range)
{
	if (range->family == IP_V4)
		return (uint32_t)range->first.low;
	VEC_PUSH(policies->addresses, policies->naddresses, policies->addresses_cap, range->first);
	return (uint32_t)policies->naddresses;
}

static struct ip kept_address(const struct policies *policies, const struct policy_fact *fact,
			      uint32_t address)
{
	if (address != 0 && fact->families == POLICY_IPV6)
		return policies->addresses[address - 1];
	return (struct ip){ 0, address };
}

struct ip policy_local(const struct policies *policies, const struct policy_fact *fact)
{
	return kept_address(policies, fact, fact->local);
}

struct ip policy_remote(const struct policies *policies, const struct policy_fact *fact)
{
	return kept_address(policies, fact, fact->remote);
}
