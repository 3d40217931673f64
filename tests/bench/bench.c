/*
 * bench: measures ikeconsole against floors and peers and prints the ratios of one run.
 *
 * Slow is not broken: the exit status is 0 whatever the ratios are, unless --strict asks for 1
 * where a goal is missed. 2 is wrong usage or a measurement that could not be set up, 130 an
 * interruption.
 */
#include "config.h"

#include "tests/bench/bench.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/bench/run.h"

static const char usage[] =
	"usage: bench --program PATH --tools DIR [OPTION...]\n"
	"  --only NAME        only the figures whose name begins so; may be given again\n"
	"  --quick            fewer runs, no file above 100,000 rules\n"
	"  --strict           exit status 1 where a goal is missed\n"
	"  --peers DIR        where packages of peers that cannot be installed were unpacked\n"
	"  --rules-key KEY    what brings the console's list of rules (2)\n"
	"  --marker TEXT      what its first row shows (the first rule's label)\n"
	"  --list             the names of the figures, and nothing else\n";

enum bench_option {
	OPT_PROGRAM = 1,
	OPT_TOOLS,
	OPT_ONLY,
	OPT_QUICK,
	OPT_STRICT,
	OPT_PEERS,
	OPT_RULES_KEY,
	OPT_MARKER,
	OPT_LIST
};

static const struct option options[] = {
	{ "program", required_argument, NULL, OPT_PROGRAM },
	{ "tools", required_argument, NULL, OPT_TOOLS },
	{ "only", required_argument, NULL, OPT_ONLY },
	{ "quick", no_argument, NULL, OPT_QUICK },
	{ "strict", no_argument, NULL, OPT_STRICT },
	{ "peers", required_argument, NULL, OPT_PEERS },
	{ "rules-key", required_argument, NULL, OPT_RULES_KEY },
	{ "marker", required_argument, NULL, OPT_MARKER },
	{ "list", no_argument, NULL, OPT_LIST },
	{ NULL, 0, NULL, 0 },
};

struct request {
	struct bench bench;
	const char **only;
	size_t only_count, only_room;
	bool strict, list;
};

struct tally {
	unsigned passed, failed, skipped;
};

static bool take_option(struct request *request, int option, const char *value)
{
	switch (option) {
	case OPT_PROGRAM:
		request->bench.program = value;
		return true;
	case OPT_TOOLS:
		request->bench.tools = value;
		return true;
	case OPT_ONLY:
		VEC_PUSH(request->only, request->only_count, request->only_room, value);
		return true;
	case OPT_QUICK:
		request->bench.runs = 3;
		request->bench.presses = 20;
		request->bench.most_rules = 100000;
		return true;
	case OPT_STRICT:
		request->strict = true;
		return true;
	case OPT_PEERS:
		request->bench.peers = value;
		return true;
	case OPT_RULES_KEY:
		request->bench.rules_key = value;
		return true;
	case OPT_MARKER:
		request->bench.marker = value;
		return true;
	case OPT_LIST:
		request->list = true;
		return true;
	default:
		return false;
	}
}

static bool is_wanted(const struct request *request, const struct figure *figure)
{
	size_t i;

	for (i = 0; i < request->only_count; i++) {
		if (!strncmp(figure->name, request->only[i], strlen(request->only[i])))
			return true;
	}
	return request->only_count == 0;
}

static const char *verdict(const struct figure *figure, const struct result *result,
			   struct tally *tally)
{
	bool taken = result->outcome == OUTCOME_TAKEN;

	if (taken && figure->at_most == 0)
		return "context";
	if (result->outcome == OUTCOME_SKIPPED || figure->at_most == 0) {
		tally->skipped++;
		return "skipped";
	}
	if (taken && result->value <= figure->at_most) {
		tally->passed++;
		return "met";
	}
	tally->failed++;
	return taken ? "MISSED" : "FAILED";
}

static void print_row(const struct figure *figure, const struct result *result, struct tally *tally)
{
	const char *format = figure->difference ? "%+.3f" : "%.2f";
	const char *judged = verdict(figure, result, tally);
	char value[16], at_most[16] = "";

	if (figure->at_most > 0)
		snprintf(at_most, sizeof at_most, format, figure->at_most);
	snprintf(value, sizeof value, format, result->value);
	if (result->outcome == OUTCOME_TAKEN)
		printf("%-15s %-38s %17s %17s %8s %8s  %s\n", figure->name, figure->text,
		       result->ours, result->peer, value, at_most, judged);
	else
		printf("%-15s %-38s %s: %s\n", figure->name, figure->text, judged, result->note);
	fflush(stdout);
}

static void measure_all(const struct request *request, struct tally *tally)
{
	size_t i;

	printf("%-15s %-38s %17s %17s %8s %8s\n", "figure", "", "ours", "peer", "ratio", "at most");
	for (i = 0; i < figure_count && !run_interrupted(); i++) {
		struct result result = { .outcome = OUTCOME_TAKEN };

		if (!is_wanted(request, &figures[i]))
			continue;
		figures[i].measure(&request->bench, &figures[i], &result);
		if (!run_interrupted())
			print_row(&figures[i], &result, tally);
	}
	printf("%u passed, %u failed, %u skipped\n", tally->passed, tally->failed, tally->skipped);
}

/* Whatever this user has set up must not matter. */
static void set_environment(const char *home)
{
	static const char *const unwanted[] = {
		"LINES",   "COLUMNS",  "COLORTERM",       "NO_COLOR",  "LESS",
		"VIMINIT", "LANGUAGE", "XDG_CONFIG_HOME", "GIT_CONFIG"
	};
	struct strbuf path = STRBUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(unwanted); i++)
		unsetenv(unwanted[i]);
	strbuf_addf(&path, "%s:/usr/sbin:/sbin", getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
	setenv("PATH", path.buf, 1);
	setenv("HOME", home, 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	strbuf_release(&path);
}

static char *make_work(void)
{
	struct strbuf path = STRBUF_INIT;
	const char *folder = getenv("TMPDIR");

	strbuf_addf(&path, "%s/bench.XXXXXX", folder && *folder ? folder : "/tmp");
	if (!mkdtemp(path.buf)) {
		perror(path.buf);
		strbuf_release(&path);
		return NULL;
	}
	return strbuf_detach(&path, NULL);
}

static int run(struct request *request)
{
	struct tally tally = { 0, 0, 0 };
	bool interrupted;

	run_block_signals();
	request->bench.work = make_work();
	if (!request->bench.work)
		return 2;
	set_environment(request->bench.work);
	measure_all(request, &tally);
	interrupted = run_interrupted();
	data_remove(request->bench.work);
	free(request->bench.work);
	return interrupted ? 130 : request->strict && tally.failed ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct request request = {
		.bench = { .rules_key = "2", .runs = 7, .presses = 100, .most_rules = 1000000 },
	};
	int option, status = 2;
	size_t i;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (!take_option(&request, option, optarg))
			return fputs(usage, stderr), 2;
	}
	if (request.list) {
		for (i = 0; i < figure_count; i++)
			printf("%-15s %s\n", figures[i].name, figures[i].text);
		status = 0;
	} else if (optind != argc || !request.bench.program || !request.bench.tools) {
		fputs(usage, stderr);
	} else if (access(request.bench.program, X_OK)) {
		perror(request.bench.program);
	} else {
		status = run(&request);
	}
	free(request.only);
	return status;
}
