/* What is measured. A figure more is a row more. */
#include "config.h"

#include "tests/bench/bench.h"

#include "base/xalloc.h"

#define COMMAND(...)                                                                               \
	(const char *const[])                                                                      \
	{                                                                                          \
		__VA_ARGS__, NULL                                                                  \
	}

#define CHECK(type)                                                                                \
	.checks = true, .command = COMMAND("{program}", "check", "--type", type, "{config}")
#define FLOOR(type) .command = COMMAND("{tools}/floor_check", type, "{config}")

#define OUR_CHECK   CHECK("ike-config")
#define FLOOR_CHECK FLOOR("ike-config")

/* The other files. A tree of N rules has N policies, N manual SAs and N / 2 keys. */
#define PSK    .files = "psk", .path = "/etc/inet/secret/ike.preshared"
#define POLICY .files = "policy", .path = "/etc/inet/ipsecinit.conf"
#define SA     .files = "sa", .path = "/etc/inet/secret/ipseckeys"

/* A checker of another program, from its start to its end. */
#define PEER(name, ...) .command = COMMAND(__VA_ARGS__), .files = name

#define OUR_CONSOLE .kind = PROBE_TEXT, .command = COMMAND("{program}", "--root", "{root}")
#define OUR_RULES   OUR_CONSOLE, .keys = "{key}", .until = "{first}"
#define FLOOR_LIST  .kind = PROBE_TEXT, .command = COMMAND("{tools}/floor_list", "{config}")

#define OUR_SAVE                                                                                   \
	.kind = PROBE_SAVE, .changes = true,                                                       \
	.command = COMMAND("{program}", "--root", "{root}", "--yes", "rule", "edit", "{label}",    \
			   "local_addr=192.0.2.1")

static const struct probe tree_files[] = {
	{ OUR_CHECK, .rules = 100000 },
	{ CHECK("ike-preshared"), PSK, .rules = 100000 },
	{ CHECK("ipsecinit"), POLICY, .rules = 100000 },
	{ CHECK("ipseckeys"), SA, .rules = 100000 },
	{ .command = NULL },
};

const struct figure figures[] = {
	{
		.name = "check",
		.text = "check of 100,000 rules / mini checker",
		.measure = measure_time,
		.ours = { OUR_CHECK, .rules = 100000 },
		.peer = { FLOOR_CHECK, .rules = 100000 },
		.at_most = 2.0,
	},
	{
		.name = "check-memory",
		.text = "its peak memory less 4 MB / file",
		.measure = measure_memory,
		.ours = { OUR_CHECK, .rules = 100000 },
		.at_most = 2.5,
	},
	{
		.name = "check-growth",
		.text = "its growth exponent - mini checker's",
		.measure = measure_growth,
		.ours = { OUR_CHECK },
		.peer = { FLOOR_CHECK },
		.at_most = 0.03,
		.difference = true,
	},
	{
		.name = "check-psk",
		.text = "check of 50,000 keys / mini checker",
		.measure = measure_time,
		.ours = { CHECK("ike-preshared"), PSK, .rules = 100000 },
		.peer = { FLOOR("ike-preshared"), PSK, .rules = 100000 },
		.at_most = 2.0,
	},
	{
		.name = "check-psk-memory",
		.text = "its peak memory less 4 MB / file",
		.measure = measure_memory,
		.ours = { CHECK("ike-preshared"), PSK, .rules = 100000 },
		.at_most = 2.5,
	},
	{
		.name = "check-psk-growth",
		.text = "its growth exponent - mini checker's",
		.measure = measure_growth,
		.ours = { CHECK("ike-preshared"), PSK },
		.peer = { FLOOR("ike-preshared"), PSK },
		.at_most = 0.03,
		.difference = true,
	},
	{
		.name = "check-policy",
		.text = "check of 100,000 policies / mini checker",
		.measure = measure_time,
		.ours = { CHECK("ipsecinit"), POLICY, .rules = 100000 },
		.peer = { FLOOR("ipsecinit"), POLICY, .rules = 100000 },
		.at_most = 2.0,
	},
	{
		.name = "check-policy-memory",
		.text = "its peak memory less 4 MB / file",
		.measure = measure_memory,
		.ours = { CHECK("ipsecinit"), POLICY, .rules = 100000 },
		.at_most = 2.5,
	},
	{
		.name = "check-policy-growth",
		.text = "its growth exponent - mini checker's",
		.measure = measure_growth,
		.ours = { CHECK("ipsecinit"), POLICY },
		.peer = { FLOOR("ipsecinit"), POLICY },
		.at_most = 0.03,
		.difference = true,
	},
	{
		.name = "check-sa",
		.text = "check of 100,000 manual SAs / mini checker",
		.measure = measure_time,
		.ours = { CHECK("ipseckeys"), SA, .rules = 100000 },
		.peer = { FLOOR("ipseckeys"), SA, .rules = 100000 },
		.at_most = 2.0,
	},
	{
		.name = "check-sa-memory",
		.text = "its peak memory less 4 MB / file",
		.measure = measure_memory,
		.ours = { CHECK("ipseckeys"), SA, .rules = 100000 },
		.at_most = 2.5,
	},
	{
		.name = "check-sa-growth",
		.text = "its growth exponent - mini checker's",
		.measure = measure_growth,
		.ours = { CHECK("ipseckeys"), SA },
		.peer = { FLOOR("ipseckeys"), SA },
		.at_most = 0.03,
		.difference = true,
	},
	{
		.name = "check-tree",
		.text = "check of the tree / sum of its files",
		.measure = measure_sum,
		.ours = { .command = COMMAND("{program}", "--root", "{root}", "check"),
			  .files = "ike,psk,policy,sa",
			  .rules = 100000,
			  .worst_status = 1 },
		.parts = tree_files,
		.at_most = 1.25,
	},
	{
		.name = "check-small",
		.text = "check of 10 rules / wc -l",
		.measure = measure_time,
		.ours = { OUR_CHECK, .rules = 10 },
		.peer = { .command = COMMAND("wc", "-l", "{config}"), .rules = 10 },
		.at_most = 2.0,
	},
	{
		.name = "start-small",
		.text = "first text, 10 rules / bare list",
		.measure = measure_time,
		.ours = { OUR_CONSOLE, .rules = 10 },
		.peer = { FLOOR_LIST, .rules = 10 },
		.at_most = 2.0,
	},
	{
		.name = "start-large",
		.text = "first text, 100,000 / bare list, 10",
		.measure = measure_time,
		.ours = { OUR_CONSOLE, .rules = 100000 },
		.peer = { FLOOR_LIST, .rules = 10 },
		.at_most = 2.0,
	},
	{
		.name = "start-rules",
		.text = "first of 100,000 rules / its own check",
		.measure = measure_time,
		.ours = { OUR_RULES, .rules = 100000 },
		.peer = { .command = COMMAND("{program}", "--root", "{root}", "check"),
			  .rules = 100000,
			  .worst_status = 1 },
		.at_most = 1.3,
	},
	{
		.name = "key-down",
		.text = "Down settled, 100,000 / bare list",
		.measure = measure_key,
		.ours = { OUR_RULES, .rules = 100000, .press = "<Down>" },
		.peer = { FLOOR_LIST, .rules = 100000, .press = "<Down>" },
		.at_most = 1.5,
	},
	{
		.name = "key-pagedown",
		.text = "PageDown settled, 100,000 / bare list",
		.measure = measure_key,
		.ours = { OUR_RULES, .rules = 100000, .press = "<PageDown>" },
		.peer = { FLOOR_LIST, .rules = 100000, .press = "<PageDown>" },
		.at_most = 1.5,
	},
	{
		.name = "save-small",
		.text = "one change saved, 10 rules / bare save",
		.measure = measure_time,
		.ours = { OUR_SAVE, .rules = 10 },
		.peer = { .kind = PROBE_SAVE,
			  .command = COMMAND("{tools}/floor_save", "{config}"),
			  .rules = 10 },
		.at_most = 2.0,
	},
	{
		.name = "save-large",
		.text = "one change saved, 10,000 / vim -es",
		.measure = measure_time,
		.ours = { OUR_SAVE, .rules = 10000 },
		.peer = { .kind = PROBE_SAVE,
			  .changes = true,
			  .worst_status = ANY_STATUS,
			  .command = COMMAND("vim", "--clean", "-n", "-es", "-c",
					     "set backupskip=", "-c",
					     "/\"{label}\"/;/local_addr/s/addr .*/addr 192.0.2.1/",
					     "-c", "wq", "{config}"),
			  .rules = 10000 },
		.at_most = 0.75,
	},
	{
		.name = "entry-addconn",
		.text = "a rule checked / addconn --checkconfig",
		.measure = measure_entry,
		.ours = { OUR_CHECK, .rules = 100000 },
		.peer = { PEER("libreswan", "{peers}/libreswan/usr/libexec/ipsec/addconn",
			       "--config", "{root}/libreswan.conf", "--checkconfig"),
			  .rules = 100000 },
		.at_most = 0.1,
	},
	{
		.name = "entry-wg",
		.text = "a rule checked / wg setconf",
		.measure = measure_entry,
		.ours = { OUR_CHECK, .rules = 100000 },
		.peer = { PEER("wg", "{tools}/wg_setconf", "{root}/wg.conf"), .rules = 100000 },
		.at_most = 1.0,
	},
	{
		.name = "entry-bird",
		.text = "a rule checked / bird -p",
		.measure = measure_entry,
		.ours = { OUR_CHECK, .rules = 100000 },
		.peer = { PEER("bird", "bird", "-p", "-c", "{root}/bird.conf"), .rules = 100000 },
		.at_most = 1.0,
	},
	{
		.name = "entry-unbound",
		.text = "a rule checked / unbound-checkconf",
		.measure = measure_entry,
		.ours = { OUR_CHECK, .rules = 100000 },
		.peer = { PEER("unbound", "unbound-checkconf", "{root}/unbound.conf"),
			  .rules = 100000 },
		.at_most = 1.0,
	},
	{
		.name = "entry-visudo",
		.text = "a rule checked / visudo -c",
		.measure = measure_entry,
		.ours = { OUR_CHECK, .rules = 100000 },
		.peer = { PEER("sudoers", "visudo", "-c", "-f", "{root}/sudoers"),
			  .rules = 100000 },
		.at_most = 1.0,
	},
	{
		.name = "entry-git",
		.text = "a rule checked / git config --list",
		.measure = measure_entry,
		.ours = { OUR_CHECK, .rules = 100000 },
		.peer = { PEER("git", "git", "config", "-f", "{root}/gitconfig", "--list"),
			  .rules = 100000 },
	},
	{
		.name = "entry-policy",
		.text = "a policy checked / git config --list",
		.measure = measure_entry,
		.ours = { CHECK("ipsecinit"), POLICY, .rules = 100000 },
		.peer = { PEER("git", "git", "config", "-f", "{root}/gitconfig", "--list"),
			  .rules = 100000 },
	},
	{
		.name = "entry-sa",
		.text = "a manual SA checked / git config --list",
		.measure = measure_entry,
		.ours = { CHECK("ipseckeys"), SA, .rules = 100000 },
		.peer = { PEER("git", "git", "config", "-f", "{root}/gitconfig", "--list"),
			  .rules = 100000 },
	},
	{
		.name = "context-less",
		.text = "Down settled, 100,000 / less",
		.measure = measure_key,
		.ours = { OUR_RULES, .rules = 100000, .press = "<Down>" },
		.peer = { .kind = PROBE_TEXT,
			  .command = COMMAND("less", "{config}"),
			  .rules = 100000,
			  .press = "<Down>" },
	},
	{
		.name = "context-vim",
		.text = "Down settled, 100,000 / vim",
		.measure = measure_key,
		.ours = { OUR_RULES, .rules = 100000, .press = "<Down>" },
		.peer = { .kind = PROBE_TEXT,
			  .command = COMMAND("vim", "--clean", "-n", "{config}"),
			  .rules = 100000,
			  .press = "<Down>" },
	},
};

const size_t figure_count = ARRAY_SIZE(figures);
