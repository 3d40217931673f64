/* ipseckeys: what a key's digits stand for. No part of a key is copied here, but for a caller who
 * wipes it. */
#include "config.h"

#include "formats/ipseckeys/scan.h"

#include <string.h>

#include "base/secret.h"

/* Walks over the bytes that a key's digits stand for. */
struct walk {
	const char *p, *end;
	uint32_t bits; /* still to come */
};

/* 255 for what is no digit. */
static inline unsigned digit_value(char c)
{
	unsigned digit = (unsigned char)c - '0', letter = ((unsigned char)c | 0x20u) - 'a';

	return digit < 10 ? digit : letter < 6 ? letter + 10 : 255;
}

static struct walk walk_key(const struct doc *doc, const struct manual_key *key)
{
	const char *text = doc->blob.data + key->text.off;

	return (struct walk){ text, text + key->text.len, key->text.len > 0 ? key->bits : 0 };
}

/* The next digit, of which there is one: what stands between the pieces of a broken key is none. */
static inline unsigned next_digit(struct walk *w)
{
	unsigned value;

	do
		value = digit_value(*w->p++);
	while (value > 15);
	return value;
}

/* An odd digit at the end is the high half of its byte; bits beyond the length are zero. */
static inline bool walk_next(struct walk *w, unsigned char *byte)
{
	unsigned value;

	if (w->bits == 0)
		return false;
	value = next_digit(w) << 4;
	if (w->p < w->end)
		value |= next_digit(w);
	if (w->bits < 8)
		value &= 0xff00u >> w->bits;
	w->bits -= w->bits < 8 ? w->bits : 8;
	*byte = (unsigned char)value;
	return true;
}

struct reader {
	const struct doc *doc;
	struct span at; /* the value */
	unsigned word;
	struct problems *problems; /* NULL: nobody wants to know */
};

static void problem(const struct reader *r, enum manual_problem code, uint32_t arg)
{
	if (r->problems != NULL)
		problem_add(r->problems, code, r->word, r->at, arg);
}

static bool parse_bits(const char *p, const char *end, uint32_t *bits)
{
	uint64_t value = 0;

	if (p == end)
		return false;
	for (; p < end; p++) {
		if (*p < '0' || *p > '9')
			return false;
		if (value < UINT32_MAX)
			value = value * 10 + (uint64_t)(*p - '0');
	}
	*bits = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
	return true;
}

/* The number behind the /; sets the key's length. The tool goes on with a key that is too short for
 * it, and the kernel refuses that. */
static bool read_bits(const struct reader *r, const char *p, const char *end, uint32_t digits,
		      struct manual_key *key)
{
	uint32_t bits;

	if (!parse_bits(p, end, &bits)) {
		problem(r, MANUAL_PROBLEM_KEY_BITS, 0);
		return false;
	}
	if (bits == 0) {
		problem(r, MANUAL_PROBLEM_KEY_EMPTY, 0);
		return false;
	}
	if (bits > digits * 4) {
		problem(r, MANUAL_PROBLEM_KEY_BITS_LARGE, bits);
		return false;
	}
	if (bits < digits * 4)
		problem(r, MANUAL_PROBLEM_KEY_BITS_TRUNCATE, bits);
	key->bits_given = true;
	key->bits = bits;
	return true;
}

static bool read_hex(const struct reader *r, const char *p, const char *end, struct manual_key *key)
{
	bool prefixed = end - p >= 2 && p[0] == '0' && (p[1] == 'x' || p[1] == 'X');
	const char *start = prefixed ? p + 2 : p, *q = start;
	uint32_t digits;

	while (q < end && manual_is_hex_digit(*q))
		q++;
	if (q < end && *q != '/') {
		problem(r, MANUAL_PROBLEM_KEY_NOT_HEX, 0);
		return false;
	}
	digits = (uint32_t)(q - start);
	if (digits == 0) {
		problem(r, MANUAL_PROBLEM_KEY_EMPTY, 0);
		return false;
	}
	key->bits = (digits + 1) / 2 * 8;
	if (q < end && !read_bits(r, q + 1, end, digits, key))
		return false;
	if (prefixed)
		problem(r, MANUAL_PROBLEM_KEY_0X, 0);
	key->text = (struct span){ (uint32_t)(start - r->doc->blob.data), digits };
	return true;
}

void manual_key_read(const struct doc *doc, uint32_t tok, struct manual_key *key,
		     struct problems *problems)
{
	struct span at = manual_unquoted(doc, tok);
	const char *p = doc->blob.data + at.off;
	struct reader r = { doc, at, 0, problems };

	r.word = manual_word_canonical(doc->tokens[tok - 1].word);
	*key = (struct manual_key){ 0 };
	if (!read_hex(&r, p, p + at.len, key))
		*key = (struct manual_key){ 0 };
}

bool manual_key_bytes(const struct doc *doc, const struct manual_key *key, struct blob *out)
{
	struct walk walk = walk_key(doc, key);
	unsigned char byte;
	size_t i = 0;

	*out = (struct blob){ 0 };
	if (key->text.len == 0)
		return false;
	*out = blob_new((key->bits + 7) / 8, true);
	while (walk_next(&walk, &byte))
		out->data[i++] = (char)byte;
	secret_wipe(&byte, sizeof byte);
	return true;
}

size_t manual_key_copy(const struct doc *doc, const struct manual_key *key, unsigned char *bytes,
		       size_t size)
{
	struct walk walk = walk_key(doc, key);
	size_t i = 0;

	if (key->bits > size * 8)
		return 0;
	while (i < size && walk_next(&walk, &bytes[i]))
		i++;
	return i;
}

static int compare(struct walk a, struct walk b)
{
	unsigned char x = 0, y = 0;
	int order = (a.bits > b.bits) - (a.bits < b.bits);

	while (order == 0 && walk_next(&a, &x) && walk_next(&b, &y))
		order = (x > y) - (x < y);
	secret_wipe(&x, sizeof x);
	secret_wipe(&y, sizeof y);
	return order;
}

uint64_t manual_key_hash(const struct doc *doc, const struct manual_key *key)
{
	struct walk walk = walk_key(doc, key);
	uint64_t hash = key->bits;
	unsigned char byte = 0;

	while (walk_next(&walk, &byte)) {
		hash = (hash ^ byte) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 29;
	}
	secret_wipe(&byte, sizeof byte);
	return hash;
}

int manual_key_compare(const struct doc *doc, const struct manual_key *a,
		       const struct manual_key *b)
{
	return compare(walk_key(doc, a), walk_key(doc, b));
}

bool manual_key_equal(const struct doc *doc_a, const struct manual_key *a, const struct doc *doc_b,
		      const struct manual_key *b)
{
	return a->text.len > 0 && b->text.len > 0 &&
	       compare(walk_key(doc_a, a), walk_key(doc_b, b)) == 0;
}
