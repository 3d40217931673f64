#include "config.h"

#include "base/sha256.h"

#include <nettle/sha2.h>
#include <stdint.h>
#include <string.h>

#include "base/secret.h"

static const char digits[] = "0123456789abcdef";

void sha256_text(const void *bytes, size_t len, char text[SHA256_TEXT])
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx ctx;
	size_t i;

	sha256_init(&ctx);
	sha256_update(&ctx, len, bytes);
	sha256_digest(&ctx, sizeof digest, digest);
	for (i = 0; i < sizeof digest; i++) {
		text[2 * i] = digits[digest[i] >> 4];
		text[2 * i + 1] = digits[digest[i] & 15];
	}
	text[SHA256_DIGITS] = '\0';
	/* It has the last block. */
	secret_wipe(&ctx, sizeof ctx);
}

bool sha256_is_text(const char *text)
{
	return strspn(text, digits) == SHA256_DIGITS;
}
