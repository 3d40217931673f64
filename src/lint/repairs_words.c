/* Repairs of one word or value of ike/config, where it stands. */
#include "config.h"

#include "lint/repairs.h"

#include <string.h>
#include <strings.h>

#include "base/xalloc.h"
#include "formats/ike_config/file.h"
#include "lint/lint_internal.h"

static const char *text_at(const struct doc *doc, struct span at)
{
	return doc->blob.data + at.off;
}

/* The token that begins where the span does; ntokens where none does. */
static size_t token_at(const struct doc *doc, struct span at)
{
	size_t low = 0, high = doc->ntokens;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (doc->tokens[mid].off < at.off)
			low = mid + 1;
		else
			high = mid;
	}
	return low < doc->ntokens && doc->tokens[low].off == at.off ? low : doc->ntokens;
}

/* Whether the span is one token of that kind, and its number. */
static bool is_token(const struct doc *doc, struct span at, enum token_kind kind, size_t *token)
{
	*token = token_at(doc, at);
	return *token < doc->ntokens && doc->tokens[*token].kind == kind &&
	       doc->tokens[*token].len == at.len;
}

/* Whether nothing that would become part of the word stands right before or behind it. */
static bool stands_alone(const struct doc *doc, struct span at)
{
	static const char apart[] = " \t\r\n\v\f{}()";
	const char *bytes = doc->blob.data;
	uint32_t end = at.off + at.len;

	return (at.off == 0 || strchr(apart, bytes[at.off - 1]) != NULL) &&
	       (end == doc->blob.len || strchr(apart, bytes[end]) != NULL);
}

/* The bytes of the span without white space; false where a comment is among them. */
static bool join(const struct doc *doc, struct span at, struct strbuf *sb)
{
	const char *p = text_at(doc, at), *end = p + at.len;

	for (; p < end; p++) {
		if (*p == '#' || *p == '"' || (*p == '/' && p + 1 < end && p[1] == '/'))
			return false;
		if (strchr(" \t\r\n\v\f", *p) == NULL)
			strbuf_addch(sb, *p);
	}
	return true;
}

static bool replace(struct repair *repair, const struct doc *doc, struct span at, const char *text)
{
	if (strlen(text) == at.len && memcmp(text, text_at(doc, at), at.len) == 0)
		return false;
	edits_add(&repair->edits, doc, at, text, strlen(text));
	return true;
}

/* In the guides they stand before addresses. Before anything else they may have meant a name. */
bool repair_old_keyword(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	size_t token;
	struct ip_range range;

	if (!is_token(doc, finding->at, TOKEN_WORD, &token) || token + 1 == doc->ntokens ||
	    ip_range_parse(doc_text(doc, token + 1), doc->tokens[token + 1].len, &range) != IP_OK)
		return false;
	return replace(repair, doc, finding->at,
		       text_at(doc, finding->at)[0] == 'l' ? "local_addr" : "remote_addr");
}

bool repair_letter_case(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const char *found = NULL;
	unsigned word;
	size_t token;

	if (!is_token(doc, finding->at, TOKEN_WORD, &token))
		return false;
	for (word = 1; word < IKE_WORD_COUNT; word++) {
		const char *name = ike_words[word].name;

		if (finding->word != 0 ? ike_words[word].set != finding->word
				       : word >= IKE_KEYWORD_COUNT)
			continue;
		if (strlen(name) != finding->at.len ||
		    strncasecmp(name, text_at(doc, finding->at), finding->at.len) != 0)
			continue;
		if (found != NULL)
			return false;
		found = name;
	}
	return found != NULL && replace(repair, doc, finding->at, found);
}

bool repair_add_quotes(const struct lint *lint, const struct finding *finding,
		       struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const char *text = text_at(doc, finding->at);
	size_t token;

	/* A ! in front turns a selector round, and a backslash means something in quotes alone. */
	if (!is_token(doc, finding->at, TOKEN_WORD, &token) || text[0] == '!' ||
	    memchr(text, '\\', finding->at.len) != NULL)
		return false;
	edits_add(&repair->edits, doc, (struct span){ finding->at.off, 0 }, "\"", 1);
	edits_add(&repair->edits, doc, (struct span){ finding->at.off + finding->at.len, 0 }, "\"",
		  1);
	return true;
}

bool repair_take_quotes(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span at = finding->at;
	enum ike_word word;
	size_t token;

	/* Of a value of several tokens the quoted one is the first. */
	token = token_at(doc, at);
	if (token == doc->ntokens || doc->tokens[token].kind != TOKEN_STRING ||
	    doc->tokens[token].len <= 2)
		return false;
	at.len = doc->tokens[token].len;
	at.off++;
	at.len -= 2;
	word = ike_word_find(text_at(doc, at), at.len);
	if (strspn(text_at(doc, at), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789_.:/-") < at.len ||
	    memmem(text_at(doc, at), at.len, "//", 2) != NULL ||
	    (word != IKE_NO_WORD && word < IKE_KEYWORD_COUNT) ||
	    !stands_alone(doc, (struct span){ at.off - 1, at.len + 2 }))
		return false;
	edits_add(&repair->edits, doc, (struct span){ at.off - 1, 1 }, NULL, 0);
	edits_add(&repair->edits, doc, (struct span){ at.off + at.len, 1 }, NULL, 0);
	return true;
}

bool repair_comma_escape(const struct lint *lint, const struct finding *finding,
			 struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const char *text = text_at(doc, finding->at);
	uint32_t i;

	for (i = 0; i + 1 < finding->at.len; i++) {
		if (text[i] != '\\')
			continue;
		if (text[i + 1] == ',')
			edits_add(&repair->edits, doc, (struct span){ finding->at.off + i, 0 },
				  "\\", 1);
		i++;
	}
	return repair->edits.count > 0;
}

static bool is_key_size(uint32_t bits)
{
	return bits == 128 || bits == 192 || bits == 256;
}

/* The sizes between the parentheses: one, or two of which the larger one comes first. */
bool repair_key_sizes(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const char *text = text_at(doc, finding->at), *open = memchr(text, '(', finding->at.len),
		   *close = memchr(text, ')', finding->at.len), *dots;
	struct strbuf sizes = STRBUF_INIT, fixed = STRBUF_INIT;
	uint32_t low = 0, high = 0;
	struct span at;
	bool good = false;

	if (open == NULL || close == NULL || close < open)
		return false;
	at.off = finding->at.off + (uint32_t)(open + 1 - text);
	at.len = (uint32_t)(close - open - 1);
	if (join(doc, at, &sizes)) {
		dots = strstr(sizes.buf, "..");
		if (dots == NULL)
			good = ike_parse_number(sizes.buf, sizes.len, &low) == 0;
		else
			good = ike_parse_number(sizes.buf, (size_t)(dots - sizes.buf), &high) ==
				       0 &&
			       ike_parse_number(dots + 2, strlen(dots + 2), &low) == 0;
		if (good && dots == NULL)
			high = low;
	}
	good = good && is_key_size(low) && is_key_size(high) && low <= high;
	if (good) {
		strbuf_addf(&fixed, "%u..%u", low, high);
		good = replace(repair, doc, at, fixed.buf);
	}
	strbuf_release(&sizes);
	strbuf_release(&fixed);
	return good;
}

bool repair_blowfish(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	size_t token;

	return is_token(doc, finding->at, TOKEN_WORD, &token) &&
	       replace(repair, doc, finding->at, ike_words[IKE_BLOWFISH].name);
}

/* Reads the address at a finding. */
static bool read_range(const struct doc *doc, struct span at, struct ip_range *range)
{
	struct strbuf text = STRBUF_INIT;
	bool good = join(doc, at, &text) && ip_range_parse(text.buf, text.len, range) == IP_OK;

	strbuf_release(&text);
	return good;
}

bool repair_host_bits(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct strbuf text = STRBUF_INIT;
	struct ip_range range;
	bool good;

	if (!read_range(doc, finding->at, &range) || !range.host_bits)
		return false;
	ip_range_print(&text, &range);
	good = replace(repair, doc, finding->at, text.buf);
	strbuf_release(&text);
	return good;
}

/* The same addresses as a prefix, where they are one: its length, or -1. */
static int prefix_of(const struct ip_range *range)
{
	int bits = range->family == IP_V4 ? 32 : 128, length;
	struct strbuf text = STRBUF_INIT;
	struct ip_range prefix;

	for (length = bits; length >= 0; length--) {
		strbuf_clear(&text);
		ip_print(&text, range->first, range->family);
		strbuf_addf(&text, "/%d", length);
		if (ip_range_parse(text.buf, text.len, &prefix) == IP_OK &&
		    ip_compare(prefix.first, range->first) == 0 &&
		    ip_compare(prefix.last, range->last) == 0)
			break;
	}
	strbuf_release(&text);
	return length;
}

bool repair_as_prefix(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct strbuf text = STRBUF_INIT;
	struct ip_range range;
	int prefix;
	bool good;

	/* Of one with host bits it is not certain that the network is meant. */
	if (!read_range(doc, finding->at, &range) || range.host_bits)
		return false;
	prefix = prefix_of(&range);
	if (prefix < 0)
		return false;
	ip_print(&text, range.first, range.family);
	if (!ip_range_is_host(&range))
		strbuf_addf(&text, "/%d", prefix);
	good = replace(repair, doc, finding->at, text.buf);
	strbuf_release(&text);
	return good;
}
