/*
 * ike.preshared(5): which bytes must not be shown.
 *
 * The question is turned round: shown is what is certainly no part of a key. In a file with a
 * mistake in it a key may stand anywhere: behind a misspelt field, before its brace, in the tail of
 * a line, in a comment that was an entry once, in the part of a passphrase that the daemon takes
 * for a comment.
 */
#include "config.h"

#include "formats/hide.h"
#include "formats/ike_preshared/scan.h"

#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether a token is a word of the format in its place, or an address where one belongs. */
static bool is_shown(const struct doc *doc, size_t tok)
{
	const struct token *t = &doc->tokens[tok];
	struct ip_range range;
	unsigned before;

	if (t->kind == TOKEN_OPEN || t->kind == TOKEN_CLOSE)
		return true;
	if (t->kind != TOKEN_WORD)
		return false;
	if (t->word != 0)
		return true;
	before = tok > 0 ? doc->tokens[tok - 1].word : 0;
	return preshared_words[before].arg == PRESHARED_ARG_ADDRESS &&
	       ip_range_parse(doc_text(doc, tok), t->len, &range) == IP_OK;
}

/*
 * White space and comments between two tokens. HIDDEN: a comment on the first line is part of what
 * may be a key; WAITING: all of them are, for a key field still waits for its value.
 */
static void mark_gap(struct hider *m, const char *p, const char *end, bool hidden, bool waiting)
{
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const char *stop = newline != NULL ? newline : end;

		while (p < stop && is_space(*p))
			p++;
		if (p < stop && *p == '#') {
			hide_comment(m, p, stop, hidden || waiting);
		} else {
			hide_bytes(m, p, stop);
			m->carry = false;
		}
		if (newline == NULL)
			break;
		hidden = false;
		p = newline + 1;
	}
}

void preshared_secrets(const struct doc *doc, struct span range,
		       void (*mark_span)(void *ctx, struct span span), void *ctx)
{
	struct hider m = { mark_span, ctx, doc->blob.data, false };
	struct span last = doc_line(doc, range.off + range.len);
	/* What the line before ends with may matter. */
	uint32_t at = doc_previous_line(doc, range.off), end = last.off + last.len;
	size_t i = doc_token_from(doc, at);
	bool hidden = false;

	for (;;) {
		bool waiting = i > 0 && doc->tokens[i - 1].word == PRESHARED_KEY;
		uint32_t next = i < doc->ntokens ? doc->tokens[i].off : end;
		uint32_t stop = next < end ? next : end;

		if (at < stop) {
			mark_gap(&m, m.bytes + at, m.bytes + stop, hidden, waiting);
			if (memchr(m.bytes + at, '\n', stop - at) != NULL)
				hidden = false;
		}
		if (i >= doc->ntokens || next >= end)
			break;
		at = next + doc->tokens[i].len;
		m.carry = false;
		if (!is_shown(doc, i)) {
			hide_bytes(&m, m.bytes + next, m.bytes + at);
			hidden = true;
		} else if (doc->tokens[i].word == PRESHARED_KEY) {
			hidden = true;
		}
		i++;
	}
}
