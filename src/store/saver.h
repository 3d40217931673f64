/*
 * Whose lock or save it is, for people. For this folder's modules.
 */
#ifndef STORE_SAVER_H
#define STORE_SAVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

struct saver {
	long pid;
	long uid;
	int64_t since; /* seconds since 1970 */
};

struct saver saver_now(void);

/* The user's name, or his number where he has none. */
void saver_add_user(struct strbuf *sb, const struct saver *owner);

/* Since when, by the local clock; FORMAT is strftime's. */
void saver_add_time(struct strbuf *sb, const struct saver *owner, const char *format);

/* As plain text, and back; names and local time cost the one who reads. */
void saver_write(const struct saver *owner, struct strbuf *sb);
bool saver_read(struct saver *owner, const char *text);

#endif
