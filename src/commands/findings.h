/* Findings as check prints them: text with the line and marks below it, or JSON. */
#ifndef COMMANDS_FINDINGS_H
#define COMMANDS_FINDINGS_H

#include <jansson.h>
#include <stdio.h>

#include "commands/work.h"

struct totals {
	size_t errors, warnings, notes;
	size_t repairable; /* how many of them have a repair */
};

/* Which findings are shown, and in which order; release with selection_release. */
struct selection {
	uint32_t *order;
	size_t count;
};

/* By --severity, --match and --sort, which have been checked by selection_check. */
void selection_make(struct selection *selection, const struct work *work, const struct lint *lint);
void selection_release(struct selection *selection);

/* Whether these options say something that there is. */
bool selection_check(const struct options *options, struct error *err);

/* Sets in ERR, with CODE, that no finding has this id, and which one may be meant. Returns false.
 */
bool finding_unknown(const char *id, enum error_code code, struct error *err);

/* The exit status that goes with them: ERROR_FINDINGS or ERROR_NONE. */
enum error_code findings_status(const struct totals *totals, const struct options *options);

/* What there is of all findings, shown or not; printing them returns it too. */
struct totals findings_count(const struct lint *lint);

struct totals findings_print(FILE *out, const struct work *work, const struct lint *lint);

struct totals findings_json(json_t *object, const struct work *work, const struct lint *lint);

#endif
