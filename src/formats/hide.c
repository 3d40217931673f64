/* What may be shown of a comment. */
#include "config.h"

#include "formats/hide.h"

#include <string.h>

#include "base/address.h"
#include "base/xalloc.h"

/* So many hexadecimal digits in a row are no address, no index and no name that anybody gives. */
#define TYPED_DIGITS 12

void hide_bytes(const struct hider *m, const char *p, const char *end)
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

/* Whether a name of a key stands at P, as a word of its own; sets *AFTER. */
static bool is_key_name(const char *p, const char *end, const char **after)
{
	static const char *const names[] = { "key",     "psk",        "presharedkey",
					     "authkey", "encrkey",    "secret",
					     "passwd",  "passphrase", "password" };
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

size_t hide_key_digits(const char *p, const char *end)
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

bool hide_may_be_key(const char *word)
{
	size_t digits = 0;

	for (; *word != '\0' && digits < TYPED_DIGITS; word++)
		digits = is_hex_digit(*word) ? digits + 1 : 0;
	return digits == TYPED_DIGITS;
}

bool hide_is_address(const char *p, const char *end)
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
	return is_date(p, end) || hide_is_address(p, end);
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

static void row_end(struct row *row, struct hider *m)
{
	if (row->one_is_a_key || (row->decimal && row->digits >= 8))
		hide_bytes(m, row->start, row->end);
	*row = (struct row){ 0 };
}

/*
 * Marks in a comment what looks like a key: whatever stands behind a name of a key, and eight
 * hexadecimal digits or more in one word or in words that follow each other.
 */
static void hide_words(struct hider *m, const char *p, const char *end)
{
	struct row row = { 0 };

	while (p < end) {
		const char *word, *stop, *key;
		size_t digits;

		for (word = p; word < end && is_space(*word); word++)
			;
		stop = word_end(word, end);
		key = key_start(word, stop);
		digits = key != NULL || is_harmless(word, stop) ? 0 : hide_key_digits(word, stop);
		if (digits > 0)
			row_add(&row, word, stop, digits);
		else
			row_end(&row, m);
		if (key != NULL) {
			hide_bytes(m, key, end);
			return;
		}
		p = stop;
	}
	row_end(&row, m);
}

/* Whether the first word that has a name of a key is the last one: the key may be on the next line.
 */
static bool ends_with_name(const char *p, const char *end)
{
	while (p < end) {
		const char *stop;

		while (p < end && is_space(*p))
			p++;
		stop = word_end(p, end);
		if (key_start(p, stop) != NULL)
			return stop == end;
		p = stop;
	}
	return false;
}

void hide_comment(struct hider *m, const char *p, const char *end, bool hidden)
{
	bool carried = m->carry;

	while (p < end && *p == '#')
		p++;
	while (end > p && is_space(end[-1]))
		end--;
	/* By this line alone, so that whoever looks at a part of the file finds the same. */
	m->carry = ends_with_name(p, end);
	if (hidden || carried || memchr(p, '"', (size_t)(end - p)) != NULL)
		hide_bytes(m, p, end);
	else
		hide_words(m, p, end);
}
