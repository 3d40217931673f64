/*
 * The part that needs OpenSSL: pki.h's table of functions. It is either linked in (open_static.c)
 * or makes up a module of its own (crypto_module.c), which open_module.c loads.
 */
#ifndef PKI_CRYPTO_H
#define PKI_CRYPTO_H

#include <openssl/x509.h>

#include "pki/content.h"

/* Prepares libcrypto and gives the table, or NULL with ERR set. May be called again. */
const struct pki *crypto_open(struct error *err);

/* The functions of the table. */
void crypto_cert_read(const void *bytes, size_t len, struct pki_cert *row);
void crypto_key_read(const void *bytes, size_t len, struct pki_key *row);
void crypto_crl_read(const void *bytes, size_t len, struct pki_crl *row);
bool crypto_cert_signed_by(const void *cert, size_t len, const void *issuer, size_t issuer_len);
bool crypto_crl_signed_by(const void *crl, size_t len, const void *issuer, size_t issuer_len);
void crypto_sha256(const void *bytes, size_t len, unsigned char hash[32]);

/* Decodes a file for the time of a check, or returns NULL. The caller frees it. */
X509 *crypto_cert_decode(const void *bytes, size_t len);

/* Fills ROW, but for its hash where the key cannot be encoded; then returns false. */
bool crypto_pubkey_read(EVP_PKEY *pkey, struct pki_pubkey *row);

/* The algorithm of a key as OpenSSL numbers it. */
enum pki_algorithm crypto_algorithm(int nid);

/* What is in ASN.1, as strings which the caller frees. */
char *crypto_integer(const ASN1_INTEGER *integer);
char *crypto_identifier(const ASN1_OBJECT *object);
char *crypto_signature(const X509_ALGOR *algorithm, int digest);
void crypto_name(const X509_NAME *name, char **text, char **key);

/* Seconds since 1970, or PKI_NO_TIME. */
int64_t crypto_time(const ASN1_TIME *time);

#endif
