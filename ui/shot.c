#include "config.h"

#include "ui/shot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "ui/cells.h"
#include "ui/w_prompt.h"

enum { COPY_BYTES = 4096, SAID_COLS = 60 };

static bool write_all(int fd, const struct strbuf *text)
{
	size_t done = 0;

	while (done < text->len) {
		ssize_t n = write(fd, text->buf + done, text->len - done);

		if (n < 0 && errno != EINTR)
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* Writes all, or takes the file away again. */
static bool write_file(const char *name, const struct strbuf *text, struct error *err)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600), saved;
	bool good;

	if (fd < 0 && errno == EEXIST)
		return error_set(err, ERROR_IO, _("'%s' is there already; choose another name"),
				 name);
	if (fd < 0)
		return error_set_errno(err, ERROR_IO, errno, _("cannot make '%s'"), name);
	good = write_all(fd, text);
	saved = errno;
	if (close(fd) != 0 && good) {
		saved = errno;
		good = false;
	}
	if (good)
		return true;
	unlink(name);
	return error_set_errno(err, ERROR_IO, saved, _("cannot write '%s'"), name);
}

static void named(void *data, struct ui *ui, const char *name)
{
	struct strbuf *text = data, safe = STRBUF_INIT;
	struct error err = ERROR_INIT;

	if (name != NULL && *name != '\0') {
		bool good = write_file(name, text, &err);

		print_addstr(&safe, good ? name : err.text);
		if (good)
			ui_say(ui, STYLE_OK, _("the screen was written to '%s'"), safe.buf);
		else
			ui_say(ui, STYLE_ERROR, "%s", safe.buf);
	}
	error_clear(&err);
	strbuf_release(&safe);
	strbuf_release(text);
	free(text);
}

void shot_ask(struct ui *ui)
{
	static const struct w_prompt_ops ops = { .done = named };
	struct strbuf *text = xmalloc(sizeof *text);

	strbuf_init(text);
	ui_draw(ui);
	term_text(ui->term, text);
	w_prompt_open(ui, _("Write the screen to: "), "", NULL, &ops, text);
}

/* One printable line of bounded length, cut between characters. */
static void make_line(const char *text, bool utf8, struct strbuf *line)
{
	struct strbuf blanks = STRBUF_INIT;
	size_t i, fit = 0;

	strbuf_addstr(&blanks, text);
	for (i = 0; i < blanks.len; i++)
		if (blanks.buf[i] == '\n')
			blanks.buf[i] = ' ';
	print_add(line, blanks.buf, blanks.len);
	strbuf_release(&blanks);
	while (line->len > COPY_BYTES && fit < COPY_BYTES) {
		size_t next = cells_after(line->buf, line->len, fit, utf8);

		if (next > COPY_BYTES)
			break;
		fit = next;
	}
	if (line->len > COPY_BYTES)
		strbuf_truncate(line, fit);
}

void ui_copy(struct ui *ui, const char *text)
{
	struct strbuf line = STRBUF_INIT;
	size_t shown;

	make_line(text, term_utf8(ui->term), &line);
	if (ui->no_clipboard) {
		ui_say(ui, STYLE_NOTE, _("not copied: the setting console.clipboard says no"));
	} else if (!term_copy(ui->term, line.buf, line.len)) {
		ui_say(ui, STYLE_NOTE,
		       _("not copied: a terminal of type %s has no clipboard that is known"),
		       term_type(ui->term));
	} else {
		shown = cells_fit(line.buf, line.len, SAID_COLS, term_utf8(ui->term), NULL);
		ui_say(ui, STYLE_OK, _("copied: %.*s%s"), (int)shown, line.buf,
		       shown < line.len ? term_glyph(ui->term, GLYPH_ELLIPSIS) : "");
	}
	strbuf_release(&line);
}
