#include "config.h"

#include "ui/w_input.h"

#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "base/secret.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "ui/cells.h"
#include "ui/keyname.h"

enum { FIRST_ROOM = 256 };

static void room_free(struct w_input *input)
{
	if (input->secret)
		secret_free(input->text, input->room);
	else
		free(input->text);
}

/* Room for NEED bytes and the end; a secret leaves no copy behind. */
static void room_reserve(struct w_input *input, size_t need)
{
	size_t room = input->room > 0 ? input->room : FIRST_ROOM;
	char *text;

	while (room < need + 1)
		room *= 2;
	if (room == input->room)
		return;
	text = input->secret ? secret_alloc(room) : xcalloc(room, 1);
	if (input->room > 0) {
		memcpy(text, input->text, input->len + 1);
		room_free(input);
	}
	input->text = text;
	input->room = room;
}

void w_input_init(struct w_input *input, bool secret)
{
	*input = (struct w_input){ .secret = secret };
	room_reserve(input, 0);
}

void w_input_release(struct w_input *input)
{
	room_free(input);
	*input = (struct w_input){ .text = NULL };
}

void w_input_set(struct w_input *input, const char *text)
{
	size_t len = strlen(text);

	if (input->secret)
		secret_wipe(input->text, input->room);
	input->len = 0;
	room_reserve(input, len);
	memcpy(input->text, text, len + 1);
	input->len = len;
	input->cursor = len;
	input->first = 0;
}

static void erase(struct w_input *input, size_t from, size_t to)
{
	size_t gone = to - from;

	memmove(input->text + from, input->text + to, input->len - to + 1);
	input->len -= gone;
	if (input->secret)
		secret_wipe(input->text + input->len, gone);
	input->text[input->len] = '\0';
	input->cursor = from;
}

static void type(struct w_input *input, int key)
{
	struct strbuf sb = STRBUF_INIT;

	utf8_add(&sb, (uint32_t)key);
	room_reserve(input, input->len + sb.len);
	memmove(input->text + input->cursor + sb.len, input->text + input->cursor,
		input->len - input->cursor + 1);
	memcpy(input->text + input->cursor, sb.buf, sb.len);
	input->len += sb.len;
	input->cursor += sb.len;
	strbuf_wipe(&sb);
}

static size_t before(const struct w_input *input)
{
	return cells_before(input->text, input->len, input->cursor, true);
}

static size_t after(const struct w_input *input)
{
	return cells_after(input->text, input->len, input->cursor, true);
}

/* The start of the word before the cursor; a secret is one word. */
static size_t word_before(const struct w_input *input)
{
	size_t at = input->cursor;

	if (input->secret)
		return 0;
	while (at > 0 && input->text[at - 1] == ' ')
		at--;
	while (at > 0 && input->text[at - 1] != ' ')
		at--;
	return at;
}

bool w_input_act(struct w_input *input, enum action action, const struct event *event)
{
	switch (action) {
	case ACTION_NONE:
		if (!keyname_is_text(event->key))
			return false;
		type(input, event->key);
		return true;
	case ACTION_CURSOR_LEFT:
		input->cursor = before(input);
		return true;
	case ACTION_CURSOR_RIGHT:
		input->cursor = after(input);
		return true;
	case ACTION_CURSOR_HOME:
		input->cursor = 0;
		return true;
	case ACTION_CURSOR_END:
		input->cursor = input->len;
		return true;
	case ACTION_ERASE_BEFORE:
		erase(input, before(input), input->cursor);
		return true;
	case ACTION_ERASE_HERE:
		erase(input, input->cursor, after(input));
		return true;
	case ACTION_ERASE_WORD:
		erase(input, word_before(input), input->cursor);
		return true;
	case ACTION_ERASE_TO_HOME:
		erase(input, 0, input->cursor);
		return true;
	case ACTION_ERASE_TO_END:
		erase(input, input->cursor, input->len);
		return true;
	default:
		return false;
	}
}

/* What is shown for the bytes from FROM to TO. */
static void shown(const struct w_input *input, const struct term *term, size_t from, size_t to,
		  struct strbuf *sb)
{
	if (!input->secret) {
		print_add(sb, input->text + from, to - from);
		return;
	}
	while (from < to) {
		strbuf_addstr(sb, term_glyph(term, GLYPH_BULLET));
		from = cells_after(input->text, to, from, true);
	}
}

static int columns(const struct w_input *input, struct term *term, size_t from, size_t to)
{
	struct strbuf sb = STRBUF_INIT;
	int width;

	shown(input, term, from, to, &sb);
	width = term_width(term, sb.buf);
	strbuf_release(&sb);
	return width;
}

void w_input_draw(struct w_input *input, struct term *term, int row, int col, int width,
		  enum style style, bool focus)
{
	struct strbuf sb = STRBUF_INIT;

	input->utf8 = term_utf8(term);
	if (!focus)
		input->first = 0; /* who only reads begins at the beginning */
	else if (input->first > input->cursor)
		input->first = input->cursor;
	/* The cursor needs a column of its own behind the text. */
	while (focus && columns(input, term, input->first, input->cursor) >= width &&
	       input->first < input->cursor)
		input->first = cells_after(input->text, input->len, input->first, true);
	shown(input, term, input->first, input->len, &sb);
	term_put(term, row, col, width, style, sb.buf);
	if (focus)
		term_cursor(term, row, col + columns(input, term, input->first, input->cursor));
	strbuf_release(&sb);
}

void w_input_press(struct w_input *input, int col)
{
	size_t at = input->first;
	int columns_left = col;

	while (at < input->len && columns_left > 0) {
		struct cell cell;

		cell_read(input->text + at, input->len - at, input->utf8, &cell);
		columns_left -= input->secret ? 1 : cell.width;
		at += cell.bytes;
	}
	input->cursor = at;
}
