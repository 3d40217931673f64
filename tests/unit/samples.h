/* What the tests of all formats do alike: samples with the problems they have, and the corpora. */
#ifndef TESTS_UNIT_SAMPLES_H
#define TESTS_UNIT_SAMPLES_H

#include "doc/doc.h"

/* An input and the names of the problems it has, in the order of the file. */
struct sample {
	const char *name, *text, *problems;
};

/* A text as a document of the format. */
struct doc *sample_read(const struct format *format, const char *text, size_t len);

/* Adds the names of all problems of a text, in the order of the file, with blanks between. */
void sample_problems(const struct format *format, const char *text, size_t len, struct strbuf *sb);

/* Expects of each of COUNT samples the problems that it names. */
void samples_check(const struct format *format, const struct sample *samples, size_t count);

/* Expects of a format's corpus that it has LEAST inputs, each as its goldens have it. */
void samples_check_goldens(const struct format *format, size_t least);

/* Expects that each input of the corpus is kept whole at whatever byte it ends. */
void samples_check_truncations(const struct format *format);

#endif
