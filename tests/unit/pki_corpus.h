/* Files of tests/corpus/pki, for the tests of src/pki. */
#ifndef TESTS_PKI_CORPUS_H
#define TESTS_PKI_CORPUS_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "pki/pki.h"

struct sample {
	unsigned char *bytes;
	size_t len;
};

static inline struct sample sample_read(const char *name)
{
	struct sample s = { xmalloc(1 << 20), 0 };
	char path[4096];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", CORPUS, name);
	f = fopen(path, "rb");
	cr_assert_not_null(f, "cannot open '%s'", path);
	s.len = fread(s.bytes, 1, 1 << 20, f);
	fclose(f);
	return s;
}

static inline void sample_free(struct sample s)
{
	free(s.bytes);
}

static inline const struct pki *table(void)
{
	struct error err = ERROR_INIT;
	const struct pki *pki = pki_open(&err);

	cr_assert_not_null(pki, "%s", err.text);
	return pki;
}

static inline struct pki_cert cert_row(const char *name)
{
	struct sample s = sample_read(name);
	struct pki_cert row;

	table()->cert_read(s.bytes, s.len, &row);
	sample_free(s);
	return row;
}

static inline struct pki_key key_row(const char *name)
{
	struct sample s = sample_read(name);
	struct pki_key row;

	table()->key_read(s.bytes, s.len, &row);
	sample_free(s);
	return row;
}

static inline struct pki_crl crl_row(const char *name)
{
	struct sample s = sample_read(name);
	struct pki_crl row;

	table()->crl_read(s.bytes, s.len, &row);
	sample_free(s);
	return row;
}

static inline void hex(const unsigned char *bytes, size_t len, char *text)
{
	size_t i;

	for (i = 0; i < len; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
}

#endif
