/*
 * What a save that was interrupted before it changed a file, or behind the last one, leaves:
 * temporary files, and folders that are still empty. For recover.c.
 */
#ifndef STORE_LEFTOVERS_H
#define STORE_LEFTOVERS_H

#include "store/folder.h"
#include "store/lock.h"
#include "store/record.h"

/* Adds "an interrupted save of 3 files (2026-11-20 21:03, user root)". */
void leftovers_name(const struct record *record, struct strbuf *text);

/* Removes the folders that the save has made, where they are empty. */
void leftovers_unmake(struct folders *folders, const struct record *record);

/* Removes what the save has prepared, by the beginning of its journal, and says so. */
bool leftovers_tidy(struct folders *folders, const struct record *record, struct strbuf *said,
		    struct error *err);

/*
 * Where the lock's last owner died with it, removes his temporary files from the folders of all
 * locations. Says so where there were any and nothing else was said.
 */
void leftovers_sweep(struct folders *folders, struct lock *lock, struct strbuf *said);

#endif
