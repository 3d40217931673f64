#include "config.h"

#include "commands/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/print.h"
#include "base/write.h"
#include "base/xalloc.h"

json_t *json_printable(const char *text, size_t len)
{
	struct strbuf sb = STRBUF_INIT;
	json_t *value;

	print_add(&sb, text, len);
	value = json_stringn(sb.buf, sb.len);
	strbuf_release(&sb);
	return value;
}

static void put(struct json_sink *json, json_t *value)
{
	json_t *top = json->depth > 0 ? json->stack[json->depth - 1] : NULL;

	if (top == NULL)
		json->value = value;
	else if (json_is_array(top))
		json_array_append_new(top, value);
	else
		json_object_set_new(top, json->key, value);
}

static void put_null(struct sink *sink)
{
	put((struct json_sink *)sink, json_null());
}

static void put_text(struct sink *sink, const char *text, size_t len)
{
	put((struct json_sink *)sink, json_printable(text, len));
}

static void put_number(struct sink *sink, int64_t number)
{
	put((struct json_sink *)sink, json_integer(number));
}

static void put_boolean(struct sink *sink, bool value)
{
	put((struct json_sink *)sink, json_boolean(value));
}

static void put_time(struct sink *sink, int64_t seconds)
{
	time_t when = (time_t)seconds;
	char text[64];
	struct tm tm;

	if (gmtime_r(&when, &tm) == NULL ||
	    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		put((struct json_sink *)sink, json_null());
	else
		put((struct json_sink *)sink, json_string(text));
}

static void put_begin(struct sink *sink, bool record)
{
	struct json_sink *json = (struct json_sink *)sink;
	json_t *value = record ? json_object() : json_array();

	put(json, value);
	json->stack[json->depth++] = value;
}

static void put_key(struct sink *sink, const char *name)
{
	((struct json_sink *)sink)->key = name;
}

static void put_end(struct sink *sink)
{
	((struct json_sink *)sink)->depth--;
}

static const struct sink_ops json_ops = {
	.null = put_null,
	.text = put_text,
	.number = put_number,
	.boolean = put_boolean,
	.time = put_time,
	.begin = put_begin,
	.key = put_key,
	.end = put_end,
};

void json_sink_init(struct json_sink *json)
{
	*json = (struct json_sink){ .sink = { &json_ops } };
}

json_t *output_item(const struct kind *kind, struct view *view, size_t item)
{
	json_t *object = json_object();
	size_t i;

	for (i = 0; i < kind->ncolumns; i++) {
		const struct column *column = &kind->columns[i];
		struct json_sink json;

		if (!(column->flags & COLUMN_JSON))
			continue;
		json_sink_init(&json);
		column->get(view, item, &json.sink);
		json_object_set_new(object, column->name,
				    json.value != NULL ? json.value : json_null());
	}
	return object;
}

static bool no_column(const struct kind *kind, const char *name, struct error *err)
{
	struct near near = near_to(name, strlen(name));
	struct strbuf all = STRBUF_INIT;
	size_t i;

	for (i = 0; i < kind->ncolumns; i++) {
		near_try(&near, kind->columns[i].name);
		strbuf_addf(&all, "%s%s", i > 0 ? ", " : _("the columns are "),
			    kind->columns[i].name);
	}
	error_set(err, ERROR_USAGE, _("%s have no column '%s'"), kind->name, name);
	near_tell(&near, err, all.buf);
	strbuf_release(&all);
	return false;
}

bool output_sort_column(const struct kind *kind, const char *sort, size_t *column, bool *descending,
			struct error *err)
{
	*column = kind->ncolumns;
	*descending = false;
	if (sort == NULL)
		return true;
	if (sort[0] == '-') {
		*descending = true;
		sort++;
	}
	*column = kind_column(kind, sort);
	return *column < kind->ncolumns || no_column(kind, sort, err);
}

struct filter *output_filter(const struct kind *kind, const char *match)
{
	struct filter *filter = match != NULL ? filter_new(kind, 0, match) : NULL;

	if (filter != NULL && filter_said(filter) != NULL)
		fprintf(stderr, "ikeconsole: %s\n", filter_said(filter));
	return filter;
}

size_t output_width(const char *text)
{
	const char *end = text + strlen(text);
	size_t width = 0;
	uint32_t character;
	mbstate_t state = { 0 };

	while (text < end) {
		size_t left = (size_t)(end - text), n;
		wchar_t wc;
		int w;

		n = mbrtowc(&wc, text, left, &state);
		if (n == 0 || n > left) {
			/* Not a character of this locale: it takes a cell wherever it is shown. */
			memset(&state, 0, sizeof state);
			n = utf8_decode((const unsigned char *)text, left, &character);
			text += n > 0 ? n : 1;
			width++;
			continue;
		}
		w = wcwidth(wc);
		width += w > 0 ? (size_t)w : 0;
		text += n;
	}
	return width;
}

static void print_cell(FILE *out, const char *text, size_t width, bool right, bool last)
{
	size_t used = output_width(text), pad = width > used ? width - used : 0;

	if (right)
		fprintf(out, "%*s", (int)pad, "");
	fputs(text, out);
	if (!right && !last)
		fprintf(out, "%*s", (int)pad, "");
	fputs(last ? "\n" : "  ", out);
}

/* The columns of a list that is as wide as it needs to be. */
static size_t list_columns(const struct kind *kind, size_t *columns)
{
	size_t i, n = 0;

	for (i = 0; i < kind->ncolumns; i++)
		if (kind->columns[i].flags & (COLUMN_LIST | COLUMN_WIDE))
			columns[n++] = i;
	return n;
}

void output_table(FILE *out, const struct kind *kind, struct view *view, const uint32_t *order,
		  size_t count)
{
	size_t *columns = xmalloc(kind->ncolumns * sizeof *columns);
	size_t n = list_columns(kind, columns), *widths = xcalloc(n, sizeof *widths), i, c;
	struct strbuf text = STRBUF_INIT;

	for (c = 0; c < n; c++) {
		widths[c] = output_width(_(kind->columns[columns[c]].title));
		for (i = 0; i < count; i++) {
			size_t width;

			strbuf_clear(&text);
			kind_cell(kind, view, order[i], columns[c], &text, NULL);
			width = output_width(text.buf);
			if (width > widths[c])
				widths[c] = width;
		}
	}
	for (c = 0; c < n; c++)
		print_cell(out, _(kind->columns[columns[c]].title), widths[c],
			   kind->columns[columns[c]].flags & COLUMN_NUMBER, c + 1 == n);
	for (i = 0; i < count; i++) {
		for (c = 0; c < n; c++) {
			strbuf_clear(&text);
			if (!kind_cell(kind, view, order[i], columns[c], &text, NULL))
				strbuf_addch(&text, '-');
			print_cell(out, text.buf, widths[c],
				   kind->columns[columns[c]].flags & COLUMN_NUMBER, c + 1 == n);
		}
	}
	strbuf_release(&text);
	free(columns);
	free(widths);
}

void output_json(FILE *out, json_t *object)
{
	json_dumpf(object, out, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	fputc('\n', out);
	json_decref(object);
}

bool output_secret(const struct blob *text, struct error *err)
{
	fflush(stdout);
	return write_all(STDOUT_FILENO, text->data, text->len) ||
	       error_set_errno(err, ERROR_IO, errno, _("cannot write to standard output"));
}
