#include "config.h"

#include <criterion/criterion.h>
#include <string.h>
#include <time.h>

#include "base/xalloc.h"
#include "formats/ipsecinit/file.h"
#include "tests/tools/corpus.h"
#include "tests/tools/lossless.h"
#include "tests/tools/normalized.h"
#include "tests/tools/projection.h"
#include "tests/unit/samples.h"

/* A policy with one part left open. */
#define PATTERN(text) "{" text " dir in} pass {}\n"
#define LADDR(text)   "{laddr " text "} ipsec {auth_algs sha1}\n"
#define PROPS(text)   "{laddr 192.0.2.1} ipsec {" text "}\n"
#define ENCR(text)    PROPS("encr_auth_algs sha1 encr_algs " text)
#define AUTH(text)    PROPS("auth_algs " text)
#define P             "{ulp tcp} ipsec {auth_algs sha1}"

static struct doc *read_string(const char *text)
{
	return sample_read(&ipsecinit_format, text, strlen(text));
}

/* One sample a line. */
/* clang-format off */

/*
 * The rows of the reference. Some are no mistake of one policy and have no problem here: an apply
 * without its permit (T04), a policy twice (T42), a file without any (T44). A port without ulp is
 * said wherever it stands, and what it is worth is up to the checks.
 */
static const struct sample reference_samples[] = {
	{ "T01", "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha256}\n", "" },
	{ "T02", "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha256}", "NO_NEWLINE" },
	{ "T03", "{laddr 192.0.2.1 raddr 192.0.2.5 ulp tcp dir out}\nipsec\n{ auth_algs sha1 sa unique }\n", "LAYOUT" },
	{ "T04", "{saddr 192.0.2.1 daddr 192.0.2.5} apply {encr_algs 3des encr_auth_algs sha1 sa shared}\n", "" },
	{ "T05", "{srcaddr 192.0.2.5 dst 192.0.2.1 sport 23} permit {auth_algs md5}\n", "PORT_NO_ULP ALG_WEAK" },
	{ "T06", "{src 192.0.2.1 raddr 192.0.2.5} ipsec {auth_algs sha1}\n", "STYLE_MIX" },
	{ "T07", "{lport 53} bypass {}\n", "PORT_NO_ULP DIR_NO_EFFECT" },
	{ "T08", "{lport 53 dir both} pass {} # dns\n{rport 53 dir both} pass {}\n", "PORT_NO_ULP PORT_NO_ULP" },
	{ "T09", "{lport 53 dir both} bypass {}#dns\n{rport 53 dir both} bypass {}\n", "PORT_NO_ULP COMMENT_GLUED PORT_NO_ULP" },
	{ "T10", "{lport 53 dir both} bypass {} {rport 53 dir both} bypass {}\n", "PORT_NO_ULP OPEN_AFTER_CLOSE PORT_NO_ULP" },
	{ "T11", "{raddr 192.0.2.5} ipsec {encr_algs aes-gcm} or ipsec {encr_algs aes encr_auth_algs sha256}\n", "" },
	{ "T12", "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1}\nor ipsec {auth_algs sha1}\n", "OR_NEW_LINE" },
	{ "T13", "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1} or\n   ipsec {auth_algs sha1}\n", "" },
	{ "T14", "{raddr 192.0.2.5} ipsec {encr_algs aes-gcm encr_auth_algs sha256}\n", "COMBINED_AUTH" },
	{ "T15", "{raddr 192.0.2.5} ipsec {encr_algs aes}\n", "ENCR_ALONE" },
	{ "T16", "{raddr 192.0.2.5} ipsec {sa shared}\n", "NO_ALGORITHM" },
	{ "T17", "{dir in} drop {}\n", "DROP_ALL" },
	{ "T18", "{} drop {dir in}\n", "DROP_ALL" },
	{ "T19", "{lport 25} drop {dir in}\n", "PORT_NO_ULP DIR_NEW_STYLE" },
	{ "T20", "{saddr 10.0.0.0/8 smask 255.0.0.0 daddr 10.1.1.1} apply {auth_algs sha1}\n", "MASK_PREFIX" },
	{ "T21", "{saddr 10.0.0.0 smask 0xff000000 daddr 10.1.1.1} apply {auth_algs sha1}\n", "" },
	{ "T22", "{ulp ipv6-icmp type 133-137 dir both} pass {}\n", "" },
	{ "T23", "{type 8 dir both} pass {}\n", "ICMP_NO_ULP" },
	{ "T24", "{ulp icmp code host-unr type unreach dir in} pass {}\n", "ICMP_NO_TYPE" },
	{ "T25", "{ulp icmp type unreach code bogus dir in} pass {}\n", "ICMP_CODE" },
	{ "T26", "{tunnel ip.tun0 negotiate tunnel laddr 10.1.0.0/16 raddr 10.2.0.0/16} ipsec {encr_algs aes encr_auth_algs sha256}\n", "" },
	{ "T27", "{tunnel ip.tun0 laddr 10.1.0.0/16} ipsec {encr_algs aes encr_auth_algs sha256}\n", "TUNNEL_ALONE" },
	{ "T28", "{tunnel ip.tun0 negotiate transport laddr 10.1.1.1} ipsec {auth_algs sha1}\n", "TUNNEL_SELECTOR" },
	{ "T29", "{raddr 192.0.2.5/33} ipsec {auth_algs sha1}\n", "PREFIX_SIZE" },
	{ "T30", "{raddr 192.0.2.5 ulp 300} ipsec {auth_algs sha1}\n", "ULP_SIZE" },
	{ "T31", "{lport 1000-2000} ipsec {auth_algs sha1}\n", "PORT" },
	{ "T32", "{raddr 192.0.2.5} IPSEC {auth_algs sha1}\n", "CASE" },
	{ "T33", "{raddr 192.0.2.5} ipsec {encr_algs AES(128..256) encr_auth_algs SHA256}\n", "" },
	{ "T34", "{raddr 192.0.2.5} ipsec {encr_algs aes(256..128) encr_auth_algs sha1}\n", "KEY_RANGE" },
	{ "T35", "{raddr 192.0.2.5} ipsec {auth_algs none encr_algs null encr_auth_algs sha256}\n", "ALG_NULL" },
	{ "T36", "{raddr 192.0.2.5} ipsec {auth_algs sha1 auth_algs md5}\n", "REPEATED" },
	{ "T37", "{laddr 192.0.2.1 \\\n raddr 192.0.2.5} ipsec {auth_algs sha1}\n", "BACKSLASH" },
	{ "T38", "{laddr 192.0.2.1 raddr 2001:db8::5} ipsec {auth_algs sha1}\n", "FAMILIES" },
	{ "T39", "{lport 53 dir both}bypass{}\n", "PORT_NO_ULP" },
	{ "T40", "{dest 192.0.2.5} apply {auth_algs sha1}\n", "DEST" },
	{ "T41", "{saddr 192.0.2.1 daddr 192.0.2.5} ipsec {auth_algs sha1}\n", "DIR_REQUIRED" },
	{ "T42", "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha256}\n{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha256}\n", "" },
	{ "T43", "{laddr 192.0.2.1\n", "UNCLOSED" },
	{ "T44", "# nothing but a comment\n", "" },
};

/* What no row of the reference has. */
static const struct sample more_samples[] = {
	{ "byte order mark", "\xef\xbb\xbf" P "\n", "BOM" },
	{ "byte order mark before a comment", "\xef\xbb\xbf# note\n", "BOM" },
	{ "high byte in a comment", "# caf\xc3\xa9\n", "" },
	{ "high byte in a value", LADDR("caf\xc3\xa9"), "HIGH_BYTE" },
	{ "high byte in a keyword", "{l\xe4"
	  "ddr x} ipsec {auth_algs sha1}\n", "HIGH_BYTE" },
	{ "high byte in an action", "{} ips\xe4" "c {}\n", "HIGH_BYTE" },
	{ "CR LF", "{ulp tcp}\r\nipsec {auth_algs sha1}\r\n", "LAYOUT" },
	{ "CR at the end", P "\r", "" },
	{ "blank at the end", P " ", "" },
	{ "comment at the end", P " # note", "" },
	{ "glued comment at the end", P "#", "COMMENT_GLUED" },
	{ "end in a comment line", P "\n# note", "" },
	{ "end in the pattern", "{ulp tcp", "UNCLOSED" },
	{ "end behind the pattern", "{ulp tcp}", "NO_ACTION" },
	{ "end behind the action", "{ulp tcp} ipsec", "NO_PROPERTIES" },
	{ "end in the properties", "{ulp tcp} ipsec {auth_algs sha1", "UNCLOSED" },
	{ "end behind or", P " or", "NO_ACTION" },
	{ "end behind an action", P " or ipsec", "NO_PROPERTIES" },
	{ "text outside", "ulp tcp\nipsec\n" P "\n", "OUTSIDE" },
	{ "text outside, with braces", "ulp tcp} ipsec {auth_algs sha1}\n" P "\n", "OUTSIDE" },
	{ "} outside", "} ipsec {auth_algs sha1}\n" P "\n", "STRAY_CLOSE" },
	{ "} twice", "{ulp tcp}} ipsec {auth_algs sha1}\n", "STRAY_CLOSE" },
	{ "} twice at the end", P "}\n" P "\n", "STRAY_CLOSE" },
	{ "{ twice", "{{ulp tcp} ipsec {auth_algs sha1}\n", "STRAY_OPEN" },
	{ "{ in a value", "{ulp tcp} ipsec {auth_algs {sha1}\n", "STRAY_OPEN" },
	{ "pattern not closed", "{ulp tcp ipsec {auth_algs sha1}\n" P "\n", "UNCLOSED" },
	{ "pattern not closed, next line", "{ulp tcp\n" P "\n", "UNCLOSED" },
	{ "properties not closed", "{ulp tcp} ipsec {auth_algs sha1\n" P "\n", "UNCLOSED" },
	{ "no action", "{ulp tcp} {auth_algs sha1}\n", "NO_ACTION" },
	{ "no action, next line", "{ulp tcp}\n" P "\n", "NO_ACTION" },
	{ "no action, properties on the next line", "{ulp tcp}\n{auth_algs sha1}\n", "NO_ACTION" },
	{ "no properties", "{ulp tcp} ipsec\n" P "\n", "NO_PROPERTIES" },
	{ "properties on the next line", "{ulp tcp} ipsec\n\n# note\n{auth_algs sha1}\n", "" },
	{ "dir on the next line", "{} drop\n{dir in}\n", "DROP_ALL" },
	{ "words before {", "{ulp tcp} ipsec auth_algs sha1 {auth_algs sha1}\n", "STRAY_WORD" },
	{ "text behind }", P " note\n" P "\n", "TEXT_AFTER_CLOSE" },
	{ "text on the next line", P "\nnote\n" P "\n", "OUTSIDE" },
	{ "oripsec", P " oripsec {auth_algs sha1}\n", "OR_GLUED" },
	{ "oripsec{", P " oripsec{auth_algs sha1}\n", "OR_GLUED" },
	{ "order", P " order {auth_algs sha1}\n", "TEXT_AFTER_CLOSE" },
	{ "o", P " o\n", "OR_SHORT" },
	{ "}or", P "or ipsec {auth_algs sha1}\n", "" },
	{ "or behind a glued comment", P "#x\nor ipsec {auth_algs sha1}\n", "COMMENT_GLUED" },
	{ "or behind a policy behind a glued comment", P "#x\n" P "\nor ipsec {auth_algs sha1}\n", "COMMENT_GLUED OR_NEW_LINE" },
	{ "or behind a backslash", P " \\\nor ipsec {auth_algs sha1}\n", "BACKSLASH" },
	{ "or behind empty lines", P "\n\nor ipsec {auth_algs sha1}\n", "OR_NEW_LINE" },
	{ "or at the beginning", "or ipsec {auth_algs sha1}\n", "OUTSIDE" },
	{ "or behind what has no properties", "{ulp tcp} ipsec\nor ipsec {auth_algs sha1}\n", "STRAY_WORD" },
	{ "glued backslash", "{ulp tcp\\\n} ipsec {auth_algs sha1}\n", "BACKSLASH" },
	{ "backslash before CR LF", "{ulp \\\r\ntcp} ipsec {auth_algs sha1}\r\n", "BACKSLASH" },
	{ "backslash in a line", "{ulp tcp \\ } ipsec {auth_algs sha1}\n", "UNKNOWN" },
	{ "# in a value", "{ulp tcp#} ipsec {}\n} ipsec {auth_algs sha1}\n", "" },
	{ "action", "{ulp tcp} protect {auth_algs sha1}\n", "ACTION" },
	{ "value as an action", "{ulp tcp} both {auth_algs sha1}\n", "ACTION" },
	{ "keyword", "{laddress 192.0.2.1} ipsec {auth_algs sha1}\n", "UNKNOWN" },
	{ "run of words", "{foo bar baz ulp tcp} ipsec {auth_algs sha1}\n", "UNKNOWN" },
	{ "keyword in capitals", "{Laddr 192.0.2.1} ipsec {auth_algs sha1}\n", "CASE" },
	{ "property in capitals", PROPS("AUTH_ALGS sha1"), "CASE" },
	{ "action in capitals, and what else is wrong", "{lport 53 ulp udp} Bypass {}\n", "CASE DIR_NO_EFFECT" },
	{ "keyword in capitals, and what else is wrong", "{Laddr 192.0.2.9/24} ipsec {Auth_Algs MD5}\n", "CASE HOST_BITS CASE ALG_WEAK" },
	{ "a host with the name of a keyword, in capitals", "{laddr Dst raddr 192.0.2.1} ipsec {auth_algs sha1}\n", "ADDRESS_NAME" },
	{ "dest, and what else is wrong", "{dest 192.0.2.9/24 Dest x} apply {auth_algs sha1}\n", "DEST HOST_BITS UNKNOWN" },
	{ "dest and dst", "{dest 192.0.2.9 dst 192.0.2.9} apply {auth_algs sha1}\n", "DEST REPEATED" },
	{ "dest among the properties", PROPS("auth_algs sha1 dest x"), "UNKNOWN" },
	{ "property in the pattern", "{sa shared} ipsec {auth_algs sha1}\n", "MISPLACED" },
	{ "keyword in the properties", PROPS("auth_algs sha1 ulp tcp"), "MISPLACED" },
	{ "dest in the properties", PROPS("auth_algs sha1 dest x"), "UNKNOWN" },
	{ "no value", "{laddr} ipsec {auth_algs sha1}\n", "NO_VALUE" },
	{ "no value before a keyword", "{laddr raddr 192.0.2.1} ipsec {auth_algs sha1}\n", "NO_VALUE" },
	{ "no value of a property", PROPS("auth_algs"), "NO_VALUE" },
	{ "keyword as a value", "{tunnel local negotiate tunnel} ipsec {auth_algs sha1}\n", "" },
	{ "repeated", "{laddr 192.0.2.1 local 192.0.2.1} ipsec {auth_algs sha1}\n", "REPEATED" },
	{ "repeated dir", "{dir in dir in ulp tcp} drop {}\n", "REPEATED" },
	{ "repeated sa", PROPS("auth_algs sha1 sa shared sa shared"), "REPEATED" },
	{ "repeated behind 0", "{ulp 0 ulp tcp lport 0 lport 53} ipsec {auth_algs sha1}\n", "" },
	{ "repeated behind a bad one", "{ulp x/y ulp tcp} ipsec {auth_algs sha1}\n", "ULP REPEATED" },
	{ "value", "{ulp tcp dir inside} drop {}\n", "VALUE_PREFIX" },
	{ "value in capitals", "{ulp tcp dir In} drop {}\n", "VALUE" },
	{ "property's value with more", PROPS("auth_algs sha1 sa uniquely"), "VALUE" },
	{ "negotiate with more", "{tunnel t negotiate tunnels} ipsec {auth_algs sha1}\n", "VALUE_PREFIX" },
	{ "new, then old", "{laddr 192.0.2.1 daddr 192.0.2.2} ipsec {auth_algs sha1}\n", "STYLE_MIX" },
	{ "old, then both", "{saddr 192.0.2.1 dir both} bypass {}\n", "STYLE_MIX" },
	{ "both, then old", "{dir both saddr 192.0.2.1} bypass {}\n", "STYLE_MIX" },
	{ "apply in the new style", "{laddr 192.0.2.1} apply {auth_algs sha1}\n", "STYLE_ACTION" },
	{ "apply in no style", "{ulp tcp} apply {auth_algs sha1}\n", "" },
	{ "drop in the old style", "{saddr 192.0.2.1 dir in} drop {}\n", "STYLE_ACTION" },
	{ "or in the old style", "{saddr 192.0.2.1} apply {auth_algs sha1} or apply {auth_algs sha1}\n", "OR_OLD_STYLE" },
	{ "dir behind or", P " or ipsec {auth_algs sha1 dir in}\n", "DIR_NEW_STYLE" },
	{ "apply in", "{saddr 192.0.2.1 dir in} apply {auth_algs sha1}\n", "DIR_CONFLICT" },
	{ "permit out", "{saddr 192.0.2.1} permit {auth_algs sha1 dir out}\n", "DIR_CONFLICT" },
	{ "apply out", "{saddr 192.0.2.1} apply {auth_algs sha1 dir out}\n", "" },
	{ "ipsec with dir too late", "{saddr 192.0.2.1} ipsec {auth_algs sha1 dir in}\n", "DIR_REQUIRED" },
	{ "bypass with dir", "{saddr 192.0.2.1} bypass {dir in}\n", "" },
	{ "dir at both places", "{saddr 192.0.2.1 dir in} bypass {dir in}\n", "REPEATED" },
	{ "drop without dir", "{ulp tcp} drop {}\n", "DIR_NO_EFFECT" },
	{ "drop with a misspelt dir", "{ulp tcp dirr in} drop {}\n", "UNKNOWN" },
	{ "ipsec or bypass", P " or bypass {} or pass {}\n", "MIXED_ACTIONS" },
	{ "icmp without type", PATTERN("ulp icmp code 1"), "ICMP_NO_TYPE" },
	{ "type with tcp", PATTERN("ulp tcp type 1"), "ICMP_NO_ULP" },
	{ "type with another's protocol", PATTERN("ulp x-icmp type 1"), "ULP_NAME" },
	{ "word of the other family", PATTERN("ulp ipv6-icmp type echo"), "ICMP_FAMILY" },
	{ "transport", "{tunnel t negotiate transport dir in} ipsec {auth_algs sha1}\n", "" },
	{ "transport with ulp", "{tunnel t negotiate transport ulp tcp} ipsec {auth_algs sha1}\n", "TUNNEL_SELECTOR" },
	{ "negotiate alone", "{negotiate tunnel} ipsec {auth_algs sha1}\n", "TUNNEL_ALONE" },
	{ "31 characters", "{tunnel abcdefghijklmnopqrstuvwxyz01234 negotiate tunnel} ipsec {auth_algs sha1}\n", "" },
	{ "32 characters", "{tunnel abcdefghijklmnopqrstuvwxyz012345 negotiate tunnel} ipsec {auth_algs sha1}\n", "TUNNEL_NAME" },
	{ "unique in a tunnel", "{tunnel t negotiate tunnel} ipsec {auth_algs sha1 sa unique}\n", "UNIQUE_TUNNEL" },
	{ "unique with bypass", "{ulp tcp dir in} bypass {sa unique}\n", "UNIQUE_NO_IPSEC" },
	{ "algorithm with bypass", "{ulp tcp dir in} bypass {encr_algs aes}\n", "ALG_NO_IPSEC" },
	{ "none with bypass", "{ulp tcp dir in} bypass {encr_algs none}\n", "" },
	{ "none alone", AUTH("NONE"), "NO_ALGORITHM" },
	{ "misspelt alone", AUTH("sha"), "" },
	{ "AH and a cipher", AUTH("sha1 encr_algs aes"), "" },
	{ "any cipher alone", PROPS("encr_algs any"), "ALG_ANY ENCR_ALONE" },
	{ "camellia alone", PROPS("encr_algs camellia"), "ENCR_ALONE" },
	{ "null alone", PROPS("encr_algs null"), "NULL_ALONE" },
	{ "combined", PROPS("encr_algs aes-ccm"), "" },
	{ "combined in an alternative before", "{ulp tcp} ipsec {encr_algs aes-gcm} or ipsec {encr_auth_algs sha1}\n", "COMBINED_KEPT" },
	{ "combined, then another cipher", "{ulp tcp} ipsec {encr_algs aes-gcm} or ipsec {encr_algs aes encr_auth_algs sha1}\n", "" },
};

/* Values, one place in an otherwise good policy. */
static const struct sample values[] = {
	{ "host", LADDR("192.0.2.1"), "" },
	{ "IPv6", LADDR("2001:db8::1"), "" },
	{ "prefix", LADDR("192.0.2.0/24"), "" },
	{ "prefix of all", LADDR("0.0.0.0/0"), "" },
	{ "prefix with a zero before", LADDR("192.0.2.0/024"), "" },
	{ "IPv6 prefix", LADDR("2001:db8::/128"), "" },
	{ "prefix too long", LADDR("192.0.2.0/33"), "PREFIX_SIZE" },
	{ "IPv6 prefix too long", LADDR("2001:db8::/129"), "PREFIX_SIZE" },
	{ "prefix much too long", LADDR("192.0.2.0/99999999999999999999"), "PREFIX_SIZE" },
	{ "hexadecimal prefix", LADDR("192.0.2.0/0x18"), "PREFIX" },
	{ "negative prefix", LADDR("192.0.2.0/-1"), "PREFIX" },
	{ "no prefix", LADDR("192.0.2.0/"), "PREFIX" },
	{ "mask for a prefix", LADDR("192.0.2.0/255.255.255.0"), "PREFIX" },
	{ "host bits", LADDR("192.0.2.1/24"), "HOST_BITS" },
	{ "range", LADDR("192.0.2.1-192.0.2.9"), "ADDRESS" },
	{ "number too large", LADDR("192.0.2.256"), "ADDRESS" },
	{ "three numbers", LADDR("192.0.2"), "ADDRESS" },
	{ "colons", LADDR("2001:db8"), "ADDRESS" },
	{ "quotes", LADDR("\"192.0.2.1\""), "ADDRESS" },
	{ "prefix alone", LADDR("/24"), "ADDRESS" },
	{ "scope", LADDR("fe80::1%net0"), "ADDRESS_SCOPE" },
	{ "name", LADDR("gw.example.com"), "ADDRESS_NAME" },
	{ "name with a prefix", LADDR("net-1/24"), "ADDRESS_NAME" },
	{ "name with a bad prefix", LADDR("net-1/x"), "PREFIX" },
	{ "port", PATTERN("ulp tcp lport 65535"), "" },
	{ "hexadecimal port", PATTERN("ulp tcp lport 0x50"), "" },
	{ "port too large", PATTERN("ulp tcp lport 65536"), "PORT" },
	{ "port that is not octal", PATTERN("ulp tcp lport 080"), "PORT" },
	{ "list of ports", PATTERN("ulp tcp lport 1,2"), "PORT" },
	{ "known service", PATTERN("ulp tcp lport telnet"), "" },
	{ "unknown service", PATTERN("ulp tcp lport our-service"), "PORT_NAME" },
	{ "protocol", PATTERN("ulp 255"), "" },
	{ "protocol too large", PATTERN("ulp 256"), "ULP_SIZE" },
	{ "negative protocol", PATTERN("ulp -1"), "ULP" },
	{ "alias of a protocol", PATTERN("ulp TCP"), "" },
	{ "capitals that are no alias", PATTERN("ulp Tcp"), "ULP_NAME" },
	{ "type", PATTERN("ulp icmp type 255"), "" },
	{ "type too large", PATTERN("ulp icmp type 256"), "ICMP_SIZE" },
	{ "code", PATTERN("ulp icmp type 3 code 254"), "" },
	{ "code too large", PATTERN("ulp icmp type 3 code 255"), "ICMP_SIZE" },
	{ "types", PATTERN("ulp icmp type 3-4"), "" },
	{ "types the wrong way", PATTERN("ulp icmp type 4-3"), "ICMP_ORDER" },
	{ "half a range", PATTERN("ulp icmp type 3-"), "ICMP_TYPE" },
	{ "code for a type", PATTERN("ulp icmp type host-unr"), "ICMP_TYPE" },
	{ "type for a code", PATTERN("ulp icmp type 3 code unreach"), "ICMP_CODE" },
	{ "algorithm", AUTH("HMAC-SHA1"), "" },
	{ "algorithm by number", AUTH("3"), "" },
	{ "octal algorithm", AUTH("03"), "" },
	{ "hexadecimal algorithm", AUTH("0x3"), "ALG_NUMBER" },
	{ "algorithm 0", AUTH("0"), "ALG_NUMBER" },
	{ "algorithm 256", AUTH("256"), "ALG_NUMBER" },
	{ "algorithm 255", AUTH("255"), "ALG_UNLISTED" },
	{ "not octal", AUTH("08"), "ALG_NUMBER" },
	{ "unknown algorithm", AUTH("sha3"), "ALG" },
	{ "empty name", AUTH("(128)"), "ALG" },
	{ "cipher for integrity", AUTH("aes"), "ALG_CLASS" },
	{ "weak", AUTH("md5"), "ALG_WEAK" },
	{ "length", ENCR("aes(256)"), "" },
	{ "least length", ENCR("aes(192..)"), "" },
	{ "largest length", ENCR("aes(..192)"), "" },
	{ "lengths", ENCR("aes(128..256)"), "" },
	{ "any length", ENCR("aes()"), "" },
	{ "lengths beyond the limits", ENCR("aes(64..512)"), "" },
	{ "one dot", ENCR("aes(128.256)"), "KEY_DOT" },
	{ "no key of that length", ENCR("aes(160)"), "KEY_STEP" },
	{ "no key between", ENCR("aes(129..191)"), "KEY_STEP" },
	{ "too short", ENCR("aes(..127)"), "KEY_RANGE" },
	{ "too long", ENCR("aes(257..)"), "KEY_RANGE" },
	{ "length 0", ENCR("aes(0)"), "KEY_RANGE" },
	{ "backwards", ENCR("aes(256..128)"), "KEY_RANGE" },
	{ "3des(112)", ENCR("3des(112)"), "KEY_RANGE" },
	{ "not closed", ENCR("aes(128"), "KEY_LENGTH" },
	{ "nothing in it", ENCR("aes(..)"), "KEY_LENGTH" },
	{ "text in it", ENCR("aes(big)"), "KEY_LENGTH" },
	{ "text behind", ENCR("aes(128)x"), "KEY_LENGTH" },
	{ "blank before", ENCR("aes (128)"), "KEY_BLANK" },
	{ "blanks within", ENCR("aes(128 .. 256)"), "KEY_BLANK" },
	{ "number with a length", ENCR("12(128)"), "" },
};
/* clang-format on */

Test(ipsecinit, samples_of_the_reference)
{
	samples_check(&ipsecinit_format, reference_samples, ARRAY_SIZE(reference_samples));
}

Test(ipsecinit, more_samples)
{
	samples_check(&ipsecinit_format, more_samples, ARRAY_SIZE(more_samples));
}

Test(ipsecinit, values)
{
	samples_check(&ipsecinit_format, values, ARRAY_SIZE(values));
}

Test(ipsecinit, nul_bytes)
{
	static const char text[] = "# \0 \n{ulp t\0cp} ipsec {auth_algs sha1}\n\0\n";
	struct strbuf sb = STRBUF_INIT;

	sample_problems(&ipsecinit_format, text, sizeof text - 1, &sb);
	cr_expect_str_eq(sb.buf, "NUL NUL", "%s", sb.buf);
	strbuf_release(&sb);
}

/* The problems of a text that is made of a beginning, COUNT times a part, and an end. */
static void check_repeated(const char *begin, const char *part, size_t count, const char *end,
			   const char *problems)
{
	struct strbuf text = STRBUF_INIT, sb = STRBUF_INIT;
	size_t i;

	strbuf_addstr(&text, begin);
	for (i = 0; i < count; i++)
		strbuf_addstr(&text, part);
	strbuf_addstr(&text, end);
	sample_problems(&ipsecinit_format, text.buf, text.len, &sb);
	cr_expect_str_eq(sb.buf, problems, "%zu times '%s': got '%s', not '%s'", count, part,
			 sb.buf, problems);
	strbuf_release(&text);
	strbuf_release(&sb);
}

Test(ipsecinit, limits)
{
	size_t longest = POLICY_LINE_MAX - strlen(P);

	check_repeated(P, " ", longest, "\n", "");
	check_repeated(P, " ", longest + 1, "\n", "LONG_LINE");
	check_repeated("#", "x", POLICY_LINE_MAX, "\n", "LONG_LINE");
	check_repeated("{ulp tcp lport 0 lport 0 lport 0 lport 0", " lport 0", 3,
		       "} ipsec {auth_algs sha1}\n", "");
	check_repeated("{ulp tcp lport 0 lport 0 lport 0 lport 0", " lport 0", 4,
		       "} ipsec {auth_algs sha1}\n", "TOO_MANY_PAIRS");
	check_repeated("{ulp tcp} drop {dir in", " sa shared", 1, "}\n", "");
	check_repeated("{ulp tcp} drop {dir in", " sa shared", 5, "}\n",
		       "TOO_MANY_PAIRS REPEATED REPEATED REPEATED REPEATED");
	check_repeated(P, " or\nipsec {auth_algs sha1}", 19, "\n", "");
	check_repeated(P, " or\nipsec {auth_algs sha1}", 20, "\n", "TOO_MANY_ALTERNATIVES");
	/* 2 words in the pattern, 3 in the first alternative, 7 in each of 15 others: 110. */
	check_repeated(P, " or\nipsec {auth_algs sha1 encr_auth_algs sha1 encr_algs aes}", 15,
		       " or ipsec {auth_algs sha1 encr_auth_algs sha1}\n", "");
	check_repeated(P, " or\nipsec {auth_algs sha1 encr_auth_algs sha1 encr_algs aes}", 15,
		       " or ipsec {auth_algs sha1} or ipsec {auth_algs sha1}\n", "TOO_MANY_WORDS");
}

/* 81 lines of 100 bytes, one byte before and a line behind them; comments do not count. */
Test(ipsecinit, longest_entry)
{
	size_t extra, i;

	for (extra = 64; extra <= 67; extra++) {
		struct strbuf text = STRBUF_INIT, sb = STRBUF_INIT;

		strbuf_addstr(&text, "{#");
		strbuf_addchars(&text, 'x', 900);
		strbuf_addstr(&text, "\n   # not counted\n\n");
		for (i = 0; i < 81; i++) {
			strbuf_addstr(&text, "lport 0");
			strbuf_addchars(&text, ' ', 92);
			strbuf_addstr(&text, "\n");
		}
		strbuf_addchars(&text, ' ', extra);
		strbuf_addstr(&text, "} ipsec {auth_algs sha1} # end\n");
		sample_problems(&ipsecinit_format, text.buf, text.len, &sb);
		cr_expect_eq(strstr(sb.buf, "LONG_ENTRY") != NULL,
			     1 + 81 * 100 + extra + 25 > POLICY_ENTRY_MAX, "%zu: %s", extra,
			     sb.buf);
		strbuf_release(&text);
		strbuf_release(&sb);
	}
}

/* A policy and its line. */
Test(ipsecinit, lines_of_policies)
{
	static const struct {
		const char *text, *line;
	} cases[] = {
		{ "{local 192.0.2.1 remote 192.0.2.0/24 ulp 6 rport telnet} ipsec {encr_algs AES "
		  "encr_auth_algs sha}",
		  "{ ulp tcp laddr 192.0.2.1 raddr 192.0.2.0/24 rport 23 dir both } ipsec { "
		  "encr_algs aes-cbc encr_auth_algs hmac-sha1 sa shared }" },
		{ "{src 192.0.2.1 dst 192.0.2.5 dport 0x17} apply {auth_algs md5(128) sa unique}",
		  "{ laddr 192.0.2.1 raddr 192.0.2.5 rport 23 dir out } ipsec { auth_algs "
		  "hmac-md5(128) sa unique }" },
		{ "{src 192.0.2.5 dst 192.0.2.1 sport 23} permit {auth_algs sha1}",
		  "{ laddr 192.0.2.1 raddr 192.0.2.5 rport 23 dir in } ipsec { auth_algs hmac-sha1 "
		  "sa shared }" },
		{ "{saddr 10.0.0.0 smask 0xff000000} bypass {dir in}",
		  "{ raddr 10.0.0.0/8 dir in } pass { }" },
		{ "{ulp icmp type unreach code 1-4 dir both} pass {}",
		  "{ ulp icmp type 3 code 1-4 dir both } pass { }" },
		{ "{tunnel ip.tun0 negotiate tunnel} ipsec {encr_algs aes-gcm(128..256)} or ipsec "
		  "{auth_algs none encr_algs aes(..192) encr_auth_algs 5}",
		  "{ tunnel ip.tun0 negotiate tunnel dir both } ipsec { encr_algs "
		  "aes-gcm(128..256) sa shared } or ipsec { encr_algs aes-cbc(..192) "
		  "encr_auth_algs hmac-sha256 sa shared }" },
		{ "{lport 53 lport 0} bypass {}", "{ lport 53 } pass { }" },
		{ "{laddr gw/24 lport 0 ulp our} drop {dir in}",
		  "{ ulp our laddr gw/24 dir in } drop { }" },
		{ "{laddr bad;addr dir in} frob {auth_algs foo encr_algs 200(128..)}",
		  "{ laddr bad;addr dir in } frob { auth_algs foo encr_algs 200(128..) }" },
		{ "{DST 192.0.2.5 Smask 255.0.0.0 dest gw} Apply {AUTH_algs Sha1}",
		  "{ raddr 192.0.2.5 dir out } ipsec { auth_algs hmac-sha1 sa shared }" },
		{ "{", "{ } " },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf sb = STRBUF_INIT;

		normalized_line(cases[i].text, strlen(cases[i].text), &sb);
		cr_expect_str_eq(sb.buf, cases[i].line, "'%s': got '%s', not '%s'", cases[i].text,
				 sb.buf, cases[i].line);
		strbuf_release(&sb);
	}
}

/* What a reader keeps of one policy. */
Test(ipsecinit, item)
{
	struct doc *doc = read_string("{tunnel t0 negotiate tunnel laddr 10.1.0.0/16 lport 53 ulp "
				      "udp dir out} ipsec {encr_algs aes(128..256)\nsa unique} or "
				      "ipsec {auth_algs 5 encr_auth_algs none}\n");
	struct policy_item item = POLICY_ITEM_INIT;
	const struct policy_alternative *a;
	const struct policy_stmt *s;

	cr_assert_eq(doc->nentries, 1);
	policy_read(doc, 0, &item, NULL);
	cr_expect_eq(item.nstmts, 6);
	cr_expect_eq(item.style, POLICY_STYLE_NEW);
	cr_expect_eq(item.direction, POLICY_DIRECTION_OUT);
	cr_expect_eq(item.negotiate, POLICY_MODE_TUNNEL);
	cr_expect_eq(item.local.range.prefix, 16);
	cr_expect_eq(item.local.port.first, 53);
	cr_expect_not(item.remote.port.set);
	cr_expect_eq(item.ulp.first, 17);
	s = policy_find(&item, POLICY_TUNNEL);
	cr_assert_not_null(s);
	cr_expect_eq(doc->tokens[s->arg].len, 2);
	cr_expect_eq(memcmp(doc_text(doc, s->arg), "t0", 2), 0);
	cr_expect_null(policy_find(&item, POLICY_RADDR));
	cr_assert_eq(item.nalternatives, 2);
	a = &item.alternatives[0];
	cr_expect_eq(a->count, 2);
	cr_expect_eq(a->sa, POLICY_UNIQUE);
	cr_expect_eq(a->encr.number, 12);
	cr_expect(a->encr.ranged);
	cr_expect_eq(a->encr.min, 128);
	cr_expect_eq(a->encr.max, 256);
	s = policy_find_property(&item, a, POLICY_SA);
	cr_assert_not_null(s);
	cr_expect_eq(memcmp(doc_text(doc, s->arg), "unique", 6), 0);
	a = &item.alternatives[1];
	cr_expect_eq(a->sa, POLICY_SHARED);
	cr_expect_eq(a->ah.number, 5);
	cr_expect_eq(a->auth.alg->kind, IPSEC_ALG_NONE);
	cr_expect_null(policy_find_property(&item, a, POLICY_ENCR_ALGS));
	cr_expect_eq(doc->tokens[item.close].kind, TOKEN_CLOSE);
	cr_expect_eq(doc->tokens[a->open].kind, TOKEN_OPEN);
	cr_expect_eq(a->close, doc->ntokens - 1);
	policy_item_release(&item);
	doc_free(doc);
}

Test(ipsecinit, table_of_words)
{
	static const struct {
		const char *text;
		enum policy_set set;
		enum policy_word word;
		bool meant;
	} spelt[] = {
		{ "LADDR", POLICY_SET_PATTERN, POLICY_LADDR, true },
		{ "laddr", POLICY_SET_PATTERN, POLICY_LADDR, false },
		{ "dest", POLICY_SET_PATTERN, POLICY_DST, true },
		{ "dest", POLICY_SET_PROPERTY, POLICY_NO_WORD, false },
		{ "Dir", POLICY_SET_PROPERTY, POLICY_PROPERTY_DIR, true },
		{ "ipseC", POLICY_SET_ACTION, POLICY_IPSEC, true },
		{ "lAddx", POLICY_SET_PATTERN, POLICY_NO_WORD, false },
	};
	int word, other;
	size_t i;

	for (word = 1; word < POLICY_WORD_COUNT; word++) {
		const struct policy_word_info *info = &policy_words[word];
		size_t len;

		cr_assert_not_null(info->name, "%d", word);
		cr_expect_not_null(info->help, "%s", info->name);
		cr_expect_neq(info->known, 0, "%s", info->name);
		len = strlen(info->name);
		if (info->set == POLICY_SET_VALUE) {
			cr_expect_neq(info->of, 0, "%s", info->name);
			cr_expect_eq(policy_value_find(info->name, len, info->of),
				     (enum policy_word)word, "%s", info->name);
			cr_expect_neq(policy_value_find(info->name, len - 1, info->of),
				      (enum policy_word)word, "%s", info->name);
			if (info->also_of != 0)
				cr_expect_eq(policy_value_find(info->name, len, info->also_of),
					     (enum policy_word)word, "%s", info->name);
		} else {
			cr_expect_eq(policy_word_find(info->name, len, info->set),
				     (enum policy_word)word, "%s", info->name);
		}
		cr_expect_eq(info->arg != 0,
			     info->set == POLICY_SET_PATTERN || info->set == POLICY_SET_PROPERTY,
			     "%s", info->name);
		cr_expect_eq(policy_words[policy_word_canonical(word)].set, info->set, "%s",
			     info->name);
		for (other = 1; other < word; other++)
			cr_expect(strcmp(policy_words[other].name, info->name) != 0 ||
					  policy_words[other].set != info->set,
				  "%s twice", info->name);
	}
	cr_expect_eq(policy_word_find("LADDR", 5, POLICY_SET_PATTERN), POLICY_NO_WORD);
	for (i = 0; i < ARRAY_SIZE(spelt); i++) {
		bool meant = false;

		cr_expect_eq(policy_word_meant(spelt[i].text, strlen(spelt[i].text), spelt[i].set,
					       &meant),
			     spelt[i].word, "%s", spelt[i].text);
		cr_expect_eq(meant, spelt[i].meant, "%s", spelt[i].text);
	}
	cr_expect(policy_word_is(POLICY_LADDR, "laddr", 5));
	cr_expect_not(policy_word_is(POLICY_LADDR, "Laddr", 5));
	cr_expect_not(policy_word_is(POLICY_DST, "dest", 4));
	cr_expect_eq(policy_word_find("", 0, POLICY_SET_PATTERN), POLICY_NO_WORD);
	cr_expect_eq(policy_value_find("both", 4, POLICY_PROPERTY_DIR), POLICY_NO_WORD);
	cr_expect_eq(policy_value_find("in", 2, POLICY_LADDR), POLICY_NO_WORD);
}

Test(ipsecinit, names)
{
	static const struct {
		const char *name;
		bool protocol;
		unsigned number;
	} cases[] = {
		{ "telnet", false, 23 }, { "ftp", false, 21 },      { "ftp-data", false, 20 },
		{ "ntp", false, 123 },   { "snmp", false, 161 },    { "ike", false, 500 },
		{ "pki", false, 829 },   { "radius", false, 1812 }, { "fmip", false, 5928 },
		{ "rip", false, 520 },   { "tcp", true, 6 },        { "udp", true, 17 },
		{ "icmp", true, 1 },     { "ipv6-icmp", true, 58 }, { "sctp", true, 132 },
		{ "esp", true, 50 },     { "ah", true, 51 },        { "encap", true, 4 },
		{ "ipip", true, 4 },     { "ipv6", true, 41 },      { "gre", true, 47 },
		{ "ospf", true, 89 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *name = cases[i].name;
		const struct policy_name *row = cases[i].protocol
							? policy_protocol_find(name, strlen(name))
							: policy_service_find(name, strlen(name));

		cr_assert_not_null(row, "%s", name);
		cr_expect_eq(row->number, cases[i].number, "%s", name);
	}
	cr_expect_null(policy_service_find("Telnet", 6));
	cr_expect_null(policy_service_find("telne", 5));
	cr_expect_str_eq(policy_protocol_numbered(17)->name, "udp");
	cr_expect_null(policy_protocol_numbered(300));
}

Test(ipsecinit, table_of_algorithms)
{
	size_t row, i;

	for (row = 0; row < ipsec_alg_count; row++) {
		const struct ipsec_alg *alg = &ipsec_algs[row];

		cr_assert_not_null(alg->names[0], "%zu", row);
		cr_expect_null(alg->names[IPSEC_ALG_NAMES - 1], "%s", alg->names[0]);
		cr_expect_not_null(alg->help, "%s", alg->names[0]);
		cr_expect_neq(alg->known, 0, "%s", alg->names[0]);
		cr_expect_eq(alg->known & alg->unsure, 0, "%s", alg->names[0]);
		cr_expect(alg->kind == IPSEC_ALG_REAL || alg->number == 0, "%s", alg->names[0]);
		for (i = 0; alg->names[i] != NULL; i++)
			cr_expect_eq(
				ipsec_alg_find(alg->class, alg->names[i], strlen(alg->names[i])),
				alg, "%s", alg->names[i]);
		if (alg->number != 0)
			cr_expect_eq(ipsec_alg_numbered(alg->class, alg->number), alg, "%s",
				     alg->names[0]);
		cr_expect(alg->max == 0 || (ipsec_alg_has_size(alg, alg->min) &&
					    ipsec_alg_has_size(alg, alg->max)),
			  "%s", alg->names[0]);
		cr_expect_not(ipsec_alg_has_size(alg, alg->max + 1), "%s", alg->names[0]);
	}
	cr_expect_null(ipsec_alg_numbered(IPSEC_AUTH, 0));
	cr_expect_null(ipsec_alg_numbered(IPSEC_AUTH, 12));
	cr_expect_null(ipsec_alg_find(IPSEC_AUTH, "aes", 3));
	cr_expect_null(ipsec_alg_find(IPSEC_ENCR, "ae", 2));
	cr_expect_null(ipsec_alg_find(IPSEC_ENCR, "", 0));
	cr_expect_not_null(ipsec_alg_find(IPSEC_ENCR, "Aes-GCM", 7));
}

Test(ipsecinit, usual_names_of_algorithms)
{
	static const struct {
		enum ipsec_alg_class class;
		const char *name, *usual;
	} names[] = {
		{ IPSEC_AUTH, "hmac-md5", "md5" },       { IPSEC_AUTH, "hmac-sha1", "sha1" },
		{ IPSEC_AUTH, "hmac-sha256", "sha256" }, { IPSEC_AUTH, "any", "any" },
		{ IPSEC_ENCR, "3des-cbc", "3des" },      { IPSEC_ENCR, "aes-cbc", "aes" },
		{ IPSEC_ENCR, "aes-ccm", "aes-ccm" },    { IPSEC_ENCR, "aes-gcm8", "aes-gcm8" },
		{ IPSEC_ENCR, "null", "null" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		cr_expect_str_eq(ipsec_alg_usual_name(ipsec_alg_find(names[i].class, names[i].name,
								     strlen(names[i].name))),
				 names[i].usual);
}

Test(ipsecinit, sizes_of_keys)
{
	static const struct {
		const char *name;
		uint32_t bits;
		bool has;
	} cases[] = {
		{ "aes", 128, true },      { "aes", 192, true },      { "aes", 256, true },
		{ "aes", 160, false },     { "aes", 64, false },      { "aes", 320, false },
		{ "3des", 192, true },     { "3des", 168, false },    { "des", 64, true },
		{ "blowfish", 40, true },  { "blowfish", 448, true }, { "blowfish", 41, false },
		{ "aes-gcm8", 192, true }, { "null", 0, true },       { "null", 1, false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		cr_expect_eq(ipsec_alg_has_size(ipsec_alg_find(IPSEC_ENCR, cases[i].name,
							       strlen(cases[i].name)),
						cases[i].bits),
			     cases[i].has, "%s %u", cases[i].name, cases[i].bits);
}

Test(ipsecinit, names_of_problems)
{
	unsigned code;

	for (code = 1; code < POLICY_PROBLEM_COUNT; code++)
		cr_expect_not_null(projection_problem_name(&ipsecinit_format, code), "%u", code);
}

/* Every problem is one that the corpus has. */
Test(ipsecinit, problems_of_the_corpus)
{
	bool found[POLICY_PROBLEM_COUNT] = { false };
	struct corpus corpus;
	unsigned code;
	size_t i, k;

	corpus_find(&corpus, &ipsecinit_format);
	for (i = 0; i < corpus.count; i++) {
		struct doc *doc = projection_load(&ipsecinit_format, corpus.paths[i]);
		struct problems problems = { 0 };
		const char *wrong;

		cr_assert_not_null(doc, "%s", corpus.paths[i]);
		projection_collect(doc, &problems);
		for (k = 0; k < problems.count; k++)
			found[problems.items[k].code] = true;
		wrong = normalized_check(doc->blob.data, doc->blob.len);
		cr_expect_null(wrong, "%s: %s", corpus.paths[i], wrong);
		problems_release(&problems);
		doc_free(doc);
	}
	for (code = 1; code < POLICY_PROBLEM_COUNT; code++)
		cr_expect(found[code], "no input has %s",
			  projection_problem_name(&ipsecinit_format, code));
	corpus_release(&corpus);
}

/* Milliseconds for reading everything in a text. */
static long time_to_read(const char *text, size_t len, size_t *entries)
{
	struct problems problems = { 0 };
	struct timespec start, stop;
	struct doc *doc;

	clock_gettime(CLOCK_MONOTONIC, &start);
	doc = sample_read(&ipsecinit_format, text, len);
	projection_collect(doc, &problems);
	clock_gettime(CLOCK_MONOTONIC, &stop);
	*entries = doc->nentries;
	problems_release(&problems);
	doc_free(doc);
	return (stop.tv_sec - start.tv_sec) * 1000 + (stop.tv_nsec - start.tv_nsec) / 1000000;
}

/* Bounded so loosely that a busy machine or a sanitizer does not matter; what is quadratic would
 * take minutes. */
Test(ipsecinit, large_files, .timeout = 60)
{
	static const struct {
		const char *part;
		size_t count, entries;
	} cases[] = {
		{ "{laddr 10.0.0.1 raddr 10.1.2.3 ulp tcp} ipsec {encr_algs aes encr_auth_algs "
		  "sha256}\n",
		  100000, 100000 },
		{ "{", 1000000, 1 },
		{ "}", 1000000, 1 },
		{ "{\n", 1000000, 1000000 },
		{ "x", 10000000, 1 },
		{ "laddr ", 1000000, 1 },
		{ "{} pass {}\n", 300000, 300000 },
		{ "ipsec {} or\n", 1000000, 1 },
		{ "{ulp tcp ", 500000, 1 },
	};
	size_t i, k, entries;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf sb = STRBUF_INIT;
		long ms;

		/* Some parts go on with a policy that is not theirs. */
		strbuf_addstr(&sb, cases[i].part[0] == 'i' ? "{} pass {} or " : "");
		for (k = 0; k < cases[i].count; k++)
			strbuf_addstr(&sb, cases[i].part);
		ms = time_to_read(sb.buf, sb.len, &entries);
		cr_expect_eq(entries, cases[i].entries, "'%s': %zu", cases[i].part, entries);
		cr_log_info("%zu times '%s': %ld ms", cases[i].count, cases[i].part, ms);
		strbuf_release(&sb);
	}
}

Test(ipsecinit, goldens_of_the_corpus, .timeout = 60)
{
	samples_check_goldens(&ipsecinit_format, 40);
}

Test(ipsecinit, truncations_of_the_corpus, .timeout = 120)
{
	samples_check_truncations(&ipsecinit_format);
}
