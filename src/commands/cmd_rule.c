/* rule and global: changes of ike/config. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "commands/apply.h"
#include "commands/command.h"
#include "commands/names.h"

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
	struct like all = { 0 };
	struct field *fields;
	bool good;

	if (strcmp(words[0], "remove") == 0)
		return names_remove(work, change, &kind_rules, find_rule, words + 1, count - 1,
				    err);
	if (!adding && !find_rule(work, words[1], &number, err))
		return false;
	fields = apply_fields(words + first, count - first, err);
	if (fields == NULL)
		return false;
	good = names_like(work, find_rule, rule_like, fields, count - first, &all, err) &&
	       (adding ? rule_add(change, all.fields, all.count, NULL, err)
		       : rule_edit(change, number, all.fields, all.count, err));
	apply_fields_free(fields, count - first);
	like_release(&all);
	return good;
}

enum error_code cmd_rule(struct work *work, const char **words, size_t count, struct error *err)
{
	bool add = count + (work->options->like != NULL) >= 2 && count > 0 &&
		   strcmp(words[0], "add") == 0,
	     edit = count >= 3 && strcmp(words[0], "edit") == 0,
	     take = count >= 2 && strcmp(words[0], "remove") == 0;
	struct apply apply;

	if (!add && !edit && !take) {
		error_set(
			err, ERROR_USAGE,
			_("use: rule add NAME=VALUE..., rule edit LABEL NAME=VALUE..., rule remove LABEL..."));
		return ERROR_USAGE;
	}
	if (!names_fit(work, words[0], err) || !apply_begin(&apply, work, err))
		return err->code;
	if (!change_rule(work, apply.change, words, count, err)) {
		apply_abandon(&apply);
		return err->code;
	}
	return apply_end(&apply, err);
}

/* A flag has no value: "global add ignore_crls". */
static bool is_flag(const char *word)
{
	enum ike_word keyword = ike_word_find(word, strlen(word));

	return keyword != IKE_NO_WORD && keyword < IKE_KEYWORD_COUNT &&
	       ike_words[keyword].arg == IKE_ARG_NONE;
}

static bool change_global(struct change *change, const char *verb, const char *word,
			  struct error *err)
{
	bool adding = strcmp(verb, "add") == 0, good;
	struct field *field;

	if (strcmp(verb, "remove") == 0)
		return global_remove(change, word, err);
	if (adding && is_flag(word))
		return global_add(change, word, "", err);
	field = apply_fields(&word, 1, err);
	if (field == NULL)
		return false;
	good = (adding ? global_add : global_edit)(change, field->name, field->value, err);
	apply_fields_free(field, 1);
	return good;
}

static bool change_globals(struct change *change, const char **words, size_t count,
			   struct error *err)
{
	size_t i;

	for (i = 1; i < count; i++)
		if (!change_global(change, words[0], words[i], err))
			return false;
	return true;
}

enum error_code cmd_global(struct work *work, const char **words, size_t count, struct error *err)
{
	struct apply apply;

	if (count < 2 || (strcmp(words[0], "add") != 0 && strcmp(words[0], "edit") != 0 &&
			  strcmp(words[0], "remove") != 0)) {
		error_set(
			err, ERROR_USAGE,
			_("use: global add NAME[=VALUE]..., global edit NAME=VALUE..., global remove NAME..."));
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
