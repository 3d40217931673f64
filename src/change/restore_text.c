#include "config.h"

#include "change/restore_text.h"

#include "store/diff.h"

/* Where the line ends, with its newline. */
static uint32_t line_end(const struct doc *doc, struct span at)
{
	size_t end = (size_t)at.off + at.len + 1;

	return end < doc->blob.len ? (uint32_t)end : (uint32_t)doc->blob.len;
}

/* The lines that differ between two that are the same: from START to END in each document. */
struct run {
	uint32_t old_start, old_end, new_start, new_end;
	bool any;
};

static void add_run(struct edits *edits, const struct diff *diff, struct run *run)
{
	if (run->any)
		edits_add(edits, diff->old,
			  (struct span){ run->old_start, run->old_end - run->old_start },
			  diff->new->blob.data + run->new_start, run->new_end - run->new_start);
	run->any = false;
}

static void add_line(struct edits *edits, const struct diff *diff, const struct diff_line *line,
		     struct run *run)
{
	switch (line->kind) {
	case DIFF_HUNK:
		add_run(edits, diff, run);
		break;
	case DIFF_SAME:
		add_run(edits, diff, run);
		run->old_start = run->old_end = line_end(diff->old, line->old_at);
		run->new_start = run->new_end = line_end(diff->new, line->new_at);
		break;
	case DIFF_OLD:
		run->any = true;
		run->old_end = line_end(diff->old, line->old_at);
		break;
	case DIFF_NEW:
		run->any = true;
		run->new_end = line_end(diff->new, line->new_at);
		break;
	case DIFF_NO_NEWLINE:
		break;
	}
}

/* Whether the edits make the text that is wanted. */
static bool make(const struct edits *edits, const struct doc *old, const struct doc *new)
{
	struct doc *made = doc_edit(old, edits, NULL);
	bool good = blob_equal(&made->blob, &new->blob);

	doc_free(made);
	return good;
}

void restore_edits(struct edits *edits, const struct doc *old, const struct doc *new)
{
	struct diff *diff = diff_new(old, new);
	struct run run = { 0 };
	size_t i;

	/* A hunk that does not begin at the file's start begins with a line that is the same. */
	for (i = 0; i < diff->count; i++)
		add_line(edits, diff, &diff->lines[i], &run);
	add_run(edits, diff, &run);
	diff_free(diff);
	if (make(edits, old, new))
		return;
	/* Lines that only a NUL or the like tells apart: all of it is replaced. */
	edits_release(edits);
	*edits = (struct edits){ 0 };
	edits_add(edits, old, (struct span){ 0, (uint32_t)old->blob.len },
		  new->blob.len > 0 ? new->blob.data : "", new->blob.len);
}
