#include "config.h"

#include <locale.h>
#include <stdio.h>

#include "base/i18n.h"
#include "base/secret.h"
#include "commands/command.h"
#ifdef WITH_CONSOLE
#include "ui/console.h"
#endif

/* Without a command the console opens; a program built without it says so. */
static int open_console(struct work *work)
{
#ifdef WITH_CONSOLE
	return console_run(work);
#else
	(void)work;
	fprintf(stderr, "ikeconsole: %s\n",
		_("this program was built without the console; try: ikeconsole --help"));
	return ERROR_USAGE;
#endif
}

int main(int argc, char **argv)
{
	struct options options;
	struct work work;
	int status;

	/* Texts and characters are the user's; numbers, dates and order are the same everywhere, in
	 * files as in JSON. */
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
	bindtextdomain(PACKAGE, LOCALEDIR);
	textdomain(PACKAGE);
	secret_protect_process();
	status = commands_run(&options, &work, argc, argv);
	if (status < 0)
		status = open_console(&work);
	work_release(&work);
	options_release(&options);
	return status;
}
