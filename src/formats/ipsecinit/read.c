/* ipsecinit.conf: from the tokens of one entry to what it says. */
#include "config.h"

#include "formats/ipsecinit/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void policy_problem(const struct policy_reader *r, enum policy_problem code, unsigned word,
		    uint32_t tok, uint32_t arg)
{
	const struct token *t = policy_token(r, tok);

	if (r->problems != NULL)
		problem_add(r->problems, code, word, (struct span){ t->off, t->len }, arg);
}

void policy_bad(const struct policy_reader *r, struct policy_stmt *s, enum policy_problem code)
{
	s->good = false;
	policy_problem(r, code, s->keyword, s->arg, 0);
}

void policy_odd(const struct policy_reader *r, const struct policy_stmt *s,
		enum policy_problem code)
{
	policy_problem(r, code, s->keyword, s->arg, 0);
}

void policy_read_word(const struct policy_reader *r, struct policy_stmt *s)
{
	s->value = policy_token(r, s->arg)->word & 255;
	if (s->value != POLICY_NO_WORD)
		return;
	if (policy_words[s->keyword].prefix)
		s->value = (uint8_t)policy_value_prefix(doc_text(r->doc, s->arg),
							policy_token(r, s->arg)->len, s->keyword);
	if (s->value == POLICY_NO_WORD)
		policy_bad(r, s, POLICY_PROBLEM_VALUE);
	else
		policy_odd(r, s, POLICY_PROBLEM_VALUE_PREFIX);
}

static enum policy_problem unknown_problem(const struct policy_reader *r, uint32_t tok)
{
	const char *text = doc_text(r->doc, tok);
	size_t len = policy_token(r, tok)->len;

	if (policy_word_find(text, len, POLICY_SET_PATTERN | POLICY_SET_PROPERTY) != POLICY_NO_WORD)
		return POLICY_PROBLEM_MISPLACED;
	return POLICY_PROBLEM_UNKNOWN;
}

/* What is meant is clear where a keyword or action has capitals in it, or is dest; that it is not
 * understood by the tool is said. */
static void check_spelling(const struct policy_reader *r, unsigned word, uint32_t tok)
{
	const struct token *t = policy_token(r, tok);

	if (!r->spelling || policy_word_is((enum policy_word)word, doc_text(r->doc, tok), t->len))
		return;
	policy_problem(
		r, word == POLICY_DST && t->len == 4 ? POLICY_PROBLEM_DEST : POLICY_PROBLEM_CASE,
		word, tok, 0);
}

/* A run of words none of which is a keyword. A { in it, or a broken word, has been said. */
static uint32_t read_unknown(struct policy_reader *r, uint32_t tok, enum policy_set set)
{
	uint32_t i = tok;

	r->unknown = true;
	if (policy_token(r, tok)->kind == TOKEN_WORD)
		policy_problem(r, unknown_problem(r, tok), 0, tok, 0);
	while (i < r->limit && !policy_is_keyword(policy_token(r, i), set))
		i++;
	return i;
}

static bool ends_value(const struct policy_reader *r, uint32_t tok)
{
	return tok == r->limit || policy_is_keyword(policy_token(r, tok), POLICY_SET_PROPERTY);
}

/* An algorithm with white space around or within its parentheses is several words. */
static uint32_t alg_end(const struct policy_reader *r, uint32_t tok)
{
	const char *text = doc_text(r->doc, tok);
	size_t len = policy_token(r, tok)->len;
	uint32_t i = tok + 1;

	if (ends_value(r, i))
		return i;
	if (*doc_text(r->doc, i) != '(' &&
	    (memchr(text, '(', len) == NULL || memchr(text, ')', len) != NULL))
		return i;
	while (!ends_value(r, i))
		i++;
	return i;
}

/* A keyword or property with its value; what is not its value is left to others. */
static struct policy_stmt read_stmt(const struct policy_reader *r, uint32_t tok,
				    enum policy_set set)
{
	struct policy_stmt s = { .tok = tok, .arg = tok + 1, .end = tok + 1, .good = true };
	unsigned arg;

	s.word = policy_token(r, tok)->word & 255;
	s.keyword = (uint8_t)policy_word_canonical(s.word);
	check_spelling(r, s.word, tok);
	arg = policy_words[s.keyword].arg;
	if (s.arg == r->limit || policy_is_keyword(policy_token(r, s.arg), set)) {
		s.good = false;
		policy_problem(r, POLICY_PROBLEM_NO_VALUE, s.keyword, tok, 0);
		return s;
	}
	if (policy_token(r, s.arg)->kind == TOKEN_OPEN) {
		s.good = false; /* the scanner has said why */
		return s;
	}
	s.end++;
	if (policy_token(r, s.arg)->kind == TOKEN_BROKEN)
		s.good = false; /* the scanner has said why */
	else if (arg == POLICY_ARG_AUTH || arg == POLICY_ARG_ENCR)
		s.end = alg_end(r, s.arg);
	if (s.end > s.arg + 1)
		policy_bad(r, &s, POLICY_PROBLEM_KEY_BLANK);
	return s;
}

/* A port or protocol of 0 is none, and another one may follow it. */
static bool was_zero(const struct policy_item *item, const struct policy_stmt *first)
{
	switch (first->keyword) {
	case POLICY_SPORT:
	case POLICY_LPORT:
		return first->good && !item->local.port.set && !item->local.port.named;
	case POLICY_DPORT:
	case POLICY_RPORT:
		return first->good && !item->remote.port.set && !item->remote.port.named;
	case POLICY_ULP:
		return first->good && !item->ulp.set && !item->ulp.named;
	default:
		return false;
	}
}

/* The first statement with a style decides for all. */
static void read_style(struct policy_reader *r, struct policy_item *item,
		       const struct policy_stmt *s)
{
	unsigned style = policy_words[s->keyword].style;

	if (s->keyword == POLICY_DIR)
		style = policy_words[s->value].style;
	if (style == POLICY_STYLE_NEUTRAL)
		return;
	if (item->style == POLICY_STYLE_NEUTRAL)
		item->style = (uint8_t)style;
	if (item->style == style)
		return;
	r->mixed = true;
	policy_problem(r, POLICY_PROBLEM_STYLE_MIX, s->keyword, s->tok, 0);
}

static uint32_t read_selector(struct policy_reader *r, struct policy_item *item, uint32_t tok)
{
	struct policy_stmt s = read_stmt(r, tok, POLICY_SET_PATTERN);
	uint32_t *first = &item->first[s.keyword];

	if (*first == 0 || was_zero(item, &item->stmts[*first - 1])) {
		*first = (uint32_t)item->nstmts + 1;
		if (s.good)
			policy_read_value(r, item, &s);
	} else {
		policy_problem(r, POLICY_PROBLEM_REPEATED, s.keyword, tok,
			       policy_token(r, item->stmts[*first - 1].tok)->off);
	}
	read_style(r, item, &s);
	VEC_PUSH(item->stmts, item->nstmts, item->stmts_cap, s);
	return s.end;
}

static void read_property_value(const struct policy_reader *r, struct policy_alternative *a,
				struct policy_stmt *s)
{
	switch (s->keyword) {
	case POLICY_AUTH_ALGS:
		policy_read_alg(r, s, &a->ah);
		break;
	case POLICY_ENCR_ALGS:
		policy_read_alg(r, s, &a->encr);
		break;
	case POLICY_ENCR_AUTH_ALGS:
		policy_read_alg(r, s, &a->auth);
		break;
	default:
		policy_read_word(r, s);
		if (s->keyword == POLICY_SA && s->good)
			a->sa = s->value;
	}
}

static uint32_t read_property(struct policy_reader *r, struct policy_item *item,
			      struct policy_alternative *a, uint32_t tok)
{
	struct policy_stmt s = read_stmt(r, tok, POLICY_SET_PROPERTY);
	uint32_t *at = &a->at[POLICY_PROPERTY(s.keyword)];

	if (*at == 0) {
		*at = (uint32_t)item->nproperties + 1;
		if (s.good)
			read_property_value(r, a, &s);
	} else {
		policy_problem(r, POLICY_PROBLEM_REPEATED, s.keyword, tok,
			       policy_token(r, item->properties[*at - 1].tok)->off);
	}
	VEC_PUSH(item->properties, item->nproperties, item->properties_cap, s);
	a->count++;
	return s.end;
}

static void check_pairs(const struct policy_reader *r, size_t count, uint32_t open, uint32_t most)
{
	if (count > most)
		policy_problem(r, POLICY_PROBLEM_TOO_MANY_PAIRS, 0, open, most);
}

/* The end of a group's words: its }, or the action that should have stood behind it. */
static uint32_t group_limit(const struct policy_reader *r, uint32_t i, uint32_t end)
{
	while (i < end && policy_token(r, i)->kind != TOKEN_CLOSE &&
	       !policy_is_keyword(policy_token(r, i), POLICY_SET_ACTION))
		i++;
	return i;
}

/* Steps over the } at I, which is stored in *CLOSE, or says that it is missing. */
static uint32_t read_close(const struct policy_reader *r, uint32_t i, uint32_t end, uint32_t open,
			   uint32_t *close)
{
	if (i < end && policy_token(r, i)->kind == TOKEN_CLOSE) {
		*close = i;
		return i + 1;
	}
	policy_problem(r, POLICY_PROBLEM_UNCLOSED, 0, open, 0);
	return i;
}

static uint32_t read_pattern(struct policy_reader *r, struct policy_item *item, uint32_t end)
{
	uint32_t i = item->open + 1;

	r->limit = group_limit(r, i, end);
	while (i < r->limit) {
		if (policy_is_keyword(policy_token(r, i), POLICY_SET_PATTERN))
			i = read_selector(r, item, i);
		else
			i = read_unknown(r, i, POLICY_SET_PATTERN);
	}
	policy_read_masks(r, item);
	check_pairs(r, item->nstmts, item->open, POLICY_PAIRS_MAX);
	return read_close(r, i, end, item->open, &item->close);
}

static uint32_t read_properties(struct policy_reader *r, struct policy_item *item,
				struct policy_alternative *a, uint32_t open, uint32_t end)
{
	uint32_t i = open + 1;

	a->open = open;
	r->limit = group_limit(r, i, end);
	while (i < r->limit) {
		if (policy_is_keyword(policy_token(r, i), POLICY_SET_PROPERTY))
			i = read_property(r, item, a, i);
		else
			i = read_unknown(r, i, POLICY_SET_PROPERTY);
	}
	check_pairs(r, a->count, open, POLICY_PROPERTIES_MAX);
	return read_close(r, i, end, open, &a->close);
}

static bool same_line(const struct doc *doc, uint32_t from, uint32_t to)
{
	const char *p = doc_text(doc, from);

	return memchr(p, '\n', doc->tokens[to].off - doc->tokens[from].off) == NULL;
}

static void read_action(struct policy_reader *r, struct policy_item *item,
			struct policy_alternative *a, uint32_t tok)
{
	unsigned word = policy_token(r, tok)->word & 255;

	a->action = tok;
	a->word = (uint8_t)policy_word_canonical(word);
	if (word != POLICY_NO_WORD) {
		check_spelling(r, word, tok);
		if (item->nalternatives == 0 && item->close != 0 &&
		    !same_line(r->doc, item->close, tok))
			policy_problem(r, POLICY_PROBLEM_LAYOUT, word, tok, 0);
		return;
	}
	r->unknown = true;
	if (policy_token(r, tok)->kind != TOKEN_BROKEN)
		policy_problem(r, POLICY_PROBLEM_ACTION, 0, tok, 0);
}

static uint32_t skip_stray(const struct policy_reader *r, uint32_t i, uint32_t end, bool words)
{
	while (i < end && policy_token(r, i)->kind != TOKEN_OPEN &&
	       (words || policy_token(r, i)->kind == TOKEN_CLOSE))
		i++;
	return i;
}

/* An action with its properties, behind token LAST. Returns where it ends. */
static uint32_t read_alternative(struct policy_reader *r, struct policy_item *item, uint32_t i,
				 uint32_t end)
{
	struct policy_alternative a = { .first = (uint32_t)item->nproperties, .sa = POLICY_SHARED };
	uint32_t last = i - 1;

	i = skip_stray(r, i, end, false);
	if (i < end && policy_token(r, i)->kind != TOKEN_OPEN) {
		last = i;
		read_action(r, item, &a, i++);
	} else {
		r->unknown = true;
		policy_problem(r, POLICY_PROBLEM_NO_ACTION, 0, last, 0);
	}
	i = skip_stray(r, i, end, true);
	if (i < end)
		i = read_properties(r, item, &a, i, end);
	else if (a.action != 0)
		policy_problem(r, POLICY_PROBLEM_NO_PROPERTIES, a.word, last, 0);
	VEC_PUSH(item->alternatives, item->nalternatives, item->alternatives_cap, a);
	return i;
}

/* How many words count, and whether there are too many. */
static void check_size(const struct policy_reader *r, const struct policy_item *item, uint32_t end)
{
	uint32_t i, words = 0;

	for (i = item->open; i < end && end - item->open > POLICY_WORDS_MAX; i++)
		words += policy_token(r, i)->kind == TOKEN_WORD &&
			 policy_token(r, i)->word != POLICY_OR;
	if (words > POLICY_WORDS_MAX)
		policy_problem(r, POLICY_PROBLEM_TOO_MANY_WORDS, 0, item->open, POLICY_WORDS_MAX);
	if (item->nalternatives > POLICY_ALTERNATIVES_MAX)
		policy_problem(r, POLICY_PROBLEM_TOO_MANY_ALTERNATIVES, 0,
			       item->alternatives[POLICY_ALTERNATIVES_MAX].action,
			       POLICY_ALTERNATIVES_MAX);
}

static void item_clear(struct policy_item *item, const struct doc *doc, uint32_t entry)
{
	struct policy_item old = *item;

	*item = (struct policy_item){ .doc = doc,
				      .entry = entry,
				      .open = doc->entries[entry].tok,
				      .stmts = old.stmts,
				      .stmts_cap = old.stmts_cap,
				      .properties = old.properties,
				      .properties_cap = old.properties_cap,
				      .alternatives = old.alternatives,
				      .alternatives_cap = old.alternatives_cap };
}

void policy_item_release(struct policy_item *item)
{
	free(item->stmts);
	free(item->properties);
	free(item->alternatives);
	*item = (struct policy_item)POLICY_ITEM_INIT;
}

void policy_read(const struct doc *doc, uint32_t entry, struct policy_item *item,
		 struct problems *problems)
{
	const struct entry *e = &doc->entries[entry];
	struct policy_reader r = { .doc = doc,
				   .problems = problems,
				   .spelling = (e->flags & POLICY_ENTRY_SPELLING) != 0 };
	uint32_t i;

	item_clear(item, doc, entry);
	i = read_pattern(&r, item, e->end);
	while (i < e->end || (item->nalternatives == 0 && item->close != 0)) {
		i = read_alternative(&r, item, i, e->end);
		/* Behind the } there is or, or nothing. */
		if (i < e->end && policy_token(&r, i)->word == POLICY_OR) {
			i++;
			if (i < e->end)
				continue;
			r.unknown = true;
			policy_problem(&r, POLICY_PROBLEM_NO_ACTION, 0, i - 1, 0);
		}
		break;
	}
	check_size(&r, item, e->end);
	item->direction = policy_direction(item);
	item->unknown = r.unknown;
	if ((e->flags & POLICY_ENTRY_INCOMPLETE) == 0)
		policy_check(&r, item);
}
