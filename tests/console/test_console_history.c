/* The screen of what was changed, and the way back from there. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_history, .timeout = 60);

/* Writes one change: the first rule gets another lifetime of phase 2. */
static void write_change(struct vt *vt, const char *seconds)
{
	char keys[80];

	host_go(vt, SCREEN_RULES);
	vt_type(vt, "ge");
	SEE(vt, "Edit rule INDEXID_1");
	snprintf(keys, sizeof keys, "<Down><Down><Down><Down><C-u>%s<F10>", seconds);
	vt_type(vt, keys);
	GONE(vt, "Edit rule INDEXID_1");
	SEE(vt, "*1 ");
	vt_type(vt, "wy");
	SEE(vt, "1 file written and read back");
	GONE(vt, "*1 ");
}

Test(console_history, shows_what_was_changed_and_goes_back)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *first, *others;
	struct vt *vt = host_open_console(40, 120, root);

	host_go(vt, SCREEN_HISTORY);
	SEE(vt, "none");
	vt_type(vt, "r");
	GONE(vt, "Go back to this state?");
	write_change(vt, "7200");
	first = tree_text(root, CONFIG);
	write_change(vt, "3600");
	host_go(vt, SCREEN_HISTORY);
	SEE(vt, " of 2");
	vt_type(vt, "g<Down><Enter>");
	SEE(vt, "change: 1");
	SEE(vt, "edit rule INDEXID_1");
	SEE(vt, "+p2_pfs 2 p2_lifetime_secs 7200");
	vt_type(vt, "r");
	SEE(vt, "Go back to this state?");
	SEE(vt, "+p2_pfs 2 p2_lifetime_secs 7200");
	vt_type(vt, "n");
	GONE(vt, "Go back to this state?");
	vt_type(vt, "ry");
	SEE(vt, "*1 ");
	/* Not on top of what is not written. */
	vt_type(vt, "r");
	SEE(vt, "write the pending changes first");
	vt_type(vt, "wy");
	SEE(vt, "1 file written and read back");
	HOLDS(root, CONFIG, first);
	SEE(vt, "restore the state af");
	SEE(vt, "of 3");
	/* What others have done goes only by a word. */
	others = text_with(first, "ignore_crls\n", "ignore_crls\n# theirs\n");
	tree_file(root, CONFIG, others, 0755);
	vt_type(vt, "R");
	SEE(vt, "the files were read again");
	vt_type(vt, "Gr");
	SEE(vt, "Others have changed " CONFIG);
	SEE(vt, "+# theirs");
	vt_type(vt, "<Esc>");
	GONE(vt, "Others have changed");
	HOLDS(root, CONFIG, others);
	vt_type(vt, "Gr");
	SEE(vt, "Type the word");
	vt_type(vt, "discard<Enter>");
	SEE(vt, "*1 ");
	vt_type(vt, "wy");
	SEE(vt, "1 file written and read back");
	HOLDS(root, CONFIG, first);
	free(config);
	free(first);
	free(others);
	LEAVE(vt, root);
}

/* Without anything to go back with. */
Test(console_history, is_looked_at_in_read_only_mode)
{
	char *root = host_copy(), *before, *after;
	struct vt *vt = host_open_console(24, 80, root);

	write_change(vt, "7200");
	vt_type(vt, "q");
	ENDS(vt, 0);
	before = host_dump(root);
	vt = host_start(24, 80, root, NULL, ARGS("--read-only"));
	SEE(vt, "Problems  7 errors, 3 warnings, ");
	host_go(vt, SCREEN_HISTORY);
	SEE(vt, "edit rule INDEXID_1");
	GONE(vt, "r Restore");
	vt_type(vt, "r");
	SEE(vt, "read-only");
	GONE(vt, "Go back to this state?");
	vt_type(vt, "<Enter>");
	SEE(vt, "change: 1");
	vt_type(vt, "G");
	SEE(vt, "+p2_pfs 2 p2_lifetime_secs 7200");
	vt_type(vt, "qq");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}
