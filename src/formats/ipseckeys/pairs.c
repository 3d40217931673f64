/*
 * ipseckeys: what the commands of one file mean to each other. Every join goes through a sorted
 * list, so that a file of any length and with anything in it is read in n log n.
 */
#include "config.h"

#include "formats/ipseckeys/pairs.h"

#include <stdlib.h>

#include "base/sort.h"
#include "base/xalloc.h"

struct span manual_command_span(const struct manual_pairs *pairs, const struct manual_sa *sa)
{
	const struct doc *doc = pairs->doc;
	const struct token *t = &doc->tokens[doc->entries[sa->entry].tok];

	return (struct span){ t->off, t->len };
}

bool manual_is_between(const struct manual_events *events, uint32_t a, uint32_t b)
{
	size_t low = 0, high = events->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (events->items[mid] <= a)
			low = mid + 1;
		else
			high = mid;
	}
	return low < events->count && events->items[low] < b;
}

void manual_rank_sort(struct manual_rank *ranks, size_t count)
{
	const struct manual_rank mask = { UINT64_MAX, UINT32_MAX, 0 };
	struct manual_rank *scratch = xmalloc((count + 1) * sizeof *scratch);

	sort_words(ranks, scratch, count, sizeof mask / sizeof(uint64_t), &mask);
	free(scratch);
}

/* Numbers the names and IPv6 addresses for good. */
static void join_ends(struct manual_pairs *pairs)
{
	uint32_t *numbers;
	size_t i;

	if (pairs->ends.count == 0)
		return;
	numbers = manual_ends_join(&pairs->ends);
	for (i = 0; i < pairs->count; i++) {
		struct manual_sa *sa = &pairs->sas[i];

		if (manual_side_is_far(&sa->src))
			sa->src.number = numbers[sa->src.number];
		if (manual_side_is_far(&sa->dst))
			sa->dst.number = numbers[sa->dst.number];
	}
	free(numbers);
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
	join_ends(pairs);
	check_quit(pairs, problems);
	manual_match_ids(pairs, problems);
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

	if (!manual_sa_stays(pairs, sa) || sa->unclear)
		return false;
	*flow = (struct manual_flow){ sa->entry,
				      sa->type,
				      sa->spi,
				      sa->proto,
				      sa->tunnel,
				      manual_ends_get(&pairs->ends, &sa->src),
				      manual_ends_get(&pairs->ends, &sa->dst) };
	return true;
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
	    pairs->sas[low].partner == MANUAL_NOBODY)
		return (uint32_t)pairs->doc->nentries;
	return pairs->sas[pairs->sas[low].partner].entry;
}
