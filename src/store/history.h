/*
 * Keeping the history of changes (host/history.h), as a part of a save.
 *
 * What is to be kept comes with the plan (store/store.h). The store calls these:
 *
 *	history_begin   all new files are prepared: the entry is written as "new" and brought to the
 *	                disk. From here on the change can be recorded, whatever happens; where it
 *	                cannot, nothing has been changed yet, and nothing is
 *	history_commit  all files are in their places: the link "last" gets the entry's number and
 *	                digest, and "new" that number as its name
 *	history_drop    the save was taken back: so are these
 *	history_prune   the oldest go, as many as there is no room for
 *	history_settle  an interrupted save was finished or taken back: its entry, where it left one,
 *	                gets its number or goes, by what the files are now
 *
 * One fsync for each change is enough, that of "new": an entry must be whole wherever it has a
 * name, and the bytes that a change replaces must be there before they are replaced. The names may
 * reach the disk later, in their order: what a loss of power leaves is "new", or the number, and
 * history_settle knows what to do with either.
 */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "host/history_entry.h"
#include "store/folder.h"

struct target;

/* What is kept of a save beyond its files. Everything is borrowed. */
struct history_note {
	const struct whoami *who;
	const char *role, *profile;
	const char *why; /* NULL: nobody said */
	const char *const *steps;
	size_t nsteps;
	const char *const *overrides;
	size_t noverrides;
	const char *diff; /* without secrets */
	size_t diff_len;
	size_t most_entries; /* how many are kept, not 0 */
	uint64_t most_bytes; /* of all together; the newest one is kept however large it is */
};

/* The entry of the save that is being made. */
struct history_pending {
	struct folder *folder; /* NULL: none */
	uint32_t number, previous;
	char hash[SHA256_TEXT], previous_hash[SHA256_TEXT];
	bool marked; /* the link may tell of it */
};

bool history_begin(struct history_pending *pending, struct folders *folders, const char *root,
		   const struct history_note *note, const struct target *targets, size_t count,
		   struct error *err);
bool history_commit(struct history_pending *pending, struct error *err);

/* False where something stays for the next start. */
bool history_drop(struct history_pending *pending);
void history_prune(const struct history_pending *pending, const struct history_note *note);

/* Adds to SAID what was done. */
bool history_settle(struct folders *folders, const char *root, struct strbuf *said,
		    struct error *err);

#endif
