#include "config.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/xalloc.h"
#include "doc/edit.h"
#include "formats/ike_config/file.h"
#include "formats/ike_preshared/file.h"
#include "tests/tools/lossless.h"

static struct doc *read_string(const char *text)
{
	return doc_new(&ike_config_format, blob_copy(text, strlen(text), false));
}

/* Applies EDITS, compares with WANTED, takes them back and compares with the old bytes. Frees DOC
 * and EDITS. */
static void check_edit(const char *name, struct doc *doc, struct edits *edits, const char *wanted)
{
	struct edits undo = { 0 };
	struct doc *changed = doc_edit(doc, edits, &undo), *back;

	cr_expect(changed->blob.len == strlen(wanted) &&
			  memcmp(changed->blob.data, wanted, changed->blob.len) == 0,
		  "%s:\n%s\nnot\n%s", name, changed->blob.data, wanted);
	back = doc_edit(changed, &undo, NULL);
	cr_expect(blob_equal(&back->blob, &doc->blob), "%s: taken back:\n%s", name,
		  back->blob.data);
	doc_free(back);
	doc_free(changed);
	doc_free(doc);
	edits_release(edits);
	edits_release(&undo);
}

/* The token with that text. */
static uint32_t find_token(const struct doc *doc, const char *text)
{
	uint32_t i;

	for (i = 0; i < doc->ntokens; i++)
		if (doc->tokens[i].len == strlen(text) &&
		    memcmp(doc_text(doc, i), text, strlen(text)) == 0)
			return i;
	cr_assert_fail("no token '%s'", text);
	return 0;
}

Test(edit, no_edits_no_change)
{
	static const char *const texts[] = { "", "\n", "{ label a }", "\r\n\t# x\r\n \"" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		struct edits edits = { 0 };

		check_edit("none", read_string(texts[i]), &edits, texts[i]);
	}
}

Test(edit, replacements_in_any_order)
{
	struct doc *doc = read_string("0123456789");
	struct edits edits = { 0 };

	edits_add(&edits, doc, (struct span){ 8, 2 }, "END", 3);
	edits_add(&edits, doc, (struct span){ 4, 1 }, NULL, 0);
	edits_add(&edits, doc, (struct span){ 0, 0 }, "a", 1);
	edits_add(&edits, doc, (struct span){ 0, 0 }, "b", 1);
	edits_add(&edits, doc, (struct span){ 5, 2 }, "-", 1);
	edits_add(&edits, doc, (struct span){ 5, 0 }, "c", 1); /* where a replaced range begins */
	edits_add(&edits, doc, (struct span){ 10, 0 }, "!", 1);
	check_edit("any order", doc, &edits, "ab0123c-7END!");
}

/* Ranges without overlap, handed over from the last to the first or the other way. */
static void add_random_edits(struct edits *edits, const struct doc *doc, uint32_t *state)
{
	static const char text[] = "{ }\n\r\"#\\ label retry_limit 4 \0\xff";
	struct span ranges[8];
	uint32_t at = 0, count = 0, i;

	while (count < ARRAY_SIZE(ranges) && at <= doc->blob.len) {
		uint32_t gap = lossless_random(state) % 20, len = lossless_random(state) % 12;

		if (at + gap + len > doc->blob.len)
			break;
		ranges[count++] = (struct span){ at + gap, len };
		at += gap + len;
	}
	for (i = 0; i < count; i++) {
		bool backwards = lossless_random(state) % 2 == 0;
		uint32_t from = lossless_random(state) % (uint32_t)sizeof text;
		struct span range = ranges[i];

		if (backwards && range.len > 0 && i + 1 < count && ranges[i + 1].len > 0) {
			range = ranges[i + 1];
			ranges[i + 1] = ranges[i];
		}
		edits_add(edits, doc, range, text + from,
			  lossless_random(state) % (sizeof text - from + 1));
	}
}

Test(edit, random_edits_and_back, .timeout = 60)
{
	static const char text[] =
		"# top\nretry_limit 4\n{\n\tlabel \"a\"\n\tlocal_addr 192.0.2.1 # x\n"
		"} {\r\n  label b p1_xform { encr_alg aes}\n}\n~\0 \xff";
	uint32_t state = 1, round;

	for (round = 0; round < 2000; round++) {
		struct doc *doc =
			doc_new(&ike_config_format, blob_copy(text, sizeof text - 1, false));
		struct edits edits = { 0 }, undo = { 0 }, redo = { 0 };
		struct doc *changed, *back, *again;

		add_random_edits(&edits, doc, &state);
		changed = doc_edit(doc, &edits, &undo);
		cr_assert(lossless_is_edited(doc, &edits, changed), "round %u", round);
		back = doc_edit(changed, &undo, &redo);
		cr_assert(blob_equal(&doc->blob, &back->blob), "round %u", round);
		again = doc_edit(back, &redo, NULL);
		cr_assert(blob_equal(&changed->blob, &again->blob), "round %u", round);
		doc_free(doc);
		doc_free(changed);
		doc_free(back);
		doc_free(again);
		edits_release(&edits);
		edits_release(&undo);
		edits_release(&redo);
	}
}

Test(edit, edits_of_secret_documents_are_secret)
{
	static const char text[] = "{ key 0011 }";
	struct doc *doc = doc_new(&preshared_format, blob_copy(text, sizeof text - 1, true));
	struct edits edits = { 0 }, undo = { 0 };
	struct doc *changed;

	edits_add(&edits, doc, (struct span){ 6, 4 }, "2233", 4);
	changed = doc_edit(doc, &edits, &undo);
	cr_expect(edits.items[0].text.secret && undo.items[0].text.secret && changed->blob.secret);
	cr_expect_str_eq(changed->blob.data, "{ key 2233 }");
	doc_free(doc);
	doc_free(changed);
	edits_release(&edits);
	edits_release(&undo);
}

/* Removes the tokens from the one with text FROM to the one with text TO. */
Test(edit, removal)
{
	static const struct {
		const char *name, *text, *from, *to, *wanted;
	} cases[] = {
		{ "a line of its own", "a 1\n\tb 2\nc 3\n", "b", "2", "a 1\nc 3\n" },
		{ "with its own comment", "a 1\n\tb 2 # own\nc 3\n", "b", "2", "a 1\nc 3\n" },
		{ "comments above and below stay", "a 1\n# of b\nb 2\n# of c\nc 3\n", "b", "2",
		  "a 1\n# of b\n# of c\nc 3\n" },
		{ "over several lines, with the comment inside", "a 1\nb # x\n  2\nc 3\n", "b", "2",
		  "a 1\nc 3\n" },
		{ "the first line", "b 2\nc 3\n", "b", "2", "c 3\n" },
		{ "the last line", "a 1\nb 2\n", "b", "2", "a 1\n" },
		{ "the last line without its end", "a 1\nb 2", "b", "2", "a 1\n" },
		{ "the only line", "b 2", "b", "2", "" },
		{ "with CRLF", "a 1\r\nb 2\r\nc 3\r\n", "b", "2", "a 1\r\nc 3\r\n" },
		{ "first of its line", "b 2 c 3\n", "b", "2", "c 3\n" },
		{ "first of its line, indented", "\tb 2 c 3\n", "b", "2", "\tc 3\n" },
		{ "in the middle of its line", "a 1 b 2 c 3\n", "b", "2", "a 1 c 3\n" },
		{ "last of its line", "a 1 b 2\nc 3\n", "b", "2", "a 1\nc 3\n" },
		{ "last of its line, with a comment", "a 1 b 2 # both\nc 3\n", "b", "2",
		  "a 1 # both\nc 3\n" },
		{ "last of its line, with CRLF", "a 1 b 2\r\nc 3\r\n", "b", "2", "a 1\r\nc 3\r\n" },
		{ "begins behind another, ends alone", "a 1 b\n2\nc 3\n", "b", "2", "a 1\nc 3\n" },
		{ "begins alone, ends before another", "b\n2 c 3\n", "b", "2", "c 3\n" },
		{ "before a brace of its line", "{ label a retry 2 }\n", "retry", "2",
		  "{ label a }\n" },
		{ "before a glued brace", "{ label a retry 2}\n", "retry", "2", "{ label a }\n" },
		{ "all between braces", "{ b 2 }\n", "b", "2", "{ }\n" },
		{ "all between glued braces", "{b 2}\n", "b", "2", "{}\n" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct doc *doc = read_string(cases[i].text);
		struct edits edits = { 0 };

		edit_remove(&edits, doc, find_token(doc, cases[i].from),
			    find_token(doc, cases[i].to) + 1);
		check_edit(cases[i].name, doc, &edits, cases[i].wanted);
	}
}

/* Neighbours of one line have the blanks between them in common: one of them takes them. */
Test(edit, removal_of_neighbours)
{
	static const struct {
		const char *first, *second;
	} orders[] = { { "b", "c" }, { "c", "b" } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		struct doc *doc = read_string("a 1\n\tb \t c\nd 4\n");
		struct edits edits = { 0 };
		uint32_t first = find_token(doc, orders[i].first),
			 second = find_token(doc, orders[i].second);

		edit_remove(&edits, doc, first, first + 1);
		edit_remove(&edits, doc, second, second + 1);
		check_edit(orders[i].first, doc, &edits, "a 1\n\t\nd 4\n");
	}
}

/* Rules are removed whole; NUMBER is the entry's. */
Test(edit, removal_of_rules)
{
	static const struct {
		const char *name, *text;
		size_t number;
		const char *wanted;
	} cases[] = {
		{ "of its own lines", "a\n{\n\tlabel x\n}\n# next\n{\n\tlabel y\n}\n", 1,
		  "a\n# next\n{\n\tlabel y\n}\n" },
		{ "} {, the first", "{\n\tlabel x\n} {\n\tlabel y\n}\n", 0, "{\n\tlabel y\n}\n" },
		{ "} {, the second", "{\n\tlabel x\n} {\n\tlabel y\n}\n", 1, "{\n\tlabel x\n}\n" },
		{ "} {, between two", "{\n label x\n} {\n label y\n} {\n label z\n}\n", 1,
		  "{\n label x\n} {\n label z\n}\n" },
		{ "one line each", "{ label x }\n{ label y }\n", 0, "{ label y }\n" },
		{ "all on one line, the first", "{ label x } { label y }\n", 0, "{ label y }\n" },
		{ "all on one line, the last", "{ label x } { label y }\n", 1, "{ label x }\n" },
		{ "} glued to its value, at the end", "{ label x }\n{ label y}", 1,
		  "{ label x }\n" },
		{ "behind a global on its line", "retry_limit 4 { label x }\n", 1,
		  "retry_limit 4\n" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct doc *doc = read_string(cases[i].text);
		struct edits edits = { 0 };
		const struct entry *entry;

		cr_assert(cases[i].number < doc->nentries, "%s", cases[i].name);
		entry = &doc->entries[cases[i].number];
		edit_remove(&edits, doc, entry->tok, entry->end);
		check_edit(cases[i].name, doc, &edits, cases[i].wanted);
	}
}

/* Adds an item to the first rule of the text, or to a transform in it. */
Test(edit, insertion_of_items)
{
	static const struct {
		const char *name, *text, *open, *last, *close, *item, *wanted;
	} cases[] = {
		{ "as its neighbours", "{\n    label x\n    a 1\n}\n", "{", "1", "}", "b 2",
		  "{\n    label x\n    a 1\n    b 2\n}\n" },
		{ "with tabs", "{\n\tlabel x\n}\n", "{", "x", "}", "b 2",
		  "{\n\tlabel x\n\tb 2\n}\n" },
		{ "with CRLF", "{\r\n\tlabel x\r\n}\r\n", "{", "x", "}", "b 2",
		  "{\r\n\tlabel x\r\n\tb 2\r\n}\r\n" },
		{ "behind a comment", "{\n label x # note\n}\n", "{", "x", "}", "b 2",
		  "{\n label x # note\n b 2\n}\n" },
		{ "before the comments of the end", "{\n label x\n # note\n}\n", "{", "x", "}",
		  "b 2", "{\n label x\n b 2\n # note\n}\n" },
		{ "one line", "{ label x }\n", "{", "x", "}", "b 2", "{ label x b 2 }\n" },
		{ "one line, glued brace", "{ label x}\n", "{", "x", "}", "b 2",
		  "{ label x b 2 }\n" },
		{ "glued brace on a line of items", "{\n\tlabel x\n\ta 1}\n", "{", "1", "}", "b 2",
		  "{\n\tlabel x\n\ta 1 b 2 }\n" },
		{ "items on the brace's line", "{ label x\n}\n", "{", "x", "}", "b 2",
		  "{ label x\n\tb 2\n}\n" },
		{ "} {", "{\n  label x\n} {\n  label y\n}\n", "{", "x", "}", "b 2",
		  "{\n  label x\n  b 2\n} {\n  label y\n}\n" },
		{ "empty, over lines", "  {\n  }\n", "{", "{", "}", "b 2", "  {\n  \tb 2\n  }\n" },
		{ "empty, one line", "{ }\n", "{", "{", "}", "b 2", "{ b 2 }\n" },
		{ "empty, glued", "{}\n", "{", "{", "}", "b 2", "{ b 2 }\n" },
		{ "the last line has no end", "{\n\tlabel x\n}", "{", "x", "}", "b 2",
		  "{\n\tlabel x\n\tb 2\n}" },
		{ "no closing brace", "{\n\tlabel x", "{", "x", NULL, "b 2", "{\n\tlabel x b 2" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct doc *doc = read_string(cases[i].text);
		struct edits edits = { 0 };
		uint32_t close = cases[i].close != NULL ? find_token(doc, cases[i].close) : 0;

		edit_insert_item(&edits, doc, find_token(doc, cases[i].open),
				 find_token(doc, cases[i].last), close, cases[i].item);
		check_edit(cases[i].name, doc, &edits, cases[i].wanted);
	}
}

Test(edit, insertion_of_lines)
{
	static const struct {
		const char *name, *text;
		uint32_t off;
		const char *lines, *wanted;
	} cases[] = {
		{ "into nothing", "", UINT32_MAX, "a 1", "a 1\n" },
		{ "before everything", "b 2\n", UINT32_MAX, "a 1", "a 1\nb 2\n" },
		{ "behind a line", "a 1\nc 3\n", 0, "b 2", "a 1\nb 2\nc 3\n" },
		{ "behind the last line", "a 1\n", 2, "b 2\nc 3", "a 1\nb 2\nc 3\n" },
		{ "behind the last line without its end", "a 1", 2, "b 2", "a 1\nb 2\n" },
		{ "with CRLF", "a 1\r\nd 4\r\n", 2, "b 2\nc 3", "a 1\r\nb 2\r\nc 3\r\nd 4\r\n" },
		{ "behind a comment on the line", "a 1 # x\nc 3\n", 2, "b 2",
		  "a 1 # x\nb 2\nc 3\n" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct doc *doc = read_string(cases[i].text);
		struct edits edits = { 0 };

		edit_insert_lines(&edits, doc, cases[i].off, cases[i].lines);
		check_edit(cases[i].name, doc, &edits, cases[i].wanted);
	}
}

Test(edit, line_ends_and_indentation)
{
	static const struct {
		const char *text, *end;
	} ends[] = {
		{ "", "\n" },       { "a", "\n" },  { "a\nb\r\n", "\n" }, { "a\r\nb\n", "\r\n" },
		{ "\r\n", "\r\n" }, { "\n", "\n" }, { "a\r", "\n" },
	};
	struct doc *doc;
	struct span span;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		doc = read_string(ends[i].text);
		cr_expect_str_eq(edit_line_end(doc), ends[i].end, "%zu", i);
		doc_free(doc);
	}
	doc = read_string("a\n \tb c\n");
	span = edit_indent(doc, 4);
	cr_expect(span.off == 2 && span.len == 2);
	span = edit_indent(doc, 6);
	cr_expect_eq(span.len, 0, "something else stands before");
	span = edit_indent(doc, 0);
	cr_expect(span.off == 0 && span.len == 0);
	doc_free(doc);
}

/*
 * A document that an edit has made is what reading its bytes makes, whatever was put in or taken
 * out at whatever place: entries that end where another begins, braces that open and close others.
 */
Test(edit, reads_as_new_around_every_edit)
{
	static const char text[] = "# by hand\n"
				   "p1_lifetime_secs 14400\n"
				   "p1_xform { auth_method preshared oakley_group 5 }\n"
				   "cert_root \"C=US, O=a\" p2_pfs 2\n"
				   "{ label a local_addr 10.0.0.1 // } {\n"
				   "\tp1_xform { auth_method rsa_sig } remote_addr 10.0.0.2 }\n"
				   "{ label b p1_xfrm { p1_lifetime_secs 5 auth_alg md5 } }\n"
				   "}\n"
				   "stray words { label c\n"
				   "{ label d local_addr 10.0.0.1 }{ label e }\n"
				   "cert_trust \"x\"\"y\" ignore_crls # last {\n"
				   "{ label f }\n"
				   "{ label g p1_xform { oakley_group 2 }\n";
	static const char *const words[] = { "",     "{",   "}",          " ",      "x",
					     "#",    "/",   "\"",         "\n",     "{ label z ",
					     "\r\n", "} {", "p1_xform {", "p2_pfs", "\xef" };
	uint32_t off, len;
	size_t i;

	for (off = 0; off < sizeof text; off++) {
		for (i = 0; i < ARRAY_SIZE(words); i++) {
			for (len = 0; len < 20 && off + len < sizeof text; len += 1 + len / 2) {
				struct doc *doc = read_string(text), *changed;
				struct edits edits = { 0 };

				edits_add(&edits, doc, (struct span){ off, len }, words[i],
					  strlen(words[i]));
				changed = doc_edit(doc, &edits, NULL);
				cr_assert(lossless_is_as_new(changed), "%u+%u '%s':\n%s", off, len,
					  words[i], changed->blob.data);
				doc_free(changed);
				doc_free(doc);
				edits_release(&edits);
			}
		}
	}
}

/* What stands once in a file and is said once may become another place's by a change elsewhere. */
Test(edit, oddities_are_said_of_the_whole_file)
{
	struct doc *doc = read_string("\r { label a local_addr 1.1.1.1 }\n{ label b remote_addr "
				      "2.2.2.2 p2_pfs 2 }\n{ label c }\r\n{ label d }\n"),
		   *changed;
	struct edits edits = { 0 };

	cr_assert_eq(doc->problems.count, 1);
	edits_add(&edits, doc, (struct span){ 0, 1 }, "", 0);
	changed = doc_edit(doc, &edits, NULL);
	cr_assert(lossless_is_as_new(changed));
	doc_free(changed);
	doc_free(doc);
	edits_release(&edits);
}

/* Of a large file only what stands around the change is scanned. */
Test(edit, rescans_a_plain_file)
{
	struct strbuf sb = STRBUF_INIT;
	struct doc *doc, changed = { .format = &ike_config_format };
	struct span at;
	int i;

	for (i = 0; i < 100; i++)
		strbuf_addf(&sb, "{ label n%d local_addr 10.0.0.1 remote_addr 10.0.0.2 }\n", i);
	doc = read_string(sb.buf);
	at = doc_span(doc, doc->entries[50].tok + 2, doc->entries[50].tok + 3);
	changed.blob = blob_copy(doc->blob.data, doc->blob.len, false);
	changed.blob.data[at.off] = 'x';
	cr_assert(ike_config_format.rescan(&changed, doc, at));
	cr_assert(lossless_is_as_new(&changed));
	cr_assert_eq(changed.nentries, 100);
	free(changed.tokens);
	free(changed.entries);
	blob_release(&changed.blob);
	doc_free(doc);
	strbuf_release(&sb);
}
