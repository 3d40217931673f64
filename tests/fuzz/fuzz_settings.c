/* Settings and profiles: any bytes at all as such a file give values, or sentences that can be
 * shown and name a line. */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "commands/settings.h"
#include "lint/profile.h"
#include "tests/fault/tree.h"

/* The folder lives as long as the process. */
static char *folder;

static void remove_folder(void)
{
	tree_free(folder);
}

static void expect_shown(const char *text)
{
	struct strbuf printed = STRBUF_INIT;

	print_addstr(&printed, text);
	if (strcmp(printed.buf, text) != 0) {
		fprintf(stderr, "settings: a sentence that cannot be shown: %s\n", printed.buf);
		abort();
	}
	strbuf_release(&printed);
}

static void read_settings(const char *path)
{
	struct settings settings;
	struct error err = ERROR_INIT;
	size_t i;

	if (!settings_load(&settings, path, &err)) {
		expect_shown(err.text);
		error_clear(&err);
		return;
	}
	for (i = 0; i < setting_count; i++)
		if (settings_get(&settings, setting_table[i].section, setting_table[i].key) == NULL)
			abort();
	for (i = 0; i < settings.nwarnings; i++)
		expect_shown(settings.warnings[i]);
	settings_release(&settings);
}

static void read_profile(void)
{
	struct error err = ERROR_INIT;
	struct profile *profile = profile_load(folder, "site", &err);
	const char *value;

	if (profile == NULL) {
		expect_shown(err.text);
		error_clear(&err);
		return;
	}
	profile_share(profile, ROLE_MDM, "globals", "p1_nonce_len", &value);
	profile_number(profile, "limits.lifetime_min", 0);
	profile_severity(profile, "A36", SEVERITY_NOTE);
	profile_free(profile);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	char *path;

	if (folder == NULL) {
		folder = tree_new();
		atexit(remove_folder);
	}
	tree_bytes(folder, "/site.ini", bytes, len, 0644);
	path = tree_path(folder, "/site.ini");
	read_settings(path);
	read_profile();
	free(path);
	return 0;
}
