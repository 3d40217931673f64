/*
 * Running one command and telling what it cost.
 *
 * The harness stays small while it measures: a child is born with its parent's memory, and its peak
 * can never read below that.
 */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include <stdbool.h>
#include <sys/types.h>

struct run_cost {
	double wall, cpu; /* seconds, from before the fork to after the end */
	long peak;        /* resident memory in bytes */
	int status;       /* exit status, or 128 and the signal */
};

/* Seconds of a clock that only goes forward. */
double run_clock(void);

/*
 * Blocks the signals that end the harness or tell of a child's end, so that nothing is interrupted
 * in the middle; call it once, first. They are looked at in run_interrupted.
 */
void run_block_signals(void);
bool run_interrupted(void);

/* In a child, before exec: the signals are what they were. */
void run_unblock_signals(void);

/*
 * Runs ARGV with nothing to read and its output thrown away, for at most LIMIT seconds. Returns
 * false where it did not end in time, could not be started, or the harness was told to end.
 */
bool run_command(char *const argv[], double limit, struct run_cost *cost);

/* Waits for PID to end for at most LIMIT seconds; COST, which may be NULL, gets all but the wall
 * time. */
bool run_wait(pid_t pid, double limit, struct run_cost *cost);

#endif
