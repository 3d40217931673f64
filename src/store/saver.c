#include "config.h"

#include "store/saver.h"

#include <pwd.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/print.h"

struct saver saver_now(void)
{
	return (struct saver){ (long)getpid(), (long)geteuid(), (int64_t)time(NULL) };
}

void saver_add_user(struct strbuf *sb, const struct saver *owner)
{
	const struct passwd *user = getpwuid((uid_t)owner->uid);

	if (user != NULL)
		print_addstr(sb, user->pw_name);
	else
		strbuf_addf(sb, "%ld", owner->uid);
}

void saver_add_time(struct strbuf *sb, const struct saver *owner, const char *format)
{
	time_t when = (time_t)owner->since;
	char text[40];
	struct tm tm;

	if (localtime_r(&when, &tm) == NULL || strftime(text, sizeof text, format, &tm) == 0)
		strbuf_addch(sb, '?');
	else
		strbuf_addstr(sb, text);
}

void saver_write(const struct saver *owner, struct strbuf *sb)
{
	strbuf_addf(sb, "%ld\n%ld\n%lld\n", owner->pid, owner->uid, (long long)owner->since);
}

bool saver_read(struct saver *owner, const char *text)
{
	long long since;

	if (sscanf(text, "%9ld\n%10ld\n%18lld\n", &owner->pid, &owner->uid, &since) != 3)
		return false;
	owner->since = since;
	return true;
}
