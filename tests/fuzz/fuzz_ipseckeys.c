/*
 * ipseckeys: tokens, commands, keys, pairs, edits; no key is shown, and what is shown of a span is
 * what is shown of the whole.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include "formats/ipseckeys/file.h"

static void fail(const char *what)
{
	fuzz_fail("ipseckeys", what);
}

static void check_key(const struct manual_key *key, const bool *hidden)
{
	uint32_t i;

	for (i = 0; i < key->text.len; i++)
		if (!hidden[key->text.off + i])
			fail("a key is shown");
}

/* Who has a partner is that one's. */
static void check_partner(const struct doc *doc, const struct manual_pairs *pairs, uint32_t entry)
{
	uint32_t partner = manual_partner(pairs, entry);

	if (partner < doc->nentries && manual_partner(pairs, partner) != entry)
		fail("a partner who has another one");
}

static void check_commands(const struct doc *doc, const bool *hidden)
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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	fuzz_format(&ipseckeys_format, bytes, len);
	fuzz_secrets(&ipseckeys_format, bytes, len, check_commands);
	return 0;
}
