/*
 * The fuzzers' common part: any bytes at all, read as a file of a format, must come out as they
 * went in, crash nothing, and survive edits that the bytes themselves choose.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "doc/doc.h"

/* What libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Aborts where the reader or an edit does not keep what it should. */
void fuzz_format(const struct format *format, const uint8_t *bytes, size_t len);

/* A number that depends on every byte. */
uint32_t fuzz_seed(const uint8_t *bytes, size_t len);

#endif
