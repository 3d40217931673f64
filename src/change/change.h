/*
 * Changes: the only way in.
 *
 * A change is what somebody does between two saves: a list of steps (edit a rule, add a key ...),
 * each of which can be undone and done again. A step changes the host's documents in memory;
 * nothing touches a disk before change_save. Forms, quick fixes, the wizard and the commands all
 * make steps with the functions of change/edits.h.
 *
 *	struct change *change = change_new(host, profile, role);
 *
 *	if (!rule_edit(change, number, fields, count, &err))
 *		...                             (refused or not understood: nothing has changed)
 *	change_diff(change, &text);
 *	if (!change_save(change, &wait, &report, &err))
 *		...                             (nothing was written; the steps are still there)
 *	change_free(change);
 *
 * The steps stay behind a save: what was written can be taken back too, which is a change again.
 *
 * What the profile forces is applied with each step that touches its file, and listed in the
 * notes: forced values are never silent.
 */
#ifndef CHANGE_CHANGE_H
#define CHANGE_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/strbuf.h"
#include "doc/edit.h"
#include "host/host.h"
#include "lint/lint.h"
#include "store/store.h"

struct change;

/* HOST and PROFILE are borrowed; the change puts new documents into the host. */
struct change *change_new(struct host *host, const struct profile *profile, enum role role);
void change_free(struct change *change);

struct host *change_host(struct change *change);
const struct profile *change_profile(const struct change *change);
enum role change_role(const struct change *change);

/* Sets one coexistence rule aside for this change (--override); false where ROLE is not admin. */
bool change_override(struct change *change, const char *id, struct error *err);
bool change_is_overridden(const struct change *change, const char *id);

/* What is kept of a change when it is saved (store/history.h). */
struct change_history {
	const char *why; /* what the person says it is for; NULL: nothing. Borrowed */
	size_t entries;  /* how many changes are kept; 0: none */
	uint64_t bytes;  /* how large they may be together */
	bool system_log; /* a line goes there too */
};

/* Without this nothing is kept, and nothing is said to the system's log. */
void change_keep_history(struct change *change, const struct change_history *history);

/* How many steps are not written: made since the last save, or written and taken back. */
size_t change_count(const struct change *change);

/* What the one with number I did: "edit rule INDEXID_3", "take back: ...". Borrowed, printable. */
const char *change_title(const struct change *change, size_t i);

/* Whether there is a step that could be undone, be it written; or one that could be done again. */
bool change_can_undo(const struct change *change);
bool change_can_redo(const struct change *change);

/* Where what was written has been taken back: makes what the profile forces in the files as a whole
 * a step, since the file is going to be saved again. Returns whether there was any. */
bool change_force(struct change *change);

/* Undoes the last step, or does it again; false where there is none. */
bool change_undo(struct change *change);
bool change_redo(struct change *change);

/* Whether anything is not as it was loaded: a file's bytes, or a mode or an owner. */
bool change_is_any(const struct change *change);

/* Whether a file's bytes are not as they were loaded. */
bool change_touches(const struct change *change, enum location location);

/* What was forced, and why, a line each; in the order of the steps. Borrowed. */
size_t change_note_count(const struct change *change);
const char *change_note(const struct change *change, size_t i);

/* The file as it was loaded; the same as the host's where it was not changed. NULL: it was missing.
 */
const struct doc *change_loaded(const struct change *change, enum location location);

/*
 * Which errors the files would have that they had not as they were loaded: calls FOUND (may be
 * NULL) with the sentence of each, and returns how many there are. LINT is done, and about the host
 * as it is now. What the host had is looked at only where there are errors at all.
 */
size_t change_new_errors(struct change *change, const struct lint *lint, int64_t now,
			 void (*found)(void *ctx, const char *text), void *ctx);

/* Adds the unified diff of all files, with secrets hidden, and what becomes of modes and owners. */
void change_diff(const struct change *change, struct strbuf *sb);

/* The same of the step that is being made, alone. */
void change_diff_step(const struct change *change, struct strbuf *sb);

/*
 * Whether the role may save the change as it is: MDM finishes no rule with preshared keys before
 * its key is there (COEX-R11), in whichever order the two are added. change_save asks it too.
 */
bool change_may_save(struct change *change, struct error *err);

/*
 * Saves all changed files, or none. On success nothing is pending any more, and what was written is
 * what counts as loaded; the steps can still be undone. WAIT says how to wait for somebody else's
 * lock; NULL: not at all.
 * ERROR_CHANGED: a file is not as it was loaded; change/merge.h puts the change on what it is now.
 */
bool change_save(struct change *change, const struct lock_wait *wait, struct store_report *report,
		 struct error *err);

/* For change/edits and change/repair: begins a step, or gives the one that is being made another
 * title. */
void change_begin(struct change *change, const char *title);
void change_name(struct change *change, const char *title);

/* Applies EDITS (adopted) to a file as a part of the step that is being made. */
void change_apply(struct change *change, enum location location, struct edits *edits);

/* The file goes, as a part of the step. */
void change_remove_file(struct change *change, enum location location);

/* Mode (permission bits) and owner of a file or folder, by its number (host_info), as a part of the
 * step. */
struct access {
	mode_t mode;
	uid_t uid;
	gid_t gid;
};
void change_set_access(struct change *change, uint32_t number, const struct access *access);

/* How far the step has come, and back to there. */
struct change_mark {
	size_t parts, notes;
};
struct change_mark change_mark(const struct change *change);
void change_back_to(struct change *change, struct change_mark mark);

/* Of the step that is being made: it adds or edits a rule of MDM, which has to have its key when
 * the change is saved. Whether a step says so of the rule. */
void change_require_key(struct change *change, const char *label);
bool change_requires_key(const struct change *change, const char *label);

void change_add_note(struct change *change, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Ends the step; it vanishes where KEEP is false, and everything is as it was before change_begin.
 */
void change_end(struct change *change, bool keep);

/*
 * Makes one step, with one title, of all that are begun and ended in between: one undo takes them
 * back together. It vanishes where KEEP is false, or where none of them was kept.
 */
void change_begin_group(struct change *change, const char *title);
void change_end_group(struct change *change, bool keep);

#endif
