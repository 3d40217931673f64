/* Policies whose security associations are set by hand. */
#ifndef CHANGE_POLICY_MANUAL_H
#define CHANGE_POLICY_MANUAL_H

#include "change/change.h"

/*
 * Whether a policy protects with manual keys: ipseckeys adds an association for its two ends that
 * covers all of its traffic, or it is for CMP (TCP 829), which has no other keys.
 */
bool policy_has_manual_keys(const struct host *host, const struct policy_item *item);

#endif
