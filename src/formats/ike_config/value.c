/* ike.config(5): from the tokens of a statement to its value. */
#include "config.h"

#include "formats/ike_config/value.h"

#include <string.h>

#include "base/xalloc.h"

void ike_problem(const struct ike_reader *r, enum ike_problem code, unsigned word, uint32_t tok,
		 uint32_t end, uint32_t arg)
{
	if (r->problems != NULL)
		problem_add(r->problems, code, word, doc_span(r->doc, tok, end), arg);
}

/* A problem of a statement's value; the value then counts as not understood. */
static void bad(const struct ike_reader *r, struct ike_stmt *s, enum ike_problem code)
{
	s->good = false;
	ike_problem(r, code, s->word, s->arg, s->end, 0);
}

/* Something odd about a value that is understood nevertheless. */
static void odd(const struct ike_reader *r, const struct ike_stmt *s, enum ike_problem code)
{
	ike_problem(r, code, s->word, s->arg, s->end, 0);
}

bool ike_is_keyword(const struct token *t, unsigned scopes)
{
	return t->kind == TOKEN_WORD && t->word != 0 && t->word < IKE_KEYWORD_COUNT &&
	       (ike_words[t->word].scopes & scopes) != 0;
}

static bool is_value(const struct ike_reader *r, uint32_t tok)
{
	unsigned kind;

	if (tok >= r->limit)
		return false;
	kind = ike_token(r, tok)->kind;
	return kind == TOKEN_STRING || kind == TOKEN_BROKEN ||
	       (kind == TOKEN_WORD && !ike_is_keyword(ike_token(r, tok), r->scope));
}

/*
 * A bare label may be spelt like a keyword. It is one where another keyword or a brace follows;
 * where a value follows, the label is missing.
 */
static bool is_label(const struct ike_reader *r, uint32_t tok)
{
	if (is_value(r, tok))
		return true;
	return tok < r->limit && ike_token(r, tok)->kind == TOKEN_WORD &&
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

const char *ike_bare_text(const struct doc *doc, uint32_t tok, size_t *len)
{
	const struct token *t = &doc->tokens[tok];
	const char *text = doc_text(doc, tok);

	*len = t->len;
	if (t->kind == TOKEN_STRING) {
		text++;
		*len -= 2;
	}
	return text;
}

/* What should have no quotes is judged without them; that they are there is said of what is right
 * but for them. */
static void check_quotes(const struct ike_reader *r, const struct ike_stmt *s)
{
	if (s->good && ike_token(r, s->arg)->kind == TOKEN_STRING)
		odd(r, s, IKE_PROBLEM_QUOTED_WORD);
}

static void read_number(const struct ike_reader *r, struct ike_stmt *s)
{
	const struct ike_word_info *info = &ike_words[s->word];
	size_t len;
	const char *text = ike_bare_text(r->doc, s->arg, &len);
	unsigned code = ike_parse_number(text, len, &s->value);
	const struct ike_group *named =
		code == 0 || info->arg != IKE_ARG_GROUP ? NULL : ike_group_find_name(text, len);

	if (named != NULL) {
		s->value = named->number;
		ike_problem(r, IKE_PROBLEM_GROUP_NAME, s->word, s->arg, s->end, named->number);
	} else if (code != 0) {
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

static void read_real(const struct ike_reader *r, struct ike_stmt *s)
{
	size_t len, i = 0, digits = 0;
	const char *text = ike_bare_text(r->doc, s->arg, &len);

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

static void read_enum(const struct ike_reader *r, struct ike_stmt *s)
{
	const struct token *t = ike_token(r, s->arg);
	size_t len;
	const char *text = ike_bare_text(r->doc, s->arg, &len);
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

static void read_encr(const struct ike_reader *r, struct ike_stmt *s)
{
	char text[32];
	size_t len = 0;
	uint32_t i = s->end;
	enum ike_problem code;

	read_enum(r, s);
	if (i >= r->limit || ike_token(r, i)->kind != TOKEN_LPAREN)
		return;
	for (i++; i < r->limit && ike_token(r, i)->kind == TOKEN_WORD; i++) {
		size_t n = ike_token(r, i)->len;

		if (ike_is_keyword(ike_token(r, i), IKE_SCOPE_XFORM))
			break;
		if (n > sizeof text - len)
			n = sizeof text - len;
		memcpy(text + len, doc_text(r->doc, i), n);
		len += n;
	}
	if (i < r->limit && ike_token(r, i)->kind == TOKEN_RPAREN) {
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

static bool ends_in_operator(const struct ike_reader *r, uint32_t tok)
{
	char last = doc_text(r->doc, tok)[ike_token(r, tok)->len - 1];

	return last == '/' || last == '-';
}

static bool begins_with_operator(const struct ike_reader *r, uint32_t tok)
{
	char first = doc_text(r->doc, tok)[0];

	return first == '/' || first == '-';
}

/* The words of an address: white space may stand around its / and -. */
static uint32_t address_end(const struct ike_reader *r, uint32_t tok)
{
	uint32_t i = tok + 1;

	if (ike_token(r, tok)->kind != TOKEN_WORD)
		return i;
	while (i < r->limit && i < tok + 3 && ike_token(r, i)->kind == TOKEN_WORD &&
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

static void check_range(const struct ike_reader *r, struct ike_stmt *s,
			const struct ip_range *range)
{
	if (ip_is_multicast(range))
		odd(r, s, IKE_PROBLEM_ADDRESS_MULTICAST);
	if (ip_is_mapped(range))
		odd(r, s, IKE_PROBLEM_ADDRESS_V4_IN_V6);
	if (range->family == IP_V6 && range->form == IP_RANGE)
		odd(r, s, IKE_PROBLEM_V6_RANGE);
	if (range->family == IP_V6 && range->form == IP_MASK)
		odd(r, s, IKE_PROBLEM_V6_MASK);
	if (range->host_bits)
		odd(r, s, IKE_PROBLEM_HOST_BITS);
}

static void read_address(const struct ike_reader *r, struct ike_stmt *s, struct ip_range *range)
{
	char text[128];
	size_t len = 0, n;
	const char *piece;
	uint32_t i;
	enum ip_error error;

	s->end = address_end(r, s->arg);
	piece = ike_bare_text(r->doc, s->arg, &n);
	for (i = s->arg;;) {
		if (n > sizeof text - len)
			n = sizeof text - len;
		memcpy(text + len, piece, n);
		len += n;
		if (++i >= s->end)
			break;
		piece = ike_bare_text(r->doc, i, &n);
	}
	error = ip_range_parse(text, len, range);
	if (error != IP_OK) {
		range->family = IP_NONE;
		bad(r, s, address_problem(error));
	} else {
		check_range(r, s, range);
	}
}

static void check_escapes(const struct ike_reader *r, const struct ike_stmt *s, const char *text,
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

static void read_string(const struct ike_reader *r, struct ike_stmt *s)
{
	size_t len;
	const char *text;

	if (ike_token(r, s->end - 1)->kind == TOKEN_BROKEN) {
		s->good = false;
		return;
	}
	text = ike_bare_text(r->doc, s->end - 1, &len);
	if (s->word == IKE_PROXY || s->word == IKE_SOCKS) {
		if (!is_url(text, len, s->word == IKE_PROXY ? "http://" : "socks://")) {
			bad(r, s, IKE_PROBLEM_URL);
			return;
		}
	}
	if (ike_token(r, s->end - 1)->kind == TOKEN_WORD)
		odd(r, s, IKE_PROBLEM_BARE_STRING);
	else
		check_escapes(r, s, text, len);
	if (len == 0 && s->word != IKE_REMOTE_ID)
		bad(r, s, IKE_PROBLEM_EMPTY_STRING);
}

/* A ! may stand before the quotes of a selector. */
static void read_selector(const struct ike_reader *r, struct ike_stmt *s)
{
	const struct token *t = ike_token(r, s->arg);

	if (t->kind == TOKEN_WORD && t->len == 1 && *doc_text(r->doc, s->arg) == '!' &&
	    s->end < r->limit && ike_token(r, s->end)->kind == TOKEN_STRING)
		s->end++;
	read_string(r, s);
}

static void read_label(const struct ike_reader *r, struct ike_stmt *s)
{
	const struct token *t = ike_token(r, s->arg);
	size_t len;
	const char *text = ike_bare_text(r->doc, s->arg, &len);

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
static void read_braces(const struct ike_reader *r, struct ike_stmt *s)
{
	uint32_t i = s->arg;

	if (i >= r->limit || ike_token(r, i)->kind != TOKEN_OPEN) {
		s->good = false;
		ike_problem(r, IKE_PROBLEM_NO_OPEN, s->word, s->tok, s->tok + 1, 0);
		while (i < r->limit && ike_is_keyword(ike_token(r, i), IKE_SCOPE_XFORM) &&
		       !ike_is_keyword(ike_token(r, i), r->scope))
			i = ike_stmt_end(r->doc, i, r->limit, IKE_SCOPE_XFORM);
		s->end = i;
		return;
	}
	for (i++; i < r->limit; i++) {
		if (ike_token(r, i)->kind == TOKEN_OPEN && ike_begins_parts(r->doc, i)) {
			s->good = false;
			ike_problem(r, IKE_PROBLEM_STRAY, 0, i, i + 1, 0);
			s->end = ike_group_end(r->doc, s->arg, r->limit);
			return;
		}
		if (ike_token(r, i)->kind == TOKEN_OPEN)
			break;
		if (ike_token(r, i)->kind == TOKEN_CLOSE) {
			s->end = i + 1;
			return;
		}
	}
	s->end = i;
	ike_problem(r, IKE_PROBLEM_UNCLOSED, s->word, s->tok, s->tok + 1, 0);
}

/* What stands in parentheses in the place of a value is no second mistake. */
static void skip_parentheses(const struct ike_reader *r, struct ike_stmt *s)
{
	uint32_t i = s->arg;

	if (i >= r->limit || ike_token(r, i)->kind != TOKEN_LPAREN)
		return;
	while (i < r->limit && ike_token(r, i)->kind != TOKEN_OPEN &&
	       ike_token(r, i)->kind != TOKEN_CLOSE && !ike_is_keyword(ike_token(r, i), r->scope))
		if (ike_token(r, i++)->kind == TOKEN_RPAREN)
			break;
	s->arg = s->end = i;
}

/* The value of the statement whose keyword is set; moves END behind it. */
void ike_read_value(const struct ike_reader *r, struct ike_stmt *s, struct ip_range *range)
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
		ike_problem(r, IKE_PROBLEM_NO_VALUE, s->word, s->tok, s->tok + 1, 0);
		skip_parentheses(r, s);
		return;
	}
	s->end++;
	if (ike_token(r, s->arg)->kind == TOKEN_BROKEN) {
		s->good = false; /* the scanner has said why */
		return;
	}
	switch (arg) {
	case IKE_ARG_NUMBER:
	case IKE_ARG_GROUP:
	case IKE_ARG_PFS:
		read_number(r, s);
		check_quotes(r, s);
		break;
	case IKE_ARG_REAL:
		read_real(r, s);
		check_quotes(r, s);
		break;
	case IKE_ARG_STRING:
		read_string(r, s);
		break;
	case IKE_ARG_LABEL:
		read_label(r, s);
		break;
	case IKE_ARG_ADDRESS:
		read_address(r, s, range);
		check_quotes(r, s);
		break;
	case IKE_ARG_SELECTOR:
		read_selector(r, s);
		break;
	case IKE_ARG_ENUM:
		read_enum(r, s);
		check_quotes(r, s);
		break;
	case IKE_ARG_ENCR:
		read_encr(r, s);
		check_quotes(r, s);
		break;
	case IKE_ARG_WIRE:
		if (ike_token(r, s->arg)->len == 4 &&
		    memcmp(doc_text(r->doc, s->arg), "none", 4) == 0 && is_value(r, s->end))
			s->end++;
		break;
	default:
		break;
	}
}

uint32_t ike_stmt_end(const struct doc *doc, uint32_t tok, uint32_t limit, enum ike_scope scope)
{
	struct ike_reader r = { doc, NULL, scope, limit };
	struct ike_stmt s = { .tok = tok, .word = doc->tokens[tok].word & 0xff };
	struct ip_range range;

	ike_read_value(&r, &s, &range);
	return s.end;
}
