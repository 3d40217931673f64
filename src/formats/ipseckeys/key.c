/* ipseckeys: what a key's digits stand for. No part of a key is copied here, but for a caller who
 * wipes it. */
#include "config.h"

#include "formats/ipseckeys/scan.h"

#include <string.h>

#include "base/secret.h"
#include "formats/key_bits.h"

#define DIGIT(value) MANUAL_DIGIT | value
const uint8_t manual_digits[256] = {
	['0'] = DIGIT(0),  ['1'] = DIGIT(1),  ['2'] = DIGIT(2),  ['3'] = DIGIT(3),
	['4'] = DIGIT(4),  ['5'] = DIGIT(5),  ['6'] = DIGIT(6),  ['7'] = DIGIT(7),
	['8'] = DIGIT(8),  ['9'] = DIGIT(9),  ['a'] = DIGIT(10), ['b'] = DIGIT(11),
	['c'] = DIGIT(12), ['d'] = DIGIT(13), ['e'] = DIGIT(14), ['f'] = DIGIT(15),
	['A'] = DIGIT(10), ['B'] = DIGIT(11), ['C'] = DIGIT(12), ['D'] = DIGIT(13),
	['E'] = DIGIT(14), ['F'] = DIGIT(15),
};
#undef DIGIT

/* Keys are hashed and compared by so many bytes. */
#define CHUNK 64

/* Walks over the bytes that a key's digits stand for. */
struct walk {
	const char *p, *end;
	uint32_t bits; /* still to come */
};

static struct walk walk_key(const struct doc *doc, const struct manual_key *key)
{
	const char *text = doc->blob.data + key->text.off;

	return (struct walk){ text, text + key->text.len, key->text.len > 0 ? key->bits : 0 };
}

/* The next digit, of which there is one: what stands between the pieces of a broken key is none. */
static unsigned next_digit(struct walk *w)
{
	unsigned digit;

	do
		digit = manual_digit(*w->p++);
	while (digit == 0);
	return digit & 15;
}

/* An odd digit at the end is the high half of its byte; bits beyond the length are zero. */
static unsigned char next_byte(struct walk *w)
{
	unsigned value = next_digit(w) << 4;

	if (w->p < w->end)
		value |= next_digit(w);
	if (w->bits < 8)
		value &= 0xff00u >> w->bits;
	w->bits -= w->bits < 8 ? w->bits : 8;
	return (unsigned char)value;
}

/* The next bytes, SIZE of them or as many as there are; returns how many. */
static size_t walk_bytes(struct walk *w, unsigned char *bytes, size_t size)
{
	size_t whole = w->bits / 8 < size ? w->bits / 8 : size, i;
	const char *digits = w->p;

	/* As nearly all keys are: two digits a byte and nothing between them. */
	if (whole > (size_t)(w->end - digits) / 2)
		whole = (size_t)(w->end - digits) / 2;
	for (i = 0; i < whole; i++) {
		unsigned high = manual_digit(digits[i * 2]);
		unsigned low = manual_digit(digits[i * 2 + 1]);

		if ((high & low) == 0)
			break;
		bytes[i] = (unsigned char)(high << 4 | (low & 15));
	}
	w->p += i * 2;
	w->bits -= (uint32_t)i * 8;
	for (; i < size && w->bits > 0; i++)
		bytes[i] = next_byte(w);
	return i;
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

/* The number behind the /; sets the key's length. The tool goes on with a key that is too short for
 * it, and the kernel refuses that. */
static bool read_bits(const struct reader *r, const char *p, const char *end, uint32_t digits,
		      struct manual_key *key)
{
	static const enum manual_problem problems[] = {
		[KEY_BITS_TRUNCATE] = MANUAL_PROBLEM_KEY_BITS_TRUNCATE,
		[KEY_BITS_NONE] = MANUAL_PROBLEM_KEY_EMPTY,
		[KEY_BITS_LARGE] = MANUAL_PROBLEM_KEY_BITS_LARGE,
		[KEY_BITS_BAD] = MANUAL_PROBLEM_KEY_BITS,
	};
	uint32_t bits = 0;
	enum key_bits said = key_bits_read(p, end, digits, &bits);

	if (said != KEY_BITS_ALL)
		problem(r, problems[said], bits);
	if (said != KEY_BITS_ALL && said != KEY_BITS_TRUNCATE)
		return false;
	key->bits_given = true;
	key->bits = bits;
	return true;
}

static bool read_hex(const struct reader *r, const char *p, const char *end, struct manual_key *key)
{
	bool prefixed = end - p >= 2 && p[0] == '0' && (p[1] == 'x' || p[1] == 'X');
	const char *start = prefixed ? p + 2 : p, *q = manual_digits_end(start, end);
	uint32_t digits;

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

	*out = (struct blob){ 0 };
	if (key->text.len == 0)
		return false;
	*out = blob_new((key->bits + 7) / 8, true);
	walk_bytes(&walk, (unsigned char *)out->data, out->len);
	return true;
}

size_t manual_key_copy(const struct doc *doc, const struct manual_key *key, unsigned char *bytes,
		       size_t size)
{
	struct walk walk = walk_key(doc, key);

	return walk_bytes(&walk, bytes, size);
}

int manual_key_compare(const struct doc *doc_a, const struct manual_key *a, const struct doc *doc_b,
		       const struct manual_key *b)
{
	struct walk x = walk_key(doc_a, a), y = walk_key(doc_b, b);
	unsigned char left[CHUNK], right[CHUNK];
	int order = (x.bits > y.bits) - (x.bits < y.bits);

	if (order != 0)
		return order;
	while (order == 0 && x.bits > 0) {
		size_t len = walk_bytes(&x, left, sizeof left);

		walk_bytes(&y, right, sizeof right);
		order = memcmp(left, right, len);
	}
	secret_wipe(left, sizeof left);
	secret_wipe(right, sizeof right);
	return order;
}

bool manual_key_equal(const struct doc *doc_a, const struct manual_key *a, const struct doc *doc_b,
		      const struct manual_key *b)
{
	return a->text.len > 0 && b->text.len > 0 && manual_key_compare(doc_a, a, doc_b, b) == 0;
}

uint64_t manual_key_hash(const struct doc *doc, const struct manual_key *key)
{
	struct walk walk = walk_key(doc, key);
	unsigned char bytes[CHUNK];
	uint64_t hash = key->bits, word;
	size_t len, i;

	while (walk.bits > 0) {
		len = walk_bytes(&walk, bytes, sizeof bytes);
		memset(bytes + len, 0, (sizeof bytes - len) % sizeof word);
		for (i = 0; i < len; i += sizeof word) {
			memcpy(&word, bytes + i, sizeof word);
			hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
			hash ^= hash >> 32;
		}
	}
	secret_wipe(bytes, sizeof bytes);
	return hash;
}
