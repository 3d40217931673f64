/*
 * The goldens of the corpora: what is made of an input, one file name extension each. The tool that
 * writes them ("make corpus") and the tests that compare them read this table.
 */
#ifndef TESTS_TOOLS_GOLDENS_H
#define TESTS_TOOLS_GOLDENS_H

#include "doc/doc.h"

struct golden {
	const char *name; /* file name extension */
	bool secret_only; /* only of formats with secrets */
	void (*make)(struct doc *doc, struct strbuf *sb);
};
extern const struct golden goldens[];
extern const size_t golden_count;

/*
 * What the checks find in the file by itself, in profile solaris with its dialect, one line a
 * finding: "3:1 error CONF-V19 'remte_addr' is no keyword; did you mean 'remote_addr'?". The place
 * is 0:0 where a finding is about the whole file.
 */
void golden_findings(struct doc *doc, struct strbuf *sb);

/*
 * What "list" prints of the file's items with --format json, one line an item and without what is
 * laid out for people: 'rules {"number":1,...}'. Fingerprints are without salt.
 */
void golden_json(struct doc *doc, struct strbuf *sb);

#endif
