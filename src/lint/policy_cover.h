/*
 * Which policies are for the packets of which others: a policy whose prefixes, ports and protocol
 * cover those of another one is wider, and whichever of them the kernel looks at first decides.
 */
#ifndef LINT_POLICY_COVER_H
#define LINT_POLICY_COVER_H

#include "lint/policies.h"

#define POLICY_NOBODY UINT32_MAX

/* What was found for one policy. Numbers are those of policies; POLICY_NOBODY: none. */
struct policy_cover {
	uint32_t number;  /* of the policy */
	uint32_t twice;   /* an earlier one for the same packets: the kernel ignores this one */
	uint32_t bypass;  /* a bypass for all its packets of a direction and family */
	uint32_t before;  /* the one that is looked at first for all its packets */
	uint32_t after;   /* an earlier, wider one that is looked at after it */
	uint8_t hidden;   /* of how many directions and families another policy decides */
	bool differs;     /* one of those does something else */
	uint8_t mirrored; /* families in which somebody is for its packets in the other direction */
	uint8_t family;   /* it is found for one, and then joined with what is for the other */
};

/* What was found for all policies, by their numbers. Of most there is nothing, and they are not in
 * it. */
struct policy_covers {
	struct policy_cover *items;
	size_t count, cap;
};

/* Release it with free(covers.items). */
struct policy_covers policy_cover_find(const struct policies *policies);

#endif
