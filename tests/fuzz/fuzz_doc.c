/* Documents and edits below any format: positions, lines, spans and lists of replacements. */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "formats/ike_config/file.h"
#include "tests/tools/lossless.h"

static void fail(const char *what)
{
	fprintf(stderr, "doc: %s\n", what);
	abort();
}

/* Positions and lines against counting. */
static void check_positions(struct doc *doc)
{
	struct position wanted = { 1, 1 };
	uint32_t off, step = 1 + (uint32_t)(doc->blob.len / 256);

	for (off = 0; off <= doc->blob.len; off++) {
		if (off % step == 0) {
			struct position is = doc_position(doc, off);
			struct span line = doc_line(doc, off);

			if (is.line != wanted.line || is.column != wanted.column)
				fail("a wrong position");
			if (line.off != off - (wanted.column - 1))
				fail("a line that begins elsewhere");
			if (memchr(doc->blob.data + line.off, '\n', line.len) != NULL)
				fail("a line with a newline in it");
		}
		wanted.column++;
		if (off < doc->blob.len && doc->blob.data[off] == '\n')
			wanted = (struct position){ wanted.line + 1, 1 };
	}
}

/* Replacements anywhere, in any order, without overlap, taken back and done again. */
static void check_replacements(const struct doc *doc, uint32_t seed)
{
	struct edits edits = { 0 }, undo = { 0 }, redo = { 0 };
	struct doc *changed, *back, *again;
	struct span ranges[16];
	bool forwards = seed % 2 == 0;
	uint32_t at = 0, count = 0, i;

	while (count < ARRAY_SIZE(ranges)) {
		uint32_t gap = lossless_random(&seed) % 8, len = lossless_random(&seed) % 16;

		if ((size_t)at + gap + len > doc->blob.len)
			break;
		ranges[count++] = (struct span){ at + gap, len };
		at += gap + len;
	}
	for (i = 0; i < count; i++) {
		/* From the last to the first or the other way: the list is kept in order. */
		struct span range = ranges[forwards ? i : count - 1 - i];

		edits_add(&edits, doc, range, "}\n{ \"#\r", lossless_random(&seed) / 2 * 2 % 8);
	}
	changed = doc_edit(doc, &edits, &undo);
	back = doc_edit(changed, &undo, &redo);
	again = doc_edit(back, &redo, NULL);
	if (!lossless_is_edited(doc, &edits, changed))
		fail("an edit touched what lies outside its range");
	if (!lossless_is_as_new(changed) || !lossless_is_as_new(back) || !lossless_is_as_new(again))
		fail("what an edit makes of a document is not what reading its bytes does");
	if (!blob_equal(&doc->blob, &back->blob) || !blob_equal(&changed->blob, &again->blob))
		fail("taking back or doing again does not lead back");
	doc_free(changed);
	doc_free(back);
	doc_free(again);
	edits_release(&edits);
	edits_release(&undo);
	edits_release(&redo);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct doc *doc = doc_new(&ike_config_format, blob_copy(bytes, len, false));
	uint32_t seed = fuzz_seed(bytes, len), i;

	check_positions(doc);
	check_replacements(doc, seed);
	for (i = 0; i < 8; i++) {
		struct strbuf sb = STRBUF_INIT;
		uint32_t off = lossless_random(&seed) % ((uint32_t)len + 1);

		if (doc_entry_at(doc, off) > doc->nentries)
			fail("an entry that is not there");
		edit_indent(doc, off);
		doc_print(doc, (struct span){ off, (uint32_t)len - off }, &sb);
		strbuf_release(&sb);
	}
	doc_free(doc);
	return 0;
}
