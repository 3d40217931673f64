/* Rules that no packet reaches, since an earlier one has all of their addresses. */
#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "host/boxes.h"
#include "lint/lint_internal.h"
#include "lint/rules_coexist.h"

/* The pairs of ranges of one rule, in order. */
struct reach {
	struct box *items;
	size_t count, cap;
	struct ranges local, remote;
	struct ike_item item;
};

static void reach_release(struct reach *reach)
{
	free(reach->items);
	ranges_release(&reach->local);
	ranges_release(&reach->remote);
	ike_item_release(&reach->item);
}

/* A rule of many local and many remote addresses has more pairs than are worth looking at. */
static bool is_few(const struct reach *reach)
{
	return reach->local.count * reach->remote.count <=
	       4 * (reach->local.count + reach->remote.count) + 64;
}

/* Sets REACH to the pairs of a rule; false: they are not known, or too many. */
static bool read_reach(const struct lint *lint, size_t number, struct reach *reach)
{
	static const enum ip_family families[] = { IP_V4, IP_V6 };
	size_t f, l, r;

	reach->count = 0;
	if (lint->rules[number].pair_hash == 0)
		return false;
	ike_read_rule(host_doc(lint->host, LOCATION_IKE_CONFIG), lint->rules[number].entry,
		      &reach->item, NULL);
	for (f = 0; f < ARRAY_SIZE(families); f++) {
		ranges_of_rule(&reach->local, &reach->item, false, families[f]);
		ranges_of_rule(&reach->remote, &reach->item, true, families[f]);
		if (!is_few(reach))
			return false;
		for (l = 0; l < reach->local.count; l++) {
			for (r = 0; r < reach->remote.count; r++) {
				struct box box = { reach->local.items[l], reach->remote.items[r],
						   (uint32_t)number };

				VEC_PUSH(reach->items, reach->count, reach->cap, box);
			}
		}
	}
	return reach->count > 0;
}

/* Everything that one rule has and another may have, too: what two single hosts have is compared
 * elsewhere, by hashes. NULL: there is nothing. */
static struct boxes *collect(const struct lint *lint, struct reach *reach)
{
	struct box *items = NULL;
	size_t count = 0, cap = 0, i, k;

	for (i = 0; i < lint->host->nrules; i++)
		if (!lint->rules[i].hosts && read_reach(lint, i, reach))
			for (k = 0; k < reach->count; k++)
				VEC_PUSH(items, count, cap, reach->items[k]);
	return count > 0 ? boxes_new(items, count) : NULL;
}

/* The earlier rule that has the first of a rule's pairs, where earlier ones have all of them. */
static uint32_t covering(const struct boxes *boxes, const struct reach *reach, uint32_t number)
{
	uint32_t first = BOXES_NONE;
	size_t i;

	for (i = 0; i < reach->count; i++) {
		uint32_t other =
			boxes_first_around(boxes, &reach->items[i].local, &reach->items[i].remote);

		if (other >= number)
			return BOXES_NONE;
		if (first == BOXES_NONE)
			first = other;
	}
	return first;
}

static void set_hosts(struct reach *reach, const struct lint_fact *fact)
{
	const struct ip local = { 0, fact->local }, remote = { 0, fact->remote };
	struct box box = { .local = { .family = IP_V4, .first = local, .last = local },
			   .remote = { .family = IP_V4, .first = remote, .last = remote } };

	reach->count = 0;
	VEC_PUSH(reach->items, reach->count, reach->cap, box);
}

static void report(struct lint *lint, unsigned row, size_t covering, size_t hidden, uint32_t count)
{
	struct doc *doc = host_doc(lint->host, LOCATION_IKE_CONFIG);
	struct ike_item a = IKE_ITEM_INIT, b = IKE_ITEM_INIT;

	ike_read_rule(doc, lint->rules[covering].entry, &a, NULL);
	ike_read_rule(doc, lint->rules[hidden].entry, &b, NULL);
	finding_numbers(lint_add_stmt(lint, row, &b, ike_find(&b, IKE_REMOTE_ADDR)), count,
			doc->tokens[ike_find(&a, IKE_REMOTE_ADDR)->tok].off);
	ike_item_release(&a);
	ike_item_release(&b);
}

/* Said once of each rule that hides others, at the first one that it hides. */
void check_hidden_rules(struct lint *lint, unsigned row)
{
	struct reach reach = { .item = IKE_ITEM_INIT };
	struct hidden {
		uint32_t first, count;
	} * hidden;
	struct boxes *boxes;
	uint32_t i;

	if (lint_severity(lint, row) == SEVERITY_OFF)
		return;
	boxes = collect(lint, &reach);
	hidden = boxes != NULL ? xcalloc(lint->host->nrules, sizeof *hidden) : NULL;
	for (i = 0; hidden != NULL && i < lint->host->nrules; i++) {
		uint32_t other;

		if (lint->rules[i].hosts)
			set_hosts(&reach, &lint->rules[i]);
		else if (!read_reach(lint, i, &reach))
			continue;
		other = covering(boxes, &reach, i);
		/* Of two with the same addresses another row speaks. */
		if (other != BOXES_NONE &&
		    lint->rules[other].pair_hash != lint->rules[i].pair_hash &&
		    hidden[other].count++ == 0)
			hidden[other].first = i;
	}
	for (i = 0; hidden != NULL && i < lint->host->nrules; i++)
		if (hidden[i].count > 0)
			report(lint, row, i, hidden[i].first, hidden[i].count);
	free(hidden);
	boxes_free(boxes);
	reach_release(&reach);
}
