#include "config.h"

#include "change/manual_key.h"

#include "base/i18n.h"
#include "base/secret.h"
#include "change/key_text.h"
#include "pki/pki.h"

/* Sizes that are named one by one; a range with more of them is given by its ends. */
#define MOST_SIZES 4

/* Of random keys hardly any is weak: so many in a row come from no random source. */
#define MOST_TRIES 100

bool manual_alg_has_key(const struct ipsec_alg *alg)
{
	return alg != NULL && alg->max > 0;
}

static bool is_size(const struct ipsec_alg *alg, enum dialect dialect, unsigned bits)
{
	if (alg->usual_only & IPSEC_IN(dialect))
		return bits == alg->usual;
	return ipsec_alg_has_size(alg, bits);
}

void manual_key_sizes(const struct ipsec_alg *alg, enum dialect dialect, struct strbuf *sb)
{
	unsigned step = alg->step > 0 ? alg->step : 1, bits;

	if (alg->usual_only & IPSEC_IN(dialect)) {
		strbuf_addf(sb, "%u", alg->usual + alg->salt);
		return;
	}
	if ((alg->max - alg->min) / step >= MOST_SIZES) {
		/* TRANSLATORS: lengths of a key in bits, such as 32 to 448. */
		strbuf_addf(sb, _("%u to %u"), alg->min + alg->salt, alg->max + alg->salt);
		return;
	}
	for (bits = alg->min; bits <= alg->max; bits += step)
		strbuf_addf(sb, "%s%u",
			    bits == alg->min          ? ""
			    : bits + step <= alg->max ? ", "
						      : _(" or "),
			    bits + alg->salt);
}

bool manual_key_check(const struct profile *profile, const struct ipsec_alg *alg, const char *name,
		      const struct blob *key, struct error *err)
{
	unsigned bits = (unsigned)key->len * 4;
	struct strbuf sizes = STRBUF_INIT;

	if (bits >= alg->salt && is_size(alg, profile->dialect, bits - alg->salt))
		return true;
	manual_key_sizes(alg, profile->dialect, &sizes);
	error_set(err, ERROR_USAGE, _("%s: %s has a key of %s bits, and this one has %u"), name,
		  alg->names[0], sizes.buf, bits);
	strbuf_release(&sizes);
	return false;
}

static bool fill(const struct pki *pki, const struct ipsec_alg *alg, unsigned char *bytes,
		 size_t len, struct error *err)
{
	unsigned tries;

	for (tries = 0; tries < MOST_TRIES; tries++) {
		if (!pki->random(bytes, len, err))
			return false;
		if (manual_key_prepare(alg, bytes, len))
			return true;
	}
	return error_set(err, ERROR_IO, _("the generator of random numbers gives weak keys alone"));
}

bool manual_key_generate(const struct profile *profile, const struct ipsec_alg *alg, unsigned bits,
			 struct blob *key, struct error *err)
{
	const struct pki *pki = pki_open(err);
	unsigned char *bytes;
	size_t len;
	bool good;

	if (pki == NULL)
		return false;
	if (bits == 0)
		bits = alg->usual != 0 ? alg->usual : alg->min;
	if (!is_size(alg, profile->dialect, bits)) {
		struct ipsec_alg bare = *alg;
		struct strbuf sizes = STRBUF_INIT;

		bare.salt = 0;
		manual_key_sizes(&bare, profile->dialect, &sizes);
		error_set(err, ERROR_USAGE, _("bits: a key of %s has %s bits, not %u"),
			  alg->names[0], sizes.buf, bits);
		strbuf_release(&sizes);
		return false;
	}
	len = (bits + alg->salt) / 8;
	bytes = secret_alloc(len);
	good = fill(pki, alg, bytes, len, err);
	if (good)
		*key = key_digits(bytes, len);
	secret_free(bytes, len);
	return good;
}

bool manual_key_is(const struct manual_item *item, enum manual_word name, const struct blob *digits)
{
	const struct manual_key *key = name == MANUAL_ENCRKEY ? &item->encr_key : &item->auth_key;
	struct blob wanted, now;
	bool same;

	if (digits == NULL)
		return key->text.len == 0;
	if (!manual_key_bytes(item->doc, key, &now))
		return false;
	wanted = psk_bytes(digits);
	same = blob_equal(&wanted, &now);
	blob_release(&wanted);
	blob_release(&now);
	return same;
}
