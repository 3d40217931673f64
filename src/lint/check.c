#include "config.h"

#include "lint/check.h"

#include <string.h>

#include "base/i18n.h"
#include "formats/ike_preshared/file.h"
#include "formats/ipsecinit/file.h"
#include "formats/ipseckeys/file.h"
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
};
const size_t check_count = sizeof checks / sizeof *checks;

int check_find(const char *id)
{
	size_t i;

	for (i = 0; i < check_count; i++)
		if (strcmp(checks[i].id, id) == 0)
			return (int)i;
	for (i = 0; i < check_count; i++)
		if (checks[i].aka != NULL && strcmp(checks[i].aka, id) == 0)
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
