/* A hundred thousand rules, and twenty thousand keys of a monkey. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

#define MESSAGE_ROW 22 /* of 24 */

TestSuite(console_size, .timeout = 120);

static void generate(const char *root)
{
	pid_t pid = fork();
	int status;

	cr_assert_geq(pid, 0);
	if (pid == 0) {
		execl("tests/bench/gen_host", "gen_host", "--rules", "100000", "--labels",
		      "indexid", "--files", "ike,psk", root, (char *)NULL);
		_exit(127);
	}
	cr_assert_eq(waitpid(pid, &status, 0), pid);
	cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "gen_host: %d", status);
}

Test(console_size, a_hundred_thousand_rules)
{
	char *root = tree_new();
	struct vt *vt;

	generate(root);
	vt = host_start(24, 80, root, NULL, NO_ARGS);
	SEE(vt, "F1 Help"); /* the frame, before anything is read */
	SEE(vt, "100000 rules, ");
	/* Who is faster than the checks still hears of new errors only. */
	vt_type(vt, "2d");
	SEE(vt, "Remove rule INDEXID_1?");
	vt_type(vt, "yw");
	SEE(vt, "[ Write ]   [ No ]");
	GONE(vt, "Errors that the result would have:");
	vt_type(vt, "n");
	SEE(vt, "nothing was written");
	vt_type(vt, "u");
	SEE(vt, "2 of 100000"); /* the rule behind it, still */
	vt_type(vt, "<Home>");
	SEE(vt, "1 of 100000");
	SEE(vt, " problems");
	vt_type(vt, "<Down>");
	SEE(vt, "2 of 100000");
	vt_type(vt, "<PageDown>");
	SEE(vt, "20 of 100000");
	vt_repeat(vt, "<PageDown>", 100);
	SEE(vt, "1820 of 100000");
	vt_type(vt, "<End>");
	SEE(vt, "100000 of 100000");
	vt_type(vt, "<Home>");
	SEE(vt, "1 of 100000");
	vt_type(vt, "/INDEXID_100000<Enter>");
	SEE(vt, "100000 of 100000");
	vt_type(vt, "gfINDEXID_77777<Enter>");
	SEE(vt, "1 of 1, out of 100000");
	vt_type(vt, "<Enter>");
	SEE(vt, "rule: INDEXID_77777");
	vt_type(vt, "qf<C-u><Enter>");
	SEE(vt, "77777 of 100000");
	vt_type(vt, "ooO"); /* by label, the other way round */
	SEE(vt, "22224 of 100000");
	vt_type(vt, "dy");
	SEE(vt, "of 99999");
	vt_type(vt, "u");
	SEE(vt, "of 100000");
	vt_type(vt, "4");
	SEE(vt, "of 50000"); /* the key went with its rule, and came back */
	vt_type(vt, "8");
	SEE(vt, "none, 0 problems");
	vt_type(vt, "q");
	ENDS(vt, 0);
	tree_free(root);
}

/* Numbers that are the same in each run. */
static unsigned next(unsigned *state, unsigned below)
{
	*state = *state * 1103515245u + 12345u;
	return *state / 65536u % below;
}

/* All keys but w, and y, which would confirm it; the mouse keeps away from the key bar. */
static const char *const monkey_keys[] = {
	"<Up>",
	"<Down>",
	"<Left>",
	"<Right>",
	"<Home>",
	"<End>",
	"<PageUp>",
	"<PageDown>",
	"<Enter>",
	"<Enter>",
	"<Enter>",
	"<Tab>",
	"<S-Tab>",
	"<Tab>",
	"<Backspace>",
	"<Delete>",
	"<Insert>",
	"<Space>",
	"<F1>",
	"<F2>",
	"<F3>",
	"<F4>",
	"<F5>",
	"<F6>",
	"<F7>",
	"<F8>",
	"<F9>",
	"<F10>",
	"<F11>",
	"<F12>",
	"<C-a>",
	"<C-b>",
	"<C-d>",
	"<C-e>",
	"<C-f>",
	"<C-g>",
	"<C-k>",
	"<C-l>",
	"<C-n>",
	"<C-o>",
	"<C-p>",
	"<C-r>",
	"<C-s>",
	"<C-u>",
	"<C-w>",
	"a",
	"b",
	"c",
	"d",
	"e",
	"f",
	"g",
	"h",
	"j",
	"k",
	"l",
	"n",
	"o",
	"p",
	"r",
	"s",
	"t",
	"u",
	"v",
	"x",
	"z",
	"A",
	"D",
	"E",
	"F",
	"G",
	"L",
	"N",
	"J",
	"K",
	"O",
	"R",
	"S",
	"U",
	"X",
	"Z",
	"0",
	"1",
	"2",
	"3",
	"4",
	"5",
	"6",
	"7",
	"8",
	"9",
	"/",
	"?",
	":",
	"!",
	"\"",
	"{",
	"}",
	"[",
	"]",
	".",
	",",
	"\\",
	"\xc3\xbc",
	"\xe6\x9d\xb1",
	"1.2.3.4",
	"10",
	"INDEXID_7",
	"47.154.135.86",
	"/tmp",
	"<Esc>",
	"q",
};

/* Whether Esc and q close something that is open, not the program. */
static bool may_escape(struct vt *vt)
{
	int row, col;

	vt_settle(vt, 2);
	return !vt_find(vt, "q Quit", &row, &col);
}

static void monkey_step(struct vt *vt, unsigned *state)
{
	static const struct {
		int rows, cols;
	} sizes[] = { { 24, 80 }, { 40, 120 }, { 16, 60 }, { 5, 20 }, { 50, 200 }, { 24, 80 } };
	unsigned what = next(state, 1000), size = next(state, ARRAY_SIZE(sizes));
	const char *key = monkey_keys[next(state, ARRAY_SIZE(monkey_keys))];

	if (what < 10)
		vt_resize(vt, sizes[size].rows, sizes[size].cols);
	else if (what < 60)
		vt_mouse(vt, what < 45 ? 1 : 4 + (int)what % 2, (int)next(state, 14),
			 (int)next(state, 100));
	else if ((strcmp(key, "<Esc>") != 0 && strcmp(key, "q") != 0) || may_escape(vt))
		vt_type(vt, key);
}

/* What a monkey writes the screen into is in a folder of its own. */
static struct vt *open_for_monkey(const char *root, const char *folder)
{
	struct strbuf place = STRBUF_INIT;
	struct vt *vt;

	strbuf_addf(&place, "PWD=%s", folder);
	vt = host_start(24, 80, root, (const char *const[]){ place.buf, NULL },
			(const char *const[]){ NULL });
	SEE(vt, "Problems  7 errors, 3 warnings, ");
	strbuf_release(&place);
	return vt;
}

/* A key may be late and find another place than the one it was for: then it leaves the program. */
static struct vt *start_again(struct vt *vt, const char *root, const char *folder)
{
	int status = vt_end(vt, 0);

	if (status < 0)
		return vt;
	cr_assert_eq(status, 0, "the status is %d and the screen\n%s", status, vt_screen(vt));
	cr_assert(vt_is_sane(vt));
	vt_free(vt);
	return open_for_monkey(root, folder);
}

/* Closes what is open, then the program, forgetting all. Returns its status; -1: no way out. */
static int leave(struct vt *vt)
{
	int tries, row, col, status;

	vt_resize(vt, 24, 80);
	for (tries = 0; tries < 40; tries++) {
		bool asked;

		status = vt_end(vt, 100);
		if (status >= 0)
			return status;
		asked = vt_find(vt, "Give up what was typed", &row, &col) ||
			vt_find(vt, "Leave and forget them?", &row, &col);
		vt_type(vt, asked ? "y" : "<Esc>");
	}
	return -1;
}

Test(console_size, a_monkey_breaks_nothing)
{
	char *root = host_copy(), *folder = tree_new(), *before = host_dump(root), *after;
	struct vt *vt = open_for_monkey(root, folder);
	unsigned state = 20250101, i;
	int status;

	for (i = 0; i < 20000; i++) {
		monkey_step(vt, &state);
		if (i % 50 > 0)
			continue;
		/* It is not to spend its life in the help or before a small window. */
		vt_resize(vt, i % 100 == 0 ? 24 : 40, i % 100 == 0 ? 80 : 120);
		if (may_escape(vt))
			vt_type(vt, "<Esc>");
		vt_settle(vt, 8);
		vt = start_again(vt, root, folder);
	}
	status = leave(vt);
	cr_assert_eq(status, 0, "the status is %d and the screen\n%s", status, vt_screen(vt));
	cr_assert(vt_is_sane(vt));
	vt_free(vt);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(folder);
	tree_free(root);
}

/*
 * What the screen shows after whatever updates is what it shows when all of it is drawn anew: no
 * line scrolled wrongly, nothing left behind.
 */
Test(console_size, updates_are_what_a_repaint_shows)
{
	static const char *const keys[] = { "o",
					    "O",
					    "<Down>",
					    "<PageDown>",
					    "<PageUp>",
					    "<End>",
					    "<Home>",
					    "fINDEXID_9<Enter>",
					    "f<C-u><Enter>",
					    "f!3des<Enter>",
					    "2",
					    "4",
					    "5",
					    "7",
					    "8",
					    "dy",
					    "u",
					    "<C-r>",
					    "<Enter>",
					    "<Esc>",
					    "/9<Enter>",
					    "a",
					    "e",
					    "x",
					    "<Tab>",
					    "<Space>",
					    "<Right>" };
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);
	unsigned state = 7, i, k, stray;

	host_go(vt, 2);
	for (i = 0; i < 400; i++) {
		char *updated[24];
		bool slow = next(&state, 2) > 0;
		int row;

		for (k = next(&state, 8); k > 0; k--) {
			const char *key = keys[next(&state, ARRAY_SIZE(keys))];

			if (strcmp(key, "<Esc>") != 0 || may_escape(vt))
				vt_type(vt, key);
			/* Input that says nothing may come while the screen is being drawn: a
			 * button's release, half a character. */
			for (stray = 0; stray < 40; stray++) {
				vt_type(vt, "\xff");
				usleep(next(&state, 100));
			}
			if (slow)
				vt_settle(vt, (int)next(&state, 4));
		}
		vt_settle(vt, 60);
		for (row = 0; row < 24; row++)
			updated[row] = xstrdup(vt_row(vt, row));
		vt_type(vt, "<C-l>");
		vt_settle(vt, 60);
		for (row = 0; row < 24; row++) {
			if (row != MESSAGE_ROW) /* any key takes the message away */
				cr_assert_str_eq(updated[row], vt_row(vt, row),
						 "%u, row %d: '%s' but drawn anew\n%s", i, row,
						 updated[row], vt_screen(vt));
			free(updated[row]);
		}
	}
	cr_assert_eq(leave(vt), 0);
	vt_free(vt);
	tree_free(root);
}
