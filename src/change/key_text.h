/* Keys as the files have them; more of it, for those outside, is in change/edits.h. */
#ifndef CHANGE_KEY_TEXT_H
#define CHANGE_KEY_TEXT_H

#include "base/blob.h"

/* The bytes as hexadecimal digits, in memory for secrets; the caller releases it. */
struct blob key_digits(const unsigned char *bytes, size_t len);

#endif
