#include "config.h"

#include "pki/crypto.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/fatal.h"
#include "base/i18n.h"
#include "base/secret.h"

/*
 * libcrypto's memory. A private key is copied several times while it is decoded, and not all of
 * these copies are wiped by libcrypto; here everything is when it is given back. A block knows its
 * size for that.
 */
struct block {
	size_t size;
	max_align_t bytes[];
};

static struct block *block_of(void *bytes)
{
	return (struct block *)((char *)bytes - offsetof(struct block, bytes));
}

static void *memory_new(size_t size, const char *file, int line)
{
	struct block *block;

	(void)file;
	(void)line;
	if (size == 0 || size > SIZE_MAX - sizeof *block)
		return NULL;
	block = malloc(sizeof *block + size);
	if (block == NULL)
		fatal(_("out of memory"));
	block->size = size;
	return block->bytes;
}

static void memory_free(void *bytes, const char *file, int line)
{
	struct block *block;

	(void)file;
	(void)line;
	if (bytes == NULL)
		return;
	block = block_of(bytes);
	secret_wipe(bytes, block->size);
	free(block);
}

static void *memory_resize(void *bytes, size_t size, const char *file, int line)
{
	void *moved = memory_new(size, file, line);

	if (bytes != NULL) {
		size_t old = block_of(bytes)->size;

		if (moved == NULL && size != 0)
			return NULL;
		if (moved != NULL)
			memcpy(moved, bytes, old < size ? old : size);
		memory_free(bytes, file, line);
	}
	return moved;
}

void crypto_sha256(const void *bytes, size_t len, unsigned char hash[32])
{
	if (EVP_Digest(bytes, len, hash, NULL, EVP_sha256(), NULL) != 1)
		fatal(_("OpenSSL cannot compute SHA-256"));
}

static void fingerprint(const void *secret, size_t len, const void *salt, size_t salt_len,
			char text[9])
{
	unsigned char hash[EVP_MAX_MD_SIZE];

	if (salt_len > INT_MAX ||
	    HMAC(EVP_sha256(), salt, (int)salt_len, secret, len, hash, NULL) == NULL)
		fatal(_("OpenSSL cannot compute SHA-256"));
	snprintf(text, 9, "%02x%02x%02x%02x", hash[0], hash[1], hash[2], hash[3]);
	secret_wipe(hash, sizeof hash);
}

static bool random_bytes(void *bytes, size_t len, struct error *err)
{
	if (len <= INT_MAX && RAND_priv_bytes(bytes, (int)len) == 1)
		return true;
	secret_wipe(bytes, len);
	ERR_clear_error();
	return error_set(err, ERROR_IO, _("OpenSSL has no randomness to make a key from"));
}

static const struct pki table = {
	.size = sizeof table,
	.version = PACKAGE_VERSION,
	.cert_read = crypto_cert_read,
	.key_read = crypto_key_read,
	.crl_read = crypto_crl_read,
	.cert_signed_by = crypto_cert_signed_by,
	.crl_signed_by = crypto_crl_signed_by,
	.random = random_bytes,
	.sha256 = crypto_sha256,
	.fingerprint = fingerprint,
};

const struct pki *crypto_open(struct error *err)
{
	/*
	 * Refused where libcrypto has given out memory before, to a name service perhaps. What it
	 * wipes by itself then has to do.
	 */
	CRYPTO_set_mem_functions(memory_new, memory_resize, memory_free);
	/* No openssl.cnf: it could name modules to load, and the environment could name it. */
	if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) != 1) {
		error_set(err, ERROR_IO, _("OpenSSL cannot be started"));
		return NULL;
	}
	return &table;
}
