#include "config.h"

#include "tests/bench/tty.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/bench/run.h"

static const struct {
	const char *name, *normal, *application;
} keys[] = {
	{ "<Up>", "\033[A", "\033OA" },       { "<Down>", "\033[B", "\033OB" },
	{ "<Right>", "\033[C", "\033OC" },    { "<Left>", "\033[D", "\033OD" },
	{ "<Home>", "\033[H", "\033OH" },     { "<End>", "\033[F", "\033OF" },
	{ "<PageUp>", "\033[5~", "\033[5~" }, { "<PageDown>", "\033[6~", "\033[6~" },
	{ "<F10>", "\033[21~", "\033[21~" },  { "<Enter>", "\r", "\r" },
	{ "<Esc>", "\033", "\033" },
};

static int terminal_open(int *slave)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	struct termios modes;

	if (master < 0 || grantpt(master) || unlockpt(master) ||
	    (*slave = open(ptsname(master), O_RDWR | O_NOCTTY)) < 0) {
		close(master);
		return -1;
	}
	fcntl(master, F_SETFD, FD_CLOEXEC);
	ioctl(*slave, TIOCSWINSZ, &size);
	/* A key sent before the program is ready must not be taken for its answer. */
	tcgetattr(*slave, &modes);
	modes.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	tcsetattr(*slave, TCSANOW, &modes);
	return master;
}

static void child_exec(char *const argv[], int slave, double *start)
{
	setsid();
	ioctl(slave, TIOCSCTTY, 0);
	dup2(slave, 0);
	dup2(slave, 1);
	dup2(slave, 2);
	close(slave);
	run_unblock_signals();
	*start = run_clock();
	execvp(argv[0], argv);
	_exit(127);
}

bool tty_start(struct tty *tty, char *const argv[], const char *awaited)
{
	int slave;

	*tty = (struct tty){ .scan = { .awaited = awaited } };
	tty->start = mmap(NULL, sizeof *tty->start, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (tty->start == MAP_FAILED)
		return false;
	tty->fd = terminal_open(&slave);
	if (tty->fd >= 0) {
		tty->pid = fork();
		if (tty->pid == 0)
			child_exec(argv, slave, tty->start);
		close(slave);
		if (tty->pid > 0)
			return true;
		close(tty->fd);
	}
	munmap(tty->start, sizeof *tty->start);
	return false;
}

static void send_bytes(struct tty *tty, const char *bytes, size_t len)
{
	if (!tty->closed && write(tty->fd, bytes, len) < 0)
		tty->closed = true;
}

void tty_send(struct tty *tty, const char *text)
{
	size_t i, len;

	for (; *text; text += len) {
		const char *bytes = text;
		size_t count = 1;

		len = 1;
		for (i = 0; i < ARRAY_SIZE(keys); i++) {
			if (strncmp(text, keys[i].name, strlen(keys[i].name)))
				continue;
			len = strlen(keys[i].name);
			bytes = tty->scan.application_keys ? keys[i].application : keys[i].normal;
			count = strlen(bytes);
			break;
		}
		send_bytes(tty, bytes, count);
	}
}

/* Reads what comes within LIMIT seconds, once. Returns how much, and sets WHEN; 0 where nothing
 * came. */
static size_t read_some(struct tty *tty, double limit, double *when)
{
	struct pollfd ready = { .fd = tty->fd, .events = POLLIN };
	char bytes[8192];
	ssize_t count, i;

	if (tty->closed || limit < 0 || run_interrupted() ||
	    poll(&ready, 1, (int)(limit * 1000 + 0.999)) <= 0)
		return 0;
	count = read(tty->fd, bytes, sizeof bytes);
	*when = run_clock();
	if (count <= 0) {
		tty->closed = true;
		return 0;
	}
	for (i = 0; i < count; i++) {
		const char *answer = scan_byte(&tty->scan, (unsigned char)bytes[i]);

		if (answer)
			send_bytes(tty, answer, strlen(answer));
	}
	if (tty->scan.visible && !tty->visible_at)
		tty->visible_at = *when;
	if (tty->scan.found && !tty->found_at)
		tty->found_at = *when;
	return (size_t)count;
}

double tty_wait(struct tty *tty, bool found, double limit)
{
	const double *moment = found ? &tty->found_at : &tty->visible_at;
	double end = run_clock() + limit, when;

	while (!*moment) {
		if (!read_some(tty, end - run_clock(), &when))
			return -1;
	}
	return *moment - *tty->start;
}

struct tty_answer tty_settle(struct tty *tty, double from, double quiet)
{
	struct tty_answer answer = { 0, 0 };
	double limit = 1, when;
	size_t count;

	while ((count = read_some(tty, limit, &when))) {
		answer.settled = when - from;
		answer.bytes += count;
		limit = quiet;
	}
	return answer;
}

void tty_stop(struct tty *tty, int *status)
{
	struct run_cost cost = { .status = 128 + SIGKILL };
	double end = run_clock() + 2, when;

	kill(tty->pid, SIGTERM);
	while (run_clock() < end && !tty->closed)
		read_some(tty, 0.02, &when);
	if (!run_wait(tty->pid, tty->closed ? 1 : 0, &cost)) {
		kill(tty->pid, SIGKILL);
		waitpid(tty->pid, NULL, 0);
	}
	close(tty->fd);
	munmap(tty->start, sizeof *tty->start);
	*status = cost.status;
}
