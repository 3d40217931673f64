/* x and X: what is shown, what is asked, what is done, undone and written. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_repair, .timeout = 60);

static mode_t mode_of(const char *root, const char *name)
{
	char *path = tree_path(root, name);
	struct stat st;

	cr_assert_eq(stat(path, &st), 0);
	free(path);
	return st.st_mode & 07777;
}

/* The Problems screen with the cursor on the first problem that has TEXT. */
static struct vt *open_problem(const char *root, const char *text)
{
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, SCREEN_PROBLEMS);
	vt_type(vt, "/");
	vt_type(vt, text);
	vt_type(vt, "<Enter>");
	return vt;
}

Test(console_repair, one_problem)
{
	char *root = host_copy(), *before = host_dump(root), *after,
	     *config = tree_text(root, CONFIG),
	     *wanted = text_with(config, "203.0.113.226/28", "203.0.113.224/28");
	struct vt *vt = open_problem(root, "A10");

	SEE(vt, "x warning   A10 ");
	SEE(vt, ", x repairs 4");
	/* Shown first; no and Esc do nothing. */
	vt_type(vt, "x");
	SEE(vt, "Repair this?");
	SEE(vt, "x A10 /etc/inet/ike/config:939: '203.0.113.226/28' has bits set");
	SEE(vt, "-       remote_addr 203.0.113.226/28");
	SEE(vt, "+       remote_addr 203.0.113.224/28");
	vt_type(vt, "n");
	GONE(vt, "Repair this?");
	GONE(vt, "*1 ");
	SEE(vt, "x warning   A10 ");
	vt_type(vt, "x");
	SEE(vt, "Repair this?");
	vt_type(vt, "<Esc>");
	GONE(vt, "Repair this?");
	/* Yes: it is gone from the list, and not yet written. */
	vt_type(vt, "xy");
	SEE(vt, "1 problem repaired, not written yet; u takes it back, w writes it");
	SEE(vt, "*1 ");
	GONE(vt, "A10 ");
	SEE(vt, ", x repairs 3");
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	/* Back and forth, and then written. */
	vt_type(vt, "u");
	SEE(vt, "taken back");
	SEE(vt, "x warning   A10 ");
	vt_type(vt, "<C-r>");
	SEE(vt, "done again");
	GONE(vt, "A10 ");
	vt_type(vt, "w");
	SEE(vt, "1. repair A10");
	vt_type(vt, "y");
	SEE(vt, "1 file written and read back");
	HOLDS(root, CONFIG, wanted);
	cr_assert_not(host_has_leftovers(root));
	free(before);
	free(after);
	free(config);
	free(wanted);
	LEAVE(vt, root);
}

Test(console_repair, a_mode)
{
	char *root = host_copy();
	struct vt *vt = open_problem(root, "FILE-3");

	cr_assert_eq(mode_of(root, KEYS), 0644);
	vt_type(vt, "x");
	SEE(vt, "mode 0644 -> 0600 of /etc/inet/secret/ike.preshared");
	vt_type(vt, "y");
	SEE(vt, "1 problem repaired");
	cr_assert_eq(mode_of(root, KEYS), 0644);
	/* A mode alone is a change too. */
	vt_type(vt, "q");
	SEE(vt, "There are changes that were not written.");
	vt_type(vt, "n");
	vt_type(vt, "D");
	SEE(vt, "mode 0644 -> 0600 of /etc/inet/secret/ike.preshared");
	vt_type(vt, "<Esc>w");
	SEE(vt, "Write these changes?");
	vt_type(vt, "y");
	SEE(vt, "mode or owner of 1 file set");
	cr_assert_eq(mode_of(root, KEYS), 0600);
	LEAVE(vt, root);
}

Test(console_repair, all_of_them)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *a, *b, *wanted;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, SCREEN_PROBLEMS);
	vt_type(vt, "X");
	SEE(vt, "x COEX-R8 /etc/inet/ike/config:412: ");
	SEE(vt, "x COEX-R4 /etc/inet/ike/config:715: ");
	SEE(vt, "x A10 /etc/inet/ike/config:939: ");
	SEE(vt, "x FILE-3 /etc/inet/secret/ike.preshared: ");
	vt_type(vt, "y");
	SEE(vt, "4 problems repaired, not written yet");
	GONE(vt, "x repairs");
	vt_type(vt, "w");
	SEE(vt, "1. repair 4 findings");
	vt_type(vt, "y");
	SEE(vt, "1 file written and read back; mode or owner of 1 file set");
	a = text_with(config, "203.0.113.226/28", "203.0.113.224/28");
	b = text_with(a, "p1_lifetime_secs 28800 auth_method",
		      "p1_lifetime_secs 86400 auth_method");
	wanted = text_with(b, "SSM0 47.154.135.85", "SSM0 47.154.135.86");
	HOLDS(root, CONFIG, wanted);
	cr_assert_eq(mode_of(root, KEYS), 0600);
	vt_type(vt, "X");
	SEE(vt, "none of these problems has a repair");
	free(config);
	free(a);
	free(b);
	free(wanted);
	LEAVE(vt, root);
}

/* X is about what the list shows. */
Test(console_repair, all_that_are_shown)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, SCREEN_PROBLEMS);
	vt_type(vt, "fseverity:error<Enter>");
	SEE(vt, "filter: severity:error");
	vt_type(vt, "X");
	SEE(vt, "x COEX-R8 ");
	GONE(vt, "x A10 ");
	vt_type(vt, "y");
	SEE(vt, "3 problems repaired");
	SEE(vt, ", x repairs 1");
	vt_type(vt, "u");
	SEE(vt, ", x repairs 4");
	LEAVE(vt, root);
}

/* A rule's problems, from the list and from its detail. */
Test(console_repair, an_item)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 2);
	vt_type(vt, "/INDEXID_46<Enter>");
	SEE(vt, "x Fix");
	vt_type(vt, "x");
	SEE(vt, "x COEX-R8 /etc/inet/ike/config:412: ");
	vt_type(vt, "n");
	GONE(vt, "Repair this?");
	vt_type(vt, "<Enter>");
	SEE(vt, "rule: INDEXID_46");
	SEE(vt, "x Fix");
	vt_type(vt, "x");
	SEE(vt, "Repair this?");
	GONE(vt, "rule: INDEXID_46");
	vt_type(vt, "y");
	SEE(vt, "1 problem repaired");
	GONE(vt, "x Fix");
	vt_type(vt, "x");
	SEE(vt, "none of its problems has a repair");
	vt_type(vt, "u");
	SEE(vt, "taken back");
	LEAVE(vt, root);
}

Test(console_repair, what_has_none)
{
	char *root = host_copy();
	struct vt *vt = open_problem(root, "COEX-R1 ");

	SEE(vt, "  error     COEX-R1 ");
	GONE(vt, "x Fix");
	vt_type(vt, "x");
	SEE(vt, "this has no repair; its way out is in the detail");
	LEAVE(vt, root);
}

/* What the role may not do is said, and the rest is done. */
Test(console_repair, roles)
{
	char *root = host_copy();
	struct vt *vt = host_start(24, 80, root, NULL, ARGS("--role", "ssm"));

	SEE(vt, "7 errors");
	host_go(vt, SCREEN_PROBLEMS);
	vt_type(vt, "/COEX-R8<Enter>");
	vt_type(vt, "x");
	SEE(vt, "Not repaired");
	SEE(vt, "refused by COEX-R9: the role ssm");
	vt_type(vt, "<Enter>");
	GONE(vt, "Not repaired");
	vt_type(vt, "X");
	SEE(vt, "Repair this?");
	SEE(vt, "- COEX-R8 ");
	SEE(vt, "x COEX-R4 ");
	vt_type(vt, "y");
	SEE(vt, "2 problems repaired");
	vt_type(vt, "u");
	SEE(vt, "taken back");
	LEAVE(vt, root);
}

Test(console_repair, read_only)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_start(24, 80, root, NULL, ARGS("--read-only"));

	SEE(vt, "7 errors");
	host_go(vt, SCREEN_PROBLEMS);
	vt_type(vt, "/A10<Enter>");
	GONE(vt, "x Fix");
	GONE(vt, "X Fix all");
	vt_type(vt, "x");
	SEE(vt, "read-only");
	GONE(vt, "Repair this?");
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	LEAVE(vt, root);
}

/* The preview leaves what was undone as it was: it can still be done again. */
Test(console_repair, a_preview_is_no_change)
{
	char *root = host_copy();
	struct vt *vt = open_problem(root, "A10");

	vt_type(vt, "xy");
	SEE(vt, "1 problem repaired");
	vt_type(vt, "u");
	SEE(vt, "taken back");
	SEE(vt, "x warning   A10 ");
	vt_type(vt, "/A10<Enter>");
	SEE(vt, "x Fix");
	vt_type(vt, "x");
	SEE(vt, "Repair this?");
	vt_type(vt, "n");
	GONE(vt, "Repair this?");
	vt_type(vt, "<C-r>");
	SEE(vt, "done again");
	SEE(vt, "*1 ");
	vt_type(vt, "u");
	SEE(vt, "taken back");
	LEAVE(vt, root);
}
