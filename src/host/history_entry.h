/*
 * One entry of a host's history (host/history.h): its head, as text and in memory.
 *
 *	ikeconsole-history 1
 *	number 12
 *	time 1763771845 2025-11-22 00:37:25 UTC
 *	previous 11 SHA256                              "-": none
 *	user UID NAME                                   the real user
 *	login UID NAME                                  who logged in
 *	sudo UID NAME                                   what sudo said
 *	role admin
 *	profile mdm-ssm
 *	host bss1
 *	root /
 *	why ticket 4711
 *	step edit rule INDEXID_3
 *	override COEX-G1
 *	file public|secret FROM WINDOW PATH
 *	before MODE UID GID SIZE SHA256                 "-": there was no such file; SIZE and SHA256
 *	after MODE UID GID SIZE SHA256                  "-": its content was not looked at
 *	diff SIZE SHA256
 *	end
 *
 * Behind the head stand the masked diff and, for each file in turn, the bytes it had before and the
 * window: what it had afterwards is the first FROM bytes it had before, the WINDOW bytes, and the
 * end of what it had before. So each entry has both states of its files.
 *
 * All values are the rest of their line, printable; in a path what could not stand there is %XX.
 */
#ifndef HOST_HISTORY_ENTRY_H
#define HOST_HISTORY_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/sha256.h"
#include "base/strbuf.h"
#include "base/whoami.h"

/* A file at one time. */
struct history_side {
	bool exists;
	mode_t mode; /* permission bits */
	uid_t uid;
	gid_t gid;
	bool has_content; /* SIZE and HASH are known */
	uint64_t size;
	char hash[SHA256_TEXT];
};

struct history_file {
	char *path; /* below the root */
	bool secret;
	struct history_side before, after;
	uint64_t from, window;
};

struct history_entry {
	uint32_t number; /* from 1 */
	int64_t time;    /* seconds since 1970 */
	uint32_t previous;
	char previous_hash[SHA256_TEXT]; /* of that entry's head; empty: there was none */
	struct whoami who;
	char *role, *profile, *host, *root;
	char *why; /* NULL: nobody said */
	char **steps;
	size_t nsteps, steps_cap;
	char **overrides;
	size_t noverrides, overrides_cap;
	struct history_file *files;
	size_t nfiles, files_cap;
	uint64_t diff_size;
	char diff_hash[SHA256_TEXT];
	/* Of one that was read: the length of its head, and the head's digest. */
	size_t head_len;
	char hash[SHA256_TEXT];
};

void history_entry_release(struct history_entry *entry);

/* Adds the head. */
void history_entry_add(struct strbuf *text, const struct history_entry *entry);

/*
 * Reads the head at the beginning of LEN bytes, which a NUL follows. False where it is none, or not
 * whole. The caller releases ENTRY in any case.
 */
bool history_entry_parse(struct history_entry *entry, const char *text, size_t len);

/* How many bytes an entry of this head has in all. */
uint64_t history_entry_bytes(const struct history_entry *entry);

/* Where the bytes before of file NUMBER begin; its window follows them. */
uint64_t history_entry_offset(const struct history_entry *entry, size_t number);

/* The file of this path, or NULL. */
const struct history_file *history_entry_file(const struct history_entry *entry, const char *path);

/* Whether two sides are the same: content where both have it, mode and owner. */
bool history_side_equal(const struct history_side *a, const struct history_side *b);

#endif
