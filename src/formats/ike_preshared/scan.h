/* Shared by the parts of the reader of ike.preshared(5); nobody else includes this. */
#ifndef FORMATS_IKE_PRESHARED_SCAN_H
#define FORMATS_IKE_PRESHARED_SCAN_H

#include "base/i18n.h"
#include "formats/ike_preshared/file.h"

/* The format's secrets callback: marks every part of RANGE that might belong to a key. */
void preshared_secrets(const struct doc *doc, struct span range,
		       void (*mark)(void *ctx, struct span span), void *ctx);

/*
 * Reads the value of a key field, which is token TOK and of kind TOKEN_WORD or TOKEN_STRING. The
 * key's form is PRESHARED_FORM_NONE afterwards where it was not understood.
 */
void preshared_key_read(const struct doc *doc, uint32_t tok, struct preshared_key *key,
			struct problems *problems);

static inline bool preshared_is_field(const struct token *t)
{
	return t->word != 0 && t->word < PRESHARED_NAME_COUNT;
}

#endif
