/*
 * A finding: something in the administrator's files that is wrong or risky.
 *
 * It is a small row of numbers; its words are made when somebody looks at it, so that a file with a
 * hundred thousand of them costs no more than its reading. Findings are data and no failure: there
 * is nothing here that returns an error.
 */
#ifndef LINT_FINDING_H
#define LINT_FINDING_H

#include <stddef.h>
#include <stdint.h>

#include "doc/doc.h"

enum severity { SEVERITY_OFF, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* "error", "warning", "note": the words of the output and of profiles. */
const char *severity_name(enum severity severity);
bool severity_parse(const char *name, enum severity *severity);

#define FINDING_NOWHERE UINT32_MAX

struct finding {
	uint16_t check;   /* row in the table of checks */
	uint8_t severity; /* enum severity */
	uint8_t word;     /* a keyword that belongs to the message */
	uint32_t file;    /* number of a path, see lint_path */
	uint32_t entry;   /* rule or key by its entry; FINDING_NOWHERE: about the file as a whole */
	struct span at;   /* off FINDING_NOWHERE: no place in particular */
	uint32_t a, b;    /* numbers that belong to the message */
	char *text;       /* words that belong to the message; NULL in most */
};

struct findings {
	struct finding *items;
	size_t count, cap;
};

void findings_release(struct findings *findings);

#endif
