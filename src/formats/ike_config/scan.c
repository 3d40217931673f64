/* ike.config(5): from bytes to tokens, and from tokens to entries. */
#include "config.h"

#include "formats/ike_config/scan.h"

#include <string.h>

#include "base/xalloc.h"

/* Those from SLASH on may or may not end a word. */
enum byte_class { SPACE, WORD, OPEN, CLOSE, LPAREN, RPAREN, QUOTE, HASH, SLASH, BACKSLASH, HIGH };

#define SLOTS 512

struct scanner {
	struct doc *doc;
	const unsigned char *bytes, *end;
	uint8_t class_of[256];
	uint8_t slots[SLOTS]; /* word numbers by the hash of their names */
	uint8_t lengths[IKE_WORD_COUNT];
	bool begins[256]; /* whether some word begins with the byte: numbers and addresses do not */
};

static unsigned hash_name(const unsigned char *s, size_t len)
{
	return (unsigned)(s[0] * 5 + s[len / 2] * 27 + s[len - 1] * 149 + len * 61) % SLOTS;
}

static void scanner_init(struct scanner *sc, struct doc *doc)
{
	static const char special[] = { '{', '}', '(', ')', '"', '#', '/', '\\' };
	static const uint8_t classes[] = { OPEN,  CLOSE, LPAREN, RPAREN,
					   QUOTE, HASH,  SLASH,  BACKSLASH };
	size_t i;
	int word;

	sc->doc = doc;
	sc->bytes = (const unsigned char *)doc->blob.data;
	sc->end = sc->bytes + doc->blob.len;
	memset(sc->class_of, WORD, 128);
	memset(sc->class_of + 128, HIGH, 128);
	sc->class_of[0] = HIGH;
	for (i = 0; i < sizeof " \t\n\r\v\f" - 1; i++)
		sc->class_of[(unsigned char)" \t\n\r\v\f"[i]] = SPACE;
	for (i = 0; i < ARRAY_SIZE(special); i++)
		sc->class_of[(unsigned char)special[i]] = classes[i];
	memset(sc->slots, 0, sizeof sc->slots);
	memset(sc->begins, 0, sizeof sc->begins);
	for (word = 1; word < IKE_WORD_COUNT; word++) {
		const char *name = ike_words[word].name;
		unsigned h = hash_name((const unsigned char *)name, strlen(name));

		while (sc->slots[h] != 0)
			h = (h + 1) % SLOTS;
		sc->slots[h] = (uint8_t)word;
		sc->lengths[word] = (uint8_t)strlen(name);
		sc->begins[(unsigned char)name[0]] = true;
	}
}

static unsigned find_word(const struct scanner *sc, const unsigned char *s, size_t len)
{
	unsigned h, word;

	if (!sc->begins[s[0]])
		return IKE_NO_WORD;
	for (h = hash_name(s, len); (word = sc->slots[h]) != 0; h = (h + 1) % SLOTS)
		if (sc->lengths[word] == len && memcmp(ike_words[word].name, s, len) == 0)
			return word;
	return IKE_NO_WORD;
}

static uint32_t offset(const struct scanner *sc, const unsigned char *p)
{
	return (uint32_t)(p - sc->bytes);
}

static void problem(struct scanner *sc, enum ike_problem code, const unsigned char *p, size_t len)
{
	problem_add(&sc->doc->problems, code, 0, (struct span){ offset(sc, p), (uint32_t)len }, 0);
}

static inline void token(struct scanner *sc, const unsigned char *start, const unsigned char *end,
			 enum token_kind kind, unsigned word)
{
	struct doc *doc = sc->doc;
	struct token t;

	for (;;) {
		size_t len = (size_t)(end - start);

		t.off = offset(sc, start);
		t.len = len > TOKEN_MAX_LEN ? TOKEN_MAX_LEN : (uint32_t)len & TOKEN_MAX_LEN;
		t.kind = kind & 15u;
		t.word = word & 255u;
		VEC_PUSH(doc->tokens, doc->ntokens, doc->tokens_cap, t);
		if (len <= TOKEN_MAX_LEN)
			break;
		start += TOKEN_MAX_LEN;
	}
}

static const unsigned char *end_of_line(const struct scanner *sc, const unsigned char *p)
{
	const unsigned char *newline = memchr(p, '\n', (size_t)(sc->end - p));

	return newline != NULL ? newline : sc->end;
}

/* A backslash as the last thing on its line joins the lines in the manual's examples. */
static size_t backslash_newline(const struct scanner *sc, const unsigned char *p)
{
	if (p + 1 < sc->end && p[1] == '\n')
		return 2;
	if (p + 2 < sc->end && p[1] == '\r' && p[2] == '\n')
		return 3;
	return 0;
}

static const unsigned char *scan_string(struct scanner *sc, const unsigned char *start)
{
	const unsigned char *p = start + 1;
	bool high = false, nul = false;

	for (; p < sc->end && *p != '"' && *p != '\n'; p++) {
		high |= *p >= 0x80;
		nul |= *p == 0;
		if (*p == '\\' && p + 1 < sc->end && p[1] != '\n')
			p++;
	}
	if (p == sc->end || *p == '\n') {
		if (p > start && p[-1] == '\r')
			p--;
		problem(sc, IKE_PROBLEM_UNTERMINATED, start, (size_t)(p - start));
		token(sc, start, p, TOKEN_BROKEN, 0);
		return p;
	}
	p++;
	if (high)
		problem(sc, IKE_PROBLEM_HIGH_BYTE_STRING, start, (size_t)(p - start));
	token(sc, start, p, nul || p - start > TOKEN_MAX_LEN ? TOKEN_BROKEN : TOKEN_STRING, 0);
	return p;
}

static const unsigned char *scan_word(struct scanner *sc, const unsigned char *start)
{
	const unsigned char *p = start;
	bool high = false, nul = false;

	for (; p < sc->end; p++) {
		unsigned class = sc->class_of[*p];

		if (class == WORD)
			continue;
		if (class == SLASH && (p + 1 == sc->end || p[1] != '/'))
			continue;
		if (class == BACKSLASH && backslash_newline(sc, p) == 0)
			continue;
		if (class != HIGH)
			break;
		high |= *p != 0;
		nul |= *p == 0;
	}
	if (high)
		problem(sc, IKE_PROBLEM_HIGH_BYTE_WORD, start, (size_t)(p - start));
	if (high || nul)
		token(sc, start, p, TOKEN_BROKEN, 0);
	else
		token(sc, start, p, TOKEN_WORD, find_word(sc, start, (size_t)(p - start)));
	return p;
}

static const unsigned char *scan_backslash(struct scanner *sc, const unsigned char *p)
{
	size_t len = backslash_newline(sc, p);

	if (len == 0)
		return scan_word(sc, p);
	problem(sc, IKE_PROBLEM_BACKSLASH_NEWLINE, p, 1);
	return p + len;
}

/* The first byte from P on that is not of the class; the NUL behind all bytes is of none. */
static inline const unsigned char *skip(const uint8_t *class_of, enum byte_class class,
					const unsigned char *p)
{
	for (;; p += 4) {
		if (class_of[p[0]] != class)
			return p;
		if (class_of[p[1]] != class)
			return p + 1;
		if (class_of[p[2]] != class)
			return p + 2;
		if (class_of[p[3]] != class)
			return p + 3;
	}
}

/* All tokens that begin at P or behind it and before STOP. Returns where it ended. */
static const unsigned char *scan_tokens(struct scanner *sc, const unsigned char *p,
					const unsigned char *stop)
{
	const uint8_t *class_of = sc->class_of;
	const unsigned char *start;

	for (;;) {
		/* Blanks and plain words are nearly everything. */
		p = skip(class_of, SPACE, p);
		if (p >= stop)
			return p;
		start = p;
		p = skip(class_of, WORD, p);
		if (p > start && class_of[*p] < SLASH) {
			token(sc, start, p, TOKEN_WORD, find_word(sc, start, (size_t)(p - start)));
			continue;
		}
		p = start;
		switch (class_of[*p]) {
		case OPEN:
			token(sc, p, p + 1, TOKEN_OPEN, 0);
			p++;
			break;
		case CLOSE:
			token(sc, p, p + 1, TOKEN_CLOSE, 0);
			p++;
			break;
		case LPAREN:
			token(sc, p, p + 1, TOKEN_LPAREN, 0);
			p++;
			break;
		case RPAREN:
			token(sc, p, p + 1, TOKEN_RPAREN, 0);
			p++;
			break;
		case QUOTE:
			p = scan_string(sc, p);
			break;
		case HASH:
			p = end_of_line(sc, p);
			break;
		case SLASH:
			if (p + 1 < sc->end && p[1] == '/')
				p = end_of_line(sc, p);
			else
				p = scan_word(sc, p);
			break;
		case BACKSLASH:
			p = scan_backslash(sc, p);
			break;
		default:
			p = scan_word(sc, p);
		}
	}
}

/* The first line end that is CR LF in the bytes P to STOP - 1; a CR alone is white space. */
static const unsigned char *find_crlf(const struct scanner *sc, const unsigned char *p,
				      const unsigned char *stop)
{
	while ((p = memchr(p, '\r', (size_t)(stop - p))) != NULL) {
		if (p + 1 < sc->end && p[1] == '\n')
			return p;
		p++;
	}
	return NULL;
}

/* The first NUL and the first CR LF, or NULL. Both are looked for a part at a time, so that a large
 * file passes through the processor's cache once. */
static void find_odd_bytes(const struct scanner *sc, const unsigned char **nul,
			   const unsigned char **crlf)
{
	const unsigned char *p = sc->bytes;

	*nul = *crlf = NULL;
	while (p < sc->end && (*nul == NULL || *crlf == NULL)) {
		size_t left = (size_t)(sc->end - p), len = left < 16384 ? left : 16384;

		if (*nul == NULL)
			*nul = memchr(p, 0, len);
		if (*crlf == NULL)
			*crlf = find_crlf(sc, p, p + len);
		p += len;
	}
}

/* What is odd about the file as a whole is said once, at its first place. */
static const unsigned char *scan_oddities(struct scanner *sc)
{
	const unsigned char *p = sc->bytes, *nul, *crlf;
	size_t len = (size_t)(sc->end - p);
	uint32_t count = 0;

	find_odd_bytes(sc, &nul, &crlf);
	if (nul != NULL) {
		const unsigned char *q;

		for (q = nul; q < sc->end; q++)
			count += *q == 0;
		problem_add(&sc->doc->problems, IKE_PROBLEM_NUL, 0,
			    (struct span){ offset(sc, nul), 1 }, count);
	}
	if (crlf != NULL)
		problem(sc, IKE_PROBLEM_CRLF, crlf, 1);
	if (len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		problem(sc, IKE_PROBLEM_BOM, p, 3);
		p += 3;
	}
	return p;
}

static bool is_keyword(const struct token *t)
{
	return t->kind == TOKEN_WORD && t->word != 0 && t->word < IKE_KEYWORD_COUNT;
}

bool ike_begins_parts(const struct doc *doc, uint32_t open)
{
	uint32_t i = open + 1;

	/* The lifetime, which MDM writes first, may also be what stands wrongly in a rule. */
	if (i < doc->ntokens && doc->tokens[i].word == IKE_P1_LIFETIME_SECS)
		i += 2;
	return i < doc->ntokens && is_keyword(&doc->tokens[i]) &&
	       ike_words[doc->tokens[i].word].scopes == IKE_SCOPE_XFORM;
}

uint32_t ike_group_end(const struct doc *doc, uint32_t open, uint32_t limit)
{
	uint32_t i, depth = 0;

	for (i = open; i < limit; i++) {
		depth += doc->tokens[i].kind == TOKEN_OPEN;
		if (doc->tokens[i].kind == TOKEN_CLOSE && --depth == 0)
			return i + 1;
	}
	return limit;
}

/* The end of a rule whose { is token OPEN: behind its }, or where the next rule begins without one.
 */
static uint32_t rule_end(const struct doc *doc, uint32_t open, bool *closed)
{
	const struct token *tokens = doc->tokens;
	uint32_t i, depth = 1;

	*closed = true;
	for (i = open + 1; i < doc->ntokens; i++) {
		if (tokens[i].kind == TOKEN_OPEN) {
			if ((depth > 1 || tokens[i - 1].word != IKE_P1_XFORM) &&
			    !ike_begins_parts(doc, i))
				break;
			depth++;
		} else if (tokens[i].kind == TOKEN_CLOSE && --depth == 0) {
			return i + 1;
		}
	}
	*closed = false;
	return i;
}

/* The end of a run of tokens that is no global and no rule. */
static uint32_t other_end(const struct doc *doc, uint32_t tok)
{
	uint32_t i;

	if (doc->tokens[tok].kind == TOKEN_CLOSE)
		return tok + 1;
	for (i = tok + 1; i < doc->ntokens; i++)
		if (doc->tokens[i].kind == TOKEN_OPEN || doc->tokens[i].kind == TOKEN_CLOSE ||
		    is_keyword(&doc->tokens[i]))
			break;
	if (i < doc->ntokens && doc->tokens[i].kind == TOKEN_OPEN && ike_begins_parts(doc, i))
		return ike_group_end(doc, i, (uint32_t)doc->ntokens);
	return i;
}

uint32_t ike_split_entries(struct doc *doc, uint32_t i, uint32_t stop)
{
	while (i < stop) {
		const struct token *t = &doc->tokens[i];
		struct entry entry = { .tok = i };

		if (t->kind == TOKEN_OPEN) {
			bool closed;

			entry.kind = IKE_ENTRY_RULE;
			entry.end = rule_end(doc, i, &closed);
			entry.flags = closed ? 0 : IKE_ENTRY_UNCLOSED;
		} else if (is_keyword(t)) {
			entry.kind = ike_words[t->word].scopes & IKE_SCOPE_FILE ? IKE_ENTRY_GLOBAL
										: IKE_ENTRY_OTHER;
			entry.word = t->word;
			entry.end = ike_stmt_end(doc, i, (uint32_t)doc->ntokens, IKE_SCOPE_FILE);
		} else {
			entry.kind = IKE_ENTRY_OTHER;
			entry.end = other_end(doc, i);
		}
		VEC_PUSH(doc->entries, doc->nentries, doc->entries_cap, entry);
		i = entry.end;
	}
	return i;
}

uint32_t ike_scan_range(struct doc *doc, uint32_t from, uint32_t stop)
{
	struct scanner sc;

	scanner_init(&sc, doc);
	return offset(&sc, scan_tokens(&sc, sc.bytes + from, sc.bytes + stop));
}

static void scan(struct doc *doc)
{
	struct scanner sc;

	scanner_init(&sc, doc);
	scan_tokens(&sc, scan_oddities(&sc), sc.end);
	ike_split_entries(doc, 0, (uint32_t)doc->ntokens);
}

static size_t count_rules(const struct doc *doc)
{
	size_t i, count = 0;

	for (i = 0; i < doc->nentries; i++)
		count += doc->entries[i].kind == IKE_ENTRY_RULE;
	return count;
}

const struct format ike_config_format = {
	.name = "ike-config",
	.title = N_("IKE configuration"),
	.entry_title = N_("rules"),
	.scan = scan,
	.rescan = ike_rescan,
	.count = count_rules,
};
