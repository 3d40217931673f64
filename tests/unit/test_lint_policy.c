/* The verdicts of the reference on ipsecinit.conf, and every row about it found and not found. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/policies.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

#define ILLUMOS DIALECT_ILLUMOS
#define SOL9    DIALECT_SOL9
#define SOL10   DIALECT_SOL10
#define SOL11   DIALECT_SOL11
#define SOL114  DIALECT_SOL114

TestSuite(lint_policy, .timeout = 120);

/* A policy with one part left open. */
#define PATTERN(text) "{" text " dir both} pass {}\n"
#define LADDR(text)   "{laddr " text "} ipsec {auth_algs sha1}\n"
#define PROPS(text)   "{laddr 192.0.2.1} ipsec {" text "}\n"
#define ENCR(text)    PROPS("encr_algs " text " encr_auth_algs sha1")
#define AH            " ipsec {auth_algs sha1}\n"
#define ESP           " ipsec {encr_algs aes encr_auth_algs sha1}\n"
#define BOTH          " ipsec {auth_algs sha1 encr_algs aes}\n"
#define X50           "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X1000         X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50

struct sample {
	const char *name;
	enum dialect dialect;
	const char *text;
	const char *findings; /* "E POL-L8 1:31": severity, id, line and column of each */
	enum verdict verdict; /* of the reference, where it has one */
};

/* Which rows the samples have found, and that of each row about policies something is found. */
static bool *seen;

static bool is_of_policies(const struct check *check)
{
	return check->reader == READER_POLICY || check->policy != NULL ||
	       (check->join != JOIN_NONE && check->join < JOIN_SA_NO_POLICY) ||
	       strcmp(check->id, "POL-F1") == 0 || strcmp(check->id, "E01") == 0 ||
	       strcmp(check->id, "POL-R2") == 0;
}

static void add_findings(const struct checked *c, struct strbuf *sb)
{
	const struct findings *findings = lint_findings(c->lint);
	size_t i;

	for (i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];
		struct doc *doc = lint_doc(c->lint, f);
		struct position at = { 0, 0 };

		if (!is_of_policies(&checks[f->check]))
			continue;
		seen[f->check] = true;
		if (doc != NULL && f->at.off != FINDING_NOWHERE)
			at = doc_position(doc, f->at.off);
		strbuf_addf(sb, "%s%c %s ", sb->len > 0 ? "; " : "", "-NWE"[f->severity],
			    checks[f->check].id);
		if (!c->host->single)
			strbuf_addf(sb, "%s:", strrchr(lint_path(c->lint, f), '/') + 1);
		strbuf_addf(sb, "%u:%u", at.line, at.column);
	}
}

static enum verdict verdict_of(const char *findings)
{
	if (strncmp(findings, "E ", 2) == 0 || strstr(findings, "; E ") != NULL)
		return ERR;
	return strncmp(findings, "W ", 2) == 0 || strstr(findings, "; W ") != NULL ? WARN : OK;
}

static void check_profile(struct checked *c, const char *profile, const char *text, size_t len,
			  enum dialect dialect)
{
	c->profile = checked_profile(profile);
	c->host = host_open_single(LOCATION_IPSECINIT, "the file", blob_copy(text, len, false),
				   dialect);
	c->lint = lint_new(c->host, c->profile, ROLE_ADMIN, CHECKED_NOW);
	while (lint_step(c->lint, 1))
		;
}

static void check_samples(const struct sample *samples, size_t count, const char *profile,
			  bool verdicts)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct sample *s = &samples[i];
		struct strbuf sb = STRBUF_INIT;
		struct checked c;

		check_profile(&c, profile, s->text, strlen(s->text), s->dialect);
		add_findings(&c, &sb);
		cr_expect_str_eq(sb.buf, s->findings, "%s (%s): found '%s', not '%s'", s->name,
				 dialect_name(s->dialect), sb.buf, s->findings);
		if (verdicts)
			cr_expect_eq(verdict_of(sb.buf), s->verdict, "%s: %s", s->name, sb.buf);
		strbuf_release(&sb);
		checked_release(&c);
	}
}

/* One sample a line. */
/* clang-format off */

/*
 * The rows of the reference. Two of its columns do not agree: T03, T05 and T21 protect one direction
 * alone, which its list of rules wants a warning for, as E07 of the diagnoses does.
 */
static const struct sample reference[] = {
	{ "T01", ILLUMOS, "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha256}\n", "", OK },
	{ "T02", ILLUMOS, "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha256}", "E POL-L10 1:61", ERR },
	{ "T03", ILLUMOS, "{laddr 192.0.2.1 raddr 192.0.2.5 ulp tcp dir out}\nipsec\n{ auth_algs sha1 sa unique }\n", "W E07 1:1; N POL-L14 2:1", WARN },
	{ "breaks", ILLUMOS, "{laddr 192.0.2.1}" AH "{laddr 192.0.2.2}\n" AH "{laddr 192.0.2.3}\n" AH, "N POL-L14 3:2", OK },
	{ "T04", ILLUMOS, "{saddr 192.0.2.1 daddr 192.0.2.5} apply {encr_algs 3des encr_auth_algs sha1 sa shared}\n", "W E07 1:1", WARN },
	{ "T05", ILLUMOS, "{srcaddr 192.0.2.5 dst 192.0.2.1 sport 23} permit {auth_algs md5}\n", "W E07 1:1; N POL-V10 1:34; W A36 1:62", WARN },
	{ "T06", ILLUMOS, "{src 192.0.2.1 raddr 192.0.2.5} ipsec {auth_algs sha1}\n", "E B14 1:16", ERR },
	{ "T07", ILLUMOS, "{lport 53} bypass {}\n", "N POL-V10 1:2; E POL-D6 1:12", ERR },
	{ "T08", ILLUMOS, "{lport 53 dir both} pass {} # dns\n{rport 53 dir both} pass {}\n", "N POL-V10 1:2; N POL-V10 2:2", OK },
	{ "T09", ILLUMOS, "{lport 53 ulp udp dir both} bypass {}#dns\n{rport 53 ulp udp dir both} bypass {}\n", "E POL-L10 1:38", ERR },
	{ "T10", ILLUMOS, "{lport 53 ulp udp dir both} bypass {} {rport 53 ulp udp dir both} bypass {}\n", "E POL-L8 1:39", ERR },
	{ "T11", ILLUMOS, "{raddr 192.0.2.5} ipsec {encr_algs aes-gcm} or ipsec {encr_algs aes encr_auth_algs sha256}\n", "", OK },
	{ "T12", ILLUMOS, "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1}\nor ipsec {auth_algs sha1}\n", "E E03 2:1", ERR },
	{ "T13", ILLUMOS, "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1} or\n   ipsec {auth_algs sha1}\n", "", OK },
	{ "T14", ILLUMOS, "{raddr 192.0.2.5} ipsec {encr_algs aes-gcm encr_auth_algs sha256}\n", "E POL-P5 1:44", ERR },
	{ "T15", ILLUMOS, "{raddr 192.0.2.5} ipsec {encr_algs aes}\n", "W E08 1:36", WARN },
	{ "T16", ILLUMOS, "{raddr 192.0.2.5} ipsec {sa shared}\n", "E POL-P1 1:19", ERR },
	{ "T17", ILLUMOS, "{dir in} drop {}\n", "W POL-D7 1:10", WARN },
	{ "T18", ILLUMOS, "{ulp tcp} drop {dir in}\n", "", OK },
	{ "T18 as it stands", ILLUMOS, "{} drop {dir in}\n", "W POL-D7 1:4", WARN },
	{ "T19", ILLUMOS, "{lport 25 ulp tcp} drop {dir in}\n", "E POL-D3 1:26", ERR },
	{ "T20", ILLUMOS, "{saddr 10.0.0.0/8 smask 255.0.0.0 daddr 10.1.1.1} apply {auth_algs sha1}\n", "E POL-V6 1:25", ERR },
	{ "T21", ILLUMOS, "{saddr 10.0.0.0 smask 0xff000000 daddr 10.1.1.1} apply {auth_algs sha1}\n", "W E07 1:1", WARN },
	{ "T22", ILLUMOS, "{ulp ipv6-icmp type 133-137 dir both} pass {}\n", "", OK },
	{ "T23", ILLUMOS, "{type 8 dir both} pass {}\n", "E POL-V14 1:2", ERR },
	{ "T24", ILLUMOS, "{ulp icmp code host-unr type unreach dir in} pass {}\n", "E POL-V16 1:11", ERR },
	{ "T25", ILLUMOS, "{ulp icmp type unreach code bogus dir in} pass {}\n", "E POL-V12 1:29", ERR },
	{ "T26", ILLUMOS, "{tunnel ip.tun0 negotiate tunnel laddr 10.1.0.0/16 raddr 10.2.0.0/16} ipsec {encr_algs aes encr_auth_algs sha256}\n", "", OK },
	{ "T27", ILLUMOS, "{tunnel ip.tun0 laddr 10.1.0.0/16} ipsec {encr_algs aes encr_auth_algs sha256}\n", "E POL-N2 1:2", ERR },
	{ "T28", ILLUMOS, "{tunnel ip.tun0 negotiate transport laddr 10.1.1.1} ipsec {auth_algs sha1}\n", "E POL-N3 1:37", ERR },
	{ "T29", ILLUMOS, "{raddr 192.0.2.5/33} ipsec {auth_algs sha1}\n", "E POL-V3 1:8", ERR },
	{ "T30", ILLUMOS, "{raddr 192.0.2.5 ulp 300} ipsec {auth_algs sha1}\n", "E POL-V11 1:22", ERR },
	{ "T31", ILLUMOS, "{lport 1000-2000} ipsec {auth_algs sha1}\n", "E POL-V8 1:8", ERR },
	{ "T32", ILLUMOS, "{raddr 192.0.2.5} IPSEC {auth_algs sha1}\n", "E POL-L16 1:19", ERR },
	{ "T33", ILLUMOS, "{raddr 192.0.2.5} ipsec {encr_algs AES(128..256) encr_auth_algs SHA256}\n", "", OK },
	{ "T34", ILLUMOS, "{raddr 192.0.2.5} ipsec {encr_algs aes(256..128) encr_auth_algs sha1}\n", "E POL-A7 1:36", ERR },
	{ "T35", ILLUMOS, "{raddr 192.0.2.5} ipsec {auth_algs none encr_algs null encr_auth_algs sha256}\n", "W A36 1:51", WARN },
	{ "T36", ILLUMOS, "{raddr 192.0.2.5} ipsec {auth_algs sha1 auth_algs md5}\n", "E POL-K4 1:41", ERR },
	{ "T37", ILLUMOS, "{laddr 192.0.2.1 \\\n raddr 192.0.2.5} ipsec {auth_algs sha1}\n", "E POL-L13 1:18", ERR },
	{ "T38", ILLUMOS, "{laddr 192.0.2.1 raddr 2001:db8::5} ipsec {auth_algs sha1}\n", "E POL-V7 1:24", ERR },
	{ "T39", ILLUMOS, "{lport 53 dir both}bypass{}\n", "N POL-V10 1:2", OK },
	{ "T40", ILLUMOS, "{dest 192.0.2.5} apply {auth_algs sha1}\n{src 192.0.2.5} permit {auth_algs sha1}\n", "E POL-K5 1:2", ERR },
	{ "T41", ILLUMOS, "{saddr 192.0.2.1 daddr 192.0.2.5} ipsec {auth_algs sha1}\n", "E POL-D5 1:35", ERR },
	{ "T42", ILLUMOS, "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha256}\n{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha256}\n", "W E04 2:1", WARN },
	{ "T43", ILLUMOS, "{laddr 192.0.2.1\n", "E POL-G1 1:1", ERR },
	{ "T44", ILLUMOS, "# nothing but a comment\n", "N POL-F1 0:0", OK },
};

/* Each problem of the reader once, where the reference has no row for it. */
static const struct sample problems[] = {
	{ "byte order mark", ILLUMOS, "\xef\xbb\xbf# note\n" PATTERN("ulp tcp"), "E POL-L18 1:1" },
	{ "high byte", ILLUMOS, LADDR("caf\xc3\xa9"), "E POL-L18 1:8" },
	{ "high byte in a comment", ILLUMOS, "# caf\xc3\xa9\n" PATTERN("ulp tcp"), "" },
	{ "long line", ILLUMOS, "# " X1000 X50 "\n" PATTERN("ulp tcp"), "E POL-L1 1:1" },
	{ "long, but not too long", ILLUMOS, "# " X1000 "\n" PATTERN("ulp tcp"), "" },
	{ "text outside", ILLUMOS, "ulp tcp\n" PATTERN("ulp tcp"), "E POL-L8 1:1" },
	{ "brace too many", ILLUMOS, "}\n" PATTERN("ulp tcp"), "E POL-L8 1:1" },
	{ "brace within braces", ILLUMOS, "{{ulp tcp dir both} pass {}\n", "E POL-L6 1:2" },
	{ "word before the properties", ILLUMOS, "{ulp tcp dir both} pass the {}\n", "E POL-L7 1:25" },
	{ "text behind the entry", ILLUMOS, "{ulp tcp dir both} pass {} end\n", "E POL-L8 1:28" },
	{ "or glued to the action", ILLUMOS, "{ulp tcp} ipsec {auth_algs sha1} oripsec {auth_algs sha256}\n", "W POL-L12 1:34" },
	{ "half an or", ILLUMOS, "{ulp tcp} ipsec {auth_algs sha1} o\n", "W POL-L12 1:34" },
	{ "no action", ILLUMOS, "{ulp tcp} {auth_algs sha1}\n", "E POL-G2 1:9" },
	{ "no properties", ILLUMOS, "{ulp tcp} ipsec\n", "E POL-G3 1:11" },
	{ "unknown action", ILLUMOS, "{ulp tcp} protect {auth_algs sha1}\n", "E POL-G2 1:11" },
	{ "too many pairs", ILLUMOS, "{lport 0 lport 0 lport 0 lport 0 lport 0 lport 0 lport 0 lport 0 ulp tcp dir both} pass {}\n", "E POL-L15 1:1" },
	{ "unknown keyword", ILLUMOS, "{ulq tcp dir both} pass {}\n", "E POL-K1 1:2" },
	{ "keyword in the wrong group", ILLUMOS, PROPS("auth_algs sha1 ulp tcp"), "E POL-K6 1:41" },
	{ "no value", ILLUMOS, PATTERN("ulp tcp laddr"), "E POL-K3 1:10" },
	{ "unknown value", ILLUMOS, PROPS("auth_algs sha1 sa single"), "E POL-K7 1:44" },
	{ "more than the value", ILLUMOS, "{ulp tcp dir bothways} pass {}\n", "W POL-L16 1:14" },
	{ "action of the other family", ILLUMOS, "{saddr 192.0.2.1 ulp tcp} drop {dir in}\n", "W POL-D1 1:27" },
	{ "alternatives in the old style", ILLUMOS, "{saddr 192.0.2.1} apply {auth_algs sha1} or apply {auth_algs sha256}\n", "E POL-D2 1:45" },
	{ "direction against the action", ILLUMOS, "{saddr 192.0.2.1 dir in} apply {auth_algs sha1}\n", "E POL-D4 1:22" },
	{ "protected or not", ILLUMOS, "{ulp tcp} ipsec {auth_algs sha1} or pass {}\n", "W POL-D8 1:37" },
	{ "not an address", ILLUMOS, LADDR("192.0.2.256"), "E POL-V1 1:8" },
	{ "name for an address", ILLUMOS, LADDR("gw.example.com"), "W E10 1:8" },
	{ "address with an interface", ILLUMOS, LADDR("fe80::1%net0"), "E POL-V1 1:8" },
	{ "no prefix length", ILLUMOS, LADDR("192.0.2.0/x"), "E POL-V3 1:8" },
	{ "host bits", ILLUMOS, LADDR("192.0.2.9/24"), "W POL-V4 1:8" },
	{ "no host bits", ILLUMOS, LADDR("192.0.2.8/29"), "" },
	{ "not a mask", ILLUMOS, "{saddr 10.0.0.0 smask x} drop {dir in}\n", "E POL-V5 1:23; W POL-D1 1:26" },
	{ "empty mask", ILLUMOS, "{saddr 10.0.0.0 smask 0.0.0.0} bypass {dir in}\n", "E POL-V5 1:23" },
	{ "mask with holes", ILLUMOS, "{saddr 10.0.0.0 smask 24} bypass {dir in}\n", "E POL-V5 1:23" },
	{ "mask for IPv6", ILLUMOS, "{saddr 2001:db8:: smask 255.0.0.0} bypass {dir in}\n", "E POL-V5 1:25" },
	{ "mask alone", ILLUMOS, "{smask 255.0.0.0 ulp tcp} bypass {dir in}\n", "W POL-V6 1:2" },
	{ "service of this host", ILLUMOS, PATTERN("lport our-service ulp tcp"), "W POL-V9 1:8" },
	{ "service of every host", ILLUMOS, PATTERN("lport telnet ulp tcp"), "" },
	{ "not a protocol", ILLUMOS, PATTERN("ulp -1"), "E POL-V11 1:6" },
	{ "protocol of this host", ILLUMOS, PATTERN("ulp our-protocol"), "W POL-V9 1:6" },
	{ "not a type", ILLUMOS, PATTERN("ulp icmp type ping"), "E POL-V12 1:16" },
	{ "type too large", ILLUMOS, PATTERN("ulp icmp type 256"), "E POL-V12 1:16" },
	{ "range the wrong way round", ILLUMOS, PATTERN("ulp icmp type 8-5"), "E POL-V13 1:16" },
	{ "word of the other ICMP", ILLUMOS, PATTERN("ulp icmp type echo6"), "W POL-V15 1:16" },
	{ "name of a tunnel", ILLUMOS, "{tunnel abcdefghijklmnopqrstuvwxyz012345 negotiate tunnel} ipsec {auth_algs sha1}\n", "E POL-N1 1:9" },
	{ "unique in tunnel mode", ILLUMOS, "{tunnel t0 negotiate tunnel} ipsec {auth_algs sha1 sa unique}\n", "E POL-P6 1:55" },
	{ "unique in transport mode", ILLUMOS, "{tunnel t0 negotiate transport} ipsec {auth_algs sha1 sa unique}\n", "" },
	{ "unique without protection", ILLUMOS, "{ulp tcp dir in} drop {sa unique}\n", "E POL-P6 1:27" },
	{ "unknown algorithm", ILLUMOS, PROPS("auth_algs sha3"), "E POL-A1 1:36" },
	{ "algorithm of the other kind", ILLUMOS, PROPS("auth_algs aes"), "E POL-A1 1:36" },
	{ "not the number of an algorithm", ILLUMOS, PROPS("auth_algs 0x3"), "E POL-A2 1:36" },
	{ "number of an unknown algorithm", ILLUMOS, PROPS("auth_algs 200"), "W POL-A3 1:36" },
	{ "any algorithm", ILLUMOS, PROPS("auth_algs any"), "N POL-A4 1:36" },
	{ "no length", ILLUMOS, ENCR("aes(128)x"), "E POL-A5 1:36" },
	{ "blank before the length", ILLUMOS, ENCR("aes (128)"), "E POL-A5 1:36" },
	{ "one dot", ILLUMOS, ENCR("aes(128.256)"), "W POL-A6 1:36" },
	{ "length between the steps", ILLUMOS, ENCR("aes(160)"), "W POL-A8 1:36" },
	{ "algorithm without protection", ILLUMOS, "{ulp tcp dir in} drop {auth_algs sha1}\n", "E POL-P2 1:24" },
	{ "neither encryption nor integrity", ILLUMOS, PROPS("encr_algs null"), "E POL-P4 1:36" },
	{ "integrity twice, from before", ILLUMOS, "{ulp tcp} ipsec {encr_algs aes-gcm} or ipsec {encr_auth_algs sha256}\n", "E POL-P5 1:47" },
	{ "a cause is said once", ILLUMOS, "{laddr x;y raddr 192.0.2.1} ipsec {auth_algs foo encr_algs}\n", "E POL-V1 1:8; E POL-A1 1:46; E POL-K3 1:50" },
};

/* What only some releases have. */
static const struct sample releases[] = {
	{ "local ends", SOL9, "{laddr 192.0.2.1 raddr 192.0.2.2} ipsec {auth_algs sha1}\n", "W POL-R1 1:2" },
	{ "local ends", SOL10, "{laddr 192.0.2.1 raddr 192.0.2.2} ipsec {auth_algs sha1}\n", "" },
	{ "source and destination", SOL9, "{src 192.0.2.1} apply {auth_algs sha1}\n{dst 192.0.2.1} permit {auth_algs sha1}\n", "" },
	{ "drop", SOL9, "{ulp tcp} drop {dir in}\n", "W POL-R1 1:11" },
	{ "a cipher that is not there", SOL10, ENCR("none") "{laddr 192.0.2.9} ipsec {encr_algs aes-gcm}\n", "W POL-R2 2:36" },
	{ "a cipher that is there", SOL11, "{laddr 192.0.2.9} ipsec {encr_algs aes-gcm}\n", "" },
	{ "a cipher that is gone", ILLUMOS, ENCR("camellia"), "W POL-R2 1:36" },
	{ "a hash that may be there, said once", SOL10, PROPS("auth_algs sha256") "{laddr 192.0.2.9} ipsec {auth_algs sha256 encr_algs aes encr_auth_algs sha512}\n", "N POL-R2 1:36; N POL-R2 2:72" },
	{ "any and none are everywhere", SOL9, "{src 192.0.2.1} apply {auth_algs any encr_algs none}\n{dst 192.0.2.1} permit {auth_algs any}\n", "N POL-A4 1:34; N POL-A4 2:35" },
};

/* What entries say about each other. */
static const struct sample entries[] = {
	{ "twice with other words", ILLUMOS, "{laddr 192.0.2.1 rport telnet ulp tcp} ipsec {encr_algs aes encr_auth_algs sha1}\n{ulp 6 local 192.0.2.1/32 rport 23} ipsec {encr_auth_algs hmac-sha1 encr_algs AES sa shared}\n", "W E04 2:1" },
	{ "twice in both styles", ILLUMOS, "{src 192.0.2.1 dst 192.0.2.2} apply {auth_algs sha1}\n{laddr 192.0.2.1 raddr 192.0.2.2 dir out} ipsec {auth_algs sha1}\n{src 192.0.2.2 dst 192.0.2.1} permit {auth_algs sha1}\n", "W E04 2:1" },
	{ "thrice", ILLUMOS, "{ulp tcp}" AH "{ulp tcp}" AH "{ulp tcp}" AH, "W E04 2:1; W E04 3:1" },
	{ "pattern twice", ILLUMOS, "{ulp tcp}" AH "{ulp tcp}" ESP "{ulp tcp dir in} drop {}\n", "W E04 2:1; W E04 3:1" },
	{ "pattern of a bypass", ILLUMOS, "{ulp tcp dir both} pass {}\n{ulp tcp}" AH, "W E04 2:1" },
	{ "another direction", ILLUMOS, "{ulp tcp dir in} pass {}\n{ulp tcp dir out} pass {}\n", "" },
	{ "another tunnel", ILLUMOS, "{tunnel t0 negotiate tunnel}" AH "{tunnel t1 negotiate tunnel}" AH "{ulp tcp}" AH, "" },
	{ "one tunnel twice", ILLUMOS, "{tunnel t0 negotiate tunnel}" AH "{tunnel t1 negotiate tunnel}" AH "{negotiate tunnel tunnel t0}" AH, "W E04 3:1" },
	{ "any address and every IPv4 address", ILLUMOS, "{laddr 192.0.2.1 raddr 0.0.0.0/0}" AH "{laddr 192.0.2.1}" AH, "N POL-O1 2:1" },
	{ "another type", ILLUMOS, "{ulp icmp type 8 dir in} pass {}\n{ulp icmp type 0 dir in} pass {}\n{ulp icmp type 8 code 0 dir in} pass {}\n", "" },
	{ "one type twice", ILLUMOS, "{ulp icmp type 8 dir in} pass {}\n{ulp icmp type echo dir in} drop {}\n", "W E04 2:1" },
	{ "twice, but for what does not matter", ILLUMOS, "{Laddr 192.0.2.9/24}" AH "{laddr 192.0.2.0/24} ipsec {auth_algs foo}\n", "E POL-L16 1:2; W POL-V4 1:8; W E04 2:1; E POL-A1 2:39" },
	{ "twice, or a broken word tells them apart", ILLUMOS, "{l\xe4 x ulp tcp dir in} pass {}\n{ulp tcp dir in} drop {}\n", "E POL-L18 1:2" },
	{ "twice, or a broken value does", ILLUMOS, "{laddr \xe4 ulp tcp dir in} pass {}\n{ulp tcp dir in} drop {}\n", "E POL-L18 1:8" },
	{ "twice, or a missing value does", ILLUMOS, "{ulp tcp dir in laddr} pass {}\n{ulp tcp dir in} drop {}\n", "E POL-K3 1:17" },
	{ "twice, but one is misspelt", ILLUMOS, "{ulp tcp}" AH "{ulp tcq}" AH, "W POL-V9 2:6" },

	{ "bypass", ILLUMOS, "{laddr 192.0.2.1 lport 23 ulp tcp}" ESP "{ulp tcp dir both} bypass {}\n", "W E05 1:1" },
	{ "bypass above", ILLUMOS, "{ulp tcp dir both} bypass {}\n{laddr 192.0.2.1 lport 23 ulp tcp}" ESP, "W E05 2:1" },
	{ "bypass of one direction", ILLUMOS, "{laddr 192.0.2.1 ulp tcp}" ESP "{ulp tcp dir out} bypass {}\n", "W E05 1:1" },
	{ "bypass of IPv4", ILLUMOS, "{lport 23 ulp tcp}" ESP "{raddr 0.0.0.0/0 dir both} bypass {}\n", "W E05 1:1" },
	{ "bypass of something narrower", ILLUMOS, "{laddr 192.0.2.1 lport 23 ulp tcp dir both} bypass {}\n{laddr 192.0.2.1}" ESP, "" },
	{ "bypass of something else", ILLUMOS, "{ulp udp dir both} bypass {}\n{laddr 192.0.2.1 ulp tcp}" ESP "{laddr 192.0.2.1 lport 23 ulp tcp}" ESP, "N POL-O1 3:1" },
	{ "bypass for a tunnel", ILLUMOS, "{tunnel t0 negotiate tunnel dir both} bypass {}\n{laddr 192.0.2.1}" ESP, "" },
	{ "bypass in old style", ILLUMOS, "{src 10.0.0.0/8} bypass {dir out}\n{dst 10.0.0.0/8} bypass {dir in}\n{local 10.1.0.0/16 remote 192.0.2.1}" ESP, "W E05 3:1" },

	{ "shadowed", ILLUMOS, "{laddr 192.0.2.0/24}" ESP "{laddr 192.0.2.1}" "ipsec {encr_algs aes(256) encr_auth_algs sha1}\n", "W POL-O1 2:1" },
	{ "the narrower one first", ILLUMOS, "{laddr 192.0.2.1}" ESP "{laddr 192.0.2.0/24}" ESP, "" },
	{ "the same again", ILLUMOS, "{laddr 192.0.2.0/24}" ESP "{laddr 192.0.2.1}" ESP, "N POL-O1 2:1" },
	{ "shadowed by a higher class below", ILLUMOS, "{laddr 192.0.2.1}" AH "{laddr 192.0.2.0/24}" ESP "{laddr 192.0.0.0/16}" BOTH, "W POL-O1 1:1; W POL-O1 2:1" },
	{ "drop for what is protected", ILLUMOS, "{laddr 192.0.2.1 ulp tcp dir in} drop {}\n{laddr 192.0.2.1}" AH, "W POL-O1 1:1" },
	{ "shadowed in one direction", ILLUMOS, "{laddr 192.0.2.0/24 dir in}" ESP "{laddr 192.0.2.0/24 dir out}" AH "{laddr 192.0.2.1}" AH, "W POL-O1 3:1" },
	{ "shadowed in one direction alone", ILLUMOS, "{laddr 192.0.2.0/24 dir in} drop {}\n{laddr 192.0.2.1 dir in} drop {}\n{laddr 192.0.2.9 dir both} drop {}\n", "N POL-O1 2:1" },
	{ "IPv6", ILLUMOS, "{raddr 2001:db8::/32 ulp tcp}" ESP "{raddr 2001:db8:1::/48 ulp tcp rport 23}" AH "{raddr 2001:db9::1 ulp tcp}" AH, "W POL-O1 2:1" },
	{ "wider in one end, narrower in the other", ILLUMOS, "{laddr 192.0.2.1 raddr 10.0.0.0/8}" AH "{laddr 192.0.2.0/24 raddr 10.1.0.0/16}" AH, "" },

	{ "order", ILLUMOS, "{laddr 192.0.2.1}" ESP "{laddr 192.0.2.1 lport 22 ulp tcp dir both} pass {}\n{laddr 192.0.2.1 lport 53 ulp udp dir both} pass {}\n", "N E06 2:1" },
	{ "order of protections", ILLUMOS, "{laddr 192.0.2.0/24}" AH "{laddr 192.0.2.1}" ESP, "N E06 2:1" },
	{ "order as it is matched", ILLUMOS, "{laddr 192.0.2.1 lport 22 ulp tcp dir both} pass {}\n{laddr 192.0.2.1}" ESP, "" },
	{ "order of what has nothing in common", ILLUMOS, "{laddr 192.0.2.1}" ESP "{laddr 192.0.2.2 dir both} pass {}\n", "" },

	{ "one way in", ILLUMOS, "{laddr 192.0.2.1 dir in}" ESP, "W E07 1:1" },
	{ "one way of a tunnel", ILLUMOS, "{tunnel t0 negotiate tunnel dir in}" ESP, "W E07 1:1" },
	{ "both ways", ILLUMOS, "{laddr 192.0.2.1 dir in}" ESP "{laddr 192.0.2.1 dir out}" AH, "" },
	{ "both ways in old style", ILLUMOS, "{src 192.0.2.1 dst 192.0.2.2 sport 23 ulp tcp} apply {auth_algs sha1}\n{dst 192.0.2.1 src 192.0.2.2 dport 23 ulp tcp} permit {auth_algs sha1}\n", "" },
	{ "not mirrored", ILLUMOS, "{src 192.0.2.1 dst 192.0.2.2} apply {auth_algs sha1}\n{src 192.0.2.1 dst 192.0.2.2} permit {auth_algs sha1}\n", "W E07 1:1; W E07 2:1" },
	{ "somebody wider is for the other way", ILLUMOS, "{laddr 192.0.2.1 dir in}" ESP "{laddr 192.0.2.0/24 dir out} drop {}\n", "" },
	{ "the other way may be misspelt", ILLUMOS, "{src 192.0.2.1} apply {auth_algs sha1}\n{dts 192.0.2.1} permit {auth_algs sha1}\n", "E POL-K1 2:2" },
	{ "the other way may be what is outside", ILLUMOS, "{src 192.0.2.1} apply {auth_algs sha1}\ndst 192.0.2.1} permit {auth_algs sha1}\n", "E POL-L8 2:1" },
	{ "the other way may have a name", ILLUMOS, "{src 192.0.2.1} apply {auth_algs sha1}\n{dst here} permit {auth_algs sha1}\n", "W E10 2:6" },
	{ "one way of one family", ILLUMOS, "{ulp tcp dir in}" ESP "{raddr 0.0.0.0/0 ulp tcp dir out}" ESP, "W E07 1:1" },
	{ "one way without protection", ILLUMOS, "{ulp icmp dir in} pass {}\n{ulp tcp dir in} drop {}\n", "" },

	{ "neighbors", ILLUMOS, "{laddr 2001:db8::1}" ESP, "E E09 1:1" },
	{ "neighbors on the link", ILLUMOS, "{raddr fe80::/10}" ESP "{raddr 2001:db8::1}" ESP, "E E09 1:1" },
	{ "neighbors, perhaps", ILLUMOS, "{raddr 2001:db8::1}" ESP "{raddr 2001:db8::2}" ESP, "W E09 1:1" },
	{ "neighbors, if there is IPv6", ILLUMOS, "{} ipsec {auth_algs sha1}\n", "W E09 1:1" },
	{ "neighbors pass", ILLUMOS, "{laddr 2001:db8::1}" ESP "{ulp ipv6-icmp type 133-137 dir both} pass {}\n", "" },
	{ "neighbors pass by several entries", ILLUMOS, "{ulp 58 type 133-134 dir both} pass {}\n{ulp 58 type 135-136 dir both} pass {}\n{ulp 58 type redir6 dir in} pass {}\n{ulp 58 type redir6 dir out} pass {}\n{laddr 2001:db8::1}" ESP, "" },
	{ "neighbors pass in one direction", ILLUMOS, "{ulp 58 type 133-137 dir in} pass {}\n{laddr 2001:db8::1}" ESP, "E E09 2:1" },
	{ "neighbors pass, or are protected", ILLUMOS, "{ulp 58 type 133-137 dir both} pass {} or ipsec {auth_algs sha1}\n{laddr 2001:db8::1}" ESP, "W POL-D8 1:43; E E09 2:1" },
	{ "some neighbors pass", ILLUMOS, "{ulp 58 type 133-136 dir both} pass {}\n{laddr 2001:db8::1}" ESP, "E E09 2:1" },
	{ "the pass may be misspelt", ILLUMOS, "{ulp ipv6-icmp type 133-137} pass {}\n{laddr 2001:db8::1}" ESP, "E POL-D6 1:30" },
	{ "no neighbors with TCP", ILLUMOS, "{laddr 2001:db8::1 ulp tcp}" ESP "{raddr fe80::/10 lport 22}" ESP, "N POL-V10 2:18" },
	{ "no neighbors with IPv4", ILLUMOS, "{laddr 192.0.2.1}" ESP, "" },
	{ "no neighbors in a tunnel", ILLUMOS, "{tunnel t0 negotiate tunnel laddr 2001:db8::/64}" ESP, "" },
	{ "other types of ICMP", ILLUMOS, "{ulp ipv6-icmp type echo6 laddr 2001:db8::1}" ESP, "" },

	{ "types with other protection", ILLUMOS, "{ulp icmp type 8}" ESP "{ulp icmp type 0}" AH "{ulp icmp type 3}" ESP, "W POL-V17 2:1" },
	{ "types with the same protection", ILLUMOS, "{ulp icmp type 8}" ESP "{ulp icmp type 0}" ESP "{ulp icmp type 3 dir in} drop {}\n", "" },
	{ "both modes", ILLUMOS, "{tunnel t0 negotiate tunnel}" ESP "{tunnel t1 negotiate transport}" ESP "{tunnel t0 negotiate transport}" ESP, "E POL-N4 3:1" },
	{ "both modes, and not twice as well", ILLUMOS, "{tunnel t0 negotiate tunnel}" ESP "{tunnel t0 negotiate transport}" ESP "{tunnel t0 negotiate transport}" ESP, "E POL-N4 2:1; E POL-N4 3:1" },
	{ "IKE's own port", ILLUMOS, "{ulp udp rport 500}" ESP "{ulp udp lport ike dir in} drop {}\n", "W POL-O2 1:1; W POL-O2 2:1" },
	{ "IKE's own port is let through", ILLUMOS, "{ulp udp rport 500 dir both} pass {}\n{ulp tcp rport 500}" ESP, "" },
};

/* In profile mdm-ssm. */
static const struct sample coexistence[] = {
	{ "weak, but what an MSS speaks", SOL10, PROPS("encr_algs des encr_auth_algs md5"), "N MSS-WEAK 1:36; N MSS-WEAK 1:55" },
	{ "no encryption, but what an MSS speaks", SOL10, PROPS("encr_algs null encr_auth_algs sha1"), "N MSS-WEAK 1:36" },
	{ "more than MDM and SSM write", SOL10, "{src 192.0.2.1 proto tcp} apply {auth_algs sha1}\n{dst 192.0.2.1 proto tcp} permit {auth_algs sha1}\n{ulp tcp lport 22 dir both} pass {}\n{proto 17 raddr 192.0.2.1}" ESP "{ulp icmp type 8}" ESP, "N FILE-6 3:1" },
	{ "what MDM and SSM write", SOL10, "{laddr 192.0.2.1 raddr 192.0.2.2 lport 23 ulp tcp}" ESP, "" },
	{ "no other files are known of", SOL10, "{raddr 192.0.2.2 lport 25 ulp tcp} ipsec {encr_algs aes(256) encr_auth_algs sha1} or ipsec {encr_algs 3des auth_algs sha1}\n", "" },
};
/* clang-format on */

static void check_all_samples(void)
{
	check_samples(reference, ARRAY_SIZE(reference), "solaris", true);
	check_samples(problems, ARRAY_SIZE(problems), "solaris", false);
	check_samples(releases, ARRAY_SIZE(releases), "solaris", false);
	check_samples(entries, ARRAY_SIZE(entries), "solaris", false);
	check_samples(coexistence, ARRAY_SIZE(coexistence), "mdm-ssm", false);
}

static void check_nul_byte(void)
{
	static const char text[] = "{ulp t\0cp dir in} pass {}\n";
	struct strbuf sb = STRBUF_INIT;
	struct checked c;

	check_profile(&c, "solaris", text, sizeof text - 1, ILLUMOS);
	add_findings(&c, &sb);
	cr_expect_str_eq(sb.buf, "E POL-L18 1:6", "%s", sb.buf);
	strbuf_release(&sb);
	checked_release(&c);
}

/* What no sample is long enough for. */
static void check_repeated(const char *begin, const char *part, size_t count, const char *end,
			   const char *findings)
{
	struct strbuf text = STRBUF_INIT, sb = STRBUF_INIT;
	struct checked c;
	size_t i;

	strbuf_addstr(&text, begin);
	for (i = 0; i < count; i++)
		strbuf_addstr(&text, part);
	strbuf_addstr(&text, end);
	check_profile(&c, "solaris", text.buf, text.len, ILLUMOS);
	add_findings(&c, &sb);
	cr_expect_str_eq(sb.buf, findings, "%zu times '%s': '%s'", count, part, sb.buf);
	strbuf_release(&sb);
	strbuf_release(&text);
	checked_release(&c);
}

static void check_limits(void)
{
	check_repeated("{ulp tcp\n", X50 X50 X50 X50 "\n", 45, "} ipsec {auth_algs sha1}\n",
		       "E POL-K1 2:1; E POL-L2 42:1");
	check_repeated("{ulp tcp} ", "ipsec {auth_algs sha1} or\n", 20, "ipsec {auth_algs sha1}\n",
		       "E POL-L15 21:1");
	check_repeated("{ulp tcp} ", "ipsec {auth_algs sha1 encr_algs aes sa shared} or\n", 16,
		       "ipsec {auth_algs sha1}\n", "E POL-L15 1:1");
}

#define RULE(label, local, remote)                                                                 \
	"{ label " label " local_addr " local " remote_addr " remote                               \
	"\np1_xform { auth_method preshared oakley_group 14 auth_alg sha256 encr_alg aes } }\n"
#define PEER(local, remote) RULE("peer", local, remote)
#define SA(src, dst)                                                                               \
	"add esp spi 0x100 src " src " dst " dst                                                   \
	" encralg null authalg sha1 authkey 000102030405060708090a0b0c0d0e0f10111213\n"
#define MANY "192.0.2.1 local_addr 192.0.2.9 local_addr 198.51.100.1-198.51.100.9"

/* A host with these files; NULL: the file is not there. */
struct tree_sample {
	const char *name, *profile, *config, *policies, *keys;
	const char *findings; /* with the last part of the path in front of the place */
};

/* One sample a line. */
/* clang-format off */
static const struct tree_sample trees[] = {
	{ "a rule for the peer", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP, NULL, "" },
	{ "no rule for the peer", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP, NULL, "E E11 ipsecinit.conf:2:8" },
	{ "no rule for this end", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{laddr 192.0.2.1 raddr 192.0.2.2}" ESP "{laddr 192.0.2.9 raddr 192.0.2.2}" ESP, NULL, "E E11 ipsecinit.conf:2:24" },
	{ "a rule for one host of many", "solaris", PEER("192.0.2.0/24", "198.51.100.7"), "{laddr 192.0.2.1 raddr 198.51.100.0/24}" ESP, NULL, "" },
	{ "a rule for a range", "solaris", PEER("192.0.2.1", "198.51.100.4-198.51.100.9"), "{raddr 198.51.100.9}" ESP "{raddr 198.51.100.3}" ESP "{raddr 198.51.100.10}" ESP, NULL, "E E11 ipsecinit.conf:2:8; E E11 ipsecinit.conf:3:8" },
	{ "a rule with many ends", "solaris", PEER(MANY, "198.51.100.20 remote_addr 198.51.100.40"), "{laddr 192.0.2.9 raddr 198.51.100.40}" ESP "{laddr 198.51.100.5 raddr 198.51.100.41}" ESP, NULL, "E E11 ipsecinit.conf:2:27" },
	{ "a rule of the other family", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{raddr 2001:db8::2 ulp tcp}" ESP, NULL, "E E11 ipsecinit.conf:2:8" },
	{ "IPv6", "solaris", PEER("2001:db8::1", "2001:db8::/64"), "{raddr 2001:db8::2 ulp tcp}" ESP "{raddr 2001:db8:0:1::2 ulp tcp}" ESP, NULL, "E E11 ipsecinit.conf:2:8" },
	{ "one peer is missing once", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.4/31 lport 25 ulp tcp}" ESP "{raddr 192.0.2.4/31 lport 23 ulp tcp}" ESP "{raddr 192.0.2.4 ulp tcp}" ESP "{raddr 192.0.2.4/31 ulp tcp}" ESP, NULL, "E E11 ipsecinit.conf:2:8; E E11 ipsecinit.conf:4:8" },
	{ "any peer", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{lport 23 ulp tcp}" ESP, NULL, "" },
	{ "old style", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{src 192.0.2.1 dst 192.0.2.2}" " apply {auth_algs sha1}\n{src 192.0.2.3 dst 192.0.2.1}" " permit {auth_algs sha1}\n{src 192.0.2.1 dst 192.0.2.3} apply {auth_algs sha1}\n{dst 192.0.2.1 src 192.0.2.2} permit {auth_algs sha1}\n", NULL, "E E11 ipsecinit.conf:2:6" },
	{ "no protection is demanded", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3 dir both} pass {}\n{raddr 192.0.2.4 dir in} drop {}\n{raddr 192.0.2.5} ipsec {auth_algs sha1} or pass {}\n", NULL, "W POL-D8 ipsecinit.conf:4:45" },
	{ "a tunnel", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{tunnel t0 negotiate tunnel raddr 10.0.0.0/8}" ESP, NULL, "" },
	{ "another policy acts in its place", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.0/24 ulp tcp dir both} pass {}\n{raddr 192.0.2.3 ulp tcp}" ESP, NULL, "W E05 ipsecinit.conf:3:1" },
	{ "twice", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP "{raddr 192.0.2.3}" ESP, NULL, "E E11 ipsecinit.conf:2:8; W E04 ipsecinit.conf:3:1" },
	{ "a manual key", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP "{raddr 192.0.2.4}" ESP, SA("192.0.2.1", "192.0.2.3") SA("192.0.2.4", "192.0.2.1"), "" },
	{ "a manual key of another end", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{laddr 192.0.2.9 raddr 192.0.2.3}" ESP, SA("192.0.2.1", "192.0.2.3"), "E E11 ipsecinit.conf:2:24" },
	{ "a manual key from anywhere", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{laddr 192.0.2.9 raddr 192.0.2.3}" ESP, "add esp spi 0x100 dst 192.0.2.3 encralg null authalg sha1 authkey 000102030405060708090a0b0c0d0e0f10111213\n", "" },
	{ "a manual key for a name", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP, SA("192.0.2.1", "there"), "" },
	{ "a manual key from a name", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP, SA("here", "192.0.2.9"), "" },
	{ "a manual key is taken away again", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP, "delete esp spi 0x100 dst 192.0.2.3\n", "E E11 ipsecinit.conf:2:8" },
	{ "no rules at all", "solaris", "# none\n", "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP, NULL, "" },
	{ "no configuration", "solaris", NULL, "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP, NULL, "" },
	{ "a rule for nobody knows whom", "solaris", PEER("192.0.2.1", "192.0.2.2") RULE("b", "192.0.2.1", "192.0.2.300"), "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP, NULL, "" },
	{ "a rule without a peer", "solaris", PEER("192.0.2.1", "192.0.2.2") "{ label b local_addr 192.0.2.1 }", "{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP, NULL, "" },
	{ "a name for a peer", "solaris", PEER("192.0.2.1", "192.0.2.2"), "{raddr there}" ESP, NULL, "W E10 ipsecinit.conf:1:8" },

	{ "a rule that no policy needs", "solaris", PEER("192.0.2.1", "192.0.2.2") RULE("b", "192.0.2.1", "192.0.2.3"), "{raddr 192.0.2.2}" ESP, NULL, "N E12 config:3:3" },
	{ "a rule and a policy of another end", "solaris", PEER("192.0.2.1", "192.0.2.2") RULE("b", "192.0.2.9", "192.0.2.3"), "{laddr 192.0.2.1 raddr 192.0.2.0/24}" ESP, NULL, "N E12 config:3:3" },
	{ "a policy for everybody", "solaris", PEER("192.0.2.1", "192.0.2.2") RULE("b", "2001:db8::1", "2001:db8::2"), "{ulp tcp}" ESP, NULL, "" },
	{ "a policy for everybody else may be a tunnel's", "solaris", PEER("192.0.2.1", "192.0.2.2") RULE("b", "192.0.2.1", "192.0.2.3"), "{raddr 192.0.2.2}" ESP "{tunnel t0 negotiate tunnel}" ESP, NULL, "" },
	{ "a policy for somebody may be misspelt", "solaris", PEER("192.0.2.1", "192.0.2.2") RULE("b", "192.0.2.1", "192.0.2.3"), "{raddr 192.0.2.2}" ESP "{radr 192.0.2.3}" ESP, NULL, "E POL-K1 ipsecinit.conf:2:2" },
	{ "no policy demands protection", "solaris", PEER("192.0.2.1", "192.0.2.2") RULE("b", "192.0.2.1", "192.0.2.3"), "{lport 22 ulp tcp dir both} pass {}\n", NULL, "N E12 ipsecinit.conf:0:0" },
	{ "no policy", "solaris", PEER("192.0.2.1", "192.0.2.2"), "# none\n", NULL, "N POL-F1 ipsecinit.conf:0:0" },
	{ "no file of policies", "solaris", PEER("192.0.2.1", "192.0.2.2"), NULL, NULL, "N E01 ipsecinit.conf:0:0" },
	{ "no file of policies and no rule", "solaris", "# none\n", NULL, NULL, "" },

	{ "what the MSS has", "mdm-ssm", RULE("INDEXID_1", "192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2 rport 23 ulp tcp}" ESP "{raddr 192.0.2.2 ulp udp} ipsec {auth_algs sha1}\n{raddr 192.0.2.2 lport 829 ulp tcp} ipsec {encr_algs 3des auth_algs md5}\n", NULL, "N MSS-WEAK ipsecinit.conf:3:69" },
	{ "proposals that the MSS does not have", "mdm-ssm", RULE("INDEXID_1", "192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2} ipsec {encr_algs aes encr_auth_algs sha256} or ipsec {encr_algs 3des encr_auth_algs sha1} or ipsec {auth_algs sha1 encr_algs aes encr_auth_algs sha1} or ipsec {encr_algs aes-gcm}\n", NULL, "W MSS-4 ipsecinit.conf:1:36; N POL-R2 ipsecinit.conf:1:55; W MSS-4 ipsecinit.conf:1:144; W POL-R2 ipsecinit.conf:1:189; W MSS-4 ipsecinit.conf:1:189" },
	{ "what is not understood is no proposal", "mdm-ssm", RULE("INDEXID_1", "192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2} ipsec {encr_algs foo encr_auth_algs sha1} or ipsec {encr_algs any encr_auth_algs sha1} or ipsec {encr_algs none}\n", NULL, "E POL-A1 ipsecinit.conf:1:36; N POL-A4 ipsecinit.conf:1:81; E POL-P1 ipsecinit.conf:1:109" },
	{ "ftpdata", "mdm-ssm", RULE("INDEXID_1", "192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2 rport ftp-data ulp tcp} ipsec {encr_algs aes encr_auth_algs md5}\n{raddr 192.0.2.2 lport 20 ulp tcp} ipsec {encr_algs aes encr_auth_algs md5}\n{raddr 192.0.2.2 rport ftp ulp tcp} ipsec {encr_algs aes encr_auth_algs md5}\n", NULL, "N MSS-8 ipsecinit.conf:1:59; N MSS-WEAK ipsecinit.conf:1:78; N MSS-8 ipsecinit.conf:2:53; N MSS-WEAK ipsecinit.conf:2:72; W MSS-4 ipsecinit.conf:3:54; N MSS-WEAK ipsecinit.conf:3:73" },
	{ "ftpdata, and AH as well", "mdm-ssm", RULE("INDEXID_1", "192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2 rport 20 ulp tcp} ipsec {auth_algs sha1 encr_algs aes encr_auth_algs md5}\n", NULL, "W MSS-4 ipsecinit.conf:1:68; N MSS-WEAK ipsecinit.conf:1:87" },
	{ "ports that the MSS does not have", "mdm-ssm", RULE("INDEXID_1", "192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2 rport 25 ulp tcp}" ESP "{raddr 192.0.2.2 lport 123 rport 500 ulp tcp}" ESP "{raddr 192.0.2.2 lport 65535 rport 5930 ulp tcp}" ESP "{raddr 192.0.2.2 lport 20 rport 100 ulp tcp}" ESP, NULL, "W MSS-6 ipsecinit.conf:1:24; W MSS-6 ipsecinit.conf:4:33" },
	{ "ports without protection", "mdm-ssm", RULE("INDEXID_1", "192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2 rport 23 ulp tcp}" ESP "{src 192.0.2.2 sport 25 ulp tcp} bypass {dir in}\n", NULL, "" },
	{ "no MSS", "mdm-ssm", RULE("peer", "192.0.2.1", "192.0.2.2") RULE("INDEXID_1", "192.0.2.1", "192.0.2.3"), "{raddr 192.0.2.2 rport 25 ulp tcp} ipsec {encr_algs aes encr_auth_algs md5}\n{raddr 192.0.2.3}" ESP, NULL, "N MSS-WEAK ipsecinit.conf:1:72" },
	{ "no MSS in another profile", "solaris", RULE("INDEXID_1", "192.0.2.1", "192.0.2.2"), "{raddr 192.0.2.2 rport 25 ulp tcp} ipsec {encr_algs aes encr_auth_algs sha512}\n", NULL, "" },
	{ "one of many is an MSS", "mdm-ssm", RULE("INDEXID_1", "192.0.2.1", "192.0.2.77"), "{raddr 192.0.2.64/27 rport 25 ulp tcp}" ESP, NULL, "W MSS-6 ipsecinit.conf:1:28" },
	{ "old style towards the MSS", "mdm-ssm", RULE("INDEXID_1", "192.0.2.1", "192.0.2.2"), "{dst 192.0.2.2 dport 25 ulp tcp} apply {auth_algs sha1}\n{src 192.0.2.2 sport 25 ulp tcp} permit {auth_algs sha1}\n", NULL, "W MSS-6 ipsecinit.conf:1:22; W MSS-6 ipsecinit.conf:2:22" },
};
/* clang-format on */

static void check_tree(const struct tree_sample *s)
{
	char *root = tree_new();
	struct strbuf sb = STRBUF_INIT;
	struct checked c;

	tree_folder(root, "/etc/inet/secret", 0700);
	if (s->config != NULL)
		tree_file(root, "/etc/inet/ike/config", s->config, 0644);
	if (s->policies != NULL)
		tree_file(root, "/etc/inet/ipsecinit.conf", s->policies, 0644);
	if (s->keys != NULL)
		tree_file(root, "/etc/inet/secret/ipseckeys", s->keys, 0600);
	checked_tree(&c, root, s->profile);
	add_findings(&c, &sb);
	cr_expect_str_eq(sb.buf, s->findings, "%s: found '%s', not '%s'", s->name, sb.buf,
			 s->findings);
	strbuf_release(&sb);
	checked_release(&c);
	tree_free(root);
}

static void check_trees(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(trees); i++)
		check_tree(&trees[i]);
}

/* Everything above, and then each row about policies has been seen at least once. */
Test(lint_policy, samples)
{
	size_t i;

	seen = xcalloc(check_count, sizeof *seen);
	check_all_samples();
	check_nul_byte();
	check_limits();
	check_trees();
	for (i = 0; i < check_count; i++)
		cr_expect(seen[i] || !is_of_policies(&checks[i]), "%s '%s' is found in no sample",
			  checks[i].id, checks[i].title);
	free(seen);
}

/* What people read: the words, what was meant, what may be chosen, where the other one is. */
Test(lint_policy, messages)
{
	static const struct {
		const char *text, *message, *fix;
		size_t number; /* of the finding */
	} cases[] = {
		{ "{raddr 192.0.2.1} ipsec {encr_auth_alg sha1}\n",
		  "'encr_auth_alg' is no keyword; did you mean 'encr_auth_algs'?",
		  "correct or remove it" },
		{ "{raddr 192.0.2.1} ispec {auth_algs sha1}\n",
		  "'ispec' is no action; did you mean 'ipsec'?", "choose one of these" },
		{ PROPS("auth_algs hmac-sah1"),
		  "'hmac-sah1' is no algorithm for auth_algs; did you mean 'hmac-sha1'?",
		  "choose one of hmac-md5, hmac-sha1, hmac-sha256, hmac-sha384, hmac-sha512" },
		{ ENCR("blowfihs(128)"),
		  "'blowfihs(128)' is no algorithm for encr_algs; did you mean 'blowfish'?",
		  "choose one of des-cbc, 3des-cbc, blowfish-cbc, null, aes-cbc, aes-ccm8, "
		  "aes-ccm12, aes-ccm, aes-gcm8, aes-gcm12, aes-gcm" },
		{ PROPS("auth_algs nothing-like-it"),
		  "'nothing-like-it' is no algorithm for auth_algs", NULL },
		{ PATTERN("lport telent ulp tcp"),
		  "'telent' is no service that every host has in its table; did you mean 'telnet'?",
		  "write the number of the port" },
		{ PATTERN("ulp ipv6-imcp"),
		  "'ipv6-imcp' is no protocol that every host has in its table; did you mean "
		  "'ipv6-icmp'?",
		  NULL },
		{ PATTERN("ulp icmp type unraech"),
		  "'unraech' is no type of ICMP; did you mean 'unreach'?", NULL },
		{ "{ulp tcp} ipsec {auth_algs sha1 sa uniqe}\n",
		  "'uniqe' is no value of sa; did you mean 'unique'?",
		  "choose one of shared, unique" },
		{ LADDR("10.1.2.3/8"),
		  "'10.1.2.3/8' has bits set behind its prefix of 8; the network is 10.0.0.0/8",
		  "write 10.0.0.0/8" },
		{ "{saddr 10.1.2.3 smask 255.0.0.0 ulp tcp} bypass {dir in}\n",
		  "'10.1.2.3' has bits set behind its prefix of 8; the network is 10.0.0.0",
		  "write 10.0.0.0" },
		{ PATTERN("ulp 300"),
		  "there is no protocol '300'; ipsecconf cuts the number and loads the entry for "
		  "protocol 44",
		  NULL },
		{ "# first\n{ulp tcp dir in} pass {}\n{proto 6 dir in} drop {}\n",
		  "the entry on line 2 is for the same packets, and so this one is ignored",
		  "keep the one that is meant" },
		{ "{ulp tcp} ipsec {auth_algs foo}\n{ulp tcp} ipsec {auth_algs bar}\n",
		  "the entry on line 1 is for the same packets, and so this one is ignored", NULL,
		  1 },
		{ "{ulp tcp} ipsec {auth_algs 200}\n{ulp tcp} ipsec {auth_algs 200}\n",
		  "the entry on line 1 says the same", "remove this one", 1 },
		{ "{laddr 192.0.2.1 dir in}" ESP,
		  "no entry is for the same packets with dir out: they go unprotected",
		  "add an entry for dir out, for apply a permit with source and destination "
		  "exchanged; or remove the dir of this one" },
		{ "{laddr 192.0.2.0/24}" ESP
		  "{laddr 192.0.2.1 lport 22 ulp tcp dir both} pass {}\n",
		  "the kernel looks at this entry before the wider one on line 1; entries of which "
		  "that is so: 1",
		  NULL },
		/* Each of the first two decides in a family; one is named, always the same. */
		{ "{laddr 0.0.0.0/0}" AH "{laddr ::/0}" AH "{ulp tcp}" AH,
		  "the entry on line 2 is for all these packets too and does the same",
		  "leave it, or remove it", 1 },
		{ "{laddr 192.0.2.2}" AH "{laddr 192.0.2.3}\n" AH "{laddr 192.0.2.4}\n" AH,
		  "entries with a line that ends between the } and the action: 2; the first is "
		  "here",
		  "leave it, or put the action on the line of the }" },
		{ "{ulp tcp ulp\x1b[31m dir both} pass {}\n", "'ulp^[[31m' is no keyword", NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf message = STRBUF_INIT, fix = STRBUF_INIT;
		const struct finding *finding;
		struct checked c;

		checked_text(&c, LOCATION_IPSECINIT, cases[i].text, strlen(cases[i].text), ILLUMOS);
		cr_assert_gt(lint_findings(c.lint)->count, cases[i].number, "%s", cases[i].text);
		finding = &lint_findings(c.lint)->items[cases[i].number];
		lint_message(c.lint, finding, &message);
		lint_fix(c.lint, finding, &fix);
		cr_expect_str_eq(message.buf, cases[i].message, "%s: %s", cases[i].text,
				 message.buf);
		cr_expect(cases[i].fix == NULL || strcmp(fix.buf, cases[i].fix) == 0, "%s: %s",
			  cases[i].text, fix.buf);
		strbuf_release(&message);
		strbuf_release(&fix);
		checked_release(&c);
	}
}

static void run(struct lint *lint)
{
	while (lint_step(lint, SIZE_MAX))
		;
}

/* Whether a run that only looks for the errors of a first one read policies, and manual keys. */
static void check_only_errors(const char *policies, const char *keys, bool reads_policies,
			      bool reads_keys, size_t errors)
{
	char *root = tree_new();
	struct checked c;
	struct lint *again;
	size_t i;

	tree_folder(root, "/etc/inet/secret", 0700);
	tree_file(root, "/etc/inet/ike/config", PEER("192.0.2.1", "192.0.2.2"), 0644);
	tree_file(root, "/etc/inet/ipsecinit.conf", policies, 0644);
	tree_file(root, "/etc/inet/secret/ipseckeys", keys, 0600);
	checked_tree(&c, root, "solaris");
	again = lint_new(c.host, c.profile, ROLE_ADMIN, CHECKED_NOW);
	lint_only_errors_of(again, c.lint, host_doc(c.host, LOCATION_IKE_CONFIG),
			    host_doc(c.host, LOCATION_PRESHARED));
	run(again);
	cr_expect_eq(again->policy_item.doc != NULL, reads_policies, "%s", policies);
	cr_expect_eq(again->manual_item.doc != NULL, reads_keys, "%s", policies);
	for (i = 0; i < lint_findings(again)->count; i++)
		if (lint_findings(again)->items[i].file == LOCATION_IPSECINIT)
			errors--;
	cr_expect_eq(errors, 0, "%s", policies);
	lint_free(again);
	checked_release(&c);
	tree_free(root);
}

/* Before a save errors are looked for in what was loaded: only there where there are any now. */
Test(lint_policy, only_errors)
{
	check_only_errors("{raddr 192.0.2.2}" ESP, SA("192.0.2.1", "192.0.2.9"), false, false, 0);
	check_only_errors("{raddr 192.0.2.2}" ESP "{raddr 192.0.2.2} ipsec {encr_algs aes}\n",
			  SA("192.0.2.1", "192.0.2.9"), false, false, 0);
	check_only_errors("{raddr 192.0.2.300}" ESP, SA("192.0.2.1", "192.0.2.9"), true, false, 1);
	check_only_errors("{raddr 192.0.2.2}" ESP "{raddr 192.0.2.3}" ESP,
			  SA("192.0.2.1", "192.0.2.9"), true, true, 1);
}
