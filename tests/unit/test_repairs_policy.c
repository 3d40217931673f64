/* Repairs of ipsecinit.conf: what they write, and that nothing new is found afterwards. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/repair.h"
#include "tests/tools/corpus.h"
#include "tests/tools/repaired.h"
#include "tests/unit/checked.h"

TestSuite(repairs_policy, .timeout = 120);

#define P    "{ulp tcp} ipsec {auth_algs sha1}"
#define X50  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X900 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50

/* One repair a line. */
/* clang-format off */
static const struct {
	const char *name, *text;
	const char *repaired; /* with all repairs, one after the other; NULL: there is none */
} samples[] = {
	{ "byte order mark", "\xef\xbb\xbf" P "\n", P "\n" },
	{ "byte order mark twice", "\xef\xbb\xbf\xef\xbb\xbf# end\n", NULL },
	{ "comment glued", P "#end\n" P "\n", P " #end\n" P "\n" },
	{ "comment glued, or follows", P "#end\nor ipsec {auth_algs sha256}\n", NULL },
	{ "no newline", P, P "\n" },
	{ "no newline, CR LF", "# first\r\n" P, "# first\r\n" P "\r\n" },
	{ "or on a new line", P "\nor ipsec {auth_algs sha256}\n", P " or\nipsec {auth_algs sha256}\n" },
	{ "or on a new line, indented", P "\n\t or\tipsec {auth_algs sha256}\n", P " or\n\t ipsec {auth_algs sha256}\n" },
	{ "or on a line of its own", P "\n  or  \nipsec {auth_algs sha256}\n", P " or\nipsec {auth_algs sha256}\n" },
	{ "or with comments around it", P " # one\n# two\nor # three\nipsec {auth_algs sha256}\n", P " or # one\n# two\n# three\nipsec {auth_algs sha256}\n" },
	{ "or without an action", P "\nor{ulp udp} ipsec {auth_algs sha256}\n", NULL },
	{ "or at the end", P "\nor\n", NULL },
	{ "or twice", P "\nor ipsec {auth_algs sha256}\nor ipsec {auth_algs sha512}\n", P " or\nipsec {auth_algs sha256} or\nipsec {auth_algs sha512}\n" },
	{ "or, CR LF", P "\r\nor ipsec {auth_algs sha256}\r\n", P " or\r\nipsec {auth_algs sha256}\r\n" },
	{ "or, and the line is full", P " #" X900 X50 "12345678901234567890123456789012345\nor ipsec {auth_algs sha256}\n", P " or #" X900 X50 "12345678901234567890123456789012345\nipsec {auth_algs sha256}\n" },
	{ "or, and the line would be too long", P " #" X900 X50 "123456789012345678901234567890123456\nor ipsec {auth_algs sha256}\n", NULL },
	{ "or glued", P " oripsec {auth_algs sha256}\n", P " or ipsec {auth_algs sha256}\n" },
	{ "half an or", P " o\n", NULL },
	{ "entry on the line of another", "{ulp tcp dir in} pass {} \t {ulp udp dir in} pass {}\n", "{ulp tcp dir in} pass {}\n{ulp udp dir in} pass {}\n" },
	{ "three on a line", "{ulp tcp dir in} pass {}{ulp udp dir in} pass {}{ulp 1 dir in} pass {}\n", "{ulp tcp dir in} pass {}\n{ulp udp dir in} pass {}\n{ulp 1 dir in} pass {}\n" },
	{ "text behind the entry", P " end\n", NULL },
	{ "backslash", "{ulp \\\n tcp} \\\nipsec {auth_algs sha1} \\\n", "{ulp\n tcp}\nipsec {auth_algs sha1}\n" },
	{ "backslash before an or", P " \\\nor ipsec {auth_algs sha256}\n", NULL },
	{ "two backslashes", "{ulp tcp\\\\\n} ipsec {auth_algs sha1}\n", NULL },
	{ "backslash glued", "{raddr 192.0.2.1\\\r\n} ipsec {auth_algs sha1}\r\n", "{raddr 192.0.2.1\r\n} ipsec {auth_algs sha1}\r\n" },
	{ "capitals", "{ULP tcp} IPSEC {Auth_Algs SHA1}\n", "{ulp tcp} ipsec {auth_algs SHA1}\n" },
	{ "capitals in a synonym", "{Remote 192.0.2.1 dir in} Pass {}\n", "{remote 192.0.2.1 dir in} pass {}\n" },
	{ "capitals in a value", "{ulp tcp dir In} pass {}\n", NULL },
	{ "dest", "{dest 192.0.2.1 src 192.0.2.2} bypass {dir in}\n", "{dst 192.0.2.1 src 192.0.2.2} bypass {dir in}\n" },
	{ "more than the value", "{ulp tcp dir inbound} pass {}\n", "{ulp tcp dir in} pass {}\n" },
	{ "more than the value, tunnel", "{tunnel t0 negotiate tunneling} ipsec {auth_algs sha1}\n", "{tunnel t0 negotiate tunnel} ipsec {auth_algs sha1}\n" },
	{ "host bits at both ends", "{laddr 192.0.2.9/24 raddr 2001:db8::1/64 dir both} pass {}\n", "{laddr 192.0.2.0/24 raddr 2001:db8::/64 dir both} pass {}\n" },
	{ "host bits", "{raddr 192.0.2.9/24} ipsec {auth_algs sha1}\n", "{raddr 192.0.2.0/24} ipsec {auth_algs sha1}\n" },
	{ "host bits, and the prefix is decimal", "{raddr 10.1.2.3/010} ipsec {auth_algs sha1}\n", "{raddr 10.0.0.0/10} ipsec {auth_algs sha1}\n" },
	{ "host bits of IPv6", "{raddr 2001:db8::1/32 ulp tcp} ipsec {auth_algs sha1}\n", "{raddr 2001:db8::/32 ulp tcp} ipsec {auth_algs sha1}\n" },
	{ "host bits behind a mask", "{saddr 10.1.2.3 smask 0xff000000 ulp tcp} bypass {dir in}\n", "{saddr 10.0.0.0 smask 0xff000000 ulp tcp} bypass {dir in}\n" },
	{ "one dot", "{ulp tcp} ipsec {encr_algs aes(128.256) encr_auth_algs sha1}\n", "{ulp tcp} ipsec {encr_algs aes(128..256) encr_auth_algs sha1}\n" },
	{ "one dot at an end", "{ulp tcp} ipsec {encr_algs AES(128.) encr_auth_algs sha1}\n", "{ulp tcp} ipsec {encr_algs AES(128..) encr_auth_algs sha1}\n" },
	{ "mask and prefix", "{saddr 10.0.0.0/8 smask 255.0.0.0} bypass {dir in}\n", NULL },
	{ "no direction", "{ulp tcp} bypass {}\n", NULL },
	{ "twice", P "\n" P "\n", NULL },
	{ "nothing wrong", P "\n", NULL },
};
/* clang-format on */

static void check_text(struct checked *c, const char *text, size_t len)
{
	checked_text(c, LOCATION_IPSECINIT, text, len, DIALECT_ILLUMOS);
}

/* How many findings there are of each row. */
static void count_rows(const struct checked *c, unsigned *counts)
{
	const struct findings *findings = lint_findings(c->lint);
	size_t i;

	memset(counts, 0, check_count * sizeof *counts);
	for (i = 0; i < findings->count; i++)
		counts[findings->items[i].check]++;
}

/* Makes the repair of finding NUMBER and looks what is found then: all but that one. */
static bool repair_one(struct checked *c, size_t number, const char *name)
{
	unsigned *before = xcalloc(check_count, sizeof *before),
		 *after = xcalloc(check_count, sizeof *after);
	const struct finding *finding = &lint_findings(c->lint)->items[number];
	struct repair repair = REPAIR_INIT;
	const char *id = checks[finding->check].id;
	struct checked next;
	struct doc *doc;
	size_t i;

	if (!lint_repair(c->lint, finding, &repair)) {
		cr_expect_eq(repair.edits.count, 0, "%s: %s", name, id);
		free(before);
		free(after);
		return false;
	}
	cr_expect_gt(repair.edits.count, 0, "%s: %s", name, id);
	count_rows(c, before);
	before[finding->check]--;
	doc = doc_edit(lint_doc(c->lint, finding), &repair.edits, NULL);
	repair_release(&repair);
	check_text(&next, doc->blob.data, doc->blob.len);
	count_rows(&next, after);
	for (i = 0; i < check_count; i++)
		cr_expect_eq(after[i], before[i],
			     "%s: after the repair of %s there are %u of %s and not %u:\n%s", name,
			     id, after[i], checks[i].id, before[i], doc->blob.data);
	doc_free(doc);
	free(before);
	free(after);
	checked_release(c);
	*c = next;
	return true;
}

/* Makes all repairs, one after the other, until there is none; TEXT is released and replaced. */
static unsigned repair_all(struct checked *c, const char *name)
{
	unsigned count = 0;
	size_t i;

	for (i = 0; i < lint_findings(c->lint)->count && count < 1000;) {
		if (repair_one(c, i, name)) {
			count++;
			i = 0;
		} else {
			i++;
		}
	}
	cr_expect_lt(count, 1000, "%s: it does not end", name);
	return count;
}

Test(repairs_policy, samples)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		const char *wanted = samples[i].repaired;
		struct checked c;
		unsigned count;
		struct doc *doc;

		check_text(&c, samples[i].text, strlen(samples[i].text));
		count = repair_all(&c, samples[i].name);
		doc = host_doc(c.host, LOCATION_IPSECINIT);
		cr_expect_eq(count > 0, wanted != NULL, "%s: %u", samples[i].name, count);
		cr_expect_str_eq(doc->blob.data, wanted != NULL ? wanted : samples[i].text,
				 "%s: %s", samples[i].name, doc->blob.data);
		checked_release(&c);
	}
}

/* An entry that has no room for another byte. */
Test(repairs_policy, entry_that_is_full)
{
	struct strbuf text = STRBUF_INIT;
	unsigned extra, repaired = 0;

	for (extra = 0; extra < 6; extra++) {
		struct checked c;
		int i;

		strbuf_clear(&text);
		strbuf_addstr(&text, "{ulp tcp\n");
		for (i = 0; i < 81; i++) {
			strbuf_addchars(&text, ' ', 99);
			strbuf_addch(&text, '\n');
		}
		/* Blank lines are not stored; these hold a word each. */
		for (i = 0; i < 81; i++)
			memcpy(text.buf + 9 + 100 * i, "lport 0", 7);
		strbuf_addchars(&text, ' ', 26 + extra);
		strbuf_addstr(&text, "} ipsec {encr_algs aes(128.256) encr_auth_algs sha1}\n");
		check_text(&c, text.buf, text.len);
		repaired += repair_all(&c, "full");
		checked_release(&c);
	}
	cr_expect_gt(repaired, 0);
	cr_expect_lt(repaired, extra);
	strbuf_release(&text);
}

/* Each repair of each file, alone and after all others. */
Test(repairs_policy, corpus)
{
	struct corpus corpus;
	size_t i, repaired = 0, made = 0;

	corpus_find(&corpus, &ipsecinit_format);
	for (i = 0; i < corpus.count; i++) {
		struct file_info info;
		struct strbuf where = STRBUF_INIT;
		const char *wrong;
		struct blob blob;
		struct checked c;

		file_read("/", corpus.paths[i], false, &blob, &info);
		cr_assert_eq(info.state, FILE_READ, "%s", corpus.paths[i]);
		wrong = repaired_check(LOCATION_IPSECINIT, blob.data, blob.len, SIZE_MAX, &made,
				       &where);
		cr_expect_null(wrong, "%s: %s: %s", corpus.paths[i], wrong, where.buf);
		strbuf_release(&where);
		check_text(&c, blob.data, blob.len);
		repaired += repair_all(&c, corpus.paths[i]);
		checked_release(&c);
		blob_release(&blob);
	}
	cr_expect_gt(repaired, 20);
	cr_expect_eq(repaired, made);
	corpus_release(&corpus);
}

/* A row that says it has repairs has one for some sample. */
Test(repairs_policy, every_repair_is_made)
{
	bool *made = xcalloc(check_count, sizeof *made);
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		struct checked c;

		check_text(&c, samples[i].text, strlen(samples[i].text));
		for (k = 0; k < lint_findings(c.lint)->count; k++) {
			struct repair repair = REPAIR_INIT;
			const struct finding *finding = &lint_findings(c.lint)->items[k];

			made[finding->check] |= lint_repair(c.lint, finding, &repair);
			repair_release(&repair);
		}
		checked_release(&c);
	}
	for (i = 0; i < check_count; i++)
		if (checks[i].reader == READER_POLICY)
			cr_expect_eq(checks[i].repair != NULL, made[i], "%s '%s'", checks[i].id,
				     checks[i].title);
	free(made);
}
