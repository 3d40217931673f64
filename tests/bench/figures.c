/* What is measured. A figure more is a row more. */
#include "config.h"

#include "tests/bench/bench.h"

#include "base/xalloc.h"

#define COMMAND(...)                                                                               \
	(const char *const[])                                                                      \
	{                                                                                          \
		__VA_ARGS__, NULL                                                                  \
	}

#define OUR_CHECK                                                                                  \
	.checks = true, .command = COMMAND("{program}", "check", "--type", "ike-config", "{config}")
#define FLOOR_CHECK .command = COMMAND("{tools}/floor_check", "{config}")

#define OUR_CONSOLE .kind = PROBE_TEXT, .command = COMMAND("{program}", "--root", "{root}")
#define OUR_RULES   OUR_CONSOLE, .keys = "{key}", .until = "{first}"
#define FLOOR_LIST  .kind = PROBE_TEXT, .command = COMMAND("{tools}/floor_list", "{config}")

#define OUR_SAVE                                                                                   \
	.kind = PROBE_SAVE, .changes = true,                                                       \
	.command = COMMAND("{program}", "--root", "{root}", "--yes", "rule", "edit", "{label}",    \
			   "local_addr=192.0.2.1")

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
		.name = "context-git",
		.text = "check of 100,000 / git config --list",
		.measure = measure_time,
		.ours = { OUR_CHECK, .rules = 100000 },
		.peer = { .command = COMMAND("git", "config", "-f", "{root}/gitconfig", "--list"),
			  .files = "git",
			  .rules = 100000 },
	},
	{
		.name = "context-visudo",
		.text = "check of 100,000 / visudo -c",
		.measure = measure_time,
		.ours = { OUR_CHECK, .rules = 100000 },
		.peer = { .command = COMMAND("visudo", "-c", "-f", "{root}/sudoers"),
			  .files = "sudoers",
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
