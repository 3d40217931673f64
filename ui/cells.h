/*
 * How many columns of a terminal a text takes, and where it may be cut.
 *
 * Texts are valid UTF-8 without control characters (print_add makes them so). UTF8 says whether the
 * terminal shows UTF-8: where it doesn't, each character that is not ASCII is one '?', and a
 * combining character nothing.
 */
#ifndef UI_CELLS_H
#define UI_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

/* What stands at one place: a character with its combining characters. */
struct cell {
	wchar_t base;      /* what to show; '?' for what cannot be shown */
	wchar_t joined[3]; /* combining characters behind it, 0 where there are none */
	int width;         /* columns: 1 or 2 */
	size_t bytes;      /* of the text */
};

/* Reads the cell at TEXT; LEN is not 0. Combining characters without a base stand on a blank. */
void cell_read(const char *text, size_t len, bool utf8, struct cell *cell);

/* Columns that the whole text takes. */
int cells_width(const char *text, size_t len, bool utf8);

/* The bytes from the start that fit into WIDTH columns; *USED, if not NULL, gets their columns. */
size_t cells_fit(const char *text, size_t len, int width, bool utf8, int *used);

/*
 * The bytes to leave out so that at least SKIP columns are gone; *GONE gets the columns they take,
 * one more than SKIP where a wide character stands across the edge.
 */
size_t cells_skip(const char *text, size_t len, int skip, bool utf8, int *gone);

/* The byte where the cell before or behind OFFSET starts; stays at the ends. */
size_t cells_before(const char *text, size_t len, size_t offset, bool utf8);
size_t cells_after(const char *text, size_t len, size_t offset, bool utf8);

/*
 * The first place of NEEDLE in TEXT without regard to case; an empty needle is nowhere. Returns the
 * byte offset, or (size_t)-1. *MATCHED, if not NULL, gets the bytes of TEXT that it covers.
 */
size_t cells_find(const char *text, size_t len, const char *needle, size_t *matched);

#endif
