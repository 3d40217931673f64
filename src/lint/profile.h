/*
 * Profiles and roles: policy kept as data (data/profiles/NAME.ini).
 *
 * "mdm-ssm" is the agreement between MDM and SSM; "solaris" keeps only what in.iked itself demands
 * and explains every key. A site derives its own from either with inherits=.
 *
 * What is asked for often stands in the struct; everything else is asked for by its key
 * ("limits.oakley_group").
 */
#ifndef LINT_PROFILE_H
#define LINT_PROFILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "formats/dialect.h"
#include "lint/finding.h"

/* Who the program acts as in this run. */
enum role { ROLE_ADMIN, ROLE_SSM, ROLE_MDM };

const char *role_name(enum role role);
bool role_parse(const char *name, enum role *role);

/* What a role may do with an item. */
enum share {
	SHARE_OWN,  /* add, change and remove it */
	SHARE_KEEP, /* never touch it */
	SHARE_ADD,  /* add it where it is absent; what is there is kept */
	SHARE_FORCE /* write this value at every save */
};

struct profile_setting {
	char *key; /* section.key */
	char *value;
};

struct profile {
	char *name;
	char *title;
	enum dialect dialect;
	bool coexistence;      /* MDM and SSM share the host: the COEX rules hold */
	uint32_t nonce_len;    /* p1_nonce_len that is forced; 0: none is (COEX-G1) */
	uint32_t p1_lifetime;  /* forced in each MDM rule's transform; 0: none is (COEX-R8) */
	uint32_t lifetime_min; /* of an MDM rule and of the file; 0: no limit */
	uint32_t lifetime_max;
	struct profile_setting *settings; /* sorted by key */
	size_t nsettings, settings_cap;
};

/*
 * Reads the profile NAME: a file NAME.ini in DIR, or the file itself where NAME holds a slash, and
 * those it inherits from. NULL with ERR where it is not there or says something that is not
 * understood: file and line are named.
 */
struct profile *profile_load(const char *dir, const char *name, struct error *err);
void profile_free(struct profile *profile);

/* The value of "section.key", or NULL where there is none or it is empty. Borrowed. */
const char *profile_get(const struct profile *profile, const char *key);

/* The value as a number, or FALLBACK. */
uint32_t profile_number(const struct profile *profile, const char *key, uint32_t fallback);

/* Whether ITEM is in the list "section.key"; true where there is no such list and so no limit. */
bool profile_allows(const struct profile *profile, const char *key, const char *item);

/*
 * What ROLE may do with ITEM of SECTION ("globals", "p1_nonce_len"); *VALUE, unless NULL, is the
 * value that is added or forced, or NULL. For admin a force of either role holds, everything else
 * is its own.
 */
enum share profile_share(const struct profile *profile, enum role role, const char *section,
			 const char *item, const char **value);

/* How grave the findings of a check are, or FALLBACK where the profile does not say. */
enum severity profile_severity(const struct profile *profile, const char *id,
			       enum severity fallback);

#endif
