/*
 * The one place where the console waits: for keys, signals, other descriptors and timers.
 *
 * Everything runs in one thread, as callbacks from loop_run(). A turn is: paint if no key is
 * waiting, wait, then signals, keys, descriptors, timers. Long work is cut into slices of a few
 * milliseconds that run while nothing else is to be done. Without idle work and timers the process
 * sleeps until something happens.
 *
 * There is one loop in a process, since signals belong to the process. Create it before the
 * terminal is started: curses then leaves the signals alone.
 */
#ifndef UI_LOOP_H
#define UI_LOOP_H

#include <stdbool.h>

#include "base/error.h"

struct loop;

/* What the loop serves first. */
struct loop_owner {
	void *data;
	int fd; /* the terminal's input */

	/* Input may be read: takes all keys that wait. Returns false when the terminal is gone. */
	bool (*input)(void *data);

	/*
	 * SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP or SIGINT arrived, or the terminal is gone
	 * (SIGHUP). Several of a kind are told once.
	 */
	void (*signal)(void *data, int number);

	/* Nothing waits: the time to paint. */
	void (*paint)(void *data);
};

/* Catches the signals. */
struct loop *loop_new(struct error *err);

/* Gives the signals back their old meaning. */
void loop_free(struct loop *loop);

/* Serves until loop_stop() was called. */
void loop_run(struct loop *loop, const struct loop_owner *owner);
void loop_stop(struct loop *loop);
bool loop_is_stopped(const struct loop *loop);

/*
 * Each of these returns a number for loop_remove(), never 0. READY is called with the descriptor's
 * poll events; a timer once, MS milliseconds from now or later; SLICE again and again while it
 * returns true.
 */
int loop_watch(struct loop *loop, int fd, short events,
	       void (*ready)(void *data, int fd, short events), void *data);
int loop_after(struct loop *loop, int ms, void (*due)(void *data), void *data);
int loop_idle(struct loop *loop, bool (*slice)(void *data), void *data);

/* Ends a watch, timer or idle work; allowed from any callback. 0 and what has ended are ignored. */
void loop_remove(struct loop *loop, int id);

/* Stops the process as ^Z does and returns when it is continued. The terminal must be left first.
 */
void loop_suspend(struct loop *loop);

#endif
