/* Values on their way into ike/config: checked before they are put anywhere. */
#ifndef CHANGE_VALUE_H
#define CHANGE_VALUE_H

#include "base/error.h"
#include "formats/ike_config/file.h"
#include "lint/profile.h"

/*
 * Checks a value before it is put anywhere: reads it as the file's reader would, in SCOPE. Returns
 * false with the sentence of the check that it would break as an error (ERROR_USAGE).
 */
bool value_check(const struct profile *profile, enum ike_scope scope, enum ike_word word,
		 const char *value, struct error *err);

#endif
