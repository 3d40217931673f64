/*
 * The words of the files, whichever format: what a message names, and what somebody may have meant
 * who wrote another one.
 */
#ifndef LINT_WORDS_H
#define LINT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/near.h"
#include "formats/dialect.h"
#include "lint/check.h"

/* One row a format's table of words. WORD is a number in it and not 0, OWNER one or 0. */
struct lint_words {
	unsigned count;
	const char *(*name)(unsigned word);
	/* Whether WORD may stand where a value of OWNER is wanted, or, OWNER 0, a keyword. */
	bool (*fits)(unsigned word, unsigned owner);
	/* The releases that have WORD, as bits by enum dialect. */
	unsigned (*known)(unsigned word);
	/* Whether WORD is to be named among the values of OWNER: no synonym, and in one of the
	 * releases, which are bits by enum dialect. */
	bool (*is_value)(unsigned word, unsigned owner, unsigned releases);
	/* The limits of a keyword's number. NULL: no word of the format has any. */
	void (*limits)(unsigned word, uint64_t *min, uint64_t *max);
	/* Calls TAKE with each name that is in another table and may stand where a value of OWNER
	 * is wanted: algorithms, services. RELEASES other than 0: with the usual names alone, of
	 * what is in one of these. NULL: the format has no such names. */
	void (*names)(unsigned owner, unsigned releases, void (*take)(void *ctx, const char *name),
		      void *ctx);
};

/* The words of what READER reads; of READER_NONE those of ike/config. */
const struct lint_words *lint_words(enum check_reader reader);

/* The name of a word; "" for 0. */
const char *lint_word_name(const struct lint_words *words, unsigned word);

/*
 * Which word of RELEASES fits OWNER and is near enough to the LEN bytes of TEXT to have been meant;
 * near_best tells.
 */
struct near lint_word_meant(const struct lint_words *words, unsigned owner, unsigned releases,
			    const char *text, size_t len);

#endif
