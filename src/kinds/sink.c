#include "config.h"

#include "kinds/sink.h"

#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/print.h"

#define MAX_DEPTH 4

void sink_string(struct sink *sink, const char *text)
{
	if (text == NULL)
		sink_null(sink);
	else
		sink_text(sink, text, strlen(text));
}

static void separate(struct cell_sink *cell)
{
	int depth = cell->depth;

	if (depth == 0)
		return;
	if (!cell->first[depth - 1])
		strbuf_addstr(cell->text, cell->record[depth - 1] ? "/"
					  : cell->lines           ? "\n"
								  : ", ");
	cell->first[depth - 1] = false;
}

static void cell_null(struct sink *sink)
{
	struct cell_sink *cell = (struct cell_sink *)sink;

	if (cell->depth > 0) {
		separate(cell);
		strbuf_addch(cell->text, '-');
	}
}

static void cell_text(struct sink *sink, const char *text, size_t len)
{
	struct cell_sink *cell = (struct cell_sink *)sink;

	separate(cell);
	cell->set = true;
	/* An empty text is a value; nothing would look like none. */
	if (len == 0)
		strbuf_addstr(cell->text, "\"\"");
	print_add(cell->text, text, len);
}

static void cell_number(struct sink *sink, int64_t number)
{
	struct cell_sink *cell = (struct cell_sink *)sink;

	separate(cell);
	cell->set = true;
	if (cell->depth == 0) {
		cell->numeric = true;
		cell->number = number;
	}
	strbuf_addf(cell->text, "%lld", (long long)number);
}

static void cell_boolean(struct sink *sink, bool value)
{
	struct cell_sink *cell = (struct cell_sink *)sink;

	separate(cell);
	cell->set = true;
	strbuf_addstr(cell->text, value ? _("yes") : _("no"));
}

static void cell_time(struct sink *sink, int64_t seconds)
{
	struct cell_sink *cell = (struct cell_sink *)sink;
	time_t when = (time_t)seconds;
	char text[32];
	struct tm tm;

	separate(cell);
	cell->set = true;
	cell->numeric = true;
	cell->number = seconds;
	if (gmtime_r(&when, &tm) != NULL && strftime(text, sizeof text, "%Y-%m-%d", &tm) > 0)
		strbuf_addstr(cell->text, text);
}

static void cell_begin(struct sink *sink, bool record)
{
	struct cell_sink *cell = (struct cell_sink *)sink;

	separate(cell);
	if (cell->depth < MAX_DEPTH) {
		cell->record[cell->depth] = record;
		cell->first[cell->depth] = true;
		cell->depth++;
	}
}

static void cell_key(struct sink *sink, const char *name)
{
	(void)sink;
	(void)name;
}

static void cell_end(struct sink *sink)
{
	struct cell_sink *cell = (struct cell_sink *)sink;

	if (cell->depth > 0)
		cell->depth--;
}

static const struct sink_ops cell_ops = {
	.null = cell_null,
	.text = cell_text,
	.number = cell_number,
	.boolean = cell_boolean,
	.time = cell_time,
	.begin = cell_begin,
	.key = cell_key,
	.end = cell_end,
};

void cell_sink_init(struct cell_sink *cell, struct strbuf *text)
{
	*cell = (struct cell_sink){ .sink = { &cell_ops }, .text = text };
}
