/*
 * A program on a terminal of its own, with a stopwatch at the terminal's side.
 *
 *	tty_start(&tty, argv, "site-0000000");
 *	tty_send(&tty, "2");
 *	when = tty_wait(&tty, true, 20);
 *	tty_stop(&tty, &status);
 */
#ifndef BENCH_TTY_H
#define BENCH_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "tests/bench/scan.h"

struct tty {
	pid_t pid;
	int fd;
	bool closed;
	double *start; /* the child's clock just before exec, once it has written anything */
	double visible_at, found_at;
	struct scan scan;
};

/* What one press of a key brought; seconds from just before it was sent. */
struct tty_answer {
	double settled; /* to the last byte before the quiet time */
	size_t bytes;   /* 0: nothing came within a second */
};

/* Starts ARGV on a terminal of 80x24, TERM as the environment has it. AWAITED may be NULL. */
bool tty_start(struct tty *tty, char *const argv[], const char *awaited);

/* Sends TEXT, in which "<Up>" and its like stand for keys. */
void tty_send(struct tty *tty, const char *text);

/*
 * Waits until the first visible character or, with FOUND, until the awaited text was written.
 * Returns the seconds since the start, or a negative number where it never came.
 */
double tty_wait(struct tty *tty, bool found, double limit);

/* Reads on until nothing was written for QUIET seconds. FROM is the moment to count from. */
struct tty_answer tty_settle(struct tty *tty, double from, double quiet);

/* Ends the program: SIGTERM, then SIGKILL. STATUS is as in run_cost, 128 and the signal if it had
 * to be killed. */
void tty_stop(struct tty *tty, int *status);

#endif
