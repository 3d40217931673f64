#include "config.h"

#include "pki/fold.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/print.h"
#include "base/xalloc.h"

/* Ranges of capital letters: every STEPth has its small letter DELTA further on. */
static const struct {
	uint16_t first, last;
	uint8_t step, delta;
} capitals[] = {
	{ 0x00c0, 0x00d6, 1, 32 }, { 0x00d8, 0x00de, 1, 32 }, /* Latin-1 */
	{ 0x0100, 0x012e, 2, 1 },  { 0x0132, 0x0136, 2, 1 },  /* Latin extended-A */
	{ 0x0139, 0x0147, 2, 1 },  { 0x014a, 0x0176, 2, 1 },  { 0x0179, 0x017d, 2, 1 },
	{ 0x0391, 0x03a1, 1, 32 }, { 0x03a3, 0x03ab, 1, 32 }, /* Greek */
	{ 0x0400, 0x040f, 1, 80 }, { 0x0410, 0x042f, 1, 32 }, /* Cyrillic */
	{ 0x0460, 0x0480, 2, 1 },  { 0x048a, 0x04be, 2, 1 },  { 0x04d0, 0x052e, 2, 1 },
	{ 0x1e00, 0x1e94, 2, 1 },  { 0x1ea0, 0x1efe, 2, 1 }, /* Latin extended additional */
};

static uint32_t fold(uint32_t c)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(capitals); i++) {
		uint32_t first = capitals[i].first;

		if (c >= first && c <= capitals[i].last && (c - first) % capitals[i].step == 0)
			return c + capitals[i].delta;
	}
	return c;
}

/* A character of two or three bytes; the others have no case that we fold. */
static void add_utf8(struct strbuf *sb, uint32_t c)
{
	if (c < 0x800) {
		strbuf_addch(sb, (char)(0xc0 | c >> 6));
	} else {
		strbuf_addch(sb, (char)(0xe0 | c >> 12));
		strbuf_addch(sb, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	strbuf_addch(sb, (char)(0x80 | (c & 0x3f)));
}

void fold_add(struct strbuf *sb, const char *bytes, size_t len)
{
	const unsigned char *p = (const unsigned char *)bytes, *end = p + len;

	while (p < end) {
		uint32_t c;
		size_t n;

		if (*p < 0x80) {
			strbuf_addch(sb, (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p));
			p++;
			continue;
		}
		n = utf8_decode(p, (size_t)(end - p), &c);
		if (n != 0 && fold(c) != c)
			add_utf8(sb, fold(c));
		else
			strbuf_add(sb, p, n != 0 ? n : 1);
		p += n != 0 ? n : 1;
	}
}
