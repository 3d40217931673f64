/* The verdicts of the reference on ike/config: what is refused, what is warned of, what is fine. */
#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/unit/checked.h"

#define ILLUMOS DIALECT_ILLUMOS
#define SOL9    DIALECT_SOL9
#define SOL11   DIALECT_SOL11
#define SOL114  DIALECT_SOL114
#define IKEV2D  DIALECT_IKEV2D

static void check_samples(const struct checked_sample *samples, size_t count)
{
	checked_samples(LOCATION_IKE_CONFIG, samples, count);
}

/* The abbreviations of the reference. */
#define XFORM(method)                                                                              \
	"p1_xform { auth_method " method " oakley_group 14 auth_alg sha256 encr_alg aes }"
#define PX XFORM("preshared")
#define RX XFORM("rsa_sig")
#define A  "local_addr 192.0.2.1 remote_addr 192.0.2.2"
#define C  "local_id_type dn local_id \"CN=a, O=Ex\" remote_id \"CN=b, O=Ex\""
#define T  "cert_trust \"CN=b, O=Ex\""
/* A fragment in an otherwise clean file. */
#define RULE(text)   PX " { label \"a\" " text " }"
#define REMOTE(text) RULE("local_addr 192.0.2.1 remote_addr " text)
#define ENCR(text)                                                                                 \
	"{ label \"a\" " A                                                                         \
	" p1_xform { auth_method preshared oakley_group 14 auth_alg sha256 encr_alg " text " } }"
#define GROUP(text)                                                                                \
	"{ label \"a\" " A " p1_xform { auth_method preshared oakley_group " text                  \
	" auth_alg sha256 encr_alg aes } }"
#define GLOBAL(text) text "\n" RULE(A)
#define X64          "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X256         X64 X64 X64 X64

/* One sample a line. */
/* clang-format off */
static const struct checked_sample reference[] = {
	{ "T01", ILLUMOS, PX "\n{ label \"a\" " A " }", OK, "" },
	{ "T02", ILLUMOS, "{ label \"a\" " A " " PX " }", OK, "" },
	{ "T03", ILLUMOS, "{ label \"a\" " A " }", ERR, "E A12 1" },
	{ "T04", ILLUMOS, "{ label \"a\" " A " }\n" PX, WARN, "W A02 2" },
	{ "T05", ILLUMOS, PX " { label INDEXID_7 " A " }", OK, "" },
	{ "T06", ILLUMOS, PX " {\nlabel\nINDEXID_7\n\n" A "}", OK, "" },
	{ "T07", ILLUMOS, PX " { label \"a\" " A " } { label \"b\" local_addr 192.0.2.1 remote_addr 192.0.2.3 }", OK, "" },
	{ "T08", ILLUMOS, PX " { label \"a\" " A " }\n{ label a " A " }", ERR, "E A05 2; W CONF-O3 2" },
	{ "T09", ILLUMOS, PX " { " A " }", ERR, "E A04 1" },
	{ "T10", ILLUMOS, PX " { label \"a\" label \"b\" " A " }", ERR, "E A06 1" },
	{ "T11", ILLUMOS, PX " { label \"a\" local_addr 192.0.2.1 }", ERR, "E A08 1" },
	{ "T12", ILLUMOS, REMOTE("198.51.100.0\n/ 24"), OK, "" },
	{ "T13", ILLUMOS, REMOTE("198.51.100.0/255.255.255.0"), OK, "" },
	{ "T13", IKEV2D, REMOTE("198.51.100.0/255.255.255.0"), ERR, "E CONF-A4 1" },
	{ "T14", ILLUMOS, REMOTE("198.51.100.9 - 198.51.100.2"), ERR, "E A11 1" },
	{ "T15", ILLUMOS, REMOTE("198.51.100.0/33"), ERR, "E A11 1" },
	{ "T16", ILLUMOS, REMOTE("198.51.100.7/24"), WARN, "W A10 1" },
	{ "T17", ILLUMOS, PX " { label \"a\" local_id_type ipv6 local_addr 2001:db8::1 remote_addr 2001:db8:1::/48 }", OK, "" },
	{ "T17", SOL9, "p1_xform { auth_method preshared oakley_group 5 auth_alg sha1 encr_alg 3des } { label \"a\" local_id_type ipv6 local_addr 2001:db8::1 remote_addr 2001:db8:1::/48 }", ERR, "E CONF-A8 1; E CONF-A8 1" },
	{ "T18", ILLUMOS, REMOTE("2001:db8::1"), WARN, "W A09 1" },
	{ "T19", ILLUMOS, REMOTE("gw.example.com"), ERR, "E CONF-A2 1" },
	{ "T20", ILLUMOS, RULE("local_addr 2001:db8:1::1 remote_addr 2001:db8::1-2001:db8::9"), WARN, "W CONF-A3 1" },
	{ "T20", IKEV2D, RULE("local_addr 2001:db8:1::1 remote_addr 2001:db8::1-2001:db8::9"), OK, "" },
	{ "T21", ILLUMOS, ENCR("aes(128..256)"), OK, "" },
	{ "T22", ILLUMOS, ENCR("aes-cbc ( 192 .. 256 )"), OK, "" },
	{ "T23", ILLUMOS, ENCR("aes(256..128)"), ERR, "E A15 1" },
	{ "T24", ILLUMOS, ENCR("aes(256)"), WARN, "W A15 1" },
	{ "T25", ILLUMOS, ENCR("3des(192..192)"), ERR, "E A15 1" },
	{ "T26", ILLUMOS, ENCR("blowfish-cdc"), WARN, "W CONF-CDC 1" },
	{ "T27", ILLUMOS, "{ label \"a\" " A " p1_xform { auth_method preshared auth_alg sha1 encr_alg aes } }", ERR, "E A13 1" },
	{ "T27", IKEV2D, "{ label \"a\" " A " p1_xform { auth_method preshared auth_alg sha1 encr_alg aes } }", OK, "" },
	{ "T28", ILLUMOS, "{ label \"a\" " A " p1_xform { auth_method preshared oakley_group 5 auth_alg sha auth_alg md5 encr_alg 3des } }", ERR, "E A13 1" },
	{ "T29", ILLUMOS, GROUP("6"), ERR, "E A16 1" },
	{ "T30", ILLUMOS, GROUP("0x0e"), OK, "" },
	{ "T31", ILLUMOS, GROUP("08"), ERR, "E CONF-L10 1" },
	{ "T32", SOL114, GROUP("1"), ERR, "E CONF-S31 1" },
	{ "T32", ILLUMOS, GROUP("1"), OK, "" },
	{ "T33", ILLUMOS, RULE(A " p2_pfs 0"), OK, "" },
	{ "T33", ILLUMOS, RULE(A " p2_pfs 19"), WARN, "W CONF-S3 1" },
	{ "T33", ILLUMOS, RULE(A " p2_pfs 7"), ERR, "E A16 1" },
	{ "T33 at file level", ILLUMOS, GLOBAL("p2_pfs 0"), OK, "" },
	{ "T33 at file level", ILLUMOS, GLOBAL("p2_pfs 19"), WARN, "W CONF-S3 1" },
	{ "T33 at file level", ILLUMOS, GLOBAL("p2_pfs 7"), ERR, "E A16 1" },
	{ "T34", ILLUMOS, T " { label \"a\" " A " " RX " " C " }", OK, "" },
	{ "T35", ILLUMOS, T " { label \"a\" " A " " RX " local_id_type dn remote_id \"CN=b, O=Ex\" }", ERR, "E A28 1" },
	{ "T36", ILLUMOS, T " { label \"a\" " A " " RX " local_id_type dn local_id \"CN=a, O=Ex\" }", ERR, "E A28 1" },
	{ "T37", ILLUMOS, T " local_id_type dn { label \"a\" " A " " RX " local_id \"CN=a, O=Ex\" remote_id \"CN=b, O=Ex\" }", OK, "" },
	{ "T38", ILLUMOS, T " { label \"a\" " A " " RX " local_id \"CN=a, O=Ex\" remote_id \"CN=b, O=Ex\" }", ERR, "E A28 1" },
	{ "T39", ILLUMOS, T " { label \"a\" " A " " RX " local_id_type dn local_id \"CN=a, O=Ex\" remote_id \"\" }", WARN, "W CONF-V12 1" },
	{ "T40", ILLUMOS, T " { label \"a\" " A " " RX " " C " remote_id \"\" }", WARN, "W CONF-V12 1" },
	{ "T41", ILLUMOS, T " { label \"a\" " A " " PX " " RX " " C " }", ERR, "E A25 1" },
	{ "T42", ILLUMOS, PX " " T " { label \"a\" " A " " RX " " C " }", OK, "" },
	{ "T43", ILLUMOS, RULE(A " local_id \"192.0.2.1\""), ERR, "E A26 1" },
	{ "T44", ILLUMOS, RULE(A " local_id_type dn"), WARN, "W A27 1" },
	{ "T45", ILLUMOS, "{ label \"a\" " A " " RX " " C " }", WARN, "W CONF-V13 1" },
	{ "T46", ILLUMOS, T " { label \"a\" " A " " RX " " C " local_id \"CN=z\" }", WARN, "W CONF-O4 1" },
	{ "T46", IKEV2D, T " { label \"a\" " A " " RX " " C " local_id \"CN=z\" }", ERR, "E CONF-O4 1" },
	{ "T47", ILLUMOS, "p1_lifetime_secs 28800 # x\nretry_limit 4 // y\n" RULE(A), OK, "" },
	{ "T48", ILLUMOS, "cert_root \"CN=a # b // c { }, O=Ex\"\nignore_crls\n" RULE(A), OK, "" },
	{ "T49", ILLUMOS, GLOBAL("use_http\nproxy http://p.example.com:8080"), ERR, "E CONF-L2a 2" },
	{ "T50", ILLUMOS, GLOBAL("proxy \"http://p.example.com:8080\"\nuse_http"), OK, "" },
	{ "T51", ILLUMOS, GLOBAL("cert_trust \"CN=x"), ERR, "E A37 1" },
	{ "T52", ILLUMOS, GLOBAL("cert_root \"C=US, O=Ex\\\\, Inc., CN=CA\""), OK, "" },
	{ "T53", ILLUMOS, GLOBAL("cert_root \"C=US, O=Ex\\, Inc., CN=CA\""), WARN, "W A33 1" },
	{ "T54", ILLUMOS, RULE(A " p1_nonce_len 20"), ERR, "E A18 1" },
	{ "T55", ILLUMOS, RULE(A " p1_lifetime_secs 600"), ERR, "E A18 1" },
	{ "T55", IKEV2D, RULE(A " p1_lifetime_secs 600"), OK, "" },
	{ "T56", ILLUMOS, PX " { Label \"a\" " A " }", ERR, "E CONF-V19 1" },
	{ "T57", ILLUMOS, PX " { label \"a\" localid 192.0.2.1 remoteid 192.0.2.2 }", ERR, "E A32 1; E A32 1" },
	{ "T58", ILLUMOS, RULE(A) "\n~", ERR, "E CONF-V19 2" },
	{ "T59", ILLUMOS, RULE(A) " }", ERR, "E CONF-V19 1" },
	{ "T59", ILLUMOS, PX " { label \"a\" " A, ERR, "E CONF-V19 1" },
	{ "T60", ILLUMOS, GLOBAL("retry_timer_init 0.25"), OK, "" },
	{ "T60", ILLUMOS, GLOBAL("retry_limit 2.5"), ERR, "E CONF-L10 1" },
	{ "T61", ILLUMOS, GLOBAL("p2_lifetime_secs 3600 p2_softlife_secs 7200"), WARN, "W CONF-V17 1" },
	{ "T62", ILLUMOS, "p1_nonce_len 20\n# only comments", WARN, "W CONF-V18 0" },
	{ "T62", IKEV2D, "p1_nonce_len 20\n# only comments", ERR, "E CONF-V18 0" },
	{ "T63", ILLUMOS, "p1_xform { auth_method preshared oakley_group 5 auth_alg sha encr_alg \\\n3des }\n{ label \"a\" " A " }", WARN, "W CONF-L12 1" },
	{ "T64", ILLUMOS, PX " { label \"" X256 "\" " A " }", ERR, "E CONF-V20 1" },
	{ "T65", ILLUMOS, GLOBAL("max_certs 2048"), WARN, "W CONF-S3 1" },
	{ "T66", ILLUMOS, GLOBAL("expire_timer -5"), ERR, "E CONF-L10 1" },
	{ "T67", ILLUMOS, GLOBAL("auth_method preshared"), ERR, "E CONF-V19 1" },
	{ "T68", ILLUMOS, T " { label \"a\" " A " " C " " RX " " XFORM("dss_sig") " }", OK, "" },
	{ "T68", IKEV2D, T " { label \"a\" " A " " C " " RX " " XFORM("dss_sig") " }", WARN, "W CONF-V7 1" },
};
/* clang-format on */

Test(lint_ike, the_verdicts_of_the_reference)
{
	check_samples(reference, ARRAY_SIZE(reference));
}

#define CERT(text)  T " { label \"a\" " A " " text " }"
#define WITH(parts) "{ label \"a\" " A " p1_xform { " parts " } }"
#define FULL        "auth_method preshared oakley_group 14 auth_alg sha256 encr_alg aes"

/* What must be refused (reference 5.1), by its number. */
/* clang-format off */
static const struct checked_sample must_reject[] = {
	{ "1 no label", ILLUMOS, RULE(A) " { local_addr 192.0.2.1 remote_addr 192.0.2.3 }", ERR, "E A04 1" },
	{ "2 two labels", ILLUMOS, RULE(A "\nlabel \"b\""), ERR, "E A06 2" },
	{ "3 no local_addr", ILLUMOS, PX " { label \"a\" remote_addr 192.0.2.2 }", ERR, "E A08 1" },
	{ "4 no remote_addr", ILLUMOS, PX " { label \"a\" local_addr 192.0.2.2 }", ERR, "E A08 1" },
	{ "3 and 4", ILLUMOS, PX " { label \"a\" }", ERR, "E A08 1; E A08 1" },
	{ "5 duplicate label", ILLUMOS, RULE(A) "\n{ label \"a\" local_addr 192.0.2.1 remote_addr 192.0.2.3 }", ERR, "E A05 2" },
	{ "5 thrice", ILLUMOS, RULE(A) "\n{ label \"a\" local_addr 192.0.2.1 remote_addr 192.0.2.3 }\n{ label a local_addr 192.0.2.1 remote_addr 192.0.2.4 }", ERR, "E A05 2; E A05 3" },
	{ "6 no transform", ILLUMOS, "{ label \"a\"\n" A " }", ERR, "E A12 1" },
	{ "7 no method", ILLUMOS, WITH("oakley_group 14 auth_alg sha256 encr_alg aes"), ERR, "E A13 1" },
	{ "7 no group", ILLUMOS, WITH("auth_method preshared auth_alg sha256 encr_alg aes"), ERR, "E A13 1" },
	{ "7 no hash", ILLUMOS, WITH("auth_method preshared oakley_group 14 encr_alg aes"), ERR, "E A13 1" },
	{ "7 no cipher", ILLUMOS, WITH("auth_method preshared oakley_group 14 auth_alg sha256"), ERR, "E A13 1" },
	{ "7 nothing at all", ILLUMOS, WITH(""), ERR, "E A13 1" },
	{ "7 at file level", ILLUMOS, "p1_xform { auth_method preshared auth_alg sha256 encr_alg aes }\n{ label \"a\" " A " }", ERR, "E A13 1" },
	{ "7 in the second one", ILLUMOS, "{ label \"a\" " A " " PX "\np1_xform { auth_method preshared auth_alg sha256 encr_alg aes } }", ERR, "E A13 2" },
	{ "8 method twice", ILLUMOS, WITH(FULL " auth_method preshared"), ERR, "E A13 1" },
	{ "8 group twice", ILLUMOS, WITH(FULL " oakley_group 14"), ERR, "E A13 1" },
	{ "8 hash twice", ILLUMOS, WITH(FULL " auth_alg sha256"), ERR, "E A13 1" },
	{ "8 cipher twice", ILLUMOS, WITH(FULL " encr_alg aes"), ERR, "E A13 1" },
	{ "8 lifetime twice", ILLUMOS, "# x\n" WITH(FULL " p1_lifetime_secs 600\np1_lifetime_secs 600"), ERR, "E A13 3" },
	{ "9 two ways to authenticate", ILLUMOS, CERT(C " " PX "\n" RX), ERR, "E A25 1" },
	{ "10 no local_id_type", ILLUMOS, CERT(RX " local_id \"CN=a\" remote_id \"CN=b\""), ERR, "E A28 1" },
	{ "11 no local_id", ILLUMOS, CERT(RX " local_id_type dn remote_id \"CN=b\""), ERR, "E A28 1" },
	{ "12 no remote_id", ILLUMOS, CERT(RX " local_id_type dn local_id \"CN=a\""), ERR, "E A28 1" },
	{ "10 to 12", ILLUMOS, CERT(RX), ERR, "E A28 1; E A28 1; E A28 1" },
	{ "13 ids with a preshared key", ILLUMOS, RULE(A "\nlocal_id \"CN=a\"\nremote_id \"CN=b\""), ERR, "E A26 2; E A26 3" },
	{ "14 two local_id_type", ILLUMOS, RULE(A " local_id_type ip\nlocal_id_type ip"), ERR, "E CONF-O4 2" },
	{ "15 p1_nonce_len in a rule", ILLUMOS, RULE(A "\np1_nonce_len 20"), ERR, "E A18 2" },
	{ "15 p2_nonce_len in a rule", ILLUMOS, RULE(A "\np2_nonce_len 20"), ERR, "E A18 2" },
	{ "15 p1_nonce_len in a transform", ILLUMOS, WITH(FULL "\np1_nonce_len 20"), ERR, "E A18 2" },
	{ "16 key size of des", ILLUMOS, ENCR("des(128..128)"), ERR, "E A15 1" },
	{ "16 key size of blowfish", ILLUMOS, ENCR("blowfish (128..256)"), ERR, "E A15 1" },
	{ "17 cipher", ILLUMOS, ENCR("rc4"), ERR, "E CONF-R17 1" },
	{ "17 hash", ILLUMOS, WITH("auth_method preshared oakley_group 14 auth_alg sha224 encr_alg aes"), ERR, "E A14 1" },
	{ "17 method", ILLUMOS, WITH("auth_method psk oakley_group 14 auth_alg sha256 encr_alg aes"), ERR, "E CONF-R17 1" },
	{ "17 id type", ILLUMOS, RULE(A " local_id_type address"), ERR, "E CONF-R17 1" },
	{ "17 group", ILLUMOS, GROUP("modp2048"), ERR, "E CONF-S3 1" },
	{ "17 group", IKEV2D, GROUP("modp2048"), OK, "" },
	{ "17 group", ILLUMOS, GROUP("modp2047"), ERR, "E CONF-L10 1" },
	{ "single_label and multi_label", ILLUMOS, WITH(FULL " single_label\nmulti_label"), ERR, "N A38 1; N A38 2; E CONF-S3 2" },
	{ "17 group", ILLUMOS, GROUP("31"), ERR, "E A16 1" },
	{ "18 host name", ILLUMOS, RULE("local_addr localhost remote_addr 192.0.2.2"), ERR, "E CONF-A2 1" },
	{ "18 scope id", ILLUMOS, RULE("local_addr fe80::1%net0 remote_addr fe80::2"), ERR, "E CONF-A2 1" },
	{ "19 prefix", ILLUMOS, RULE("local_addr 2001:db8::1 remote_addr 2001:db8::/129"), ERR, "E A11 1" },
	{ "19 prefix", ILLUMOS, REMOTE("198.51.100.0/"), ERR, "E A11 1" },
	{ "19 mask", ILLUMOS, REMOTE("198.51.100.0/255.0.255.0"), ERR, "E A11 1" },
	{ "19 range", ILLUMOS, REMOTE("198.51.100.9-2001:db8::1"), ERR, "E A11 1" },
	{ "20 number", ILLUMOS, GLOBAL("expire_timer 12x"), ERR, "E CONF-L10 1" },
	{ "20 number", ILLUMOS, GLOBAL("expire_timer 0x"), ERR, "E CONF-L10 1" },
	{ "20 number", ILLUMOS, GLOBAL("expire_timer 4294967296"), ERR, "E CONF-L10 1" },
	{ "20 real", ILLUMOS, GLOBAL("retry_timer_init 1e3"), ERR, "E CONF-L10 1" },
	{ "20 real", ILLUMOS, GLOBAL("retry_timer_max inf"), ERR, "E CONF-L10 1" },
	{ "21 string", ILLUMOS, PX "\n{ label \"a\n" A " }", ERR, "E A37 2" },
	{ "22 unquoted URL", ILLUMOS, GLOBAL("use_http\nsocks socks://p.example.com:1080"), ERR, "E CONF-L2a 2" },
	{ "23 case of a keyword", ILLUMOS, RULE("LOCAL_ADDR 192.0.2.1 remote_addr 192.0.2.2"), ERR, "E CONF-V19 1" },
	{ "23 case of a value", ILLUMOS, ENCR("AES"), ERR, "E CONF-R17 1" },
	{ "23 case of an id type", ILLUMOS, RULE(A " local_id_type IPV4"), ERR, "E CONF-R17 1" },
	{ "23 case of an id type", ILLUMOS, RULE(A " local_id_type Ip"), ERR, "E CONF-R17 1" },
	{ "24 transform keyword in a rule", ILLUMOS, RULE(A " encr_alg aes"), ERR, "E CONF-V19 1" },
	{ "24 rule keyword at file level", ILLUMOS, GLOBAL("local_addr 192.0.2.1"), ERR, "E CONF-V19 1" },
	{ "24 rule keyword in a transform", ILLUMOS, WITH(FULL " label \"b\""), ERR, "E CONF-V19 1" },
	{ "24 global in a rule", ILLUMOS, RULE(A " expire_timer 300"), ERR, "E CONF-V19 1" },
	{ "25 } too many", ILLUMOS, "}\n" RULE(A), ERR, "E CONF-V19 1" },
	{ "25 rule not closed", ILLUMOS, PX "\n{ label \"a\" " A "\n{ label \"b\" local_addr 192.0.2.1 remote_addr 192.0.2.3 }", ERR, "E CONF-V19 2" },
	{ "25 nothing is closed", ILLUMOS, "{ label \"a\" " A "\np1_xform { " FULL, ERR, "E CONF-V19 1; E CONF-V19 2" },
	{ "25 transform without {", ILLUMOS, RULE(A "\np1_xform auth_method preshared"), ERR, "E CONF-V19 2" },
	{ "25 { in a transform", ILLUMOS, "{ label \"a\" " A " p1_xform { { " FULL " } } }", ERR, "E CONF-V19 1" },
	{ "26 unknown keyword", ILLUMOS, GLOBAL("cert_request \"x\""), ERR, "E CONF-V19 1" },
	{ "26 unknown in a rule", ILLUMOS, RULE(A " cert_request \"x\""), ERR, "E CONF-V19 1" },
	{ "26 unknown in a transform", ILLUMOS, WITH(FULL " prf sha1"), ERR, "E CONF-V19 1" },
	{ "26 localid", ILLUMOS, RULE(A " localid 192.0.2.1"), ERR, "E A32 1" },
	{ "26 remoteid", ILLUMOS, RULE(A " remoteid 192.0.2.1"), ERR, "E A32 1" },
	{ "27 stray text", ILLUMOS, RULE(A) "\n--->The following is used by MDM: #\n{ label \"b\" local_addr 192.0.2.1 remote_addr 192.0.2.3 }", ERR, "E CONF-V19 2" },
	{ "28 md5", SOL114, WITH("auth_method preshared oakley_group 14 auth_alg md5 encr_alg aes"), ERR, "E CONF-S31 1" },
	{ "28 des", SOL114, ENCR("des"), ERR, "E CONF-S31 1" },
	{ "28 blowfish", SOL114, ENCR("blowfish-cbc"), ERR, "E CONF-S31 1" },
	{ "28 group 1", SOL114, GROUP("1"), ERR, "E CONF-S31 1" },
	{ "28 at file level", SOL114, "p1_xform { auth_method preshared oakley_group 1 auth_alg sha1 encr_alg 3des }\n{ label \"a\" " A " }", ERR, "E CONF-S31 1" },
	{ "28 p2_pfs at file level", SOL114, GLOBAL("p2_pfs 1"), ERR, "E CONF-S31 1" },
	{ "29 IPv6", SOL9, "p1_xform { auth_method preshared oakley_group 5 auth_alg sha encr_alg 3des }\n{ label \"a\" local_addr 2001:db8::1\nremote_addr 2001:db8::2 }", ERR, "E CONF-A8 2; E CONF-A8 3" },
};

/* What must be accepted (reference 5.2), by its number. */
static const struct checked_sample must_accept[] = {
	{ "1 bare label", ILLUMOS, PX " { label peer-7 " A " }", OK, "" },
	{ "2 value on the next line", ILLUMOS, "p1_lifetime_secs\n28800\n" RULE("local_addr\n192.0.2.1\nremote_addr\n192.0.2.2"), OK, "" },
	{ "3 many on a line", ILLUMOS, "p1_lifetime_secs 28800 retry_limit 4 p2_pfs 14 " RULE(A " p2_pfs 14 p2_lifetime_secs 28800"), OK, "" },
	{ "4 brace on the next line", ILLUMOS, "p1_xform\n{ " FULL " }\n{ label \"a\" " A " }", OK, "" },
	{ "5 glued }", ILLUMOS, "p1_xform { auth_method preshared oakley_group 14 auth_alg sha256 encr_alg aes}\n{label \"a\" " A " p2_pfs 14}", OK, "" },
	{ "6 } {", ILLUMOS, RULE(A "\n") " {\nlabel \"b\" local_addr 192.0.2.1 remote_addr 192.0.2.3 }", OK, "" },
	{ "7 blank lines and ####", ILLUMOS, PX "\n{\n\n########\nlabel \"a\"\n\n\n#\n" A "\n\n}\n", OK, "" },
	{ "8 comment behind a value", ILLUMOS, "p1_lifetime_secs 28800 #\nretry_limit 4 // four\n" RULE("local_addr 192.0.2.1#glued\nremote_addr 192.0.2.2//glued\n"), OK, "" },
	{ "9 within quotes", ILLUMOS, PX " { label \"a # b // c { d }\" " A " }", OK, "" },
	{ "10 any order of globals", ILLUMOS, "retry_limit 4\n" PX "\np1_nonce_len 20\nuse_http\ncert_trust \"CN=b\"\np2_pfs 0\n{ label \"a\" " A " }", OK, "" },
	{ "11 several of each", ILLUMOS,
	  "cert_root \"CN=r\" cert_root \"CN=s\" cert_trust \"CN=b\" cert_trust \"CN=c\" ldap_server \"x\" ldap_server \"y\"\nignore_crls\n"
	  "{ label \"a\" local_addr 192.0.2.1 local_addr 192.0.2.9 remote_addr 192.0.2.2 remote_addr 192.0.2.3 " C " remote_id \"CN=c\" " RX " " RX " }",
	  OK, "" },
	{ "13 blanks around / and -", ILLUMOS, RULE("local_addr 192.0.2.0 /\n30 remote_addr 198.51.100.1 -198.51.100.9 remote_addr 203.0.113.1- 203.0.113.9"), OK, "" },
	{ "14 mask and range", ILLUMOS, RULE("local_addr 192.0.2.0/255.255.255.0 remote_addr 198.51.100.1-198.51.100.9"), OK, "" },
	{ "15 preshared default and an rsa_sig rule", ILLUMOS, PX "\n" T "\n{ label \"a\" " A " " RX " " C " }", OK, "" },
	{ "16 all inherited", ILLUMOS, "p1_lifetime_secs 28800 p2_lifetime_secs 28800 p2_pfs 14 local_id_type ip\n" RULE(A), OK, "" },
	{ "17 synonyms", ILLUMOS, "{ label \"a\" " A
	  " p1_xform { auth_method preshared oakley_group 14 auth_alg sha encr_alg des } p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg des-cbc }"
	  " p1_xform { auth_method preshared oakley_group 14 auth_alg md5 encr_alg 3des-cbc } p1_xform { auth_method preshared oakley_group 14 auth_alg sha512 encr_alg blowfish-cbc } }",
	  OK, "" },
	{ "18 hexadecimal and octal", ILLUMOS, "p1_lifetime_secs 0x7080\np2_lifetime_secs 070200\n" RULE(A), OK, "" },
	{ "19 one name in both", ILLUMOS, "cert_root \"CN=r, O=Ex\"\ncert_trust \"CN=r, O=Ex\"\nignore_crls\n" RULE(A), OK, "" },
	{ "20 lifetime in file and transform", ILLUMOS, "p1_lifetime_secs 28800\n" WITH(FULL " p1_lifetime_secs 86400"), OK, "" },
	{ "21 ip for IPv6", ILLUMOS, RULE("local_id_type ip local_addr 2001:db8::1 remote_addr 2001:db8::2"), OK, "" },
	{ "22 SHA-2 and high groups", ILLUMOS, WITH("auth_method preshared oakley_group 24 auth_alg sha384 encr_alg aes"), OK, "" },
	{ "23 p2_pfs 0", ILLUMOS, GLOBAL("p2_pfs 0"), OK, "" },
	{ "24 ipv4 for everybody", ILLUMOS, RULE("local_id_type ipv4 local_addr 0.0.0.0/0 remote_addr 0.0.0.0/0"), WARN, "W A31 1" },
	{ "A31 everybody at one end", ILLUMOS, RULE("local_addr 192.0.2.1 remote_addr 0.0.0.0/0"), OK, "" },
	{ "A31 IPv6", ILLUMOS, RULE("local_addr ::/0 remote_addr ::/0"), WARN, "W A31 1" },
	{ "A35 too little time", ILLUMOS, GLOBAL("expire_timer 15"), WARN, "W A35 1" },
	{ "A35 just enough", ILLUMOS, GLOBAL("expire_timer 16"), OK, "" },
	{ "A35 too many tries", ILLUMOS, GLOBAL("retry_limit 20"), WARN, "W A35 1" },
	{ "A35 slow tries", ILLUMOS, GLOBAL("retry_timer_init 60\nretry_timer_max 200\nretry_limit 4"), WARN, "W A35 3" },
	{ "A35 fewer slow tries", ILLUMOS, GLOBAL("retry_timer_init 60\nretry_timer_max 200\nretry_limit 2"), OK, "" },
	{ "A35 endless tries", ILLUMOS, GLOBAL("retry_limit 4294967295"), WARN, "W A35 1" },
	{ "A35 one try", ILLUMOS, GLOBAL("retry_limit 0"), WARN, "W A35 1" },
	/* One that is accepted, but with a warning: it accepts anybody. */
	{ "12 any identity", ILLUMOS, CERT(RX " local_id_type dn local_id \"CN=a\" remote_id \"\""), WARN, "W CONF-V12 1" },
};

#define NAME "CN=PKBRoot01, ST=North Carolina, C=US, L=Research Triangle Park, O=Security, OU=3X20"
#define DEFAULTS \
	"p1_nonce_len 20\n########\n## Global parameters\ncert_root \"" NAME "\"\ncert_trust \"" NAME "\"\nignore_crls\n#\n" \
	"## Phase 1 tranform defaults\np1_lifetime_secs 28800 #\n#\n## Defaults that individual rules can override.\n" \
	"p1_xform\n{ auth_method preshared oakley_group 1 auth_alg sha encr_alg 3des }\np2_pfs 0\n"
#define KEY_RULE \
	"{\nlabel\nINDEXID_1\n\nlocal_id_type ip\nlocal_addr 192.0.2.86\nremote_addr 192.0.2.81\np2_pfs 2 p2_lifetime_secs 28800\n" \
	"p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 1 auth_alg sha1 encr_alg 3des}\n}"
#define CERT_RULE(id) \
	" {\nlabel\nINDEXID_2\nlocal_id_type dn\nlocal_addr 192.0.2.86\nlocal_id \"CN=SSM0 192.0.2.86, ST=North Carolina , C=US, O=Security, OU=3X20\"\n" \
	"remote_addr 192.0.2.69\nremote_id \"" id "\"\np2_pfs 1\n" \
	"p1_xform { p1_lifetime_secs 86400 auth_method rsa_sig oakley_group 1 auth_alg sha1 encr_alg des}\n}\n"

/* What is seen in the field (reference 6). */
static const struct checked_sample field[] = {
	{ "1, 3 to 7, 13", DIALECT_SOL10, "p1_lifetime_secs 86400\np1_nonce_len 20\n########\n" KEY_RULE "\n", OK, "" },
	{ "2 to 9, 11 to 13", DIALECT_SOL10, DEFAULTS "#\n" KEY_RULE CERT_RULE("CN=b"), OK, "" },
	{ "10 any identity", DIALECT_SOL10, DEFAULTS "#\n" KEY_RULE CERT_RULE(""), WARN, "W CONF-V12 32" },
	{ "14 an author's mark", DIALECT_SOL10, DEFAULTS "--->The following is used by MDM: #\n" KEY_RULE "\n~\n", ERR, "E CONF-V19 15; E CONF-V19 26" },
	{ "16 old keywords", ILLUMOS, RULE(A "\nlocalid 192.0.2.1\nremoteid 192.0.2.2"), ERR, "E A32 2; E A32 3" },
	{ "16 old keywords", SOL9, "p1_xform { auth_method preshared oakley_group 5 auth_alg sha encr_alg 3des } { label \"a\" " A "\nlocalid 192.0.2.1\nremoteid 192.0.2.2 }", WARN, "W A32 2; W A32 3" },
};

#define TO(label, addresses) "{ label " label " " addresses " }\n"
#define L                   "local_addr 192.0.2.1 "

/* Lifetimes, the rule's own and the file's. */
static const struct checked_sample lifetimes[] = {
	{ "A21 phase 1 of the file", ILLUMOS, GLOBAL("p1_lifetime_secs 59"), WARN, "W A21 1" },
	{ "A21 the least of phase 1", ILLUMOS, GLOBAL("p1_lifetime_secs 60"), OK, "" },
	{ "A21 phase 2 of the file", ILLUMOS, GLOBAL("p2_lifetime_secs 99"), WARN, "W A21 1" },
	{ "A21 phase 2", ILLUMOS, RULE(A " p2_lifetime_secs 99"), WARN, "W A21 1" },
	{ "A21 the least of phase 2", ILLUMOS, RULE(A " p2_lifetime_secs 100"), OK, "" },
	{ "A21 soft", ILLUMOS, RULE(A "\np2_lifetime_secs 3600\np2_softlife_secs 89"), WARN, "W A21 3" },
	{ "A21 in a transform", ILLUMOS, WITH(FULL " p1_lifetime_secs 59"), WARN, "W A21 1" },
	{ "A21 in the file's transform", ILLUMOS, "p1_xform { " FULL " p1_lifetime_secs 59 }\n{ label \"a\" " A " }", WARN, "W A21 1" },
	{ "A22 of the file", ILLUMOS, GLOBAL("p2_lifetime_secs 172801"), WARN, "W A22 1" },
	{ "A22", ILLUMOS, RULE(A " p2_lifetime_secs 172801"), WARN, "W A22 1" },
	{ "A22 the most", ILLUMOS, RULE(A " p2_lifetime_secs 172800"), OK, "" },
	{ "A22 kilobytes of the file", ILLUMOS, GLOBAL("p2_lifetime_kb 536870913"), WARN, "W A22 1" },
	{ "V17 beyond", ILLUMOS, RULE(A " p2_lifetime_secs 3600\np2_softlife_secs 3601"), WARN, "W CONF-V17 2" },
	{ "V17 beyond the file's", ILLUMOS, GLOBAL("p2_lifetime_secs 3600") " { label b local_addr 192.0.2.1 remote_addr 192.0.2.3\np2_softlife_secs 3601 }", WARN, "W CONF-V17 3" },
	{ "V17 the file's beyond the rule's", ILLUMOS, GLOBAL("p2_lifetime_secs 7200 p2_softlife_secs 3601") " { label b local_addr 192.0.2.1 remote_addr 192.0.2.3\np2_lifetime_secs 3600 }", WARN, "W CONF-V17 3" },
	{ "V17 kilobytes", ILLUMOS, RULE(A " p2_lifetime_kb 3600\np2_softlife_kb 3601"), WARN, "W CONF-V17 2" },
	{ "A23 the same", ILLUMOS, RULE(A " p2_lifetime_secs 3600\np2_softlife_secs 3600"), WARN, "W A23 2" },
	{ "A23 too near", ILLUMOS, RULE(A " p2_lifetime_secs 3600\np2_softlife_secs 3591"), WARN, "W A23 2" },
	{ "A23 just enough", ILLUMOS, RULE(A " p2_lifetime_secs 3600\np2_softlife_secs 3590"), OK, "" },
	{ "A23 of the file, once", ILLUMOS, GLOBAL("p2_lifetime_secs 3600 p2_softlife_secs 3600"), WARN, "W A23 1" },
	{ "A23 near the file's", ILLUMOS, GLOBAL("p2_lifetime_secs 3600") " { label b local_addr 192.0.2.1 remote_addr 192.0.2.3\np2_softlife_secs 3595 }", WARN, "W A23 3" },
	{ "A23 kilobytes", ILLUMOS, RULE(A " p2_lifetime_kb 3600\np2_softlife_kb 3600"), WARN, "W A23 2" },
	{ "A23 kilobytes have no seconds", ILLUMOS, RULE(A " p2_lifetime_kb 3600\np2_softlife_kb 3599"), OK, "" },
	{ "A23 alone", ILLUMOS, RULE(A "\np2_softlife_secs 3600"), WARN, "W A23 2" },
	{ "A23 alone in the file, once", ILLUMOS, GLOBAL("p2_softlife_secs 3600") " { label b local_addr 192.0.2.1 remote_addr 192.0.2.3 }", WARN, "W A23 1" },
	{ "A23 alone in the file but not in the rule", ILLUMOS, GLOBAL("p2_softlife_secs 3240\n#") " { label b local_addr 192.0.2.1 remote_addr 192.0.2.3 p2_lifetime_secs 3600 }", WARN, "W A23 1" },
	{ "A23 each rule has one", ILLUMOS, "p2_softlife_secs 3240\n" RULE(A " p2_lifetime_secs 3600"), OK, "" },
	{ "A24", ILLUMOS, "{ label a " A " p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg 3des }\np2_lifetime_kb 33554433 }", WARN, "W A24 2" },
	{ "A24 of the file, once", ILLUMOS, "p2_lifetime_kb 33554433 p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg 3des }\n{ label a " A " }\n{ label b local_addr 192.0.2.1 remote_addr 192.0.2.3 }", WARN, "W A24 2" },
	{ "A24 aes", ILLUMOS, RULE(A " p2_lifetime_kb 33554433"), OK, "" },
	{ "A35 a timer of nothing", ILLUMOS, GLOBAL("retry_timer_init 0"), WARN, "W A35 1" },
	{ "A35 another one", ILLUMOS, GLOBAL("retry_timer_init 0.0\nretry_timer_max .0"), WARN, "W A35 1; W A35 2" },
};

/* Words and values of which the manuals say little, and certificates by name. */
static const struct checked_sample rare[] = {
	{ "A09 both families", ILLUMOS, RULE(A " remote_addr 2001:db8::1"), WARN, "W A09 1" },
	{ "A11 mapped", ILLUMOS, RULE("local_addr ::ffff:192.0.2.1\nremote_addr 2001:db8::1"), WARN, "W A11 1" },
	{ "A38 p1_mode", ILLUMOS, RULE(A "\np1_mode main") "\n{ label b local_addr 192.0.2.1 remote_addr 192.0.2.3 p1_mode main }", OK, "N A38 2" },
	{ "A38 p1_mode of the file", ILLUMOS, GLOBAL("p1_mode main"), OK, "N A38 1" },
	{ "A38 nat_t_port", ILLUMOS, GLOBAL("nat_t_port 4500"), OK, "N A38 1" },
	{ "A38 nat_t_port out of range", ILLUMOS, GLOBAL("nat_t_port 65536"), WARN, "N A38 1; W CONF-S3 1" },
	{ "A38 labels", ILLUMOS, WITH(FULL " multi_label wire_label inner"), OK, "N A38 1; N A38 1" },
	{ "single_label and multi_label", ILLUMOS, "p1_xform { " FULL " single_label multi_label }\n{ label \"a\" " A " }", ERR, "N A38 1; N A38 1; E CONF-S3 1" },
	{ "B12", ILLUMOS, "{\n\tlabel \"a\"\n\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.2.2\n\tp1_xform { " FULL " p1_lifetime_secs 3600 }\n}\n", WARN, "W B12 0" },
	{ "B12 a comment", ILLUMOS, "{\n\tlabel \"a\" // mine\n\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.2.2\n\tp1_xform { " FULL " p1_lifetime_secs 3600 }\n}\n", OK, "" },
	{ "B12 no tabs", ILLUMOS, "{\n  label \"a\"\n  local_addr 192.0.2.1\n  remote_addr 192.0.2.2\n  p1_xform { " FULL " p1_lifetime_secs 3600 }\n}\n", OK, "" },
	{ "B12 no lifetime", ILLUMOS, "{\n\tlabel \"a\"\n\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.2.2\n\tp1_xform { " FULL " }\n}\n", OK, "" },
	{ "A33 no backslash", ILLUMOS, GLOBAL("cert_root \"C=US, O=Ex, Inc., CN=CA\""), WARN, "W A33 1" },
	{ "A33 in a rule", ILLUMOS, CERT(RX " local_id_type dn local_id \"CN=a\"\nremote_id \"CN=b, Inc.\""), WARN, "W A33 2" },
	{ "A33 one backslash, once", ILLUMOS, GLOBAL("cert_root \"O=Ex\\, Inc., CN=CA\""), WARN, "W A33 1" },
	{ "C1", ILLUMOS, GLOBAL("cert_root \"dns=ca.example.com\""), WARN, "W CONF-C1 1" },
	{ "C1 a type of a name is none", ILLUMOS, GLOBAL("cert_root \"cn=ca\""), OK, "" },
	{ "C2", ILLUMOS, GLOBAL("cert_root \"ca.example.com\"\ncert_root \"192.0.2.1\"\ncert_root \"a@example.com\"\ncert_root \"3\"\ncert_root \"!DNS=x\""), OK, "" },
	{ "C4 nothing behind the tag", ILLUMOS, GLOBAL("cert_root \"DNS=\""), WARN, "W CONF-C4 1" },
	{ "C4 no address", ILLUMOS, GLOBAL("cert_trust \"IP=nobody\""), WARN, "W CONF-C4 1" },
	{ "C4 blanks", ILLUMOS, GLOBAL("cert_root \"CN=x, ST=North Carolina , C=US\""), OK, "" },
	{ "C6", ILLUMOS, GLOBAL("cert_root \"EMAIL=a@example.com, CN=b\""), WARN, "W CONF-C6 1" },
	{ "ldap_server", ILLUMOS, GLOBAL("ldap_server \"a:389,b, [2001:db8::1]:636 ,192.0.2.1:65535\""), OK, "" },
	{ "ldap_server port", ILLUMOS, GLOBAL("ldap_server \"a:0\""), WARN, "W CONF-S3 1" },
	{ "ldap_server port", ILLUMOS, GLOBAL("ldap_server \"a:ldap\""), WARN, "W CONF-S3 1" },
	{ "ldap_server nothing", ILLUMOS, GLOBAL("ldap_server \"a,\""), WARN, "W CONF-S3 1" },
	{ "ldap_server URL", ILLUMOS, GLOBAL("ldap_server \"ldap://a\""), WARN, "W CONF-S3 1" },
	{ "pkcs11_path", ILLUMOS, GLOBAL("pkcs11_path \"/usr/lib/libpkcs11.so\""), OK, "N CONF-S3 1" },
	{ "pkcs11_path", SOL9, "pkcs11_path \"/usr/lib/libpkcs11.so\"\np1_xform { auth_method preshared oakley_group 5 auth_alg sha1 encr_alg 3des }\n{ label \"a\" " A " }", OK, "" },
	{ "L2b", IKEV2D, GLOBAL("# // none\nretry_limit 4 // four\np2_pfs 14 // x"), ERR, "E CONF-L2b 2" },
	{ "L2b in quotes", IKEV2D, GLOBAL("cert_root \"DNS=a//b\" # //"), OK, "" },
	{ "L6 in in.ikev2d", IKEV2D, GLOBAL("cert_root \"O=Ex\\\\, Inc.\""), WARN, "W CONF-L6 1" },
	{ "L11a", IKEV2D, GLOBAL("retry_timer_init 1.5"), WARN, "W CONF-L11a 1" },
	{ "L11a whole", IKEV2D, GLOBAL("retry_timer_init 1"), OK, "" },
	{ "L12 in in.ikev2d", IKEV2D, GLOBAL("retry_limit \\\n4"), ERR, "E CONF-L12 1" },
	{ "K5 in in.ikev2d", IKEV2D, ENCR("aes(128..256)"), WARN, "W CONF-K5 1" },
	{ "K5 with blanks", IKEV2D, ENCR("aes(128 .. 256)"), OK, "" },
	{ "C7 in in.ikev2d", IKEV2D, CERT(RX " local_id_type dn local_id \"CN=a\"\nremote_id \"\""), ERR, "E CONF-C7 2" },
};

/* Rules that earlier ones keep everything from (reference, O3). */
static const struct checked_sample order[] = {
	{ "narrow, then wide", ILLUMOS, PX "\n" TO("a", A) TO("b", L "remote_addr 192.0.2.0/24"), OK, "" },
	{ "wide, then narrow", ILLUMOS, PX "\n" TO("a", L "remote_addr 192.0.2.0/24") TO("b", A), WARN, "W A30 3" },
	{ "wide, then several", ILLUMOS, PX "\n" TO("a", L "remote_addr 192.0.2.0/24") TO("b", A) TO("c", L "remote_addr 192.0.2.8/29") TO("d", L "remote_addr 192.0.2.3 remote_addr 192.0.2.77"), WARN, "W A30 3" },
	{ "two wide ones", ILLUMOS, PX "\n" TO("a", L "remote_addr 192.0.2.0/24") TO("b", "local_addr 192.0.2.9 remote_addr 198.51.100.0/24") TO("c", A) TO("d", "local_addr 192.0.2.9 remote_addr 198.51.100.7"), WARN, "W A30 4; W A30 5" },
	{ "from another address", ILLUMOS, PX "\n" TO("a", L "remote_addr 192.0.2.0/24") TO("b", "local_addr 192.0.2.7 remote_addr 192.0.2.2"), OK, "" },
	{ "one of several", ILLUMOS, PX "\n" TO("a", A " remote_addr 192.0.2.3") TO("b", L "remote_addr 192.0.2.3"), WARN, "W A30 3" },
	{ "more than one", ILLUMOS, PX "\n" TO("a", A " remote_addr 192.0.2.3") TO("b", A " remote_addr 192.0.2.4"), OK, "" },
	{ "half of it", ILLUMOS, PX "\n" TO("a", L "remote_addr 192.0.2.0/25") TO("b", L "remote_addr 192.0.2.0/24"), OK, "" },
	{ "neighbours are one range", ILLUMOS, PX "\n" TO("a", L "remote_addr 192.0.2.0/25 remote_addr 192.0.2.128/25") TO("b", L "remote_addr 192.0.2.100-192.0.2.200"), WARN, "W A30 3" },
	{ "IPv6", ILLUMOS, PX "\n" TO("a", "local_addr ::/0 remote_addr 2001:db8::/32") TO("b", "local_addr 2001:db8::1 remote_addr 2001:db8::2"), WARN, "W A30 3" },
	{ "other family", ILLUMOS, PX "\n" TO("a", "local_addr ::/0 remote_addr ::/0") TO("b", A), WARN, "W A31 2" },
	{ "the same", ILLUMOS, PX "\n" TO("a", L "remote_addr 192.0.2.0/24") TO("b", L "remote_addr 192.0.2.0/24"), WARN, "W CONF-O3 3" },
	{ "not understood", ILLUMOS, PX "\n" TO("a", L "remote_addr 192.0.2.0/24 remote_addr nobody") TO("b", A), ERR, "E CONF-A2 2" },
};

/* One cause is one report: what is misspelt is not also missing. */
static const struct checked_sample said_once[] = {
	{ "a misspelt keyword", ILLUMOS, PX " { label \"a\"\nlocal_adr 192.0.2.1\nremote_addr 192.0.2.2 }", ERR, "E CONF-V19 2" },
	{ "a misspelt label", ILLUMOS, PX " { lable \"a\"\n" A " }", ERR, "E CONF-V19 1" },
	{ "a misspelt transform", ILLUMOS, "{ label \"a\" " A "\np1_xfrom { " FULL " } }", ERR, "E CONF-V19 2" },
	{ "a misspelt global", ILLUMOS, GLOBAL("p1_lifetime_sec 28800"), ERR, "E CONF-V19 1" },
	{ "a misspelt part", ILLUMOS, WITH("auth_method preshared oakley_group 14 auth_algo sha256 encr_alg aes"), ERR, "E CONF-V19 1" },
	{ "a wrong method", ILLUMOS, CERT(C " p1_xform { auth_method rsasig oakley_group 14 auth_alg sha256 encr_alg aes }"), ERR, "E CONF-R17 1" },
	{ "a wrong address", ILLUMOS, REMOTE("198.51.100.300"), ERR, "E CONF-A2 1" },
	{ "a number without its digits", ILLUMOS, GLOBAL("p1_nonce_len"), ERR, "E CONF-V19 1" },
	{ "a label that is not closed", ILLUMOS, PX "\n{ label \"a\n" A " }", ERR, "E A37 2" },
	{ "an identity that is not closed", ILLUMOS, CERT(RX " local_id_type dn\nremote_id \"CN=b\"\nlocal_id \"CN=a\n"), ERR, "E A37 3" },
	{ "DOS line ends", ILLUMOS, PX "\r\n{ label \"a\"\r\n" A " }\r\n", WARN, "W CONF-L1 1" },
	{ "a byte order mark", ILLUMOS, "\xef\xbb\xbf" RULE(A), ERR, "E A37 1" },
	{ "typographic quotes", ILLUMOS, PX " { label \xe2\x80\x9c" "a\xe2\x80\x9d " A " }", ERR, "E A37 1" },
	{ "no trust for three rules", ILLUMOS,
	  "{ label \"a\" " A " " RX " " C " }\n{ label \"b\" local_addr 192.0.2.1 remote_addr 192.0.2.3 " RX " " C " }\n{ label \"c\" local_addr 192.0.2.1 remote_addr 192.0.2.4 " RX " " C " }",
	  WARN, "W CONF-V13 1" },
};
/* clang-format on */

Test(lint_ike, what_must_be_refused)
{
	check_samples(must_reject, ARRAY_SIZE(must_reject));
}

Test(lint_ike, what_must_be_accepted)
{
	check_samples(must_accept, ARRAY_SIZE(must_accept));
}

Test(lint_ike, what_is_seen_in_the_field)
{
	check_samples(field, ARRAY_SIZE(field));
}

Test(lint_ike, lifetimes)
{
	check_samples(lifetimes, ARRAY_SIZE(lifetimes));
}

Test(lint_ike, what_is_rare)
{
	check_samples(rare, ARRAY_SIZE(rare));
}

Test(lint_ike, what_is_never_reached)
{
	check_samples(order, ARRAY_SIZE(order));
}

Test(lint_ike, each_is_said_once)
{
	check_samples(said_once, ARRAY_SIZE(said_once));
}
