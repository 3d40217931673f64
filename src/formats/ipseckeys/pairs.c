/*
 * ipseckeys: what the commands of one file mean to each other. Every join goes through a sorted
 * list, so that a file of any length is read in n log n.
 */
#include "config.h"

#include "formats/ipseckeys/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

static void problem(const struct manual_builder *b, enum manual_problem code, struct span at,
		    uint32_t arg)
{
	if (b->problems != NULL)
		problem_add(b->problems, code, 0, at, arg);
}

static struct span command_span(const struct manual_builder *b, const struct manual_sa *sa)
{
	const struct doc *doc = b->pairs->doc;
	const struct token *t = &doc->tokens[doc->entries[sa->entry].tok];

	return (struct span){ t->off, t->len };
}

static int order(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_addresses(const struct manual_end *a, const struct manual_end *b)
{
	size_t len = a->len < b->len ? a->len : b->len;
	int diff = order(a->family, b->family);

	if (diff == 0)
		diff = ip_compare(a->ip, b->ip);
	if (diff == 0 && len > 0)
		diff = memcmp(a->name, b->name, len);
	return diff != 0 ? diff : order(a->len, b->len);
}

static int compare_ends(const struct manual_end *a, const struct manual_end *b)
{
	int diff = compare_addresses(a, b);

	return diff != 0 ? diff : order(a->port, b->port);
}

/* Type, spi and destination are what identifies a security association. */
static int compare_ids(const struct manual_sa *a, const struct manual_sa *b)
{
	int diff = order(a->type, b->type);

	if (diff == 0)
		diff = order(a->spi, b->spi);
	return diff != 0 ? diff : compare_addresses(&a->dst, &b->dst);
}

static int by_id(const void *x, const void *y)
{
	const struct manual_sa *a = *(struct manual_sa *const *)x,
			       *b = *(struct manual_sa *const *)y;
	int diff = compare_ids(a, b);

	return diff != 0 ? diff : order(a->entry, b->entry);
}

static int compare_flows(uint8_t type, const struct manual_end *src, const struct manual_end *dst,
			 const struct manual_sa *sa)
{
	int diff = order(type, sa->type);

	if (diff == 0)
		diff = compare_ends(src, &sa->src);
	return diff != 0 ? diff : compare_ends(dst, &sa->dst);
}

static int by_flow(const void *x, const void *y)
{
	const struct manual_sa *a = *(struct manual_sa *const *)x,
			       *b = *(struct manual_sa *const *)y;
	int diff = compare_flows(a->type, &a->src, &a->dst, b);

	return diff != 0 ? diff : order(a->entry, b->entry);
}

static void sort(struct manual_sa **list, size_t count, int (*compare)(const void *, const void *))
{
	if (count > 1)
		qsort(list, count, sizeof *list, compare);
}

/* Finds what is there twice and what is deleted or flushed again. */
static void find_copies(const struct manual_builder *b)
{
	struct manual_pairs *pairs = b->pairs;
	struct manual_sa *alive = NULL;
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		struct manual_sa *sa = pairs->sorted[i];

		if (alive != NULL && (compare_ids(alive, sa) != 0 || alive->flushed != sa->flushed))
			alive = NULL;
		if (sa->command == MANUAL_ADD && alive != NULL) {
			sa->is_copy = true;
			problem(b, MANUAL_PROBLEM_DUPLICATE, command_span(b, sa), alive->off);
		} else if (sa->command == MANUAL_ADD) {
			alive = sa;
		} else if (alive != NULL &&
			   (sa->command == MANUAL_DELETE || sa->command == MANUAL_DELETE_PAIR)) {
			alive->gone = sa->entry;
			alive = NULL;
		}
	}
}

/* Notes for each where its like is added: many commands may be about the same one. */
static void find_adds(const struct manual_pairs *pairs)
{
	struct manual_sa *last = NULL;
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		struct manual_sa *sa = pairs->sorted[i];

		if (sa->command == MANUAL_ADD && !sa->is_copy)
			last = sa;
		sa->added = last != NULL && compare_ids(last, sa) == 0 ? last : NULL;
	}
	for (last = NULL; i > 0; i--) {
		struct manual_sa *sa = pairs->sorted[i - 1];

		if (sa->command == MANUAL_ADD)
			last = sa;
		sa->next = last != NULL && compare_ids(last, sa) == 0 ? last : NULL;
	}
}

/* The first of the sorted list that is not before WANTED in type, spi and, if ENDS, destination. */
static size_t lower_bound(const struct manual_pairs *pairs, const struct manual_sa *wanted,
			  bool ends)
{
	size_t low = 0, high = pairs->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct manual_sa *sa = pairs->sorted[mid];
		int diff = order(sa->type, wanted->type);

		if (diff == 0)
			diff = order(sa->spi, wanted->spi);
		if (diff == 0 && ends)
			diff = compare_addresses(&sa->dst, &wanted->dst);
		if (diff < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/*
 * The last one like WANTED that is added before entry BEFORE, whether it is deleted again or not;
 * *LATER is the first one that is added behind it, if there is one.
 */
static struct manual_sa *find_added(const struct manual_pairs *pairs,
				    const struct manual_sa *wanted, uint32_t before,
				    struct manual_sa **later)
{
	size_t low = lower_bound(pairs, wanted, true), high = pairs->count;
	struct manual_sa *added = NULL;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct manual_sa *sa = pairs->sorted[mid];

		if (compare_ids(sa, wanted) == 0 && sa->entry < before)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < pairs->count && compare_ids(pairs->sorted[low], wanted) == 0)
		*later = pairs->sorted[low]->next;
	if (low > 0 && compare_ids(pairs->sorted[low - 1], wanted) == 0)
		added = pairs->sorted[low - 1]->added;
	return added;
}

static void join(const struct manual_builder *b, struct manual_sa *sa, struct manual_sa *partner,
		 struct span at)
{
	if (partner == sa || (partner->partner != NULL && partner->partner != sa) ||
	    (sa->partner != NULL && sa->partner != partner)) {
		problem(b, MANUAL_PROBLEM_PAIR_TAKEN, at, partner->off);
		sa->is_said = true;
		return;
	}
	sa->partner = partner;
	partner->partner = sa;
}

/* Why what pair-spi names is no partner. */
static void say_no_partner(const struct manual_builder *b, const struct manual_sa *wanted,
			   struct span at)
{
	size_t i = lower_bound(b->pairs, wanted, false);
	const struct manual_sa *other = i < b->pairs->count ? b->pairs->sorted[i] : NULL;
	bool there = other != NULL && other->type == wanted->type && other->spi == wanted->spi;

	if (there)
		problem(b, MANUAL_PROBLEM_PAIR_NOT_MIRRORED, at, other->off);
	else
		problem(b, MANUAL_PROBLEM_PAIR_MISSING, at, 0);
}

/* What the pair-spi of one command, which is about SA, comes to. */
static void pair(const struct manual_builder *b, struct manual_sa *sa,
		 const struct manual_sa *command)
{
	struct manual_sa wanted = { .type = sa->type, .spi = command->pair_spi, .dst = sa->src };
	struct manual_sa *later = NULL, *partner = NULL;

	if (manual_end_is_known(&sa->src))
		partner = find_added(b->pairs, &wanted, command->entry, &later);
	if (partner != NULL &&
	    (partner->gone < command->entry || partner->flushed != command->flushed)) {
		problem(b, MANUAL_PROBLEM_PAIR_MISSING, command->pair_at, 0);
		sa->is_said = true;
		return;
	}
	if (partner == NULL && later != NULL && compare_addresses(&later->src, &sa->dst) == 0) {
		problem(b, MANUAL_PROBLEM_PAIR_LATER, command->pair_at, later->off);
		partner = later;
	}
	if (partner == NULL || compare_addresses(&partner->src, &sa->dst) != 0) {
		sa->is_said = true;
		say_no_partner(b, &wanted, command->pair_at);
		return;
	}
	join(b, sa, partner, command->pair_at);
}

static void pair_all(const struct manual_builder *b)
{
	struct manual_pairs *pairs = b->pairs;
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		struct manual_sa *sa = &pairs->sas[i], *later = NULL;

		if (sa->pair_spi == 0 || sa->is_copy)
			continue;
		if (sa->command == MANUAL_UPDATE) {
			struct manual_sa *added = find_added(pairs, sa, sa->entry, &later);

			if (added != NULL && added->gone > sa->entry)
				pair(b, added, sa);
		} else if (sa->command == MANUAL_ADD) {
			pair(b, sa, sa);
		}
	}
}

/* Those that stay and have no partner yet, by flow; COUNT says how many. The caller frees it. */
static struct manual_sa **list_unpaired(const struct manual_builder *b, size_t *count)
{
	struct manual_pairs *pairs = b->pairs;
	struct manual_sa **list = xcalloc(pairs->count + 1, sizeof *list);
	size_t i;

	*count = 0;
	for (i = 0; i < pairs->count; i++) {
		struct manual_sa *sa = &pairs->sas[i];
		bool stays = sa->gone == MANUAL_NEVER &&
			     sa->flushed == b->flushes[sa->type == MANUAL_ESP];

		if (sa->command == MANUAL_ADD && !sa->is_copy && stays && sa->partner == NULL &&
		    manual_end_is_known(&sa->src))
			list[(*count)++] = sa;
	}
	sort(list, *count, by_flow);
	return list;
}

/* The first of the list from SRC to DST. */
static size_t find_flow(struct manual_sa *const *list, size_t count, const struct manual_sa *sa,
			bool swapped)
{
	const struct manual_end *src = swapped ? &sa->dst : &sa->src;
	const struct manual_end *dst = swapped ? &sa->src : &sa->dst;
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare_flows(sa->type, src, dst, list[mid]) > 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void say_alone(const struct manual_builder *b, const struct manual_sa *sa)
{
	if (!sa->is_said)
		problem(b, MANUAL_PROBLEM_LONE, command_span(b, sa), 0);
}

/* Two directions that no pair-spi joins belong together by their addresses and their rank. */
static void match_flows(const struct manual_builder *b)
{
	size_t count, i;
	struct manual_sa **list = list_unpaired(b, &count);

	for (i = 0; i < count; i++) {
		struct manual_sa *sa = list[i], *other;
		size_t at =
			find_flow(list, count, sa, true) + i - find_flow(list, count, sa, false);

		other = at < count && compare_flows(sa->type, &sa->dst, &sa->src, list[at]) == 0
				? list[at]
				: NULL;
		if (other == NULL || other == sa) {
			say_alone(b, sa);
			continue;
		}
		sa->partner = other;
		if (other->entry < sa->entry && !sa->is_said && !other->is_said)
			problem(b, MANUAL_PROBLEM_PAIR_UNNAMED, command_span(b, sa), other->off);
	}
	free(list);
}

struct shared_key {
	const struct doc *doc;
	const struct manual_key *key;
	const struct manual_sa *sa;
};

static int by_key(const void *x, const void *y)
{
	const struct shared_key *a = x, *b = y;
	int diff = manual_key_compare(a->doc, a->key, b->key);

	return diff != 0 ? diff : order(a->key->text.off, b->key->text.off);
}

/* A key that no command of the tool can hold is nobody's, and takes long to compare. */
static void list_key(const struct manual_builder *b, struct shared_key *list, size_t *count,
		     const struct manual_key *key, const struct manual_sa *sa)
{
	if (key->text.len > 0 && key->text.len <= MANUAL_COMMAND_MAX)
		list[(*count)++] = (struct shared_key){ b->pairs->doc, key, sa };
}

static void check_keys(const struct manual_builder *b)
{
	struct manual_pairs *pairs = b->pairs;
	struct shared_key *list = xcalloc(pairs->count * 2 + 1, sizeof *list), *first = list;
	size_t count = 0, i;

	for (i = 0; i < pairs->count; i++) {
		list_key(b, list, &count, &pairs->sas[i].auth_key, &pairs->sas[i]);
		list_key(b, list, &count, &pairs->sas[i].encr_key, &pairs->sas[i]);
	}
	if (count > 1)
		qsort(list, count, sizeof *list, by_key);
	for (i = 1; i < count; i++) {
		const struct manual_sa *sa = list[i].sa;

		if (manual_key_compare(b->pairs->doc, first->key, list[i].key) != 0)
			first = &list[i];
		else if (sa != first->sa && sa->partner != first->sa &&
			 compare_ids(sa, first->sa) != 0)
			problem(b, MANUAL_PROBLEM_KEY_SHARED, list[i].key->text, first->sa->off);
	}
	free(list);
}

static struct manual_pairs *build(const struct doc *doc, struct problems *problems)
{
	struct manual_pairs *pairs = xcalloc(1, sizeof *pairs);
	struct manual_builder b = { .pairs = pairs, .problems = problems };
	size_t i;

	pairs->doc = doc;
	manual_collect(&b);
	pairs->sorted = xcalloc(pairs->count + 1, sizeof(struct manual_sa *));
	for (i = 0; i < pairs->count; i++)
		pairs->sorted[i] = &pairs->sas[i];
	sort(pairs->sorted, pairs->count, by_id);
	find_copies(&b);
	find_adds(pairs);
	pair_all(&b);
	match_flows(&b);
	if (problems != NULL)
		check_keys(&b);
	return pairs;
}

struct manual_pairs *manual_pairs_new(const struct doc *doc)
{
	return build(doc, NULL);
}

void manual_pairs_free(struct manual_pairs *pairs)
{
	if (pairs == NULL)
		return;
	free(pairs->sas);
	free(pairs->sorted);
	free(pairs);
}

uint32_t manual_partner(const struct manual_pairs *pairs, uint32_t entry)
{
	size_t low = 0, high = pairs->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (pairs->sas[mid].entry < entry)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == pairs->count || pairs->sas[low].entry != entry ||
	    pairs->sas[low].partner == NULL)
		return (uint32_t)pairs->doc->nentries;
	return pairs->sas[low].partner->entry;
}

void manual_check_file(const struct doc *doc, struct problems *problems)
{
	manual_pairs_free(build(doc, problems));
}
