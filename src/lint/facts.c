/* What is kept of each rule and key, so that the checks that compare them need not read them again.
 */
#include "config.h"

#include <stddef.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	while (len-- > 0)
		hash = (hash ^ *p++) * 0x100000001b3u;
	return hash;
}

static uint64_t hash_range(uint64_t hash, const struct ip_range *range)
{
	uint64_t words[4] = { range->first.high, range->first.low, range->last.high,
			      range->last.low };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		hash = (hash ^ words[i]) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 29;
	}
	return hash + range->family;
}

#define HASH_START 0xcbf29ce484222325u

/* The addresses themselves where they are two IPv4 hosts, as they nearly always are. */
static void set_hosts(struct lint_fact *fact, const struct ike_item *item)
{
	const struct ike_address *a = &item->addresses[0], *b = &item->addresses[1];

	if (item->naddresses != 2 || a->remote == b->remote || fact->wide ||
	    a->range.family != IP_V4 || b->range.family != IP_V4)
		return;
	fact->hosts = true;
	fact->local = (uint32_t)(a->remote ? b : a)->range.first.low;
	fact->remote = (uint32_t)(a->remote ? a : b)->range.first.low;
}

static void set_address_hashes(struct lint_fact *fact, const struct ike_item *item)
{
	uint64_t local = HASH_START, remote = HASH_START;
	bool has_local = false, has_remote = false, good = true;
	size_t i;

	for (i = 0; i < item->naddresses; i++) {
		const struct ike_address *a = &item->addresses[i];

		if (a->range.family == IP_NONE)
			good = false;
		else if (!ip_range_is_host(&a->range))
			fact->wide = true;
		if (a->remote) {
			remote = hash_range(remote, &a->range);
			has_remote = true;
		} else {
			local = hash_range(local, &a->range);
			has_local = true;
		}
	}
	if (!good || !has_local || !has_remote)
		return;
	fact->remote_hash = remote | 1;
	fact->pair_hash = (local * 31 + remote) | 1;
	set_hosts(fact, item);
}

static void set_label_hash(struct lint_fact *fact, const struct ike_item *item)
{
	const struct ike_stmt *label = ike_find(item, IKE_LABEL);
	const struct token *token;
	const char *text;
	size_t len;
	uint64_t hash;

	if (label == NULL || !label->good)
		return;
	token = &item->doc->tokens[label->arg];
	text = doc_text(item->doc, label->arg);
	len = token->len;
	if (token->kind == TOKEN_STRING) {
		text++;
		len -= 2;
	}
	hash = hash_bytes(HASH_START, text, len);
	fact->label_hash = (uint32_t)(hash ^ hash >> 32) | 1;
}

void fact_of_rule(struct lint_fact *fact, const struct lint_rule *rule)
{
	uint32_t group;

	fact->entry = rule->item->entry;
	fact->methods = rule->effective->methods;
	fact->index = rule->index != 0;
	fact->mdm = rule->mdm;
	set_label_hash(fact, rule->item);
	set_address_hashes(fact, rule->item);
	fact->pfs_zero = ike_value(rule->item, IKE_P2_PFS, &group) && group == 0 &&
			 ike_value(rule->globals, IKE_P2_PFS, &group) && group != 0;
}

void fact_of_key(struct lint_fact *fact, const struct preshared_item *item, uint32_t entry)
{
	const struct ip_range *local = &item->local.range, *remote = &item->remote.range;

	fact->entry = entry;
	if (local->family == IP_NONE || remote->family == IP_NONE)
		return;
	fact->wide = !ip_range_is_host(local) || !ip_range_is_host(remote);
	fact->pair_hash = (hash_range(HASH_START, local) * 31 + hash_range(HASH_START, remote)) | 1;
}

void lint_count_rule(struct lint *lint, const struct lint_fact *fact)
{
	lint->pfs_zero_rules += fact->pfs_zero;
	if (fact->index)
		lint->mdm_rules++;
	else if (lint->foreign_rules++ == 0)
		lint->first_foreign = fact->entry;
	if (fact->methods & IKE_METHODS_CERTIFICATE) {
		if (lint->certificate_rules++ == 0)
			lint->first_certificate = fact->entry;
		lint->mdm_certificate_rules += fact->index;
	} else if (fact->methods & IKE_METHOD_PRESHARED) {
		if (lint->preshared_rules++ == 0)
			lint->first_preshared = fact->entry;
	}
}

#define CHUNK 4096

/* How many bytes are the same at the beginning of both, or (BACK) at the end. */
static size_t same_bytes(const struct blob *a, const struct blob *b, size_t most, bool back)
{
	const char *x = a->data + (back ? a->len : 0), *y = b->data + (back ? b->len : 0);
	size_t n = 0;

	while (n + CHUNK <= most && (back ? memcmp(x - n - CHUNK, y - n - CHUNK, CHUNK)
					  : memcmp(x + n, y + n, CHUNK)) == 0)
		n += CHUNK;
	while (n < most && (back ? x[-1 - (ptrdiff_t)n] == y[-1 - (ptrdiff_t)n] : x[n] == y[n]))
		n++;
	return n;
}

/* The bytes at the beginning and at the end of a document that another one has as well. */
struct shared {
	const struct doc *doc;
	size_t head, tail;
};

static bool is_shared(const struct shared *shared, const struct entry *e)
{
	struct span at = doc_span(shared->doc, e->tok, e->end);

	return at.off + at.len <= shared->head || shared->doc->blob.len - at.off <= shared->tail;
}

/* What is no rule holds for all rules: then none is what it was. */
static bool globals_shared(const struct shared *shared)
{
	size_t i;

	for (i = 0; i < shared->doc->nentries; i++)
		if (shared->doc->entries[i].kind != IKE_ENTRY_RULE &&
		    !is_shared(shared, &shared->doc->entries[i]))
			return false;
	return true;
}

/* A rule that is not closed ends where something else begins. */
static bool is_same_rule(const struct shared *shared, uint32_t entry)
{
	const struct entry *e = &shared->doc->entries[entry];

	return !(e->flags & IKE_ENTRY_UNCLOSED) && is_shared(shared, e);
}

static void find_same_rules(struct lint *lint, const struct doc *then)
{
	const struct doc *now = host_doc(lint->host, LOCATION_IKE_CONFIG);
	struct shared a = { .doc = now }, b = { .doc = then };
	size_t most, count = lint->host->nrules, others = lint->other->nrules;

	if (now == NULL || then == NULL)
		return;
	if (now == then) {
		lint->same_head = count;
		return;
	}
	most = now->blob.len < then->blob.len ? now->blob.len : then->blob.len;
	a.head = b.head = same_bytes(&now->blob, &then->blob, most, false);
	a.tail = b.tail = same_bytes(&now->blob, &then->blob, most - a.head, true);
	if (!globals_shared(&a) || !globals_shared(&b))
		return;
	most = count < others ? count : others;
	while (lint->same_head < most && is_same_rule(&a, lint->host->rules[lint->same_head]) &&
	       is_same_rule(&b, lint->other->rules[lint->same_head].entry))
		lint->same_head++;
	most -= lint->same_head;
	while (lint->same_tail < most &&
	       is_same_rule(&a, lint->host->rules[count - 1 - lint->same_tail]) &&
	       is_same_rule(&b, lint->other->rules[others - 1 - lint->same_tail].entry))
		lint->same_tail++;
}

void lint_know(struct lint *lint, const struct lint *other, const struct doc *config,
	       const struct doc *preshared)
{
	lint->other = other;
	find_same_rules(lint, config);
	lint->same_keys =
		preshared != NULL && preshared == host_doc(lint->host, LOCATION_PRESHARED);
}

bool lint_known_rule(const struct lint *lint, size_t number, struct lint_fact *fact)
{
	size_t left = lint->nrules - number;

	if (number < lint->same_head)
		*fact = lint->other->rules[number];
	else if (left <= lint->same_tail)
		*fact = lint->other->rules[lint->other->nrules - left];
	else
		return false;
	fact->entry = lint->host->rules[number];
	return true;
}

bool lint_known_key(const struct lint *lint, size_t number, struct lint_fact *fact)
{
	if (!lint->same_keys)
		return false;
	*fact = lint->other->keys[number];
	return true;
}
