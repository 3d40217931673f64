/*
 * What a role may do with rules of ike/config: COEX-R1 to COEX-R12, and what MDM and the MSS agreed
 * on (MSS-1 to MSS-5). Admin is told what a tool would be refused.
 */
#ifndef CHANGE_RULE_MAY_H
#define CHANGE_RULE_MAY_H

#include "change/edits.h"

/* Whether the role may add and remove rules of MDM, or foreign ones (COEX-R9, COEX-R10). */
bool rule_may_change(struct change *change, bool mdm, const char *what, struct error *err);

/* Whether the role may give the keyword of a rule of MDM a value; SSM's is local_id, where the rule
 * has certificates (COEX-R4). WHAT is to be done, for ERR. */
bool rule_may_give(struct change *change, const struct ike_item *rule, enum ike_word word,
		   const char *what, struct error *err);

/* Whether the role may edit these fields of the rule, which may become MDM's or foreign by it. */
bool rule_may_edit(struct change *change, size_t number, const struct field *fields, size_t count,
		   const char *what, struct error *err);

/*
 * Of a rule of MDM as it is now: whether the fields, which were given, have got values that the MSS
 * takes (COEX-R6, COEX-R7, MSS-1, MSS-3). Admin may give others and is told.
 */
bool rule_in_limits(struct change *change, size_t number, const struct field *fields, size_t count,
		    const char *what, struct error *err);

/* COEX-R12: whether there is a certificate of this host for a rule of MDM; for MDM to ask before it
 * starts. Where there is no telling, there is. */
bool rule_may_use_certificates(struct change *change, const char *what, struct error *err);

/* Tells admin that a rule of MDM is changed; all others may be admin's own. */
void rule_tell(struct change *change, bool mdm, const char *label);

#endif
