/* Policies, rules of ike/config and manual keys: what each of them needs of the others. */
#ifndef LINT_JOIN_POLICY_H
#define LINT_JOIN_POLICY_H

#include <stdbool.h>

struct lint;

/* ALL_CLEAR: of every policy it is known for which packets it is. */
void lint_join_policies(struct lint *lint, bool all_clear);

#endif
