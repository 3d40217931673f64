#include "config.h"

#include "commands/apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "lint/check.h"

struct change *apply_begin(struct work *work, struct error *err)
{
	struct change *change;
	size_t i;

	if (!work_may_write(work, err) || !work_open(work, err))
		return NULL;
	change = change_new(work->host, work->profile, work->role);
	for (i = 0; i < work->options->noverrides; i++) {
		if (!change_override(change, work->options->overrides[i], err)) {
			change_free(change);
			return NULL;
		}
	}
	return change;
}

struct field *apply_fields(const char **words, size_t count, struct error *err)
{
	struct field *fields = xcalloc(count, sizeof *fields);
	size_t i;

	for (i = 0; i < count; i++) {
		const char *equals = strchr(words[i], '=');

		if (equals == NULL || equals == words[i]) {
			error_set(err, ERROR_USAGE, _("'%s' is not NAME=VALUE"), words[i]);
			apply_fields_free(fields, count);
			return NULL;
		}
		fields[i].name = xstrndup(words[i], (size_t)(equals - words[i]));
		fields[i].value = equals + 1;
	}
	return fields;
}

void apply_fields_free(struct field *fields, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		free((char *)fields[i].name);
	free(fields);
}

/* The ids and places of findings before and after are compared by what they say. */
static char *describe(const struct lint *lint, const struct finding *finding)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%s: ", checks[finding->check].id);
	lint_message(lint, finding, &text);
	return strbuf_detach(&text, NULL);
}

struct texts {
	char **items;
	size_t count, cap;
};

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void collect_errors(const struct lint *lint, struct texts *texts)
{
	const struct findings *findings = lint_findings(lint);
	size_t i;

	for (i = 0; i < findings->count; i++)
		if (findings->items[i].severity == SEVERITY_ERROR)
			VEC_PUSH(texts->items, texts->count, texts->cap,
				 describe(lint, &findings->items[i]));
	if (texts->count > 1)
		qsort(texts->items, texts->count, sizeof *texts->items, compare_texts);
}

static void texts_release(struct texts *texts)
{
	size_t i;

	for (i = 0; i < texts->count; i++)
		free(texts->items[i]);
	free(texts->items);
}

/* Errors of the result that the files as they were loaded did not have. Returns how many. */
static size_t print_new_errors(const struct texts *before, const struct texts *after)
{
	size_t i = 0, k = 0, found = 0;

	while (k < after->count) {
		int cmp = i < before->count ? strcmp(before->items[i], after->items[k]) : 1;

		if (cmp < 0) {
			i++;
		} else if (cmp == 0) {
			i++;
			k++;
		} else {
			fprintf(stderr, _("new error: %s\n"), after->items[k]);
			found++;
			k++;
		}
	}
	return found;
}

/*
 * The findings before are those of the loaded files: the host is read again for them, since
 * its documents are the changed ones by now.
 */
static size_t count_new_errors(struct work *work)
{
	struct host *loaded = host_open(work->root, work->dialect);
	struct lint *old = lint_new(loaded, work->profile, work->role, work_now()),
		    *new = work_lint(work);
	struct texts before = { 0 }, after = { 0 };
	size_t found;

	while (lint_step(old, SIZE_MAX))
		;
	collect_errors(old, &before);
	collect_errors(new, &after);
	found = print_new_errors(&before, &after);
	texts_release(&before);
	texts_release(&after);
	lint_free(old);
	lint_free(new);
	host_free(loaded);
	return found;
}

static bool ask(const char *question, struct error *err)
{
	char answer[16];

	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return error_set(err, ERROR_REFUSED,
				 _("there is a question and nobody to ask; --yes answers it: %s"),
				 question);
	fprintf(stderr, "%s [y/N] ", question);
	fflush(stderr);
	if (fgets(answer, sizeof answer, stdin) == NULL || (answer[0] != 'y' && answer[0] != 'Y'))
		return error_set(err, ERROR_REFUSED, _("nothing was changed"));
	return true;
}

static bool waiting(void *ctx, const char *who)
{
	bool *said = ctx;

	if (!*said)
		fprintf(stderr, "ikeconsole: %s\n", who);
	*said = true;
	return true;
}

static bool save(struct work *work, struct change *change, struct error *err)
{
	bool said = false;
	struct lock_wait wait = {
		.milliseconds = 1000 * (unsigned)strtoul(settings_get(&work->settings, "general",
								      "lock_seconds"),
							 NULL, 10),
		.waiting = waiting,
		.ctx = &said,
	};
	struct store_report report;
	size_t i;

	if (!change_save(change, &wait, &report, err))
		return false;
	for (i = 0; i < report.count; i++) {
		struct strbuf path = STRBUF_INIT;

		print_addstr(&path, report.items[i].path);
		if (report.items[i].result == STORE_CREATED)
			printf(_("created %s\n"), path.buf);
		else if (report.items[i].result == STORE_REPLACED)
			printf(_("wrote %s\n"), path.buf);
		strbuf_release(&path);
	}
	store_report_release(&report);
	return true;
}

enum error_code apply_end(struct work *work, struct change *change, struct error *err)
{
	struct strbuf diff = STRBUF_INIT;
	size_t i, new_errors;

	for (i = 0; i < change_note_count(change); i++)
		fprintf(stderr, "%s\n", change_note(change, i));
	new_errors = count_new_errors(work);
	if (work->options->dry_run) {
		change_diff(change, &diff);
		fputs(diff.buf, stdout);
		strbuf_release(&diff);
	} else if (work->options->yes || (new_errors == 0 && !isatty(STDIN_FILENO)) ||
		   ask(new_errors > 0 ? _("The result has new errors. Write it all the same?")
				      : _("Write this change?"),
		       err)) {
		save(work, change, err);
	}
	change_free(change);
	return err->code;
}
