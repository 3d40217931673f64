/*
 * project FORMAT FILE...: writes beside each file what its reader and the checks make of it
 * (FILE.tokens, FILE.problems, FILE.findings, FILE.json, and FILE.shown where the format has
 * secrets). "make corpus" calls it to write the goldens anew; a person then reads the difference.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/tools/goldens.h"
#include "tests/tools/projection.h"

static bool write_golden(struct doc *doc, const char *file, const struct golden *golden)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	FILE *out;
	bool good;

	strbuf_addf(&path, "%s.%s", file, golden->name);
	golden->make(doc, &text);
	out = fopen(path.buf, "w");
	good = out != NULL && fwrite(text.buf, 1, text.len, out) == text.len;
	if (out != NULL && fclose(out) != 0)
		good = false;
	if (!good)
		fprintf(stderr, "project: cannot write '%s': %s\n", path.buf, strerror(errno));
	strbuf_release(&path);
	strbuf_release(&text);
	return good;
}

static bool project(const struct format *format, const char *file)
{
	struct doc *doc = projection_load(format, file);
	bool good = true;
	size_t i;

	if (doc == NULL) {
		fprintf(stderr, "project: cannot read '%s': %s\n", file, strerror(errno));
		return false;
	}
	for (i = 0; i < golden_count; i++)
		if (!goldens[i].secret_only || format->secret)
			good &= write_golden(doc, file, &goldens[i]);
	doc_free(doc);
	return good;
}

int main(int argc, char **argv)
{
	const struct format *format = argc > 2 ? projection_format(argv[1]) : NULL;
	bool good = true;
	int i;

	if (format == NULL) {
		fputs("usage: project FORMAT FILE...\n", stderr);
		return 2;
	}
	for (i = 2; i < argc; i++)
		good &= project(format, argv[i]);
	return good ? 0 : 1;
}
