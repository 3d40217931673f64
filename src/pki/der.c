#include "config.h"

#include "pki/der.h"

bool der_next(struct der *der, struct der_item *item)
{
	size_t left, count;
	uint64_t len;

	if (der->end - der->p < 2)
		return false;
	item->tag = *der->p++;
	len = *der->p++;
	if (len == 0x80) { /* BER without a length: up to the end */
		len = (uint64_t)(der->end - der->p);
	} else if (len > 0x80) {
		count = len & 0x7f;
		if (count > 8 || count > (size_t)(der->end - der->p))
			return false;
		for (len = 0; count > 0; count--)
			len = len << 8 | *der->p++;
	}
	left = (size_t)(der->end - der->p);
	item->missing = len > left ? len - left : 0;
	item->body.p = der->p;
	der->p += len > left ? left : len;
	item->body.end = der->p;
	return true;
}
