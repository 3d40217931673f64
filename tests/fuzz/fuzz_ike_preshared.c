/*
 * ike.preshared: tokens, entries, keys, edits; and what is shown of a span is what is shown of the
 * whole, so that no part of a key appears when a file is looked at piece by piece.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/ike_preshared/file.h"

struct hidden {
	unsigned char *bytes; /* one for each of the document: whether it is hidden */
	size_t len;
};

static void hide(void *ctx, struct span span)
{
	struct hidden *hidden = ctx;
	size_t i;

	for (i = span.off; i < (size_t)span.off + span.len && i < hidden->len; i++)
		hidden->bytes[i] = 1;
}

static void find_hidden(const struct doc *doc, struct span range, struct hidden *hidden)
{
	hidden->len = doc->blob.len;
	hidden->bytes = calloc(hidden->len + 1, 1);
	if (hidden->bytes == NULL)
		abort();
	doc->format->secrets(doc, range, hide, hidden);
}

static void fail(const char *what)
{
	fprintf(stderr, "ike-preshared: %s\n", what);
	abort();
}

static void check_keys_are_hidden(const struct doc *doc, const struct hidden *hidden)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	uint32_t i, j;

	for (i = 0; i < doc->nentries; i++) {
		if (doc->entries[i].kind != PRESHARED_ENTRY_KEY)
			continue;
		preshared_read(doc, i, &item, NULL);
		for (j = 0; j < item.key.text.len; j++)
			if (!hidden->bytes[item.key.text.off + j])
				fail("a key is shown");
	}
	preshared_item_release(&item);
}

static void check_span(const struct doc *doc, const struct hidden *whole, struct span range)
{
	struct hidden part;
	uint32_t i;

	find_hidden(doc, range, &part);
	for (i = range.off; i < range.off + range.len; i++)
		if (whole->bytes[i] && !part.bytes[i])
			fail("a part of the file shows what the whole file hides");
	free(part.bytes);
}

static void check_secrets(const uint8_t *bytes, size_t len)
{
	struct doc *doc = doc_new(&preshared_format, blob_copy(bytes, len, true));
	uint32_t seed = fuzz_seed(bytes, len), size = (uint32_t)len, round;
	struct hidden whole;

	find_hidden(doc, (struct span){ 0, size }, &whole);
	check_keys_are_hidden(doc, &whole);
	for (round = 0; round < 4; round++) {
		uint32_t off = seed % (size + 1);

		seed = seed * 1664525u + 1013904223u;
		check_span(doc, &whole, (struct span){ off, seed % (size - off + 1) });
		seed = seed * 1664525u + 1013904223u;
	}
	free(whole.bytes);
	doc_free(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	fuzz_format(&preshared_format, bytes, len);
	check_secrets(bytes, len);
	return 0;
}
