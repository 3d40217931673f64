/* Blocks between -----BEGIN LABEL----- and -----END LABEL----- in a text (RFC 7468 and older). */
#ifndef PKI_PEM_H
#define PKI_PEM_H

#include <stdbool.h>
#include <stddef.h>

struct pem_block {
	const char *label; /* not terminated */
	size_t label_len;
	const char *start; /* of the BEGIN line */
	const char *body;  /* the base64 lines, behind any headers */
	size_t body_len;
	const char *end; /* behind the END line */
	bool encrypted;  /* a header says so */
	bool closed;     /* it has its END line; otherwise it reaches to the end of the text */
};

/* The first block in the LEN bytes of TEXT. False where there is none. */
bool pem_next(const char *text, size_t len, struct pem_block *block);

/*
 * Decodes the block's base64 into OUT, which has room for body_len bytes. Returns false where it
 * is not base64, and sets *OUT_LEN.
 */
bool pem_decode(const struct pem_block *block, unsigned char *out, size_t *out_len);

#endif
