#include "config.h"

#if defined __linux__ && defined HAVE_LINUX_SECCOMP_H

#include "base/confine_linux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/xalloc.h"

/* The processors whose calls are all among those below. */
#if defined __x86_64__ && defined __LP64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__ && defined __LP64__ && defined __AARCH64EL__
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

#ifdef ARCHITECTURE

/*
 * The last call of Linux 6.18. A newer one does not exist, as far as this process is told: whoever
 * asks for it has another way, because kernels are older than programs now and then.
 */
enum { LAST_CALL = 469 };

/* Calls that this system's headers may not know. */
#ifndef SYS_faccessat2
#define SYS_faccessat2 439
#endif
#define CALL_MSEAL 462

/*
 * What may be called with any arguments. Nothing here changes anything outside of this process, but
 * for writing to what is open: nothing opens a file for that.
 */
static const int harmless[] = {
#ifdef __x86_64__ /* by their names from before there were better ones */
	SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_getdents, SYS_dup2, SYS_pipe, SYS_poll,
	SYS_select, SYS_inotify_init, SYS_pause, SYS_time, SYS_getpgrp, SYS_getrlimit,
#endif
	/* files that are open */
	SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_preadv, SYS_lseek, SYS_close,
	SYS_dup, SYS_dup3, SYS_pipe2, SYS_ppoll, SYS_pselect6, SYS_fadvise64,
	/* the tree */
	SYS_fstat, SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs, SYS_faccessat,
	SYS_faccessat2, SYS_readlinkat, SYS_getdents64, SYS_getcwd, SYS_getxattr, SYS_lgetxattr,
	SYS_fgetxattr, SYS_listxattr, SYS_llistxattr, SYS_flistxattr, SYS_inotify_init1,
	SYS_inotify_add_watch, SYS_inotify_rm_watch,
	/* memory */
	SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_mincore, SYS_brk,
	SYS_mlock, SYS_mlock2, SYS_munlock, CALL_MSEAL, SYS_futex, SYS_getrandom,
	/* signals, and the end */
	SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigpending,
	SYS_rt_sigsuspend, SYS_rt_sigtimedwait, SYS_sigaltstack, SYS_restart_syscall, SYS_wait4,
	SYS_waitid, SYS_exit, SYS_exit_group,
	/* what time it is, and who one is */
	SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_nanosleep, SYS_clock_nanosleep,
	SYS_times, SYS_getrusage, SYS_uname, SYS_sysinfo, SYS_getpid, SYS_getppid, SYS_gettid,
	SYS_getpgid, SYS_getsid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_getgroups,
	SYS_getresuid, SYS_getresgid, SYS_getcpu, SYS_sched_yield, SYS_sched_getaffinity
};

/* An argument, of which the bits of MASK must be VALUE. */
struct argument {
	unsigned offset; /* within struct seccomp_data */
	uint32_t mask, value;
};

#define LOW(n)  offsetof(struct seccomp_data, args[n])
#define HIGH(n) (LOW(n) + sizeof(uint32_t))
#define IS(n, what)                                                                                \
	{                                                                                          \
		LOW(n), UINT32_MAX, what                                                           \
	}

/* O_TMPFILE without the folder that it needs. */
#define OPEN_WRITES ((uint32_t)(O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY)))

/* What may be called with these arguments alone; a call may have several rows. */
static const struct row {
	int call;
	unsigned count;
	struct argument arguments[2];
} rows[] = {
	{ SYS_openat, 1, { { LOW(2), OPEN_WRITES, O_RDONLY } } },
#ifdef __x86_64__
	{ SYS_open, 1, { { LOW(1), OPEN_WRITES, O_RDONLY } } },
#endif
	{ SYS_fcntl, 1, { IS(1, F_DUPFD) } },
	{ SYS_fcntl, 1, { IS(1, F_DUPFD_CLOEXEC) } },
	{ SYS_fcntl, 1, { IS(1, F_GETFD) } },
	{ SYS_fcntl, 1, { IS(1, F_SETFD) } },
	{ SYS_fcntl, 1, { IS(1, F_GETFL) } },
	{ SYS_fcntl, 1, { IS(1, F_SETFL) } },
	/* The terminal's modes and size, but nothing that types into it or changes a file's flags.
	 */
	{ SYS_ioctl, 1, { IS(1, TCGETS) } },
	{ SYS_ioctl, 1, { IS(1, TCSETS) } },
	{ SYS_ioctl, 1, { IS(1, TCSETSW) } },
	{ SYS_ioctl, 1, { IS(1, TCSETSF) } },
	{ SYS_ioctl, 1, { IS(1, 0x802c542a) } }, /* the same four with speeds: TCGETS2, ... */
	{ SYS_ioctl, 1, { IS(1, 0x402c542b) } },
	{ SYS_ioctl, 1, { IS(1, 0x402c542c) } },
	{ SYS_ioctl, 1, { IS(1, 0x402c542d) } },
	{ SYS_ioctl, 1, { IS(1, TCSBRK) } },
	{ SYS_ioctl, 1, { IS(1, TCXONC) } },
	{ SYS_ioctl, 1, { IS(1, TCFLSH) } },
	{ SYS_ioctl, 1, { IS(1, TIOCGPGRP) } },
	{ SYS_ioctl, 1, { IS(1, TIOCGWINSZ) } },
	{ SYS_ioctl, 1, { IS(1, FIONREAD) } },
	/* The whole job stops, as when the terminal does it. */
	{ SYS_kill, 2, { IS(0, 0), IS(1, SIGTSTP) } },
	/* A limit is asked for. */
	{ SYS_prlimit64, 2, { IS(2, 0), { HIGH(2), UINT32_MAX, 0 } } },
};

enum {
	MOST_ARGUMENTS = 2,
	ROW_MOST = 3 + 3 * MOST_ARGUMENTS,
	PROGRAM_MOST = 16 + 2 * ARRAY_SIZE(harmless) + ROW_MOST * (ARRAY_SIZE(rows) + 2),
};

struct program {
	struct sock_filter steps[PROGRAM_MOST];
	unsigned short count;
};

static void add(struct program *p, struct sock_filter step)
{
	p->steps[p->count++] = step;
}

static void load(struct program *p, unsigned offset)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset));
}

/* Ends with that answer, which is an action of seccomp(2). */
static void answer(struct program *p, uint32_t action)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

/* Goes over so many steps where what was loaded is not VALUE. */
static void unless(struct program *p, uint32_t value, size_t steps)
{
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0,
					    (unsigned char)steps));
}

static void add_row(struct program *p, const struct row *row)
{
	unsigned i;

	load(p, offsetof(struct seccomp_data, nr));
	unless(p, (uint32_t)row->call, 3 * row->count + 1);
	for (i = 0; i < row->count; i++) {
		const struct argument *a = &row->arguments[i];

		load(p, a->offset);
		add(p, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, a->mask));
		unless(p, a->value, 3 * (row->count - i - 1) + 1);
	}
	answer(p, SECCOMP_RET_ALLOW);
}

static void build(struct program *p)
{
	const uint32_t self = (uint32_t)getpid();
	const struct row own[] = { { SYS_kill, 1, { IS(0, self) } },
				   { SYS_tgkill, 1, { IS(0, self) } } };
	size_t i;

	/* The calls of another processor have other numbers; x86 can do so at any time. */
	load(p, offsetof(struct seccomp_data, arch));
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
	answer(p, SECCOMP_RET_ERRNO | EPERM);
	load(p, offsetof(struct seccomp_data, nr));
	for (i = 0; i < ARRAY_SIZE(harmless); i++) {
		unless(p, (uint32_t)harmless[i], 1);
		answer(p, SECCOMP_RET_ALLOW);
	}
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, LAST_CALL, 0, 1));
	answer(p, SECCOMP_RET_ERRNO | ENOSYS);
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		add_row(p, &rows[i]);
	for (i = 0; i < ARRAY_SIZE(own); i++)
		add_row(p, &own[i]);
	answer(p, SECCOMP_RET_ERRNO | EPERM);
}

bool confine_calls(void)
{
	struct program p = { .count = 0 };
	struct sock_fprog filter = { .filter = p.steps };

	build(&p);
	filter.len = p.count;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW,
		    &filter) != 0)
		return false;
	/* Some that stand in for a kernel take the filter and do not ask it. Without one this is
	 * another error. */
	return syscall(SYS_truncate, NULL, 0L) != 0 && errno == EPERM;
}

#else

bool confine_calls(void)
{
	return false;
}

#endif
#endif
