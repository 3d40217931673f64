/*
 * The story: somebody sits before the console, reads what there is, changes one algorithm, adds a
 * rule with its key, reviews, writes and quits; those changes are on the disk and nothing else.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "host/state.h"
#include "tests/console/host.h"

TestSuite(console_story, .timeout = 60);

#define SECRET "0123456789abcdef0123456789abcdef01234567"

#define OLD_XFORM                                                                                  \
	"p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 1 auth_alg sha1 "    \
	"encr_alg des}\n} {\nlabel INDEXID_2\n"
#define NEW_XFORM                                                                                  \
	"p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 1 auth_alg sha1 "    \
	"encr_alg 3des}\n} {\nlabel INDEXID_2\n"
#define NEW_RULE                                                                                   \
	"{\nlabel INDEXID_28\nlocal_id_type ip\nlocal_addr 47.154.135.86\n"                        \
	"remote_addr 203.0.113.99\np2_pfs 2\np2_lifetime_secs 28800\n"                             \
	"p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 2 auth_alg sha1 "    \
	"encr_alg 3des }\n}\n"
#define NEW_KEY                                                                                    \
	"{\n\tlocalidtype IP\n\tlocalid 47.154.135.86\n\tremoteidtype IP\n"                        \
	"\tremoteid 203.0.113.99\n\tkey " SECRET "\n}\n"

/* Sizes to go through between two steps of the story. */
struct sizes {
	const char *name;
	int rows, cols;
	bool resizing;
};

static const struct sizes all_sizes[] = {
	{ "80x24", 24, 80, false },
	{ "120x40", 40, 120, false },
	{ "resizing", 24, 80, true },
};

static void disturb(struct vt *vt, const struct sizes *sizes)
{
	static const struct {
		int rows, cols;
	} others[] = { { 16, 60 }, { 5, 20 }, { 40, 120 }, { 24, 80 } };
	size_t i;

	for (i = 0; sizes->resizing && i < ARRAY_SIZE(others); i++) {
		vt_resize(vt, others[i].rows, others[i].cols);
		if (others[i].rows < 16)
			SEE(vt, "The window is too s");
		else
			GONE(vt, "The window is too s");
		vt_settle(vt, 20);
	}
}

static void read_all(struct vt *vt, const struct sizes *sizes)
{
	static const char *const first_rows[] = {
		"110 rules, 26010 bytes", "INDEXID_1 ",    "p1_nonce_len",
		"47.154.135.81",          "PKBRoot01",     "2059-12-31",
		"tcp lport 829",          "47.154.136.69", "COEX-R1",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(first_rows); i++) {
		host_go(vt, (int)i + 1);
		SEE(vt, first_rows[i]);
		disturb(vt, sizes);
		SEE(vt, first_rows[i]);
	}
}

static void change_one_algorithm(struct vt *vt, const struct sizes *sizes)
{
	host_go(vt, 2);
	vt_type(vt, "/INDEXID_1<Enter>e");
	SEE(vt, "Edit rule INDEXID_1 ");
	vt_repeat(vt, "<Down>", 6);
	SEE(vt, "cipher of phase 1");
	disturb(vt, sizes);
	vt_type(vt, "<Enter>");
	SEE(vt, "112 bits of strength");
	disturb(vt, sizes);
	vt_type(vt, "3<Enter>");
	GONE(vt, "112 bits of strength");
	SEE(vt, "Cipher            3des");
	disturb(vt, sizes);
	vt_type(vt, "<F10>");
	SEE(vt, "*1  admin");
	GONE(vt, "Edit rule");
}

static void add_rule(struct vt *vt, const struct sizes *sizes)
{
	vt_type(vt, "a");
	SEE(vt, "INDEXID_28");
	vt_type(vt, "<Down>47.154.135.86<Down>203.0.113.99");
	disturb(vt, sizes);
	vt_repeat(vt, "<Down>", 7);
	SEE(vt, "the key that the peer has");
	vt_type(vt, SECRET "<Tab>");
	disturb(vt, sizes);
	vt_type(vt, SECRET);
	SEE(vt, "again");
	disturb(vt, sizes);
	vt_type(vt, "<F10>");
	SEE(vt, "*3  admin");
	SEE(vt, "111 of 111, 6 problems");
}

/* Shows each of the TEXTS, which stand in this order, by going down. */
static void see_below(struct vt *vt, const char *const *texts, size_t count)
{
	size_t i;
	int tries, row, col;

	vt_settle(vt, 30);
	for (i = 0; i < count; i++) {
		for (tries = 0; tries < 60 && !vt_find(vt, texts[i], &row, &col); tries++) {
			vt_type(vt, "<Down>");
			vt_settle(vt, 15);
		}
		SEE(vt, texts[i]);
	}
}

static void review(struct vt *vt, const struct sizes *sizes)
{
	static const char *const texts[] = {
		"1. edit rule INDEXID_1",
		"2. add rule INDEXID_28",
		"3. add key 47.154.135.86,203.0.113.99",
		"--- a/etc/inet/ike/config",
		"-p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 1",
		"+p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 1",
		"+label INDEXID_28",
		"+remote_addr 203.0.113.99",
		"--- a/etc/inet/secret/ike.preshared",
		"+       remoteid 203.0.113.99",
		"+       key <hidden>",
	};

	vt_type(vt, "D");
	SEE(vt, "Changes that are not written yet");
	disturb(vt, sizes);
	see_below(vt, texts, ARRAY_SIZE(texts));
	vt_type(vt, "q");
	GONE(vt, "Changes that are not written yet");
}

static void write_it(struct vt *vt, const struct sizes *sizes)
{
	vt_type(vt, "w");
	SEE(vt, "Write these changes?");
	disturb(vt, sizes);
	SEE(vt, "[ Write ]   [ No ]");
	vt_type(vt, "<Tab>");
	disturb(vt, sizes);
	vt_type(vt, "<Enter>");
	SEE(vt, "2 files written and read back");
	GONE(vt, "Write these changes?");
	GONE(vt, "*3");
}

/* What is kept of the change is looked at in test_console_history. */
static bool is_history(const char *name)
{
	return strcmp(name, STATE_HISTORY) == 0;
}

/* The two files have the changes, all other files are untouched. */
static void compare(const char *root, const char *config, const char *keys, const char *before)
{
	struct strbuf wanted = STRBUF_INIT;
	char *text = text_with(config, OLD_XFORM, NEW_XFORM);

	strbuf_addf(&wanted, "%s%s", text, NEW_RULE);
	HOLDS(root, CONFIG, wanted.buf);
	strbuf_clear(&wanted);
	strbuf_addf(&wanted, "%s%s", keys, NEW_KEY);
	HOLDS(root, KEYS, wanted.buf);
	strbuf_release(&wanted);
	free(text);
	/* With the old bytes put back nothing differs: no file more or less, no other mode. */
	tree_file(root, CONFIG, config, 0755);
	tree_file(root, KEYS, keys, 0644);
	text = tree_dump(root, false, is_history);
	cr_assert_str_eq(text, before);
	free(text);
}

static void check_modes(const char *root)
{
	char *dump = tree_dump(root, false, NULL);

	cr_assert_not_null(strstr(dump, CONFIG " 100755"));
	cr_assert_not_null(strstr(dump, KEYS " 100644"));
	free(dump);
}

Test(console_story, changes_what_was_asked_for_and_nothing_else)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(all_sizes); i++) {
		const struct sizes *sizes = &all_sizes[i];
		char *root = host_copy(), *config = tree_text(root, CONFIG),
		     *keys = tree_text(root, KEYS), *before;
		struct vt *vt;

		/* The folder of the journal stays when a save of several files is through. */
		tree_folder(root, STATE_FOLDER, STATE_FOLDER_MODE);
		before = tree_dump(root, false, is_history);
		vt = host_open_console(sizes->rows, sizes->cols, root);
		vt_record(vt);
		read_all(vt, sizes);
		change_one_algorithm(vt, sizes);
		add_rule(vt, sizes);
		review(vt, sizes);
		HOLDS(root, CONFIG, config);
		HOLDS(root, KEYS, keys);
		write_it(vt, sizes);
		vt_type(vt, "q");
		cr_assert_not(vt_wrote(vt, SECRET, strlen(SECRET)), "the key was shown");
		ENDS(vt, 0);
		cr_assert_not(host_has_leftovers(root));
		check_modes(root);
		compare(root, config, keys, before);
		free(config);
		free(keys);
		free(before);
		tree_free(root);
	}
}
