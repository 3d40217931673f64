#include "config.h"

#include "doc/doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "base/xalloc.h"

#define TAB_WIDTH  4
#define BLOCK_SIZE 4096u

struct doc *doc_new(const struct format *format, struct blob blob)
{
	struct doc *doc = xcalloc(1, sizeof *doc);

	doc->format = format;
	doc->blob = blob;
	format->scan(doc);
	return doc;
}

struct doc *doc_new_from(const struct doc *old, struct blob blob, struct span changed)
{
	struct doc *doc = xcalloc(1, sizeof *doc);

	doc->format = old->format;
	doc->blob = blob;
	if (doc->format->rescan == NULL || !doc->format->rescan(doc, old, changed))
		doc->format->scan(doc);
	return doc;
}

void doc_free(struct doc *doc)
{
	if (doc == NULL)
		return;
	blob_release(&doc->blob);
	free(doc->tokens);
	free(doc->entries);
	problems_release(&doc->problems);
	free(doc->block_lines);
	free(doc);
}

struct span doc_span(const struct doc *doc, uint32_t tok, uint32_t end)
{
	const struct token *first = &doc->tokens[tok], *last;

	if (end <= tok)
		return (struct span){ first->off, 0 };
	last = &doc->tokens[end - 1];
	return (struct span){ first->off, last->off + last->len - first->off };
}

static uint32_t count_newlines(const char *bytes, size_t len)
{
	const char *end = bytes + len;
	uint32_t count = 0;

	while ((bytes = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL) {
		count++;
		bytes++;
	}
	return count;
}

/* Counts as far as it is asked for: what one looks at often stands near the beginning. */
static void index_lines(struct doc *doc, uint32_t block)
{
	size_t i;

	if (doc->block_lines == NULL) {
		doc->block_lines =
			xcalloc(doc->blob.len / BLOCK_SIZE + 1, sizeof *doc->block_lines);
		doc->nblocks = 1;
	}
	for (i = doc->nblocks; i <= block; i++)
		doc->block_lines[i] =
			doc->block_lines[i - 1] +
			count_newlines(doc->blob.data + (i - 1) * BLOCK_SIZE, BLOCK_SIZE);
	if (doc->nblocks <= block)
		doc->nblocks = block + 1;
}

/* Where the line of OFF begins. A line may be longer than many blocks: only the block that holds
 * the newline before it is looked at. */
static uint32_t line_start(const struct doc *doc, uint32_t off)
{
	uint32_t low = 0, high = off / BLOCK_SIZE, lines = doc->block_lines[high];
	const char *bytes = doc->blob.data;

	if (count_newlines(bytes + high * BLOCK_SIZE, off % BLOCK_SIZE) == 0) {
		while (low < high) {
			uint32_t mid = low + (high - low) / 2;

			if (doc->block_lines[mid] < lines)
				low = mid + 1;
			else
				high = mid;
		}
		off = low * BLOCK_SIZE;
	}
	while (off > 0 && bytes[off - 1] != '\n')
		off--;
	return off;
}

struct position doc_position(struct doc *doc, uint32_t off)
{
	uint32_t block = off / BLOCK_SIZE, start = block * BLOCK_SIZE;
	struct position position;

	index_lines(doc, block);
	position.line =
		1 + doc->block_lines[block] + count_newlines(doc->blob.data + start, off - start);
	position.column = 1 + off - line_start(doc, off);
	return position;
}

struct span doc_line(const struct doc *doc, uint32_t off)
{
	const char *bytes = doc->blob.data, *end;
	uint32_t start = off;

	while (start > 0 && bytes[start - 1] != '\n')
		start--;
	end = memchr(bytes + off, '\n', doc->blob.len - off);
	if (end == NULL)
		end = bytes + doc->blob.len;
	if (end > bytes + start && end[-1] == '\r')
		end--;
	return (struct span){ start, (uint32_t)(end - (bytes + start)) };
}

uint32_t doc_previous_line(const struct doc *doc, uint32_t off)
{
	uint32_t start = doc_line(doc, off).off;

	return start > 0 ? doc_line(doc, start - 1).off : 0;
}

uint32_t doc_token_from(const struct doc *doc, uint32_t off)
{
	size_t low = 0, high = doc->ntokens;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (doc->tokens[mid].off < off)
			low = mid + 1;
		else
			high = mid;
	}
	return (uint32_t)low;
}

uint32_t doc_token_at(const struct doc *doc, uint32_t off)
{
	uint32_t tok = doc_token_from(doc, off);

	if (tok > 0 && doc->tokens[tok - 1].off + doc->tokens[tok - 1].len > off)
		return tok - 1;
	return tok;
}

struct masking {
	const struct doc *doc;
	struct strbuf *sb;
	uint32_t done, end;
};

/* A tab is layout here and nothing that could harm: it becomes blanks. */
static void print_bytes(struct strbuf *sb, const char *bytes, size_t len)
{
	const char *tab;

	while ((tab = memchr(bytes, '\t', len)) != NULL) {
		print_add(sb, bytes, (size_t)(tab - bytes));
		strbuf_addchars(sb, ' ', TAB_WIDTH);
		len -= (size_t)(tab + 1 - bytes);
		bytes = tab + 1;
	}
	print_add(sb, bytes, len);
}

static void mask_span(void *ctx, struct span span)
{
	struct masking *m = ctx;
	uint32_t end = span.off + span.len;

	if (end <= m->done || span.off >= m->end || m->done >= m->end)
		return;
	if (span.off > m->done)
		print_bytes(m->sb, m->doc->blob.data + m->done, span.off - m->done);
	strbuf_addstr(m->sb, "<hidden>");
	m->done = end < m->end ? end : m->end;
}

void doc_print(const struct doc *doc, struct span span, struct strbuf *sb)
{
	struct masking m = { doc, sb, span.off, span.off + span.len };

	if (doc->format->secrets != NULL)
		doc->format->secrets(doc, span, mask_span, &m);
	if (m.done < m.end)
		print_bytes(sb, doc->blob.data + m.done, m.end - m.done);
}

size_t doc_entry_at(const struct doc *doc, uint32_t off)
{
	size_t low = 0, high = doc->nentries;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (doc->tokens[doc->entries[mid].tok].off <= off)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 ? low - 1 : doc->nentries;
}

void problem_add(struct problems *problems, unsigned code, unsigned word, struct span at,
		 uint32_t arg)
{
	struct problem problem = { (uint16_t)code, (uint16_t)word, at, arg };

	VEC_PUSH(problems->items, problems->count, problems->cap, problem);
}

void problems_release(struct problems *problems)
{
	free(problems->items);
	*problems = (struct problems){ 0 };
}
