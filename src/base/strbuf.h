/*
 * A string that grows. It is always terminated, may hold NUL bytes, and is used by value:
 *
 *	struct strbuf sb = STRBUF_INIT;
 *	strbuf_addf(&sb, "%u rules", n);
 *	puts(sb.buf);
 *	strbuf_release(&sb);
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

struct strbuf {
	char *buf; /* terminated; never NULL */
	size_t len;
	size_t cap; /* 0: BUF is not ours yet */
};

extern char strbuf_empty[];
#define STRBUF_INIT                                                                                \
	{                                                                                          \
		.buf = strbuf_empty                                                                \
	}

void strbuf_init(struct strbuf *sb);
void strbuf_release(struct strbuf *sb); /* empty and reusable afterwards; memory given back */
void strbuf_clear(struct strbuf *sb);   /* empty, memory kept */
void strbuf_reserve(struct strbuf *sb, size_t extra);
void strbuf_add(struct strbuf *sb, const void *bytes, size_t len);
void strbuf_addstr(struct strbuf *sb, const char *s);
void strbuf_addch(struct strbuf *sb, char c);
void strbuf_addchars(struct strbuf *sb, char c, size_t count);
void strbuf_addf(struct strbuf *sb, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *sb, const char *format, va_list ap)
	__attribute__((format(printf, 2, 0)));
void strbuf_truncate(struct strbuf *sb, size_t len);

/* Gives the string to the caller, who frees it; SB is empty afterwards. */
char *strbuf_detach(struct strbuf *sb, size_t *len);

/* Overwrites the whole room with zeros and releases it: for what held a secret. */
void strbuf_wipe(struct strbuf *sb);

#endif
