/* ipseckeys: which security associations a file adds, deletes and updates, in its order. */
#include "config.h"

#include "formats/ipseckeys/pairs.h"

#include "base/xalloc.h"

static void problem(const struct manual_builder *b, enum manual_problem code, struct span at,
		    uint32_t arg)
{
	if (b->problems != NULL)
		problem_add(b->problems, code, 0, at, arg);
}

static struct manual_end make_end(const struct manual_item *item,
				  const struct manual_address *address, enum manual_word port)
{
	return (struct manual_end){ .family = address->range.family,
				    .ip = address->range.first,
				    .name = item->doc->blob.data + address->name.off,
				    .len = address->name.len,
				    .port = (uint16_t)manual_number(item, port) };
}

static void add_sa(struct manual_builder *b, const struct manual_item *item)
{
	const struct doc *doc = item->doc;
	const struct manual_field *pair = manual_find(item, MANUAL_PAIR_SPI);
	struct manual_pairs *pairs = b->pairs;
	struct manual_sa sa = { .entry = item->entry,
				.off = doc->tokens[doc->entries[item->entry].tok].off,
				.command = item->command,
				.type = item->sa_type,
				.spi = item->spi,
				.pair_spi = pair != NULL && pair->good ? item->pair_spi : 0,
				.src = make_end(item, &item->src, MANUAL_SPORT),
				.dst = make_end(item, &item->dst, MANUAL_DPORT),
				.auth_key = item->auth_key,
				.encr_key = item->encr_key,
				.gone = MANUAL_NEVER };

	if (pair != NULL && pair->good)
		sa.pair_at = manual_unquoted(doc, pair->arg);
	sa.flushed = b->flushes[sa.type == MANUAL_ESP];
	if (manual_end_is_known(&sa.dst))
		VEC_PUSH(pairs->sas, pairs->count, pairs->cap, sa);
}

static void flush(struct manual_builder *b, const struct manual_item *item)
{
	if (item->sa_type != MANUAL_ESP)
		b->flushes[0]++;
	if (item->sa_type != MANUAL_AH)
		b->flushes[1]++;
}

static bool names_sa(const struct manual_item *item)
{
	return item->spi != 0 && (item->sa_type == MANUAL_AH || item->sa_type == MANUAL_ESP);
}

/* Whether the digits that follow the command make a key of the length that its algorithm wants. */
static void check_rest(const struct manual_builder *b, const struct manual_item *item)
{
	const struct doc *doc = item->doc;
	uint32_t i = item->entry + 1, last = manual_last_key(doc, &doc->entries[item->entry]);
	enum manual_word name =
		last != 0 ? manual_word_canonical(doc->tokens[last - 1].word) : MANUAL_NO_WORD;
	const struct manual_key *key = name == MANUAL_AUTHKEY ? &item->auth_key : &item->encr_key;
	const struct ipsec_alg *alg = name == MANUAL_AUTHKEY ? item->auth_alg : item->encr_alg;
	uint64_t digits = key->text.len, reserved = manual_number(item, MANUAL_RESERVED_BITS);
	struct span at;
	bool whole;

	if (i >= doc->nentries || doc->entries[i].kind != MANUAL_ENTRY_KEY_REST)
		return;
	at = doc_span(doc, doc->entries[i].tok, doc->entries[i].end);
	whole = alg != NULL &&
		manual_key_fits(alg, key->bits, name == MANUAL_ENCRKEY ? reserved : 0);
	for (; i < doc->nentries && doc->entries[i].kind == MANUAL_ENTRY_KEY_REST; i++)
		digits += doc->tokens[doc->entries[i].tok].len;
	problem(b, whole ? MANUAL_PROBLEM_COMMAND_UNKNOWN : MANUAL_PROBLEM_KEY_BROKEN, at,
		(uint32_t)((digits + 1) / 2 * 8));
}

void manual_collect(struct manual_builder *b)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	const struct doc *doc = b->pairs->doc;
	bool ended = false;
	uint32_t i;

	for (i = 0; i < doc->nentries; i++) {
		const struct entry *e = &doc->entries[i];

		if (e->kind != MANUAL_ENTRY_COMMAND)
			continue;
		manual_read(doc, i, &item, NULL);
		check_rest(b, &item);
		if (ended || (e->flags & MANUAL_ENTRY_UNFINISHED) != 0)
			continue;
		if (item.command == MANUAL_FLUSH) {
			flush(b, &item);
		} else if (item.command == MANUAL_QUIT) {
			ended = true;
			if (i + 1 < doc->nentries)
				problem(b, MANUAL_PROBLEM_AFTER_QUIT, doc_span(doc, e->tok, e->end),
					0);
		} else if (names_sa(&item)) {
			add_sa(b, &item);
		}
	}
	manual_item_release(&item);
}
