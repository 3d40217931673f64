/*
 * ike.preshared(5): which bytes must not be shown.
 *
 * The question is turned round: shown is what is certainly no part of a key. In a file with a
 * mistake in it a key may stand anywhere: behind a misspelt field, before its brace, in the tail of
 * a line, in a comment that was an entry once, in the part of a passphrase that the daemon takes
 * for a comment.
 */
#include "config.h"

#include "formats/psk_scan.h"

#include <string.h>

#include "base/xalloc.h"

struct marker {
	void (*mark)(void *ctx, struct span span);
	void *ctx;
	const char *bytes;
	bool carry; /* the line before was a comment that ended with a name of a key */
};

static void mark(const struct marker *m, const char *p, const char *end)
{
	if (p < end)
		m->mark(m->ctx, (struct span){ (uint32_t)(p - m->bytes), (uint32_t)(end - p) });
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
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

/* Whether a name of a key stands at P, as a word of its own; sets *AFTER. */
static bool is_key_name(const char *p, const char *end, const char **after)
{
	static const char *const names[] = { "key",    "psk",        "presharedkey", "secret",
					     "passwd", "passphrase", "password" };
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		size_t len = strlen(names[i]);

		if ((size_t)(end - p) < len)
			continue;
		for (j = 0; j < len && (p[j] | 0x20) == names[i][j]; j++)
			;
		*after = p + len;
		if (j == len && (*after == end || !is_alnum(**after)))
			return true;
	}
	return false;
}

/* Where a key may begin in a word that says so: behind "key", "{key", "old_key=",
 * "pre-shared-key:"; NULL in any other word. */
static const char *key_start(const char *word, const char *end)
{
	const char *p, *after;

	for (p = word; p < end; p++)
		if ((p == word || !is_alnum(p[-1])) && is_key_name(p, end, &after))
			return after;
	return NULL;
}

/* How many hexadecimal digits a word has, where it has eight of them in a row or no other letters;
 * otherwise 0. */
static size_t key_digits(const char *p, const char *end)
{
	size_t digits = 0, row = 0, longest = 0;
	bool pure = true;

	if (end - p > 2 && p[0] == '0' && (p[1] | 0x20) == 'x')
		p += 2;
	for (; p < end; p++) {
		if (is_hex_digit(*p)) {
			digits++;
			if (++row > longest)
				longest = row;
		} else {
			row = 0;
			pure = pure && !is_alnum(*p);
		}
	}
	return pure || longest >= 8 ? digits : 0;
}

static bool has_decimal(const char *p, const char *end)
{
	for (; p < end; p++)
		if (*p >= '0' && *p <= '9')
			return true;
	return false;
}

/* 2004-10-15 */
static bool is_date(const char *p, const char *end)
{
	static const char pattern[] = "dddd-dd-dd";
	size_t i;

	if ((size_t)(end - p) != sizeof pattern - 1)
		return false;
	for (i = 0; i < sizeof pattern - 1; i++)
		if (pattern[i] == 'd' ? p[i] < '0' || p[i] > '9' : p[i] != pattern[i])
			return false;
	return true;
}

/* An address, unless it is eight bytes in groups of two digits, which may be a key as well. */
static bool is_address(const char *p, const char *end)
{
	struct ip_range range;
	const char *slash = memchr(p, '/', (size_t)(end - p));
	size_t len = (size_t)((slash != NULL ? slash : end) - p);

	return ip_range_parse(p, (size_t)(end - p), &range) == IP_OK &&
	       (len != 23 || memchr(p, '.', len) != NULL || p[2] != ':' || p[20] != ':');
}

/* Digits that are certainly no key's, with the punctuation of a sentence around them or not. */
static bool is_harmless(const char *p, const char *end)
{
	while (p < end && *p == '(')
		p++;
	while (end > p && memchr(".,;)", end[-1], 4) != NULL)
		end--;
	return is_date(p, end) || is_address(p, end);
}

static const char *word_end(const char *p, const char *end)
{
	while (p < end && !is_space(*p))
		p++;
	return p;
}

/* Words of digits that follow each other. */
struct row {
	const char *start, *end;
	size_t digits;
	bool decimal;      /* one of them is below ten: prose such as "a bad face" has none */
	bool one_is_a_key; /* by its own length */
};

static void row_add(struct row *row, const char *p, const char *end, size_t digits)
{
	if (row->digits == 0)
		row->start = p;
	row->end = end;
	row->digits += digits;
	row->decimal = row->decimal || has_decimal(p, end);
	row->one_is_a_key = row->one_is_a_key || digits >= 8;
}

static void row_end(struct row *row, struct marker *m)
{
	if (row->one_is_a_key || (row->decimal && row->digits >= 8))
		mark(m, row->start, row->end);
	*row = (struct row){ 0 };
}

/*
 * Marks in a comment what looks like a key: whatever stands behind a name of a key, and eight
 * hexadecimal digits or more in one word or in words that follow each other.
 */
static void mark_words(struct marker *m, const char *p, const char *end)
{
	struct row row = { 0 };

	while (p < end) {
		const char *word, *stop, *key;
		size_t digits;

		for (word = p; word < end && is_space(*word); word++)
			;
		stop = word_end(word, end);
		key = key_start(word, stop);
		digits = key != NULL || is_harmless(word, stop) ? 0 : key_digits(word, stop);
		if (digits > 0)
			row_add(&row, word, stop, digits);
		else
			row_end(&row, m);
		if (key != NULL) {
			mark(m, key, end);
			m->carry = stop == end;
			return;
		}
		p = stop;
	}
	row_end(&row, m);
}

/* A comment from its # to the end of its line. HIDDEN: something before it is, or may be, a key. */
static void mark_comment(struct marker *m, const char *p, const char *end, bool hidden)
{
	bool carried = m->carry;

	m->carry = false;
	while (p < end && *p == '#')
		p++;
	while (end > p && is_space(end[-1]))
		end--;
	if (hidden || carried || memchr(p, '"', (size_t)(end - p)) != NULL)
		mark(m, p, end);
	else
		mark_words(m, p, end);
}

/*
 * White space and comments between two tokens. HIDDEN: a comment on the first line is part of what
 * may be a key; WAITING: all of them are, for a key field still waits for its value.
 */
static void mark_gap(struct marker *m, const char *p, const char *end, bool hidden, bool waiting)
{
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const char *stop = newline != NULL ? newline : end;

		while (p < stop && is_space(*p))
			p++;
		if (p < stop && *p == '#') {
			mark_comment(m, p, stop, hidden || waiting);
		} else {
			mark(m, p, stop);
			m->carry = false;
		}
		if (newline == NULL)
			break;
		hidden = false;
		p = newline + 1;
	}
}

/* The beginning of the line before the one that OFF is on: what it ends with may matter. */
static uint32_t previous_line(const struct doc *doc, uint32_t off)
{
	uint32_t start = doc_line(doc, off).off;

	return start > 0 ? doc_line(doc, start - 1).off : 0;
}

static size_t first_token(const struct doc *doc, uint32_t off)
{
	size_t low = 0, high = doc->ntokens;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (doc->tokens[mid].off < off)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void preshared_secrets(const struct doc *doc, struct span range,
		       void (*mark_span)(void *ctx, struct span span), void *ctx)
{
	struct marker m = { mark_span, ctx, doc->blob.data, false };
	struct span last = doc_line(doc, range.off + range.len);
	uint32_t at = previous_line(doc, range.off), end = last.off + last.len;
	size_t i = first_token(doc, at);
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
			mark(&m, m.bytes + next, m.bytes + at);
			hidden = true;
		} else if (doc->tokens[i].word == PRESHARED_KEY) {
			hidden = true;
		}
		i++;
	}
}
