#include "config.h"

#include "commands/names.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "change/several.h"

bool names_remove(struct work *work, struct change *change, const struct kind *kind,
		  bool (*find)(struct work *work, const char *name, size_t *number,
			       struct error *err),
		  const char **names, size_t count, struct error *err)
{
	size_t *numbers = xmalloc(count * sizeof *numbers), i;
	bool good = true;

	for (i = 0; i < count && good; i++)
		good = find(work, names[i], &numbers[i], err);
	good = good && several_remove(change, kind, numbers, count, err);
	free(numbers);
	return good;
}
