/* Manual keys, policies and certificates: what each of them needs of the others. */
#ifndef LINT_JOIN_MANUAL_H
#define LINT_JOIN_MANUAL_H

struct lint;

/* Run once commands and policies have been read and compared. */
void lint_join_manual(struct lint *lint);

#endif
