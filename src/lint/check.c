#include "config.h"

#include "lint/check.h"

#include <string.h>

#include "base/i18n.h"
#include "formats/ike_preshared/file.h"
#include "lint/rules_coexist.h"
#include "lint/rules_ike.h"

const struct check checks[] = {
#include "lint/checks_ike.inc"
#include "lint/checks_psk.inc"
#include "lint/checks_coexist.inc"
#include "lint/checks_change.inc"
};
const size_t check_count = sizeof checks / sizeof *checks;

/* Whether ID is among the names of AKA, which have a comma and a blank between them. */
static bool is_among(const char *aka, const char *id)
{
	size_t len = strlen(id);

	while (aka != NULL && len > 0) {
		size_t n = strcspn(aka, ",");

		if (n == len && memcmp(aka, id, n) == 0)
			return true;
		aka = aka[n] != '\0' ? aka + n + 2 : NULL;
	}
	return false;
}

bool check_is_named(const struct check *check, const char *id)
{
	return strcmp(check->id, id) == 0 || is_among(check->aka, id);
}

int check_find(const char *id)
{
	size_t i;

	for (i = 0; i < check_count; i++)
		if (strcmp(checks[i].id, id) == 0)
			return (int)i;
	for (i = 0; i < check_count; i++)
		if (is_among(checks[i].aka, id))
			return (int)i;
	return -1;
}

int check_row(const char *id, const char *title)
{
	size_t i;

	for (i = 0; i < check_count; i++)
		if (strcmp(checks[i].id, id) == 0 && strcmp(checks[i].title, title) == 0)
			return (int)i;
	return -1;
}
