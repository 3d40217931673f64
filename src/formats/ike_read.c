/* ike.config(5): from the tokens of one entry to what it says. */
#include "config.h"

#include "formats/ike_config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "formats/ike_scan.h"

struct reader {
	const struct doc *doc;
	struct problems *problems; /* NULL: nobody wants to know */
	enum ike_scope scope;
	uint32_t limit; /* the first token that is not the item's */
};

static const struct token *token_at(const struct reader *r, uint32_t tok)
{
	return &r->doc->tokens[tok];
}

static void problem(const struct reader *r, enum ike_problem code, unsigned word, uint32_t tok,
		    uint32_t end, uint32_t arg)
{
	if (r->problems != NULL)
		problem_add(r->problems, code, word, doc_span(r->doc, tok, end), arg);
}

/* A problem of a statement's value; the value then counts as not understood. */
static void bad(const struct reader *r, struct ike_stmt *s, enum ike_problem code)
{
	s->good = false;
	problem(r, code, s->word, s->arg, s->end, 0);
}

/* Something odd about a value that is understood nevertheless. */
static void odd(const struct reader *r, const struct ike_stmt *s, enum ike_problem code)
{
	problem(r, code, s->word, s->arg, s->end, 0);
}

static bool is_keyword_of(const struct token *t, unsigned scopes)
{
	return t->kind == TOKEN_WORD && t->word != 0 && t->word < IKE_KEYWORD_COUNT &&
	       (ike_words[t->word].scopes & scopes) != 0;
}

static bool is_value(const struct reader *r, uint32_t tok)
{
	unsigned kind;

	if (tok >= r->limit)
		return false;
	kind = token_at(r, tok)->kind;
	return kind == TOKEN_STRING || kind == TOKEN_BROKEN ||
	       (kind == TOKEN_WORD && !is_keyword_of(token_at(r, tok), r->scope));
}

/*
 * A bare label may be spelt like a keyword. It is one where another keyword or a brace follows;
 * where a value follows, the label is missing.
 */
static bool is_label(const struct reader *r, uint32_t tok)
{
	if (is_value(r, tok))
		return true;
	return tok < r->limit && token_at(r, tok)->kind == TOKEN_WORD &&
	       (tok + 1 >= r->limit || !is_value(r, tok + 1));
}

unsigned ike_parse_number(const char *text, size_t len, uint32_t *value)
{
	unsigned base = 10;
	uint64_t number = 0;
	size_t i = 0;

	if (len > 1 && text[0] == '0') {
		base = text[1] == 'x' || text[1] == 'X' ? 16 : 8;
		i = base == 16 ? 2 : 1;
	}
	if (i == len)
		return IKE_PROBLEM_NUMBER;
	for (; i < len; i++) {
		unsigned c = (unsigned char)text[i], digit;

		if (c >= '0' && c <= '9')
			digit = c - '0';
		else if (c >= 'a' && c <= 'f')
			digit = c - 'a' + 10;
		else if (c >= 'A' && c <= 'F')
			digit = c - 'A' + 10;
		else
			return IKE_PROBLEM_NUMBER;
		if (digit >= base)
			return IKE_PROBLEM_NUMBER;
		if (number <= UINT32_MAX)
			number = number * base + digit;
	}
	if (number > UINT32_MAX)
		return IKE_PROBLEM_NUMBER_SIZE;
	*value = (uint32_t)number;
	return 0;
}

/* The text of a value token, without quotes where it has them. */
static const char *bare_text(const struct reader *r, uint32_t tok, size_t *len)
{
	const struct token *t = token_at(r, tok);
	const char *text = doc_text(r->doc, tok);

	*len = t->len;
	if (t->kind == TOKEN_STRING) {
		text++;
		*len -= 2;
	}
	return text;
}

static const char *unquoted_value(const struct reader *r, struct ike_stmt *s, size_t *len)
{
	if (token_at(r, s->arg)->kind == TOKEN_STRING)
		odd(r, s, IKE_PROBLEM_QUOTED_WORD);
	return bare_text(r, s->arg, len);
}

static void read_number(const struct reader *r, struct ike_stmt *s)
{
	const struct ike_word_info *info = &ike_words[s->word];
	size_t len;
	const char *text = unquoted_value(r, s, &len);
	unsigned code = ike_parse_number(text, len, &s->value);

	if (code != 0) {
		bad(r, s, code);
	} else if (info->arg == IKE_ARG_GROUP) {
		if (ike_group_find(s->value) == NULL)
			bad(r, s, IKE_PROBLEM_GROUP);
	} else if (info->arg == IKE_ARG_PFS) {
		if (s->value != 0 && ike_group_find(s->value) == NULL)
			bad(r, s, IKE_PROBLEM_PFS);
	} else if (s->value < info->min || s->value > info->max) {
		odd(r, s, IKE_PROBLEM_NUMBER_RANGE);
	}
}

static void read_real(const struct reader *r, struct ike_stmt *s)
{
	size_t len, i = 0, digits = 0;
	const char *text = unquoted_value(r, s, &len);

	while (i < len && text[i] >= '0' && text[i] <= '9')
		i++, digits++;
	if (i < len && text[i] == '.') {
		i++;
		while (i < len && text[i] >= '0' && text[i] <= '9')
			i++, digits++;
	}
	if (i < len || digits == 0)
		bad(r, s, IKE_PROBLEM_NUMBER);
}

static void read_enum(const struct reader *r, struct ike_stmt *s)
{
	const struct token *t = token_at(r, s->arg);
	size_t len;
	const char *text = unquoted_value(r, s, &len);
	enum ike_word word = t->kind == TOKEN_STRING ? ike_word_find(text, len) : t->word;

	if (word == IKE_NO_WORD || ike_words[word].set != s->word) {
		bad(r, s, IKE_PROBLEM_VALUE);
		return;
	}
	if (word == IKE_BLOWFISH_CDC)
		odd(r, s, IKE_PROBLEM_BLOWFISH_CDC);
	s->value = ike_value_canonical(word);
}

static bool is_key_size(uint32_t bits)
{
	return bits == 128 || bits == 192 || bits == 256;
}

/* The range in parentheses behind a cipher: LO..HI, with blanks anywhere between the three. */
static enum ike_problem check_key_sizes(const char *text, size_t len)
{
	const char *dots = memmem(text, len, "..", 2);
	uint32_t low, high;

	if (dots == NULL)
		return ike_parse_number(text, len, &low) == 0 && is_key_size(low)
			       ? IKE_PROBLEM_KEY_SIZE_SINGLE
			       : IKE_PROBLEM_KEY_SIZE;
	if (ike_parse_number(text, (size_t)(dots - text), &low) != 0 ||
	    ike_parse_number(dots + 2, len - (size_t)(dots + 2 - text), &high) != 0 ||
	    !is_key_size(low) || !is_key_size(high) || low > high)
		return IKE_PROBLEM_KEY_SIZE;
	return 0;
}

static void read_encr(const struct reader *r, struct ike_stmt *s)
{
	char text[32];
	size_t len = 0;
	uint32_t i = s->end;
	enum ike_problem code;

	read_enum(r, s);
	if (i >= r->limit || token_at(r, i)->kind != TOKEN_LPAREN)
		return;
	for (i++; i < r->limit && token_at(r, i)->kind == TOKEN_WORD; i++) {
		size_t n = token_at(r, i)->len;

		if (is_keyword_of(token_at(r, i), IKE_SCOPE_XFORM))
			break;
		if (n > sizeof text - len)
			n = sizeof text - len;
		memcpy(text + len, doc_text(r->doc, i), n);
		len += n;
	}
	if (i < r->limit && token_at(r, i)->kind == TOKEN_RPAREN) {
		i++;
		code = check_key_sizes(text, len);
	} else {
		code = IKE_PROBLEM_KEY_SIZE;
	}
	s->end = i;
	if (s->good && s->value != IKE_AES)
		bad(r, s, IKE_PROBLEM_KEY_SIZE_CIPHER);
	else if (code == IKE_PROBLEM_KEY_SIZE_SINGLE)
		odd(r, s, code);
	else if (code != 0)
		bad(r, s, code);
}

static bool ends_in_operator(const struct reader *r, uint32_t tok)
{
	char last = doc_text(r->doc, tok)[token_at(r, tok)->len - 1];

	return last == '/' || last == '-';
}

static bool begins_with_operator(const struct reader *r, uint32_t tok)
{
	char first = doc_text(r->doc, tok)[0];

	return first == '/' || first == '-';
}

/* The words of an address: white space may stand around its / and -. */
static uint32_t address_end(const struct reader *r, uint32_t tok)
{
	uint32_t i = tok + 1;

	if (token_at(r, tok)->kind != TOKEN_WORD)
		return i;
	while (i < r->limit && i < tok + 3 && token_at(r, i)->kind == TOKEN_WORD &&
	       is_value(r, i) && (begins_with_operator(r, i) || ends_in_operator(r, i - 1)))
		i++;
	return i;
}

static enum ike_problem address_problem(enum ip_error error)
{
	switch (error) {
	case IP_ERROR_SCOPE:
		return IKE_PROBLEM_ADDRESS_SCOPE;
	case IP_ERROR_PREFIX:
		return IKE_PROBLEM_ADDRESS_PREFIX;
	case IP_ERROR_MASK:
		return IKE_PROBLEM_ADDRESS_MASK;
	case IP_ERROR_ORDER:
		return IKE_PROBLEM_ADDRESS_ORDER;
	case IP_ERROR_FAMILIES:
		return IKE_PROBLEM_ADDRESS_FAMILIES;
	default:
		return IKE_PROBLEM_ADDRESS_NAME;
	}
}

static void check_range(const struct reader *r, struct ike_stmt *s, const struct ip_range *range)
{
	if (ip_is_multicast(range))
		odd(r, s, IKE_PROBLEM_ADDRESS_MULTICAST);
	if (range->family == IP_V6 && range->form == IP_RANGE)
		odd(r, s, IKE_PROBLEM_V6_RANGE);
	if (range->family == IP_V6 && range->form == IP_MASK)
		odd(r, s, IKE_PROBLEM_V6_MASK);
	if (range->host_bits)
		odd(r, s, IKE_PROBLEM_HOST_BITS);
}

static void read_address(const struct reader *r, struct ike_stmt *s, struct ip_range *range)
{
	char text[128];
	size_t len = 0, n;
	const char *piece;
	uint32_t i;
	enum ip_error error;

	s->end = address_end(r, s->arg);
	piece = unquoted_value(r, s, &n);
	for (i = s->arg;;) {
		if (n > sizeof text - len)
			n = sizeof text - len;
		memcpy(text + len, piece, n);
		len += n;
		if (++i >= s->end)
			break;
		piece = bare_text(r, i, &n);
	}
	error = ip_range_parse(text, len, range);
	if (error != IP_OK) {
		range->family = IP_NONE;
		bad(r, s, address_problem(error));
	} else {
		check_range(r, s, range);
	}
}

static void check_escapes(const struct reader *r, const struct ike_stmt *s, const char *text,
			  size_t len)
{
	bool comma = false, other = false;
	size_t i;

	if (memchr(text, '\\', len) == NULL)
		return;
	for (i = 0; i + 1 < len; i++) {
		if (text[i] != '\\')
			continue;
		i++;
		if (text[i] == ',' && ike_words[s->word].arg == IKE_ARG_SELECTOR)
			comma = true;
		else if (text[i] != '\\' && text[i] != '"')
			other = true;
	}
	if (comma)
		odd(r, s, IKE_PROBLEM_COMMA_ESCAPE);
	if (other)
		odd(r, s, IKE_PROBLEM_ESCAPE);
}

static bool is_url(const char *text, size_t len, const char *scheme)
{
	size_t n = strlen(scheme);

	return len > n && memcmp(text, scheme, n) == 0;
}

static void read_string(const struct reader *r, struct ike_stmt *s)
{
	size_t len;
	const char *text;

	if (token_at(r, s->end - 1)->kind == TOKEN_BROKEN) {
		s->good = false;
		return;
	}
	text = bare_text(r, s->end - 1, &len);
	if (s->word == IKE_PROXY || s->word == IKE_SOCKS) {
		if (!is_url(text, len, s->word == IKE_PROXY ? "http://" : "socks://")) {
			bad(r, s, IKE_PROBLEM_URL);
			return;
		}
	}
	if (token_at(r, s->end - 1)->kind == TOKEN_WORD)
		odd(r, s, IKE_PROBLEM_BARE_STRING);
	else
		check_escapes(r, s, text, len);
	if (len == 0 && s->word != IKE_REMOTE_ID)
		bad(r, s, IKE_PROBLEM_EMPTY_STRING);
}

/* A ! may stand before the quotes of a selector. */
static void read_selector(const struct reader *r, struct ike_stmt *s)
{
	const struct token *t = token_at(r, s->arg);

	if (t->kind == TOKEN_WORD && t->len == 1 && *doc_text(r->doc, s->arg) == '!' &&
	    s->end < r->limit && token_at(r, s->end)->kind == TOKEN_STRING)
		s->end++;
	read_string(r, s);
}

static void read_label(const struct reader *r, struct ike_stmt *s)
{
	const struct token *t = token_at(r, s->arg);
	size_t len;
	const char *text = bare_text(r, s->arg, &len);

	if (len == 0)
		bad(r, s, IKE_PROBLEM_LABEL_EMPTY);
	else if (len > ike_words[IKE_LABEL].max)
		bad(r, s, IKE_PROBLEM_LABEL_LONG);
	else if (t->kind == TOKEN_STRING)
		check_escapes(r, s, text, len);
	else if (t->word != 0 && t->word < IKE_KEYWORD_COUNT)
		odd(r, s, IKE_PROBLEM_LABEL_KEYWORD);
}

/* Tokens behind the keyword up to the }, or to where the transform must have ended. */
static void read_braces(const struct reader *r, struct ike_stmt *s)
{
	uint32_t i = s->arg;

	if (i >= r->limit || token_at(r, i)->kind != TOKEN_OPEN) {
		s->good = false;
		problem(r, IKE_PROBLEM_NO_OPEN, s->word, s->tok, s->tok + 1, 0);
		while (i < r->limit && is_keyword_of(token_at(r, i), IKE_SCOPE_XFORM) &&
		       !is_keyword_of(token_at(r, i), r->scope))
			i = ike_stmt_end(r->doc, i, r->limit, IKE_SCOPE_XFORM);
		s->end = i;
		return;
	}
	for (i++; i < r->limit; i++) {
		if (token_at(r, i)->kind == TOKEN_OPEN && ike_begins_parts(r->doc, i)) {
			s->good = false;
			problem(r, IKE_PROBLEM_STRAY, 0, i, i + 1, 0);
			s->end = ike_group_end(r->doc, s->arg, r->limit);
			return;
		}
		if (token_at(r, i)->kind == TOKEN_OPEN)
			break;
		if (token_at(r, i)->kind == TOKEN_CLOSE) {
			s->end = i + 1;
			return;
		}
	}
	s->end = i;
	problem(r, IKE_PROBLEM_UNCLOSED, s->word, s->tok, s->tok + 1, 0);
}

/* The value of the statement whose keyword is set; moves END behind it. */
static void read_value(const struct reader *r, struct ike_stmt *s, struct ip_range *range)
{
	enum ike_arg arg = ike_words[s->word].arg;

	s->good = true;
	s->value = 0;
	s->arg = s->end = s->tok + 1;
	if (arg == IKE_ARG_NONE)
		return;
	if (arg == IKE_ARG_XFORM) {
		read_braces(r, s);
		return;
	}
	if (arg == IKE_ARG_LABEL ? !is_label(r, s->arg) : !is_value(r, s->arg)) {
		s->good = false;
		problem(r, IKE_PROBLEM_NO_VALUE, s->word, s->tok, s->tok + 1, 0);
		return;
	}
	s->end++;
	if (token_at(r, s->arg)->kind == TOKEN_BROKEN) {
		s->good = false; /* the scanner has said why */
		return;
	}
	switch (arg) {
	case IKE_ARG_NUMBER:
	case IKE_ARG_GROUP:
	case IKE_ARG_PFS:
		read_number(r, s);
		break;
	case IKE_ARG_REAL:
		read_real(r, s);
		break;
	case IKE_ARG_STRING:
		read_string(r, s);
		break;
	case IKE_ARG_LABEL:
		read_label(r, s);
		break;
	case IKE_ARG_ADDRESS:
		read_address(r, s, range);
		break;
	case IKE_ARG_SELECTOR:
		read_selector(r, s);
		break;
	case IKE_ARG_ENUM:
		read_enum(r, s);
		break;
	case IKE_ARG_ENCR:
		read_encr(r, s);
		break;
	case IKE_ARG_WIRE:
		if (token_at(r, s->arg)->len == 4 &&
		    memcmp(doc_text(r->doc, s->arg), "none", 4) == 0 && is_value(r, s->end))
			s->end++;
		break;
	default:
		break;
	}
}

uint32_t ike_stmt_end(const struct doc *doc, uint32_t tok, uint32_t limit, enum ike_scope scope)
{
	struct reader r = { doc, NULL, scope, limit };
	struct ike_stmt s = { .tok = tok, .word = doc->tokens[tok].word & 0xff };
	struct ip_range range;

	read_value(&r, &s, &range);
	return s.end;
}

/* localid and remoteid of the Solaris 9 guides. */
static bool is_old_keyword(const struct reader *r, uint32_t tok)
{
	const char *text = doc_text(r->doc, tok);
	size_t len = token_at(r, tok)->len;

	return (len == 7 && memcmp(text, "localid", 7) == 0) ||
	       (len == 8 && memcmp(text, "remoteid", 8) == 0);
}

/*
 * A word that is no keyword, with what follows up to the next keyword or brace, and with the group
 * in braces that belongs to it.
 */
static uint32_t read_unknown(const struct reader *r, uint32_t tok)
{
	const struct token *t = token_at(r, tok);
	const char *text = doc_text(r->doc, tok);
	enum ike_problem code = IKE_PROBLEM_UNKNOWN;
	uint32_t i = tok + 1;

	while (i < r->limit && token_at(r, i)->kind != TOKEN_OPEN &&
	       token_at(r, i)->kind != TOKEN_CLOSE && !is_keyword_of(token_at(r, i), 7) &&
	       !is_old_keyword(r, i))
		i++;
	if (is_old_keyword(r, tok))
		code = IKE_PROBLEM_OLD_KEYWORD;
	else if (t->kind != TOKEN_WORD || text[0] < 'A' || text[0] > 'z')
		code = IKE_PROBLEM_STRAY;
	if (t->kind != TOKEN_BROKEN)
		problem(r, code, 0, tok, tok + 1, 0);
	if (i < r->limit && token_at(r, i)->kind == TOKEN_OPEN)
		return ike_group_end(r->doc, i, r->limit);
	return i;
}

static void check_repeat(const struct reader *r, const struct ike_stmt *stmts, uint32_t earlier,
			 const struct ike_stmt *s)
{
	enum ike_repeat repeat = ike_words[s->word].repeat;
	enum ike_problem code = IKE_PROBLEM_REPEATED;

	if (repeat == IKE_ADDS_UP)
		return;
	if (repeat == IKE_FIRST)
		code = IKE_PROBLEM_REPEATED_LOCAL_ID;
	else if (r->scope == IKE_SCOPE_FILE || repeat == IKE_FLAG)
		code = IKE_PROBLEM_REPEATED_GLOBAL;
	problem(r, code, s->word, s->tok, s->end, r->doc->tokens[stmts[earlier].tok].off);
}

static void read_inner(const struct reader *r, struct ike_item *item, struct ike_xform *x)
{
	struct reader inner = { r->doc, r->problems, IKE_SCOPE_XFORM, 0 };
	uint32_t first[IKE_KEYWORD_COUNT] = { 0 }, i = x->open + 1;
	struct ip_range unused;

	inner.limit = x->close != 0 ? x->close : item->stmts[x->stmt].end;
	x->first = (uint32_t)item->ninner;
	while (i < inner.limit) {
		struct ike_stmt s = { .tok = i, .word = token_at(r, i)->word & 0xff };

		if (!is_keyword_of(token_at(r, i), 7)) {
			i = read_unknown(&inner, i);
			continue;
		}
		if (!is_keyword_of(token_at(r, i), IKE_SCOPE_XFORM)) {
			problem(r, IKE_PROBLEM_SCOPE, s.word, i, i + 1, IKE_SCOPE_XFORM);
			i = ike_stmt_end(r->doc, i, inner.limit, IKE_SCOPE_XFORM);
			continue;
		}
		read_value(&inner, &s, &unused);
		if (first[s.word] == 0)
			first[s.word] = (uint32_t)item->ninner + 1;
		else
			check_repeat(&inner, item->inner, first[s.word] - 1, &s);
		VEC_PUSH(item->inner, item->ninner, item->inner_cap, s);
		i = s.end;
	}
	x->count = (uint32_t)item->ninner - x->first;
}

static void add_xform(const struct reader *r, struct ike_item *item)
{
	const struct ike_stmt *s = &item->stmts[item->nstmts - 1];
	struct ike_xform x = { .stmt = (uint32_t)item->nstmts - 1, .open = s->arg };
	const struct ike_stmt *method;

	if (!s->good)
		return;
	if (token_at(r, s->end - 1)->kind == TOKEN_CLOSE)
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

static uint32_t read_stmt(const struct reader *r, struct ike_item *item, uint32_t tok)
{
	struct ike_stmt s = { .tok = tok, .word = token_at(r, tok)->word & 0xff };
	struct ike_address a = { .stmt = (uint32_t)item->nstmts };

	read_value(r, &s, &a.range);
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

void ike_read_globals(const struct doc *doc, struct ike_item *item, struct problems *problems)
{
	struct reader r = { doc, problems, IKE_SCOPE_FILE, 0 };
	size_t i;

	item_clear(item, doc);
	item->file_level = true;
	for (i = 0; i < doc->nentries; i++) {
		const struct entry *e = &doc->entries[i];
		uint32_t tok = e->tok;

		r.limit = e->end;
		if (e->kind == IKE_ENTRY_GLOBAL)
			read_stmt(&r, item, e->tok);
		else if (e->kind == IKE_ENTRY_OTHER && e->word != 0)
			problem(&r, IKE_PROBLEM_SCOPE, e->word, e->tok, e->tok + 1, IKE_SCOPE_FILE);
		else if (e->kind == IKE_ENTRY_OTHER && token_at(&r, e->tok)->kind == TOKEN_CLOSE)
			problem(&r, IKE_PROBLEM_STRAY_CLOSE, 0, e->tok, e->tok + 1, 0);
		else if (e->kind == IKE_ENTRY_OTHER)
			while (tok < e->end)
				tok = read_unknown(&r, tok);
	}
}

void ike_read_rule(const struct doc *doc, uint32_t entry, struct ike_item *item,
		   struct problems *problems)
{
	const struct entry *e = &doc->entries[entry];
	struct reader r = { doc, problems, IKE_SCOPE_RULE, e->end };
	uint32_t i = e->tok + 1;

	item_clear(item, doc);
	item->entry = entry;
	item->open = e->tok;
	if (e->flags & IKE_ENTRY_UNCLOSED) {
		problem(&r, IKE_PROBLEM_UNCLOSED, 0, e->tok, e->tok + 1, 0);
	} else {
		item->close = e->end - 1;
		r.limit = item->close;
	}
	while (i < r.limit) {
		if (is_keyword_of(token_at(&r, i), IKE_SCOPE_RULE)) {
			i = read_stmt(&r, item, i);
		} else if (is_keyword_of(token_at(&r, i), 7)) {
			problem(&r, IKE_PROBLEM_SCOPE, token_at(&r, i)->word, i, i + 1,
				IKE_SCOPE_RULE);
			i = ike_stmt_end(doc, i, r.limit, IKE_SCOPE_RULE);
		} else {
			i = read_unknown(&r, i);
		}
	}
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
	struct reader r = { .doc = rule->doc };
	const char *text;
	size_t len;

	if (s == NULL || !s->good)
		return false;
	text = bare_text(&r, s->arg, &len);
	return ike_is_index_label(text, len, number);
}
