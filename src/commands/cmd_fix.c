/* check --fix: repairs what can be repaired without asking anybody, and says what is left. */
#include "config.h"

#include "commands/fix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/repair.h"
#include "commands/apply.h"
#include "commands/findings.h"
#include "commands/output.h"
#include "commands/single.h"
#include "lint/check.h"

/* Which rows are to be repaired. */
struct choice {
	bool *rows;
};

static bool choose_id(struct choice *choice, const char *id, struct error *err)
{
	bool all = strcmp(id, "all") == 0, found = all;
	size_t i;

	for (i = 0; i < check_count; i++) {
		if (!all && !check_is_named(&checks[i], id))
			continue;
		choice->rows[i] = true;
		found = true;
	}
	return found || finding_unknown(id, ERROR_USAGE, err);
}

/* "A10,COEX-R8" */
static bool choose_list(struct choice *choice, const char *list, struct error *err)
{
	bool good = true;

	while (good) {
		size_t len = strcspn(list, ",");
		char *id = xstrndup(list, len);

		good = choose_id(choice, id, err);
		free(id);
		if (list[len] == '\0')
			break;
		list += len + 1;
	}
	return good;
}

static bool choose(struct choice *choice, const struct options *options, const char **words,
		   size_t nwords, struct error *err)
{
	size_t i;

	choice->rows = xcalloc(check_count, sizeof *choice->rows);
	for (i = 0; i < options->nfixes; i++)
		if (!choose_list(choice, options->fixes[i], err))
			return false;
	for (i = 0; i < nwords && options->type == NULL; i++)
		if (!choose_list(choice, words[i], err))
			return false;
	return true;
}

static bool is_chosen(void *ctx, const struct lint *lint, const struct finding *finding)
{
	const struct choice *choice = ctx;

	(void)lint;
	return choice->rows[finding->check];
}

/* What was made goes to OUT, what was not to standard error. */
static void tell_repairs(const struct repairs *repairs, const struct options *options, FILE *out)
{
	const char *made = options->dry_run ? _("to be repaired") : _("repaired");
	size_t i;

	for (i = 0; i < repairs->count; i++) {
		const struct repaired *one = &repairs->items[i];
		FILE *to = one->fate == REPAIR_MADE ? out : stderr;

		fprintf(to, one->line > 0 ? "%s:%u: " : "%s: ", one->path, one->line);
		fprintf(to, "%s: %s [%s]\n", one->fate == REPAIR_MADE ? made : _("not repaired"),
			one->text, one->id);
		if (one->why != NULL)
			fprintf(to, "    %s\n", one->why);
	}
	if (repairs->stopped)
		fprintf(stderr, "%s\n", _("not all was tried: that would take too long"));
}

static json_t *repairs_json(const struct work *work, const struct repairs *repairs, bool made)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < repairs->count; i++) {
		const struct repaired *one = &repairs->items[i];
		json_t *object;

		if ((one->fate == REPAIR_MADE) != made)
			continue;
		object = json_object();
		json_object_set_new(object, "id", json_string(one->id));
		json_object_set_new(object, "file",
				    json_string(host_relative(work->host, one->path)));
		json_object_set_new(object, "line", json_integer(one->line));
		json_object_set_new(object, "message",
				    json_printable(one->text, strlen(one->text)));
		if (!made)
			json_object_set_new(object, "why",
					    json_printable(one->why, strlen(one->why)));
		json_array_append_new(list, object);
	}
	return list;
}

/* What is left, and in JSON with it what was done. After a dry run nothing but the diff is printed;
 * the exit status is the same. */
static enum error_code print_rest(struct work *work, const struct repairs *repairs,
				  const struct strbuf *diff, FILE *out)
{
	const struct options *options = work->options;
	struct lint *lint = work_lint(work);
	struct totals totals;

	if (options->json) {
		json_t *object = json_object();

		totals = findings_json(object, work, lint);
		json_object_set_new(object, "repaired", repairs_json(work, repairs, true));
		json_object_set_new(object, "not_repaired", repairs_json(work, repairs, false));
		if (options->dry_run)
			json_object_set_new(object, "diff", json_stringn(diff->buf, diff->len));
		output_json(stdout, object);
	} else if (options->dry_run) {
		totals = findings_count(lint);
	} else {
		totals = findings_print(out, work, lint);
	}
	lint_free(lint);
	return findings_status(&totals, options);
}

/* Whether nothing could be done because everything was refused. */
static bool was_refused(const struct repairs *repairs, const struct options *options,
			struct error *err)
{
	size_t i;

	if (repairs->made > 0 || repairs->refused == 0)
		return false;
	for (i = 0; repairs->items[i].fate != REPAIR_REFUSED; i++)
		;
	/* The reasons stand above already, but for JSON. */
	error_set(err, ERROR_REFUSED, "%s",
		  options->json ? repairs->items[i].why
				: _("nothing was repaired: all of it was refused"));
	return true;
}

static bool reads_input(const struct options *options, const char **words)
{
	return options->type != NULL && strcmp(words[0], "-") == 0;
}

/* Standard output has the file then, for which keys must have been asked for. */
static bool check_input(const struct options *options, struct error *err)
{
	enum location location = location_of_format(options->type);

	if (options->json)
		return error_set(
			err, ERROR_USAGE,
			_("the repaired text of standard input goes to standard output; leave out --format json"));
	if (location < LOCATION_COUNT && locations[location].secret && !options->show_secrets &&
	    !options->dry_run)
		return error_set(
			err, ERROR_REFUSED,
			_("the repaired text would print the keys; name a file, or add --show-secrets"));
	return true;
}

static bool print_file(const struct work *work, struct error *err)
{
	const struct doc *doc = host_doc(work->host, location_of_format(work->options->type));

	return output_secret(&doc->blob, err);
}

/* Saves what was made, or prints it, and then what is left. */
static enum error_code finish(struct apply *apply, const struct repairs *repairs, bool input,
			      struct error *err)
{
	struct work *work = apply->work;
	struct strbuf diff = STRBUF_INIT;
	enum error_code status;
	FILE *out = input && !work->options->dry_run ? stderr : stdout;

	change_diff(apply->change, &diff);
	if (input && !work->options->dry_run) {
		size_t i;

		for (i = 0; i < change_note_count(apply->change); i++)
			fprintf(stderr, "%s\n", change_note(apply->change, i));
		apply_abandon(apply);
		print_file(work, err);
	} else if (work->options->json && work->options->dry_run) {
		apply_abandon(apply);
	} else {
		apply->show = true;
		apply_end(apply, err);
	}
	status = err->code;
	if (status == ERROR_NONE)
		status = print_rest(work, repairs, &diff, out);
	strbuf_release(&diff);
	return status;
}

static enum error_code repair(struct work *work, struct choice *choice, bool input,
			      struct error *err)
{
	struct repairs repairs = { 0 };
	enum error_code status;
	struct apply apply;
	struct lint *lint;

	if (!apply_begin(&apply, work, err))
		return err->code;
	lint = work_lint(work);
	repair_findings(apply.change, lint, work_now(), is_chosen, choice, &repairs);
	change_end(apply.change, repairs.made > 0);
	lint_free(lint);
	if (!work->options->json)
		tell_repairs(&repairs, work->options,
			     input || work->options->dry_run ? stderr : stdout);
	if (was_refused(&repairs, work->options, err)) {
		apply_abandon(&apply);
		status = err->code;
	} else {
		status = finish(&apply, &repairs, input, err);
	}
	repairs_release(&repairs);
	return status;
}

enum error_code fix_findings(struct work *work, const char **words, size_t nwords,
			     struct error *err)
{
	const struct options *options = work->options;
	bool input = reads_input(options, words);
	enum error_code status = ERROR_NONE;
	struct choice choice;

	if (choose(&choice, options, words, nwords, err) && (!input || check_input(options, err)) &&
	    (options->type == NULL || single_open(work, options->type, words[0], err)))
		status = repair(work, &choice, input, err);
	free(choice.rows);
	return err->code != ERROR_NONE ? err->code : status;
}
