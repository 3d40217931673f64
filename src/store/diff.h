/*
 * What differs between two versions of a file, for people: a unified diff.
 *
 *	struct diff *diff = diff_new(old, new);       (borrows both documents)
 *	diff_print(diff, "/etc/inet/ike/config", &sb);
 *	diff_free(diff);
 *
 * Every line is printed the way its document prints it: secrets as "<hidden>", hostile bytes made
 * visible. So what is printed is for reading, and a patch only by chance. Where a line that goes
 * and the line that comes in its place look the same, because what differs is hidden, both are
 * shown and a note behind them says so.
 */
#ifndef STORE_DIFF_H
#define STORE_DIFF_H

#include "doc/doc.h"

enum diff_kind {
	DIFF_HUNK, /* the heading of a run of lines, "@@ -1,7 +1,8 @@" */
	DIFF_SAME,
	DIFF_OLD,       /* the line goes */
	DIFF_NEW,       /* the line comes */
	DIFF_NO_NEWLINE /* the line before has no line end */
};

struct diff_line {
	enum diff_kind kind;
	uint32_t old_line, new_line;   /* numbers from 1: its own, of a hunk the first line's */
	uint32_t old_count, new_count; /* of a hunk: its lines in each document */
	uint32_t replaces;          /* of a DIFF_NEW: index + 1 of the DIFF_OLD it replaces, or 0 */
	struct span old_at, new_at; /* bytes without \n; empty in the document it is not in */
};

struct diff {
	const struct doc *old, *new; /* NULL: there is no such file */
	struct diff_line *lines;     /* none where the documents are equal */
	size_t count, cap;
	size_t added, removed; /* lines */
	bool coarse;           /* too different for the shortest diff */
};

/* OLD is NULL for a file that is created, NEW for one that is removed. */
struct diff *diff_new(const struct doc *old, const struct doc *new);
void diff_free(struct diff *diff);

/*
 * Adds line I with its sign in front (' ', '-', '+'), printable and without a newline. Where it is
 * a DIFF_NEW that looks like the DIFF_OLD it replaces, *ALIKE is set and the caller says so.
 */
void diff_print_line(const struct diff *diff, size_t i, struct strbuf *sb, bool *alike);

/* The note for such a line. Translated, borrowed. */
const char *diff_alike_text(void);

/* Adds the whole diff under a heading for NAME, below the root; nothing where nothing differs. */
void diff_print(const struct diff *diff, const char *name, struct strbuf *sb);

#endif
