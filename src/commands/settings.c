#include "config.h"

#include "commands/settings.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/paths.h"
#include "base/print.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

/* A table reads best as rows. */
/* clang-format off */
const struct setting setting_table[] = {
	{ "general", "root", N_("the host's tree; / is this host"), "/", NULL },
	{ "general", "profile", N_("the policy: mdm-ssm, solaris, or the path of a file"), "mdm-ssm", NULL },
	{ "general", "role", N_("whom one acts as"), "admin", "admin ssm mdm" },
	{ "general", "dialect", N_("whose daemon reads the files; auto is the profile's"), "auto", "auto sol9 sol10 sol11 sol114 illumos ikev2d" },
	{ "general", "read_only", N_("only look; nothing is ever written"), "no", "yes no" },
	{ "general", "lock_seconds", N_("how long a save waits for somebody else's lock, in seconds"), "5", NULL, true },
	{ "history", "entries", N_("how many changes the history keeps; 0: none"), "200", NULL, true },
	{ "history", "megabytes", N_("how large the history may become; the oldest changes go first, the newest never"), "64", NULL, true },
	{ "history", "syslog", N_("whether each change is told to the system's log too"), "yes", "yes no" },
	{ "console", "theme", N_("colours of the console"), "dark", "dark light mono high-contrast" },
	{ "console", "colour", N_("auto: where the terminal has colours and NO_COLOR is not set"), "auto", "auto yes no" },
	{ "console", "clipboard", N_("whether y may send a value to the terminal's clipboard (OSC 52)"), "yes", "yes no" },
	{ "console", "mouse", N_("whether the mouse selects, opens and scrolls"), "yes", "yes no" },
};
/* clang-format on */
const size_t setting_count = ARRAY_SIZE(setting_table);

struct reading {
	struct settings *settings;
	const char *path;
	FILE *file;
	int line;
};

static void warn(struct reading *r, int line, const char *format, const char *what)
{
	struct strbuf text = STRBUF_INIT, safe = STRBUF_INIT;

	print_addstr(&safe, what);
	strbuf_addf(&text, "%s:%d: ", r->path, line);
	strbuf_addf(&text, format, safe.buf);
	VEC_PUSH(r->settings->warnings, r->settings->nwarnings, r->settings->warnings_cap,
		 strbuf_detach(&text, NULL));
	strbuf_release(&safe);
}

/* libinih does not tell its handler which line it is at, and would take the rest of a line that is
 * too long for it for another one. */
static char *read_line(char *text, int size, void *stream)
{
	struct reading *r = stream;
	int c;

	r->line++;
	if (fgets(text, size, r->file) == NULL)
		return NULL;
	if (strchr(text, '\n') == NULL && (c = getc(r->file)) != EOF) {
		warn(r, r->line, "%s", _("the line is too long"));
		while (c != '\n' && c != EOF)
			c = getc(r->file);
		*text = '\0';
	}
	return text;
}

static bool is_one_of(const char *values, const char *value)
{
	size_t len = strlen(value);

	while (*values != '\0') {
		size_t n = strcspn(values, " ");

		if (n == len && memcmp(values, value, n) == 0)
			return true;
		values += n + strspn(values + n, " ");
	}
	return false;
}

/* A setting of another section with that name, or one of this with another, may have been meant. */
static void warn_unknown(struct reading *r, const char *section, const char *key)
{
	struct near near = near_to(key, strlen(key)), sections = near_to(section, strlen(section));
	struct error err = ERROR_INIT;
	bool known = false;
	size_t i;

	near_try(&sections, "keys");
	for (i = 0; i < setting_count; i++) {
		known |= strcmp(setting_table[i].section, section) == 0;
		near_try(&sections, setting_table[i].section);
		if (strcmp(setting_table[i].section, section) == 0)
			near_try(&near, setting_table[i].key);
	}
	error_set(&err, ERROR_USAGE,
		  known ? _("there is no setting '%s' in this section")
			: _("there is no section [%s] in the settings"),
		  known ? key : section);
	near_tell(known ? &near : &sections, &err, NULL);
	warn(r, r->line, "%s", err.text);
	error_clear(&err);
}

static void warn_value(struct reading *r, const char *values, const char *value)
{
	struct near near = near_to(value, strlen(value));
	struct error err = ERROR_INIT;
	char *copy = xstrdup(values != NULL ? values : ""), *word, *save = NULL;

	for (word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save))
		near_try(&near, word);
	free(copy);
	error_set(&err, ERROR_USAGE, _("'%s' is no value of this setting"), value);
	near_tell(&near, &err, NULL);
	warn(r, r->line, "%s", err.text);
	error_clear(&err);
}

static int on_setting(void *user, const char *section, const char *key, const char *value)
{
	struct reading *r = user;
	size_t i;

	if (strcmp(section, "keys") == 0) {
		VEC_PUSH(r->settings->keys, r->settings->nkeys, r->settings->keys_cap,
			 xstrdup(key));
		VEC_PUSH(r->settings->keys, r->settings->nkeys, r->settings->keys_cap,
			 xstrdup(value));
		return 1;
	}
	for (i = 0; i < setting_count; i++) {
		const struct setting *s = &setting_table[i];

		if (strcmp(s->section, section) != 0 || strcmp(s->key, key) != 0)
			continue;
		if ((s->values != NULL && !is_one_of(s->values, value)) ||
		    (s->number &&
		     (value[0] == '\0' || value[strspn(value, "0123456789")] != '\0'))) {
			warn_value(r, s->values, value);
			return 1;
		}
		free(r->settings->values[i]);
		r->settings->values[i] = xstrdup(value);
		return 1;
	}
	warn_unknown(r, section, key);
	return 1;
}

static bool read_file(struct settings *settings, const char *path, struct error *err)
{
	struct reading r = { .settings = settings, .path = path };
	int line;

	r.file = fopen(path, "re");
	if (r.file == NULL)
		return error_set_errno(err, ERROR_USAGE, errno, _("cannot open settings '%s'"),
				       path);
	line = ini_parse_stream(read_line, &r, on_setting, &r);
	if (line > 0)
		warn(&r, line, "%s", _("this is neither a [section] nor a key = value"));
	fclose(r.file);
	return true;
}

/* A file that need not be there. */
static void try_file(struct settings *settings, const char *path)
{
	struct error ignored = ERROR_INIT;

	read_file(settings, path, &ignored);
	error_clear(&ignored);
}

static void try_user_file(struct settings *settings)
{
	const char *home = getenv("HOME"), *config = getenv("XDG_CONFIG_HOME");
	struct strbuf path = STRBUF_INIT;

	if (config != NULL && config[0] == '/')
		strbuf_addf(&path, "%s/ikeconsole.ini", config);
	else if (home != NULL && home[0] == '/')
		strbuf_addf(&path, "%s/.config/ikeconsole.ini", home);
	if (path.len > 0)
		try_file(settings, path.buf);
	strbuf_release(&path);
}

bool settings_load(struct settings *settings, const char *file, struct error *err)
{
	*settings = (struct settings){ .values = xcalloc(setting_count, sizeof(char *)) };
	if (file != NULL)
		return read_file(settings, file, err);
	try_file(settings, SYSCONFDIR "/ikeconsole.ini");
	try_user_file(settings);
	return true;
}

static void free_all(char **items, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		free(items[i]);
	free(items);
}

void settings_release(struct settings *settings)
{
	if (settings->values != NULL)
		free_all(settings->values, setting_count);
	free_all(settings->keys, settings->nkeys);
	free_all(settings->warnings, settings->nwarnings);
	*settings = (struct settings){ 0 };
}

const char *settings_get(const struct settings *settings, const char *section, const char *key)
{
	size_t i;

	for (i = 0; i < setting_count; i++)
		if (strcmp(setting_table[i].section, section) == 0 &&
		    strcmp(setting_table[i].key, key) == 0)
			return settings->values[i] != NULL ? settings->values[i]
							   : setting_table[i].fallback;
	return "";
}
