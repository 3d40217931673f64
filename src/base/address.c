#include "config.h"

#include "base/address.h"

#include <arpa/inet.h>
#include <string.h>

static bool parse_v4(const char *text, size_t len, struct ip *ip)
{
	const char *end = text + len;
	uint32_t value = 0;
	int part;

	for (part = 0; part < 4; part++) {
		unsigned number = 0, digit;
		const char *start = text;

		for (; text < end && (digit = (unsigned char)*text - (unsigned)'0') <= 9; text++) {
			number = number * 10 + digit;
			if (number > 255)
				return false;
		}
		if (text == start || (text - start > 1 && *start == '0'))
			return false;
		value = value << 8 | number;
		if (part < 3 && (text == end || *text++ != '.'))
			return false;
	}
	if (text != end)
		return false;
	*ip = (struct ip){ 0, value };
	return true;
}

static bool parse_v6(const char *text, size_t len, struct ip *ip)
{
	char copy[INET6_ADDRSTRLEN];
	unsigned char bytes[16];
	int i;

	if (len >= sizeof copy)
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	if (strlen(copy) != len || inet_pton(AF_INET6, copy, bytes) != 1)
		return false;
	*ip = (struct ip){ 0, 0 };
	for (i = 0; i < 8; i++) {
		ip->high = ip->high << 8 | bytes[i];
		ip->low = ip->low << 8 | bytes[i + 8];
	}
	return true;
}

enum ip_error ip_parse(const char *text, size_t len, struct ip *ip, enum ip_family *family)
{
	if (memchr(text, ':', len) == NULL) {
		*family = IP_V4;
		return parse_v4(text, len, ip) ? IP_OK : IP_ERROR_NAME;
	}
	*family = IP_V6;
	if (parse_v6(text, len, ip))
		return IP_OK;
	return memchr(text, '%', len) != NULL ? IP_ERROR_SCOPE : IP_ERROR_NAME;
}

int ip_compare(struct ip a, struct ip b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	return a.low < b.low ? -1 : a.low > b.low;
}

/* The address with all bits behind the first PREFIX set or cleared. */
static struct ip fill(struct ip ip, unsigned prefix, enum ip_family family, bool ones)
{
	struct ip mask;

	if (family == IP_V4)
		mask = (struct ip){ 0, prefix >= 32 ? 0 : 0xffffffffu >> prefix };
	else if (prefix < 64)
		mask = (struct ip){ prefix == 0 ? UINT64_MAX : UINT64_MAX >> prefix, UINT64_MAX };
	else
		mask = (struct ip){ 0, prefix >= 128 ? 0 : UINT64_MAX >> (prefix - 64) };
	if (ones)
		return (struct ip){ ip.high | mask.high, ip.low | mask.low };
	return (struct ip){ ip.high & ~mask.high, ip.low & ~mask.low };
}

static unsigned family_bits(enum ip_family family)
{
	return family == IP_V4 ? 32 : 128;
}

struct ip_range ip_range_of(struct ip ip, enum ip_family family)
{
	return (struct ip_range){ .family = (uint8_t)family,
				  .form = IP_HOST,
				  .prefix = (uint8_t)family_bits(family),
				  .first = ip,
				  .last = ip };
}

enum ip_error ip_range_set_prefix(struct ip_range *range, unsigned prefix)
{
	struct ip ip = range->first;

	if (prefix > family_bits(range->family))
		return IP_ERROR_PREFIX;
	range->form = IP_PREFIX;
	range->prefix = (uint8_t)prefix;
	range->first = fill(ip, prefix, range->family, false);
	range->last = fill(ip, prefix, range->family, true);
	range->host_bits = ip_compare(ip, range->first) != 0;
	return IP_OK;
}

/* A prefix length is a number in C notation, as all numbers of ike.config(5) are. */
static bool parse_prefix(const char *text, size_t len, unsigned *prefix)
{
	unsigned base = 10, value = 0;
	size_t i = 0;

	if (len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		base = 16;
		i = 2;
	} else if (len > 1 && text[0] == '0') {
		base = 8;
		i = 1;
	}
	if (i == len || len > 8)
		return false;
	for (; i < len; i++) {
		const char *digits = "0123456789abcdef", *digit;
		char c = text[i];

		if (c >= 'A' && c <= 'F')
			c = (char)(c - 'A' + 'a');
		digit = c != '\0' ? strchr(digits, c) : NULL;
		if (digit == NULL || (unsigned)(digit - digits) >= base)
			return false;
		value = value * base + (unsigned)(digit - digits);
	}
	*prefix = value;
	return true;
}

static enum ip_error parse_mask(const char *text, size_t len, struct ip_range *range)
{
	enum ip_family family;
	unsigned prefix;
	struct ip mask;

	if (ip_parse(text, len, &mask, &family) != IP_OK)
		return IP_ERROR_PREFIX;
	if (family != range->family)
		return IP_ERROR_FAMILIES;
	for (prefix = 0; prefix <= family_bits(family); prefix++) {
		struct ip all = fill((struct ip){ 0, 0 }, 0, family, true);

		if (ip_compare(fill(all, prefix, family, false), mask) == 0) {
			ip_range_set_prefix(range, prefix);
			range->form = IP_MASK;
			return IP_OK;
		}
	}
	return IP_ERROR_MASK;
}

enum ip_error ip_range_parse(const char *text, size_t len, struct ip_range *range)
{
	const char *slash, *dash;
	size_t first;
	enum ip_family family;
	struct ip_range r = { 0 };
	enum ip_error error;

	if (parse_v4(text, len, &r.first)) { /* nearly all are */
		*range = ip_range_of(r.first, IP_V4);
		return IP_OK;
	}
	slash = memchr(text, '/', len);
	first = slash != NULL ? (size_t)(slash - text) : len;
	dash = slash == NULL ? memchr(text, '-', len) : NULL;
	if (dash != NULL)
		first = (size_t)(dash - text);
	error = ip_parse(text, first, &r.first, &family);
	if (error != IP_OK)
		return error;
	r = ip_range_of(r.first, family);
	if (slash != NULL) {
		const char *rest = slash + 1;
		size_t rest_len = len - first - 1;
		unsigned prefix;

		if (parse_prefix(rest, rest_len, &prefix))
			error = ip_range_set_prefix(&r, prefix);
		else
			error = parse_mask(rest, rest_len, &r);
	} else if (dash != NULL) {
		enum ip_family other;

		r.form = IP_RANGE;
		error = ip_parse(dash + 1, len - first - 1, &r.last, &other);
		if (error == IP_OK && other != family)
			error = IP_ERROR_FAMILIES;
		else if (error == IP_OK && ip_compare(r.first, r.last) > 0)
			error = IP_ERROR_ORDER;
	}
	if (error == IP_OK)
		*range = r;
	return error;
}

bool ip_range_overlaps(const struct ip_range *a, const struct ip_range *b)
{
	return a->family == b->family && ip_compare(a->first, b->last) <= 0 &&
	       ip_compare(b->first, a->last) <= 0;
}

bool ip_range_covers(const struct ip_range *outer, const struct ip_range *inner)
{
	return outer->family == inner->family && ip_compare(outer->first, inner->first) <= 0 &&
	       ip_compare(outer->last, inner->last) >= 0;
}

bool ip_is_multicast(const struct ip_range *r)
{
	if (r->family == IP_V4)
		return r->last.low >= 0xe0000000u && r->first.low <= 0xefffffffu &&
		       r->first.low >= 0xe0000000u;
	return r->first.high >> 56 == 0xff;
}

bool ip_is_v4_in_v6(const struct ip_range *r)
{
	uint64_t top = r->first.low >> 32;

	return r->family == IP_V6 && r->first.high == 0 &&
	       (top == 0xffff || (top == 0 && r->first.low > 1));
}

bool ip_is_mapped(const struct ip_range *r)
{
	return r->family == IP_V6 && r->first.high == 0 && r->last.high == 0 &&
	       r->first.low >> 32 == 0xffff && r->last.low >> 32 == 0xffff;
}

void ip_print(struct strbuf *sb, struct ip ip, enum ip_family family)
{
	char text[INET6_ADDRSTRLEN];
	unsigned char bytes[16];
	int i;

	if (family == IP_V4) {
		uint32_t v = (uint32_t)ip.low;

		strbuf_addf(sb, "%u.%u.%u.%u", v >> 24, v >> 16 & 255, v >> 8 & 255, v & 255);
		return;
	}
	for (i = 0; i < 8; i++) {
		bytes[i] = (unsigned char)(ip.high >> (56 - 8 * i));
		bytes[i + 8] = (unsigned char)(ip.low >> (56 - 8 * i));
	}
	if (inet_ntop(AF_INET6, bytes, text, sizeof text) != NULL)
		strbuf_addstr(sb, text);
}

void ip_range_print(struct strbuf *sb, const struct ip_range *r)
{
	ip_print(sb, r->first, r->family);
	if (r->form == IP_PREFIX || r->form == IP_MASK) {
		strbuf_addf(sb, "/%u", r->prefix);
	} else if (r->form == IP_RANGE) {
		strbuf_addch(sb, '-');
		ip_print(sb, r->last, r->family);
	}
}
