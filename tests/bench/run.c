#include "config.h"

#include "tests/bench/run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

double run_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static sigset_t ending_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	return set;
}

static void ignore(int signal)
{
	(void)signal;
}

void run_block_signals(void)
{
	/* A signal whose default is to be ignored need not become pending; one with a handler does.
	 */
	struct sigaction action = { .sa_handler = ignore };
	sigset_t set = ending_signals();

	sigaction(SIGCHLD, &action, NULL);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

void run_unblock_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

bool run_interrupted(void)
{
	sigset_t pending;

	sigpending(&pending);
	return sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) ||
	       sigismember(&pending, SIGHUP);
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

bool run_wait(pid_t pid, double limit, struct run_cost *cost)
{
	double end = run_clock() + limit, left;
	struct rusage usage;
	sigset_t child;
	int status;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	while (wait4(pid, &status, WNOHANG, &usage) == 0) {
		struct timespec pause;

		left = end - run_clock();
		if (left <= 0 || run_interrupted())
			return false;
		left = left < 1 ? left : 1; /* how soon an interruption is seen */
		pause.tv_sec = (time_t)left;
		pause.tv_nsec = (long)((left - (double)pause.tv_sec) * 1e9);
		sigtimedwait(&child, NULL, &pause);
	}
	if (cost) {
		cost->cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
		cost->peak = usage.ru_maxrss * 1024;
		cost->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
	return true;
}

static void child_exec(char *const argv[])
{
	int null = open("/dev/null", O_RDWR);

	setpgid(0, 0);
	run_unblock_signals();
	dup2(null, 0);
	dup2(null, 1);
	dup2(null, 2);
	close(null);
	execvp(argv[0], argv);
	_exit(127);
}

bool run_command(char *const argv[], double limit, struct run_cost *cost)
{
	double start = run_clock();
	pid_t pid = fork();

	if (pid < 0)
		return false;
	if (pid == 0)
		child_exec(argv);
	if (run_wait(pid, limit, cost)) {
		cost->wall = run_clock() - start;
		return true;
	}
	kill(-pid, SIGKILL);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return false;
}
