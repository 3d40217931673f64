/* Every place of the console at three sizes, compared with what people found good (golden/). */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/console/host.h"

TestSuite(console_screens, .timeout = 60);

/* Keys that lead from the screens to the place, what it shows then, and keys that lead back. */
static const struct place {
	const char *name, *keys, *shows, *back;
} places[] = {
	{ "overview", "1", "Problems  7 errors", "" },
	{ "rules", "2", "1 of 110, 6 problems", "" },
	{ "rules-foreign", "2G", "110 of 110, 6 problems", "g" },
	{ "globals", "3", "1 of 7, 0 problems", "" },
	{ "keys", "4", "1 of 104, 1 problem", "" },
	{ "certificates", "5", "1 of 10, 1 problem", "" },
	{ "crls", "6", "1 of 1, 0 problems", "" },
	{ "policies", "7", "1 of 26, 0 problems", "" },
	{ "policies-last", "7G", "26 of 26, 0 problems", "g" },
	{ "manual-sas", "8", "1 of 2, 0 problems", "" },
	{ "problems", "9", "1 of 125", "" },
	{ "history", "0", "none, 0 problems", "" },
	{ "detail-rule", "2g<Enter>", "rule: INDEXID_1", "q" },
	{ "detail-global", "3<Enter>", "parameter: p1_nonce_len", "q" },
	{ "detail-key", "4<Enter>", "preshared key: 47", "q" },
	{ "detail-certificate", "5<Enter>", "certificate: 0", "q" },
	{ "detail-policy", "7g/161<Enter><Enter>", "policy: 11", "qg" },
	{ "detail-manual-sa", "8<Enter>", "manual SA: esp/691/47.154.136.69", "q" },
	{ "detail-problem", "9<Enter>", "finding: COEX-R1", "q" },
	{ "form-rule", "2g<Down>e", "Edit rule INDEXID_2", "<Esc>" },
	{ "form-add-rule", "2a", "Add a rule", "<Esc>" },
	{ "form-key", "4e", "Edit a preshared key", "<Esc>" },
	{ "form-policy", "7g<Down><Down><Down>e", "Edit policy 4", "<Esc>" },
	{ "form-policy-alternatives", "7/198.51.100.20<Enter>e", "Edit policy 22", "<Esc>g" },
	{ "form-add-policy", "7a", "Add a policy", "<Esc>" },
	{ "ask-remove-policy", "7d", "Remove policy 1?", "n" },
	{ "form-manual-sa", "8e", "Edit manual SA esp/691/47.154.136.69", "<Esc>" },
	{ "form-add-manual-sa", "8a", "Add a manual SA", "<Esc>" },
	{ "ask-remove-manual-sa", "8d", "Remove esp/691/47.154.136.69?", "<Esc>" },
	{ "pick-global", "3a", "Add a parameter", "<Esc>" },
	{ "filter", "2flabel:INDEXID_2<Enter>", "filter: label:", "f<C-u><Enter>g" },
	{ "ask-remove", "2d", "Remove rule INDEXID_1?", "n" },
	{ "marked", "2g<Space><Space>", "2 marked", "" },
	{ "ask-remove-marked", "d", "Remove these 2 marked items?", "n**g" },
	{ "form-clone-rule", "2/backup<Enter>c", "Add a rule like backup", "<Esc>g" },
	{ "form-clone-policy", "7/198.51.100.20<Enter>c", "Add a policy like policy 22", "<Esc>g" },
	{ "form-clone-manual-sa", "8gc", "Add a manual SA like", "<Esc>" },
	{ "pick-copy", "2g<Enter>y", "Copy which value?", "<Esc>q" },
	{ "repair", "9X", "Repair this?", "n" },
	{ "diff", "2g<Down><Down><Down>dyD", "Changes that are not written yet", "q" },
	{ "write", "w", "Write these changes?", "nug" },
	{ "write-errors", "2gdyw", "Type the word to write it all the same.", "<Esc>u" },
	{ "help", "2?", "show the keys of this place", "q" },
};

static const struct size {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 40, 120 }, { 60, 200 } };

static bool is_hex(char c)
{
	return isdigit((unsigned char)c) || (c >= 'a' && c <= 'f');
}

/* Fingerprints, words of eight hexadecimal digits, are others in every run. */
static void mask(char *text)
{
	char *p = text;

	while (*p != '\0') {
		size_t len = 0;

		while (is_hex(p[len]))
			len++;
		if (len == 8 && !isalnum((unsigned char)p[len]) &&
		    (p == text || !isalnum((unsigned char)p[-1])))
			memset(p, '#', len);
		p += len > 0 ? len : 1;
	}
}

static void golden_name(char *name, size_t size, const struct place *place, const struct size *at)
{
	snprintf(name, size, "/%s-%dx%d.txt", place->name, at->cols, at->rows);
}

static void compare(struct vt *vt, const struct place *place, const struct size *at)
{
	char name[80], *golden, *seen;

	vt_settle(vt, 60);
	seen = xstrdup(vt_screen(vt));
	mask(seen);
	golden_name(name, sizeof name, place, at);
	if (getenv("GOLDENS_RENEW") != NULL)
		tree_file(GOLDEN_DIR, name, seen, 0644);
	golden = tree_text(GOLDEN_DIR, name);
	cr_assert_not_null(golden, "there is no golden%s", name);
	cr_expect_str_eq(seen, golden, "golden%s is\n%s\nbut the screen is\n%s", name, golden,
			 seen);
	free(golden);
	free(seen);
}

static void look_at_all(const struct size *at)
{
	struct vt *vt = host_start(at->rows, at->cols, NULL, NULL, ARGS("--demo"));
	size_t i;

	SEE(vt, "Problems  7 errors");
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		vt_type(vt, places[i].keys);
		SEE(vt, places[i].shows);
		vt_settle(vt, 50); /* not in the middle of being drawn */
		compare(vt, &places[i], at);
		vt_type(vt, places[i].back);
	}
	vt_type(vt, "q");
	ENDS(vt, 0);
}

Test(console_screens, small_as_people_found_them_good)
{
	look_at_all(&sizes[0]);
}

Test(console_screens, wide_as_people_found_them_good)
{
	look_at_all(&sizes[1]);
}

Test(console_screens, large_as_people_found_them_good)
{
	look_at_all(&sizes[2]);
}
