#include "config.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "base/strbuf.h"

/* Names of files and values of settings are somebody else's: the sentence is made printable. */
static void take(struct error *err, enum error_code code, int errnum, struct strbuf *sb)
{
	struct strbuf printed = STRBUF_INIT;

	print_add(&printed, sb->buf, sb->len);
	strbuf_release(sb);
	free(err->text);
	err->code = code;
	err->errnum = errnum;
	err->text = strbuf_detach(&printed, NULL);
}

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
	struct strbuf sb = STRBUF_INIT;
	va_list ap;

	va_start(ap, format);
	strbuf_vaddf(&sb, format, ap);
	va_end(ap);
	take(err, code, 0, &sb);
	return false;
}

bool error_set_errno(struct error *err, enum error_code code, int errnum, const char *format, ...)
{
	struct strbuf sb = STRBUF_INIT;
	va_list ap;

	va_start(ap, format);
	strbuf_vaddf(&sb, format, ap);
	va_end(ap);
	strbuf_addf(&sb, ": %s", strerror(errnum));
	take(err, code, errnum, &sb);
	return false;
}

bool error_prefix(struct error *err, const char *format, ...)
{
	struct strbuf sb = STRBUF_INIT;
	va_list ap;

	va_start(ap, format);
	strbuf_vaddf(&sb, format, ap);
	va_end(ap);
	strbuf_addf(&sb, ": %s", err->text != NULL ? err->text : "");
	take(err, err->code, err->errnum, &sb);
	return false;
}

bool error_append(struct error *err, const char *format, ...)
{
	struct strbuf sb = STRBUF_INIT;
	va_list ap;

	strbuf_addstr(&sb, err->text != NULL ? err->text : "");
	va_start(ap, format);
	strbuf_vaddf(&sb, format, ap);
	va_end(ap);
	take(err, err->code, err->errnum, &sb);
	return false;
}

void error_clear(struct error *err)
{
	free(err->text);
	*err = (struct error)ERROR_INIT;
}
