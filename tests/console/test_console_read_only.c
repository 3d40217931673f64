/* Read-only mode as the kernel holds it: what the top line says of it, and that the console does.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_read_only, .timeout = 120);

#define CONFINED   "tests/fault/confined"
#define BY_KERNEL  "READ-ONLY, enforced by the kernel"
#define BY_PROGRAM "READ-ONLY, by the program"

/* Whether this build, on this kernel, is confined. */
static bool is_confined(void)
{
	char word[32] = "";
	FILE *level = popen(CONFINED " --level", "r");

	cr_assert_not_null(level);
	cr_assert_not_null(fgets(word, sizeof word, level), "there is no " CONFINED);
	pclose(level);
	return strcmp(word, "kernel\n") == 0;
}

Test(console_read_only, the_top_line_says_what_holds_it)
{
	const char *wanted = is_confined() ? BY_KERNEL : BY_PROGRAM;
	char *root = host_copy();
	struct vt *vt = host_start(24, 80, NULL, NULL, ARGS("--read-only", "--demo"));

	SEE(vt, wanted);
	cr_assert_not_null(strstr(vt_row(vt, 0), "sample host"), "%s", vt_row(vt, 0));
	vt_type(vt, "q");
	ENDS(vt, 0);
	vt = host_start(24, 120, root, NULL, ARGS("--read-only"));
	SEE(vt, wanted);
	cr_assert_not_null(strstr(vt_row(vt, 0), root), "%s", vt_row(vt, 0));
	vt_type(vt, "q");
	ENDS(vt, 0);
	tree_free(root);
}

/* Where there is little room the host is not cut for it. */
Test(console_read_only, the_top_line_is_shorter_where_it_is_narrow)
{
	const char *wanted = is_confined() ? "READ-ONLY (kernel)" : "READ-ONLY (program)";
	char *root = host_copy();
	struct vt *vt = host_start(24, 80, root, NULL, ARGS("--read-only"));

	SEE(vt, wanted);
	cr_assert_not_null(strstr(vt_row(vt, 0), root), "%s", vt_row(vt, 0));
	vt_resize(vt, 16, 60);
	GONE(vt, root);
	SEE(vt, wanted);
	cr_assert_not_null(strstr(vt_row(vt, 0), "admin  mdm-ssm"), "%s", vt_row(vt, 0));
	vt_resize(vt, 24, 120);
	SEE(vt, is_confined() ? BY_KERNEL : BY_PROGRAM);
	vt_type(vt, "q");
	ENDS(vt, 0);
	tree_free(root);
}

Test(console_read_only, it_does_not_say_more_than_holds)
{
	static const char *const kernels[] = { "--old", "--pretending" };
	char *root = host_copy();
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct vt *vt = vt_start(
			24, 120, ENV(NOW, "HOME=/nonexistent", "XDG_CONFIG_HOME"),
			ARGS(CONFINED, kernels[i], "./ikeconsole", "--read-only", "--root", root));

		SEE(vt, BY_PROGRAM);
		SEE(vt, "Problems  7 errors");
		vt_type(vt, "2d");
		SEE(vt, "read-only: '");
		vt_type(vt, "q");
		ENDS(vt, 0);
	}
	tree_free(root);
}

/* Each screen, an item of each, help, filter and search, windows that grow and shrink. */
static void look_at_everything(struct vt *vt)
{
	int screen;

	SEE(vt, "Problems  7 errors");
	for (screen = SCREEN_OVERVIEW; screen < SCREEN_END; screen++) {
		host_go(vt, screen);
		vt_type(vt, "<End><Home><F1>");
		SEE(vt, "READ-ONLY: nothing can be changed");
		vt_type(vt, "q");
		GONE(vt, "READ-ONLY: nothing can be changed");
		if (screen == SCREEN_OVERVIEW)
			continue;
		vt_type(vt, "<Enter>");
		SEE(vt, "q Back");
		vt_type(vt, "q");
		SEE(vt, "q Quit");
		vt_resize(vt, 40, screen % 2 == 0 ? 120 : 80);
		vt_type(vt, "/a<Enter>");
		vt_settle(vt, 20);
	}
	vt_type(vt, "R");
	SEE(vt, "the files were read again");
}

static char *read_all(const char *path)
{
	struct strbuf text = STRBUF_INIT;
	FILE *file = fopen(path, "r");
	char bytes[4096];
	size_t n;

	cr_assert_not_null(file, "%s is missing", path);
	while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
		strbuf_add(&text, bytes, n);
	fclose(file);
	return strbuf_detach(&text, NULL);
}

/* A line of the trace that is a call which changes something, refused or not. */
static bool is_change(const char *line)
{
	static const char *const words[] = {
		"O_WRONLY", "O_RDWR",    "O_CREAT",      "O_TRUNC",   " rename",  " unlink",
		" mkdir",   " rmdir(",   " link(",       " linkat(",  " symlink", " mknod",
		" chmod(",  " fchmod",   " chown(",      " fchown",   " lchown",  " utime",
		" futimes", "setxattr(", "removexattr(", "ftruncate", " flock(",  "F_SETLK",
		" socket(", " connect(", " fork(",       " clone",    " execve",  " kill(",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (strstr(line, words[i]) != NULL)
			return true;
	return false;
}

/* The changes in a trace, but for the program's own start. */
static void see_no_change(char *trace)
{
	char *line, *save = NULL;
	size_t count = 0;

	for (line = strtok_r(trace, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save))
		cr_assert_not(count++ > 0 && is_change(line), "%s", line);
	cr_assert_gt(count, 500, "the trace has %zu lines", count);
}

static void trace_it(void)
{
	char *root = host_copy(), *folder = tree_new(), *path = tree_path(folder, "/trace");
	char *before, *after, *trace;
	struct vt *vt;

	host_change(root);
	before = host_dump(root);
	vt = vt_start(
		24, 80, ENV(NOW, "HOME=/nonexistent", "XDG_CONFIG_HOME"),
		ARGS("strace", "-f", "-o", path, "./ikeconsole", "--read-only", "--root", root));
	look_at_everything(vt);
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	trace = read_all(path);
	see_no_change(trace);
	free(trace);
	free(path);
	free(before);
	free(after);
	tree_free(folder);
	tree_free(root);
}

Test(console_read_only, calls_for_no_change)
{
	if (geteuid() != 0)
		cr_skip_test("only root sees what a process asks for that nobody may look at");
	if (WITH_ASAN || system("strace -o /dev/null true 2>/dev/null") != 0)
		cr_skip_test("there is no strace that works here");
	trace_it();
}

/* Stopped and fetched back by a shell, and at the end everything is tried from within. */
static void try_from_within(void)
{
	char *root = host_copy(), *folder = tree_new(), *before, *after;
	struct strbuf command = STRBUF_INIT, attempts = STRBUF_INIT;
	struct vt *vt;

	host_change(root);
	before = host_dump(root);
	strbuf_addf(&attempts, "ATTEMPTS=%s", folder);
	strbuf_addf(&command,
		    "LD_PRELOAD=$PWD/tests/fault/inside.so ./ikeconsole --read-only --root %s; "
		    "echo stopped; read x; fg; echo over",
		    root);
	vt = vt_start(24, 80, ENV(NOW, "HOME=/nonexistent", "XDG_CONFIG_HOME", attempts.buf),
		      ARGS("bash", "-mc", command.buf));
	look_at_everything(vt);
	vt_type(vt, "<C-z>");
	SEE(vt, "stopped");
	GONE(vt, "ikeconsole  /");
	vt_resize(vt, 30, 100);
	vt_type(vt, "<C-j>");
	SEE(vt, "READ-ONLY");
	vt_type(vt, "1");
	SEE(vt, "Problems  7 errors");
	vt_type(vt, "q");
	SEE(vt, "over");
	SEE(vt, " refused");
	cr_assert_not_null(strstr(vt_screen(vt), "inside: "));
	cr_assert_null(strstr(vt_screen(vt), "inside: not"), "%s", vt_screen(vt));
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	ENDS(vt, 0);
	strbuf_release(&command);
	strbuf_release(&attempts);
	free(before);
	free(after);
	tree_free(folder);
	tree_free(root);
}

Test(console_read_only, the_kernel_refuses_what_is_tried_from_within)
{
	if (!is_confined())
		cr_skip_test("this build or kernel does not confine the program");
	try_from_within();
}
