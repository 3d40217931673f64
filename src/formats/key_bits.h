/* How long a key is said to be: the number behind the / that may follow its hexadecimal digits, in
 * ike.preshared as in ipseckeys. */
#ifndef FORMATS_KEY_BITS_H
#define FORMATS_KEY_BITS_H

#include <stdint.h>

enum key_bits {
	KEY_BITS_ALL,      /* as long as its digits are */
	KEY_BITS_TRUNCATE, /* shorter: only so many bits are used */
	KEY_BITS_NONE,     /* 0 */
	KEY_BITS_LARGE,    /* more than the digits have */
	KEY_BITS_BAD       /* not a number */
};

/* Reads the text from P to END, behind the / of a key of DIGITS digits. *BITS is set unless it is
 * KEY_BITS_BAD; what is too large for it is UINT32_MAX. */
enum key_bits key_bits_read(const char *p, const char *end, uint32_t digits, uint32_t *bits);

#endif
