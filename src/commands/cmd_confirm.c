/* --confirm-within, and confirm: what was changed stays. */
#include "config.h"

#include "commands/confirm.h"

#include <poll.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "change/guard.h"
#include "commands/command.h"
#include "store/promise.h"

/* How long taking a change back may last: somebody else's lock, merges. */
enum { TAKE_BACK_SECONDS = 70 };

bool confirm_save(struct apply *apply, const struct lock_wait *wait, struct store_report *report,
		  struct error *err)
{
	unsigned seconds = apply->work->options->confirm_within;
	bool saved;

	if (seconds == 0 || apply->work->host->single)
		return change_save(apply->change, wait, report, err);
	apply->guard = guard_start(apply->change, seconds, err);
	if (apply->guard == NULL)
		return false;
	saved = change_save(apply->change, wait, report, err);
	guard_saved(apply->guard, saved);
	if (!saved) {
		guard_free(apply->guard);
		apply->guard = NULL;
	}
	return saved;
}

/* Whether somebody says yes within the time. */
static bool has_answer(unsigned seconds)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	char answer[16];

	return poll(&input, 1, (int)seconds * 1000) == 1 &&
	       fgets(answer, sizeof answer, stdin) != NULL &&
	       (answer[0] == 'y' || answer[0] == 'Y');
}

static bool ask(struct apply *apply, struct error *err)
{
	struct promise_info info;

	fprintf(stderr, "%s [y/N] ", _("Does all work as it should, and is the change to stay?"));
	fflush(stderr);
	if (has_answer(apply->work->options->confirm_within)) {
		if (!promise_confirm(apply->work->root, &info, err))
			return false;
		fprintf(apply->out, "%s\n", _("confirmed: the change stays"));
		return true;
	}
	fprintf(stderr, "\n");
	if (guard_take_back(apply->guard, TAKE_BACK_SECONDS))
		return error_set(err, ERROR_REFUSED,
				 _("the change was not confirmed, and has been taken back"));
	return error_set(
		err, ERROR_REFUSED,
		_("the change was not confirmed, and it is not known that it has been taken back; look at the files, and at the history"));
}

bool confirm_ask(struct apply *apply, struct error *err)
{
	const struct options *options = apply->work->options;
	bool good = true;

	if (apply->guard == NULL)
		return true;
	fprintf(stderr,
		ngettext(
			"This is taken back in %u second, unless 'ikeconsole confirm' says that it is to stay.\n",
			"This is taken back in %u seconds, unless 'ikeconsole confirm' says that it is to stay.\n",
			options->confirm_within),
		options->confirm_within);
	if (!options->yes && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
		good = ask(apply, err);
	guard_free(apply->guard);
	apply->guard = NULL;
	return good;
}

enum error_code cmd_confirm(struct work *work, const char **words, size_t nwords, struct error *err)
{
	struct promise_info info;

	(void)words;
	if (nwords > 0) {
		error_set(err, ERROR_USAGE, _("confirm takes nothing behind it"));
		return ERROR_USAGE;
	}
	if (!work_may_write(work, err) || !work_find_root(work, err) ||
	    !promise_confirm(work->root, &info, err))
		return err->code;
	printf("%s\n",
	       info.state == PROMISE_WAITS
		       ? _("confirmed: the change stays")
		       : _("nobody takes the change back any more: what is in the files stays"));
	return ERROR_NONE;
}
