/*
 * What in.ikev2d reads in another way than in.iked. Its rows are for that dialect alone: each
 * function ends at once in any other.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/rules_ike.h"

static bool is_off(const struct lint *lint, unsigned row)
{
	return lint_severity(lint, row) == SEVERITY_OFF;
}

/* The // that begins a comment in the bytes OFF to END - 1, which hold no token; END: none does. */
static uint32_t find_slashes(const struct doc *doc, uint32_t off, uint32_t end)
{
	const char *bytes = doc->blob.data;

	while (off < end) {
		if (bytes[off] == '/')
			return off;
		if (bytes[off] == '#') {
			const char *newline = memchr(bytes + off, '\n', end - off);

			off = newline != NULL ? (uint32_t)(newline - bytes) : end;
		}
		off++;
	}
	return end;
}

void check_slash_comment(struct lint *lint, unsigned row)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_IKE_CONFIG);
	uint32_t off = 0;
	size_t i;

	for (i = 0; !is_off(lint, row) && i <= doc->ntokens; i++) {
		uint32_t end = i < doc->ntokens ? doc->tokens[i].off : (uint32_t)doc->blob.len;
		uint32_t at = find_slashes(doc, off, end);

		if (at < end) {
			lint_add(lint, row, LOCATION_IKE_CONFIG, FINDING_NOWHERE,
				 (struct span){ at, 2 });
			return; /* whoever writes one writes many */
		}
		off = i < doc->ntokens ? end + doc->tokens[i].len : end;
	}
}

void check_whole_seconds(struct lint *lint, unsigned row)
{
	static const enum ike_word words[] = { IKE_RETRY_TIMER_INIT, IKE_RETRY_TIMER_MAX };
	const struct ike_item *g = &lint->host->globals;
	size_t i;

	for (i = 0; !is_off(lint, row) && i < ARRAY_SIZE(words); i++) {
		const struct ike_stmt *s = ike_find(g, words[i]);
		struct strbuf text = STRBUF_INIT;

		if (s == NULL || !s->good)
			continue;
		ike_unquote(g->doc, s, &text);
		if (strchr(text.buf, '.') != NULL)
			lint_add_numbers(lint, row, g, s, (uint32_t)strtoul(text.buf, NULL, 10), 0);
		strbuf_release(&text);
	}
}

static void report_glued_range(struct lint *lint, unsigned row, const struct ike_item *item)
{
	size_t i;
	uint32_t k;

	for (i = 0; !is_off(lint, row) && i < item->ninner; i++) {
		const struct ike_stmt *s = &item->inner[i];

		if (s->word != IKE_ENCR_ALG || !s->good)
			continue;
		for (k = s->arg + 1; k < s->end; k++) {
			const struct token *t = &item->doc->tokens[k];
			const char *text = doc_text(item->doc, k),
				   *dots = memchr(text, '.', t->len);

			if (t->kind == TOKEN_WORD && dots != NULL && dots > text)
				lint_add_value(lint, row, item, s);
		}
	}
}

void check_global_glued_range(struct lint *lint, unsigned row)
{
	report_glued_range(lint, row, &lint->host->globals);
}

void check_glued_range(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_glued_range(lint, row, rule->item);
}

void check_empty_id_ikev2d(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_item *item = rule->item;
	size_t i;

	for (i = 0; !is_off(lint, row) && i < item->nstmts; i++) {
		const struct ike_stmt *s = &item->stmts[i];

		if (s->word == IKE_REMOTE_ID && s->good && item->doc->tokens[s->end - 1].len == 2 &&
		    item->doc->tokens[s->end - 1].kind == TOKEN_STRING)
			lint_add_stmt(lint, row, item, s);
	}
}

static void report_escapes(struct lint *lint, unsigned row, const struct ike_item *item)
{
	size_t i;

	for (i = 0; !is_off(lint, row) && i < item->nstmts; i++) {
		const struct ike_stmt *s = &item->stmts[i];
		const struct token *t = &item->doc->tokens[s->end - 1];

		if (s->end > s->arg && t->kind == TOKEN_STRING &&
		    memchr(doc_text(item->doc, s->end - 1), '\\', t->len) != NULL)
			lint_add_value(lint, row, item, s);
	}
}

void check_global_escapes(struct lint *lint, unsigned row)
{
	report_escapes(lint, row, &lint->host->globals);
}

void check_escapes(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_escapes(lint, row, rule->item);
}
