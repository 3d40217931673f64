/* The preshared keys that rules of MDM use: COEX-R11. */
#ifndef CHANGE_RULE_KEY_H
#define CHANGE_RULE_KEY_H

#include "change/change.h"

/* The keys that a rule of MDM uses before it is edited or removed. */
struct rule_keys {
	char *label;
	bool *used; /* of each key; NULL: the rule has none, or it is not MDM's */
	size_t count;
	bool lacked; /* it needs a key and has none */
};

void rule_keys_init(struct rule_keys *keys, struct change *change, size_t number);
void rule_keys_release(struct rule_keys *keys);

/*
 * As a part of the step that removed the rule, or gave it certificates: removes those of the keys
 * that no rule uses now, and says so. The same file is MDM's too.
 */
bool rule_keys_leave(struct change *change, const struct rule_keys *keys, struct error *err);

/* Lets the change be saved only when the rule has its key, where it is MDM's and needs one. */
void rule_require_key(struct change *change, size_t number);

#endif
