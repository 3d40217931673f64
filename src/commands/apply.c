#include "config.h"

#include "commands/apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "change/guard.h"
#include "commands/confirm.h"
#include "commands/merging.h"

/* Others may change the files again and again; who comes between so often does nothing else. */
enum { MOST_MERGES = 30 };

/* What an interrupted save left is put right before the files are read. */
static bool open_host(struct work *work, struct error *err)
{
	struct strbuf said = STRBUF_INIT;
	bool good = (work->root != NULL || work_find_root(work, err)) &&
		    (work->options->dry_run || work_recover(work, &said, err));

	if (said.len > 0)
		fprintf(stderr, "ikeconsole: %s\n", said.buf);
	strbuf_release(&said);
	if (!good || !work_open(work, err))
		return false;
	if (work->options->dry_run)
		work_tell_interrupted(work);
	return true;
}

bool apply_begin(struct apply *apply, struct work *work, struct error *err)
{
	size_t i;

	*apply = (struct apply){ .work = work, .out = work->options->json ? stderr : stdout };
	if (!work_may_write(work, err) || (work->host == NULL && !open_host(work, err)))
		return false;
	apply->change = work_change(work);
	for (i = 0; i < work->options->noverrides; i++) {
		if (!change_override(apply->change, work->options->overrides[i], err)) {
			apply_abandon(apply);
			return false;
		}
	}
	return true;
}

void apply_abandon(struct apply *apply)
{
	guard_free(apply->guard);
	change_free(apply->change);
	*apply = (struct apply){ 0 };
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

static void print_error(void *ctx, const char *text)
{
	(void)ctx;
	fprintf(stderr, _("new error: %s\n"), text);
}

/* Says which errors the result would have that the files as they were loaded had not. */
static size_t tell_new_errors(const struct apply *apply)
{
	struct lint *lint = work_lint(apply->work);
	size_t count = change_new_errors(apply->change, lint, work_now(), print_error, NULL);

	lint_free(lint);
	return count;
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

static bool save(struct apply *apply, struct error *err)
{
	struct work *work = apply->work;
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

	if (!confirm_save(apply, &wait, &report, err))
		return false;
	apply->written = true;
	if (report.recovered != NULL)
		fprintf(stderr, "ikeconsole: %s\n", report.recovered);
	for (i = 0; i < report.count; i++) {
		struct strbuf path = STRBUF_INIT;

		print_addstr(&path, report.items[i].path);
		if (report.items[i].result == STORE_CREATED)
			fprintf(apply->out, _("created %s\n"), path.buf);
		else if (report.items[i].result == STORE_REPLACED)
			fprintf(apply->out, _("wrote %s\n"), path.buf);
		else if (report.items[i].result == STORE_REMOVED)
			fprintf(apply->out, _("removed %s\n"), path.buf);
		else if (report.items[i].result == STORE_ADJUSTED)
			fprintf(apply->out, _("set mode and owner of %s\n"), path.buf);
		if (report.items[i].changed_since)
			error_set(err, ERROR_CHANGED,
				  _("'%s' was written, and changed by someone else in the same "
				    "moment; look what it is now"),
				  path.buf);
		strbuf_release(&path);
	}
	store_report_release(&report);
	return err->code == ERROR_NONE;
}

static void show_diff(const struct apply *apply, FILE *out)
{
	struct strbuf diff = STRBUF_INIT;

	change_diff(apply->change, &diff);
	fputs(diff.buf, out);
	strbuf_release(&diff);
}

/* What somebody has said yes to. */
struct agreed {
	bool asked;
	size_t new_errors;
	struct strbuf diff; /* where it was shown */
};

/* Whether it is to be written: nobody has to be asked, or the answer is yes. */
static bool may_save(const struct apply *apply, size_t new_errors, struct agreed *agreed,
		     struct error *err)
{
	if (apply->work->options->yes || (new_errors == 0 && !isatty(STDIN_FILENO)))
		return true;
	if (apply->show) {
		strbuf_clear(&agreed->diff);
		change_diff(apply->change, &agreed->diff);
		fputs(agreed->diff.buf, stderr);
	}
	agreed->asked = true;
	agreed->new_errors = new_errors;
	return ask(new_errors > 0 ? _("The result has new errors. Write it all the same?")
				  : _("Write this change?"),
		   err);
}

/* Whether what would be written now is not what was agreed to: it has other errors, or the diff that
 * was shown is another one. */
static bool is_another(const struct apply *apply, size_t new_errors, const struct agreed *agreed)
{
	struct strbuf diff = STRBUF_INIT;
	bool another = new_errors > agreed->new_errors;

	if (agreed->asked && apply->show) {
		change_diff(apply->change, &diff);
		another |= strcmp(diff.buf, agreed->diff.buf) != 0;
	}
	strbuf_release(&diff);
	return another;
}

/* The change is on top of what somebody else did: whether it may be written as it is now. */
static bool may_save_merged(struct apply *apply, struct agreed *agreed, struct error *err)
{
	size_t new_errors;

	if (!change_may_save(apply->change, err))
		return false;
	new_errors = tell_new_errors(apply);
	return !is_another(apply, new_errors, agreed) || may_save(apply, new_errors, agreed, err);
}

/* Saves. Where somebody else has changed a file meanwhile the change is put on top of that. */
static void save_or_merge(struct apply *apply, struct agreed *agreed, struct error *err)
{
	int tries = 0;

	while (!save(apply, err) && err->code == ERROR_CHANGED && !apply->written &&
	       tries++ < MOST_MERGES) {
		error_clear(err);
		if (!merging_apply(apply, err) || !may_save_merged(apply, agreed, err))
			return;
		if (!change_is_any(apply->change)) {
			fprintf(apply->out, "%s\n",
				_("nothing is left to change: it is so already"));
			return;
		}
	}
}

enum error_code apply_end(struct apply *apply, struct error *err)
{
	struct change *change = apply->change;
	struct agreed agreed = { .diff = STRBUF_INIT };
	size_t i, new_errors;

	for (i = 0; i < change_note_count(change); i++)
		fprintf(stderr, "%s\n", change_note(change, i));
	if (!change_is_any(change)) {
		fprintf(apply->out, "%s\n", _("nothing to change"));
		apply_abandon(apply);
		return ERROR_NONE;
	}
	if (!change_may_save(change, err)) {
		apply_abandon(apply);
		return err->code;
	}
	new_errors = tell_new_errors(apply);
	if (apply->work->options->dry_run) {
		show_diff(apply, apply->out);
	} else {
		agreed.new_errors = new_errors;
		if (may_save(apply, new_errors, &agreed, err))
			save_or_merge(apply, &agreed, err);
		if (err->code == ERROR_NONE)
			(void)confirm_ask(apply, err);
	}
	strbuf_release(&agreed.diff);
	apply_abandon(apply);
	return err->code;
}
