/* The lines of ipseckeys, and which of them are one command; nobody else includes this. */
#ifndef FORMATS_IPSECKEYS_LINES_H
#define FORMATS_IPSECKEYS_LINES_H

#include "formats/ipseckeys/scan.h"

struct manual_lines {
	struct doc *doc; /* what is wrong with lines becomes a problem of it */
	const char *bytes, *end;
	const char *start, *stop; /* the lines of one command, without the last newline */
	const char *crlf;         /* the first line end that is CR LF, or NULL */
};

/*
 * Finds the lines of the command that begins at P; sets START and STOP and returns the beginning of
 * the next one. A comment is joined with its next line the same way.
 */
const char *manual_lines_find(struct manual_lines *lines, const char *p);

/* A problem of the bytes P to END - 1. */
void manual_lines_problem(struct manual_lines *lines, enum manual_problem code, const char *p,
			  const char *end, size_t arg);

/* The newline that ends the line of P, or the end of the file. */
const char *manual_line_end(const struct manual_lines *lines, const char *p);

/* END without the white space before it, not before P. */
const char *manual_trim_end(const char *p, const char *end);

/* The first byte from P on that is neither white space nor a backslash right before a newline,
 * which counts as a blank; END where there is none. */
static inline const char *manual_skip_space(const struct manual_lines *lines, const char *p,
					    const char *end)
{
	while (p < end &&
	       (manual_is_space(*p) || (*p == '\\' && p + 1 < lines->end && p[1] == '\n')))
		p++;
	return p;
}

/* Whether a backslash is the last of its line but for blanks, or of the file. */
bool manual_is_last_backslash(const struct manual_lines *lines, const char *p);

#endif
