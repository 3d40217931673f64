/* check: the whole tree, or one file; what a finding means; and repairs, in cmd_fix.c. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "commands/command.h"
#include "commands/findings.h"
#include "commands/fix.h"
#include "commands/output.h"
#include "commands/single.h"
#include "lint/check.h"

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
		finding_unknown(id, ERROR_NOT_FOUND, err);
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
		if (check->repair != NULL)
			printf(_("  --fix %s does it where nobody has to decide anything\n"),
			       check->id);
		strbuf_release(&fix);
	}
	return ERROR_NONE;
}

static bool check_words(const struct options *options, size_t nwords, struct error *err)
{
	/* Without a file the words are further ids of --fix. */
	if (options->type != NULL ? nwords == 1 : nwords == 0 || options->nfixes > 0)
		return true;
	return error_set(err, ERROR_USAGE,
			 options->type != NULL
				 ? _("check --type TYPE takes one file")
				 : _("check takes no words; for one file: check --type TYPE FILE"));
}

enum error_code cmd_check(struct work *work, const char **words, size_t nwords, struct error *err)
{
	const struct options *options = work->options;
	struct totals totals;
	struct lint *lint;

	if (options->explain != NULL)
		return explain(options->explain, err);
	if (!selection_check(options, err) || !check_words(options, nwords, err))
		return err->code;
	if (options->nfixes > 0)
		return fix_findings(work, words, nwords, err);
	if (options->type != NULL ? !single_open(work, options->type, words[0], err)
				  : !work_open(work, err))
		return err->code;
	lint = work_lint(work);
	if (options->json) {
		json_t *object = json_object();

		totals = findings_json(object, work, lint);
		output_json(stdout, object);
	} else {
		totals = findings_print(stdout, work, lint);
	}
	lint_free(lint);
	return findings_status(&totals, options);
}
