/* policy: changes of ipsecinit.conf. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "commands/apply.h"
#include "commands/command.h"
#include "commands/names.h"

/* The policy at a place, as "list policies" counts them. */
static bool find_policy(struct work *work, const char *place, size_t *number, struct error *err)
{
	struct view view;

	view_init(&view, work->host, NULL, work->profile);
	*number = kind_policies.find(&view, place);
	view_release(&view);
	if (*number == work->host->npolicies)
		return error_set(err, ERROR_NOT_FOUND,
				 _("there is no policy '%s'; the file has %zu, counted from 1"),
				 place, work->host->npolicies);
	return true;
}

/* Takes before=N and after=N out of the words; where there are none, the place is the end. */
static bool take_place(struct work *work, const char **words, size_t *count,
		       struct policy_place *place, struct error *err)
{
	bool given = false;
	size_t i, kept = 0;

	*place = (struct policy_place){ work->host->npolicies, false };
	for (i = 0; i < *count; i++) {
		bool before = strncmp(words[i], "before=", 7) == 0,
		     after = strncmp(words[i], "after=", 6) == 0;

		if (!before && !after) {
			words[kept++] = words[i];
			continue;
		}
		if (given)
			return error_set(err, ERROR_USAGE,
					 _("a policy has one place: before=N or after=N"));
		given = true;
		place->before = before;
		if (!find_policy(work, strchr(words[i], '=') + 1, &place->number, err))
			return false;
	}
	*count = kept;
	return true;
}

static bool add(struct work *work, struct change *change, const char **words, size_t count,
		struct error *err)
{
	const char *model = work->options->like;
	struct policy_place place;
	struct like all = { 0 };
	struct field *fields;
	bool good;

	if (!take_place(work, words, &count, &place, err))
		return false;
	/* One that is like another one goes behind it. */
	if (model != NULL && place.number == work->host->npolicies &&
	    !find_policy(work, model, &place.number, err))
		return false;
	fields = apply_fields(words, count, err);
	if (fields == NULL)
		return false;
	good = names_like(work, find_policy, policy_like, fields, count, &all, err) &&
	       policy_add(change, all.fields, all.count, place, NULL, err);
	apply_fields_free(fields, count);
	like_release(&all);
	return good;
}

static bool change_policy(struct work *work, struct change *change, const char **words,
			  size_t count, struct error *err)
{
	const char *verb = words[0];
	struct field *fields;
	size_t number, to;
	bool good;

	if (strcmp(verb, "add") == 0)
		return add(work, change, words + 1, count - 1, err);
	if (strcmp(verb, "remove") == 0)
		return names_remove(work, change, &kind_policies, find_policy, words + 1, count - 1,
				    err);
	if (!find_policy(work, words[1], &number, err))
		return false;
	if (strcmp(verb, "move") == 0)
		return find_policy(work, words[2], &to, err) &&
		       policy_move(change, number, to, err);
	fields = apply_fields(words + 2, count - 2, err);
	if (fields == NULL)
		return false;
	good = policy_edit(change, number, fields, count - 2, err);
	apply_fields_free(fields, count - 2);
	return good;
}

enum error_code cmd_policy(struct work *work, const char **words, size_t count, struct error *err)
{
	static const struct {
		const char *verb;
		size_t least, most;
	} verbs[] = { { "add", 2, SIZE_MAX },
		      { "edit", 3, SIZE_MAX },
		      { "remove", 2, SIZE_MAX },
		      { "move", 3, 3 } };
	struct apply apply;
	bool known = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(verbs) && count > 0; i++)
		known |= strcmp(words[0], verbs[i].verb) == 0 &&
			 count + (work->options->like != NULL) >= verbs[i].least &&
			 count <= verbs[i].most;
	if (!known) {
		error_set(
			err, ERROR_USAGE,
			_("use: policy add NAME=VALUE... [before=N|after=N], policy edit N NAME=VALUE..., policy remove N..., policy move N TO"));
		return ERROR_USAGE;
	}
	if (!names_fit(work, words[0], err) || !apply_begin(&apply, work, err))
		return err->code;
	if (!change_policy(work, apply.change, words, count, err)) {
		apply_abandon(&apply);
		return err->code;
	}
	return apply_end(&apply, err);
}
