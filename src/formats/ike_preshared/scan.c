/* ike.preshared(5): from bytes to tokens and entries. */
#include "config.h"

#include "formats/ike_preshared/scan.h"

#include <string.h>

#include "base/xalloc.h"

enum place {
	BETWEEN,  /* where a { has to come */
	IN_ENTRY, /* behind { */
	IN_RUN    /* in text that is no entry */
};

struct scanner {
	struct doc *doc;
	const char *bytes, *end;
	enum place place;
	unsigned field; /* whose value comes next, or 0 */
	bool crlf;      /* already said */
};

static uint32_t offset(const struct scanner *sc, const char *p)
{
	return (uint32_t)(p - sc->bytes);
}

static void problem(struct scanner *sc, enum preshared_problem code, const char *p, const char *end,
		    uint32_t arg)
{
	problem_add(&sc->doc->problems, code, 0,
		    (struct span){ offset(sc, p), (uint32_t)(end - p) }, arg);
}

static void token(struct scanner *sc, const char *start, const char *end, enum token_kind kind,
		  unsigned word)
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

/* The entry that is being read gets all tokens so far. */
static void end_entry(struct scanner *sc, unsigned flags)
{
	struct entry *entry = &sc->doc->entries[sc->doc->nentries - 1];

	entry->end = (uint32_t)sc->doc->ntokens;
	entry->flags = (uint16_t)flags;
	sc->place = BETWEEN;
	sc->field = 0;
}

static void begin_entry(struct scanner *sc, enum preshared_entry_kind kind)
{
	struct doc *doc = sc->doc;
	struct entry entry = { .tok = (uint32_t)doc->ntokens, .kind = (uint8_t)kind };

	if (sc->place != BETWEEN)
		end_entry(sc, sc->place == IN_ENTRY ? PRESHARED_ENTRY_UNCLOSED : 0);
	VEC_PUSH(doc->entries, doc->nentries, doc->entries_cap, entry);
	sc->place = kind == PRESHARED_ENTRY_KEY ? IN_ENTRY : IN_RUN;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

/* The rest of a line as one token that is not understood. */
static void scan_rest(struct scanner *sc, const char *p, const char *end)
{
	while (is_blank(end[-1]))
		end--;
	token(sc, p, end, TOKEN_BROKEN, 0);
}

/*
 * The daemon throws away what follows } on its line. It stays a run of its own here, so that nobody
 * loses a key with the line, and so does the rest of the entry whose { is lost that way.
 */
static void scan_after_close(struct scanner *sc, const char *p, const char *end)
{
	p = skip_blanks(p, end);
	if (p == end)
		return;
	if (*p == '#') {
		problem(sc, PRESHARED_PROBLEM_COMMENT_NOT_COLUMN_1, p, end, 0);
		return;
	}
	problem(sc,
		*p == '{' ? PRESHARED_PROBLEM_OPEN_AFTER_CLOSE : PRESHARED_PROBLEM_TEXT_AFTER_CLOSE,
		p, *p == '{' ? p + 1 : end, 0);
	begin_entry(sc, PRESHARED_ENTRY_OTHER);
	scan_rest(sc, p, end);
	if (*p != '{' || memchr(p, '}', (size_t)(end - p)) != NULL)
		end_entry(sc, 0);
}

/* What of a word has to be known at its end. */
struct word {
	const char *end;
	bool quoted;    /* the line ends within quotes */
	bool nul, high; /* it has a NUL byte, one beyond ASCII */
};

/*
 * The end of a word. A quote that does not stand behind a backslash begins or ends a stretch whose
 * blanks belong to the word.
 */
static struct word word_end(const char *start, const char *end)
{
	bool quoted = false, nul = false;
	unsigned all = 0;
	const char *p;

	for (p = start; p < end && (quoted || !is_blank(*p)); p++) {
		if (*p == '"' && (p == start || p[-1] != '\\'))
			quoted = !quoted;
		nul |= *p == '\0';
		all |= (unsigned char)*p;
	}
	return (struct word){ p, quoted, nul, (all & 0x80) != 0 };
}

/* The quote that ends the text that begins at START, or END where there is none. */
static const char *closing_quote(const char *start, const char *end)
{
	const char *p;

	for (p = start + 1; p < end && *p != '"'; p++)
		if (*p == '\\' && p + 1 < end && (p[1] == '"' || p[1] == '\\'))
			p++;
	return p < end ? p : end;
}

/*
 * A key in quotes. Whoever reads it as the manual has it and whoever looks for its end as the
 * daemon does must agree: they do not where an escaped backslash comes before the closing quote,
 * unless the line ends there as well.
 */
static enum token_kind scan_quoted_key(struct scanner *sc, const char *p, const char *end,
				       bool quoted)
{
	const char *close = closing_quote(p, end);

	if (close < end && close + 1 == end)
		return TOKEN_STRING;
	if (close == end)
		problem(sc, PRESHARED_PROBLEM_KEY_UNTERMINATED, p, end, 0);
	else if (quoted && close[-1] == '\\')
		problem(sc, PRESHARED_PROBLEM_KEY_BACKSLASH_END, p, end, 0);
	else
		problem(sc, PRESHARED_PROBLEM_KEY_QUOTE, p, end, 0);
	return TOKEN_BROKEN;
}

/* A word between braces: a field's name where none waits for its value, otherwise a value. */
static void scan_item_word(struct scanner *sc, const char *p, const char *end, bool quoted)
{
	enum token_kind kind = TOKEN_WORD;
	enum preshared_word word = preshared_field_find(p, (size_t)(end - p));

	if (word != 0) {
		sc->field = word;
	} else if (sc->field != 0) {
		enum preshared_arg arg = preshared_words[sc->field].arg;

		if (arg == PRESHARED_ARG_KEY && *p == '"')
			kind = scan_quoted_key(sc, p, end, quoted);
		else
			word = preshared_value_find(p, (size_t)(end - p), arg);
		sc->field = 0;
	}
	token(sc, p, end, kind, word);
}

static const char *scan_word(struct scanner *sc, const char *p, const char *line_end)
{
	struct word word = word_end(p, line_end);
	const char *end = word.end, *last = end;
	bool glued = sc->place == IN_ENTRY && !word.quoted && end[-1] == '}';

	if (glued)
		last--;
	if (sc->place == BETWEEN) {
		begin_entry(sc, PRESHARED_ENTRY_OTHER);
		if (!word.high && !word.nul)
			problem(sc, PRESHARED_PROBLEM_OUTSIDE, p, end, 0);
	}
	if (word.high)
		problem(sc, PRESHARED_PROBLEM_HIGH_BYTE, p, last, 0);
	if (word.nul)
		problem(sc, PRESHARED_PROBLEM_NUL, p, last, 0);
	if (word.high || word.nul) {
		token(sc, p, last, TOKEN_BROKEN, 0);
		sc->field = 0;
	} else if (sc->place == IN_ENTRY) {
		scan_item_word(sc, p, last, word.quoted);
	} else {
		token(sc, p, last, TOKEN_WORD, 0);
	}
	if (!glued)
		return end;
	problem(sc, PRESHARED_PROBLEM_GLUED_CLOSE, last, end, 0);
	token(sc, last, end, TOKEN_CLOSE, 0);
	end_entry(sc, 0);
	scan_after_close(sc, end, line_end);
	return line_end;
}

static const char *scan_close(struct scanner *sc, const char *p, const char *line_end)
{
	bool closes = sc->place == IN_ENTRY;

	if (sc->place == BETWEEN) {
		problem(sc, PRESHARED_PROBLEM_STRAY_CLOSE, p, p + 1, 0);
		begin_entry(sc, PRESHARED_ENTRY_OTHER);
	}
	token(sc, p, p + 1, TOKEN_CLOSE, 0);
	end_entry(sc, 0);
	if (!closes)
		return p + 1;
	scan_after_close(sc, p + 1, line_end);
	return line_end;
}

static const char *scan_slashes(struct scanner *sc, const char *p, const char *line_end)
{
	bool between = sc->place == BETWEEN;

	problem(sc, PRESHARED_PROBLEM_SLASH_COMMENT, p, p + 2, 0);
	if (between)
		begin_entry(sc, PRESHARED_ENTRY_OTHER);
	scan_rest(sc, p, line_end);
	if (between)
		end_entry(sc, 0);
	return line_end;
}

/* A line from its first byte to the one behind its last, its line end not among them. */
static void scan_line(struct scanner *sc, const char *p, const char *end)
{
	if (p < end && *p == '#')
		return;
	while ((p = skip_blanks(p, end)) < end) {
		if (*p == '#') {
			problem(sc, PRESHARED_PROBLEM_COMMENT_NOT_COLUMN_1, p, end, 0);
			return;
		}
		if (*p == '{') {
			begin_entry(sc, PRESHARED_ENTRY_KEY);
			token(sc, p, p + 1, TOKEN_OPEN, 0);
			sc->field = 0;
			p++;
		} else if (*p == '}') {
			p = scan_close(sc, p, end);
		} else if (*p == '/' && p + 1 < end && p[1] == '/' && sc->field == 0) {
			p = scan_slashes(sc, p, end);
		} else {
			p = scan_word(sc, p, end);
		}
	}
}

static void scan(struct doc *doc)
{
	struct scanner sc = { .doc = doc, .bytes = doc->blob.data };
	const char *p = sc.bytes, *newline;

	sc.end = sc.bytes + doc->blob.len;
	if (doc->blob.len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		problem(&sc, PRESHARED_PROBLEM_BOM, p, p + 3, 0);
		p += 3;
	}
	for (; p < sc.end; p = newline + 1) {
		const char *end;
		bool cr;

		newline = memchr(p, '\n', (size_t)(sc.end - p));
		end = newline != NULL ? newline : sc.end;
		if (end - p > PRESHARED_LINE_MAX)
			problem(&sc, PRESHARED_PROBLEM_LONG_LINE, p, end, (uint32_t)(end - p));
		cr = newline != NULL && end > p && end[-1] == '\r';
		end -= cr;
		scan_line(&sc, p, end);
		if (cr && !sc.crlf) {
			problem(&sc, PRESHARED_PROBLEM_CRLF, end, end + 1, 0);
			sc.crlf = true;
		}
		if (newline == NULL)
			break;
	}
	if (sc.place != BETWEEN)
		end_entry(&sc, sc.place == IN_ENTRY ? PRESHARED_ENTRY_UNCLOSED : 0);
}

static size_t count_keys(const struct doc *doc)
{
	size_t i, count = 0;

	for (i = 0; i < doc->nentries; i++)
		count += doc->entries[i].kind == PRESHARED_ENTRY_KEY;
	return count;
}

const struct format preshared_format = {
	.name = "ike-preshared",
	.title = N_("preshared keys"),
	.entry_title = N_("keys"),
	.secret = true,
	.scan = scan,
	.secrets = preshared_secrets,
	.count = count_keys,
};
