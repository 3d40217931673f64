/*
 * Memory for secrets: preshared keys and the files that hold them.
 *
 * Such memory is kept out of core dumps and, where the limits allow it, out of swap; it is
 * overwritten before it goes back. What lies in it is shown as a length and a fingerprint only.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stddef.h>

/* Overwrites LEN bytes in a way that the compiler does not take out. */
void secret_wipe(void *bytes, size_t len);

/*
 * Room for SIZE bytes, zeroed. Give it back with secret_free and the same SIZE, which clears the
 * processor's registers too of what was last moved through them.
 */
void *secret_alloc(size_t size) __attribute__((returns_nonnull));
void secret_free(void *bytes, size_t size);

/* Keeps this process out of core dumps and away from other processes' eyes. */
void secret_protect_process(void);

#endif
