#include "config.h"

#include "store/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "store/compare.h"

#define CONTEXT 3u

/*
 * Equal lines that are kept around the part that differs: the context, and room for a block to be
 * shifted in.
 */
#define KEEP_LINES 64

static const char *doc_bytes(const struct doc *doc)
{
	return doc != NULL && doc->blob.data != NULL ? doc->blob.data : "";
}

static uint32_t doc_len(const struct doc *doc)
{
	return doc != NULL ? (uint32_t)doc->blob.len : 0;
}

/* How many bytes are equal, from the beginning or, where DIRECTION is -1, before the end. */
static uint32_t equal_run(const char *a, const char *b, uint32_t len, int direction)
{
	uint32_t n = 0;

	while (n < len) {
		uint32_t step = len - n < 4096 ? len - n : 4096;
		const char *x = direction > 0 ? a + n : a - n - step;
		const char *y = direction > 0 ? b + n : b - n - step;

		if (memcmp(x, y, step) != 0)
			break;
		n += step;
	}
	if (direction > 0)
		while (n < len && a[n] == b[n])
			n++;
	else
		while (n < len && *(a - n - 1) == *(b - n - 1))
			n++;
	return n;
}

/* The beginning of the line that stands KEEP_LINES lines before the one that holds OFF. */
static uint32_t back_lines(const char *bytes, uint32_t off)
{
	unsigned left = KEEP_LINES + 1;

	while (off > 0 && (bytes[off - 1] != '\n' || --left > 0))
		off--;
	return off;
}

/* The same ahead: the end of the line. */
static uint32_t ahead_lines(const char *bytes, uint32_t off, uint32_t end)
{
	unsigned left = KEEP_LINES + 1;

	while (off < end && left > 0)
		if (bytes[off++] == '\n')
			left--;
	return off;
}

static uint32_t count_lines(const char *bytes, uint32_t len)
{
	const char *p = bytes, *end = bytes + len;
	uint32_t count = 0;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		count++;
		p++;
	}
	return count;
}

/* Both documents' lines around what differs. */
struct window {
	struct lines old, new;
	uint32_t skipped; /* equal lines before it */
};

/* False where the documents are equal. */
static bool window_open(struct window *w, const struct diff *diff)
{
	const char *old = doc_bytes(diff->old), *new = doc_bytes(diff->new);
	uint32_t old_len = doc_len(diff->old), new_len = doc_len(diff->new);
	uint32_t shorter = old_len < new_len ? old_len : new_len;
	uint32_t head = equal_run(old, new, shorter, 1), tail, start;

	*w = (struct window){ 0 };
	if (head == old_len && head == new_len)
		return false;
	tail = equal_run(old + old_len, new + new_len, shorter - head, -1);
	start = back_lines(old, head);
	w->skipped = count_lines(old, start);
	tail = old_len - ahead_lines(old, old_len - tail, old_len);
	lines_split(&w->old, old, (struct span){ start, old_len - tail - start });
	lines_split(&w->new, new, (struct span){ start, new_len - tail - start });
	return true;
}

static void window_close(struct window *w)
{
	lines_release(&w->old);
	lines_release(&w->new);
}

static struct span text_of(const struct lines *lines, uint32_t i, bool *complete)
{
	struct span at = lines->items[i].at;

	*complete = lines->bytes[at.off + at.len - 1] == '\n';
	if (*complete)
		at.len--;
	return at;
}

static void push(struct diff *diff, struct diff_line line)
{
	VEC_PUSH(diff->lines, diff->count, diff->cap, line);
}

/* COUNT lines of one kind; OLD and NEW are the next lines of the two files. */
static void push_lines(struct diff *diff, const struct window *w, enum diff_kind kind, uint32_t old,
		       uint32_t new, uint32_t count)
{
	bool complete = true;
	uint32_t i;

	for (i = 0; i < count; i++) {
		struct diff_line line = { .kind = kind };

		if (kind != DIFF_NEW) {
			line.old_at = text_of(&w->old, old, &complete);
			line.old_line = w->skipped + ++old;
		}
		if (kind != DIFF_OLD) {
			line.new_at = text_of(&w->new, new, &complete);
			line.new_line = w->skipped + ++new;
		}
		push(diff, line);
		if (!complete)
			push(diff, (struct diff_line){ .kind = DIFF_NO_NEWLINE });
	}
}

/* Changes FIRST to END - 1, which stand close together, with the lines around and between them. */
static void push_hunk(struct diff *diff, const struct window *w, const struct change *first,
		      const struct change *end)
{
	uint32_t before = first->old < CONTEXT ? first->old : CONTEXT;
	uint32_t old = first->old - before, new = first->new - before;
	uint32_t old_end = end[-1].old + end[-1].old_count;
	uint32_t after = (uint32_t)w->old.count - old_end;
	struct diff_line header = { .kind = DIFF_HUNK };
	const struct change *c;
	size_t first_old, first_new, i;

	if (after > CONTEXT)
		after = CONTEXT;
	header.old_count = old_end + after - old;
	header.new_count = end[-1].new + end[-1].new_count + after - new;
	/* By custom a hunk without lines stands behind the line of its number. */
	header.old_line = w->skipped + old + (header.old_count > 0);
	header.new_line = w->skipped + new + (header.new_count > 0);
	push(diff, header);
	for (c = first; c < end; c++) {
		push_lines(diff, w, DIFF_SAME, old, new, c->old - old);
		first_old = diff->count;
		push_lines(diff, w, DIFF_OLD, c->old, c->new, c->old_count);
		first_new = diff->count;
		push_lines(diff, w, DIFF_NEW, c->old, c->new, c->new_count);
		for (i = 0; i < c->old_count && i < c->new_count; i++)
			diff->lines[first_new + i].replaces = (uint32_t)(first_old + i + 1);
		old = c->old + c->old_count;
		new = c->new + c->new_count;
		diff->removed += c->old_count;
		diff->added += c->new_count;
	}
	push_lines(diff, w, DIFF_SAME, old, new, after);
}

struct diff *diff_new(const struct doc *old, const struct doc *new)
{
	struct diff *diff = xcalloc(1, sizeof *diff);
	struct changes changes = { 0 };
	struct window w;
	size_t i, end;

	diff->old = old;
	diff->new = new;
	if (window_open(&w, diff))
		lines_compare(&w.old, &w.new, &changes);
	diff->coarse = changes.coarse;
	for (i = 0; i < changes.count; i = end) {
		const struct change *c = changes.items;

		for (end = i + 1; end < changes.count; end++)
			if (c[end].old - c[end - 1].old - c[end - 1].old_count > 2 * CONTEXT)
				break;
		push_hunk(diff, &w, c + i, c + end);
	}
	changes_release(&changes);
	window_close(&w);
	return diff;
}

void diff_free(struct diff *diff)
{
	if (diff == NULL)
		return;
	free(diff->lines);
	free(diff);
}

/* The line as its document prints it, but with the tabs that it begins with: they do no harm, and
 * ^I in front of every line is hard to read. */
static void print_text(const struct doc *doc, struct span at, struct strbuf *sb)
{
	for (; at.len > 0 && doc->blob.data[at.off] == '\t'; at.off++, at.len--)
		strbuf_addch(sb, '\t');
	doc_print(doc, at, sb);
}

/*
 * A line that is in both documents is shown as the old one shows it, unless the new one sees
 * its secrets elsewhere: then not at all.
 */
static void print_same(const struct diff *diff, const struct diff_line *line, struct strbuf *sb)
{
	struct strbuf new = STRBUF_INIT;
	size_t start = sb->len;

	print_text(diff->old, line->old_at, sb);
	if (diff->new->format->secrets != NULL) {
		print_text(diff->new, line->new_at, &new);
		if (strcmp(new.buf, sb->buf + start) != 0) {
			strbuf_truncate(sb, start);
			strbuf_addstr(sb, "<hidden>");
		}
		strbuf_release(&new);
	}
}

/* Whether the line is printed as it is; two different lines of this sort cannot look alike. */
static bool is_plain(const struct doc *doc, struct span at)
{
	uint32_t i;

	if (doc->format->secrets != NULL)
		return false;
	for (i = at.off; i < at.off + at.len; i++)
		if (doc->blob.data[i] < 0x20 || doc->blob.data[i] > 0x7e)
			return false;
	return true;
}

/* Whether the line looks like the one that it replaces. */
static bool looks_alike(const struct diff *diff, const struct diff_line *line, const char *shown)
{
	const struct diff_line *old;
	struct strbuf sb = STRBUF_INIT;
	bool alike;

	if (line->kind != DIFF_NEW || line->replaces == 0)
		return false;
	old = &diff->lines[line->replaces - 1];
	if (is_plain(diff->old, old->old_at) && is_plain(diff->new, line->new_at))
		return false;
	print_text(diff->old, old->old_at, &sb);
	alike = strcmp(sb.buf, shown) == 0;
	strbuf_release(&sb);
	return alike;
}

static void print_header(const struct diff_line *line, struct strbuf *sb)
{
	strbuf_addf(sb, "@@ -%u", line->old_line);
	if (line->old_count != 1)
		strbuf_addf(sb, ",%u", line->old_count);
	strbuf_addf(sb, " +%u", line->new_line);
	if (line->new_count != 1)
		strbuf_addf(sb, ",%u", line->new_count);
	strbuf_addstr(sb, " @@");
}

void diff_print_line(const struct diff *diff, size_t i, struct strbuf *sb, bool *alike)
{
	const struct diff_line *line = &diff->lines[i];
	size_t start = sb->len + 1;

	switch (line->kind) {
	case DIFF_HUNK:
		print_header(line, sb);
		break;
	case DIFF_SAME:
		strbuf_addch(sb, ' ');
		print_same(diff, line, sb);
		break;
	case DIFF_OLD:
		strbuf_addch(sb, '-');
		print_text(diff->old, line->old_at, sb);
		break;
	case DIFF_NEW:
		strbuf_addch(sb, '+');
		print_text(diff->new, line->new_at, sb);
		break;
	case DIFF_NO_NEWLINE:
		/* Not translated: programs that read diffs know this line. */
		strbuf_addstr(sb, "\\ No newline at end of file");
		break;
	}
	*alike = looks_alike(diff, line, sb->buf + start);
}

const char *diff_alike_text(void)
{
	return _("the line above is not the one it replaces: they differ in what is not shown");
}

static void print_name(const char *sign, const char *side, bool exists, const char *name,
		       struct strbuf *sb)
{
	strbuf_addf(sb, "%s %s", sign, exists ? side : "/dev/null");
	if (exists)
		print_addstr(sb, name);
	strbuf_addch(sb, '\n');
}

void diff_print(const struct diff *diff, const char *name, struct strbuf *sb)
{
	size_t i;

	if (diff->count == 0 && (diff->old != NULL) == (diff->new != NULL))
		return;
	print_name("---", "a", diff->old != NULL, name, sb);
	print_name("+++", "b", diff->new != NULL, name, sb);
	for (i = 0; i < diff->count; i++) {
		bool alike;

		diff_print_line(diff, i, sb, &alike);
		strbuf_addch(sb, '\n');
		if (alike)
			strbuf_addf(sb, "\\ %s\n", diff_alike_text());
	}
}
