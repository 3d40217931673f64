#include "config.h"

#include "lint/check.h"

#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "formats/ike_preshared/file.h"
#include "formats/ipsecinit/file.h"
#include "formats/ipseckeys/file.h"
#include "lint/repairs.h"
#include "lint/rules_coexist.h"
#include "lint/rules_ike.h"
#include "lint/rules_manual.h"
#include "lint/rules_policy.h"

const struct check checks[] = {
#include "lint/checks_ike.inc"
#include "lint/checks_psk.inc"
#include "lint/checks_policy.inc"
#include "lint/checks_manual.inc"
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

static size_t same_letters(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] != '\0' && a[n] == b[n])
		n++;
	return n;
}

const char *check_near(const char *id)
{
	const char *best = NULL;
	size_t distance = 3, i;

	for (i = 0; i < check_count; i++) {
		size_t d = near_distance(id, strlen(id), checks[i].id, distance + 1);

		if (d < distance || (d == distance && best != NULL &&
				     same_letters(id, checks[i].id) > same_letters(id, best))) {
			distance = d;
			best = checks[i].id;
		}
	}
	return best;
}
