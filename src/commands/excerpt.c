#include "config.h"

#include "commands/excerpt.h"

#include <stdbool.h>

#include "commands/output.h"

/* How many of them stand before the place, where the line is too long. */
#define BEFORE 40

/*
 * Of a file with keys the whole line is needed to tell what may be part of one. A longer one than
 * this has no key that the daemon would take, and is not looked at again for each of its findings.
 */
#define SECRET_LINE 4096

/* A part of a line, and whether it goes on to either side. */
struct window {
	uint32_t off, end;
	bool more_before, more_behind;
};

/* The first byte of the line, but no more than MOST bytes before OFF. */
static uint32_t line_start(const struct doc *doc, uint32_t off, uint32_t most)
{
	uint32_t start = off;

	while (start > 0 && off - start < most && doc->blob.data[start - 1] != '\n')
		start--;
	return start;
}

/* Behind its last byte, but no more than MOST bytes behind OFF. */
static uint32_t line_end(const struct doc *doc, uint32_t off, uint32_t most)
{
	uint32_t end = off;

	while (end < doc->blob.len && end - off < most && doc->blob.data[end] != '\n')
		end++;
	if (end > off && doc->blob.data[end - 1] == '\r' &&
	    (end == doc->blob.len || doc->blob.data[end] == '\n'))
		end--;
	return end;
}

static bool begins_character(const struct doc *doc, uint32_t off)
{
	return off >= doc->blob.len || ((unsigned char)doc->blob.data[off] & 0xc0) != 0x80;
}

static struct window find_window(const struct doc *doc, uint32_t off)
{
	struct window w = { line_start(doc, off, EXCERPT_BYTES), line_end(doc, off, EXCERPT_BYTES),
			    false, false };
	int i;

	w.more_before = w.off > 0 && doc->blob.data[w.off - 1] != '\n';
	while (!w.more_before && w.off < off &&
	       (doc->blob.data[w.off] == ' ' || doc->blob.data[w.off] == '\t'))
		w.off++;
	if (w.end - w.off <= EXCERPT_BYTES && !w.more_before &&
	    line_end(doc, off, EXCERPT_BYTES + 1) == w.end)
		return w;
	if (off - w.off > BEFORE) {
		w.off = off - BEFORE;
		w.more_before = true;
	}
	if (w.end - w.off > EXCERPT_BYTES)
		w.end = w.off + EXCERPT_BYTES;
	w.more_behind = line_end(doc, w.end, 2) > w.end;
	/* No character is cut in two. */
	for (i = 0; i < 3 && w.more_before && w.off < off && !begins_character(doc, w.off); i++)
		w.off++;
	for (i = 0; i < 3 && w.more_behind && w.end > off && !begins_character(doc, w.end); i++)
		w.end--;
	return w;
}

void excerpt_make(const struct doc *doc, struct span at, struct strbuf *line, struct strbuf *marks)
{
	struct window w = find_window(doc, at.off);
	uint32_t stop = at.off + at.len;
	size_t before, width;

	if (doc->format->secrets != NULL &&
	    (line_start(doc, at.off, SECRET_LINE) + SECRET_LINE == at.off ||
	     line_end(doc, at.off, SECRET_LINE) == at.off + SECRET_LINE)) {
		strbuf_addstr(line, "<hidden>");
		strbuf_addch(marks, '^');
		return;
	}
	stop = stop > w.end ? w.end : stop < at.off ? at.off : stop;
	strbuf_addstr(line, w.more_before ? "..." : "");
	doc_print(doc, (struct span){ w.off, at.off - w.off }, line);
	before = output_width(line->buf);
	doc_print(doc, (struct span){ at.off, stop - at.off }, line);
	width = output_width(line->buf) - before;
	doc_print(doc, (struct span){ stop, w.end - stop }, line);
	strbuf_addstr(line, w.more_behind ? "..." : "");
	strbuf_addchars(marks, ' ', before);
	strbuf_addch(marks, '^');
	strbuf_addchars(marks, '~', width > 1 ? width - 1 : 0);
}
