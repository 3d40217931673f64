/*
 * Throwaway trees for tests: made in a new folder, described as text, removed.
 *
 * Whatever goes wrong here ends the test program with a message.
 */
#ifndef TESTS_FAULT_TREE_H
#define TESTS_FAULT_TREE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/strbuf.h"

/* A new empty folder below $TMPDIR or /tmp; the caller frees the path. */
char *tree_new(void);

/* Lets tree_new make it in memory where the system has such a place and nobody said another: for
 * tests that make thousands. */
void tree_in_memory(void);

/* Removes the folder with all that is in it, and frees the path. */
void tree_free(char *root);

/* Removes all that is in the folder. */
void tree_empty(const char *root);

/* The path of NAME below ROOT; the caller frees it. */
char *tree_path(const char *root, const char *name);

/* Makes the folder NAME and those above it (0755) with MODE. */
void tree_folder(const char *root, const char *name, mode_t mode);

/* Writes the file NAME, with the folders above it. */
void tree_file(const char *root, const char *name, const char *text, mode_t mode);
void tree_bytes(const char *root, const char *name, const void *bytes, size_t len, mode_t mode);

/* What is in the file; the caller frees it. NULL where there is none. */
char *tree_text(const char *root, const char *name);

/*
 * Describes everything below ROOT, one line an entry: name, kind, mode, owner and content or
 * target, with the inode and the time of change where IDENTITY is set. Entries for which SKIP (may
 * be NULL) returns true are left out.
 */
char *tree_dump(const char *root, bool identity, bool (*skip)(const char *name));

#endif
