#include "config.h"

#include "tests/unit/samples.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/tools/corpus.h"
#include "tests/tools/projection.h"

struct doc *sample_read(const struct format *format, const char *text, size_t len)
{
	return doc_new(format, blob_copy(text, len, format->secret));
}

void sample_problems(const struct format *format, const char *text, size_t len, struct strbuf *sb)
{
	struct doc *doc = sample_read(format, text, len);
	struct problems problems = { 0 };
	size_t i;

	projection_collect(doc, &problems);
	for (i = 0; i < problems.count; i++)
		strbuf_addf(sb, "%s%s", i > 0 ? " " : "",
			    projection_problem_name(format, problems.items[i].code));
	problems_release(&problems);
	doc_free(doc);
}

void samples_check(const struct format *format, const struct sample *samples, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		struct strbuf sb = STRBUF_INIT;

		sample_problems(format, samples[i].text, strlen(samples[i].text), &sb);
		cr_expect_str_eq(sb.buf, samples[i].problems, "%s: got '%s', not '%s'",
				 samples[i].name, sb.buf, samples[i].problems);
		strbuf_release(&sb);
	}
}

static void check_corpus(const struct format *format, size_t least,
			 void (*check)(const struct corpus *corpus, size_t number,
				       struct strbuf *difference))
{
	struct corpus corpus;
	size_t i;

	corpus_find(&corpus, format);
	cr_expect(corpus.count >= least, "only %zu files", corpus.count);
	for (i = 0; i < corpus.count; i++) {
		struct strbuf difference = STRBUF_INIT;

		check(&corpus, i, &difference);
		cr_expect_str_empty(difference.buf, "%s", difference.buf);
		strbuf_release(&difference);
	}
	corpus_release(&corpus);
}

void samples_check_goldens(const struct format *format, size_t least)
{
	check_corpus(format, least, corpus_check_goldens);
}

void samples_check_truncations(const struct format *format)
{
	check_corpus(format, 1, corpus_check_truncations);
}
