#include "config.h"

#include "tests/bench/bench.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/bench/run.h"

enum { LIMIT = 60 }; /* seconds any one run may take */

static bool give_up(struct result *result, enum outcome outcome, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static bool give_up(struct result *result, enum outcome outcome, const char *format, ...)
{
	va_list ap;

	result->outcome = outcome;
	va_start(ap, format);
	vsnprintf(result->note, sizeof result->note, format, ap);
	va_end(ap);
	return false;
}

/* Adds what NAME stands for; false where it stands for nothing. */
static bool add_value_of(const struct bench *bench, const struct ready_probe *ready,
			 const char *name, size_t len, struct strbuf *text)
{
	const struct {
		const char *name, *value;
	} plain[] = {
		{ "program", bench->program }, { "tools", bench->tools },
		{ "work", bench->work },       { "peers", bench->peers ? bench->peers : "" },
		{ "key", bench->rules_key },   { "root", ready->root },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(plain); i++) {
		if (!strncmp(plain[i].name, name, len) && !plain[i].name[len]) {
			strbuf_addstr(text, plain[i].value);
			return true;
		}
	}
	if (!strncmp(name, "config", len))
		strbuf_addf(text, "%s%s", ready->root,
			    ready->probe->path ? ready->probe->path : "/etc/inet/ike/config");
	else if (!strncmp(name, "label", len))
		data_label(ready->config, ready->probe->rules / 2, text);
	else if (!strncmp(name, "first", len) && bench->marker)
		strbuf_addstr(text, bench->marker);
	else if (!strncmp(name, "first", len))
		data_label(ready->config, 0, text);
	else
		return false;
	return true;
}

static char *fill_in(const struct bench *bench, const struct ready_probe *ready, const char *word)
{
	struct strbuf text = STRBUF_INIT;
	const char *end;

	while (word && *word) {
		end = *word == '{' ? strchr(word, '}') : NULL;
		if (end && add_value_of(bench, ready, word + 1, (size_t)(end - word) - 1, &text))
			word = end + 1;
		else
			strbuf_addch(&text, *word++);
	}
	return strbuf_detach(&text, NULL);
}

/* Whether the command can be found, as a path or along PATH. */
static bool is_installed(const char *command)
{
	struct strbuf path = STRBUF_INIT;
	const char *folder = getenv("PATH");
	bool found = strchr(command, '/') && !access(command, X_OK);

	while (!found && !strchr(command, '/') && folder) {
		size_t len = strcspn(folder, ":");

		strbuf_clear(&path);
		strbuf_add(&path, folder, len);
		strbuf_addf(&path, "/%s", command);
		found = !access(path.buf, X_OK);
		folder = folder[len] ? folder + len + 1 : NULL;
	}
	strbuf_release(&path);
	return found;
}

static void command_fill_in(const struct bench *bench, struct ready_probe *ready)
{
	const char *const *words = ready->probe->command;
	size_t i, count = 0;

	while (words[count])
		count++;
	ready->argv = xcalloc(count + 1, sizeof *ready->argv);
	for (i = 0; i < count; i++)
		ready->argv[i] = fill_in(bench, ready, words[i]);
}

static bool probe_failed(const struct ready_probe *ready, int status, struct result *result)
{
	if (status == 2)
		return give_up(result, OUTCOME_SKIPPED, "'%s' does not know this (exit status 2)",
			       ready->argv[0]);
	return give_up(result, OUTCOME_FAILED, "'%s' ended with status %d", ready->argv[0], status);
}

/* A program that finds nothing wrong with a damaged file is fast for no good reason. */
static bool finds_damage(const struct bench *bench, const struct probe *probe,
			 struct result *result)
{
	struct probe damaged = *probe;
	struct ready_probe ready;
	struct run_cost cost;
	bool found = false;

	damaged.rules = 100;
	damaged.defects = 10;
	damaged.checks = false;
	if (probe_prepare(bench, &damaged, &ready, result)) {
		if (!run_command(ready.argv, LIMIT, &cost))
			give_up(result, OUTCOME_FAILED, "'%s' did not end in time", ready.argv[0]);
		else if (cost.status > 1)
			probe_failed(&ready, cost.status, result);
		else if (cost.status == 0)
			give_up(result, OUTCOME_FAILED, "'%s' finds nothing in a damaged file",
				ready.argv[0]);
		else
			found = true;
	}
	probe_release(&ready);
	return found;
}

bool probe_prepare(const struct bench *bench, const struct probe *probe, struct ready_probe *ready,
		   struct result *result)
{
	struct strbuf path = STRBUF_INIT;
	bool made = data_make(bench, probe, &path);

	*ready = (struct ready_probe){ .probe = probe, .root = strbuf_detach(&path, NULL) };
	if (!made)
		return give_up(result, OUTCOME_FAILED, "gen_host did not make %lu rules",
			       probe->rules);
	ready->config = fill_in(bench, ready, "{config}");
	if (probe->kind == PROBE_SAVE) {
		free(ready->root);
		ready->root = fill_in(bench, ready, "{work}/save");
	}
	command_fill_in(bench, ready);
	ready->keys = fill_in(bench, ready, probe->keys);
	ready->until = fill_in(bench, ready, probe->until);
	if (!is_installed(ready->argv[0]))
		return give_up(result, OUTCOME_SKIPPED, "%s is not installed", ready->argv[0]);
	return !probe->checks || finds_damage(bench, probe, result);
}

void probe_release(struct ready_probe *ready)
{
	size_t i;

	for (i = 0; ready->argv && ready->argv[i]; i++)
		free(ready->argv[i]);
	free(ready->argv);
	free(ready->keys);
	free(ready->until);
	free(ready->config);
	free(ready->root);
	*ready = (struct ready_probe){ .probe = NULL };
}

/* The program on TTY ended by itself or did not show what was waited for; it is stopped. */
static void tty_fail(const struct ready_probe *ready, struct tty *tty, struct result *result)
{
	bool ended = tty->closed;
	int status;

	tty_stop(tty, &status);
	if (ended && status == 0)
		give_up(result, OUTCOME_SKIPPED, "'%s' is no console: it ended at once",
			ready->argv[0]);
	else if (ended)
		probe_failed(ready, status, result);
	else
		give_up(result, OUTCOME_FAILED, "'%s' never showed '%s'", ready->argv[0],
			ready->probe->until ? ready->until : "a text");
}

static bool take_run(const struct ready_probe *ready, struct sample *sample, struct result *result)
{
	struct run_cost cost;

	if (!run_command(ready->argv, LIMIT, &cost))
		return give_up(result, OUTCOME_FAILED, "'%s' did not end in time", ready->argv[0]);
	if (cost.status > ready->probe->worst_status)
		return probe_failed(ready, cost.status, result);
	*sample = (struct sample){ .seconds = cost.wall, .peak = (double)cost.peak };
	return true;
}

static bool take_save(const struct ready_probe *ready, struct sample *sample, struct result *result)
{
	struct strbuf label = STRBUF_INIT;
	bool right;

	if (!data_copy(ready->config, ready->root))
		return give_up(result, OUTCOME_FAILED, "the file cannot be copied");
	if (!take_run(ready, sample, result))
		return false;
	if (!ready->probe->changes)
		return true;
	data_label(ready->config, ready->probe->rules / 2, &label);
	right = data_is_changed(ready->config, ready->root, label.buf);
	strbuf_release(&label);
	return right ||
	       give_up(result, OUTCOME_FAILED, "'%s' did not change that address, or not it alone",
		       ready->argv[0]);
}

bool probe_show(const struct ready_probe *ready, struct tty *tty, double quiet, double *seconds,
		struct result *result)
{
	const char *until = ready->probe->until ? ready->until : NULL;

	if (!tty_start(tty, ready->argv, until))
		return give_up(result, OUTCOME_FAILED, "no terminal to be had");
	tty_send(tty, ready->keys);
	*seconds = tty_wait(tty, until != NULL, LIMIT);
	tty_settle(tty, 0, quiet); /* what writes a message and ends is no console */
	if (*seconds >= 0 && !tty->closed)
		return true;
	tty_fail(ready, tty, result);
	return false;
}

static bool take_text(const struct ready_probe *ready, struct sample *sample, struct result *result)
{
	struct tty tty;
	int status;

	if (!probe_show(ready, &tty, 0.02, &sample->seconds, result))
		return false;
	tty_stop(&tty, &status);
	return true;
}

bool probe_take(const struct ready_probe *ready, struct sample *sample, struct result *result)
{
	*sample = (struct sample){ 0, 0 };
	switch (ready->probe->kind) {
	case PROBE_TEXT:
		return take_text(ready, sample, result);
	case PROBE_SAVE:
		return take_save(ready, sample, result);
	default:
		return take_run(ready, sample, result);
	}
}
