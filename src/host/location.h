/*
 * Where a Solaris or illumos host keeps what in.iked reads: one row a file or folder, with who may
 * own and read it. Paths are those of the host; below a root they stand behind it.
 */
#ifndef HOST_LOCATION_H
#define HOST_LOCATION_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "doc/doc.h"

enum location {
	LOCATION_IKE_CONFIG,
	LOCATION_PRESHARED,
	LOCATION_IPSECINIT,
	LOCATION_IPSECKEYS,
	LOCATION_FILES, /* the ones above are files, the ones below folders */
	LOCATION_IKE = LOCATION_FILES,
	LOCATION_PUBLICKEYS,
	LOCATION_CRLS,
	LOCATION_SECRET,
	LOCATION_PRIVATEKEYS,
	LOCATION_COUNT
};

struct location_info {
	const char *path;
	const char *title;           /* N_() */
	const struct format *format; /* of a file; NULL in a folder */
	const char *rule;            /* the coexistence rule about it */
	const char *setting; /* what a profile calls it: files.SETTING.mode; NULL: not at all */
	const char *share;   /* what it calls it in files.SHARE.ROLE; NULL: nobody keeps it */
	const char *kept_by; /* the rule that says so */
	mode_t mode;         /* what it should have; of a folder its files too, see file_mode */
	mode_t file_mode;    /* of the files in a folder; 0 where nobody says */
	bool secret;         /* nobody but root may look into it */
};

extern const struct location_info locations[LOCATION_COUNT];

/* The folder with a location that another location is in, or LOCATION_COUNT. */
enum location location_parent(enum location location);

/* The file whose format has this name (as in --type), or LOCATION_COUNT. */
enum location location_of_format(const char *format);

#endif
