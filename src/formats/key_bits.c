#include "config.h"

#include "formats/key_bits.h"

#include <stdbool.h>

static bool parse(const char *p, const char *end, uint32_t *bits)
{
	uint64_t value = 0;

	if (p == end)
		return false;
	for (; p < end; p++) {
		if (*p < '0' || *p > '9')
			return false;
		if (value < UINT32_MAX)
			value = value * 10 + (uint64_t)(*p - '0');
	}
	*bits = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
	return true;
}

enum key_bits key_bits_read(const char *p, const char *end, uint32_t digits, uint32_t *bits)
{
	if (!parse(p, end, bits))
		return KEY_BITS_BAD;
	if (*bits == 0)
		return KEY_BITS_NONE;
	if (*bits > digits * 4)
		return KEY_BITS_LARGE;
	return *bits < digits * 4 ? KEY_BITS_TRUNCATE : KEY_BITS_ALL;
}
