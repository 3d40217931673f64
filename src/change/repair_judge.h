/*
 * Whether a host is better than it was: its findings counted, so that those of two checks can be
 * compared wherever their lines have moved to. For change/repair.c.
 */
#ifndef CHANGE_REPAIR_JUDGE_H
#define CHANGE_REPAIR_JUDGE_H

#include "host/host.h"
#include "lint/finding.h"
#include "lint/lint.h"

/* How many findings there are of each id, of each severity and above. */
struct tally {
	size_t (*counts)[SEVERITY_ERROR + 1]; /* by the first row with the id */
	uint64_t *places; /* of each finding: file, entry and id in one number; sorted */
	size_t nplaces;
	size_t entries[LOCATION_FILES]; /* how many entries the files have */
};

/* Of each row of the table the first one that has its id; the caller frees it. */
size_t *tally_ids(void);

/* Counts what LINT, which is done, has found in HOST. Release it with tally_release. */
void tally_take(struct tally *tally, const struct lint *lint, const struct host *host,
		const size_t *ids);
void tally_release(struct tally *tally);

/*
 * Whether what there was BEFORE has become less by what was MADE, a number for each id, and nothing
 * has become more. If not, WHY says what is in the way.
 */
bool tally_is_better(const struct tally *before, const struct tally *after, const size_t *made,
		     struct strbuf *why);

/* The number of the rule, key, policy or command that a finding is about, which stays the same when
 * others are changed; UINT32_MAX: it is about none. */
uint32_t tally_entry(const struct host *host, const struct finding *finding);

/*
 * The id, by its first row, of which that entry of a file has more findings AFTER than BEFORE;
 * check_count where there is none, or where it cannot be told since entries have come or gone.
 */
size_t tally_worse(const struct tally *before, const struct tally *after, uint32_t file,
		   uint32_t number);

#endif
