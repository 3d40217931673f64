/* What rules and keys say about each other: found by sorting hashes, so that large files stay
 * cheap. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"

/* A fact's hash and the number of its rule or key. */
struct hashed {
	uint64_t hash;
	uint32_t number;
};

static int compare_hashed(const void *a, const void *b)
{
	const struct hashed *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/*
 * Finds facts with the same hash: each is handed to REPORT with the first one of its group, once it
 * is certain that there are two at all. A hash set is enough for that; sorting is for the few that
 * collide.
 */
static void group(struct lint *lint, const struct lint_fact *facts, size_t count,
		  uint64_t (*hash_of)(const struct lint_fact *fact),
		  void (*report)(struct lint *lint, size_t first, size_t number))
{
	struct hashed *twice = NULL;
	size_t ntwice = 0, cap = 0, mask = 1023, i;
	uint32_t *slots;

	while (mask < count * 2)
		mask = mask * 2 + 1;
	slots = xcalloc(mask + 1, sizeof *slots);
	for (i = 0; i < count; i++) {
		uint64_t hash = hash_of(&facts[i]);
		size_t slot = (hash * 0x9e3779b97f4a7c15u >> 20) & mask;

		if (hash == 0)
			continue;
		while (slots[slot] != 0 && hash_of(&facts[slots[slot] - 1]) != hash)
			slot = (slot + 1) & mask;
		if (slots[slot] != 0) {
			struct hashed item = { hash, (uint32_t)i };

			if (ntwice == 0 || twice[ntwice - 1].hash != hash) {
				struct hashed first = { hash, slots[slot] - 1 };

				VEC_PUSH(twice, ntwice, cap, first);
			}
			VEC_PUSH(twice, ntwice, cap, item);
		} else {
			slots[slot] = (uint32_t)i + 1;
		}
	}
	free(slots);
	if (ntwice > 1)
		qsort(twice, ntwice, sizeof *twice, compare_hashed);
	for (i = 0; i < ntwice;) {
		size_t first = i;

		for (i++; i < ntwice && twice[i].hash == twice[first].hash; i++)
			if (twice[i].number != twice[i - 1].number)
				report(lint, twice[first].number, twice[i].number);
	}
	free(twice);
}

static uint64_t label_hash(const struct lint_fact *fact)
{
	return fact->label_hash;
}

static uint64_t pair_hash(const struct lint_fact *fact)
{
	return fact->pair_hash;
}

static uint64_t remote_hash(const struct lint_fact *fact)
{
	return fact->methods != 0 && fact->mdm ? fact->remote_hash : 0;
}

/* Two rules that are being compared, read again. */
struct two_rules {
	struct ike_item a, b;
};

static void read_two(struct lint *lint, struct two_rules *two, size_t first, size_t number)
{
	struct doc *doc = host_doc(lint->host, LOCATION_IKE_CONFIG);

	*two = (struct two_rules){ 0 };
	ike_read_rule(doc, lint->rules[first].entry, &two->a, NULL);
	ike_read_rule(doc, lint->rules[number].entry, &two->b, NULL);
}

static void release_two(struct two_rules *two)
{
	ike_item_release(&two->a);
	ike_item_release(&two->b);
}

static struct finding *add_second(struct lint *lint, unsigned row, const struct two_rules *two,
				  enum ike_word word)
{
	const struct ike_stmt *s = ike_find(&two->b, word), *first = ike_find(&two->a, word);
	struct finding *finding = lint_add_stmt(lint, row, &two->b, s);

	if (finding != NULL)
		finding->b = two->a.doc->tokens[first->tok].off;
	return finding;
}

static void report_label(struct lint *lint, size_t first, size_t number)
{
	struct two_rules two;
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	struct finding *finding = NULL;
	uint32_t index;

	read_two(lint, &two, first, number);
	ike_unquote(two.a.doc, ike_find(&two.a, IKE_LABEL), &a);
	ike_unquote(two.b.doc, ike_find(&two.b, IKE_LABEL), &b);
	if (a.len == b.len && memcmp(a.buf, b.buf, a.len) == 0) {
		bool mdm = lint->profile->coexistence && ike_index_label(&two.b, &index);

		finding = add_second(
			lint, (unsigned)check_row(mdm ? "COEX-R1" : "A05", "label used twice"),
			&two, IKE_LABEL);
		if (finding != NULL && mdm && lint->unused_label == 0)
			lint->unused_label = host_unused_label(lint->host);
		if (finding != NULL)
			finding->a = lint->unused_label;
	}
	strbuf_release(&a);
	strbuf_release(&b);
	release_two(&two);
}

static bool same_ranges(const struct ike_item *a, const struct ike_item *b, bool remotes_only)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a->naddresses && remotes_only && !a->addresses[i].remote)
			i++;
		while (k < b->naddresses && remotes_only && !b->addresses[k].remote)
			k++;
		if (i == a->naddresses || k == b->naddresses)
			return i == a->naddresses && k == b->naddresses;
		if (a->addresses[i].range.family != b->addresses[k].range.family ||
		    ip_compare(a->addresses[i].range.first, b->addresses[k].range.first) != 0 ||
		    ip_compare(a->addresses[i].range.last, b->addresses[k].range.last) != 0)
			return false;
		i++;
		k++;
	}
}

/* COEX-R3 for a rule of MDM; the plain warning otherwise. */
static void report_pair(struct lint *lint, size_t first, size_t number)
{
	bool mdm = lint->rules[first].mdm || lint->rules[number].mdm;
	int row = check_row(mdm ? "COEX-R3" : "CONF-O3", "two rules for one pair");
	struct two_rules two;

	read_two(lint, &two, first, number);
	if (same_ranges(&two.a, &two.b, false))
		add_second(lint, (unsigned)row, &two, IKE_REMOTE_ADDR);
	release_two(&two);
}

static bool other_method(const struct lint_fact *a, const struct lint_fact *b)
{
	return (a->methods == IKE_METHOD_PRESHARED) != (b->methods == IKE_METHOD_PRESHARED);
}

static void report_remote(struct lint *lint, size_t first, size_t number)
{
	struct two_rules two;

	if (!other_method(&lint->rules[first], &lint->rules[number]) ||
	    lint->rules[first].pair_hash == lint->rules[number].pair_hash)
		return;
	read_two(lint, &two, first, number);
	if (same_ranges(&two.a, &two.b, true))
		add_second(lint,
			   (unsigned)check_row("COEX-R3", "preshared and rsasig for one peer"),
			   &two, IKE_REMOTE_ADDR);
	release_two(&two);
}

void lint_compare_rules(struct lint *lint)
{
	size_t count = lint->host->nrules;

	if (!lint_is_known(lint, LOCATION_IKE_CONFIG))
		return;
	group(lint, lint->rules, count, label_hash, report_label);
	group(lint, lint->rules, count, pair_hash, report_pair);
	if (lint->profile->coexistence)
		group(lint, lint->rules, count, remote_hash, report_remote);
}

static void add_key_finding(struct lint *lint, int row, size_t first, size_t number, uint32_t a)
{
	struct doc *doc = host_doc(lint->host, LOCATION_PRESHARED);
	struct lint_key key = { .number = number };
	struct finding *finding = lint_add_key(lint, (unsigned)row, &key);

	finding_numbers(finding, a, doc->tokens[doc->entries[lint->host->keys[first]].tok].off);
}

static void report_key(struct lint *lint, size_t first, size_t number)
{
	struct doc *doc = host_doc(lint->host, LOCATION_PRESHARED);
	struct preshared_item a = PRESHARED_ITEM_INIT, b = PRESHARED_ITEM_INIT;

	preshared_read(doc, lint->host->keys[first], &a, NULL);
	preshared_read(doc, lint->host->keys[number], &b, NULL);
	/* Of a key that was not understood nobody knows whether it is another one. */
	if (a.key.form != PRESHARED_FORM_NONE && b.key.form != PRESHARED_FORM_NONE &&
	    ip_range_covers(&a.local.range, &b.local.range) &&
	    ip_range_covers(&a.remote.range, &b.remote.range))
		add_key_finding(lint,
				check_row("C03", preshared_key_equal(&a, &b)
							 ? "same key twice"
							 : "two keys for one pair"),
				first, number, 0);
	preshared_item_release(&a);
	preshared_item_release(&b);
}

/*
 * Entries with a prefix that come before narrower ones within them: those are never used. Said once
 * of each that hides others, at the first one that it hides.
 */
static void report_covered(struct lint *lint)
{
	struct pairs *pairs = host_pairs(lint->host);
	struct hidden {
		uint32_t first, count;
	} * hidden;
	struct preshared_item item = PRESHARED_ITEM_INIT;
	int row = check_row("PSK-U5", "key is never used");
	uint32_t i;

	if (pairs->wide == NULL)
		return;
	hidden = xcalloc(lint->host->nkeys, sizeof *hidden);
	for (i = 0; i < lint->host->nkeys; i++) {
		size_t wide = SIZE_MAX;

		preshared_read(host_doc(lint->host, LOCATION_PRESHARED), lint->host->keys[i], &item,
			       NULL);
		if (item.local.range.family == item.remote.range.family)
			wide = pairs_key_around(pairs, &item.local.range, &item.remote.range);
		if (wide < i && lint->keys[wide].pair_hash != lint->keys[i].pair_hash &&
		    hidden[wide].count++ == 0)
			hidden[wide].first = i;
	}
	preshared_item_release(&item);
	for (i = 0; i < lint->host->nkeys; i++)
		if (hidden[i].count > 0)
			add_key_finding(lint, row, i, hidden[i].first, hidden[i].count);
	free(hidden);
}

void lint_compare_keys(struct lint *lint)
{
	if (!lint_is_known(lint, LOCATION_PRESHARED))
		return;
	group(lint, lint->keys, lint->host->nkeys, pair_hash, report_key);
	report_covered(lint);
}
