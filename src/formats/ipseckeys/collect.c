/* ipseckeys: which security associations a file adds, deletes and updates, in its order. */
#include "config.h"

#include "formats/ipseckeys/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

static bool is_bad(const struct manual_item *item, enum manual_word name)
{
	const struct manual_field *f = manual_find(item, name);

	return f != NULL && !f->good;
}

static bool has_bad_end(const struct manual_item *item)
{
	uint8_t src = item->src.range.family, dst = item->dst.range.family;

	return is_bad(item, MANUAL_SRC) || is_bad(item, MANUAL_SPORT) ||
	       is_bad(item, MANUAL_DPORT) || (src != IP_NONE && dst != IP_NONE && src != dst);
}

/* A key that no command of the tool can hold is nobody's, and takes long to compare. */
static void add_key(struct manual_pairs *pairs, const struct manual_item *item,
		    enum manual_word name)
{
	struct manual_key key = name == MANUAL_AUTHKEY ? item->auth_key : item->encr_key;
	struct manual_broken broken;

	if (manual_find_broken(item, name, &broken))
		key = broken.key;
	if (key.text.len > 0 && key.text.len <= MANUAL_COMMAND_MAX) {
		struct manual_sa_key sa_key = { (uint32_t)pairs->count, key.text.off,
						(uint16_t)key.text.len, (uint16_t)key.bits };

		VEC_PUSH(pairs->keys, pairs->nkeys, pairs->keys_cap, sa_key);
	}
}

static struct manual_side make_side(struct manual_pairs *pairs, const struct manual_item *item,
				    const struct manual_address *address, enum manual_word port)
{
	struct manual_side side = manual_ends_add(&pairs->ends, item->doc, address,
						  (uint16_t)manual_number(item, port));

	pairs->named = pairs->named || side.kind == MANUAL_SIDE_NAME;
	pairs->ported = pairs->ported || side.port != 0;
	return side;
}

static void add_sa(struct manual_pairs *pairs, const struct manual_item *item)
{
	const struct manual_field *pair = manual_find(item, MANUAL_PAIR_SPI);
	struct manual_sa sa = { .entry = item->entry,
				.command = item->command,
				.type = item->sa_type,
				.spi = item->spi,
				.pair_spi = pair != NULL && pair->good ? item->pair_spi : 0,
				.src = make_side(pairs, item, &item->src, MANUAL_SPORT),
				.dst = make_side(pairs, item, &item->dst, MANUAL_DPORT),
				.proto = (uint8_t)manual_number(item, MANUAL_PROTO),
				.tunnel = item->tunnel,
				.unclear = has_bad_end(item),
				.gone = MANUAL_NEVER,
				.partner = MANUAL_NOBODY };

	pairs->paired = pairs->paired || sa.pair_spi != 0;
	add_key(pairs, item, MANUAL_AUTHKEY);
	add_key(pairs, item, MANUAL_ENCRKEY);
	VEC_PUSH(pairs->sas, pairs->count, pairs->cap, sa);
}

static void note(struct manual_events *events, const struct manual_item *item)
{
	VEC_PUSH(events->items, events->count, events->cap, item->entry);
}

static void flush(struct manual_pairs *pairs, const struct manual_item *item)
{
	if (item->sa_type != MANUAL_ESP)
		note(&pairs->flushes[0], item);
	if (item->sa_type != MANUAL_AH)
		note(&pairs->flushes[1], item);
}

/* Whether the command names one security association. */
static bool names_sa(const struct manual_item *item)
{
	return item->spi != 0 && (item->sa_type == MANUAL_AH || item->sa_type == MANUAL_ESP) &&
	       (item->dst.range.family != IP_NONE || item->dst.name.len > 0);
}

/* Whether nobody can tell what the command was to add. A word that is no command at all may have
 * been add. */
static bool is_unclear(const struct manual_item *item)
{
	uint32_t tok = item->doc->entries[item->entry].tok;

	if (item->command == 0)
		return item->doc->tokens[tok].word == 0;
	return item->command == MANUAL_ADD && (!names_sa(item) || has_bad_end(item));
}

struct manual_pairs *manual_pairs_begin(const struct doc *doc)
{
	struct manual_pairs *pairs = xcalloc(1, sizeof *pairs);
	size_t i;

	pairs->doc = doc;
	/* What a comment swallowed may have been a command. */
	for (i = 0; i < doc->nentries; i++)
		pairs->unclear = pairs->unclear || doc->entries[i].kind == MANUAL_ENTRY_OTHER;
	return pairs;
}

void manual_pairs_take(struct manual_pairs *pairs, const struct manual_item *item)
{
	const struct entry *e = &pairs->doc->entries[item->entry];

	if ((e->flags & MANUAL_ENTRY_UNFINISHED) != 0 || is_unclear(item))
		pairs->unclear = true;
	if ((e->flags & MANUAL_ENTRY_UNFINISHED) != 0)
		return;
	if (item->command == MANUAL_FLUSH)
		flush(pairs, item);
	else if (names_sa(item))
		add_sa(pairs, item);
	if (item->command == MANUAL_DELETE_PAIR)
		note(&pairs->deletes[item->sa_type == MANUAL_ESP], item);
}

uint32_t manual_stop(const struct doc *doc)
{
	uint32_t i;

	for (i = 0; i < doc->nentries; i++) {
		const struct entry *e = &doc->entries[i];
		const struct token *t = &doc->tokens[e->tok];

		if (manual_word_canonical(t->word) == MANUAL_QUIT &&
		    e->kind == MANUAL_ENTRY_COMMAND && !(e->flags & MANUAL_ENTRY_UNFINISHED) &&
		    memcmp(doc_text(doc, e->tok), manual_words[t->word].name, t->len) == 0)
			return i + 1;
	}
	return (uint32_t)doc->nentries;
}

struct manual_pairs *manual_pairs_new(const struct doc *doc, struct problems *problems)
{
	struct manual_pairs *pairs = manual_pairs_begin(doc);
	struct manual_item item = MANUAL_ITEM_INIT;
	uint32_t i, stop = manual_stop(doc);

	for (i = 0; i < stop; i++) {
		if (doc->entries[i].kind != MANUAL_ENTRY_COMMAND)
			continue;
		manual_read(doc, i, &item, NULL);
		manual_pairs_take(pairs, &item);
	}
	manual_item_release(&item);
	manual_pairs_finish(pairs, problems);
	return pairs;
}

void manual_check_file(const struct doc *doc, struct problems *problems)
{
	manual_pairs_free(manual_pairs_new(doc, problems));
}

void manual_pairs_free(struct manual_pairs *pairs)
{
	size_t i;

	if (pairs == NULL)
		return;
	for (i = 0; i < ARRAY_SIZE(pairs->flushes); i++) {
		free(pairs->flushes[i].items);
		free(pairs->deletes[i].items);
	}
	free(pairs->sas);
	free(pairs->keys);
	free(pairs->ends.items);
	free(pairs);
}
