/* Policies: what an edit makes of the file byte by byte, what it refuses, and how a policy looks in
 * the list. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "change/edits.h"
#include "change/policy_result.h"
#include "kinds/kind.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

TestSuite(policy, .timeout = 60);

enum { MOST_FIELDS = 12 };

/* "name=value name=value" as fields; a value has no blanks, but %20 stands for one. */
static size_t split(const char *text, struct field *fields)
{
	char *copy = xstrdup(text), *word, *save = NULL;
	size_t count = 0;

	for (word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
		char *equals = strchr(word, '='), *blank;

		cr_assert(equals != NULL && count < MOST_FIELDS, "%s", word);
		*equals = '\0';
		blank = strstr(equals + 1, "%20");
		if (blank != NULL) {
			*blank = ' ';
			memmove(blank + 1, blank + 3, strlen(blank + 3) + 1);
		}
		fields[count].name = xstrdup(word);
		fields[count++].value = xstrdup(equals + 1);
	}
	free(copy);
	return count;
}

static void free_fields(struct field *fields, size_t count)
{
	while (count-- > 0) {
		free((char *)fields[count].name);
		free((char *)fields[count].value);
	}
}

struct text_host {
	struct host *host;
	struct profile *profile;
	struct change *change;
};

static void open_text(struct text_host *t, const char *text)
{
	t->profile = checked_profile("solaris");
	t->host = host_open_single(LOCATION_IPSECINIT, "x", blob_copy(text, strlen(text), false),
				   DIALECT_ILLUMOS);
	t->change = change_new(t->host, t->profile, ROLE_ADMIN);
}

static void close_text(struct text_host *t)
{
	change_free(t->change);
	host_free(t->host);
	profile_free(t->profile);
}

static const char *now(const struct text_host *t)
{
	return host_doc(t->host, LOCATION_IPSECINIT)->blob.data;
}

/* WHAT: "edit N FIELDS", "add FIELDS", "add<N FIELDS" (before N), "add>N FIELDS", "remove N" or
 * "move N TO", counted from 1. */
static bool do_it(struct text_host *t, const char *what, struct error *err)
{
	struct policy_place place = { t->host->npolicies, false };
	struct field fields[MOST_FIELDS];
	char *rest;
	size_t n, count, made = SIZE_MAX;
	bool good;

	if (strncmp(what, "remove ", 7) == 0)
		return policy_remove(t->change, strtoul(what + 7, NULL, 10) - 1, err);
	if (strncmp(what, "move ", 5) == 0) {
		n = strtoul(what + 5, &rest, 10) - 1;
		return policy_move(t->change, n, strtoul(rest, NULL, 10) - 1, err);
	}
	if (strncmp(what, "edit ", 5) == 0) {
		n = strtoul(what + 5, &rest, 10) - 1;
		count = split(rest, fields);
		good = policy_edit(t->change, n, fields, count, err);
		free_fields(fields, count);
		return good;
	}
	cr_assert_eq(strncmp(what, "add", 3), 0);
	rest = (char *)what + 3;
	if (*rest == '<' || *rest == '>') {
		place.before = *rest == '<';
		place.number = strtoul(rest + 1, &rest, 10) - 1;
	}
	count = split(rest, fields);
	good = policy_add(t->change, fields, count, place, &made, err);
	free_fields(fields, count);
	if (good)
		cr_expect_eq(made, place.number < t->host->npolicies - 1
					   ? place.number + !place.before
					   : t->host->npolicies - 1);
	return good;
}

/* Does it, looks, takes it back and looks again. */
static void expect_made(const char *what, const char *text, const char *wanted)
{
	struct error err = ERROR_INIT;
	struct text_host t;

	open_text(&t, text);
	cr_expect(do_it(&t, what, &err), "%s: %s\n%s", what, err.text, text);
	cr_expect_str_eq(now(&t), wanted, "%s:\n%s is\n%s, not\n%s", what, text, now(&t), wanted);
	cr_expect_eq(change_count(t.change), strcmp(text, wanted) != 0 ? 1 : 0, "%s", what);
	if (change_undo(t.change))
		cr_expect_str_eq(now(&t), text, "%s, taken back", what);
	error_clear(&err);
	close_text(&t);
}

#define P   "{laddr 192.0.2.1 raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1}\n"
#define Q   "{lport 22 ulp tcp dir both} bypass {}\n"
#define OLD "{saddr 192.0.2.1 daddr 192.0.2.5} apply {auth_algs sha1}\n"
#define OR  "{raddr 192.0.2.5} ipsec {encr_algs aes} or ipsec {auth_algs sha1} or drop {} # three\n"
#define LINES(pattern, action, properties)                                                         \
	"# above\n{ # the pattern\n" pattern "} # behind the brace\n\n" action                     \
	" # behind it\n{\n" properties "} # the end\n"
#define LADDR "\tladdr 192.0.2.1 # this end\n"
#define ALONE "\t# a line of its own\n"
#define RADDR "\traddr 192.0.2.5#glued\n"
#define AH    "\tauth_algs sha1 # AH\n"
#define LONG  LINES(LADDR ALONE RADDR, "ipsec", AH)

/* A table reads best as rows. */
/* clang-format off */
static const struct {
	const char *what, *text, *wanted;
} made[] = {
	/* one value, one token */
	{ "edit 1 raddr=192.0.2.6", P, "{laddr 192.0.2.1 raddr 192.0.2.6} ipsec {encr_algs aes encr_auth_algs sha1}\n" },
	{ "edit 1 raddr=2001:db8::/32 laddr=2001:db8::1", P, "{laddr 2001:db8::1 raddr 2001:db8::/32} ipsec {encr_algs aes encr_auth_algs sha1}\n" },
	{ "edit 1 encr_algs=aes(128..256)", P, "{laddr 192.0.2.1 raddr 192.0.2.5} ipsec {encr_algs aes(128..256) encr_auth_algs sha1}\n" },
	{ "edit 1 1.encr_auth_algs=hmac-sha256", P, "{laddr 192.0.2.1 raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs hmac-sha256}\n" },
	{ "edit 1 action=drop", Q, "{lport 22 ulp tcp dir both} drop {}\n" },
	{ "edit 2 lport=ssh", P Q, P "{lport ssh ulp tcp dir both} bypass {}\n" },
	{ "edit 1 raddr=192.0.2.5", P, P },
	{ "edit 1 rport=", P, P },
	/* synonyms are the same word, and stay as they are */
	{ "edit 1 saddr=192.0.2.7", "{src 192.0.2.1 dst 192.0.2.5} apply {auth_algs sha1}\n", "{src 192.0.2.7 dst 192.0.2.5} apply {auth_algs sha1}\n" },
	{ "edit 1 dstaddr=192.0.2.7", "{src 192.0.2.1 dst 192.0.2.5} apply {auth_algs sha1}\n", "{src 192.0.2.1 dst 192.0.2.7} apply {auth_algs sha1}\n" },
	{ "edit 1 proto=udp", Q, "{lport 22 ulp udp dir both} bypass {}\n" },
	{ "edit 1 proto=tcp", P, "{laddr 192.0.2.1 raddr 192.0.2.5 proto tcp} ipsec {encr_algs aes encr_auth_algs sha1}\n" },
	/* a new word stands where it belongs */
	{ "edit 1 lport=80 rport=90 ulp=6", P, "{laddr 192.0.2.1 lport 80 raddr 192.0.2.5 rport 90 ulp 6} ipsec {encr_algs aes encr_auth_algs sha1}\n" },
	{ "edit 1 code=1 type=unreach ulp=icmp", P, "{laddr 192.0.2.1 raddr 192.0.2.5 ulp icmp type unreach code 1} ipsec {encr_algs aes encr_auth_algs sha1}\n" },
	{ "edit 1 negotiate=tunnel tunnel=ip.tun0", P, "{tunnel ip.tun0 negotiate tunnel laddr 192.0.2.1 raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1}\n" },
	{ "edit 1 raddr=192.0.2.9 ulp=udp", "{} ipsec {auth_algs sha1}\n", "{raddr 192.0.2.9 ulp udp} ipsec {auth_algs sha1}\n" },
	{ "edit 1 raddr=192.0.2.9 ulp=udp", "{ } ipsec { auth_algs sha1 }\n", "{ raddr 192.0.2.9 ulp udp } ipsec { auth_algs sha1 }\n" },
	{ "edit 1 laddr=192.0.2.9", "{raddr 192.0.2.5} ipsec{auth_algs sha1}\n", "{laddr 192.0.2.9 raddr 192.0.2.5} ipsec{auth_algs sha1}\n" },
	{ "edit 1 laddr=192.0.2.9", "{ raddr 192.0.2.5 } ipsec {auth_algs sha1}\n", "{ laddr 192.0.2.9 raddr 192.0.2.5 } ipsec {auth_algs sha1}\n" },
	{ "edit 1 sa=unique", P, "{laddr 192.0.2.1 raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1 sa unique}\n" },
	{ "edit 1 auth_algs=sha1", P, "{laddr 192.0.2.1 raddr 192.0.2.5} ipsec {auth_algs sha1 encr_algs aes encr_auth_algs sha1}\n" },
	{ "edit 1 action=ipsec auth_algs=md5 sa=shared", Q, "{lport 22 ulp tcp dir both} ipsec {auth_algs md5 sa shared}\n" },
	/* a word that is taken out leaves no blanks behind */
	{ "edit 1 raddr=", P, "{laddr 192.0.2.1} ipsec {encr_algs aes encr_auth_algs sha1}\n" },
	{ "edit 1 laddr=", P, "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1}\n" },
	{ "edit 1 laddr= raddr=", P, "{} ipsec {encr_algs aes encr_auth_algs sha1}\n" },
	{ "edit 1 laddr= raddr=", "{ laddr 192.0.2.1 raddr 192.0.2.5 } pass { }\n", "{ } pass { }\n" },
	{ "edit 1 ulp= dir=", Q, "{lport 22} bypass {}\n" },
	{ "edit 1 lport= ulp=", Q, "{dir both} bypass {}\n" },
	{ "edit 1 lport= dir= laddr=10.0.0.1", Q, "{laddr 10.0.0.1 ulp tcp} bypass {}\n" },
	{ "edit 1 laddr= raddr= lport=1 rport=2", P, "{lport 1 rport 2} ipsec {encr_algs aes encr_auth_algs sha1}\n" },
	{ "edit 1 encr_algs= encr_auth_algs= auth_algs=sha1", P, "{laddr 192.0.2.1 raddr 192.0.2.5} ipsec {auth_algs sha1}\n" },
	{ "edit 1 encr_algs=", P, "{laddr 192.0.2.1 raddr 192.0.2.5} ipsec {encr_auth_algs sha1}\n" },
	/* a word that stands there twice is one */
	{ "edit 1 laddr=192.0.2.9", "{laddr 192.0.2.1 local 192.0.2.2 ulp tcp} ipsec {auth_algs sha1}\n", "{laddr 192.0.2.9 ulp tcp} ipsec {auth_algs sha1}\n" },
	{ "edit 1 lport=9", "{lport 0 ulp tcp lport 80} ipsec {auth_algs sha1}\n", "{ulp tcp lport 9} ipsec {auth_algs sha1}\n" },
	{ "edit 1 sa=shared", "{} ipsec {auth_algs sha1 sa shared sa unique}\n", "{} ipsec {auth_algs sha1 sa shared}\n" },
	{ "edit 1 raddr=192.0.2.9", "{laddr 192.0.2.1 raddr} ipsec {auth_algs sha1}\n", "{laddr 192.0.2.1 raddr 192.0.2.9} ipsec {auth_algs sha1}\n" },
	/* the direction stays where it is */
	{ "edit 1 dir=out", "{} drop {dir in}\n", "{} drop {dir out}\n" },
	{ "edit 1 dir=", "{} drop {dir in}\n", "{} drop {}\n" },
	{ "edit 1 dir=in", OLD, "{saddr 192.0.2.1 daddr 192.0.2.5 dir in} apply {auth_algs sha1}\n" },
	/* from one style to the other */
	{ "edit 1 saddr= daddr= laddr=192.0.2.1 raddr=192.0.2.5 action=ipsec", OLD, "{laddr 192.0.2.1 raddr 192.0.2.5} ipsec {auth_algs sha1}\n" },
	/* layout and comments */
	{ "edit 1 raddr=192.0.2.6", LONG, LINES(LADDR ALONE "\traddr 192.0.2.6#glued\n", "ipsec", AH) },
	{ "edit 1 ulp=tcp", LONG, LINES(LADDR ALONE RADDR "\tulp tcp\n", "ipsec", AH) },
	{ "edit 1 tunnel=a negotiate=tunnel", LONG, LINES("\ttunnel a\n\tnegotiate tunnel\n" LADDR ALONE RADDR, "ipsec", AH) },
	{ "edit 1 laddr=", LONG, LINES(ALONE RADDR, "ipsec", AH) },
	{ "edit 1 laddr= raddr= lport=7", LONG, LINES("\tlport 7\n" ALONE, "ipsec", AH) },
	{ "edit 1 auth_algs=md5 sa=unique action=drop", LONG, LINES(LADDR ALONE RADDR, "drop", "\tauth_algs md5 # AH\n\tsa unique\n") },
	{ "edit 1 rport=", "{local 192.0.2.1 remote 192.0.2.5\n\trport snmp ulp udp} ipsec {auth_algs sha1}\n", "{local 192.0.2.1 remote 192.0.2.5\n\tulp udp} ipsec {auth_algs sha1}\n" },
	{ "edit 1 rport= ulp=", "{local 192.0.2.1 remote 192.0.2.5\n\trport snmp ulp udp} ipsec {auth_algs sha1}\n", "{local 192.0.2.1 remote 192.0.2.5\n\t} ipsec {auth_algs sha1}\n" },
	{ "edit 1 raddr=192.0.2.6", "{laddr 192.0.2.1 raddr\r\n192.0.2.5} ipsec\r\n{auth_algs sha1}\r\n", "{laddr 192.0.2.1 raddr\r\n192.0.2.6} ipsec\r\n{auth_algs sha1}\r\n" },
	/* alternatives */
	{ "edit 1 2.auth_algs=md5", OR, "{raddr 192.0.2.5} ipsec {encr_algs aes} or ipsec {auth_algs md5} or drop {} # three\n" },
	{ "edit 1 1.encr_auth_algs=sha1 3.action=bypass", OR, "{raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1} or ipsec {auth_algs sha1} or bypass {} # three\n" },
	{ "edit 1 1.action=", OR, "{raddr 192.0.2.5} ipsec {auth_algs sha1} or drop {} # three\n" },
	{ "edit 1 2.action=", OR, "{raddr 192.0.2.5} ipsec {encr_algs aes} or drop {} # three\n" },
	{ "edit 1 3.action=", OR, "{raddr 192.0.2.5} ipsec {encr_algs aes} or ipsec {auth_algs sha1} # three\n" },
	{ "edit 1 1.action= 2.action=", OR, "{raddr 192.0.2.5} drop {} # three\n" },
	{ "edit 1 2.action= 3.action=", OR, "{raddr 192.0.2.5} ipsec {encr_algs aes} # three\n" },
	{ "edit 1 4.action=ipsec 4.auth_algs=md5", OR, "{raddr 192.0.2.5} ipsec {encr_algs aes} or ipsec {auth_algs sha1} or drop {} or ipsec {auth_algs md5} # three\n" },
	{ "edit 1 3.action= 4.action=bypass raddr=", OR, "{} ipsec {encr_algs aes} or ipsec {auth_algs sha1} or bypass {} # three\n" },
	{ "edit 1 2.action=", "{} ipsec {auth_algs sha1} or\n\tipsec {auth_algs md5}\n", "{} ipsec {auth_algs sha1}\n" },
	{ "edit 1 1.action=", "{} ipsec {auth_algs sha1} or\n\tipsec {auth_algs md5}\n", "{} ipsec {auth_algs md5}\n" },
	{ "edit 1 2.action=ipsec 2.encr_algs=aes-gcm", P, "{laddr 192.0.2.1 raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1} or ipsec {encr_algs aes-gcm}\n" },
	/* new ones, behind the last, in the way of their neighbour */
	{ "add action=ipsec laddr=192.0.2.1 raddr=192.0.2.9 encr_auth_algs=sha1 encr_algs=3des sa=shared", P, P "{laddr 192.0.2.1 raddr 192.0.2.9} ipsec {encr_algs 3des encr_auth_algs sha1 sa shared}\n" },
	{ "add action=bypass dir=both ulp=tcp lport=22", P, P "{lport 22 ulp tcp dir both} bypass {}\n" },
	{ "add action=drop dir=in", " { laddr 192.0.2.1 } ipsec{ auth_algs sha1 }\n# end\n", " { laddr 192.0.2.1 } ipsec{ auth_algs sha1 }\n { dir in } drop{}\n# end\n" },
	{ "add action=ipsec auth_algs=sha1", "{ laddr 192.0.2.1 }ipsec { auth_algs sha1 }\n", "{ laddr 192.0.2.1 }ipsec { auth_algs sha1 }\n{}ipsec { auth_algs sha1 }\n" },
	{ "add action=ipsec auth_algs=sha1 raddr=192.0.2.9", LONG, LONG "{raddr 192.0.2.9} ipsec {auth_algs sha1}\n" },
	{ "add action=apply src=192.0.2.1 dst=192.0.2.9 auth_algs=sha1", "", "{src 192.0.2.1 dst 192.0.2.9} apply {auth_algs sha1}\n" },
	{ "add action=drop dir=in", "# nothing yet\n", "# nothing yet\n{dir in} drop {}\n" },
	{ "add action=drop dir=in", "{} pass {dir in}", "{} pass {dir in}\n{dir in} drop {}\n" },
	{ "add action=drop dir=in", "{} pass {dir in}\r\n", "{} pass {dir in}\r\n{dir in} drop {}\r\n" },
	{ "add action=ipsec auth_algs=sha1 2.action=ipsec 2.auth_algs=md5", P, P "{} ipsec {auth_algs sha1} or ipsec {auth_algs md5}\n" },
	/* at a place */
	{ "add<1 action=drop dir=in", "# first\n" P Q, "# first\n{dir in} drop {}\n" P Q },
	{ "add>1 action=drop dir=in", P "# second\n" Q, P "{dir in} drop {}\n# second\n" Q },
	{ "add<2 action=drop dir=in", P "# second\n" Q, P "# second\n{dir in} drop {}\n" Q },
	{ "add>2 action=drop dir=in", P Q "# end\n", P Q "{dir in} drop {}\n# end\n" },
	{ "add<1 action=drop dir=in", P, "{dir in} drop {}\n" P },
	{ "add>1 action=drop dir=in", OR P, OR "{dir in} drop {}\n" P },
	/* removed, with the comment that is its own */
	{ "remove 1", P Q, Q },
	{ "remove 2", P Q "# end\n", P "# end\n" },
	{ "remove 2", P OR Q, P Q },
	{ "remove 1", LONG Q, "# above\n" Q },
	{ "remove 1", Q, "" },
	{ "remove 1", "{} pass {dir in}", "" },
	{ "remove 2", "nonsense\n" P "more of it\n" Q, "nonsense\n" P "more of it\n" },
	/* moved, comments stay */
	{ "move 2 1", "# one\n" P "# two\n" Q "# end\n", "# one\n" Q P "# two\n# end\n" },
	{ "move 1 2", "# one\n" P "# two\n" Q "# end\n", "# one\n# two\n" Q P "# end\n" },
	{ "move 3 1", P Q OR, OR P Q },
	{ "move 1 3", P Q OR, Q OR P },
	{ "move 2 2", P Q, P Q },
	{ "move 1 2", LONG Q, "# above\n" Q "{ # the pattern\n" LADDR ALONE RADDR "} # behind the brace\n\nipsec # behind it\n{\n" AH "} # the end\n" },
	{ "move 2 1", P "{} pass {dir in}", "{} pass {dir in}\n" P },
	{ "move 1 2", P "{} pass {dir in}", "{} pass {dir in}\n" P },
	{ "move 1 2", "{} pass {dir in}\r\n{} pass {dir out}\r\n", "{} pass {dir out}\r\n{} pass {dir in}\r\n" },
};
/* clang-format on */

Test(policy, what_is_written)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(made); i++)
		expect_made(made[i].what, made[i].text, made[i].wanted);
}

/* What is refused, with words that its sentence has, and nothing changed. */
static void expect_refused(const char *what, const char *text, const char *words)
{
	struct error err = ERROR_INIT;
	struct text_host t;

	open_text(&t, text);
	cr_expect_not(do_it(&t, what, &err), "%s:\n%s is\n%s", what, text, now(&t));
	cr_expect(err.text != NULL && strstr(err.text, words) != NULL, "%s: %s, not %s", what,
		  err.text, words);
	cr_expect_str_eq(now(&t), text, "%s", what);
	cr_expect_eq(change_count(t.change), 0, "%s", what);
	error_clear(&err);
	close_text(&t);
}

#define NAME50  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define NAME250 NAME50 NAME50 NAME50 NAME50 NAME50

/* clang-format off */
static const struct {
	const char *what, *text, *words;
} refused[] = {
	/* names */
	{ "edit 1 nonsense=1", P, "'nonsense' is no field of a policy" },
	{ "edit 1 encr_alg=aes", P, "'encr_alg' is no field of a policy; did you mean encr_algs?" },
	{ "edit 1 1.raddr=192.0.2.1", P, "'1.raddr' is no field of a policy" },
	{ "edit 1 0.sa=shared", P, "'0.sa' should be NUMBER.PROPERTY" },
	{ "edit 1 21.sa=shared", P, "'21.sa' should be NUMBER.PROPERTY, with numbers from 1 to 20" },
	{ "edit 1 2sa=shared", P, "'2sa' should be NUMBER.PROPERTY" },
	{ "edit 1 proto=tcp ulp=udp", P, "proto and ulp are the same, given twice" },
	{ "edit 1 ulp=tcp ulp=tcp", P, "ulp is given twice" },
	{ "edit 1 sa=shared 1.sa=unique", P, "sa and 1.sa are the same" },
	/* values: each names its field */
	{ "edit 1 raddr=192.0.2.300", P, "raddr: " },
	{ "edit 1 raddr=192.0.2.0/33", P, "raddr: " },
	{ "edit 1 raddr=192.0.2.0/x", P, "raddr: " },
	{ "edit 1 raddr=fe80::1%eth0", P, "raddr: " },
	{ "edit 1 raddr=192.0.2.1%20#", P, "raddr: a value is one word" },
	{ "edit 1 raddr={", P, "raddr: a value is one word" },
	{ "edit 1 raddr=192.0.2.1#", P, "raddr: a value is one word" },
	{ "edit 1 raddr=a\\", P, "raddr: a value is one word" },
	{ "edit 1 raddr=\xc3\xbc", P, "raddr: a value is one word" },
	{ "edit 1 raddr=\x1b[2J", P, "raddr: a value is one word" },
	{ "edit 1 saddr=192.0.2", OLD, "saddr: " },
	{ "edit 1 smask=255.0.255.0", OLD, "smask: " },
	{ "edit 1 smask=0", OLD, "smask: " },
	{ "edit 1 lport=65536", P, "lport: " },
	{ "edit 1 lport=1-5", P, "lport: " },
	{ "edit 1 lport=080", P, "lport: " },
	{ "edit 1 ulp=300", P, "ulp: there is no protocol '300'" }, /* as the check says it */
	{ "edit 1 type=300", P, "type: " },
	{ "edit 1 type=5-3", P, "type: " },
	{ "edit 1 type=nonsense", P, "type: " },
	{ "edit 1 code=255", P, "code: " },
	{ "edit 1 tunnel=" NAME50, P, "tunnel: " },
	{ "edit 1 negotiate=tunnels", P, "negotiate: 'tunnels' is none of tunnel, transport" },
	{ "edit 1 dir=inside", P, "dir: 'inside' is none of in, out, both" },
	{ "edit 1 sa=Shared", P, "sa: 'Shared' is none of shared, unique" },
	{ "edit 1 action=IPSEC", P, "action: 'IPSEC' is none of apply, permit, ipsec, bypass, pass, drop" },
	{ "edit 1 encr_algs=sha1", P, "encr_algs: " },
	{ "edit 1 encr_algs=rot13", P, "encr_algs: " },
	{ "edit 1 encr_algs=aes(512)", P, "encr_algs: " },
	{ "edit 1 encr_algs=aes(256..128)", P, "encr_algs: " },
	{ "edit 1 encr_algs=aes(128", P, "encr_algs: " },
	{ "edit 1 encr_auth_algs=0x5", P, "encr_auth_algs: " },
	{ "edit 1 auth_algs=aes", P, "auth_algs: " },
	/* one wrong among right ones */
	{ "edit 1 laddr=192.0.2.9 raddr=192.0.2.9/99", P, "raddr: " },
	/* styles */
	{ "edit 1 laddr=192.0.2.1", OLD, "laddr: the old style (saddr, daddr" },
	{ "edit 1 sport=80", P, "sport: the old style (saddr, daddr" },
	{ "edit 1 dir=both", OLD, "dir: the old style" },
	{ "edit 1 dir=both", "{} drop {dir in}\n", "dir: 'both' does not go with the rest of the policy" },
	{ "edit 1 laddr=192.0.2.1", "{} drop {dir in}\n", "laddr: the old style" },
	{ "edit 1 smask=255.0.0.0", "{saddr 10.0.0.0/8 daddr 192.0.2.1} apply {auth_algs sha1}\n", "smask: '255.0.0.0' does not go with the rest" },
	{ "edit 1 2.action=apply 2.auth_algs=md5", OLD, "a policy of the old style" },
	{ "add action=ipsec saddr=192.0.2.1 raddr=192.0.2.2 auth_algs=md5", P, "saddr: the old style" },
	/* alternatives */
	{ "edit 1 auth_algs=md5", OR, "the policy has 3 alternatives; say which one: 1.auth_algs" },
	{ "edit 1 action=drop", OR, "say which one: 1.action" },
	{ "edit 1 4.auth_algs=md5", OR, "there is no alternative 4; 4.action=ACTION adds it" },
	{ "edit 1 5.action=drop", OR, "there is no alternative 4; 4.action=ACTION adds it" },
	{ "edit 1 2.action= 2.sa=unique", OR, "2.sa has no place: alternative 2 is taken out" },
	{ "edit 1 1.action= 2.action= 3.action=", OR, "action: a policy needs one" },
	{ "edit 1 action=", P, "action: a policy needs one" },
	{ "edit 1 1.action= 2.action=drop", P, "action: a policy needs one" },
	{ "add laddr=192.0.2.1", P, "action: a policy needs one" },
	{ "add 2.action=ipsec 2.auth_algs=md5 raddr=10.0.0.1", P, "there is no alternative 1" },
	/* what is not complete, or not in order */
	{ "edit 1 2.action=drop", "{laddr 192.0.2.1} ipsec {auth_algs sha1\n", "the policy is not complete" },
	{ "edit 1 action=drop", "{laddr 192.0.2.1} {auth_algs sha1}\n", "the policy has no action" },
	{ "edit 1 auth_algs=md5", "{laddr 192.0.2.1} ipsec\n", "the policy has no braces behind its action" },
	{ "add>2 action=drop dir=in", P "{} pass {dir in} {} pass {dir out}\n", "would not be read as meant" },
	{ "move 1 2", "{} pass {dir in} {} pass {dir out}\n", "a policy stands on the line of another one" },
	{ "edit 1 tunnel=abc laddr=" NAME250 " raddr=" NAME250, "{lport " NAME250 " rport " NAME250 "} ipsec {auth_algs sha1}\n", "longer than ipsecconf reads: 1022 bytes in a line" },
};
/* clang-format on */

Test(policy, what_is_refused)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(refused); i++)
		expect_refused(refused[i].what, refused[i].text, refused[i].words);
}

/* As one leaves a field of a form: the value by itself. */
static const struct {
	const char *name, *value;
	bool good;
} values[] = {
	{ "laddr", "192.0.2.1", true },
	{ "laddr", "2001:db8::/32", true },
	{ "laddr", "peer.example", true },
	{ "laddr", "", true },
	{ "laddr", "192.0.2.256", false },
	{ "raddr", "192.0.2.0/33", false },
	{ "raddr", "192.0.2.0/", false },
	{ "local", "fe80::1%lo0", false },
	{ "smask", "0xffffff00", true },
	{ "smask", "255.255.255.0", true },
	{ "dmask", "255.0.255.0", false },
	{ "lport", "0", true },
	{ "lport", "0x50", true },
	{ "rport", "ftpdata", true },
	{ "rport", "65536", false },
	{ "rport", "20-21", false },
	{ "ulp", "ipv6-icmp", true },
	{ "proto", "255", true },
	{ "ulp", "256", false },
	{ "type", "echo6", true },
	{ "type", "1-4", true },
	{ "type", "4-1", false },
	{ "type", "echoed", false },
	{ "code", "net-unr", true },
	{ "code", "254", true },
	{ "code", "255", false },
	{ "tunnel", "ip.tun0", true },
	{ "tunnel", "abcdefghijklmnopqrstuvwxyz012345", false },
	{ "negotiate", "transport", true },
	{ "negotiate", "transports", false },
	{ "dir", "both", true },
	{ "dir", "out", true },
	{ "dir", "outside", false },
	{ "action", "pass", true },
	{ "action", "reject", false },
	{ "2.action", "drop", true },
	{ "auth_algs", "SHA1", true },
	{ "auth_algs", "none", true },
	{ "auth_algs", "5", true },
	{ "auth_algs", "aes", false },
	{ "auth_algs", "0x5", false },
	{ "encr_algs", "null", true },
	{ "encr_algs", "aes-gcm", true },
	{ "encr_algs", "aes(128..256)", true },
	{ "encr_algs", "aes(256..128)", false },
	{ "encr_algs", "3des(112)", false },
	{ "encr_algs", "sha1", false },
	{ "encr_auth_algs", "md5", true },
	{ "encr_auth_algs", "md4", false },
	{ "sa", "unique", true },
	{ "sa", "single", false },
	{ "line", "1", false },
};

Test(policy, values_by_themselves)
{
	static const char *const profiles[] = { "solaris", "mdm-ssm" };
	size_t i, k;

	for (k = 0; k < ARRAY_SIZE(profiles); k++) {
		struct profile *profile = checked_profile(profiles[k]);

		for (i = 0; i < ARRAY_SIZE(values); i++) {
			struct error err = ERROR_INIT;

			cr_expect_eq(
				policy_field_check(profile, values[i].name, values[i].value, &err),
				values[i].good, "%s=%s: %s", values[i].name, values[i].value,
				err.text);
			cr_expect_eq(err.text == NULL, values[i].good);
			error_clear(&err);
		}
		profile_free(profile);
	}
}

/* What became of the file, against what was asked: only this is as it should be ... */
#define ASKED "{laddr 192.0.2.1 raddr 192.0.2.9} ipsec {encr_algs aes encr_auth_algs sha1}\n"
/* clang-format off */
static const struct {
	const char *after, *words;
} results[] = {
	{ ASKED Q, NULL },
	/* ... and this is not: another value, another word, a word too few, none at all, others */
	{ P Q, "would not be read as meant" },
	{ "{laddr 192.0.2.9 raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha1}\n" Q, "would not be read as meant" },
	{ "{raddr 192.0.2.9} ipsec {encr_algs aes encr_auth_algs sha1}\n" Q, "would not be read as meant" },
	{ "{laddr 192.0.2.1 raddr 192.0.2.9} ipsec {encr_algs aes}\n" Q, "would not be read as meant" },
	{ "{laddr 192.0.2.1 raddr 192.0.2.9} apply {encr_algs aes encr_auth_algs sha1}\n" Q, "would not be read as meant" },
	{ "{laddr 192.0.2.1 raddr 192.0.2.9} ipsec {encr_algs aes encr_auth_algs sha1} or drop {}\n" Q, "would not be read as meant" },
	{ ASKED, "would not be read as meant" },
	{ ASKED Q Q, "would not be read as meant" },
	{ ASKED "\n" Q, NULL },
	{ ASKED "{lport 22 ulp tcp dir both} bypass { }\n", "would not be read as meant" },
	{ "{laddr 192.0.2.1 raddr 192.0.2.9} ipsec {encr_algs aes encr_auth_algs sha1}#\n" Q, "would not be read as meant" },
	{ "", "would not be read as meant" },
};
/* clang-format on */

Test(policy, the_result_must_say_what_was_asked)
{
	struct policy_wanted wanted = { .pattern[POLICY_RADDR] = { "192.0.2.9", "raddr",
								   POLICY_RADDR } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(results); i++) {
		const char *after = results[i].after, *words = results[i].words;
		struct policy_item item = POLICY_ITEM_INIT;
		struct error err = ERROR_INIT;
		struct policy_before before;
		struct text_host t;

		open_text(&t, P Q);
		policy_read(host_doc(t.host, LOCATION_IPSECINIT), 0, &item, NULL);
		policy_before_init(&before, t.host, 1, &item, &wanted);
		policy_item_release(&item);
		doc_free(host_replace(
			t.host, LOCATION_IPSECINIT,
			doc_new(&ipsecinit_format, blob_copy(after, strlen(after), false))));
		cr_expect_eq(policy_result_check(&before, t.host, 0, 0, &err), words == NULL,
			     "%s: %s", after, err.text);
		if (words != NULL)
			cr_expect(err.text != NULL && strstr(err.text, words) != NULL, "%s: %s",
				  after, err.text);
		error_clear(&err);
		policy_before_release(&before);
		close_text(&t);
	}
}

/* One cell of the only policy of a text. */
static void expect_cell(const char *text, const char *column, const char *wanted)
{
	struct text_host t;
	struct strbuf cell = STRBUF_INIT;
	struct view view;
	size_t number = kind_column(&kind_policies, column);

	open_text(&t, text);
	view_init(&view, t.host, NULL, t.profile);
	cr_assert(t.host->npolicies == 1 && number < kind_policies.ncolumns, "%s", text);
	if (!kind_cell(&kind_policies, &view, 0, number, &cell, NULL))
		strbuf_addch(&cell, '-');
	cr_expect_str_eq(cell.buf, wanted, "%s of %s is '%s', not '%s'", column, text, cell.buf,
			 wanted);
	strbuf_release(&cell);
	view_release(&view);
	close_text(&t);
}

/* clang-format off */
static const struct {
	const char *text, *column, *wanted;
} cells[] = {
	{ P, "number", "1" },
	{ P, "action", "ipsec" },
	{ P, "local", "192.0.2.1" },
	{ P, "remote", "192.0.2.5" },
	{ P, "traffic", "-" },
	{ P, "dir", "both" },
	{ P, "protection", "aes/sha1" },
	{ P, "sa", "shared" },
	{ P, "style", "new" },
	{ P, "line", "1" },
	{ P, "alternatives", "ipsec/-/aes/sha1/shared" },
	{ P, "normalized", "{ laddr 192.0.2.1 raddr 192.0.2.5 dir both } ipsec { encr_algs aes-cbc encr_auth_algs hmac-sha1 sa shared }" },
	{ Q, "lport", "22" },
	{ Q, "rport", "-" },
	{ Q, "ulp", "tcp" },
	{ Q, "traffic", "tcp lport 22" },
	{ Q, "protection", "-" },
	{ Q, "sa", "-" },
	/* the source of what comes in is the peer */
	{ "{src 192.0.2.5 sport 80 daddr 192.0.2.1 dmask 255.255.255.0} permit {auth_algs md5}\n", "remote", "192.0.2.5" },
	{ "{src 192.0.2.5 sport 80 daddr 192.0.2.1 dmask 255.255.255.0} permit {auth_algs md5}\n", "rport", "80" },
	{ "{src 192.0.2.5 sport 80 daddr 192.0.2.1 dmask 255.255.255.0} permit {auth_algs md5}\n", "local", "192.0.2.0/24" },
	{ "{src 192.0.2.5 sport 80 daddr 192.0.2.1 dmask 255.255.255.0} permit {auth_algs md5}\n", "dir", "in" },
	{ "{src 192.0.2.5 sport 80 daddr 192.0.2.1 dmask 255.255.255.0} permit {auth_algs md5}\n", "protection", "ah md5" },
	{ OLD, "local", "192.0.2.1" },
	{ OLD, "dir", "out" },
	{ OLD, "style", "old" },
	{ "{} drop {}\n", "dir", "-" },
	{ "{} drop {}\n", "style", "-" },
	{ "{} pass {dir in}\n", "action", "bypass" },
	/* what was not understood is shown as it stands there */
	{ "{raddr 192.0.2.999 rport 1-5 ulp 300} nonsense {}\n", "remote", "192.0.2.999" },
	{ "{raddr 192.0.2.999 rport 1-5 ulp 300} nonsense {}\n", "rport", "1-5" },
	{ "{raddr 192.0.2.999 rport 1-5 ulp 300} nonsense {}\n", "ulp", "300" },
	{ "{raddr 192.0.2.999 rport 1-5 ulp 300} nonsense {}\n", "action", "nonsense" },
	{ "{raddr 192.0.2.999 rport 1-5 ulp 300}\n", "action", "-" },
	{ "{raddr peer rport svc ulp 200} ipsec {auth_algs x\x1b}\n", "remote", "peer" },
	{ "{raddr peer rport svc ulp 200} ipsec {auth_algs x\x1b}\n", "rport", "svc" },
	{ "{raddr peer rport svc ulp 200} ipsec {auth_algs x\x1b}\n", "ulp", "200" },
	{ "{raddr peer rport svc ulp 200} ipsec {auth_algs x\x1b}\n", "protection", "ah x^[" },
	{ "{ulp icmp type 3 code 1-4 dir in} pass {}\n", "traffic", "icmp 3/1-4" },
	{ "{ulp icmp type 3 code 1-4 dir in} pass {}\n", "code", "1-4" },
	{ "{ulp icmp type unreach dir in} pass {}\n", "type", "3" },
	{ "{tunnel ip.tun0 negotiate transport} ipsec {auth_algs sha1}\n", "traffic", "tunnel ip.tun0" },
	{ "{tunnel ip.tun0 negotiate transport} ipsec {auth_algs sha1}\n", "negotiate", "transport" },
	/* algorithms */
	{ "{} ipsec {auth_algs sha1 encr_algs aes(128..) encr_auth_algs md5}\n", "protection", "ah sha1 + aes(128..)/md5" },
	{ "{} ipsec {encr_auth_algs md5}\n", "protection", "null/md5" },
	{ "{} ipsec {auth_algs NONE encr_algs aes-gcm}\n", "protection", "aes-gcm" },
	{ "{} ipsec {auth_algs sha1 encr_auth_algs md5 sa unique}\n", "protection", "ah sha1 + null/md5" },
	{ "{} ipsec {auth_algs sha1 encr_auth_algs md5 sa unique}\n", "sa", "unique" },
	{ OR, "protection", "aes +2" },
	{ OR, "alternatives", "ipsec/-/aes/-/shared\nipsec/sha1/-/-/shared\ndrop/-/-/-/-" },
	/* the lines of the policy, and no others */
	{ OR, "text", "{raddr 192.0.2.5} ipsec {encr_algs aes} or ipsec {auth_algs sha1} or drop {} # three" },
	{ "# a\n\t{laddr 192.0.2.1 # b\n}\r\npass\t{} # c\r\n# d\n", "text", "    {laddr 192.0.2.1 # b\n}\npass    {} # c" },
	{ "{} pass {dir in} more # c\n", "text", "{} pass {dir in}" },
	{ LONG, "line", "2" },
};
/* clang-format on */

Test(policy, how_it_looks_in_a_list)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cells); i++)
		expect_cell(cells[i].text, cells[i].column, cells[i].wanted);
}

Test(policy, is_found_by_its_place)
{
	static const struct {
		const char *name;
		size_t number;
	} names[] = {
		{ "1", 0 },  { "3", 2 },  { "0", 3 },  { "4", 3 },  { "", 3 },
		{ "1x", 3 }, { "+1", 3 }, { " 1", 3 }, { "-1", 3 }, { "99999999999999999999", 3 }
	};
	struct text_host t;
	struct view view;
	size_t i;

	open_text(&t, P Q OLD);
	view_init(&view, t.host, NULL, t.profile);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		cr_expect_eq(kind_policies.find(&view, names[i].name), names[i].number, "'%s'",
			     names[i].name);
	view_release(&view);
	close_text(&t);
}

/* An id stays with its policy while others come and go. */
Test(policy, keeps_its_id)
{
	struct error err = ERROR_INIT;
	struct text_host t;
	struct view view;
	uint64_t id;

	open_text(&t, P Q OLD);
	view_init(&view, t.host, NULL, t.profile);
	id = kind_policies.id(&view, 2);
	cr_expect_neq(id, kind_policies.id(&view, 1));
	cr_expect(policy_remove(t.change, 0, &err));
	cr_expect_eq(kind_policies.id(&view, 1), id);
	cr_expect(policy_move(t.change, 1, 0, &err));
	cr_expect_eq(kind_policies.id(&view, 0), id);
	view_release(&view);
	close_text(&t);
}

#define MANUAL                                                                                     \
	"add esp spi 691 proto 6 src 192.0.2.1 sport 829 dst 192.0.2.5 encralg aes encrkey "       \
	"00112233445566778899aabbccddeeff\n"                                                       \
	"add ah spi 700 src 192.0.2.8 dst 192.0.2.1 authalg md5 authkey "                          \
	"00112233445566778899aabbccddeeff\n"

/* clang-format off */
static const struct {
	const char *what, *text;
	bool manual; /* it is about a policy of manual keys, or would make one */
} roles[] = {
	{ "edit 1 rport=80", P, false },
	{ "remove 1", P, false },
	{ "move 1 2", P Q, false },
	{ "add action=ipsec auth_algs=sha1 laddr=192.0.2.1 raddr=192.0.2.5", "", false },
	/* CMP, whichever end has the port; a bypass of it has no keys */
	{ "edit 1 raddr=192.0.2.7", "{lport 829 ulp tcp} ipsec {auth_algs sha1}\n", true },
	{ "edit 1 raddr=192.0.2.7", "{rport pki ulp 6} ipsec {auth_algs sha1}\n", true },
	{ "edit 1 raddr=192.0.2.7", "{rport 829 ulp udp} ipsec {auth_algs sha1}\n", false },
	{ "edit 1 raddr=192.0.2.7", "{rport 829 ulp tcp dir both} bypass {}\n", false },
	{ "remove 1", "{lport 829 ulp tcp} ipsec {auth_algs sha1}\n", true },
	{ "move 1 2", "{lport 829 ulp tcp} ipsec {auth_algs sha1}\n" P, true },
	{ "move 2 1", "{lport 829 ulp tcp} ipsec {auth_algs sha1}\n" P, false },
	{ "add action=ipsec ulp=tcp lport=829 auth_algs=sha1", P, true },
	{ "edit 1 lport=829 ulp=tcp", P, true },
	{ "edit 1 lport=", "{lport 829 ulp tcp} ipsec {auth_algs sha1}\n", true },
	/* what ipseckeys has associations for, in either direction */
	{ "edit 1 sa=unique", "{laddr 192.0.2.1 raddr 192.0.2.8} ipsec {auth_algs md5}\n", true },
	{ "edit 1 sa=unique", "{laddr 192.0.2.1 raddr 192.0.2.8 rport 80} ipsec {auth_algs md5}\n", true },
	{ "edit 1 sa=unique", "{src 192.0.2.8 dst 192.0.2.1} permit {auth_algs md5}\n", true },
	{ "edit 1 sa=unique", "{laddr 192.0.2.1 raddr 192.0.2.0/24} ipsec {auth_algs md5}\n", false },
	{ "edit 1 raddr=192.0.2.8", P, true },
	/* associations for one port are not all there is between two hosts */
	{ "edit 1 sa=unique", P, false },
};
/* clang-format on */

static bool try_as(enum role role, const char *profile, const char *what, const char *text,
		   struct error *err)
{
	char *root = tree_new();
	struct text_host t = { .profile = checked_profile(profile) };
	bool good;

	tree_file(root, "/etc/inet/ipsecinit.conf", text, 0644);
	tree_file(root, "/etc/inet/secret/ipseckeys", MANUAL, 0600);
	t.host = host_open(root, DIALECT_SOL10);
	t.change = change_new(t.host, t.profile, role);
	good = do_it(&t, what, err);
	if (!good)
		cr_expect_str_eq(now(&t), text, "%s", what);
	close_text(&t);
	tree_free(root);
	return good;
}

/* FILE-6: both tools write policies, but those of manual keys are MDM's. */
Test(policy, manual_keys_are_of_mdm)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(roles); i++) {
		const char *what = roles[i].what, *text = roles[i].text;
		struct error err = ERROR_INIT;

		cr_expect(try_as(ROLE_ADMIN, "mdm-ssm", what, text, &err), "%s: %s", what,
			  err.text);
		cr_expect(try_as(ROLE_MDM, "mdm-ssm", what, text, &err), "%s: %s", what, err.text);
		cr_expect(try_as(ROLE_SSM, "solaris", what, text, &err), "%s: %s", what, err.text);
		cr_expect_neq(try_as(ROLE_SSM, "mdm-ssm", what, text, &err), roles[i].manual,
			      "%s: %s", what, text);
		if (roles[i].manual) {
			cr_expect_eq(err.code, ERROR_REFUSED, "%s", what);
			cr_expect(
				err.text != NULL &&
					strstr(err.text,
					       ", which has manual keys: refused by FILE-6: the role ssm ") !=
						NULL,
				"%s: %s", what, err.text);
		}
		error_clear(&err);
	}
}
