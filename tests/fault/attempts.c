#include "config.h"

#include "tests/fault/attempts.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/fs.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* Calls by their numbers, which the system's headers may not know; since 424 all processors have
 * the same. */
enum {
	CALL_PIDFD_SEND_SIGNAL = 424,
	CALL_IO_URING_SETUP = 425,
	CALL_OPEN_TREE = 428,
	CALL_FSOPEN = 430,
	CALL_PIDFD_OPEN = 434,
	CALL_CLONE3 = 435,
	CALL_OPENAT2 = 437,
	CALL_FCHMODAT2 = 452,
	CALL_SETXATTRAT = 463,
	CALL_FILE_SETATTR = 469,
	CALL_NEWER = 4000, /* far from any kernel */
};

static int did(long result)
{
	return result < 0 ? errno : 0;
}

/* An open that must not give anything. */
static int got(long fd)
{
	if (fd < 0)
		return errno;
	close((int)fd);
	return 0;
}

/* A child of ours, which ends at once. */
static int got_child(long pid)
{
	if (pid == 0)
		_exit(0);
	if (pid > 0)
		waitpid((pid_t)pid, NULL, 0);
	return did(pid);
}

#define TRY(name, expression)                                                                      \
	static int try_##name(const struct place *p)                                               \
	{                                                                                          \
		(void)p;                                                                           \
		return expression;                                                                 \
	}

/* Files. */
TRY(open_write, got(open(p->file, O_WRONLY)))
TRY(open_both, got(open(p->file, O_RDWR)))
TRY(open_append, got(openat(AT_FDCWD, p->file, O_WRONLY | O_APPEND)))
TRY(open_truncate, got(open(p->file, O_RDONLY | O_TRUNC)))
TRY(open_relative, got(openat(p->opened_folder, "file", O_RDWR)))
TRY(open_create, got(open(p->new, O_WRONLY | O_CREAT, 0600)))
TRY(open_create_read, got(open(p->new, O_RDONLY | O_CREAT, 0600)))
TRY(creat, got(creat(p->new, 0600)))
TRY(open_unnamed, got(open(p->folder, O_RDWR | O_TMPFILE, 0600)))
TRY(open_null, got(open("/dev/null", O_WRONLY)))
TRY(open_again, got(open("/proc/self/fd/0", O_WRONLY)))
TRY(open_memory, got(open(p->memory, O_RDWR)))
TRY(rename, did(rename(p->file, p->new)))
TRY(rename_over, did(rename(p->file, p->other)))
TRY(renameat2, did(syscall(SYS_renameat2, AT_FDCWD, p->file, AT_FDCWD, p->other, 2)))
TRY(unlink, did(unlink(p->file)))
TRY(unlinkat, did(unlinkat(p->opened_folder, "file", 0)))
TRY(rmdir, did(rmdir(p->empty)))
TRY(mkdir, did(mkdir(p->new, 0700)))
TRY(link, did(link(p->file, p->new)))
TRY(link_open, did(linkat(p->opened, "", AT_FDCWD, p->new, AT_EMPTY_PATH)))
TRY(symlink, did(symlink("file", p->new)))
TRY(mkfifo, did(mkfifo(p->new, 0600)))
TRY(mknod, did(mknod(p->new, S_IFCHR | 0600, (dev_t)0x103)))
TRY(chmod, did(chmod(p->file, 0640)))
TRY(fchmod, did(fchmod(p->opened, 0640)))
TRY(fchmodat2, did(syscall(CALL_FCHMODAT2, AT_FDCWD, p->file, 0640, 0)))
TRY(chown, did(chown(p->file, 1, 1)))
TRY(lchown, did(lchown(p->link, 1, 1)))
TRY(fchown, did(fchown(p->opened, 1, 1)))
TRY(utimensat, did(utimensat(AT_FDCWD, p->file, NULL, 0)))
TRY(futimens, did(futimens(p->opened, NULL)))
TRY(utimes, did(utimes(p->file, NULL)))
TRY(setxattr, did(setxattr(p->file, "user.tried", "x", 1, 0)))
TRY(fsetxattr, did(fsetxattr(p->opened, "user.tried", "x", 1, 0)))
TRY(lsetxattr, did(lsetxattr(p->file, "trusted.tried", "x", 1, 0)))
TRY(removexattr, did(removexattr(p->file, "user.there")))
TRY(truncate, did(truncate(p->file, 0)))
TRY(lock, did(flock(p->opened, LOCK_SH | LOCK_NB)))
TRY(chroot, did(chroot(p->folder)))
TRY(mount, did(mount("none", p->empty, "tmpfs", 0, NULL)))
TRY(bind_mount, did(mount(p->folder, p->empty, NULL, MS_BIND, NULL)))
TRY(remount, did(mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_NOSUID, NULL)))
TRY(umount, did(umount(p->empty)))
TRY(open_tree, got(syscall(CALL_OPEN_TREE, AT_FDCWD, p->folder, 1)))
TRY(fsopen, got(syscall(CALL_FSOPEN, "tmpfs", 0)))
TRY(unshare, did(unshare(CLONE_NEWNS)))

static int try_openat2(const struct place *p)
{
	const uint64_t how[3] = { O_WRONLY };

	return got(syscall(CALL_OPENAT2, AT_FDCWD, p->file, how, sizeof how));
}

static int try_open_handle(const struct place *p)
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} h = { .handle = { .handle_bytes = MAX_HANDLE_SZ } };
	int id;

	if (name_to_handle_at(AT_FDCWD, p->file, &h.handle, &id, 0) != 0)
		return errno;
	return got(open_by_handle_at(p->opened_folder, &h.handle, O_WRONLY));
}

static int try_lock_file(const struct place *p)
{
	struct flock lock = { .l_type = F_RDLCK };

	return did(fcntl(p->opened, F_SETLK, &lock));
}

static int try_setxattrat(const struct place *p)
{
	const struct {
		uint64_t value;
		uint32_t size, flags;
	} args = { (uint64_t)(uintptr_t) "x", 1, 0 };

	return did(
		syscall(CALL_SETXATTRAT, AT_FDCWD, p->file, 0, "user.tried", &args, sizeof args));
}

static int try_file_setattr(const struct place *p)
{
	const uint64_t attributes[3] = { FS_XFLAG_NODUMP };

	return did(syscall(CALL_FILE_SETATTR, AT_FDCWD, p->file, attributes, sizeof attributes, 0));
}

static int try_set_flags(const struct place *p)
{
	long flags = FS_NODUMP_FL;

	return did(ioctl(p->opened, FS_IOC_SETFLAGS, &flags));
}

static int try_copy_out(const struct place *p)
{
	int fd = open(p->other, O_WRONLY);
	ssize_t n = fd >= 0 ? sendfile(fd, p->opened, NULL, 1) : -1;
	int why = did(n);

	if (fd >= 0)
		close(fd);
	return why;
}

/* The network, and programs that listen. */
TRY(socket_unix, got(socket(AF_UNIX, SOCK_STREAM, 0)))
TRY(socket_inet, got(socket(AF_INET, SOCK_STREAM, 0)))
TRY(socket_udp, got(socket(AF_INET, SOCK_DGRAM, 0)))
TRY(socket_netlink, got(socket(AF_NETLINK, SOCK_RAW, 6)))
TRY(socket_key, got(socket(AF_KEY, SOCK_RAW, 2)))
TRY(connect_unix, did(connect(p->unix_fd, (const void *)&p->unix_at, sizeof p->unix_at)))
TRY(connect_inet, did(connect(p->inet_fd, (const void *)&p->inet_at, sizeof p->inet_at)))
TRY(sendto, did(sendto(p->raw_fd, "x", 1, 0, (const void *)&p->inet_at, sizeof p->inet_at)))
TRY(listen, did(listen(p->inet_fd, 1)))

static int try_bind(const struct place *p)
{
	struct sockaddr_in any = { .sin_family = AF_INET,
				   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	return did(bind(p->inet_fd, (void *)&any, sizeof any));
}

static int try_socketpair(const struct place *p)
{
	int ends[2];

	(void)p;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		return errno;
	close(ends[0]);
	close(ends[1]);
	return 0;
}

/* Programs and other processes. */
static char *const no_words[] = { "false", NULL }, *const no_environment[] = { NULL };

TRY(execve, did(execve("/bin/false", no_words, no_environment)))
TRY(execveat, did(syscall(SYS_execveat, AT_FDCWD, "/bin/false", no_words, no_environment, 0)))
TRY(system, system("true") == 0 ? 0 : errno)
TRY(fork, got_child(fork()))
TRY(fork_call, got_child(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL)))
TRY(kill, did(kill(p->victim, SIGCONT)))
TRY(kill_test, did(kill(p->victim, 0)))
TRY(kill_all, did(kill(-1, 0)))
TRY(kill_job, did(kill(0, SIGCONT)))
TRY(tgkill, did(syscall(SYS_tgkill, p->victim, p->victim, SIGCONT)))
TRY(tkill, did(syscall(SYS_tkill, p->victim, SIGCONT)))
TRY(pidfd_open, got(syscall(CALL_PIDFD_OPEN, p->victim, 0)))
TRY(pidfd_send, did(syscall(CALL_PIDFD_SEND_SIGNAL, p->victim_lives, 0, NULL, 0)))
TRY(ptrace, did(ptrace(PTRACE_SEIZE, p->victim, NULL, NULL)))
TRY(setpriority, did(setpriority(PRIO_PROCESS, (id_t)p->victim, 1)))
TRY(other_limit, did(prlimit(p->victim, RLIMIT_CORE, &(struct rlimit){ 0, 0 }, NULL)))

static int try_clone3(const struct place *p)
{
	const uint64_t args[8] = { [4] = SIGCHLD };

	(void)p;
	return got_child(syscall(CALL_CLONE3, args, sizeof args));
}

static int try_sigqueue(const struct place *p)
{
	return did(sigqueue(p->victim, SIGCONT, (union sigval){ 0 }));
}

static int try_write_other(const struct place *p)
{
	static char here[] = "x";
	struct iovec piece = { here, 1 };

	return did(process_vm_writev(p->victim, &piece, 1, &piece, 1, 0));
}

/* The machine, and who one is. */
TRY(setuid, did(setuid(0)))
TRY(setgid, did(setgid(0)))
TRY(setgroups, did(setgroups(0, NULL)))
TRY(setresuid, did(setresuid((uid_t)-1, (uid_t)-1, (uid_t)-1)))
TRY(setsid, did(setsid()))
TRY(dumpable, did(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)))
TRY(own_limit, did(setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 })))
TRY(sethostname, did(sethostname("tried", 5)))
TRY(settimeofday, did(settimeofday(&(struct timeval){ 1, 0 }, NULL)))
TRY(reboot, did(syscall(SYS_reboot, 0, 0, 0, NULL)))
TRY(swapon, did(syscall(SYS_swapon, p->file, 0)))
TRY(init_module, did(syscall(SYS_init_module, NULL, 0, "")))
TRY(bpf, did(syscall(SYS_bpf, 99, NULL, 0)))
TRY(io_uring, got(syscall(CALL_IO_URING_SETUP, 1, (char[120]){ 0 })))
TRY(memfd, got(memfd_create("tried", 0)))
TRY(shmget, did(shmget(IPC_PRIVATE, 4096, 0600)))
TRY(add_key, did(syscall(SYS_add_key, "user", "tried", "x", (size_t)1, -2)))
TRY(syslog, did(syscall(SYS_syslog, 8, NULL, 1)))

static int try_type_ahead(const struct place *p)
{
	(void)p;
	return did(ioctl(STDIN_FILENO, TIOCSTI, "x"));
}

#ifdef __x86_64__
/* getpid of the 32-bit processor, whose number is another call here. */
static int try_other_numbers(const struct place *p)
{
	long result = 20;

	(void)p;
	__asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
	return result < 0 ? (int)-result : 0;
}
#endif

/* A table reads best as rows. */
/* clang-format off */
const struct attempt attempts[] = {
	{ "open to write", try_open_write, BY_LANDLOCK },
	{ "open to read and write", try_open_both, BY_LANDLOCK },
	{ "open to append", try_open_append, BY_LANDLOCK },
	{ "open and truncate", try_open_truncate, MAY_LACK },
	{ "open below an open folder", try_open_relative, BY_LANDLOCK },
	{ "openat2", try_openat2, BY_LANDLOCK | MAY_LACK },
	{ "open by handle", try_open_handle, BY_LANDLOCK | MAY_LACK },
	{ "create", try_open_create, BY_LANDLOCK },
	{ "create to read", try_open_create_read, BY_LANDLOCK },
	{ "creat", try_creat, BY_LANDLOCK },
	{ "create without a name", try_open_unnamed, BY_LANDLOCK | MAY_LACK },
	{ "open /dev/null to write", try_open_null, BY_LANDLOCK },
	{ "open an open file again", try_open_again, MAY_LACK },
	{ "open the machine's memory", try_open_memory, BY_LANDLOCK | MAY_LACK },
	{ "write to what was opened", try_copy_out, BY_LANDLOCK },
	{ "rename", try_rename, BY_LANDLOCK },
	{ "rename over another", try_rename_over, BY_LANDLOCK },
	{ "exchange two names", try_renameat2, BY_LANDLOCK | MAY_LACK },
	{ "unlink", try_unlink, BY_LANDLOCK },
	{ "unlinkat", try_unlinkat, BY_LANDLOCK },
	{ "rmdir", try_rmdir, BY_LANDLOCK },
	{ "mkdir", try_mkdir, BY_LANDLOCK },
	{ "link", try_link, BY_LANDLOCK },
	{ "link what is open", try_link_open, MAY_LACK },
	{ "symlink", try_symlink, BY_LANDLOCK },
	{ "make a fifo", try_mkfifo, BY_LANDLOCK },
	{ "make a device", try_mknod, BY_LANDLOCK | MAY_LACK },
	{ "chmod", try_chmod, 0 },
	{ "fchmod", try_fchmod, 0 },
	{ "fchmodat2", try_fchmodat2, MAY_LACK },
	{ "chown", try_chown, 0 },
	{ "lchown", try_lchown, 0 },
	{ "fchown", try_fchown, 0 },
	{ "utimensat", try_utimensat, 0 },
	{ "futimens", try_futimens, 0 },
	{ "utimes", try_utimes, 0 },
	{ "setxattr", try_setxattr, MAY_LACK },
	{ "fsetxattr", try_fsetxattr, MAY_LACK },
	{ "lsetxattr", try_lsetxattr, MAY_LACK },
	{ "setxattrat", try_setxattrat, MAY_LACK },
	{ "removexattr", try_removexattr, MAY_LACK },
	{ "file_setattr", try_file_setattr, MAY_LACK },
	{ "set a file's flags", try_set_flags, MAY_LACK },
	{ "truncate", try_truncate, 0 },
	{ "flock", try_lock, 0 },
	{ "lock for reading", try_lock_file, 0 },
	{ "chroot", try_chroot, ALONE },
	{ "mount", try_mount, ALONE | MAY_LACK },
	{ "bind mount", try_bind_mount, ALONE | MAY_LACK },
	{ "remount", try_remount, NEVER_DONE },
	{ "umount", try_umount, NEVER_DONE },
	{ "open_tree", try_open_tree, ALONE | MAY_LACK },
	{ "fsopen", try_fsopen, MAY_LACK },
	{ "unshare", try_unshare, ALONE | MAY_LACK },
	{ "a unix socket", try_socket_unix, 0 },
	{ "a TCP socket", try_socket_inet, 0 },
	{ "a UDP socket", try_socket_udp, 0 },
	{ "a netlink socket", try_socket_netlink, MAY_LACK },
	{ "a PF_KEY socket", try_socket_key, MAY_LACK },
	{ "a pair of sockets", try_socketpair, 0 },
	{ "connect to a unix socket", try_connect_unix, 0 },
	{ "connect to a TCP port", try_connect_inet, 0 },
	{ "bind", try_bind, 0 },
	{ "listen", try_listen, 0 },
	{ "send", try_sendto, 0 },
	{ "execve", try_execve, NEVER_DONE | BY_LANDLOCK },
	{ "execveat", try_execveat, NEVER_DONE | BY_LANDLOCK },
	{ "system", try_system, ALONE },
	{ "fork", try_fork, ALONE },
	{ "fork by clone", try_fork_call, ALONE },
	{ "clone3", try_clone3, ALONE | MAY_LACK },
	{ "kill", try_kill, 0 },
	{ "kill with no signal", try_kill_test, 0 },
	{ "kill all", try_kill_all, 0 },
	{ "kill the job with another signal", try_kill_job, 0 },
	{ "tgkill", try_tgkill, 0 },
	{ "tkill", try_tkill, 0 },
	{ "sigqueue", try_sigqueue, 0 },
	{ "pidfd_open", try_pidfd_open, MAY_LACK },
	{ "pidfd_send_signal", try_pidfd_send, NEVER_DONE },
	{ "ptrace", try_ptrace, ALONE | MAY_LACK },
	{ "write another's memory", try_write_other, MAY_LACK },
	{ "setpriority", try_setpriority, 0 },
	{ "another's limits", try_other_limit, 0 },
	{ "setuid", try_setuid, ALONE },
	{ "setgid", try_setgid, ALONE },
	{ "setgroups", try_setgroups, ALONE | MAY_LACK },
	{ "setresuid", try_setresuid, ALONE },
	{ "setsid", try_setsid, NEVER_DONE },
	{ "allow a dump", try_dumpable, ALONE },
	{ "own limits", try_own_limit, ALONE },
	{ "sethostname", try_sethostname, NEVER_DONE },
	{ "settimeofday", try_settimeofday, NEVER_DONE },
	{ "reboot", try_reboot, NEVER_DONE },
	{ "swapon", try_swapon, NEVER_DONE },
	{ "load a kernel module", try_init_module, NEVER_DONE },
	{ "bpf", try_bpf, NEVER_DONE },
	{ "io_uring", try_io_uring, MAY_LACK },
	{ "memory as a file", try_memfd, 0 },
	{ "shared memory", try_shmget, NEVER_DONE },
	{ "a key of the kernel", try_add_key, MAY_LACK },
	{ "the kernel's log", try_syslog, NEVER_DONE },
	{ "type into the terminal", try_type_ahead, NEVER_DONE },
#ifdef __x86_64__
	{ "a call of another processor", try_other_numbers, NEVER_DONE },
#endif
};
/* clang-format on */
const size_t attempt_count = sizeof attempts / sizeof *attempts;

/* What must work. */
static volatile sig_atomic_t caught;

static void on_signal(int number)
{
	caught = number;
}

static int need_read(const struct place *p)
{
	char bytes[8];
	int fd = open(p->file, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, bytes, sizeof bytes) : -1;
	int why = did(n);

	if (fd >= 0)
		close(fd);
	return why;
}

static int need_list(const struct place *p)
{
	DIR *dir = opendir(p->folder);
	int why = dir == NULL ? errno : 0;

	if (dir != NULL) {
		why = readdir(dir) != NULL ? 0 : errno;
		closedir(dir);
	}
	return why;
}

static int need_look(const struct place *p)
{
	struct stat st;
	char text[64];

	if (stat(p->file, &st) != 0 || lstat(p->link, &st) != 0 || fstat(p->opened, &st) != 0)
		return errno;
	if (access(p->file, R_OK) != 0 || readlink(p->link, text, sizeof text) < 0)
		return errno;
	return getxattr(p->file, "user.none", text, sizeof text) < 0 && errno == EPERM ? EPERM : 0;
}

static int need_memory(const struct place *p)
{
	size_t size = (size_t)4 << 20;
	char *bytes = malloc(size);

	(void)p;
	if (bytes == NULL || (bytes = realloc(bytes, size * 4)) == NULL)
		return ENOMEM;
	free(bytes);
	bytes = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (bytes == MAP_FAILED || mlock(bytes, 4096) != 0 || mprotect(bytes, 4096, PROT_READ) != 0)
		return errno;
	return did(munmap(bytes, 4096));
}

static int need_signal(const struct place *p)
{
	struct sigaction act = { .sa_handler = on_signal };

	(void)p;
	caught = 0;
	if (sigaction(SIGUSR1, &act, NULL) != 0 || raise(SIGUSR1) != 0 || caught != SIGUSR1)
		return errno;
	caught = 0;
	return kill(getpid(), SIGUSR1) == 0 && caught == SIGUSR1 ? 0 : errno;
}

static int need_wait(const struct place *p)
{
	struct pollfd poll_fd = { .events = POLLIN };
	struct timespec now;
	int ends[2], why;

	(void)p;
	if (pipe(ends) != 0)
		return errno;
	poll_fd.fd = ends[0];
	why = fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 && write(ends[1], "x", 1) == 1 &&
			      poll(&poll_fd, 1, 1000) == 1 &&
			      clock_gettime(CLOCK_MONOTONIC, &now) == 0
		      ? 0
		      : errno;
	close(ends[0]);
	close(ends[1]);
	return why;
}

static int need_terminal(const struct place *p)
{
	struct termios modes;
	struct winsize size;

	(void)p;
	/* Whatever it is: no terminal, but not refused. */
	if (tcgetattr(STDIN_FILENO, &modes) == 0)
		return did(tcsetattr(STDIN_FILENO, TCSADRAIN, &modes));
	if (errno == EPERM || errno == EACCES)
		return errno;
	return ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0 && errno == EPERM ? EPERM : 0;
}

/* Whoever asks for it goes another way, as on an older kernel. */
static int need_newer(const struct place *p)
{
	int why = did(syscall(CALL_NEWER));

	(void)p;
	return why == ENOSYS ? 0 : why;
}

const struct attempt needs[] = {
	{ "find newer calls missing", need_newer, 0 },
	{ "read a file", need_read, 0 },
	{ "list a folder", need_list, 0 },
	{ "look at a file", need_look, 0 },
	{ "have memory", need_memory, 0 },
	{ "signal oneself", need_signal, 0 },
	{ "wait", need_wait, 0 },
	{ "use the terminal", need_terminal, 0 },
};
const size_t need_count = sizeof needs / sizeof *needs;

static bool write_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	bool good = fd >= 0 && write(fd, "there", 5) == 5;

	if (fd >= 0)
		close(fd);
	return good;
}

static bool make_files(struct place *p)
{
	snprintf(p->file, sizeof p->file, "%s/file", p->folder);
	snprintf(p->other, sizeof p->other, "%s/other", p->folder);
	snprintf(p->new, sizeof p->new, "%s/new", p->folder);
	snprintf(p->empty, sizeof p->empty, "%s/empty", p->folder);
	snprintf(p->memory, sizeof p->memory, "%s/memory", p->folder);
	snprintf(p->link, sizeof p->link, "%s/link", p->folder);
	if (!write_file(p->file) || !write_file(p->other) || mkdir(p->empty, 0700) != 0 ||
	    symlink("file", p->link) != 0)
		return false;
	setxattr(p->file, "user.there", "x", 1, 0);
	if (mknod(p->memory, S_IFCHR | 0600, (dev_t)0x101) != 0) /* /dev/mem */
		write_file(p->memory);
	p->opened = open(p->file, O_RDONLY | O_CLOEXEC);
	p->opened_folder = open(p->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return p->opened >= 0 && p->opened_folder >= 0;
}

static bool make_sockets(struct place *p)
{
	socklen_t len = sizeof p->inet_at;

	p->unix_at.sun_family = AF_UNIX;
	snprintf(p->unix_at.sun_path, sizeof p->unix_at.sun_path, "%s/s", p->folder);
	p->inet_at.sin_family = AF_INET;
	p->inet_at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	p->unix_listens = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	p->inet_listens = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	p->unix_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	p->inet_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	p->raw_fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	return bind(p->unix_listens, (void *)&p->unix_at, sizeof p->unix_at) == 0 &&
	       listen(p->unix_listens, 1) == 0 &&
	       bind(p->inet_listens, (void *)&p->inet_at, len) == 0 &&
	       listen(p->inet_listens, 1) == 0 &&
	       getsockname(p->inet_listens, (void *)&p->inet_at, &len) == 0;
}

/* Somebody else, who lives until the pipe is closed, however that comes about. */
static bool make_victim(struct place *p)
{
	int ends[2];
	char byte;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	p->victim = fork();
	if (p->victim == 0) {
		int null = open("/dev/null", O_RDWR), fd;

		setsid();
		for (fd = 0; fd < 3; fd++)
			dup2(null, fd);
		close(ends[1]);
		while (read(ends[0], &byte, 1) < 0)
			;
		_exit(0);
	}
	close(ends[0]);
	p->victim_lives = ends[1];
	return p->victim > 0;
}

bool place_make(struct place *p, const char *parent)
{
	*p = (struct place){ .victim = -1 };
	snprintf(p->folder, sizeof p->folder, "%s/attempts.XXXXXX", parent);
	return mkdtemp(p->folder) != NULL && make_files(p) && make_sockets(p) && make_victim(p);
}
