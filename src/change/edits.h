/*
 * What can be changed, as steps of a change: rules, keys, globals, policies and manual SAs.
 *
 * Values come as fields, name and text, as the command line and the forms have them. Each is
 * checked before anything is touched; a wrong one names itself. A role that may not make a change
 * is refused with the id of the rule that says so.
 *
 * Fields of a rule are the keywords of ike.config(5): label, local_addr, remote_addr, local_id,
 * remote_id, p2_...; those of its transform (auth_method, oakley_group, encr_alg, auth_alg,
 * p1_lifetime_secs) can be given directly where the rule has one transform at most, or as
 * p1_xform.N.auth_method; so a new rule gets several. Several values of one keyword are several fields, or for addresses one
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

/*
 * Manual SAs: the commands of ipseckeys. Fields go by the names of ipseckey(8)'s extensions,
 * whichever of several there are, and by "type", esp or ah. A flag is yes or no, an identity its
 * type and its text with a blank between them; an empty value takes the extension out.
 *
 * Adding chooses an spi where none is given. With "pair", which is yes or the spi of the other
 * direction, it adds both directions in one step: the second one has addresses and ports swapped,
 * and names the first one where the release knows pair-spi. "bits" is the length of a generated
 * encryption key without its salt.
 */
struct manual_sa_key {
	const struct blob *digits; /* hexadecimal, in memory for secrets */
	bool generate;             /* a random one */
};

/* Without digits and generate the key stays, or there is none. */
struct manual_sa_keys {
	struct manual_sa_key encr, auth;
	/* Of the other direction of a pair; without digits and generate it has the same keys. */
	struct manual_sa_key back_encr, back_auth;
};

/* Whether the role may change manual SAs at all: for forms, before one opens. */
bool manual_sa_may_change(struct change *change, struct error *err);

/* *NUMBER, unless NULL, is the number of the command. */
bool manual_sa_add(struct change *change, const struct field *fields, size_t count,
		   const struct manual_sa_keys *keys, size_t *number, struct error *err);
bool manual_sa_edit(struct change *change, size_t number, const struct field *fields, size_t count,
		    const struct manual_sa_keys *keys, struct error *err);
/* Any command can be removed; PAIR: the other direction too. */
bool manual_sa_remove(struct change *change, size_t number, bool pair, struct error *err);

/*
 * The algorithms that an SA would have with these fields and for which it needs a key; NULL where
 * it needs none. NUMBER is SIZE_MAX for a new one.
 */
bool manual_sa_algs(struct change *change, size_t number, const struct field *fields, size_t count,
		    const struct ipsec_alg **encr, const struct ipsec_alg **auth,
		    struct error *err);

/* The number of the command that adds the other direction, or the count of commands. */
size_t manual_sa_partner(const struct host *host, size_t number);

/* Whether the algorithm, which may be NULL, has a key. */
bool manual_alg_has_key(const struct ipsec_alg *alg);

/* A random key for the algorithm, of BITS bits without salt; 0: as many as are usual. */
bool manual_key_generate(const struct profile *profile, const struct ipsec_alg *alg, unsigned bits,
			 struct blob *key, struct error *err);

/* Whether the digits are a key for the algorithm; NAME is the extension's. */
bool manual_key_check(const struct profile *profile, const struct ipsec_alg *alg, const char *name,
		      const struct blob *key, struct error *err);

/* Checks one value of a field without changing anything: for forms, as one leaves a field. */
bool rule_field_check(const struct profile *profile, const char *name, const char *value,
		      struct error *err);

bool psk_field_check(const char *name, const char *value, struct error *err);
bool policy_field_check(const struct profile *profile, const char *name, const char *value,
			struct error *err);
bool manual_sa_field_check(const struct profile *profile, const char *name, const char *value,
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
