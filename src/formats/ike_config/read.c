/* ike.config(5): from the tokens of one entry to what it says. */
#include "config.h"

#include "formats/ike_config/file.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "formats/ike_config/value.h"

/* localid and remoteid of the Solaris 9 guides. */
static bool is_old_keyword(const struct ike_reader *r, uint32_t tok)
{
	const char *text = doc_text(r->doc, tok);
	size_t len = ike_token(r, tok)->len;

	return (len == 7 && memcmp(text, "localid", 7) == 0) ||
	       (len == 8 && memcmp(text, "remoteid", 8) == 0);
}

static bool begins_line(const struct ike_reader *r, uint32_t tok)
{
	const struct token *last = ike_token(r, tok - 1);
	uint32_t end = last->off + last->len;

	return memchr(r->doc->blob.data + end, '\n', ike_token(r, tok)->off - end) != NULL;
}

static bool begins_with_letter(const struct ike_reader *r, uint32_t tok)
{
	char first = doc_text(r->doc, tok)[0];

	return ike_token(r, tok)->kind == TOKEN_WORD && first >= 'A' && first <= 'z';
}

/*
 * A word that is no keyword, with what follows up to the next keyword or brace, and with the group
 * in braces that belongs to it.
 */
static uint32_t read_unknown(const struct ike_reader *r, uint32_t tok)
{
	enum ike_problem code = IKE_PROBLEM_UNKNOWN;
	uint32_t i;

	if (is_old_keyword(r, tok))
		code = IKE_PROBLEM_OLD_KEYWORD;
	else if (!begins_with_letter(r, tok))
		code = IKE_PROBLEM_STRAY;
	if (ike_token(r, tok)->kind != TOKEN_BROKEN)
		ike_problem(r, code, 0, tok, tok + 1, 0);
	for (i = tok + 1; i < r->limit && ike_token(r, i)->kind != TOKEN_OPEN &&
			  ike_token(r, i)->kind != TOKEN_CLOSE &&
			  !ike_is_keyword(ike_token(r, i), 7) && !is_old_keyword(r, i);
	     i++)
		if (begins_line(r, i) && begins_with_letter(r, i))
			ike_problem(r, IKE_PROBLEM_UNKNOWN, 0, i, i + 1, 1);
	if (i < r->limit && ike_token(r, i)->kind == TOKEN_OPEN)
		return ike_group_end(r->doc, i, r->limit);
	return i;
}

static void check_repeat(const struct ike_reader *r, const struct ike_stmt *stmts, uint32_t earlier,
			 const struct ike_stmt *s)
{
	enum ike_repeat repeat = ike_words[s->word].repeat;
	enum ike_problem code = IKE_PROBLEM_REPEATED;

	/* A keyword without its value says nothing a second time. */
	if (repeat == IKE_ADDS_UP || (s->end == s->arg && !s->good))
		return;
	if (repeat == IKE_FIRST)
		code = IKE_PROBLEM_REPEATED_LOCAL_ID;
	else if (r->scope == IKE_SCOPE_FILE || repeat == IKE_FLAG)
		code = IKE_PROBLEM_REPEATED_GLOBAL;
	ike_problem(r, code, s->word, s->tok, s->end, r->doc->tokens[stmts[earlier].tok].off);
}

static void read_inner(const struct ike_reader *r, struct ike_item *item, struct ike_xform *x)
{
	struct ike_reader inner = { r->doc, r->problems, IKE_SCOPE_XFORM, 0 };
	uint32_t first[IKE_KEYWORD_COUNT] = { 0 }, i = x->open + 1;
	struct ip_range unused;

	inner.limit = x->close != 0 ? x->close : item->stmts[x->stmt].end;
	x->first = (uint32_t)item->ninner;
	while (i < inner.limit) {
		struct ike_stmt s = { .tok = i, .word = ike_token(r, i)->word & 0xff };

		if (!ike_is_keyword(ike_token(r, i), 7)) {
			i = read_unknown(&inner, i);
			continue;
		}
		if (!ike_is_keyword(ike_token(r, i), IKE_SCOPE_XFORM)) {
			ike_problem(r, IKE_PROBLEM_SCOPE, s.word, i, i + 1, IKE_SCOPE_XFORM);
			i = ike_stmt_end(r->doc, i, inner.limit, IKE_SCOPE_XFORM);
			continue;
		}
		ike_read_value(&inner, &s, &unused);
		if (first[s.word] == 0)
			first[s.word] = (uint32_t)item->ninner + 1;
		else
			check_repeat(&inner, item->inner, first[s.word] - 1, &s);
		VEC_PUSH(item->inner, item->ninner, item->inner_cap, s);
		i = s.end;
	}
	x->count = (uint32_t)item->ninner - x->first;
}

static void add_xform(const struct ike_reader *r, struct ike_item *item)
{
	const struct ike_stmt *s = &item->stmts[item->nstmts - 1];
	struct ike_xform x = { .stmt = (uint32_t)item->nstmts - 1, .open = s->arg };
	const struct ike_stmt *method;

	if (!s->good)
		return;
	if (ike_token(r, s->end - 1)->kind == TOKEN_CLOSE)
		x.close = s->end - 1;
	read_inner(r, item, &x);
	VEC_PUSH(item->xforms, item->nxforms, item->xforms_cap, x);
	method = ike_xform_find(item, &x, IKE_AUTH_METHOD);
	if (method == NULL || !method->good)
		return;
	item->methods |= method->value == IKE_PRESHARED     ? IKE_METHOD_PRESHARED
			 : method->value == IKE_RSA_SIG     ? IKE_METHOD_RSA_SIG
			 : method->value == IKE_RSA_ENCRYPT ? IKE_METHOD_RSA_ENCRYPT
							    : IKE_METHOD_DSS_SIG;
}

static uint32_t read_stmt(const struct ike_reader *r, struct ike_item *item, uint32_t tok)
{
	struct ike_stmt s = { .tok = tok, .word = ike_token(r, tok)->word & 0xff };
	struct ike_address a = { .stmt = (uint32_t)item->nstmts };

	ike_read_value(r, &s, &a.range);
	if (item->first[s.word] == 0)
		item->first[s.word] = (uint32_t)item->nstmts + 1;
	else
		check_repeat(r, item->stmts, item->first[s.word] - 1u, &s);
	VEC_PUSH(item->stmts, item->nstmts, item->stmts_cap, s);
	if (s.word == IKE_P1_XFORM) {
		add_xform(r, item);
	} else if (ike_words[s.word].arg == IKE_ARG_ADDRESS) {
		a.remote = s.word == IKE_REMOTE_ADDR;
		VEC_PUSH(item->addresses, item->naddresses, item->addresses_cap, a);
	}
	return s.end;
}

static void item_clear(struct ike_item *item, const struct doc *doc)
{
	item->doc = doc;
	item->nstmts = item->ninner = item->nxforms = item->naddresses = 0;
	memset(item->first, 0, sizeof item->first);
	item->methods = 0;
	item->file_level = false;
	item->entry = item->open = item->close = 0;
}

void ike_item_release(struct ike_item *item)
{
	free(item->stmts);
	free(item->inner);
	free(item->xforms);
	free(item->addresses);
	*item = (struct ike_item)IKE_ITEM_INIT;
}

/* The walk over the entries of a file. */
struct walk {
	struct ike_reader r;
	uint32_t owed; /* how many } are missing before */
	uint32_t seen; /* up to this entry there is no run with a } behind it */
};

/*
 * One brace too early, or one that is missing, puts the rest of a rule at file level, with a } that
 * closes nothing. That is one mistake. Returns the entry behind it all, or ENTRY where what begins
 * there is nothing of that kind.
 */
static uint32_t read_run(struct walk *walk, uint32_t entry)
{
	const struct doc *doc = walk->r.doc;
	struct ike_run run;

	if (entry < walk->seen || !ike_find_run(doc, entry, &run))
		return entry;
	walk->seen = run.end;
	if (!run.closed)
		return entry;
	if (walk->owed > 0)
		walk->owed--;
	else if (entry > 0 && ike_closed_early(doc, entry - 1))
		ike_problem(&walk->r, IKE_PROBLEM_CLOSED_EARLY, 0, doc->entries[entry].tok - 1,
			    doc->entries[entry].tok, 0);
	else
		ike_problem(&walk->r, IKE_PROBLEM_SCOPE, doc->entries[entry].word,
			    doc->entries[entry].tok, doc->entries[entry].tok + 1, IKE_SCOPE_FILE);
	return run.end + 1;
}

static void read_close(struct walk *walk, uint32_t entry)
{
	const struct doc *doc = walk->r.doc;

	if (walk->owed > 0)
		walk->owed--;
	else if (entry == 0 || doc->entries[entry - 1].kind != IKE_ENTRY_RULE ||
		 !ike_owes_close(doc, entry - 1))
		ike_problem(&walk->r, IKE_PROBLEM_STRAY_CLOSE, 0, doc->entries[entry].tok,
			    doc->entries[entry].tok + 1, 0);
}

static void read_other(struct walk *walk, uint32_t entry)
{
	const struct entry *e = &walk->r.doc->entries[entry];
	uint32_t tok = e->tok;

	if (e->word != 0)
		ike_problem(&walk->r, IKE_PROBLEM_SCOPE, e->word, tok, tok + 1, IKE_SCOPE_FILE);
	else if (ike_token(&walk->r, tok)->kind == TOKEN_CLOSE)
		read_close(walk, entry);
	else
		while (tok < e->end)
			tok = read_unknown(&walk->r, tok);
}

void ike_read_globals(const struct doc *doc, struct ike_item *item, struct problems *problems)
{
	struct walk walk = { .r = { doc, problems, IKE_SCOPE_FILE, 0 } };
	uint32_t i, next;

	item_clear(item, doc);
	item->file_level = true;
	for (i = 0; i < doc->nentries; i = next) {
		const struct entry *e = &doc->entries[i];

		walk.r.limit = e->end;
		next = i + 1;
		if (e->kind == IKE_ENTRY_RULE) {
			walk.owed += (e->flags & IKE_ENTRY_UNCLOSED) != 0;
			continue;
		}
		if (e->word != 0 && (next = read_run(&walk, i)) != i)
			continue;
		next = i + 1;
		if (e->kind == IKE_ENTRY_GLOBAL)
			read_stmt(&walk.r, item, e->tok);
		else
			read_other(&walk, i);
	}
}

/* A keyword that no rule has, and what goes with it. */
static uint32_t read_misplaced(const struct ike_reader *r, const struct ike_item *item,
			       uint32_t tok)
{
	const struct ike_stmt *last = item->nstmts > 0 ? &item->stmts[item->nstmts - 1] : NULL;
	unsigned word = ike_token(r, tok)->word;
	uint32_t i = tok;

	/* Parts of a transform right behind one: its } stands before them and belongs behind. */
	if (last != NULL && last->word == IKE_P1_XFORM && last->end == tok &&
	    ike_token(r, tok - 1)->kind == TOKEN_CLOSE &&
	    ike_words[word].scopes == IKE_SCOPE_XFORM) {
		ike_problem(r, IKE_PROBLEM_CLOSED_EARLY, IKE_P1_XFORM, tok - 1, tok, 0);
		while (i < r->limit && ike_is_keyword(ike_token(r, i), IKE_SCOPE_XFORM) &&
		       !ike_is_keyword(ike_token(r, i), IKE_SCOPE_RULE))
			i = ike_stmt_end(r->doc, i, r->limit, IKE_SCOPE_RULE);
		return i;
	}
	/* What belongs to the file stands in a rule that is not closed before it. */
	if ((r->doc->entries[item->entry].flags & IKE_ENTRY_UNCLOSED) == 0 ||
	    (ike_words[word].scopes & IKE_SCOPE_FILE) == 0)
		ike_problem(r, IKE_PROBLEM_SCOPE, word, tok, tok + 1, IKE_SCOPE_RULE);
	return ike_stmt_end(r->doc, tok, r->limit, IKE_SCOPE_RULE);
}

/* Whether one { too many was found, which takes the } of another one, since BEFORE problems. */
static bool has_stray_open(const struct ike_reader *r, size_t before)
{
	size_t i;

	for (i = before; i < r->problems->count; i++)
		if (r->problems->items[i].code == IKE_PROBLEM_STRAY &&
		    r->doc->blob.data[r->problems->items[i].at.off] == '{')
			return true;
	return false;
}

void ike_read_rule(const struct doc *doc, uint32_t entry, struct ike_item *item,
		   struct problems *problems)
{
	const struct entry *e = &doc->entries[entry];
	struct ike_reader r = { doc, problems, IKE_SCOPE_RULE, e->end };
	size_t before = problems != NULL ? problems->count : 0;
	uint32_t i = e->tok + 1;

	item_clear(item, doc);
	item->entry = entry;
	item->open = e->tok;
	if ((e->flags & IKE_ENTRY_UNCLOSED) == 0) {
		item->close = e->end - 1;
		r.limit = item->close;
	}
	while (i < r.limit) {
		if (ike_is_keyword(ike_token(&r, i), IKE_SCOPE_RULE)) {
			i = read_stmt(&r, item, i);
		} else if (ike_is_keyword(ike_token(&r, i), 7)) {
			i = read_misplaced(&r, item, i);
		} else {
			i = read_unknown(&r, i);
		}
	}
	if ((e->flags & IKE_ENTRY_UNCLOSED) && problems != NULL &&
	    !ike_close_is_quoted(doc, entry) && !has_stray_open(&r, before))
		ike_problem(&r, IKE_PROBLEM_UNCLOSED, 0, e->tok, e->tok + 1, 0);
}

bool ike_value(const struct ike_item *item, enum ike_word word, uint32_t *value)
{
	const struct ike_stmt *s = ike_find(item, word);

	if (s == NULL || !s->good)
		return false;
	*value = s->value;
	return true;
}

const struct ike_stmt *ike_xform_find(const struct ike_item *item, const struct ike_xform *x,
				      enum ike_word word)
{
	uint32_t i;

	for (i = x->first; i < x->first + x->count; i++)
		if (item->inner[i].word == word)
			return &item->inner[i];
	return NULL;
}

void ike_unquote(const struct doc *doc, const struct ike_stmt *s, struct strbuf *sb)
{
	const struct token *t;
	const char *text;
	size_t i, len;

	if (s->end <= s->arg)
		return;
	t = &doc->tokens[s->end - 1];
	text = doc->blob.data + t->off;
	len = t->len;
	if (s->end - s->arg == 2 && t->kind == TOKEN_STRING)
		strbuf_addch(sb, '!');
	if (t->kind != TOKEN_STRING) {
		strbuf_add(sb, text, len);
		return;
	}
	for (i = 1; i + 1 < len; i++) {
		if (text[i] == '\\' && i + 2 < len)
			i++;
		strbuf_addch(sb, text[i]);
	}
}

void ike_raw_value(const struct doc *doc, const struct ike_stmt *s, struct strbuf *sb)
{
	uint32_t i;

	for (i = s->arg; i < s->end; i++) {
		if (i > s->arg)
			strbuf_addch(sb, ' ');
		strbuf_add(sb, doc_text(doc, i), doc->tokens[i].len);
	}
}

bool ike_is_index_label(const char *label, size_t len, uint32_t *number)
{
	static const char prefix[] = "INDEXID_";
	uint32_t ignored;

	if (len <= sizeof prefix - 1 || memcmp(label, prefix, sizeof prefix - 1) != 0)
		return false;
	label += sizeof prefix - 1;
	len -= sizeof prefix - 1;
	/* INDEXID_010 would be another label for number 8. */
	return label[0] >= '1' && label[0] <= '9' && memchr(label, 'x', len) == NULL &&
	       ike_parse_number(label, len, number != NULL ? number : &ignored) == 0;
}

bool ike_index_label(const struct ike_item *rule, uint32_t *number)
{
	const struct ike_stmt *s = ike_find(rule, IKE_LABEL);
	const char *text;
	size_t len;

	if (s == NULL || !s->good)
		return false;
	text = ike_bare_text(rule->doc, s->arg, &len);
	return ike_is_index_label(text, len, number);
}
