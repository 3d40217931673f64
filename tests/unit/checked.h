/* For tests of the checks: what they say of a text or of a tree, in one line. */
#ifndef TESTS_UNIT_CHECKED_H
#define TESTS_UNIT_CHECKED_H

#include "host/host.h"
#include "lint/check.h"
#include "lint/lint.h"

/* The time the tests live in, for the validity of certificates: 2025-06-15. */
#define CHECKED_NOW INT64_C(1749945600)

struct checked {
	struct host *host;
	struct profile *profile;
	struct lint *lint;
};

/* Checks TEXT as a file of its own in profile solaris. Release it with checked_release. */
void checked_text(struct checked *c, enum location location, const char *text, size_t len,
		  enum dialect dialect);

/* Checks the tree below ROOT in the shipped profile of that name, with its dialect. */
void checked_tree(struct checked *c, const char *root, const char *profile);
void checked_release(struct checked *c);

/* The shipped profile of that name; a failure ends the test. */
struct profile *checked_profile(const char *name);

/* Whether a finding is advice on weak algorithms, or that there are no policies: most trees of the
 * tests have none. No verdict counts it. */
bool checked_is_advice(const struct finding *finding);

/* The worst severity but for that advice. */
enum severity checked_worst(const struct checked *c);

/*
 * Adds "E A12 1; W A02 3": severity, id and line (0: the file as a whole) of each finding but that
 * advice; in a tree with the last part of the path in front of the line, "E A12 config:1".
 */
void checked_print(const struct checked *c, struct strbuf *sb);

/* The line a finding is about; 0: the file as a whole. */
uint32_t checked_line(const struct checked *c, const struct finding *finding);

enum verdict { OK, WARN, ERR };

/* An input, the reference's verdict, and what is found: nothing more, and nothing twice. */
struct checked_sample {
	const char *name;
	enum dialect dialect;
	const char *text;
	enum verdict verdict;
	const char *findings; /* as checked_print has it */
};

/* Expects each sample, as a file by itself, to be as it says. */
void checked_samples(enum location location, const struct checked_sample *samples, size_t count);

#endif
