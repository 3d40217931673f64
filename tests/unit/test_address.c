#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/address.h"
#include "base/xalloc.h"

static struct ip_range range_of(const char *text)
{
	struct ip_range range = { 0 };

	cr_assert_eq(ip_range_parse(text, strlen(text), &range), IP_OK, "%s", text);
	return range;
}

/* What is read and how it is written again; NULL: the same. */
Test(address, forms)
{
	static const struct {
		const char *text, *printed;
		enum ip_form form;
		unsigned prefix;
		bool host_bits;
	} cases[] = {
		{ "0.0.0.0", NULL, IP_HOST, 32, false },
		{ "255.255.255.255", NULL, IP_HOST, 32, false },
		{ "192.0.2.1", NULL, IP_HOST, 32, false },
		{ "::", NULL, IP_HOST, 128, false },
		{ "2001:DB8:0:0::1", "2001:db8::1", IP_HOST, 128, false },
		{ "::ffff:192.0.2.1", NULL, IP_HOST, 128, false },
		{ "1:2:3:4:5:6:7:8", NULL, IP_HOST, 128, false },
		{ "0.0.0.0/0", NULL, IP_PREFIX, 0, false },
		{ "192.0.2.0/24", NULL, IP_PREFIX, 24, false },
		{ "192.0.2.7/24", "192.0.2.0/24", IP_PREFIX, 24, true },
		{ "192.0.2.7/32", NULL, IP_PREFIX, 32, false },
		{ "255.255.255.255/1", "128.0.0.0/1", IP_PREFIX, 1, true },
		{ "192.0.2.0/0x18", "192.0.2.0/24", IP_PREFIX, 24, false },
		{ "192.0.2.0/0X18", "192.0.2.0/24", IP_PREFIX, 24, false },
		{ "192.0.2.0/030", "192.0.2.0/24", IP_PREFIX, 24, false },
		{ "::/0", NULL, IP_PREFIX, 0, false },
		{ "2001:db8::/63", NULL, IP_PREFIX, 63, false },
		{ "2001:db8::/64", NULL, IP_PREFIX, 64, false },
		{ "2001:db8::1/64", "2001:db8::/64", IP_PREFIX, 64, true },
		{ "2001:db8::1/127", "2001:db8::/127", IP_PREFIX, 127, true },
		{ "2001:db8::1/0x80", "2001:db8::1/128", IP_PREFIX, 128, false },
		{ "192.0.2.0/255.255.255.0", "192.0.2.0/24", IP_MASK, 24, false },
		{ "192.0.2.9/255.255.255.255", "192.0.2.9/32", IP_MASK, 32, false },
		{ "0.0.0.0/0.0.0.0", "0.0.0.0/0", IP_MASK, 0, false },
		{ "2001:db8::/ffff:ffff::", "2001:db8::/32", IP_MASK, 32, false },
		{ "192.0.2.1-192.0.2.1", NULL, IP_RANGE, 32, false },
		{ "192.0.2.1-192.0.2.9", NULL, IP_RANGE, 32, false },
		{ "0.0.0.0-255.255.255.255", NULL, IP_RANGE, 32, false },
		{ "2001:db8::1-2001:db8::ffff", NULL, IP_RANGE, 128, false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_range range = range_of(cases[i].text);
		const char *printed = cases[i].printed != NULL ? cases[i].printed : cases[i].text;
		struct strbuf sb = STRBUF_INIT;

		ip_range_print(&sb, &range);
		cr_expect_str_eq(sb.buf, printed, "%s: %s", cases[i].text, sb.buf);
		cr_expect_eq(range.form, cases[i].form, "%s", cases[i].text);
		cr_expect_eq(range.prefix, cases[i].prefix, "%s", cases[i].text);
		cr_expect_eq(range.host_bits, cases[i].host_bits, "%s", cases[i].text);
		cr_expect_eq(range.family, strchr(cases[i].text, ':') != NULL ? IP_V6 : IP_V4);
		cr_expect(ip_compare(range.first, range.last) <= 0, "%s", cases[i].text);
		strbuf_release(&sb);
	}
}

Test(address, errors)
{
	static const struct {
		const char *text;
		enum ip_error error;
	} cases[] = {
		{ "", IP_ERROR_NAME },
		{ "localhost", IP_ERROR_NAME },
		{ "my-host.example", IP_ERROR_NAME },
		{ "192.0.2", IP_ERROR_NAME },
		{ "192.0.2.1.", IP_ERROR_NAME },
		{ "192.0.2.1.1", IP_ERROR_NAME },
		{ "192.0.2.256", IP_ERROR_NAME },
		{ "192.0.2.0001", IP_ERROR_NAME },
		{ "192.0.2.01", IP_ERROR_NAME },
		{ "192.0..1", IP_ERROR_NAME },
		{ "0x7f.0.0.1", IP_ERROR_NAME },
		{ "192.0.2.1 ", IP_ERROR_NAME },
		{ "-192.0.2.1", IP_ERROR_NAME },
		{ "/24", IP_ERROR_NAME },
		{ ":", IP_ERROR_NAME },
		{ ":::", IP_ERROR_NAME },
		{ "2001:db8::1::2", IP_ERROR_NAME },
		{ "2001:db8::12345", IP_ERROR_NAME },
		{ "1:2:3:4:5:6:7:8:9", IP_ERROR_NAME },
		{ "::1.2.3.256", IP_ERROR_NAME },
		{ "0000000000000000000000000000000000000000000000000::1", IP_ERROR_NAME },
		{ "fe80::1%net0", IP_ERROR_SCOPE },
		{ "fe80::1%net0/64", IP_ERROR_SCOPE },
		{ "192.0.2.0/", IP_ERROR_PREFIX },
		{ "192.0.2.0/33", IP_ERROR_PREFIX },
		{ "192.0.2.0/-1", IP_ERROR_PREFIX },
		{ "192.0.2.0/+1", IP_ERROR_PREFIX },
		{ "192.0.2.0/24x", IP_ERROR_PREFIX },
		{ "192.0.2.0/2 4", IP_ERROR_PREFIX },
		{ "192.0.2.0/08", IP_ERROR_PREFIX },
		{ "192.0.2.0/0x", IP_ERROR_PREFIX },
		{ "192.0.2.0/0xg", IP_ERROR_PREFIX },
		{ "192.0.2.0/4294967320", IP_ERROR_PREFIX },
		{ "192.0.2.0/24/24", IP_ERROR_PREFIX },
		{ "192.0.2.0/24-192.0.2.9", IP_ERROR_PREFIX },
		{ "2001:db8::/129", IP_ERROR_PREFIX },
		{ "192.0.2.0/255.0.255.0", IP_ERROR_MASK },
		{ "192.0.2.0/0.0.0.255", IP_ERROR_MASK },
		{ "192.0.2.0/0.0.0.1", IP_ERROR_MASK },
		{ "2001:db8::/ffff:0:ffff::", IP_ERROR_MASK },
		{ "192.0.2.9-192.0.2.1", IP_ERROR_ORDER },
		{ "2001:db8::1:0:0:0-2001:db8::ffff", IP_ERROR_ORDER },
		{ "192.0.2.0/ffff::", IP_ERROR_FAMILIES },
		{ "2001:db8::/255.255.255.0", IP_ERROR_FAMILIES },
		{ "192.0.2.1-2001:db8::1", IP_ERROR_FAMILIES },
		{ "2001:db8::1-192.0.2.1", IP_ERROR_FAMILIES },
		{ "192.0.2.1-", IP_ERROR_NAME },
		{ "192.0.2.1-9", IP_ERROR_NAME },
		{ "192.0.2.1-192.0.2.9/24", IP_ERROR_NAME },
		{ "192.0.2.1-fe80::1%net0", IP_ERROR_SCOPE },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_range range = { .prefix = 77 };
		enum ip_error error = ip_range_parse(cases[i].text, strlen(cases[i].text), &range);

		cr_expect_eq(error, cases[i].error, "'%s': %d, not %d", cases[i].text, error,
			     cases[i].error);
		cr_expect_eq(range.prefix, 77, "'%s' must not set the range", cases[i].text);
	}
}

Test(address, text_is_not_terminated)
{
	struct ip_range range;

	cr_expect_eq(ip_range_parse("192.0.2.19", 9, &range), IP_OK);
	cr_expect_eq(range.first.low, 0xc0000201u);
	cr_expect_eq(ip_range_parse("2001:db8::1/644", 14, &range), IP_OK);
	cr_expect_eq(range.prefix, 64);
	cr_expect_eq(ip_range_parse("::1\0::2", 7, &range), IP_ERROR_NAME);
	cr_expect_eq(ip_range_parse("1.2.3.4\0", 8, &range), IP_ERROR_NAME);
	cr_expect_eq(ip_range_parse("1.2.3.4/2\0", 10, &range), IP_ERROR_PREFIX);
}

/* Whether A covers B, B covers A, and whether they overlap. */
Test(address, covers_and_overlaps)
{
	static const struct {
		const char *a, *b;
		bool a_covers, b_covers, overlap;
	} cases[] = {
		{ "192.0.2.1", "192.0.2.1", true, true, true },
		{ "192.0.2.1", "192.0.2.2", false, false, false },
		{ "192.0.2.0/24", "192.0.2.255", true, false, true },
		{ "192.0.2.0/24", "192.0.3.0", false, false, false },
		{ "192.0.2.0/24", "192.0.1.255", false, false, false },
		{ "192.0.2.9/24", "192.0.2.0/255.255.255.0", true, true, true },
		{ "192.0.2.0/24", "192.0.2.128/25", true, false, true },
		{ "192.0.2.1-192.0.2.9", "192.0.2.9-192.0.2.20", false, false, true },
		{ "192.0.2.1-192.0.2.8", "192.0.2.9-192.0.2.20", false, false, false },
		{ "0.0.0.0/0", "255.255.255.255", true, false, true },
		{ "0.0.0.0/0", "::/0", false, false, false },
		{ "::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true, false, true },
		{ "2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", true, false, true },
		{ "2001:db8::/32", "2001:db9::", false, false, false },
		{ "2001:db8::/64", "2001:db8:0:0:8000::/65", true, false, true },
		{ "2001:db8::/64", "2001:db8:0:1::", false, false, false },
		{ "::ffff:192.0.2.1", "192.0.2.1", false, false, false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_range a = range_of(cases[i].a), b = range_of(cases[i].b);

		cr_expect_eq(ip_range_covers(&a, &b), cases[i].a_covers, "%s covers %s", cases[i].a,
			     cases[i].b);
		cr_expect_eq(ip_range_covers(&b, &a), cases[i].b_covers, "%s covers %s", cases[i].b,
			     cases[i].a);
		cr_expect_eq(ip_range_overlaps(&a, &b), cases[i].overlap, "%s and %s", cases[i].a,
			     cases[i].b);
		cr_expect_eq(ip_range_overlaps(&b, &a), cases[i].overlap, "%s and %s", cases[i].b,
			     cases[i].a);
	}
}

Test(address, special_addresses)
{
	static const struct {
		const char *text;
		bool multicast, v4_in_v6;
	} cases[] = {
		{ "223.255.255.255", false, false },
		{ "224.0.0.0", true, false },
		{ "239.255.255.255", true, false },
		{ "240.0.0.0", false, false },
		{ "224.0.0.0/4", true, false },
		{ "0.0.0.0/0", false, false },
		{ "ff02::1", true, false },
		{ "feff::1", false, false },
		{ "ff00::/8", true, false },
		{ "::", false, false },
		{ "::1", false, false },
		{ "::2", false, true },
		{ "::192.0.2.1", false, true },
		{ "::ffff:192.0.2.1", false, true },
		{ "::fffe:192.0.2.1", false, false },
		{ "64:ff9b::192.0.2.1", false, false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_range range = range_of(cases[i].text);

		cr_expect_eq(ip_is_multicast(&range), cases[i].multicast, "%s", cases[i].text);
		cr_expect_eq(ip_is_v4_in_v6(&range), cases[i].v4_in_v6, "%s", cases[i].text);
		cr_expect_eq(ip_range_is_host(&range), strchr(cases[i].text, '/') == NULL, "%s",
			     cases[i].text);
	}
}

Test(address, numbers_are_compared_high_part_first)
{
	struct ip low = { 0, UINT64_MAX }, high = { 1, 0 };

	cr_expect(ip_compare(low, high) < 0);
	cr_expect(ip_compare(high, low) > 0);
	cr_expect_eq(ip_compare(low, low), 0);
}
