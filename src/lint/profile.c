#include "config.h"

#include "lint/profile.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/xalloc.h"
#include "lint/profile_words.h"

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

const char *profile_get(const struct profile *profile, const char *key)
{
	const struct profile_setting *setting =
		profile->nsettings > 0 ? bsearch(key, profile->settings, profile->nsettings,
						 sizeof *profile->settings, compare_key)
				       : NULL;

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

static enum share role_share(const struct profile *profile, enum role role, const char *section,
			     const char *item, const char **value)
{
	struct strbuf key = STRBUF_INIT;
	enum share action = SHARE_OWN;
	const char *text;

	strbuf_addf(&key, "%s.%s.%s", section, item, role_name(role));
	text = profile_get(profile, key.buf);
	*value = NULL;
	if (text != NULL)
		profile_share_parse(text, &action, value);
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
