/*
 * The fuzzers' common part: any bytes at all, read as a file of a format, must come out as they
 * went in, crash nothing, and survive edits that the bytes themselves choose.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "doc/doc.h"

/* What libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Aborts where the reader or an edit does not keep what it should. */
void fuzz_format(const struct format *format, const uint8_t *bytes, size_t len);

/*
 * The same for a format with secrets: aborts where a part of the file shows what the whole file
 * hides. CHECK looks at the document and at its bytes, of which HIDDEN says whether each is hidden.
 */
void fuzz_secrets(const struct format *format, const uint8_t *bytes, size_t len,
		  void (*check)(const struct doc *doc, const bool *hidden));

/* Aborts with a sentence. */
void fuzz_fail(const char *who, const char *what);

/* A number that depends on every byte. */
uint32_t fuzz_seed(const uint8_t *bytes, size_t len);

#endif
