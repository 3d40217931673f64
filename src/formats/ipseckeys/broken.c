/* ipseckeys: keys that were broken into pieces, by a line end or a blank within them. */
#include "config.h"

#include "formats/ipseckeys/scan.h"

static bool is_digits(const struct doc *doc, uint32_t tok)
{
	const struct token *t = &doc->tokens[tok];

	return t->kind == TOKEN_WORD && t->word == 0 && manual_is_hex(doc, tok);
}

/* The pieces behind the key within its command. False where something else is among them. */
static bool find_within(const struct doc *doc, const struct entry *e, uint32_t tok,
			struct manual_broken *broken)
{
	bool good = true;

	broken->rest = tok;
	for (; tok < e->end && !manual_is_extension(doc->tokens[tok].word); tok++) {
		if (manual_is_backslash(doc, tok))
			continue;
		good = good && is_digits(doc, tok);
		broken->digits += doc->tokens[tok].len;
		broken->last = tok;
	}
	return good;
}

bool manual_has_rest(const struct doc *doc, uint32_t entry)
{
	return entry + 1 < doc->nentries && doc->entries[entry + 1].kind == MANUAL_ENTRY_KEY_REST;
}

/* The lines of digits behind the command. */
static void find_behind(const struct doc *doc, uint32_t entry, struct manual_broken *broken)
{
	broken->rest = doc->entries[entry + 1].tok;
	while (++entry < doc->nentries && doc->entries[entry].kind == MANUAL_ENTRY_KEY_REST) {
		broken->last = doc->entries[entry].tok;
		broken->digits += doc->tokens[broken->last].len;
	}
}

static bool fits(const struct manual_item *item, enum manual_word name, uint64_t bits)
{
	const struct ipsec_alg *alg = name == MANUAL_AUTHKEY ? item->auth_alg : item->encr_alg;
	uint64_t reserved = name == MANUAL_ENCRKEY ? manual_number(item, MANUAL_RESERVED_BITS) : 0;

	return alg != NULL && manual_key_fits(alg, bits, reserved);
}

/* Whether a key's digits go to the end of its word: no length behind them. */
static bool is_open(const struct doc *doc, uint32_t tok, const struct manual_key *key)
{
	const struct token *t = &doc->tokens[tok];

	return key->text.off + key->text.len + (t->kind == TOKEN_STRING) == t->off + t->len;
}

bool manual_find_broken(const struct manual_item *item, enum manual_word name,
			struct manual_broken *broken)
{
	const struct manual_field *f = manual_find(item, name);
	const struct manual_key *key = name == MANUAL_AUTHKEY ? &item->auth_key : &item->encr_key;
	const struct doc *doc = item->doc;
	const struct entry *e = &doc->entries[item->entry];
	bool good = true;
	uint32_t rest;

	if (f == NULL || key->text.len == 0)
		return false;
	for (rest = f->end; rest < e->end && manual_is_backslash(doc, rest);)
		rest++;
	*broken = (struct manual_broken){ .digits = key->text.len };
	if (rest < e->end && is_digits(doc, rest))
		good = find_within(doc, e, rest, broken);
	else if (f->end == e->end && manual_has_rest(doc, item->entry) &&
		 !fits(item, name, key->bits))
		find_behind(doc, item->entry, broken);
	else
		return false;
	if (good && is_open(doc, f->arg, key)) {
		const struct token *last = &doc->tokens[broken->last];

		broken->key.text.off = key->text.off;
		broken->key.text.len = last->off + last->len - key->text.off;
		broken->key.bits = (uint32_t)((broken->digits + 1) / 2 * 8);
		broken->fits = broken->digits % 2 == 0 && fits(item, name, broken->key.bits);
	}
	return true;
}
