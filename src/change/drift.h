/* Whether somebody else has changed what was loaded: told by the content, and where nothing looks
 * different without reading it. */
#ifndef CHANGE_DRIFT_H
#define CHANGE_DRIFT_H

#include "change/change.h"

struct drift {
	size_t count;        /* files and folders that are not as they were loaded */
	enum location first; /* of them, where there are any */
};

/*
 * Compares the files of CHANGE's host, with modes and owners, and its folders of certificates,
 * private keys and revocation lists, with what was loaded. Writes nothing and takes no lock.
 */
void drift_find(struct change *change, struct drift *drift);

#endif
