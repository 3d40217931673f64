#include "config.h"

#include <dlfcn.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/paths.h"
#include "base/secret.h"
#include "commands/command.h"
#ifdef WITH_CONSOLE
#include "ui/console.h"
#endif

/* Without a command the console opens; a program built without it says so. */
#if defined WITH_CONSOLE && defined WITH_MODULES

/* What the module at PATH has under that name, or NULL; ERR says why. */
static void *find_symbol(const char *path, const char *name, struct error *err)
{
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	const char *version = module != NULL ? dlsym(module, "console_version") : NULL;

	if (module == NULL)
		error_set(err, ERROR_IO, _("cannot load the console: %s"), dlerror());
	else if (version == NULL || strcmp(version, PACKAGE_VERSION) != 0)
		error_set(
			err, ERROR_IO,
			_("'%s' is of another version than this program: install ikeconsole again"),
			path);
	return err->code == ERROR_NONE ? dlsym(module, name) : NULL;
}

/* A module, so that no command has to wait until curses is loaded. */
static int open_console(struct work *work)
{
	__typeof__(&console_run) run = NULL;
	char *path = paths_find(PATHS_LOADED, "console.so");
	struct error err = ERROR_INIT;
	int status;

	if (path != NULL)
		*(void **)&run = find_symbol(path, "console_run", &err);
	else
		error_set(&err, ERROR_IO,
			  _("cannot find '%s', the console: install ikeconsole again"),
			  PKGLIBEXECDIR "/console.so");
	if (run == NULL)
		fprintf(stderr, "ikeconsole: %s\n", err.text);
	status = run != NULL ? run(work) : (int)err.code;
	error_clear(&err);
	free(path);
	return status;
}

#elif defined WITH_CONSOLE

static int open_console(struct work *work)
{
	return console_run(work);
}

#else

static int open_console(struct work *work)
{
	(void)work;
	fprintf(stderr, "ikeconsole: %s\n",
		_("this program was built without the console; try: ikeconsole --help"));
	return ERROR_USAGE;
}

#endif

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
