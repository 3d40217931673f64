#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/xalloc.h"
#include "formats/ike_preshared/file.h"
#include "tests/tools/projection.h"
#include "tests/unit/samples.h"

#define I "localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 192.0.2.2"
#define K "key 00112233445566778899aabbccddeeff"

static struct doc *read_string(const char *text)
{
	return sample_read(&preshared_format, text, strlen(text));
}

/* One sample a line. */
/* clang-format off */
static const struct sample reference_samples[] = {
	{ "P01", "{\n " I "\n " K "\n}", "" },
	{ "P02", "{ " I " " K " }", "" },
	{ "P03", "{LocalIDType ip localid 192.0.2.1 REMOTEIDTYPE Ip remoteid 192.0.2.2\n" K "\n}",
	  "" },
	{ "P04", "{ localid 192.0.2.1 remoteid 192.0.2.2 " K " }",
	  "ID_TYPE_MISSING ID_TYPE_MISSING" },
	{ "P05", "{ " I " }", "MISSING" },
	{ "P06", "{ " I " " K "}", "GLUED_CLOSE" },
	{ "P07", "{ " I " " K " } { localid 192.0.2.1 remoteid 192.0.2.3 " K " }",
	  "OPEN_AFTER_CLOSE" },
	{ "P08", "{ " I " " K " " K " }", "REPEATED" },
	{ "P09", "{ localidtype IP localid myhost remoteidtype IP remoteid 192.0.2.2 " K " }",
	  "ADDRESS_NAME" },
	{ "P10", "{ localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 2001:db8::2 " K " }",
	  "IPV6 FAMILIES" },
	{ "P11",
	  "{ localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 198.51.100.0/24 " K " }",
	  "PREFIX_ID" },
	{ "P12",
	  "{ localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 198.51.100.0/33 " K " }",
	  "ADDRESS_PREFIX" },
	{ "P13",
	  "{ localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 198.51.100.0/255.255.255.0 " K
	  " }",
	  "ADDRESS_MASK" },
	{ "P14", "{ " I " key abc }", "KEY_ODD KEY_SHORT_64" },
	{ "P15", "{ " I " key 00112233445566778899aabbccddeeff/128 }", "" },
	{ "P16", "{ " I " key 0011223344556677/128 }", "KEY_BITS_TOO_LARGE" },
	{ "P17", "{ " I " key 00112233445566778899aabbccddeeff/64 }",
	  "KEY_BITS_TRUNCATE KEY_SHORT_128" },
	{ "P18", "{ " I " key 0x00112233445566778899aabbccddeeff }", "KEY_0X" },
	{ "P19", "{ " I " key \"two words # and } brace \\\"q\\\"\"\n}", "KEY_ASCII" },
	{ "P20", "{ " I " key \"ab\" }", "KEY_ASCII_SHORT" },
	{ "P21", "{ " I " key \"abcdefgh\n}", "KEY_UNTERMINATED" },
	{ "P22", "{ " I " key \"abcdefgh\\\\\" }", "KEY_BACKSLASH_END" },
	{ "P22b", "{ " I " key \"abcdefgh\\\\\"\n}", "KEY_ASCII KEY_SHORT_128" },
	{ "P23", "{ " I " key correct-horse }", "KEY_NOT_HEX" },
	{ "P24", "{ " I " ike_mode main " K " }", "" },
	{ "P24b", "{ " I " ike_mode aggressive " K " }", "MODE" },
	{ "P24c", "{ " I " ike_mode both " K " }", "MODE" },
	{ "P25", "  # note\n{ " I " " K "\n}", "COMMENT_NOT_COLUMN_1" },
	{ "P26", "// note\n{ " I " " K " }", "SLASH_COMMENT" },
	{ "P27", "{ " I " " K " }\n{ " I " key ffeeddccbbaa99887766554433221100 }", "" },
	{ "P28",
	  "{ localidtype IP localid 192.0.2.0/24 remoteidtype IP remoteid 198.51.100.0/24 " K " }\n"
	  "{ localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 198.51.100.7 " K " }",
	  "PREFIX_ID PREFIX_ID" },
	{ "P29", "{ localidtype IP localid 224.0.0.1 remoteidtype IP remoteid 192.0.2.2 " K " }",
	  "ADDRESS_MULTICAST" },
	{ "P30",
	  "{ localidtype fqdn localid a.example remoteidtype fqdn remoteid b.example " K " }",
	  "ID_TYPE_UNSUPPORTED ID_TYPE_UNSUPPORTED" },
	{ "P31", "{\r\n " I "\r\n " K "\r\n}\r\n", "CRLF" },
	{ "P32", "{ " I " " K, "UNCLOSED" },
	{ "P33", "", "" },
	{ "P33b", "# one\n#two\n\n   \n\t\n#\n", "" },
};

/* What no row of the reference has: every other problem, and what is right although it looks odd.
 */
static const struct sample more_samples[] = {
	{ "byte order mark", "\xef\xbb\xbf{ " I " " K " }", "BOM" },
	{ "byte order mark before a comment", "\xef\xbb\xbf# note\n", "BOM" },
	{ "CRLF behind the line's own", "foo\r\n", "OUTSIDE CRLF" },
	{ "CRLF once", "# a\r\n# b\r\n", "CRLF" },
	{ "a lone CR belongs to its word", "{ " I "\r" K " }", "MISSING ADDRESS_NAME UNKNOWN" },
	{ "high byte", "{ " I " key \"caf\xc3\xa9 au lait, please\" }", "HIGH_BYTE" },
	{ "high byte in a comment", "# caf\xc3\xa9\n", "" },
	{ "slashes inside", "{ " I " // key 00112233\n" K " }", "SLASH_COMMENT" },
	{ "slashes as a key", "{ " I " key // }", "KEY_NOT_HEX" },
	{ "slashes, then text", "// note\nfoo bar\n{ " I " " K " }", "SLASH_COMMENT OUTSIDE" },
	{ "text before", "foo bar\nbaz { " I " " K " }", "OUTSIDE" },
	{ "text between", "{ " I " " K " }\nfoo\n{ " I " " K " }", "OUTSIDE" },
	{ "no opening brace", I " " K "\n}\n{ " I " " K " }", "OUTSIDE" },
	{ "stray brace", "{ " I " " K " }\n}\n}", "STRAY_CLOSE STRAY_CLOSE" },
	{ "} { over lines", "{ " I " " K " } {\n" I "\n" K "\n}\n{ " I " " K " }",
	  "OPEN_AFTER_CLOSE" },
	{ "text behind }", "{ " I " " K " } foo { bar", "TEXT_AFTER_CLOSE" },
	{ "comment behind }", "{ " I " " K " } # note", "COMMENT_NOT_COLUMN_1" },
	{ "comment glued to }", "{ " I " " K " }# note", "COMMENT_NOT_COLUMN_1" },
	{ "blanks behind }", "{ " I " " K " } \t\n", "" },
	{ "}x", "{ " I " " K " }x", "TEXT_AFTER_CLOSE" },
	{ "glued } and more", "{ " I " " K "} {", "GLUED_CLOSE OPEN_AFTER_CLOSE" },
	{ "glued } behind quotes", "{ " I " key \"abcdefghijklmnopqr\"}", "KEY_ASCII GLUED_CLOSE" },
	{ "} inside a word", "{ " I " key 12}34 }", "KEY_NOT_HEX" },
	{ "unclosed and incomplete", "{ localid 192.0.2.1", "UNCLOSED" },
	{ "empty entry", "{}", "MISSING MISSING MISSING ID_TYPE_MISSING ID_TYPE_MISSING" },
	{ "{ instead of }", "{ " I " " K "\n{ " I " " K " }", "UNCLOSED" },
	{ "trailing comment", "{ " I " # note\n" K " }", "COMMENT_NOT_COLUMN_1" },
	{ "comment lines inside", "{\n# a\n\n" I "\n# b\n" K "\n}", "" },
	{ "# inside a word",
	  "{ localidtype IP localid 192.0.2.1#x remoteidtype IP remoteid 192.0.2.2 " K " }",
	  "ADDRESS_NAME" },
	{ "unknown field", "{ " I " kye 00112233 }", "MISSING UNKNOWN" },
	{ "unknown run", "{ " I " foo bar baz " K " }", "UNKNOWN" },
	{ "other names",
	  "{ local_id_type IP local_addr 192.0.2.1 remote_id_type IP remote_id 192.0.2.2 mode main " K
	  " }",
	  "ALIAS ALIAS ALIAS ALIAS ALIAS" },
	{ "other name repeats", "{ " I " local_id 192.0.2.1 " K " }", "ALIAS REPEATED" },
	{ "no value before a field",
	  "{ localidtype localid 192.0.2.1 remoteidtype IP remoteid 192.0.2.2 " K " }",
	  "NO_VALUE" },
	{ "no value before }", "{ " I " key }", "NO_VALUE" },
	{ "value on another line", "{\n" I "\nkey\n\n# note\n00112233445566778899aabbccddeeff\n}",
	  "" },
	{ "quoted type",
	  "{ localidtype \"IP\" localid 192.0.2.1 remoteidtype IP remoteid 192.0.2.2 " K " }",
	  "QUOTE" },
	{ "quoted address",
	  "{ localidtype IP localid \"192.0.2.1\" remoteidtype IP remoteid 192.0.2.2 " K " }",
	  "QUOTE" },
	{ "quoted mode", "{ " I " ike_mode \"main\" " K " }", "QUOTE" },
	{ "types of in.ikev2d",
	  "{ localidtype IPv4 localid 192.0.2.1 remoteidtype ip_subnet remoteid 192.0.2.2 " K " }",
	  "ID_TYPE_UNDOCUMENTED ID_TYPE_UNDOCUMENTED" },
	{ "unknown type",
	  "{ localidtype foo localid 192.0.2.1 remoteidtype IP remoteid 192.0.2.2 " K " }",
	  "ID_TYPE_UNKNOWN" },
	{ "type behind its id",
	  "{ localid a.example localidtype fqdn remoteid 192.0.2.2 remoteidtype IP " K " }",
	  "ID_TYPE_UNSUPPORTED" },
	{ "type of another family",
	  "{ localidtype IPv4 localid 2001:db8::1 remoteidtype IPv6 remoteid 192.0.2.2 " K " }",
	  "ID_TYPE_UNDOCUMENTED IPV6 TYPE_FAMILY ID_TYPE_UNDOCUMENTED TYPE_FAMILY" },
	{ "scope", "{ localidtype IP localid fe80::1%net0 remoteidtype IP remoteid fe80::2 " K " }",
	  "ADDRESS_SCOPE IPV6" },
	{ "IPv6",
	  "{ localidtype IP localid 2001:db8::1 remoteidtype IP remoteid 2001:db8::2 " K " }",
	  "IPV6 IPV6" },
	{ "prefix without number",
	  "{ localidtype IP localid 192.0.2.0/ remoteidtype IP remoteid 192.0.2.2 " K " }",
	  "ADDRESS_PREFIX" },
	{ "prefix not decimal",
	  "{ localidtype IP localid 192.0.2.0/0x18 remoteidtype IP remoteid 198.51.100.0/030 " K
	  " }",
	  "ADDRESS_PREFIX ADDRESS_PREFIX" },
	{ "range",
	  "{ localidtype IP localid 192.0.2.1-192.0.2.9 remoteidtype IP remoteid 192.0.2.9-192.0.2.1 " K
	  " }",
	  "ADDRESS_RANGE ADDRESS_RANGE" },
	{ "mask with holes",
	  "{ localidtype IP localid 192.0.2.0/255.0.255.0 remoteidtype IP remoteid 192.0.2.0/::1 " K
	  " }",
	  "ADDRESS_MASK ADDRESS_MASK" },
	{ "blanks around /",
	  "{ localidtype IP localid 192.0.2.0 / 24 remoteidtype IP remoteid 192.0.2.2 " K " }",
	  "ADDRESS_BLANK" },
	{ "IPv6 multicast",
	  "{ localidtype IP localid ff02::1 remoteidtype IP remoteid 2001:db8::2 " K " }",
	  "ADDRESS_MULTICAST IPV6 IPV6" },
	{ "mapped",
	  "{ localidtype IP localid ::ffff:192.0.2.1 remoteidtype IP remoteid ::192.0.2.2 " K " }",
	  "ADDRESS_V4_IN_V6 IPV6 ADDRESS_V4_IN_V6 IPV6" },
	{ "any and broadcast",
	  "{ localidtype IP localid 0.0.0.0 remoteidtype IP remoteid 255.255.255.255 " K " }",
	  "ADDRESS_ANY ADDRESS_BROADCAST" },
	{ "everything",
	  "{ localidtype IP localid 0.0.0.0/0 remoteidtype IP remoteid 0.0.0.0/0 " K " }",
	  "PREFIX_ID PREFIX_ZERO PREFIX_ID PREFIX_ZERO" },
	{ "host bits",
	  "{ localidtype IP localid 192.0.2.1/24 remoteidtype IP remoteid 192.0.2.2 " K " }",
	  "PREFIX_ID HOST_BITS" },
	{ "mode", "{ " I " ike_mode quick " K " }", "MODE_UNKNOWN" },
	{ "empty key", "{ " I " key \"\" }", "KEY_EMPTY" },
	{ "0x alone", "{ " I " key 0x }", "KEY_EMPTY" },
	{ "bits alone", "{ " I " key /128 }", "KEY_EMPTY" },
	{ "no bits", "{ " I " key 0011223344556677/ }", "KEY_BITS" },
	{ "bits are no number", "{ " I " key 0011223344556677/64x }", "KEY_BITS" },
	{ "bits beyond numbers", "{ " I " key 0011223344556677/99999999999999999999 }",
	  "KEY_BITS_TOO_LARGE" },
	{ "zero bits", "{ " I " key 0011223344556677/0 }", "KEY_EMPTY" },
	{ "bits of an odd digit", "{ " I " key 00112233445566778899aabbccddeeff0/132 }",
	  "KEY_ODD" },
	{ "0X", "{ " I " key 0X00112233445566778899aabbccddeeff }", "KEY_NOT_HEX" },
	{ "text behind the quote", "{ " I " key \"abcdefgh\"ij }", "KEY_QUOTE" },
	{ "quote in the middle", "{ " I " key \"abc\"defgh\" }", "KEY_QUOTE" },
	{ "escaped last quote", "{ " I " key \"abcdefgh\\\"\n}", "KEY_UNTERMINATED" },
	{ "backslash before a letter", "{ " I " key \"abcdefgh\\ijklmnop\" }", "KEY_ASCII" },
	{ "text", "{ " I " key 636f7272656374206261747465727920686f727365 }", "KEY_TEXT" },
	{ "text in quotes", "{ " I " key \"correct battery horse\" }", "KEY_ASCII" },
	{ "short text", "{ " I " key 636f7272656374 }", "KEY_SHORT_64" },
	{ "nearly text", "{ " I " key 636f7272656374206261747465727920686f7200 }", "" },
	{ "digits in quotes", "{ " I " key \"00112233445566778899aAbBccddeeff\" }", "KEY_ASCII KEY_DIGITS" },
	{ "digits with 0x in quotes", "{ " I " key \"0x00112233445566778899aabb\" }", "KEY_ASCII KEY_DIGITS" },
	{ "few digits in quotes", "{ " I " key \"deadbeefdeadbee\" }", "KEY_ASCII KEY_SHORT_128" },
	{ "digits of digits", "{ " I " key 30303131323233333434353536363737 }", "KEY_DIGITS" },
	{ "all zero", "{ " I " key 00000000000000000000000000000000 }", "KEY_PATTERN" },
	{ "one byte", "{ " I " key \"aaaaaaaaaaaaaaaaaa\" }", "KEY_ASCII KEY_PATTERN" },
	{ "the manual's", "{ " I " key 4B656265207761732068657265210C0A }", "KEY_PATTERN" },
	{ "the manual's, as text", "{ " I " key \"This is my preshared key\" }",
	  "KEY_ASCII KEY_PATTERN" },
	{ "the manual's, spelt in hex",
	  "{ " I " key 54686973206973206d7920707265736861726564206b6579 }", "KEY_PATTERN" },
	{ "a tab is white space", "{\t" I "\t" K "\t}", "" },
	{ "a form feed is not", "{ " I "\f" K " }", "MISSING ADDRESS_NAME UNKNOWN" },
};
/* clang-format on */

Test(preshared, samples_of_the_reference)
{
	samples_check(&preshared_format, reference_samples, ARRAY_SIZE(reference_samples));
}

Test(preshared, more_samples)
{
	samples_check(&preshared_format, more_samples, ARRAY_SIZE(more_samples));
}

Test(preshared, every_problem_has_a_sample)
{
	bool seen[PRESHARED_PROBLEM_COUNT] = { false };
	unsigned code;
	size_t i;

	seen[PRESHARED_PROBLEM_LONG_LINE] = seen[PRESHARED_PROBLEM_NUL] = true; /* below */
	for (i = 0; i < ARRAY_SIZE(reference_samples) + ARRAY_SIZE(more_samples); i++) {
		const struct sample *s = i < ARRAY_SIZE(reference_samples)
						 ? &reference_samples[i]
						 : &more_samples[i - ARRAY_SIZE(reference_samples)];
		struct doc *doc = read_string(s->text);
		struct problems problems = { 0 };
		size_t j;

		projection_collect(doc, &problems);
		for (j = 0; j < problems.count; j++)
			seen[problems.items[j].code] = true;
		problems_release(&problems);
		doc_free(doc);
	}
	for (code = 1; code < PRESHARED_PROBLEM_COUNT; code++)
		cr_expect(seen[code], "no sample of %s",
			  projection_problem_name(&preshared_format, code));
}

Test(preshared, nul_and_long_lines)
{
	static const char with_nul[] = "# a\0b\n{ " I " key 00\0"
				       "11 }";
	struct strbuf text = STRBUF_INIT, names = STRBUF_INIT;

	strbuf_add(&text, with_nul, sizeof with_nul - 1);
	sample_problems(&preshared_format, text.buf, text.len, &names);
	cr_expect_str_eq(names.buf, "NUL");

	strbuf_clear(&text);
	strbuf_clear(&names);
	strbuf_addstr(&text, "#");
	strbuf_addchars(&text, 'x', PRESHARED_LINE_MAX - 1);
	strbuf_addstr(&text, "\n");
	sample_problems(&preshared_format, text.buf, text.len, &names);
	cr_expect_str_eq(names.buf, "", "a line of the largest length");

	strbuf_clear(&names);
	strbuf_truncate(&text, text.len - 1);
	strbuf_addstr(&text, "x\n");
	sample_problems(&preshared_format, text.buf, text.len, &names);
	cr_expect_str_eq(names.buf, "LONG_LINE", "one byte more");
	strbuf_release(&text);
	strbuf_release(&names);
}

Test(preshared, problems_of_the_scanner_are_in_order)
{
	struct doc *doc = read_string("foo bar\r\n  # note\r\n{ key \"abc\r\n}\r\n");
	static const enum preshared_problem codes[] = {
		PRESHARED_PROBLEM_OUTSIDE,
		PRESHARED_PROBLEM_CRLF,
		PRESHARED_PROBLEM_COMMENT_NOT_COLUMN_1,
		PRESHARED_PROBLEM_KEY_UNTERMINATED,
	};
	size_t i;

	cr_assert_eq(doc->problems.count, ARRAY_SIZE(codes));
	for (i = 0; i < ARRAY_SIZE(codes); i++)
		cr_expect_eq(doc->problems.items[i].code, codes[i], "%zu", i);
	doc_free(doc);
}

Test(preshared, entries_and_their_tokens)
{
	struct doc *doc = read_string("foo\n{ " I "\n" K " } { lost\n}\n{ " I);

	cr_assert_eq(doc->nentries, 4);
	cr_expect_eq(doc->entries[0].kind, PRESHARED_ENTRY_OTHER);
	cr_expect_eq(doc->entries[1].kind, PRESHARED_ENTRY_KEY);
	cr_expect_eq(doc->entries[1].flags, 0);
	cr_expect_eq(doc->entries[2].kind, PRESHARED_ENTRY_OTHER, "what follows } is kept apart");
	cr_expect_eq(doc->tokens[doc->entries[2].tok].kind, TOKEN_BROKEN);
	cr_expect_eq(doc->entries[2].end - doc->entries[2].tok, 2, "up to the } of what was lost");
	cr_expect_eq(doc->entries[3].flags, PRESHARED_ENTRY_UNCLOSED);
	cr_expect_eq(preshared_format.count(doc), 2);
	doc_free(doc);
}

Test(preshared, item_says_what_the_entry_holds)
{
	struct doc *doc = read_string("{ remoteid 2001:db8::/32 LOCALID 2001:db8::1\n"
				      "localidtype IPv6_Subnet ike_mode Main " K "/120 }");
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct strbuf sb = STRBUF_INIT;
	const struct preshared_stmt *s;

	preshared_read(doc, 0, &item, NULL);
	cr_assert_eq(item.nstmts, 5);
	cr_expect_eq(item.local.type, PRESHARED_TYPE_IPV6);
	cr_expect_eq(item.remote.type, PRESHARED_TYPE_IP, "IP where it is missing");
	cr_expect_eq(item.mode, PRESHARED_MODE_MAIN);
	ip_range_print(&sb, &item.local.range);
	strbuf_addch(&sb, ' ');
	ip_range_print(&sb, &item.remote.range);
	cr_expect_str_eq(sb.buf, "2001:db8::1 2001:db8::/32");
	cr_expect_null(preshared_find(&item, PRESHARED_REMOTEIDTYPE));
	s = preshared_find(&item, PRESHARED_LOCALID);
	cr_assert_not_null(s);
	cr_expect(s->good && s->end == s->arg + 1 && s->arg == s->tok + 1);
	cr_expect_eq(strncmp(doc_text(doc, s->arg), "2001:db8::1", 11), 0);
	cr_expect_eq(item.key.form, PRESHARED_FORM_HEX);
	cr_expect(item.key.bits_given);
	cr_expect_eq(item.key.bits, 120);
	cr_expect_eq(item.key.text.len, 32);
	cr_expect_eq(doc->tokens[item.close].kind, TOKEN_CLOSE);
	strbuf_release(&sb);
	preshared_item_release(&item);
	doc_free(doc);
}

Test(preshared, what_is_wrong_is_not_used)
{
	static const char *const texts[] = {
		"{ localid foo remoteid 224.0.0.1 key xyz ike_mode foo }",
		"{ localid 192.0.2.1/33 remoteid fe80::1%a key \"ab\" ike_mode \"main\" }",
		"{ localidtype fqdn localid 192.0.2.1 remoteidtype foo remoteid 192.0.2.1 key \"abc }",
		"{ localidtype localid remoteidtype remoteid key ike_mode",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		struct doc *doc = read_string(texts[i]);
		struct preshared_item item = PRESHARED_ITEM_INIT;
		struct blob blob;

		preshared_read(doc, 0, &item, NULL);
		cr_expect_eq(item.local.range.family, IP_NONE, "local, %zu", i);
		cr_expect_eq(item.remote.range.family, IP_NONE, "remote, %zu", i);
		cr_expect_eq(item.key.form, PRESHARED_FORM_NONE, "key, %zu", i);
		cr_expect_not(preshared_key_bytes(doc, &item, &blob));
		cr_expect_null(blob.data);
		cr_expect_not(preshared_key_equal(&item, &item));
		preshared_item_release(&item);
		doc_free(doc);
	}
}

static void read_key(const char *value, struct doc **doc, struct preshared_item *item)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "{ " I " key %s\n}", value);
	*doc = read_string(sb.buf);
	preshared_read(*doc, 0, item, NULL);
	strbuf_wipe(&sb);
}

Test(preshared, bytes_of_keys)
{
	static const struct {
		const char *value;
		size_t len;
		const char *bytes;
		unsigned bits, form;
	} cases[] = {
		{ "0123456789abcdefABCDEF", 11, "\x01\x23\x45\x67\x89\xab\xcd\xef\xab\xcd\xef", 88,
		  PRESHARED_FORM_HEX },
		{ "0x0a0b", 2, "\x0a\x0b", 16, PRESHARED_FORM_0X },
		{ "123", 2, "\x12\x30", 16, PRESHARED_FORM_HEX },
		{ "123/12", 2, "\x12\x30", 12, PRESHARED_FORM_HEX },
		{ "ffff/13", 2, "\xff\xf8", 13, PRESHARED_FORM_HEX },
		{ "ffffffff/9", 2, "\xff\x80", 9, PRESHARED_FORM_HEX },
		{ "ffffffff/16", 2, "\xff\xff", 16, PRESHARED_FORM_HEX },
		{ "ff/1", 1, "\x80", 1, PRESHARED_FORM_HEX },
		{ "\"abc\"", 3, "abc", 24, PRESHARED_FORM_ASCII },
		{ "\"a\\\"b\\\\c\\d\"", 7, "a\"b\\c\\d", 56, PRESHARED_FORM_ASCII },
		{ "\"# } { x\"", 7, "# } { x", 56, PRESHARED_FORM_ASCII },
		{ "\"abc\\\\\"", 4, "abc\\", 32, PRESHARED_FORM_ASCII },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct preshared_item item = PRESHARED_ITEM_INIT;
		struct doc *doc;
		struct blob blob;

		read_key(cases[i].value, &doc, &item);
		cr_assert(preshared_key_bytes(doc, &item, &blob), "%s", cases[i].value);
		cr_expect(blob.secret);
		cr_expect_eq(blob.len, cases[i].len, "%s: %zu bytes", cases[i].value, blob.len);
		cr_expect_eq(memcmp(blob.data, cases[i].bytes, cases[i].len), 0, "%s",
			     cases[i].value);
		cr_expect_eq(item.key.bits, cases[i].bits, "%s", cases[i].value);
		cr_expect_eq(item.key.form, cases[i].form, "%s", cases[i].value);
		blob_release(&blob);
		preshared_item_release(&item);
		doc_free(doc);
	}
}

Test(preshared, keys_are_compared_as_bytes)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {
		{ "616263", "0x616263", true },    { "616263", "\"abc\"", true },
		{ "616263", "616263ff/24", true }, { "ABCDEF", "abcdef", true },
		{ "123", "1230", true },           { "616263", "616264", false },
		{ "616263", "6162", false },       { "616263", "616263/23", false },
		{ "\"a\\\"c\"", "612263", true },  { "\"a\\bc\"", "61626300", false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct preshared_item a = PRESHARED_ITEM_INIT, b = PRESHARED_ITEM_INIT;
		struct doc *doc_a, *doc_b;

		read_key(cases[i].a, &doc_a, &a);
		read_key(cases[i].b, &doc_b, &b);
		cr_expect_eq(preshared_key_equal(&a, &b), cases[i].equal, "%s, %s", cases[i].a,
			     cases[i].b);
		preshared_item_release(&a);
		preshared_item_release(&b);
		doc_free(doc_a);
		doc_free(doc_b);
	}
}

/*
 * Files with something secret in them, in their right place and in wrong ones; § stands for the
 * secret.
 */
static const char *const hiding_places[] = {
	"{ " I " key § }",
	"{ " I " KEY\t§\n}",
	"{ " I " key\n§\n}",
	"{ " I " key\n\n# note\n\n  § }",
	"{ " I " key §}",
	"{ " I " key \"§\" }",
	"{ " I " key \"some § text # and § more\" }",
	"{ " I " key \"§\\\\\" } § # §",
	"{ " I " key \"§\n}",
	"{ " I " key § § # § }",
	"{ " I " key two words § # and § }",
	"{ " I " key '§ and § # §' }",
	"{ " I " key 0x§ }",
	"{ " I " key 0X§/128 }",
	"{ " I " key §/64\n}",
	"{ " I " key # §\n}",
	"{ " I " key\n# §\n00 }",
	"{ " I " key\n  # §\n  # §\n00 }",
	"{ " I " key {§ }",
	"{ " I " key { # §\n}",
	"{ " I " key =§ }",
	"{ " I " key=§ }",
	"{ " I " key: § }",
	"{ " I " key, § }",
	"{ " I " kye § }",
	"{ " I " kye \"a § # § \" }",
	"{ " I " psk § # §\n}",
	"{ " I " § }",
	"{ " I " key 0011 § }",
	"{ " I " key 0011 # §\n}",
	"{ " I " " K " } §",
	"{ " I " " K " } { " I " key § }",
	"{ " I " " K " } { " I "\nkey § # §\n}",
	"{ " I " " K " }§",
	"{ " I " " K " }\n§",
	"§",
	"§ { " I " " K " }",
	"key §\n{ " I " " K " }",
	"localid 192.0.2.1 key § # §",
	I " " K " § }",
	"} key §",
	"// key §",
	"// § \n§",
	"{ " I " // key §\n" K " }",
	"{ " I " /§ }",
	"{ localid § remoteid 192.0.2.2 " K " }",
	"{ localid 192.0.2.1/§ remoteid 192.0.2.2 " K " }",
	"{ localid 192.0.2.1 § remoteid 192.0.2.2 " K " }",
	"{ localidtype § localid 192.0.2.1 remoteid 192.0.2.2 " K " }",
	"{ ike_mode § " I " " K " }",
	"{ ike_mode main§ " I " " K " }",
	"{ localid \"192.0.2.1\" \"§\" # § }",
	"{ " I " key § } # §",
	"{ " I " " K " } # the old one was §, key §",
	"# key §",
	"  # key §",
	"#key §",
	"# KEY=§",
	"# old_key:§",
	"# old_key:\n# new_key:\n# §",
	"# pre-shared-key § §",
	"# { localid 192.0.2.1 remoteid 192.0.2.2 key § }",
	"# key\n# §",
	"# the passphrase is § §",
	"# \"§\"",
	"# it was \"§\" once",
	"# a \" § b",
	"#\tpassword=§",
	"\xef\xbb\xbf§ # §",
	"{ " I " key §\xff# §\n}",
	"\r\n{ " I " key §\r\n}\r\n",
	"\r§\r# §",
	"{ " I " key §\v# § }",
};

/* The bare hexadecimal words that a comment must not show either. */
static const char *const digit_places[] = {
	"# §",
	"#§",
	"   # was § before",
	"# {§}",
	"# (§)",
	"# 0x§",
	"# §/128",
	"{ " I " # §\n" K " }",
	"{ " I " " K "\n} # §",
};

static void place_secret(struct strbuf *sb, const char *where, const char *secret)
{
	const char *mark;

	while ((mark = strstr(where, "§")) != NULL) {
		strbuf_add(sb, where, (size_t)(mark - where));
		strbuf_addstr(sb, secret);
		where = mark + strlen("§");
	}
	strbuf_addstr(sb, where);
}

/* Whether four bytes of the secret that follow each other are in the text. */
static bool shows(const char *text, const char *secret)
{
	char part[5] = "";
	size_t i;

	for (i = 0; i + 4 <= strlen(secret); i++) {
		memcpy(part, secret + i, 4);
		if (strstr(text, part) != NULL)
			return true;
	}
	return false;
}

/* Prints every span of the text, and no part of the secret must be in any of them. */
static void check_hidden(const char *where, const char *secret)
{
	struct strbuf text = STRBUF_INIT, shown = STRBUF_INIT;
	struct doc *doc;
	uint32_t off, end;

	place_secret(&text, where, secret);
	doc = sample_read(&preshared_format, text.buf, text.len);
	for (off = 0; off <= text.len; off++) {
		for (end = off; end <= text.len; end++) {
			strbuf_clear(&shown);
			doc_print(doc, (struct span){ off, end - off }, &shown);
			cr_assert_not(shows(shown.buf, secret), "'%s' from %u to %u shows '%s'",
				      where, off, end, shown.buf);
		}
	}
	doc_free(doc);
	strbuf_release(&text);
	strbuf_release(&shown);
}

Test(preshared, no_span_shows_a_secret, .timeout = 60)
{
	static const char *const secrets[] = { "WqZxJvUy", "9f3b71ce24d8a650", "-WqZ:xJv/Uy",
					       "WqZ\\\"xJvU" };
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(hiding_places); i++)
		for (j = 0; j < ARRAY_SIZE(secrets); j++)
			check_hidden(hiding_places[i], secrets[j]);
	check_hidden("# x§y", "9f3b71ce24d8a650");
	for (i = 0; i < ARRAY_SIZE(digit_places); i++) {
		check_hidden(digit_places[i], "9f3b71ce24d8a650");
		check_hidden(digit_places[i], "9F3B71CE");
		check_hidden(digit_places[i], "9f3b 71ce 24d8 a650");
		check_hidden(digit_places[i], "9f:3b:71:ce:24:d8:a6:50");
	}
}

Test(preshared, plain_text_is_shown)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ "{ " I " " K " }", "{ " I " key <hidden> }" },
		{ "{localid 2001:db8::/32 ike_mode main}",
		  "{localid 2001:db8::/32 ike_mode main}" },
		{ "{ LOCALIDTYPE fqdn localid 192.0.2.1-192.0.2.9 }",
		  "{ LOCALIDTYPE fqdn localid 192.0.2.1-192.0.2.9 }" },
		{ "# keys between 10.1.1.2 and two hosts",
		  "# keys between 10.1.1.2 and two hosts" },
		{ "# Berlin, 2001:db8::17, since 2004-10-15.",
		  "# Berlin, 2001:db8::17, since 2004-10-15." },
		{ "# a bad face added", "# a bad face added" },
		{ "  # office # 2", "  # office # 2" },
		{ "# old key 0011 for Berlin", "# old key<hidden>" },
		{ "# was 0011223344 once", "# was <hidden> once" },
		{ "# was 0011 2233 4455 once", "# was <hidden> once" },
		{ "{ localid myhost }", "{ localid <hidden> }" },
		{ "foo 192.0.2.1 }", "<hidden> <hidden> }" },
		{ "{ kye 1 } # note", "{ <hidden> <hidden> } #<hidden>" },
		{ "{ } x { y", "{ } <hidden>" },
		{ "{ ike_mode \xff main }", "{ ike_mode <hidden> <hidden> }" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct doc *doc = read_string(cases[i].text);
		struct strbuf sb = STRBUF_INIT;

		doc_print(doc, (struct span){ 0, (uint32_t)doc->blob.len }, &sb);
		cr_expect_str_eq(sb.buf, cases[i].shown, "'%s' for '%s'", sb.buf, cases[i].text);
		strbuf_release(&sb);
		doc_free(doc);
	}
}

Test(preshared, table_of_words)
{
	enum preshared_word word;

	for (word = 1; word < PRESHARED_WORD_COUNT; word++) {
		const struct preshared_word_info *info = &preshared_words[word];
		bool field = word < PRESHARED_NAME_COUNT;
		char upper[32] = "";
		size_t i;

		cr_assert_not_null(info->name, "%d", word);
		cr_expect_not_null(info->help, "%s", info->name);
		cr_expect_eq(field, info->arg != PRESHARED_ARG_NONE, "%s", info->name);
		cr_expect_eq(field, info->set == PRESHARED_ARG_NONE, "%s", info->name);
		cr_expect_eq(preshared_word_canonical(preshared_word_canonical(word)),
			     preshared_word_canonical(word), "%s", info->name);
		for (i = 0; info->name[i] != '\0'; i++)
			upper[i] = info->name[i] >= 'a' && info->name[i] <= 'z'
					   ? (char)(info->name[i] - 'a' + 'A')
					   : info->name[i];
		cr_expect_eq(field ? preshared_field_find(upper, i)
				   : preshared_value_find(upper, i, info->set),
			     word, "%s", upper);
		cr_expect_neq(field ? preshared_field_find(upper, i - 1)
				    : preshared_value_find(upper, i - 1, info->set),
			      word, "%s", upper);
	}
	cr_expect_eq(preshared_field_find("IP", 2), PRESHARED_NO_WORD);
	cr_expect_eq(preshared_value_find("main", 4, PRESHARED_ARG_TYPE), PRESHARED_NO_WORD);
	cr_expect_eq(preshared_field_find("", 0), PRESHARED_NO_WORD);
}

Test(preshared, names_of_problems)
{
	unsigned code;

	for (code = 1; code < PRESHARED_PROBLEM_COUNT; code++)
		cr_expect_not_null(projection_problem_name(&preshared_format, code), "%u", code);
}

/* 100,000 entries, bounded so loosely that a busy machine or a sanitizer does not matter; what is
 * quadratic would take minutes. */
Test(preshared, many_entries, .timeout = 30)
{
	struct strbuf sb = STRBUF_INIT;
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct problems problems = { 0 };
	struct timespec start, scanned, stop;
	struct doc *doc;
	uint32_t i;

	for (i = 0; i < 100000; i++)
		strbuf_addf(&sb,
			    "{\n\tlocalidtype IP\n\tlocalid 10.0.0.1\n\tremoteidtype IP\n"
			    "\tremoteid 10.%u.%u.%u\n\tkey 0123456789abcdef01234567%08x\n}\n",
			    i >> 16, i >> 8 & 255, i & 255, i);
	doc = NULL;
	clock_gettime(CLOCK_MONOTONIC, &start);
	doc = sample_read(&preshared_format, sb.buf, sb.len);
	clock_gettime(CLOCK_MONOTONIC, &scanned);
	cr_assert_eq(doc->nentries, 100000);
	for (i = 0; i < doc->nentries; i++)
		preshared_read(doc, i, &item, &problems);
	clock_gettime(CLOCK_MONOTONIC, &stop);
	cr_expect_eq(problems.count, 0);
	cr_log_info("100,000 entries: %ld ms to scan, %ld ms to read",
		    (scanned.tv_sec - start.tv_sec) * 1000 +
			    (scanned.tv_nsec - start.tv_nsec) / 1000000,
		    (stop.tv_sec - scanned.tv_sec) * 1000 +
			    (stop.tv_nsec - scanned.tv_nsec) / 1000000);
	problems_release(&problems);
	preshared_item_release(&item);
	doc_free(doc);
	strbuf_release(&sb);
}

Test(preshared, goldens_of_the_corpus, .timeout = 60)
{
	samples_check_goldens(&preshared_format, 40);
}

Test(preshared, truncations_of_the_corpus, .timeout = 120)
{
	samples_check_truncations(&preshared_format);
}
