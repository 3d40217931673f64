/* ike.preshared(5): what a key's text stands for. No part of a key is copied here, but by
 * preshared_key_bytes. */
#include "config.h"

#include "formats/ike_preshared/scan.h"

#include <string.h>

#include "base/xalloc.h"
#include "formats/key_bits.h"

/* Walks over the bytes that a key's text stands for. */
struct walk {
	const char *p, *end;
	bool hex;
	uint32_t bits; /* still to come */
};

/* Of each byte that is a hexadecimal digit what it stands for, and 1 more. */
static const uint8_t digit_values[256] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static inline int digit_value(char c)
{
	return digit_values[(unsigned char)c] - 1;
}

static struct walk walk_key(const struct doc *doc, const struct preshared_key *key)
{
	const char *text = doc->blob.data + key->text.off;

	return (struct walk){ text, text + key->text.len, key->form != PRESHARED_FORM_ASCII,
			      key->bits };
}

static bool walk_next(struct walk *w, unsigned char *byte)
{
	unsigned value;

	if (w->bits == 0)
		return false;
	if (!w->hex) {
		if (*w->p == '\\' && w->p + 1 < w->end && (w->p[1] == '"' || w->p[1] == '\\'))
			w->p++;
		*byte = (unsigned char)*w->p++;
		w->bits -= 8;
		return true;
	}
	/* An odd digit at the end is the high half of its byte. */
	value = (unsigned)digit_value(*w->p++) << 4;
	if (w->p < w->end)
		value |= (unsigned)digit_value(*w->p++);
	if (w->bits < 8)
		value &= 0xff00u >> w->bits;
	w->bits -= w->bits < 8 ? w->bits : 8;
	*byte = (unsigned char)value;
	return true;
}

static bool walk_equal(struct walk a, struct walk b)
{
	unsigned char x = 0, y = 0;

	if (a.bits != b.bits)
		return false;
	while (walk_next(&a, &x) && walk_next(&b, &y))
		if (x != y)
			return false;
	return true;
}

static bool is_one_byte_repeated(struct walk w)
{
	unsigned char first = 0, byte;

	walk_next(&w, &first);
	while (walk_next(&w, &byte))
		if (byte != first)
			return false;
	return true;
}

/* The keys of the manuals and guides, which everybody can read. */
static bool is_example(struct walk key)
{
	static const struct {
		bool hex;
		const char *text;
	} examples[] = {
		{ true, "1234567890abcdef" },
		{ true, "4b656265207761732068657265210c0a" },
		{ true, "536f20776572652042696c6c2c2052656e65652c20616e642043687269732e0a" },
		{ true, "f47cb0f432e14480951095f82b" },
		{ false, "This is my preshared key" },
		{ false, "This is an ASCII Cqret phrAz, use str0ng p@ssword tekniques" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(examples); i++) {
		size_t len = strlen(examples[i].text);
		struct walk example = { examples[i].text, examples[i].text + len, examples[i].hex,
					(uint32_t)(examples[i].hex ? len * 4 : len * 8) };

		if (walk_equal(key, example))
			return true;
	}
	return false;
}

/* What the bytes of a key look like as text. */
enum look { LOOKS_LIKE_BYTES, LOOKS_LIKE_TEXT, LOOKS_LIKE_DIGITS };

/* Random bytes are hardly ever all printable, and never all hexadecimal digits. */
#define LEAST_TEXT 8

static enum look look_at(struct walk w)
{
	bool text = w.bits >= LEAST_TEXT * 8, digits = w.bits >= 2 * LEAST_TEXT * 8;
	unsigned char byte, last = 0;
	size_t i;

	for (i = 0; text && walk_next(&w, &byte); i++) {
		/* 0x may stand before them. */
		digits &= digit_value((char)byte) >= 0 || (i == 1 && byte == 'x' && last == '0');
		text = byte >= ' ' && byte <= '~';
		last = byte;
	}
	return !text ? LOOKS_LIKE_BYTES : digits ? LOOKS_LIKE_DIGITS : LOOKS_LIKE_TEXT;
}

struct reader {
	const struct doc *doc;
	struct span at; /* the value */
	struct problems *problems;
};

static void problem(const struct reader *r, enum preshared_problem code, uint32_t arg)
{
	if (r->problems != NULL)
		problem_add(r->problems, code, PRESHARED_KEY, r->at, arg);
}

/* The number behind the /; sets the key's length. */
static bool read_bits(const struct reader *r, const char *p, const char *end, uint32_t digits,
		      struct preshared_key *key)
{
	static const enum preshared_problem problems[] = {
		[KEY_BITS_TRUNCATE] = PRESHARED_PROBLEM_KEY_BITS_TRUNCATE,
		[KEY_BITS_NONE] = PRESHARED_PROBLEM_KEY_EMPTY,
		[KEY_BITS_LARGE] = PRESHARED_PROBLEM_KEY_BITS_TOO_LARGE,
		[KEY_BITS_BAD] = PRESHARED_PROBLEM_KEY_BITS,
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

static bool read_hex(const struct reader *r, const char *p, const char *end,
		     struct preshared_key *key)
{
	bool prefixed = end - p >= 2 && p[0] == '0' && p[1] == 'x';
	const char *start = prefixed ? p + 2 : p, *q = start;
	uint32_t count;

	while (q < end && digit_value(*q) >= 0)
		q++;
	if (q < end && *q != '/') {
		problem(r, PRESHARED_PROBLEM_KEY_NOT_HEX, 0);
		return false;
	}
	count = (uint32_t)(q - start);
	if (count == 0) {
		bool empty = q == end || key_bits_read(q + 1, end, 0, &key->bits) != KEY_BITS_BAD;

		problem(r, empty ? PRESHARED_PROBLEM_KEY_EMPTY : PRESHARED_PROBLEM_KEY_NOT_HEX, 0);
		return false;
	}
	key->text = (struct span){ (uint32_t)(start - r->doc->blob.data), count };
	key->bits = (count + 1) / 2 * 8;
	if (q < end && !read_bits(r, q + 1, end, count, key))
		return false;
	if (count % 2 != 0)
		problem(r, PRESHARED_PROBLEM_KEY_ODD, count);
	if (prefixed)
		problem(r, PRESHARED_PROBLEM_KEY_0X, 0);
	key->form = prefixed ? PRESHARED_FORM_0X : PRESHARED_FORM_HEX;
	return true;
}

/* What stands between the quotes. */
static bool read_ascii(const struct reader *r, const char *p, const char *end,
		       struct preshared_key *key)
{
	uint32_t bytes = 0;
	const char *q;

	if (end - p < 3) {
		problem(r,
			p == end ? PRESHARED_PROBLEM_KEY_EMPTY : PRESHARED_PROBLEM_KEY_ASCII_SHORT,
			(uint32_t)(end - p));
		return false;
	}
	for (q = p; q < end; q++, bytes++)
		if (*q == '\\' && q + 1 < end && (q[1] == '"' || q[1] == '\\'))
			q++;
	key->text = (struct span){ (uint32_t)(p - r->doc->blob.data), (uint32_t)(end - p) };
	key->bits = bytes * 8;
	key->form = PRESHARED_FORM_ASCII;
	problem(r, PRESHARED_PROBLEM_KEY_ASCII, 0);
	return true;
}

void preshared_key_read(const struct doc *doc, uint32_t tok, struct preshared_key *key,
			struct problems *problems)
{
	const struct token *t = &doc->tokens[tok];
	const char *p = doc_text(doc, tok), *end = p + t->len;
	struct reader r = { doc, { t->off, t->len }, problems };
	bool good = t->kind == TOKEN_STRING ? read_ascii(&r, p + 1, end - 1, key)
					    : read_hex(&r, p, end, key);
	struct walk walk;

	if (!good) {
		*key = (struct preshared_key){ 0 };
		return;
	}
	if (key->bits < 64)
		problem(&r, PRESHARED_PROBLEM_KEY_SHORT_64, key->bits);
	else if (key->bits < 128)
		problem(&r, PRESHARED_PROBLEM_KEY_SHORT_128, key->bits);
	walk = walk_key(doc, key);
	if (problems == NULL)
		return;
	if (is_one_byte_repeated(walk) || is_example(walk)) {
		/* It can be guessed however it is made when it is as short as that. */
		if (key->bits >= 64)
			problem(&r, PRESHARED_PROBLEM_KEY_PATTERN, 0);
	} else if (look_at(walk) == LOOKS_LIKE_DIGITS) {
		problem(&r, PRESHARED_PROBLEM_KEY_DIGITS, 0);
	} else if (look_at(walk) == LOOKS_LIKE_TEXT && key->form != PRESHARED_FORM_ASCII) {
		problem(&r, PRESHARED_PROBLEM_KEY_TEXT, 0);
	}
}

bool preshared_key_bytes(const struct doc *doc, const struct preshared_item *item, struct blob *out)
{
	struct walk walk;
	unsigned char byte;
	size_t i = 0;

	*out = (struct blob){ 0 };
	if (item->key.form == PRESHARED_FORM_NONE)
		return false;
	*out = blob_new((item->key.bits + 7) / 8, true);
	for (walk = walk_key(doc, &item->key); walk_next(&walk, &byte); i++)
		out->data[i] = (char)byte;
	return true;
}

bool preshared_key_equal(const struct preshared_item *a, const struct preshared_item *b)
{
	return a->key.form != PRESHARED_FORM_NONE && b->key.form != PRESHARED_FORM_NONE &&
	       walk_equal(walk_key(a->doc, &a->key), walk_key(b->doc, &b->key));
}
