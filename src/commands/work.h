/*
 * What a command works on: the host below the root, the profile, and what was found in it.
 *
 * The console starts from the same.
 */
#ifndef COMMANDS_WORK_H
#define COMMANDS_WORK_H

#include "base/confine.h"
#include "base/strbuf.h"
#include "change/change.h"
#include "commands/options.h"
#include "commands/settings.h"
#include "host/host.h"
#include "kinds/kind.h"
#include "lint/lint.h"

struct demo;

struct work {
	const struct options *options;
	struct settings settings;
	struct profile *profile;
	enum role role;
	enum dialect dialect;
	char *root;
	struct demo *demo; /* the private copy of the sample host, removed at the end; NULL: none */
	struct host *host; /* NULL until work_open */
	char salt[33];     /* of fingerprints in this run */
	enum confinement confinement; /* what read-only mode rests on */
};

/*
 * Reads settings and profile; the host is not opened yet. Setting warnings go to standard error. In
 * read-only mode this process can change nothing from here on (base/confine.h).
 */
bool work_init(struct work *work, const struct options *options, struct error *err);

/* Finds the root, unless that was done, and makes the copy for --demo. False where it is no folder.
 */
bool work_find_root(struct work *work, struct error *err);

/* Finds the root and opens the host. */
bool work_open(struct work *work, struct error *err);
void work_release(struct work *work);

/* A change of the open host, which is recorded as the settings have it. The caller frees it. */
struct change *work_change(const struct work *work);

/* All findings of the host as it is now; the caller frees them. */
struct lint *work_lint(const struct work *work);

/* Whether nothing may be changed: by option or by the settings. */
bool work_is_read_only(const struct work *work);

/* Refuses where nothing may be changed; to see what a change would be is nobody forbidden. */
bool work_may_write(const struct work *work, struct error *err);

/*
 * Finishes or takes back what an interrupted save left below the root, before the host is opened to
 * be changed, and adds to SAID what was done (store/recover.h). Does nothing in read-only mode, and
 * where another program is at it.
 */
bool work_recover(struct work *work, struct strbuf *said, struct error *err);

/* For whoever only looks: one line to standard error where a save was interrupted. */
void work_tell_interrupted(const struct work *work);

/* The time checks go by: now, or SOURCE_DATE_EPOCH for tests. */
int64_t work_now(void);

#endif
