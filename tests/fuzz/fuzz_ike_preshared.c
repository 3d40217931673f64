/*
 * ike.preshared: tokens, entries, keys, edits; and what is shown of a span is what is shown of the
 * whole, so that no part of a key appears when a file is looked at piece by piece.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include "formats/ike_preshared/file.h"

static void fail(const char *what)
{
	fuzz_fail("ike-preshared", what);
}

static void check_keys_are_hidden(const struct doc *doc, const bool *hidden)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	uint32_t i, j;

	for (i = 0; i < doc->nentries; i++) {
		if (doc->entries[i].kind != PRESHARED_ENTRY_KEY)
			continue;
		preshared_read(doc, i, &item, NULL);
		for (j = 0; j < item.key.text.len; j++)
			if (!hidden[item.key.text.off + j])
				fail("a key is shown");
	}
	preshared_item_release(&item);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	fuzz_format(&preshared_format, bytes, len);
	fuzz_secrets(&preshared_format, bytes, len, check_keys_are_hidden);
	return 0;
}
