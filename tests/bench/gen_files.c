/* The files beside ike/config, and files of other programs with as many entries of about the same
 * size. */
#include "config.h"

#include "tests/bench/gen.h"

#include "base/xalloc.h"

enum { PRESHARED_STREAM = 3, KEYS_STREAM = 4 };

/* The two ends of one entry. */
struct ends {
	char local[ADDRESS_SIZE], remote[ADDRESS_SIZE];
};

static struct ends ends_of(unsigned long i)
{
	struct ends ends;

	gen_local(ends.local, i);
	gen_remote(ends.remote, i);
	return ends;
}

/* One key for each preshared rule. */
void gen_preshared(const struct gen_plan *plan, struct out *out)
{
	unsigned long i;

	out_put(out, "# ike.preshared: made-up test data\n");
	for (i = 0; i < plan->entries; i += 2) {
		struct rng rng = rng_start(plan->seed, PRESHARED_STREAM, i);
		struct ends ends = ends_of(i);

		out_putf(out, "{\n\tlocalidtype IP\n\tlocalid %s\n", ends.local);
		out_putf(out, "\tremoteidtype IP\n\tremoteid %s\n\tkey ", ends.remote);
		out_hexkey(out, &rng, 24);
		out_put(out, "\n}\n");
	}
}

void gen_ipsecinit(const struct gen_plan *plan, struct out *out)
{
	static const char *const encrs[] = { "aes", "3des" };
	static const char *const auths[] = { "sha1", "sha256" };
	unsigned long i;

	out_put(out, "# ipsecinit.conf: made-up test data\n");
	for (i = 0; i < plan->entries; i++) {
		const char *encr = encrs[i / 4 % ARRAY_SIZE(encrs)];
		const char *auth = auths[i / 8 % ARRAY_SIZE(auths)];
		struct ends ends = ends_of(i);

		switch (i % 4) {
		case 0:
			out_putf(out, "{laddr %s raddr %s} ipsec ", ends.local, ends.remote);
			break;
		case 1:
			out_putf(out, "{laddr %s/32 raddr %s/32 dir both}\n    ipsec ", ends.local,
				 ends.remote);
			break;
		case 2:
			out_putf(out, "# telnet\n{ ulp tcp lport 23 laddr %s raddr %s dir both } ",
				 ends.local, ends.remote);
			out_put(out, "bypass { }\n");
			continue;
		default:
			out_putf(out,
				 "{tunnel ip.tun%lu negotiate tunnel laddr %s raddr %s} ipsec ",
				 i % 1000, ends.local, ends.remote);
		}
		out_putf(out, "{encr_algs %s encr_auth_algs %s sa shared}\n", encr, auth);
	}
}

/* Two commands a pair of hosts, one a direction; every third pair is AH. */
void gen_ipseckeys(const struct gen_plan *plan, struct out *out)
{
	unsigned long i;

	out_put(out, "# ipseckeys: made-up test data\n");
	for (i = 0; i < plan->entries; i++) {
		struct rng rng = rng_start(plan->seed, KEYS_STREAM, i);
		struct ends ends = ends_of(i / 2);
		bool ah = i / 2 % 3 == 0;

		out_putf(out, "add %s spi 0x%08lx src %s dst %s", ah ? "ah" : "esp", 0x100 + i,
			 i % 2 ? ends.remote : ends.local, i % 2 ? ends.local : ends.remote);
		if (ah) {
			out_put(out, " \\\n    auth_alg sha256 authkey ");
			out_hexkey(out, &rng, 32);
		} else {
			out_put(out, " auth_alg sha1 authkey ");
			out_hexkey(out, &rng, 20);
			out_put(out, " encr_alg aes encrkey ");
			out_hexkey(out, &rng, 16);
		}
		out_put(out, "\n");
	}
}

void gen_gitconfig(const struct gen_plan *plan, struct out *out)
{
	unsigned long i;

	for (i = 0; i < plan->entries; i++) {
		struct ends ends = ends_of(i);

		out_putf(out, "# rule %lu\n[conn \"site-%07lu\"]\n\tleft = %s\n\tright = %s\n", i,
			 i, ends.local, ends.remote);
		out_put(out, "\tauthmethod = preshared\n\tgroup = 5\n\tauthalg = sha1\n"
			     "\tencralg = 3des\n\tpfs = 2\n\tlifetime = 28800\n");
	}
}

void gen_sudoers(const struct gen_plan *plan, struct out *out)
{
	unsigned long i;

	for (i = 0; i < plan->entries; i++) {
		struct ends ends = ends_of(i);

		out_putf(out, "# rule %lu\nHost_Alias H%07lu = %s, %s\n", i, i, ends.local,
			 ends.remote);
		out_putf(out, "user%07lu H%07lu = (root) NOPASSWD: ", i, i);
		out_putf(out, "/usr/sbin/ikeadm dump rule site-%07lu, ", i);
		out_putf(out, "/usr/sbin/ikeadm get rule site-%07lu\n", i);
	}
}
