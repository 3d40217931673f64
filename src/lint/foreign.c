/*
 * Files of another kind: a program, text in another encoding, the content of another file. Each of
 * their words would be a mistake; it is said once what they are.
 */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "formats/ipseckeys/words.h"
#include "lint/lint_internal.h"
#include "lint/words.h"

/* So much of a file tells what it is. */
#define SAMPLE_BYTES  8192
#define SAMPLE_TOKENS 2000

/* Fewer bytes or words may be anything. */
#define LEAST_BYTES  16
#define LEAST_TOKENS 8

/* How many of a document's first words are keywords of its format, in percent. */
static unsigned keyword_share(const struct doc *doc, enum location location, size_t *tokens)
{
	const struct lint_words *words = lint_words(lint_reader_of(location));
	size_t count = doc->ntokens < SAMPLE_TOKENS ? doc->ntokens : SAMPLE_TOKENS, known = 0, i;

	for (i = 0; i < count; i++) {
		unsigned word = doc->tokens[i].word;

		known += word != 0 && word < words->count &&
			 (words->fits(word, 0) ||
			  (location == LOCATION_IPSECKEYS && manual_is_extension(word)));
	}
	*tokens = count;
	return count > 0 ? (unsigned)(known * 100 / count) : 0;
}

/* How many of the bytes no text has: controls, and what is beyond ASCII and not UTF-8. */
static size_t count_odd(const unsigned char *p, size_t len)
{
	const unsigned char *end = p + len;
	size_t odd = 0;

	while (p < end) {
		uint32_t c;
		size_t n = utf8_decode(p, (size_t)(end - p), &c);

		odd += n == 0 || (c < ' ' && (c < '\t' || c > '\r'));
		p += n != 0 ? n : 1;
	}
	return odd;
}

/* Letters in every second place, and NUL in the others. */
static bool is_utf16(const unsigned char *p, size_t len)
{
	size_t nuls[2] = { 0, 0 }, i;

	for (i = 0; i < len; i++)
		nuls[i % 2] += p[i] == '\0';
	return (nuls[0] * 20 > len * 9 && nuls[1] * 20 < len) ||
	       (nuls[1] * 20 > len * 9 && nuls[0] * 20 < len);
}

/* The bytes that tell what a file is. A byte order mark, which is said of its own, tells nothing.
 */
static struct span sample(const struct doc *doc)
{
	size_t mark = doc->blob.len >= 3 && memcmp(doc->blob.data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	size_t len = doc->blob.len - mark;

	return (struct span){ (uint32_t)mark, (uint32_t)(len < SAMPLE_BYTES ? len : SAMPLE_BYTES) };
}

static const char *odd_bytes(const struct doc *doc)
{
	const unsigned char *bytes = (const unsigned char *)doc->blob.data + sample(doc).off;
	size_t len = sample(doc).len;

	if (len < LEAST_BYTES)
		return NULL;
	if (is_utf16(bytes, len))
		return _("it is text in UTF-16");
	if (count_odd(bytes, len) * 10 > len * 3)
		return _("it is no text");
	if (memchr(bytes, '\r', len) != NULL && memchr(doc->blob.data, '\n', doc->blob.len) == NULL)
		return _("its lines end in CR alone, which is no line end here");
	return NULL;
}

/* The file of which its words would be, or LOCATION_COUNT. */
static enum location looks_like(const struct doc *doc, enum location location)
{
	struct span span = sample(doc);
	enum location best = LOCATION_COUNT;
	unsigned most = 24;
	int i;

	for (i = 0; i < LOCATION_FILES; i++) {
		struct doc *other;
		unsigned share;
		size_t tokens;

		if (i == (int)location)
			continue;
		other = doc_new(locations[i].format,
				blob_copy(doc->blob.data + span.off, span.len, true));
		share = keyword_share(other, (enum location)i, &tokens);
		if (tokens >= LEAST_TOKENS && share > most) {
			most = share;
			best = (enum location)i;
		}
		doc_free(other);
	}
	return best;
}

/* Adds what a file is where it is none of its kind. */
static bool describe(const struct doc *doc, enum location location, struct strbuf *sb)
{
	const char *odd = odd_bytes(doc);
	enum location other;
	size_t tokens;
	unsigned share;

	if (odd != NULL) {
		strbuf_addstr(sb, odd);
		return true;
	}
	share = keyword_share(doc, location, &tokens);
	if (tokens < LEAST_TOKENS || share >= 12)
		return false;
	other = looks_like(doc, location);
	if (other != LOCATION_COUNT)
		strbuf_addf(sb, _("it looks like %s, %s"), _(locations[other].title),
			    locations[other].format->name);
	else if (share == 0)
		strbuf_addstr(sb, _("nothing in it is a word of such a file"));
	return sb->len > 0;
}

void lint_find_foreign(struct lint *lint)
{
	int row = check_row("FILE-0", "file of another kind"), i;

	for (i = 0; i < LOCATION_FILES; i++) {
		const struct doc *doc = host_doc(lint->host, (enum location)i);
		struct strbuf text = STRBUF_INIT;

		if (doc != NULL && describe(doc, (enum location)i, &text)) {
			struct finding *finding = lint_add_file(lint, (unsigned)row, (uint32_t)i);

			finding_text(finding, text.buf);
			lint->foreign[i] = finding != NULL;
		}
		strbuf_release(&text);
	}
}
