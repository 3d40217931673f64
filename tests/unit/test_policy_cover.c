/* Which policies decide for others, against comparing each with each; and very many of them. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/xalloc.h"
#include "tests/unit/checked.h"

TestSuite(policy_cover, .timeout = 120);

enum { MOST = 14 };

enum deed { PASS, DROP, AH, ESP, BOTH, DEEDS };

static const struct {
	const char *text;
	int class;
} deeds[DEEDS] = {
	[PASS] = { "pass {}", 4 },
	[DROP] = { "drop {}", 0 },
	[AH] = { "ipsec {auth_algs sha1}", 1 },
	[ESP] = { "ipsec {encr_algs aes encr_auth_algs sha1}", 2 },
	[BOTH] = { "ipsec {auth_algs sha1 encr_algs aes}", 3 },
};

/* One end: a prefix of few bits, so that many cover each other. */
struct prefix {
	bool given;
	unsigned bits; /* 24 to 32 of IPv4, 120 to 128 of IPv6: so many of the last byte */
	unsigned byte;
};

struct policy {
	bool v6;
	struct prefix local, remote;
	unsigned lport, rport, ulp;
	unsigned direction; /* 1 in, 2 out, 3 both */
	int tunnel;
	enum deed deed;
	bool twice;
};

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static struct prefix random_prefix(uint32_t *seed)
{
	struct prefix prefix = { next(seed) % 4 != 0, next(seed) % 9, 0 };

	prefix.byte = next(seed) % 2 == 0 ? 0 : next(seed) % 256;
	prefix.byte &= 255u << (8 - prefix.bits);
	return prefix;
}

static struct policy random_policy(uint32_t *seed)
{
	struct policy p = { .v6 = next(seed) % 3 == 0,
			    .local = random_prefix(seed),
			    .remote = random_prefix(seed),
			    .lport = next(seed) % 3 == 0 ? 23 + next(seed) % 2 : 0,
			    .rport = next(seed) % 4 == 0 ? 23 : 0,
			    .ulp = next(seed) % 3 == 0   ? 6
				   : next(seed) % 3 == 0 ? 17
							 : 0,
			    .direction = 1 + next(seed) % 3,
			    .tunnel = next(seed) % 5 == 0,
			    .deed = (enum deed)(next(seed) % DEEDS) };

	return p;
}

static void print_prefix(const struct policy *p, const char *keyword, const struct prefix *prefix,
			 struct strbuf *sb)
{
	if (!prefix->given)
		return;
	if (p->v6)
		strbuf_addf(sb, "%s 2001:db8::%x/%u ", keyword, prefix->byte, prefix->bits + 120);
	else
		strbuf_addf(sb, "%s 192.0.2.%u/%u ", keyword, prefix->byte, prefix->bits + 24);
}

static void print_policy(const struct policy *p, struct strbuf *sb)
{
	static const char *const directions[] = { "", "in", "out", "both" };

	strbuf_addch(sb, '{');
	if (p->tunnel)
		strbuf_addstr(sb, "tunnel t0 negotiate tunnel ");
	print_prefix(p, "laddr", &p->local, sb);
	print_prefix(p, "raddr", &p->remote, sb);
	if (p->lport)
		strbuf_addf(sb, "lport %u ", p->lport);
	if (p->rport)
		strbuf_addf(sb, "rport %u ", p->rport);
	if (p->ulp)
		strbuf_addf(sb, "ulp %u ", p->ulp);
	strbuf_addf(sb, "dir %s} %s\n", directions[p->direction], deeds[p->deed].text);
}

static unsigned families(const struct policy *p)
{
	return !p->local.given && !p->remote.given ? 3 : p->v6 ? 2 : 1;
}

static bool covers_prefix(const struct prefix *a, const struct prefix *b)
{
	if (!a->given || !b->given)
		return !a->given;
	return a->bits <= b->bits && (b->byte & 255u << (8 - a->bits) & 255u) == a->byte;
}

static bool covers(const struct policy *a, const struct policy *b, unsigned family)
{
	return (families(a) & families(b) & family) != 0 && a->tunnel == b->tunnel &&
	       covers_prefix(&a->local, &b->local) && covers_prefix(&a->remote, &b->remote) &&
	       (a->lport == 0 || a->lport == b->lport) && (a->rport == 0 || a->rport == b->rport) &&
	       (a->ulp == 0 || a->ulp == b->ulp);
}

static bool is_same(const struct policy *a, const struct policy *b)
{
	return a->local.given == b->local.given && a->remote.given == b->remote.given &&
	       families(a) == families(b) && covers(a, b, 3) && covers(b, a, 3);
}

static bool protects(const struct policy *p)
{
	return p->deed >= AH;
}

/* The one that is looked at first for the packets of policy N of a direction and family, or -1. */
static int first_of(const struct policy *ps, int count, int n, unsigned d, unsigned f)
{
	int j, best = -1, class = deeds[ps[n].deed].class;

	for (j = 0; j < count; j++) {
		int other = deeds[ps[j].deed].class;

		if (j == n || ps[j].twice || (ps[j].direction & d) == 0 ||
		    !covers(&ps[j], &ps[n], f) || other < class || (other == class && j > n))
			continue;
		if (best < 0 || other > deeds[ps[best].deed].class)
			best = j;
	}
	return best;
}

/* Whether somebody is for its packets of a direction and family; EARLIER: of a lower class too. */
static bool somebody(const struct policy *ps, int count, int n, unsigned d, unsigned f,
		     bool earlier)
{
	int j;

	for (j = 0; j < count; j++)
		if (j != n && !ps[j].twice && (ps[j].direction & d) != 0 &&
		    covers(&ps[j], &ps[n], f) &&
		    (!earlier || (j < n && deeds[ps[j].deed].class < deeds[ps[n].deed].class)))
			return true;
	return false;
}

static const char *find_twice(struct policy *ps, int n)
{
	unsigned d;
	int j;

	for (d = 1; d <= 2; d++)
		for (j = 0; j < n; j++)
			if (!ps[j].twice && (ps[j].direction & ps[n].direction & d) != 0 &&
			    is_same(&ps[j], &ps[n])) {
				ps[n].twice = true;
				return ps[j].deed == ps[n].deed ? "W E04 same" : "W E04 other";
			}
	return NULL;
}

/* What is to be said of policy N; NULL: nothing, *MOVED: that it is matched before one above it. */
static const char *verdict(const struct policy *ps, int count, int n, bool *moved)
{
	unsigned d, f, parts = 0, hidden = 0;
	bool bypassed = false, differs = false, mirrored = true;

	*moved = false;
	for (d = 1; d <= 2; d++) {
		for (f = 1; f <= 2; f++) {
			int first;

			if ((families(&ps[n]) & f) == 0)
				continue;
			if ((ps[n].direction & d) == 0) {
				mirrored &= somebody(ps, count, n, d, f, false);
				continue;
			}
			parts++;
			*moved |= somebody(ps, count, n, d, f, true);
			first = first_of(ps, count, n, d, f);
			if (first < 0)
				continue;
			hidden++;
			bypassed |= ps[first].deed == PASS;
			differs |= ps[first].deed != ps[n].deed;
		}
	}
	if (protects(&ps[n]) && bypassed)
		return "W E05";
	if (hidden == parts)
		return differs ? "W POL-O1" : "N POL-O1";
	return protects(&ps[n]) && ps[n].direction != 3 && !mirrored ? "W E07" : NULL;
}

static void print_wanted(struct policy *ps, int count, struct strbuf *sb)
{
	const char *twice[MOST], *said[MOST];
	bool moved[MOST], first = true;
	int n;

	for (n = 0; n < count; n++)
		twice[n] = find_twice(ps, n);
	for (n = 0; n < count; n++)
		said[n] = twice[n] != NULL ? twice[n] : verdict(ps, count, n, &moved[n]);
	for (n = 0; n < count; n++) {
		bool hides = said[n] != NULL && strcmp(said[n], "W E07") != 0;

		if (twice[n] == NULL && moved[n] && !hides && first) {
			first = false;
			strbuf_addf(sb, "%d N E06; ", n + 1);
		}
		if (said[n] != NULL)
			strbuf_addf(sb, "%d %s; ", n + 1, said[n]);
	}
}

static bool is_about_covers(const struct check *check)
{
	return check->join >= JOIN_POLICY_TWICE && check->join <= JOIN_POLICY_ONE_WAY_TUNNEL;
}

/* Findings at one place are in the order of the table, where E06 stands behind all but E07. */
static void print_found(const struct checked *c, struct strbuf *sb)
{
	const struct findings *findings = lint_findings(c->lint);
	size_t i;

	for (i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];
		const struct check *check = &checks[f->check];

		if (is_about_covers(check))
			strbuf_addf(sb, "%u %c %s%s; ", checked_line(c, f), "-NWE"[f->severity],
				    check -> id,
				    check -> join == JOIN_POLICY_TWICE                 ? " same"
					     : check->join == JOIN_POLICY_OTHER_ACTION ? " other"
										       : "");
	}
}

Test(policy_cover, the_slow_way)
{
	uint32_t seed;
	size_t some = 0;

	for (seed = 1; seed < 6000; seed++) {
		struct policy ps[MOST];
		struct strbuf text = STRBUF_INIT, found = STRBUF_INIT, wanted = STRBUF_INIT;
		uint32_t s = seed * 7919;
		int count = 2 + (int)(next(&s) % (MOST - 1)), n;
		struct checked c;

		for (n = 0; n < count; n++) {
			ps[n] = random_policy(&s);
			print_policy(&ps[n], &text);
		}
		print_wanted(ps, count, &wanted);
		checked_text(&c, LOCATION_IPSECINIT, text.buf, text.len, DIALECT_ILLUMOS);
		print_found(&c, &found);
		cr_assert_str_eq(found.buf, wanted.buf, "seed %u:\n%sfound  %s\nwanted %s", seed,
				 text.buf, found.buf, wanted.buf);
		some += wanted.len;
		checked_release(&c);
		strbuf_release(&text);
		strbuf_release(&found);
		strbuf_release(&wanted);
	}
	cr_expect_gt(some, 100000);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Comparing each with each would take minutes. */
static void check_many(const char *name, void (*print)(struct strbuf *sb, unsigned n))
{
	struct strbuf text = STRBUF_INIT;
	double start;
	struct checked c;
	unsigned n;

	for (n = 0; n < 100000; n++)
		print(&text, n);
	start = seconds();
	checked_text(&c, LOCATION_IPSECINIT, text.buf, text.len, DIALECT_ILLUMOS);
	cr_expect_lt(seconds() - start, 20.0, "%s: %f", name, seconds() - start);
	checked_release(&c);
	strbuf_release(&text);
}

static void all_equal(struct strbuf *sb, unsigned n)
{
	(void)n;
	strbuf_addstr(sb, "{laddr 192.0.2.1 ulp tcp} ipsec {auth_algs sha1}\n");
}

static void all_wide(struct strbuf *sb, unsigned n)
{
	strbuf_addf(sb, "{raddr %u.0.0.0/%u laddr %u.%u.0.0/16} ipsec {auth_algs sha1}\n",
		    n % 128 * 2, 1 + n % 7, n / 256 % 256, n % 256);
}

/* Each within the one before, at both ends, in every length of prefix that there is. */
static void all_nested(struct strbuf *sb, unsigned n)
{
	strbuf_addf(sb,
		    "{laddr 2001:db8::/%u raddr 2001:db8::/%u lport %u ulp tcp} ipsec "
		    "{auth_algs sha1}\n",
		    32 + n % 97, 32 + n / 97 % 97, n / 97 / 97);
}

static void all_different(struct strbuf *sb, unsigned n)
{
	strbuf_addf(sb, "{laddr 10.%u.%u.%u raddr 172.%u.%u.%u} ipsec {auth_algs sha1}\n", n >> 16,
		    n >> 8 & 255, n & 255, n >> 16, n >> 8 & 255, n & 255);
}

static void all_tunnels(struct strbuf *sb, unsigned n)
{
	strbuf_addf(sb, "{tunnel t%u negotiate tunnel} ipsec {auth_algs sha1}\n", n);
}

Test(policy_cover, very_many)
{
	check_many("equal", all_equal);
	check_many("wide", all_wide);
	check_many("nested", all_nested);
	check_many("different", all_different);
	check_many("tunnels", all_tunnels);
}
