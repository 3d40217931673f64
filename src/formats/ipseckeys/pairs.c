/*
 * ipseckeys: what the commands of one file mean to each other. Every join goes through a sorted
 * list, so that a file of any length is read in n log n.
 */
#include "config.h"

#include "formats/ipseckeys/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

struct span manual_command_span(const struct manual_pairs *pairs, const struct manual_sa *sa)
{
	const struct doc *doc = pairs->doc;
	const struct token *t = &doc->tokens[doc->entries[sa->entry].tok];

	return (struct span){ t->off, t->len };
}

int manual_order(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

int manual_compare_addresses(const struct manual_end *a, const struct manual_end *b)
{
	size_t len = a->len < b->len ? a->len : b->len;
	int diff = manual_order(a->family, b->family);

	if (diff == 0)
		diff = ip_compare(a->ip, b->ip);
	if (diff == 0 && len > 0)
		diff = memcmp(a->name, b->name, len);
	return diff != 0 ? diff : manual_order(a->len, b->len);
}

/* Type, spi and destination are what identifies a security association. */
static int compare_ids(const struct manual_sa *a, const struct manual_sa *b)
{
	int diff = manual_order(a->type, b->type);

	if (diff == 0)
		diff = manual_order(a->spi, b->spi);
	return diff != 0 ? diff : manual_compare_addresses(&a->dst, &b->dst);
}

static int by_id(const void *x, const void *y)
{
	const struct manual_sa *a = *(struct manual_sa *const *)x,
			       *b = *(struct manual_sa *const *)y;
	int diff = compare_ids(a, b);

	return diff != 0 ? diff : manual_order(a->entry, b->entry);
}

/* Finds what is there twice and what is deleted or flushed again. A delete-pair may have taken what
 * stands before it, as somebody's partner. */
static void find_copies(struct manual_pairs *pairs, struct problems *problems)
{
	struct manual_sa *alive = NULL;
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		struct manual_sa *sa = pairs->sorted[i];

		if (alive != NULL &&
		    (compare_ids(alive, sa) != 0 || alive->flushed != sa->flushed ||
		     alive->deletes != sa->deletes))
			alive = NULL;
		if (sa->command == MANUAL_ADD && alive != NULL) {
			sa->is_copy = true;
			manual_say(problems, MANUAL_PROBLEM_DUPLICATE,
				   manual_command_span(pairs, sa), alive->off);
		} else if (sa->command == MANUAL_ADD) {
			alive = sa;
		} else if (alive != NULL &&
			   (sa->command == MANUAL_DELETE || sa->command == MANUAL_DELETE_PAIR)) {
			alive->gone = sa->entry;
			alive->took_pair = sa->command == MANUAL_DELETE_PAIR;
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
		int diff = manual_order(sa->type, wanted->type);

		if (diff == 0)
			diff = manual_order(sa->spi, wanted->spi);
		if (diff == 0 && ends)
			diff = manual_compare_addresses(&sa->dst, &wanted->dst);
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

static void join(struct problems *problems, struct manual_sa *sa, struct manual_sa *partner,
		 struct span at)
{
	if (partner == sa || (partner->partner != NULL && partner->partner != sa) ||
	    (sa->partner != NULL && sa->partner != partner)) {
		manual_say(problems, MANUAL_PROBLEM_PAIR_TAKEN, at, partner->off);
		sa->is_said = true;
		return;
	}
	sa->partner = partner;
	partner->partner = sa;
}

/* Why what pair-spi names is no partner: as far as that is certain. */
static void say_no_partner(const struct manual_pairs *pairs, struct problems *problems,
			   const struct manual_sa *wanted, struct span at)
{
	size_t i = lower_bound(pairs, wanted, false);
	const struct manual_sa *other = i < pairs->count ? pairs->sorted[i] : NULL;
	bool there = other != NULL && other->type == wanted->type && other->spi == wanted->spi;

	if (!there && !pairs->unclear)
		manual_say(problems, MANUAL_PROBLEM_PAIR_MISSING, at, 0);
	else if (there && !pairs->named && !other->unclear)
		manual_say(problems, MANUAL_PROBLEM_PAIR_NOT_MIRRORED, at, other->off);
}

/* What the pair-spi of one command, which is about SA, comes to. */
static void pair(const struct manual_pairs *pairs, struct problems *problems, struct manual_sa *sa,
		 const struct manual_sa *command)
{
	struct manual_sa wanted = { .type = sa->type, .spi = command->pair_spi, .dst = sa->src };
	struct manual_sa *later = NULL, *partner = NULL;

	if (manual_end_is_known(&sa->src))
		partner = find_added(pairs, &wanted, command->entry, &later);
	if (partner != NULL &&
	    (partner->gone < command->entry || partner->flushed != command->flushed)) {
		manual_say(problems, MANUAL_PROBLEM_PAIR_MISSING, command->pair_at, 0);
		sa->is_said = true;
		return;
	}
	if (partner == NULL && later != NULL &&
	    manual_compare_addresses(&later->src, &sa->dst) == 0) {
		manual_say(problems, MANUAL_PROBLEM_PAIR_LATER, command->pair_at, later->off);
		partner = later;
	}
	if (partner == NULL || manual_compare_addresses(&partner->src, &sa->dst) != 0) {
		sa->is_said = true;
		say_no_partner(pairs, problems, &wanted, command->pair_at);
		return;
	}
	join(problems, sa, partner, command->pair_at);
}

static void pair_all(struct manual_pairs *pairs, struct problems *problems)
{
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		struct manual_sa *sa = &pairs->sas[i], *later = NULL;

		if (sa->pair_spi == 0 || sa->is_copy || sa->unclear)
			continue;
		if (sa->command == MANUAL_UPDATE) {
			struct manual_sa *added = find_added(pairs, sa, sa->entry, &later);

			if (added != NULL && added->gone > sa->entry && !added->unclear)
				pair(pairs, problems, added, sa);
		} else if (sa->command == MANUAL_ADD) {
			pair(pairs, problems, sa, sa);
		}
	}
}

bool manual_sa_stays(const struct manual_pairs *pairs, const struct manual_sa *sa)
{
	return sa->command == MANUAL_ADD && !sa->is_copy && sa->gone == MANUAL_NEVER &&
	       sa->flushed == pairs->flushes[sa->type == MANUAL_ESP];
}

static void check_quit(const struct manual_pairs *pairs, struct problems *problems)
{
	const struct doc *doc = pairs->doc;
	uint32_t stop = manual_stop(doc);

	if (stop < doc->nentries)
		manual_say(
			problems, MANUAL_PROBLEM_AFTER_QUIT,
			doc_span(doc, doc->entries[stop - 1].tok, doc->entries[stop - 1].tok + 1),
			0);
}

void manual_pairs_finish(struct manual_pairs *pairs, struct problems *problems)
{
	size_t i;

	pairs->sorted = xcalloc(pairs->count + 1, sizeof(struct manual_sa *));
	for (i = 0; i < pairs->count; i++)
		pairs->sorted[i] = &pairs->sas[i];
	if (pairs->count > 1)
		qsort(pairs->sorted, pairs->count, sizeof(struct manual_sa *), by_id);
	check_quit(pairs, problems);
	find_copies(pairs, problems);
	find_adds(pairs);
	pair_all(pairs, problems);
	manual_match_flows(pairs, problems);
	if (problems != NULL)
		manual_check_shared(pairs, problems);
}

bool manual_is_unclear(const struct manual_pairs *pairs)
{
	return pairs->unclear;
}

size_t manual_flow_count(const struct manual_pairs *pairs)
{
	return pairs->count;
}

bool manual_flow(const struct manual_pairs *pairs, size_t i, struct manual_flow *flow)
{
	const struct manual_sa *sa = &pairs->sas[i];

	*flow = (struct manual_flow){ sa->entry,  sa->type, sa->spi, sa->proto,
				      sa->tunnel, sa->src,  sa->dst };
	return manual_sa_stays(pairs, sa) && !sa->unclear;
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
