/*
 * One element of DER after the other, as far as it takes to tell what a file holds. A length that
 * reaches beyond the bytes that are there is cut to them: a file that was cut off is still told.
 */
#ifndef PKI_DER_H
#define PKI_DER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum der_tag {
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OCTET_STRING = 0x04,
	DER_OID = 0x06,
	DER_UTC_TIME = 0x17,
	DER_GENERAL_TIME = 0x18,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONTEXT_0 = 0xa0
};

struct der {
	const unsigned char *p, *end;
};

struct der_item {
	unsigned tag;
	struct der body;
	uint64_t missing; /* bytes that its length promises and that are not there */
};

/* Reads the next element and steps behind it. False where there is none, or none with a length. */
bool der_next(struct der *der, struct der_item *item);

#endif
