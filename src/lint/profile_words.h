/* What the file of a profile may say: its sections, their keys, and which value each takes. */
#ifndef LINT_PROFILE_WORDS_H
#define LINT_PROFILE_WORDS_H

#include "base/error.h"
#include "lint/profile.h"

/*
 * Whether a file may give the key of the section this value, which may be empty: that takes the key
 * away. If not, ERR gets a sentence that has no place in it yet.
 */
bool profile_line_check(const char *section, const char *name, const char *value,
			struct error *err);

/* Whether there is such a section. */
bool profile_section_check(const char *section, struct error *err);

/* "force 20" as an action and its value, which is NULL where there is none. False where the text is
 * no action. */
bool profile_share_parse(const char *text, enum share *share, const char **value);

#endif
