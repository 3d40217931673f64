/* The functions of the rows in checks_manual.inc; a comment says which rows behind its own one
 * reports too. */
#ifndef LINT_RULES_MANUAL_H
#define LINT_RULES_MANUAL_H

#include <stdbool.h>

struct finding;
struct lint;
struct lint_manual;
struct repair;
struct strbuf;

void check_manual_release(struct lint *lint, unsigned row,
			  const struct lint_manual *manual); /* and the next three */
void check_manual_weak(struct lint *lint, unsigned row, const struct lint_manual *manual);

/* The algorithm of the key that a finding is about, as the command has it, and the lengths in bits
 * that such a key may have: {alg} and {sizes} of messages. */
void manual_fill_algorithm(const struct lint *lint, const struct finding *finding,
			   struct strbuf *sb);
void manual_fill_sizes(const struct lint *lint, const struct finding *finding, struct strbuf *sb);

/* What puts findings right: repairs_manual.c. */
bool repair_manual_bom(const struct lint *lint, const struct finding *finding,
		       struct repair *repair);
bool repair_manual_crlf(const struct lint *lint, const struct finding *finding,
			struct repair *repair);
bool repair_manual_backslash(const struct lint *lint, const struct finding *finding,
			     struct repair *repair);
bool repair_manual_quotes(const struct lint *lint, const struct finding *finding,
			  struct repair *repair);
bool repair_manual_case(const struct lint *lint, const struct finding *finding,
			struct repair *repair);
bool repair_manual_protocol(const struct lint *lint, const struct finding *finding,
			    struct repair *repair);
bool repair_manual_proxy(const struct lint *lint, const struct finding *finding,
			 struct repair *repair);
bool repair_manual_0x(const struct lint *lint, const struct finding *finding,
		      struct repair *repair);
bool repair_manual_key(const struct lint *lint, const struct finding *finding,
		       struct repair *repair);

#endif
