/* Reading: details with origins, search, filter, order, undo, re-reading, help, and the key bar. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/console/host.h"
#include "ui/keymap.h"

TestSuite(console_lists, .timeout = 60);

/* Waits until the cursor is on a row with this text. */
static bool comes_to(struct vt *vt, const char *text)
{
	int tries, row, col;

	for (tries = 0; tries < LIMIT / 10; tries++) {
		vt_settle(vt, 10);
		vt_cursor(vt, &row, &col);
		if (strstr(vt_row(vt, row), text) != NULL)
			return true;
	}
	return false;
}

#define HERE(vt, text)                                                                             \
	cr_assert(comes_to(vt, text), "the cursor is not on '%s' in\n%s", text, vt_screen(vt))

Test(console_lists, detail_says_where_each_value_comes_from)
{
	static const struct {
		const char *search, *shows[6];
	} cases[] = {
		{ "INDEXID_1",
		  { "Remote            47.154.135.81  (set here)",
		    "P1 life           86400  (forced by the profile, COEX-R8)",
		    "P2 idle time      -  (the daemon's default)", "Owner             MDM",
		    "Key               key 1", "Line              16" } },
		{ "INDEXID_2",
		  { "Auth              rsasig", "Id type           dn  (set here)",
		    "P2 life           -  (the daemon's default)", "Key               slot 1",
		    "PFS               1  (set here)", "Line              24" } },
		{ "backup",
		  { "P1 life           28800  (the file's default)", "Owner             foreign",
		    "Remote            198.51.100.20  (set here)", "Key               key 99",
		    "Auth              preshared", "Label             backup" } },
	};
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);
	size_t i, k;

	host_go(vt, 2);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		vt_type(vt, "g/");
		vt_type(vt, cases[i].search);
		vt_type(vt, "<Enter><Enter>");
		SEE(vt, "rule: ");
		for (k = 0; k < ARRAY_SIZE(cases[i].shows); k++)
			SEE(vt, cases[i].shows[k]);
		vt_type(vt, "q");
		GONE(vt, "rule: ");
	}
	LEAVE(vt, root);
}

/* Beside the list, the detail follows the cursor and has the findings with the way out. */
Test(console_lists, detail_beside_the_list_follows_the_cursor)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(40, 120, root);

	host_go(vt, 2);
	SEE(vt, "Label             INDEXID_1");
	vt_type(vt, "<Down>");
	SEE(vt, "Label             INDEXID_2");
	vt_type(vt, "/INDEXID_63<Enter>");
	SEE(vt, "Error COEX-R11: rule 'INDEXID_63' has no");
	SEE(vt, "Way out:");
	LEAVE(vt, root);
}

Test(console_lists, search_goes_round_both_ways)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 2);
	vt_type(vt, "n");
	SEE(vt, "nothing was searched yet");
	vt_type(vt, "/rsasig");
	HERE(vt, "Search: rsasig");
	vt_type(vt, "<Enter>");
	HERE(vt, "INDEXID_2 ");
	vt_type(vt, "n");
	HERE(vt, "INDEXID_3 ");
	vt_type(vt, "n");
	HERE(vt, "INDEXID_22 ");
	vt_type(vt, "NNN");
	HERE(vt, "cm1 ");
	vt_type(vt, "n");
	HERE(vt, "INDEXID_2 ");
	vt_type(vt, "/nowhere<Enter>");
	SEE(vt, "'nowhere' is not found");
	HERE(vt, "INDEXID_2 ");
	/* Esc goes back to where the search began. */
	vt_type(vt, "/backup");
	SEE(vt, "106 of 110");
	vt_type(vt, "<Esc>");
	SEE(vt, "2 of 110");
	HERE(vt, "INDEXID_2 ");
	LEAVE(vt, root);
}

Test(console_lists, filter_by_column_and_without)
{
	static const struct {
		int screen;
		const char *filter, *count;
	} cases[] = {
		{ 2, "rsasig", "of 8, out of 110" },
		{ 2, "rsasig !owner:mdm", "1 of 1, out of 110" },
		{ 2, "owner:foreign", "of 6, out of 110" },
		{ 2, "owner:foreign !kind:rsasig 2001:db8", "of 2, out of 110" },
		{ 2, "no such rule", "none of 110" },
		{ 3, "default:0", "1 of 1, out of 7" },
		{ 4, "bits:256", "of 3, out of 104" },
		{ 5, "role:peer !expires", "of 8, out of 10" },
		{ SCREEN_POLICIES, "dir:both !traffic:tcp", "of 16, out of 26" },
		{ SCREEN_POLICIES, "text:neighbours", "1 of 1, out of 26" },
		{ SCREEN_MANUAL_SAS, "spi:691 !ah", "1 of 1, out of 2" },
		{ SCREEN_PROBLEMS, "severity:error", "of 7, out of 125" },
	};
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		host_go(vt, cases[i].screen);
		vt_type(vt, "f");
		vt_type(vt, cases[i].filter);
		vt_type(vt, "<Enter>");
		SEE(vt, cases[i].count);
		SEE(vt, "filter: ");
		vt_type(vt, "f<C-u><Enter>");
		GONE(vt, "filter: ");
	}
	LEAVE(vt, root);
}

Test(console_lists, selection_follows_the_item)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);
	int row, col;

	host_go(vt, 2);
	vt_type(vt, "/INDEXID_9<Enter>");
	HERE(vt, "INDEXID_9 ");
	vt_type(vt, "o");
	FIND(vt, "#\xe2\x96\xb2", &row, &col);
	vt_type(vt, "O");
	SEE(vt, "#\xe2\x96\xbc");
	SEE(vt, "102 of 110");
	HERE(vt, "INDEXID_9 ");
	vt_type(vt, "o");
	SEE(vt, "Label\xe2\x96\xbc");
	HERE(vt, "INDEXID_9 ");
	vt_type(vt, "O");
	SEE(vt, "Label\xe2\x96\xb2");
	HERE(vt, "INDEXID_9 ");
	vt_type(vt, "fINDEXID_9<Enter>");
	SEE(vt,
	    "1 of 11, out of 110"); /* not the list of what was typed so far: its columns differ */
	SEE(vt, "filter: INDEXID_9");
	HERE(vt, "INDEXID_9 ");
	/* A press on a title sorts by it. */
	FIND(vt, "Remote", &row, &col);
	vt_mouse(vt, 1, row, col);
	SEE(vt, "Remote\xe2\x96\xb2");
	HERE(vt, "INDEXID_9 ");
	vt_mouse(vt, 1, row, col);
	SEE(vt, "Remote\xe2\x96\xbc");
	LEAVE(vt, root);
}

Test(console_lists, undo_and_redo_step_by_step)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 2);
	vt_type(vt, "u");
	SEE(vt, "there is nothing to take back");
	vt_type(vt, "<C-r>");
	SEE(vt, "there is nothing to do again");
	vt_type(vt, "dy");
	SEE(vt, "removed; u takes it back, w writes it");
	SEE(vt, "*1 ");
	vt_type(vt, "dy");
	SEE(vt, "*2 ");
	SEE(vt, "1 of 108");
	HERE(vt, "INDEXID_3 ");
	vt_type(vt, "u");
	SEE(vt, "taken back");
	SEE(vt, "of 109");
	vt_type(vt, "u");
	SEE(vt, "of 110");
	GONE(vt, "*1 ");
	vt_type(vt, "<C-r>");
	SEE(vt, "done again");
	SEE(vt, "of 109");
	vt_type(vt, "u");
	SEE(vt, "of 110");
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

Test(console_lists, quit_asks_where_changes_are_not_written)
{
	static const char *const keys[] = { "q", "<Esc>", "<C-c>" };
	char *root = host_copy(), *before = host_dump(root), *after;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		struct vt *vt = host_open_console(24, 80, root);

		host_go(vt, 4);
		vt_type(vt, "dy");
		SEE(vt, "*1 ");
		vt_type(vt, keys[i]);
		SEE(vt, "Leave and forget them?");
		vt_type(vt, "<Enter>"); /* No is chosen */
		GONE(vt, "Leave and forget them?");
		SEE(vt, "*1 ");
		vt_type(vt, keys[i]);
		SEE(vt, "Leave and forget them?");
		vt_type(vt, "y");
		ENDS(vt, 0);
	}
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

Test(console_lists, reads_again_what_others_changed)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *changed;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 2);
	vt_type(vt, "<Down><Down>");
	changed = text_with(config, "label INDEXID_1\n", "label renamed\n");
	tree_file(root, CONFIG, changed, 0755);
	vt_type(vt, "R");
	SEE(vt, "the files were read again");
	SEE(vt, "renamed");
	SEE(vt, "3 of 110, 6 problems");
	HERE(vt, "INDEXID_3 ");
	/* What is pending stays, on top of what is read. */
	vt_type(vt, "dy");
	SEE(vt, "*1 ");
	tree_file(root, CONFIG, config, 0755);
	vt_type(vt, "R");
	SEE(vt, "INDEXID_1 ");
	SEE(vt, "*1 ");
	SEE(vt, " of 109, ");
	vt_type(vt, "u");
	GONE(vt, "*1 ");
	SEE(vt, " of 110, ");
	free(config);
	free(changed);
	LEAVE(vt, root);
}

/* What the help says of an action, and whether the screen in question has it. */
static void find_help(struct vt *vt, enum action action, bool wanted)
{
	const struct action_info *info = action_info(action);
	struct keymap *map = keymap_new();
	struct strbuf keys = STRBUF_INIT;
	int row, col;
	bool found;

	keymap_keys(map, action, CONTEXT_LIST, 4, "  ", &keys);
	found = vt_find(vt, info->help, &row, &col);
	cr_assert_eq(found, wanted, "'%s' is %s the help:\n%s", info->name,
		     wanted ? "missing in" : "in", vt_screen(vt));
	if (found)
		cr_assert_not_null(strstr(vt_row(vt, row), keys.buf), "%s: %s", info->name,
				   vt_row(vt, row));
	strbuf_release(&keys);
	keymap_free(map);
}

/* Every action of the key table either works on the screen or is not in its help. */
Test(console_lists, help_has_every_key_that_works)
{
	static const unsigned never = 1u << 0, rules = 1u << 1, certificates = 1u << 2,
			      both = rules | certificates;
	static const struct {
		enum action action;
		unsigned where;
	} special[] = {
		{ ACTION_ADD, rules },         { ACTION_CLONE, rules },
		{ ACTION_EDIT, rules },        { ACTION_REMOVE, rules },
		{ ACTION_WRITE, never },       { ACTION_REVIEW, never },
		{ ACTION_UNDO, never },        { ACTION_FIX, never },
		{ ACTION_FIX_ALL, never },     { ACTION_RESTORE, never },
		{ ACTION_REVEAL, never },      { ACTION_COMMAND, never },
		{ ACTION_SEARCH_NEXT, never }, { ACTION_MOVE_UP, never },
		{ ACTION_MOVE_DOWN, never },   { ACTION_SCREEN_11, never },
		{ ACTION_SCREEN_12, never },   { ACTION_SCREEN_13, never },
		{ ACTION_SCREEN_14, never },   { ACTION_SEARCH_PREVIOUS, never },
		{ ACTION_REDO, never },
	};
	char *root = host_copy();
	struct vt *vt = host_open_console(60, 120, root);
	size_t screen, i;
	int a;

	for (screen = 0; screen < 2; screen++) {
		host_go(vt, screen == 0 ? 2 : 5);
		vt_type(vt, "?");
		SEE(vt, "show the keys of this place");
		vt_settle(vt, 50);
		for (a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
			unsigned where = both;

			if ((action_info((enum action)a)->contexts & CONTEXT_LIST) == 0)
				continue;
			for (i = 0; i < ARRAY_SIZE(special); i++)
				if (special[i].action == (enum action)a)
					where = special[i].where;
			find_help(vt, (enum action)a,
				  (where & (screen == 0 ? rules : certificates)) != 0);
		}
		vt_type(vt, "q");
		GONE(vt, "show the keys of this place");
	}
	/* What was done can be undone, and what was undone done again. */
	for (i = 0; i < 2; i++) {
		host_go(vt, 2);
		vt_type(vt, i == 0 ? "dy" : "u");
		SEE(vt, i == 0 ? "*1 " : "taken back");
		vt_type(vt, "?");
		SEE(vt, "show the keys of this place");
		vt_settle(vt, 50);
		find_help(vt, ACTION_UNDO, i == 0);
		find_help(vt, ACTION_REDO, i == 1);
		vt_type(vt, "q");
		GONE(vt, "show the keys of this place");
	}
	LEAVE(vt, root);
}

Test(console_lists, key_bar_shows_what_works_here)
{
	static const struct {
		const char *keys, *bar;
	} cases[] = {
		{ "1", " F1 Help  q Quit  R Re-read  Tab Next screen" },
		{ "2", " F1 Help  q Quit  Enter Open  e Edit  a Add  d Remove  / Search  f Filter  "
		       "Space Mark  c Clone  o Sort  R Re-read" },
		{ "5", " F1 Help  q Quit  Enter Open  / Search  f Filter  Space Mark  o Sort  R "
		       "Re-read  Tab Next screen" },
		{ "7", " F1 Help  q Quit  Enter Open  e Edit  a Add  d Remove  / Search  f Filter  "
		       "Space Mark  c Clone  o Sort  R Re-read" },
		{ "8", " F1 Help  q Quit  Enter Open  e Edit  a Add  d Remove  / Search  f Filter  "
		       "Space Mark  c Clone  o Sort  R Re-read" },
		{ "9", " F1 Help  q Quit  Enter Open  e Edit  X Fix all  / Search  f Filter  Space "
		       "Mark  o Sort  R Re-read  Tab Next screen" },
		{ "2fnowhere<Enter>",
		  " F1 Help  q Quit  a Add  / Search  f Filter  o Sort  R Re-read "
		  " Tab Next screen" },
		{ "f<C-u><Enter>dy",
		  " F1 Help  q Quit  Enter Open  e Edit  a Add  d Remove  w Write  / Search  f Filter  "
		  "Space Mark  c Clone  D Diff  u Undo" },
		{ "u<Enter>", " F1 Help  q Back  e Edit  d Remove  / Search  z Wrap" },
		{ "q", " F1 Help  q Quit  Enter Open  e Edit  a Add  d Remove  / Search  f Filter  "
		       "Space Mark  c Clone  o Sort  R Re-read" },
	};
	char *root = host_copy();
	struct vt *vt = host_open_console(40, 120, root);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		vt_type(vt, cases[i].keys);
		vt_wait(vt, cases[i].bar, LIMIT);
		cr_assert_str_eq(vt_row(vt, 39), cases[i].bar, "after %s", cases[i].keys);
	}
	LEAVE(vt, root);
}
