/* Files of other programs, with as many entries of about the same size as a rule of ike/config. */
#include "config.h"

#include "tests/bench/gen.h"

enum { WG_STREAM = 5 };

void gen_gitconfig(const struct gen_plan *plan, struct out *out)
{
	unsigned long i;

	for (i = 0; i < plan->entries; i++) {
		struct ends ends = gen_ends(i);

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
		struct ends ends = gen_ends(i);

		out_putf(out, "# rule %lu\nHost_Alias H%07lu = %s, %s\n", i, i, ends.local,
			 ends.remote);
		out_putf(out, "user%07lu H%07lu = (root) NOPASSWD: ", i, i);
		out_putf(out, "/usr/sbin/ikeadm dump rule site-%07lu, ", i);
		out_putf(out, "/usr/sbin/ikeadm get rule site-%07lu\n", i);
	}
}

/* 32 bytes in base64, as wg takes its keys. */
static void put_wg_key(struct out *out, struct rng *rng)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char text[45];
	unsigned i;

	/* 43 digits hold 258 bits: the last one gives four of its six. */
	for (i = 0; i < 43; i++)
		text[i] = digits[rng_below(rng, 64) & (i < 42 ? 63 : 60)];
	text[43] = '=';
	text[44] = '\0';
	out_put(out, text);
}

void gen_wg(const struct gen_plan *plan, struct out *out)
{
	struct rng rng = rng_start(plan->seed, WG_STREAM, plan->entries);
	unsigned long i;

	out_put(out, "[Interface]\nPrivateKey = ");
	put_wg_key(out, &rng);
	out_put(out, "\nListenPort = 51820\n");
	for (i = 0; i < plan->entries; i++) {
		struct ends ends = gen_ends(i);

		rng = rng_start(plan->seed, WG_STREAM, i);
		out_putf(out, "\n# rule %lu\n[Peer]\nPublicKey = ", i);
		put_wg_key(out, &rng);
		out_put(out, "\nPresharedKey = ");
		put_wg_key(out, &rng);
		out_putf(out, "\nEndpoint = %s:51820\nAllowedIPs = %s/32\n", ends.remote,
			 ends.local);
		out_put(out, "PersistentKeepalive = 25\n");
	}
}

void gen_bird(const struct gen_plan *plan, struct out *out)
{
	unsigned long i;

	out_put(out, "router id 192.0.2.1;\nprotocol device { }\n");
	for (i = 0; i < plan->entries; i++) {
		struct ends ends = gen_ends(i);

		out_putf(out, "# rule %lu\nprotocol bgp site%07lu {\n\tlocal %s as 65001;\n", i, i,
			 ends.local);
		out_putf(out, "\tneighbor %s as 65002;\n\thold time 180;\n", ends.remote);
		out_put(out, "\tipv4 { import all; export none; };\n}\n");
	}
}

void gen_unbound(const struct gen_plan *plan, struct out *out)
{
	unsigned long i;

	out_put(out, "server:\n    chroot: \"\"\n    username: \"\"\n    directory: \"/\"\n");
	for (i = 0; i < plan->entries; i++) {
		struct ends ends = gen_ends(i);

		out_putf(out, "# rule %lu\nforward-zone:\n    name: \"site-%07lu.example.\"\n", i,
			 i);
		out_putf(out, "    forward-addr: %s@53\n    forward-addr: %s@53\n", ends.local,
			 ends.remote);
		out_put(out, "    forward-first: no\n    forward-no-cache: no\n");
	}
}

void gen_libreswan(const struct gen_plan *plan, struct out *out)
{
	unsigned long i;

	out_put(out, "version 2\nconfig setup\n    plutodebug=none\n");
	for (i = 0; i < plan->entries; i++) {
		struct ends ends = gen_ends(i);

		out_putf(out, "\n# rule %lu\nconn site-%07lu\n    left=%s\n    right=%s\n", i, i,
			 ends.local, ends.remote);
		out_put(out, "    authby=secret\n    keyexchange=ike\n    ikev2=no\n"
			     "    ike=aes256-sha2;modp2048\n    esp=aes256-sha2\n    pfs=yes\n"
			     "    ikelifetime=8h\n    auto=ignore\n");
	}
}
