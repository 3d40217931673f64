/*
 * Whether a change of ipsecinit.conf came out as it was meant: the document is read again, and must
 * hold the policies it held, in the same order, and the changed one what was asked.
 *
 * The file is scanned from line to line, and what a line is depends on the entry it belongs to
 * alone. So where the entry behind the changed one begins at the same bytes, and there are as many
 * entries as there should be, all others are what they were.
 */
#ifndef CHANGE_POLICY_RESULT_H
#define CHANGE_POLICY_RESULT_H

#include "change/policy_fields.h"

/* What is remembered of the document before the change. */
struct policy_before {
	size_t policies, entries;
	size_t problems, too_long; /* of the scanner; of these: too long a line or entry */
	/* Bytes from where the entry behind the changed place begins; 0: there is none. */
	size_t after;
	const struct policy_wanted *wanted;
	struct strbuf said; /* what the policy is to say */
	const char *other;  /* the first field of another style than the policy, or NULL */
	bool mixed;         /* it mixed the styles already */
};

/*
 * AFTER is the entry behind the changed place, or the count of them. ITEM is the policy that is
 * changed, NULL: a new one; WANTED, which is borrowed, what is to be done to it, NULL: nothing that
 * is looked at. Release it with policy_before_release.
 */
void policy_before_init(struct policy_before *before, const struct host *host, size_t after,
			const struct policy_item *item, const struct policy_wanted *wanted);
void policy_before_release(struct policy_before *before);

/*
 * Whether there are ADDED (-1, 0, 1) more policies than before and number NUMBER says what it
 * should; SIZE_MAX: none was changed. If not, ERR says so.
 */
bool policy_result_check(const struct policy_before *before, const struct host *host, int added,
			 size_t number, struct error *err);

#endif
