/*
 * wg_setconf FILE: "wg setconf" with a device that takes everything.
 *
 * wg reads and checks its file and hands the result to a device, through a socket in a folder of
 * its own where there is no such interface in the kernel. This makes that socket, answers whatever
 * comes with success, and ends as wg ended.
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char folder[] = "/var/run/wireguard", device[] = "ikebench";

static int listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	unlink(path);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) < 0 ||
	    listen(fd, 1) < 0)
		return -1;
	return fd;
}

/* Takes one request, which ends with an empty line. */
static void answer(int listener)
{
	static const char success[] = "errno=0\n\n";
	static char bytes[1 << 16];
	int fd = accept(listener, NULL, NULL);
	char tail[2] = "";
	ssize_t n;

	while ((n = read(fd, bytes, sizeof bytes)) > 0) {
		tail[0] = n > 1 ? bytes[n - 2] : tail[1];
		tail[1] = bytes[n - 1];
		if (tail[0] == '\n' && tail[1] == '\n')
			break;
	}
	if (n > 0 && write(fd, success, sizeof success - 1) < 0)
		perror("wg_setconf");
	close(fd);
}

int main(int argc, char **argv)
{
	char path[64];
	int listener, status;
	pid_t pid, server;

	if (argc != 2)
		return 2;
	snprintf(path, sizeof path, "%s/%s.sock", folder, device);
	if (mkdir(folder, 0755) < 0 && errno != EEXIST) {
		perror(folder);
		return 2;
	}
	listener = listen_at(path);
	server = listener < 0 ? -1 : fork();
	if (server < 0) {
		perror(path);
		return 2;
	}
	/* wg comes twice: once to see whether somebody is there. */
	while (server == 0)
		answer(listener);
	close(listener);
	pid = fork();
	if (pid == 0) {
		execlp("wg", "wg", "setconf", device, argv[1], (char *)NULL);
		_exit(2);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		status = -1;
	kill(server, SIGTERM);
	unlink(path);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
