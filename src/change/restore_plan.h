/*
 * What a file of the history is to become, and what others have done to it since; for
 * change/restore.c.
 *
 * Content and access (mode and owner) are looked for by themselves: a change may have been of one
 * alone.
 */
#ifndef CHANGE_RESTORE_PLAN_H
#define CHANGE_RESTORE_PLAN_H

#include "host/history.h"
#include "host/host.h"

/* A file on its way back. */
struct plan_file {
	const char *path;       /* borrowed from the history */
	uint32_t number;        /* see host_info */
	enum location location; /* LOCATION_COUNT: it has none, and its content is not kept */
	bool has_content;       /* EXISTS and CONTENT say what it is to be */
	bool exists;
	struct blob content;
	bool has_access; /* so do MODE and owner */
	mode_t mode;
	uid_t uid;
	gid_t gid;
	struct strbuf lost; /* what others have done to it; empty: nothing */
};

/* The states that are needed to go back to NUMBER, of the file at PATH. False with ERR where one is
 * not there. The caller releases FILE in any case. */
bool plan_file_find(struct plan_file *file, struct host *host, uint32_t number, const char *path,
		    struct error *err);
void plan_file_release(struct plan_file *file);

/* All files of the history, each once; borrowed from it. The caller frees the list. */
const char **plan_paths(const struct history *history, size_t *count);

/*
 * What others have done to the file since the last change of it that the history has, as a masked
 * diff and sentences: nothing where nothing was. False with ERR where that cannot be told.
 */
bool plan_add_drift(struct host *host, const char *path, struct strbuf *sb, struct error *err);

#endif
