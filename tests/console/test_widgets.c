/* The widgets as the user meets them: lists, texts, dialogs, forms, the mouse. */
#include "config.h"

#include <string.h>

#include "base/xalloc.h"
#include "tests/console/demo_vt.h"

TestSuite(list, .timeout = 60);
TestSuite(prompt, .timeout = 60);
TestSuite(dialog, .timeout = 60);
TestSuite(text, .timeout = 60);
TestSuite(help, .timeout = 60);
TestSuite(read_only, .timeout = 60);
TestSuite(form, .timeout = 60);
TestSuite(mouse, .timeout = 60);

static void quit(struct vt *vt)
{
	vt_type(vt, "q");
	ENDS(vt, 0);
}

Test(list, searches_as_one_types)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);

	vt_type(vt, "/SS-9");
	SEE(vt, "at 30 of 112"); /* MSS-96 */
	SEE(vt, "Search: SS-9");
	vt_type(vt, "2");
	SEE(vt, "Search: SS-92");
	SEE(vt, "at 50 of 112");
	vt_type(vt, "<Backspace>");
	SEE(vt, "at 30 of 112");
	vt_type(vt, "<Esc>");
	SEE(vt, "at 1 of 112");
	vt_type(vt, "/mss-<Enter>");
	SEE(vt, "at 2 of 112");
	vt_type(vt, "n");
	SEE(vt, "at 6 of 112");
	vt_type(vt, "NN");
	SEE(vt, "at 110 of 112");
	vt_type(vt, "G/mss-12<Enter>");
	SEE(vt, "at 2 of 112, ");
	vt_type(vt, "NN");
	SEE(vt, "at 2 of 112, ");
	vt_type(vt, "/nowhere<Enter>");
	SEE(vt, "'nowhere' is not found");
	SEE(vt, "at 2 of 112, ");
	quit(vt);
}

Test(list, keeps_the_row_when_the_order_changes)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);

	vt_type(vt, "<Down>");
	SEE(vt, "at 2 of 112"); /* number 12 */
	vt_type(vt, "o");
	SEE(vt, "#\xe2\x96\xb2");
	SEE(vt, "at 12 of 112");
	vt_type(vt, "O");
	SEE(vt, "#\xe2\x96\xbc");
	SEE(vt, "at 101 of 112");
	quit(vt);
}

Test(list, filters)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);

	vt_type(vt, "f9<Enter>");
	SEE(vt, "at 1 of 20");
	vt_type(vt, "f<C-u>none<Enter>");
	SEE(vt, "at 0 of 0");
	vt_type(vt, "<Down><PageUp>G/x<Enter>n");
	SEE(vt, "'x' is not found");
	vt_type(vt, "f<C-u><Enter>");
	SEE(vt, "of 112");
	quit(vt);
}

Test(prompt, has_history_and_completion)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);

	vt_type(vt, ":first<Enter>");
	SEE(vt, "command 'first'");
	vt_type(vt, ":second<Enter>");
	SEE(vt, "command 'second'");
	vt_type(vt, ":<Up><Up><End>!<Enter>");
	SEE(vt, "command 'first!'");
	vt_type(vt, ":cert<Tab><Enter>");
	SEE(vt, "command 'certificate list'");
	vt_type(vt, ":gone<Esc>j");
	SEE(vt, "at 2 of 112");
	GONE(vt, "gone");
	quit(vt);
}

Test(dialog, asks_before_it_removes)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);

	vt_type(vt, "<Down>d");
	SEE(vt, "Remove this rule?");
	vt_type(vt, "<Enter>");
	GONE(vt, "Remove this rule?");
	SEE(vt, "at 2 of 112");
	vt_type(vt, "d");
	SEE(vt, "Remove this rule?");
	vt_type(vt, "<Left><Enter>");
	SEE(vt, "removed");
	SEE(vt, "at 2 of 111");
	vt_type(vt, "dy");
	SEE(vt, "at 2 of 110");
	quit(vt);
}

Test(dialog, wants_the_word_typed)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);

	vt_type(vt, "x");
	SEE(vt, "The result has a new error.");
	vt_type(vt, "yes<Enter>");
	SEE(vt, "type the word 'save'");
	vt_type(vt, "<C-u>save<Enter>");
	SEE(vt, "answer: yes");
	vt_type(vt, "x<Esc>");
	SEE(vt, "answer: no");
	quit(vt);
}

Test(dialog, shows_a_diff_with_signs_and_colours)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);
	int row, col;

	vt_type(vt, "w");
	SEE(vt, "Write these changes?");
	FIND(vt, "+       p1_nonce_len 20", &row, &col);
	cr_assert_eq(vt_look(vt, row, col).foreground, VT_GREEN);
	FIND(vt, "-       p1_nonce_len 40", &row, &col);
	cr_assert_eq(vt_look(vt, row, col).foreground, VT_RED);
	vt_type(vt, "y");
	SEE(vt, "answer: yes");
	quit(vt);
}

Test(text, wraps_scrolls_and_searches)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);
	int row, col, cursor_row, cursor_col;

	vt_type(vt, "<Enter>");
	SEE(vt, "fit into the room beside the list");
	vt_type(vt, "z");
	GONE(vt, "beside the list");
	vt_repeat(vt, "<Right>", 12);
	SEE(vt, "beside the list");
	vt_type(vt, "/LIFE<Enter>");
	SEE(vt, "lifetime");
	vt_settle(vt, 50);
	FIND(vt, "lifetime", &row, &col);
	vt_cursor(vt, &cursor_row, &cursor_col);
	cr_assert_eq(cursor_row, row);
	cr_assert_eq(cursor_col, col);
	vt_type(vt, "q");
	SEE(vt, "at 1 of 112");
	quit(vt);
}

Test(help, comes_from_the_key_table)
{
	struct vt *vt = demo_start(60, 100, NULL, ARGV("-b", "screen-8=8", "-b", "write=F8 W"));

	SEE(vt, "F8 Write");
	vt_type(vt, "?");
	SEE(vt, "A list of made-up rules.");
	SEE(vt, "F8  W");
	SEE(vt, "review the changes and write them");
	SEE(vt, "Up  k  C-p");
	vt_type(vt, "<Esc><F8>");
	SEE(vt, "Write these changes?");
	vt_type(vt, "<F1>");
	SEE(vt, "answer yes");
	vt_type(vt, "q<Esc>");
	SEE(vt, "answer: no");
	quit(vt);
}

Test(read_only, hides_and_refuses_what_changes)
{
	static const char *const keys[] = { "a", "d", "w", "x", "u", "D", "e" };
	struct vt *vt = demo_start(24, 80, NULL, ARGV("-r"));
	size_t i;

	SEE(vt, "READ-ONLY");
	SEE(vt, "Search");
	GONE(vt, "Add");
	GONE(vt, "Write");
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		vt_type(vt, keys[i]);
		SEE(vt, "read-only: '");
		vt_type(vt, "j");
		GONE(vt, "read-only: '");
	}
	vt_type(vt, "?");
	SEE(vt, "READ-ONLY: nothing can be changed");
	GONE(vt, "review the changes");
	vt_type(vt, "q");
	quit(vt);
}

Test(form, names_all_problems_at_once)
{
	struct vt *vt = demo_start(40, 100, NULL, PLAIN);
	int row, col, cursor_row;

	vt_type(vt, "a");
	SEE(vt, "locked: MDM wrote it (COEX-12)");
	vt_type(vt, "<Down><Down><C-u>12<F10>");
	SEE(vt, "! a label is needed");
	SEE(vt, "! 1800 to 172800 s are allowed");
	SEE(vt, "not yet");
	vt_settle(vt, 50);
	vt_cursor(vt, &cursor_row, &col);
	FIND(vt, "Label", &row, &col);
	FIND(vt, "! a label", &row, &col);
	cr_assert_eq(cursor_row, row - 1, "the first problem has the cursor");
	vt_type(vt, "new<Tab>");
	GONE(vt, "! a label is needed");
	SEE(vt, "! 1800 to 172800 s are allowed");
	vt_type(vt, "<Down>x<Tab>");
	SEE(vt, "! a number is needed here");
	vt_type(vt, "<Up><C-u>3600<F10>");
	SEE(vt, "added 'new' preshared");
	SEE(vt, "at 113 of 113");
	quit(vt);
}

Test(form, picks_fills_in_and_hides)
{
	struct vt *vt = demo_start(40, 100, NULL, PLAIN);

	vt_type(vt, "a<Down><Enter>");
	SEE(vt, "certificates with RSA keys");
	vt_type(vt, "<Down><Enter>");
	GONE(vt, "certificates with RSA keys");
	SEE(vt, "forced by COEX-5");
	GONE(vt, "again");
	vt_type(vt, "<Left>");
	SEE(vt, "again");
	GONE(vt, "forced by");
	vt_type(vt, "<Enter>d<Enter>");
	SEE(vt, "dss_sig");
	vt_type(vt, "<Down><Down><Down>");
	SEE(vt, "[ ] no");
	vt_type(vt, "<Space>");
	SEE(vt, "[x] yes");
	quit((vt_type(vt, "<Esc>y"), vt));
}

Test(form, never_shows_a_secret)
{
	struct vt *vt = demo_start(40, 100, NULL, PLAIN);

	vt_type(vt, "aX<Tab><Tab><Tab><Tab><Tab>");
	SEE(vt, "C-g Generate");
	GONE(vt, "From file");
	vt_type(vt, "c0ffee<Tab>c0ff33<F10>");
	SEE(vt, "! the two entries differ");
	SEE(vt, "\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2");
	GONE(vt, "c0ff");
	vt_type(vt, "<C-g>");
	SEE(vt, "64 bits, made at random");
	GONE(vt, "0123");
	vt_type(vt, "<F10>");
	SEE(vt, "added 'X'");
	quit(vt);
}

Test(form, keeps_everything_when_refused_or_covered)
{
	struct vt *vt = demo_start(24, 80, NULL, PLAIN);

	vt_type(vt, "arefused<F10>");
	SEE(vt, "refused by the profile");
	SEE(vt, "Add a rule");
	vt_type(vt, "<F1>");
	SEE(vt, "check all fields");
	vt_type(vt, "q");
	SEE(vt, "Add a rule");
	vt_type(vt, "<Home>un<Esc>n");
	SEE(vt, "unrefused");
	vt_type(vt, "<F10>");
	SEE(vt, "added 'unrefused'");
	quit(vt);
}

Test(form, scrolls_when_it_is_taller_than_the_screen)
{
	struct vt *vt = demo_start(16, 60, NULL, PLAIN);

	vt_type(vt, "a");
	SEE(vt, "Label");
	GONE(vt, "Comment 4");
	vt_repeat(vt, "<Tab>", 10);
	SEE(vt, "Comment 4");
	GONE(vt, "Label");
	SEE(vt, "[ OK ]");
	vt_type(vt, "end<Tab><Tab><Enter>");
	SEE(vt, "Give up");
	vt_type(vt, "y");
	quit(vt);
}

Test(mouse, selects_opens_scrolls_and_presses)
{
	struct vt *vt = demo_start(24, 80, NULL, ARGV("-m"));
	int row, col;

	vt_mouse(vt, 1, 7, 20);
	SEE(vt, "at 5 of 112");
	vt_mouse(vt, 5, 7, 20);
	SEE(vt, "at 8 of 112");
	vt_mouse(vt, 4, 7, 20);
	SEE(vt, "at 5 of 112");
	vt_mouse(vt, 1, 7, 20);
	SEE(vt, "Rule ");
	vt_type(vt, "q");
	GONE(vt, "Rule ");
	FIND(vt, "4 Keys", &row, &col);
	vt_mouse(vt, 1, row, col + 2);
	vt_settle(vt, 50);
	cr_assert(vt_look(vt, row, col + 2).reverse, "the tab is not marked");
	FIND(vt, "Remove", &row, &col);
	vt_mouse(vt, 1, row, col + 2);
	SEE(vt, "Remove this rule?");
	FIND(vt, "[ Yes ]", &row, &col);
	vt_mouse(vt, 1, row, col + 2);
	SEE(vt, "of 111");
	FIND(vt, "Add", &row, &col);
	vt_mouse(vt, 1, row, col);
	SEE(vt, "Add a rule");
	FIND(vt, "[ ] no", &row, &col);
	vt_mouse(vt, 1, row, col);
	SEE(vt, "[x] yes");
	FIND(vt, "CN=MSS", &row, &col);
	vt_mouse(vt, 1, row, col);
	SEE(vt, "locked: MDM wrote it");
	FIND(vt, "[ Cancel ]", &row, &col);
	vt_mouse(vt, 1, row, col + 3);
	vt_type(vt, "y");
	GONE(vt, "Add a rule");
	quit(vt);
}
