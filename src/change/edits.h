/*
 * What can be changed, as steps of a change: rules, keys and globals.
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

/* Checks one value of a field without changing anything: for forms, as one leaves a field. */
bool rule_field_check(const struct profile *profile, const char *name, const char *value,
		      struct error *err);

bool psk_field_check(const char *name, const char *value, struct error *err);
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
