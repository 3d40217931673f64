/* What the parts of a change share; nobody outside src/change/change*.c includes this. */
#ifndef CHANGE_CHANGE_PRIVATE_H
#define CHANGE_CHANGE_PRIVATE_H

#include "change/change.h"

/* What a step does to one file: the edits, and those that take them back. */
struct part {
	enum location location;
	struct edits redo, undo;
	/* Or to the mode and owner of one file or folder; then there are no edits. */
	bool is_access;
	uint32_t number; /* see host_info */
	struct access before, after;
};

struct step {
	char *title;
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
	struct step *steps; /* NDONE of them are done, the others undone */
	size_t nsteps, steps_cap, ndone;
	struct step making;
	bool grouped;                       /* what is begun and ended is part of MAKING */
	struct change_mark inner;           /* where the part that is being made began */
	bool touched[LOCATION_FILES];       /* LOADED holds what was loaded */
	struct doc *loaded[LOCATION_FILES]; /* NULL: the file was missing */
	struct accessed *accessed;
	size_t naccessed, accessed_cap;
	char **notes;
	size_t nnotes, notes_cap;
	char **overrides;
	size_t noverrides, overrides_cap;
};

/* Forgets the steps; what the host has now counts as loaded. */
void change_forget(struct change *change);

/* Mode and owner of a file as it is, and whether two are the same. */
struct access access_of(const struct file_info *info);
bool access_equal(const struct access *a, const struct access *b);

#endif
