#include "config.h"

#include "base/pathword.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

void pathword_add(struct strbuf *sb, const char *path)
{
	for (; *path != '\0'; path++) {
		unsigned char c = (unsigned char)*path;

		if (c <= ' ' || c == '%' || c >= 0x7f)
			strbuf_addf(sb, "%%%02X", c);
		else
			strbuf_addch(sb, (char)c);
	}
}

int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Down from the root, and nowhere else. */
static bool leads_down(const char *path)
{
	if (*path != '/')
		return false;
	while (*path == '/') {
		size_t len = strcspn(++path, "/");

		if (len == 0 || (len == 1 && path[0] == '.') ||
		    (len == 2 && path[0] == '.' && path[1] == '.'))
			return false;
		path += len;
	}
	return true;
}

char *pathword_take(const char *word)
{
	struct strbuf path = STRBUF_INIT;
	bool good = true;

	for (; good && *word != '\0'; word++) {
		int high, low;

		if (*word != '%') {
			strbuf_addch(&path, *word);
			continue;
		}
		high = hex_digit(word[1]);
		low = high >= 0 ? hex_digit(word[2]) : -1;
		good = low >= 0 && (high | low) != 0;
		if (good) {
			strbuf_addch(&path, (char)(high << 4 | low));
			word += 2;
		}
	}
	if (good && path.len > 0 && leads_down(path.buf))
		return strbuf_detach(&path, NULL);
	strbuf_release(&path);
	return NULL;
}
