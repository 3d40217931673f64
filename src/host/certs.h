/*
 * The certificates, private keys and revocation lists of a host: every file of publickeys,
 * ike.privatekeys and crls is a row, whatever is in it, joined with each other.
 */
#ifndef HOST_CERTS_H
#define HOST_CERTS_H

#include <stdbool.h>
#include <stddef.h>

#include "host/file.h"
#include "pki/pki.h"

struct host_slot {
	char *name; /* the file's name */
	char *path; /* below the root */
	struct file_info info;
};

struct host_cert {
	struct host_slot slot;
	struct pki_cert cert;
	size_t key;       /* index of its private key + 1; 0: it is not here */
	size_t crl;       /* index of its issuer's revocation list + 1 */
	size_t issued;    /* index of the first revocation list that it issued + 1 */
	bool revoked;     /* that list names it */
	bool root, trust; /* a cert_root, a cert_trust of ike/config names it */
};

struct host_key {
	struct host_slot slot;
	struct pki_key key;
	size_t cert; /* index of its certificate + 1 */
};

struct host_crl {
	struct host_slot slot;
	struct pki_crl crl;
};

/* A name that a certificate goes by in a selector. */
struct host_name {
	uint8_t kind;    /* enum selector_kind */
	bool keyless;    /* its private key is not here */
	uint32_t cert;   /* index */
	const char *key; /* for comparing, as selector.key; borrowed from the certificate */
};

/* By kind and key alone. */
int host_name_compare(const struct host_name *a, const struct host_name *b);

struct host_certs {
	struct host_cert *certs;
	size_t ncerts, certs_cap;
	struct host_key *keys;
	size_t nkeys, keys_cap;
	struct host_crl *crls;
	size_t ncrls, crls_cap;
	/* Sorted by kind and key; of those that are the same, certificates with a private key come
	 * first, then in the order of the slots. */
	struct host_name *names;
	size_t nnames, names_cap;
	char *missing; /* why nothing could be read: OpenSSL's part of the program is not there;
			  NULL: it is */
};

/* Reads the three folders below ROOT; FOLDERS (by enum location) says then what they are. */
void host_certs_read(struct host_certs *certs, const char *root, struct file_info *folders);
void host_certs_release(struct host_certs *certs);

/*
 * The first certificate that the selector TEXT (a value of local_id, cert_root ..., without its
 * quotes) names, and with it the best: one with a private key goes before one without. Returns its
 * index + 1, or 0. *BAD, unless NULL, is set where the text is no selector.
 */
size_t host_certs_select(const struct host_certs *certs, const char *text, size_t len, bool *bad);

/* Whether a certificate is this host's own: no authority's, and its private key is here. */
bool host_cert_is_own(const struct host_cert *cert);

/*
 * Whether its subject, printable as it is kept, is the same name when it is read back: only then it
 * may be written into a file.
 */
bool host_cert_is_writable(const struct host_cert *cert);

/* The local certificate MDM would take: index + 1 where exactly one is this host's own, else 0. */
size_t host_certs_own(const struct host_certs *certs);

#endif
