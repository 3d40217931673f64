/* How the program and its module with OpenSSL find each other. */
#ifndef PKI_MODULE_H
#define PKI_MODULE_H

#include "pki/pki.h"

#define MODULE_FILE   "crypto.so"
#define MODULE_SYMBOL "ikeconsole_crypto"

/*
 * What the module exports under that name: prepares OpenSSL and gives the table, or NULL with ERR
 * set. FATAL_HOOK is run where the module has to end the program.
 */
const struct pki *ikeconsole_crypto(void (*fatal_hook)(void), struct error *err);

#endif
