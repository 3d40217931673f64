/* Changing: forms for rules, keys and parameters, and what of them reaches the files. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_forms, .timeout = 60);

#define SECRET       "00112233445566778899aabbccddeeff00112233"
#define OTHER_SECRET "00112233445566778899aabbccddeeff0011223f"

static void write_all(struct vt *vt, bool new_errors, const char *says)
{
	vt_type(vt, "w");
	SEE(vt, "Write these changes?");
	if (new_errors)
		SEE(vt, "The result has new errors. Type the word to write it all the same.");
	vt_type(vt, new_errors ? "write<Enter>" : "y");
	SEE(vt, says);
}

Test(console_forms, wrong_values_are_refused_and_nothing_typed_is_lost)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_open_console(24, 80, root);
	int row, col, field;

	host_go(vt, 2);
	vt_type(vt, "a");
	SEE(vt, "Add a rule");
	/* On leaving the field ... */
	vt_type(vt, "<Down>10.300.0.1<Down>");
	SEE(vt, "! ");
	SEE(vt, "10.300.0.1");
	/* ... and all at once at OK, with the first one focused. */
	vt_type(vt, "<Down><Down><Down><C-u>x<F10>");
	SEE(vt, "not yet: see what is marked with '!'");
	SEE(vt, "! a number is needed here, in digits");
	SEE(vt, "! a rule needs it");
	vt_settle(vt, 50);
	vt_cursor(vt, &row, &col);
	FIND(vt, "Local address", &field, &col);
	cr_assert_eq(row, field, "the first problem has not got the cursor");
	SEE(vt, "local_addr: '10.300.0.1' is not an IP address; host names are not taken");
	/* Help and a change of the window in between. */
	vt_type(vt, "<F1>");
	SEE(vt, "A rule says which peer");
	vt_resize(vt, 30, 100);
	vt_type(vt, "q");
	GONE(vt, "A rule says which peer");
	vt_resize(vt, 24, 80);
	SEE(vt, "10.300.0.1");
	SEE(vt, "Phase 2 lifetime  x");
	vt_type(vt, "<C-u>47.154.135.86<Down>");
	GONE(vt, "10.300.0.1");
	vt_type(vt, "<Esc>");
	SEE(vt, "Give up what was typed here?");
	vt_type(vt, "n");
	SEE(vt, "Phase 2 lifetime  x");
	vt_type(vt, "<Esc>y");
	GONE(vt, "Add a rule");
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

Test(console_forms, forced_fields_say_by_which_rule)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 2);
	vt_type(vt, "a");
	SEE(vt, "Identity type     ip             locked: COEX-R2, MDM needs ip here");
	SEE(vt, "Phase 1 lifetime  86400          seconds locked: COEX-R8, MDM needs it");
	/* The cursor goes round them. */
	vt_type(vt, "<Down><Down><Down><Down>");
	SEE(vt, "key");
	FIND(vt, "Phase 2 PFS", &(int){ 0 }, &(int){ 0 });
	/* With certificates it is the other value, and the key is not asked for. */
	vt_type(vt, "<Up>");
	vt_type(vt, "<Enter>");
	SEE(vt, "Meaning");
	vt_settle(vt, 50);
	GONE(vt, "not set: the default holds"); /* a transform needs all its parts */
	vt_type(vt, "r<Enter>");
	SEE(vt, "COEX-R2, MDM needs dn here");
	GONE(vt, "Preshared key");
	SEE(vt, "Local id");
	/* What is not MDM's is free. */
	vt_type(vt, "<Up><Up><Up><C-u>lab-2");
	GONE(vt, "locked");
	vt_type(vt, "<Esc>y");
	GONE(vt, "Add a rule");
	LEAVE(vt, root);
}

/* Each row: an edit in the form and what it makes of one place in the file. */
static const struct edit {
	const char *rule, *keys, *old, *new;
	bool new_errors;
} edits[] = {
	{ "INDEXID_1", "<Down><Down><C-u>47.154.135.82<F10>", "remote_addr 47.154.135.81\n",
	  "remote_addr 47.154.135.82\n", true }, /* which has no key */
	{ "INDEXID_3", "<C-u>INDEXID_28<F10>", "INDEXID_3\nlocal_id_type dn",
	  "INDEXID_28\nlocal_id_type dn" },
	{ "backup", "<C-u>back up<F10>", "\"backup\"", "\"back up\"" },
	{ "INDEXID_1", "<Down><Down><Down><Left><F10>",
	  "remote_addr 47.154.135.81\np2_pfs 2 p2_lifetime_secs 28800",
	  "remote_addr 47.154.135.81\np2_pfs 1 p2_lifetime_secs 28800" },
	{ "INDEXID_1", "<Down><Down><Down><Down><C-u>7200<F10>",
	  "remote_addr 47.154.135.81\np2_pfs 2 p2_lifetime_secs 28800",
	  "remote_addr 47.154.135.81\np2_pfs 2 p2_lifetime_secs 7200" },
};

Test(console_forms, only_what_was_changed_is_written)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(edits); i++) {
		struct vt *vt = host_open_console(24, 80, root);
		char *wanted = text_with(config, edits[i].old, edits[i].new);

		host_go(vt, 2);
		vt_type(vt, "/");
		vt_type(vt, edits[i].rule);
		vt_type(vt, "<Enter>e");
		SEE(vt, "Edit rule");
		vt_type(vt, edits[i].keys);
		GONE(vt, "Edit rule");
		SEE(vt, "*1 ");
		write_all(vt, edits[i].new_errors, "1 file written and read back");
		HOLDS(root, CONFIG, wanted);
		vt_type(vt, "q");
		ENDS(vt, 0);
		free(wanted);
		tree_file(root, CONFIG, config, 0755);
	}
	free(config);
	tree_free(root);
}

Test(console_forms, ok_without_a_change_changes_nothing)
{
	static const struct {
		int screen;
		const char *title;
	} forms[] = { { 2, "Edit rule INDEXID_1" },
		      { 3, "Edit p1_nonce_len" },
		      { 4, "Edit a preshared key" } };
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(forms); i++) {
		host_go(vt, forms[i].screen);
		vt_type(vt, "e");
		SEE(vt, forms[i].title);
		vt_type(vt, "<F10>");
		GONE(vt, forms[i].title);
		vt_type(vt, "w");
		SEE(vt, "nothing was changed, nothing to write");
	}
	LEAVE(vt, root);
}

/* Goes to the key in the form that adds one for this peer. */
static void begin_key(struct vt *vt, const char *peer)
{
	host_go(vt, 4);
	vt_type(vt, "a");
	SEE(vt, "Add a preshared key");
	vt_type(vt, "47.154.135.86<Tab>");
	vt_type(vt, peer);
	vt_type(vt, "<Tab>");
	SEE(vt, "C-g Generate  C-o From file");
}

Test(console_forms, key_is_typed_twice_and_never_shown)
{
	char *root = host_copy(), *keys = tree_text(root, KEYS);
	struct strbuf wanted = STRBUF_INIT;
	struct vt *vt = host_start(24, 80, root, NULL, NO_ARGS);

	vt_record(vt);
	SEE(vt, "Problems  7 errors");
	begin_key(vt, "203.0.113.99");
	vt_type(vt, SECRET "<Tab>" OTHER_SECRET "<F10>");
	SEE(vt, "! the two entries differ; type the same twice");
	vt_type(vt, "<C-u>" SECRET "<Tab><C-u>" SECRET "<F10>");
	GONE(vt, "Add a preshared key");
	SEE(vt, "105 of 105");
	vt_type(vt, "<Enter>");
	SEE(vt, "preshared key: 47.154.135.86,203.0.113.99");
	vt_type(vt, "qD");
	SEE(vt, "+       key <hidden>");
	vt_type(vt, "q");
	write_all(vt, false, "1 file written and read back");
	strbuf_addf(&wanted,
		    "%s{\n\tlocalidtype IP\n\tlocalid 47.154.135.86\n\tremoteidtype IP\n"
		    "\tremoteid 203.0.113.99\n\tkey " SECRET "\n}\n",
		    keys);
	HOLDS(root, KEYS, wanted.buf);
	vt_type(vt, "q");
	cr_assert_not(vt_wrote(vt, "00112233", 8));
	cr_assert_not(vt_wrote(vt, "ccddeeff", 8));
	ENDS(vt, 0);
	strbuf_release(&wanted);
	free(keys);
	tree_free(root);
}

Test(console_forms, wrong_keys_are_refused)
{
	static const struct {
		const char *key, *problem;
	} cases[] = {
		{ "", "the key is empty" },
		{ "0011223", "odd number of hexadecimal digits (7)" },
		{ "0011xx22", "character 5 of the key is no hexadecimal digit" },
	};
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);
	size_t i;

	begin_key(vt, "203.0.113.99");
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		vt_type(vt, "<C-u>");
		vt_type(vt, cases[i].key);
		vt_type(vt, "<Tab><C-u>");
		vt_type(vt, cases[i].key);
		vt_type(vt, "<F10>");
		SEE(vt, cases[i].problem);
	}
	vt_type(vt, "<Esc>y");
	GONE(vt, "Add a preshared key");
	LEAVE(vt, root);
}

/* The key of the file's last entry; the caller frees it. */
static char *last_key(const char *root)
{
	char *keys = tree_text(root, KEYS), *at = keys, *next, *key;

	while ((next = strstr(at, "key ")) != NULL)
		at = next + 4;
	key = xstrndup(at, strcspn(at, "\n"));
	free(keys);
	return key;
}

Test(console_forms, key_is_generated)
{
	char *root = host_copy(), *key, *fingerprint;
	struct vt *vt = host_start(24, 80, root, NULL, NO_ARGS);
	const char *at;
	int row, col;
	size_t i;

	vt_record(vt);
	SEE(vt, "Problems  7 errors");
	begin_key(vt, "203.0.113.99");
	vt_type(vt, "<C-g>");
	SEE(vt, " bits, fingerprint ");
	FIND(vt, "fingerprint ", &row, &col);
	at = strstr(vt_row(vt, row), "fingerprint ") + strlen("fingerprint ");
	fingerprint = xstrndup(at, strspn(at, "0123456789abcdef"));
	cr_assert_eq(strlen(fingerprint), 8, "'%s' is cut", fingerprint);
	vt_type(vt, "<F10>");
	SEE(vt, "105 of 105");
	SEE(vt, fingerprint);
	free(fingerprint);
	write_all(vt, false, "1 file written and read back");
	vt_type(vt, "q");
	key = last_key(root);
	cr_assert_geq(strlen(key), 32, "the key is '%s'", key);
	for (i = 0; key[i] != '\0'; i++)
		cr_assert(isxdigit((unsigned char)key[i]));
	/* Not one piece of it was shown. */
	for (i = 0; i + 8 <= strlen(key); i += 4)
		cr_assert_not(vt_wrote(vt, key + i, 8));
	ENDS(vt, 0);
	free(key);
	tree_free(root);
}

Test(console_forms, key_is_read_from_a_file)
{
	char *root = host_copy(), *other = tree_new(), *path = tree_path(other, "/key"), *key;
	struct vt *vt = host_start(24, 80, root, NULL, NO_ARGS);

	tree_file(other, "/key", SECRET "\n", 0600);
	vt_record(vt);
	SEE(vt, "Problems  7 errors");
	begin_key(vt, "203.0.113.99");
	vt_type(vt, "<C-o>/nonexistent/key<Enter>");
	SEE(vt, "cannot open '/nonexistent/key'");
	vt_type(vt, "<Enter>");
	GONE(vt, "cannot open");
	vt_type(vt, "<C-o>");
	SEE(vt, "Read the key from file:");
	vt_type(vt, path);
	vt_type(vt, "<Enter>");
	SEE(vt, "160 bits, fingerprint ");
	vt_type(vt, "<F10>");
	SEE(vt, "105 of 105");
	write_all(vt, false, "1 file written and read back");
	vt_type(vt, "q");
	key = last_key(root);
	cr_assert_str_eq(key, SECRET);
	cr_assert_not(vt_wrote(vt, "00112233", 8));
	ENDS(vt, 0);
	free(key);
	free(path);
	tree_free(other);
	tree_free(root);
}

Test(console_forms, key_edits_change_one_place)
{
	char *root = host_copy(), *keys = tree_text(root, KEYS), *wanted;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 4);
	vt_type(vt, "e");
	SEE(vt, "Edit a preshared key");
	vt_type(vt, "<Tab><C-u>47.154.135.83<F10>");
	GONE(vt, "Edit a preshared key");
	SEE(vt, "47.154.135.83");
	write_all(vt, true, "1 file written and read back");
	wanted = text_with(keys, "remoteid 47.154.135.81\n", "remoteid 47.154.135.83\n");
	HOLDS(root, KEYS, wanted);
	vt_type(vt, "e");
	SEE(vt, "Edit a preshared key");
	vt_type(vt, "<Tab><Tab>" SECRET "<Tab>" SECRET "<F10>");
	GONE(vt, "Edit a preshared key");
	write_all(vt, false, "1 file written and read back");
	free(wanted);
	wanted = tree_text(root, KEYS);
	cr_assert_not_null(strstr(wanted, "remoteid 47.154.135.83\n\tkey " SECRET "\n}"));
	free(wanted);
	free(keys);
	LEAVE(vt, root);
}

Test(console_forms, parameters_are_added_edited_and_forced)
{
	char *root = host_copy(), *config = tree_text(root, CONFIG), *wanted;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, 3);
	/* A flag has no value: it is there as soon as it is picked. */
	vt_type(vt, "a");
	SEE(vt, "Add a parameter");
	vt_type(vt, "u<Enter>");
	SEE(vt, "*1 ");
	SEE(vt, "of 8");
	vt_type(vt, "u");
	SEE(vt, "of 7");
	/* What the agreement forces comes back, and says so. */
	vt_type(vt, "ge");
	SEE(vt, "Edit p1_nonce_len");
	vt_type(vt, "<C-u>40<F10>");
	SEE(vt, "p1_nonce_len was set to 20: MDM and the MSS need it (COEX-G1)");
	GONE(vt, "Edit p1_nonce_len");
	vt_type(vt, "w");
	SEE(vt, "nothing was changed, nothing to write");
	vt_type(vt, "u");
	/* A wrong value is refused in the form. */
	vt_type(vt, "/p1_lifetime<Enter>e");
	SEE(vt, "Edit p1_lifetime_secs");
	vt_type(vt, "<C-u>soon<F10>");
	SEE(vt, "! ");
	vt_type(vt, "<C-u>14400<F10>");
	GONE(vt, "Edit p1_lifetime_secs");
	SEE(vt, "14400");
	write_all(vt, false, "1 file written and read back");
	wanted = text_with(config, "\np1_lifetime_secs 28800\n", "\np1_lifetime_secs 14400\n");
	HOLDS(root, CONFIG, wanted);
	free(wanted);
	free(config);
	LEAVE(vt, root);
}

/* A change that the role may not make is refused with the rule's id; the form keeps what was typed.
 */
Test(console_forms, a_refusal_keeps_the_form)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_start(24, 80, root, NULL, ARGS("--role", "ssm"));

	SEE(vt, "ssm  mdm-ssm");
	SEE(vt, "Problems  ");
	host_go(vt, 2);
	vt_type(vt, "e");
	SEE(vt, "Edit rule INDEXID_1");
	vt_type(vt, "<Down><Down><C-u>47.154.135.82<F10>");
	SEE(vt, "Not done");
	SEE(vt, "COEX-");
	vt_type(vt, "<Enter>");
	GONE(vt, "Not done");
	SEE(vt, "Remote address    47.154.135.82");
	vt_type(vt, "<Esc>y");
	GONE(vt, "Edit rule");
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}
