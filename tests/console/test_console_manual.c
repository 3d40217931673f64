/* Manual SAs in the console: looked at, added, edited, removed, and no key of theirs on any screen.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_manual, .timeout = 60);

#define ENCR       "00112233445566778899aabbccddeeff"
#define AUTH       "0011223344556677889900aabbccddeeff001122"
#define SAMPLE_KEY "3030273d" /* begins the keys of the sample host's SAs */

static struct vt *open_screen(int rows, int cols, const char *root)
{
	struct vt *vt = host_start(rows, cols, root, NULL, NO_ARGS);

	vt_record(vt);
	SEE(vt, " errors, ");
	host_go(vt, SCREEN_MANUAL_SAS);
	return vt;
}

static void write_all(struct vt *vt)
{
	vt_type(vt, "w");
	SEE(vt, "Write these changes?");
	vt_type(vt, "y");
	SEE(vt, "1 file written and read back");
}

/* No eight digits of any key that the file holds were on the screen, at any time. */
static void check_hidden(const struct vt *vt, const char *text)
{
	size_t run;

	for (; *text != '\0'; text += run > 0 ? run : 1) {
		run = strspn(text, "0123456789abcdef");
		if (run < 32)
			continue;
		cr_assert_not(vt_wrote(vt, text, 8), "the key %.8s... was shown", text);
		cr_assert_not(vt_wrote(vt, text + run - 8, 8));
	}
}

/* Leaves, and looks at all that was written to the terminal. */
static void leave(struct vt *vt, char *root)
{
	char *text = tree_text(root, MANUAL);

	vt_type(vt, "q");
	check_hidden(vt, text);
	cr_assert_not(vt_wrote(vt, SAMPLE_KEY, 8));
	ENDS(vt, 0);
	free(text);
	tree_free(root);
}

static void begin_adding(struct vt *vt)
{
	vt_type(vt, "a");
	SEE(vt, "Add a manual SA");
	vt_type(vt, "<Down>192.0.2.1<Down>192.0.2.2");
}

Test(console_manual, a_pair_is_added_with_keys_that_nobody_sees)
{
	char *root = host_copy(), *before = tree_text(root, MANUAL), *after;
	struct vt *vt = open_screen(24, 80, root);
	const char *added;

	begin_adding(vt);
	vt_type(vt, "<Down>6<Down><Down>829<Down><Down><Down><Down><Down><Down><Down>");
	SEE(vt, "adds the way back too");
	vt_type(vt, " <F10>");
	GONE(vt, "Add a manual SA");
	SEE(vt, "3 of 4, 1 problem"); /* keys for CMP, and no policy for it */
	SEE(vt, "the role admin may change them (FILE-7)");
	vt_type(vt, "D");
	SEE(vt, "1. add manual SAs esp/256/192.0.2.2 and esp/257/192.0.2.1");
	SEE(vt, "encrkey <hidden>");
	vt_type(vt, "q");
	write_all(vt);
	after = tree_text(root, MANUAL);
	cr_assert_eq(strncmp(after, before, strlen(before)), 0, "what was there has changed");
	added = after + strlen(before);
	cr_assert_eq(strncmp(added,
			     "add esp spi 256 proto 6 src 192.0.2.1 dst 192.0.2.2 dport 829 "
			     "encralg aes-cbc encrkey ",
			     86),
		     0, "%s", added);
	cr_assert_not_null(strstr(added,
				  "\nadd esp spi 257 proto 6 src 192.0.2.2 sport 829 dst 192.0.2.1 "
				  "encralg aes-cbc encrkey "));
	free(before);
	free(after);
	leave(vt, root);
}

Test(console_manual, typed_keys_are_for_both_directions)
{
	char *root = host_copy(), *before = tree_text(root, MANUAL);
	struct strbuf wanted = STRBUF_INIT;
	struct vt *vt = open_screen(40, 120, root);

	begin_adding(vt);
	vt_type(vt, "<Down><Down><Down><Down>800<Down><Down><Right>");
	SEE(vt, "Hexadecimal digits");
	vt_type(vt, "<Down>" ENCR "<Tab>" ENCR "<Tab><Tab><Right><Tab>" AUTH "<Tab>" AUTH "<Tab> ");
	vt_type(vt, "<F10>");
	GONE(vt, "Add a manual SA");
	write_all(vt);
	strbuf_addf(&wanted,
		    "%sadd esp spi 800 src 192.0.2.1 dst 192.0.2.2 encralg aes-cbc encrkey " ENCR
		    " authalg hmac-sha1 authkey " AUTH
		    "\nadd esp spi 256 src 192.0.2.2 dst 192.0.2.1 encralg aes-cbc encrkey " ENCR
		    " authalg hmac-sha1 authkey " AUTH "\n",
		    before);
	HOLDS(root, MANUAL, wanted.buf);
	strbuf_release(&wanted);
	free(before);
	leave(vt, root);
}

/* Each row: an edit of the first SA, and what it makes of one place in the file. */
static const struct edit {
	const char *keys, *old, *new, *says;
} edits[] = {
	{ "<Down><Down><Down><C-u>830<F10>", "sport 829 dst", "sport 830 dst",
	  "esp/690/47.154.135.86, the other direction, stays as it is" },
	{ "<Down><Down><Down><C-u><F10>", " sport 829 dst", " dst", "stays as it is" },
	{ "<Down><Down><Down><Down><Down><C-u>0x300<F10>", "spi 691", "spi 768", "stays as it is" },
	{ "<C-u>47.154.135.87<F10>", "src 47.154.135.86 sport", "src 47.154.135.87 sport",
	  "stays as it is" },
};

Test(console_manual, only_what_was_changed_is_written)
{
	char *root = host_copy(), *before = tree_text(root, MANUAL);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(edits); i++) {
		struct vt *vt = open_screen(24, 80, root);
		char *wanted = text_with(before, edits[i].old, edits[i].new);

		vt_type(vt, "e");
		SEE(vt, "Edit manual SA esp/691/47.154.136.69");
		SEE(vt, "Partner             esp/690/47.154.135.86");
		vt_type(vt, edits[i].keys);
		GONE(vt, "Edit manual SA");
		SEE(vt, edits[i].says);
		write_all(vt);
		HOLDS(root, MANUAL, wanted);
		free(wanted);
		vt_type(vt, "q");
		ENDS(vt, 0);
		tree_file(root, MANUAL, before, 0600);
	}
	free(before);
	tree_free(root);
}

/* A key that does not suit the new algorithm is replaced, the other one stays. */
Test(console_manual, a_new_algorithm_gets_a_new_key)
{
	char *root = host_copy(), *before = tree_text(root, MANUAL), *after, *rest;
	struct vt *vt = open_screen(24, 80, root);

	vt_type(vt, "e");
	SEE(vt, "Cipher key          keep");
	vt_type(vt, "<Down><Down><Down><Down><Down><Down><Enter>");
	SEE(vt, "3des-cbc");
	vt_type(vt, "3<Enter>");
	SEE(vt, "Cipher key          generate");
	SEE(vt, "Integrity key       keep");
	vt_type(vt, "<F10>");
	GONE(vt, "Edit manual SA");
	write_all(vt);
	after = tree_text(root, MANUAL);
	rest = strstr(after, "encralg 3des-cbc encrkey ");
	cr_assert_not_null(rest);
	rest += strlen("encralg 3des-cbc encrkey ");
	cr_assert_eq(strspn(rest, "0123456789abcdef"), 48);
	cr_assert_str_eq(rest + 48, strstr(before, " authalg sha1"));
	free(before);
	free(after);
	leave(vt, root);
}

Test(console_manual, nothing_changed_is_nothing_to_write)
{
	char *root = host_copy();
	struct vt *vt = open_screen(24, 80, root);

	vt_type(vt, "e");
	SEE(vt, "Edit manual SA");
	vt_type(vt, "<F10>");
	GONE(vt, "Edit manual SA");
	vt_type(vt, "w");
	SEE(vt, "nothing was changed, nothing to write");
	leave(vt, root);
}

Test(console_manual, one_direction_or_both_are_removed)
{
	char *root = host_copy(), *before = tree_text(root, MANUAL);
	const char *second = strstr(before, "add esp spi 690");
	struct vt *vt = open_screen(24, 80, root);
	char *wanted;

	/* Not at all, ... */
	vt_type(vt, "d");
	SEE(vt, "Remove esp/691/47.154.136.69?");
	SEE(vt, "and the other direction, esp/690/47.154.135.86");
	vt_type(vt, "<Esc>");
	GONE(vt, "Remove esp/691/47.154.136.69?");
	SEE(vt, "1 of 2");
	/* ... both, ... */
	vt_type(vt, "d<Down><Enter>");
	SEE(vt, "none, 0 problems");
	vt_type(vt, "u");
	SEE(vt, "1 of 2");
	vt_type(vt, "<C-r>");
	SEE(vt, "none, 0 problems");
	vt_type(vt, "u");
	SEE(vt, "1 of 2");
	/* ... or one; what is left has no partner to ask about. */
	vt_type(vt, "d<Enter>");
	SEE(vt, "1 of 1");
	vt_type(vt, "d");
	SEE(vt, "Remove esp/690/47.154.135.86?");
	GONE(vt, "the other direction stays");
	vt_type(vt, "n");
	write_all(vt);
	wanted = xstrdup(before);
	strcpy(wanted + (strstr(before, "add esp spi 691") - before), second);
	HOLDS(root, MANUAL, wanted);
	free(wanted);
	free(before);
	leave(vt, root);
}

Test(console_manual, wrong_values_are_refused_and_nothing_typed_is_lost)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = open_screen(24, 80, root);

	vt_type(vt, "a");
	SEE(vt, "Add a manual SA");
	vt_type(vt, "<Down>host.example<Down><Down>");
	SEE(vt, "! src: 'host.example' is not an IP address");
	SEE(vt, "! a manual SA needs it");
	vt_type(vt, "<Up><Up><C-u>47.154.135.86<Down>47.154.136.69<Down>");
	GONE(vt, "! ");
	/* What one sees in the file alone is said at OK, and the field is marked. */
	vt_type(vt, "<Down><Down><Down>0x2b3<F10>");
	SEE(vt, "Not done");
	SEE(vt, "spi: there is an SA of this type with this spi and destination already");
	vt_type(vt, "<Enter>");
	GONE(vt, "Not done");
	SEE(vt, "! spi: there is an SA of this type");
	/* A key of another length than the algorithm's. */
	vt_type(vt, "<C-u><Down><Down><Right><Down>" AUTH "<Tab>" AUTH "<F10>");
	SEE(vt, "encrkey: aes-cbc has a key of 128, 192 or 256 bits, and this one has 160");
	SEE(vt, "Source              47.154.135.86");
	vt_type(vt, "<Esc>");
	SEE(vt, "Give up what was typed here?");
	vt_type(vt, "y");
	GONE(vt, "Add a manual SA");
	vt_type(vt, "q");
	cr_assert_not(vt_wrote(vt, "00112233", 8));
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

/* On the smallest screen all fields can be reached, and are taken. */
Test(console_manual, everything_has_a_field)
{
	char *root = host_copy(), *after;
	struct vt *vt = host_start(24, 80, root, NULL, ARGS("--dialect", "illumos"));
	int i;

	vt_record(vt);
	SEE(vt, "Problems  ");
	host_go(vt, SCREEN_MANUAL_SAS);
	begin_adding(vt);
	for (i = 0; i < 12; i++)
		vt_type(vt, "<Down>");
	SEE(vt, "lifetimes, tunnels, address translation, identities and the rest");
	vt_type(vt, " <Down><Down>3600<Down>3000");
	for (i = 0; i < 7; i++)
		vt_type(vt, "<Down>");
	SEE(vt, "inner source of a tunnel");
	vt_type(vt, "10.1.0.0/16<Down>10.2.0.0/16");
	for (i = 0; i < 8; i++)
		vt_type(vt, "<Down>");
	vt_type(vt, "<Down>fqdn a b");
	SEE(vt, "Source identity");
	vt_type(vt, "<F10>");
	GONE(vt, "Add a manual SA");
	write_all(vt);
	after = tree_text(root, MANUAL);
	cr_assert_not_null(strstr(after, "\nadd esp spi 256 src 192.0.2.1 dst 192.0.2.2 "));
	cr_assert_not_null(strstr(after, " isrc 10.1.0.0/16 idst 10.2.0.0/16 srcidtype fqdn "
					 "\"a b\" hard_addtime 3600 soft_addtime 3000\n"),
			   "%s", after);
	/* Edited, it is all there. */
	vt_type(vt, "e");
	SEE(vt, "Ends after");
	SEE(vt, "3600");
	vt_type(vt, "<Esc>");
	GONE(vt, "Edit manual SA");
	free(after);
	leave(vt, root);
}

Test(console_manual, a_key_is_read_from_a_file)
{
	char *root = host_copy(), *other = tree_new(), *path = tree_path(other, "/key"), *after;
	struct vt *vt = open_screen(24, 80, root);

	tree_file(other, "/key", ENCR "\n", 0600);
	vt_type(vt, "e");
	SEE(vt, "Edit manual SA");
	vt_type(vt, "<Down><Down><Down><Down><Down><Down><Down><Right><Right><Down>");
	SEE(vt, "C-g Generate  C-o From file");
	vt_type(vt, "<C-o>");
	SEE(vt, "Read the key from file:");
	vt_type(vt, path);
	vt_type(vt, "<Enter>");
	SEE(vt, "128 bits, fingerprint ");
	vt_type(vt, "<F10>");
	GONE(vt, "Edit manual SA");
	write_all(vt);
	after = tree_text(root, MANUAL);
	cr_assert_not_null(strstr(after, "encralg aes encrkey " ENCR " authalg sha1 authkey c1"));
	free(after);
	free(path);
	tree_free(other);
	leave(vt, root);
}

/* FILE-7: ssm sees them and changes none. */
Test(console_manual, not_every_role_may)
{
	static const char *const keys[] = { "a", "e", "d" };
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_start(24, 80, root, NULL, ARGS("--role", "ssm"));
	size_t i;

	SEE(vt, "ssm  mdm-ssm");
	SEE(vt, "Problems  ");
	host_go(vt, SCREEN_MANUAL_SAS);
	SEE(vt, "47.154.136.69");
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		vt_type(vt, keys[i]);
		SEE(vt, "change manual SAs: refused by FILE-7: the role ssm keeps it as it is;");
		vt_type(vt, "<Enter>");
		GONE(vt, "refused by FILE-7");
	}
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

/* What is no SA is a row too; hostile bytes in one harm nobody. */
Test(console_manual, other_commands_and_what_is_broken)
{
	char *root = host_copy();
	struct vt *vt;

	tree_file(root, MANUAL,
		  "flush\nadd esp spi 5 dst \x1b[31m src 192.0.2.1 encralg aes encrkey " ENCR "\n"
		  "delete esp spi 5 dst 192.0.2.7\nnonsense " ENCR "\n",
		  0600);
	vt = open_screen(24, 80, root);
	SEE(vt, "flush");
	SEE(vt, "1 of 4");
	vt_type(vt, "e");
	SEE(vt, "this command is about no SA and has nothing to edit; d removes it");
	vt_type(vt, "d");
	SEE(vt, "Remove flush@1?");
	vt_type(vt, "y");
	SEE(vt, "of 3");
	vt_type(vt, "g<Down>e");
	SEE(vt, "Edit manual SA delete@2");
	GONE(vt, "Cipher");
	vt_type(vt, "<Esc>");
	GONE(vt, "Edit manual SA");
	vt_type(vt, "G<Enter>");
	SEE(vt, "manual SA: @3");
	vt_type(vt, "qge");
	SEE(vt, "Edit manual SA esp/5/");
	vt_type(vt, "<Down><C-u>192.0.2.8<F10>");
	GONE(vt, "Edit manual SA");
	write_all(vt);
	HOLDS(root, MANUAL,
	      "add esp spi 5 dst 192.0.2.8 src 192.0.2.1 encralg aes encrkey " ENCR "\n"
	      "delete esp spi 5 dst 192.0.2.7\nnonsense " ENCR "\n");
	leave(vt, root);
}
