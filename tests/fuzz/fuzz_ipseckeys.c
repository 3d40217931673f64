/*
 * ipseckeys: tokens, commands, keys, pairs, edits; no key is shown, and what is shown of a span is
 * what is shown of the whole.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "formats/ipseckeys/file.h"
#include "tests/tools/lossless.h"

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
	fprintf(stderr, "ipseckeys: %s\n", what);
	abort();
}

static void check_key(const struct manual_key *key, const struct hidden *hidden)
{
	uint32_t i;

	for (i = 0; i < key->text.len; i++)
		if (!hidden->bytes[key->text.off + i])
			fail("a key is shown");
}

/* Who has a partner is that one's. */
static void check_partner(const struct doc *doc, const struct manual_pairs *pairs, uint32_t entry)
{
	uint32_t partner = manual_partner(pairs, entry);

	if (partner < doc->nentries && manual_partner(pairs, partner) != entry)
		fail("a partner who has another one");
}

static void check_commands(const struct doc *doc, const struct hidden *hidden)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	struct manual_pairs *pairs = manual_pairs_new(doc, NULL);
	uint32_t i, j;

	for (i = 0; i < doc->nentries; i++) {
		const struct entry *e = &doc->entries[i];

		check_partner(doc, pairs, i);
		for (j = e->tok; e->kind != MANUAL_ENTRY_COMMAND && j < e->end; j++)
			if (doc->tokens[j].len > 1)
				check_key(&(struct manual_key){ .text = doc_span(doc, j, j + 1) },
					  hidden);
		if (e->kind != MANUAL_ENTRY_COMMAND)
			continue;
		manual_read(doc, i, &item, NULL);
		check_key(&item.auth_key, hidden);
		check_key(&item.encr_key, hidden);
	}
	manual_item_release(&item);
	manual_pairs_free(pairs);
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
	struct doc *doc = doc_new(&ipseckeys_format, blob_copy(bytes, len, true));
	uint32_t seed = fuzz_seed(bytes, len), size = (uint32_t)len, round;
	struct hidden whole;

	find_hidden(doc, (struct span){ 0, size }, &whole);
	check_commands(doc, &whole);
	for (round = 0; round < 4; round++) {
		uint32_t off = lossless_random(&seed) % (size + 1);

		check_span(doc, &whole,
			   (struct span){ off, lossless_random(&seed) % (size - off + 1) });
	}
	free(whole.bytes);
	doc_free(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	fuzz_format(&ipseckeys_format, bytes, len);
	check_secrets(bytes, len);
	return 0;
}
