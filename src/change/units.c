#include "config.h"

#include "change/units.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/secret.h"
#include "base/sort.h"
#include "base/xalloc.h"
#include "doc/edit.h"
#include "formats/ike_config/file.h"
#include "formats/ike_preshared/file.h"
#include "formats/ipsecinit/file.h"
#include "formats/ipseckeys/file.h"

bool unit_key_equal(const struct unit_key *a, const struct unit_key *b)
{
	return a->a == b->a && a->b == b->b;
}

static void mix(struct unit_key *key, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	for (; len > 0; len--, p++) {
		key->a = (key->a ^ *p) * 0x100000001b3u;
		key->b = (key->b + *p + 1) * 0x9e3779b97f4a7c15u;
		key->b ^= key->b >> 31;
	}
}

/* Nothing of one kind is ever the same as something of another one. */
static struct unit_key key_begin(char kind)
{
	struct unit_key key = { 0xcbf29ce484222325u, 0x84222325cbf29ce4u };

	mix(&key, &kind, 1);
	return key;
}

static void mix_range(struct unit_key *key, const struct ip_range *range)
{
	const uint64_t words[5] = { range->family, range->first.high, range->first.low,
				    range->last.high, range->last.low };

	mix(key, words, sizeof words);
}

static bool rule_key(const struct doc *doc, uint32_t entry, struct ike_item *item,
		     struct unit_key *key)
{
	const struct ike_stmt *s;
	struct strbuf label = STRBUF_INIT;

	ike_read_rule(doc, entry, item, NULL);
	s = ike_find(item, IKE_LABEL);
	if (s == NULL || !s->good)
		return false;
	ike_unquote(doc, s, &label);
	*key = key_begin('r');
	mix(key, label.buf, label.len);
	strbuf_release(&label);
	return true;
}

static bool global_key(const struct doc *doc, const struct entry *e, struct unit_key *key)
{
	uint32_t i;

	if (e->word == IKE_NO_WORD || e->word >= IKE_KEYWORD_COUNT)
		return false;
	*key = key_begin('g');
	mix(key, &e->word, sizeof e->word);
	/* Where each one counts, another value is another item. */
	for (i = e->tok + 1; ike_words[e->word].repeat == IKE_ADDS_UP && i < e->end; i++) {
		mix(key, doc_text(doc, i), doc->tokens[i].len);
		mix(key, " ", 1);
	}
	return true;
}

static bool psk_key(const struct doc *doc, uint32_t entry, struct preshared_item *item,
		    struct unit_key *key)
{
	preshared_read(doc, entry, item, NULL);
	if (item->local.range.family == IP_NONE || item->remote.range.family == IP_NONE)
		return false;
	*key = key_begin('k');
	mix_range(key, &item->local.range);
	mix_range(key, &item->remote.range);
	return true;
}

static bool command_key(const struct doc *doc, uint32_t entry, struct manual_item *item,
			struct unit_key *key)
{
	const struct manual_address *dst = &item->dst;

	manual_read(doc, entry, item, NULL);
	if (item->command == 0 || item->sa_type == 0 || item->spi == 0 ||
	    (dst->range.family == IP_NONE && dst->name.len == 0))
		return false;
	*key = key_begin('c');
	mix(key, &item->command, sizeof item->command);
	mix(key, &item->sa_type, sizeof item->sa_type);
	mix(key, &item->spi, sizeof item->spi);
	mix_range(key, &dst->range);
	mix(key, doc->blob.data + dst->name.off, dst->name.len);
	return true;
}

/* What reads the entries of a file; the same one for all of them. */
struct reader {
	struct ike_item ike;
	struct preshared_item psk;
	struct manual_item manual;
};

static bool named_key(const struct doc *doc, uint32_t entry, struct reader *reader,
		      struct unit_key *key)
{
	const struct entry *e = &doc->entries[entry];

	if (doc->format == &ike_config_format && e->kind == IKE_ENTRY_RULE)
		return rule_key(doc, entry, &reader->ike, key);
	if (doc->format == &ike_config_format && e->kind == IKE_ENTRY_GLOBAL)
		return global_key(doc, e, key);
	if (doc->format == &preshared_format && e->kind == PRESHARED_ENTRY_KEY)
		return psk_key(doc, entry, &reader->psk, key);
	if (doc->format == &ipseckeys_format && e->kind == MANUAL_ENTRY_COMMAND)
		return command_key(doc, entry, &reader->manual, key);
	return false;
}

static void set_place(const struct doc *doc, const struct entry *e, struct unit *unit)
{
	uint32_t off, stop, next;

	unit->tokens = unit->at = doc_span(doc, e->tok, e->end);
	off = unit->at.off;
	stop = off + unit->at.len;
	next = edit_next_line(doc, stop);
	if (edit_indent(doc, off).len != off - doc_line(doc, off).off ||
	    (e->end < doc->ntokens && doc->tokens[e->end].off < next))
		return;
	unit->at.off = doc_line(doc, off).off;
	unit->at.len = next - unit->at.off;
}

/* Sorts the items by their identity; those with the same one stay in the file's order. */
static void sort_units(struct units *units)
{
	struct sorted {
		uint64_t a, b, item;
	} *items = xmalloc((units->count + 1) * sizeof *items),
	  *scratch = xmalloc((units->count + 1) * sizeof *scratch);
	static const struct sorted all = { UINT64_MAX, UINT64_MAX, UINT64_MAX };
	size_t i;

	units->order = xmalloc((units->count + 1) * sizeof *units->order);
	for (i = 0; i < units->count; i++)
		items[i] = (struct sorted){ units->items[i].key.a, units->items[i].key.b, i };
	sort_words(items, scratch, units->count, 3, &all);
	for (i = 0; i < units->count; i++) {
		struct unit *unit = &units->items[items[i].item];

		units->order[i] = (uint32_t)items[i].item;
		if (i > 0 && unit_key_equal(&units->items[units->order[i - 1]].key, &unit->key))
			unit->rank = units->items[units->order[i - 1]].rank + 1;
	}
	/* The text of a key is its identity where its ends are not understood. */
	secret_wipe(items, units->count * sizeof *items);
	secret_wipe(scratch, units->count * sizeof *scratch);
	free(items);
	free(scratch);
}

void units_cut(struct units *units, const struct doc *doc)
{
	struct reader reader = { IKE_ITEM_INIT, PRESHARED_ITEM_INIT, MANUAL_ITEM_INIT };
	uint32_t i;

	*units = (struct units){ .doc = doc };
	/* All the room at once: what grows leaves a copy behind. */
	if (doc != NULL && doc->nentries > 0) {
		units->cap = doc->nentries;
		units->items = xmalloc(units->cap * sizeof *units->items);
	}
	for (i = 0; doc != NULL && i < doc->nentries; i++) {
		struct unit unit = { .entry = i, .text = key_begin('t') };

		set_place(doc, &doc->entries[i], &unit);
		mix(&unit.text, doc->blob.data + unit.tokens.off, unit.tokens.len);
		unit.has_name = named_key(doc, i, &reader, &unit.key);
		if (!unit.has_name)
			unit.key = unit.text;
		VEC_PUSH(units->items, units->count, units->cap, unit);
	}
	ike_item_release(&reader.ike);
	preshared_item_release(&reader.psk);
	manual_item_release(&reader.manual);
	sort_units(units);
}

void units_release(struct units *units)
{
	secret_wipe(units->items, units->count * sizeof *units->items);
	free(units->items);
	free(units->order);
	*units = (struct units){ 0 };
}

size_t units_find(const struct units *units, const struct unit_key *key, size_t *first)
{
	size_t low = 0, high = units->count, end;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const struct unit_key *k = &units->items[units->order[mid]].key;

		if (k->a < key->a || (k->a == key->a && k->b < key->b))
			low = mid + 1;
		else
			high = mid;
	}
	*first = low;
	for (end = low;
	     end < units->count && unit_key_equal(&units->items[units->order[end]].key, key); end++)
		;
	return end - low;
}

size_t units_behind(const struct units *units, uint32_t off)
{
	size_t low = 0, high = units->count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (units->items[mid].at.off + units->items[mid].at.len <= off)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t units_from(const struct units *units, uint32_t off)
{
	size_t low = 0, high = units->count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (units->items[mid].tokens.off < off)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void name_rule(const struct doc *doc, const struct unit *unit, struct strbuf *sb)
{
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf label = STRBUF_INIT, safe = STRBUF_INIT;

	ike_read_rule(doc, unit->entry, &item, NULL);
	if (unit->has_name)
		ike_unquote(doc, ike_find(&item, IKE_LABEL), &label);
	print_add(&safe, label.buf, label.len);
	if (unit->has_name)
		strbuf_addf(sb, _("rule '%s'"), safe.buf);
	else
		strbuf_addstr(sb, _("a rule without a label"));
	ike_item_release(&item);
	strbuf_release(&label);
	strbuf_release(&safe);
}

static void name_psk(const struct doc *doc, const struct unit *unit, struct strbuf *sb)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct strbuf local = STRBUF_INIT, remote = STRBUF_INIT;

	preshared_read(doc, unit->entry, &item, NULL);
	if (unit->has_name) {
		ip_range_print(&local, &item.local.range);
		ip_range_print(&remote, &item.remote.range);
		strbuf_addf(sb, _("key %s,%s"), local.buf, remote.buf);
	} else {
		strbuf_addstr(sb, _("a key whose ends are not understood"));
	}
	preshared_item_release(&item);
	strbuf_release(&local);
	strbuf_release(&remote);
}

static void name_command(const struct doc *doc, const struct unit *unit, struct strbuf *sb)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	struct strbuf dst = STRBUF_INIT;

	manual_read(doc, unit->entry, &item, NULL);
	if (!unit->has_name) {
		strbuf_addf(sb, _("command '%s'"),
			    item.command != 0 ? manual_words[item.command].name : "?");
	} else {
		if (item.dst.name.len > 0)
			print_add(&dst, doc->blob.data + item.dst.name.off, item.dst.name.len);
		else
			ip_range_print(&dst, &item.dst.range);
		strbuf_addf(sb, _("manual SA %s/%u/%s"), manual_words[item.sa_type].name, item.spi,
			    dst.buf);
	}
	manual_item_release(&item);
	strbuf_release(&dst);
}

void unit_name(const struct doc *doc, const struct unit *unit, struct strbuf *sb)
{
	const struct entry *e = &doc->entries[unit->entry];

	if (doc->format == &ike_config_format && e->kind == IKE_ENTRY_RULE)
		name_rule(doc, unit, sb);
	else if (doc->format == &ike_config_format && e->kind == IKE_ENTRY_GLOBAL && unit->has_name)
		strbuf_addf(sb, _("parameter %s"), ike_words[e->word].name);
	else if (doc->format == &preshared_format && e->kind == PRESHARED_ENTRY_KEY)
		name_psk(doc, unit, sb);
	else if (doc->format == &ipsecinit_format && e->kind == POLICY_ENTRY_POLICY)
		strbuf_addstr(sb, _("a policy"));
	else if (doc->format == &ipseckeys_format && e->kind == MANUAL_ENTRY_COMMAND)
		name_command(doc, unit, sb);
	else
		strbuf_addstr(sb, _("text that is not understood"));
}
