/*
 * The journal: what a save of several files is about to do, on the disk for as long as it is half
 * done. For this folder's modules.
 *
 *	journal_begin      before anything else is done: the folder of the state, and the file
 *	                   "journal.new" that names the folders to be made and to be looked through
 *	journal_commit     everything is prepared: the steps are added, and its name becomes
 *	                   "journal". From here on the save is finished by whoever comes next, or
 *	                   taken back (store/recover.h)
 *	journal_end        all is done or taken back: the file goes
 *
 * A save that changes the disk once needs none: a rename is done or not done.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "store/folder.h"
#include "store/record.h"

struct journal {
	struct folder *folder; /* NULL: there is no journal */
	int fd;                /* of the one that is being made; -1: none */
	bool committed;
};

bool journal_begin(struct journal *journal, struct folders *folders, const char *root,
		   const struct record *head, struct error *err);

/* STEPS are the lines of record_add_step and record_add_end. */
bool journal_commit(struct journal *journal, const struct strbuf *steps, struct error *err);

/* False where it cannot be removed, and is found by the next start. */
bool journal_end(struct journal *journal);

/* It stays for the next start. */
void journal_leave(struct journal *journal);

/*
 * The folder of the state: NULL without an error where there is none; NULL with ERR set where it
 * cannot be told, or made. Makes it where MAKE is set.
 */
struct folder *journal_folder(struct folders *folders, const char *root, bool make,
			      struct error *err);

/* Whether nobody but the one we run as can have written in it: owner and mode. */
bool journal_may_be_trusted(const struct folder *folder, struct error *err);

#endif
