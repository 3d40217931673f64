/* rule and global: changes of ike/config. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "commands/apply.h"
#include "commands/command.h"

static bool find_rule(struct work *work, const char *label, size_t *number, struct error *err)
{
	struct near near;

	*number = host_find_rule(work->host, label);
	if (*number < work->host->nrules)
		return true;
	error_set(err, ERROR_NOT_FOUND, _("there is no rule '%s'"), label);
	near = host_near_rule(work->host, label);
	return near_tell(&near, err, NULL);
}

static bool change_rule(struct work *work, struct change *change, const char **words, size_t count,
			struct error *err)
{
	bool adding = strcmp(words[0], "add") == 0;
	size_t first = adding ? 1 : 2, number = 0;
	struct field *fields;
	bool good;

	if (!adding && !find_rule(work, words[1], &number, err))
		return false;
	if (strcmp(words[0], "remove") == 0)
		return rule_remove(change, number, err);
	fields = apply_fields(words + first, count - first, err);
	if (fields == NULL)
		return false;
	good = adding ? rule_add(change, fields, count - first, NULL, err)
		      : rule_edit(change, number, fields, count - first, err);
	apply_fields_free(fields, count - first);
	return good;
}

enum error_code cmd_rule(struct work *work, const char **words, size_t count, struct error *err)
{
	bool add = count >= 2 && strcmp(words[0], "add") == 0,
	     edit = count >= 3 && strcmp(words[0], "edit") == 0,
	     take = count == 2 && strcmp(words[0], "remove") == 0;
	struct apply apply;

	if (!add && !edit && !take) {
		error_set(
			err, ERROR_USAGE,
			_("use: rule add NAME=VALUE..., rule edit LABEL NAME=VALUE..., rule remove LABEL"));
		return ERROR_USAGE;
	}
	if (!apply_begin(&apply, work, err))
		return err->code;
	if (!change_rule(work, apply.change, words, count, err)) {
		apply_abandon(&apply);
		return err->code;
	}
	return apply_end(&apply, err);
}

static bool change_globals(struct change *change, const char **words, size_t count,
			   struct error *err)
{
	struct field *fields;
	size_t i;
	bool good = true;

	if (strcmp(words[0], "remove") == 0) {
		for (i = 1; i < count && good; i++)
			good = global_remove(change, words[i], err);
		return good;
	}
	/* A flag has no value: "global add ignore_crls". */
	if (count == 2 && strchr(words[1], '=') == NULL && strcmp(words[0], "add") == 0)
		return global_add(change, words[1], "", err);
	fields = apply_fields(words + 1, count - 1, err);
	for (i = 0; fields != NULL && i < count - 1 && good; i++)
		good = strcmp(words[0], "add") == 0
			       ? global_add(change, fields[i].name, fields[i].value, err)
			       : global_edit(change, fields[i].name, fields[i].value, err);
	good = good && fields != NULL;
	if (fields != NULL)
		apply_fields_free(fields, count - 1);
	return good;
}

enum error_code cmd_global(struct work *work, const char **words, size_t count, struct error *err)
{
	struct apply apply;

	if (count < 2 || (strcmp(words[0], "add") != 0 && strcmp(words[0], "edit") != 0 &&
			  strcmp(words[0], "remove") != 0)) {
		error_set(
			err, ERROR_USAGE,
			_("use: global add NAME=VALUE, global edit NAME=VALUE, global remove NAME"));
		return ERROR_USAGE;
	}
	if (!apply_begin(&apply, work, err))
		return err->code;
	if (!change_globals(apply.change, words, count, err)) {
		apply_abandon(&apply);
		return err->code;
	}
	return apply_end(&apply, err);
}
