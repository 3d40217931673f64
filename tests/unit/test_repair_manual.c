/* Repairs of findings in ipseckeys: the finding goes, nothing comes, and it happens once. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/repair.h"
#include "tests/tools/corpus.h"
#include "tests/tools/projection.h"
#include "tests/unit/checked.h"

#define K128   "7c3f9a1e5b2d4860c9e1f7a3b5d28046"
#define K160   "9d41b07e63c85f2a1e7793d40ab6c25f88e13d07"
#define THERE  "add esp spi 0x100 src 192.0.2.1 dst 192.0.2.2 "
#define AES    "encralg aes encrkey " K128 " "
#define SHA    "authalg sha1 authkey " K160
#define ROUNDS 3000
#define X100                                                                                       \
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X1000 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100

static void check(struct checked *c, const struct doc *doc)
{
	checked_text(c, LOCATION_IPSECKEYS, doc->blob.data, doc->blob.len, DIALECT_ILLUMOS);
}

static struct doc *read_text(const char *text, size_t len)
{
	return doc_new(&ipseckeys_format, blob_copy(text, len, true));
}

/* How often each row was found; the caller frees it. */
static unsigned *count_rows(const struct checked *c)
{
	const struct findings *findings = lint_findings(c->lint);
	unsigned *counts = xcalloc(check_count, sizeof *counts);
	size_t i;

	for (i = 0; i < findings->count; i++)
		counts[findings->items[i].check]++;
	return counts;
}

/* A repair takes one finding of its row away, or more, and adds none of any row. */
static void expect_better(const struct checked *before, const struct doc *after, unsigned row,
			  const char *name)
{
	unsigned *old = count_rows(before), *new;
	struct checked c;
	size_t i;

	check(&c, after);
	new = count_rows(&c);
	cr_expect_lt(new[row], old[row], "%s: %s, '%s' is still there", name, checks[row].id,
		     checks[row].title);
	for (i = 0; i < check_count; i++)
		cr_expect_leq(new[i], old[i], "%s: mending %s, '%s', brings %s, '%s'", name,
			      checks[row].id, checks[row].title, checks[i].id, checks[i].title);
	checked_release(&c);
	free(old);
	free(new);
}

/* Repairs the first finding of the row, or of any, that has one. NULL: none has. */
static struct doc *mend(const struct doc *doc, const char *id, const char *name)
{
	struct doc *mended = NULL;
	struct checked c;
	size_t i;

	check(&c, doc);
	for (i = 0; i < lint_findings(c.lint)->count && mended == NULL; i++) {
		const struct finding *finding = &lint_findings(c.lint)->items[i];
		struct repair repair = REPAIR_INIT;

		if ((id != NULL && strcmp(checks[finding->check].id, id) != 0) ||
		    !lint_repair(c.lint, finding, &repair))
			continue;
		cr_expect_not(repair.set_mode || repair.set_owner, "%s", name);
		mended = doc_edit(lint_doc(c.lint, finding), &repair.edits, NULL);
		expect_better(&c, mended, finding->check, name);
		repair_release(&repair);
	}
	checked_release(&c);
	return mended;
}

/* One sample a line; NULL: there is no repair. */
/* clang-format off */
static const struct {
	const char *name, *id, *text, *mended;
} samples[] = {
	{ "byte order mark", "SA-L11", "\357\273\277# one\nflush\n", "# one\nflush\n" },
	{ "two of them", "SA-L11", "\357\273\277\357\273\277ADD\n", NULL },
	{ "CRLF", "SA-L2", "# one\r\nflush\r\nget esp \\\nspi 256 dst 192.0.2.2\r\r\n# end\r", "# one\nflush\nget esp \\\nspi 256 dst 192.0.2.2\n# end\r" },
	{ "CRLF and joined lines", "SA-L2", "# one\r\nget esp \\\r\n spi 256 \\\r\n dst 192.0.2.2\r\n", "# one\nget esp \\\n spi 256 \\\n dst 192.0.2.2\n" },
	{ "CRLF, and a comment would swallow a command", "SA-L2", "# one \\\r\nflush\r\n", NULL },
	{ "CRLF, and two commands would be one", "SA-L2", "flush esp \\\r\nflush ah\r\n", NULL },
	{ "CRLF, and the file would end too early", "SA-L2", "flush esp\r\nflush ah \\\r\n", NULL },
	{ "CRLF, and the comment would not end", "SA-L2", "# \\\r\n", NULL },
	{ "CRLF within quotes", "SA-L2", "get esp spi 256 dst 192.0.2.2 label \"a \\\r\nb\"\r\n", NULL },
	{ "CRLF within quotes, behind a blank", "SA-L2", "get esp spi 256 dst 192.0.2.2 label \"a \\ \r\nb\"\r\n", NULL },
	{ "blank behind a backslash", "SA-L2", "get esp \\ \t\n spi 256 dst 192.0.2.2\n", "get esp \\\n spi 256 dst 192.0.2.2\n" },
	{ "which joins two commands", "SA-L2", "flush esp \\ \nflush ah\n", NULL },
	{ "which is the last line", "SA-L2", "flush esp \\ \n", NULL },
	{ "which is alone", "SA-L2", " \\ \nflush esp\n", NULL },
	{ "quoted number", "SA-L8", "get esp spi \"256\" dst 192.0.2.2\n", "get esp spi 256 dst 192.0.2.2\n" },
	{ "quoted number with a blank", "SA-L8", "get esp spi \" 256\" dst 192.0.2.2\n", NULL },
	{ "quoted host with the name of an extension", "SA-L8", "get esp spi 256 dst \"proxy\"\n", NULL },
	{ "quoted comment", "SA-L8", "get esp spi 256 dst \"#\"\n", NULL },
	{ "quoted command", "SA-L8", "\"flush\"\n", NULL },
	{ "quoted type", "SA-L8", "get \"esp\" spi 256 dst 192.0.2.2\n", NULL },
	{ "quoted key", "SA-L8", THERE "encralg aes encrkey \"" K128 "\" " SHA "\n", THERE AES SHA "\n" },
	{ "open quote", "SA-L8", THERE AES SHA " srcidtype fqdn \"a\n", NULL },
	{ "command in capitals", "SA-L9", "Flush esp\n", "flush esp\n" },
	{ "extension in capitals", "SA-L9", "get esp SPI 256 dst 192.0.2.2\n", "get esp spi 256 dst 192.0.2.2\n" },
	{ "another name of it", "SA-L9", "get esp spi 256 Daddr 192.0.2.2\n", "get esp spi 256 daddr 192.0.2.2\n" },
	{ "QUIT", "SA-L9", "QUIT\nflush\n", NULL },
	{ "octal number", "SA-L10", "get esp spi 0400 dst 192.0.2.2\n", NULL },
	{ "protocol", "SA-4", "get esp spi 256 dst 192.0.2.2 proto udp\n", "get esp spi 256 dst 192.0.2.2 proto 17\n" },
	{ "protocol of a tunnel", "SA-4", THERE "isrc 10.1.0.0/16 idst 10.2.0.0/16 proto tcp " AES SHA "\n", THERE "isrc 10.1.0.0/16 idst 10.2.0.0/16 proto 6 " AES SHA "\n" },
	{ "proxy", "SA-4", THERE "proxyaddr 10.1.0.0/16 idst 10.2.0.0/16 " AES SHA "\n", THERE "isrc 10.1.0.0/16 idst 10.2.0.0/16 " AES SHA "\n" },
	{ "proxy6", "SA-4", THERE "PROXY6 2001:db8::/32 idst ::/0 " AES SHA "\n", THERE "isrc6 2001:db8::/32 idst ::/0 " AES SHA "\n" },
	{ "unknown extension", "SA-4", "get esp spi 256 dst 192.0.2.2 prot 6\n", NULL },
	{ "0x", "SA-6", THERE AES "authalg sha1 authkey 0x" K160 "\n", THERE AES SHA "\n" },
	{ "too few digits", "SA-6", THERE AES "authalg sha1 authkey " K160 "/161\n", NULL },
	{ "replay", "F09", THERE "replay 32 " AES SHA "\n", NULL },
	{ "wrong length", "F03", THERE AES "authalg sha1 authkey " K128 "\n", NULL },
	{ "broken key", "F04", THERE AES "authalg sha1 authkey 9d41b07e63c85f2\na1e7793d40ab6c25f88e13d07\nflush\n", THERE AES SHA "\nflush\n" },
	{ "broken by CRLF", "F04", THERE AES "authalg sha1 authkey 9d41b07e63c85f2\r\n a1e7793d40ab6c25f88e13d07\r\nflush\r\n", THERE AES SHA "\r\nflush\r\n" },
	{ "broken twice, behind 0x", "F04", THERE AES "authalg sha1 authkey 0x9d41b07e63c85f2\na1e7793\n  d40ab6c25f88e13d07", THERE AES "authalg sha1 authkey 0x" K160 },
	{ "joined within the key", "F04", THERE AES "authalg sha1 authkey 9d41b07e63c85f2\\\na1e7793d40ab6c25f88e13d07 sport 5\n", THERE AES SHA " sport 5\n" },
	{ "joined badly within the key", "F04", THERE AES "authalg sha1 authkey 9d41b07e63c85f2 \\ \n a1e7793d40ab6c25f88e13d07 sport 5\n", THERE AES SHA " sport 5\n" },
	{ "twice", "F04", THERE AES "authalg sha1 authkey 9d41b07e63c85f2 \\ \n a1e7793d40ab6c2 \\ \n 5f88e13d07\n", THERE AES SHA "\n" },
	{ "a blank within the key", "F04", THERE "encralg aes encrkey 7c3f9a1e 5b2d4860 c9e1f7a3 b5d28046 " SHA "\n", THERE AES SHA "\n" },
	{ "a piece in quotes", "F04", THERE AES "authalg sha1 authkey \"9d41b07e63c85f2\"\na1e7793d40ab6c25f88e13d07\n", NULL },
	{ "too long together", "F04", THERE AES "authalg sha1 authkey 9d41b07e63c85f2\na1e7793d40ab6c25f88e13d07a\n", NULL },
	{ "too short together", "F04", THERE AES "authalg sha1 authkey 9d41b07e63c85f2\na1e7793d40ab6c25f88e13d0\n", NULL },
	{ "an odd number of digits", "F04", THERE AES "authalg sha1 authkey 9d41b07e63c85f2\na1e7793d40ab6c25f88e13d\n", NULL },
	{ "digits and more", "F04", THERE AES "authalg sha1 authkey 9d41b07e63c85f2 a1e7793d40ab6c25f88e13d07 x\n", NULL },
	{ "an unknown algorithm", "F04", THERE "authalg x authkey 9d41b07e63c85f2\na1e7793d40ab6c25f88e13d07\n", NULL },
	{ "a line that would be too long", "F04", THERE AES "srcidtype fqdn " X1000 " dstidtype fqdn " X1000 " authalg sha1 authkey 9d41b07e\n63c85f2a1e7793d40ab6c25f88e13d07\n", NULL },
};
/* clang-format on */

Test(repair_manual, samples)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		const char *text = samples[i].text, *wanted = samples[i].mended;
		struct doc *doc = read_text(text, strlen(text));
		struct doc *mended = mend(doc, samples[i].id, samples[i].name), *again;

		cr_expect_eq(mended != NULL, wanted != NULL, "%s", samples[i].name);
		if (mended != NULL && wanted != NULL) {
			cr_expect_str_eq(mended->blob.data, wanted, "%s: '%s'", samples[i].name,
					 mended->blob.data);
			again = mend(mended, samples[i].id, samples[i].name);
			cr_expect_null(again, "%s: again", samples[i].name);
			doc_free(again);
		}
		doc_free(mended);
		doc_free(doc);
	}
}

/* Each row that can be repaired is repaired in a sample. */
Test(repair_manual, every_repair_has_a_sample)
{
	bool *seen = xcalloc(check_count, sizeof *seen);
	size_t i, f;

	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		struct checked c;

		checked_text(&c, LOCATION_IPSECKEYS, samples[i].text, strlen(samples[i].text),
			     DIALECT_ILLUMOS);
		for (f = 0; f < lint_findings(c.lint)->count; f++) {
			struct repair repair = REPAIR_INIT;

			if (lint_repair(c.lint, &lint_findings(c.lint)->items[f], &repair))
				seen[lint_findings(c.lint)->items[f].check] = true;
			repair_release(&repair);
		}
		checked_release(&c);
	}
	for (i = 0; i < check_count; i++)
		cr_expect(checks[i].reader != READER_MANUAL || checks[i].repair == NULL || seen[i],
			  "%s, '%s'", checks[i].id, checks[i].title);
	free(seen);
}

/* Mends as long as there is something to mend: one finding less each time, and then there is none
 * with a repair left. */
static void mend_all(const struct doc *doc, const char *name)
{
	struct doc *now = mend(doc, NULL, name), *next;
	unsigned rounds = 0;

	while (now != NULL && ++rounds < 1000) {
		next = mend(now, NULL, name);
		doc_free(now);
		now = next;
	}
	cr_expect_null(now, "%s", name);
	doc_free(now);
}

Test(repair_manual, the_corpus_and_its_beginnings, .timeout = 120)
{
	struct corpus corpus;
	size_t i, len;

	corpus_find(&corpus, &ipseckeys_format);
	cr_assert_geq(corpus.count, 75);
	for (i = 0; i < corpus.count; i++) {
		struct doc *whole = projection_load(&ipseckeys_format, corpus.paths[i]);

		for (len = 0; len <= whole->blob.len; len += len + 97 < whole->blob.len ? 97 : 1) {
			struct doc *doc = read_text(whole->blob.data, len);

			mend_all(doc, corpus.paths[i]);
			doc_free(doc);
		}
		doc_free(whole);
	}
	corpus_release(&corpus);
}

/* Files that nobody would write: whatever stands beside what, a repair mends and breaks nothing. */
Test(repair_manual, files_of_pieces, .timeout = 120)
{
	static const char *const pieces[] = {
		"add",
		"esp",
		"spi 256",
		"src 192.0.2.1",
		"dst 192.0.2.2",
		"encralg aes",
		"encrkey",
		"authalg sha1",
		"authkey",
		K128,
		K160,
		"9d41b07e63c85f2",
		"a1e7793d40ab6c25f88e13d07",
		"0x" K160,
		"\"" K128 "\"",
		"ADD",
		"Esp",
		"SPI",
		"quit",
		"QUIT",
		"flush",
		"FLUSH",
		"proto tcp",
		"iproto \"6\"",
		"proxy",
		"10.1.0.0/16",
		"Proxy6",
		"idst ::/0",
		"label",
		"\"a b\"",
		"#",
		"# note",
		"\\",
		"\\\n",
		"\\ \n",
		"\\\r\n",
		"\n",
		"\n",
		"\r\n",
		"\r",
		"\"",
		"00",
		"sport",
		"\"25\"",
		"pair-spi 256",
		"delete",
		"get",
		"\357\273\277",
		"ah",
		"authalg md5",
		"saddr",
		"a.example",
	};
	uint64_t state = 42;
	unsigned round, i;

	for (round = 0; round < ROUNDS; round++) {
		struct strbuf text = STRBUF_INIT;
		struct doc *doc;

		for (i = 0; i < 40; i++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			strbuf_addf(&text, "%s%s", pieces[(state >> 33) % ARRAY_SIZE(pieces)],
				    (state >> 60) != 0 ? " " : "");
		}
		doc = read_text(text.buf, text.len);
		mend_all(doc, text.buf);
		doc_free(doc);
		strbuf_release(&text);
	}
}
