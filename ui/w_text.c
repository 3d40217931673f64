#include "config.h"

#include "ui/w_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "base/xalloc.h"
#include "ui/cells.h"

enum { TAB_COLS = 8, DIFF_INDENT = 3 };

void w_text_init(struct w_text *text)
{
	*text = (struct w_text){ .page = 1 };
	strbuf_init(&text->bytes);
}

void w_text_release(struct w_text *text)
{
	strbuf_release(&text->bytes);
	free(text->pieces);
	free(text->lines);
	free(text->rows);
	w_text_init(text);
}

void w_text_clear(struct w_text *text)
{
	strbuf_clear(&text->bytes);
	text->piece_count = text->line_count = text->row_count = 0;
	text->width = 0;
	text->match_len = 0;
}

static size_t open_line_start(const struct w_text *text)
{
	const struct text_line *last;

	if (text->line_count == 0)
		return 0;
	last = &text->lines[text->line_count - 1];
	return last->start + last->len;
}

static size_t open_line_piece(const struct w_text *text)
{
	size_t piece = text->piece_count, start = open_line_start(text);

	while (piece > 0 && text->pieces[piece - 1].start >= start)
		piece--;
	return piece;
}

static void add_tab(struct w_text *text)
{
	size_t start = open_line_start(text);
	int at = cells_width(text->bytes.buf + start, text->bytes.len - start, true);

	strbuf_addchars(&text->bytes, ' ', (size_t)(TAB_COLS - at % TAB_COLS));
}

void w_text_addn(struct w_text *text, enum style style, const char *bytes, size_t len)
{
	struct text_piece piece = { .start = text->bytes.len, .style = style };
	const char *tab;

	while ((tab = memchr(bytes, '\t', len)) != NULL) {
		print_add(&text->bytes, bytes, (size_t)(tab - bytes));
		add_tab(text);
		len -= (size_t)(tab - bytes) + 1;
		bytes = tab + 1;
	}
	print_add(&text->bytes, bytes, len);
	piece.len = text->bytes.len - piece.start;
	if (piece.len > 0)
		VEC_PUSH(text->pieces, text->piece_count, text->piece_cap, piece);
	text->width = 0;
}

void w_text_add(struct w_text *text, enum style style, const char *bytes)
{
	w_text_addn(text, style, bytes, strlen(bytes));
}

void w_text_addf(struct w_text *text, enum style style, const char *format, ...)
{
	struct strbuf sb = STRBUF_INIT;
	va_list ap;

	va_start(ap, format);
	strbuf_vaddf(&sb, format, ap);
	va_end(ap);
	w_text_addn(text, style, sb.buf, sb.len);
	strbuf_release(&sb);
}

void w_text_end_indented(struct w_text *text, int indent)
{
	struct text_line line = { .start = open_line_start(text),
				  .piece = open_line_piece(text),
				  .indent = indent };

	line.len = text->bytes.len - line.start;
	VEC_PUSH(text->lines, text->line_count, text->line_cap, line);
	text->width = 0;
}

void w_text_end(struct w_text *text)
{
	w_text_end_indented(text, 0);
}

void w_text_line(struct w_text *text, enum style style, const char *bytes)
{
	w_text_add(text, style, bytes);
	w_text_end(text);
}

void w_text_pair(struct w_text *text, int at, const char *label, enum style style,
		 const char *value)
{
	int used = cells_width(label, strlen(label), true);

	w_text_add(text, STYLE_DIM, label);
	w_text_addf(text, STYLE_DIM, "%*s", used < at ? at - used : 1, "");
	w_text_add(text, style, value);
	w_text_end_indented(text, at);
}

static enum style diff_style(const char *line, size_t len)
{
	if (len >= 3 && (memcmp(line, "+++", 3) == 0 || memcmp(line, "---", 3) == 0))
		return STYLE_STRONG;
	if (len >= 2 && memcmp(line, "@@", 2) == 0)
		return STYLE_HUNK;
	if (len >= 1 && line[0] == '+')
		return STYLE_ADDED;
	if (len >= 1 && line[0] == '-')
		return STYLE_REMOVED;
	return STYLE_TEXT;
}

static void add_lines(struct w_text *text, enum style style, bool diff, const char *bytes,
		      size_t len)
{
	while (len > 0) {
		const char *end = memchr(bytes, '\n', len);
		size_t n = end != NULL ? (size_t)(end - bytes) : len;

		w_text_addn(text, diff ? diff_style(bytes, n) : style, bytes, n);
		/* The first column of a diff is its own. */
		w_text_end_indented(text, diff ? DIFF_INDENT : 0);
		n += end != NULL;
		bytes += n;
		len -= n;
	}
}

void w_text_lines(struct w_text *text, enum style style, const char *bytes, size_t len)
{
	add_lines(text, style, false, bytes, len);
}

void w_text_diff(struct w_text *text, const char *bytes, size_t len)
{
	add_lines(text, STYLE_TEXT, true, bytes, len);
}
