/*
 * The line that a place is on, for people, with marks below the place:
 *
 *	remote_addr 192.0.2.300
 *	            ^~~~~~~~~~~
 *
 * Blanks in front are left out, tabs are blanks, what is not printable is made visible and keys are
 * hidden. Of a long line that much is shown around the place as one can read, with ... where it
 * goes on.
 */
#ifndef COMMANDS_EXCERPT_H
#define COMMANDS_EXCERPT_H

#include "doc/doc.h"

/* Bytes of a line that are shown at most. */
#define EXCERPT_BYTES 120

/* Adds the line and the marks, both without a newline, to two strings. */
void excerpt_make(const struct doc *doc, struct span at, struct strbuf *line, struct strbuf *marks);

#endif
