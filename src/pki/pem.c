#include "config.h"

#include "pki/pem.h"

#include <stdint.h>
#include <string.h>

static const char begin_mark[] = "-----BEGIN ", end_mark[] = "-----END ", dashes[] = "-----";

static bool starts_with(const char *p, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - p) >= len && memcmp(p, word, len) == 0;
}

static const char *line_end(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline != NULL ? newline + 1 : end;
}

/* The label of a BEGIN line at P, up to its dashes. False where it is no such line. */
static bool read_label(struct pem_block *block, const char *p, const char *end)
{
	const char *stop = line_end(p, end), *q;

	if (!starts_with(p, end, begin_mark))
		return false;
	block->start = p;
	block->label = p + strlen(begin_mark);
	for (q = block->label; !starts_with(q, stop, dashes); q++)
		if (q >= stop)
			return false;
	block->label_len = (size_t)(q - block->label);
	block->body = stop;
	return true;
}

static bool is_end_line(const struct pem_block *block, const char *p, const char *end)
{
	if (!starts_with(p, end, end_mark))
		return false;
	p += strlen(end_mark);
	return (size_t)(end - p) >= block->label_len &&
	       memcmp(p, block->label, block->label_len) == 0 &&
	       starts_with(p + block->label_len, end, dashes);
}

/* Steps behind headers (Proc-Type: 4,ENCRYPTED) and the empty line that ends them. */
static void skip_headers(struct pem_block *block, const char *stop)
{
	const char *p = block->body, *next;

	for (; p < stop; p = next) {
		next = line_end(p, stop);
		if (starts_with(p, next, "Proc-Type: 4,ENCRYPTED"))
			block->encrypted = true;
		if (*p == '\n' || *p == '\r') {
			block->body = next;
			return;
		}
		if (memchr(p, ':', (size_t)(next - p)) == NULL)
			return;
	}
}

bool pem_next(const char *text, size_t len, struct pem_block *block)
{
	const char *end = text + len, *p, *next;

	*block = (struct pem_block){ .label = NULL };
	if (starts_with(text, end, "\xef\xbb\xbf")) /* a byte order mark */
		text += 3;
	for (p = text; p < end && !read_label(block, p, end); p = line_end(p, end))
		;
	if (p >= end)
		return false;
	block->end = end;
	for (p = block->body; p < end; p = next) {
		next = line_end(p, end);
		if (is_end_line(block, p, next)) {
			block->closed = true;
			block->end = next;
			break;
		}
	}
	skip_headers(block, p);
	block->body_len = (size_t)(p - block->body);
	return true;
}

static int base64_digit(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool pem_decode(const struct pem_block *block, unsigned char *out, size_t *out_len)
{
	uint32_t bits = 0;
	size_t i, digits = 0, padding = 0, n = 0;

	for (i = 0; i < block->body_len; i++) {
		unsigned char c = (unsigned char)block->body[i];
		int digit = base64_digit(c);

		if (c == ' ' || (c >= '\t' && c <= '\r'))
			continue;
		if (c == '=') {
			padding++;
			continue;
		}
		if (digit < 0 || padding > 0)
			return false;
		bits = bits << 6 | (uint32_t)digit;
		if (digits++ % 4 != 0)
			out[n++] = (unsigned char)(bits >> (6 - 2 * ((digits - 1) % 4)));
	}
	*out_len = n;
	return padding <= 2 && (digits + padding) % 4 == 0;
}
