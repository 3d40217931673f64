/*
 * The history of a host's changes, as it is read: every change set that was applied, with who made
 * it, why, and what the files were before and after.
 *
 *	struct history *history = history_read(root);
 *
 *	for (i = 0; i < history->count; i++)
 *		... history->items[i].entry ...                  (oldest first; heads only)
 *	if (history_load(root, &item->entry, &whole, &err))
 *		... history_add_diff, history_before, history_after ...
 *	blob_release(&whole);
 *	history_free(history);
 *
 * It is a folder below the host's state (host/state.h), for nobody but its owner, with a file for
 * each entry (host/history_entry.h). store/history.h writes it.
 *
 * An entry holds the digest of the head of the one before it, and digests of all its contents; the
 * link "last" has the number and the digest of the newest one. So from the newest one on each
 * vouches for the one before, and one that was changed, removed or put in is found. Behind that
 * nothing is vouched for any more. The oldest entry that is kept has nobody before it: those were removed by
 * age. Whoever may write there can make all of it anew; what the system's log got is elsewhere.
 */
#ifndef HOST_HISTORY_H
#define HOST_HISTORY_H

#include "base/blob.h"
#include "base/error.h"
#include "host/file.h"
#include "host/history_entry.h"

enum history_fault {
	HISTORY_GOOD,
	HISTORY_DOUBTED, /* nothing wrong with it, but with one that vouches for it */
	HISTORY_GONE,    /* another one says that it was there */
	HISTORY_CHANGED, /* not what another one says it was */
	HISTORY_SPOILT,  /* its contents are not what its head says; found by history_verify */
	HISTORY_STRAY    /* no other one knows of it */
};

struct history_item {
	struct history_entry entry; /* of HISTORY_GONE only the number; so where it is no entry */
	enum history_fault fault;
};

struct history {
	struct file_info folder; /* FILE_MISSING: nothing was kept yet */
	struct history_item *items;
	size_t count, cap;
	bool is_marked; /* the link to the newest is there */
};

/* Reads all heads below ROOT. Never fails: what cannot be read is a state. */
struct history *history_read(const char *root);
void history_free(struct history *history);

/* Whether anything was tampered with. */
bool history_is_sound(const struct history *history);

/* The entry, or NULL. */
const struct history_item *history_find(const struct history *history, uint32_t number);

/* Reads all entries whole, and looks at what only that can tell. */
void history_verify(struct history *history, const char *root);

/*
 * The entry before which all is as it should be: items from this index on are vouched for, but for
 * those that are HISTORY_STRAY or HISTORY_SPOILT. The count where none is.
 */
size_t history_believed(const struct history *history);

/* Adds what is wrong with an item as a sentence; nothing where it is good or only doubted. */
void history_tell_fault(const struct history_item *item, struct strbuf *sb);

/* What cannot be believed, as one sentence; nothing where all can. */
void history_tell_doubt(const struct history *history, struct strbuf *sb);

/*
 * Reads the whole entry and checks it against its digests, and against the head that ENTRY was read
 * from. False with ERR set where it is another one, or a right is missing. The caller releases
 * WHOLE, which is in memory for secrets where one of its files is secret.
 */
bool history_load(const char *root, const struct history_entry *entry, struct blob *whole,
		  struct error *err);

/* Adds the masked diff in a loaded entry, each line made printable again: it comes from a file. */
void history_add_diff(const struct history_entry *entry, const struct blob *whole,
		      struct strbuf *sb);

/* What file NUMBER of a loaded entry held before and after; empty where it was not there. The
 * caller releases it. */
struct blob history_before(const struct history_entry *entry, const struct blob *whole,
			   size_t number);
struct blob history_after(const struct history_entry *entry, const struct blob *whole,
			  size_t number);

/* The text of the link to the newest entry, and back. */
enum { HISTORY_MARK_SIZE = 12 + SHA256_TEXT };
void history_mark(char text[HISTORY_MARK_SIZE], uint32_t number, const char *hash);
bool history_mark_parse(const char *text, uint32_t *number, char hash[SHA256_TEXT]);

/* Whether NAME is that of an entry: its number. */
bool history_number(const char *name, uint32_t *number);

#endif
