/* What each repair makes of a text, to the byte; and texts whose mistakes have none. */
#ifndef TESTS_UNIT_REPAIR_SAMPLES_H
#define TESTS_UNIT_REPAIR_SAMPLES_H

#include "host/location.h"
#include "lint/profile.h"

struct repair_sample {
	const char *name;
	const char *id;     /* of the findings that are repaired */
	const char *before; /* the file; its findings have that id */
	const char *after;  /* NULL: there is no repair */
	enum location location;
	bool mdm;  /* in profile mdm-ssm; otherwise in solaris */
	bool tree; /* on a host with one certificate of its own and no revocation list */
	enum role role;
	enum dialect dialect; /* DIALECT_COUNT: the profile's */
};

extern const struct repair_sample repair_samples[];
extern const size_t repair_sample_count;

/* The name of that host's certificate as it is written, in quotes. */
#define SAMPLE_SUBJECT                                                                             \
	"\"CN=SSM0 47.154.135.86, ST=North Carolina, C=US, L=Research Triangle Park, O=Security, " \
	"OU=3X20\""

#endif
