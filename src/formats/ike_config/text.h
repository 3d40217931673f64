/*
 * New text for ike/config: how a value is spelt, and where a statement goes in a rule, a transform
 * or the file. Forms, commands and repairs all write it this way.
 *
 * These functions add to a list of edits (doc/edit.h) and change nothing themselves.
 */
#ifndef FORMATS_IKE_CONFIG_TEXT_H
#define FORMATS_IKE_CONFIG_TEXT_H

#include "doc/edit.h"
#include "formats/ike_config/file.h"

/* How the value of a label is written. */
enum label_style { LABEL_QUOTED, LABEL_BARE };

/* Adds VALUE as WORD takes it: strings in quotes, with \ and " escaped. */
void ike_format_value(struct strbuf *sb, enum ike_word word, const char *value,
		      enum label_style style);

/* The same with the keyword in front. */
void ike_format_statement(struct strbuf *sb, enum ike_word word, const char *value,
			  enum label_style style);

/* Gives a statement another value, in quotes or bare as the old one is, or one where it has none;
 * nothing where it is the same. */
void ike_edit_value(struct edits *edits, const struct doc *doc, const struct ike_stmt *stmt,
		    const char *value);

/*
 * Gives the keyword WORD of a rule the COUNT values, already checked: those that are there are
 * replaced, missing ones added, further ones removed.
 */
void ike_edit_values(struct edits *edits, const struct ike_item *rule, enum ike_word word,
		     const char *const *values, size_t count);

/* Adds the label of a rule that has none, as its first statement. */
void ike_insert_label(struct edits *edits, const struct ike_item *rule, const char *label,
		      enum label_style style);

/* The same as ike_edit_values for one value of transform XFORM of the item; NULL removes it. */
void ike_edit_part(struct edits *edits, const struct ike_item *item, size_t xform,
		   enum ike_word word, const char *value);

/* Adds a statement at file level before the first rule, also where there is one already. */
void ike_insert_global(struct edits *edits, const struct doc *doc, enum ike_word word,
		       const char *value);

/* The same for text as it stands in the file, without the line end at its end. */
void ike_insert_global_text(struct edits *edits, const struct doc *doc, const char *text,
			    size_t len);

#endif
