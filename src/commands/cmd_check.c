/* check: the whole tree, or one file. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "commands/command.h"
#include "commands/output.h"
#include "lint/check.h"

/* How much of a line is shown around a finding. */
#define LINE_SHOWN 160

struct totals {
	size_t errors, warnings, notes;
};

static void count(struct totals *totals, const struct finding *finding)
{
	switch (finding->severity) {
	case SEVERITY_ERROR:
		totals->errors++;
		break;
	case SEVERITY_WARNING:
		totals->warnings++;
		break;
	default:
		totals->notes++;
	}
}

static bool use_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR");

	return !options->no_color && (no_color == NULL || no_color[0] == '\0') &&
	       isatty(STDOUT_FILENO);
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

/* What is shown of the line that AT is in: not all of one that has no end. */
static struct span line_window(const struct doc *doc, struct span at)
{
	const char *bytes = doc->blob.data;
	uint32_t start = at.off, end = at.off;

	while (start > 0 && at.off - start <= LINE_SHOWN && bytes[start - 1] != '\n')
		start--;
	if (at.off - start > LINE_SHOWN)
		start = at.off - LINE_SHOWN / 2;
	while (start < at.off && (bytes[start] == ' ' || bytes[start] == '\t'))
		start++;
	while (end < doc->blob.len && bytes[end] != '\n' &&
	       end - at.off < (at.len < LINE_SHOWN ? at.len : LINE_SHOWN) + LINE_SHOWN)
		end++;
	if (end > at.off && bytes[end - 1] == '\r')
		end--;
	return (struct span){ start, end - start };
}

/* The line a finding is in, and carets under what it is about; printable, secrets hidden. */
static void print_line(const struct doc *doc, const struct finding *finding)
{
	struct span line = line_window(doc, finding->at), before, at, after;
	struct strbuf text = STRBUF_INIT;
	uint32_t end = line.off + line.len, stop = finding->at.off + finding->at.len;
	size_t start, width;

	stop = stop > end ? end : stop;
	if (stop - finding->at.off > LINE_SHOWN)
		stop = finding->at.off + LINE_SHOWN;
	before = (struct span){ line.off, finding->at.off - line.off };
	at = (struct span){ finding->at.off, stop - finding->at.off };
	after = (struct span){ stop, end - stop };

	doc_print(doc, before, &text);
	start = output_width(text.buf);
	doc_print(doc, at, &text);
	width = output_width(text.buf) - start;
	doc_print(doc, after, &text);
	printf("    %s\n    %*s^", text.buf, (int)start, "");
	for (; width > 1; width--)
		putchar('~');
	putchar('\n');
	strbuf_release(&text);
}

static void print_finding(const struct lint *lint, const struct finding *finding, bool color)
{
	struct doc *doc = lint_doc(lint, finding);
	struct strbuf path = STRBUF_INIT, message = STRBUF_INIT, fix = STRBUF_INIT;
	bool placed = doc != NULL && finding->at.off != FINDING_NOWHERE;

	print_addstr(&path, lint_path(lint, finding));
	if (placed) {
		struct position at = doc_position(doc, finding->at.off);

		strbuf_addf(&path, ":%u:%u", at.line, at.column);
	}
	lint_message(lint, finding, &message);
	lint_fix(lint, finding, &fix);
	printf("%s: %s%s%s: %s: %s\n", path.buf,
	       color ? severity_color((enum severity)finding->severity) : "",
	       severity_word((enum severity)finding->severity), color ? "\033[0m" : "",
	       checks[finding->check].id, message.buf);
	if (placed)
		print_line(doc, finding);
	printf("    %s: %s\n", _("way out"), fix.buf);
	strbuf_release(&path);
	strbuf_release(&message);
	strbuf_release(&fix);
}

static void print_text(const struct lint *lint, const struct options *options, enum severity least,
		       struct totals *totals)
{
	const struct findings *findings = lint_findings(lint);
	bool color = use_color(options);
	size_t i;

	for (i = 0; i < findings->count; i++) {
		count(totals, &findings->items[i]);
		if (findings->items[i].severity >= least)
			print_finding(lint, &findings->items[i], color);
	}
	printf(ngettext("%zu error, ", "%zu errors, ", totals->errors), totals->errors);
	printf(ngettext("%zu warning, ", "%zu warnings, ", totals->warnings), totals->warnings);
	printf(ngettext("%zu note\n", "%zu notes\n", totals->notes), totals->notes);
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
	strbuf_release(&message);
	strbuf_release(&fix);
	return object;
}

static void print_json(const struct work *work, const struct lint *lint, enum severity least,
		       struct totals *totals)
{
	const struct findings *findings = lint_findings(lint);
	json_t *object = json_object(), *files = json_array(), *list = json_array(),
	       *summary = json_object();
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++)
		if (host_doc(work->host, i) != NULL)
			json_array_append_new(files, file_object(work->host, (enum location)i));
	for (i = 0; i < findings->count; i++) {
		count(totals, &findings->items[i]);
		if (findings->items[i].severity >= least)
			json_array_append_new(
				list, finding_object(work->host, lint, &findings->items[i]));
	}
	json_object_set_new(object, "schema", json_integer(1));
	json_object_set_new(object, "root",
			    work->host->single ? json_null()
					       : json_printable(work->root, strlen(work->root)));
	json_object_set_new(object, "profile", json_string(work->profile->name));
	json_object_set_new(object, "role", json_string(role_name(work->role)));
	json_object_set_new(object, "files", files);
	json_object_set_new(object, "findings", list);
	json_object_set_new(summary, "errors", json_integer((json_int_t)totals->errors));
	json_object_set_new(summary, "warnings", json_integer((json_int_t)totals->warnings));
	json_object_set_new(summary, "notes", json_integer((json_int_t)totals->notes));
	json_object_set_new(object, "summary", summary);
	output_json(stdout, object);
}

/* A row may stand there once for profiles with coexistence and once for those without. */
static bool was_explained(const char *id, size_t row)
{
	size_t i;

	for (i = 0; i < row; i++)
		if (check_is_named(&checks[i], id) &&
		    strcmp(checks[i].title, checks[row].title) == 0)
			return true;
	return false;
}

static enum error_code explain(const char *id, struct error *err)
{
	size_t i;

	if (check_find(id) < 0) {
		struct near near = near_to(id, strlen(id));

		for (i = 0; i < check_count; i++)
			near_try(&near, checks[i].id);
		error_set(err, ERROR_NOT_FOUND, _("there is no finding '%s'"), id);
		near_tell(&near, err, _("the manual, ikeconsole(8), has the list"));
		return err->code;
	}
	for (i = 0; i < check_count; i++) {
		const struct check *check = &checks[i];
		struct strbuf fix = STRBUF_INIT;

		if (!check_is_named(check, id) || was_explained(id, i))
			continue;
		check_explain_fix(check, &fix);
		printf("%s%s%s: %s\n  %s\n  %s: %s\n", check->id, check->aka != NULL ? ", " : "",
		       check->aka != NULL ? check->aka : "", _(check->title), _(check->why),
		       _("way out"), fix.buf);
		strbuf_release(&fix);
	}
	return ERROR_NONE;
}

/* The bytes of the one file that is to be checked; "-" is standard input. */
static bool read_single(const char *path, bool secret, struct blob *blob, struct error *err)
{
	bool input = strcmp(path, "-") == 0;
	struct stat st;
	bool good;
	int fd;

	/* Some devices do something when they are opened. */
	if (!input && stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return error_set(err, ERROR_IO, _("'%s' is no regular file"), path);
	fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		error_set_errno(err, ERROR_IO, errno, _("cannot open '%s'"), path);
		if (fd >= 0 && !input)
			close(fd);
		return false;
	}
	if (!input && !S_ISREG(st.st_mode))
		good = error_set(err, ERROR_IO, _("'%s' is no regular file"), path);
	else
		good = blob_read(blob, fd, S_ISREG(st.st_mode) ? (size_t)st.st_size : 65536,
				 DOC_MAX_BYTES, secret, input ? _("standard input") : path, err);
	if (!input)
		close(fd);
	return good;
}

static bool no_type(const char *type, struct error *err)
{
	struct near near = near_to(type, strlen(type));
	struct strbuf all = STRBUF_INIT;
	int i;

	for (i = 0; i < LOCATION_FILES; i++) {
		near_try(&near, locations[i].format->name);
		strbuf_addf(&all, "%s%s", i > 0 ? ", " : _("the types are "),
			    locations[i].format->name);
	}
	error_set(err, ERROR_USAGE, _("'%s' is no type of file"), type);
	near_tell(&near, err, all.buf);
	strbuf_release(&all);
	return false;
}

static bool open_single(struct work *work, const char *type, const char *path, struct error *err)
{
	enum location location = location_of_format(type);
	struct blob blob;

	if (location == LOCATION_COUNT)
		return no_type(type, err);
	if (!read_single(path, locations[location].secret, &blob, err))
		return false;
	work->host = host_open_single(location, path, blob, work->dialect);
	return true;
}

enum error_code cmd_check(struct work *work, const char **words, size_t nwords, struct error *err)
{
	const struct options *options = work->options;
	enum severity least = SEVERITY_NOTE;
	struct totals totals = { 0 };
	struct lint *lint;

	if (options->explain != NULL)
		return explain(options->explain, err);
	if (options->severity != NULL &&
	    (!severity_parse(options->severity, &least) || least == SEVERITY_OFF)) {
		struct near near = near_to(options->severity, strlen(options->severity));
		int i;

		for (i = SEVERITY_NOTE; i <= SEVERITY_ERROR; i++)
			near_try(&near, severity_name((enum severity)i));
		error_set(err, ERROR_USAGE, _("'%s' is no severity"), options->severity);
		near_tell(&near, err, _("choose error, warning or note"));
		return ERROR_USAGE;
	}
	if (nwords != (options->type != NULL ? 1 : 0)) {
		error_set(
			err, ERROR_USAGE,
			options->type != NULL
				? _("check --type TYPE takes one file")
				: _("check takes no words; for one file: check --type TYPE FILE"));
		return ERROR_USAGE;
	}
	if (options->type != NULL ? !open_single(work, options->type, words[0], err)
				  : !work_open(work, err))
		return err->code;
	lint = work_lint(work);
	if (options->json)
		print_json(work, lint, least, &totals);
	else
		print_text(lint, options, least, &totals);
	lint_free(lint);
	if (totals.errors > 0 || (options->strict && totals.warnings > 0))
		return ERROR_FINDINGS;
	return ERROR_NONE;
}
