#include "config.h"

#include "ui/term_guard.h"

#include <signal.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "base/fatal.h"
#include "ui/curses_wide.h"

#include <term.h> /* needs curses before it */

/*
 * What a signal handler needs to restore the terminal without curses, which may be in the middle of
 * anything: the modes from before, and the bytes to send.
 */
static struct {
	volatile sig_atomic_t armed;
	int fd;
	bool have_modes;
	struct termios modes;
	char bytes[512];
	size_t len;
} guard;

static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

static int collect(int c)
{
	if (guard.len < sizeof guard.bytes)
		guard.bytes[guard.len++] = (char)c;
	return c;
}

static void collect_string(const char *capability)
{
	const char *s = tigetstr(capability);

	if (s != NULL && s != (const char *)-1)
		tputs(s, 1, collect);
}

static void restore_modes(void)
{
	if (guard.have_modes)
		tcsetattr(guard.fd, TCSANOW, &guard.modes);
}

static void on_crash(int number)
{
	if (guard.armed) {
		guard.armed = 0;
		if (write(guard.fd, guard.bytes, guard.len) < 0)
			guard.len = 0;
		restore_modes();
	}
	raise(number); /* SA_RESETHAND gave it its deadly meaning back */
}

/* For fatal() and exit(). */
static void on_end(void)
{
	if (!guard.armed)
		return;
	guard.armed = 0;
	endwin();
}

static void catch_crashes(void)
{
	size_t i;

	for (i = 0; i < sizeof crashes / sizeof *crashes; i++) {
		struct sigaction act = { .sa_handler = on_crash, .sa_flags = (int)SA_RESETHAND };
		struct sigaction old;

		sigemptyset(&act.sa_mask);
		/* Whoever watches for crashes already, such as a sanitizer, goes on doing so. */
		if (sigaction(crashes[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			sigaction(crashes[i], &act, NULL);
	}
}

void term_guard_prepare(int fd)
{
	guard.fd = fd;
	guard.have_modes = tcgetattr(fd, &guard.modes) == 0;
}

void term_guard_arm(void)
{
	static bool registered;
	const char *mouse_off = tigetstr("XM");

	guard.len = 0;
	if (mouse_off != NULL && mouse_off != (const char *)-1)
		tputs("\033[?1006;1000l", 1, collect);
	collect_string("sgr0");
	collect_string("rmkx");
	collect_string("cnorm");
	collect_string("rmcup");
	guard.armed = 1;
	fatal_set_hook(on_end);
	if (!registered)
		atexit(on_end);
	registered = true;
	catch_crashes();
}

void term_guard_disarm(void)
{
	size_t i;

	guard.armed = 0;
	fatal_set_hook(NULL);
	for (i = 0; i < sizeof crashes / sizeof *crashes; i++) {
		struct sigaction act = { .sa_handler = SIG_DFL }, old;

		sigemptyset(&act.sa_mask);
		if (sigaction(crashes[i], NULL, &old) == 0 && old.sa_handler == on_crash)
			sigaction(crashes[i], &act, NULL);
	}
}
