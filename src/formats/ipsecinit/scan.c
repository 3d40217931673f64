/* ipsecinit.conf: from bytes to tokens and entries. */
#include "config.h"

#include "formats/ipsecinit/scan.h"

#include <string.h>

#include "base/xalloc.h"

enum place {
	BETWEEN, /* where a { has to come */
	IN_PATTERN,
	BEFORE_ACTION,
	BEFORE_OPEN, /* behind an action */
	IN_PROPERTIES,
	AFTER_PROPERTIES, /* on the line of their } */
	IN_RUN,           /* in text that is no entry, up to a line that begins with { */
	IN_LINE_RUN       /* the same up to the end of the line */
};

/* What a byte may mean, as bits; nearly all are just part of a word, and have none. */
enum {
	ENDS_WORD = 1,
	BLANK = 2,
	BACKSLASH = 4, /* it ends one where its line ends too */
	NUL_BYTE = 8,
	HIGH_BYTE = 16
};

struct scanner {
	struct doc *doc;
	const char *bytes, *end;
	uint8_t class_of[256];
	enum place place;
	uint32_t group;     /* the first token behind the last { */
	uint32_t stored;    /* bytes of the policy's lines so far */
	const char *closed; /* behind the last } */
	bool stray;         /* a word before { was said */
	bool joined;        /* an or at the beginning of the line goes on with the policy */
};

static uint32_t offset(const struct scanner *sc, const char *p)
{
	return (uint32_t)(p - sc->bytes);
}

static void problem(struct scanner *sc, enum policy_problem code, const char *p, const char *end,
		    uint32_t arg)
{
	problem_add(&sc->doc->problems, code, 0,
		    (struct span){ offset(sc, p), (uint32_t)(end - p) }, arg);
}

static inline void push_token(struct scanner *sc, const char *start, size_t len,
			      enum token_kind kind, unsigned word)
{
	struct doc *doc = sc->doc;
	struct token t = { offset(sc, start), (uint32_t)len & TOKEN_MAX_LEN, kind & 15u,
			   word & 255u };

	VEC_PUSH(doc->tokens, doc->ntokens, doc->tokens_cap, t);
}

static inline void token(struct scanner *sc, const char *start, const char *end,
			 enum token_kind kind, unsigned word)
{
	while (end - start > TOKEN_MAX_LEN) {
		kind = TOKEN_BROKEN;
		word = 0;
		push_token(sc, start, TOKEN_MAX_LEN, kind, word);
		start += TOKEN_MAX_LEN;
	}
	push_token(sc, start, (size_t)(end - start), kind, word);
}

/* Gives the tokens of the group that is open their words. */
static void find_words(struct scanner *sc)
{
	if (policy_find_words(sc->doc, sc->group,
			      sc->place == IN_PATTERN ? POLICY_SET_PATTERN : POLICY_SET_PROPERTY))
		sc->doc->entries[sc->doc->nentries - 1].flags |= POLICY_ENTRY_SPELLING;
}

/* The entry that is being read gets all tokens so far. */
static void end_entry(struct scanner *sc)
{
	struct entry *entry = &sc->doc->entries[sc->doc->nentries - 1];

	if (sc->place == IN_PATTERN || sc->place == IN_PROPERTIES)
		find_words(sc);
	if (entry->kind == POLICY_ENTRY_POLICY && sc->place != AFTER_PROPERTIES)
		entry->flags |= POLICY_ENTRY_INCOMPLETE;
	entry->end = (uint32_t)sc->doc->ntokens;
	sc->place = BETWEEN;
}

static void begin_entry(struct scanner *sc, enum policy_entry_kind kind, enum place place)
{
	struct doc *doc = sc->doc;
	struct entry entry = { .tok = (uint32_t)doc->ntokens, .kind = (uint8_t)kind };

	if (sc->place != BETWEEN)
		end_entry(sc);
	VEC_PUSH(doc->entries, doc->nentries, doc->entries_cap, entry);
	sc->place = place;
	sc->stored = 0;
}

static inline unsigned class_of(const struct scanner *sc, const char *p)
{
	return sc->class_of[(unsigned char)*p];
}

static inline const char *skip_blanks(const struct scanner *sc, const char *p, const char *end)
{
	while (p < end && (class_of(sc, p) & BLANK) != 0)
		p++;
	return p;
}

/* Whether the byte is a backslash that is the last of its line. */
static bool ends_line(const struct scanner *sc, const char *p)
{
	if (*p != '\\' || p + 1 == sc->end)
		return false;
	return p[1] == '\n' || (p[1] == '\r' && p + 2 < sc->end && p[2] == '\n');
}

static void classify(struct scanner *sc)
{
	static const char blanks[] = " \t\r\v\f", marks[] = "{}#";
	size_t i;

	for (i = 0; i < sizeof blanks - 1; i++)
		sc->class_of[(unsigned char)blanks[i]] = ENDS_WORD | BLANK;
	for (i = 0; i < sizeof marks - 1; i++)
		sc->class_of[(unsigned char)marks[i]] = ENDS_WORD;
	sc->class_of['\\'] = BACKSLASH;
	sc->class_of[0] = NUL_BYTE;
	memset(sc->class_of + 128, HIGH_BYTE, 128);
}

/*
 * The end of a word; SEEN gets what bytes are in it. To the tool { is no end within braces; but no
 * word there has one in it, and it is easier to say what is wrong where it stands alone.
 */
static inline const char *word_end(const struct scanner *sc, const char *p, const char *end,
				   unsigned *seen)
{
	*seen = 0;
	for (;; p++) {
		while (p < end && class_of(sc, p) == 0)
			p++;
		if (p == end || (class_of(sc, p) & ENDS_WORD) != 0 ||
		    (class_of(sc, p) == BACKSLASH && ends_line(sc, p)))
			return p;
		*seen |= class_of(sc, p);
	}
}

static bool is_word(const char *p, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - p) == len && memcmp(p, word, len) == 0;
}

/* Which kinds of words the one behind the { may be: enum policy_set bits. */
static unsigned sets_behind(const struct scanner *sc, const char *open, const char *end)
{
	unsigned sets = 0, seen;
	const char *p = skip_blanks(sc, open + 1, end), *stop = word_end(sc, p, end, &seen);

	if (policy_word_find(p, (size_t)(stop - p), POLICY_SET_PATTERN) != 0)
		sets |= POLICY_SET_PATTERN;
	if (policy_word_find(p, (size_t)(stop - p), POLICY_SET_PROPERTY) != 0)
		sets |= POLICY_SET_PROPERTY;
	return sets;
}

/* Whether the { at P, the first of its line or not, begins an entry and not a group of this one. */
static bool begins_entry(const struct scanner *sc, const char *p, const char *end, bool first)
{
	switch (sc->place) {
	case BETWEEN:
	case AFTER_PROPERTIES:
		return true;
	case BEFORE_ACTION:
		return first && sets_behind(sc, p, end) != POLICY_SET_PROPERTY;
	case BEFORE_OPEN:
		return first && sets_behind(sc, p, end) == POLICY_SET_PATTERN;
	default:
		return first;
	}
}

/* An action within a pattern, before the { of properties: the pattern's } is what is missing. */
static bool reopens_pattern(struct scanner *sc)
{
	struct token *last = &sc->doc->tokens[sc->doc->ntokens - 1];
	enum policy_word action;

	if (sc->place != IN_PATTERN || sc->doc->ntokens == sc->group || last->kind != TOKEN_WORD)
		return false;
	action = policy_word_find(doc_text(sc->doc, sc->doc->ntokens - 1), last->len,
				  POLICY_SET_ACTION);
	if (action == POLICY_NO_WORD)
		return false;
	sc->doc->ntokens--;
	find_words(sc);
	sc->doc->ntokens++;
	last->word = action & 255u;
	return true;
}

static const char *scan_open(struct scanner *sc, const char *p, const char *end, bool first)
{
	if (begins_entry(sc, p, end, first)) {
		if (sc->place == AFTER_PROPERTIES)
			problem(sc, POLICY_PROBLEM_OPEN_AFTER_CLOSE, p, p + 1, 0);
		begin_entry(sc, POLICY_ENTRY_POLICY, IN_PATTERN);
	} else if (sc->place == BEFORE_ACTION || sc->place == BEFORE_OPEN || reopens_pattern(sc)) {
		sc->place = IN_PROPERTIES;
	} else if (sc->place == IN_PATTERN || sc->place == IN_PROPERTIES) {
		problem(sc, POLICY_PROBLEM_STRAY_OPEN, p, p + 1, 0);
		token(sc, p, p + 1, TOKEN_OPEN, 0);
		return p + 1;
	}
	token(sc, p, p + 1, TOKEN_OPEN, 0);
	sc->group = (uint32_t)sc->doc->ntokens;
	return p + 1;
}

static const char *scan_close(struct scanner *sc, const char *p)
{
	switch (sc->place) {
	case IN_PATTERN:
		find_words(sc);
		sc->place = BEFORE_ACTION;
		break;
	case IN_PROPERTIES:
		find_words(sc);
		sc->place = AFTER_PROPERTIES;
		sc->closed = p + 1;
		break;
	case BETWEEN:
		problem(sc, POLICY_PROBLEM_STRAY_CLOSE, p, p + 1, 0);
		begin_entry(sc, POLICY_ENTRY_OTHER, IN_RUN);
		break;
	case AFTER_PROPERTIES:
		problem(sc, POLICY_PROBLEM_STRAY_CLOSE, p, p + 1, 0);
		begin_entry(sc, POLICY_ENTRY_OTHER, IN_LINE_RUN);
		break;
	case BEFORE_ACTION:
	case BEFORE_OPEN:
		problem(sc, POLICY_PROBLEM_STRAY_CLOSE, p, p + 1, 0);
		break;
	default:
		break;
	}
	token(sc, p, p + 1, TOKEN_CLOSE, 0);
	return p + 1;
}

/* A word behind the } of properties: or, or what the tool throws away with the rest of the line. */
static void scan_after(struct scanner *sc, const char *p, const char *end)
{
	enum policy_word action = POLICY_NO_WORD;

	if (is_word(p, end, "or")) {
		token(sc, p, end, TOKEN_WORD, POLICY_OR);
		sc->place = BEFORE_ACTION;
		return;
	}
	if (end - p > 2 && memcmp(p, "or", 2) == 0)
		action = policy_word_find(p + 2, (size_t)(end - p) - 2, POLICY_SET_ACTION);
	if (action != POLICY_NO_WORD) {
		problem(sc, POLICY_PROBLEM_OR_GLUED, p, end, 0);
		token(sc, p, p + 2, TOKEN_WORD, POLICY_OR);
		token(sc, p + 2, end, TOKEN_WORD, action);
		sc->place = BEFORE_OPEN;
		sc->stray = false;
		return;
	}
	problem(sc,
		is_word(p, end, "o") ? POLICY_PROBLEM_OR_SHORT : POLICY_PROBLEM_TEXT_AFTER_CLOSE, p,
		end, 0);
	begin_entry(sc, POLICY_ENTRY_OTHER, IN_LINE_RUN);
	token(sc, p, end, TOKEN_WORD, 0);
}

/*
 * An or at the beginning of a line. The tool takes it for an entry of its own that does not begin
 * with {, although an example of the manual is laid out that way; it belongs to the policy before.
 */
static bool goes_on(struct scanner *sc, const char *p, const char *end, bool first)
{
	const struct doc *doc = sc->doc;
	const struct entry *last = doc->nentries > 0 ? &doc->entries[doc->nentries - 1] : NULL;

	if (!first || last == NULL || last->kind != POLICY_ENTRY_POLICY ||
	    (last->flags & POLICY_ENTRY_INCOMPLETE) != 0 || !is_word(p, end, "or"))
		return false;
	if (!sc->joined)
		problem(sc, POLICY_PROBLEM_OR_NEW_LINE, p, end, 0);
	token(sc, p, end, TOKEN_WORD, POLICY_OR);
	sc->place = BEFORE_ACTION;
	return true;
}

/* What kind of token a word is in which these bytes were SEEN; says so where they are not ASCII. */
static enum token_kind word_kind(struct scanner *sc, const char *p, const char *end, unsigned seen)
{
	if (seen & NUL_BYTE)
		problem(sc, POLICY_PROBLEM_NUL, p, end, 0);
	if (seen & HIGH_BYTE)
		problem(sc, POLICY_PROBLEM_HIGH_BYTE, p, end, 0);
	return seen & (NUL_BYTE | HIGH_BYTE) ? TOKEN_BROKEN : TOKEN_WORD;
}

static void scan_action(struct scanner *sc, const char *p, const char *end, enum token_kind kind)
{
	bool meant = false;

	token(sc, p, end, kind, policy_word_meant(p, (size_t)(end - p), POLICY_SET_ACTION, &meant));
	if (meant)
		sc->doc->entries[sc->doc->nentries - 1].flags |= POLICY_ENTRY_SPELLING;
}

/* A word, which is not empty, between P and END; SEEN is what bytes are in it. */
static void scan_word(struct scanner *sc, const char *p, const char *end, unsigned seen, bool first)
{
	enum token_kind kind = word_kind(sc, p, end, seen);

	switch (sc->place) {
	case BETWEEN:
		if (goes_on(sc, p, end, first))
			return;
		if (kind == TOKEN_WORD) /* of a broken one its bytes have been said */
			problem(sc, POLICY_PROBLEM_OUTSIDE, p, end, 0);
		begin_entry(sc, POLICY_ENTRY_OTHER, IN_RUN);
		break;
	case AFTER_PROPERTIES:
		scan_after(sc, p, end);
		return;
	case BEFORE_ACTION:
		scan_action(sc, p, end, kind);
		sc->place = BEFORE_OPEN;
		sc->stray = false;
		return;
	case BEFORE_OPEN:
		if (!sc->stray)
			problem(sc, POLICY_PROBLEM_STRAY_WORD, p, end, 0);
		sc->stray = true;
		break;
	default:
		break;
	}
	token(sc, p, end, kind, 0);
}

/* What is to be scanned at P, which is no blank and no comment. Returns where it ends. */
static const char *scan_item(struct scanner *sc, const char *p, const char *end, bool first)
{
	const char *stop;
	unsigned seen;

	if (*p == '{') {
		p = scan_open(sc, p, end, first);
	} else if (*p == '}') {
		p = scan_close(sc, p);
	} else {
		stop = word_end(sc, p, end, &seen);
		if (stop == p) { /* a backslash at the end of the line */
			problem(sc, POLICY_PROBLEM_BACKSLASH, p, p + 1, 0);
			sc->joined = true;
			return p + 1;
		}
		scan_word(sc, p, stop, seen, first);
		p = stop;
	}
	sc->joined = false;
	return p;
}

/* Counts the bytes of a line that holds something of a policy: up to STOP, where a comment or the
 * line ends. */
static void store_line(struct scanner *sc, const char *line, const char *stop)
{
	const struct doc *doc = sc->doc;
	const struct token *last = &doc->tokens[doc->ntokens - 1];
	bool fits = sc->stored <= POLICY_ENTRY_MAX;

	if (doc->entries[doc->nentries - 1].kind != POLICY_ENTRY_POLICY || !fits)
		return;
	sc->stored += (uint32_t)(stop - line) + (stop < sc->end && *stop == '\n');
	if (sc->stored > POLICY_ENTRY_MAX)
		problem(sc, POLICY_PROBLEM_LONG_ENTRY, sc->bytes + last->off,
			sc->bytes + last->off + last->len, sc->stored);
}

/* A line from its first byte to the one behind its last, its newline not among them. */
static void scan_line(struct scanner *sc, const char *line, const char *end)
{
	size_t before = sc->doc->ntokens;
	const char *p = line;

	while ((p = skip_blanks(sc, p, end)) < end && *p != '#')
		p = scan_item(sc, p, end, sc->doc->ntokens == before);
	if (p < end && sc->place == AFTER_PROPERTIES && p == sc->closed) {
		problem(sc, POLICY_PROBLEM_COMMENT_GLUED, p, end, 0);
		sc->joined = true;
	}
	if (sc->place == AFTER_PROPERTIES && sc->closed == sc->end)
		problem(sc, POLICY_PROBLEM_NO_NEWLINE, sc->end - 1, sc->end, 0);
	if (sc->doc->ntokens > before)
		store_line(sc, line, p);
	if (sc->place == AFTER_PROPERTIES || sc->place == IN_LINE_RUN)
		end_entry(sc);
}

static void scan(struct doc *doc)
{
	struct scanner sc = { .doc = doc, .bytes = doc->blob.data };
	const char *p = sc.bytes, *newline, *end;

	sc.end = sc.bytes + doc->blob.len;
	classify(&sc);
	if (doc->blob.len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		problem(&sc, POLICY_PROBLEM_BOM, p, p + 3, 0);
		p += 3;
	}
	for (; p < sc.end; p = newline + 1) {
		newline = memchr(p, '\n', (size_t)(sc.end - p));
		end = newline != NULL ? newline : sc.end;
		if (end - p > POLICY_LINE_MAX)
			problem(&sc, POLICY_PROBLEM_LONG_LINE, p, end, (uint32_t)(end - p));
		scan_line(&sc, p, end);
		if (newline == NULL)
			break;
	}
	if (sc.place != BETWEEN)
		end_entry(&sc);
}

static size_t count_policies(const struct doc *doc)
{
	size_t i, count = 0;

	for (i = 0; i < doc->nentries; i++)
		count += doc->entries[i].kind == POLICY_ENTRY_POLICY;
	return count;
}

const struct format ipsecinit_format = {
	.name = "ipsecinit",
	.title = N_("IPsec policies"),
	.entry_title = N_("policies"),
	.scan = scan,
	.count = count_policies,
};
