#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/tools/lossless.h"

uint32_t fuzz_seed(const uint8_t *bytes, size_t len)
{
	uint32_t hash = 2166136261u;
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ bytes[i]) * 16777619u;
	return hash;
}

void fuzz_fail(const char *who, const char *what)
{
	fprintf(stderr, "%s: %s\n", who, what);
	abort();
}

void fuzz_format(const struct format *format, const uint8_t *bytes, size_t len)
{
	const char *wrong = lossless_check(format, bytes, len);

	if (wrong == NULL)
		wrong = lossless_check_edits(format, bytes, len, fuzz_seed(bytes, len));
	if (wrong != NULL)
		fuzz_fail(format->name, wrong);
}

static void hide(void *ctx, struct span span)
{
	bool *hidden = ctx;

	memset(hidden + span.off, true, span.len);
}

static bool *find_hidden(const struct doc *doc, struct span range)
{
	bool *hidden = xcalloc(doc->blob.len + 1, sizeof *hidden);

	doc->format->secrets(doc, range, hide, hidden);
	return hidden;
}

static void check_span(const struct doc *doc, const bool *hidden, struct span range)
{
	bool *part = find_hidden(doc, range);
	uint32_t i;

	for (i = range.off; i < range.off + range.len; i++)
		if (hidden[i] && !part[i])
			fuzz_fail(doc->format->name,
				  "a part of the file shows what the whole file hides");
	free(part);
}

void fuzz_secrets(const struct format *format, const uint8_t *bytes, size_t len,
		  void (*check)(const struct doc *doc, const bool *hidden))
{
	struct doc *doc = doc_new(format, blob_copy(bytes, len, true));
	uint32_t seed = fuzz_seed(bytes, len), size = (uint32_t)len, round;
	bool *hidden = find_hidden(doc, (struct span){ 0, size });

	check(doc, hidden);
	for (round = 0; round < 4; round++) {
		uint32_t off = lossless_random(&seed) % (size + 1);

		check_span(doc, hidden,
			   (struct span){ off, lossless_random(&seed) % (size - off + 1) });
	}
	free(hidden);
	doc_free(doc);
}
