/*
 * Whether an edit is read as it was meant.
 *
 * In a file that is broken, a quote or a brace that is not closed can swallow what an edit put
 * there, or the edit can change what other text means. So each step counts the entries before and
 * afterwards and reads back what it wrote; what does not hold is not kept.
 */
#ifndef CHANGE_VERIFY_H
#define CHANGE_VERIFY_H

#include "change/edits.h"
#include "formats/ike_config/words.h"
#include "formats/ike_preshared/words.h"

/* How many entries a file has, and how many of them are its rules, keys, policies or commands. */
struct shape {
	size_t entries, items;
};

/* Says that the file is too broken for an edit to be read as it is meant; returns false. */
bool verify_misread(const struct host *host, enum location location, struct error *err);

struct shape verify_shape(struct change *change, enum location location);

/* Whether there are now MORE items than BEFORE and as many more entries; -1: one less. */
bool verify_count(struct change *change, enum location location, struct shape before, int more,
		  struct error *err);

/* Whether the rule says what FIELDS say. */
bool verify_rule(struct change *change, size_t number, const struct field *fields, size_t count,
		 struct error *err);

/* Whether a statement of the keyword at file level has VALUE. */
bool verify_global(struct change *change, enum ike_word word, const char *value, struct error *err);

/* Whether the key's field is these bytes. They may be secret and are in no message. */
bool verify_key(struct change *change, size_t number, enum preshared_word field, const char *value,
		size_t len, struct error *err);

#endif
