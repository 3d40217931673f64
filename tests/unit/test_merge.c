/* A change on top of what somebody else has made of the files. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "change/edits.h"
#include "change/merge.h"
#include "tests/fault/tree.h"
#include "tests/tools/corpus.h"
#include "tests/tools/lossless.h"
#include "tests/unit/checked.h"

TestSuite(merge, .timeout = 120);

/* One edit of ours: behind the text AT, TAKE goes and PUT comes. A step each. */
struct op {
	const char *at, *take, *put;
};

struct sample {
	const char *name;
	enum location location;
	const char *base;
	struct op ours[3];
	const char *theirs;
	const char *wanted;    /* NULL: a conflict */
	const char *conflict;  /* its item */
	const char *with_ours; /* what comes of it when ours is chosen; NULL: it cannot be */
};

#define RULE(label, rest)                                                                          \
	"{\n\tlabel " label "\n\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.2.2\n" rest "}\n"
#define KEY(remote, key)                                                                           \
	"{\n\tlocalidtype IP\n\tlocalid 192.0.2.1\n\tremoteidtype IP\n\tremoteid " remote          \
	"\n\tkey " key "\n}\n"
#define POLICY(remote, rest) "{laddr 192.0.2.1 raddr " remote "} ipsec {encr_algs " rest "}\n"
#define SA(spi, rest)                                                                              \
	"add esp spi " spi " src 192.0.2.1 dst 192.0.2.2 encralg aes encrkey "                     \
	"0123456789abcdef0123456789abcdef" rest "\n"

#define CONFIG   LOCATION_IKE_CONFIG
#define KEYS     LOCATION_PRESHARED
#define POLICIES LOCATION_IPSECINIT
#define COMMANDS LOCATION_IPSECKEYS

/* clang-format off */
static const struct sample samples[] = {
	/* rules */
	{ "edited by us, another one by them", CONFIG,
	  RULE("a", "p2_pfs 1\n") RULE("b", "p2_pfs 1\n"), { { "p2_pfs ", "1", "2" } },
	  RULE("a", "p2_pfs 1\n") RULE("b", "p2_pfs 5\n"),
	  RULE("a", "p2_pfs 2\n") RULE("b", "p2_pfs 5\n"), NULL, NULL },
	{ "edited by us, their new one before it, with a comment", CONFIG,
	  "p2_pfs 0\n" RULE("a", "p2_pfs 1\n"), { { "label a\n", "\tlocal_addr 192.0.2.1", "\tlocal_addr 192.0.2.9" } },
	  "p2_pfs 0\n# new\n" RULE("n", "") RULE("a", "p2_pfs 1\n"),
	  "p2_pfs 0\n# new\n" RULE("n", "") "{\n\tlabel a\n\tlocal_addr 192.0.2.9\n\tremote_addr 192.0.2.2\np2_pfs 1\n}\n", NULL, NULL },
	{ "removed by us, its neighbours edited by them", CONFIG,
	  RULE("a", "") RULE("b", "") RULE("c", ""), { { RULE("a", ""), RULE("b", ""), "" } },
	  RULE("a", "p2_pfs 1\n") RULE("b", "") RULE("c", "p2_pfs 1\n"),
	  RULE("a", "p2_pfs 1\n") RULE("c", "p2_pfs 1\n"), NULL, NULL },
	{ "edited by us, moved by them", CONFIG,
	  RULE("a", "p2_pfs 1\n") RULE("b", ""), { { "p2_pfs ", "1", "2" } },
	  RULE("b", "") RULE("a", "p2_pfs 1\n"), RULE("b", "") RULE("a", "p2_pfs 2\n"), NULL, NULL },
	{ "the same edit", CONFIG,
	  RULE("a", "p2_pfs 1\n"), { { "p2_pfs ", "1", "2" } },
	  RULE("a", "p2_pfs 2\n") "# more\n", RULE("a", "p2_pfs 2\n") "# more\n", NULL, NULL },
	{ "the same edit in two steps", CONFIG,
	  RULE("a", "p2_pfs 1\n"), { { "p2_pfs ", "1", "2" }, { "label a\n\tlocal_addr 192.0.2.", "1", "7" } },
	  RULE("b", "") RULE("a", "p2_pfs 1\n"),
	  RULE("b", "") "{\n\tlabel a\n\tlocal_addr 192.0.2.7\n\tremote_addr 192.0.2.2\np2_pfs 2\n}\n", NULL, NULL },
	{ "removed by both", CONFIG,
	  RULE("a", "") RULE("b", ""), { { RULE("a", ""), RULE("b", ""), "" } },
	  RULE("a", "") "# gone\n", RULE("a", "") "# gone\n", NULL, NULL },
	{ "edited by both", CONFIG,
	  RULE("a", "p2_pfs 1\n") RULE("b", ""), { { "p2_pfs ", "1", "2" } },
	  RULE("a", "p2_pfs 5\n") RULE("b", ""), NULL, "rule 'a'",
	  RULE("a", "p2_pfs 2\n") RULE("b", "") },
	{ "edited by both in different places of it", CONFIG,
	  RULE("a", "p2_pfs 1\n"), { { "p2_pfs ", "1", "2" } },
	  RULE("a", "p2_pfs 1\np2_lifetime_secs 60\n"), NULL, "rule 'a'", RULE("a", "p2_pfs 2\n") },
	{ "edited by us, removed by them", CONFIG,
	  RULE("a", "") RULE("b", "p2_pfs 1\n") RULE("c", ""), { { "p2_pfs ", "1", "2" } },
	  RULE("a", "") RULE("c", ""), NULL, "rule 'b'", RULE("a", "") RULE("b", "p2_pfs 2\n") RULE("c", "") },
	{ "removed by us, edited by them", CONFIG,
	  RULE("a", "") RULE("b", "p2_pfs 1\n") RULE("c", ""), { { RULE("a", ""), RULE("b", "p2_pfs 1\n"), "" } },
	  RULE("a", "") RULE("b", "p2_pfs 5\n") RULE("c", ""), NULL, "rule 'b'", RULE("a", "") RULE("c", "") },
	{ "edited by us, renamed by them", CONFIG,
	  RULE("a", "") RULE("b", "p2_pfs 1\n") RULE("c", ""), { { "p2_pfs ", "1", "2" } },
	  RULE("a", "") RULE("x", "p2_pfs 1\n") RULE("c", ""), NULL, "rule 'b'",
	  RULE("a", "") RULE("b", "p2_pfs 2\n") RULE("c", "") },
	{ "renamed by us to a name that they have taken", CONFIG,
	  RULE("a", "") RULE("b", ""), { { "label ", "a", "c" } },
	  RULE("a", "") RULE("b", "") RULE("c", ""), NULL, "rule 'a'", NULL },
	{ "renamed by us, then edited, and edited by them", CONFIG,
	  RULE("a", "p2_pfs 1\n") RULE("b", ""), { { "label ", "a", "c" }, { "p2_pfs ", "1", "2" } },
	  RULE("a", "p2_pfs 5\n") RULE("b", ""), NULL, "rule 'a'", RULE("c", "p2_pfs 2\n") RULE("b", "") },
	{ "both added one at the end", CONFIG,
	  RULE("a", ""), { { RULE("a", ""), "", RULE("ours", "") } },
	  RULE("a", "") RULE("theirs", ""), RULE("a", "") RULE("theirs", "") RULE("ours", ""), NULL, NULL },
	{ "both added one in the middle", CONFIG,
	  RULE("a", "") RULE("b", ""), { { RULE("a", ""), "", RULE("ours", "") } },
	  RULE("a", "") RULE("theirs", "") RULE("b", ""),
	  RULE("a", "") RULE("ours", "") RULE("theirs", "") RULE("b", ""), NULL, NULL },
	{ "added by us behind one that they removed", CONFIG,
	  RULE("a", "") RULE("b", "") RULE("c", ""), { { RULE("b", ""), "", RULE("ours", "") } },
	  RULE("a", "") RULE("c", ""), RULE("a", "") RULE("ours", "") RULE("c", ""), NULL, NULL },
	{ "both added the same", CONFIG,
	  RULE("a", ""), { { RULE("a", ""), "", RULE("n", "") } },
	  RULE("n", "") RULE("a", ""), RULE("n", "") RULE("a", ""), NULL, NULL },
	{ "both added one under the same name", CONFIG,
	  RULE("a", ""), { { RULE("a", ""), "", RULE("n", "p2_pfs 2\n") } },
	  RULE("a", "") RULE("n", ""), NULL, "rule 'n'", RULE("a", "") RULE("n", "p2_pfs 2\n") },
	{ "one of two with the same name, by their order", CONFIG,
	  RULE("a", "p2_pfs 1\n") RULE("a", ""), { { "p2_pfs ", "1", "2" } },
	  "# first\n" RULE("a", "p2_pfs 1\n") "# second\n" RULE("a", ""),
	  "# first\n" RULE("a", "p2_pfs 2\n") "# second\n" RULE("a", ""), NULL, NULL },
	{ "one of two that are alike, of which one is gone", CONFIG,
	  RULE("a", "") RULE("a", "") RULE("b", ""), { { "label a\n\tlocal_addr 192.0.2.", "1", "7" } },
	  RULE("a", "") RULE("b", ""), NULL, "rule 'a'", NULL },
	{ "the comment behind it belongs to it", CONFIG,
	  "{ label a p2_pfs 1 } # mine\n" RULE("b", ""), { { "p2_pfs ", "1", "2" } },
	  "{ label a p2_pfs 1 } # theirs\n" RULE("b", ""), NULL, "rule 'a'", "{ label a p2_pfs 2 } # mine\n" RULE("b", "") },
	{ "two on one line", CONFIG,
	  "{ label a p2_pfs 1 } { label b p2_pfs 2 }\n", { { "p2_pfs ", "1", "5" } },
	  "{ label a p2_pfs 1 } { label b p2_pfs 1 }\n", "{ label a p2_pfs 5 } { label b p2_pfs 1 }\n", NULL, NULL },
	{ "a last line without its end", CONFIG,
	  RULE("a", "") "{ label b p2_pfs 1 }", { { "p2_pfs ", "1", "2" } },
	  RULE("a", "") "{ label b p2_pfs 1 }\n" RULE("c", ""), RULE("a", "") "{ label b p2_pfs 2 }\n" RULE("c", ""), NULL, NULL },
	{ "added behind a last line that has lost its end", CONFIG,
	  "{ label a p2_pfs 1 }\n", { { "{ label a p2_pfs 1 }\n", "", RULE("b", "") } },
	  "{ label c }\n{ label a p2_pfs 1 }", "{ label c }\n{ label a p2_pfs 1 }\n" RULE("b", ""), NULL, NULL },
	{ "added behind a last line that has got an end", CONFIG,
	  "{ label a p2_pfs 1 }", { { "{ label a p2_pfs 1 }", "", "\n" RULE("b", "") } },
	  "{ label c }\n{ label a p2_pfs 1 }\n", "{ label c }\n{ label a p2_pfs 1 }\n" RULE("b", ""), NULL, NULL },
	/* parameters */
	{ "two parameters", CONFIG,
	  "p1_nonce_len 20\np2_pfs 1\n" RULE("a", ""), { { "p2_pfs ", "1", "2" } },
	  "p1_nonce_len 40\np2_pfs 1\n" RULE("a", ""), "p1_nonce_len 40\np2_pfs 2\n" RULE("a", ""), NULL, NULL },
	{ "a parameter that both added", CONFIG,
	  "p2_pfs 1\n", { { "p2_pfs 1\n", "", "p1_lifetime_secs 3600\n" } },
	  "p2_pfs 1\np1_lifetime_secs 7200\n", NULL, "parameter p1_lifetime_secs", "p2_pfs 1\np1_lifetime_secs 3600\n" },
	{ "roots of trust add up", CONFIG,
	  "cert_root \"CN=a\"\n", { { "cert_root \"CN=a\"\n", "", "cert_root \"CN=b\"\n" } },
	  "cert_root \"CN=a\"\ncert_root \"CN=c\"\n", "cert_root \"CN=a\"\ncert_root \"CN=c\"\ncert_root \"CN=b\"\n", NULL, NULL },
	{ "the same root of trust", CONFIG,
	  "cert_root \"CN=a\"\n", { { "cert_root \"CN=a\"\n", "", "cert_root \"CN=b\"\n" } },
	  "cert_root \"CN=b\"\ncert_root \"CN=a\"\n", "cert_root \"CN=b\"\ncert_root \"CN=a\"\n", NULL, NULL },
	{ "into a file that was empty", CONFIG,
	  "", { { "", "", RULE("a", "") } }, RULE("b", ""), RULE("b", "") RULE("a", ""), NULL, NULL },
	/* keys */
	{ "two keys", KEYS,
	  KEY("192.0.2.2", "0123456789abcdef") KEY("192.0.2.3", "0123456789abcdef"), { { "key ", "0123456789abcdef", "fedcba9876543210" } },
	  "# k\n" KEY("192.0.2.2", "0123456789abcdef") KEY("192.0.2.3", "aaaabbbbccccdddd"),
	  "# k\n" KEY("192.0.2.2", "fedcba9876543210") KEY("192.0.2.3", "aaaabbbbccccdddd"), NULL, NULL },
	{ "the same key", KEYS,
	  KEY("192.0.2.2", "0123456789abcdef"), { { "key ", "0123456789abcdef", "fedcba9876543210" } },
	  KEY("192.0.2.2", "aaaabbbbccccdddd"), NULL, "key 192.0.2.1,192.0.2.2", KEY("192.0.2.2", "fedcba9876543210") },
	{ "both added a key for the same two", KEYS,
	  "# keys\n", { { "# keys\n", "", KEY("192.0.2.2", "0123456789abcdef") } },
	  "# keys\n" KEY("192.0.2.2", "aaaabbbbccccdddd"), NULL, "key 192.0.2.1,192.0.2.2",
	  "# keys\n" KEY("192.0.2.2", "0123456789abcdef") },
	/* policies */
	{ "two policies", POLICIES,
	  POLICY("192.0.2.2", "aes") POLICY("192.0.2.3", "aes"), { { "192.0.2.2} ipsec {encr_algs ", "aes", "des" } },
	  POLICY("192.0.2.2", "aes") "# theirs\n" POLICY("192.0.2.3", "3des"),
	  POLICY("192.0.2.2", "des") "# theirs\n" POLICY("192.0.2.3", "3des"), NULL, NULL },
	{ "the same policy", POLICIES,
	  POLICY("192.0.2.2", "aes"), { { "encr_algs ", "aes", "des" } },
	  POLICY("192.0.2.2", "3des"), NULL, "a policy", POLICY("192.0.2.2", "des") },
	{ "both put a policy in the same place", POLICIES,
	  POLICY("192.0.2.2", "aes"), { { POLICY("192.0.2.2", "aes"), "", POLICY("192.0.2.3", "aes") } },
	  POLICY("192.0.2.2", "aes") POLICY("192.0.2.4", "aes"), NULL, "a policy",
	  POLICY("192.0.2.2", "aes") POLICY("192.0.2.4", "aes") POLICY("192.0.2.3", "aes") },
	{ "each a policy in a place of its own", POLICIES,
	  POLICY("192.0.2.2", "aes") POLICY("192.0.2.9", "aes"), { { POLICY("192.0.2.9", "aes"), "", POLICY("192.0.2.3", "aes") } },
	  POLICY("192.0.2.4", "aes") POLICY("192.0.2.2", "aes") POLICY("192.0.2.9", "aes"),
	  POLICY("192.0.2.4", "aes") POLICY("192.0.2.2", "aes") POLICY("192.0.2.9", "aes") POLICY("192.0.2.3", "aes"), NULL, NULL },
	{ "edited by us, its place taken by another one of theirs", POLICIES,
	  POLICY("192.0.2.2", "aes") POLICY("192.0.2.3", "aes") POLICY("192.0.2.4", "aes"), { { "192.0.2.2} ipsec {encr_algs ", "aes", "des" } },
	  POLICY("192.0.2.3", "aes") POLICY("192.0.2.4", "aes") POLICY("192.0.2.2", "aes"), NULL, "a policy",
	  POLICY("192.0.2.2", "des") POLICY("192.0.2.3", "aes") POLICY("192.0.2.4", "aes") POLICY("192.0.2.2", "aes") },
	{ "removed by us, one that they put beside it", POLICIES,
	  POLICY("192.0.2.2", "aes") POLICY("192.0.2.3", "aes"), { { "", POLICY("192.0.2.2", "aes"), "" } },
	  POLICY("192.0.2.2", "aes") POLICY("192.0.2.9", "aes") POLICY("192.0.2.3", "aes"),
	  POLICY("192.0.2.9", "aes") POLICY("192.0.2.3", "aes"), NULL, NULL },
	/* commands */
	{ "two commands", COMMANDS,
	  SA("1", "") SA("2", ""), { { "spi 1 src 192.0.2.1 dst 192.0.2.2 encralg ", "aes", "des" } },
	  SA("2", " # theirs") SA("1", ""), SA("2", " # theirs") "add esp spi 1 src 192.0.2.1 dst 192.0.2.2 encralg des encrkey 0123456789abcdef0123456789abcdef\n", NULL, NULL },
	{ "what they did would swallow ours", COMMANDS,
	  SA("1", ""), { { SA("1", ""), "", SA("2", "") } }, SA("1", "") "add esp spi 3 \\\n", NULL, "the file as a whole", NULL },
	{ "both added an SA of one index", COMMANDS,
	  "flush\n", { { "flush\n", "", SA("1", "") } }, "flush\n" SA("1", " soft_bytes 5"), NULL, "manual SA esp/1/192.0.2.2",
	  "flush\n" SA("1", "") },
};
/* clang-format on */

static struct host *open_text(enum location location, const char *text, enum dialect dialect)
{
	return host_open_single(location, "the file",
				blob_copy(text, strlen(text), locations[location].secret), dialect);
}

static void make_step(struct change *change, enum location location, const struct op *op)
{
	const struct doc *doc = host_doc(change_host(change), location);
	const char *at = strstr(doc->blob.data, op->at);
	struct edits edits = { 0 };
	uint32_t off;

	cr_assert_not_null(at, "'%s' is not there", op->at);
	off = (uint32_t)(at + strlen(op->at) - doc->blob.data);
	cr_assert_eq(strncmp(doc->blob.data + off, op->take, strlen(op->take)), 0, "'%s'", op->at);
	edits_add(&edits, doc, (struct span){ off, (uint32_t)strlen(op->take) }, op->put,
		  strlen(op->put));
	change_begin(change, "a step");
	change_apply(change, location, &edits);
	change_end(change, true);
}

static const char *text_of(const struct host *host, enum location location)
{
	const struct doc *doc = host_doc(host, location);

	return doc != NULL ? doc->blob.data : "";
}

/* Each step taken back leads to theirs, and done again to the result. */
static void expect_undo(struct change *merged, enum location location, const char *theirs)
{
	struct host *host = change_host(merged);
	char *result = xstrdup(text_of(host, location));
	size_t steps = change_count(merged);

	while (change_undo(merged))
		cr_expect(lossless_is_as_new(host_doc(host, location)));
	cr_expect_str_eq(text_of(host, location), theirs);
	while (change_redo(merged))
		;
	cr_expect_eq(change_count(merged), steps);
	cr_expect_str_eq(text_of(host, location), result);
	free(result);
}

static void expect_conflict(const struct sample *s, struct change *change, struct host *fresh,
			    struct merge *merge)
{
	struct error err = ERROR_INIT;
	struct change *merged;

	cr_expect_eq(merge->open, 1, "%s: %zu conflicts", s->name, merge->open);
	if (merge->count != 1)
		return;
	cr_expect_str_eq(merge->items[0].item, s->conflict, "%s: %s", s->name,
			 merge->items[0].item);
	cr_expect_eq(merge->items[0].theirs_only, s->with_ours == NULL, "%s", s->name);
	cr_expect_str_eq(text_of(fresh, s->location), s->theirs, "%s", s->name);
	merge->items[0].choice = MERGE_THEIRS;
	merged = change_merge(change, fresh, merge, &err);
	cr_assert_not_null(merged, "%s: theirs", s->name);
	cr_expect_str_eq(text_of(fresh, s->location), s->theirs, "%s: %s", s->name,
			 text_of(fresh, s->location));
	while (change_undo(merged))
		;
	change_free(merged);
	if (s->with_ours == NULL)
		return;
	merge->items[0].choice = MERGE_OURS;
	merged = change_merge(change, fresh, merge, &err);
	cr_assert_not_null(merged, "%s: ours", s->name);
	cr_expect_str_eq(text_of(fresh, s->location), s->with_ours, "%s: %s", s->name,
			 text_of(fresh, s->location));
	expect_undo(merged, s->location, s->theirs);
	change_free(merged);
}

Test(merge, samples)
{
	struct profile *profile = checked_profile("solaris");
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		const struct sample *s = &samples[i];
		struct host *host = open_text(s->location, s->base, profile->dialect),
			    *fresh = open_text(s->location, s->theirs, profile->dialect);
		struct change *change = change_new(host, profile, ROLE_ADMIN), *merged;
		struct merge merge = { 0 };
		struct error err = ERROR_INIT;
		char *ours;

		for (j = 0; j < ARRAY_SIZE(s->ours) && s->ours[j].at != NULL; j++)
			make_step(change, s->location, &s->ours[j]);
		ours = xstrdup(text_of(host, s->location));
		merged = change_merge(change, fresh, &merge, &err);
		cr_expect_eq(err.code, ERROR_NONE, "%s: %s", s->name, err.text);
		cr_expect_eq(merged != NULL, s->wanted != NULL, "%s: %s", s->name,
			     merge.count > 0 ? merge.items[0].item : text_of(fresh, s->location));
		if (merged != NULL && s->wanted != NULL) {
			cr_expect_str_eq(text_of(fresh, s->location), s->wanted, "%s: %s", s->name,
					 text_of(fresh, s->location));
			expect_undo(merged, s->location, s->theirs);
		} else if (s->wanted == NULL && merged == NULL) {
			expect_conflict(s, change, fresh, &merge);
		}
		cr_expect_str_eq(text_of(host, s->location), ours, "%s: ours is another", s->name);
		free(ours);
		error_clear(&err);
		merge_release(&merge);
		change_free(merged);
		change_free(change);
		host_free(host);
		host_free(fresh);
	}
	profile_free(profile);
}

/* What is done to one item of a file: it goes, or a blank or a tab is put between two of its tokens.
 */
enum deed { DEED_NONE, DEED_REMOVE, DEED_BLANK, DEED_TAB, DEED_COUNT };

static enum deed choose_deed(const struct entry *e, uint32_t *seed)
{
	enum deed deed = (enum deed)(lossless_random(seed) % DEED_COUNT);

	if (lossless_random(seed) % 4 != 0)
		return DEED_NONE;
	return e->end > e->tok + 1 || deed == DEED_REMOVE ? deed : DEED_NONE;
}

static bool do_deed(struct edits *edits, const struct doc *doc, const struct unit *unit,
		    enum deed deed)
{
	const struct entry *e = &doc->entries[unit->entry];

	if (deed == DEED_REMOVE)
		edits_add(edits, doc, unit->at, NULL, 0);
	else if (deed != DEED_NONE)
		edits_add(edits, doc, (struct span){ doc->tokens[e->tok + 1].off, 0 },
			  deed == DEED_TAB ? "\t" : " ", 1);
	else
		return false;
	return true;
}

/* Whether a document made by deeds reads as the items that they left. */
static bool reads_well(const struct doc *base, const enum deed *deeds, const struct doc *doc)
{
	struct units before, after;
	size_t i, n = 0;
	bool good = true;

	units_cut(&before, base);
	units_cut(&after, doc);
	for (i = 0; i < before.count; i++) {
		if (deeds[i] == DEED_REMOVE)
			continue;
		good = good && n < after.count &&
		       (deeds[i] != DEED_NONE ||
			unit_key_equal(&before.items[i].text, &after.items[n].text));
		n++;
	}
	good = good && n == after.count;
	units_release(&before);
	units_release(&after);
	return good;
}

/* Whether another item has this one's identity. */
static bool has_twin(const struct units *units, const struct unit *unit)
{
	size_t first;

	return units_find(units, &unit->key, &first) > 1;
}

struct tally {
	size_t merged, conflicts, skipped;
};

/* OURS and THEIRS are done to the same file. Where no item is touched by both the result is that of
 * both on one file, byte for byte; otherwise there is a conflict. */
static void merge_deeds(enum location location, const struct doc *base, const enum deed *ours,
			const enum deed *theirs, const struct profile *profile, const char *path,
			struct tally *tally)
{
	struct host *host, *fresh;
	struct edits edits = { 0 }, both = { 0 }, own = { 0 };
	struct change *change, *merged;
	struct error err = ERROR_INIT;
	struct merge merge = { 0 };
	struct units units;
	struct doc *now, *wanted, *mine;
	enum deed *deeds = xcalloc(base->nentries, sizeof *deeds);
	bool clash = false, twins = false, together;
	size_t i;

	units_cut(&units, base);
	for (i = 0; i < units.count; i++) {
		const struct unit *unit = &units.items[i];

		bool one = do_deed(&edits, base, unit, theirs[i]),
		     other = do_deed(&own, base, unit, ours[i]);

		if (one || other) {
			deeds[i] = theirs[i] != DEED_NONE ? theirs[i] : ours[i];
			do_deed(&both, base, unit, deeds[i]);
			twins |= has_twin(&units, unit);
		}
		/* Where the same is done twice beside other deeds, it may look like another one. */
		twins |= ours[i] != DEED_NONE && theirs[i] == ours[i];
		clash |= ours[i] != DEED_NONE && theirs[i] != DEED_NONE && ours[i] != theirs[i];
	}
	now = doc_edit(base, &edits, NULL);
	mine = doc_edit(base, &own, NULL);
	wanted = doc_edit(base, &both, NULL);
	/* In a broken file what goes may change what is left; then there may be a conflict. */
	together = reads_well(base, deeds, wanted);
	if (reads_well(base, theirs, now) && reads_well(base, ours, mine)) {
		host = host_open_single(
			location, path,
			blob_copy(base->blob.data, base->blob.len, base->blob.secret),
			profile->dialect);
		fresh = host_open_single(location, path,
					 blob_copy(now->blob.data, now->blob.len, now->blob.secret),
					 profile->dialect);
		change = change_new(host, profile, ROLE_ADMIN);
		change_begin(change, "a step");
		change_apply(change, location, &own);
		change_end(change, true);
		merged = change_merge(change, fresh, &merge, &err);
		if (merged != NULL) {
			cr_assert(!clash, "%s: a conflict is not seen", path);
			cr_assert(blob_equal(&host_doc(fresh, location)->blob, &wanted->blob),
				  "%s:\n%s\nnot\n%s", path, text_of(fresh, location),
				  wanted->blob.data);
			expect_undo(merged, location, now->blob.data);
			tally->merged++;
		} else {
			cr_assert(clash || twins || !together || base->problems.count > 0,
				  "%s: %s: %s", path, merge.items[0].item, merge.items[0].why);
			cr_assert(blob_equal(&host_doc(fresh, location)->blob, &now->blob));
			tally->conflicts++;
		}
		change_free(merged);
		change_free(change);
		host_free(host);
		host_free(fresh);
	} else {
		tally->skipped++;
	}
	free(deeds);
	merge_release(&merge);
	edits_release(&edits);
	edits_release(&both);
	edits_release(&own);
	units_release(&units);
	doc_free(now);
	doc_free(mine);
	doc_free(wanted);
}

/* Any deeds on any input of the corpora. */
Test(merge, corpora)
{
	struct profile *profile = checked_profile("solaris");
	struct tally tally = { 0 };
	uint32_t seed = 1;
	int location;

	for (location = 0; location < LOCATION_FILES; location++) {
		struct corpus corpus;
		size_t i, round, j;

		corpus_find(&corpus, locations[location].format);
		for (i = 0; i < corpus.count; i++) {
			struct host *host;
			struct blob blob;
			struct file_info info;
			struct doc *base;

			file_read("/", corpus.paths[i], locations[location].secret, &blob, &info);
			cr_assert_eq(info.state, FILE_READ, "%s", corpus.paths[i]);
			if (blob.len > 20000) {
				blob_release(&blob);
				continue;
			}
			host = host_open_single((enum location)location, "x", blob,
						profile->dialect);
			base = host_doc(host, (enum location)location);
			for (round = 0; round < 12 && base->nentries > 0; round++) {
				enum deed *deeds = xcalloc(2 * base->nentries, sizeof *deeds);

				for (j = 0; j < 2 * base->nentries; j++)
					deeds[j] = choose_deed(&base->entries[j % base->nentries],
							       &seed);
				merge_deeds((enum location)location, base, deeds,
					    deeds + base->nentries, profile, corpus.paths[i],
					    &tally);
				free(deeds);
			}
			host_free(host);
		}
		corpus_release(&corpus);
	}
	cr_expect_gt(tally.merged, 2000, "%zu merged", tally.merged);
	cr_expect_gt(tally.conflicts, 200, "%zu conflicts", tally.conflicts);
	cr_log_info("%zu merged, %zu conflicts, %zu skipped", tally.merged, tally.conflicts,
		    tally.skipped);
	profile_free(profile);
}

#define P(n) POLICY("192.0.2." #n, "aes")

/* A policy that goes to another place in one step. */
static void expect_move(const char *theirs, const char *wanted, const char *with_ours)
{
	struct profile *profile = checked_profile("solaris");
	struct host *host = open_text(POLICIES, P(1) P(2) P(3) P(4), profile->dialect),
		    *fresh = open_text(POLICIES, theirs, profile->dialect);
	struct change *change = change_new(host, profile, ROLE_ADMIN), *merged;
	struct merge merge = { 0 };
	struct error err = ERROR_INIT;

	cr_assert(policy_move(change, 0, 2, &err), "%s", err.text);
	merged = change_merge(change, fresh, &merge, &err);
	cr_expect_eq(merged != NULL, wanted != NULL, "%s", theirs);
	if (merged == NULL) {
		cr_assert_eq(merge.count, 1, "%zu conflicts", merge.count);
		merge.items[0].choice = MERGE_THEIRS;
		merged = change_merge(change, fresh, &merge, &err);
		cr_assert_not_null(merged);
		cr_expect_str_eq(text_of(fresh, POLICIES), theirs);
		change_free(merged);
		merge.items[0].choice = MERGE_OURS;
		merged = change_merge(change, fresh, &merge, &err);
		cr_assert_not_null(merged);
		wanted = with_ours;
	}
	cr_expect_str_eq(text_of(fresh, POLICIES), wanted, "%s", text_of(fresh, POLICIES));
	expect_undo(merged, POLICIES, theirs);
	merge_release(&merge);
	change_free(merged);
	change_free(change);
	host_free(host);
	host_free(fresh);
	profile_free(profile);
}

Test(merge, a_policy_is_moved_once)
{
	expect_move(P(1) P(2) P(3) P(5), P(2) P(3) P(1) P(5), NULL);
	expect_move(P(9) P(1) P(2) P(3) P(4), P(9) P(2) P(3) P(1) P(4), NULL);
	/* They have edited it, removed it, put another one in its new place. */
	expect_move(POLICY("192.0.2.1", "des") P(2) P(3) P(4), NULL, P(2) P(3) P(1) P(4));
	expect_move(P(2) P(3) P(4), NULL, P(2) P(3) P(1) P(4));
	expect_move(P(1) P(2) P(3) P(7) P(4), NULL, P(2) P(3) P(7) P(1) P(4));
}

/* Modes and owners, with titles, notes and what an override allows. */
Test(merge, modes)
{
	static const struct {
		mode_t theirs;
		bool good;
	} rows[] = { { 0644, true }, { 0600, true }, { 0666, false } };
	struct profile *profile = checked_profile("mdm-ssm");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char *root = tree_new();
		struct host *host, *fresh;
		struct change *change, *merged;
		struct merge merge = { 0 };
		struct error err = ERROR_INIT;
		struct access wanted;

		tree_file(root, "/etc/inet/ike/config", "p2_pfs 1\n", 0644);
		host = host_open(root, profile->dialect);
		change = change_new(host, profile, ROLE_ADMIN);
		cr_assert(change_override(change, "COEX-R8", &err));
		wanted = (struct access){ 0600, host->files[0].info.uid, host->files[0].info.gid };
		change_begin(change, "mend the mode");
		change_set_access(change, LOCATION_IKE_CONFIG, &wanted);
		change_add_note(change, "a note");
		change_end(change, true);
		tree_file(root, "/etc/inet/ike/config", "p2_pfs 2\n", rows[i].theirs);
		fresh = host_open(root, profile->dialect);
		merged = change_merge(change, fresh, &merge, &err);
		cr_expect_eq(merged != NULL, rows[i].good, "%o", (unsigned)rows[i].theirs);
		if (merged == NULL) {
			cr_assert_eq(merge.open, 1);
			cr_expect_str_eq(merge.items[0].item, "mode and owner");
			merge.items[0].choice = MERGE_OURS;
			merged = change_merge(change, fresh, &merge, &err);
		}
		cr_assert_not_null(merged);
		cr_expect_eq(fresh->files[0].info.mode & 07777, 0600);
		cr_expect(change_is_overridden(merged, "COEX-R8"));
		if (rows[i].theirs != 0600) {
			cr_assert_eq(change_count(merged), 1);
			cr_expect_str_eq(change_title(merged, 0), "mend the mode");
			cr_expect_str_eq(change_note(merged, 0), "a note");
			cr_expect(change_undo(merged));
			cr_expect_eq(fresh->files[0].info.mode & 07777, rows[i].theirs);
		}
		merge_release(&merge);
		change_free(merged);
		change_free(change);
		host_free(host);
		host_free(fresh);
		tree_free(root);
	}
	profile_free(profile);
}

/* What was undone can be done again, behind a merge too: up to where that would ask. */
Test(merge, undone_steps)
{
	static const char base[] = RULE("a", "p2_pfs 1\n") RULE("b", "p2_pfs 0x1\n");
	static const struct {
		const char *theirs, *wanted;
		size_t redone;
	} rows[] = {
		{ "# x\n" RULE("a", "p2_pfs 1\n") RULE("b", "p2_pfs 0x1\n"),
		  "# x\n" RULE("a", "p2_pfs 2\n") RULE("b", "p2_pfs 0x2\n"), 2 },
		{ RULE("a", "p2_pfs 1\n") RULE("b", "p2_pfs 0x5\n"),
		  RULE("a", "p2_pfs 2\n") RULE("b", "p2_pfs 0x5\n"), 1 },
		{ RULE("a", "p2_pfs 5\n") RULE("b", "p2_pfs 0x1\n"),
		  RULE("a", "p2_pfs 5\n") RULE("b", "p2_pfs 0x1\n"), 0 },
	};
	struct profile *profile = checked_profile("solaris");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct host *host = open_text(CONFIG, base, profile->dialect),
			    *fresh = open_text(CONFIG, rows[i].theirs, profile->dialect);
		struct change *change = change_new(host, profile, ROLE_ADMIN), *merged;
		struct merge merge = { 0 };
		struct error err = ERROR_INIT;

		make_step(change, CONFIG, &(struct op){ "p2_pfs ", "1", "2" });
		make_step(change, CONFIG, &(struct op){ "p2_pfs 0x", "1", "2" });
		while (change_undo(change))
			;
		merged = change_merge(change, fresh, &merge, &err);
		cr_assert_not_null(merged);
		cr_expect_eq(change_count(merged), 0);
		cr_expect_eq(merge.count, 0);
		cr_expect_str_eq(text_of(fresh, CONFIG), rows[i].theirs);
		while (change_redo(merged))
			;
		cr_expect_eq(change_count(merged), rows[i].redone);
		cr_expect_str_eq(text_of(fresh, CONFIG), rows[i].wanted);
		merge_release(&merge);
		change_free(merged);
		change_free(change);
		host_free(host);
		host_free(fresh);
	}
	profile_free(profile);
}
