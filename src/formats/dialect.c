#include "config.h"

#include "formats/dialect.h"

#include <string.h>

#include "base/i18n.h"

static const struct {
	const char *name, *title;
} dialects[DIALECT_COUNT] = {
	[DIALECT_SOL9] = { "sol9", N_("Solaris 9") },
	[DIALECT_SOL10] = { "sol10", N_("Solaris 10") },
	[DIALECT_SOL11] = { "sol11", N_("Solaris 11.0 to 11.3") },
	[DIALECT_SOL114] = { "sol114", N_("Solaris 11.4") },
	[DIALECT_ILLUMOS] = { "illumos", N_("illumos") },
	[DIALECT_IKEV2D] = { "ikev2d", N_("in.ikev2d") },
};

const char *dialect_name(enum dialect dialect)
{
	return dialects[dialect].name;
}

const char *dialect_title(enum dialect dialect)
{
	return _(dialects[dialect].title);
}

bool dialect_parse(const char *name, enum dialect *dialect)
{
	int i;

	for (i = 0; i < DIALECT_COUNT; i++) {
		if (strcmp(name, dialects[i].name) == 0) {
			*dialect = (enum dialect)i;
			return true;
		}
	}
	return false;
}
