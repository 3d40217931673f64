/*
 * Reading what a program writes to its terminal, byte by byte, as far as a stopwatch needs it:
 * whether a person sees something yet, whether a certain text has come, which form the cursor keys
 * have to take, and what the terminal would have to answer.
 */
#ifndef BENCH_SCAN_H
#define BENCH_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum scan_state { SCAN_TEXT, SCAN_ESCAPE, SCAN_CSI, SCAN_STRING, SCAN_STRING_ESCAPE };

struct scan {
	bool visible;          /* a character that is not blank was written */
	bool found;            /* the awaited text was written */
	bool application_keys; /* cursor keys are wanted as ESC O instead of ESC [ */

	const char *awaited; /* borrowed; NULL for none */
	enum scan_state state;
	char parameters[32];
	size_t parameter_count;
	char line[256]; /* the text since the cursor last moved, its last bytes */
	size_t line_length;
};

/* Takes one byte. Returns what the terminal answers to the query it completes, or NULL. */
const char *scan_byte(struct scan *scan, unsigned char byte);

#endif
