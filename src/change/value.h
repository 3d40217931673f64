/* Values on their way into ike/config: checked, and spelt as the file wants them. */
#ifndef CHANGE_VALUE_H
#define CHANGE_VALUE_H

#include "base/error.h"
#include "base/strbuf.h"
#include "formats/ike_config/file.h"
#include "lint/profile.h"

/* How the value of a label is written. */
enum label_style { LABEL_QUOTED, LABEL_BARE };

/* Adds VALUE as WORD takes it: strings in quotes, with \ and " escaped. */
void value_format(struct strbuf *sb, enum ike_word word, const char *value, enum label_style style);

/*
 * Checks a value before it is put anywhere: reads it as the file's reader would, in SCOPE. Returns
 * false with the sentence of the check that it would break as an error (ERROR_USAGE).
 */
bool value_check(const struct profile *profile, enum ike_scope scope, enum ike_word word,
		 const char *value, struct error *err);

#endif
