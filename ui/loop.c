#include "config.h"

#include "ui/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/xalloc.h"

enum source_kind { SOURCE_ENDED, SOURCE_WATCH, SOURCE_TIMER, SOURCE_IDLE };

struct source {
	enum source_kind kind;
	int id;
	int fd; /* of a watch */
	short events;
	int64_t due; /* of a timer, in milliseconds of the monotonic clock */
	void *data;
	union {
		void (*ready)(void *data, int fd, short events);
		void (*due)(void *data);
		bool (*slice)(void *data);
	} call;
};

static const int signals[] = { SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT };
enum { SIGNAL_COUNT = sizeof signals / sizeof *signals, FIXED_FDS = 2 };

struct loop {
	bool stopped;
	int pipe[2];
	struct sigaction old[SIGNAL_COUNT];
	struct source *sources;
	size_t count, cap;
	int last_id;
	struct pollfd *polls; /* the pipe, the input, then one for each source */
	size_t poll_cap;
};

/* A signal handler has no other way to reach the loop. */
static volatile sig_atomic_t caught[SIGNAL_COUNT];
static volatile sig_atomic_t wake_fd = -1;

static void on_signal(int number)
{
	int saved = errno;
	ssize_t written;
	size_t i;

	for (i = 0; i < SIGNAL_COUNT; i++)
		if (signals[i] == number)
			caught[i] = 1;
	written = write((int)wake_fd, "", 1);
	(void)written; /* a full pipe is fine: the loop will wake up */
	errno = saved;
}

static void catch_signal(int number, struct sigaction *old)
{
	struct sigaction act = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	sigemptyset(&act.sa_mask);
	sigaction(number, &act, old);
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

struct loop *loop_new(struct error *err)
{
	struct loop *loop = xcalloc(1, sizeof *loop);
	size_t i;

	if (pipe(loop->pipe) != 0) {
		error_set_errno(err, ERROR_IO, errno, _("cannot make a pipe for signals"));
		free(loop);
		return NULL;
	}
	for (i = 0; i < 2; i++) {
		fcntl(loop->pipe[i], F_SETFL, O_NONBLOCK);
		fcntl(loop->pipe[i], F_SETFD, FD_CLOEXEC);
	}
	wake_fd = loop->pipe[1];
	for (i = 0; i < SIGNAL_COUNT; i++) {
		caught[i] = 0;
		catch_signal(signals[i], &loop->old[i]);
	}
	return loop;
}

void loop_free(struct loop *loop)
{
	size_t i;

	if (loop == NULL)
		return;
	for (i = 0; i < SIGNAL_COUNT; i++)
		sigaction(signals[i], &loop->old[i], NULL);
	wake_fd = -1;
	close(loop->pipe[0]);
	close(loop->pipe[1]);
	free(loop->sources);
	free(loop->polls);
	free(loop);
}

void loop_stop(struct loop *loop)
{
	loop->stopped = true;
}

bool loop_is_stopped(const struct loop *loop)
{
	return loop->stopped;
}

static int source_add(struct loop *loop, struct source source)
{
	source.id = ++loop->last_id;
	VEC_PUSH(loop->sources, loop->count, loop->cap, source);
	return source.id;
}

int loop_watch(struct loop *loop, int fd, short events,
	       void (*ready)(void *data, int fd, short events), void *data)
{
	return source_add(loop, (struct source){ .kind = SOURCE_WATCH,
						 .fd = fd,
						 .events = events,
						 .data = data,
						 .call.ready = ready });
}

int loop_after(struct loop *loop, int ms, void (*due)(void *data), void *data)
{
	return source_add(loop, (struct source){ .kind = SOURCE_TIMER,
						 .due = now_ms() + ms,
						 .data = data,
						 .call.due = due });
}

int loop_idle(struct loop *loop, bool (*slice)(void *data), void *data)
{
	return source_add(
		loop, (struct source){ .kind = SOURCE_IDLE, .data = data, .call.slice = slice });
}

/* The place stays until the turn is over, so that callbacks may remove what they like. */
void loop_remove(struct loop *loop, int id)
{
	size_t i;

	for (i = 0; i < loop->count; i++)
		if (loop->sources[i].id == id)
			loop->sources[i].kind = SOURCE_ENDED;
}

static void sources_compact(struct loop *loop)
{
	size_t i, kept = 0;

	for (i = 0; i < loop->count; i++)
		if (loop->sources[i].kind != SOURCE_ENDED)
			loop->sources[kept++] = loop->sources[i];
	loop->count = kept;
}

/* Milliseconds to wait: 0 with idle work, -1 for ever. */
static int wait_time(const struct loop *loop)
{
	int64_t wait = -1, left;
	size_t i;

	for (i = 0; i < loop->count; i++) {
		if (loop->sources[i].kind == SOURCE_IDLE)
			return 0;
		if (loop->sources[i].kind != SOURCE_TIMER)
			continue;
		left = loop->sources[i].due - now_ms();
		left = left > 0 ? left : 0;
		wait = wait < 0 || left < wait ? left : wait;
	}
	return wait > 60000 ? 60000 : (int)wait;
}

/* Waits; returns how many sources were there, whose poll results lie behind the fixed ones. */
static size_t wait_for_events(struct loop *loop, int input)
{
	size_t n = loop->count, i;

	if (loop->poll_cap < n + FIXED_FDS)
		loop->polls =
			vec_grow(loop->polls, &loop->poll_cap, n + FIXED_FDS, sizeof *loop->polls);
	loop->polls[0] = (struct pollfd){ .fd = loop->pipe[0], .events = POLLIN };
	loop->polls[1] = (struct pollfd){ .fd = input, .events = POLLIN };
	for (i = 0; i < n; i++) {
		const struct source *s = &loop->sources[i];

		loop->polls[FIXED_FDS + i] =
			(struct pollfd){ .fd = s->kind == SOURCE_WATCH ? s->fd : -1,
					 .events = s->events };
	}
	if (poll(loop->polls, (nfds_t)(n + FIXED_FDS), wait_time(loop)) < 0)
		for (i = 0; i < n + FIXED_FDS; i++)
			loop->polls[i].revents = 0;
	return n;
}

static void serve_signals(struct loop *loop, const struct loop_owner *owner)
{
	char bytes[64];
	size_t i;

	while (read(loop->pipe[0], bytes, sizeof bytes) > 0)
		;
	for (i = 0; i < SIGNAL_COUNT; i++) {
		if (!caught[i])
			continue;
		caught[i] = 0;
		owner->signal(owner->data, signals[i]);
	}
}

static bool serve_input(struct loop *loop, const struct loop_owner *owner)
{
	if (loop->polls[1].revents == 0)
		return false;
	if (!owner->input(owner->data) || (loop->polls[1].revents & POLLNVAL) != 0)
		owner->signal(owner->data, SIGHUP);
	return true;
}

static bool serve_sources(struct loop *loop, size_t count)
{
	bool served = false;
	size_t i;

	for (i = 0; i < count && !loop->stopped; i++) {
		struct source s = loop->sources[i]; /* the array may move */
		short events = loop->polls[FIXED_FDS + i].revents;

		if (s.kind == SOURCE_WATCH && events != 0) {
			s.call.ready(s.data, s.fd, events);
			served = true;
		} else if (s.kind == SOURCE_TIMER && s.due <= now_ms()) {
			loop->sources[i].kind = SOURCE_ENDED;
			s.call.due(s.data);
			served = true;
		}
	}
	return served;
}

static void serve_idle(struct loop *loop, size_t count)
{
	size_t i;

	for (i = 0; i < count && !loop->stopped; i++) {
		struct source s = loop->sources[i];

		if (s.kind == SOURCE_IDLE && !s.call.slice(s.data))
			loop_remove(loop, s.id);
	}
}

void loop_run(struct loop *loop, const struct loop_owner *owner)
{
	loop->stopped = false;
	while (!loop->stopped) {
		size_t count;
		bool served;

		owner->paint(owner->data);
		count = wait_for_events(loop, owner->fd);
		if (loop->polls[0].revents != 0)
			serve_signals(loop, owner);
		served = !loop->stopped && serve_input(loop, owner);
		served |= serve_sources(loop, count);
		if (!served && !loop->stopped)
			serve_idle(loop, count);
		sources_compact(loop);
	}
}

void loop_suspend(struct loop *loop)
{
	struct sigaction stop = { .sa_handler = SIG_DFL };
	size_t i;

	(void)loop;
	sigemptyset(&stop.sa_mask);
	sigaction(SIGTSTP, &stop, NULL);
	kill(0, SIGTSTP); /* the whole job, as the terminal does it */
	catch_signal(SIGTSTP, NULL);
	for (i = 0; i < SIGNAL_COUNT; i++)
		if (signals[i] == SIGCONT || signals[i] == SIGTSTP)
			caught[i] = 0;
}
