/* The console in a terminal: starting, leaving, resizing, keys and what reaches the screen. */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/console/demo_vt.h"

TestSuite(screen, .timeout = 60);

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void quit(struct vt *vt)
{
	vt_type(vt, "q");
	ENDS(vt, 0);
}

Test(screen, works_in_every_terminal_and_locale)
{
	static const char *const terms[] = { "TERM=xterm-256color", "TERM=vt100", "TERM=vt220",
					     "TERM=linux", "TERM=screen" };
	static const char *const locales[] = { "LC_ALL=C.UTF-8", "LC_ALL=C" };
	size_t t, l;
	int size;

	for (t = 0; t < ARRAY_SIZE(terms); t++) {
		for (l = 0; l < ARRAY_SIZE(locales); l++) {
			for (size = 0; size < 2; size++) {
				struct vt *vt = demo_start(size ? 40 : 24, size ? 120 : 80,
							   ENV(terms[t], locales[l]), PLAIN);
				const char *p;

				SEE(vt, "at 1 of 112");
				vt_type(vt, "<Down><PageDown><PageUp><Up><Down>j");
				SEE(vt, "at 3 of 112");
				SEE(vt, l == 0 ? "b\xc3\xbcro-1" : "b?ro-1");
				SEE(vt, size ? "hostile" : (l == 0 ? " \xe2\x80\xba" : " >"));
				for (p = vt_screen(vt); l == 1 && *p != '\0'; p++)
					cr_assert_lt((unsigned char)*p, 0x80);
				quit(vt);
			}
		}
	}
}

Test(screen, refuses_what_it_does_not_know)
{
	static const struct {
		const char *env, *says;
	} cases[] = { { "TERM=nosuch", "'nosuch' is not known" },
		      { "TERM=", "TERM is not set" },
		      { "TERM", "TERM is not set" },
		      { "TERM=dumb", "'dumb' cannot move its cursor" } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		/* Curses keeps what it took until it failed. */
		struct vt *vt =
			vt_start(24, 80, ENV(cases[i].env, "ASAN_OPTIONS=detect_leaks=0"), PLAIN);

		SEE(vt, cases[i].says);
		ENDS(vt, 2);
	}
}

Test(screen, follows_the_window_and_loses_nothing)
{
	struct vt *vt = demo_start(40, 120, NULL, PLAIN);

	SEE(vt, "hostile");
	vt_type(vt, "<Down><Down>a");
	SEE(vt, "Add a rule");
	vt_type(vt, "Typed");
	SEE(vt, "Typed");
	vt_resize(vt, 5, 20);
	SEE(vt, "The window is too s");
	vt_type(vt, "lost<Esc><Esc>q");
	vt_resize(vt, 5, 30);
	SEE(vt, "The window is too small: 60"); /* so the keys are taken as well */
	vt_resize(vt, 24, 80);
	SEE(vt, "Typed");
	GONE(vt, "lost");
	SEE(vt, "at 3 of 112");
	vt_resize(vt, 16, 60);
	SEE(vt, "Typed");
	vt_resize(vt, 50, 200);
	SEE(vt, "14 History");
	vt_type(vt, "<Esc>");
	SEE(vt, "Give up what was typed");
	vt_resize(vt, 24, 80);
	SEE(vt, "Give up what was typed");
	vt_type(vt, "y");
	GONE(vt, "Add a rule");
	SEE(vt, "at 3 of 112");
	quit(vt);
}

/* Each size in turn: the last line always is the key bar, and nothing of the old size stays. */
Test(screen, repaints_at_each_size)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);
	int i, row, col, wanted;
	char size[16];

	for (i = 0; i < 24; i++) {
		int rows = 16 + i * 7 % 30, cols = 60 + i * 37 % 120;

		vt_resize(vt, rows, cols);
		snprintf(size, sizeof size, "%d", rows);
		vt_type(vt, "<Down>");
		wanted = i + 2;
		snprintf(size, sizeof size, "at %d of 112", wanted);
		SEE(vt, size);
		vt_settle(vt, 50);
		FIND(vt, "F1 Help", &row, &col);
		cr_assert_eq(row, rows - 1, "at %dx%d:\n%s", cols, rows, vt_screen(vt));
		FIND(vt, size, &row, &col);
		cr_assert_eq(row, rows - 3);
		cr_assert_eq(strstr(vt_screen(vt), "14 History") != NULL, cols >= 120);
	}
	quit(vt);
}

Test(screen, takes_keys_in_bursts)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);

	vt_repeat(vt, "<Down>", 100);
	SEE(vt, "at 101 of 112");
	vt_repeat(vt, "<Up><Down><PageDown><PageUp><Home>", 500);
	vt_type(vt, "<Down>a<Esc>?<Esc>G");
	SEE(vt, "at 112 of 112");
	quit(vt);
}

Test(screen, answers_escape_at_once)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);
	long start;

	vt_type(vt, "<Enter>");
	SEE(vt, "Rule 1");
	start = now_ms();
	vt_type(vt, "<Esc>");
	GONE(vt, "Rule 1");
	cr_assert_lt(now_ms() - start, 500);
	/* The key behind it is its own. */
	vt_type(vt, "<Enter>");
	SEE(vt, "Rule 1");
	vt_type(vt, "<Esc>j");
	SEE(vt, "at 2 of 112");
	quit(vt);
}

Test(screen, ignores_sequences_that_nobody_knows)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);

	vt_type(vt, "\033[99;5u\033[38;7~\033OZ\033[[Z\xff\xc3(<Down>");
	SEE(vt, "at 2 of 112, 3 problems, 2 keys"); /* '(' and Down */
	quit(vt);
}

Test(screen, knows_the_usual_keys_in_a_vt100)
{
	struct vt *vt = demo_start(24, 80, ENV("TERM=vt100"), PLAIN);

	vt_type(vt, "<End>");
	SEE(vt, "at 112 of 112");
	vt_type(vt, "\033[5~");
	SEE(vt, "at 94 of 112");
	vt_type(vt, "<Home><F1>");
	SEE(vt, "show the keys of this place");
	vt_type(vt, "<Esc>");
	GONE(vt, "show the keys of this place");
	quit(vt);
}

Test(screen, never_sends_what_a_file_says)
{
	struct vt *vt = demo_start(40, 120, NULL, PLAIN);

	SEE(vt, "^[[2J^G\\x9b31mred\\xe2\\x80\\xae");
	SEE(vt, "ikeconsole demo");
	quit(vt);
}

Test(screen, cuts_at_the_edge_of_a_character)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);
	int row, col, first = 0;

	/* Names of one and two columns a letter: what is behind them stands in one line. */
	FIND(vt, "10.0.1.1", &row, &first);
	FIND(vt, "10.0.23.1", &row, &col);
	cr_assert_eq(col, first);
	FIND(vt, "10.0.34.1", &row, &col);
	cr_assert_eq(col, first, "wide characters moved the column");
	vt_resize(vt, 24, 60);
	SEE(vt, "3des/sh\xe2\x80\xa6");
	quit(vt);
}

Test(screen, shows_where_the_keys_go)
{
	struct vt *vt = demo_start(24, 80, ENV("NO_COLOR=1"), PLAIN);
	int row, col, at;

	vt_type(vt, "<Down><Down>");
	SEE(vt, "at 3 of 112");
	vt_settle(vt, 50);
	vt_cursor(vt, &row, &col);
	FIND(vt, " 23 ", &at, &col);
	cr_assert_eq(row, at, "the cursor is not on the selected row");
	cr_assert(vt_look(vt, at, 20).reverse);
	cr_assert_not(vt_look(vt, at - 1, 20).reverse);
	quit(vt);
}

Test(screen, obeys_no_color_and_themes)
{
	struct vt *vt = demo_start(24, 80, ENV("NO_COLOR=1"), PLAIN);
	int row, col;

	for (row = 0; row < 24; row++)
		for (col = 0; col < 80; col++)
			cr_assert(vt_look(vt, row, col).foreground == VT_DEFAULT &&
				  vt_look(vt, row, col).background == VT_DEFAULT);
	quit(vt);
	vt = demo_start(24, 80, NULL, ARGV("-n"));
	cr_assert_eq(vt_look(vt, 0, 0).background, VT_DEFAULT);
	quit(vt);
	vt = demo_start(24, 80, NULL, PLAIN);
	cr_assert_eq(vt_look(vt, 0, 0).background, VT_BLUE);
	cr_assert_eq(vt_look(vt, 3, 20).background, VT_CYAN);
	quit(vt);
	vt = demo_start(24, 80, NULL, ARGV("-T", "high-contrast"));
	cr_assert_eq(vt_look(vt, 0, 0).background, VT_WHITE);
	cr_assert_eq(vt_look(vt, 3, 20).background, VT_YELLOW);
	quit(vt);
	vt = demo_start(24, 80, ENV("TERM=vt100"), ARGV("-T", "light"));
	cr_assert_eq(vt_look(vt, 3, 20).background, VT_DEFAULT);
	cr_assert(vt_look(vt, 3, 20).reverse);
	quit(vt);
}

Test(screen, leaves_the_terminal_sane_however_it_ends)
{
	static const struct {
		const char *keys;
		int signal, status;
		const char *says;
	} cases[] = {
		{ ":fatal<Enter>", 0, 3, "ikeconsole: asked to" },
		{ ":crash<Enter>", 0, 256 + SIGABRT, NULL },
		{ "a", SIGTERM, 128 + SIGTERM, "ended by a signal" },
		{ "", SIGHUP, 128 + SIGHUP, "ended by a signal" },
		{ "", SIGINT, 128 + SIGINT, "ended by a signal" },
	};
	static const char *const terms[] = { "TERM=xterm-256color", "TERM=linux" };
	size_t i, t;

	for (t = 0; t < ARRAY_SIZE(terms); t++) {
		for (i = 0; i < ARRAY_SIZE(cases); i++) {
			struct vt *vt = demo_start(24, 80, ENV(terms[t]), PLAIN);

			vt_type(vt, cases[i].keys);
			vt_settle(vt, 20);
			if (cases[i].signal != 0)
				kill(vt_pid(vt), cases[i].signal);
			if (cases[i].says != NULL)
				SEE(vt, cases[i].says);
			ENDS(vt, cases[i].status);
		}
	}
}

Test(screen, ends_when_the_terminal_vanishes)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);
	int status;

	vt_hang_up(vt);
	status = vt_end(vt, LIMIT);
	cr_assert_eq(status, 128 + SIGHUP, "status %d", status);
	vt_free(vt);
}

Test(screen, stops_and_comes_back)
{
	/* A shell with job control: it goes on when the program stops, and fetches it back. */
	struct vt *vt = demo_start(
		24, 80, NULL,
		(const char *const[]){ "sh", "-mc", DEMO "; echo stopped; read x; fg; echo over",
				       NULL });

	vt_type(vt, "<Down><C-z>");
	SEE(vt, "stopped");
	GONE(vt, "ikeconsole demo");
	vt_resize(vt, 30, 100);
	vt_type(vt, "<C-j>");
	SEE(vt, "at 2 of 112");
	cr_assert_not_null(strstr(vt_row(vt, 29), "F1 Help"), "%s", vt_screen(vt));
	vt_type(vt, "<Down>");
	SEE(vt, "at 3 of 112");
	vt_type(vt, "q");
	SEE(vt, "over");
	ENDS(vt, 0);
}

Test(screen, sleeps_when_nothing_happens)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);
	char path[64], before[2048], after[2048];
	FILE *file;
	size_t n;

	snprintf(path, sizeof path, "/proc/%d/schedstat", (int)vt_pid(vt));
	vt_settle(vt, 100);
	file = fopen(path, "r");
	if (file == NULL)
		cr_skip_test("no %s here", path);
	n = fread(before, 1, sizeof before - 1, file);
	before[n] = '\0';
	fclose(file);
	n = vt_bytes(vt);
	vt_settle(vt, 400);
	cr_assert_eq(vt_bytes(vt), n);
	file = fopen(path, "r");
	n = fread(after, 1, sizeof after - 1, file);
	after[n] = '\0';
	fclose(file);
	cr_assert_str_eq(before, after, "it has run though nothing happened");
	quit(vt);
}

Test(screen, sends_only_what_changed)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);
	size_t before;

	vt_settle(vt, 50);
	before = vt_bytes(vt);
	vt_type(vt, "<Down>");
	SEE(vt, "at 2 of 112");
	vt_settle(vt, 50);
	cr_assert_lt(vt_bytes(vt) - before, 400);
	vt_type(vt, "<C-l>");
	vt_settle(vt, 50);
	cr_assert_gt(vt_bytes(vt) - before, 1500, "^L draws the whole screen");
	quit(vt);
}

Test(screen, scrolls_a_hundred_thousand_rows)
{
	struct vt *vt = demo_start(24, 80, NULL, ARGV("-c", "100000"));
	long start;

	SEE(vt, "at 1 of 100000, 2000 problems,");
	start = now_ms();
	vt_repeat(vt, "<PageDown>", 200);
	vt_type(vt, "<End>");
	SEE(vt, "at 100000 of 100000");
	vt_type(vt, "<PageUp>");
	SEE(vt, "at 99982 of 100000");
	cr_assert_lt(now_ms() - start, 3000);
	quit(vt);
}
