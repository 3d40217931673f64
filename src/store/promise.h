/*
 * The promise to take a change back unless somebody confirms it in time: a file in the folder of
 * the state, "unconfirmed", which the process that keeps the promise (change/guard.h) has locked.
 * One whose keeper died is known by that.
 *
 * Whoever gives the file another name first has decided: a confirmation removes it, the keeper
 * calls it "unconfirmed.back" and takes the change back.
 */
#ifndef STORE_PROMISE_H
#define STORE_PROMISE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "store/saver.h"

enum promise_state {
	PROMISE_NONE,
	PROMISE_WAITS,  /* for a confirmation */
	PROMISE_ORPHAN, /* nobody keeps it any more: the keeper was killed, or the host went down */
	PROMISE_IS_KEPT,  /* the change is being taken back */
	PROMISE_NOT_KEPT, /* taking it back did not work, or was interrupted */
};

struct promise_info {
	enum promise_state state;
	struct saver who; /* the keeper, and whose change it is */
	int64_t until;    /* seconds since 1970 */
};

/* What stands below ROOT. Without rights to look, or without the folder, there is none. */
struct promise_info promise_look(const char *root);

/* "a change of root waits for a confirmation until 12:03:44"; nothing where there is none. */
void promise_tell(const struct promise_info *info, struct strbuf *sb);

/* Whether somebody may change the host now: not while another change is not decided. */
bool promise_allows(const char *root, struct error *err);

/*
 * Keeps what was changed. ERROR_NOT_FOUND where nothing waits for a confirmation, ERROR_REFUSED
 * where it comes too late. INFO is what stood there.
 */
bool promise_confirm(const char *root, struct promise_info *info, struct error *err);

/* For the keeper. */
struct promise;

/* Makes the promise, which there must not be one of yet; of this process and user. */
struct promise *promise_make(const char *root, unsigned seconds, struct error *err);

/* The time begins now. */
void promise_begin(struct promise *promise, unsigned seconds);

/* Whether nobody has confirmed yet. */
bool promise_stands(const struct promise *promise);

/* Decides that the change is taken back; false where somebody has confirmed it. */
bool promise_claim(struct promise *promise);

/* The file goes, under whichever of its names. DONE false: it stays, for whoever comes next. */
void promise_end(struct promise *promise, bool done);

#endif
