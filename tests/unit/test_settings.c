/* Settings: what the shipped file says of them, and what is wrong in a file. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "commands/settings.h"
#include "host/file.h"
#include "tests/fault/tree.h"

/* The shipped file has each setting once, in the order of the table, below a comment. */
Test(settings, the_shipped_file_is_the_table)
{
	struct file_info info;
	struct blob blob;
	char *line, *save = NULL;
	bool explained = false;
	size_t found = 0;

	file_read(DATA, "/ikeconsole.ini", false, &blob, &info);
	cr_assert_eq(info.state, FILE_READ);
	for (line = strtok_r(blob.data, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		size_t len = strcspn(line, " ");

		if (line[0] == '#' || line[0] == '[') {
			explained = line[0] == '#';
			continue;
		}
		cr_assert_lt(found, setting_count, "%s", line);
		cr_expect(explained, "%s has no comment", line);
		cr_expect(strlen(setting_table[found].key) == len &&
				  memcmp(line, setting_table[found].key, len) == 0,
			  "%s stands where %s is expected", line, setting_table[found].key);
		explained = false;
		found++;
	}
	cr_expect_eq(found, setting_count);
	blob_release(&blob);
}

/* Nothing is wrong in it, and it changes nothing: its values are the defaults. */
Test(settings, the_shipped_file_is_understood)
{
	struct settings settings;
	struct error err = ERROR_INIT;
	size_t i;

	cr_assert(settings_load(&settings, DATA "/ikeconsole.ini", &err));
	cr_expect_eq(settings.nwarnings, 0, "%s",
		     settings.nwarnings > 0 ? settings.warnings[0] : "");
	cr_expect_eq(settings.nkeys, 0);
	for (i = 0; i < setting_count; i++) {
		const struct setting *s = &setting_table[i];

		cr_assert_not_null(settings.values[i], "%s", s->key);
		cr_expect_str_eq(settings.values[i], s->fallback, "%s", s->key);
		cr_expect_str_eq(settings_get(&settings, s->section, s->key), s->fallback);
	}
	cr_expect_str_eq(settings_get(&settings, "general", "nonsense"), "");
	settings_release(&settings);
}

/* Each warning names its own line, and what stands in the others holds. */
Test(settings, what_is_wrong_is_named_with_its_line)
{
	static const char text[] = "# one\n"
				   "[general]\n"
				   "role = boss\n"
				   "nonsense = 1\n"
				   "profile = solaris\n"
				   "lock_seconds = soon\n"
				   "[nonsense]\n"
				   "key = value\n"
				   "just a line\n"
				   "[console]\n"
				   "theme = light\n"
				   "[keys]\n"
				   "write = w C-s\n";
	static const char *const warnings[] = {
		":3: 'boss' is no value of this setting",
		":4: there is no setting 'nonsense' in this section",
		":6: 'soon' is no value of this setting",
		":8: there is no section [nonsense] in the settings",
		":9: this is neither a [section] nor a key = value",
	};
	char *root = tree_new(), *path = tree_path(root, "/site.ini");
	struct settings settings;
	struct error err = ERROR_INIT;
	size_t i;

	tree_file(root, "/site.ini", text, 0644);
	cr_assert(settings_load(&settings, path, &err));
	cr_assert_eq(settings.nwarnings, ARRAY_SIZE(warnings), "%zu", settings.nwarnings);
	for (i = 0; i < ARRAY_SIZE(warnings); i++) {
		cr_expect_eq(strncmp(settings.warnings[i], path, strlen(path)), 0);
		cr_expect_str_eq(settings.warnings[i] + strlen(path), warnings[i]);
	}
	cr_expect_str_eq(settings_get(&settings, "general", "role"), "admin");
	cr_expect_str_eq(settings_get(&settings, "general", "profile"), "solaris");
	cr_expect_str_eq(settings_get(&settings, "general", "lock_seconds"), "5");
	cr_expect_str_eq(settings_get(&settings, "console", "theme"), "light");
	cr_assert_eq(settings.nkeys, 2);
	cr_expect_str_eq(settings.keys[0], "write");
	cr_expect_str_eq(settings.keys[1], "w C-s");
	settings_release(&settings);
	free(path);
	tree_free(root);
}

/* libinih has room for 200 bytes of a line; the rest is no line of its own. */
Test(settings, long_lines)
{
	struct strbuf text = STRBUF_INIT;
	char *root = tree_new(), *path = tree_path(root, "/site.ini");
	struct settings settings;
	struct error err = ERROR_INIT;

	strbuf_addstr(&text, "[general]\n# ");
	strbuf_addchars(&text, 'x', 1000);
	strbuf_addstr(&text, "\nnonsense = 1\nrole = mdm");
	tree_file(root, "/site.ini", text.buf, 0644);
	cr_assert(settings_load(&settings, path, &err));
	cr_assert_eq(settings.nwarnings, 2);
	cr_expect_str_eq(settings.warnings[0] + strlen(path), ":2: the line is too long");
	cr_expect_str_eq(settings.warnings[1] + strlen(path),
			 ":3: there is no setting 'nonsense' in this section");
	cr_expect_str_eq(settings_get(&settings, "general", "role"), "mdm");
	settings_release(&settings);
	strbuf_release(&text);
	free(path);
	tree_free(root);
}

Test(settings, one_that_is_not_there)
{
	struct settings settings;
	struct error err = ERROR_INIT;

	cr_expect_not(settings_load(&settings, "/nonexistent/site.ini", &err));
	cr_expect_eq(err.code, ERROR_USAGE);
	cr_expect_str_eq(err.text, "cannot open settings '/nonexistent/site.ini': "
				   "No such file or directory");
	error_clear(&err);
	settings_release(&settings);
}
