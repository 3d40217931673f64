#include "config.h"

#include "lint/profile.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/print.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

/* A chain of inherits= is not longer than this; a longer one is a circle. */
#define MAX_DEPTH 8

static const char *const role_names[] = {
	[ROLE_ADMIN] = "admin",
	[ROLE_SSM] = "ssm",
	[ROLE_MDM] = "mdm",
};

const char *role_name(enum role role)
{
	return role_names[role];
}

bool role_parse(const char *name, enum role *role)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(role_names); i++) {
		if (strcmp(name, role_names[i]) == 0) {
			*role = (enum role)i;
			return true;
		}
	}
	return false;
}

static int compare_key(const void *key, const void *setting)
{
	return strcmp(key, ((const struct profile_setting *)setting)->key);
}

static int compare_settings(const void *a, const void *b)
{
	return strcmp(((const struct profile_setting *)a)->key,
		      ((const struct profile_setting *)b)->key);
}

/* Looks among the first COUNT settings, which are sorted. */
static struct profile_setting *find(const struct profile *profile, const char *key, size_t count)
{
	if (count == 0)
		return NULL;
	return bsearch(key, profile->settings, count, sizeof *profile->settings, compare_key);
}

const char *profile_get(const struct profile *profile, const char *key)
{
	const struct profile_setting *setting = find(profile, key, profile->nsettings);

	return setting != NULL && setting->value[0] != '\0' ? setting->value : NULL;
}

/* How SECTION.NAME compares with a setting's key, without being put together: lint_new asks for
 * every check there is. */
static int compare_parts(const char *section, const char *name, const char *key)
{
	size_t len = strlen(section);
	int cmp = strncmp(section, key, len);

	if (cmp == 0)
		cmp = '.' - (unsigned char)key[len];
	return cmp != 0 ? cmp : strcmp(name, key + len + 1);
}

static const char *get_in(const struct profile *profile, const char *section, const char *name)
{
	size_t low = 0, high = profile->nsettings;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const struct profile_setting *setting = &profile->settings[mid];
		int cmp = compare_parts(section, name, setting->key);

		if (cmp == 0)
			return setting->value[0] != '\0' ? setting->value : NULL;
		if (cmp < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

uint32_t profile_number(const struct profile *profile, const char *key, uint32_t fallback)
{
	const char *value = profile_get(profile, key);

	return value != NULL ? (uint32_t)strtoul(value, NULL, 0) : fallback;
}

bool profile_allows(const struct profile *profile, const char *key, const char *item)
{
	const char *list = profile_get(profile, key);
	size_t len = strlen(item);

	if (list == NULL)
		return true;
	while (*list != '\0') {
		size_t n;

		list += strspn(list, ", ");
		n = strcspn(list, ", ");
		if (n == len && memcmp(list, item, len) == 0)
			return true;
		list += n;
	}
	return false;
}

static enum share read_share(const char *text, const char **value)
{
	static const struct {
		const char *word;
		enum share action;
	} words[] = {
		{ "own", SHARE_OWN },
		{ "keep", SHARE_KEEP },
		{ "add", SHARE_ADD },
		{ "force", SHARE_FORCE },
	};
	size_t i;

	*value = NULL;
	for (i = 0; text != NULL && i < ARRAY_SIZE(words); i++) {
		size_t len = strlen(words[i].word);

		if (strncmp(text, words[i].word, len) == 0 &&
		    (text[len] == '\0' || text[len] == ' ')) {
			text += len + strspn(text + len, " ");
			*value = *text != '\0' ? text : NULL;
			return words[i].action;
		}
	}
	return SHARE_OWN;
}

static enum share role_share(const struct profile *profile, enum role role, const char *section,
			     const char *item, const char **value)
{
	struct strbuf key = STRBUF_INIT;
	enum share action;

	strbuf_addf(&key, "%s.%s.%s", section, item, role_name(role));
	action = read_share(profile_get(profile, key.buf), value);
	strbuf_release(&key);
	return action;
}

enum share profile_share(const struct profile *profile, enum role role, const char *section,
			 const char *item, const char **value)
{
	const char *ignored;

	if (value == NULL)
		value = &ignored;
	if (role != ROLE_ADMIN)
		return role_share(profile, role, section, item, value);
	if (role_share(profile, ROLE_MDM, section, item, value) == SHARE_FORCE ||
	    role_share(profile, ROLE_SSM, section, item, value) == SHARE_FORCE)
		return SHARE_FORCE;
	*value = NULL;
	return SHARE_OWN;
}

enum severity profile_severity(const struct profile *profile, const char *id,
			       enum severity fallback)
{
	enum severity severity = fallback;
	const char *value = get_in(profile, "severity", id);

	if (value != NULL)
		severity_parse(value, &severity);
	return severity;
}

/* What a file may say: sections with their keys, where * stands for the rest of a key. */
static const struct {
	const char *section, *keys;
} sections[] = {
	{ "profile", "name title inherits dialect coexistence" },
	{ "globals", "*" },
	{ "rules", "*" },
	{ "limits", "encr_alg auth_alg oakley_group p1_transforms p1_lifetime_secs p2_pfs "
		    "p2_lifetime_secs p2_proposals p2_proposals.* p2_groups p2_port_names "
		    "p2_port_numbers cert_key_bits cert_signatures weak_encr_alg weak_auth_alg "
		    "weak_groups weak_cert_key_bits weak_cert_signatures psk_min_bits "
		    "psk_generate_bits cert_expiry_days" },
	{ "files", "owner *.mode *.ssm *.mdm" },
	{ "commissioning",
	  "p1_encr_alg p1_auth_alg p1_group p2_proposals p2_proposals.* p2_group" },
	{ "severity", "*" },
};

static bool matches(const char *pattern, size_t len, const char *key)
{
	const char *star = memchr(pattern, '*', len);
	size_t head, tail, n = strlen(key);

	if (star == NULL)
		return n == len && memcmp(pattern, key, len) == 0;
	head = (size_t)(star - pattern);
	tail = len - head - 1;
	return n >= head + tail && memcmp(pattern, key, head) == 0 &&
	       memcmp(star + 1, key + n - tail, tail) == 0;
}

/* The section's keys, or NULL where there is no such section. */
static const char *section_keys(const char *section)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sections); i++)
		if (strcmp(section, sections[i].section) == 0)
			return sections[i].keys;
	return NULL;
}

static bool key_known(const char *keys, const char *key)
{
	while (*keys != '\0') {
		size_t len = strcspn(keys, " ");

		if (matches(keys, len, key))
			return true;
		keys += len;
		keys += strspn(keys, " ");
	}
	return false;
}

struct loading {
	struct profile *profile;
	const char *path;
	char *inherits;
	size_t sorted; /* settings of the files read before this one */
	FILE *file;
	int line; /* that was read last */
	struct error *err;
};

static int bad(struct loading *loading, const char *format, const char *what)
{
	struct strbuf text = STRBUF_INIT, safe = STRBUF_INIT;

	if (loading->err->code == ERROR_NONE) {
		print_addstr(&safe, what);
		strbuf_addf(&text, format, safe.buf);
		error_set(loading->err, ERROR_USAGE, "%s:%d: %s", loading->path, loading->line,
			  text.buf);
		strbuf_release(&text);
		strbuf_release(&safe);
	}
	return 0;
}

/* The same with the word that was meant behind it, where there is one. */
static int bad_near(struct loading *loading, const char *format, const struct near *near)
{
	bool first = loading->err->code == ERROR_NONE;

	bad(loading, format, near->text);
	if (first)
		near_tell(near, loading->err, NULL);
	return 0;
}

static int no_section(struct loading *loading, const char *section)
{
	struct near near = near_to(section, strlen(section));
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sections); i++)
		near_try(&near, sections[i].section);
	return bad_near(loading, _("there is no section [%s] in a profile"), &near);
}

static int no_key(struct loading *loading, const char *keys, const char *name)
{
	struct near near = near_to(name, strlen(name));
	char *copy = xstrdup(keys), *word, *save = NULL;

	for (word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save))
		if (strchr(word, '*') == NULL)
			near_try(&near, word);
	free(copy);
	return bad_near(loading, _("there is no key '%s' in this section"), &near);
}

static int check_value(struct loading *loading, const char *section, const char *name,
		       const char *value)
{
	enum severity severity;
	enum dialect dialect;
	const char *rest;

	if (strcmp(section, "severity") == 0 && !severity_parse(value, &severity))
		return bad(loading, _("'%s' is no severity; choose error, warning, note or off"),
			   value);
	if (strcmp(section, "profile") == 0 && strcmp(name, "dialect") == 0 &&
	    !dialect_parse(value, &dialect)) {
		struct near near = near_to(value, strlen(value));

		for (dialect = 0; dialect < DIALECT_COUNT; dialect++)
			near_try(&near, dialect_name(dialect));
		return bad_near(loading, _("'%s' is no dialect"), &near);
	}
	if (strcmp(section, "profile") == 0 && strcmp(name, "coexistence") == 0 &&
	    strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
		return bad(loading, _("'%s' is neither yes nor no"), value);
	if ((matches("*.ssm", 5, name) || matches("*.mdm", 5, name)) && value[0] != '\0' &&
	    read_share(value, &rest) == SHARE_OWN && strcmp(value, "own") != 0)
		return bad(loading, _("'%s' is no action; choose own, keep, add or force"), value);
	if (matches("*.mode", 6, name) &&
	    (value[0] == '\0' || value[strspn(value, "01234567")] != '\0'))
		return bad(loading, _("'%s' is no octal mode"), value);
	return 1;
}

static int on_setting(void *user, const char *section, const char *name, const char *value)
{
	struct loading *loading = user;
	struct profile *profile = loading->profile;
	struct profile_setting setting;
	const char *keys = section_keys(section);
	struct strbuf key = STRBUF_INIT;

	if (keys == NULL)
		return no_section(loading, section);
	if (!key_known(keys, name))
		return no_key(loading, keys, name);
	if (!check_value(loading, section, name, value))
		return 0;
	if (strcmp(section, "profile") == 0 && strcmp(name, "inherits") == 0) {
		free(loading->inherits);
		loading->inherits = value[0] != '\0' ? xstrdup(value) : NULL;
		return 1;
	}
	strbuf_addstr(&key, section);
	strbuf_addch(&key, '.');
	strbuf_addstr(&key, name);
	/* Files are read from the one that was asked for to the one it stems from: the first one
	 * counts. */
	if (find(profile, key.buf, loading->sorted) != NULL) {
		strbuf_release(&key);
		return 1;
	}
	setting.key = strbuf_detach(&key, NULL);
	setting.value = xstrdup(value);
	VEC_PUSH(profile->settings, profile->nsettings, profile->settings_cap, setting);
	return 1;
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
	if (strchr(text, '\n') != NULL || (c = getc(loading->file)) == EOF)
		return text;
	bad(loading, "%s", _("the line is too long"));
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

	loading->file = fopen(loading->path, "re");
	if (loading->file == NULL && errno == ENOENT)
		return no_profile(loading);
	if (loading->file == NULL)
		return error_set_errno(loading->err, ERROR_USAGE, errno,
				       _("cannot open profile '%s'"), loading->path);
	line = ini_parse_stream(read_line, loading, on_setting, loading);
	fclose(loading->file);
	if (loading->err->code != ERROR_NONE)
		return false;
	if (line != 0)
		return error_set(loading->err, ERROR_USAGE,
				 _("%s:%d: this is neither a [section] nor a key = value"),
				 loading->path, line);
	if (loading->profile->nsettings > 0)
		qsort(loading->profile->settings, loading->profile->nsettings,
		      sizeof *loading->profile->settings, compare_settings);
	return true;
}

static char *profile_path(const char *dir, const char *name)
{
	struct strbuf path = STRBUF_INIT;

	if (strchr(name, '/') != NULL)
		return xstrdup(name);
	strbuf_addf(&path, "%s/%s.ini", dir, name);
	return strbuf_detach(&path, NULL);
}

static bool load_chain(struct profile *profile, const char *dir, const char *name,
		       struct error *err)
{
	char *next = xstrdup(name);
	int depth;
	bool good = true;

	for (depth = 0; good && next != NULL; depth++) {
		char *path = profile_path(dir, next);
		struct loading loading = {
			.profile = profile, .path = path, .sorted = profile->nsettings, .err = err
		};

		if (depth == MAX_DEPTH)
			good = error_set(err, ERROR_USAGE, _("profile '%s' inherits from itself"),
					 path);
		else
			good = load_file(&loading);
		free(path);
		free(next);
		next = loading.inherits;
	}
	free(next);
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

void profile_free(struct profile *profile)
{
	size_t i;

	if (profile == NULL)
		return;
	for (i = 0; i < profile->nsettings; i++) {
		free(profile->settings[i].key);
		free(profile->settings[i].value);
	}
	free(profile->settings);
	free(profile->name);
	free(profile->title);
	free(profile);
}
