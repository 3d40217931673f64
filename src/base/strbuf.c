#include "config.h"

#include "base/strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"
#include "base/i18n.h"
#include "base/secret.h"
#include "base/xalloc.h"

char strbuf_empty[1];

void strbuf_init(struct strbuf *sb)
{
	*sb = (struct strbuf)STRBUF_INIT;
}

void strbuf_release(struct strbuf *sb)
{
	if (sb->cap != 0)
		free(sb->buf);
	strbuf_init(sb);
}

void strbuf_wipe(struct strbuf *sb)
{
	if (sb->cap != 0)
		secret_wipe(sb->buf, sb->cap);
	strbuf_release(sb);
}

void strbuf_clear(struct strbuf *sb)
{
	strbuf_truncate(sb, 0);
}

void strbuf_truncate(struct strbuf *sb, size_t len)
{
	if (len < sb->len) {
		sb->len = len;
		sb->buf[len] = '\0';
	}
}

void strbuf_reserve(struct strbuf *sb, size_t extra)
{
	if (extra >= SIZE_MAX - sb->len)
		fatal(_("out of memory"));
	if (sb->len + extra + 1 <= sb->cap)
		return;
	if (sb->cap == 0)
		sb->buf = NULL;
	sb->buf = vec_grow(sb->buf, &sb->cap, sb->len + extra + 1, 1);
	sb->buf[sb->len] = '\0';
}

void strbuf_add(struct strbuf *sb, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	strbuf_reserve(sb, len);
	memcpy(sb->buf + sb->len, bytes, len);
	sb->len += len;
	sb->buf[sb->len] = '\0';
}

void strbuf_addstr(struct strbuf *sb, const char *s)
{
	strbuf_add(sb, s, strlen(s));
}

void strbuf_addch(struct strbuf *sb, char c)
{
	strbuf_add(sb, &c, 1);
}

void strbuf_addchars(struct strbuf *sb, char c, size_t count)
{
	strbuf_reserve(sb, count);
	memset(sb->buf + sb->len, c, count);
	sb->len += count;
	sb->buf[sb->len] = '\0';
}

void strbuf_vaddf(struct strbuf *sb, const char *format, va_list ap)
{
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, format, ap);
	if (len > 0) {
		strbuf_reserve(sb, (size_t)len);
		vsnprintf(sb->buf + sb->len, (size_t)len + 1, format, again);
		sb->len += (size_t)len;
	}
	va_end(again);
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	strbuf_vaddf(sb, format, ap);
	va_end(ap);
}

char *strbuf_detach(struct strbuf *sb, size_t *len)
{
	char *s;

	strbuf_reserve(sb, 0);
	s = sb->buf;
	if (len != NULL)
		*len = sb->len;
	strbuf_init(sb);
	return s;
}
