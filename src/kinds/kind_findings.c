/* Findings: what is wrong, as a kind of its own, for the Problems screen. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "kinds/kind.h"
#include "lint/check.h"
#include "lint/repair.h"

static const struct finding *finding(struct view *view, size_t item)
{
	return &lint_findings(view->lint)->items[item];
}

static size_t count(struct view *view)
{
	return view->lint != NULL ? lint_findings(view->lint)->count : 0;
}

static uint64_t id(struct view *view, size_t item)
{
	const struct finding *f = finding(view, item);

	return (uint64_t)f->check << 48 ^ (uint64_t)f->file << 40 ^ (uint64_t)f->entry << 8 ^
	       f->at.off;
}

static size_t find(struct view *view, const char *name)
{
	char *end;
	unsigned long number = strtoul(name, &end, 10);

	return *name != '\0' && *end == '\0' && number >= 1 && number <= count(view) ? number - 1
										     : count(view);
}

static void name_of(struct view *view, size_t item, struct strbuf *sb)
{
	strbuf_addstr(sb, checks[finding(view, item)->check].id);
}

static enum owner owner(struct view *view, size_t item)
{
	(void)view;
	(void)item;
	return OWNER_NONE;
}

static bool about(struct view *view, size_t item, const struct finding *other)
{
	return finding(view, item) == other;
}

static void get_severity(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, severity_name((enum severity)finding(view, item)->severity));
}

/* The gravest first. */
static int64_t rank_severity(struct view *view, size_t item)
{
	return SEVERITY_ERROR - (int)finding(view, item)->severity;
}

static void get_id(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, checks[finding(view, item)->check].id);
}

static void get_path(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, lint_path(view->lint, finding(view, item)));
}

static void get_file(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, host_relative(view->host, lint_path(view->lint, finding(view, item))));
}

static bool position(struct view *view, size_t item, struct position *position)
{
	const struct finding *f = finding(view, item);
	struct doc *doc = lint_doc(view->lint, f);

	if (doc == NULL || f->at.off == FINDING_NOWHERE)
		return false;
	*position = doc_position(doc, f->at.off);
	return true;
}

static void get_line(struct view *view, size_t item, struct sink *sink)
{
	struct position at;

	if (position(view, item, &at))
		sink_number(sink, at.line);
	else
		sink_null(sink);
}

static void get_column(struct view *view, size_t item, struct sink *sink)
{
	struct position at;

	if (position(view, item, &at))
		sink_number(sink, at.column);
	else
		sink_null(sink);
}

/* "config:12"; of a slot the folder too, "publickeys/6", since all have the same names. */
static void get_place(struct view *view, size_t item, struct sink *sink)
{
	const struct finding *f = finding(view, item);
	const char *path = lint_path(view->lint, f), *slash = strrchr(path, '/');
	struct strbuf text = STRBUF_INIT;
	struct position at;

	while (f->file >= LOCATION_COUNT && slash > path && slash[-1] != '/')
		slash--;
	if (f->file >= LOCATION_COUNT && slash > path)
		slash--;
	strbuf_addstr(&text, slash != NULL ? slash + 1 : path);
	if (position(view, item, &at))
		strbuf_addf(&text, ":%u", at.line);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

static void get_message(struct view *view, size_t item, struct sink *sink)
{
	struct strbuf text = STRBUF_INIT;

	lint_message(view->lint, finding(view, item), &text);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

static void get_why(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, _(checks[finding(view, item)->check].why));
}

static void get_fix(struct view *view, size_t item, struct sink *sink)
{
	struct strbuf text = STRBUF_INIT;

	lint_fix(view->lint, finding(view, item), &text);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

static void get_repair(struct view *view, size_t item, struct sink *sink)
{
	sink_boolean(sink, lint_has_repair(view->lint, finding(view, item)));
}

static void get_title(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, _(checks[finding(view, item)->check].title));
}

/* A table reads best as rows. */
/* clang-format off */
static const struct column columns[] = {
	{ "severity", N_("Severity"), N_("error: the daemon refuses it or the link fails; warning: it is risky; note: worth knowing"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_severity, .rank = rank_severity },
	{ "id", N_("Id"), N_("the rule that is broken; ikeconsole check --explain ID tells more"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_id },
	{ "place", N_("Place"), N_("file and line"),
	  COLUMN_LIST, 20, .get = get_place },
	{ "title", N_("What"), N_("what kind of problem it is"),
	  COLUMN_DETAIL, 20, .get = get_title },
	{ "message", N_("Message"), N_("what is wrong"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 40, .get = get_message, .priority = 2 },
	{ "why", N_("Why"), N_("what happens, and where it is written"),
	  COLUMN_DETAIL, 40, .get = get_why },
	{ "fix", N_("Way out"), N_("what to do about it"),
	  COLUMN_DETAIL | COLUMN_JSON, 40, .get = get_fix },
	{ "repair", N_("Repair"), N_("whether check --fix, or x in the console, knows how to put it right"),
	  COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_repair },
	{ "path", N_("File"), N_("the file it is about"),
	  COLUMN_DETAIL, 30, .get = get_path },
	{ "file", N_("File"), N_("the file it is about, relative to the root"),
	  COLUMN_JSON, 30, .get = get_file },
	{ "line", N_("Line"), N_("the line it is about"),
	  COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 6, .get = get_line },
	{ "column", N_("Column"), N_("the byte of the line where it begins"),
	  COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 6, .get = get_column },
};
/* clang-format on */

const struct kind kind_findings = {
	.name = "findings",
	.title = N_("Problems"),
	.item = N_("finding"),
	.help = N_("What is wrong in the files or between them, and the way out."),
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.count = count,
	.id = id,
	.find = find,
	.name_of = name_of,
	.owner = owner,
	.about = about,
};
