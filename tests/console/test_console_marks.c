/* Marked rows, items like others, and what leaves the screen: the clipboard and a file. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_marks, .timeout = 60);

static void goes(struct vt *vt, const char *keys, const char *shows)
{
	vt_type(vt, keys);
	SEE(vt, shows);
}

Test(console_marks, several_are_removed_in_one_step)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_open_console(24, 80, root);
	int row, col;

	host_go(vt, 2);
	goes(vt, "/backup<Enter><Space>", ", 1 marked");
	FIND(vt, " backup", &row, &col);
	cr_assert_not_null(strstr(vt_row(vt, row), "*"), "%s", vt_row(vt, row));
	cr_assert(vt_look(vt, row, col + 1).bold);
	goes(vt, "g<Space><Space>", ", 3 marked");
	SEE(vt, "n*  1 INDEXID_1 ");
	/* A second time takes the mark away. */
	goes(vt, "g<Space>", ", 2 marked");
	SEE(vt, "n   1 INDEXID_1 ");
	/* They stay with their items through sorting. */
	goes(vt, "oO", "#\xe2\x96\xbc");
	goes(vt, "g", "1 of 110");
	GONE(vt, "n*110");
	goes(vt, "O", "#\xe2\x96\xb2");
	goes(vt, "g", "n*  2 INDEXID_2 ");
	vt_type(vt, "d");
	SEE(vt, "Remove these 2 marked items?");
	SEE(vt, "  INDEXID_2");
	SEE(vt, "  backup");
	vt_type(vt, "<Enter>");
	GONE(vt, "Remove these 2 marked items?");
	SEE(vt, "of 110");
	goes(vt, "dy", "2 removed; u takes them back");
	SEE(vt, "of 108");
	SEE(vt, "*1 ");
	GONE(vt, " marked");
	goes(vt, "D", "1. Rules: remove INDEXID_2, backup");
	goes(vt, "q", "of 108");
	goes(vt, "u", "taken back");
	SEE(vt, "of 110");
	goes(vt, "<C-r>", "done again");
	SEE(vt, "of 108");
	goes(vt, "u", "of 110");
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

Test(console_marks, what_the_filter_hides_is_not_touched)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 2);
	vt_type(vt, "g<Space><Space><Space>");
	goes(vt, "fINDEXID_2<Enter>", ", 3 marked (2 not shown)");
	goes(vt, "d", "Remove the marked item?");
	SEE(vt, "2 more are marked but not shown, and stay.");
	goes(vt, "y", "1 removed; u takes it back");
	goes(vt, "f<C-u>backup<Enter>", "2 marked (2 not shown)");
	goes(vt, "d", "the filter hides what is marked, and nothing was done");
	goes(vt, "*", "3 marked (2 not shown)");
	goes(vt, "*", "2 marked (2 not shown)");
	goes(vt, "f<C-u><Enter>g", ", 2 marked");
	SEE(vt, "n*  2 INDEXID_3 ");
	goes(vt, "*", ", 109 marked");
	vt_type(vt, "*");
	GONE(vt, " marked");
	vt_type(vt, "u");
	SEE(vt, "of 110");
	LEAVE(vt, root);
}

/* The rest is done only where all of it may be. */
Test(console_marks, a_role_that_may_not_do_all_does_nothing)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_start(24, 80, root, NULL, ARGS("--role", "ssm"));

	SEE(vt, "Problems  7 errors");
	host_go(vt, 2);
	vt_type(vt, "/backup<Enter><Space>g<Space>");
	SEE(vt, ", 2 marked");
	goes(vt, "dy", "Not done");
	SEE(vt, "remove rule INDEXID_1: refused by COEX-R9");
	SEE(vt, "them was removed");
	vt_type(vt, "<Enter>");
	SEE(vt, "of 110");
	SEE(vt, ", 2 marked");
	GONE(vt, "*1 ");
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	LEAVE(vt, root);
}

Test(console_marks, problems_are_repaired_together)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, SCREEN_PROBLEMS);
	goes(vt, "frepair:yes<Enter>", "; filter: repair:yes");
	goes(vt, "g<Space><Space>", "2 marked");
	goes(vt, "x", "Repair this?");
	goes(vt, "y", "2 problems repaired, not written yet");
	SEE(vt, "*1 ");
	goes(vt, "u", "taken back");
	GONE(vt, "*1 ");
	LEAVE(vt, root);
}

Test(console_marks, marks_follow_what_is_read_again)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *changed;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 2);
	goes(vt, "/INDEXID_3 <Enter><Space>", ", 1 marked");
	changed = text_with(config, "{\nlabel INDEXID_1\n",
			    "{\nlabel zero\nlocal_addr 192.0.2.1\nremote_addr 192.0.2.2\n"
			    "p1_xform { auth_method preshared oakley_group 14 auth_alg sha256 "
			    "encr_alg aes }\n}\n{\nlabel INDEXID_1\n");
	tree_file(root, CONFIG, changed, 0755);
	goes(vt, "R", "the files were read again");
	SEE(vt, ", 1 marked");
	/* What stands before them now makes no difference to the mark and the cursor. */
	SEE(vt, "5 of 111");
	goes(vt, "g", "*  4 INDEXID_3 ");
	free(config);
	free(changed);
	LEAVE(vt, root);
}

/* While one types, the list shows what fits, and the cursor goes back to its item. */
Test(console_marks, the_filter_works_as_one_types)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 2);
	goes(vt, "/INDEXID_40<Enter>", "40 of 110");
	goes(vt, "f", "Filter (column:text, !not):");
	goes(vt, "backup", "1 of 1, out of 110");
	goes(vt, "<C-u>INDEXID_4", "2 of 11, out of 110");
	goes(vt, "<C-u>", "40 of 110");
	goes(vt, "owner:for", "of 6, out of 110");
	vt_type(vt, "<Esc>");
	SEE(vt, "40 of 110");
	GONE(vt, "filter: ");
	goes(vt, "fownr:mdm<Enter>", "there is no column 'ownr', and the term is looked for as it");
	goes(vt, "f<C-u>owner:foreign !kind:rsasig<Enter>", "; filter: owner:foreign !kind:rsasig");
	goes(vt, "f<C-u><Enter>", "of 110");
	goes(vt, "g/owner:foreign kind:pre<Enter>", "Search");
	GONE(vt, "Search: ");
	SEE(vt, "105 of 110");
	goes(vt, "/nonsense:x<Enter>", "there is no column 'nonsense'");
	goes(vt, "g/own", "Search: own");
	vt_type(vt, "<Esc>");
	LEAVE(vt, root);
}

Test(console_marks, items_like_others)
{
	static const struct {
		int screen;
		const char *keys, *title, *shows, *fill, *after;
	} cases[] = {
		{ 2, "/backup<Enter>c", "Add a rule like backup", "backup-2",
		  "<Down><Down><C-u>198.51.100.77<F10>", "of 111" },
		{ 4, "gc", "Add a preshared key", "47.154.135.86", "<Down>192.0.2.250<F10>", NULL },
		{ SCREEN_POLICIES, "/198.51.100.20<Enter>c", "Add a policy like policy 22",
		  "behind policy 22", "<F10>", "23 of 27" },
		{ SCREEN_MANUAL_SAS, "gc", "Add a manual SA like esp/691/47.154.136.69", "829",
		  "<F10>", "of 3" },
	};
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_open_console(40, 120, root);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		host_go(vt, cases[i].screen);
		goes(vt, cases[i].keys, cases[i].title);
		SEE(vt, cases[i].shows);
		vt_type(vt, cases[i].fill);
		if (cases[i].after == NULL) {
			/* It has no key yet. */
			vt_type(vt, "<Esc>y");
			GONE(vt, cases[i].title);
			continue;
		}
		SEE(vt, cases[i].after);
		goes(vt, "u", "taken back");
	}
	host_go(vt, 2);
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

#define COPIED "\033]52;c;SU5ERVhJRF8x\a" /* INDEXID_1 */

Test(console_marks, copies_what_names_an_item)
{
	static const struct {
		const char *env, *says;
		bool sent;
	} cases[] = {
		{ "TERM=xterm-256color", "copied: INDEXID_1", true },
		{ "TERM=vt100", "not copied: a terminal of type vt100 has no clipboard", false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *root = host_copy();
		struct vt *vt = host_start(24, 80, root, ENV(cases[i].env), NO_ARGS);

		vt_record(vt);
		SEE(vt, "Problems  7 errors");
		host_go(vt, 2);
		goes(vt, "y", cases[i].says);
		cr_assert_eq(vt_wrote(vt, COPIED, strlen(COPIED)), cases[i].sent);
		if (cases[i].sent) {
			goes(vt, "<Enter>", "rule: INDEXID_1");
			goes(vt, "y", "Copy which value?");
			goes(vt, "Remote<Enter>", "copied: 47.154.135.81");
			goes(vt, "q", "of 110");
		}
		cr_assert_eq(vt_wrote(vt, "\033]52;", 5), cases[i].sent);
		LEAVE(vt, root);
	}
}

Test(console_marks, writes_the_screen_into_a_file)
{
	char *root = host_copy(), *text;
	struct vt *vt = host_open_console(24, 80, root);
	struct strbuf keys = STRBUF_INIT, name = STRBUF_INIT;
	struct stat info;

	strbuf_addf(&name, "%s/screen.txt", root);
	strbuf_addf(&keys, "S%s<Enter>", name.buf);
	host_go(vt, 4);
	vt_type(vt, keys.buf);
	SEE(vt, "the screen was written to '");
	text = tree_text(root, "screen.txt");
	cr_assert_not_null(strstr(text, "  4 Keys"), "%s", text);
	cr_assert_not_null(strstr(text, "1 of 104"), "%s", text);
	free(text);
	cr_assert_eq(stat(name.buf, &info), 0);
	cr_assert_eq(info.st_mode & 07777, 0600);
	/* Nothing that is there is overwritten. */
	vt_type(vt, keys.buf);
	SEE(vt, "is there already; choose another name");
	strbuf_release(&keys);
	strbuf_release(&name);
	LEAVE(vt, root);
}
