/* Lifetimes: within what the daemon is said to take, and the soft ones before the hard ones. */
#include "config.h"

#include "lint/rules_ike.h"

#include "base/xalloc.h"
#include "lint/lint_internal.h"

/* What is said of lifetimes in the daemon's own words; the manual names none of these. */
#define P1_LIFETIME_LEAST 60
#define P2_LIFETIME_LEAST 100
#define P2_SOFTLIFE_LEAST 90
#define P2_LIFETIME_MOST  172800
#define P2_KILOBYTES_MOST (512u * 1024 * 1024)
#define KILOBYTES_64BIT   (32u * 1024 * 1024)

/* A negotiation takes its time. */
#define SECONDS_TO_RENEW 10

static void report_short(struct lint *lint, unsigned row, const struct ike_item *item)
{
	static const struct {
		enum ike_word word;
		uint32_t least;
	} limits[] = {
		{ IKE_P1_LIFETIME_SECS, P1_LIFETIME_LEAST },
		{ IKE_P2_LIFETIME_SECS, P2_LIFETIME_LEAST },
		{ IKE_P2_SOFTLIFE_SECS, P2_SOFTLIFE_LEAST },
	};
	uint32_t value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(limits); i++)
		if (ike_value(item, limits[i].word, &value) && value < limits[i].least)
			lint_add_numbers(lint, row, item, ike_find(item, limits[i].word), value,
					 limits[i].least);
	for (i = 0; i < item->nxforms; i++) {
		const struct ike_stmt *s =
			ike_xform_find(item, &item->xforms[i], IKE_P1_LIFETIME_SECS);

		if (s != NULL && s->good && s->value < P1_LIFETIME_LEAST)
			lint_add_numbers(lint, row, item, s, s->value, P1_LIFETIME_LEAST);
	}
}

/* The limits agreed with the MSS are narrower: COEX-G4 reports, and of a rule COEX-R7 and COEX-R8.
 */
void check_global_short(struct lint *lint, unsigned row)
{
	if (!lint->profile->coexistence)
		report_short(lint, row, &lint->host->globals);
}

void check_lifetime_short(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	if (!rule->mdm)
		report_short(lint, row, rule->item);
}

static void report_long(struct lint *lint, unsigned row, const struct ike_item *item, bool seconds)
{
	uint32_t value;

	if (seconds && ike_value(item, IKE_P2_LIFETIME_SECS, &value) && value > P2_LIFETIME_MOST)
		lint_add_numbers(lint, row, item, ike_find(item, IKE_P2_LIFETIME_SECS), value,
				 P2_LIFETIME_MOST);
	if (ike_value(item, IKE_P2_LIFETIME_KB, &value) && value > P2_KILOBYTES_MOST)
		lint_add_numbers(lint, row, item, ike_find(item, IKE_P2_LIFETIME_KB), value,
				 P2_KILOBYTES_MOST);
}

void check_global_long(struct lint *lint, unsigned row)
{
	report_long(lint, row, &lint->host->globals, true);
}

void check_lifetime_long(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_long(lint, row, rule->item, !rule->mdm);
}

static const struct {
	enum ike_word soft, hard;
	uint32_t room; /* that is needed between them */
} soft_lifetimes[] = {
	{ IKE_P2_SOFTLIFE_SECS, IKE_P2_LIFETIME_SECS, SECONDS_TO_RENEW },
	{ IKE_P2_SOFTLIFE_KB, IKE_P2_LIFETIME_KB, 1 },
};

/* What holds for a rule; *OWN: it is the rule's. */
static const struct ike_stmt *in_force(const struct ike_item *item, const struct ike_item *globals,
				       enum ike_word word, bool *own)
{
	*own = ike_find(item, word) != NULL;
	return *own ? ike_find(item, word) : ike_find(globals, word);
}

/*
 * Reports the soft lifetimes that are beyond the hard ones, or leave no room before them. Where
 * both are the file's that is reported there, and not in every rule.
 */
static void report_soft(struct lint *lint, unsigned row, const struct ike_item *item, bool beyond)
{
	const struct ike_item *globals = &lint->host->globals;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(soft_lifetimes); i++) {
		bool own_soft, own_hard;
		const struct ike_stmt *soft =
			in_force(item, globals, soft_lifetimes[i].soft, &own_soft);
		const struct ike_stmt *hard =
			in_force(item, globals, soft_lifetimes[i].hard, &own_hard);
		struct finding *finding;

		if (soft == NULL || hard == NULL || !soft->good || !hard->good ||
		    (!own_soft && !own_hard))
			continue;
		if (beyond ? soft->value <= hard->value
			   : soft->value > hard->value ||
				     hard->value - soft->value >= soft_lifetimes[i].room)
			continue;
		finding = lint_add_numbers(lint, row, item, own_soft ? soft : hard, soft->value,
					   hard->value);
		if (finding != NULL)
			finding->word = (uint8_t)soft_lifetimes[i].soft;
	}
}

void check_global_softlife(struct lint *lint, unsigned row)
{
	report_soft(lint, row, &lint->host->globals, true);
}

void check_softlife(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_soft(lint, row, rule->item, true);
}

void check_global_no_room(struct lint *lint, unsigned row)
{
	report_soft(lint, row, &lint->host->globals, false);
}

void check_no_room(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_soft(lint, row, rule->item, false);
}

/* Of the file's own soft lifetime the rules are counted for which it is ignored. */
void check_softlife_alone(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(soft_lifetimes); i++) {
		bool own, ignored;
		const struct ike_stmt *s =
			in_force(rule->item, rule->globals, soft_lifetimes[i].soft, &own);

		if (s == NULL ||
		    in_force(rule->item, rule->globals, soft_lifetimes[i].hard, &ignored) != NULL)
			continue;
		if (own)
			lint_add_stmt(lint, row, rule->item, s);
		else
			lint->soft_alone_rules[i]++;
	}
}

void check_global_softlife_alone(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(soft_lifetimes); i++)
		if (lint->soft_alone_rules[i] > 0 && ike_find(g, soft_lifetimes[i].soft) != NULL)
			finding_numbers(lint_add_stmt(lint, lint_row_after(row, 1), g,
						      ike_find(g, soft_lifetimes[i].soft)),
					(uint32_t)lint->soft_alone_rules[i], 0);
}

/* Of the file's lifetime it is said once, at the first rule that has such a cipher. */
void check_lifetime_kb(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_item *xs = rule->effective;
	bool own;
	const struct ike_stmt *kb = in_force(rule->item, rule->globals, IKE_P2_LIFETIME_KB, &own);
	size_t i;

	if (kb == NULL || !kb->good || kb->value <= KILOBYTES_64BIT ||
	    kb->value > P2_KILOBYTES_MOST || (!own && lint->kilobytes_said))
		return;
	for (i = 0; i < xs->nxforms; i++) {
		const struct ike_stmt *s = ike_xform_find(xs, &xs->xforms[i], IKE_ENCR_ALG);

		if (s == NULL || !s->good ||
		    (s->value != IKE_DES && s->value != IKE_3DES && s->value != IKE_BLOWFISH))
			continue;
		finding_numbers(own ? lint_add_value(lint, row, rule->item, kb)
				    : lint_add_rule(lint, row, rule),
				kb->value, 0);
		lint->kilobytes_said |= !own;
		return;
	}
}
