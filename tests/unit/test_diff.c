#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/xalloc.h"
#include "store/compare.h"
#include "store/diff.h"

static void scan_nothing(struct doc *doc)
{
	(void)doc;
}

/* In this format everything behind "key " on a line is secret. */
static void mark_keys(const struct doc *doc, struct span range, void (*mark)(void *, struct span),
		      void *ctx)
{
	uint32_t i, end = range.off + range.len;

	for (i = range.off; i + 4 < end; i++)
		if (memcmp(doc->blob.data + i, "key ", 4) == 0) {
			mark(ctx, (struct span){ i + 4, end - i - 4 });
			return;
		}
}

static const struct format plain_format = { .name = "plain", .scan = scan_nothing };
static const struct format key_format = { .name = "keys",
					  .scan = scan_nothing,
					  .secrets = mark_keys };

static struct doc *doc_of(const struct format *format, const char *text)
{
	return text != NULL ? doc_new(format, blob_copy(text, strlen(text), false)) : NULL;
}

static char *diff_text(const struct format *format, const char *old, const char *new)
{
	struct doc *a = doc_of(format, old), *b = doc_of(format, new);
	struct diff *diff = diff_new(a, b);
	struct strbuf sb = STRBUF_INIT;

	diff_print(diff, "/etc/x", &sb);
	diff_free(diff);
	doc_free(a);
	doc_free(b);
	return strbuf_detach(&sb, NULL);
}

#define HEAD "--- a/etc/x\n+++ b/etc/x\n"

static const struct {
	const char *what, *old, *new, *diff;
} cases[] = {
	{ "equal", "a\nb\n", "a\nb\n", "" },
	{ "both empty", "", "", "" },
	{ "tabs", "\ta\tb\n", "\t\ta\tb\n", HEAD "@@ -1 +1 @@\n-\ta    b\n+\t\ta    b\n" },
	{ "changed", "a\nb\nc\n", "a\nB\nc\n", HEAD "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n" },
	{ "created", NULL, "a\nb\n", "--- /dev/null\n+++ b/etc/x\n@@ -0,0 +1,2 @@\n+a\n+b\n" },
	{ "created empty", NULL, "", "--- /dev/null\n+++ b/etc/x\n" },
	{ "removed", "a\n", NULL, "--- a/etc/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n" },
	{ "emptied", "a\n", "", HEAD "@@ -1 +0,0 @@\n-a\n" },
	{ "no newline", "a\nb", "a\nc",
	  HEAD "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n"
	       "\\ No newline at end of file\n" },
	{ "newline added", "a\nb", "a\nb\n",
	  HEAD "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n" },
	{ "newline kept missing", "a\nb", "A\nb",
	  HEAD "@@ -1,2 +1,2 @@\n-a\n+A\n b\n\\ No newline at end of file\n" },
	{ "three lines of context", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
	  HEAD "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n" },
	{ "one hunk", "a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
	  HEAD "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n" },
	{ "two hunks", "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
	  HEAD "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n" },
	{ "inserted block", "{\n  a\n}\n{\n  c\n}\n", "{\n  a\n}\n{\n  b\n}\n{\n  c\n}\n",
	  HEAD "@@ -1,6 +1,9 @@\n {\n   a\n }\n+{\n+  b\n+}\n {\n   c\n }\n" },
	{ "removed block", "{\n  a\n}\n{\n  b\n}\n{\n  c\n}\n", "{\n  a\n}\n{\n  c\n}\n",
	  HEAD "@@ -1,9 +1,6 @@\n {\n   a\n }\n-{\n-  b\n-}\n {\n   c\n }\n" },
	{ "line ends", "a\r\nb\r\n", "a\r\nb\n", HEAD "@@ -1,2 +1,2 @@\n a^M\n-b^M\n+b\n" },
	{ "hostile", "a\n", "\033[2J\n", HEAD "@@ -1 +1 @@\n-a\n+^[[2J\n" },
	{ "hostile look-alike", "^[\n", "\033\n",
	  HEAD "@@ -1 +1 @@\n-^[\n+^[\n\\ the line above is not the one it replaces: they differ "
	       "in what is not shown\n" },
};

Test(diff, prints_as_expected)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *text = diff_text(&plain_format, cases[i].old, cases[i].new);

		cr_expect_str_eq(text, cases[i].diff, "%s:\n%s", cases[i].what, text);
		free(text);
	}
}

Test(diff, hides_secrets_and_says_that_they_changed)
{
	char *text = diff_text(&key_format, "a\nkey 11\nb\n", "a\nkey 22\nB\n");

	cr_assert_str_eq(text, HEAD "@@ -1,3 +1,3 @@\n a\n-key <hidden>\n-b\n+key <hidden>\n"
				    "\\ the line above is not the one it replaces: they differ in "
				    "what is not shown\n+B\n");
	free(text);
	text = diff_text(&key_format, "key 11\nb\n", "key 11\nc\n");
	cr_assert_str_eq(text, HEAD "@@ -1,2 +1,2 @@\n key <hidden>\n-b\n+c\n");
	free(text);
}

Test(diff, shows_no_line_that_only_one_side_hides)
{
	struct doc *a = doc_of(&plain_format, "key 11\nb\n"),
		   *b = doc_of(&key_format, "key 11\nc\n");
	struct diff *diff = diff_new(a, b);
	struct strbuf sb = STRBUF_INIT;

	diff_print(diff, "/etc/x", &sb);
	cr_assert_null(strstr(sb.buf, "11"), "%s", sb.buf);
	strbuf_release(&sb);
	diff_free(diff);
	doc_free(a);
	doc_free(b);
}

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t limit)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (random_state >> 8) % limit;
}

static void random_text(struct strbuf *sb, unsigned lines, unsigned letters)
{
	while (lines-- > 0)
		strbuf_addf(sb, "%*s%c\n", (int)random_below(3), "",
			    (char)('a' + random_below(letters)));
	if (sb->len > 0 && random_below(4) == 0)
		strbuf_truncate(sb, sb->len - 1);
}

/* The new text, made from the old one and the diff's lines. */
static void apply(const struct diff *diff, struct strbuf *sb)
{
	const struct blob *old = &diff->old->blob, *new = &diff->new->blob;
	size_t i, done = 0;

	for (i = 0; i < diff->count; i++) {
		const struct diff_line *line = &diff->lines[i];
		bool old_side = line->kind == DIFF_SAME || line->kind == DIFF_OLD;

		if (old_side) {
			/* What stands between two hunks. */
			strbuf_add(sb, old->data + done, line->old_at.off - done);
			done = line->old_at.off + line->old_at.len;
			if (done < old->len)
				done++;
		}
		if (line->kind == DIFF_SAME || line->kind == DIFF_NEW) {
			size_t end = line->new_at.off + line->new_at.len;

			strbuf_add(sb, new->data + line->new_at.off, line->new_at.len);
			if (end < new->len)
				strbuf_addch(sb, '\n');
		}
	}
	strbuf_add(sb, old->data + done, old->len - done);
}

/* The length of the longest common sequence of lines, the slow way. */
static size_t common_lines(const struct lines *a, const struct lines *b)
{
	size_t *row = xcalloc(b->count + 1, sizeof *row), i, j, result;

	for (i = 0; i < a->count; i++) {
		size_t diagonal = 0;

		for (j = 0; j < b->count; j++) {
			struct span x = a->items[i].at, y = b->items[j].at;
			bool same = x.len == y.len &&
				    memcmp(a->bytes + x.off, b->bytes + y.off, x.len) == 0;
			size_t above = row[j + 1];

			row[j + 1] = same ? diagonal + 1 : row[j] > above ? row[j] : above;
			diagonal = above;
		}
	}
	result = row[b->count];
	free(row);
	return result;
}

Test(diff, is_right_and_shortest_for_random_texts)
{
	unsigned round;

	for (round = 0; round < 3000; round++) {
		struct strbuf old = STRBUF_INIT, new = STRBUF_INIT, made = STRBUF_INIT;
		struct lines a = { 0 }, b = { 0 };
		struct doc *x, *y;
		struct diff *diff;

		random_text(&old, random_below(40), 1 + random_below(6));
		random_text(&new, random_below(40), 1 + random_below(6));
		x = doc_of(&plain_format, old.buf);
		y = doc_of(&plain_format, new.buf);
		diff = diff_new(x, y);
		apply(diff, &made);
		cr_assert_str_eq(made.buf, new.buf, "round %u", round);
		lines_split(&a, old.buf, (struct span){ 0, (uint32_t)old.len });
		lines_split(&b, new.buf, (struct span){ 0, (uint32_t) new.len });
		cr_assert_eq(diff->removed, a.count - common_lines(&a, &b), "round %u", round);
		cr_assert_eq(diff->added, b.count - common_lines(&a, &b), "round %u", round);
		lines_release(&a);
		lines_release(&b);
		diff_free(diff);
		doc_free(x);
		doc_free(y);
		strbuf_release(&old);
		strbuf_release(&new);
		strbuf_release(&made);
	}
}

static int compare_hashes(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Among 300,000 lines some ten pairs have the same hash. */
Test(diff, lines_with_the_same_hash_are_told_apart)
{
	struct strbuf text = STRBUF_INIT;
	struct lines lines = { 0 };
	size_t i, pairs = 0;

	for (i = 0; i < 300000; i++)
		strbuf_addf(&text, "%07zu\n", i);
	lines_split(&lines, text.buf, (struct span){ 0, (uint32_t)text.len });
	qsort(lines.items, lines.count, sizeof *lines.items, compare_hashes);
	for (i = 1; i < lines.count; i++) {
		struct lines old = { .bytes = text.buf, .items = &lines.items[i - 1], .count = 1 };
		struct lines new = { .bytes = text.buf, .items = &lines.items[i], .count = 1 };
		struct changes changes = { 0 };

		if (lines.items[i].hash != lines.items[i - 1].hash)
			continue;
		pairs++;
		lines_compare(&old, &new, &changes);
		cr_assert_eq(changes.count, 1);
		changes_release(&changes);
	}
	cr_assert_gt(pairs, 0);
	lines_release(&lines);
	strbuf_release(&text);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct result {
	double seconds;
	size_t added;
	bool coarse;
};

static struct result time_diff(struct strbuf *old, struct strbuf *new)
{
	struct doc *a = doc_new(&plain_format, blob_copy(old->buf, old->len, false));
	struct doc *b = doc_new(&plain_format, blob_copy(new->buf, new->len, false));
	double start = seconds();
	struct diff *diff = diff_new(a, b);
	struct result result = { seconds() - start, diff->added, diff->coarse };
	struct strbuf made = STRBUF_INIT;

	apply(diff, &made);
	cr_expect(made.len == new->len &&memcmp(made.buf, new->buf, new->len) == 0);
	strbuf_release(&made);
	diff_free(diff);
	doc_free(a);
	doc_free(b);
	strbuf_release(old);
	strbuf_release(new);
	cr_log_info("%.3f s, %zu lines added\n", result.seconds, result.added);
	return result;
}

/* 25 MB, changed near the beginning, in the middle and at the end. The limit leaves room for slow
 * machines and sanitizers; what is aimed at is a tenth of a second. */
Test(diff, large_files_with_few_changes_are_quick)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	struct result result;
	unsigned i;

	for (i = 0; i < 600000; i++) {
		strbuf_addf(&old, "  local_addr 10.%u.%u.%u  # line %u\n", i >> 16, i >> 8 & 255,
			    i & 255, i);
		strbuf_addf(&new, "  local_addr 10.%u.%u.%u  # line %u\n", i >> 16, i >> 8 & 255,
			    i & 255, i % 299990 == 5 ? i + 1 : i);
	}
	result = time_diff(&old, &new);
	cr_assert_eq(result.added, 3);
	cr_assert_not(result.coarse);
	cr_assert_lt(result.seconds, 2.0);
}

/* 100,000 rules of which every one has changed in one line. */
Test(diff, one_line_in_every_rule_is_still_found)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	struct result result;
	unsigned i;

	for (i = 0; i < 100000; i++) {
		strbuf_addf(&old, "{\n  label \"%u\"\n  p2_pfs 2\n  local_addr 10.0.0.1\n}\n\n", i);
		strbuf_addf(&new, "{\n  label \"%u\"\n  p2_pfs 1\n  local_addr 10.0.0.1\n}\n\n", i);
	}
	result = time_diff(&old, &new);
	cr_assert_eq(result.added, 100000);
	cr_assert_lt(result.seconds, 5.0);
}

Test(diff, a_million_different_lines_end_soon)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	struct result result;
	unsigned i;

	for (i = 0; i < 1000000; i++) {
		strbuf_addf(&old, "a%u\n", i);
		strbuf_addf(&new, "b%u\n", i);
	}
	result = time_diff(&old, &new);
	cr_assert(result.coarse);
	cr_assert_eq(result.added, 1000000);
	cr_assert_lt(result.seconds, 10.0);
}

/* Few different lines in random order: long common runs on every diagonal, nothing to hold on to.
 */
Test(diff, a_million_lines_of_two_kinds_end_soon)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	struct result result;
	unsigned i;

	for (i = 0; i < 1000000; i++) {
		strbuf_addstr(&old, random_below(2) ? "a\n" : "b\n");
		strbuf_addstr(&new, random_below(2) ? "a\n" : "b\n");
	}
	result = time_diff(&old, &new);
	cr_assert(result.coarse);
	cr_assert_lt(result.seconds, 10.0);
}
