#include "config.h"

#include "base/print.h"

#include <string.h>

size_t utf8_decode(const unsigned char *bytes, size_t len, uint32_t *character)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c = bytes[0];
	size_t n, i;

	if (c < 0x80) {
		*character = c;
		return 1;
	}
	if (c >= 0xc2 && c < 0xe0)
		n = 2;
	else if (c >= 0xe0 && c < 0xf0)
		n = 3;
	else if (c >= 0xf0 && c < 0xf5)
		n = 4;
	else
		return 0;
	if (len < n)
		return 0;
	c &= 0x7fu >> n;
	for (i = 1; i < n; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (bytes[i] & 0x3fu);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	*character = c;
	return n;
}

void utf8_add(struct strbuf *sb, uint32_t c)
{
	if (c < 0x80) {
		strbuf_addch(sb, (char)c);
		return;
	}
	if (c < 0x800) {
		strbuf_addch(sb, (char)(0xc0 | c >> 6));
	} else if (c < 0x10000) {
		strbuf_addch(sb, (char)(0xe0 | c >> 12));
		strbuf_addch(sb, (char)(0x80 | (c >> 6 & 0x3f)));
	} else {
		strbuf_addch(sb, (char)(0xf0 | c >> 18));
		strbuf_addch(sb, (char)(0x80 | (c >> 12 & 0x3f)));
		strbuf_addch(sb, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	strbuf_addch(sb, (char)(0x80 | (c & 0x3f)));
}

int utf8_is_printable(uint32_t c)
{
	/* Ranges of control, format, direction, private use and unassigned special characters. */
	static const struct {
		uint32_t first, last;
	} hidden[] = {
		{ 0x00, 0x1f },       { 0x7f, 0x9f },       { 0xad, 0xad },
		{ 0x61c, 0x61c },     { 0x180e, 0x180e },   { 0x200b, 0x200f },
		{ 0x2028, 0x202e },   { 0x2060, 0x206f },   { 0xd800, 0xf8ff },
		{ 0xfe00, 0xfe0f },   { 0xfeff, 0xfeff },   { 0xfff0, 0xffff },
		{ 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a }, { 0xe0000, 0x10ffff },
	};
	size_t i;

	for (i = 0; i < sizeof hidden / sizeof *hidden; i++)
		if (c >= hidden[i].first && c <= hidden[i].last)
			return 0;
	return 1;
}

void print_add(struct strbuf *sb, const void *bytes, size_t len)
{
	const unsigned char *p = bytes, *end = p + len, *plain;

	while (p < end) {
		uint32_t c;
		size_t n;

		for (plain = p; p < end && *p >= 0x20 && *p < 0x7f; p++)
			;
		strbuf_add(sb, plain, (size_t)(p - plain));
		if (p == end)
			break;
		n = utf8_decode(p, (size_t)(end - p), &c);
		if (n > 0 && utf8_is_printable(c)) {
			strbuf_add(sb, p, n);
			p += n;
		} else if (*p < 0x20 || *p == 0x7f) {
			strbuf_addch(sb, '^');
			strbuf_addch(sb, (char)(*p++ ^ 0x40));
		} else {
			for (n = n > 0 ? n : 1; n > 0; n--)
				strbuf_addf(sb, "\\x%02x", *p++);
		}
	}
}

void print_addstr(struct strbuf *sb, const char *s)
{
	print_add(sb, s, strlen(s));
}
