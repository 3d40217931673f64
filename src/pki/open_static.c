#include "config.h"

#include "pki/pki.h"

#include "pki/crypto.h"

const struct pki *pki_open(struct error *err)
{
	return crypto_open(err);
}
