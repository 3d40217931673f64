/* Read-only, files that are missing, broken or hostile, signals, and terminals that vanish. */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_safety, .timeout = 60);

/* Every screen can be seen, and every changing key answers with one line and does nothing. */
static void try_to_change(struct vt *vt)
{
	static const char *const keys[] = { "e", "a", "d",        "w",        "D", "u", "<C-r>",
					    "x", "L", "<Insert>", "<Delete>", "K", "J" };
	size_t i;
	int screen;

	SEE(vt, "READ-ONLY");
	SEE(vt, "Problems  7 errors");
	for (screen = 1; screen < SCREEN_END; screen++) {
		host_go(vt, screen);
		vt_settle(vt, 50);
		for (i = 0; i < ARRAY_SIZE(keys); i++) {
			char *before = xstrdup(vt_screen(vt));

			vt_type(vt, keys[i]);
			SEE(vt, "read-only: '");
			vt_type(vt, "<F1>");
			SEE(vt, "READ-ONLY: nothing can be changed");
			vt_type(vt, "q");
			GONE(vt, "READ-ONLY: nothing can be changed");
			vt_settle(vt, 20);
			cr_assert_str_eq(before, vt_screen(vt), "%s has changed something",
					 keys[i]);
			free(before);
		}
	}
}

static void see_bar(struct vt *vt)
{
	static const char *const labels[] = { " e Edit",  " a Add",  " d Remove",
					      " w Write", " D Diff", " u Undo" };
	size_t i;
	int screen, row, col;

	for (screen = 1; screen < SCREEN_END; screen++) {
		host_go(vt, screen);
		vt_settle(vt, 50);
		for (i = 0; i < ARRAY_SIZE(labels); i++)
			cr_assert_not(vt_find(vt, labels[i], &row, &col), "%s", vt_screen(vt));
	}
}

/* By the option, by the setting, and by the name. */
static struct vt *start_read_only(int way, char *root, char *folder)
{
	char *settings = tree_path(folder, "/settings.ini"), *name = tree_path(folder, "/ikeview");
	char *here = realpath("ikeconsole", NULL);
	struct vt *vt = NULL;

	switch (way) {
	case 0:
		vt = host_start(24, 80, root, NULL, ARGS("--read-only"));
		break;
	case 1:
		tree_file(folder, "/settings.ini", "[general]\nread_only = yes\n", 0644);
		vt = host_start(24, 80, root, NULL, ARGS("--settings", settings));
		break;
	default:
		cr_assert_not_null(here);
		cr_assert_eq(symlink(here, name), 0);
		vt = vt_start(24, 80, ENV(NOW, "HOME=/nonexistent", "XDG_CONFIG_HOME"),
			      ARGS(name, "--root", root));
		break;
	}
	free(settings);
	free(name);
	free(here);
	return vt;
}

Test(console_safety, read_only_changes_nothing)
{
	int way;

	for (way = 0; way < 3; way++) {
		char *root = host_copy(), *folder = tree_new(), *before = host_dump(root), *after;
		struct vt *vt = start_read_only(way, root, folder);

		try_to_change(vt);
		see_bar(vt);
		after = host_dump(root);
		cr_assert_str_eq(before, after);
		vt_type(vt, "q");
		ENDS(vt, 0);
		free(after);
		after = host_dump(root);
		cr_assert_str_eq(before, after);
		free(before);
		free(after);
		tree_free(folder);
		tree_free(root);
	}
}

#define OPENS_AND_QUITS(root)                                                                      \
	do {                                                                                       \
		struct vt *oq = host_start(24, 80, root, NULL, NO_ARGS);                           \
                                                                                                   \
		SEE(oq, "Problems  ");                                                             \
		visit(oq);                                                                         \
		vt_type(oq, "q");                                                                  \
		ENDS(oq, 0);                                                                       \
	} while (0)

/* The screens, without leaving: Enter opens nothing where there is nothing. */
static void visit(struct vt *vt)
{
	static const char nothing[] = "nothing to 'open' here";
	int screen, row, col;

	for (screen = 2; screen < SCREEN_END; screen++) {
		host_go(vt, screen);
		GONE(vt, nothing);
		vt_type(vt, "<End><Enter>");
		while (!vt_wait(vt, "q Back", 20) && !vt_find(vt, nothing, &row, &col))
			cr_assert_eq(vt_end(vt, 0), -1, "it has ended");
		if (vt_find(vt, nothing, &row, &col))
			continue;
		vt_type(vt, "<End>q");
		SEE(vt, "q Quit");
	}
	vt_type(vt, "1");
	SEE(vt, "Problems  ");
}

Test(console_safety, an_empty_tree_is_shown)
{
	char *root = tree_new(), *dump;
	struct vt *vt = host_start(24, 80, root, NULL, NO_ARGS);

	SEE(vt, "Problems  ");
	SEE(vt, "/etc/inet/ike/config");
	visit(vt);
	host_go(vt, 2);
	SEE(vt, "none");
	vt_type(vt, "e");
	SEE(vt, "nothing to 'edit' here");
	vt_type(vt, "d");
	SEE(vt, "nothing to 'remove' here");
	vt_type(vt, "w");
	SEE(vt, "nothing was changed");
	vt_type(vt, "q");
	ENDS(vt, 0);
	dump = tree_dump(root, false, NULL);
	cr_assert_str_eq(dump, "");
	free(dump);
	tree_free(root);
}

/* The first rule and the first key of a host make the files, with the right modes. */
Test(console_safety, a_new_host_begins_with_a_rule)
{
	char *root = tree_new(), *config, *dump;
	struct vt *vt;

	tree_folder(root, "/etc/inet/ike", 0755);
	tree_folder(root, "/etc/inet/secret", 0700);
	vt = host_start(24, 80, root, NULL, NO_ARGS);
	SEE(vt, "Problems  ");
	host_go(vt, 2);
	vt_type(vt, "a");
	SEE(vt, "INDEXID_1");
	vt_type(vt, "<Down>192.0.2.1<Down>192.0.2.2<Down><Down><Down><Down><Down><Down><Down>");
	SEE(vt, "C-g Generate");
	vt_type(vt, "<C-g>");
	SEE(vt, "fingerprint");
	vt_type(vt, "<F10>");
	SEE(vt, "1 of 1");
	vt_type(vt, "w");
	SEE(vt, "Write these changes?");
	SEE(vt, "--- /dev/null");
	vt_type(vt, strstr(vt_screen(vt), "Type:") != NULL ? "write<Enter>" : "y");
	SEE(vt, "2 files written and read back");
	vt_type(vt, "q");
	ENDS(vt, 0);
	config = tree_text(root, CONFIG);
	cr_assert_not_null(strstr(config, "\tlabel INDEXID_1\n"), "%s", config);
	dump = tree_dump(root, false, NULL);
	cr_assert_not_null(strstr(dump, CONFIG " 100755"), "%s", dump);
	cr_assert_not_null(strstr(dump, KEYS " 100600"));
	cr_assert_not(host_has_leftovers(root));
	free(config);
	free(dump);
	tree_free(root);
}

Test(console_safety, a_root_that_is_not_there_is_said)
{
	struct vt *vt = host_start(24, 80, "/nonexistent/tree", NULL, NO_ARGS);

	SEE(vt, "'/nonexistent/tree' does not exist");
	ENDS(vt, 3);
}

/* Files as nobody wrote them on purpose. */
static const struct {
	const char *what, *config;
} broken[] = {
	{ "empty", "" },
	{ "a brace is missing",
	  "p1_nonce_len 20\n{ label a local_addr 1.2.3.4 remote_addr 5.6.7.8\n"
	  "p1_xform { auth_method preshared oakley_group 1\n" },
	{ "too many braces", "}}}{{{ label x }}}\n{\n}\n{}{}\n" },
	{ "a string without its end", "cert_root \"CN=x\n{ label \"y\n" },
	{ "no newline at the end",
	  "p1_xform { auth_method preshared oakley_group 1 auth_alg md5 encr_alg "
	  "des }\n{ label a local_addr 1.2.3.4 remote_addr 5.6.7.8 }" },
	{ "comments alone", "# nothing\n#\n" },
};

Test(console_safety, broken_files_are_shown)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(broken); i++) {
		char *root = tree_new(), *before, *after;

		tree_file(root, CONFIG, broken[i].config, 0644);
		before = host_dump(root);
		OPENS_AND_QUITS(root);
		after = host_dump(root);
		cr_assert_str_eq(before, after, "%s", broken[i].what);
		free(before);
		free(after);
		tree_free(root);
	}
}

Test(console_safety, binary_files_and_endless_lines_are_shown)
{
	enum { LONG = 1 << 20 };
	char *root = tree_new(), *bytes = xmalloc(LONG);
	size_t i;

	memset(bytes, 'a', LONG);
	memcpy(bytes, "{ label ", 8);
	tree_bytes(root, CONFIG, bytes, LONG, 0644);
	OPENS_AND_QUITS(root);
	for (i = 0; i < LONG; i++)
		bytes[i] = (char)(i * 7 + i / 256 * 13);
	tree_bytes(root, CONFIG, bytes, LONG, 0644);
	tree_bytes(root, KEYS, bytes, LONG, 0600);
	tree_bytes(root, "/etc/inet/ike/publickeys/0", bytes, LONG, 0644);
	OPENS_AND_QUITS(root);
	memset(bytes, 0, LONG);
	memcpy(bytes, "p1_nonce_len 20\n{ label x\0y local_addr 1.2.3.4 }\n", 49);
	tree_bytes(root, CONFIG, bytes, 4096, 0644);
	OPENS_AND_QUITS(root);
	free(bytes);
	tree_free(root);
}

/* What a file says never reaches the terminal as it is. */
Test(console_safety, hostile_labels_are_made_visible)
{
	static const char *const evil[] = { "\033]52;",
					    "\033]0;owned",
					    "\033[2Jgone",
					    "\a",
					    "\x9b"
					    "31m",
					    "\xc2\x9b"
					    "31m",
					    "\xe2\x80\xae"
					    "live" };
	char *root = host_copy(), *config = tree_text(root, CONFIG), *changed;
	struct strbuf label = STRBUF_INIT;
	struct vt *vt;
	size_t i;

	strbuf_addstr(&label, "label \"");
	for (i = 0; i < ARRAY_SIZE(evil); i++)
		strbuf_addstr(&label, evil[i]);
	strbuf_addstr(&label, "\"\n");
	changed = text_with(config, "label INDEXID_1\n", label.buf);
	tree_file(root, CONFIG, changed, 0755);
	vt = host_start(40, 120, root, NULL, NO_ARGS);
	vt_record(vt);
	SEE(vt, "Problems  ");
	host_go(vt, 2);
	vt_type(vt, "<Down>");
	SEE(vt, "^[]52;^[");
	vt_type(vt, "<Up><Enter>");
	SEE(vt, "rule: ^[]52;");
	vt_type(vt, "qe");
	SEE(vt, "Edit rule ^[]52;");
	vt_type(vt, "<Esc>d");
	SEE(vt, "Remove rule");
	vt_type(vt, "yD");
	SEE(vt, "Changes that are not written yet");
	SEE(vt, "remove rule ^[]52;");
	vt_type(vt, "qu8");
	vt_settle(vt, 50);
	vt_type(vt, "f^[<Enter>");
	vt_settle(vt, 50);
	vt_type(vt, "f<C-u><Enter>");
	vt_settle(vt, 50);
	vt_type(vt, "q");
	vt_settle(vt, 50);
	for (i = 0; i < ARRAY_SIZE(evil); i++)
		cr_assert_not(vt_wrote(vt, evil[i], strlen(evil[i])), "%zu was sent", i);
	ENDS(vt, 0);
	strbuf_release(&label);
	free(config);
	free(changed);
	tree_free(root);
}

Test(console_safety, signals_leave_all_in_order)
{
	static const struct {
		const char *keys, *shows;
	} places[] = { { "", "Problems  7" },
		       { "2", "1 of 110" },
		       { "2e", "Edit rule" },
		       { "2e<Enter>", "Edit rule" },
		       { "2dyw", "Write these changes?" },
		       { "4a<Tab><Tab><C-g><C-o>", "Read the key" },
		       { "2/x", "Search:" },
		       { "2?", "show the keys" } };
	static const int signals[] = { SIGTERM, SIGHUP };
	size_t i, s;

	for (s = 0; s < ARRAY_SIZE(signals); s++) {
		for (i = 0; i < ARRAY_SIZE(places); i++) {
			char *root = host_copy(), *before = host_dump(root), *after;
			struct vt *vt = host_open_console(24, 80, root);

			vt_type(vt, places[i].keys);
			SEE(vt, places[i].shows);
			kill(vt_pid(vt), signals[s]);
			ENDS(vt, 128 + signals[s]);
			after = host_dump(root);
			cr_assert_str_eq(before, after, "at %s", places[i].keys);
			free(before);
			free(after);
			tree_free(root);
		}
	}
}

Test(console_safety, a_vanished_terminal_ends_it)
{
	static const char *const keys[] = { "", "2e", "2dyw" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		char *root = host_copy(), *before = host_dump(root), *after;
		struct vt *vt = host_open_console(24, 80, root);

		vt_type(vt, keys[i]);
		vt_settle(vt, 50);
		vt_hang_up(vt);
		cr_assert_eq(vt_end(vt, LIMIT), 128 + SIGHUP);
		vt_free(vt);
		after = host_dump(root);
		cr_assert_str_eq(before, after);
		free(before);
		free(after);
		tree_free(root);
	}
}

Test(console_safety, works_without_colour_and_without_utf8)
{
	static const char *const env[][2] = { { "TERM=vt100", "LC_ALL=C" },
					      { "TERM=xterm-256color", "LC_ALL=C" },
					      { "TERM=vt100", "LC_ALL=C.UTF-8" },
					      { "TERM=screen", "NO_COLOR=1" } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(env); i++) {
		char *root = host_copy();
		struct vt *vt = host_start(24, 80, root, ENV(env[i][0], env[i][1]), NO_ARGS);
		const char *p;

		SEE(vt, "Problems  7 errors");
		host_go(vt, 2);
		SEE(vt, "1 of 110, 6 problems");
		vt_type(vt, "e");
		SEE(vt, "Edit rule INDEXID_1");
		vt_settle(vt, 30);
		for (p = vt_screen(vt); strcmp(env[i][1], "LC_ALL=C") == 0 && *p != '\0'; p++)
			cr_assert_lt((unsigned char)*p, 0x80);
		vt_type(vt, "<Esc>");
		GONE(vt, "Edit rule");
		LEAVE(vt, root);
	}
}
