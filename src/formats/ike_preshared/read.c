/* ike.preshared(5): from the tokens of one entry to what it says. */
#include "config.h"

#include "formats/ike_preshared/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

struct reader {
	const struct doc *doc;
	struct problems *problems; /* NULL: nobody wants to know */
	uint32_t limit;            /* the first token that is not the item's */
};

static const struct token *token_at(const struct reader *r, uint32_t tok)
{
	return &r->doc->tokens[tok];
}

static void problem(const struct reader *r, enum preshared_problem code, unsigned word,
		    uint32_t tok, uint32_t arg)
{
	const struct token *t = token_at(r, tok);

	if (r->problems != NULL)
		problem_add(r->problems, code, word, (struct span){ t->off, t->len }, arg);
}

/* A problem of a statement's value; the value then counts as not understood. */
static void bad(const struct reader *r, struct preshared_stmt *s, enum preshared_problem code)
{
	s->good = false;
	problem(r, code, s->field, s->arg, 0);
}

/* Something odd about a value that is understood nevertheless. */
static void odd(const struct reader *r, const struct preshared_stmt *s, enum preshared_problem code)
{
	problem(r, code, s->field, s->arg, 0);
}

static bool is_address_field(unsigned field)
{
	return preshared_words[field].arg == PRESHARED_ARG_ADDRESS;
}

/* A run of words that is no field, behind statement PREVIOUS or none. */
static uint32_t read_unknown(const struct reader *r, const struct preshared_stmt *previous,
			     uint32_t tok)
{
	char first = *doc_text(r->doc, tok);
	uint32_t i = tok;

	while (i < r->limit && !preshared_is_field(token_at(r, i)))
		i++;
	if (token_at(r, tok)->kind == TOKEN_BROKEN)
		return i; /* the scanner has said why */
	if (previous != NULL && is_address_field(previous->field) && previous->end == tok &&
	    (first == '/' || first == '-'))
		problem(r, PRESHARED_PROBLEM_ADDRESS_BLANK, previous->field, tok, 0);
	else
		problem(r, PRESHARED_PROBLEM_UNKNOWN, 0, tok, 0);
	return i;
}

static uint32_t read_stmt(const struct reader *r, struct preshared_item *item, uint32_t tok)
{
	struct preshared_stmt s = { .tok = tok, .arg = tok + 1, .end = tok + 1, .good = true };
	uint32_t *first;

	s.word = token_at(r, tok)->word & 255;
	s.field = (uint8_t)preshared_word_canonical(s.word);
	if (s.word != s.field)
		problem(r, PRESHARED_PROBLEM_ALIAS, s.field, tok, 0);
	if (s.arg < r->limit && !preshared_is_field(token_at(r, s.arg))) {
		s.end++;
	} else {
		s.good = false;
		problem(r, PRESHARED_PROBLEM_NO_VALUE, s.field, tok, 0);
	}
	first = &item->first[s.field];
	if (*first == 0)
		*first = (uint32_t)item->nstmts + 1;
	else
		problem(r, PRESHARED_PROBLEM_REPEATED, s.field, tok,
			token_at(r, item->stmts[*first - 1].tok)->off);
	VEC_PUSH(item->stmts, item->nstmts, item->stmts_cap, s);
	return s.end;
}

static bool has_quote(const struct reader *r, const struct preshared_stmt *s)
{
	return memchr(doc_text(r->doc, s->arg), '"', token_at(r, s->arg)->len) != NULL;
}

static void read_type(const struct reader *r, struct preshared_stmt *s, struct preshared_id *id)
{
	const struct preshared_word_info *info = &preshared_words[s->value];

	id->type = PRESHARED_NO_WORD;
	if (has_quote(r, s)) {
		bad(r, s, PRESHARED_PROBLEM_QUOTE);
	} else if (s->value == PRESHARED_NO_WORD) {
		bad(r, s, PRESHARED_PROBLEM_ID_TYPE_UNKNOWN);
	} else if (info->known == 0) {
		bad(r, s, PRESHARED_PROBLEM_ID_TYPE_UNSUPPORTED);
	} else {
		if (s->value != PRESHARED_TYPE_IP)
			odd(r, s, PRESHARED_PROBLEM_ID_TYPE_UNDOCUMENTED);
		id->type = (uint8_t)preshared_word_canonical(s->value);
	}
}

/* The prefix length is decimal here; what another file takes for octal is not to be guessed at. */
static bool is_decimal_prefix(const char *text, size_t len)
{
	const char *p = memchr(text, '/', len), *end = text + len;

	if (p == NULL || ++p == end || (*p == '0' && p + 1 < end))
		return false;
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return p == end;
}

static enum preshared_problem form_problem(enum ip_error error, const struct ip_range *range,
					   const char *text, size_t len)
{
	bool slash = memchr(text, '/', len) != NULL;

	switch (error) {
	case IP_OK:
		if (range->form == IP_RANGE)
			return PRESHARED_PROBLEM_ADDRESS_RANGE;
		if (range->form == IP_MASK)
			return PRESHARED_PROBLEM_ADDRESS_MASK;
		if (range->form == IP_PREFIX && !is_decimal_prefix(text, len))
			return PRESHARED_PROBLEM_ADDRESS_PREFIX;
		return 0;
	case IP_ERROR_SCOPE:
		return PRESHARED_PROBLEM_ADDRESS_SCOPE;
	case IP_ERROR_PREFIX:
		return PRESHARED_PROBLEM_ADDRESS_PREFIX;
	case IP_ERROR_MASK:
		return PRESHARED_PROBLEM_ADDRESS_MASK;
	case IP_ERROR_ORDER:
		return PRESHARED_PROBLEM_ADDRESS_RANGE;
	case IP_ERROR_FAMILIES:
		return slash ? PRESHARED_PROBLEM_ADDRESS_MASK : PRESHARED_PROBLEM_ADDRESS_RANGE;
	default:
		return PRESHARED_PROBLEM_ADDRESS_NAME;
	}
}

static bool is_broadcast(const struct ip_range *range)
{
	return range->family == IP_V4 && range->first.low == 0xffffffffu;
}

static void check_address(const struct reader *r, struct preshared_stmt *s,
			  const struct ip_range *range)
{
	if (ip_is_multicast(range))
		bad(r, s, PRESHARED_PROBLEM_ADDRESS_MULTICAST);
	else if (ip_is_v4_in_v6(range))
		bad(r, s, PRESHARED_PROBLEM_ADDRESS_V4_IN_V6);
	else if (range->form == IP_HOST && (range->first.low | range->first.high) == 0)
		odd(r, s, PRESHARED_PROBLEM_ADDRESS_ANY);
	else if (is_broadcast(range))
		odd(r, s, PRESHARED_PROBLEM_ADDRESS_BROADCAST);
	if (range->family == IP_V6)
		odd(r, s, PRESHARED_PROBLEM_IPV6);
	if (range->form == IP_PREFIX)
		odd(r, s, PRESHARED_PROBLEM_PREFIX_ID);
	if (range->form == IP_PREFIX && range->prefix == 0)
		odd(r, s, PRESHARED_PROBLEM_PREFIX_ZERO);
	if (range->host_bits)
		odd(r, s, PRESHARED_PROBLEM_HOST_BITS);
}

static void read_address(const struct reader *r, struct preshared_stmt *s,
			 const struct preshared_stmt *type, struct preshared_id *id)
{
	const char *text = doc_text(r->doc, s->arg);
	size_t len = token_at(r, s->arg)->len;
	struct ip_range range = { 0 };
	enum preshared_problem code;
	unsigned family;

	if (has_quote(r, s)) {
		bad(r, s, PRESHARED_PROBLEM_QUOTE);
		return;
	}
	if (type != NULL && id->type == PRESHARED_NO_WORD) {
		s->good = false; /* an id of another type is no address, and need not be one */
		return;
	}
	code = form_problem(ip_range_parse(text, len, &range), &range, text, len);
	if (code != 0) {
		bad(r, s, code);
		return;
	}
	check_address(r, s, &range);
	family = preshared_words[id->type].family;
	if (s->good && family != 0 && family != range.family)
		bad(r, s, PRESHARED_PROBLEM_TYPE_FAMILY);
	if (s->good)
		id->range = range;
}

static void read_mode(const struct reader *r, struct preshared_stmt *s, struct preshared_item *item)
{
	item->mode = s->value;
	if (has_quote(r, s))
		bad(r, s, PRESHARED_PROBLEM_QUOTE);
	else if (s->value == PRESHARED_NO_WORD)
		bad(r, s, PRESHARED_PROBLEM_MODE_UNKNOWN);
	else if (s->value != PRESHARED_MODE_MAIN)
		odd(r, s, PRESHARED_PROBLEM_MODE);
}

/* What a statement is worth that is the first of its field and has a value. */
static void read_value(const struct reader *r, struct preshared_item *item,
		       struct preshared_stmt *s)
{
	switch (s->field) {
	case PRESHARED_LOCALID:
		read_address(r, s, preshared_find(item, PRESHARED_LOCALIDTYPE), &item->local);
		break;
	case PRESHARED_REMOTEID:
		read_address(r, s, preshared_find(item, PRESHARED_REMOTEIDTYPE), &item->remote);
		break;
	case PRESHARED_IKE_MODE:
		read_mode(r, s, item);
		break;
	case PRESHARED_KEY:
		preshared_key_read(r->doc, s->arg, &item->key, r->problems);
		s->good = item->key.form != PRESHARED_FORM_NONE;
		break;
	default:
		break;
	}
}

/* The types come first: what an id may be depends on its type, which may stand behind it. */
static void read_types(const struct reader *r, struct preshared_item *item)
{
	static const uint8_t fields[] = { PRESHARED_LOCALIDTYPE, PRESHARED_REMOTEIDTYPE };
	struct preshared_id *ids[] = { &item->local, &item->remote };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		uint32_t first = item->first[fields[i]];

		ids[i]->type = PRESHARED_TYPE_IP;
		if (first == 0)
			continue;
		if (item->stmts[first - 1].good)
			read_type(r, &item->stmts[first - 1], ids[i]);
		else
			ids[i]->type = PRESHARED_NO_WORD;
	}
}

static void read_values(const struct reader *r, struct preshared_item *item)
{
	size_t i;

	for (i = 0; i < item->nstmts; i++) {
		struct preshared_stmt *s = &item->stmts[i];

		if (s->end == s->arg)
			continue;
		s->value = token_at(r, s->arg)->word & 255;
		if (token_at(r, s->arg)->kind == TOKEN_BROKEN)
			s->good = false; /* the scanner has said why */
	}
	item->mode = PRESHARED_MODE_MAIN;
	if (preshared_find(item, PRESHARED_IKE_MODE) != NULL)
		item->mode = PRESHARED_NO_WORD;
	read_types(r, item);
	for (i = 0; i < item->nstmts; i++) {
		struct preshared_stmt *s = &item->stmts[i];

		if (s->good && item->first[s->field] == i + 1)
			read_value(r, item, s);
	}
}

static void check_entry(const struct reader *r, struct preshared_item *item)
{
	unsigned field;

	for (field = 1; field < PRESHARED_FIELD_COUNT; field++) {
		if (item->first[field] != 0)
			continue;
		if (preshared_words[field].required)
			problem(r, PRESHARED_PROBLEM_MISSING, field, item->open, 0);
		else if (preshared_words[field].arg == PRESHARED_ARG_TYPE)
			problem(r, PRESHARED_PROBLEM_ID_TYPE_MISSING, field, item->open, 0);
	}
	if (item->local.range.family != IP_NONE && item->remote.range.family != IP_NONE &&
	    item->local.range.family != item->remote.range.family)
		problem(r, PRESHARED_PROBLEM_FAMILIES, PRESHARED_REMOTEID,
			preshared_find(item, PRESHARED_REMOTEID)->arg, 0);
}

/* A key without its closing quote takes the } on its line with it, which is no second mistake. */
static bool close_is_swallowed(const struct reader *r)
{
	const struct token *last = token_at(r, r->limit - 1);

	return last->kind == TOKEN_BROKEN &&
	       memchr(doc_text(r->doc, r->limit - 1), '}', last->len) != NULL;
}

static void item_clear(struct preshared_item *item, const struct doc *doc, uint32_t entry)
{
	struct preshared_stmt *stmts = item->stmts;
	size_t cap = item->stmts_cap;

	*item = (struct preshared_item){ .doc = doc,
					 .entry = entry,
					 .open = doc->entries[entry].tok,
					 .stmts = stmts,
					 .stmts_cap = cap };
}

void preshared_item_release(struct preshared_item *item)
{
	free(item->stmts);
	*item = (struct preshared_item)PRESHARED_ITEM_INIT;
}

void preshared_read(const struct doc *doc, uint32_t entry, struct preshared_item *item,
		    struct problems *problems)
{
	const struct entry *e = &doc->entries[entry];
	struct reader r = { doc, problems, e->end };
	bool closed = (e->flags & PRESHARED_ENTRY_UNCLOSED) == 0;
	uint32_t i = e->tok + 1;

	item_clear(item, doc, entry);
	if (closed)
		item->close = r.limit = e->end - 1;
	else if (!close_is_swallowed(&r))
		problem(&r, PRESHARED_PROBLEM_UNCLOSED, 0, e->tok, 0);
	while (i < r.limit) {
		const struct preshared_stmt *previous =
			item->nstmts > 0 ? &item->stmts[item->nstmts - 1] : NULL;

		if (preshared_is_field(token_at(&r, i)))
			i = read_stmt(&r, item, i);
		else
			i = read_unknown(&r, previous, i);
	}
	read_values(&r, item);
	if (closed || close_is_swallowed(&r))
		check_entry(&r, item);
}
