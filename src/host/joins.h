/* How the certificates, keys and revocation lists of a host are joined; for certs.c alone. */
#ifndef HOST_JOINS_H
#define HOST_JOINS_H

#include "host/certs.h"

/* Sets which key belongs to which certificate, both ways; both are sorted by their slots' names. */
void joins_keys(struct host_certs *certs);

/* Sets of each certificate the first list that it issued, and its issuer's first list, or the first
 * one that revokes it. */
void joins_crls(struct host_certs *certs);

/* Makes the names by which certificates are found; once the keys are joined. */
void joins_names(struct host_certs *certs);

#endif
