#include "config.h"

#include "base/whoami.h"

#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef HAVE_GETAUID
#include <bsm/audit.h>
#endif

#include "base/print.h"

/* Nobody logged in: a boot script, a daemon. */
#define NO_LOGIN ((uid_t)-1)

enum { MAX_NAME = 256 };

/* The caller frees it. */
static char *printable(const char *text)
{
	struct strbuf safe = STRBUF_INIT;
	size_t len = MAX_NAME;

	print_addstr(&safe, text);
	/* Not within a character. */
	while (len < safe.len && len > 0 && ((unsigned char)safe.buf[len] & 0xc0) == 0x80)
		len--;
	if (safe.len > len)
		strbuf_truncate(&safe, len);
	return strbuf_detach(&safe, NULL);
}

static char *name_of(uid_t uid)
{
	const struct passwd *user = getpwuid(uid);

	return user != NULL && user->pw_name[0] != '\0' ? printable(user->pw_name) : NULL;
}

static uid_t login_uid(void)
{
#ifdef HAVE_GETAUID
	au_id_t id;

	return getauid(&id) == 0 ? (uid_t)id : NO_LOGIN;
#else
	int fd = open("/proc/self/loginuid", O_RDONLY | O_CLOEXEC);
	char text[24] = "", *end = text;
	unsigned long id = NO_LOGIN;

	if (fd < 0)
		return NO_LOGIN;
	if (read(fd, text, sizeof text - 1) > 0)
		id = strtoul(text, &end, 10);
	close(fd);
	return end != text && id <= UINT_MAX ? (uid_t)id : NO_LOGIN;
#endif
}

void whoami_find(struct whoami *who)
{
	const char *sudo_user = getenv("SUDO_USER"), *sudo_uid = getenv("SUDO_UID");

	*who = (struct whoami){ .uid = getuid(), .login_uid = login_uid() };
	who->user = name_of(who->uid);
	who->has_login = who->login_uid != NO_LOGIN;
	if (who->has_login)
		who->login = name_of(who->login_uid);
	if (geteuid() != 0)
		return;
	if (sudo_user != NULL && sudo_user[0] != '\0')
		who->sudo_user = printable(sudo_user);
	if (sudo_uid != NULL && sudo_uid[0] != '\0')
		who->sudo_uid = printable(sudo_uid);
}

void whoami_release(struct whoami *who)
{
	free(who->user);
	free(who->login);
	free(who->sudo_user);
	free(who->sudo_uid);
	*who = (struct whoami){ 0 };
}

const char *whoami_person(const struct whoami *who)
{
	if (who->has_login)
		return who->login;
	return who->sudo_user != NULL ? who->sudo_user : who->user;
}
