/* A command of ipseckeys into another one: which of its bytes change. */
#include "config.h"

#include "change/manual_rewrite.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "change/manual_result.h"
#include "change/manual_text.h"

struct rewrite {
	const struct doc *doc;
	uint32_t entry;
	const struct manual_item *item;
	const struct manual_set *set;
	const struct blob *encr, *auth; /* new keys; NULL: they stay */
	struct edits *edits;
	struct manual_new rest; /* what is not there yet, to stand at the end */
	bool *goes;             /* of each field: it is taken out */
};

static const struct blob *key_of(const struct rewrite *e, enum manual_word name)
{
	return name == MANUAL_ENCRKEY ? e->encr : e->auth;
}

static const struct entry *entry_of(const struct rewrite *e)
{
	return &e->doc->entries[e->entry];
}

static const struct token *token_at(const struct rewrite *e, uint32_t tok)
{
	return &e->doc->tokens[tok];
}

static uint32_t end_of(const struct rewrite *e, uint32_t tok)
{
	return token_at(e, tok)->off + token_at(e, tok)->len;
}

static void replace(struct rewrite *e, uint32_t from, uint32_t to, const char *text, size_t len)
{
	edits_add(e->edits, e->doc, (struct span){ from, to - from }, text, len);
}

/* A number stays in the base that the old one has. */
static void format_number(const struct rewrite *e, const struct manual_field *f, const char *text,
			  struct strbuf *sb)
{
	const struct token *t = token_at(e, f->arg);
	bool hex = t->len > 2 && (doc_text(e->doc, f->arg)[1] | 0x20) == 'x';
	struct manual_value value;

	manual_value_init(&value, (enum manual_word)f->name, text);
	strbuf_addf(sb, hex ? "0x%" PRIx64 : "%" PRIu64,
		    manual_find(&value.item, (enum manual_word)f->name)->number);
	manual_value_release(&value);
}

/* src6 takes IPv6 alone: another family needs the name that takes both. */
static void fit_name(struct rewrite *e, const struct manual_field *f, const char *text)
{
	unsigned family = manual_words[f->word].family;
	const char *name = manual_words[f->name].name;
	struct ip_range range;

	if (f->word != f->name && family != 0 &&
	    ip_range_parse(text, strlen(text), &range) == IP_OK && range.family != family)
		replace(e, token_at(e, f->tok)->off, end_of(e, f->tok), name, strlen(name));
}

static void set_value(struct rewrite *e, const struct manual_field *f, const char *text)
{
	enum manual_word name = (enum manual_word)f->name;
	struct strbuf value = STRBUF_INIT;

	if (manual_words[name].arg == MANUAL_ARG_NUMBER && f->end > f->arg)
		format_number(e, f, text, &value);
	else
		manual_value_format(&value, name, text);
	if (f->end > f->arg) {
		fit_name(e, f, text);
		replace(e, token_at(e, f->arg)->off, end_of(e, f->end - 1), value.buf, value.len);
	} else {
		struct strbuf behind = STRBUF_INIT;

		strbuf_addf(&behind, " %s", value.buf);
		replace(e, end_of(e, f->tok), end_of(e, f->tok), behind.buf, behind.len);
		strbuf_release(&behind);
	}
	strbuf_release(&value);
}

static bool is_hex(const struct rewrite *e, uint32_t tok)
{
	const char *p = doc_text(e->doc, tok), *end = p + token_at(e, tok)->len;

	while (p < end && isxdigit((unsigned char)*p))
		p++;
	return p == end && token_at(e, tok)->kind == TOKEN_WORD && token_at(e, tok)->word == 0;
}

/* The end of a key's value, with the digits that a blank cut off it. */
static uint32_t key_end(const struct rewrite *e, const struct manual_field *f)
{
	uint32_t end = f->end;

	while (end < entry_of(e)->end && end > f->arg && is_hex(e, end))
		end++;
	return end;
}

/* The lines behind the command that hold the rest of the key that broke. */
static void remove_rests(struct edits *edits, const struct doc *doc, uint32_t entry)
{
	uint32_t i, count = manual_rests(doc, entry);

	for (i = 1; i <= count; i++)
		edit_remove(edits, doc, doc->entries[entry + i].tok, doc->entries[entry + i].end);
}

static bool is_last_key(const struct rewrite *e, const struct manual_field *f)
{
	return manual_words[f->name].arg == MANUAL_ARG_KEY && f->end == entry_of(e)->end &&
	       f->end > f->arg;
}

static void set_key(struct rewrite *e, const struct manual_field *f, const struct blob *key)
{
	const struct manual_key *old =
		f->name == MANUAL_ENCRKEY ? &e->item->encr_key : &e->item->auth_key;
	struct strbuf value = STRBUF_INIT;
	uint32_t end = key_end(e, f);

	strbuf_reserve(&value, key->len + 32);
	strbuf_add(&value, key->data, key->len);
	if (old->bits_given)
		strbuf_addf(&value, "/%zu", key->len * 4);
	if (f->end > f->arg)
		replace(e, token_at(e, f->arg)->off, end_of(e, end - 1), value.buf, value.len);
	else
		set_value(e, f, value.buf);
	strbuf_wipe(&value);
	if (is_last_key(e, f))
		remove_rests(e->edits, e->doc, e->entry);
}

/* Whether the token is the first on its line. */
static bool begins_line(const struct rewrite *e, uint32_t tok)
{
	uint32_t off = token_at(e, tok)->off;
	struct span indent = edit_indent(e->doc, off);

	return indent.off + indent.len == off;
}

/* The fields from FIRST to END - 1 stand side by side and go. */
static void take_out(struct rewrite *e, size_t first, size_t end)
{
	uint32_t tok = e->item->fields[first].tok, next = e->item->fields[end - 1].end;
	bool follows = next < entry_of(e)->end && token_at(e, next)->kind != TOKEN_BROKEN &&
		       !begins_line(e, next);

	if (begins_line(e, tok) && follows)
		replace(e, token_at(e, tok)->off, token_at(e, next)->off, "", 0);
	else
		replace(e, end_of(e, tok - 1), end_of(e, next - 1), "", 0);
	if (is_last_key(e, &e->item->fields[end - 1]))
		remove_rests(e->edits, e->doc, e->entry);
}

static void take_out_all(struct rewrite *e)
{
	const struct manual_item *item = e->item;
	size_t i = 0, end;

	while (i < item->nfields) {
		if (!e->goes[i++])
			continue;
		for (end = i; end < item->nfields && e->goes[end] &&
			      item->fields[end].tok == item->fields[end - 1].end;
		     end++)
			;
		take_out(e, i - 1, end);
		i = end;
	}
}

static void mark(struct rewrite *e, enum manual_word name)
{
	size_t i;

	for (i = 0; i < e->item->nfields; i++)
		if (e->item->fields[i].name == name)
			e->goes[i] = true;
}

/* Where an extension must stand before another one: the first such one that stays. */
static const struct manual_field *find_follower(const struct rewrite *e, enum manual_word name)
{
	size_t i;

	for (i = 0; i < e->item->nfields; i++) {
		const struct manual_field *f = &e->item->fields[i];

		if (!e->goes[i] && ((name == MANUAL_RESERVED_BITS && f->name == MANUAL_ENCRKEY) ||
				    (name == MANUAL_LABEL && (f->name == MANUAL_OUTER_LABEL ||
							      f->name == MANUAL_IMPLICIT_LABEL))))
			return f;
	}
	return NULL;
}

/* An extension that is not there yet. */
static void put_new(struct rewrite *e, enum manual_word name, const char *text)
{
	const struct manual_field *follower = find_follower(e, name);
	struct manual_new one = { .type = 0 };
	struct strbuf words = STRBUF_INIT;

	if (follower == NULL) {
		e->rest.values[name] = text;
		return;
	}
	one.values[name] = text;
	manual_compose_fields(&words, &one);
	strbuf_addch(&words, ' ');
	replace(e, token_at(e, follower->tok)->off, token_at(e, follower->tok)->off, words.buf + 1,
		words.len - 1);
	strbuf_release(&words);
}

static void apply_field(struct rewrite *e, enum manual_word name)
{
	const char *text = e->set->values[name];
	const struct manual_field *f = manual_find(e->item, name);

	if (manual_value_holds(e->item, name, text))
		return;
	if (text[0] == '\0' || strcmp(text, "no") == 0)
		mark(e, name);
	else if (f == NULL)
		put_new(e, name, text);
	else
		set_value(e, f, text);
}

static void apply_key(struct rewrite *e, enum manual_word name)
{
	const struct manual_field *f = manual_find(e->item, name);
	const struct blob *key = key_of(e, name);

	if (key == NULL)
		return;
	if (f != NULL)
		set_key(e, f, key);
	else if (name == MANUAL_ENCRKEY)
		e->rest.encr = key;
	else
		e->rest.auth = key;
}

static void apply_type(struct rewrite *e)
{
	const char *type = manual_words[e->set->type].name;
	uint32_t tok = e->item->sa_tok, command = entry_of(e)->tok;
	struct strbuf word = STRBUF_INIT;

	if (e->set->type == 0 || e->set->type == e->item->sa_type)
		return;
	strbuf_addf(&word, "%s%s", tok == 0 ? " " : "", type);
	if (tok != 0)
		replace(e, token_at(e, tok)->off, end_of(e, tok), word.buf, word.len);
	else
		replace(e, end_of(e, command), end_of(e, command), word.buf, word.len);
	strbuf_release(&word);
}

/* The last token of the command that is not the line of a would-be comment. */
static uint32_t last_token(const struct rewrite *e)
{
	uint32_t tok = entry_of(e)->end - 1;

	while (tok > entry_of(e)->tok && token_at(e, tok)->kind == TOKEN_BROKEN)
		tok--;
	return tok;
}

/* What was not there stands at the end; before a key whose rest is on the next line. */
static void apply_rest(struct rewrite *e)
{
	struct strbuf words = STRBUF_INIT, text = STRBUF_INIT;
	const struct manual_field *last =
		e->item->nfields > 0 ? &e->item->fields[e->item->nfields - 1] : NULL;
	bool broken = last != NULL && is_last_key(e, last) && manual_rests(e->doc, e->entry) > 0 &&
		      !e->goes[e->item->nfields - 1] &&
		      key_of(e, (enum manual_word)last->name) == NULL;
	uint32_t off = broken ? token_at(e, last->tok)->off : end_of(e, last_token(e));

	manual_compose_fields(&words, &e->rest);
	if (words.len > 0) {
		strbuf_reserve(&text, words.len + 8);
		strbuf_add(&text, words.buf + broken, words.len - broken);
		if (broken)
			strbuf_addch(&text, ' ');
		replace(e, off, off, text.buf, text.len);
	}
	strbuf_wipe(&words);
	strbuf_wipe(&text);
}

void manual_rewrite(const struct manual_item *item, const struct manual_set *set,
		    const struct blob *encr, const struct blob *auth, struct edits *edits)
{
	struct rewrite e = { .doc = item->doc,
			     .entry = item->entry,
			     .item = item,
			     .set = set,
			     .encr = encr,
			     .auth = auth,
			     .edits = edits };
	size_t i;

	e.goes = xcalloc(item->nfields + 1, sizeof *e.goes);
	for (i = 0; i < set->count; i++)
		if (set->values[set->names[i]][0] == '\0')
			mark(&e, (enum manual_word)set->names[i]);
	apply_type(&e);
	for (i = 0; i < set->count; i++)
		apply_field(&e, (enum manual_word)set->names[i]);
	apply_key(&e, MANUAL_ENCRKEY);
	apply_key(&e, MANUAL_AUTHKEY);
	take_out_all(&e);
	apply_rest(&e);
	free(e.goes);
}
