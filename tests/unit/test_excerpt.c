/* The line of a finding and the marks below it, to the byte, for lines as one would not have them.
 */
#include "config.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/xalloc.h"
#include "commands/excerpt.h"
#include "host/location.h"

TestSuite(excerpt, .timeout = 60);

static struct doc *open_text(enum location location, const char *text, size_t len)
{
	return doc_new(locations[location].format,
		       blob_copy(text, len, locations[location].secret));
}

static void expect(const char *name, struct doc *doc, struct span at, const char *line,
		   const char *marks)
{
	struct strbuf got_line = STRBUF_INIT, got_marks = STRBUF_INIT;

	excerpt_make(doc, at, &got_line, &got_marks);
	cr_expect_str_eq(got_line.buf, line, "%s:\n%s\n%s", name, got_line.buf, line);
	cr_expect_str_eq(got_marks.buf, marks, "%s:\n%s\n%s\n%s", name, got_line.buf, got_marks.buf,
			 marks);
	strbuf_release(&got_line);
	strbuf_release(&got_marks);
}

/* TEXT as ike/config; the place is where PLACE stands in it. */
static void expect_place(const char *text, const char *place, const char *line, const char *marks)
{
	struct doc *doc = open_text(LOCATION_IKE_CONFIG, text, strlen(text));
	const char *found = strstr(text, place);

	expect(text, doc, (struct span){ (uint32_t)(found - text), (uint32_t)strlen(place) }, line,
	       marks);
	doc_free(doc);
}

static void set_utf8(void)
{
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		cr_skip_test("there is no UTF-8 locale");
}

Test(excerpt, lines)
{
	expect_place("label a", "label", "label a", "^~~~~");
	expect_place("a\nlabel x\nc", "x", "label x", "      ^");
	expect_place("label x\r\n", "x", "label x", "      ^");
	/* Blanks in front are left out, tabs are blanks. */
	expect_place("  \tlabel\tx # c\n", "x", "label    x # c", "         ^");
	expect_place("\t\tlabel b\n", "label b", "label b", "^~~~~~~");
	/* What goes over the end of the line is marked up to there. */
	expect_place("p1_xform {\n auth\n}\n", "p1_xform {\n auth\n}", "p1_xform {", "^~~~~~~~~~");
	/* A place of no length, and one at the very end. */
	expect_place("label", "", "label", "^");
}

Test(excerpt, ends)
{
	struct doc *doc = open_text(LOCATION_IKE_CONFIG, "label", 5);

	expect("behind it", doc, (struct span){ 5, 0 }, "label", "     ^");
	doc_free(doc);
	doc = open_text(LOCATION_IKE_CONFIG, "", 0);
	expect("empty", doc, (struct span){ 0, 0 }, "", "^");
	doc_free(doc);
	doc = open_text(LOCATION_IKE_CONFIG, "\n\n", 2);
	expect("empty line", doc, (struct span){ 1, 1 }, "", "^");
	doc_free(doc);
}

/* Bytes that a terminal would obey, NUL, and what is no UTF-8. */
Test(excerpt, hostile_bytes)
{
	static const char text[] = "a \033[2J\007 \0b \xff\xc3 \xe2\x80\xae x\n";
	struct doc *doc;

	set_utf8();
	doc = open_text(LOCATION_IKE_CONFIG, text, sizeof text - 1);
	expect("before it", doc, (struct span){ (uint32_t)(strchr(text + 9, 'b') - text), 1 },
	       "a ^[[2J^G ^@b \\xff\\xc3 \\xe2\\x80\\xae x", "            ^");
	expect("at it", doc, (struct span){ 2, 4 }, "a ^[[2J^G ^@b \\xff\\xc3 \\xe2\\x80\\xae x",
	       "  ^~~~~");
	expect("no UTF-8", doc, (struct span){ 11, 2 },
	       "a ^[[2J^G ^@b \\xff\\xc3 \\xe2\\x80\\xae x", "              ^~~~~~~~");
	doc_free(doc);
}

/* Wide characters take two cells, combining ones none. */
Test(excerpt, widths)
{
	set_utf8();
	expect_place("label \"\xe6\x97\xa5\xe6\x9c\xac\" x", "x",
		     "label \"\xe6\x97\xa5\xe6\x9c\xac\" x", "             ^");
	expect_place("label \"\xe6\x97\xa5\xe6\x9c\xac\" x", "\"\xe6\x97\xa5\xe6\x9c\xac\"",
		     "label \"\xe6\x97\xa5\xe6\x9c\xac\" x", "      ^~~~~~");
	expect_place("label e\xcc\x81 x", "x", "label e\xcc\x81 x", "        ^");
	expect_place("label \xc3\xa9t\xc3\xa9 x", "x", "label \xc3\xa9t\xc3\xa9 x", "          ^");
	/* Where the locale knows no such characters, each is taken for one cell. */
	setlocale(LC_ALL, "C");
	expect_place("label \xc3\xa9t\xc3\xa9 x", "x", "label \xc3\xa9t\xc3\xa9 x", "          ^");
}

/* Of a long line so much is shown as there is room for, and no half characters. */
Test(excerpt, long_lines)
{
	struct strbuf text = STRBUF_INIT, line = STRBUF_INIT, marks = STRBUF_INIT;
	struct doc *doc;

	set_utf8();
	strbuf_addchars(&text, 'a', EXCERPT_BYTES - 2);
	strbuf_addstr(&text, " b");
	expect_place(text.buf, "b", text.buf,
		     (strbuf_addchars(&marks, ' ', EXCERPT_BYTES - 1), strbuf_addch(&marks, '^'),
		      marks.buf));
	/* One byte more, and the place is at its end. */
	strbuf_clear(&text);
	strbuf_clear(&marks);
	strbuf_addchars(&text, 'a', EXCERPT_BYTES - 1);
	strbuf_addstr(&text, " b\nnext");
	strbuf_addstr(&line, "...");
	strbuf_addchars(&line, 'a', 39);
	strbuf_addstr(&line, " b");
	strbuf_addchars(&marks, ' ', 43);
	strbuf_addch(&marks, '^');
	expect_place(text.buf, "b", line.buf, marks.buf);
	/* In the middle of two-byte characters. */
	strbuf_clear(&text);
	strbuf_clear(&line);
	strbuf_clear(&marks);
	for (int i = 0; i < 500; i++)
		strbuf_addstr(&text, i == 249 ? "a" : i == 250 ? "b" : "\xc3\xa9");
	strbuf_addstr(&line, "...");
	for (int i = 0; i < 19; i++)
		strbuf_addstr(&line, "\xc3\xa9");
	strbuf_addstr(&line, "ab");
	for (int i = 0; i < 39; i++)
		strbuf_addstr(&line, "\xc3\xa9");
	strbuf_addstr(&line, "...");
	strbuf_addchars(&marks, ' ', 23);
	strbuf_addch(&marks, '^');
	expect_place(text.buf, "b", line.buf, marks.buf);
	/* A place that is itself too long. */
	strbuf_clear(&text);
	strbuf_addchars(&text, 'x', 1000);
	doc = open_text(LOCATION_IKE_CONFIG, text.buf, text.len);
	strbuf_clear(&line);
	strbuf_clear(&marks);
	strbuf_addchars(&line, 'x', EXCERPT_BYTES);
	strbuf_addstr(&line, "...");
	strbuf_addch(&marks, '^');
	strbuf_addchars(&marks, '~', EXCERPT_BYTES - 1);
	expect("all of it", doc, (struct span){ 0, 1000 }, line.buf, marks.buf);
	doc_free(doc);
	strbuf_release(&text);
	strbuf_release(&line);
	strbuf_release(&marks);
}

Test(excerpt, keys)
{
	static const char text[] = "{\n localid 192.0.2.1 key abcdef0123456789 # abcdef01\n}\n";
	struct doc *doc = open_text(LOCATION_PRESHARED, text, sizeof text - 1);
	struct strbuf line = STRBUF_INIT, marks = STRBUF_INIT;

	expect("an address", doc, (struct span){ 11, 9 },
	       "localid 192.0.2.1 key <hidden> #<hidden>", "        ^~~~~~~~~");
	expect("a key", doc, (struct span){ 25, 16 }, "localid 192.0.2.1 key <hidden> #<hidden>",
	       "                      ^~~~~~~~");
	/* Wherever a place begins within a key, nothing of it is shown. */
	for (uint32_t i = 0; i < sizeof text - 1; i++) {
		excerpt_make(doc, (struct span){ i, 3 }, &line, &marks);
		cr_expect_null(strstr(line.buf, "cde"), "%u: %s", i, line.buf);
		cr_expect_null(strstr(line.buf, "678"), "%u: %s", i, line.buf);
	}
	doc_free(doc);
	strbuf_release(&line);
	strbuf_release(&marks);
}

static double seconds_since(const struct timespec *then)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

/* A line of 10 MB costs a look at any place in it no more than a short one, with keys or without.
 */
Test(excerpt, ten_megabytes)
{
	static const enum location files[] = { LOCATION_IKE_CONFIG, LOCATION_PRESHARED,
					       LOCATION_IPSECINIT, LOCATION_IPSECKEYS };
	struct strbuf text = STRBUF_INIT, line = STRBUF_INIT, marks = STRBUF_INIT;
	struct timespec then;
	size_t i;
	uint32_t off;

	while (text.len < 10000000)
		strbuf_addstr(&text, "localid ");
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		struct doc *doc = open_text(files[i], text.buf, text.len);

		clock_gettime(CLOCK_MONOTONIC, &then);
		for (off = 0; off < text.len; off += 80) {
			strbuf_clear(&line);
			strbuf_clear(&marks);
			excerpt_make(doc, (struct span){ off, 7 }, &line, &marks);
			cr_assert_lt(line.len, EXCERPT_BYTES + 7);
		}
		cr_expect_lt(seconds_since(&then), 10.0, "%s: %.1f s",
			     locations[files[i]].format->name, seconds_since(&then));
		if (locations[files[i]].secret) {
			cr_expect_str_eq(line.buf, "<hidden>");
			cr_expect_str_eq(marks.buf, "^");
		}
		doc_free(doc);
	}
	strbuf_release(&text);
	strbuf_release(&line);
	strbuf_release(&marks);
}
