#include "config.h"

#include "pki/module.h"

#include "base/fatal.h"
#include "pki/crypto.h"

/* The only symbol that the module shows. */
__attribute__((visibility("default"))) const struct pki *ikeconsole_crypto(void (*fatal_hook)(void),
									   struct error *err)
{
	fatal_set_hook(fatal_hook);
	return crypto_open(err);
}
