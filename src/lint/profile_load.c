/* Reading the files of a profile: one, and those it inherits from. */
#include "config.h"

#include "lint/profile.h"

#include <dirent.h>
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "lint/profile_words.h"

/* A chain of inherits= is not longer than this. */
#define MAX_DEPTH 8

/* Files that have been read, to know one again. */
struct seen {
	dev_t dev;
	ino_t ino;
};

struct loading {
	struct profile *profile;
	const char *path;
	char *inherits;
	int inherits_line;
	size_t sorted; /* settings of the files read before this one */
	FILE *file;
	int line; /* that was read last */
	struct error *err;
};

/* Puts the place in front of a sentence. */
static bool at(struct error *err, const char *path, int line)
{
	if (path == NULL)
		return false;
	return error_prefix(err, "%s:%d", path, line);
}

static int bad(struct loading *loading)
{
	at(loading->err, loading->path, loading->line);
	return 0;
}

static int compare_settings(const void *a, const void *b)
{
	return strcmp(((const struct profile_setting *)a)->key,
		      ((const struct profile_setting *)b)->key);
}

/* Whether one of the settings from FIRST up to COUNT has the key. */
static bool has_key(const struct profile *profile, size_t first, size_t count, const char *key)
{
	size_t i;

	for (i = first; i < count; i++)
		if (strcmp(profile->settings[i].key, key) == 0)
			return true;
	return false;
}

static void set_inherits(struct loading *loading, const char *value)
{
	free(loading->inherits);
	loading->inherits = value[0] != '\0' ? xstrdup(value) : NULL;
	loading->inherits_line = loading->line;
}

static int on_setting(void *user, const char *section, const char *name, const char *value)
{
	struct loading *loading = user;
	struct profile *profile = loading->profile;
	struct profile_setting setting;
	struct strbuf key = STRBUF_INIT;

	if (loading->err->code != ERROR_NONE)
		return 0;
	if (!profile_line_check(section, name, value, loading->err))
		return bad(loading);
	strbuf_addf(&key, "%s.%s", section, name);
	if (has_key(profile, loading->sorted, profile->nsettings, key.buf)) {
		error_set(loading->err, ERROR_USAGE, _("the key '%s' is there already"), name);
		strbuf_release(&key);
		return bad(loading);
	}
	if (strcmp(key.buf, "profile.inherits") == 0)
		set_inherits(loading, value);
	setting.key = strbuf_detach(&key, NULL);
	setting.value = xstrdup(value);
	VEC_PUSH(profile->settings, profile->nsettings, profile->settings_cap, setting);
	return 1;
}

/* Files are read from the one that was asked for to the one it stems from: the first one counts. */
static void drop_inherited(struct profile *profile, size_t sorted)
{
	size_t i, kept = sorted;

	for (i = sorted; i < profile->nsettings; i++) {
		struct profile_setting *setting = &profile->settings[i];

		if (has_key(profile, 0, sorted, setting->key)) {
			free(setting->key);
			free(setting->value);
		} else {
			profile->settings[kept++] = *setting;
		}
	}
	profile->nsettings = kept;
}

/* libinih tells its handler of sections only with their keys. */
static void check_section(struct loading *loading, const char *text)
{
	const char *close;
	char *section;

	text += strspn(text, " \t");
	close = text[0] == '[' ? strchr(text, ']') : NULL;
	if (close == NULL || loading->err->code != ERROR_NONE)
		return;
	section = xstrndup(text + 1, (size_t)(close - text - 1));
	if (!profile_section_check(section, loading->err))
		bad(loading);
	free(section);
}

/* libinih does not tell its handler which line it is at, and would take the rest of a line that is
 * too long for it for another one. */
static char *read_line(char *text, int size, void *stream)
{
	struct loading *loading = stream;
	int c;

	loading->line++;
	if (fgets(text, size, loading->file) == NULL)
		return NULL;
	check_section(loading, text);
	if (strchr(text, '\n') != NULL || (c = getc(loading->file)) == EOF)
		return text;
	if (loading->err->code == ERROR_NONE) {
		error_set(loading->err, ERROR_USAGE, "%s", _("the line is too long"));
		bad(loading);
	}
	while (c != '\n' && c != EOF)
		c = getc(loading->file);
	*text = '\0';
	return text;
}

/* There is no such profile; another one of the folder may have been meant. */
static bool no_profile(const struct loading *loading)
{
	const char *slash = strrchr(loading->path, '/'), *name = slash != NULL ? slash + 1 : "";
	size_t len = strlen(name);
	struct near near = near_to(name, len > 4 ? len - 4 : 0);
	char *folder = xstrndup(loading->path, (size_t)(name - loading->path));
	struct dirent *entry;
	DIR *dir = opendir(folder);

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		size_t n = strlen(entry->d_name);

		if (n > 4 && strcmp(entry->d_name + n - 4, ".ini") == 0) {
			entry->d_name[n - 4] = '\0';
			near_try(&near, entry->d_name);
		}
	}
	if (dir != NULL)
		closedir(dir);
	free(folder);
	error_set_errno(loading->err, ERROR_USAGE, ENOENT, _("cannot open profile '%s'"),
			loading->path);
	return near_tell(&near, loading->err, NULL);
}

static bool load_file(struct loading *loading)
{
	int line;

	line = ini_parse_stream(read_line, loading, on_setting, loading);
	if (loading->err->code != ERROR_NONE)
		return false;
	if (ferror(loading->file))
		return error_set_errno(loading->err, ERROR_USAGE, errno,
				       _("cannot read profile '%s'"), loading->path);
	if (line != 0)
		return error_set(loading->err, ERROR_USAGE,
				 _("%s:%d: this is neither a [section] nor a key = value"),
				 loading->path, line);
	drop_inherited(loading->profile, loading->sorted);
	return true;
}

static bool open_file(struct loading *loading)
{
	struct stat st;

	loading->file = fopen(loading->path, "re");
	if (loading->file == NULL && errno == ENOENT)
		return no_profile(loading);
	if (loading->file == NULL)
		return error_set_errno(loading->err, ERROR_USAGE, errno,
				       _("cannot open profile '%s'"), loading->path);
	if (fstat(fileno(loading->file), &st) != 0 || !S_ISREG(st.st_mode)) {
		fclose(loading->file);
		loading->file = NULL;
		return error_set(loading->err, ERROR_USAGE, _("'%s' is no file with a profile"),
				 loading->path);
	}
	return true;
}

/* Whether the file has been read before; else it is now. */
static bool is_seen(FILE *file, struct seen *seen, int count)
{
	struct stat st;
	int i;

	if (fstat(fileno(file), &st) != 0)
		return false;
	for (i = 0; i < count; i++)
		if (seen[i].dev == st.st_dev && seen[i].ino == st.st_ino)
			return true;
	seen[count] = (struct seen){ st.st_dev, st.st_ino };
	return false;
}

/* A name stands for a file of DIR; a path in a file, FROM, begins where that file is. */
static char *profile_path(const char *dir, const char *name, const char *from)
{
	const char *slash = from != NULL ? strrchr(from, '/') : NULL;
	struct strbuf path = STRBUF_INIT;

	if (strchr(name, '/') == NULL)
		strbuf_addf(&path, "%s/%s.ini", dir, name);
	else if (name[0] != '/' && slash != NULL)
		strbuf_addf(&path, "%.*s/%s", (int)(slash - from), from, name);
	else
		strbuf_addstr(&path, name);
	return strbuf_detach(&path, NULL);
}

/* One file of the chain. FROM and LINE are where it is named, NULL for the first one. */
static bool load_one(struct loading *loading, struct seen *seen, int depth, const char *from,
		     int line)
{
	bool good;

	if (!open_file(loading))
		return at(loading->err, from, line);
	good = depth < MAX_DEPTH && !is_seen(loading->file, seen, depth);
	if (!good) {
		error_set(loading->err, ERROR_USAGE,
			  depth < MAX_DEPTH ? _("profile '%s' inherits from itself")
					    : _("'%s' is one profile too many in a row"),
			  loading->path);
		at(loading->err, from, line);
	}
	good = good && load_file(loading);
	fclose(loading->file);
	return good;
}

static bool load_chain(struct profile *profile, const char *dir, const char *name,
		       struct error *err)
{
	struct seen seen[MAX_DEPTH];
	char *next = xstrdup(name), *from = NULL;
	int depth, line = 0;
	bool good = true;

	for (depth = 0; good && next != NULL; depth++) {
		char *path = profile_path(dir, next, from);
		struct loading loading = {
			.profile = profile, .path = path, .sorted = profile->nsettings, .err = err
		};

		good = load_one(&loading, seen, depth, from, line);
		free(next);
		free(from);
		next = loading.inherits;
		from = path;
		line = loading.inherits_line;
	}
	free(next);
	free(from);
	if (profile->nsettings > 0)
		qsort(profile->settings, profile->nsettings, sizeof *profile->settings,
		      compare_settings);
	return good;
}

static void set_fields(struct profile *profile, const char *name)
{
	const char *value;

	value = profile_get(profile, "profile.name");
	profile->name = xstrdup(value != NULL ? value : name);
	value = profile_get(profile, "profile.title");
	profile->title = xstrdup(value != NULL ? value : profile->name);
	profile->dialect = DIALECT_ILLUMOS;
	value = profile_get(profile, "profile.dialect");
	if (value != NULL)
		dialect_parse(value, &profile->dialect);
	value = profile_get(profile, "profile.coexistence");
	profile->coexistence = value != NULL && strcmp(value, "yes") == 0;
	if (profile_share(profile, ROLE_MDM, "globals", "p1_nonce_len", &value) == SHARE_FORCE &&
	    value != NULL)
		profile->nonce_len = (uint32_t)strtoul(value, NULL, 0);
	if (profile_share(profile, ROLE_MDM, "rules", "p1_lifetime_secs", &value) == SHARE_FORCE &&
	    value != NULL)
		profile->p1_lifetime = (uint32_t)strtoul(value, NULL, 0);
	value = profile_get(profile, "limits.p2_lifetime_secs");
	if (value != NULL) {
		const char *dash = strchr(value, '-');

		profile->lifetime_min = (uint32_t)strtoul(value, NULL, 0);
		profile->lifetime_max =
			dash != NULL ? (uint32_t)strtoul(dash + 1, NULL, 0) : UINT32_MAX;
	}
}

struct profile *profile_load(const char *dir, const char *name, struct error *err)
{
	struct profile *profile = xcalloc(1, sizeof *profile);

	if (!load_chain(profile, dir, name, err)) {
		profile_free(profile);
		return NULL;
	}
	set_fields(profile, name);
	return profile;
}
