#include "config.h"

#include "ui/cells.h"

#include <stdint.h>
#include <string.h>
#include <wctype.h>

#include "base/print.h"

/* Reads one character; bytes that are none count as one character each. */
static size_t character_read(const char *text, size_t len, uint32_t *character)
{
	size_t n = utf8_decode((const unsigned char *)text, len, character);

	if (n == 0) {
		*character = '?';
		return 1;
	}
	return n;
}

static bool is_plain(char c)
{
	return c >= 0x20 && c < 0x7f;
}

/* Columns of a character on a UTF-8 terminal; -1 for what it does not know. */
static int character_width(uint32_t character)
{
	return wcwidth((wchar_t)character);
}

static bool is_joined(uint32_t character)
{
	return character >= 0x300 && character_width(character) == 0;
}

void cell_read(const char *text, size_t len, bool utf8, struct cell *cell)
{
	size_t joined = 0, n;
	uint32_t c;

	*cell = (struct cell){ .width = 1 };
	cell->bytes = character_read(text, len, &c);
	if (c < 0x80) {
		cell->base = (wchar_t)c;
	} else if (is_joined(c)) {
		cell->base = L' ';
		if (utf8)
			cell->joined[joined++] = (wchar_t)c;
	} else {
		cell->base = utf8 && character_width(c) > 0 ? (wchar_t)c : L'?';
		cell->width = utf8 && character_width(c) > 0 ? character_width(c) : 1;
	}
	while (cell->bytes < len && !is_plain(text[cell->bytes])) {
		n = character_read(text + cell->bytes, len - cell->bytes, &c);
		if (!is_joined(c))
			break;
		cell->bytes += n;
		if (utf8 && joined < sizeof cell->joined / sizeof *cell->joined)
			cell->joined[joined++] = (wchar_t)c;
	}
}

size_t cells_fit(const char *text, size_t len, int width, bool utf8, int *used)
{
	size_t offset = 0;
	int columns = 0;

	while (offset < len) {
		struct cell cell = { .width = 1, .bytes = 1 };

		if (!is_plain(text[offset]) || (offset + 1 < len && !is_plain(text[offset + 1])))
			cell_read(text + offset, len - offset, utf8, &cell);
		if (cell.width > width - columns)
			break;
		columns += cell.width;
		offset += cell.bytes;
	}
	if (used != NULL)
		*used = columns;
	return offset;
}

int cells_width(const char *text, size_t len, bool utf8)
{
	int used;

	cells_fit(text, len, INT32_MAX, utf8, &used);
	return used;
}

size_t cells_skip(const char *text, size_t len, int skip, bool utf8, int *gone)
{
	size_t offset = 0;

	*gone = 0;
	while (offset < len && *gone < skip) {
		struct cell cell;

		cell_read(text + offset, len - offset, utf8, &cell);
		*gone += cell.width;
		offset += cell.bytes;
	}
	return offset;
}

size_t cells_after(const char *text, size_t len, size_t offset, bool utf8)
{
	struct cell cell;

	if (offset >= len)
		return len;
	cell_read(text + offset, len - offset, utf8, &cell);
	return offset + cell.bytes;
}

size_t cells_before(const char *text, size_t len, size_t offset, bool utf8)
{
	size_t at = 0, before = 0;

	while (at < offset && at < len) {
		before = at;
		at = cells_after(text, len, at, utf8);
	}
	return before;
}

/* The bytes of TEXT that NEEDLE covers when it starts here, or 0. */
static size_t match_here(const char *text, size_t len, const char *needle, size_t needle_len)
{
	size_t at = 0, need = 0;

	while (need < needle_len) {
		uint32_t a, b;

		if (at >= len)
			return 0;
		at += character_read(text + at, len - at, &a);
		need += character_read(needle + need, needle_len - need, &b);
		if (a != b && towlower((wint_t)a) != towlower((wint_t)b))
			return 0;
	}
	return at;
}

size_t cells_find(const char *text, size_t len, const char *needle, size_t *matched)
{
	size_t needle_len = strlen(needle), at, n;
	uint32_t c;

	if (needle_len == 0)
		return (size_t)-1;
	for (at = 0; at < len; at += character_read(text + at, len - at, &c)) {
		n = match_here(text + at, len - at, needle, needle_len);
		if (n > 0) {
			if (matched != NULL)
				*matched = n;
			return at;
		}
	}
	return (size_t)-1;
}
