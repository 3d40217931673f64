#include "config.h"

#include "commands/findings.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "commands/excerpt.h"
#include "commands/output.h"
#include "lint/check.h"
#include "lint/repair.h"

static enum severity least_severity(const struct options *options)
{
	enum severity least = SEVERITY_NOTE;

	if (options->severity != NULL)
		severity_parse(options->severity, &least);
	return least;
}

static bool no_severity(const char *name, struct error *err)
{
	struct near near = near_to(name, strlen(name));
	int i;

	for (i = SEVERITY_NOTE; i <= SEVERITY_ERROR; i++)
		near_try(&near, severity_name((enum severity)i));
	error_set(err, ERROR_USAGE, _("'%s' is no severity"), name);
	return near_tell(&near, err, _("choose error, warning or note"));
}

bool finding_unknown(const char *id, enum error_code code, struct error *err)
{
	const char *near = check_near(id);

	if (near != NULL)
		return error_set(err, code, _("there is no finding '%s'; did you mean '%s'?"), id,
				 near);
	return error_set(err, code,
			 _("there is no finding '%s'; the manual, ikeconsole(8), has the list"),
			 id);
}

bool selection_check(const struct options *options, struct error *err)
{
	enum severity least = SEVERITY_NOTE;
	size_t column;
	bool descending;

	if (options->severity != NULL &&
	    (!severity_parse(options->severity, &least) || least == SEVERITY_OFF))
		return no_severity(options->severity, err);
	return output_sort_column(&kind_findings, options->sort, &column, &descending, err);
}

void selection_make(struct selection *selection, const struct work *work, const struct lint *lint)
{
	const struct options *options = work->options;
	const struct findings *findings = lint_findings(lint);
	enum severity least = least_severity(options);
	struct error ignored = ERROR_INIT;
	size_t column, i, count;
	struct filter *filter;
	bool descending;
	struct view view;

	output_sort_column(&kind_findings, options->sort, &column, &descending, &ignored);
	error_clear(&ignored);
	view_init(&view, work->host, lint, work->profile);
	selection->order = xmalloc(findings->count * sizeof *selection->order);
	filter = output_filter(&kind_findings, options->match);
	count = kind_order(&kind_findings, &view, filter, column, descending, selection->order,
			   findings->count);
	filter_free(filter);
	selection->count = 0;
	for (i = 0; i < count; i++)
		if (findings->items[selection->order[i]].severity >= least)
			selection->order[selection->count++] = selection->order[i];
	view_release(&view);
}

void selection_release(struct selection *selection)
{
	free(selection->order);
	*selection = (struct selection){ 0 };
}

struct totals findings_count(const struct lint *lint)
{
	const struct findings *findings = lint_findings(lint);
	struct totals totals = { 0 };
	size_t i;

	for (i = 0; i < findings->count; i++) {
		totals.errors += findings->items[i].severity == SEVERITY_ERROR;
		totals.warnings += findings->items[i].severity == SEVERITY_WARNING;
		totals.notes += findings->items[i].severity == SEVERITY_NOTE;
		totals.repairable += lint_has_repair(lint, &findings->items[i]);
	}
	return totals;
}

enum error_code findings_status(const struct totals *totals, const struct options *options)
{
	return totals->errors > 0 || (options->strict && totals->warnings > 0) ? ERROR_FINDINGS
									       : ERROR_NONE;
}

static bool use_color(FILE *out, const struct options *options)
{
	const char *no_color = getenv("NO_COLOR");

	return !options->no_color && (no_color == NULL || no_color[0] == '\0') &&
	       isatty(fileno(out));
}

static const char *severity_color(enum severity severity)
{
	return severity == SEVERITY_ERROR     ? "\033[1;31m"
	       : severity == SEVERITY_WARNING ? "\033[1;33m"
					      : "\033[1;36m";
}

static const char *severity_word(enum severity severity)
{
	return severity == SEVERITY_ERROR     ? _("error")
	       : severity == SEVERITY_WARNING ? _("warning")
					      : _("note");
}

/* The path, and line and column where it has a place. Returns whether it has one. */
static bool add_place(const struct lint *lint, const struct finding *finding, struct strbuf *sb)
{
	struct doc *doc = lint_doc(lint, finding);
	struct position at;

	print_addstr(sb, lint_path(lint, finding));
	if (doc == NULL || finding->at.off == FINDING_NOWHERE)
		return false;
	at = doc_position(doc, finding->at.off);
	strbuf_addf(sb, ":%u:%u", at.line, at.column);
	return true;
}

static void print_finding(FILE *out, const struct lint *lint, const struct finding *finding,
			  bool color, bool can_fix)
{
	struct strbuf place = STRBUF_INIT, message = STRBUF_INIT, fix = STRBUF_INIT,
		      line = STRBUF_INIT, marks = STRBUF_INIT;
	bool placed = add_place(lint, finding, &place);

	lint_message(lint, finding, &message);
	lint_fix(lint, finding, &fix);
	fprintf(out, "%s: %s%s%s: %s [%s]\n", place.buf,
		color ? severity_color((enum severity)finding->severity) : "",
		severity_word((enum severity)finding->severity), color ? "\033[0m" : "",
		message.buf, checks[finding->check].id);
	if (placed) {
		excerpt_make(lint_doc(lint, finding), finding->at, &line, &marks);
		fprintf(out, "    %s\n    %s\n", line.buf, marks.buf);
	}
	fprintf(out, "    %s: %s", _("way out"), fix.buf);
	if (can_fix && lint_has_repair(lint, finding))
		/* TRANSLATORS: behind what to do about a finding; %s is its id. */
		fprintf(out, _(" (--fix %s does it)"), checks[finding->check].id);
	fputc('\n', out);
	strbuf_release(&place);
	strbuf_release(&message);
	strbuf_release(&fix);
	strbuf_release(&line);
	strbuf_release(&marks);
}

struct totals findings_print(FILE *out, const struct work *work, const struct lint *lint)
{
	const struct findings *findings = lint_findings(lint);
	struct totals totals = findings_count(lint);
	bool color = use_color(out, work->options), can_fix = !work_is_read_only(work);
	struct selection selection;
	size_t i;

	selection_make(&selection, work, lint);
	for (i = 0; i < selection.count; i++)
		print_finding(out, lint, &findings->items[selection.order[i]], color, can_fix);
	selection_release(&selection);
	fprintf(out, ngettext("%zu error, ", "%zu errors, ", totals.errors), totals.errors);
	fprintf(out, ngettext("%zu warning, ", "%zu warnings, ", totals.warnings), totals.warnings);
	fprintf(out, ngettext("%zu note", "%zu notes", totals.notes), totals.notes);
	if (can_fix && totals.repairable > 0)
		fprintf(out,
			ngettext("; %zu has a repair: --fix all", "; %zu have a repair: --fix all",
				 totals.repairable),
			totals.repairable);
	fputc('\n', out);
	return totals;
}

static json_t *file_object(const struct host *host, enum location location)
{
	const struct doc *doc = host_doc(host, location);
	json_t *object = json_object();
	const char *path = host_relative(host, host_path(host, location));

	json_object_set_new(object, "path", json_printable(path, strlen(path)));
	json_object_set_new(object, "format", json_string(doc->format->name));
	json_object_set_new(object, "bytes", json_integer((json_int_t)doc->blob.len));
	json_object_set_new(object, "entries", json_integer((json_int_t)doc->format->count(doc)));
	return object;
}

static json_t *finding_object(const struct host *host, const struct lint *lint,
			      const struct finding *finding)
{
	struct doc *doc = lint_doc(lint, finding);
	struct position at = { 0, 0 };
	struct strbuf message = STRBUF_INIT, fix = STRBUF_INIT;
	const char *path = host_relative(host, lint_path(lint, finding));
	json_t *object = json_object();

	if (doc != NULL && finding->at.off != FINDING_NOWHERE)
		at = doc_position(doc, finding->at.off);
	lint_message(lint, finding, &message);
	lint_fix(lint, finding, &fix);
	json_object_set_new(object, "id", json_string(checks[finding->check].id));
	json_object_set_new(object, "severity",
			    json_string(severity_name((enum severity)finding->severity)));
	json_object_set_new(object, "file", json_printable(path, strlen(path)));
	json_object_set_new(object, "line", json_integer(at.line));
	json_object_set_new(object, "column", json_integer(at.column));
	json_object_set_new(object, "message", json_printable(message.buf, message.len));
	json_object_set_new(object, "fix",
			    fix.len > 0 ? json_printable(fix.buf, fix.len) : json_null());
	json_object_set_new(object, "repair", json_boolean(lint_has_repair(lint, finding)));
	strbuf_release(&message);
	strbuf_release(&fix);
	return object;
}

static json_t *summary_object(const struct totals *totals)
{
	json_t *summary = json_object();

	json_object_set_new(summary, "errors", json_integer((json_int_t)totals->errors));
	json_object_set_new(summary, "warnings", json_integer((json_int_t)totals->warnings));
	json_object_set_new(summary, "notes", json_integer((json_int_t)totals->notes));
	return summary;
}

struct totals findings_json(json_t *object, const struct work *work, const struct lint *lint)
{
	const struct findings *findings = lint_findings(lint);
	struct totals totals = findings_count(lint);
	json_t *files = json_array(), *list = json_array();
	struct selection selection;
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++)
		if (host_doc(work->host, i) != NULL)
			json_array_append_new(files, file_object(work->host, (enum location)i));
	selection_make(&selection, work, lint);
	for (i = 0; i < selection.count; i++)
		json_array_append_new(list, finding_object(work->host, lint,
							   &findings->items[selection.order[i]]));
	selection_release(&selection);
	json_object_set_new(object, "schema", json_integer(1));
	json_object_set_new(object, "root",
			    work->host->single ? json_null()
					       : json_printable(work->root, strlen(work->root)));
	json_object_set_new(object, "profile", json_string(work->profile->name));
	json_object_set_new(object, "role", json_string(role_name(work->role)));
	json_object_set_new(object, "files", files);
	json_object_set_new(object, "findings", list);
	json_object_set_new(object, "summary", summary_object(&totals));
	return totals;
}
