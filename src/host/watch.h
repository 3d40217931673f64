/*
 * Hearing that something happens in the folders of a host's files: a write, a rename, a removal, a
 * new file. What it is, and whether it matters, somebody has to look for (change/drift.h).
 *
 * Where the system tells (inotify), there is a descriptor that can be waited for. Where it does not,
 * or cannot for all of the folders, one has to look from time to time.
 */
#ifndef HOST_WATCH_H
#define HOST_WATCH_H

struct watch;

/* Watches the host below ROOT, which is copied. Never fails; nothing is opened for writing. */
struct watch *watch_new(const char *root);
void watch_free(struct watch *watch);

/* Can be read when something has happened; -1: one has to look. It can become that at watch_take. */
int watch_fd(const struct watch *watch);

/* Takes what has happened, and watches folders that are new. */
void watch_take(struct watch *watch);

#endif
