/*
 * confined: tries everything that read-only mode forbids, without it, behind each of its walls, and
 * behind both. Without them it must be possible, as far as this user and this kernel can; behind
 * them nothing is, and what the program needs still works.
 *
 * confined --level: how far this kernel and this build can hold it: "kernel" or "program".
 *
 * confined --old PROGRAM WORD...: runs the program as on a kernel that has neither wall.
 * confined --pretending PROGRAM WORD...: on one that takes a filter of calls and never asks it.
 */
#include "config.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/confine_linux.h"
#include "tests/fault/attempts.h"
#include "tests/fault/tree.h"

enum wall { NOTHING, LANDLOCK, CALLS, BOTH };
enum { LACKING = 2 };

static const char *const wall_names[] = { "without it", "behind Landlock", "behind the filter",
					  "in read-only mode" };

static bool is_refusal(int why)
{
	return why == EPERM || why == EACCES;
}

static bool stand_behind(enum wall wall)
{
	bool files = (wall == LANDLOCK || wall == BOTH) && confine_files(),
	     calls = (wall == CALLS || wall == BOTH) && confine_calls();

	return wall == NOTHING || files || calls;
}

/* The place is made on this side of the wall, in mounts that are gone with this process. */
static void prepare(struct place *place, const char *parent)
{
	if (unshare(CLONE_NEWNS) == 0)
		mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	if (place_make(place, parent))
		return;
	printf("cannot prepare '%s': %s\n", parent, strerror(errno));
	fflush(stdout);
	_exit(1);
}

/* Runs WORK in a process of its own behind the wall; returns its exit status, 255 for a crash. */
static int apart(enum wall wall, int (*work)(const struct place *place, size_t i),
		 const char *parent, size_t i)
{
	struct place place;
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		prepare(&place, parent);
		if (!stand_behind(wall))
			_exit(LACKING);
		status = work(&place, i);
		fflush(stdout);
		_exit(status);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return 255;
	tree_empty(parent);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

/* Without a wall: 0 where it was done, 1 where it should have been. */
static int do_it(const struct place *place, size_t i)
{
	int why = attempts[i].try(place);

	if (why == 0)
		return 0;
	if ((attempts[i].flags & MAY_LACK) != 0 || (is_refusal(why) && geteuid() != 0))
		return LACKING;
	printf("%s: %s, without anything in its way\n", attempts[i].name, strerror(why));
	return 1;
}

static int refuse(const struct attempt *attempt, const struct place *place, enum wall wall)
{
	int why = attempt->try(place);

	if (is_refusal(why))
		return 0;
	printf("%s %s: %s\n", attempt->name, wall_names[wall], why != 0 ? strerror(why) : "done");
	return 1;
}

static int work_for(const struct place *place)
{
	int failed = 0;
	size_t i;

	for (i = 0; i < need_count; i++) {
		int why = needs[i].try(place);

		if (why != 0)
			printf("%s: %s, which must work\n", needs[i].name, strerror(why));
		failed |= why != 0;
	}
	return failed;
}

static int all_behind_landlock(const struct place *place, size_t unused)
{
	int failed = work_for(place);
	size_t i;

	(void)unused;
	for (i = 0; i < attempt_count; i++)
		if ((attempts[i].flags & BY_LANDLOCK) != 0)
			failed |= refuse(&attempts[i], place, LANDLOCK);
	return failed;
}

static int all_behind(const struct place *place, size_t wall)
{
	int failed = work_for(place);
	size_t i;

	for (i = 0; i < attempt_count; i++)
		failed |= refuse(&attempts[i], place, (enum wall)wall);
	return failed;
}

static int tell(enum wall wall, int status)
{
	printf("%s: %s\n", wall_names[wall],
	       status == 0         ? "nothing was done"
	       : status == LACKING ? "skipped: this kernel has no such wall"
				   : "FAILED");
	return status != 0 && status != LACKING;
}

static int try_all(const char *parent)
{
	size_t i, done = 0, lacking = 0;
	int failed = 0, status;

	for (i = 0; i < attempt_count; i++) {
		if ((attempts[i].flags & NEVER_DONE) != 0)
			continue;
		status = apart(NOTHING, do_it, parent, i);
		done += status == 0;
		lacking += status == LACKING;
		failed |= status != 0 && status != LACKING;
		if (status == LACKING)
			printf("%s: not possible here\n", attempts[i].name);
	}
	printf("%zu attempts; without anything in their way %zu are done, %zu not possible here\n",
	       attempt_count, done, lacking);
	failed |= tell(LANDLOCK, apart(LANDLOCK, all_behind_landlock, parent, LANDLOCK));
	status = apart(CALLS, all_behind, parent, CALLS);
	failed |= tell(CALLS, status);
	failed |= tell(BOTH, apart(BOTH, all_behind, parent, BOTH));
	return failed != 0 ? 1 : status == LACKING ? 77 : 0;
}

/* Has seccomp(2) answer WHY, and Landlock be missing, for this process and what it starts. */
static bool make_kernel(unsigned why)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | why),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 444, 0, 1), /* landlock_create_ruleset */
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = { sizeof steps / sizeof *steps, steps };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0;
}

static int run_on(unsigned why, char **words)
{
	if (make_kernel(why))
		execv(words[0], words);
	perror(words[0]);
	return 77;
}

int main(int argc, char **argv)
{
	char *parent;
	int status;

	if (argc == 2 && strcmp(argv[1], "--level") == 0) {
		puts(confine_process() == CONFINED_BY_KERNEL ? "kernel" : "program");
		fflush(stdout);
		_exit(0);
	}
	if (argc > 2 && strcmp(argv[1], "--old") == 0)
		return run_on(ENOSYS, argv + 2);
	if (argc > 2 && strcmp(argv[1], "--pretending") == 0)
		return run_on(0, argv + 2);
	parent = tree_new();
	status = try_all(parent);
	tree_free(parent);
	if (status == 77)
		puts("skipped: this kernel has no filter of calls");
	return status;
}
