/* ipseckeys: from bytes to tokens and entries. */
#include "config.h"

#include "formats/ipseckeys/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "formats/ipseckeys/lines.h"
#include "formats/ipseckeys/place.h"

/* Those from BYTE_SPACE on may end a word or make it none; NUL also ends the file. */
enum byte_class { BYTE_WORD, BYTE_SPACE, BYTE_QUOTE, BYTE_BACKSLASH, BYTE_NUL, BYTE_HIGH };

struct scanner {
	struct doc *doc;
	uint8_t class_of[256];
	struct manual_index index;
	struct manual_lines lines;
	struct manual_place place; /* in the command that is being read */
	const char *crlf_join;     /* the first backslash that joins nothing before a CR, or NULL */
	const char *key_line;      /* where a line follows directly on one that ends with a key */
};

static uint32_t offset(const struct scanner *sc, const char *p)
{
	return (uint32_t)(p - sc->lines.bytes);
}

static void problem(struct scanner *sc, enum manual_problem code, const char *p, const char *end,
		    size_t arg)
{
	manual_lines_problem(&sc->lines, code, p, end, arg);
}

static inline void push_one(struct doc *doc, uint32_t off, uint32_t len, enum token_kind kind,
			    enum manual_word word)
{
	struct token t = { off, len & TOKEN_MAX_LEN, kind & 15u, word & 255u };

	VEC_PUSH(doc->tokens, doc->ntokens, doc->tokens_cap, t);
}

/* One that is too long for a token becomes several, which are no words of anything. */
static void push_pieces(struct scanner *sc, const char *start, const char *end)
{
	for (; end - start > TOKEN_MAX_LEN; start += TOKEN_MAX_LEN)
		push_one(sc->doc, offset(sc, start), TOKEN_MAX_LEN, TOKEN_BROKEN, 0);
	push_one(sc->doc, offset(sc, start), (uint32_t)(end - start), TOKEN_BROKEN, 0);
}

static inline void push(struct scanner *sc, const char *start, const char *end,
			enum token_kind kind, enum manual_word word)
{
	if (end - start > TOKEN_MAX_LEN)
		push_pieces(sc, start, end);
	else
		push_one(sc->doc, offset(sc, start), (uint32_t)(end - start), kind, word);
}

static void begin_entry(struct scanner *sc, enum manual_entry_kind kind)
{
	struct doc *doc = sc->doc;
	struct entry entry = { .tok = (uint32_t)doc->ntokens, .kind = (uint8_t)kind };

	VEC_PUSH(doc->entries, doc->nentries, doc->entries_cap, entry);
}

/* What was seen among the bytes of a word: quotes, a NUL, a byte beyond ASCII. */
enum { SEEN_QUOTES = 1, SEEN_NUL = 2, SEEN_HIGH = 4 };

/* Whether the bytes P to END - 1 are those that the tool can read here; says so where they are
 * not. */
static bool check_bytes(struct scanner *sc, const char *p, const char *end, unsigned seen)
{
	bool high = (seen & SEEN_HIGH) != 0 && !manual_place_is_text(&sc->place);
	bool nul = (seen & SEEN_NUL) != 0;

	if (high)
		problem(sc, MANUAL_PROBLEM_HIGH_BYTE, p, end, 0);
	if (nul)
		problem(sc, MANUAL_PROBLEM_NUL, p, end, 0);
	return !high && !nul;
}

static inline void add_token(struct scanner *sc, const char *p, const char *end,
			     enum token_kind kind, unsigned seen)
{
	enum manual_word word = MANUAL_NO_WORD;

	if (sc->place.number == 0)
		begin_entry(sc, MANUAL_ENTRY_COMMAND);
	if (kind != TOKEN_BROKEN && seen != 0 && !check_bytes(sc, p, end, seen))
		kind = TOKEN_BROKEN;
	if (kind == TOKEN_WORD)
		word = manual_place_word(&sc->place, sc->doc, p, (size_t)(end - p));
	else
		manual_place_other(&sc->place);
	push(sc, p, end, kind, word);
}

/* Where a word ends: quotes within it hold blanks together. */
static const char *word_end(const struct scanner *sc, const char *p, unsigned *seen)
{
	bool quoted = false;

	for (*seen = 0;; p++) {
		/* The end of the command is no byte like most: a newline, or that of the file. */
		while (sc->class_of[(unsigned char)*p] == BYTE_WORD)
			p++;
		if (p >= sc->lines.stop)
			return sc->lines.stop;
		switch (sc->class_of[(unsigned char)*p]) {
		case BYTE_QUOTE:
			*seen |= SEEN_QUOTES;
			quoted = !quoted;
			break;
		case BYTE_NUL:
			*seen |= SEEN_NUL;
			break;
		case BYTE_HIGH:
			*seen |= SEEN_HIGH;
			break;
		case BYTE_SPACE:
			if (!quoted)
				return p;
			break;
		default:
			if (!quoted && manual_is_last_backslash(&sc->lines, p))
				return p;
		}
	}
}

static const char *scan_word(struct scanner *sc, const char *p)
{
	unsigned seen;
	const char *end = word_end(sc, p, &seen);

	if ((seen & SEEN_QUOTES) != 0) {
		end = manual_trim_end(p, end);
		problem(sc, MANUAL_PROBLEM_QUOTE_INSIDE, p, end, 0);
	}
	add_token(sc, p, end, (seen & SEEN_QUOTES) != 0 ? TOKEN_BROKEN : TOKEN_WORD, seen);
	return end;
}

/* What there is in a text in quotes. */
static unsigned look_at(const char *p, const char *end)
{
	unsigned seen = 0;

	for (; p < end; p++)
		seen |= *p == '\0' ? SEEN_NUL : (unsigned char)*p >= 0x80 ? SEEN_HIGH : 0;
	return seen;
}

/* A word that begins with a quote ends with the next one, and knows no escapes. */
static const char *scan_quoted(struct scanner *sc, const char *p)
{
	const char *end = memchr(p + 1, '"', (size_t)(sc->lines.stop - p - 1));
	enum manual_problem code = 0;
	unsigned seen;

	if (end == NULL) {
		end = manual_trim_end(p + 1, sc->lines.stop);
		code = MANUAL_PROBLEM_QUOTE_OPEN;
	} else if (end == p + 1) {
		code = MANUAL_PROBLEM_QUOTE_EMPTY;
		end++;
	} else {
		const char *close = end + 1;

		end = manual_trim_end(close, word_end(sc, close, &seen));
		if (end > close)
			code = MANUAL_PROBLEM_QUOTE_GLUED;
	}
	if (code != 0)
		problem(sc, code, p, end, 0);
	add_token(sc, p, end, code != 0 ? TOKEN_BROKEN : TOKEN_STRING, look_at(p, end));
	return end;
}

/* The end of what stands on the line of P, without blanks and without what joins the next one. */
static const char *rest_of_line(const struct scanner *sc, const char *p)
{
	const char *newline = manual_line_end(&sc->lines, p), *end = newline;

	if (end > p && end < sc->lines.end && end[-1] == '\\')
		end--;
	return manual_trim_end(p, end);
}

/* Only whoever looks for it sees that # begins no comment here; its line is kept together. */
static const char *scan_hash(struct scanner *sc, const char *p)
{
	const char *end = rest_of_line(sc, p);

	problem(sc, MANUAL_PROBLEM_COMMENT_INSIDE, p, end, 0);
	push(sc, p, end, TOKEN_BROKEN, 0);
	return end;
}

static const char *scan_backslash(struct scanner *sc, const char *p)
{
	if (p + 1 < sc->lines.end && p[1] == '\r' && p[2] == '\n')
		sc->crlf_join = sc->crlf_join != NULL ? sc->crlf_join : p;
	else if (p + 1 < sc->lines.end)
		problem(sc, MANUAL_PROBLEM_BACKSLASH, p, p + 1, 0);
	if (sc->place.number == 0) {
		begin_entry(sc, MANUAL_ENTRY_OTHER);
		sc->place.number++;
	}
	push(sc, p, p + 1, TOKEN_BROKEN, 0);
	return p + 1;
}

/* The lines that a comment takes with it: what is no comment there itself does not happen. */
static void scan_comment(struct scanner *sc, const char *p)
{
	bool said = false;

	while ((p = manual_line_end(&sc->lines, p)) < sc->lines.stop) {
		const char *end;

		for (p++; p < sc->lines.stop && *p != '\n' && manual_is_space(*p); p++)
			;
		end = p < sc->lines.stop && *p != '#' ? rest_of_line(sc, p) : p;
		if (end <= p)
			continue;
		if (!said) {
			problem(sc, MANUAL_PROBLEM_COMMENT_JOINED, p, end, 0);
			begin_entry(sc, MANUAL_ENTRY_OTHER);
		}
		said = true;
		push(sc, p, end, TOKEN_BROKEN, 0);
	}
	if (said)
		sc->doc->entries[sc->doc->nentries - 1].end = (uint32_t)sc->doc->ntokens;
}

uint32_t manual_last_key(const struct doc *doc, const struct entry *entry)
{
	uint32_t last = entry->end - 1, name = last;
	unsigned word;

	while (name > entry->tok && (name == last || manual_is_backslash(doc, name)))
		name--;
	word = doc->tokens[name].word;
	return name < last && doc->tokens[last].word == 0 && manual_is_extension(word) &&
			       manual_words[word].arg == MANUAL_ARG_KEY
		       ? last
		       : 0;
}

/* The entry gets all tokens so far; a line of digits behind a key is the rest of that. */
static void end_entry(struct scanner *sc, const char *next)
{
	struct doc *doc = sc->doc;
	struct entry *entry = &doc->entries[doc->nentries - 1];
	bool rest;

	entry->end = (uint32_t)doc->ntokens;
	rest = sc->lines.start == sc->key_line && entry->end - entry->tok == 1 &&
	       sc->place.command == 0 && doc->tokens[entry->tok].kind == TOKEN_WORD &&
	       manual_is_hex(doc, entry->tok);
	if (rest)
		entry->kind = MANUAL_ENTRY_KEY_REST;
	sc->key_line = rest || manual_last_key(doc, entry) != 0 ? next : NULL;
}

/* The command in START to STOP; NEXT is the line behind it. */
static void scan_command(struct scanner *sc, const char *next)
{
	const char *p = manual_skip_space(&sc->lines, sc->lines.start, sc->lines.stop);

	sc->place = (struct manual_place){ .index = &sc->index };
	if (p < sc->lines.stop && *p == '#') {
		scan_comment(sc, p);
		return;
	}
	for (; p < sc->lines.stop; p = manual_skip_space(&sc->lines, p, sc->lines.stop)) {
		if (*p == '\\' && manual_is_last_backslash(&sc->lines, p))
			p = scan_backslash(sc, p);
		else if (*p == '"')
			p = scan_quoted(sc, p);
		else if (*p == '#' && sc->place.number > 0)
			p = scan_hash(sc, p);
		else
			p = scan_word(sc, p);
	}
	if (sc->place.number > 0)
		end_entry(sc, next);
}

/* A file that ends where a joined line should follow: the tool never runs the command. */
static void check_end(struct scanner *sc)
{
	const char *p = sc->lines.stop;
	struct entry *entry = &sc->doc->entries[sc->doc->nentries - 1];

	if (p[-1] != '\\')
		return;
	problem(sc, MANUAL_PROBLEM_UNFINISHED, p - 1, p, 0);
	entry->flags = MANUAL_ENTRY_UNFINISHED;
}

/* One problem for the whole file. */
static void check_line_ends(struct scanner *sc)
{
	if (sc->crlf_join != NULL)
		problem(sc, MANUAL_PROBLEM_CRLF_JOIN, sc->crlf_join, sc->crlf_join + 1, 0);
	else if (sc->lines.crlf != NULL)
		problem(sc, MANUAL_PROBLEM_CRLF, sc->lines.crlf, sc->lines.crlf + 1, 0);
}

static int by_place(const void *a, const void *b)
{
	const struct problem *x = a, *y = b;

	if (x->at.off != y->at.off)
		return x->at.off < y->at.off ? -1 : 1;
	return (x->code > y->code) - (x->code < y->code);
}

static void scanner_init(struct scanner *sc)
{
	memset(sc->class_of, BYTE_WORD, 128);
	memset(sc->class_of + 128, BYTE_HIGH, 128);
	sc->class_of[' '] = BYTE_SPACE;
	memset(&sc->class_of['\t'], BYTE_SPACE, '\r' - '\t' + 1);
	sc->class_of['"'] = BYTE_QUOTE;
	sc->class_of['\\'] = BYTE_BACKSLASH;
	sc->class_of['\0'] = BYTE_NUL;
	manual_index_init(&sc->index);
}

static void scan(struct doc *doc)
{
	const char *p = doc->blob.data, *end = p + doc->blob.len, *next;
	struct scanner sc = { .doc = doc, .lines = { .doc = doc, .bytes = p, .end = end } };

	scanner_init(&sc);
	if (doc->blob.len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		problem(&sc, MANUAL_PROBLEM_BOM, p, p + 3, 0);
		p += 3;
	}
	for (; p < end; p = next) {
		next = manual_lines_find(&sc.lines, p);
		scan_command(&sc, next);
		if (next == end && sc.place.number > 0)
			check_end(&sc);
	}
	check_line_ends(&sc);
	if (doc->problems.count > 0)
		qsort(doc->problems.items, doc->problems.count, sizeof *doc->problems.items,
		      by_place);
}

size_t manual_count_sas(const struct doc *doc)
{
	size_t i, count = 0;

	for (i = 0; i < doc->nentries; i++)
		count += doc->tokens[doc->entries[i].tok].word == MANUAL_ADD;
	return count;
}

static size_t count_commands(const struct doc *doc)
{
	size_t i, count = 0;

	for (i = 0; i < doc->nentries; i++)
		count += doc->entries[i].kind == MANUAL_ENTRY_COMMAND;
	return count;
}

const struct format ipseckeys_format = {
	.name = "ipseckeys",
	.title = N_("manual keys"),
	.entry_title = N_("manual keys"),
	.secret = true,
	.scan = scan,
	.secrets = manual_secrets,
	.count = count_commands,
};
