/* What somebody else does to the files while the console is open: it is noticed, and nothing of
 * either is lost. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_drift, .timeout = 60);

/* The rule INDEXID_N gets another lifetime of phase 2. */
static void change(struct vt *vt, const char *keys, const char *pending)
{
	host_go(vt, SCREEN_RULES);
	vt_type(vt, keys);
	SEE(vt, "Edit rule");
	vt_type(vt, "<Down><Down><Down><Down><C-u>7200<F10>");
	GONE(vt, "Edit rule");
	SEE(vt, pending);
}

static const char lifetime[] = "p2_pfs 2 p2_lifetime_secs 28800";

static void put(const char *root, char **text, const char *old, const char *new)
{
	char *next = text_with(*text, old, new);

	tree_file(root, CONFIG, next, 0755);
	free(*text);
	*text = next;
}

/* In every way in which a file can become another one; and what is nothing says nothing. */
Test(console_drift, is_noticed)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG),
	     *path = tree_path(root, CONFIG), *aside = tree_path(root, "/etc/inet/ike/config.new"),
	     *certificate = tree_path(root, "/etc/inet/ike/publickeys/77");
	struct vt *vt = host_open_console(24, 80, root);
	FILE *file;

	/* in place, with nothing pending */
	file = fopen(path, "a");
	cr_assert(file != NULL && fputs("# theirs\n", file) >= 0 && fclose(file) == 0);
	SEE(vt, "ike/config was changed by somebody else; R re-reads");
	vt_type(vt, "2j"); /* it stays */
	SEE(vt, "ike/config was changed by somebody else; R re-reads");
	vt_type(vt, "R");
	SEE(vt, "the files were read again");
	GONE(vt, "somebody else");
	/* aside, and renamed */
	change(vt, "ge", "*1 ");
	tree_file(root, "/etc/inet/ike/config.new", config, 0755);
	cr_assert_eq(rename(aside, path), 0);
	SEE(vt, "ike/config was changed by somebody else; R re-reads, keeping your 1 change");
	/* and back again to the bytes that were read */
	file = fopen(path, "a");
	cr_assert(file != NULL && fputs("# theirs\n", file) >= 0 && fclose(file) == 0);
	GONE(vt, "somebody else");
	/* a file more, another mode, and one that goes */
	tree_file(root, "/etc/inet/ike/publickeys/77", "x", 0644);
	SEE(vt, "publickeys was changed by somebody else");
	cr_assert_eq(unlink(certificate), 0);
	GONE(vt, "somebody else");
	cr_assert_eq(chmod(path, 0600), 0);
	SEE(vt, "ike/config was changed by somebody else");
	cr_assert_eq(chmod(path, 0755), 0);
	GONE(vt, "somebody else");
	cr_assert_eq(unlink(path), 0);
	SEE(vt, "ike/config was changed by somebody else");
	vt_type(vt, "qy");
	ENDS(vt, 0);
	free(config);
	free(path);
	free(aside);
	free(certificate);
	tree_free(root);
}

Test(console_drift, our_own_save_is_none)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);

	change(vt, "ge", "*1 ");
	vt_type(vt, "wy");
	SEE(vt, "1 file written and read back");
	vt_settle(vt, 600);
	GONE(vt, "somebody else");
	LEAVE(vt, root);
}

/* R keeps what is pending, the cursor and the filter; undo and redo go on. */
Test(console_drift, reading_again_keeps_the_changes)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *wanted;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, SCREEN_RULES);
	vt_type(vt, "flabel:INDEXID_3<Enter>");
	SEE(vt, "filter: label:INDEXID_3");
	vt_type(vt, "gj");
	vt_type(vt, "e");
	SEE(vt, "Edit rule INDEXID_30");
	vt_type(vt, "<Down><Down><Down><Down><C-u>7200<F10>");
	SEE(vt, "*1 ");
	put(root, &config, "ignore_crls\n", "use_http\n");
	SEE(vt, "R re-reads, keeping your 1 change");
	vt_type(vt, "R");
	SEE(vt, "the files were read again; your 1 change is on top of them");
	SEE(vt, "2 of 11");
	SEE(vt, "filter: label:INDEXID_3");
	vt_type(vt, "u");
	SEE(vt, "taken back");
	GONE(vt, "*1 ");
	vt_type(vt, "<C-r>");
	SEE(vt, "done again");
	vt_type(vt, "wy");
	SEE(vt, "1 file written and read back");
	wanted = tree_text(root, CONFIG);
	cr_assert_not_null(strstr(wanted, "use_http\n"));
	cr_assert_not_null(strstr(wanted, "p2_lifetime_secs 7200"));
	free(wanted);
	free(config);
	LEAVE(vt, root);
}

static void compare(struct vt *vt, int rows, int cols)
{
	char name[80], *golden;

	snprintf(name, sizeof name, "/conflict-%dx%d.txt", cols, rows);
	vt_settle(vt, 300);
	if (getenv("GOLDENS_RENEW") != NULL)
		tree_file(GOLDEN_DIR, name, vt_screen(vt), 0644);
	golden = tree_text(GOLDEN_DIR, name);
	cr_assert_not_null(golden, "there is no golden%s", name);
	cr_expect_str_eq(vt_screen(vt), golden, "golden%s is\n%s\nbut the screen is\n%s", name,
			 golden, vt_screen(vt));
	free(golden);
}

/* One rule that both have edited, and one that they have removed; the third is ours alone. */
static struct vt *open_conflicts(int rows, int cols, const char *root, char **config)
{
	struct vt *vt = host_open_console(rows, cols, root);
	char *from, *to;
	struct strbuf less = STRBUF_INIT;

	change(vt, "ge", "*1 ");
	change(vt, "gjjjjjjjjjje", "*2 "); /* INDEXID_11 */
	change(vt, "jje", "*3 ");
	put(root, config, lifetime, "p2_pfs 2 p2_lifetime_secs 3600");
	/* from behind its brace to behind the next one's */
	from = strstr(*config, "label\nINDEXID_11\n");
	to = strstr(from, "label\nINDEXID_12\n");
	strbuf_add(&less, *config, (size_t)(from - *config));
	strbuf_addstr(&less, to);
	tree_file(root, CONFIG, less.buf, 0755);
	free(*config);
	*config = strbuf_detach(&less, NULL);
	SEE(vt, "keeping your 3 changes");
	vt_type(vt, "R");
	SEE(vt, "Changed by somebody else, and by you");
	return vt;
}

static void look(int rows, int cols)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *now;
	struct vt *vt = open_conflicts(rows, cols, root, &config);

	SEE(vt, "1 of 2, 2 to be chosen");
	compare(vt, rows, cols);
	/* Esc leaves everything as it was. */
	vt_type(vt, "<Esc>");
	SEE(vt, "nothing was done; your changes are still here");
	SEE(vt, "*3 ");
	HOLDS(root, CONFIG, config);
	/* Not before each is chosen. */
	vt_type(vt, "R");
	SEE(vt, "1 of 2, 2 to be chosen");
	vt_type(vt, "<Enter>");
	SEE(vt, "choose for each of them first");
	vt_type(vt, "gt");
	SEE(vt, "2 of 2, 1 to be chosen");
	vt_type(vt, "o");
	SEE(vt, "all chosen: Enter merges");
	vt_type(vt, "<Enter>");
	SEE(vt, "the files were read again; your 2 changes are on top of them");
	HOLDS(root, CONFIG, config);
	vt_type(vt, "wy");
	SEE(vt, "1 file written and read back");
	now = tree_text(root, CONFIG);
	cr_assert_not_null(strstr(now, "p2_pfs 2 p2_lifetime_secs 3600"), "theirs of the first");
	cr_assert_not_null(strstr(now, "INDEXID_11\n"), "ours of the second");
	cr_assert_not_null(strstr(now, "p2_lifetime_secs 7200"), "and of the third");
	free(now);
	free(config);
	LEAVE(vt, root);
}

Test(console_drift, conflicts_are_chosen_80x24)
{
	look(24, 80);
}

Test(console_drift, conflicts_are_chosen_120x40)
{
	look(40, 120);
}

/* Before it is written, what others did is merged too; keys are never shown. */
Test(console_drift, keys_of_a_conflict_are_hidden)
{
	char *root = host_copy(), *keys = tree_text(root, KEYS), *key, *theirs;
	struct vt *vt = host_open_console(24, 80, root);
	size_t len;

	host_go(vt, SCREEN_KEYS);
	vt_type(vt, "g");
	key = strstr(keys, "key ") + 4;
	len = strcspn(key, "\n");
	theirs = xstrdup(keys);
	memset(theirs + (key - keys), 'a', 8);
	memcpy(theirs + (key - keys), "5ec2e7", 6);
	vt_type(vt, "e<C-u>192.0.2.201<F10>");
	SEE(vt, "*1 ");
	tree_file(root, KEYS, theirs, 0600);
	vt_type(vt, "w");
	SEE(vt, "Changed by somebody else, and by you");
	SEE(vt, "key <hidden>");
	cr_assert_null(strstr(vt_screen(vt), "5ec2e7"), "%s", vt_screen(vt));
	cr_assert_gt(len, 8);
	vt_type(vt, "<Esc>");
	SEE(vt, "*1 ");
	vt_type(vt, "qy");
	ENDS(vt, 0);
	free(keys);
	free(theirs);
	tree_free(root);
}

/* Where nothing may be written it is noticed all the same, by a process that the kernel confines. */
Test(console_drift, read_only_notices_too)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG);
	struct vt *vt = host_start(24, 80, root, NULL, ARGS("--read-only"));

	SEE(vt, "Problems  7 errors, 3 warnings, ");
	SEE(vt, "READ-ONLY");
	put(root, &config, "ignore_crls\n", "use_http\n");
	SEE(vt, "ike/config was changed by somebody else; R re-reads");
	vt_type(vt, "R");
	SEE(vt, "the files were read again");
	GONE(vt, "somebody else");
	put(root, &config, "use_http\n", "ignore_crls\n");
	SEE(vt, "ike/config was changed by somebody else; R re-reads");
	free(config);
	LEAVE(vt, root);
}

/* Where the system tells nothing the files are looked at from time to time. */
Test(console_drift, is_noticed_by_looking)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *wd = getcwd(NULL, 0);
	struct strbuf preload = STRBUF_INIT;
	struct vt *vt;

	strbuf_addf(&preload, "LD_PRELOAD=%s/tests/fault/deaf.so", wd);
	vt = host_start(24, 80, root, (const char *const[]){ preload.buf, NULL }, NO_ARGS);
	SEE(vt, "Problems  7 errors, 3 warnings, ");
	put(root, &config, "ignore_crls\n", "use_http\n");
	vt_settle(vt, 400);
	cr_assert_null(strstr(vt_screen(vt), "somebody else"), "nobody is deaf");
	SEE(vt, "ike/config was changed by somebody else; R re-reads");
	put(root, &config, "use_http\n", "ignore_crls\n");
	GONE(vt, "somebody else");
	strbuf_release(&preload);
	free(wd);
	free(config);
	LEAVE(vt, root);
}
