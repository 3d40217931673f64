/*
 * What must hold of every repair of every finding of any host, whatever its rows are: its finding
 * goes, no other comes, nothing else changes, and it is done once.
 */
#ifndef TESTS_UNIT_REPAIRING_H
#define TESTS_UNIT_REPAIRING_H

#include "change/repair.h"

struct repairing {
	bool *rows; /* of each row: a repair of it has been made */
	size_t made, taken_back;
};

void repairing_init(struct repairing *r);
void repairing_release(struct repairing *r);

/* Repairs each finding of HOST by itself, and all of them, and takes everything back. NAME is for
 * the messages. */
void repairing_host(struct repairing *r, const char *name, struct host *host,
		    const struct profile *profile, enum role role);

/* All findings of the host; the caller frees it. */
struct lint *repairing_check(struct host *host, const struct profile *profile, enum role role);

#endif
