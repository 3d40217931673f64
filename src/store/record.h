/*
 * The text of a journal: which save it is, and the step of each file. For this folder's modules.
 *
 *	ikeconsole-journal 1
 *	save TIME UID PID FILES
 *	folder PATH                                      that the save makes
 *	place PATH                                       where it keeps temporary files
 *	write|remove|adjust PATH SECRET NEW-NAME OLD-NAME OLD NEW KEPT BEFORE WANTED
 *	end STEPS
 *
 * Paths are below the root, with links resolved; blanks and what cannot be printed stand as %XX.
 * OLD, NEW and KEPT are inode:size:seconds:nanoseconds, BEFORE and WANTED mode:uid:gid:list; "-" is
 * nothing. Nothing in it is content. The lines up to the places are written before anything else is
 * done, the rest when everything is prepared.
 */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "store/step.h"

struct recorded {
	char *path;
	struct step step;
};

struct record {
	int64_t time; /* when the save began, in seconds since 1970 */
	long uid;     /* who saved */
	long pid;
	size_t files;
	char **folders;
	size_t nfolders, folders_cap;
	char **places;
	size_t nplaces, places_cap;
	struct recorded *steps;
	size_t nsteps, steps_cap;
	bool whole; /* up to its last line */
};

void record_release(struct record *record);

/* Adds the lines up to the places; one step; the last line. */
void record_add_head(struct strbuf *text, const struct record *record);
void record_add_step(struct strbuf *text, const char *path, const struct step *step);
void record_add_end(struct strbuf *text, size_t steps);

/*
 * Reads TEXT, which is changed. False with a sentence in ERR, NAME being what the text is called,
 * where a line is not as above, a path leads anywhere but down from the root, or a temporary name
 * is none of ours. With HEAD_ONLY the lines up to the places are enough, and what stands behind
 * them does not matter. The caller releases RECORD in any case.
 */
bool record_parse(struct record *record, char *text, bool head_only, const char *name,
		  struct error *err);

#endif
