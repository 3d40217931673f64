/*
 * No byte of a private key stays in memory once its row is made. A program of its own: libraries
 * of the test framework use libcrypto before the tests do, which then has its own memory.
 */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "pki/pki.h"

enum { PIECE = 12, MASK = 0x5a };

/* With AddressSanitizer most of a process's memory is a map of the rest that cannot be read. */
#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif

/* A piece of the key, masked, so that it is not found in the search's own memory. */
struct wanted {
	unsigned char forward[PIECE], backward[PIECE];
};

static bool is_at(const unsigned char *p, const unsigned char *masked)
{
	size_t i;

	for (i = 0; i < PIECE; i++)
		if ((p[i] ^ MASK) != masked[i])
			return false;
	return true;
}

/* How often the piece is in the memory that this process may write. -1: it cannot be told. */
static int count(const struct wanted *wanted)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512], mode[5];
	unsigned long from, to;
	int found = 0;

#ifdef WITH_ASAN
	if (maps != NULL)
		fclose(maps);
	maps = NULL;
#endif
	if (maps == NULL)
		return -1;
	while (fgets(line, sizeof line, maps) != NULL) {
		const unsigned char *p;

		if (sscanf(line, "%lx-%lx %4s", &from, &to, mode) != 3 || mode[0] != 'r' ||
		    mode[1] != 'w')
			continue;
		for (p = (const unsigned char *)from; p + PIECE <= (const unsigned char *)to; p++)
			found += is_at(p, wanted->forward) || is_at(p, wanted->backward);
	}
	fclose(maps);
	return found;
}

/* Reads a file without a buffer that would keep its bytes. */
static unsigned char *read_secret(const char *name, size_t *len)
{
	unsigned char *bytes = secret_alloc(65536);
	char path[4096];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", CORPUS, name);
	f = fopen(path, "rb");
	if (f == NULL)
		return NULL;
	setvbuf(f, NULL, _IONBF, 0);
	*len = fread(bytes, 1, 65536, f);
	fclose(f);
	return bytes;
}

/* Takes PIECE bytes at OFF of a key in DER, where its secret is. */
static bool take_piece(const char *name, size_t off, struct wanted *wanted)
{
	size_t len, i;
	unsigned char *bytes = read_secret(name, &len);

	if (bytes == NULL || off + PIECE > len)
		return false;
	for (i = 0; i < PIECE; i++) {
		wanted->forward[i] = bytes[off + i] ^ MASK;
		wanted->backward[PIECE - 1 - i] = bytes[off + i] ^ MASK;
	}
	secret_free(bytes, 65536);
	return true;
}

static int check(const struct pki *pki, const char *name, const struct wanted *wanted)
{
	size_t len;
	unsigned char *bytes = read_secret(name, &len);
	struct pki_key row;
	int found;

	if (bytes == NULL)
		return 1;
	pki->key_read(bytes, len, &row);
	secret_free(bytes, 65536);
	found = count(wanted);
	if (found > 0 || row.head.state != PKI_OK)
		fprintf(stderr, "%s: %s, found %d times\n", name, pki_state_name(row.head.state),
			found);
	pki_key_release(&row);
	return found > 0 || row.head.state != PKI_OK;
}

static int skipped(void)
{
	puts("skipped: this process cannot look at all of its memory");
	return 77;
}

int main(void)
{
	/* Where the secret number of each key is, in its DER. */
	static const struct {
		const char *der, *files[3];
		size_t off;
	} keys[] = {
		{ "host-pkcs1.der", { "host-pkcs1.der", "host-key.pem", "host-pkcs1.pem" }, 170 },
		{ "ec-key.der", { "ec-key.der", "ec-key.pem" }, 45 },
		{ "dsa-key.der", { "dsa-key.der", "dsa-key.pem" }, 445 },
		{ "ed25519-key.der", { "ed25519-key.der" }, 24 },
	};
	struct error err = ERROR_INIT;
	const struct pki *pki = pki_open(&err);
	struct wanted wanted;
	int failed = 0;
	size_t i, j;

	if (pki == NULL)
		return 1;
	for (i = 0; i < sizeof keys / sizeof *keys; i++) {
		unsigned char *proof;
		size_t len;

		if (!take_piece(keys[i].der, keys[i].off, &wanted))
			return 1;
		if (count(&wanted) < 0)
			return skipped();
		proof = read_secret(keys[i].der, &len);
		if (count(&wanted) != 1) { /* the search must find what is there */
			fprintf(stderr, "%s: the search does not work\n", keys[i].der);
			return 1;
		}
		secret_free(proof, 65536);
		for (j = 0; j < 3 && keys[i].files[j] != NULL; j++)
			failed += check(pki, keys[i].files[j], &wanted);
	}
	return failed != 0;
}
