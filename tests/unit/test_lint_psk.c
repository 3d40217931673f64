/* The verdicts of the reference on ike.preshared. */
#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

#define ILLUMOS DIALECT_ILLUMOS
#define SOL9    DIALECT_SOL9
#define SOL10   DIALECT_SOL10
#define SOL11   DIALECT_SOL11
#define SOL114  DIALECT_SOL114
#define IKEV2D  DIALECT_IKEV2D

static void check_samples(const struct checked_sample *samples, size_t count)
{
	checked_samples(LOCATION_PRESHARED, samples, count);
}

/* The abbreviations of the reference, and an entry with one remote address. */
#define I            "localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 192.0.2.2"
#define K            "key 00112233445566778899aabbccddeeff"
#define PAIR(l, r)   "{ localidtype IP localid " l " remoteidtype IP remoteid " r " " K " }"
#define REMOTE(text) PAIR("192.0.2.1", text)
#define TEXT_KEY     "{ " I " key \"two words # and } brace \\\"q\\\"\"\n}"
#define X100                                                                                       \
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

/* One sample a line. */
/* clang-format off */
static const struct checked_sample reference[] = {
	{ "P01", ILLUMOS, "{\n " I "\n " K "\n}", OK, "" },
	{ "P02", ILLUMOS, "{ " I " " K " }", OK, "" },
	{ "P03", ILLUMOS, "{LocalIDType ip localid 192.0.2.1 REMOTEIDTYPE Ip remoteid 192.0.2.2\n" K "\n}", OK, "" },
	{ "P04", ILLUMOS, "{ localid 192.0.2.1 remoteid 192.0.2.2 " K " }", WARN, "W PSK-S3 1; W PSK-S3 1" },
	{ "P05", ILLUMOS, "{ " I " }", ERR, "E C05 1" },
	{ "P06", ILLUMOS, "{ " I " " K "}", ERR, "E PSK-L7 1" },
	{ "P07", ILLUMOS, "{ " I " " K " } { localid 192.0.2.1 remoteid 192.0.2.3 " K " }", ERR, "E PSK-L8 1" },
	{ "P08", ILLUMOS, "{ " I " " K " " K " }", ERR, "E PSK-S3 1" },
	{ "P09", ILLUMOS, "{ localidtype IP localid myhost remoteidtype IP remoteid 192.0.2.2 " K " }", ERR, "E C05 1" },
	{ "P10", ILLUMOS, REMOTE("2001:db8::2"), ERR, "E PSK-I5 1" },
	{ "P11", ILLUMOS, REMOTE("198.51.100.0/24"), WARN, "W PSK-S6 1" },
	{ "P11", SOL11, REMOTE("198.51.100.0/24"), OK, "" },
	{ "P11", SOL9, REMOTE("198.51.100.0/24"), ERR, "E PSK-S6 1" },
	{ "P12", ILLUMOS, REMOTE("198.51.100.0/33"), ERR, "E PSK-I7 1" },
	{ "P13", ILLUMOS, REMOTE("198.51.100.0/255.255.255.0"), ERR, "E PSK-I7 1" },
	{ "P14", ILLUMOS, "{ " I " key abc }", WARN, "W C06 1; W C06 1" },
	{ "P15", ILLUMOS, "{ " I " " K "/128 }", OK, "" },
	{ "P16", ILLUMOS, "{ " I " key 0011223344556677/128 }", ERR, "E PSK-K2 1" },
	{ "P17", ILLUMOS, "{ " I " " K "/64 }", WARN, "W PSK-K2 1; N C06 1" },
	{ "P18", ILLUMOS, "{ " I " key 0x00112233445566778899aabbccddeeff }", ERR, "E PSK-K4 1" },
	{ "P18", SOL11, "{ " I " key 0x00112233445566778899aabbccddeeff }", OK, "" },
	{ "P18", SOL114, "{ " I " key 0x00112233445566778899aabbccddeeff }", OK, "" },
	{ "P18", IKEV2D, "{ " I " key 0x00112233445566778899aabbccddeeff }", ERR, "E PSK-K4 1" },
	{ "P19", ILLUMOS, TEXT_KEY, WARN, "W PSK-K7 1" },
	{ "P19", SOL11, TEXT_KEY, OK, "" },
	{ "P19", SOL9, TEXT_KEY, ERR, "E PSK-K7 1" },
	{ "P20", SOL11, "{ " I " key \"ab\" }", ERR, "E PSK-K6 1" },
	{ "P21", SOL11, "{ " I " key \"abcdefgh\n}", ERR, "E PSK-K5 1" },
	{ "P22", SOL11, "{ " I " key \"abcdefghijklmnop\\\\\" }", ERR, "E PSK-L12 1" },
	{ "P22 at the end of its line", SOL11, "{ " I " key \"abcdefghijklmnop\\\\\"\n}", OK, "" },
	{ "P23", ILLUMOS, "{ " I " key correct-horse }", ERR, "E C06 1" },
	{ "P24", ILLUMOS, "{ " I " ike_mode main " K " }", OK, "" },
	{ "P24", ILLUMOS, "{ " I " ike_mode aggressive " K " }", ERR, "E PSK-S3 1" },
	{ "P25", ILLUMOS, "  # note\n{ " I " " K "\n}", WARN, "W C08 1" },
	{ "P26", ILLUMOS, "// note\n{ " I " " K " }", ERR, "E PSK-L4 1" },
	{ "P27", ILLUMOS, "{ " I " " K " }\n{ " I " key ffeeddccbbaa99887766554433221100 }", ERR, "E C03 2" },
	{ "P27 with the same key", ILLUMOS, "{ " I " " K " }\n{ " I " key 00112233445566778899AABBCCDDEEFF }", WARN, "W C03 2" },
	{ "P28", SOL11, PAIR("192.0.2.0/24", "198.51.100.0/24") "\n" PAIR("192.0.2.1", "198.51.100.7"), WARN, "W PSK-U5 2" },
	{ "P28 of many", SOL11, PAIR("192.0.2.0/24", "198.51.100.0/24") "\n" PAIR("192.0.2.1", "198.51.100.7") "\n" PAIR("192.0.2.1", "198.51.100.8") "\n" PAIR("192.0.2.1", "203.0.113.8"), WARN, "W PSK-U5 2" },
	{ "P28 the right way round", SOL11, PAIR("192.0.2.1", "198.51.100.7") "\n" PAIR("192.0.2.0/24", "198.51.100.0/24"), OK, "" },
	{ "P29", ILLUMOS, PAIR("224.0.0.1", "192.0.2.2"), ERR, "E PSK-I6 1" },
	{ "P30", ILLUMOS, "{ localidtype fqdn localid a.example remoteidtype fqdn remoteid b.example " K " }", ERR, "E PSK-I2 1; E PSK-I2 1" },
	{ "P31", ILLUMOS, "{\r\n " I "\r\n " K "\r\n}\r\n", ERR, "E PSK-L2 1" },
	{ "P32", ILLUMOS, "{ " I " " K, ERR, "E PSK-U3 1" },
	{ "P33", ILLUMOS, "", OK, "" },
	{ "P33", ILLUMOS, "# one\n#two\n\n#\n", OK, "" },
};

/* What must be refused (reference 7), by its number; 20 is about the file's mode. */
static const struct checked_sample must_reject[] = {
	{ "1 text before {", ILLUMOS, "keys:\n{ " I " " K " }", ERR, "E PSK-S2 1" },
	{ "2 unknown field", ILLUMOS, "{ " I " " K "\nlifetime 600\n}", ERR, "E PSK-S2 2" },
	{ "2 misspelt field", ILLUMOS, "{ localidtype IP localid 192.0.2.1 remoteidtype IP remotid 192.0.2.2 " K " }", ERR, "E PSK-S2 1" },
	{ "2 misspelt key", ILLUMOS, "{ " I " kye 00112233445566778899aabbccddeeff }", ERR, "E PSK-S2 1" },
	{ "3 repeated field", ILLUMOS, "{ " I " " K "\nlocalid 192.0.2.1\n}", ERR, "E PSK-S3 2" },
	{ "4 no localid", ILLUMOS, "{ localidtype IP remoteidtype IP remoteid 192.0.2.2 " K " }", ERR, "E C05 1" },
	{ "4 no remoteid", ILLUMOS, "{ localidtype IP localid 192.0.2.1 remoteidtype IP " K " }", ERR, "E C05 1" },
	{ "4 nothing", ILLUMOS, "{ }", ERR, "E C05 1; E C05 1; E C05 1" },
	{ "5 host name", ILLUMOS, REMOTE("gw.example.com"), ERR, "E C05 1" },
	{ "6 id type", ILLUMOS, "{ localidtype dn localid CN=a remoteidtype IP remoteid 192.0.2.2 " K " }", ERR, "E PSK-I2 1" },
	{ "7 families", ILLUMOS, PAIR("2001:db8::1", "192.0.2.2"), ERR, "E PSK-I5 1" },
	{ "8 prefix", ILLUMOS, REMOTE("198.51.100.0/"), ERR, "E PSK-I7 1" },
	{ "8 range", ILLUMOS, REMOTE("198.51.100.1-198.51.100.9"), ERR, "E PSK-I7 1" },
	{ "8 blanks", ILLUMOS, REMOTE("198.51.100.0 / 24"), ERR, "E PSK-I7 1" },
	{ "9 multicast", ILLUMOS, PAIR("ff02::1", "2001:db8::2"), ERR, "E PSK-I6 1" },
	{ "9 mapped", ILLUMOS, PAIR("::ffff:192.0.2.1", "2001:db8::2"), ERR, "E PSK-I6 1" },
	{ "9 compatible", ILLUMOS, PAIR("::192.0.2.1", "2001:db8::2"), ERR, "E PSK-I6 1" },
	{ "10 text key without quotes", SOL11, "{ " I " key passphrase }", ERR, "E C06 1" },
	{ "11 bits", ILLUMOS, "{ " I " " K "/129 }", ERR, "E PSK-K2 1" },
	{ "12 glued }", ILLUMOS, "{ " I "\n" K "}\n", ERR, "E PSK-L7 2" },
	{ "13 } {", ILLUMOS, "{ " I " " K " } {\n" I "\n" K "\n}\n", ERR, "E PSK-L8 1" },
	{ "14 //", ILLUMOS, "{ " I " // peer\n" K " }", ERR, "E PSK-L4 1" },
	{ "15 CRLF", ILLUMOS, "# keys\r\n{ " I " " K " }\r\n", ERR, "E PSK-L2 1" },
	{ "16 not closed", SOL11, "{ " I "\nkey \"abcdefghijklmnop\n}", ERR, "E PSK-K5 2" },
	{ "17 long line", ILLUMOS, "# " X100 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100 "\n{ " I " " K " }", ERR, "E PSK-L1 1" },
	{ "18 not closed", ILLUMOS, "{ " I " " K "\n{ " I " " K " }", ERR, "E PSK-U3 1; W C03 2" },
	{ "19 mode", ILLUMOS, "{ " I " ike_mode both " K " }", ERR, "E PSK-S3 1" },
	{ "19 mode", ILLUMOS, "{ " I " ike_mode quick " K " }", ERR, "E PSK-S3 1" },
	{ "a field of ike/config", ILLUMOS, "{ localidtype IP local_addr 192.0.2.1 remoteidtype IP remoteid 192.0.2.2 " K " }", ERR, "E PSK-S2 1" },
	{ "IPv6", SOL9, PAIR("2001:db8::1", "2001:db8::2"), ERR, "E PSK-S6 1; E PSK-S6 1" },
};

/* What must be accepted (reference 7), by its number. */
static const struct checked_sample must_accept[] = {
	{ "1 any order", ILLUMOS, "{ " K " remoteid 192.0.2.2 localid 192.0.2.1 remoteidtype IP localidtype IP }", OK, "" },
	{ "2 any letter case", ILLUMOS, "{ LOCALIDTYPE IP LocalId 192.0.2.1 remoteIDtype iP REMOTEID 192.0.2.2 KEY 00112233445566778899AABBCCDDEEFF }", OK, "" },
	{ "3 on one line", ILLUMOS, "{ " I " " K " }\n", OK, "" },
	{ "4 glued {", ILLUMOS, "{" I " " K " }", OK, "" },
	{ "5 comments inside", ILLUMOS, "{\n# peer\n\n" I "\n#\n" K "\n}\n# end", OK, "" },
	{ "6 ike_mode main", ILLUMOS, "{ " I " " K " ike_mode Main }", OK, "" },
	{ "7 bits", ILLUMOS, "{ " I " " K "/128 }", OK, "" },
	{ "8 prefixes", SOL11, PAIR("192.0.2.0/28", "198.51.100.0/24"), OK, "" },
	{ "8 prefixes", SOL114, PAIR("2001:db8::/64", "2001:db8:1::/48"), OK, "" },
	{ "9 text key", SOL11, "{ " I " key \"a b # c { } \\\" \\\\ and d\"\n}", OK, "" },
	{ "10 nothing at all", ILLUMOS, "\n \t\n#\n", OK, "" },
	{ "types left out", IKEV2D, "{ localid 192.0.2.1 remoteid 192.0.2.2 " K " }", OK, "" },
	{ "fields of ike/config", IKEV2D, "{ local_id_type IPv4 local_addr 192.0.2.1 remote_id_type IP_SUBNET remote_addr 192.0.2.2 " K " }", OK, "" },
	{ "IPv6", SOL10, PAIR("2001:db8::1", "2001:db8::2"), OK, "" },
};
/* clang-format on */

Test(lint_psk, the_verdicts_of_the_reference)
{
	check_samples(reference, ARRAY_SIZE(reference));
}

Test(lint_psk, what_must_be_refused)
{
	check_samples(must_reject, ARRAY_SIZE(must_reject));
}

Test(lint_psk, what_must_be_accepted)
{
	check_samples(must_accept, ARRAY_SIZE(must_accept));
}

/* P34, and number 20 of what must be refused. */
Test(lint_psk, others_may_not_read_it)
{
	static const struct {
		mode_t mode;
		const char *findings;
	} modes[] = {
		{ 0600, "" },
		{ 0640, "E FILE-3 ike.preshared:0" },
		{ 0604, "E FILE-3 ike.preshared:0" },
		{ 0610, "E FILE-3 ike.preshared:0" },
		{ 0666, "E FILE-3 ike.preshared:0" },
	};
	static const char rule[] =
		"# one\n{ label \"a\" local_addr 192.0.2.1 remote_addr 192.0.2.2 "
		"p1_xform { auth_method preshared oakley_group 14 "
		"auth_alg sha256 encr_alg aes } }\n";
	size_t i;

	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		char *root = tree_new();
		struct strbuf sb = STRBUF_INIT;
		struct checked c;

		tree_folder(root, "/etc/inet/secret", 0700);
		tree_file(root, "/etc/inet/ike/config", rule, 0644);
		tree_file(root, "/etc/inet/secret/ike.preshared", "{ " I " " K "\n}\n",
			  modes[i].mode);
		checked_tree(&c, root, "solaris");
		checked_print(&c, &sb);
		cr_expect_str_eq(sb.buf, modes[i].findings, "%04o: %s", modes[i].mode, sb.buf);
		checked_release(&c);
		strbuf_release(&sb);
		tree_free(root);
	}
}
