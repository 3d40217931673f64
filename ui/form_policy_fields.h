/* The fields of a policy's form: labels, pick lists and hints, from the tables of words and
 * algorithms. */
#ifndef UI_FORM_POLICY_FIELDS_H
#define UI_FORM_POLICY_FIELDS_H

#include "formats/ipsecinit/words.h"
#include "ui/w_form.h"

/* What stands in front of the field of a keyword or property, by its usual name; POLICY_NO_WORD: of
 * the action. */
const char *policy_field_label(enum policy_word word);

/* The word that the field NAME ("raddr", "2.sa") is for; POLICY_NO_WORD: the action. */
enum policy_word policy_field_word(const char *name);

/* Adds a field for WORD with what the release offers for it. */
void policy_field_add(struct w_form *form, enum dialect dialect, const char *name,
		      const char *label, enum policy_word word, const char *value);

#endif
