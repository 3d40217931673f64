#include "config.h"

#include "tests/console/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/blob.h"
#include "base/xalloc.h"
#include "host/file.h"

#define PROGRAM BUILD_DIR "/ikeconsole"

enum { MOST_ARGS = 16, MOST_PATH = 256 };

static void copy_file(const char *root, const char *name, mode_t mode)
{
	struct file_info info;
	struct blob blob;

	file_read(DATA_DIR "/sample-host", name, false, &blob, &info);
	cr_assert_eq(info.state, FILE_READ, DATA_DIR "/sample-host%s is missing", name);
	tree_bytes(root, name, blob.data, blob.len, mode);
	blob_release(&blob);
}

char *host_copy(void)
{
	char *root = tree_new(), line[MOST_PATH], name[MOST_PATH];
	FILE *modes = fopen(DATA_DIR "/sample-host.modes", "r");
	unsigned mode;

	cr_assert_not_null(modes, "there is no " DATA_DIR "/sample-host.modes");
	while (fgets(line, sizeof line, modes) != NULL) {
		name[0] = '/';
		if (line[0] == '#')
			continue;
		cr_assert_eq(sscanf(line, "%o %200s", &mode, name + 1), 2, "%s", line);
		if (name[strlen(name) - 1] == '/') {
			name[strlen(name) - 1] = '\0';
			tree_folder(root, name, (mode_t)mode);
		} else {
			copy_file(root, name, (mode_t)mode);
		}
	}
	fclose(modes);
	return root;
}

void host_change(const char *root)
{
	struct strbuf command = STRBUF_INIT;

	strbuf_addf(&command,
		    "XDG_CONFIG_HOME=" SETTINGS_DIR " " PROGRAM
		    " --root %s rule edit INDEXID_1 p2_pfs=1 --yes >/dev/null 2>&1",
		    root);
	cr_assert_eq(system(command.buf), 0);
	strbuf_release(&command);
}

struct vt *host_start(int rows, int cols, const char *root, const char *const *env,
		      const char *const *args)
{
	const char *all_env[MOST_ARGS] = { NOW, "HOME=/nonexistent",
					   ("XDG_CONFIG_HOME=" SETTINGS_DIR) };
	const char *argv[MOST_ARGS] = { PROGRAM };
	size_t nenv = 3, argc = 1;

	for (; env != NULL && *env != NULL; env++)
		all_env[nenv++] = *env;
	for (; *args != NULL; args++)
		argv[argc++] = *args;
	if (root != NULL) {
		argv[argc++] = "--root";
		argv[argc++] = root;
	}
	cr_assert(nenv < MOST_ARGS && argc < MOST_ARGS);
	return vt_start(rows, cols, all_env, argv);
}

struct vt *host_open_console(int rows, int cols, const char *root)
{
	struct vt *vt = host_start(rows, cols, root, NULL, NO_ARGS);

	SEE(vt, "Problems  7 errors, 3 warnings, ");
	return vt;
}

void host_go(struct vt *vt, int screen)
{
	static const char *const shows[] = {
		[SCREEN_OVERVIEW] = "Problems  ",     [SCREEN_RULES] = "# Label",
		[SCREEN_GLOBALS] = "Parameter",       [SCREEN_KEYS] = "# Local id",
		[SCREEN_CERTIFICATES] = "Slot  Name", [SCREEN_CRLS] = "  Issuer",
		[SCREEN_POLICIES] = "# Action",       [SCREEN_MANUAL_SAS] = "SPI Source",
		[SCREEN_PROBLEMS] = "Severity",       [SCREEN_HISTORY] = "When ",
	};
	char key[2] = { (char)('0' + screen % 10), '\0' };

	vt_type(vt, key);
	SEE(vt, shows[screen]);
}

char *host_dump(const char *root)
{
	return tree_dump(root, true, NULL);
}

bool host_has_leftovers(const char *root)
{
	char *dump = tree_dump(root, false, NULL);
	bool found = strstr(dump, ".ikeconsole.") != NULL || strstr(dump, ".lock") != NULL;

	free(dump);
	return found;
}

char *text_with(const char *text, const char *old, const char *new)
{
	const char *at = strstr(text, old);
	struct strbuf sb = STRBUF_INIT;

	cr_assert_not_null(at, "there is no '%s'", old);
	strbuf_add(&sb, text, (size_t)(at - text));
	strbuf_addstr(&sb, new);
	strbuf_addstr(&sb, at + strlen(old));
	return strbuf_detach(&sb, NULL);
}
