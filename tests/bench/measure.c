#include "config.h"

#include "tests/bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "tests/bench/run.h"

enum side { OURS, PEER, SIDES };
enum { PROBES_MAX = 5 };

struct samples {
	double *values;
	size_t count, room;
};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The median of what was sampled, and the samples are gone. */
static double samples_median(struct samples *samples)
{
	size_t half = samples->count / 2;
	double median = 0;

	if (samples->count) {
		qsort(samples->values, samples->count, sizeof *samples->values, compare);
		median = samples->count % 2
				 ? samples->values[half]
				 : (samples->values[half - 1] + samples->values[half]) / 2;
	}
	free(samples->values);
	*samples = (struct samples){ NULL, 0, 0 };
	return median;
}

static void samples_add(struct samples *samples, double value)
{
	VEC_PUSH(samples->values, samples->count, samples->room, value);
}

static void print_time(char *text, size_t size, double seconds)
{
	double ms = seconds * 1000;

	snprintf(text, size, "%.*f ms", ms < 10 ? 3 : ms < 100 ? 2 : 1, ms);
}

/*
 * Runs COUNT probes in turn, once to warm up and then RUNS times, and sets the medians. A probe
 * without a command is left out.
 */
static bool take_turns(const struct bench *bench, const struct probe *const probes[],
		       unsigned count, unsigned runs, struct sample medians[],
		       struct result *result)
{
	struct ready_probe ready[PROBES_MAX] = { { .probe = NULL } };
	struct samples seconds[PROBES_MAX] = { { NULL, 0, 0 } };
	struct samples peaks[PROBES_MAX] = { { NULL, 0, 0 } };
	struct sample sample;
	bool taken = true;
	unsigned i, turn, which;

	for (which = 0; which < count && taken; which++) {
		if (probes[which]->command)
			taken = probe_prepare(bench, probes[which], &ready[which], result);
	}
	for (i = 0; i <= runs && taken; i++) {
		for (turn = 0; turn < count && taken; turn++) {
			which = (i + turn) % count; /* who goes first changes, too */
			if (!ready[which].probe)
				continue;
			taken = probe_take(&ready[which], &sample, result);
			if (!taken || i == 0)
				continue;
			samples_add(&seconds[which], sample.seconds);
			samples_add(&peaks[which], sample.peak);
		}
	}
	for (which = 0; which < count; which++) {
		medians[which].seconds = samples_median(&seconds[which]);
		medians[which].peak = samples_median(&peaks[which]);
		probe_release(&ready[which]);
	}
	return taken;
}

/* A short run is repeated more often: what disturbs it is a larger part of it. */
static unsigned runs_for(const struct bench *bench, const struct probe *probe)
{
	return probe->rules > 10000 ? bench->runs : bench->runs * 4;
}

void measure_time(const struct bench *bench, const struct figure *figure, struct result *result)
{
	const struct probe *const probes[SIDES] = { &figure->ours, &figure->peer };
	struct sample medians[SIDES];

	if (!take_turns(bench, probes, SIDES, runs_for(bench, &figure->ours), medians, result))
		return;
	print_time(result->ours, sizeof result->ours, medians[OURS].seconds);
	print_time(result->peer, sizeof result->peer, medians[PEER].seconds);
	result->value = medians[OURS].seconds / medians[PEER].seconds;
}

/* Beside the file, four megabytes are allowed to any program that starts at all. */
void measure_memory(const struct bench *bench, const struct figure *figure, struct result *result)
{
	const struct probe *const probes[SIDES] = { &figure->ours, &figure->peer };
	struct ready_probe ready;
	struct sample medians[SIDES];
	double size;

	if (!take_turns(bench, probes, SIDES, bench->runs, medians, result))
		return;
	probe_prepare(bench, &figure->ours, &ready, result);
	size = data_size(ready.config);
	probe_release(&ready);
	snprintf(result->ours, sizeof result->ours, "%.1f MB", medians[OURS].peak / 1e6);
	snprintf(result->peer, sizeof result->peer, "%.1f MB file", size / 1e6);
	result->value = (medians[OURS].peak - 4e6) / size;
}

/*
 * How the time grows with the file: the exponent between 1,000 rules and the largest file, of the
 * times less that of 10 rules, which is the start of the process. The small files take turns, for
 * the difference between them is small and what drifts between them would be large.
 */
void measure_growth(const struct bench *bench, const struct figure *figure, struct result *result)
{
	struct probe start[SIDES] = { figure->ours, figure->peer };
	struct probe low[SIDES] = { figure->ours, figure->peer };
	struct probe high[SIDES] = { figure->ours, figure->peer };
	const struct probe *const small[] = { &start[OURS], &start[PEER], &low[OURS], &low[PEER] };
	const struct probe *const large[] = { &high[OURS], &high[PEER] };
	struct sample few[2 * SIDES], many[SIDES];
	double exponents[SIDES];
	int side;

	for (side = 0; side < SIDES; side++) {
		start[side].rules = 10;
		low[side].rules = 1000;
		high[side].rules = bench->most_rules;
	}
	if (!take_turns(bench, small, 2 * SIDES, bench->runs * 30, few, result) ||
	    !take_turns(bench, large, SIDES, bench->runs * 2, many, result))
		return;
	for (side = 0; side < SIDES; side++) {
		double base = few[side].seconds;

		exponents[side] =
			log((many[side].seconds - base) / (few[SIDES + side].seconds - base)) /
			log((double)bench->most_rules / 1000);
	}
	snprintf(result->ours, sizeof result->ours, "%.3f", exponents[OURS]);
	snprintf(result->peer, sizeof result->peer, "%.3f", exponents[PEER]);
	result->value = exponents[OURS] - exponents[PEER];
	if (!isfinite(result->value)) {
		result->outcome = OUTCOME_FAILED;
		snprintf(result->note, sizeof result->note, "a larger file took no longer");
	}
}

/* What one entry costs: the time of a large file less that of ten entries, by their number. */
void measure_entry(const struct bench *bench, const struct figure *figure, struct result *result)
{
	struct probe few[SIDES] = { figure->ours, figure->peer };
	const struct probe *const small[] = { &few[OURS], &few[PEER] };
	const struct probe *const large[] = { &figure->ours, &figure->peer };
	struct sample start[SIDES], medians[SIDES];
	double each[SIDES];
	int side;

	few[OURS].rules = few[PEER].rules = 10;
	if (!take_turns(bench, small, SIDES, bench->runs * 2, start, result) ||
	    !take_turns(bench, large, SIDES, bench->runs, medians, result))
		return;
	for (side = 0; side < SIDES; side++)
		each[side] = (medians[side].seconds - start[side].seconds) /
			     (double)figure->ours.rules * 1e9;
	snprintf(result->ours, sizeof result->ours, "%.0f ns", each[OURS]);
	snprintf(result->peer, sizeof result->peer, "%.0f ns", each[PEER]);
	result->value = each[OURS] / each[PEER];
}

/* Ours against all parts, one after the other. */
void measure_sum(const struct bench *bench, const struct figure *figure, struct result *result)
{
	const struct probe *probes[PROBES_MAX] = { &figure->ours };
	struct sample medians[PROBES_MAX];
	double sum = 0;
	unsigned i, count = 1;

	for (; count < PROBES_MAX && figure->parts[count - 1].command; count++)
		probes[count] = &figure->parts[count - 1];
	if (!take_turns(bench, probes, count, bench->runs, medians, result))
		return;
	for (i = 1; i < count; i++)
		sum += medians[i].seconds;
	print_time(result->ours, sizeof result->ours, medians[OURS].seconds);
	print_time(result->peer, sizeof result->peer, sum);
	result->value = medians[OURS].seconds / sum;
}

/* A program that runs on its terminal, ready for keys. */
struct player {
	struct ready_probe ready;
	struct tty tty;
	struct samples settled, bytes;
	unsigned misses;
	bool running;
};

static const double quiet_time = 0.05;

static bool player_start(struct player *player, const struct bench *bench,
			 const struct probe *probe, struct result *result)
{
	double seconds;

	player->running = probe_prepare(bench, probe, &player->ready, result) &&
			  probe_show(&player->ready, &player->tty, 0.2, &seconds, result);
	return player->running;
}

static void player_press(struct player *player, bool counts)
{
	double from = run_clock();
	struct tty_answer answer;

	tty_send(&player->tty, player->ready.probe->press);
	answer = tty_settle(&player->tty, from, quiet_time);
	if (!counts)
		return;
	if (!answer.bytes) {
		player->misses++;
		return;
	}
	samples_add(&player->settled, answer.settled);
	samples_add(&player->bytes, (double)answer.bytes);
}

static void player_stop(struct player *player)
{
	int status;

	if (player->running)
		tty_stop(&player->tty, &status);
	probe_release(&player->ready);
}

static double player_print(struct player *player, char *text, size_t size)
{
	double settled = samples_median(&player->settled);
	double bytes = samples_median(&player->bytes);

	snprintf(text, size, "%.3f ms, %.0f B", settled * 1000, bytes);
	return settled;
}

/* Both programs run side by side, and their keys are pressed in turn. */
void measure_key(const struct bench *bench, const struct figure *figure, struct result *result)
{
	struct player players[SIDES] = { { .running = false }, { .running = false } };
	double settled[SIDES];
	unsigned i, misses;

	if (player_start(&players[OURS], bench, &figure->ours, result) &&
	    player_start(&players[PEER], bench, &figure->peer, result)) {
		for (i = 0; i < bench->presses + SIDES && !run_interrupted(); i++) {
			player_press(&players[i % SIDES], i >= SIDES);
			player_press(&players[(i + 1) % SIDES], i >= SIDES);
		}
		misses = players[OURS].misses + players[PEER].misses;
		if (misses || run_interrupted()) {
			result->outcome = OUTCOME_FAILED;
			snprintf(result->note, sizeof result->note,
				 "%u of ours, %u of the peer's keys went unanswered",
				 players[OURS].misses, players[PEER].misses);
		}
	}
	settled[OURS] = player_print(&players[OURS], result->ours, sizeof result->ours);
	settled[PEER] = player_print(&players[PEER], result->peer, sizeof result->peer);
	result->value = settled[OURS] / settled[PEER];
	player_stop(&players[OURS]);
	player_stop(&players[PEER]);
}
