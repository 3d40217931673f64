/* Writing to a file until all is written. */
#ifndef BASE_WRITE_H
#define BASE_WRITE_H

#include <stdbool.h>
#include <stddef.h>

/* Goes on behind what was written and behind a signal. False with errno set. */
bool write_all(int fd, const void *bytes, size_t len);

#endif
