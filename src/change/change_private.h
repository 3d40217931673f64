/* What the parts of a change share; nobody outside src/change/change*.c includes this. */
#ifndef CHANGE_CHANGE_PRIVATE_H
#define CHANGE_CHANGE_PRIVATE_H

#include "change/change.h"

/* What a step does to one file: the edits, and those that take them back. */
struct part {
	enum location location;
	struct edits redo, undo;
	bool creates; /* there was no such file */
	bool removes; /* the file goes; there are no edits then */
	/* Or to the mode and owner of one file or folder; then there are no edits. */
	bool is_access;
	uint32_t number; /* see host_info */
	struct access before, after;
};

struct step {
	char *title;
	char *inverse; /* the title of taking it back, once it was written */
	struct part *parts;
	size_t nparts, parts_cap;
	size_t notes; /* how many notes there were before it */
	char **rules; /* labels of rules that have to have their key */
	size_t nrules, rules_cap;
};

/* A file or folder whose mode or owner some step has changed, and what it was when it was loaded.
 */
struct accessed {
	uint32_t number;
	struct file_info loaded;
};

struct change {
	struct host *host;
	const struct profile *profile;
	enum role role;
	/*
	 * NDONE of them are done, the others undone. The first NWRITTEN are on the disk: where that
	 * is more than NDONE, they were written and then undone, which is not written yet.
	 */
	struct step *steps;
	size_t nsteps, steps_cap, ndone, nwritten;
	/* Titles of what was written and undone before other steps were made. */
	char **taken;
	size_t ntaken, taken_cap;
	struct step making;
	bool grouped;                       /* what is begun and ended is part of MAKING */
	struct change_mark inner;           /* where the part that is being made began */
	bool touched[LOCATION_FILES];       /* LOADED holds what was loaded */
	struct doc *loaded[LOCATION_FILES]; /* NULL: the file was missing */
	bool gone[LOCATION_FILES];          /* the file, empty now, is not to be there */
	struct accessed *accessed;
	size_t naccessed, accessed_cap;
	char **notes;
	size_t nnotes, notes_cap;
	char **overrides;
	size_t noverrides, overrides_cap;
	struct change_history history; /* no entries: nothing is kept */
	bool promised; /* it is taken back unless confirmed (guard.h), or takes that back */
};

void change_step_release(struct step *step);

/* What the host has now counts as loaded; the steps stay as they are. */
void change_forget_loaded(struct change *change);

/* Another process has saved the change: what it wrote is what counts as loaded. */
void change_look_again(struct change *change);

/* The same after a save: what was done until now is written. */
void change_set_written(struct change *change);

/* A step is about to be made: what was undone before it cannot be done again. */
void change_forget_undone(struct change *change);

/* Takes a part back, or makes it again. */
void change_undo_part(struct change *change, const struct part *part);

/* Takes the parts of a step back, and its notes. */
void change_take_back(struct change *change, const struct step *step);

/* Sets mode and owner in the host, and keeps what was loaded. */
void change_put_access(struct change *change, uint32_t number, const struct access *access);

/* The document at a location, which is made where there is none. */
struct doc *change_doc(struct change *change, enum location location);

/* Puts a new document into the host, and keeps the one that was loaded. */
void change_replace(struct change *change, enum location location, struct doc *doc);

void change_truncate_notes(struct change *change, size_t count);

/* Takes the last step back, so that it cannot be done again. */
void change_drop_last(struct change *change);

/* Mode and owner of a file as it is, and whether two are the same. */
struct access access_of(const struct file_info *info);
bool access_equal(const struct access *a, const struct access *b);

#endif
