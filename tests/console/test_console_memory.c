/* Of keys that the console read, was typed or made, nothing is left when it ends; nor outside of
 * it. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_memory, .timeout = 120);

enum { MASK = 0x5a };

/* Those of the first key, of the two manual SAs, and one that is typed. */
static const char typed[] = "93bd5e10c84f27a6e1d80b7c462f95a3";
static const char *const in_files[] = { "7e3989a3186a96acc4e50046376a145bbea6d068" };

static void add_mark(struct strbuf *marks, const char *name, const char *bytes, size_t len)
{
	size_t i;

	strbuf_addf(marks, "%s ", name);
	for (i = 0; i < len; i++)
		strbuf_addf(marks, "%02x", (unsigned)(unsigned char)bytes[i] ^ MASK);
	strbuf_addch(marks, '\n');
}

/* Pieces of a key: its digits, and its bytes. */
static void add_key(struct strbuf *marks, const char *name, const char *digits)
{
	size_t at, i;

	for (at = 2; at <= 14; at += 12) {
		char bytes[7];

		for (i = 0; i < sizeof bytes; i++) {
			unsigned byte;

			cr_assert_eq(sscanf(digits + at + 2 * i, "%2x", &byte), 1);
			bytes[i] = (char)byte;
		}
		add_mark(marks, name, digits + at, 12);
		add_mark(marks, name, bytes, sizeof bytes);
	}
}

/* The console's own arguments and environment, while it runs. */
static void see_outside(struct vt *vt)
{
	static const char *const files[] = { "cmdline", "environ" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		char path[64], bytes[16384];
		FILE *file;
		size_t n;

		snprintf(path, sizeof path, "/proc/%d/%s", (int)vt_pid(vt), files[i]);
		file = fopen(path, "r");
		cr_assert_not_null(file, "cannot open %s", path);
		n = fread(bytes, 1, sizeof bytes, file);
		fclose(file);
		cr_assert_gt(n, 0);
		cr_assert_null(memmem(bytes, n, typed, 12), "%s", path);
		cr_assert_null(memmem(bytes, n, in_files[0], 12), "%s", path);
	}
}

/* Everything that has to do with keys, each of it given up or taken back but for one. */
static void work_with_keys(struct vt *vt, const char *key_file)
{
	char keys[200];

	SEE(vt, "Problems  7 errors");
	host_go(vt, SCREEN_KEYS);
	vt_type(vt, "<Enter>");
	SEE(vt, "q Back");
	vt_type(vt, "q");
	SEE(vt, "q Quit");
	vt_type(vt, "e");
	SEE(vt, "Edit a preshared key");
	snprintf(keys, sizeof keys, "<Tab><Tab>%s<Tab>%.20s", typed, typed);
	vt_type(vt, keys);
	see_outside(vt);
	vt_type(vt, "<Esc>");
	SEE(vt, "Give up what was typed here?");
	vt_type(vt, "y");
	GONE(vt, "Edit a preshared key");
	vt_type(vt, "e");
	SEE(vt, "Edit a preshared key");
	snprintf(keys, sizeof keys, "<Tab><Tab><C-o>%s<Enter>", key_file);
	vt_type(vt, keys);
	SEE(vt, "128 bits, fingerprint");
	vt_resize(vt, 30, 100);
	vt_settle(vt, 50);
	vt_resize(vt, 24, 80);
	vt_settle(vt, 50);
	vt_type(vt, "<F10>");
	GONE(vt, "Edit a preshared key");
	vt_type(vt, "D");
	SEE(vt, "<hidden>");
	vt_type(vt, "qu");
	SEE(vt, "q Quit");
	vt_type(vt, "<C-r>");
	host_go(vt, SCREEN_MANUAL_SAS);
	vt_type(vt, "<Enter>");
	SEE(vt, "q Back");
	vt_type(vt, "q");
	SEE(vt, "q Quit");
	vt_type(vt, "d");
	SEE(vt, "this one the other direction stays");
	vt_type(vt, "<Down><Enter>");
	SEE(vt, "removed; u takes it back");
	vt_type(vt, "w");
	SEE(vt, "Write these changes?");
	vt_type(vt, strstr(vt_screen(vt), "Type:") != NULL ? "write<Enter>" : "y");
	SEE(vt, "written and read back");
	see_outside(vt);
	vt_type(vt, "R");
	SEE(vt, "the files were read again");
	host_go(vt, SCREEN_PROBLEMS);
	vt_type(vt, "q");
}

static void search_at_the_end(void)
{
	char *root = host_copy(), *folder = tree_new(), *found, *config;
	struct strbuf marks = STRBUF_INIT, env[3] = { STRBUF_INIT, STRBUF_INIT, STRBUF_INIT };
	char *key_file = tree_path(folder, "/key"), *here = realpath("tests/fault/memory.so", NULL);
	struct vt *vt;
	size_t i;

	cr_assert_not_null(here, "there is no tests/fault/memory.so");
	add_key(&marks, "typed", typed);
	add_key(&marks, "read", in_files[0]);
	tree_file(folder, "/marks", marks.buf, 0600);
	tree_file(folder, "/key", typed, 0600);
	tree_file(folder, "/found", "", 0600);
	strbuf_addf(&env[0], "LD_PRELOAD=%s", here);
	strbuf_addf(&env[1], "MARKS=%s/marks", folder);
	strbuf_addf(&env[2], "MARKS_FOUND=%s/found", folder);
	vt = host_start(24, 80, root, ENV(env[0].buf, env[1].buf, env[2].buf), NO_ARGS);
	vt_record(vt);
	work_with_keys(vt, key_file);
	cr_assert_eq(vt_end(vt, LIMIT), 0);
	cr_assert_not(vt_wrote(vt, typed, 12), "the typed key was sent to the terminal");
	cr_assert_not(vt_wrote(vt, in_files[0], 12), "a key was sent to the terminal");
	vt_free(vt);
	found = tree_text(folder, "/found");
	cr_assert_eq(strncmp(found, "memory: 0 found in ", 19), 0, "%s", found);
	config = tree_text(root, KEYS);
	cr_assert_not_null(strstr(config, typed), "the typed key was not written");
	for (i = 0; i < ARRAY_SIZE(env); i++)
		strbuf_release(&env[i]);
	strbuf_release(&marks);
	free(config);
	free(found);
	free(here);
	free(key_file);
	tree_free(folder);
	tree_free(root);
}

Test(console_memory, no_key_is_left_at_the_end)
{
	if (WITH_ASAN)
		cr_skip_test("with AddressSanitizer most of the memory cannot be read");
	search_at_the_end();
}
