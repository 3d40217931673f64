/*
 * What the tests save: trees before, and what is done to their files.
 */
#ifndef TESTS_FAULT_SCENARIO_H
#define TESTS_FAULT_SCENARIO_H

#include "store/store.h"

#define MAX_STEPS 4

/* What is done to one file. */
struct step {
	const char *name;
	const char *old; /* NULL: missing */
	mode_t mode;     /* of the old file */
	const char *new; /* NULL: the file is removed or keeps its content */
	mode_t new_mode; /* that the file has in the end */
	enum store_action action;
	unsigned flags;
	const char *link; /* the name is a link with this target */
};

struct scenario {
	const char *title;
	struct step steps[MAX_STEPS];
	size_t count; /* of steps */
};

extern const struct scenario scenarios[];
extern const size_t scenario_count;

/* Empties the folder ROOT and makes the files there as they are before the save. */
void scenario_make(const struct scenario *scenario, const char *root);

/* Everything a save works on. */
struct work {
	struct store_plan plan;
	struct store_item items[MAX_STEPS];
	struct file_info infos[MAX_STEPS];
	struct blob old[MAX_STEPS], new[MAX_STEPS];
};

/*
 * Loads the files and plans what the scenario does with them. With TEXT every file gets that
 * content instead.
 */
void work_load(struct work *work, const struct scenario *scenario, const char *root,
	       const char *text);
void work_release(struct work *work);

#endif
