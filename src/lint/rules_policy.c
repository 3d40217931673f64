/* What is to be said of one policy beside what its reader says: releases, and IKE's own packets. */
#include "config.h"

#include "lint/rules_policy.h"

#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/policies.h"

#define PROTOCOL_UDP 17
#define PORT_IKE     500

static struct finding *add_tokens(struct lint *lint, unsigned row, const struct policy_item *item,
				  unsigned word, uint32_t tok, uint32_t end)
{
	struct finding *finding =
		lint_add(lint, row, LOCATION_IPSECINIT, item->entry, doc_span(item->doc, tok, end));

	if (finding != NULL)
		finding->word = (uint8_t)word;
	return finding;
}

static bool is_known(const struct lint *lint, unsigned word)
{
	return word == POLICY_NO_WORD ||
	       (policy_words[word].known & IPSEC_IN(lint->host->dialect)) != 0;
}

/* The first word that the release lacks; one entry of another release's has many. */
static void report_word(struct lint *lint, unsigned row, const struct policy_item *item)
{
	size_t i;

	for (i = 0; i < item->nstmts; i++) {
		const struct policy_stmt *s = &item->stmts[i];

		if (!is_known(lint, s->word)) {
			add_tokens(lint, row, item, s->word, s->tok, s->tok + 1);
			return;
		}
	}
	for (i = 0; i < item->nalternatives; i++) {
		const struct policy_alternative *a = &item->alternatives[i];
		unsigned word = i > 0 && !is_known(lint, POLICY_OR) ? POLICY_OR : a->word;

		if (!is_known(lint, word)) {
			add_tokens(lint, row, item, word, a->action, a->action + 1);
			return;
		}
	}
}

static void report_alg(struct lint *lint, unsigned row, const struct policy_item *item,
		       const struct policy_alternative *a, enum policy_word property,
		       const struct policy_alg *alg)
{
	const struct policy_stmt *s = policy_find_property(item, a, property);
	unsigned here = IPSEC_IN(lint->host->dialect);
	uint32_t bit;

	if (alg->alg == NULL || alg->alg->kind != IPSEC_ALG_REAL || (alg->alg->known & here) != 0)
		return;
	bit = 1u << (alg->alg - ipsec_algs);
	if ((alg->alg->unsure & here) == 0) {
		add_tokens(lint, lint_row_after(row, 1), item, property, s->arg, s->end);
	} else if ((lint->policies->unsure_said & bit) == 0) {
		lint->policies->unsure_said |= bit;
		add_tokens(lint, lint_row_after(row, 2), item, property, s->arg, s->end);
	}
}

void check_policy_release(struct lint *lint, unsigned row, const struct lint_policy *policy)
{
	const struct policy_item *item = policy->item;
	size_t i;

	if (lint_severity(lint, row) != SEVERITY_OFF)
		report_word(lint, row, item);
	for (i = 0; i < item->nalternatives; i++) {
		const struct policy_alternative *a = &item->alternatives[i];

		report_alg(lint, row, item, a, POLICY_AUTH_ALGS, &a->ah);
		report_alg(lint, row, item, a, POLICY_ENCR_ALGS, &a->encr);
		report_alg(lint, row, item, a, POLICY_ENCR_AUTH_ALGS, &a->auth);
	}
}

static bool is_ike(const struct policy_number *port)
{
	return port->set && port->first == PORT_IKE;
}

void check_policy_ike_port(struct lint *lint, unsigned row, const struct lint_policy *policy)
{
	const struct policy_item *item = policy->item;
	struct policy_fact fact = policy_fact(lint->policies, policy->number);

	if (!fact.clear || fact.tunnel != 0 || (fact.class & POLICY_CLASS_BYPASS) != 0)
		return;
	if (item->ulp.set && item->ulp.first == PROTOCOL_UDP &&
	    (is_ike(&item->local.port) || is_ike(&item->remote.port)))
		add_tokens(lint, row, item, 0, item->open, item->open + 1);
}

void check_no_policies(struct lint *lint, unsigned row)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_IPSECINIT);

	if (doc != NULL && doc->nentries == 0)
		lint_add_file(lint, row, LOCATION_IPSECINIT);
}

void check_no_policy_file(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;

	if (!host->single && host->files[LOCATION_IPSECINIT].info.state == FILE_MISSING &&
	    lint_is_known(lint, LOCATION_IKE_CONFIG) && host->nrules > 0)
		finding_numbers(lint_add_file(lint, row, LOCATION_IPSECINIT),
				(uint32_t)host->nrules, 0);
}
