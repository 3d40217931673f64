/* ipseckeys: from the tokens of one command to what it says. */
#include "config.h"

#include "formats/ipseckeys/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

struct reader {
	const struct doc *doc;
	struct manual_item *item;
	struct problems *problems; /* NULL: nobody wants to know */
	uint32_t limit;            /* the first token that is not the command's */
	bool unfinished;           /* the file ends within the command */
	bool unclear;              /* there are words that were not understood */
};

static const struct token *token_at(const struct reader *r, uint32_t tok)
{
	return &r->doc->tokens[tok];
}

static void problem(const struct reader *r, enum manual_problem code, unsigned word, uint32_t tok,
		    uint32_t arg)
{
	const struct token *t = token_at(r, tok);

	if (r->problems != NULL)
		problem_add(r->problems, code, word, (struct span){ t->off, t->len }, arg);
}

static bool is_extension(const struct reader *r, uint32_t tok)
{
	return manual_is_extension(token_at(r, tok)->word);
}

/* Whether a token is spelt as its word is, in the same letter case. */
static bool is_spelt(const struct reader *r, uint32_t tok)
{
	const struct token *t = token_at(r, tok);

	return memcmp(manual_words[t->word].name, doc_text(r->doc, tok), t->len) == 0;
}

/* A backslash that should have joined two lines, or a line that should have been a comment: no part
 * of the command for whoever wrote it. The scanner has said so. */
static inline bool is_noise(const struct reader *r, uint32_t tok)
{
	return token_at(r, tok)->kind == TOKEN_BROKEN &&
	       (manual_is_backslash(r->doc, tok) || *doc_text(r->doc, tok) == '#');
}

static inline uint32_t skip_noise(const struct reader *r, uint32_t tok)
{
	while (tok < r->limit && is_noise(r, tok))
		tok++;
	return tok;
}

/* The command's name. False where there is nothing more to read. */
static bool read_command(const struct reader *r, uint32_t tok)
{
	const struct token *t = token_at(r, tok);

	if (t->kind == TOKEN_STRING)
		problem(r, MANUAL_PROBLEM_QUOTE, 0, tok, 0);
	else if (t->kind == TOKEN_WORD && t->word == 0)
		problem(r, MANUAL_PROBLEM_COMMAND_UNKNOWN, 0, tok, 0);
	if (t->word == 0)
		return false;
	if (manual_words[t->word].known == 0) {
		problem(r, MANUAL_PROBLEM_COMMAND_NOT_IN_FILE, t->word, tok, 0);
		return false;
	}
	if (!is_spelt(r, tok))
		problem(r, MANUAL_PROBLEM_COMMAND_CASE, t->word, tok, 0);
	r->item->command = (uint8_t)manual_word_canonical(t->word);
	return true;
}

/* The type by its number in the kernel. */
static enum manual_word numbered_type(uint64_t number)
{
	return number == 2 ? MANUAL_AH : number == 3 ? MANUAL_ESP : MANUAL_NO_WORD;
}

/* The type of security association, token TOK. Returns the token behind it. */
static uint32_t read_sa_type(const struct reader *r, uint32_t tok)
{
	const struct token *t;
	enum manual_number_form form;
	uint64_t number;

	tok = skip_noise(r, tok);
	if (tok == r->limit || is_extension(r, tok)) {
		if (r->item->command != MANUAL_FLUSH && !r->unfinished)
			problem(r, MANUAL_PROBLEM_SA_TYPE_MISSING, 0,
				r->doc->entries[r->item->entry].tok, 0);
		return tok;
	}
	t = token_at(r, tok);
	r->item->sa_tok = tok;
	r->item->sa_type = (uint8_t)t->word;
	if (t->kind == TOKEN_STRING) {
		problem(r, MANUAL_PROBLEM_QUOTE, 0, tok, 0);
	} else if (t->word == MANUAL_ALL && r->item->command != MANUAL_FLUSH) {
		problem(r, MANUAL_PROBLEM_SA_TYPE_ALL, 0, tok, 0);
	} else if (t->kind == TOKEN_WORD && t->word == 0) {
		form = manual_number_parse(doc_text(r->doc, tok), t->len, &number);
		if (form == MANUAL_NUMBER_GOOD)
			r->item->sa_type = (uint8_t)numbered_type(number);
		if (r->item->sa_type == 0)
			problem(r, MANUAL_PROBLEM_SA_TYPE_UNKNOWN, 0, tok, 0);
	}
	return tok + 1;
}

/* Words that are no extension, behind the field that was read last. */
static uint32_t read_unknown(struct reader *r, uint32_t tok)
{
	const struct manual_item *item = r->item;
	const struct manual_field *previous =
		item->nfields > 0 ? &item->fields[item->nfields - 1] : NULL;

	if (token_at(r, tok)->kind == TOKEN_BROKEN) {
		/* The scanner has said why. */
		r->unclear = r->unclear || !is_noise(r, tok);
		return tok + 1;
	}
	if (previous != NULL && skip_noise(r, previous->end) == tok && manual_is_hex(r->doc, tok) &&
	    manual_words[previous->name].arg == MANUAL_ARG_KEY) {
		problem(r, MANUAL_PROBLEM_KEY_CUT, previous->name, tok, 0);
	} else {
		r->unclear = true;
		if (token_at(r, tok)->kind == TOKEN_STRING)
			problem(r, MANUAL_PROBLEM_QUOTE, 0, tok, 0);
		else
			problem(r, MANUAL_PROBLEM_EXTENSION_UNKNOWN, r->item->command, tok, 0);
	}
	while (tok < r->limit && !is_extension(r, tok))
		tok++;
	return tok;
}

/* The extension's values: as many as it takes, as far as they are there. */
static void find_values(const struct reader *r, struct manual_field *f)
{
	unsigned left = manual_values(f->name);
	uint32_t tok = skip_noise(r, f->tok + 1);

	for (f->arg = tok; left > 0 && tok < r->limit && !is_extension(r, tok); left--) {
		f->end = tok + 1;
		tok = skip_noise(r, tok + 1);
	}
	if (f->end == f->tok + 1)
		f->arg = f->end;
	if (left == 0 || manual_words[f->name].arg == MANUAL_ARG_REFUSED)
		return;
	f->good = false;
	if (!r->unfinished || tok < r->limit)
		problem(r, MANUAL_PROBLEM_NO_VALUE, f->name, f->tok, 0);
}

/* Whether the command takes the extension; says so where it does not. */
static void check_place(const struct reader *r, struct manual_field *f)
{
	const struct manual_word_info *info = &manual_words[f->name];
	bool update = r->item->command == MANUAL_UPDATE || r->item->command == MANUAL_UPDATE_PAIR;

	if (!is_spelt(r, f->tok))
		problem(r, MANUAL_PROBLEM_EXTENSION_CASE, f->word, f->tok, 0);
	if (manual_words[f->word].old)
		problem(r, MANUAL_PROBLEM_PROXY, f->name, f->tok, 0);
	if (info->arg == MANUAL_ARG_REFUSED) {
		problem(r, MANUAL_PROBLEM_EXTENSION_REFUSED, f->name, f->tok, 0);
		f->good = false;
	} else if ((info->with & MANUAL_WITH(r->item->command)) == 0) {
		problem(r, MANUAL_PROBLEM_EXTENSION_COMMAND, f->name, f->tok, 0);
		f->good = false;
	} else if (info->arg == MANUAL_ARG_KEY && update) {
		problem(r, MANUAL_PROBLEM_KEY_ON_UPDATE, f->name, f->tok, 0);
		f->good = false;
	}
}

static uint32_t read_field(const struct reader *r, uint32_t tok)
{
	struct manual_field f = { .tok = tok, .arg = tok + 1, .end = tok + 1, .good = true };
	struct manual_item *item = r->item;
	uint32_t *first;

	f.word = token_at(r, tok)->word & 255;
	f.name = (uint8_t)manual_word_canonical(f.word);
	find_values(r, &f);
	check_place(r, &f);
	first = &item->first[f.name];
	if (*first == 0)
		*first = (uint32_t)item->nfields + 1;
	else if (!manual_words[f.name].can_repeat)
		problem(r, MANUAL_PROBLEM_REPEATED, f.name, tok,
			token_at(r, item->fields[*first - 1].tok)->off);
	VEC_PUSH(item->fields, item->nfields, item->fields_cap, f);
	return f.end;
}

static bool has_text_value(const struct manual_field *f)
{
	unsigned arg = manual_words[f->name].arg;

	return arg == MANUAL_ARG_LABEL || arg == MANUAL_ARG_IDENTITY;
}

static void read_values(const struct reader *r)
{
	struct manual_item *item = r->item;
	size_t i;

	for (i = 0; i < item->nfields; i++) {
		struct manual_field *f = &item->fields[i];

		if (f->end == f->arg || !f->good)
			continue;
		if (token_at(r, f->arg)->kind == TOKEN_BROKEN ||
		    token_at(r, f->end - 1)->kind == TOKEN_BROKEN)
			f->good = false; /* the scanner has said why */
		else if (item->first[f->name] == i + 1)
			manual_value_read(item, f, r->problems);
		if (token_at(r, f->arg)->kind == TOKEN_STRING && !has_text_value(f))
			problem(r, MANUAL_PROBLEM_QUOTE, f->name, f->arg, 0);
	}
	item->inbound = item->first[MANUAL_INBOUND] != 0;
	item->outbound = item->first[MANUAL_OUTBOUND] != 0;
	item->tunnel = item->first[MANUAL_ISRC] != 0 || item->first[MANUAL_IDST] != 0 ||
		       item->first[MANUAL_ISPORT] != 0 || item->first[MANUAL_IDPORT] != 0 ||
		       item->first[MANUAL_IPROTO] != 0;
}

/* The lines of digits behind the command: the rest of its last key, or nothing that is known. */
static void check_rest(const struct reader *r)
{
	static const uint8_t keys[] = { MANUAL_AUTHKEY, MANUAL_ENCRKEY };
	uint32_t i, entry = r->item->entry;
	struct manual_broken broken;

	if (!manual_has_rest(r->doc, entry))
		return;
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		if (manual_find_broken(r->item, keys[i], &broken) && broken.rest >= r->limit) {
			problem(r, MANUAL_PROBLEM_KEY_BROKEN, keys[i], broken.rest,
				(uint32_t)((broken.digits + 1) / 2 * 8));
			return;
		}
	}
	for (; manual_has_rest(r->doc, entry); entry++)
		problem(r, MANUAL_PROBLEM_COMMAND_UNKNOWN, 0, r->doc->entries[entry + 1].tok, 0);
}

static void read_flush(const struct reader *r, uint32_t tok)
{
	problem(r, MANUAL_PROBLEM_COMMAND_FLUSH, 0, tok, 0);
	tok = read_sa_type(r, tok + 1);
	tok = skip_noise(r, tok);
	if (tok < r->limit)
		problem(r, MANUAL_PROBLEM_COMMAND_ARGUMENTS, MANUAL_FLUSH, tok, 0);
}

static void read_sa(struct reader *r, uint32_t tok)
{
	uint32_t i = read_sa_type(r, tok + 1);

	while (i < r->limit) {
		if (is_extension(r, i))
			i = read_field(r, i);
		else
			i = read_unknown(r, i);
	}
	read_values(r);
	if (r->problems != NULL && !r->unfinished) {
		manual_item_check(r->item, r->unclear, r->problems);
		manual_keys_check(r->item, r->problems);
		check_rest(r);
	}
}

static void item_clear(struct manual_item *item, const struct doc *doc, uint32_t entry)
{
	struct manual_field *fields = item->fields;
	size_t cap = item->fields_cap;

	*item = (struct manual_item){
		.doc = doc, .entry = entry, .fields = fields, .fields_cap = cap
	};
}

void manual_item_release(struct manual_item *item)
{
	free(item->fields);
	*item = (struct manual_item)MANUAL_ITEM_INIT;
}

void manual_read(const struct doc *doc, uint32_t entry, struct manual_item *item,
		 struct problems *problems)
{
	const struct entry *e = &doc->entries[entry];
	struct reader r = { .doc = doc, .item = item, .problems = problems, .limit = e->end };

	item_clear(item, doc, entry);
	r.unfinished = (e->flags & MANUAL_ENTRY_UNFINISHED) != 0;
	if (!read_command(&r, e->tok))
		return;
	if (item->command == MANUAL_FLUSH)
		read_flush(&r, e->tok);
	else if (manual_is_about_sa(item->command))
		read_sa(&r, e->tok);
}

uint64_t manual_number(const struct manual_item *item, enum manual_word name)
{
	const struct manual_field *f = manual_find(item, name);

	return f != NULL && f->good ? f->number : 0;
}

bool manual_is_sa(const struct manual_item *item)
{
	return item->command == MANUAL_ADD && item->spi != 0 &&
	       (item->sa_type == MANUAL_AH || item->sa_type == MANUAL_ESP);
}
