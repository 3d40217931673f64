/* Keys as hexadecimal digits: made, taken from what was typed, and turned into bytes. */
#include "config.h"

#include "change/key_text.h"

#include <string.h>

#include "base/i18n.h"
#include "base/secret.h"
#include "change/edits.h"
#include "pki/pki.h"

#define KEY_BITS_LEAST 8
#define KEY_BITS_MOST  3000 /* what fits on one line of the file */

struct blob key_digits(const unsigned char *bytes, size_t len)
{
	struct blob key = blob_new(len * 2, true);
	size_t i;

	for (i = 0; i < len; i++) {
		key.data[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		key.data[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	return key;
}

bool psk_generate(unsigned bits, struct blob *key, struct error *err)
{
	const struct pki *pki = pki_open(err);
	size_t len = bits / 8;
	unsigned char *bytes;
	bool good;

	if (pki == NULL)
		return false;
	if (bits % 8 != 0 || bits < KEY_BITS_LEAST || bits > KEY_BITS_MOST)
		return error_set(err, ERROR_USAGE,
				 _("a key has a multiple of 8 bits, %d at least and %d at most"),
				 KEY_BITS_LEAST, KEY_BITS_MOST);
	bytes = secret_alloc(len);
	good = pki->random(bytes, len, err);
	if (good)
		*key = key_digits(bytes, len);
	secret_free(bytes, len);
	return good;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c;
	if (c >= 'a' && c <= 'f')
		return c;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 'a';
	return -1;
}

bool psk_normalize(const char *text, size_t len, struct blob *key, struct error *err)
{
	size_t i, n = 0;

	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
		len--;
	while (len > 0 && strchr(" \t\r\n", text[0]) != NULL) {
		text++;
		len--;
	}
	if (len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		text += 2;
		len -= 2;
	}
	if (len == 0)
		return error_set(err, ERROR_USAGE, _("the key is empty"));
	if (len % 2 != 0)
		return error_set(
			err, ERROR_USAGE,
			_("the key has an odd number of hexadecimal digits (%zu); was one lost?"),
			len);
	if (len > KEY_BITS_MOST / 4)
		return error_set(
			err, ERROR_USAGE,
			_("the key has %zu digits, which do not fit on one line of the file"), len);
	*key = blob_new(len, true);
	for (i = 0; i < len; i++) {
		int digit = hex_digit(text[i]);

		if (digit < 0)
			break;
		key->data[n++] = (char)digit;
	}
	if (n == len)
		return true;
	blob_release(key);
	return error_set(err, ERROR_USAGE, _("character %zu of the key is no hexadecimal digit"),
			 i + 1);
}

struct blob psk_bytes(const struct blob *key)
{
	struct blob bytes = blob_new(key->len / 2, true);
	size_t i;

	for (i = 0; i < bytes.len * 2; i++) {
		int digit = hex_digit(key->data[i]);
		unsigned value = (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);

		bytes.data[i / 2] = (char)((unsigned char)bytes.data[i / 2] << 4 | value);
	}
	return bytes;
}
