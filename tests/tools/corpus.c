#include "config.h"

#include "tests/tools/corpus.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/tools/goldens.h"
#include "tests/tools/lossless.h"
#include "tests/tools/projection.h"

static bool has_suffix(const char *name, const char *suffix)
{
	size_t len = strlen(name), n = strlen(suffix);

	return len > n && name[len - n - 1] == '.' && strcmp(name + len - n, suffix) == 0;
}

static bool is_input(const char *name)
{
	size_t i;

	for (i = 0; i < golden_count; i++)
		if (has_suffix(name, goldens[i].name))
			return false;
	return name[0] >= '0' && name[0] <= '9';
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void corpus_find(struct corpus *corpus, const struct format *format)
{
	struct strbuf path = STRBUF_INIT;
	struct dirent *entry;
	DIR *dir;

	*corpus = (struct corpus){ .format = format };
	strbuf_addf(&path, "%s/%s", CORPUS_DIR, format->name);
	dir = opendir(path.buf);
	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		struct strbuf file = STRBUF_INIT;

		if (!is_input(entry->d_name))
			continue;
		strbuf_addf(&file, "%s/%s", path.buf, entry->d_name);
		VEC_PUSH(corpus->paths, corpus->count, corpus->cap, strbuf_detach(&file, NULL));
	}
	if (dir != NULL)
		closedir(dir);
	if (corpus->count > 0)
		qsort(corpus->paths, corpus->count, sizeof *corpus->paths, by_name);
	strbuf_release(&path);
}

void corpus_release(struct corpus *corpus)
{
	size_t i;

	for (i = 0; i < corpus->count; i++)
		free(corpus->paths[i]);
	free(corpus->paths);
	*corpus = (struct corpus){ 0 };
}

static struct doc *load(const struct corpus *corpus, size_t number, struct strbuf *difference)
{
	struct doc *doc = projection_load(corpus->format, corpus->paths[number]);

	if (doc == NULL)
		strbuf_addf(difference, "cannot read '%s': %s\n", corpus->paths[number],
			    strerror(errno));
	return doc;
}

static void check_golden(const struct corpus *corpus, size_t number, const struct golden *wanted,
			 struct doc *doc, struct strbuf *difference)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	struct doc *golden;

	strbuf_addf(&path, "%s.%s", corpus->paths[number], wanted->name);
	wanted->make(doc, &text);
	golden = projection_load(corpus->format, path.buf);
	if (golden == NULL)
		strbuf_addf(difference, "cannot read '%s': %s\n", path.buf, strerror(errno));
	else if (golden->blob.len != text.len || memcmp(golden->blob.data, text.buf, text.len) != 0)
		strbuf_addf(difference, "'%s' should be:\n%s", path.buf, text.buf);
	doc_free(golden);
	strbuf_release(&path);
	strbuf_release(&text);
}

void corpus_check_goldens(const struct corpus *corpus, size_t number, struct strbuf *difference)
{
	struct doc *doc = load(corpus, number, difference);
	size_t i;

	for (i = 0; doc != NULL && i < golden_count; i++)
		if (!goldens[i].secret_only || corpus->format->secret)
			check_golden(corpus, number, &goldens[i], doc, difference);
	doc_free(doc);
}

void corpus_check_truncations(const struct corpus *corpus, size_t number, struct strbuf *difference)
{
	struct doc *doc = load(corpus, number, difference);
	size_t len;

	for (len = 0; doc != NULL && len <= doc->blob.len; len++) {
		const char *wrong = lossless_check(corpus->format, doc->blob.data, len);

		if (wrong == NULL)
			wrong = lossless_check_edits(corpus->format, doc->blob.data, len,
						     (uint32_t)len);
		if (wrong != NULL)
			strbuf_addf(difference, "%s, first %zu bytes: %s\n", corpus->paths[number],
				    len, wrong);
	}
	doc_free(doc);
}
