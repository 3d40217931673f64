/* Policies: the list, the form, removing and moving by place, and what of it reaches the file. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_policies, .timeout = 60);

#define RALEIGH                                                                                    \
	"{laddr 47.154.135.86 raddr 192.0.2.0/27} ipsec {encr_algs aes encr_auth_algs sha1 sa "    \
	"shared}\n"
#define LAST                                                                                       \
	"{laddr 2001:db8:135::86 raddr 2001:db8:50::20} ipsec {encr_algs aes(256) encr_auth_algs " \
	"sha1 sa shared}\n"
#define SNMP                                                                                       \
	"{local 47.154.135.86 remote 47.154.136.69\n\trport snmp ulp udp} ipsec {encr_algs 3des "  \
	"encr_auth_algs sha1 sa shared}\n"
#define NTP                                                                                        \
	"{laddr 47.154.135.86 raddr 47.154.136.69 rport ntp ulp udp} ipsec {encr_algs aes "        \
	"encr_auth_algs sha1 sa shared}\n"

/* What the checks say of the policies is not at issue here: new errors are confirmed. */
static void write_all(struct vt *vt)
{
	vt_type(vt, "w");
	SEE(vt, "[ Write ]   [ No ]");
	vt_type(vt, strstr(vt_screen(vt), "Type:") != NULL ? "write<Enter>" : "y");
	SEE(vt, "1 file written and read back");
}

/* Goes to the policy with this number, from the top. */
static void go_to(struct vt *vt, int number)
{
	host_go(vt, SCREEN_POLICIES);
	vt_type(vt, "g");
	vt_repeat(vt, "<Down>", number - 1);
	vt_settle(vt, 30);
}

/* Each row: keys in the form of a policy, and what they make of one place in the file. */
static const struct edit {
	int policy;
	const char *keys, *old, *new;
} edits[] = {
	{ 12, "<Down><Down><Down><C-u>192.0.2.128/25<F10>", RALEIGH,
	  "{laddr 47.154.135.86 raddr 192.0.2.128/25} ipsec {encr_algs aes encr_auth_algs sha1 sa "
	  "shared}\n" },
	{ 11, "<Down><Down><Down><Down><C-u><F10>", SNMP,
	  "{local 47.154.135.86 remote 47.154.136.69\n\tulp udp} ipsec {encr_algs 3des "
	  "encr_auth_algs sha1 sa shared}\n" },
	{ 10, "<Down><Down>77<F10>", NTP,
	  "{laddr 47.154.135.86 lport 77 raddr 47.154.136.69 rport ntp ulp udp} ipsec {encr_algs "
	  "aes encr_auth_algs sha1 sa shared}\n" },
	{ 4, "<Down><Down><Down><Down><Down><Down><C-u>134<F10>",
	  "type 133-137 dir both} pass {} #", "type 134 dir both} pass {} #" },
	{ 5, "<Down><Down><Down><Down><C-u>47.154.135.82<F10>",
	  "{saddr 47.154.135.86 daddr 47.154.135.81} apply",
	  "{saddr 47.154.135.86 daddr 47.154.135.82} apply" },
	/* the cipher by its pick list */
	{ 12, "<Up><Up><Up><Up><Up><Up><Enter><Down><Down><Down><Enter><F10>", RALEIGH,
	  "{laddr 47.154.135.86 raddr 192.0.2.0/27} ipsec {encr_algs aes(256) encr_auth_algs sha1 "
	  "sa shared}\n" },
	/* what bypasses has no algorithms, and a direction */
	{ 12, "<Right><F10>", RALEIGH,
	  "{laddr 47.154.135.86 raddr 192.0.2.0/27 dir both} bypass {}\n" },
};

Test(console_policies, only_what_was_changed_is_written)
{
	char *root = host_copy(), *before = tree_text(root, POLICY);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(edits); i++) {
		struct vt *vt = host_open_console(24, 80, root);
		char *wanted = text_with(before, edits[i].old, edits[i].new);

		go_to(vt, edits[i].policy);
		vt_type(vt, "e");
		SEE(vt, "Edit policy ");
		vt_type(vt, edits[i].keys);
		GONE(vt, "Edit policy ");
		SEE(vt, "*1 ");
		write_all(vt);
		HOLDS(root, POLICY, wanted);
		vt_type(vt, "q");
		ENDS(vt, 0);
		free(wanted);
		tree_file(root, POLICY, before, 0644);
	}
	free(before);
	tree_free(root);
}

Test(console_policies, ok_without_a_change_changes_nothing)
{
	static const int policies[] = { 1, 4, 5, 11, 22 };
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_open_console(40, 120, root);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(policies); i++) {
		go_to(vt, policies[i]);
		vt_type(vt, "e");
		SEE(vt, "Edit policy ");
		vt_type(vt, "<F10>");
		GONE(vt, "Edit policy ");
	}
	vt_type(vt, "w");
	SEE(vt, "nothing was changed, nothing to write");
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

/* The alternatives of a policy are fields of their own. */
Test(console_policies, alternatives_are_edited)
{
	char *root = host_copy(), *before = tree_text(root, POLICY), *wanted;
	struct vt *vt = host_open_console(40, 120, root);

	go_to(vt, 22);
	vt_type(vt, "e");
	SEE(vt, "Action 2");
	SEE(vt, "Cipher 2        aes(128)");
	/* From the first field up over the buttons to the last field. */
	vt_type(vt, "<Up><Up><Up><Right><F10>");
	GONE(vt, "Edit policy 22");
	write_all(vt);
	wanted = text_with(before, "\tipsec {encr_algs aes(128) encr_auth_algs sha1 sa shared}\n",
			   "\tipsec {encr_algs aes(128) encr_auth_algs sha1 sa unique}\n");
	HOLDS(root, POLICY, wanted);
	free(wanted);
	free(before);
	LEAVE(vt, root);
}

static void fill_new(struct vt *vt)
{
	vt_type(vt, "a");
	SEE(vt, "Add a policy");
	vt_repeat(vt, "<Down>", 3);
	vt_type(vt, "47.154.135.86<Down><Down>203.0.113.99<Down>telnet<Down>tcp");
}

#define NEW                                                                                        \
	"{laddr 47.154.135.86 raddr 203.0.113.99 rport telnet ulp tcp} ipsec {encr_algs aes "      \
	"encr_auth_algs sha1}\n"

Test(console_policies, added_at_the_end)
{
	char *root = host_copy(), *before = tree_text(root, POLICY);
	struct strbuf wanted = STRBUF_INIT;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, SCREEN_POLICIES);
	fill_new(vt);
	vt_type(vt, "<F10>");
	GONE(vt, "Add a policy");
	SEE(vt, "27 of 27");
	SEE(vt, "203.0.113.99     tcp rport 23  both aes/sha1");
	vt_type(vt, "D");
	SEE(vt, "1. add policy 27");
	vt_type(vt, "q");
	write_all(vt);
	strbuf_addf(&wanted, "%s%s", before, NEW);
	HOLDS(root, POLICY, wanted.buf);
	strbuf_release(&wanted);
	free(before);
	LEAVE(vt, root);
}

Test(console_policies, added_before_and_behind_another)
{
	char *root = host_copy(), *before = tree_text(root, POLICY), *wanted;
	struct vt *vt = host_open_console(24, 80, root);

	go_to(vt, 12);
	fill_new(vt);
	vt_repeat(vt, "<Up>", 7);
	vt_settle(vt, 30);
	vt_type(vt, "<Right>");
	SEE(vt, "before policy 12");
	vt_type(vt, "<F10>");
	GONE(vt, "Add a policy");
	SEE(vt, "12 of 27");
	write_all(vt);
	wanted = text_with(before, RALEIGH, NEW RALEIGH);
	HOLDS(root, POLICY, wanted);
	free(wanted);
	vt_type(vt, "dy");
	SEE(vt, "12 of 26");
	fill_new(vt);
	vt_repeat(vt, "<Up>", 7);
	vt_settle(vt, 30);
	vt_type(vt, "<Right><Right>");
	SEE(vt, "behind policy 12");
	vt_type(vt, "<F10>");
	GONE(vt, "Add a policy");
	SEE(vt, "13 of 27");
	write_all(vt);
	wanted = text_with(before, RALEIGH, RALEIGH NEW);
	HOLDS(root, POLICY, wanted);
	free(wanted);
	free(before);
	LEAVE(vt, root);
}

/* What is wrong is said at its field; what follows from another field comes and goes. */
Test(console_policies, wrong_values_are_told_at_the_field)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, SCREEN_POLICIES);
	vt_type(vt, "a");
	SEE(vt, "Add a policy");
	vt_type(vt, "<Down><Down><Down>192.0.2.300<Down>");
	SEE(vt, "! laddr: '192.0.2.300'");
	vt_type(vt, "99999<Down>");
	SEE(vt, "! lport: '99999'");
	vt_type(vt, "<F10>");
	SEE(vt, "not yet: see what is marked with '!'");
	vt_type(vt, "<C-u>10.0.0.1<Down><C-u>22<Down>");
	GONE(vt, "! ");
	/* ICMP has types, a tunnel a mode, and the old style other ends. */
	vt_type(vt, "<Down><Down>icmp");
	SEE(vt, "ICMP type");
	vt_type(vt, "<C-u>tcp");
	GONE(vt, "ICMP type");
	vt_type(vt, "<Down><Down>ip.tun0<F10>");
	SEE(vt, "! a tunnel's policy says how its SAs are negotiated");
	vt_type(vt, "<Up><C-u>");
	GONE(vt, "Negotiate");
	vt_repeat(vt, "<Up>", 8);
	vt_settle(vt, 30);
	vt_type(vt, "<Right>");
	SEE(vt, "Source mask");
	SEE(vt, "Action            apply");
	GONE(vt, "Local address");
	vt_type(vt, "<Right>");
	SEE(vt, "Local address     10.0.0.1");
	SEE(vt, "Action            ipsec");
	/* What protects needs an algorithm. */
	vt_repeat(vt, "<Down>", 9);
	SEE(vt, "ESP with this cipher");
	vt_type(vt, "<Enter>");
	SEE(vt, "no encryption");
	vt_type(vt, "<Home><Enter>");
	vt_type(vt, "<Down><Enter><Home><Enter><F10>");
	SEE(vt, "! what protects needs an algorithm");
	vt_type(vt, "<Esc>y");
	GONE(vt, "Add a policy");
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

/* One that would be for every packet is asked about. */
Test(console_policies, a_policy_for_all_is_a_question)
{
	char *root = host_copy();
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, SCREEN_POLICIES);
	vt_type(vt, "a");
	SEE(vt, "Add a policy");
	vt_type(vt, "<F10>");
	SEE(vt, "this policy is for every");
	vt_type(vt, "<Enter>"); /* No is chosen */
	GONE(vt, "this policy is for every");
	SEE(vt, "Add a policy");
	vt_type(vt, "<F10>");
	SEE(vt, "this policy is for every");
	vt_type(vt, "y");
	GONE(vt, "Add a policy");
	SEE(vt, "27 of 27");
	vt_type(vt, "u");
	SEE(vt, "of 26");
	LEAVE(vt, root);
}

Test(console_policies, removed_by_place_with_the_order_kept)
{
	char *root = host_copy(), *before = tree_text(root, POLICY), *wanted, *less;
	struct vt *vt = host_open_console(24, 80, root);

	go_to(vt, 11);
	vt_type(vt, "d");
	SEE(vt, "Remove policy 11?");
	SEE(vt, "{local 47.154.135.86 remote 47.154.136.69");
	vt_type(vt, "n");
	GONE(vt, "Remove policy");
	vt_type(vt, "dy");
	SEE(vt, "removed; u takes it back, w writes it");
	SEE(vt, "11 of 25");
	vt_type(vt, "Gdy");
	SEE(vt, "24 of 24");
	vt_type(vt, "u");
	SEE(vt, "of 25");
	vt_type(vt, "u");
	SEE(vt, "of 26");
	vt_type(vt, "<C-r><C-r>");
	SEE(vt, "of 24");
	write_all(vt);
	less = text_with(before, SNMP, "");
	wanted = text_with(less, LAST, "");
	HOLDS(root, POLICY, wanted);
	free(less);
	free(wanted);
	free(before);
	LEAVE(vt, root);
}

/* Two policies may be the same to the letter: the cursor goes to neither instead of the other. */
Test(console_policies, twins_are_two)
{
	char *root = host_copy();
	struct vt *vt;

	tree_file(root, POLICY,
		  "{lport 1 dir in} drop {}\n{lport 2 dir in} drop {}\n{lport 1 dir in} drop {}\n"
		  "{lport 3 dir in} drop {}\n",
		  0644);
	vt = host_start(24, 80, root, NULL, NO_ARGS);
	SEE(vt, "Problems  ");
	go_to(vt, 3);
	SEE(vt, "3 of 4");
	vt_type(vt, "dy");
	SEE(vt, "3 of 3");
	vt_type(vt, "u");
	SEE(vt, "of 4");
	go_to(vt, 1);
	vt_type(vt, "J");
	SEE(vt, "2 of 4");
	vt_type(vt, "J");
	SEE(vt, "3 of 4");
	write_all(vt);
	HOLDS(root, POLICY,
	      "{lport 2 dir in} drop {}\n{lport 1 dir in} drop {}\n{lport 1 dir in} drop {}\n"
	      "{lport 3 dir in} drop {}\n");
	LEAVE(vt, root);
}

Test(console_policies, moved_up_and_down)
{
	char *root = host_copy(), *before = tree_text(root, POLICY), *wanted;
	struct vt *vt = host_open_console(24, 80, root);

	host_go(vt, SCREEN_POLICIES);
	vt_type(vt, "K");
	SEE(vt, "this is the first policy");
	vt_type(vt, "GJ");
	SEE(vt, "this is the last policy");
	go_to(vt, 10);
	vt_type(vt, "J");
	SEE(vt, "11 of 26");
	SEE(vt, "*1 ");
	vt_type(vt, "K");
	SEE(vt, "10 of 26");
	SEE(vt, "*2 ");
	vt_type(vt, "J");
	SEE(vt, "*3 ");
	SEE(vt, "11 of 26");
	/* Only where one sees what is next to what. */
	vt_type(vt, "fudp<Enter>");
	SEE(vt, "filter: udp");
	vt_type(vt, "K");
	SEE(vt, "policies move in the order of the file");
	vt_type(vt, "f<C-u><Enter>");
	GONE(vt, "filter: udp");
	write_all(vt);
	wanted = text_with(before, NTP SNMP, SNMP NTP);
	HOLDS(root, POLICY, wanted);
	free(wanted);
	free(before);
	LEAVE(vt, root);
}

/* FILE-6: the form keeps what was typed. */
Test(console_policies, a_refusal_names_its_rule)
{
	char *root = host_copy(), *before = host_dump(root), *after;
	struct vt *vt = host_start(24, 80, root, NULL, ARGS("--role", "ssm"));

	SEE(vt, "Problems  ");
	host_go(vt, SCREEN_POLICIES);
	vt_type(vt, "e");
	SEE(vt, "Edit policy 1");
	vt_type(vt, "<Down><Down><C-u>830<F10>");
	SEE(vt, "Not done");
	SEE(vt, "refused by FILE-6");
	vt_type(vt, "<Enter>");
	GONE(vt, "Not done");
	SEE(vt, "Local port      830");
	vt_type(vt, "<Esc>y");
	GONE(vt, "Edit policy");
	vt_type(vt, "dy");
	SEE(vt, "refused by FILE-6");
	vt_type(vt, "<Enter>");
	vt_type(vt, "J");
	SEE(vt, "refused by FILE-6");
	vt_type(vt, "<Enter>");
	GONE(vt, "refused by");
	vt_type(vt, "q");
	ENDS(vt, 0);
	after = host_dump(root);
	cr_assert_str_eq(before, after);
	free(before);
	free(after);
	tree_free(root);
}

/* No file yet: the first policy makes it. */
Test(console_policies, the_first_one_makes_the_file)
{
	char *root = host_copy(), *path = tree_path(root, POLICY);
	struct vt *vt;

	cr_assert_eq(unlink(path), 0);
	vt = host_start(24, 80, root, NULL, NO_ARGS);
	SEE(vt, "Problems  ");
	host_go(vt, SCREEN_POLICIES);
	SEE(vt, "none");
	vt_type(vt, "K");
	fill_new(vt);
	vt_type(vt, "<F10>");
	GONE(vt, "Add a policy");
	SEE(vt, "1 of 1");
	write_all(vt);
	HOLDS(root, POLICY, NEW);
	free(path);
	LEAVE(vt, root);
}

/* What a file holds is made visible, in the list, the detail, the form and the question. */
Test(console_policies, hostile_text_is_made_visible)
{
	char *root = host_copy();
	struct vt *vt;

	tree_file(root, POLICY,
		  "{raddr \033]52;a} ipsec {auth_algs sha1} # \033[2J%s%n\n"
		  "{tunnel x\033[31m negotiate tunnel} drop {}\n",
		  0644);
	vt = host_start(24, 80, root, NULL, NO_ARGS);
	SEE(vt, "Problems  ");
	host_go(vt, SCREEN_POLICIES);
	SEE(vt, "^[]52;a");
	SEE(vt, "tunnel x^[[3");
	vt_type(vt, "<Enter>");
	SEE(vt, "# ^[[2J%s%n");
	vt_type(vt, "qe");
	SEE(vt, "Edit policy 1");
	SEE(vt, "Remote address  ^[]52;a");
	vt_type(vt, "<Esc>d");
	SEE(vt, "# ^[[2J%s%n");
	vt_type(vt, "y");
	SEE(vt, "removed;");
	SEE(vt, "1 of 1");
	vt_type(vt, "u");
	SEE(vt, "of 2");
	LEAVE(vt, root);
}
