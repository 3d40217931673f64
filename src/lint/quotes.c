/* Quotes of ike/config that are not closed: what else they make look wrong. */
#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"

static bool is_landmark(const struct token *t)
{
	return t->kind == TOKEN_OPEN || t->kind == TOKEN_CLOSE ||
	       (t->kind == TOKEN_WORD && t->word != 0 && t->word < IKE_KEYWORD_COUNT);
}

/*
 * A text that goes on over the end of its line: up to the next keyword or brace all belongs to it,
 * and the quote at its end opens nothing.
 */
static uint32_t reach_of(const struct doc *doc, uint32_t off)
{
	size_t i = doc_token_from(doc, off + 1);

	while (i < doc->ntokens && !is_landmark(&doc->tokens[i]))
		i++;
	return i < doc->ntokens ? doc->tokens[i].off : (uint32_t)doc->blob.len;
}

void lint_find_quotes(struct lint *lint)
{
	struct doc *doc = host_doc(lint->host, LOCATION_IKE_CONFIG);
	uint32_t reach = 0;
	size_t i;

	for (i = 0; i < doc->problems.count; i++) {
		uint32_t off = doc->problems.items[i].at.off;
		struct lint_quote quote = { off, 0, 0 };

		if (doc->problems.items[i].code != IKE_PROBLEM_UNTERMINATED ||
		    (lint->nquotes > 0 && off < reach))
			continue;
		quote.line = doc_line(doc, off).off;
		quote.reach = reach = reach_of(doc, off);
		VEC_PUSH(lint->quotes, lint->nquotes, lint->quotes_cap, quote);
	}
}

/* The last quote whose line begins at OFF or before it, or NULL. */
static const struct lint_quote *quote_before(const struct lint *lint, uint32_t off)
{
	size_t low = 0, high = lint->nquotes;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (lint->quotes[mid].line <= off)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 ? &lint->quotes[low - 1] : NULL;
}

bool lint_is_of_quote(const struct lint *lint, const struct problem *problem)
{
	const struct lint_quote *quote = quote_before(lint, problem->at.off);

	if (quote == NULL)
		return false;
	switch (problem->code) {
	case IKE_PROBLEM_LABEL_EMPTY:
	case IKE_PROBLEM_EMPTY_STRING:
		return problem->at.off < quote->off;
	case IKE_PROBLEM_UNKNOWN:
	case IKE_PROBLEM_STRAY:
		return (problem->at.off > quote->off && problem->at.off < quote->reach) ||
		       problem->at.off + problem->at.len == quote->off;
	case IKE_PROBLEM_UNTERMINATED:
		return problem->at.off > quote->off && problem->at.off < quote->reach;
	default:
		return false;
	}
}

bool lint_has_quote(const struct lint *lint, struct span span)
{
	const struct lint_quote *quote = quote_before(lint, span.off + span.len);

	return quote != NULL && quote->off >= span.off && quote->off < span.off + span.len;
}
