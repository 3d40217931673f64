#include "config.h"

#include "commands/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/several.h"

bool names_remove(struct work *work, struct change *change, const struct kind *kind,
		  find_item *find, const char **names, size_t count, struct error *err)
{
	size_t *numbers = xmalloc(count * sizeof *numbers), i;
	bool good = true;

	for (i = 0; i < count && good; i++)
		good = find(work, names[i], &numbers[i], err);
	good = good && several_remove(change, kind, numbers, count, err);
	free(numbers);
	return good;
}

bool names_fit(const struct work *work, const char *verb, struct error *err)
{
	if (work->options->like == NULL || strcmp(verb, "add") == 0)
		return true;
	return error_set(err, ERROR_USAGE, _("--like goes with add, not with %s"), verb);
}

bool names_like(struct work *work, find_item *find,
		void (*fill)(const struct host *host, size_t number, struct like *like),
		const struct field *fields, size_t count, struct like *all, struct error *err)
{
	const char *like = work->options->like;
	size_t number;

	if (like != NULL && !find(work, like, &number, err))
		return false;
	if (like != NULL)
		fill(work->host, number, all);
	like_give(all, fields, count);
	return true;
}
