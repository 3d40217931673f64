/*
 * Changing a document: ranges of its bytes and what stands there afterwards.
 *
 * A list of edits is kept in the order of the file, without overlap. Applying it to a document
 * makes a new one and the list that takes it back; whatever lies outside the ranges is copied as it
 * is.
 *
 * The edit_ functions below know how people lay out such files: what is inserted takes over the
 * indentation and the line ends around it, and what is removed leaves no empty line where it stood
 * and keeps the comments that are not its own (its own are those inside it and the one behind it on
 * its last line).
 */
#ifndef DOC_EDIT_H
#define DOC_EDIT_H

#include "doc/doc.h"

struct edit {
	struct span at;   /* bytes of the old document that go */
	struct blob text; /* what comes in their place */
};

struct edits {
	struct edit *items;
	size_t count, cap;
};

void edits_release(struct edits *edits);

/*
 * Adds the replacement of AT by LEN bytes. Two insertions at one place stand in the order in which
 * they were added, and before a replaced range that begins there. AT must not overlap an edit that
 * is there.
 */
void edits_add(struct edits *edits, const struct doc *doc, struct span at, const char *text,
	       size_t len);

/*
 * The document that EDITS make of DOC, which stays as it is. UNDO, unless NULL, gets the edits that
 * lead back from the result, byte for byte.
 */
struct doc *doc_edit(const struct doc *doc, const struct edits *edits, struct edits *undo);

/* The document's line end: "\r\n" where its first line has it, otherwise "\n". */
const char *edit_line_end(const struct doc *doc);

/* The white space before OFF on its line, or an empty span where something else stands there. */
struct span edit_indent(const struct doc *doc, uint32_t off);

/* Where the line behind that of OFF begins, or would: the length of the file behind its last line.
 */
uint32_t edit_next_line(const struct doc *doc, uint32_t off);

/*
 * Removes tokens TOK to END - 1 with the line or lines that hold nothing else, or else with the
 * blanks that would be left over.
 */
void edit_remove(struct edits *edits, const struct doc *doc, uint32_t tok, uint32_t end);

/*
 * Inserts TEXT, lines without a line end at the last one, as lines of their own behind the line on
 * which byte OFF stands (OFF is the last byte of what goes before), or before the first line where
 * OFF is UINT32_MAX. Line ends within TEXT are \n and are turned into the document's own.
 */
void edit_insert_lines(struct edits *edits, const struct doc *doc, uint32_t off, const char *text);

/*
 * Adds TEXT, one item, to the group in braces whose opening and closing tokens are OPEN and CLOSE
 * (CLOSE is 0 where it is missing): a line of its own, indented as the items there are, where the
 * closing brace stands on a line of its own, otherwise on the line of the last item. LAST is the
 * last token of the last item; OPEN where the group is empty.
 */
void edit_insert_item(struct edits *edits, const struct doc *doc, uint32_t open, uint32_t last,
		      uint32_t close, const char *text);

#endif
