/* Letters without their case, for comparing names; the same in every locale. */
#ifndef PKI_FOLD_H
#define PKI_FOLD_H

#include <stddef.h>

#include "base/strbuf.h"

/*
 * Adds LEN bytes of UTF-8 in lower case: Latin, Greek and Cyrillic letters. Bytes that are no UTF-8
 * are kept.
 */
void fold_add(struct strbuf *sb, const char *bytes, size_t len);

#endif
