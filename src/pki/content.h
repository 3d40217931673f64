/*
 * The content of a file as DER: which form it has, where the object begins, and what it seems to
 * be. Works on bytes alone, needs no OpenSSL, and never fails.
 */
#ifndef PKI_CONTENT_H
#define PKI_CONTENT_H

#include "pki/pki.h"

struct content {
	struct pki_head head;     /* PKI_OK: DER may be decoded */
	const unsigned char *der; /* into the file's bytes, or into ROOM */
	size_t len;
	unsigned char *room; /* memory for secrets, of ROOM_SIZE bytes; NULL for DER */
	size_t room_size;
};

/*
 * Looks for a KIND in the LEN bytes of a file. The bytes are borrowed as long as CONTENT is used;
 * release it with content_release, which wipes what was decoded.
 */
void content_open(struct content *content, enum pki_kind kind, const void *bytes, size_t len);
void content_release(struct content *content);

/* What DER is by its structure, which may be cut off. */
enum pki_content content_sniff(const unsigned char *der, size_t len);

#endif
