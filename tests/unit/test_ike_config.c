#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/xalloc.h"
#include "formats/ike_config/file.h"
#include "tests/tools/projection.h"
#include "tests/unit/samples.h"

#define XF(method)                                                                                 \
	"p1_xform { auth_method " method " oakley_group 14 auth_alg sha256 encr_alg aes }"
#define PX XF("preshared")
#define RX XF("rsa_sig")
#define A  "local_addr 192.0.2.1 remote_addr 192.0.2.2"
#define C  "local_id_type dn local_id \"CN=a, O=Ex\" remote_id \"CN=b, O=Ex\""
#define T  "cert_trust \"CN=b, O=Ex\""

/* A rule with one remote address, a transform with one item changed, a file with one global. */
#define REMOTE(address) PX " { label \"a\" local_addr 192.0.2.1 remote_addr " address " }"
#define ENCR(value)                                                                                \
	"{ label \"a\" " A " p1_xform { auth_method preshared oakley_group 14 auth_alg sha256 "    \
	"encr_alg " value " } }"
#define GROUP(value)                                                                               \
	"{ label \"a\" " A " p1_xform { auth_method preshared oakley_group " value                 \
	" auth_alg sha256 encr_alg aes } }"
#define GLOBAL(text) text "\n" PX " { label \"a\" " A " }"
#define RULE(text)   PX " { label \"a\" " A " " text " }"

static struct doc *read_string(const char *text)
{
	return sample_read(&ike_config_format, text, strlen(text));
}

/* clang-format off: one sample a line */

/* What only the checks can see (a missing label, an inherited transform …) has no problem here. */
static const struct sample reference_samples[] = {
	{ "T01", PX "\n{ label \"a\" " A " }", "" },
	{ "T02", "{ label \"a\" " A " " PX " }", "" },
	{ "T03", "{ label \"a\" " A " }", "" },
	{ "T04", "{ label \"a\" " A " }\n" PX, "" },
	{ "T05", PX " { label INDEXID_7 " A " }", "" },
	{ "T06", PX " {\nlabel\nINDEXID_7\n\n" A "}", "" },
	{ "T07",
	  PX " { label \"a\" " A " } { label \"b\" local_addr 192.0.2.1 remote_addr 192.0.2.3 }",
	  "" },
	{ "T08", PX " { label \"a\" " A " }\n{ label a " A " }", "" },
	{ "T09", PX " { " A " }", "" },
	{ "T10", PX " { label \"a\" label \"b\" " A " }", "REPEATED" },
	{ "T11", PX " { label \"a\" local_addr 192.0.2.1 }", "" },
	{ "T12", REMOTE("198.51.100.0\n/ 24"), "" },
	{ "T13", REMOTE("198.51.100.0/255.255.255.0"), "" },
	{ "T14", REMOTE("198.51.100.9 - 198.51.100.2"), "ADDRESS_ORDER" },
	{ "T15", REMOTE("198.51.100.0/33"), "ADDRESS_PREFIX" },
	{ "T16", REMOTE("198.51.100.7/24"), "HOST_BITS" },
	{ "T17",
	  PX
	  " { label \"a\" local_id_type ipv6 local_addr 2001:db8::1 remote_addr 2001:db8:1::/48 }",
	  "" },
	{ "T18", REMOTE("2001:db8::1"), "" },
	{ "T19", REMOTE("gw.example.com"), "ADDRESS_NAME" },
	{ "T20", PX " { label \"a\" local_addr 2001:db8::2 remote_addr 2001:db8::1-2001:db8::9 }",
	  "V6_RANGE" },
	{ "T21", ENCR("aes(128..256)"), "" },
	{ "T22", ENCR("aes-cbc ( 192 .. 256 )"), "" },
	{ "T23", ENCR("aes(256..128)"), "KEY_SIZE" },
	{ "T24", ENCR("aes(256)"), "KEY_SIZE_SINGLE" },
	{ "T25", ENCR("3des(192..192)"), "KEY_SIZE_CIPHER" },
	{ "T26", ENCR("blowfish-cdc"), "BLOWFISH_CDC" },
	{ "T27",
	  "{ label \"a\" " A " p1_xform { auth_method preshared auth_alg sha1 encr_alg aes } }",
	  "" },
	{ "T28",
	  "{ label \"a\" " A
	  " p1_xform { auth_method preshared oakley_group 5 auth_alg sha auth_alg md5 encr_alg 3des } }",
	  "REPEATED" },
	{ "T29", GROUP("6"), "GROUP" },
	{ "T30", GROUP("0x0e"), "" },
	{ "T31", GROUP("08"), "NUMBER" },
	{ "T32", GROUP("1"), "" },
	{ "T33", GLOBAL("p2_pfs 0"), "" },
	{ "T33b", GLOBAL("p2_pfs 19"), "" },
	{ "T33c", GLOBAL("p2_pfs 7"), "PFS" },
	{ "T34", T " { label \"a\" " A " " RX " " C " }", "" },
	{ "T35", T " { label \"a\" " A " " RX " local_id_type dn remote_id \"CN=b, O=Ex\" }", "" },
	{ "T36", T " { label \"a\" " A " " RX " local_id_type dn local_id \"CN=a, O=Ex\" }", "" },
	{ "T37",
	  T " local_id_type dn { label \"a\" " A " " RX
	    " local_id \"CN=a, O=Ex\" remote_id \"CN=b, O=Ex\" }",
	  "" },
	{ "T38", T " { label \"a\" " A " " RX " local_id \"CN=a, O=Ex\" remote_id \"CN=b, O=Ex\" }",
	  "" },
	{ "T39",
	  T " { label \"a\" " A " " RX " local_id_type dn local_id \"CN=a, O=Ex\" remote_id \"\" }",
	  "" },
	{ "T40", T " { label \"a\" " A " " RX " " C " remote_id \"\" }", "" },
	{ "T41", T " { label \"a\" " A " " PX " " RX " " C " }", "" },
	{ "T42", PX " " T " { label \"a\" " A " " RX " " C " }", "" },
	{ "T43", PX " { label \"a\" " A " local_id \"192.0.2.1\" }", "" },
	{ "T44", PX " { label \"a\" " A " local_id_type dn }", "" },
	{ "T45", "{ label \"a\" " A " " RX " " C " }", "" },
	{ "T46", T " { label \"a\" " A " " RX " " C " local_id \"CN=z\" }", "REPEATED_LOCAL_ID" },
	{ "T47", GLOBAL("p1_lifetime_secs 28800 # x\nretry_limit 4 // y"), "" },
	{ "T48", GLOBAL("cert_root \"CN=a # b // c { }, O=Ex\"\nignore_crls"), "" },
	{ "T49", GLOBAL("proxy http://p.example.com:8080"), "URL" },
	{ "T50", GLOBAL("proxy \"http://p.example.com:8080\"\nuse_http"), "" },
	{ "T51", GLOBAL("cert_trust \"CN=x"), "UNTERMINATED" },
	{ "T52", GLOBAL("cert_root \"C=US, O=Ex\\\\, Inc., CN=CA\""), "" },
	{ "T53", GLOBAL("cert_root \"C=US, O=Ex\\, Inc., CN=CA\""), "COMMA_ESCAPE" },
	{ "T54", RULE("p1_nonce_len 20"), "SCOPE" },
	{ "T55", RULE("p1_lifetime_secs 600"), "SCOPE" },
	{ "T56", PX " { Label \"a\" " A " }", "UNKNOWN" },
	{ "T57", PX " { label \"a\" localid 192.0.2.1 remoteid 192.0.2.2 }",
	  "OLD_KEYWORD OLD_KEYWORD" },
	{ "T58", PX " { label \"a\" " A " }\n~", "STRAY" },
	{ "T59", PX " { label \"a\" " A " } }", "STRAY_CLOSE" },
	{ "T59b", PX " { label \"a\" " A, "UNCLOSED" },
	{ "T60", "retry_timer_init 0.25\n" PX " {label \"a\" " A "}", "" },
	{ "T60b", GLOBAL("retry_limit 2.5"), "NUMBER" },
	{ "T61", GLOBAL("p2_lifetime_secs 3600 p2_softlife_secs 7200"), "" },
	{ "T62", "p1_nonce_len 20\n# only comments", "" },
	{ "T63",
	  "p1_xform { auth_method preshared oakley_group 5 auth_alg sha encr_alg \\\n3des }\n{ label \"a\" " A
	  " }",
	  "BACKSLASH_NEWLINE" },
	{ "T65", GLOBAL("max_certs 2048"), "" },
	{ "T66", GLOBAL("expire_timer -5"), "NUMBER" },
	{ "T67", GLOBAL("auth_method preshared"), "SCOPE" },
	{ "T68", T " { label \"a\" " A " " C " " XF("rsa_sig") " " XF("dss_sig") " }", "" },
};

/* What must be rejected, as far as the reader sees it. */
static const struct sample rejected[] = {
	{ "2 two labels", RULE("label b"), "REPEATED" },
	{ "8 repeated method",
	  "p1_xform { auth_method preshared oakley_group 2 auth_method preshared auth_alg md5 encr_alg des }",
	  "REPEATED" },
	{ "8 repeated lifetime", "p1_xform { p1_lifetime_secs 1 p1_lifetime_secs 2 }", "REPEATED" },
	{ "14 two id types", RULE("local_id_type ip local_id_type dn"), "REPEATED" },
	{ "15 p2_nonce_len", RULE("p2_nonce_len 20"), "SCOPE" },
	{ "16 key size", ENCR("des ( 128 .. 128 )"), "KEY_SIZE_CIPHER" },
	{ "17 cipher", ENCR("twofish"), "VALUE" },
	{ "17 value of another keyword", ENCR("sha1"), "VALUE" },
	{ "17 method", "p1_xform { auth_method psk oakley_group 2 auth_alg md5 encr_alg des }",
	  "VALUE" },
	{ "17 hash",
	  "p1_xform { auth_method preshared oakley_group 2 auth_alg sha-1 encr_alg des }",
	  "VALUE" },
	{ "17 id type", RULE("local_id_type email"), "VALUE" },
	{ "17 group", GROUP("31"), "GROUP" },
	{ "17 group name", GROUP("modp2048"), "GROUP_NAME" },
	{ "17 group name", GROUP("ecp384"), "GROUP_NAME" },
	{ "17 no group name", GROUP("modp2047"), "NUMBER" },
	{ "17 group name for PFS", RULE("p2_pfs modp2048"), "NUMBER" },
	{ "18 name", REMOTE("localhost"), "ADDRESS_NAME" },
	{ "18 scope", REMOTE("fe80::1%net0"), "ADDRESS_SCOPE" },
	{ "19 prefix", REMOTE("2001:db8::/129"), "ADDRESS_PREFIX" },
	{ "19 mask", REMOTE("192.0.2.0/255.0.255.0"), "ADDRESS_MASK" },
	{ "19 families of a range", REMOTE("192.0.2.0-2001:db8::1"), "ADDRESS_FAMILIES" },
	{ "19 range without end", REMOTE("192.0.2.0 -"), "ADDRESS_NAME" },
	{ "19 two ends of a range", REMOTE("192.0.2.1 - 192.0.2.9 - 192.0.2.20"), "STRAY" },
	{ "20 junk behind a number", GLOBAL("retry_limit 12x"), "NUMBER" },
	{ "20 number too large", GLOBAL("retry_limit 4294967296"), "NUMBER_SIZE" },
	{ "20 hex without digits", GLOBAL("retry_limit 0x"), "NUMBER" },
	{ "20 exponent", GLOBAL("retry_timer_init 1e3"), "NUMBER" },
	{ "20 inf", GLOBAL("retry_timer_init inf"), "NUMBER" },
	{ "20 dot alone", GLOBAL("retry_timer_max ."), "NUMBER" },
	{ "21 string over two lines", GLOBAL("cert_root \"CN=a\n, O=b\""),
	  "UNTERMINATED STRAY UNTERMINATED" },
	{ "22 unquoted URL", GLOBAL("socks socks://p.example.com"), "URL" },
	{ "23 keyword", GLOBAL("Retry_limit 4"), "UNKNOWN" },
	{ "23 id type", RULE("local_id_type Ip"), "VALUE" },
	{ "23 method",
	  "p1_xform { auth_method PRESHARED oakley_group 2 auth_alg md5 encr_alg des }", "VALUE" },
	{ "24 rule keyword", GLOBAL("remote_addr 192.0.2.1"), "SCOPE" },
	{ "24 transform keyword in a rule", RULE("encr_alg aes"), "SCOPE" },
	{ "24 rule keyword in a transform", "p1_xform { label a }", "SCOPE" },
	{ "25 nested", PX " { label a { label b } }", "UNCLOSED" },
	{ "25 nested, and the rest of it", PX " { label a { label b } local_addr 192.0.2.1 }",
	  "UNCLOSED" },
	{ "25 } too early", PX " { label a } local_addr 192.0.2.1 remote_addr 192.0.2.2 }",
	  "CLOSED_EARLY" },
	{ "25 } before the transform", "{ label a } " PX " }", "CLOSED_EARLY" },
	{ "25 } in a transform",
	  "{ label a p1_xform { auth_method preshared } oakley_group 2 p1_lifetime_secs 60 encr_alg aes } }",
	  "CLOSED_EARLY" },
	{ "25 { is missing", PX " { label a } label b local_addr 192.0.2.1 }", "SCOPE" },
	{ "25 { and } are missing", PX " { label a } label b local_addr 192.0.2.1", "SCOPE SCOPE" },
	{ "25 } too many", PX " { label a } }", "STRAY_CLOSE" },
	{ "25 a global that a rule took along", PX " { label a retry_limit 4", "UNCLOSED" },
	{ "25 } in a quote", PX " { label \"a }\n{ label b }", "UNTERMINATED" },
	{ "25 transform without braces", RULE("p1_xform auth_method preshared"), "NO_OPEN" },
	{ "25 transform without {", RULE("p1_xform auth_method preshared }"), "NO_OPEN" },
	{ "25 transform without }", "{ label a p1_xform { encr_alg aes }", "UNCLOSED" },
	{ "26 unknown", GLOBAL("cert_request \"x\""), "UNKNOWN" },
	{ "27 arrow", GLOBAL("--->The following is used by MDM: #"), "STRAY" },
	{ "no value", GLOBAL("retry_limit"), "NO_VALUE" },
	{ "no value before a brace", "{ label a local_addr }", "NO_VALUE" },
	{ "multicast", REMOTE("224.0.0.1"), "ADDRESS_MULTICAST" },
	{ "empty label", PX " { label \"\" " A " }", "LABEL_EMPTY" },
	{ "empty selector", GLOBAL("cert_root \"\""), "EMPTY_STRING" },
	{ "three key sizes", ENCR("aes(100..256)"), "KEY_SIZE" },
	{ "key sizes without )", ENCR("aes(128..256"), "KEY_SIZE" },
	{ "key sizes without numbers", ENCR("aes()"), "KEY_SIZE" },
	{ "key sizes with too much", ENCR("aes(128..192..256)"), "KEY_SIZE" },
	{ "byte order mark", "\xef\xbb\xbf" PX, "BOM" },
	{ "high byte in a word", GLOBAL("retry_limit 4\xc2\xa0"), "HIGH_BYTE_WORD" },
};

/* What is accepted with a word about it, again as far as the reader sees it. */
static const struct sample odd[] = {
	{ "mapped", PX " { label a local_addr ::ffff:192.0.2.1 remote_addr ::ffff:192.0.2.0/120 }",
	  "ADDRESS_V4_IN_V6 ADDRESS_V4_IN_V6" },
	{ "quoted value", ENCR("\"aes\""), "QUOTED_WORD" },
	{ "quoted group", GLOBAL("p2_pfs \"2\""), "QUOTED_WORD" },
	{ "quoted address", REMOTE("\"192.0.2.1\""), "QUOTED_WORD" },
	{ "bare selector", GLOBAL("cert_root CN=a"), "BARE_STRING" },
	{ "repeated global", GLOBAL("retry_limit 4 retry_limit 5"), "REPEATED_GLOBAL" },
	{ "repeated flag", GLOBAL("use_http use_http"), "REPEATED_GLOBAL" },
	{ "escaped letter", GLOBAL("cert_root \"CN=\\a\""), "ESCAPE" },
	{ "CRLF", "retry_limit 4\r\n" PX "\r\n", "CRLF" },
	{ "high byte in a string", GLOBAL("cert_root \"CN=M\xc3\xbcller\""), "HIGH_BYTE_STRING" },
	{ "high byte in a comment", GLOBAL("# M\xc3\xbcller"), "" },
	{ "IPv6 mask", PX " { label a local_addr ::1 remote_addr 2001:db8::/ffff:ffff:: }",
	  "V6_MASK" },
	{ "nonce too short", GLOBAL("p1_nonce_len 7"), "NUMBER_RANGE" },
	{ "nonce too long", GLOBAL("p1_nonce_len 257"), "NUMBER_RANGE" },
	{ "timer of zero", GLOBAL("expire_timer 0"), "NUMBER_RANGE" },
	{ "label is a keyword", PX " { label label " A " }", "LABEL_KEYWORD" },
	{ "backslash newline with CR", "retry_limit \\\r\n4\r\n", "BACKSLASH_NEWLINE CRLF" },
};

/* What must be accepted without a word. */
static const struct sample accepted[] = {
	{ "1 bare label", PX " { label a " A " }", "" },
	{ "2 value on another line",
	  "p1_xform\n{ auth_method\npreshared oakley_group\n\n2 auth_alg # x\nmd5 encr_alg\n3des }",
	  "" },
	{ "3 many on a line", GLOBAL("p2_pfs 2 p2_lifetime_secs 28800 use_http ignore_crls"), "" },
	{ "4 p1_xform and {",
	  "p1_xform\n{ auth_method preshared oakley_group 1 auth_alg sha encr_alg 3des }", "" },
	{ "5 glued brace",
	  "{ label a " A
	  " p1_xform {auth_method preshared oakley_group 1 auth_alg sha encr_alg 3des}\n}",
	  "" },
	{ "7 comments in a rule", "{\n########\nlabel a\n\n#\n" A " " PX " }", "" },
	{ "8 comments behind values",
	  GLOBAL("retry_limit 4# x\nretry_timer_max 5.5// y\nuse_http//z"), "" },
	{ "9 anything in a string", GLOBAL("cert_root \"a#b//c{d}(e)\\\"f\\\\\""), "" },
	{ "10 any order", GLOBAL("p2_pfs 0 p1_nonce_len 20 cert_root \"CN=a\" retry_limit 1"), "" },
	{ "11 what adds up",
	  GLOBAL("cert_root \"CN=a\" cert_root \"CN=b\" cert_trust \"CN=a\" cert_trust \"CN=c\" ldap_server \"a\" ldap_server \"b:389\""),
	  "" },
	{ "11 addresses", RULE("local_addr 192.0.2.7 remote_addr 192.0.2.8 remote_addr 192.0.2.9"),
	  "" },
	{ "13 blanks", REMOTE("192.0.2.1 - 192.0.2.9"), "" },
	{ "13 glued to the first", REMOTE("192.0.2.0/ 24"), "" },
	{ "13 glued to the second", REMOTE("192.0.2.1\n-192.0.2.9"), "" },
	{ "14 forms",
	  REMOTE("192.0.2.1-192.0.2.9 remote_addr 10.0.0.0/255.0.0.0 remote_addr 10.0.0.0/0x8 remote_addr 0.0.0.0/0"),
	  "" },
	{ "17 synonyms",
	  "p1_xform { auth_method preshared oakley_group 1 auth_alg sha encr_alg des-cbc }", "" },
	{ "18 numbers", GLOBAL("retry_limit 0x10 expire_timer 010 p2_lifetime_kb 0XfF"), "" },
	{ "20 lifetime in both",
	  GLOBAL("p1_lifetime_secs 28800") " p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 1 auth_alg sha encr_alg des }",
	  "" },
	{ "21 not mapped", PX " { label a local_addr ::/0 remote_addr ::ffff:0:0/95 }",
	  "HOST_BITS" },
	{ "21 ip with IPv6", PX " { label a local_id_type ip local_addr ::1 remote_addr ::2 }",
	  "" },
	{ "22 new algorithms",
	  "{ label a " A
	  " p1_xform { auth_method preshared oakley_group 24 auth_alg sha512 encr_alg aes } }",
	  "" },
	{ "24 anyone",
	  PX " { label a local_id_type ipv4 local_addr 0.0.0.0/0 remote_addr 0.0.0.0/0 }", "" },
	{ "reals", GLOBAL("retry_timer_init .5 retry_timer_max 30."), "" },
	{ "all id types",
	  GLOBAL("local_id_type DN") " { local_id_type gn } { local_id_type user_fqdn } { local_id_type ipv6_range } { local_id_type MBOX }",
	  "" },
	{ "selectors", RULE("remote_id \"!DNS=a\" remote_id !\"DNS=b\" remote_id \"192.0.2.1\""),
	  "" },
	{ "labels of Trusted Extensions",
	  "label_aware p1_xform { auth_method preshared oakley_group 1 auth_alg sha encr_alg des single_label wire_label none PUBLIC }",
	  "" },
	{ "wire label inner", "p1_xform { wire_label inner multi_label }", "" },
	{ "nothing", "", "" },
	{ "vertical tab and form feed", "retry_limit\v4\fuse_http", "" },
	{ "label of 255 bytes",
	  PX
	  " { label "
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  " " A " }",
	  "" },
};

/* What stands in files of the field (the white paper and the guides). */
static const struct sample field[] = {
	{ "1 label on two lines", "{\nlabel\nINDEXID_1\n" A "\n}", "" },
	{ "3 two pairs on a line", "{ label a\np2_pfs 2 p2_lifetime_secs 28800\n}", "" },
	{ "5 glued, then }",
	  "{ label a\np1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 1 auth_alg sha1 encr_alg des}\n}",
	  "" },
	{ "6 } {", "{ label a\n} {\nlabel b\n}", "" },
	{ "7 # alone", "p1_lifetime_secs 28800 #\n########\n#\n", "" },
	{ "9 blanks in a name",
	  "{ label a local_id \"CN=SSM0 47.154.135.86, ST=North Carolina , C=US, L=Research Triangle Park, O=Security, OU=3X20\" }",
	  "" },
	{ "10 any peer", "{ label a local_id_type dn remote_id \"\" }", "" },
	{ "12 order of globals", "p1_nonce_len 20\n" PX "\np2_pfs 0\n", "" },
	{ "14 the author's marks", PX "\n--->The following is used by MDM: #\n{ label a }\n~\n",
	  "STRAY STRAY" },
	{ "16 the Solaris 9 guide", "{ label a\nlocalid 192.0.2.1\nremoteid 192.0.2.2 }",
	  "OLD_KEYWORD OLD_KEYWORD" },
};
/* clang-format on */

Test(ike_config, samples_of_the_reference)
{
	samples_check(&ike_config_format, reference_samples, ARRAY_SIZE(reference_samples));
}

Test(ike_config, rejected)
{
	samples_check(&ike_config_format, rejected, ARRAY_SIZE(rejected));
}

Test(ike_config, odd)
{
	samples_check(&ike_config_format, odd, ARRAY_SIZE(odd));
}

Test(ike_config, accepted)
{
	samples_check(&ike_config_format, accepted, ARRAY_SIZE(accepted));
}

Test(ike_config, field)
{
	samples_check(&ike_config_format, field, ARRAY_SIZE(field));
}

Test(ike_config, long_label)
{
	struct strbuf text = STRBUF_INIT, names = STRBUF_INIT;

	strbuf_addstr(&text, "{ label \"");
	strbuf_addchars(&text, 'a', 255);
	strbuf_addstr(&text, "\" }");
	sample_problems(&ike_config_format, text.buf, text.len, &names);
	cr_expect_str_eq(names.buf, "");
	strbuf_truncate(&text, text.len - 3);
	strbuf_addstr(&text, "a\" }");
	sample_problems(&ike_config_format, text.buf, text.len, &names);
	cr_expect_str_eq(names.buf, "LABEL_LONG", "T64");
	strbuf_release(&text);
	strbuf_release(&names);
}

Test(ike_config, nul_is_said_once)
{
	static const char text[] = "retry_limit 4\0 # \0\nuse_http\n";
	struct doc *doc = doc_new(&ike_config_format, blob_copy(text, sizeof text - 1, false));

	cr_assert_eq(doc->problems.count, 1);
	cr_expect_eq(doc->problems.items[0].code, IKE_PROBLEM_NUL);
	cr_expect_eq(doc->problems.items[0].arg, 2);
	cr_expect_eq(doc->problems.items[0].at.off, 13);
	doc_free(doc);
}

Test(ike_config, every_problem_has_a_sample)
{
	static const struct {
		const struct sample *samples;
		size_t count;
	} lists[] = {
		{ reference_samples, ARRAY_SIZE(reference_samples) },
		{ rejected, ARRAY_SIZE(rejected) },
		{ odd, ARRAY_SIZE(odd) },
	};
	bool seen[IKE_PROBLEM_COUNT] = {
		[IKE_PROBLEM_NUL] = true, [IKE_PROBLEM_LABEL_LONG] = true
	};
	unsigned code;
	size_t i, j, k;

	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		for (j = 0; j < lists[i].count; j++) {
			struct doc *doc = read_string(lists[i].samples[j].text);
			struct problems problems = { 0 };

			projection_collect(doc, &problems);
			for (k = 0; k < problems.count; k++)
				seen[problems.items[k].code] = true;
			problems_release(&problems);
			doc_free(doc);
		}
	}
	for (code = 1; code < IKE_PROBLEM_COUNT; code++) {
		cr_assert_not_null(projection_problem_name(&ike_config_format, code), "%u", code);
		cr_expect(seen[code], "no sample of %s",
			  projection_problem_name(&ike_config_format, code));
	}
}

Test(ike_config, what_a_rule_holds)
{
	struct doc *doc =
		read_string("p2_pfs 5 p1_nonce_len 0x14 " PX "\n"
			    "{ label INDEXID_12 local_addr 192.0.2.1 remote_addr 10.0.0.0 / 8\n"
			    "p2_pfs 2 remote_addr bad p1_xform { encr_alg aes-cbc(128..192)\n"
			    "auth_method rsa_sig } remote_id !\"CN=x\\\\, y\" }");
	struct ike_item rule = IKE_ITEM_INIT, globals = IKE_ITEM_INIT;
	struct strbuf sb = STRBUF_INIT;
	const struct ike_stmt *s;
	uint32_t value = 0;

	ike_read_globals(doc, &globals, NULL);
	ike_read_rule(doc, (uint32_t)doc->nentries - 1, &rule, NULL);
	cr_expect(ike_value(&globals, IKE_P2_PFS, &value) && value == 5);
	cr_expect(ike_value(&globals, IKE_P1_NONCE_LEN, &value) && value == 20);
	cr_expect(ike_value(&rule, IKE_P2_PFS, &value) && value == 2);
	cr_expect_not(ike_value(&rule, IKE_LOCAL_ID_TYPE, &value));
	cr_expect(ike_index_label(&rule, &value) && value == 12);
	cr_assert_eq(rule.naddresses, 3);
	cr_expect(!rule.addresses[0].remote && rule.addresses[1].remote);
	ip_range_print(&sb, &rule.addresses[1].range);
	cr_expect_str_eq(sb.buf, "10.0.0.0/8");
	cr_expect_eq(rule.addresses[2].range.family, IP_NONE);
	cr_expect_eq(rule.methods, IKE_METHOD_RSA_SIG);
	cr_expect_eq(globals.methods, IKE_METHOD_PRESHARED);
	cr_assert_eq(rule.nxforms, 1);
	s = ike_xform_find(&rule, &rule.xforms[0], IKE_ENCR_ALG);
	cr_assert_not_null(s);
	cr_expect(s->good && s->value == IKE_AES);
	strbuf_clear(&sb);
	ike_raw_value(doc, s, &sb);
	cr_expect_str_eq(sb.buf, "aes-cbc ( 128..192 )");
	strbuf_clear(&sb);
	ike_unquote(doc, ike_find(&rule, IKE_REMOTE_ID), &sb);
	cr_expect_str_eq(sb.buf, "!CN=x\\, y");
	cr_expect_eq(ike_effective(&rule, &globals), &rule);
	strbuf_release(&sb);
	ike_item_release(&rule);
	ike_item_release(&globals);
	doc_free(doc);
}

Test(ike_config, numbers)
{
	static const struct {
		const char *text;
		unsigned code;
		uint32_t value;
	} cases[] = {
		{ "0", 0, 0 },
		{ "4294967295", 0, 4294967295u },
		{ "4294967296", IKE_PROBLEM_NUMBER_SIZE, 0 },
		{ "99999999999999999999999999", IKE_PROBLEM_NUMBER_SIZE, 0 },
		{ "0xffffffff", 0, 4294967295u },
		{ "0x100000000", IKE_PROBLEM_NUMBER_SIZE, 0 },
		{ "0X1f", 0, 31 },
		{ "017", 0, 15 },
		{ "00", 0, 0 },
		{ "08", IKE_PROBLEM_NUMBER, 0 },
		{ "0x", IKE_PROBLEM_NUMBER, 0 },
		{ "0xg", IKE_PROBLEM_NUMBER, 0 },
		{ "", IKE_PROBLEM_NUMBER, 0 },
		{ "-1", IKE_PROBLEM_NUMBER, 0 },
		{ "+1", IKE_PROBLEM_NUMBER, 0 },
		{ "1a", IKE_PROBLEM_NUMBER, 0 },
		{ " 1", IKE_PROBLEM_NUMBER, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		uint32_t value = 0;

		cr_expect_eq(ike_parse_number(cases[i].text, strlen(cases[i].text), &value),
			     cases[i].code, "'%s'", cases[i].text);
		cr_expect_eq(value, cases[i].value, "'%s'", cases[i].text);
	}
}

Test(ike_config, index_labels)
{
	static const struct {
		const char *label;
		bool is;
		uint32_t number;
	} cases[] = {
		{ "INDEXID_1", true, 1 },           { "\"INDEXID_4294967295\"", true, 4294967295u },
		{ "INDEXID_4294967296", false, 0 }, { "INDEXID_", false, 0 },
		{ "INDEXID_0", false, 0 },          { "INDEXID_01", false, 0 },
		{ "INDEXID_1x", false, 0 },         { "indexid_1", false, 0 },
		{ "XINDEXID_1", false, 0 },         { "\"\"", false, 0 },
	};
	struct ike_item rule = IKE_ITEM_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf sb = STRBUF_INIT;
		struct doc *doc;
		uint32_t number = 0;

		strbuf_addf(&sb, "{ label %s }", cases[i].label);
		doc = read_string(sb.buf);
		ike_read_rule(doc, 0, &rule, NULL);
		cr_expect_eq(ike_index_label(&rule, &number), cases[i].is, "%s", cases[i].label);
		if (cases[i].is)
			cr_expect_eq(number, cases[i].number, "%s", cases[i].label);
		doc_free(doc);
		strbuf_release(&sb);
	}
	ike_item_release(&rule);
}

Test(ike_config, table_of_words)
{
	int word;

	for (word = 1; word < IKE_WORD_COUNT; word++) {
		const struct ike_word_info *info = &ike_words[word];
		bool keyword = word < IKE_KEYWORD_COUNT;

		cr_assert_not_null(info->name, "%d", word);
		cr_expect_eq(ike_word_find(info->name, strlen(info->name)), (enum ike_word)word,
			     "%s", info->name);
		cr_expect_eq(keyword, info->scopes != 0, "%s", info->name);
		cr_expect_eq(keyword, info->set == 0, "%s", info->name);
		cr_expect(!keyword || info->help != NULL, "%s", info->name);
		cr_expect(keyword || info->known != 0, "%s", info->name);
	}
}

Test(ike_config, goldens_of_the_corpus, .timeout = 60)
{
	samples_check_goldens(&ike_config_format, 40);
}

Test(ike_config, truncations_of_the_corpus, .timeout = 120)
{
	samples_check_truncations(&ike_config_format);
}
