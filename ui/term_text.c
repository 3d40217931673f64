/* The screen as text, and text for the terminal's clipboard. */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "base/xalloc.h"
#include "ui/term_private.h"

/* Adds one cell; returns its columns. */
static int add_cell(const cchar_t *cell, struct strbuf *sb)
{
	wchar_t text[CCHARW_MAX + 1] = { 0 };
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };
	attr_t attributes;
	short pair;
	int width;
	size_t i;

	if (getcchar(cell, text, &attributes, &pair, NULL) == ERR || text[0] == 0) {
		strbuf_addch(sb, ' ');
		return 1;
	}
	for (i = 0; text[i] != 0; i++) {
		size_t len = wcrtomb(bytes, text[i], &state);

		if (len == (size_t)-1)
			strbuf_addch(sb, '?');
		else
			strbuf_add(sb, bytes, len);
	}
	width = wcwidth(text[0]);
	return width > 1 ? width : 1;
}

void term_text(struct term *term, struct strbuf *sb)
{
	int row, col;

	(void)term;
	for (row = 0; row < LINES; row++) {
		size_t start = sb->len;

		for (col = 0; col < COLS;) {
			cchar_t cell;

			if (mvin_wch(row, col, &cell) == ERR)
				break;
			col += add_cell(&cell, sb);
		}
		while (sb->len > start && sb->buf[sb->len - 1] == ' ')
			strbuf_truncate(sb, sb->len - 1);
		strbuf_addch(sb, '\n');
	}
}

const char *term_type(const struct term *term)
{
	return term->type;
}

/* Whether the terminal takes OSC 52: by its description, or because such terminals do. One that
 * does not would show the bytes. */
static bool has_clipboard(const struct term *term)
{
	static const char *const types[] = { "xterm",   "tmux",    "screen",  "rxvt", "alacritty",
					     "kitty",   "foot",    "wezterm", "st",   "vte",
					     "konsole", "contour", "mintty",  "iterm" };
	const char *described = tigetstr("Ms");
	size_t i, len;

	if (described != NULL && described != (const char *)-1)
		return true;
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		len = strlen(types[i]);
		if (strncmp(term->type, types[i], len) == 0 &&
		    strchr("-+.", term->type[len]) != NULL) /* the end counts too */
			return true;
	}
	return false;
}

static void add_base64(const unsigned char *bytes, size_t len, struct strbuf *sb)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t i;

	for (i = 0; i < len; i += 3) {
		unsigned bits = (unsigned)bytes[i] << 16;

		bits |= i + 1 < len ? (unsigned)bytes[i + 1] << 8 : 0;
		bits |= i + 2 < len ? bytes[i + 2] : 0;
		strbuf_addch(sb, digits[bits >> 18]);
		strbuf_addch(sb, digits[bits >> 12 & 63]);
		strbuf_addch(sb, i + 1 < len ? digits[bits >> 6 & 63] : '=');
		strbuf_addch(sb, i + 2 < len ? digits[bits & 63] : '=');
	}
}

bool term_copy(struct term *term, const char *text, size_t len)
{
	struct strbuf sb = STRBUF_INIT;
	size_t sent = 0;

	if (term->left || !has_clipboard(term))
		return false;
	strbuf_addstr(&sb, "\033]52;c;");
	add_base64((const unsigned char *)text, len, &sb);
	strbuf_addch(&sb, '\a');
	/* Curses has sent all of its own, so that nothing comes in between. */
	while (sent < sb.len) {
		ssize_t n = write(fileno(term->out), sb.buf + sent, sb.len - sent);

		if (n < 0 && errno != EINTR)
			break;
		sent += n > 0 ? (size_t)n : 0;
	}
	strbuf_release(&sb);
	return true;
}
