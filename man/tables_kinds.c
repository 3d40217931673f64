/* The kinds: a column's name and sentence are in its row, its type is what it says of the items of
 * the sample host. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/xalloc.h"
#include "kinds/kind.h"
#include "man/tables.h"

enum type { TYPE_STRING = 1, TYPE_NUMBER = 2, TYPE_BOOLEAN = 4, TYPE_TIME = 8, TYPE_RECORD = 16 };

/* A sink that remembers which types it was given. */
struct type_sink {
	struct sink sink;
	unsigned types; /* enum type; of a list: of what is in it */
	bool list;
	int depth;
	const char *keys[16]; /* of a record */
	size_t nkeys;
};

static void note(struct sink *sink, unsigned type)
{
	struct type_sink *t = (struct type_sink *)sink;

	if (!(t->types & TYPE_RECORD))
		t->types |= type;
}

static void note_null(struct sink *sink)
{
	(void)sink;
}

static void note_text(struct sink *sink, const char *text, size_t len)
{
	(void)text;
	(void)len;
	note(sink, TYPE_STRING);
}

static void note_number(struct sink *sink, int64_t number)
{
	(void)number;
	note(sink, TYPE_NUMBER);
}

static void note_boolean(struct sink *sink, bool value)
{
	(void)value;
	note(sink, TYPE_BOOLEAN);
}

static void note_time(struct sink *sink, int64_t seconds)
{
	(void)seconds;
	note(sink, TYPE_TIME);
}

static void note_begin(struct sink *sink, bool record)
{
	struct type_sink *t = (struct type_sink *)sink;

	if (record)
		t->types |= TYPE_RECORD;
	else
		t->list = true;
}

static void note_key(struct sink *sink, const char *name)
{
	struct type_sink *t = (struct type_sink *)sink;
	size_t i;

	for (i = 0; i < t->nkeys; i++)
		if (strcmp(t->keys[i], name) == 0)
			return;
	if (t->nkeys < ARRAY_SIZE(t->keys))
		t->keys[t->nkeys++] = name;
}

static void note_end(struct sink *sink)
{
	(void)sink;
}

static const struct sink_ops type_ops = {
	.null = note_null,
	.text = note_text,
	.number = note_number,
	.boolean = note_boolean,
	.time = note_time,
	.begin = note_begin,
	.key = note_key,
	.end = note_end,
};

static void put_type(const struct type_sink *t)
{
	static const struct {
		enum type type;
		const char *one, *many;
	} names[] = {
		{ TYPE_STRING, "string", "strings" },          { TYPE_NUMBER, "number", "numbers" },
		{ TYPE_BOOLEAN, "true or false", "booleans" }, { TYPE_TIME, "time", "times" },
		{ TYPE_RECORD, "object", "objects" },
	};
	const char *between = t->list ? "list of " : "";
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (!(t->types & names[i].type))
			continue;
		printf("%s%s", between, t->list ? names[i].many : names[i].one);
		between = " or ";
	}
}

static void put_column(const struct kind *kind, struct view *view, const struct column *column)
{
	struct type_sink t = { .sink = { &type_ops } };
	size_t i, count = kind->count(view);

	for (i = 0; i < count; i++)
		column->get(view, i, &t.sink);
	/* Nothing of the sample host has a value there: text, unless it is sorted as a number. */
	if (t.types == 0)
		t.types = column->flags & COLUMN_NUMBER ? TYPE_NUMBER : TYPE_STRING;
	printf(".It Va %s Pq ", column->name);
	if (t.types == 0) /* nowhere set on the sample host: then it is text */
		t.types = TYPE_STRING;
	put_type(&t);
	putchar('\n');
	put_sentence(column->help);
	if (t.nkeys == 0)
		return;
	puts("Each object has");
	for (i = 0; i < t.nkeys; i++)
		printf(".Va %s%s\n", t.keys[i], i + 1 == t.nkeys ? " ." : " ,");
}

/* Columns that only people see can be sorted and searched by all the same. */
static void put_other_columns(const struct kind *kind)
{
	const char *before = "Not in JSON, but for\n.Fl -sort\nand\n.Fl -match :\n";
	size_t i;

	for (i = 0; i < kind->ncolumns; i++) {
		if (kind->columns[i].flags & COLUMN_JSON)
			continue;
		printf("%s.Va %s", before, kind->columns[i].name);
		before = " ,\n";
	}
	if (*before == ' ')
		puts(" .");
}

static void put_kind(const struct kind *kind, struct view *view)
{
	size_t i;

	printf(".Ss %s\n", kind->name);
	put_sentence(kind->help);
	puts(".Bl -tag -width 4n");
	for (i = 0; i < kind->ncolumns; i++)
		if (kind->columns[i].flags & COLUMN_JSON)
			put_column(kind, view, &kind->columns[i]);
	puts(".El");
	put_other_columns(kind);
}

/* No tree that is shipped has a history: one change with everything that there can be. */
static void add_history(struct host *host)
{
#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	static const char text[] =
		"ikeconsole-history 1\nnumber 1\ntime 1\nprevious -\nuser 0 root\nlogin 1 a\n"
		"sudo 1 a\nrole admin\nprofile mdm-ssm\nhost h\nroot /\nwhy w\nstep s\n"
		"override COEX-G1\nfile public 0 1 /f\nbefore 0644 0 0 1 " DIGEST
		"\nafter 0644 0 0 1 " DIGEST "\ndiff 0 " DIGEST "\nend\n";
#undef DIGEST
	struct history_item item = { .fault = HISTORY_GOOD };

	if (!history_entry_parse(&item.entry, text, sizeof text - 1))
		return;
	host->history = xcalloc(1, sizeof *host->history);
	VEC_PUSH(host->history->items, host->history->count, host->history->cap, item);
}

void put_kinds(const char *root)
{
	struct profile profile = { .coexistence = true };
	struct host *host = host_open(root, DIALECT_SOL10);
	struct lint *lint = lint_new(host, &profile, ROLE_ADMIN, 0);
	struct view view;
	size_t i;

	while (lint_step(lint, SIZE_MAX))
		;
	add_history(host);
	view_init(&view, host, lint, &profile);
	for (i = 0; kinds[i] != NULL; i++)
		put_kind(kinds[i], &view);
	view_release(&view);
	lint_free(lint);
	host_free(host);
}
