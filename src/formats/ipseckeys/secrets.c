/*
 * ipseckeys: which bytes must not be shown.
 *
 * As in ike.preshared, shown is what is certainly no part of a key: words of the language in their
 * place, numbers, addresses and names where they belong. A key may stand anywhere else: behind a
 * misspelt extension, on a line of its own, in a comment that was a command once.
 */
#include "config.h"

#include "formats/hide.h"
#include "formats/ipseckeys/scan.h"

#include <string.h>

/* Bytes of the longest numbers that are shown: the shortest key has sixteen digits, and an spi has
 * up to eight behind its 0x. */
#define NUMBER_MAX     15
#define HEX_NUMBER_MAX 11

/* Hexadecimal digits that may be a key in a text. */
#define KEY_DIGITS 8

/* The extension whose value a token is, which sets *VALUE to its number from 0; or MANUAL_NO_WORD.
 */
static enum manual_word extension_of(const struct doc *doc, size_t tok, unsigned *value)
{
	for (*value = 0; *value < 2 && *value < tok; ++*value) {
		unsigned word = doc->tokens[tok - 1 - *value].word;

		if (manual_is_extension(word))
			return *value < manual_values(word) ? (enum manual_word)word
							    : MANUAL_NO_WORD;
	}
	return MANUAL_NO_WORD;
}

/* A number that nobody takes for a key, however large it is: who reads that it is too large should
 * see it. */
static bool is_number(const char *p, size_t len)
{
	bool hex = len > 2 && p[0] == '0' && (p[1] | 0x20) == 'x';
	uint64_t number;

	return len <= (hex ? HEX_NUMBER_MAX : NUMBER_MAX) &&
	       manual_number_parse(p, len, &number) <= MANUAL_NUMBER_OCTAL;
}

static bool is_small_number(const char *p, size_t len)
{
	return len <= 5 && is_number(p, len);
}

static bool is_plain_name(const char *p, size_t len)
{
	const char *slash = memchr(p, '/', len);
	size_t i, name = slash != NULL ? (size_t)(slash - p) : len;

	for (i = 0; i < name; i++)
		if (p[i] < '-' || p[i] > 'z' || p[i] == ':' || p[i] == '=' || p[i] == '\\')
			return false;
	return (slash == NULL || is_small_number(slash + 1, len - name - 1)) &&
	       hide_key_digits(p, p + name) == 0;
}

/* Free text, whose words do not have the digits of a key, not even together. */
static bool is_plain_text(const char *p, size_t len)
{
	const char *end = p + len, *word;
	size_t digits = 0;

	for (; p < end; p++) {
		for (word = p; p < end && !manual_is_space(*p) && *p != '"'; p++)
			;
		digits += word < p ? hide_key_digits(word, p) : 0;
	}
	return digits < KEY_DIGITS;
}

static bool is_shown_value(const struct doc *doc, size_t tok, enum manual_word extension,
			   unsigned value)
{
	const struct manual_word_info *info = &manual_words[extension];
	const char *p = doc_text(doc, tok);
	size_t len = doc->tokens[tok].len;

	if (manual_is_text(extension, value))
		return is_plain_text(p, len);
	if (doc->tokens[tok].kind != TOKEN_WORD)
		return false;
	switch (info->arg) {
	case MANUAL_ARG_NUMBER:
		return is_number(p, len) || manual_protocol_number(p, len) != 0;
	case MANUAL_ARG_STATE:
	case MANUAL_ARG_IDENTITY:
		return is_small_number(p, len);
	case MANUAL_ARG_ADDRESS:
	case MANUAL_ARG_PREFIX:
		return hide_is_address(p, p + len) || is_plain_name(p, len);
	case MANUAL_ARG_AUTH_ALG:
		return ipsec_alg_find(IPSEC_AUTH, p, len) != NULL || is_small_number(p, len);
	case MANUAL_ARG_ENCR_ALG:
		return ipsec_alg_find(IPSEC_ENCR, p, len) != NULL || is_small_number(p, len);
	default:
		return false;
	}
}

static bool is_shown(const struct doc *doc, size_t tok)
{
	const struct token *t = &doc->tokens[tok];
	enum manual_word extension;
	unsigned value;

	if (t->word != 0)
		return t->len == strlen(manual_words[t->word].name);
	if (t->kind == TOKEN_BROKEN)
		return t->len == 1 && *doc_text(doc, tok) == '\\';
	extension = extension_of(doc, tok, &value);
	return extension != 0 && is_shown_value(doc, tok, extension, value);
}

/* White space, comments and what joins lines. WAITING: a key's name still waits for its value. */
static void hide_gap(struct hider *m, const char *p, const char *end, bool waiting)
{
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const char *stop = newline != NULL ? newline : end;

		while (p < stop && manual_is_space(*p))
			p++;
		if (p < stop && *p == '#') {
			hide_comment(m, p, stop, waiting);
		} else {
			if (stop - p > 1 || (p < stop && *p != '\\'))
				hide_bytes(m, p, stop);
			m->carry = false;
		}
		if (newline == NULL)
			break;
		p = newline + 1;
	}
}

static bool is_key_name(const struct doc *doc, size_t tok)
{
	unsigned word = doc->tokens[tok].word;

	return manual_is_extension(word) && manual_words[word].arg == MANUAL_ARG_KEY;
}

void manual_secrets(const struct doc *doc, struct span range,
		    void (*mark)(void *ctx, struct span span), void *ctx)
{
	struct hider m = { mark, ctx, doc->blob.data, false };
	struct span last = doc_line(doc, range.off + range.len);
	/* What the line before ends with may matter, and a text in quotes go on from there. */
	uint32_t at = doc_previous_line(doc, range.off), end = last.off + last.len;
	size_t i = doc_token_at(doc, at);

	for (; at < end; i++) {
		uint32_t next = i < doc->ntokens ? doc->tokens[i].off : end;
		uint32_t stop = next < end ? next : end;

		if (at < stop)
			hide_gap(&m, m.bytes + at, m.bytes + stop,
				 i > 0 && is_key_name(doc, i - 1));
		if (next >= end)
			break;
		at = next + doc->tokens[i].len;
		m.carry = false;
		if (!is_shown(doc, i))
			hide_bytes(&m, m.bytes + next, m.bytes + at);
	}
}
