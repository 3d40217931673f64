/*
 * The files beside ike/config. Where damage is asked for, a keyword of each of the first so many
 * entries is misspelt.
 */
#include "config.h"

#include "tests/bench/gen.h"

#include "base/xalloc.h"

enum { PRESHARED_STREAM = 3, KEYS_STREAM = 4 };

/* One key for each preshared rule. */
void gen_preshared(const struct gen_plan *plan, struct out *out)
{
	unsigned long i;

	out_put(out, "# ike.preshared: made-up test data\n");
	for (i = 0; i < plan->entries; i += 2) {
		struct rng rng = rng_start(plan->seed, PRESHARED_STREAM, i);
		struct ends ends = gen_ends(i);

		out_putf(out, "{\n\tlocalidtype IP\n\tlocalid %s\n", ends.local);
		out_putf(out, "\tremoteidtype IP\n\t%s %s\n\tkey ",
			 i / 2 < plan->defects ? "remotid" : "remoteid", ends.remote);
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
		struct ends ends = gen_ends(i);

		switch (i % 4) {
		case 0:
			out_putf(out, "{laddr %s %s %s} ipsec ", ends.local,
				 i < plan->defects ? "radr" : "raddr", ends.remote);
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
		struct ends ends = gen_ends(i / 2);
		bool ah = i / 2 % 3 == 0;

		out_putf(out, "add %s spi 0x%08lx src %s %s %s", ah ? "ah" : "esp", 0x100 + i,
			 i % 2 ? ends.remote : ends.local, i < plan->defects ? "dts" : "dst",
			 i % 2 ? ends.local : ends.remote);
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
