/* The functions of the rows in checks_policy.inc, and their repairs; a comment says which rows
 * behind its own one reports too. What compares policies is in compare_policy.c. */
#ifndef LINT_RULES_POLICY_H
#define LINT_RULES_POLICY_H

#include <stdbool.h>

struct finding;
struct lint;
struct lint_policy;
struct repair;

void check_policy_release(struct lint *lint, unsigned row,
			  const struct lint_policy *policy); /* and the next two */
void check_policy_ike_port(struct lint *lint, unsigned row, const struct lint_policy *policy);
void check_no_policies(struct lint *lint, unsigned row);
void check_no_policy_file(struct lint *lint, unsigned row);

/* Repairs: repairs_policy.c. */
bool repair_policy_bom(const struct lint *lint, const struct finding *finding,
		       struct repair *repair);
bool repair_policy_backslash(const struct lint *lint, const struct finding *finding,
			     struct repair *repair);
bool repair_policy_new_line(const struct lint *lint, const struct finding *finding,
			    struct repair *repair);
bool repair_policy_comment(const struct lint *lint, const struct finding *finding,
			   struct repair *repair);
bool repair_policy_newline(const struct lint *lint, const struct finding *finding,
			   struct repair *repair);
bool repair_policy_or(const struct lint *lint, const struct finding *finding,
		      struct repair *repair);
bool repair_policy_or_glued(const struct lint *lint, const struct finding *finding,
			    struct repair *repair);
bool repair_policy_word(const struct lint *lint, const struct finding *finding,
			struct repair *repair);
bool repair_policy_value(const struct lint *lint, const struct finding *finding,
			 struct repair *repair);
bool repair_policy_network(const struct lint *lint, const struct finding *finding,
			   struct repair *repair);
bool repair_policy_dot(const struct lint *lint, const struct finding *finding,
		       struct repair *repair);

#endif
