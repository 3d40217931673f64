/*
 * The corpora: tests/corpus/FORMAT/NNN-topic, an input each, with what its reader makes of it
 * beside it in files with further extensions (goldens.h). "make corpus" writes those anew.
 */
#ifndef TESTS_TOOLS_CORPUS_H
#define TESTS_TOOLS_CORPUS_H

#include "base/strbuf.h"
#include "doc/doc.h"

/* The paths of all inputs of a format, sorted. Release with corpus_release. */
struct corpus {
	const struct format *format;
	char **paths;
	size_t count, cap;
};
void corpus_find(struct corpus *corpus, const struct format *format);
void corpus_release(struct corpus *corpus);

/*
 * Compares what is read from an input with its goldens. DIFFERENCE gets a sentence for each that
 * does not match or is missing; nothing where all do.
 */
void corpus_check_goldens(const struct corpus *corpus, size_t number, struct strbuf *difference);

/* The same for every way the input might have been cut short, of which every byte is kept. */
void corpus_check_truncations(const struct corpus *corpus, size_t number,
			      struct strbuf *difference);

#endif
