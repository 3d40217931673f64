/* ipseckeys: from bytes to tokens and entries. */
#include "config.h"

#include "formats/ipseckeys/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"

struct scanner {
	struct doc *doc;
	const char *bytes, *end;
	const char *crlf;      /* the first line end that is CR LF, or NULL */
	const char *crlf_join; /* the first backslash that joins nothing for that */
	const char *key_line;  /* where a line follows directly on one that ends with a key */
	/* the command that is being read */
	const char *start, *stop; /* its lines, without the last newline */
	unsigned number;          /* tokens so far that the command consists of */
	enum manual_word command, extension;
	unsigned values; /* of the extension, that may still come */
	bool maybe;      /* the last token stands for a value, but is an extension's name */
};

unsigned manual_values(enum manual_word extension)
{
	switch (manual_words[extension].arg) {
	case MANUAL_ARG_NONE:
		return 0;
	case MANUAL_ARG_IDENTITY:
		return 2;
	default:
		return 1;
	}
}

bool manual_is_text(enum manual_word extension, unsigned value)
{
	unsigned arg = manual_words[extension].arg;

	return arg == MANUAL_ARG_LABEL || (arg == MANUAL_ARG_IDENTITY && value == 1);
}

bool manual_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool manual_is_hex_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static uint32_t offset(const struct scanner *sc, const char *p)
{
	return (uint32_t)(p - sc->bytes);
}

static void problem(struct scanner *sc, enum manual_problem code, const char *p, const char *end,
		    size_t arg)
{
	problem_add(&sc->doc->problems, code, 0,
		    (struct span){ offset(sc, p), (uint32_t)(end - p) }, (uint32_t)arg);
}

static const char *line_end(const struct scanner *sc, const char *p)
{
	const char *newline = memchr(p, '\n', (size_t)(sc->end - p));

	return newline != NULL ? newline : sc->end;
}

static const char *trim_end(const char *p, const char *end)
{
	while (end > p && manual_is_space(end[-1]))
		end--;
	return end;
}

/* A backslash right before a newline, which counts as a blank. */
static bool is_join(const struct scanner *sc, const char *p)
{
	return *p == '\\' && p + 1 < sc->end && p[1] == '\n';
}

static const char *skip_space(const struct scanner *sc, const char *p, const char *end)
{
	while (p < end && (manual_is_space(*p) || is_join(sc, p)))
		p++;
	return p;
}

/* A backslash that is the last of its line but for blanks, or of the file. */
static bool is_last_backslash(const struct scanner *sc, const char *p)
{
	if (*p++ != '\\')
		return false;
	while (p < sc->end && *p != '\n' && manual_is_space(*p))
		p++;
	return p == sc->end || *p == '\n';
}

/*
 * Whether the line at P looks like the rest of the command before it, which ends in a backslash and
 * blanks. The tool would take it for a command of its own; whoever wrote it did not.
 */
static bool is_meant_to_follow(const struct scanner *sc, const char *p)
{
	const char *end, *word;

	if (p >= sc->end)
		return false;
	end = line_end(sc, p);
	while (p < end && manual_is_space(*p))
		p++;
	for (word = p; p < end && !manual_is_space(*p); p++)
		;
	return word < p && *word != '#' && manual_command_find(word, (size_t)(p - word)) == 0;
}

/* Says what is too long; old releases take less, which is said of what others take. */
static void check_length(struct scanner *sc, const char *p, const char *end, size_t len,
			 size_t most, size_t most_old, enum manual_problem code)
{
	if (len > most)
		problem(sc, code, p, end, len);
	else if (len > most_old)
		problem(sc, code + 1, p, end, len);
}

/*
 * Finds the lines of the command that begins at P; sets START and STOP and returns the beginning of
 * the next one. A comment is joined with its next line the same way.
 */
static const char *find_lines(struct scanner *sc, const char *p)
{
	const char *first = p; /* what is no blank, as far as it was looked for */
	size_t joined = 0, lines = 0;
	bool comment, follows;

	sc->start = p;
	do {
		const char *end = line_end(sc, p), *text = trim_end(p, end);
		size_t len = (size_t)(end - p);
		bool backslash = text > p && text[-1] == '\\';

		check_length(sc, p, end, len + (end < sc->end), MANUAL_LINE_MAX,
			     MANUAL_LINE_MAX_OLD, MANUAL_PROBLEM_LONG_LINE);
		if (sc->crlf == NULL && len > 0 && end < sc->end && end[-1] == '\r')
			sc->crlf = end - 1;
		joined += len;
		lines++;
		sc->stop = end;
		p = end < sc->end ? end + 1 : end;
		first = skip_space(sc, first, end);
		comment = first < end && *first == '#';
		follows = backslash && end < sc->end &&
			  (text == end ? p < sc->end : !comment && is_meant_to_follow(sc, p));
	} while (follows);
	if (lines > 1)
		check_length(sc, sc->start, sc->stop, joined, MANUAL_COMMAND_MAX,
			     MANUAL_COMMAND_MAX_OLD, MANUAL_PROBLEM_LONG_COMMAND);
	return p;
}

static void push(struct scanner *sc, const char *start, const char *end, enum token_kind kind,
		 enum manual_word word)
{
	struct doc *doc = sc->doc;
	struct token t;

	while (end - start > TOKEN_MAX_LEN) {
		kind = TOKEN_BROKEN;
		word = 0;
		t = (struct token){ offset(sc, start), TOKEN_MAX_LEN, TOKEN_BROKEN, 0 };
		VEC_PUSH(doc->tokens, doc->ntokens, doc->tokens_cap, t);
		start += TOKEN_MAX_LEN;
	}
	t.off = offset(sc, start);
	t.len = (uint32_t)(end - start) & TOKEN_MAX_LEN;
	t.kind = kind & 15u;
	t.word = word & 255u;
	VEC_PUSH(doc->tokens, doc->ntokens, doc->tokens_cap, t);
}

static void begin_entry(struct scanner *sc, enum manual_entry_kind kind)
{
	struct doc *doc = sc->doc;
	struct entry entry = { .tok = (uint32_t)doc->ntokens, .kind = (uint8_t)kind };

	VEC_PUSH(doc->entries, doc->nentries, doc->entries_cap, entry);
}

static void begin_extension(struct scanner *sc, enum manual_word word)
{
	sc->extension = word;
	sc->values = manual_values(word);
}

/*
 * A value that has an extension's name is one all the same where the extension before it lacks its
 * value: that shows when no extension's name follows. A host may be called proxy.
 */
static void settle(struct scanner *sc, bool is_extension)
{
	struct token *last = &sc->doc->tokens[sc->doc->ntokens - 1];
	enum manual_word word = manual_extension_find(sc->bytes + last->off, last->len);

	sc->maybe = false;
	if (is_extension || manual_values(word) == 0)
		return;
	last->word = word & 255u;
	begin_extension(sc, word);
}

/* A value of the extension, or the name of the next one where the value is missing. */
static enum manual_word value_word(struct scanner *sc, const char *p, size_t len,
				   enum manual_word extension)
{
	enum manual_arg arg = manual_words[sc->extension].arg;
	unsigned number = manual_values(sc->extension) - sc->values;
	bool open = arg == MANUAL_ARG_ADDRESS || arg == MANUAL_ARG_PREFIX ||
		    manual_is_text(sc->extension, number);

	if (extension != 0 && !open) {
		begin_extension(sc, extension);
		return extension;
	}
	sc->maybe = extension != 0;
	sc->values--;
	return open ? MANUAL_NO_WORD : manual_value_find(p, len, arg);
}

/* Which word of the table a token is in its place. */
static enum manual_word place(struct scanner *sc, const char *p, size_t len)
{
	enum manual_word word;

	if (sc->number == 0)
		return sc->command = manual_command_guess(p, len);
	if (sc->number == 1 && manual_words[sc->command].arg == MANUAL_ARG_SA_TYPE) {
		word = manual_value_find(p, len, MANUAL_ARG_SA_TYPE);
		if (word != 0 || manual_extension_find(p, len) == 0)
			return word;
	}
	if (!manual_is_about_sa(sc->command))
		return MANUAL_NO_WORD;
	word = manual_extension_find(p, len);
	if (sc->maybe)
		settle(sc, word != 0);
	if (sc->values > 0)
		return value_word(sc, p, len, word);
	if (word == 0)
		word = manual_extension_guess(p, len);
	begin_extension(sc, word);
	return word;
}

static bool at_text(const struct scanner *sc)
{
	return sc->values > 0 &&
	       manual_is_text(sc->extension, manual_values(sc->extension) - sc->values);
}

/* Whether the bytes are those that the tool can read here; says so where they are not. */
static bool check_bytes(struct scanner *sc, const char *p, const char *end)
{
	bool high = false, nul = memchr(p, '\0', (size_t)(end - p)) != NULL;
	const char *q;

	for (q = p; q < end && !at_text(sc); q++)
		high |= (unsigned char)*q >= 0x80;
	if (high)
		problem(sc, MANUAL_PROBLEM_HIGH_BYTE, p, end, 0);
	if (nul)
		problem(sc, MANUAL_PROBLEM_NUL, p, end, 0);
	return !high && !nul;
}

static void add_token(struct scanner *sc, const char *p, const char *end, enum token_kind kind)
{
	enum manual_word word = MANUAL_NO_WORD;

	if (sc->number == 0)
		begin_entry(sc, MANUAL_ENTRY_COMMAND);
	if (kind != TOKEN_BROKEN && !check_bytes(sc, p, end))
		kind = TOKEN_BROKEN;
	if (kind == TOKEN_WORD) {
		word = place(sc, p, (size_t)(end - p));
	} else {
		/* Quoted or broken, it is no name; it may be a value. */
		sc->maybe = false;
		if (sc->values > 0)
			sc->values--;
	}
	sc->number++;
	push(sc, p, end, kind, word);
}

/* Where a word ends: quotes within it hold blanks together. */
static const char *word_end(const struct scanner *sc, const char *p, bool *quotes)
{
	bool quoted = false;

	for (*quotes = false; p < sc->stop; p++) {
		if (*p == '"')
			*quotes = true, quoted = !quoted;
		else if (!quoted && (manual_is_space(*p) || is_last_backslash(sc, p)))
			break;
	}
	return p;
}

static const char *scan_word(struct scanner *sc, const char *p)
{
	bool quotes;
	const char *end = word_end(sc, p, &quotes);

	end = trim_end(p, end);
	if (quotes)
		problem(sc, MANUAL_PROBLEM_QUOTE_INSIDE, p, end, 0);
	add_token(sc, p, end, quotes ? TOKEN_BROKEN : TOKEN_WORD);
	return end;
}

/* A word that begins with a quote ends with the next one, and knows no escapes. */
static const char *scan_quoted(struct scanner *sc, const char *p)
{
	const char *end = memchr(p + 1, '"', (size_t)(sc->stop - p - 1));
	enum manual_problem code = 0;
	bool quotes;

	if (end == NULL) {
		end = trim_end(p + 1, sc->stop);
		code = MANUAL_PROBLEM_QUOTE_OPEN;
	} else if (end == p + 1) {
		code = MANUAL_PROBLEM_QUOTE_EMPTY;
		end++;
	} else {
		const char *close = end + 1;

		end = trim_end(close, word_end(sc, close, &quotes));
		if (end > close)
			code = MANUAL_PROBLEM_QUOTE_GLUED;
	}
	if (code != 0)
		problem(sc, code, p, end, 0);
	add_token(sc, p, end, code != 0 ? TOKEN_BROKEN : TOKEN_STRING);
	return end;
}

/* The end of what stands on the line of P, without blanks and without what joins the next one. */
static const char *rest_of_line(const struct scanner *sc, const char *p)
{
	const char *newline = line_end(sc, p), *end = newline;

	if (end > p && end < sc->end && end[-1] == '\\')
		end--;
	return trim_end(p, end);
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
	if (p + 1 < sc->end && p[1] == '\r' && p[2] == '\n')
		sc->crlf_join = sc->crlf_join != NULL ? sc->crlf_join : p;
	else if (p + 1 < sc->end)
		problem(sc, MANUAL_PROBLEM_BACKSLASH, p, p + 1, 0);
	if (sc->number == 0) {
		begin_entry(sc, MANUAL_ENTRY_OTHER);
		sc->number++;
	}
	push(sc, p, p + 1, TOKEN_BROKEN, 0);
	return p + 1;
}

/* The lines that a comment takes with it: what is no comment there itself does not happen. */
static void scan_comment(struct scanner *sc, const char *p)
{
	bool said = false;

	while ((p = line_end(sc, p)) < sc->stop) {
		const char *end;

		for (p++; p < sc->stop && *p != '\n' && manual_is_space(*p); p++)
			;
		end = p < sc->stop && *p != '#' ? rest_of_line(sc, p) : p;
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

static bool is_hex(const struct doc *doc, uint32_t tok)
{
	const char *p = doc_text(doc, tok), *end = p + doc->tokens[tok].len;

	while (p < end && manual_is_hex_digit(*p))
		p++;
	return p == end;
}

/* The entry gets all tokens so far; a line of digits behind a key is the rest of that. */
static void end_entry(struct scanner *sc, const char *next)
{
	struct doc *doc = sc->doc;
	struct entry *entry = &doc->entries[doc->nentries - 1];
	bool rest;

	entry->end = (uint32_t)doc->ntokens;
	rest = sc->start == sc->key_line && entry->end - entry->tok == 1 && sc->command == 0 &&
	       doc->tokens[entry->tok].kind == TOKEN_WORD && is_hex(doc, entry->tok);
	if (rest)
		entry->kind = MANUAL_ENTRY_KEY_REST;
	sc->key_line = rest || manual_last_key(doc, entry) != 0 ? next : NULL;
}

/* The command in START to STOP; NEXT is the line behind it. */
static void scan_command(struct scanner *sc, const char *next)
{
	const char *p = skip_space(sc, sc->start, sc->stop);

	sc->number = sc->values = 0;
	sc->command = sc->extension = MANUAL_NO_WORD;
	sc->maybe = false;
	if (p < sc->stop && *p == '#') {
		scan_comment(sc, p);
		return;
	}
	for (; p < sc->stop; p = skip_space(sc, p, sc->stop)) {
		if (is_last_backslash(sc, p))
			p = scan_backslash(sc, p);
		else if (*p == '"')
			p = scan_quoted(sc, p);
		else if (*p == '#' && sc->number > 0)
			p = scan_hash(sc, p);
		else
			p = scan_word(sc, p);
	}
	if (sc->number > 0)
		end_entry(sc, next);
}

/* A file that ends where a joined line should follow: the tool never runs the command. */
static void check_end(struct scanner *sc)
{
	const char *p = sc->stop;
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
	else if (sc->crlf != NULL)
		problem(sc, MANUAL_PROBLEM_CRLF, sc->crlf, sc->crlf + 1, 0);
}

static int by_place(const void *a, const void *b)
{
	const struct problem *x = a, *y = b;

	if (x->at.off != y->at.off)
		return x->at.off < y->at.off ? -1 : 1;
	return (x->code > y->code) - (x->code < y->code);
}

static void scan(struct doc *doc)
{
	struct scanner sc = { .doc = doc, .bytes = doc->blob.data };
	const char *p = sc.bytes, *next;

	sc.end = sc.bytes + doc->blob.len;
	if (doc->blob.len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		problem(&sc, MANUAL_PROBLEM_BOM, p, p + 3, 0);
		p += 3;
	}
	for (; p < sc.end; p = next) {
		next = find_lines(&sc, p);
		scan_command(&sc, next);
		if (next == sc.end && sc.number > 0)
			check_end(&sc);
	}
	check_line_ends(&sc);
	if (doc->problems.count > 0)
		qsort(doc->problems.items, doc->problems.count, sizeof *doc->problems.items,
		      by_place);
}

static size_t count_sas(const struct doc *doc)
{
	size_t i, count = 0;

	for (i = 0; i < doc->nentries; i++)
		count += doc->tokens[doc->entries[i].tok].word == MANUAL_ADD;
	return count;
}

const struct format ipseckeys_format = {
	.name = "ipseckeys",
	.title = N_("manual keys"),
	.entry_title = N_("manual keys"),
	.secret = true,
	.scan = scan,
	.secrets = manual_secrets,
	.count = count_sas,
};
