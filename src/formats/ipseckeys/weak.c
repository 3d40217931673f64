/* ipseckeys: keys that do not suit their algorithm, and keys that are none. */
#include "config.h"

#include "formats/ipseckeys/scan.h"

#include <string.h>

#include "base/secret.h"
#include "base/xalloc.h"

#define DES_BYTES 8

/* Keys of so many bytes and more are looked at for patterns; shorter ones have no algorithm. */
#define PATTERN_MIN 4
#define PATTERN_MAX 128

struct checker {
	const struct manual_item *item;
	struct problems *problems;
};

static void problem(const struct checker *c, enum manual_problem code, enum manual_word name,
		    uint32_t arg)
{
	const struct manual_field *f = manual_find(c->item, name);

	problem_add(c->problems, code, name, manual_unquoted(c->item->doc, f->arg), arg);
}

static bool is_des(const struct ipsec_alg *alg)
{
	return alg->class == IPSEC_ENCR && (alg->number == 2 || alg->number == 3);
}

bool manual_key_fits(const struct ipsec_alg *alg, uint64_t bits, uint64_t reserved)
{
	uint64_t rest = (uint64_t)alg->salt + reserved;

	return bits >= rest && bits - rest <= UINT32_MAX &&
	       ipsec_alg_has_size(alg, (uint32_t)(bits - rest));
}

/* A byte with the parity that DES wants: an odd number of bits. The kernel puts it right. */
static unsigned char with_parity(unsigned char byte)
{
	unsigned bits = byte >> 1;

	bits ^= bits >> 4;
	bits ^= bits >> 2;
	bits ^= bits >> 1;
	return (unsigned char)((byte & 0xfe) | (~bits & 1));
}

static bool fix_parity(unsigned char *bytes, size_t len)
{
	bool fixed = false;
	size_t i;

	for (i = 0; i < len; i++) {
		unsigned char byte = with_parity(bytes[i]);

		fixed = fixed || byte != bytes[i];
		bytes[i] = byte;
	}
	return fixed;
}

/* The weak keys of DES, and the semi-weak ones, with their parity. */
static bool is_weak(const unsigned char *key)
{
	static const unsigned char weak[][DES_BYTES] = {
		{ 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01 },
		{ 0x1f, 0x1f, 0x1f, 0x1f, 0x0e, 0x0e, 0x0e, 0x0e },
		{ 0xe0, 0xe0, 0xe0, 0xe0, 0xf1, 0xf1, 0xf1, 0xf1 },
		{ 0xfe, 0xfe, 0xfe, 0xfe, 0xfe, 0xfe, 0xfe, 0xfe },
		{ 0x01, 0xfe, 0x01, 0xfe, 0x01, 0xfe, 0x01, 0xfe },
		{ 0xfe, 0x01, 0xfe, 0x01, 0xfe, 0x01, 0xfe, 0x01 },
		{ 0x1f, 0xe0, 0x1f, 0xe0, 0x0e, 0xf1, 0x0e, 0xf1 },
		{ 0xe0, 0x1f, 0xe0, 0x1f, 0xf1, 0x0e, 0xf1, 0x0e },
		{ 0x01, 0xe0, 0x01, 0xe0, 0x01, 0xf1, 0x01, 0xf1 },
		{ 0xe0, 0x01, 0xe0, 0x01, 0xf1, 0x01, 0xf1, 0x01 },
		{ 0x1f, 0xfe, 0x1f, 0xfe, 0x0e, 0xfe, 0x0e, 0xfe },
		{ 0xfe, 0x1f, 0xfe, 0x1f, 0xfe, 0x0e, 0xfe, 0x0e },
		{ 0x01, 0x1f, 0x01, 0x1f, 0x01, 0x0e, 0x01, 0x0e },
		{ 0x1f, 0x01, 0x1f, 0x01, 0x0e, 0x01, 0x0e, 0x01 },
		{ 0xe0, 0xfe, 0xe0, 0xfe, 0xf1, 0xfe, 0xf1, 0xfe },
		{ 0xfe, 0xe0, 0xfe, 0xe0, 0xfe, 0xf1, 0xfe, 0xf1 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(weak); i++)
		if (memcmp(key, weak[i], DES_BYTES) == 0)
			return true;
	return false;
}

/* Neighbours alone: of three keys the first and the last may be the same. */
static bool has_equal_neighbours(const unsigned char *key, size_t len)
{
	size_t i;

	for (i = DES_BYTES; i < len; i += DES_BYTES)
		if (memcmp(key + i - DES_BYTES, key + i, DES_BYTES) == 0)
			return true;
	return false;
}

/* One key of DES, or three of them. Returns whether it was found weak. */
static bool check_des(const struct checker *c, const struct manual_key *encr)
{
	unsigned char key[3 * DES_BYTES];
	bool weak = false, fixed;
	enum manual_problem code = 0;
	size_t len, i;

	if (encr->bits > sizeof key * 8)
		return false; /* its algorithm's with reserved bits, which are none of it */
	len = manual_key_copy(c->item->doc, encr, key, sizeof key);
	fixed = fix_parity(key, len);
	for (i = 0; i + DES_BYTES <= len; i += DES_BYTES)
		weak = weak || is_weak(key + i);
	if (weak)
		code = MANUAL_PROBLEM_KEY_WEAK;
	else if (has_equal_neighbours(key, len))
		code = MANUAL_PROBLEM_KEY_3DES;
	else if (fixed)
		code = MANUAL_PROBLEM_KEY_PARITY;
	secret_wipe(key, sizeof key);
	if (code != 0)
		problem(c, code, MANUAL_ENCRKEY, 0);
	return code == MANUAL_PROBLEM_KEY_WEAK || code == MANUAL_PROBLEM_KEY_3DES;
}

/* Whether each byte, or each digit, is the one before it plus the same number: all equal, or a
 * count. */
static bool is_pattern(const unsigned char *key, size_t len)
{
	bool bytes = true, digits = true;
	unsigned step = (unsigned)(key[1] - key[0]) & 0xff;
	unsigned half = (unsigned)((key[0] & 15) - (key[0] >> 4)) & 15;
	size_t i;

	for (i = 1; i < len && (bytes || digits); i++) {
		bytes = bytes && ((unsigned)(key[i] - key[i - 1]) & 0xff) == step;
		digits = digits && ((unsigned)((key[i] >> 4) - (key[i - 1] & 15)) & 15) == half &&
			 ((unsigned)((key[i] & 15) - (key[i] >> 4)) & 15) == half;
	}
	return bytes || digits;
}

bool manual_key_prepare(const struct ipsec_alg *alg, unsigned char *bytes, size_t len)
{
	bool weak = len >= PATTERN_MIN && is_pattern(bytes, len);
	size_t i;

	if (!is_des(alg))
		return !weak;
	fix_parity(bytes, len);
	for (i = 0; i + DES_BYTES <= len; i += DES_BYTES)
		weak = weak || is_weak(bytes + i);
	return !weak && !has_equal_neighbours(bytes, len);
}

/* The first bytes of nearly all keys tell that they are none. */
static void check_pattern(const struct checker *c, const struct manual_key *key,
			  enum manual_word name)
{
	unsigned char bytes[PATTERN_MAX];
	size_t len = manual_key_copy(c->item->doc, key, bytes, PATTERN_MIN);
	bool found = len == PATTERN_MIN && key->bits <= PATTERN_MAX * 8 && is_pattern(bytes, len);

	if (found) {
		len = manual_key_copy(c->item->doc, key, bytes, sizeof bytes);
		found = is_pattern(bytes, len);
	}
	secret_wipe(bytes, sizeof bytes);
	if (found)
		problem(c, MANUAL_PROBLEM_KEY_PATTERN, name, 0);
}

/* Returns whether the key is as long as its algorithm wants it, as far as that is known. */
static bool check_size(const struct checker *c, const struct ipsec_alg *alg,
		       const struct manual_key *key, enum manual_word name)
{
	uint64_t reserved =
		name == MANUAL_ENCRKEY ? manual_number(c->item, MANUAL_RESERVED_BITS) : 0;

	if (alg == NULL || alg->max == 0 || manual_key_fits(alg, key->bits, reserved))
		return true;
	problem(c,
		alg->salt > 0 && ipsec_alg_has_size(alg, key->bits) ? MANUAL_PROBLEM_KEY_SALT
								    : MANUAL_PROBLEM_KEY_SIZE,
		name, key->bits);
	return false;
}

/* What is wrong with a key of the right length. */
static void check_bytes(const struct checker *c, const struct ipsec_alg *alg,
			const struct manual_key *key, enum manual_word name)
{
	bool weak = false;

	if (name == MANUAL_ENCRKEY && alg != NULL && is_des(alg))
		weak = check_des(c, key);
	if (!weak)
		check_pattern(c, key, name);
}

/* Returns the key as it was meant: a broken one with its rest, empty where nobody can tell. */
static struct manual_key check_key(const struct checker *c, enum manual_word name)
{
	const struct manual_item *item = c->item;
	const struct ipsec_alg *alg = name == MANUAL_AUTHKEY ? item->auth_alg : item->encr_alg;
	struct manual_key key = name == MANUAL_AUTHKEY ? item->auth_key : item->encr_key;
	struct manual_broken broken;

	if (key.text.len == 0)
		return key;
	if (manual_find_broken(item, name, &broken)) {
		key = broken.key;
		if (broken.fits)
			check_bytes(c, alg, &key, name);
	} else if (check_size(c, alg, &key, name)) {
		if (key.text.len % 2 != 0 && !key.bits_given)
			problem(c, MANUAL_PROBLEM_KEY_ODD, name, key.text.len);
		check_bytes(c, alg, &key, name);
	}
	return key;
}

void manual_keys_check(const struct manual_item *item, struct problems *problems)
{
	struct checker c = { item, problems };
	struct manual_key auth = check_key(&c, MANUAL_AUTHKEY);
	struct manual_key encr = check_key(&c, MANUAL_ENCRKEY);

	if (manual_key_equal(item->doc, &auth, item->doc, &encr))
		problem(&c, MANUAL_PROBLEM_KEYS_EQUAL, MANUAL_ENCRKEY, 0);
}
