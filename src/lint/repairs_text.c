/* Repairs of bytes, whatever the file says with them. */
#include "config.h"

#include "lint/repairs.h"

#include <string.h>

#include "base/print.h"
#include "base/xalloc.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool repair_byte_order_mark(const struct lint *lint, const struct finding *finding,
			    struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);

	/* A file that holds nothing else would become empty, which is another matter. */
	if (doc->blob.len <= 3)
		return false;
	edits_add(&repair->edits, doc, (struct span){ 0, 3 }, NULL, 0);
	return true;
}

/*
 * One edit from the first line end to the last: a list of them would be as long as the file has
 * lines, each in memory of its own where the file holds keys.
 */
bool repair_line_ends(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const char *from = doc->blob.data + finding->at.off, *end = doc->blob.data + doc->blob.len,
		   *stop = from, *p;
	struct blob text;
	size_t len = 0;

	if (repair->probing)
		return true;
	for (p = from; (p = memchr(p, '\r', (size_t)(end - p))) != NULL; p++)
		if (p + 1 < end && p[1] == '\n')
			stop = p + 2;
	if (stop == from)
		return false;
	text = blob_new((size_t)(stop - from), doc->format->secret);
	for (p = from; p < stop; p++)
		if (*p != '\r' || p[1] != '\n')
			text.data[len++] = *p;
	edits_add(&repair->edits, doc, (struct span){ finding->at.off, (uint32_t)(stop - from) },
		  text.data, len);
	blob_release(&text);
	return true;
}

bool repair_backslash_newline(const struct lint *lint, const struct finding *finding,
			      struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	struct span at = finding->at;

	/* With the blanks before it, unless they are all there is on the line. */
	if (edit_indent(doc, at.off).len == 0)
		while (at.off > 0 && is_blank(doc->blob.data[at.off - 1])) {
			at.off--;
			at.len++;
		}
	edits_add(&repair->edits, doc, at, NULL, 0);
	return true;
}

/* What office programs write for the characters of a keyboard. */
static char plain_character(uint32_t c)
{
	switch (c) {
	case 0xab:
	case 0xbb:
	case 0x201c:
	case 0x201d:
	case 0x201e:
	case 0x201f:
		return '"';
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2015:
	case 0x2212:
		return '-';
	default:
		return '\0';
	}
}

struct quote {
	uint32_t off, len;
};

/*
 * The typographic quotes on a line, two of them around each text; false where there is anything
 * else that keeps one from telling what was meant: plain quotes, one quote too many, or within the
 * quotes what cannot stand there.
 */
static bool find_quotes(const struct doc *doc, struct span line, struct quote *quotes, size_t room,
			size_t *count)
{
	const unsigned char *bytes = (const unsigned char *)doc->blob.data;
	uint32_t i = line.off, end = line.off + line.len, c;

	*count = 0;
	while (i < end) {
		bool within = *count % 2 != 0;
		size_t len = utf8_decode(bytes + i, end - i, &c);

		if (!within && (bytes[i] == '#' || (bytes[i] == '/' && bytes[i + 1] == '/')))
			break;
		if (bytes[i] == '"' || (within && bytes[i] < 0x80 &&
					strchr("#{}\\", bytes[i]) != NULL && bytes[i] != 0))
			return false;
		if (within && bytes[i] == '/' && bytes[i + 1] == '/')
			return false;
		if (len > 1 && plain_character(c) == '"') {
			if (*count == room)
				return false;
			quotes[(*count)++] = (struct quote){ i, (uint32_t)len };
		} else if (within && bytes[i] >= 0x80) {
			return false;
		}
		i += len > 0 ? (uint32_t)len : 1;
	}
	return *count % 2 == 0;
}

/* Puts plain quotes around the text that the word is a part of. */
static bool repair_quotes(const struct doc *doc, struct span word, struct repair *repair)
{
	struct quote quotes[16];
	size_t count, i;

	if (!find_quotes(doc, doc_line(doc, word.off), quotes, ARRAY_SIZE(quotes), &count))
		return false;
	for (i = 0; i + 1 < count; i += 2) {
		const struct quote *open = &quotes[i], *close = &quotes[i + 1];

		if (word.off + word.len <= open->off || close->off + close->len <= word.off)
			continue;
		/* The word may have more than its quotes that is beyond ASCII. */
		if (word.off < open->off || word.off + word.len > close->off + close->len)
			return false;
		edits_add(&repair->edits, doc, (struct span){ open->off, open->len }, "\"", 1);
		edits_add(&repair->edits, doc, (struct span){ close->off, close->len }, "\"", 1);
		return true;
	}
	return false;
}

bool repair_typographic(const struct lint *lint, const struct finding *finding,
			struct repair *repair)
{
	const struct doc *doc = lint_doc(lint, finding);
	const unsigned char *bytes = (const unsigned char *)doc->blob.data;
	uint32_t i = finding->at.off, end = finding->at.off + finding->at.len, c;

	while (i < end) {
		size_t len = utf8_decode(bytes + i, end - i, &c);
		char plain = len > 1 ? plain_character(c) : '\0';

		if (plain == '"') {
			edits_release(&repair->edits);
			return repair_quotes(doc, finding->at, repair);
		}
		if (len != 1 && plain == '\0')
			return false;
		if (plain != '\0')
			edits_add(&repair->edits, doc, (struct span){ i, (uint32_t)len }, &plain,
				  1);
		i += (uint32_t)len;
	}
	return repair->edits.count > 0;
}
