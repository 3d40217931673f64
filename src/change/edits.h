/*
 * What can be changed, as steps of a change: rules, keys, globals and policies.
 *
 * Values come as fields, name and text, as the command line and the forms have them. Each is
 * checked before anything is touched; a wrong one names itself. A role that may not make a change
 * is refused with the id of the rule that says so.
 *
 * Fields of a rule are the keywords of ike.config(5): label, local_addr, remote_addr, local_id,
 * remote_id, p2_...; those of its transform (auth_method, oakley_group, encr_alg, auth_alg,
 * p1_lifetime_secs) can be given directly where the rule has one transform at most, or as
 * p1_xform.N.auth_method. Several values of one keyword are several fields, or for addresses one
 * with commas. An empty value takes the keyword out; remote_id="" (with its quotes) is the value
 * that accepts anybody.
 */
#ifndef CHANGE_EDITS_H
#define CHANGE_EDITS_H

#include "change/change.h"

struct field {
	const char *name;
	const char *value;
};

/* Adds a rule; without a label it gets the next INDEXID. *NUMBER, unless NULL, is its number. */
bool rule_add(struct change *change, const struct field *fields, size_t count, size_t *number,
	      struct error *err);
bool rule_edit(struct change *change, size_t number, const struct field *fields, size_t count,
	       struct error *err);
bool rule_remove(struct change *change, size_t number, struct error *err);

/* Globals: one keyword each. Adding one that is there is an error, unless it may stand there
 * several times. */
bool global_add(struct change *change, const char *name, const char *value, struct error *err);
bool global_edit(struct change *change, const char *name, const char *value, struct error *err);
bool global_remove(struct change *change, const char *name, struct error *err);

/*
 * Preshared keys. KEY holds the key as it is to be written, hexadecimal digits, and is in memory
 * for secrets; NULL: the key stays. Fields: localid, remoteid, localidtype, remoteidtype.
 */
bool psk_add(struct change *change, const struct field *fields, size_t count,
	     const struct blob *key, size_t *number, struct error *err);
bool psk_edit(struct change *change, size_t number, const struct field *fields, size_t count,
	      const struct blob *key, struct error *err);
bool psk_remove(struct change *change, size_t number, struct error *err);

/*
 * Policies of ipsecinit.conf, by their number among the policies. Fields are the words of
 * ipsecconf(8): those of the pattern (laddr, raddr, lport, rport, saddr, daddr, smask, dmask,
 * sport, dport, ulp, type, code, tunnel, negotiate, dir, and their synonyms), action, and the
 * properties auth_algs, encr_algs, encr_auth_algs and sa. Action and properties are given directly
 * where the policy has one alternative, or as N.action, N.encr_algs; N may be one more than there
 * are, which adds an alternative, and an empty N.action takes it out. An empty value takes the word
 * out.
 *
 * Only the bytes of these words change. What came of it is read again; where it does not say what
 * was asked, nothing has changed. A policy of manual keys is MDM's (FILE-6).
 */

/* Where a new policy goes: directly before or behind the line of another one; NUMBER the count of
 * policies: behind the last. */
struct policy_place {
	size_t number;
	bool before;
};

bool policy_add(struct change *change, const struct field *fields, size_t count,
		struct policy_place place, size_t *number, struct error *err);
bool policy_edit(struct change *change, size_t number, const struct field *fields, size_t count,
		 struct error *err);
bool policy_remove(struct change *change, size_t number, struct error *err);

/* Moves the lines of a policy directly before or behind another one's, so that it gets the number
 * TO. Comments that are not on its lines stay where they are. */
bool policy_move(struct change *change, size_t number, size_t to, struct error *err);

/* Checks one value of a field without changing anything: for forms, as one leaves a field. */
bool rule_field_check(const struct profile *profile, const char *name, const char *value,
		      struct error *err);

bool psk_field_check(const char *name, const char *value, struct error *err);
bool policy_field_check(const struct profile *profile, const char *name, const char *value,
			struct error *err);
bool global_check(const struct profile *profile, const char *name, const char *value,
		  struct error *err);

/* A random key of BITS bits as hexadecimal digits. */
bool psk_generate(unsigned bits, struct blob *key, struct error *err);

/*
 * Takes what somebody typed or a file holds for a key: white space around it, 0x in front and upper
 * case are put right; anything that is no hexadecimal digit is an error, which does not show it.
 */
bool psk_normalize(const char *text, size_t len, struct blob *key, struct error *err);

/* The bytes that such digits stand for, in memory for secrets: what a fingerprint is made of. */
struct blob psk_bytes(const struct blob *key);

#endif
