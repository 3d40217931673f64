/*
 * Who runs the program: the person, also behind sudo, su and pfexec.
 *
 * Three sources, each a field of its own, since each can be trusted as far as it goes: the real
 * user of the process; the one who logged in, which the kernel keeps across su and sudo (the login
 * uid of Linux, the audit id of illumos); and what sudo said in its environment, which only root
 * can be told by sudo alone, and anybody else can have made up.
 */
#ifndef BASE_WHOAMI_H
#define BASE_WHOAMI_H

#include <stdbool.h>
#include <sys/types.h>

/* All names are printable; NULL: the number has no name, or nobody said one. */
struct whoami {
	uid_t uid; /* the real one */
	char *user;
	bool has_login;
	uid_t login_uid;
	char *login;
	char *sudo_user; /* as sudo said; only where the process runs as root */
	char *sudo_uid;  /* the same, as it stood there */
};

void whoami_find(struct whoami *who);
void whoami_release(struct whoami *who);

/*
 * The one person of them all, borrowed: who logged in; else who called sudo; else the real user.
 * NULL where he has no name.
 */
const char *whoami_person(const struct whoami *who);

#endif
