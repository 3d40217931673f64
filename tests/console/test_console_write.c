/* Writing: what must be confirmed, what is refused, and that nobody's bytes are lost. */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "store/lock.h"
#include "tests/console/host.h"

TestSuite(console_write, .timeout = 60);

/* Makes one change: the first rule gets another lifetime of phase 2. */
static void change(struct vt *vt)
{
	host_go(vt, 2);
	vt_type(vt, "ge");
	SEE(vt, "Edit rule INDEXID_1");
	vt_type(vt, "<Down><Down><Down><Down><C-u>7200<F10>");
	GONE(vt, "Edit rule INDEXID_1");
	SEE(vt, "*1 ");
}

static char *changed(const char *config)
{
	return text_with(config, "p2_pfs 2 p2_lifetime_secs 28800",
			 "p2_pfs 2 p2_lifetime_secs 7200");
}

/* Writes, sees that it is refused with this text, and that the change is still there. */
static void refused(struct vt *vt, const char *text)
{
	vt_type(vt, "w");
	SEE(vt, "Write these changes?");
	vt_type(vt, "y");
	SEE(vt, "Not written");
	SEE(vt, text);
	SEE(vt, "Nothing was written. Your changes are still here.");
	vt_type(vt, "<Enter>");
	GONE(vt, "Not written");
	SEE(vt, "*1 ");
}

/* The same where the changes cannot even be put on top of what is there. */
static void cannot_merge(struct vt *vt, const char *text)
{
	vt_type(vt, "w");
	SEE(vt, "Not done");
	SEE(vt, text);
	SEE(vt, "Put the file back");
	vt_type(vt, "<Enter>");
	GONE(vt, "Not done");
	SEE(vt, "*1 ");
}

static void give_up(struct vt *vt, char *root)
{
	vt_type(vt, "qy");
	ENDS(vt, 0);
	cr_assert_not(host_has_leftovers(root));
	tree_free(root);
}

Test(console_write, nothing_to_write_is_said)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_open_console(24, 80, root);

	vt_type(vt, "w");
	SEE(vt, "nothing was changed, nothing to write");
	vt_type(vt, "D");
	SEE(vt, "nothing was changed");
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

Test(console_write, no_and_escape_write_nothing)
{
	static const char *const keys[] = { "n", "<Esc>", "<Enter>", "<C-c>" };
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_open_console(24, 80, root);
	size_t i;

	change(vt);
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		vt_type(vt, "w");
		SEE(vt, "Write these changes?");
		vt_type(vt, keys[i]);
		SEE(vt, "nothing was written; the changes are still here");
		SEE(vt, "*1 ");
	}
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	give_up(vt, root);
}

Test(console_write, new_errors_are_confirmed_by_typing)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 4);
	vt_type(vt, "dy");
	SEE(vt, "*1 ");
	vt_type(vt, "w");
	SEE(vt, "Errors that the result would have:");
	SEE(vt, "E COEX-R11: rule 'INDEXID_1' has no key in ike.preshared");
	/* Neither the button nor another word does it. */
	vt_type(vt, "<Enter>");
	SEE(vt, "type the word 'write' to go on, or Esc to leave it");
	vt_type(vt, "yes<Enter>");
	SEE(vt, "type the word 'write'");
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	vt_type(vt, "<Esc>");
	SEE(vt, "nothing was written; the changes are still here");
	vt_type(vt, "w");
	SEE(vt, "Type: write");
	vt_type(vt, "write<Enter>");
	SEE(vt, "1 file written and read back");
	free(before);
	free(after);
	/* What was written is what counts as loaded: the same errors are no new ones. */
	change(vt);
	vt_type(vt, "w");
	SEE(vt, "[ Write ]   [ No ]");
	GONE(vt, "Errors that the result would have:");
	vt_type(vt, "y");
	SEE(vt, "1 file written and read back");
	LEAVE(vt, root);
}

/* What was written is taken back, and that is written; and made again. */
Test(console_write, undo_goes_on_behind_a_write)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *wanted = changed(config);
	struct vt *vt = host_open_console(24, 80, root);

	change(vt);
	vt_type(vt, "wy");
	SEE(vt, "1 file written and read back");
	GONE(vt, "*1 ");
	vt_type(vt, "u");
	SEE(vt, "taken back what was written");
	SEE(vt, "*1 ");
	HOLDS(root, CONFIG, wanted);
	vt_type(vt, "u");
	SEE(vt, "there is nothing to take back");
	vt_type(vt, "w");
	SEE(vt, "1. take back: edit rule INDEXID_1");
	vt_type(vt, "y");
	SEE(vt, "1 file written and read back");
	HOLDS(root, CONFIG, config);
	vt_type(vt, "<C-r>");
	SEE(vt, "done again");
	SEE(vt, "*1 ");
	vt_type(vt, "u");
	GONE(vt, "*1 ");
	vt_type(vt, "<C-r>wy");
	SEE(vt, "1 file written and read back");
	GONE(vt, "*1 ");
	HOLDS(root, CONFIG, wanted);
	vt_type(vt, "<C-r>");
	SEE(vt, "there is nothing to do again");
	free(config);
	free(wanted);
	LEAVE(vt, root);
}

Test(console_write, somebody_elses_change_is_kept)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *theirs, *wanted;
	struct vt *vt = host_open_console(24, 80, root);

	change(vt);
	/* Between the question and the answer. */
	vt_type(vt, "w");
	SEE(vt, "Write these changes?");
	theirs = text_with(config, "ignore_crls\n", "use_http\n");
	tree_file(root, CONFIG, theirs, 0755);
	vt_type(vt, "y");
	SEE(vt, "the files were read again; your 1 change is on top of them");
	HOLDS(root, CONFIG, theirs);
	cr_assert_not(host_has_leftovers(root));
	vt_type(vt, "y");
	SEE(vt, "1 file written and read back");
	wanted = changed(theirs);
	HOLDS(root, CONFIG, wanted);
	free(config);
	free(theirs);
	free(wanted);
	LEAVE(vt, root);
}

/* Two files in one change: where one of them cannot be written, neither is. */
Test(console_write, all_files_or_none)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *keys = tree_text(root, KEYS),
	     *path = tree_path(root, KEYS);
	struct vt *vt = host_open_console(24, 80, root);

	change(vt);
	host_go(vt, 4);
	vt_type(vt, "e<Tab><C-u>192.0.2.200<F10>");
	SEE(vt, "*2 ");
	vt_type(vt, "w");
	SEE(vt, "Type: write");
	cr_assert_eq(unlink(path), 0);
	vt_type(vt, "write<Enter>");
	SEE(vt, "Not done");
	SEE(vt, "Put the file back");
	HOLDS(root, CONFIG, config);
	vt_type(vt, "<Enter>");
	SEE(vt, "*2 ");
	SEE(vt, "ike.preshared was changed by somebody else; R re-reads, keeping your 2 changes");
	free(path);
	free(config);
	free(keys);
	give_up(vt, root);
}

Test(console_write, a_file_that_is_none_any_more_is_refused)
{
	char *root = host_copy(), *path = tree_path(root, CONFIG),
	     *config = tree_text(root, CONFIG);
	struct vt *vt = host_open_console(24, 80, root);

	change(vt);
	cr_assert_eq(unlink(path), 0);
	cannot_merge(vt, "does not exist");
	cr_assert_eq(mkfifo(path, 0600), 0);
	cannot_merge(vt, "is a FIFO");
	cr_assert_eq(unlink(path), 0);
	tree_folder(root, CONFIG, 0755);
	cannot_merge(vt, "is a directory");
	free(path);
	free(config);
	give_up(vt, root);
}

Test(console_write, a_folder_without_rights_is_refused)
{
	char *root = host_copy(), *folder = tree_path(root, "/etc/inet/ike"),
	     *config = tree_text(root, CONFIG);
	struct vt *vt;

	if (geteuid() == 0)
		cr_skip_test("root may write everywhere");
	vt = host_open_console(24, 80, root);
	change(vt);
	cr_assert_eq(chmod(folder, 0555), 0);
	refused(vt, "denied");
	HOLDS(root, CONFIG, config);
	cr_assert_eq(chmod(folder, 0755), 0);
	free(folder);
	free(config);
	give_up(vt, root);
}

/* A mode without w is no reason not to write: the file is replaced, and keeps its mode. */
Test(console_write, modes_are_kept)
{
	char *root = host_copy(), *path = tree_path(root, CONFIG);
	struct stat st;
	struct vt *vt;

	cr_assert_eq(chmod(path, 0440), 0);
	vt = host_open_console(24, 80, root);
	change(vt);
	vt_type(vt, "wy");
	SEE(vt, "1 file written and read back");
	cr_assert_eq(stat(path, &st), 0);
	cr_assert_eq(st.st_mode & 07777, 0440, "the mode is %04o", st.st_mode & 07777);
	free(path);
	LEAVE(vt, root);
}

/* Who else has the host is said, and waited for as long as lock_seconds says or the person likes.
 */
Test(console_write, another_writer_is_waited_for)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG);
	struct vt *vt = host_open_console(24, 80, root);
	struct error err = ERROR_INIT;
	struct lock *lock;

	change(vt);
	lock = lock_take(root, NULL, &err);
	cr_assert_not_null(lock, "%s", err.text);
	refused(vt, "lock");
	HOLDS(root, CONFIG, config);
	vt_type(vt, "wy");
	SEE(vt, "Waiting; the changes are written as soon as it is done.");
	vt_type(vt, "<Enter>"); /* Give up */
	SEE(vt, "nothing was written; the changes are still here");
	HOLDS(root, CONFIG, config);
	SEE(vt, "*1 ");
	vt_type(vt, "wy");
	SEE(vt, "Not written yet");
	vt_type(vt, "?");
	SEE(vt, "Two programs that write at once would undo each other's work.");
	lock_release(lock);
	SEE(vt, "1 file written and read back");
	GONE(vt, "Not written yet");
	vt_type(vt, "<Esc>");
	GONE(vt, "Two programs");
	cr_assert_not(host_has_leftovers(root));
	free(config);
	LEAVE(vt, root);
}

/* What a writer that was killed left behind is removed by the next. */
Test(console_write, leftovers_of_the_dead_are_removed)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);

	change(vt);
	kill(vt_pid(vt), SIGKILL);
	cr_assert_eq(vt_end(vt, LIMIT), 256 + SIGKILL);
	vt_free(vt);
	tree_file(root, "/.ikeconsole.lock", "4194304 nobody\n", 0644);
	tree_file(root, "/etc/inet/ike/.ikeconsole.new.4194304.0", "half", 0600);
	vt = host_start(24, 80, root, NULL, NO_ARGS);
	SEE(vt, "an interrupted save had left 1 temporary");
	vt_type(vt, "\r");
	change(vt);
	vt_type(vt, "wy");
	SEE(vt, "1 file written and read back");
	cr_assert_not(host_has_leftovers(root));
	LEAVE(vt, root);
}

static struct vt *open_guarded(int rows, int cols, const char *root, const char *seconds)
{
	struct vt *vt = host_start(rows, cols, root, NULL, ARGS("--confirm-within", seconds));

	SEE(vt, "Problems  7 errors, 3 warnings, ");
	return vt;
}

static void write_guarded(struct vt *vt)
{
	change(vt);
	vt_type(vt, "w");
	SEE(vt, "Write these changes?");
	vt_type(vt, "y");
	SEE(vt, "Is the change to stay?");
}

Test(console_write, what_is_confirmed_stays)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *after = changed(config);
	struct vt *vt = open_guarded(24, 80, root, "60");

	write_guarded(vt);
	HOLDS(root, CONFIG, after);
	vt_type(vt, "y");
	SEE(vt, "confirmed: the change stays");
	GONE(vt, "*1 ");
	HOLDS(root, CONFIG, after);
	free(config);
	free(after);
	LEAVE(vt, root);
}

/* No, and no answer at all; afterwards one can go on. */
Test(console_write, what_is_not_confirmed_is_taken_back)
{
	static const struct {
		const char *seconds, *key;
	} ways[] = { { "60", "<Esc>" }, { "60", "n" }, { "3", "" } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		char *root = host_copy(), *config = tree_text(root, CONFIG);
		struct vt *vt = open_guarded(40, 120, root, ways[i].seconds);

		write_guarded(vt);
		vt_type(vt, ways[i].key);
		SEE(vt, "nobody confirmed the change: it was taken back");
		HOLDS(root, CONFIG, config);
		GONE(vt, "*1 ");
		write_guarded(vt);
		vt_type(vt, "y");
		SEE(vt, "confirmed: the change stays");
		free(config);
		LEAVE(vt, root);
	}
}

/* The terminal goes away with the question on it: that is no answer. */
Test(console_write, a_lost_terminal_confirms_nothing)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *now;
	struct vt *vt = open_guarded(24, 80, root, "2");
	bool same = false;
	int tenths;

	write_guarded(vt);
	vt_hang_up(vt);
	cr_assert_eq(vt_end(vt, LIMIT), 128 + SIGHUP);
	vt_free(vt);
	for (tenths = 0; tenths < 200 && !same; tenths++) {
		usleep(100000);
		now = tree_text(root, CONFIG);
		same = strcmp(now, config) == 0;
		free(now);
	}
	cr_assert(same, "it was not taken back");
	free(config);
	tree_free(root);
}
